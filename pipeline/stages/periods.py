"""Pages of a source that no mark and no number shows: lines that come again at the distance of a page.

Running heads and feet stand a page apart, give or take some lines, all through the source, and they break into
sentences.  A refrain, the row of a table or a speaker's name does neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..evidence import Evidence
from .imprints import is_imprint

_LEAST_LETTERS, _LEAST_TIMES = 4, 3  # of a line that comes again
_SHORTEST, _LONGEST = 22, 160  # lines of a page
_TRIED = 8  # lengths of a page that are tried
_SLACK = 0.35  # of a page by which two heads may stand nearer or farther
_MOST_PAGES = 3  # from one head to the next: the first page of an article may bear none
_LEAST_HEADS = 4
_LEAST_COVERED = 0.6  # of the source
_LEAST_GAIN = 0.55  # a link between two heads in the mean; 1 where all pages are alike long
_LEAST_TELLING = 0.3  # of the heads that break into a sentence, or name the issue
_LEAST_SHARE = 0.2  # of the groups of a chain in which a head stands
_MOST_MORE = 1.5  # groups with such heads to one of the chain
_AT_END = 3  # lines at the end of the source that can be its last foot
_HYPHENS = ("-", "\u00ad", "\ufffe", "¬")


class _Group(NamedTuple):
    """Lines [start, end), each of which comes again."""

    start: int
    end: int


class _Chain(NamedTuple):
    """Groups a page or some pages apart, and what their links are worth."""

    gain: float
    groups: Sequence[_Group]


def find_beginnings(evidence: Evidence) -> list[int]:
    """Lines with which pages begin, but for the first; none where nothing comes again so."""
    groups = _groups(evidence)
    if len(groups) < _LEAST_HEADS:
        return []
    chains = [_chain(groups, length) for length in _lengths(groups)]
    best = max((one for one in chains if _is_of_pages(evidence, one)), key=lambda one: one.gain, default=None)
    if best is None:
        return []
    heads = _heads(evidence, best)
    there = [group for group in groups if not heads.isdisjoint(evidence.keys[group.start : group.end])]
    if len(there) > _MOST_MORE * len(best.groups):
        return []  # they come again within pages, too
    feet = _feet(evidence, there)
    found = [_split(evidence, group, feet) for group in there]
    return sorted({line for line in found if 0 < line < len(evidence.lines)})


def _groups(evidence: Evidence) -> list[_Group]:
    """Short lines that come again, those below each other together."""
    lines, keys, counts = evidence.lines, evidence.keys, evidence.key_counts
    found: list[_Group] = []
    for line, key in enumerate(keys):
        if len(key) < _LEAST_LETTERS or counts[key] < _LEAST_TIMES or lines.width[line] * 10 >= evidence.measure * 9:
            continue
        if found and found[-1].end == line:
            found[-1] = found[-1]._replace(end=line + 1)
        else:
            found.append(_Group(line, line + 1))
    return found


def _lengths(groups: Sequence[_Group]) -> list[int]:
    """The commonest distances of neighbours, those about as long counted with them."""
    apart = [behind.start - before.start for before, behind in pairwise(groups)]
    counts = Counter(distance for distance in apart if _SHORTEST <= distance <= _LONGEST)
    near = {length: sum(counts[length + by] for by in range(-length // 10, length // 10 + 1)) for length in counts}
    return sorted(near, key=lambda length: (-near[length], length))[:_TRIED]


def _chain(groups: Sequence[_Group], length: int) -> _Chain:
    """The groups that best stand one or some pages of this length apart."""
    gains, before = [0.0] * len(groups), [-1] * len(groups)
    first = 0
    for at, group in enumerate(groups):
        while group.start - groups[first].start > (_MOST_PAGES + _SLACK) * length:
            first += 1
        for other in range(first, at):
            pages = (group.start - groups[other].start) / length
            whole = max(1, round(pages))
            gain = (1 - abs(pages - whole) / _SLACK) / whole
            if gain > 0 and gains[other] + gain > gains[at]:
                gains[at], before[at] = gains[other] + gain, other
    at = max(range(len(groups)), key=gains.__getitem__)
    gain, found = gains[at], []
    while at >= 0:
        found.append(groups[at])
        at = before[at]
    return _Chain(gain, found[::-1])


def _is_of_pages(evidence: Evidence, chain: _Chain) -> bool:
    """Whether these are heads or feet of pages: enough, regular, all through the source, and no part of the text."""
    groups, texts = chain.groups, evidence.lines.text
    if len(groups) < _LEAST_HEADS or chain.gain < _LEAST_GAIN * (len(groups) - 1):
        return False
    if groups[-1].start - groups[0].start < _LEAST_COVERED * len(texts):
        return False
    inside = [group for group in groups if group.start and group.end < len(texts)]
    telling = sum(_breaks_in(texts, group) or _is_telling(texts, group) for group in inside)
    return telling >= _LEAST_TELLING * len(inside)


def _breaks_in(texts: Sequence[str], group: _Group) -> bool:
    """Whether a sentence is broken off before the group, within a clause, or goes on behind it."""
    before = texts[group.start - 1]
    return before[-1].isalpha() or before.endswith(_HYPHENS) or texts[group.end][0].islower()


def _is_telling(texts: Sequence[str], group: _Group) -> bool:
    """Whether a line of the journal's own, with a year or number, stands in the group."""
    return any(any(map(str.isdigit, text)) and is_imprint(text) for text in texts[group.start : group.end])


def _heads(evidence: Evidence, chain: _Chain) -> set[str]:
    """What comes again in several groups of the chain, and so at the shorter pages too that end an article."""
    counts = Counter(key for group in chain.groups for key in set(evidence.keys[group.start : group.end]))
    return {key for key, count in counts.items() if count >= max(_LEAST_TIMES, len(chain.groups) * _LEAST_SHARE)}


def _feet(evidence: Evidence, groups: Sequence[_Group]) -> set[str]:
    """What the last page ends with of that which comes again: such lines stand at the foot."""
    if not groups:
        return set()
    last = groups[-1]
    if last.end < len(evidence.lines) - _AT_END:
        return set()
    return set(evidence.keys[max(last.start, last.end - _AT_END) : last.end])


def _split(evidence: Evidence, group: _Group, feet: set[str]) -> int:
    """The first line of a group that is no foot, or the line behind it."""
    line = group.start
    while line < group.end and evidence.keys[line] in feet:
        line += 1
    return line
