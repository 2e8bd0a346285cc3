"""The width of lines: by advances where full lines are more alike so, by half ems where those are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.advances import measure
from pipeline.evidence import width as in_half_ems

# a line -> its East Asian letters, its width in half ems
WIDTHS: list[tuple[str, int, int]] = [
    ("ill", 0, 2),
    ("mow", 0, 4),
    ("WOMAN", 0, 8),
    ("1648", 0, 4),
    ("晨雾散去", 4, 8),
    ("晨雾，散去。", 4, 12),
    ("“晨雾散去”", 4, 12),
    ("“morning mist”", 0, 12),
    ("ＡＢ", 0, 4),
    ("\U00020000\U00020001", 2, 4),
    (".", 0, 1),
    ("\u0301", 0, 1),
    ("\ud800", 0, 1),
]


@pytest.mark.parametrize(("line", "letters", "width"), WIDTHS)
def test_width_of_a_line(line: str, letters: int, width: int) -> None:
    found, _, widths = measure([line])
    assert (found, widths) == ([letters], [width])


def test_no_lines() -> None:
    assert measure([]) == ([], [], [])


def test_lines_alike_in_print_are_measured_by_advances() -> None:
    narrow, wide = "a little light still falls till it fills the hill till it", "when women mourn among the warm moor"
    assert len(narrow) > len(wide) + 6
    _, _, widths = measure([narrow, wide] * 3)
    assert abs(widths[0] - widths[1]) <= 2


def test_lines_alike_in_characters_are_measured_by_them() -> None:
    narrow, wide = "all still little hills, till it is lit", "when women mourn among warm moors, mow"
    assert len(narrow) == len(wide)
    _, _, widths = measure([narrow, wide] * 3)
    assert set(widths) == {len(narrow)}


def test_each_kind_of_script_has_a_measure_of_its_own() -> None:
    latin = ["a little light still falls till it fills the hill till it", "when women mourn among the warm moor"] * 3
    chinese = ["雾散去以后山谷里只剩下il", "雾散去以后山谷里只剩下MW", "雾散去以后山谷里只剩下一"] * 3
    _, _, widths = measure([*latin, *chinese])
    assert abs(widths[0] - widths[1]) <= 2
    assert set(widths[len(latin) :]) == {24}


@given(st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=20), max_size=12))
def test_every_line_has_a_width(lines: list[str]) -> None:
    for line, han, half, width in zip(lines, *measure(lines), strict=True):
        assert half == in_half_ems(line)
        assert 0 <= han <= len(line)
        assert 1 <= width <= 2 * len(line)
