"""Adam (Kingma and Ba 2015), its steps growing shorter to the end; weights may decay by themselves (Loshchilov and Hutter 2019)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import jax
import jax.numpy as jnp

RATE, LAST_RATE = 4e-3, 1e-5
DECAY, DECAY_OF_SQUARES, TINY = 0.9, 0.995, 1e-7  # of the means
SHRINKING = 0.02  # what a weight that decays loses in a step, as a share of the step's rate

Parameters = dict[str, Any]
Loss = Callable[[Parameters, dict[str, Any]], Any]


class Adam:
    """Parameters that a loss is made small by, step by step.

    now   the parameters     done   the share of all steps that was taken, told before each
    decaying   names of those that grow smaller where nothing keeps them up
    """

    def __init__(self, loss: Loss, now: Parameters, decaying: Collection[str] = ()) -> None:
        self.now = now
        self._means, self._squares = jax.tree.map(jnp.zeros_like, now), jax.tree.map(jnp.zeros_like, now)
        self._steps = 0
        self._learn = _learner(loss, {name: SHRINKING if name in decaying else 0.0 for name in now})

    def step(self, batch: dict[str, Any], done: float) -> float:
        """The loss of a batch, before the step that it gives."""
        self._steps += 1
        rate = RATE * (1 - done) + LAST_RATE
        self.now, self._means, self._squares, loss = self._learn(
            self.now, self._means, self._squares, float(self._steps), rate, batch
        )
        return float(loss)


def _learner(loss: Loss, shrinking: dict[str, float]) -> Any:
    """One step, compiled."""

    def learn(
        now: Parameters, means: Parameters, squares: Parameters, step: float, rate: float, batch: dict[str, Any]
    ) -> tuple[Parameters, Parameters, Parameters, Any]:
        found, slopes = jax.value_and_grad(loss)(now, batch)
        means = jax.tree.map(lambda mean, slope: DECAY * mean + (1 - DECAY) * slope, means, slopes)
        squares = jax.tree.map(
            lambda square, slope: DECAY_OF_SQUARES * square + (1 - DECAY_OF_SQUARES) * slope**2, squares, slopes
        )

        def moved(value: Any, mean: Any, square: Any, shrink: float) -> Any:
            spread = jnp.sqrt(square / (1 - DECAY_OF_SQUARES**step)) + TINY
            return value - rate * (mean / (1 - DECAY**step) / spread + shrink * value)

        return jax.tree.map(moved, now, means, squares, shrinking), means, squares, found

    return jax.jit(learn, donate_argnums=(0, 1, 2))
