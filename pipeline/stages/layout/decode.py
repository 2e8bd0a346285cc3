"""The labelling itself: the best sequence of labels under integer scores (Viterbi), and how sure each is.

Scores are sums of trained integer weights, so that the same text gives the same labels on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ...resources import data_text
from ..patterns import SIGNS
from .features import Features
from .groups import GROUPS, number_combinations
from .labels import FORBIDDEN, INDEX, LABELS, is_possible
from .templates import SIGN_ROWS, feature_names
from .walk import walk

Scores = NDArray[np.int64]
Narrow = NDArray[np.int32]  # takes half the time; what features sum up to is far below its limit
_LEAST = np.iinfo(np.int64).min
BIAS = "bias"  # the row of weights that every line has


@dataclass(frozen=True)
class Weights:
    """Integer weights: a row a feature, a column a label; transitions within a page and over its end.

    The last row is that of features without a weight, nothing but noughts.
    """

    rows: Mapping[str, int]
    table: Scores
    within: Scores
    across: Scores
    first: Scores

    @cached_property
    def by_number(self) -> Narrow:
        """The rows in the order of `feature_names`."""
        none = len(self.table) - 1
        return self.table[[self.rows.get(name, none) for name in feature_names()]].astype(np.int32)

    @cached_property
    def moves(self) -> Scores:
        """The transitions downwards, those upwards, and that to a line which nothing stands beside."""
        within, across = self.within, self.across
        return np.stack((within, across, within.T, across.T, np.zeros_like(within)))

    @cached_property
    def by_combination(self) -> list[Narrow]:
        """For each of `GROUPS` what the features of every combination add up to."""
        return [self.by_number[group.numbers()].sum(axis=0, dtype=np.int32) for group in GROUPS]

    @cached_property
    def by_sign(self) -> list[Narrow]:
        """For every template of signs the rows of the signs, in their order."""
        firsts = [row.first + 1 for row in SIGN_ROWS]  # behind that of no sign
        return [self.by_number[first : first + len(SIGNS)] for first in firsts]


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


def emissions(weights: Weights, features: Features) -> Narrow:
    """Score of every label for every line by itself."""
    scores = np.empty((len(features), len(LABELS)), dtype=np.int32)
    scores[:] = weights.table[weights.rows[BIAS]]
    for of_group, numbers in zip(weights.by_combination, number_combinations(features.columns), strict=True):
        scores += of_group.take(numbers, axis=0)
    shown = (features.sets[:, None] >> np.arange(len(SIGNS)) & 1).astype(np.int32)
    for of_signs, side in zip(weights.by_sign, features.sides, strict=True):
        scores += (shown @ of_signs).take(side, axis=0)
    return scores


def decode(weights: Weights, scores: Narrow | Scores, new_page: Sequence[bool]) -> tuple[list[str], list[int]]:
    """Best label of every line, and by how much it beats the best sequence with another label there."""
    count = len(scores)
    forward, behind = _totals(weights, scores, new_page)
    through = forward + behind
    path = through.argmax(axis=1)
    best = through[np.arange(count), path]
    through[np.arange(count), path] = _LEAST
    margins = best - through.max(axis=1)
    if not margins.all():  # several sequences are as good: the one whose last labels come first
        path = _trace(weights, forward, new_page)
    return [LABELS[label] for label in path.tolist()], margins.tolist()


def _trace(weights: Weights, forward: Scores, new_page: Sequence[bool]) -> Scores:
    """The best sequence from its end; of equal labels the first."""
    turned = (weights.within.T.copy(), weights.across.T.copy())
    path = np.empty(len(forward), dtype=np.int64)
    path[-1] = forward[-1].argmax()
    for at in range(len(forward) - 1, 0, -1):
        path[at - 1] = (forward[at - 1] + turned[new_page[at]][path[at]]).argmax()
    return path


def _totals(weights: Weights, scores: Narrow | Scores, new_page: Sequence[bool]) -> tuple[Scores, Scores]:
    """For every line and label the best sequence that ends there, and the best that goes on from there.

    Each line's totals are right but for a number that is the same for all its labels.
    """
    count = len(scores)
    kinds = np.array(new_page, dtype=np.int64)
    # one walk from the top, and behind it, begun anew, one from the foot
    both = np.concatenate((scores, scores[::-1])).astype(np.int32, copy=False)
    both[0] += weights.first.astype(np.int32)
    totals = walk(both, weights.moves, np.concatenate((kinds, (4,), 2 + kinds[:0:-1])))
    return totals[:count], totals[: count - 1 : -1] - scores
