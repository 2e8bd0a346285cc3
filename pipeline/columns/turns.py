"""The best way through lines of which some stand in two columns, in turn (Viterbi, with the likeliest ways kept)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .continuity import BITS

# What it costs to begin two columns, to end them.
_BEGIN, _END = -8 * BITS, -3 * BITS
_SECOND_FIRST = -3 * BITS  # that a page begins with the second column
# To go on in the other column or in the same one, after a change and after none; the latter where a line ends early.
_CHANGE, _STAY, _CHANGE_AGAIN, _STAY_AGAIN = -2 * BITS, -4 * BITS, 0, -BITS // 2
_STAY_AT_SHORT = -2 * BITS
_TOO_WIDE = -6 * BITS  # a line wider than a column
_SAME_BLOCK = -4 * BITS  # to change the column where other lines in turn are parted by more line ends
_FALLS = -6 * BITS  # a number that does not rise
# Of lines of one text, heads and running heads among them, which go on from nothing; these are mostly short.
_LEAST_LINK, _LEAST_AT_SHORT = -2 * BITS, -BITS
_WAYS, _FAR = 120, 16 * BITS  # kept at a line, and how far behind the best one

Counts = tuple[tuple[str, int], ...]
Score = Callable[[int, int], int]


class Line(NamedTuple):
    """What is known of a line besides what it says.

    is_first  the first one of a page      is_number  a page's number: no column goes over it
    is_wide   wider than a column          is_short   it ends early
    is_close  it stands closer below the one above it than lines in turn do
    floats    nothing but a marker, which may stand anywhere
    counts    numbers that it counts
    """

    is_first: bool
    is_number: bool
    is_wide: bool
    is_short: bool
    is_close: bool
    floats: bool
    counts: Counts


class One(NamedTuple):
    """One text underway: its last line that does not float, what was counted last."""

    last: int
    counts: Counts = ()


class Two(NamedTuple):
    """Two columns underway: their last lines, the first line of the second, which one the last line is in.

    stayed  whether the two last lines are in one column
    Then what was counted last in both, and first in the second.
    """

    left: int
    right: int
    begun: int
    is_left: bool
    stayed: bool
    left_counts: Counts
    right_counts: Counts
    first_counts: Counts


class Way(NamedTuple):
    """The best way so far to a line: its score, the way before it, where the line stands.

    column  0 in one text, 1 in the column that is read first, 2 in the other
    begins  whether two columns begin with it
    """

    score: int
    before: Way | None
    column: int
    begins: bool = False


def find_way(lines: Sequence[Line], score: Score) -> list[Way]:
    """The best way through the lines, line by line; `score` says how well one goes on in another."""
    known: dict[One | Two, Way] = {One(0, lines[0].counts): Way(0, None, 0)}
    for at in range(1, len(lines)):
        found: dict[One | Two, Way] = {}
        for state, way in known.items():
            for new, further in _further(at, state, way, lines, score):
                if new not in found or further.score > found[new].score:
                    found[new] = further
        best = sorted(found.items(), key=lambda one: -one[1].score)[:_WAYS]
        known = {state: way for state, way in best if way.score >= best[0][1].score - _FAR}
    ended = [way._replace(score=_ended(state, way.score, score)) for state, way in known.items()]
    last: Way | None = max(ended, key=lambda one: one.score)
    ways: list[Way] = []
    while last is not None:
        ways.append(last)
        last = last.before
    return ways[::-1]


def _further(
    at: int, state: One | Two, way: Way, lines: Sequence[Line], score: Score
) -> Iterator[tuple[One | Two, Way]]:
    """The ways on to the next line."""
    line = lines[at]
    ended = _ended(state, way.score, score)
    last, counts = state if isinstance(state, One) else (state.right, state.right_counts)
    own = () if line.is_first or line.is_number else counts
    yield One(last if line.floats else at, _with(own, line.counts)), Way(ended + _link(last, at, lines, score), way, 0)
    if line.is_number:
        return
    if not line.floats and (isinstance(state, One) or line.is_first):
        begin = _BEGIN + _TOO_WIDE * line.is_wide + _SAME_BLOCK * line.is_close
        if line.is_first or lines[at - 1].is_number:
            begin += _SECOND_FIRST
        new = Two(last, at, at, False, False, own, _with((), line.counts), _with_first((), line.counts))
        yield new, Way(ended + begin, way, 2, begins=True)
    if isinstance(state, Two) and not line.is_first:
        yield _go_on(at, state, way, lines, score, is_left=True)
        yield _go_on(at, state, way, lines, score, is_left=False)


def score_as_one(lines: Sequence[Line], score: Score, first: int, last: int) -> int:
    """The score of these lines as one text."""
    told = [at for at in range(first, last + 1) if not lines[at].floats]
    return sum(_link(one, other, lines, score) for one, other in pairwise(told))


def _link(one: int, other: int, lines: Sequence[Line], score: Score) -> int:
    """How a line of one text goes on from that before it."""
    above, line = lines[one], lines[other]
    if line.floats:
        return 0
    if line.is_first or line.is_number or above.is_number:
        return max(0, score(one, other))
    return max(score(one, other), _LEAST_AT_SHORT if line.is_short or above.is_short else _LEAST_LINK)


def _go_on(at: int, state: Two, way: Way, lines: Sequence[Line], score: Score, *, is_left: bool) -> tuple[Two, Way]:
    """The way on in one of two columns."""
    line = lines[at]
    left, right, begun, was_left, stays, left_counts, right_counts, first_counts = state
    cost = 0
    if line.counts:
        cost = _disorder(left_counts if is_left else right_counts, line.counts)
        if is_left:
            left_counts = _with(left_counts, line.counts)
        else:
            right_counts, first_counts = _with(right_counts, line.counts), _with_first(first_counts, line.counts)
    if not line.floats:
        before = left if is_left else right
        link = score(before, at)
        if before < begun:  # the first column ought to go on from the text above it
            link += min(0, link)
        stays = was_left == is_left
        cost += link + _TOO_WIDE * line.is_wide
        cost += _stay(state, line, lines[at - 1]) if stays else _change(state, line)
        was_left = is_left
        left, right = (at, right) if is_left else (left, at)
    new = Two(left, right, begun, was_left, stays, left_counts, right_counts, first_counts)
    return new, Way(way.score + cost, way, 1 if is_left else 2)


def _stay(state: Two, line: Line, above: Line) -> int:
    if line.is_close:
        return 0
    cost = _STAY_AT_SHORT if line.is_short or above.is_short else _STAY
    return max(cost, _STAY_AGAIN) if state.stayed else cost


def _change(state: Two, line: Line) -> int:
    return _SAME_BLOCK * line.is_close + (_CHANGE if state.stayed else _CHANGE_AGAIN)


def _ended(state: One | Two, so_far: int, score: Score) -> int:
    """The score with the first column ended above the second one."""
    if isinstance(state, One):
        return so_far
    return so_far + _END + score(state.left, state.begun) + _disorder(state.left_counts, state.first_counts)


def _with(before: Counts, own: Counts) -> Counts:
    """What was counted last."""
    return tuple(sorted((dict(before) | dict(own)).items())) if own else before


def _with_first(before: Counts, own: Counts) -> Counts:
    """What was counted first."""
    return tuple(sorted((dict(reversed(own)) | dict(before)).items())) if own else before


def _disorder(before: Counts, own: Counts) -> int:
    """What it costs that numbers do not rise."""
    known = dict(before)
    return _FALLS * sum(known.get(kind, -1) >= value for kind, value in own)
