"""Lines of two columns that an extractor wrote in turn, row by row, without a gutter between them.

Nothing on the page tells them apart any more; what the lines say does.  In Chinese most lines end within a word, so
that the one that goes on is known by its first character (`continuity.py`).  Lines are told off to one text or to two
side by side by the best way through them (Viterbi, with the likeliest ways kept): what a line scores behind the one
before it in its own column, what it costs to stay in a column or to change it, to begin two columns or to end them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from ..evidence import WIDE, width
from ..model import Source
from .continuity import BITS, Continuity, Table, load_table
from .signposts import signposts
from .turns import Line, find_way, score_as_one
from .units import Unit, cut_lines, stop_of, units_of, usual_width
from .view import Piece, View

_NEAR, _LEAST_NEAR = 16, 5  # lines in a row, and by how many more of them the line after next goes on than the next
_AROUND = 100  # lines on either side of such that are looked at
# What two columns gain over one text, there and somewhere in the source; lines in each of them.
_LEAST_GAIN, _LEAST_BEST, _LEAST_LINES = 8 * BITS, 30 * BITS, 3
_LEAST_CERTAIN, _MOST_CERTAIN = 60, 95  # per cent: with the least gain, and with much
_LEAST_CHINESE = 20  # per cent of the characters
_EVERY = 16  # character is looked at to see how many are Chinese
_TOO_WIDE = 135  # from which on a line is no part of a column; notes are set smaller
_SHORT = 85  # per cent of it: a line that ends before need not go on in the next one
_NEW_PARAGRAPH = -BITS // 2
_MARKER = re.compile(r"(?<=\S)[\s\[(（〔［]*\d{1,3}[\s\])）〕］]*\Z")
_PAGE_NUMBER = re.compile(r"[\W_]*第?\s*\d{1,4}\s*[页頁]?[\W_]*")
_LONE_MARKER = re.compile(r"[\[(（〔［]\d{1,3}[\])）〕］]|\d{1,2}|[①-⑳]")


def find_shuffled(source: Source) -> View | None:
    """The source as it is read, or `None` where no lines of two columns stand in turn."""
    text = source.text
    sample = text[::_EVERY]
    if len(WIDE.findall(sample)) * 100 < _LEAST_CHINESE * len(sample):
        return None
    table = load_table()
    if not _find_windows(text.replace("\r", "\n").replace("\f", "\n").split("\n"), table):  # a quick look
        return None
    units = list(units_of(text, [part.start for part in source.parts]))
    zones = _zones(text, units, table)
    if not zones:
        return None
    continuity = Continuity(table, [text[unit.begin : unit.end] for unit in units])
    pieces: list[Piece] = []
    bands: list[tuple[int, int]] = []
    at = gained = most = 0
    for first, last in zones:
        usual = usual_width(text, units[first:last])
        cut = list(cut_lines(text, units[first:last], usual))
        for start, end, columns, gain in _episodes(text, cut, usual, table, continuity):
            band = cut[start:end]
            begin, stop = band[0].begin, stop_of(text, band[-1])
            is_half = start > 0 and cut[start - 1].end == cut[start - 1].stop
            pieces += [
                Piece(at, begin),
                *[Piece(begin, begin, is_break=True)] * is_half,
                *_in_order(text, band, columns),
            ]
            bands.append((begin, stop))
            at, gained, most = stop, gained + gain, max(most, gain)
    if most < _LEAST_BEST:
        return None
    pieces.append(Piece(at, len(text)))
    return View(source, pieces, bands, min(_MOST_CERTAIN, _LEAST_CERTAIN + gained // (2 * BITS)), in_turn=True)


def _find_windows(lines: Sequence[str], table: Table) -> list[int]:
    """Where, among the lines that are not blank, the line after next goes on more often than the next one."""
    lines = [line for line in map(str.strip, lines) if line]
    if len(lines) < _NEAR:
        return []
    begins = table.numbers("".join([line[0] for line in lines]))
    ends = table.numbers("".join([line[-1] for line in lines]))
    goes_on = table.go_together(ends[:-1], begins[1:]).astype(np.int64)[:-1]
    goes_on_after = table.go_together(ends[:-2], begins[2:]).astype(np.int64)
    sums = np.concatenate(([0], np.cumsum(goes_on_after - goes_on)))
    found: list[int] = np.flatnonzero(sums[_NEAR - 2 :] - sums[: len(sums) - _NEAR + 2] >= _LEAST_NEAR).tolist()
    return found


def _zones(text: str, units: Sequence[Unit], table: Table) -> list[tuple[int, int]]:
    """The pages of such lines, or what is near them."""
    found: list[tuple[int, int]] = []
    for at in _find_windows([text[unit.begin : unit.end] for unit in units], table):
        first, last = _page_start(units, at), min(len(units), at + _NEAR + _AROUND)
        last = next((number for number in range(at + _NEAR, last) if units[number].is_first), last)
        if found and found[-1][1] >= first:
            first = found.pop()[0]
        found.append((first, last))
    return found


def _page_start(units: Sequence[Unit], at: int) -> int:
    """Where the page begins, if that is not far."""
    least = max(0, at - _AROUND)
    return next((number for number in range(at, least, -1) if units[number].is_first), least)


def _episodes(
    text: str, units: Sequence[Unit], usual: int, table: Table, continuity: Continuity
) -> Iterator[tuple[int, int, list[int], int]]:
    """Stretches of lines in two columns: first line and last, the column of each, what was gained."""
    texts = [text[unit.begin : unit.end].strip() for unit in units]
    begins = table.numbers("".join(line[0] for line in texts)).tolist()
    ends = table.numbers("".join(_MARKER.sub("", line)[-1] for line in texts)).tolist()
    lines = list(_lines(units, texts, usual))

    @cache
    def score(one: int, other: int) -> int:
        found = continuity.score(ends[one], begins[other])
        if lines[one].is_short:
            return max(found, continuity.score(table.paragraph, begins[other]) + _NEW_PARAGRAPH)
        return found

    ways = find_way(lines, score)
    at = 0
    while at < len(units):
        end = at + 1
        if not ways[at].column:
            at = end
            continue
        while end < len(units) and ways[end].column and not ways[end].begins:
            end += 1
        last = min(end, len(units) - 1)
        gain = ways[last].score - (ways[at - 1].score if at else 0) - score_as_one(lines, score, max(0, at - 1), last)
        columns = [way.column for way in ways[at:end]]
        if gain >= _LEAST_GAIN and min(columns.count(1), columns.count(2)) >= _LEAST_LINES:
            yield at, end, columns, gain
        at = end


def _lines(units: Sequence[Unit], texts: Sequence[str], usual: int) -> Iterator[Line]:
    """What is known of the lines."""
    least = min((unit.gap for unit in units if unit.gap), default=1)
    are_parted = sum(unit.gap > least for unit in units) * 2 > len(units)
    for unit, line in zip(units, texts, strict=True):
        wide = width(line) * 100
        floats = _LONE_MARKER.fullmatch(line) is not None
        yield Line(
            unit.is_first,
            not floats and _PAGE_NUMBER.fullmatch(line) is not None,
            wide > _TOO_WIDE * usual,
            wide < _SHORT * usual,
            are_parted and unit.gap == least,
            floats,
            tuple(signposts(line)),
        )


def _in_order(text: str, units: Sequence[Unit], columns: Sequence[int]) -> Iterator[Piece]:
    """The lines of the one column, then those of the other; blank lines between them are left out."""
    order = [at for column in (1, 2) for at, own in enumerate(columns) if own == column]
    for at, behind in zip(order, (*order[1:], None), strict=True):
        begin, end, stop = units[at][:3]
        yield Piece(begin, end)
        if behind == at + 1 and units[behind].begin == stop == end:  # halves of a line that is none of both columns
            continue
        stop = stop_of(text, units[at])
        yield Piece(end, stop, is_break=end == stop)
