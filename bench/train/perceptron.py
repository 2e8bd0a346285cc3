"""A structured perceptron for sequences of labels.

Steps are AdaGrad's, the weights averaged over all steps.  The prediction is decoded with costs added for
labels that are not right, so that the right ones must win by a margin; features are dropped at random, so
that no single one is relied on.  Truth may be partial: a set of labels that are right for a line, of which
the best sequence within the sets is what the weights are moved to.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.stages.layout.decode import BIAS, Weights
from pipeline.stages.layout.labels import FORBIDDEN, INDEX, LABELS, is_possible

EPOCHS = 10
DROPPED = 0.25  # share of the features that a line loses
LEAST = 4  # features that occur less often are left out
CHUNK = 400  # lines decoded at once
SCALE = 400  # of the weights as whole numbers
RUNS = 3
OUT_OF_QUESTION = -1e9
# What a wrong label costs: most in a line that can be only a title, byline, affiliation or head.
COST_OF_RARE, COST, COST_IF_PARTIAL = 4.0, 2.0, 1.0
RARE = "TBAH"

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A text for training: for every line the names of its features, the labels that are right, a new page or not.

    weight   size of the steps           often   chance that a chunk of it is taken up in an epoch
    """

    layout: str
    described: Sequence[Sequence[str]]
    allowed: Sequence[Collection[str]]
    new_page: Sequence[bool]
    weight: float = 1.0
    often: float = 1.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines of a text, ready for the arithmetic: the features of line t begin at ids[starts[t]], the bias last."""

    ids: Places
    starts: Places
    mask: Floats  # 0 for labels that are right, else out of the question
    cost: Floats
    new_page: Sequence[bool]
    is_first: bool
    weight: float
    often: float


class _Averaged:
    """Weights that remember their average; with AdaGrad every weight's steps shrink as it is moved."""

    def __init__(self, *shape: int, adaptive: bool = True) -> None:
        self.now = np.zeros(shape)
        self._late = np.zeros(shape)
        self._squares = np.ones(shape)
        self._adaptive = adaptive

    def move(self, at: Any, by: float, step: int) -> None:
        """Move the weights at this index in the `step`-th step."""
        moved: Any = by
        if self._adaptive:
            self._squares[at] += by * by
            moved = by / np.sqrt(self._squares[at])
        self.now[at] += moved
        self._late[at] += moved * step

    def average(self, steps: int) -> Places:
        """The mean over all steps, as whole numbers."""
        return np.rint((self.now - self._late / steps) * SCALE).astype(np.int64)


class Perceptron:
    """Weights in training: of features by label, of transitions, of the first line."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counts = Counter(name for example in examples for names in example.described for name in names)
        self.rows = {name: row for row, name in enumerate(sorted(name for name in counts if counts[name] >= LEAST))}
        self.rows[BIAS] = len(self.rows)
        size = len(LABELS)
        self.table = _Averaged(len(self.rows), size)
        self.within, self.across = _Averaged(size, size), _Averaged(size, size)
        self.first = _Averaged(size, adaptive=False)
        self._never_within, self._never_across = _never(new_page=False), _never(new_page=True)
        self._chunks = [chunk for example in examples for chunk in self._cut(example)]
        self._step = 1

    def train(self, epochs: int, seed: int) -> Weights:
        """Go through all chunks so often, in another order each time; returns the averaged weights."""
        order, drops = random.Random(seed), np.random.default_rng(seed)
        for epoch in range(epochs):
            order.shuffle(self._chunks)
            wrong = 0
            for chunk in self._chunks:
                if chunk.often < 1 and order.random() > chunk.often:
                    continue
                wrong += self._learn(chunk, *_drop(chunk, drops))
                self._step += 1
            print(f"epoch {epoch + 1}: {wrong} lines wrong under dropout and costs", flush=True)
        return self._weights()

    def _weights(self) -> Weights:
        table = self.table.average(self._step)
        none = np.zeros((1, len(LABELS)), dtype=np.int64)
        within, across = self.within.average(self._step), self.across.average(self._step)
        within[self._never_within < 0] = FORBIDDEN
        across[self._never_across < 0] = FORBIDDEN
        return Weights(self.rows, np.vstack((table, none)), within, across, self.first.average(self._step))

    def _cut(self, example: Example) -> Iterator[_Chunk]:
        for start in range(0, len(example.described), CHUNK):
            lines = slice(start, start + CHUNK)
            ids: list[int] = []
            starts: list[int] = []
            for names in example.described[lines]:
                starts.append(len(ids))
                ids += [self.rows[name] for name in names if name in self.rows]
                ids.append(self.rows[BIAS])
            mask, cost = _mask_and_cost(example.allowed[lines])
            yield _Chunk(
                np.array(ids, dtype=np.int64), np.array(starts, dtype=np.int64), mask, cost,
                example.new_page[lines], start == 0, example.weight, example.often,
            )  # fmt: skip

    def _learn(self, chunk: _Chunk, ids: Places, starts: Places) -> int:
        """Move the weights from the sequence predicted to the best right one; returns the lines that were wrong."""
        scores = np.add.reduceat(self.table.now[ids], starts, axis=0)
        right = self._decode(scores + chunk.mask, chunk)
        taken = self._decode(scores + chunk.cost, chunk)
        if right == taken:
            return 0
        features = np.split(ids, starts[1:])
        wrong = 0
        for at, pair in enumerate(zip(right, taken, strict=True)):
            if pair[0] != pair[1]:
                wrong += bool(chunk.mask[at, pair[1]] < 0)
                found = np.unique(features[at])
                for label, by in zip(pair, (chunk.weight, -chunk.weight), strict=True):
                    self.table.move((found, label), by, self._step)
            if at:
                before = (right[at - 1], taken[at - 1])
                self._move_transition(chunk, chunk.new_page[at], (before[0], pair[0]), (before[1], pair[1]))
            elif chunk.is_first and pair[0] != pair[1]:
                self.first.move(pair[0], chunk.weight, self._step)
                self.first.move(pair[1], -chunk.weight, self._step)
        return wrong

    def _move_transition(
        self, chunk: _Chunk, new_page: bool, right: tuple[int, int], taken: tuple[int, int]
    ) -> None:  # fmt: skip
        if right != taken:
            weights = self.across if new_page else self.within
            weights.move(right, chunk.weight, self._step)
            weights.move(taken, -chunk.weight, self._step)

    def _decode(self, scores: Floats, chunk: _Chunk) -> list[int]:
        """The best sequence of labels (Viterbi), as indices."""
        steps = (self.within.now + self._never_within, self.across.now + self._never_across)
        columns = np.arange(len(LABELS))
        best = scores[0] + (self.first.now if chunk.is_first else 0)
        origins = []
        for at in range(1, len(scores)):
            sums = best[:, None] + steps[chunk.new_page[at]]
            origin = sums.argmax(axis=0)
            origins.append(origin)
            best = sums[origin, columns] + scores[at]
        path = [int(best.argmax())]
        for origin in reversed(origins):
            path.append(int(origin[path[-1]]))
        return path[::-1]


def train(examples: Sequence[Example], epochs: int, count: int = RUNS) -> Weights:
    """The mean of runs that differ in the order of the lines and in what falls out: steadier than any of them."""
    with ProcessPoolExecutor(count) as pool:
        runs = list(pool.map(partial(_run, examples, epochs), range(1, count + 1)))

    def mean(part: str) -> Places:
        tables: list[Places] = [getattr(weights, part) for weights in runs]
        middle: Places = np.rint(np.mean(tables, axis=0)).astype(np.int64)
        return middle

    return Weights(runs[0].rows, mean("table"), mean("within"), mean("across"), mean("first"))


def _run(examples: Sequence[Example], epochs: int, seed: int) -> Weights:
    return Perceptron(examples).train(epochs, seed)


def scores_of(weights: Weights, described: Sequence[Sequence[str]]) -> Places:
    """The score of every label for every line by itself, from the names of its features, as the stage has it."""
    none = len(weights.table) - 1
    bias = weights.table[weights.rows[BIAS]]
    scores = [bias + weights.table[[weights.rows.get(name, none) for name in names]].sum(axis=0) for names in described]
    return np.array(scores, dtype=np.int64)


def _never(*, new_page: bool) -> Floats:
    """What is added to transitions: nothing, or so much that they are out of the question."""
    return np.array(
        [[0 if is_possible(left, right, new_page=new_page) else OUT_OF_QUESTION for right in LABELS] for left in LABELS]
    )


def _mask_and_cost(allowed: Sequence[Collection[str]]) -> tuple[Floats, Floats]:
    """For every line and label: whether it is right, and what it costs to take it for right."""
    mask = np.full((len(allowed), len(LABELS)), OUT_OF_QUESTION)
    for at, labels in enumerate(allowed):
        mask[at, [INDEX[label] for label in labels]] = 0
    cost = [
        COST_IF_PARTIAL if len(labels) > 1 else COST_OF_RARE if set(labels) <= set(RARE) else COST for labels in allowed
    ]
    return mask, np.where(mask < 0, np.array(cost)[:, None], 0.0)


def _drop(chunk: _Chunk, drops: np.random.Generator) -> tuple[Places, Places]:
    """The features of the chunk without those that fall out this time; the bias stays."""
    ids, starts = chunk.ids, chunk.starts
    kept = drops.random(len(ids)) > DROPPED
    kept[np.append(starts[1:], len(ids)) - 1] = True
    ranks = np.cumsum(kept)
    return ids[kept], (ranks[starts] - kept[starts]).astype(np.int64)
