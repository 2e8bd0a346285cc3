"""Note markers in the order of their notes: the chosen ones are those of the greatest total weight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import Draft
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Source
from pipeline.options import Options
from pipeline.stages import notes
from pipeline.stages.notes import MARKER, between_others, left_over, without_bare_labels
from pipeline.stages.notes.assignment import assign
from pipeline.stages.notes.markers import places_of

POSSIBLE = st.dictionaries(st.integers(0, 9), st.integers(1, 9), max_size=4).map(lambda found: sorted(found.items()))


def greatest_weight(candidates: list[list[tuple[int, int]]], after: int = -1) -> int:
    """By trying every choice."""
    if not candidates:
        return 0
    first, rest = candidates[0], candidates[1:]
    taken = [weight + greatest_weight(rest, place) for place, weight in first if place > after]
    return max([greatest_weight(rest, after), *taken])


@given(st.lists(POSSIBLE, max_size=6))
def test_no_other_choice_weighs_more(candidates: list[list[tuple[int, int]]]) -> None:
    pairs = assign(candidates)
    assert all(left[0] < right[0] and left[1] < right[1] for left, right in zip(pairs, pairs[1:], strict=False))
    assert sum(dict(candidates[note])[place] for note, place in pairs) == greatest_weight(candidates)


def test_a_place_without_a_note_is_passed_over() -> None:
    assert assign([[(0, 5)], [(8, 5)], []]) == [(0, 0), (1, 8)]


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        ([[(4, 15)], [(2, 16)]], [(0, 4)]),  # the other way round on one page
        ([[(4, 14)], [(2, 16)]], []),  # not plain enough
        ([[(4, 7)], [(2, 16)]], []),  # on another page
        ([[(4, 15), (6, 15)], [(2, 16)]], []),  # one of two
        ([[(2, 15)], [(2, 16)]], []),  # taken
    ],
)
def test_a_marker_out_of_order_is_the_only_one_left(
    candidates: list[list[tuple[int, int]]], found: list[tuple[int, int]]
) -> None:
    assert list(left_over(candidates, {1: 2})) == found


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        ([[(2, 9)], [(4, 2)], [(6, 9)]], [(1, 4)]),  # the only number between the markers of its neighbours
        ([[(2, 9)], [(4, 2), (5, 2)], [(6, 9)]], []),  # one of two
        ([[(2, 9)], [(1, 2), (7, 2)], [(6, 9)]], []),  # not between them
    ],
)
def test_a_number_between_two_markers(candidates: list[list[tuple[int, int]]], found: list[tuple[int, int]]) -> None:
    assert list(between_others(candidates, {0: 2, 2: 6})) == found
    assert list(between_others(candidates, {0: 2})) == []


def markers(text: str, *listed: str) -> list[tuple[int, int]]:
    """Where the markers stand of end notes `1`, `2`, … with a bibliography behind them."""
    draft = Draft().add("p", "p", text).add("l", "label", "Notes")
    for at, own in enumerate(listed, 1):
        draft.add(f"n{at}", "note", f"{at}. {own}", n=str(at))
    names = " ".join(f"n{at}" for at in range(1, len(listed) + 1))
    draft.add("r", "bibl", "Eastbank Papers.1 Marsh,2 in: Quay Letters.3").article(1, f"p l {names} r")
    document = draft.document()
    typed = {name: replace(b, type="notes") if b.kind == "label" else b for name, b in document.blocks.items()}
    document = replace(document, blocks=typed)
    marks = notes.find(document, Evidence(document), Options()).marks
    return sorted((mark.start, mark.end) for mark in marks if mark.tag == "ref" and mark.target)


def test_markers_of_end_notes_stand_before_them_with_a_blank_before_each() -> None:
    text = "The weir was old. 1 The mill had two 2 wheels, and three\nmen had the\nquay 3\n that was lower."
    assert [text[start:end] for start, end in markers(text, "See Oakes.", "So Marsh.", "Ibid.")] == ["1", "2", "3"]


def test_a_year_and_a_number_glued_to_it_that_begins_with_nought_are_no_marker() -> None:
    assert [place.label for place in places_of("It was in 20191 that the file 201901.pdf", "digit")] == ["1"]


def note(n: str, start: int, end: int) -> Block:
    return Block(f"n{start}", "note", ((start, end),), MARKER, 90, n=n)


def test_a_label_alone_gives_way_to_a_note_that_bears_it() -> None:
    document = Document(Source("s", "1\n1 The weir.\n2\n", ()))
    scrap, weir, alone = note("1", 0, 1), note("1", 2, 13), note("2", 14, 15)
    assert without_bare_labels(document, [scrap, weir, alone]) == [weir, alone]
