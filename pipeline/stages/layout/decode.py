"""The labelling itself: the best sequence of labels under whole scores (Viterbi), and how sure each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...resources import data_path
from .labels import FORBIDDEN, LABELS
from .network import Layer, Network, Tower, unite
from .walk import walk

Scores = NDArray[np.int64]
Narrow = NDArray[np.int32]  # takes half the time; what features sum up to is far below its limit
_LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Weights:
    """What labels are scored by: the network for lines; transitions within a page and over its end, the first line."""

    network: Network
    within: Scores
    across: Scores
    first: Scores

    @cached_property
    def moves(self) -> Scores:
        """The transitions downwards, those upwards, and that to a line which nothing stands beside."""
        within, across = self.within, self.across
        return np.stack((within, across, within.T, across.T, np.zeros_like(within)))


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship with the package (`data/layout.npz`)."""
    with np.load(data_path("layout.npz")) as file:
        found = {name: file[name] for name in file.files}
    towers = [
        Tower(
            found[f"{at} scores"].astype(np.float32), found[f"{at} score_bias"],
            [
                Layer(
                    found[f"{at} weights {above}"].astype(np.float32), found[f"{at} bias {above}"],
                    found[f"{at} around {above}"].astype(np.float32), found[f"{at} scores {above}"].astype(np.float32),
                    int(apart),
                )
                for above, apart in enumerate(found["apart"])
            ],
        )
        for at in range(int(found["towers"]))
    ]  # fmt: skip
    names = str(found["names"]).split("\n")
    network = Network({name: row for row, name in enumerate(names)}, found["embeddings"], found["bias"], towers)
    return Weights(network, *(found[part] for part in ("within", "across", "first")))


def save_weights(weights: Weights, path: Path) -> None:
    """Write weights as `load_weights` reads them."""
    network = weights.network
    arrays: dict[str, Any] = {
        "names": np.array("\n".join(network.rows)),
        "embeddings": network.embeddings, "bias": network.bias,
        "towers": np.array(len(network.towers)),
        "apart": np.array([layer.apart for layer in network.towers[0].layers]),
        "within": weights.within, "across": weights.across, "first": weights.first,
    }  # fmt: skip
    for at, tower in enumerate(network.towers):
        arrays[f"{at} scores"], arrays[f"{at} score_bias"] = tower.scores.astype(np.int16), tower.score_bias
        for above, layer in enumerate(tower.layers):
            arrays[f"{at} weights {above}"] = layer.weights.astype(np.int16)
            arrays[f"{at} bias {above}"] = layer.bias
            arrays[f"{at} around {above}"] = layer.around.astype(np.int16)
            arrays[f"{at} scores {above}"] = layer.scores.astype(np.int16)
    np.savez_compressed(path, **arrays)


def unite_weights(weights: Sequence[Weights]) -> Weights:
    """Weights whose scores are the sums of those of several; what is out of the question for one stays so."""
    within, across, first = (
        np.maximum(sum(getattr(one, part) for one in weights), FORBIDDEN) for part in ("within", "across", "first")
    )
    return Weights(unite([one.network for one in weights]), within, across, first)


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
