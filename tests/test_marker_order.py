"""Note markers in the order of their notes: the chosen ones are those of the greatest total weight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, Document, Source
from pipeline.stages.notes import MARKER, left_over, without_bare_labels
from pipeline.stages.notes.assignment import assign

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


def note(n: str, start: int, end: int) -> Block:
    return Block(f"n{start}", "note", ((start, end),), MARKER, 90, n=n)


def test_a_label_alone_gives_way_to_a_note_that_bears_it() -> None:
    document = Document(Source("s", "1\n1 The weir.\n2\n", ()))
    scrap, weir, alone = note("1", 0, 1), note("1", 2, 13), note("2", 14, 15)
    assert without_bare_labels(document, [scrap, weir, alone]) == [weir, alone]
