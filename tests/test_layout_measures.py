"""Measures and sizes of type from the widths of full lines."""

from __future__ import annotations

import numpy as np

from pipeline.stages.layout.measures import fill, find_type, page_measures, usual_measure

TEXT, NOTE, SHORT = 60, 74, 20


def types(widths: list[int], full: list[bool], pages: list[int]) -> list[tuple[int, int, int]]:
    found = find_type(np.array(widths), np.array(full), np.array(pages), TEXT)
    return list(zip(*(column.tolist() for column in found), strict=True))


def test_notes_have_more_to_a_line_than_the_text_above_and_below() -> None:
    widths = [TEXT] * 6 + [NOTE] * 3 + [TEXT] * 4
    above, own, change = zip(*types(widths, [True] * 13, [0] * 13), strict=True)
    assert set(own[:4]) == {4}  # like most lines
    assert own[6] == 7
    assert above[9] == 7
    assert own[9] == above[1] == 4
    assert change[6] > change[1] > change[9] > 0
    assert above[0] == change[0] == 0  # nothing stands above the first


def test_a_short_line_takes_its_type_from_the_full_lines_around_it() -> None:
    widths = [TEXT] * 6 + [NOTE, SHORT, NOTE, SHORT]
    full = [True] * 6 + [True, False, True, False]
    found = types(widths, full, [0] * 10)
    assert found[7][:2] == (5, 7)  # above it a note's line and two of the text, below it the other note's
    assert found[9][1] == 0  # no full line below it


def test_nothing_is_known_without_full_lines() -> None:
    assert types([TEXT, SHORT], [False, False], [0, 0]) == [(0, 0, 0)] * 2


def test_the_lines_of_other_pages_do_not_count() -> None:
    assert types([TEXT, TEXT], [True, True], [0, 1]) == [(0, 4, 0), (0, 4, 0)]


def test_lines_far_away_do_not_count() -> None:
    found = types([TEXT, *[SHORT] * 13, TEXT], [True, *[False] * 13, True], [0] * 15)
    assert found[13] == (0, 4, 0)
    assert found[1][1] == 0


def test_the_measure_is_that_of_most_full_lines() -> None:
    widths = [TEXT, TEXT + 2, TEXT - 1, TEXT + 1] * 3 + [NOTE] * 5 + [SHORT] * 9
    full = [True] * 17 + [False] * 9
    assert abs(usual_measure(np.array(widths), np.array(full), 99) - TEXT) <= 1
    assert usual_measure(np.array(widths), np.zeros(26, dtype=bool), 99) == 99


def test_a_page_of_notes_keeps_the_measure_of_the_text_and_a_narrow_one_has_its_own() -> None:
    widths = np.array([TEXT] * 12 + [TEXT] * 3 + [NOTE] * 8 + [30] * 8 + [SHORT] * 2)
    pages = np.array([0] * 12 + [1] * 11 + [2] * 8 + [3] * 2)
    full = np.array([True] * 31 + [False] * 2)
    measures = page_measures(widths, full, pages, TEXT).tolist()
    assert [measures[at] for at in (0, 12, 22, 24, 32)] == [TEXT, TEXT, TEXT, 30, TEXT]


def test_what_is_too_short_or_too_long_does_not_fill_the_measure() -> None:
    widths = np.array([SHORT, 50, TEXT, NOTE, 2 * TEXT])
    assert fill(widths, np.full(5, TEXT)).tolist() == [False, True, True, True, False]
