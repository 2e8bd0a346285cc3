"""The networks that score the labels of lines, in whole numbers: the same text gives the same labels on any machine.

What is known of a line (`features`) is added up to some sixty numbers, cut off below nought and above `TOP`.
Convolutions over the lines around it and over the mean of many of them follow, each cut off alike; every layer
adds to the scores.  Several networks, each trained by itself, score a line, and their scores are added up: where
one of them errs the others mostly do not.  Products are taken in float32, whose sums are exact whatever their order: all are whole
numbers below 2**24, which `check` makes sure of when weights are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..patterns import SIGNS
from .features import Features
from .groups import GROUPS, number_combinations
from .templates import SIGN_ROWS, feature_names

Whole = NDArray[np.int32]
Exact = NDArray[np.float32]  # whole numbers all the same
TOP = 240  # of what a line's numbers are cut off at
BREADTH = 100  # lines before and behind that tell what kind of text this is
EMBEDDING_BITS, WEIGHT_BITS, SCORE_BITS = 4, 9, 6  # that sums are shifted by: of embeddings, within layers, of scores
_EXACT = 2**24


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution: weights (2 * reach + 1, units, units) over lines `apart` from one another, a bias a unit.

    around   weights (units, units) of the mean over `BREADTH` lines to either side
    scores   weights (units, labels) of what the layer adds to the scores
    """

    weights: Exact
    bias: Whole
    around: Exact
    scores: Exact
    apart: int

    def units(self, below: Exact) -> Exact:
        """Numbers of every line (lines, units) from those of the lines around it in the layer below."""
        count = len(below)
        reach = len(self.weights) // 2 * self.apart
        padded = np.pad(below, ((reach, reach), (0, 0)))
        total = mean_around(below) @ self.around
        product = np.empty_like(total)  # made once: fresh memory costs as much as the product
        for at, weights in enumerate(self.weights):
            np.matmul(padded[at * self.apart : at * self.apart + count], weights, out=product)
            total += product
        return cut_off(total.astype(np.int32) + self.bias, WEIGHT_BITS)

    @property
    def greatest(self) -> int:
        """What a sum comes to at most, signs left out."""
        units = np.abs(self.weights).sum(axis=(0, 1)) + np.abs(self.around).sum(axis=0)
        return int(max(units.max(), np.abs(self.scores).sum(axis=0).max())) * TOP


def mean_around(units: Exact) -> Exact:
    """The mean of the lines at most `BREADTH` away, rounded down: what kind of text this is."""
    count = len(units)
    sums = np.zeros((count + 1, units.shape[1]), dtype=np.int32)
    units.cumsum(axis=0, dtype=np.int32, out=sums[1:])  # differences are right even where it begins anew
    lines = np.arange(count)
    starts, ends = np.maximum(lines - BREADTH, 0), np.minimum(lines + BREADTH + 1, count)
    means = (sums.take(ends, axis=0) - sums.take(starts, axis=0)).astype(np.float32)
    means /= (ends - starts).astype(np.float32)[:, None]  # far enough from whole numbers to be rounded down rightly
    return np.floor(means, out=means)


def cut_off(sums: Whole, bits: int) -> Exact:
    """Sums shifted down by so many bits, and cut off at nought and `TOP`."""
    sums >>= bits
    return np.clip(sums, 0, TOP, out=sums).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tower:
    """What one network has above its embeddings.

    scores       weights (units, labels) of what the first layer adds to the scores
    score_bias   a number a label
    """

    scores: Exact
    score_bias: Whole
    layers: Sequence[Layer]

    def score(self, units: Exact) -> Whole:
        """Scores (lines, labels) from the numbers of every line in the first layer."""
        scores = (units @ self.scores).astype(np.int32) + self.score_bias
        for layer in self.layers:
            units = layer.units(units)
            scores += (units @ layer.scores).astype(np.int32)
        scores >>= SCORE_BITS
        return scores

    @property
    def greatest(self) -> int:
        """What a sum comes to at most, signs left out."""
        own = int(np.abs(self.scores).sum(axis=0).max()) * TOP
        return max(own, *(layer.greatest for layer in self.layers))


@dataclass(frozen=True)
class Network:
    """Embeddings of features by name, (features + 1, units of all towers), the last of those without any; the towers.

    bias   of the first layer, a number a unit
    """

    rows: Mapping[str, int]
    embeddings: NDArray[np.int16]
    bias: Whole
    towers: Sequence[Tower]

    def check(self) -> None:
        """Raises `ValueError` where a sum could be too great to be exact."""
        greatest = max(tower.greatest for tower in self.towers)
        if greatest >= _EXACT:
            raise ValueError(f"sums of up to {greatest} are not exact")
        for group in GROUPS:
            together = int(np.abs(self.by_number[group.numbers()].sum(axis=0, dtype=np.int32)).max())
            if together > np.iinfo(np.int16).max:
                raise ValueError(f"embeddings that add up to {together} do not fit")

    @cached_property
    def by_number(self) -> NDArray[np.int16]:
        """The embeddings in the order of `feature_names`."""
        none = len(self.embeddings) - 1
        return self.embeddings[[self.rows.get(name, none) for name in feature_names()]]

    @cached_property
    def by_combination(self) -> list[NDArray[np.int16]]:
        """For each of `GROUPS` what the features of every combination add up to."""
        return [self.by_number[group.numbers()].sum(axis=0, dtype=np.int16) for group in GROUPS]

    @cached_property
    def by_sign(self) -> list[Exact]:
        """For every template of signs the embeddings of the signs, in their order."""
        firsts = [row.first + 1 for row in SIGN_ROWS]  # behind that of no sign
        return [self.by_number[first : first + len(SIGNS)].astype(np.float32) for first in firsts]

    def score(self, features: Features) -> Whole:
        """Score of every label for every line, (lines, labels)."""
        return self._above(self._embed(features))

    def score_described(self, described: Sequence[Sequence[str]]) -> Whole:
        """The same from the names of the features that every line has."""
        none = len(self.embeddings) - 1
        sums = [
            self.bias + self.embeddings[[self.rows.get(name, none) for name in names]].sum(axis=0, dtype=np.int32)
            for names in described
        ]
        return self._above(np.array(sums, dtype=np.int32))

    def _embed(self, features: Features) -> Whole:
        total = np.empty((len(features), len(self.bias)), dtype=np.int32)
        total[:] = self.bias
        taken = np.empty(total.shape, dtype=np.int16)
        for of_group, numbers in zip(self.by_combination, number_combinations(features.columns), strict=True):
            of_group.take(numbers, axis=0, out=taken, mode="clip")  # another mode would copy
            total += taken
        shown = (features.sets[:, None] >> np.arange(len(SIGNS)) & 1).astype(np.float32)
        for of_signs, side in zip(self.by_sign, features.sides, strict=True):
            total += (shown @ of_signs).astype(np.int32).take(side, axis=0)
        return total

    def _above(self, total: Whole) -> Whole:
        units = cut_off(total, EMBEDDING_BITS)
        width = len(self.bias) // len(self.towers)
        starts = range(0, len(self.bias), width)
        scores = np.zeros((len(total), self.towers[0].scores.shape[1]), dtype=np.int32)
        for tower, start in zip(self.towers, starts, strict=True):
            scores += tower.score(np.ascontiguousarray(units[:, start : start + width]))
        return scores


def unite(networks: Sequence[Network]) -> Network:
    """One network whose scores are the sums of those of several, all of the same breadth."""
    names = sorted({name for network in networks for name in network.rows})
    of_all = []
    for network in networks:
        none = len(network.embeddings) - 1
        of_all.append(network.embeddings[[*(network.rows.get(name, none) for name in names), none]])
    return Network(
        {name: row for row, name in enumerate(names)},
        np.hstack(of_all),
        np.concatenate([network.bias for network in networks]),
        [tower for network in networks for tower in network.towers],
    )
