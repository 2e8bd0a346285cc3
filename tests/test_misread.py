"""Markers and labels of notes that recognition misread: which signs can be one, and which note each belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning import Cleaned, clean
from pipeline.corpus import single
from pipeline.settings import Settings
from pipeline.stages.misread_labels import are_misread, misread_label
from pipeline.stages.notes.markers import Place
from pipeline.stages.notes.misread_markers import CERTAIN, LIKELY, match, places
from pipeline.writers import parquet


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("The weir stood empty.° The mill", ["°"]),
        ("The weir stood empty* and the mill", ["*"]),
        ("what the register names.® The mill", ["®"]),
        ("The weir stood empty.’ The mill", ["’"]),  # nothing opened
        ("‘The weir stood empty.’ The mill", []),
        ("‘The weir stood empty.’’ The mill", ["’"]),
        ("the “old weir”.° The mill", ["°"]),
        ("the “old weir”.” The mill", ["”"]),
        ("who built the weir?’° The mill", ["’°"]),
        ("the weir!. The mill", ["!"]),  # two stops
        ("the weir?; the mill", ["?"]),
        ("the weir! The mill", []),
        ("the weir?! The mill", ["!"]),
        ("the weir’s mill", []),  # within a word
        ("in tirer joie“, gloire", ["“"]),  # it opens nothing behind a word
        ("“The weir” and “the mill”.", []),
        ("„Das Wehr“ und „die Mühle“.", []),
        ("at 12° north", []),
        ("five years.12 The mill", []),  # a plain number, read as it was printed
        ("水磨在那一年里全都停了，讨论“熵”的人", []),
    ],
)
def test_signs_that_can_be_markers(text: str, signs: list[str]) -> None:
    assert [text[place.start : place.end] for place in places(text)] == signs


@given(st.text("ab .!?’”“\"'°*A河", max_size=40))
def test_places_ascend_behind_a_letter_or_stop(text: str) -> None:
    found = places(text)
    assert all(
        0 < place.start < place.end <= len(text) and place.label == text[place.start : place.end] for place in found
    )
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))


def signs_of(*signs: str, weight: int = LIKELY) -> list[Place]:
    return [Place(10 * at, 10 * at + 1, sign, CERTAIN if sign in "°*®" else weight) for at, sign in enumerate(signs)]


@pytest.mark.parametrize(
    ("found", "labels", "pairs"),
    [
        (signs_of("’", "°"), ["", ""], [0, 1]),  # as many as notes
        (signs_of("’", "°", "”"), ["", ""], []),
        (signs_of("”", "°", "*", "’", "°", "’", "®"), list("2345678"), [0, 1, 2, 3, 4, 5, 6]),
        (
            signs_of("”", "°", "*", "’", "°", "’", "®"),
            list("12345678"),
            [None, 0, 1, 2, 3, 4, 5, 6],
        ),  # the first is lost
        (signs_of("”", "°"), list("12345678"), []),
        ([], ["1"], []),
    ],
)
def test_each_sign_to_its_note(found: list[Place], labels: list[str], pairs: list[int | None]) -> None:
    wanted = [(number, found[at]) for number, at in enumerate(pairs) if at is not None]
    assert match(found, labels) == wanted


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("°Quillan, Weirs, p. 4.", "°"),
        ("? Ibid.", "?"),
        ("‘Quillan, Weirs of the Province", "‘"),
        ("‘Weirs of the Province’, p. 4", ""),
        ("“Weirs”, p. 4", ""),
        ("Quillan, Weirs", ""),
        ("12 Quillan, Weirs", ""),
        ("", ""),
    ],
)
def test_label(text: str, label: str) -> None:
    assert misread_label(text) == label


def test_one_note_that_begins_with_a_sign_shows_nothing() -> None:
    assert not are_misread(["°Quillan, Weirs.", "12 Ibid.", "13 Ibid.", "14 Ibid."])
    assert not are_misread(["°Quillan, Weirs."])
    assert are_misread(["°Quillan, Weirs.", "?Ibid.", "14 Ibid."])


WORDS = (
    "ferry barge flood clerk bridge council register harbour quarry timber season toll weir miller cargo ledger".split()
)


def page(number: int, markers: tuple[str, str], notes: tuple[str, str]) -> str:
    """A page of two paragraphs, unlike any other, with a marker within the first and one behind the second."""
    lines = [
        f"the {WORDS[(at * number) % 16]} of the {WORDS[(at + number) % 16]} had seen the {WORDS[(at * 3 + number) % 16]} by the"
        for at in range(24)
    ]
    lines[5] = f"So it stood{markers[0]} in the register of that year, as it was told to the"
    lines[11] = "council in the year of the flood."
    lines[12] = f"Nobody {number} {lines[12]}"
    lines[23] = f"council again.{markers[1]}"
    return "\n".join([f"{number} River Surveys", "", f"What {lines[0]}", *lines[1:], "", *notes, ""])


@pytest.mark.parametrize("first", ["’", "‘"])
def test_from_text_to_tables(tmp_path: Path, first: str) -> None:
    pages = [
        page(12, ("*", "°"), (f"{first}Edda Quillan, Weirs of the Province (Eastbank, 1921), p. 4.", "?Ibid., p. 17.")),
        page(13, ("“", "”"), ("°Oswin Tarn, Ferries and Fords (Millbridge, 1933), ch. 2.", "‘Quillan, p. 9.")),
        page(14, ("®", "’"), ("®Wen Su, The Lower Quay (Eastbank, 1950), p. 301.", "°Tarn, ch. 3.")),
    ]
    (tmp_path / "weirs.txt").write_text("\f".join(pages), "utf-8")
    result = Cleaned()
    tables = parquet.tables_of(clean(single(tmp_path / "weirs.txt"), Settings(), result), result.options.metadata)
    notes = tables["notes"].to_pylist()
    assert [note["text"][:5] for note in notes] == ["Edda ", "Ibid.", "Oswin", "Quill", "Wen S", "Tarn,"]
    text = "\n".join(row["text"] for row in tables["paragraphs"].to_pylist())
    assert "So it stood in the register" in text
    assert [sign for sign in text if sign in "*°’”‘®"] == []


def test_two_signs_of_a_source_prove_nothing(tmp_path: Path) -> None:
    notes = ("’Edda Quillan, Weirs of the Province (Eastbank, 1921), p. 4.", "?Ibid., p. 17.")
    (tmp_path / "weirs.txt").write_text(page(12, ("*", "°"), notes), "utf-8")
    result = Cleaned()
    tables = parquet.tables_of(clean(single(tmp_path / "weirs.txt"), Settings(), result), result.options.metadata)
    text = "\n".join(row["text"] for row in tables["paragraphs"].to_pylist())
    assert "stood* in" in text
    assert "again.°" in text
