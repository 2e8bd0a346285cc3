"""Markers that were misread: raised figures are small, and recognition makes `°`, `’`, `*`, `!` or `®` of them.

Such a sign stands where no sign of its kind can: a second stop behind a stop, a closing quote that nothing opened,
an opening one behind a word.  It is believed only where signs and notes without a marker are as many: on the page of
the notes, or between the markers of the notes above and below; and where several markers of an article are misread.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from ...model import Block, Rule, Span
from ...rewrite import Reading
from .assignment import assign
from .markers import Place

MISREAD_MARKER = Rule(
    "misread-marker", "kept", 70, "A sign that its note, and the number of notes, show to be a note marker."
)

_SIGNS = "°®©*^~¢™!?'’‘\"“”„‚`´"
# What stands at a word's end or behind a stop: signs and stops, figures among them, up to a blank or a new sentence.
_RUN = re.compile(
    rf"(?<=[^\W\d_\u2e80-\uffef])[{_SIGNS}.,;:…»)\]]*[{_SIGNS}][\d{_SIGNS}]*[.,;:…»)\]]*(?=\s|$|[A-ZÀ-ÖØ-Þ])"
)
_TRAILING = ".,;:…»)]"
_STOPS = ".,;:!?…»)]"
_QUOTES = "'’‘\"“”„‚`´"
_OPENERS = re.compile(r"(?<![^\s(\[—–-])[‘'“\"„‚«»](?=[^\W_])")
_CLEAR = frozenset("°®©^~¢™*")  # of which none stands at a word's end
_OPENING = frozenset("‘“„‚`´")
CERTAIN, LIKELY, POSSIBLE = 4, 3, 2
_FAR = 1 << 62
_HABIT = 3  # markers of an article that are misread, if any is
_LEAST = 4  # notes of which a few markers may be missing
_BASE = 2  # for any sign: less than what is lost where those behind it are moved on by one
_LOOKS_LIKE = ("°®©", "!'’‘", '?”"“', "°*“”’", "*“‘’", "’°*", "°‘®©", "’”'", "®©°*", "°’”®")  # 0 to 9, raised
_CERTAINTIES = {CERTAIN: 80, LIKELY: 75, POSSIBLE: 65, 1: 55}


def places(text: str) -> list[Place]:
    """Signs of a reading that can be misread markers, with how likely they are; the label is the sign."""
    if not any(sign in text for sign in _SIGNS):
        return []
    found = []
    openers = [match.start() for match in _OPENERS.finditer(text)]
    closed = 0
    for run in _RUN.finditer(text):
        opened = bisect_left(openers, run.start()) - closed
        start, end, closes = _rest(run[0], opened)
        closed += closes
        if start < end and not run[0][start:end].isdigit() and (weight := _weight(run[0], start, end)):
            found.append(Place(run.start() + start, run.start() + end, run[0][start:end], weight))
    return found


def _rest(run: str, opened: int) -> tuple[int, int, int]:
    """The part of a run that the text has no use for, and how many quotes the run closes.

    The text has use for one stop, for the quotes that close those opened before, and for stops behind them.
    """
    end = len(run.rstrip(_TRAILING))
    start = closes = 0
    stopped = end < len(run)
    while start < end:
        if run[start] in _STOPS and not stopped:
            stopped = True
        elif run[start] in _QUOTES and closes < opened:
            closes += 1
        elif run[start] in _TRAILING:
            stopped = True
        else:
            break
        start += 1
    return start, end, closes


def _weight(run: str, start: int, end: int) -> int:
    """How likely what is left of a run is a marker; 0 where it may as well be an apostrophe or a stop."""
    sign = run[start:end]
    if not _CLEAR.isdisjoint(sign) or (len(sign) > 1 and start):
        return CERTAIN
    if len(sign) > 1 or start or sign in _OPENING:
        return LIKELY
    return POSSIBLE if sign in "!?" or run[end:] else 1 if sign in '"”' else 0


def match(found: Sequence[Place], labels: Sequence[str]) -> list[tuple[int, Place]]:
    """Pairs of a note, by its number in `labels`, and its place; none where there are too few or too many places.

    Of many notes with labels those that look like their signs; else where the places of one likelihood are as many
    as the notes, each is one's.
    """
    count = len(labels)
    if count >= _LEAST and all(labels):
        likely = [place for place in found if place.weight >= LIKELY]
        if not 3 * count <= 4 * len(likely) <= 5 * count:
            return []
        away = abs(len(found) - count) + _LEAST  # places that a note's own can be behind or ahead of its number
        candidates = [
            [
                (at, _BASE + found[at].weight + _likeness(found[at].label, label))
                for at in range(max(0, number - away), min(len(found), number + away + 1))
            ]
            for number, label in enumerate(labels)
        ]
        return [(number, found[at]) for number, at in assign(candidates)]
    for least in (CERTAIN, LIKELY, POSSIBLE, 1):
        fitting = [place for place in found if place.weight >= least]
        if len(fitting) == count:
            return list(enumerate(fitting))
    return []


def _likeness(sign: str, label: str) -> int:
    """How much a sign looks like the label it would be misread from."""
    if not label.isdigit():
        return 0
    alike = sum(2 for mark, figure in zip(sign[::-1], label[::-1], strict=False) if mark in _LOOKS_LIKE[int(figure)])
    return alike + (3 if min(len(sign), 2) == min(len(label), 2) else 0)


def find_misread(
    notes: Sequence[Block], marked: Mapping[str, int], readings: Sequence[Reading], page_starts: Sequence[int]
) -> list[tuple[Span, str, int]]:
    """Stretches of the witness that are the markers of notes without one, each with its note and how sure that is.

    notes        of an article, in order
    marked       where the markers of notes stand that have one, by the notes' names
    readings     of the blocks that can hold markers, in order
    """
    known: dict[int, list[Place]] = {}
    readings = sorted(readings, key=lambda reading: reading.spans[0])
    starts = [reading.spans[0][0] for reading in readings]
    found: list[tuple[Span, str, int]] = []
    for run, low, high in _unmarked(notes, marked, page_starts):
        near = range(max(0, bisect_right(starts, low) - 1), bisect_left(starts, high))
        spots = [spot for at in near for spot in _spots(readings[at], at, known) if low <= spot.start < high]
        for number, place in match(spots, [note.n for note in run]):
            found.append(((place.start, place.end), run[number].id, _CERTAINTIES[place.weight]))
    return found if len(found) >= _HABIT else []


def _spots(reading: Reading, at: int, known: dict[int, list[Place]]) -> list[Place]:
    """The places of the reading with this number, in the witness; asked for once."""
    if at not in known:
        known[at] = [
            Place(reading.start(place.start), reading.end(place.end), place.label, place.weight)
            for place in places(reading.text)
        ]
    return known[at]


def _unmarked(
    notes: Sequence[Block], marked: Mapping[str, int], page_starts: Sequence[int]
) -> Iterator[tuple[list[Block], int, int]]:
    """Notes without a marker that follow each other, at a foot those of one page, and where their markers can be."""
    runs = [
        (key, list(run))
        for key, run in groupby(notes, key=lambda note: (note.id in marked, note.type, _page_of(note, page_starts)))
    ]
    ends = [max((marked[note.id] + 1 for note in run if note.id in marked), default=0) for _, run in runs]
    starts = [min((marked[note.id] for note in run if note.id in marked), default=_FAR) for _, run in runs]
    above = accumulate(ends, max, initial=0)
    below = [*accumulate(reversed(starts), min, initial=_FAR)][-2::-1]
    for ((is_marked, of_type, page), run), low, high in zip(runs, above, below, strict=False):
        if not is_marked and of_type != "author":
            yield run, max(low, page_starts[page] if page >= 0 else 0), min(high, run[0].start)


def _page_of(note: Block, page_starts: Sequence[int]) -> int:
    """The page of a note at a foot; -1 for those of the whole article."""
    return -1 if note.type == "end" else bisect_right(page_starts, note.start) - 1
