"""One walk of the Viterbi algorithm over all lines, many stretches of them at once.

A stretch can be walked before it is known what the lines above it come to: after some lines the best
sequences to all labels have a line in common, and from there on it changes nothing but a number that all
labels share.  Where two walks over a stretch differ by such a number, all that follows differs by it too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.int64]
Narrow = NDArray[np.int32]  # takes half the time; what a stretch sums up to is far below its limit
Kinds = NDArray[np.int64]

_STRETCH = 16  # lines; the best sequences meet after four or so


def walk(scores: Narrow, moves: Scores, kinds: Kinds) -> Scores:
    """For every line (a row) and label (a column) the best sequence that ends there, scores of the line included.

    `moves` has a table from label to label for every kind of step, `kinds` the kind of the step to each line.
    The totals of each line are right but for a number that is the same for all its labels.
    """
    count, labels = scores.shape
    stretches = -(-count // _STRETCH)
    padded = np.zeros((stretches * _STRETCH, labels), dtype=np.int32)
    padded[:count] = scores
    by_left = np.ascontiguousarray(moves.swapaxes(0, 1), dtype=np.int32)  # label above, kind, label
    steps = np.zeros(stretches * _STRETCH, dtype=np.int64)
    steps[:count] = kinds
    # by line of the stretch, then by stretch
    own = padded.reshape(stretches, _STRETCH, labels).swapaxes(0, 1).copy()
    steps = steps.reshape(stretches, _STRETCH).T.copy()
    totals = own.copy()
    for at in range(1, _STRETCH):
        totals[at] += _step(totals[at - 1], by_left, steps[at])
    todo = np.arange(1, stretches)
    while len(todo):
        todo = _correct(totals, own, by_left, steps, todo)
    in_order: Scores = totals.swapaxes(0, 1).reshape(-1, labels).astype(np.int64)
    return in_order[:count]


def _correct(totals: Narrow, own: Narrow, moves: Narrow, steps: Kinds, todo: Kinds) -> Kinds:
    """Walk stretches again, each from where the one above it ends; returns those below one that ends otherwise."""
    stretches = totals.shape[1]
    last = totals[-1, todo - 1]
    last -= last.max(axis=1, keepdims=True)  # sums of one stretch stay small, however many follow one another
    for at in range(_STRETCH):
        last = _step(last, moves, steps[at, todo])
        last += own[at, todo]
        shift = last - totals[at, todo]
        totals[at, todo] = last
        same = (shift == shift[:, :1]).all(axis=1)
        todo, last = todo[~same], last[~same]
        if not len(todo):
            break
    below: Kinds = todo[todo < stretches - 1] + 1
    return below


def _step(totals: Narrow, moves: Narrow, kinds: Kinds) -> Narrow:
    """The best totals of the lines above by way of the moves to each label."""
    ways = moves.take(kinds, axis=1)
    ways += totals.T[:, :, None]
    best: Narrow = np.maximum.reduce(ways, axis=0)
    return best
