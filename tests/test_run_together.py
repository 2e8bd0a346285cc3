"""Notes parted within a line, and items that are no notes."""

from __future__ import annotations

import pytest

from pipeline.stages.layout.note_forms import find_items
from pipeline.stages.marker_places import find_places
from pipeline.stages.notes.markers import is_shortened, places_of
from pipeline.stages.patterns import note_label_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("(3) See the mill book.", ("note-round", "3")),
        ("（12）同上", ("note-round", "12")),
        ("4.林岸：《河运》", ("note-dotted", "4")),
        ("(1998) was dry", ("", "")),
        ("(3), and so on", ("", "")),
        ("4.5 acres", ("", "")),
    ],
)
def test_labels(text: str, label: tuple[str, str]) -> None:
    assert note_label_of(text) == label


def test_items_where_notes_have_another_form() -> None:
    texts = ["（1）水路：船只", "（2）陆路", "① 见某书", "② 同上"]
    noted = {at: note_label_of(text) for at, text in enumerate(texts)}
    assert find_items(texts, noted, {2, 3}) == [0, 1]
    assert find_items(texts, noted, {0, 1}) == []


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("the river field 1, and", [1]),
        ("the Table 2, and", [0]),
        ("船只的反應 2，還有", [1]),
        ("船只約有 173 個", [0]),
    ],
)
def test_markers_behind_a_blank(text: str, weights: list[int]) -> None:
    assert [place.weight for place in places_of(text, "digit")] == weights


def test_gap_before_a_stop_is_the_place() -> None:
    text = "the boats were late . Then, they left"
    assert find_places(text, [-1], []) == [len("the boats were late")]


def test_shortened() -> None:
    assert is_shortened("see vol. 2 Of", 0, 8)
    assert not is_shortened("the river. 2 Of", 0, 10)
