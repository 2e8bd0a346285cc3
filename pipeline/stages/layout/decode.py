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
    """Integer weights: a row a feature, a column a label; transitions within a page and over its end."""

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
    rows = weights.rows
    ids: list[int] = []
    starts: list[int] = []
    for names in described:
        starts.append(len(ids))
        ids.extend(rows[name] for name in names if name in rows)
        if len(ids) == starts[-1]:
            ids.append(rows["bias"])
    summed: Scores = np.add.reduceat(weights.table[ids], starts, axis=0)
    return summed


def decode(weights: Weights, scores: Scores, new_page: Sequence[bool]) -> tuple[list[str], list[int]]:
    """Best label of every line, and by how much it beats the best sequence with another label there."""
    count = len(scores)
    forward = np.empty_like(scores)
    back = np.empty(scores.shape, dtype=np.int64)
    forward[0] = scores[0] + weights.first
    for at in range(1, count):
        step = forward[at - 1][:, None] + (weights.across if new_page[at] else weights.within)
        back[at] = step.argmax(axis=0)
        forward[at] = step.max(axis=0) + scores[at]
    behind = np.zeros_like(scores)
    for at in range(count - 2, -1, -1):
        step = (weights.across if new_page[at + 1] else weights.within) + (behind[at + 1] + scores[at + 1])[None, :]
        behind[at] = step.max(axis=1)
    path = [int(forward[-1].argmax())]
    for at in range(count - 1, 0, -1):
        path.append(int(back[at][path[-1]]))
    path.reverse()
    through = forward + behind
    best = through[np.arange(count), path]
    through[np.arange(count), path] = np.iinfo(np.int64).min
    return [LABELS[label] for label in path], [int(margin) for margin in best - through.max(axis=1)]
