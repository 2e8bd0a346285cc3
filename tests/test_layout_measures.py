"""Measures and sizes of type from the widths of full lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.layout.measures import Measures

TEXT, NOTE, SHORT = 60, 74, 20


def measured(
    widths: Sequence[int],
    unended: Sequence[bool] | None = None,
    pages: Sequence[int] | None = None,
    chinese: Sequence[bool] | None = None,
    whole: int = TEXT,
) -> Measures:
    count = len(widths)
    return Measures(
        np.array(widths),
        np.array([True] * count if unended is None else unended),
        np.array([False] * count if chinese is None else chinese),
        np.array([0] * count if pages is None else pages),
        np.array([whole] * count),
    )


def test_notes_have_more_to_a_line_than_the_text_above_and_below() -> None:
    found = measured([TEXT] * 6 + [NOTE] * 3 + [TEXT] * 4)
    assert set(found.own[:3].tolist()) == {4}  # as usual
    assert found.own[6] == found.above[9] == 7
    assert found.own[9] == found.above[1] == 4
    assert found.change[6] == 6 > found.change[1] == 4 > found.change[9] == 2
    assert found.above[0] == found.change[0] == 0  # nothing stands above the first


def test_a_short_line_takes_its_type_from_the_full_lines_around_it() -> None:
    found = measured([TEXT] * 6 + [NOTE, SHORT, NOTE, SHORT], [True] * 7 + [False, True, False])
    assert found.own[7] == 6  # of the other note's line below it
    assert found.own[9] == 0  # no full line below it


def test_the_same_difference_says_less_where_full_lines_differ_much() -> None:
    even = measured([60, 61] * 9 + [68] * 3)
    uneven = measured([56, 64] * 9 + [68] * 3)
    assert even.own[18] > uneven.own[18] >= 4


def test_nothing_is_known_without_full_lines() -> None:
    found = measured([TEXT, SHORT], [False, False], whole=80)
    assert found.own.tolist() == found.above.tolist() == found.change.tolist() == [0, 0]
    assert found.measure.tolist() == [80, 80]


def test_the_lines_of_other_pages_do_not_count() -> None:
    found = measured([TEXT, TEXT], pages=[0, 1])
    assert (found.above.tolist(), found.own.tolist(), found.change.tolist()) == ([0, 0], [4, 4], [0, 0])


def test_lines_far_away_do_not_count() -> None:
    found = measured([TEXT, *[SHORT] * 13, TEXT], [True, *[False] * 13, True])
    assert (found.above[13], found.own[13], found.own[1]) == (0, 4, 0)


def test_the_measure_is_that_of_most_full_lines() -> None:
    found = measured(
        [TEXT, TEXT + 2, TEXT - 1, TEXT + 1] * 3 + [NOTE] * 5 + [SHORT] * 9, [True] * 17 + [False] * 9, whole=99
    )
    assert abs(int(found.measure[0]) - TEXT) <= 1


def test_a_page_of_notes_keeps_the_measure_of_the_text_and_a_narrow_one_has_its_own() -> None:
    widths = [TEXT] * 12 + [TEXT] * 3 + [NOTE] * 8 + [30] * 8 + [SHORT] * 2
    pages = [0] * 12 + [1] * 11 + [2] * 8 + [3] * 2
    found = measured(widths, [True] * 31 + [False] * 2, pages).measure
    assert [found[at] for at in (0, 12, 22, 24, 32)] == [TEXT, TEXT, TEXT, 30, TEXT]


def test_each_script_has_its_measure() -> None:
    found = measured([TEXT] * 9 + [80] * 7, chinese=[False] * 9 + [True] * 7, pages=[0] * 9 + [1] * 7)
    assert found.measure.tolist() == [TEXT] * 9 + [80] * 7
    assert set(found.own.tolist()) == {4}


def test_what_is_too_short_or_too_long_does_not_fill_the_measure() -> None:
    found = measured([TEXT] * 8 + [SHORT, 50, NOTE, 2 * TEXT])
    assert found.full[8:].tolist() == [False, True, True, False]
    assert found.wide[8:].tolist() == [False, False, True, True]


LINE = st.tuples(st.integers(1, 300), st.booleans(), st.integers(0, 3), st.booleans())


@given(lines=st.lists(LINE, min_size=1, max_size=40))
def test_every_line_has_a_measure_and_classes(lines: list[tuple[int, bool, int, bool]]) -> None:
    pages = sorted(page for _, _, page, _ in lines)
    found = measured([line[0] for line in lines], [line[1] for line in lines], pages, [line[3] for line in lines])
    assert (found.measure >= 1).all()
    for classes in (found.above, found.own, found.change):
        assert ((classes >= 0) & (classes <= 7)).all()
