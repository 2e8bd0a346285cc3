"""Whether a line at a page's edge is forme work: a network of one layer over what is said of it (`forme.py`).

Features of the line and of the one outside of it, nearer to the edge, are added up to some thirty numbers, cut off
below nought and above `TOP`; these and the features themselves give the score.  All in whole numbers, so that the
same text gives the same pages on any machine.  Trained on lines that others labelled (`bench/train/forme.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..resources import data_path

OUTER = "<"  # before the names of features of the line outside
IS_FORME, IS_TEXT = "<forme", "<text"  # what that line was taken for
UNIT = 64  # a 1 of the numbers within, and of the weights
TOP = 6 * UNIT
# Certainty, per cent, from so many hundredths of a logit on: the shares of right lines on layouts that are in no training.
_CURVE, _LEAST_CERTAIN = ((460, 96), (294, 95), (139, 87), (85, 82), (41, 75)), 65


@dataclass(frozen=True)
class FormeNetwork:
    """Weights of features by name.

    inner      (features, units)   what a feature adds to the numbers within     bias    (units,)
    straight   (features,)         what it adds to the score                     outer   (units,) of these numbers
    least      what the score is without any
    """

    names: tuple[str, ...]
    inner: NDArray[np.int32]
    bias: NDArray[np.int32]
    straight: NDArray[np.int32]
    outer: NDArray[np.int32]
    least: int

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {name: row for row, name in enumerate(self.names)}

    @cached_property
    def rows_of_outer(self) -> Mapping[str, int]:
        """Rows of the features of the line outside, by their names there."""
        return {name.removeprefix(OUTER): row for name, row in self.rows.items() if name.startswith(OUTER)}

    def score(self, found: Iterable[str], outside: Iterable[str] = (), *, outside_is_forme: bool = False) -> int:
        """Hundredths of a logit; `outside` are the features of the line outside, none if there is no such line."""
        rows, rows_of_outer = self.rows, self.rows_of_outer
        of_outer = [rows_of_outer[name] for name in outside if name in rows_of_outer]
        if of_outer:
            of_outer.append(rows[IS_FORME if outside_is_forme else IS_TEXT])
        taken = [rows[name] for name in found if name in rows] + of_outer
        units = np.minimum(np.maximum(self.inner.take(taken, axis=0).sum(axis=0) + self.bias, 0), TOP)
        total = int(units @ self.outer) + int(self.straight.take(taken).sum()) + self.least
        return total * 100 // UNIT**2


def certainty_of(value: int) -> int:
    """Per cent for a score."""
    return next((certainty for least, certainty in _CURVE if value >= least), _LEAST_CERTAIN)


@lru_cache(maxsize=1)
def load_network() -> FormeNetwork:
    """The network that ships with the package (`data/forme.npz`)."""
    with np.load(data_path("forme.npz")) as file:
        inner, bias, straight, outer = (file[part].astype(np.int32) for part in ("inner", "bias", "straight", "outer"))
        return FormeNetwork(
            tuple(str(file["names"]).split("\n")), inner, bias, straight, outer, int(file["least"])
        )  # fmt: skip


def save_network(network: FormeNetwork, path: Path) -> None:
    """Write a network as `load_network` reads it."""
    np.savez_compressed(
        path,
        names=np.array("\n".join(network.names)),
        inner=network.inner.astype(np.int16),
        bias=network.bias,
        straight=network.straight,
        outer=network.outer,
        least=network.least,
    )
