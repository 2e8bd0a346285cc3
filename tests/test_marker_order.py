"""Note markers in the order of their notes: the chosen ones are those of the greatest total weight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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
