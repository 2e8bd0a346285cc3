"""Training of the network that scores the labels of lines (`pipeline/stages/layout/network.py`).

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) whose line scores are the
network's.  The loss is the softmax margin (Gimpel and Smith 2010): the logarithm of the sum over all sequences,
costs added where a label is not right, less that over all right ones; truth may be partial, a set of labels
that are right for a line.  Features are dropped at random, so that no single one is relied on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import initializers
from jax.scipy.special import logsumexp
from numpy.typing import NDArray

from pipeline.stages.layout.decode import Weights, unite_weights
from pipeline.stages.layout.labels import FORBIDDEN, INDEX, LABELS, is_possible
from pipeline.stages.layout.network import BREADTH, EMBEDDING_BITS, SCORE_BITS, TOP, WEIGHT_BITS, Layer, Network, Tower

from .adam import Adam, Parameters

EPOCHS = 11
# For each network what layouts drawn by lot count for: they are many, and more various than others, but less like print.
SHARES_IF_DRAWN = (0.5, 0.3, 0.3)
UNITS = 64  # numbers of a line in every layer
LAYERS = ((2, 1), (3, 3))  # lines reached to either side, and how far they are apart
UNIT = 40  # a 1 of training, as a whole number
TOP_IN_TRAINING = TOP / UNIT
DROPPED = 0.25  # share of the features that a line loses
LEAST = 4  # features that occur less often are left out
CHUNK = 256  # lines trained on in one piece
BATCH = 16  # pieces of a step
MOST = 64  # features of a line that are taken up
OUT_OF_QUESTION = -1e4
DECAYING = frozenset({"embeddings", "weights", "around", "scores"})  # biases and moves do not
# What a wrong label costs: most in a line that can be only a title, byline, affiliation or head.
COST_OF_RARE, COST, COST_IF_PARTIAL = 2.0, 1.0, 0.5
COST_OF_LOSS, LOST = 2.0, "I"  # of a label under which text would be dropped
RARE = frozenset("TBAH")
COUNT = len(LABELS)

Array = Any  # of jax


@dataclass(frozen=True, slots=True)
class Example:
    """A text for training: for every line the names of its features, the labels that are right, a new page or not.

    weight   how much its lines count           often   chance that a piece of it is taken up in an epoch
    is_drawn whether its layout was drawn by lot
    """

    layout: str
    described: Sequence[Sequence[str]]
    allowed: Sequence[Collection[str]]
    new_page: Sequence[bool]
    weight: float = 1.0
    often: float = 1.0
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a text, padded to `CHUNK`.

    features  (lines, features), 0 none     right   (lines, labels)     new_page, real   (lines,), padding not real
    first     whether the text begins with it
    """

    features: NDArray[np.int32]
    right: NDArray[np.bool_]
    new_page: NDArray[np.int32]
    real: NDArray[np.bool_]
    weight: float
    first: bool
    often: float


def train_all(examples: Sequence[Example], epochs: int = EPOCHS) -> Weights:
    """Networks trained one after the other, united."""
    return unite_weights([train(examples, epochs, seed, share) for seed, share in enumerate(SHARES_IF_DRAWN, 1)])


def train(examples: Sequence[Example], epochs: int = EPOCHS, seed: int = 1, share: float = 1.0) -> Weights:
    """Train on all lines so often; drawn layouts count for a share of their weight."""
    counts = Counter(name for example in examples for names in example.described for name in names)
    names = sorted(name for name in counts if counts[name] >= LEAST)
    rows = {name: row for row, name in enumerate(names, 1)}
    pieces = [piece for example in examples for piece in _cut(example, rows, share)]
    begun = _begin(len(names) + 1, jax.random.PRNGKey(seed))
    learning = Adam(_loss, begun, [name for name in begun if name.split()[0] in DECAYING])
    chances = np.random.default_rng(seed)
    for epoch in range(epochs):
        taken = [at for at in chances.permutation(len(pieces)) if chances.random() < pieces[at].often]
        batches = len(taken) // BATCH
        total = 0.0
        for number in range(batches):
            batch = _batch([pieces[at] for at in taken[number * BATCH : (number + 1) * BATCH]], chances)
            total += learning.step(batch, (epoch + number / batches) / epochs)
        print(f"epoch {epoch + 1}: loss {total / batches:.4f}", flush=True)
    return _in_whole_numbers({name: np.asarray(value) for name, value in learning.now.items()}, names)


def _cut(example: Example, rows: dict[str, int], share: float) -> Iterator[Piece]:
    weight = example.weight * (share if example.is_drawn else 1)
    for start in range(0, len(example.described), CHUNK):
        lines = slice(start, start + CHUNK)
        described = example.described[lines]
        count = len(described)
        features = np.zeros((CHUNK, MOST), dtype=np.int32)
        for own, found in zip(features, described, strict=False):
            numbers = [rows[name] for name in found if name in rows][:MOST]
            own[: len(numbers)] = numbers
        right = np.ones((CHUNK, COUNT), dtype=bool)
        for own_right, labels in zip(right, example.allowed[lines], strict=False):
            own_right[:] = False
            own_right[[INDEX[label] for label in labels]] = True
        new_page = np.zeros(CHUNK, dtype=np.int32)
        new_page[:count] = example.new_page[lines]
        yield Piece(
            features, right, new_page, np.arange(CHUNK) < count, weight, start == 0, example.often
        )  # fmt: skip


def _batch(pieces: Sequence[Piece], chances: np.random.Generator) -> dict[str, NDArray[Any]]:
    features = np.stack([piece.features for piece in pieces])
    right = np.stack([piece.right for piece in pieces])
    return {
        "features": np.where(chances.random(features.shape, dtype=np.float32) > DROPPED, features, 0),
        "right": right,
        "costs": _costs(right),
        "new_page": np.stack([piece.new_page for piece in pieces]),
        "real": np.stack([piece.real for piece in pieces]),
        "weight": np.array([piece.weight for piece in pieces], dtype=np.float32),
        "first": np.array([piece.first for piece in pieces]),
    }


def _costs(right: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What it costs to take a label for right, by line and label."""
    count = right.sum(axis=-1)
    rare = right[..., [INDEX[label] for label in RARE]].sum(axis=-1) == count
    cost = np.where(count > 1, COST_IF_PARTIAL, np.where(rare, COST_OF_RARE, COST))
    costs = np.repeat(cost[..., None], COUNT, axis=-1).astype(np.float32)
    costs[..., INDEX[LOST]] = np.where(count > COUNT // 2, COST_IF_PARTIAL, COST_OF_LOSS)
    return np.where(right, 0, costs).astype(np.float32)


def _begin(features: int, key: Array) -> Parameters:
    keys = iter(jax.random.split(key, 2 + 3 * len(LAYERS)))
    spread = initializers.normal(0.1)
    found = {
        "embeddings": initializers.normal(0.08)(next(keys), (features, UNITS)),
        "bias": jnp.zeros(UNITS),
        "scores": spread(next(keys), (UNITS, COUNT)),
        "score_bias": jnp.zeros(COUNT),
        "moves": jnp.zeros((2, COUNT, COUNT)),
        "first": jnp.zeros(COUNT),
    }
    for at, (reach, _) in enumerate(LAYERS):
        width = 2 * reach + 1
        found[f"weights {at}"] = initializers.normal((UNITS * width) ** -0.5)(next(keys), (width, UNITS, UNITS))
        found[f"bias {at}"] = jnp.zeros(UNITS)
        found[f"around {at}"] = initializers.normal(0.05)(next(keys), (UNITS, UNITS))
        found[f"scores {at}"] = spread(next(keys), (UNITS, COUNT))
    return found


def _cut_off(sums: Array, real: Array) -> Array:
    return jnp.clip(sums, 0, TOP_IN_TRAINING) * real[..., None]


def _score(now: Parameters, features: Array, real: Array) -> Array:
    """As `Network.score` has it."""
    there = (features > 0)[..., None]
    units = _cut_off((now["embeddings"][features] * there).sum(axis=2) + now["bias"], real)
    scores = units @ now["scores"] + now["score_bias"]
    for at, (reach, apart) in enumerate(LAYERS):
        far = reach * apart
        padded = jnp.pad(units, ((0, 0), (far, far), (0, 0)))
        sums = _mean_around(units, real) @ now[f"around {at}"] + now[f"bias {at}"]
        for place, weights in enumerate(now[f"weights {at}"]):
            sums = sums + padded[:, place * apart : place * apart + features.shape[1]] @ weights
        units = _cut_off(sums, real)
        scores = scores + units @ now[f"scores {at}"]
    return scores


def _mean_around(units: Array, real: Array) -> Array:
    lines = np.arange(units.shape[1])
    near = (np.abs(lines[:, None] - lines) <= BREADTH).astype(np.float32)
    return near @ units / jnp.maximum(near @ real.astype(np.float32)[..., None], 1)


def _never() -> NDArray[np.float32]:
    """What is added to moves within a page and over its end: nothing, or so much that they are out of the question."""
    return np.array(
        [
            [[0 if is_possible(a, b, new_page=new) else OUT_OF_QUESTION for b in LABELS] for a in LABELS]
            for new in (False, True)
        ],
        dtype=np.float32,
    )


def _sum(now: Parameters, scores: Array, batch: dict[str, Array]) -> Array:
    """The logarithm of the sum over all sequences, for every piece."""
    moves = now["moves"] + _never()
    begun = scores[:, 0] + jnp.where(batch["first"][:, None], now["first"], 0)

    def step(totals: Array, line: tuple[Array, Array, Array]) -> tuple[Array, None]:
        own, new_page, real = line
        further = logsumexp(totals[:, :, None] + moves[new_page], axis=1) + own
        return jnp.where(real[:, None], further, totals), None

    lines = (scores[:, 1:].swapaxes(0, 1), batch["new_page"][:, 1:].T, batch["real"][:, 1:].T)
    totals, _ = jax.lax.scan(step, begun, lines)
    return logsumexp(totals, axis=1)


def _loss(now: Parameters, batch: dict[str, Array]) -> Array:
    scores = _score(now, batch["features"], batch["real"])
    taken = _sum(now, scores + batch["costs"], batch)
    right = _sum(now, jnp.where(batch["right"], scores, OUT_OF_QUESTION), batch)
    return ((taken - right) * batch["weight"]).sum() / batch["real"].sum()


def _in_whole_numbers(trained: dict[str, NDArray[np.float32]], names: Sequence[str]) -> Weights:
    def whole(values: NDArray[np.float32], scale: int, half: int = 0) -> NDArray[np.int32]:
        found: NDArray[np.int32] = np.rint(values * scale).astype(np.int32) + half
        return found

    def halves(bits: int) -> int:  # added to what is shifted, so that it is rounded
        return 1 << bits >> 1

    inner, outer = 1 << WEIGHT_BITS, UNIT << WEIGHT_BITS
    first = UNIT << EMBEDDING_BITS
    layers = [
        Layer(
            whole(trained[f"weights {at}"], inner).astype(np.float32),
            whole(trained[f"bias {at}"], outer, halves(WEIGHT_BITS)),
            whole(trained[f"around {at}"], inner).astype(np.float32),
            whole(trained[f"scores {at}"], inner).astype(np.float32),
            apart,
        )
        for at, (_, apart) in enumerate(LAYERS)
    ]
    # row 0 is that of no feature: it goes to the end, where `Network` has it
    embeddings = np.vstack((whole(trained["embeddings"][1:], first), np.zeros((1, UNITS), dtype=np.int32)))
    network = Network(
        {name: row for row, name in enumerate(names)},
        embeddings.astype(np.int16),
        whole(trained["bias"], first, halves(EMBEDDING_BITS)),
        [
            Tower(
                whole(trained["scores"], inner).astype(np.float32),
                whole(trained["score_bias"], outer, halves(SCORE_BITS)),
                layers,
            )
        ],
    )
    network.check()
    moves = whole(trained["moves"], outer >> SCORE_BITS).astype(np.int64)
    moves[_never() < 0] = FORBIDDEN
    return Weights(network, moves[0], moves[1], whole(trained["first"], outer >> SCORE_BITS).astype(np.int64))
