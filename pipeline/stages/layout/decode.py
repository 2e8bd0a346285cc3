"""The labelling itself: the best sequence of labels under integer scores (Viterbi), and how sure each is.

Scores are sums of trained integer weights, so that the same text gives the same labels on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...resources import data_text
from .labels import FORBIDDEN, INDEX, LABELS, is_possible

Scores = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Integer weights: a row a feature, a column a label; transitions within a page and over its end.

    The last row is that of features without a weight, nothing but noughts.
    """

    rows: Mapping[str, int]
    table: Scores
    within: Scores
    across: Scores
    first: Scores


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship with the package (`data/layout.tsv`)."""
    rows: dict[str, int] = {}
    values: list[list[int]] = []
    special: dict[str, list[int]] = {}
    for line in data_text("layout.tsv").split("\n"):
        if not line or line.startswith("#"):
            continue
        name, *numbers = line.split("\t")
        if name.startswith("@"):
            special[name] = [int(number) for number in numbers]
        else:
            rows[name] = len(values)
            values.append([int(number) for number in numbers])
    values.append([0] * len(LABELS))
    within = np.array([special[f"@within {label}"] for label in LABELS], dtype=np.int64)
    across = np.array([special[f"@across {label}"] for label in LABELS], dtype=np.int64)
    return Weights(
        rows, np.array(values, dtype=np.int64), *_forbid(within, across), np.array(special["@first"], dtype=np.int64)
    )


def _forbid(within: Scores, across: Scores) -> tuple[Scores, Scores]:
    for left in LABELS:
        for right in LABELS:
            if not is_possible(left, right, new_page=False):
                within[INDEX[left], INDEX[right]] = FORBIDDEN
            if not is_possible(left, right, new_page=True):
                across[INDEX[left], INDEX[right]] = FORBIDDEN
    return within, across


def emissions(weights: Weights, described: Sequence[Sequence[str]]) -> Scores:
    """Score of every label for every line by itself."""
    none = len(weights.rows)  # the row of names without a weight
    find = weights.rows.get
    ids = np.fromiter((find(name, none) for names in described for name in names), dtype=np.int64)
    starts = np.cumsum([0, *map(len, described[:-1])])
    summed: Scores = np.add.reduceat(weights.table[ids], starts, axis=0)
    return summed


def decode(weights: Weights, scores: Scores, new_page: Sequence[bool]) -> tuple[list[str], list[int]]:
    """Best label of every line, and by how much it beats the best sequence with another label there."""
    count = len(scores)
    forward, behind = _totals(weights, scores, new_page)
    through = forward + behind
    path = through.argmax(axis=1)
    best = through[np.arange(count), path]
    through[np.arange(count), path] = np.iinfo(np.int64).min
    margins = best - through.max(axis=1)
    if not margins.all():  # several sequences are as good: the one whose last labels come first
        path = _trace(weights, forward, new_page)
    return [LABELS[label] for label in path], margins.tolist()


def _trace(weights: Weights, forward: Scores, new_page: Sequence[bool]) -> Scores:
    """The best sequence from its end; of equal labels the first."""
    turned = (weights.within.T.copy(), weights.across.T.copy())
    path = np.empty(len(forward), dtype=np.int64)
    path[-1] = forward[-1].argmax()
    for at in range(len(forward) - 1, 0, -1):
        path[at - 1] = (forward[at - 1] + turned[new_page[at]][path[at]]).argmax()
    return path


def _totals(weights: Weights, scores: Scores, new_page: Sequence[bool]) -> tuple[Scores, Scores]:
    """For every line and label the best sequence that ends there, and the best that goes on from there.

    Both are found in one walk, from the top and from the foot at once.
    """
    count, labels = scores.shape
    ahead = (weights.within, weights.across)
    back = (weights.within.T, weights.across.T)
    steps = [[np.stack((one, other)) for other in back] for one in ahead]
    totals = np.empty((count, 2, labels), dtype=np.int64)  # the scores of the line itself included
    both = np.stack((scores, scores[::-1]), axis=1)
    totals[0] = both[0]
    totals[0, 0] += weights.first
    sums = np.empty((2, labels, labels), dtype=np.int64)
    for at in range(1, count):
        step = steps[new_page[at]][new_page[count - at]]
        np.add(totals[at - 1][:, :, None], step, out=sums)
        np.maximum.reduce(sums, axis=1, out=totals[at])
        totals[at] += both[at]
    return totals[:, 0], totals[::-1, 1] - scores
