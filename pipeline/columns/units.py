"""The lines of a text in which those of two columns may stand in turn, or in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..evidence import LINE_END, width

_LEAST_HALF, _MOST_HALF, _LEAST_BOTH = 40, 125, 150  # per cent of the usual width: halves of a line of both columns
_MOST_WIDE = 115  # per cent of it, of a line put together
_BLANK = " \u3000"
_OPENING, _STOPS = frozenset("《〈「『（“‘〔【"), frozenset("，。、；：？！》〉」』）”’〕】")


class Unit(NamedTuple):
    """A line, or the part of one that stands in a column.

    [begin, end) its text with the blanks before it, `stop` behind its line end (where there is none, `end`)
    is_first whether a page may begin with it
    gap      line ends between it and the one before it
    """

    begin: int
    end: int
    stop: int
    is_first: bool
    gap: int = 0


def units_of(text: str, starts: Collection[int] = ()) -> Iterator[Unit]:
    """The lines that are not blank; a page begins at `starts`, too."""
    at, is_first, gap = 0, True, 0
    for found in (*LINE_END.finditer(text), None):
        end, stop = found.span() if found else (len(text), len(text))
        line = text[at:end]
        if line.strip():
            yield Unit(at, end, stop, is_first or (line[0] == " " and line[1:2].strip() != ""), gap)
            is_first, gap = False, 0
        is_first = is_first or (found is not None and "\f" in found[0]) or stop in starts
        at, gap = stop, gap + 1


def usual_width(text: str, units: Sequence[Unit]) -> int:
    """The usual width of lines."""
    widths = sorted(width(text[unit.begin : unit.end].strip()) for unit in units)
    return widths[len(widths) // 2]


def cut_lines(text: str, units: Sequence[Unit], usual: int) -> Iterator[Unit]:
    """The lines, those that hold a line of each column cut in two, and such as are parts of one line put together."""
    held: Unit | None = None
    for unit in units:
        line = text[unit.begin : unit.end]
        if held is not None and _is_one_line(text[held.begin : held.end], line, unit, usual):
            held = held._replace(end=unit.end, stop=unit.stop)
            continue
        if held is not None:
            yield held
        held = unit
        place = _gutter(line, usual) if width(line) * 100 > _LEAST_BOTH * usual else None
        if place is not None:
            yield Unit(unit.begin, unit.begin + place, unit.begin + place, unit.is_first, unit.gap)
            held = Unit(unit.begin + place, unit.end, unit.stop, is_first=False, gap=1)
    if held is not None:
        yield held


def _is_one_line(held: str, line: str, unit: Unit, usual: int) -> bool:
    """Whether a line was broken before an opening bracket, or a stop, as is done where these are set narrower."""
    if unit.gap != 1 or unit.is_first:
        return False
    wide = (width(held.strip()) + width(line.strip())) * 100
    if line.strip()[0] in _STOPS:  # no line is set to begin so
        return wide <= _LEAST_BOTH * usual
    return line.strip()[0] in _OPENING and held.strip()[-1] in _STOPS and wide <= _MOST_WIDE * usual


def _gutter(line: str, usual: int) -> int | None:
    """Where the blanks stand that part a line into two of about the usual width."""
    found: list[tuple[int, int]] = []
    for at, character in enumerate(line):
        if character in _BLANK and at and line[at - 1] not in _BLANK:
            left, right = width(line[:at].strip()), width(line[at:].strip())
            if all(_LEAST_HALF * usual <= half * 100 <= _MOST_HALF * usual for half in (left, right)):
                found.append((max(left, right), at))
    return min(found)[1] if found else None


def stop_of(text: str, unit: Unit) -> int:
    """Behind a line end, but before the form feeds after it."""
    return unit.end + len(text[unit.end : unit.stop].rstrip("\f"))
