"""Note markers that an extractor lifted out of their lines: where they stood, and that they go back there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from drafts import Draft
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.advances import advances_of
from pipeline.evidence import Evidence
from pipeline.model import Changes
from pipeline.options import Options
from pipeline.rewrite import apply, read
from pipeline.stages import line_ends
from pipeline.stages.lifted_markers import lower_markers
from pipeline.stages.marker_places import find_places

MILL = "gone to the lower mill. The weir, which he had built, stood empty"
UNKNOWN = (-1,)


def halves(text: str, places: list[int]) -> list[str]:
    return [text[:place] for place in places]


@pytest.mark.parametrize(
    ("text", "columns", "before"),
    [
        (MILL, UNKNOWN, ["gone to the lower mill."]),  # behind the sentence
        ("gone to the lower mill, and the weir stood", UNKNOWN, ["gone to the lower mill,"]),  # else the clause
        ("gone to the lower mill and to the weir", UNKNOWN, []),  # nothing tells
        ("gone to St. Oakes, where the weir stood", UNKNOWN, ["gone to St. Oakes,"]),  # a shortened word
        ("河工志 的水磨，在那一年里全都停了", UNKNOWN, ["河工志"]),  # the gap it left
        ("河工志 的水磨，在《县志》 里全都停了", (-1, -1), ["河工志", "河工志 的水磨，在《县志》"]),
        ("河工志的水磨，在那一年里全都停了", UNKNOWN, []),
        (MILL, (33,), ["gone to the lower mill. The weir,"]),
        (MILL, (12,), ["gone to the"]),
        (MILL, (23, 53), ["gone to the lower mill.", "gone to the lower mill. The weir, which he had built,"]),
    ],
)
def test_where_a_marker_stood(text: str, columns: tuple[int, ...], before: list[str]) -> None:
    over = [(place, place) for place in range(len(text) + 1)] if min(columns) >= 0 else []
    assert halves(text, find_places(text, columns, over)) == before


@given(st.text("ab. ,。河", min_size=1, max_size=40), st.lists(st.integers(-1, 40), min_size=1, max_size=3))
def test_places_ascend_and_stand_behind_something(text: str, columns: list[int]) -> None:
    line = text.strip() or "a"
    places = find_places(line, columns, [(at, at + 3) for at in range(len(line) + 1)])
    assert len(places) in (0, len(columns))
    assert places == sorted(set(places))
    assert all(0 < place <= len(line) and not line[place - 1].isspace() for place in places)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_advances_ascend(text: str) -> None:
    found = advances_of(text)
    assert len(found) == len(text) + 1
    assert found[0] == 0
    assert found == sorted(found)


FULL = [
    "Of all the rivers of the province none was so often surveyed as the lower",
    "reach of this one, and of the mills that stood along it in those years the",
    "oldest was the lower mill. It had been built by a miller who came from the",
    "other bank and who had, as the parish book has it, neither kin nor money in",
    "the place. In the year of the flood the wheel was carried off by the ice of",
    "the upper lake, which had never before come down so far, and the house was",
    "left empty. The weir, which he had raised himself, was taken down stone by",
    "stone and sold to the owners of the new lock, who built their walls of it and",
    "never paid the price that they had promised to the miller and to his widow.",
]
NOTE = "See the parish book of the lower parish."


def lowered(text: list[str], label: str = "1", note: str = NOTE, more: list[str] | None = None) -> list[str]:
    """A paragraph, and another, with markers that went back into a line shown as `{1}`."""
    draft = Draft().add("p1", "p", "\n".join(text))
    if more:
        draft.add("p2", "p", "\n".join(more))
    draft.add("n1", "note", note)
    document = draft.document()
    blocks = [replace(block, n=label) if block.kind == "note" else block for block in document.blocks.values()]
    changed = {block.id: block for block in lower_markers(document, Evidence(document), [blocks], [0])}
    shown = []
    for block in (changed.get(block.id, block) for block in blocks if block.kind == "p"):
        spans, source = block.spans, document.source.text
        moved = {span for before, span in pairwise(spans) if span < before}
        pieces = (f"{{{source[a:b]}}}" if (a, b) in moved else source[a:b] for a, b in spans)
        shown.append("|".join(pieces))
    return shown


def test_a_marker_above_its_line_goes_into_it() -> None:
    (shown,) = lowered([*FULL[:2], "                         1", *FULL[2:]])
    assert "\n".join(FULL[:2]) + "|oldest was the lower mill.|{1}| It had been" in shown


def test_a_marker_above_the_next_paragraph_goes_there() -> None:
    first, second = lowered([*FULL, "                         1"], more=FULL[2:6])
    assert first == "\n".join(FULL)
    assert second.startswith("oldest was the lower mill.|{1}| It had been")


def test_two_markers_above_one_line() -> None:
    (shown,) = lowered([*FULL[:6], " " * 11 + "1", " " * 51 + "1", *FULL[6:]])
    assert "left empty.|{1}| The weir, which he had raised himself,|{1}| was taken" in shown


HALVED = [*FULL[:2], "oldest was the lower mill", "1", "which had been built by a miller who came", *FULL[3:]]


@pytest.mark.parametrize(
    ("text", "label", "note"),
    [
        (HALVED, "1", NOTE),  # the line was cut at its marker: there it stands right
        # so it was behind a sentence
        (
            [*FULL[:2], "oldest was the lower mill.", "1", "It had been built by a miller who came from", *FULL[3:]],
            "1",
            NOTE,
        ),
        ([*FULL[:2], "                         7", *FULL[2:]], "1", NOTE),  # no note bears the number
        ([*FULL[:2], "                         1", *FULL[2:]], "", NOTE),
        ([*FULL[:4], "1", "the place that was there and that no one had ever seen", *FULL[6:]], "1", NOTE),
        (FULL, "1", NOTE),
    ],
)
def test_what_stays_as_it_is(text: list[str], label: str, note: str) -> None:
    assert lowered(text, label, note) == ["\n".join(text)]


def test_line_ends_around_a_marker_that_went_back() -> None:
    """The lines above and below it are joined as any two lines are, a cut word too; the marker changes nothing."""
    text = "the miller who came from the other bank had neither kin nor mo-\n1\nney in the place. It stood"
    draft = Draft().add("p1", "p", text).add("n1", "note", NOTE)
    document = draft.document()
    block, at = document.blocks["p1"], text.index
    spans = ((0, at("\n1")), (at("ney"), at(" It")), (at("1"), at("1") + 1), (at(" It"), len(text)))
    document = apply(document, Changes(blocks=(replace(block, spans=spans), document.blocks["n1"])))
    document = apply(document, line_ends.find(document, Evidence(document), Options()))
    assert read(document, spans).text.endswith("nor money in the place.1 It stood")


def test_an_article_with_one_marker_goes_by_those_of_the_others() -> None:
    halved = [*FULL[:2], "oldest was the lower mill", "1", "which had been built by a miller who came", *FULL[3:]]
    draft = Draft().add("p1", "p", "\n".join([*halved, *halved])).add("n1", "note", NOTE)
    draft.add("p2", "p", "\n".join([*FULL[:2], "1", *FULL[2:]])).add("n2", "note", NOTE)
    document = draft.document()
    blocks = [replace(block, n="1") if block.kind == "note" else block for block in document.blocks.values()]
    evidence = Evidence(document)
    assert [block.id for block in lower_markers(document, evidence, [blocks[2:]], [0])] == ["p2"]
    assert not lower_markers(document, evidence, [blocks[:2], blocks[2:]], [0])
