"""The scores of forme work in `pipeline/data/forme.npz`.  `python -m bench.train.forme --shared ../shared`

Logistic loss, Adam, features dropped at random.  Lines are met as the stage meets them: inwards from both edges of
a page, until the second line that is no forme work.  `--cross-validate` prints, for every layout, how well scores
that were made without it find its forme work.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import initializers
from numpy.typing import NDArray

from pipeline.evidence import Evidence
from pipeline.stages.breaks import find_boundaries
from pipeline.stages.catch_words import find_catch_words
from pipeline.stages.edges import REACH, Surroundings
from pipeline.stages.forme import Spot, features
from pipeline.stages.forme_scores import IS_FORME, IS_TEXT, OUTER, TOP, UNIT, FormeNetwork, save_network
from pipeline.stages.pages import cut_pages

from .adam import Adam, Parameters
from .projection import RUBRIC
from .truth import ANEW, FORME_WORDS, NO_WORDS, ROOT, Sample, anew, gold, parser_of, real, typeset

OUT = ROOT / "pipeline" / "data" / "forme.npz"
UNITS = 32  # numbers within
EPOCHS = 10
BATCH = 256  # lines of a step
DROPPED = 0.15  # share of the features that a line loses
LEAST = 4  # features that occur less often are left out
MOST = 128  # features of a line that are taken up, those of the line outside among them
PLENTIFUL = "grobid_seg"  # most of the lines, all of one kind: each counts for less, and half are held out
REAL = (PLENTIFUL, "grobid_seg_dhlaw", "dhlaw_pdftotext")
DRAWN = "drawn"
WEIGHT, WEIGHT_IF_PLENTIFUL, WEIGHT_IF_ANEW, WEIGHT_IF_DRAWN = 2.5, 0.4, 1.0, 2.0
DEAR = {"T": 3.0, "B": 3.0, "H": 3.0}  # lines that an article or section would lack
_UNDOUBTED = {"on-most-pages", "on-most-pages-sentence"}


@dataclass(frozen=True, slots=True)
class Examples:
    """The lines of one text at the edges of its pages: names of their features, whether they are forme work, weights."""

    layout: str
    lines: Sequence[tuple[list[str], bool, float]]


def train(texts: Iterable[Examples], epochs: int = EPOCHS, seed: int = 1) -> FormeNetwork:
    """Train on all lines so often."""
    lines = [(names, is_forme, weight) for text in texts for names, is_forme, weight in text.lines]
    counts = Counter(name for names, *_ in lines for name in names)
    names = sorted(name for name in counts if counts[name] >= LEAST)
    rows = {name: row for row, name in enumerate(names, 1)}
    features = np.zeros((len(lines), MOST), dtype=np.int32)
    for own, (found, *_) in zip(features, lines, strict=True):
        numbers = [rows[name] for name in found if name in rows][:MOST]
        own[: len(numbers)] = numbers
    wanted = np.array([float(is_forme) for _, is_forme, _ in lines], dtype=np.float32)
    weights = np.array([weight for *_, weight in lines], dtype=np.float32)
    learning = Adam(_loss, _begin(len(names) + 1, jax.random.PRNGKey(seed)))
    chances = np.random.default_rng(seed)
    batches = len(lines) // BATCH
    for epoch in range(epochs):
        order = chances.permutation(len(lines))
        total = 0.0
        for number in range(batches):
            taken = order[number * BATCH : (number + 1) * BATCH]
            own = features[taken]
            own = np.where(chances.random(own.shape, dtype=np.float32) > DROPPED, own, 0)
            batch = {"features": own, "wanted": wanted[taken], "weights": weights[taken]}
            total += learning.step(batch, (epoch + number / batches) / epochs)
        print(f"epoch {epoch + 1}: loss {total / max(1, batches):.4f}", flush=True)
    return _in_whole_numbers({name: np.asarray(value) for name, value in learning.now.items()}, names)


def _begin(features: int, key: Any) -> Parameters:
    of_inner, of_outer = jax.random.split(key)
    return {
        "inner": initializers.normal(0.1)(of_inner, (features, UNITS)),
        "bias": jnp.zeros(UNITS),
        "outer": initializers.normal(0.2)(of_outer, (UNITS,)),
        "straight": jnp.zeros(features),
        "least": jnp.zeros(()),
    }


def _loss(now: Parameters, batch: dict[str, Any]) -> Any:
    """The logistic loss of `FormeNetwork.score`, by the weights of the lines."""
    features = batch["features"]
    there = features > 0
    units = (now["inner"][features] * there[..., None]).sum(axis=1) + now["bias"]
    straight = (now["straight"][features] * there).sum(axis=1) + now["least"]
    scores = jnp.clip(units, 0, TOP / UNIT) @ now["outer"] + straight
    losses = jnp.logaddexp(0, scores) - batch["wanted"] * scores
    return (losses * batch["weights"]).sum() / batch["weights"].sum()


def _in_whole_numbers(trained: Mapping[str, NDArray[np.float32]], names: Sequence[str]) -> FormeNetwork:
    def whole(values: NDArray[np.float32], scale: int) -> NDArray[np.int32]:
        found: NDArray[np.int32] = np.rint(values * scale).astype(np.int32)
        return found

    return FormeNetwork(
        tuple(names),
        whole(trained["inner"][1:], UNIT),
        whole(trained["bias"], UNIT),
        whole(trained["straight"][1:], UNIT**2),
        whole(trained["outer"], UNIT),
        int(whole(trained["least"], UNIT**2)),
    )


def _weight(layout: str) -> float:
    if layout == PLENTIFUL:
        return WEIGHT_IF_PLENTIFUL
    return WEIGHT_IF_ANEW if layout.endswith(ANEW) else WEIGHT_IF_DRAWN if layout == DRAWN else WEIGHT


def examples_of(sample: Sample) -> Examples:
    weight = _weight(sample.layout)
    lines = [
        (names, word in FORME_WORDS, weight * DEAR.get(word, 1.0))
        for names, word in _edge_lines(sample.evidence, sample.words)
    ]
    return Examples(sample.layout, lines)


def _edge_lines(evidence: Evidence, words: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    boundaries, numbers = find_boundaries(evidence)
    pages = cut_pages(evidence, boundaries)
    places = [(page.start, page.end) for page in pages]
    around = Surroundings(evidence, places)
    catches = find_catch_words(evidence, places, set(numbers))
    for index, page in enumerate(pages):
        size = page.end - page.start
        for top in (True, False):
            others = 0
            outside: list[str] = []  # of the line nearer to the edge
            for depth in range(min(REACH, size)):
                line = page.start + depth if top else page.end - 1 - depth
                if words[line] in NO_WORDS or words[line] == RUBRIC or line in catches:
                    outside = []
                    continue  # a rubric may as well be taken for a running head
                is_forme = words[line] in FORME_WORDS
                found = features(evidence, around, Spot(line, depth, top, index, size), numbers)
                # a foot that comes again on every page: some sets call it a note or front matter
                if is_forme or _UNDOUBTED.isdisjoint(found):
                    yield found + outside, words[line]
                    others += not is_forme
                outside = [OUTER + name for name in found] + [IS_FORME if is_forme else IS_TEXT]
                if others > 1:
                    break


def report(what: str, network: FormeNetwork, texts: Iterable[Examples]) -> None:
    """Print how much of the forme work is found, what the line outside is being known."""
    right = surplus = missed = 0
    for text in texts:
        for names, wanted, _ in text.lines:
            own = [name for name in names if not name.startswith(OUTER)]
            outside = [name.removeprefix(OUTER) for name in names if name.startswith(OUTER)]
            taken = network.score(own, outside, outside_is_forme=IS_FORME in names) > 0
            right += taken and wanted
            surplus += taken and not wanted
            missed += wanted and not taken
    score = 2 * right / max(1, 2 * right + surplus + missed)
    print(f"{what:18} F1 {score:.4f}   {right} right, {surplus} too many, {missed} missed")


def cross_validate(texts: Sequence[Examples]) -> None:
    for layout in sorted({text.layout.removesuffix(ANEW) for text in texts}):
        held = _held_out(layout, texts)
        network = train([text for at, text in enumerate(texts) if at not in held])
        report(layout, network, [texts[at] for at in sorted(held) if texts[at].layout == layout])


def _held_out(layout: str, texts: Sequence[Examples]) -> Collection[int]:
    held = [at for at, text in enumerate(texts) if text.layout.removesuffix(ANEW) == layout]
    if layout != PLENTIFUL:
        return held
    random.Random(1).shuffle(held)
    return held[: len(held) // 2]


def main(arguments: Sequence[str]) -> int:
    options = parser_of("Train the scores of forme work.").parse_args(arguments)
    samples = chain(
        typeset(options.shared, options.typeset),
        gold(options.shared),
        anew(options.shared),
        *(real(options.shared, layout) for layout in REAL),
    )
    texts = [examples_of(sample) for sample in samples]
    if not texts:
        print(f"no development sets in {options.shared}", file=sys.stderr)
        return 2
    if options.cross_validate:
        cross_validate(texts)
        return 0
    network = train(texts)
    save_network(network, options.out or OUT)
    for layout in sorted({text.layout for text in texts}):
        report(layout, network, [text for text in texts if text.layout == layout])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
