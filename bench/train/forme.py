"""The scores of forme work in `pipeline/stages/forme_scores.py`.  `python -m bench.train.forme --shared ../shared`

Ridge logistic regression by Newton's method over the names of features that a line at a page's edge has.
Lines are met as the stage meets them: inwards from both edges of a page, until the second line that is no
forme work.  Rewrites the dict of the stage (`--print` shows it only); `--cross-validate` prints, for every
layout, how well scores that were made without it find its forme work.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.evidence import Evidence
from pipeline.stages.breaks import find_boundaries
from pipeline.stages.catch_words import find_catch_words
from pipeline.stages.edges import REACH, Surroundings
from pipeline.stages.forme import Spot, features
from pipeline.stages.pages import cut_pages

from .truth import ANEW, FORME_WORDS, NO_WORDS, ROOT, Sample, anew, parser_of, real, typeset

STAGE = ROOT / "pipeline" / "stages" / "forme_scores.py"
BEGIN, END = "WEIGHTS: dict[str, int] = {\n", "}\n"
PLENTIFUL = "grobid_seg"  # most of the lines, all of one kind: each counts for less, and half are held out
REAL = (PLENTIFUL, "grobid_seg_dhlaw", "dhlaw_pdftotext")
WEIGHT, WEIGHT_IF_PLENTIFUL, WEIGHT_IF_ANEW = 2.5, 0.4, 1.0
RIDGE = 1.0  # a penalty on every score but the bias
STEPS, CLOSE_ENOUGH = 25, 1e-5  # of Newton's method; where no score changes by more, it is done
LEAST = 0.05  # scores below are left out
_UNDOUBTED = {"on-most-pages", "on-most-pages-sentence"}
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """The lines of one text at the edges of its pages: names of their features, and whether they are forme work."""

    layout: str
    lines: Sequence[tuple[list[str], bool]]


class Model:
    """Scores of features, in logits."""

    def __init__(self, names: Sequence[str], texts: Iterable[Examples]) -> None:
        self.column = {name: at for at, name in enumerate(names)}
        rows, wanted, weights = [], [], []
        for text in texts:
            for found, is_forme in text.lines:
                rows.append([self.column[name] for name in found])
                wanted.append(float(is_forme))
                weights.append(_weight(text.layout))
        matrix = np.zeros((len(rows), len(names) + 1))
        matrix[:, -1] = 1  # the bias
        for at, row in enumerate(rows):
            matrix[at, row] = 1
        self.scores = _fit(matrix, np.array(wanted), np.array(weights))

    def is_forme(self, found: Sequence[str]) -> bool:
        return bool(sum(self.scores[self.column[name]] for name in found) + self.scores[-1] > 0)

    def table(self) -> dict[str, int]:
        """Hundredths of a logit by name."""
        scores = {name: float(self.scores[at]) for name, at in self.column.items()}
        kept = {name: round(score * 100) for name, score in scores.items() if abs(score) >= LEAST}
        return dict(sorted({**kept, "bias": round(float(self.scores[-1]) * 100)}.items()))


def _weight(layout: str) -> float:
    if layout == PLENTIFUL:
        return WEIGHT_IF_PLENTIFUL
    return WEIGHT_IF_ANEW if layout.endswith(ANEW) else WEIGHT


def _fit(matrix: Vector, wanted: Vector, weights: Vector) -> Vector:
    scores = np.zeros(matrix.shape[1])
    ridge = RIDGE * np.eye(len(scores))
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-matrix @ scores))
        slope = matrix.T @ (weights * (wanted - expected)) - RIDGE * scores
        slope[-1] += RIDGE * scores[-1]
        curvature = (matrix * (weights * expected * (1 - expected))[:, None]).T @ matrix + ridge
        step = np.linalg.solve(curvature, slope)
        scores += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return scores


def examples_of(sample: Sample) -> Examples:
    return Examples(sample.layout, list(_edge_lines(sample.evidence, sample.words)))


def _edge_lines(evidence: Evidence, words: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    boundaries, numbers = find_boundaries(evidence)
    pages = cut_pages(evidence, boundaries)
    places = [(page.start, page.end) for page in pages]
    around = Surroundings(evidence, places)
    catches = find_catch_words(evidence, places, set(numbers))
    for index, page in enumerate(pages):
        size = page.end - page.start
        for top in (True, False):
            others = 0
            for depth in range(min(REACH, size)):
                line = page.start + depth if top else page.end - 1 - depth
                if words[line] in NO_WORDS or line in catches:
                    continue
                is_forme = words[line] in FORME_WORDS
                found = features(evidence, around, Spot(line, depth, top, index, size), numbers)
                if not is_forme and not _UNDOUBTED.isdisjoint(found):
                    continue  # a foot that comes again on every page: some sets call it a note or front matter
                yield found, is_forme
                others += not is_forme
                if others > 1:
                    break


def report(what: str, model: Model, texts: Iterable[Examples]) -> None:
    """Print how much of the forme work is found."""
    right = surplus = missed = 0
    for text in texts:
        for found, wanted in text.lines:
            taken = model.is_forme(found)
            right += taken and wanted
            surplus += taken and not wanted
            missed += wanted and not taken
    score = 2 * right / max(1, 2 * right + surplus + missed)
    print(f"{what:18} F1 {score:.4f}   {right} right, {surplus} too many, {missed} missed")


def cross_validate(names: Sequence[str], texts: Sequence[Examples]) -> None:
    for layout in sorted({text.layout.removesuffix(ANEW) for text in texts}):
        held = _held_out(layout, texts)
        model = Model(names, [text for at, text in enumerate(texts) if at not in held])
        report(layout, model, [texts[at] for at in sorted(held) if texts[at].layout == layout])


def _held_out(layout: str, texts: Sequence[Examples]) -> Collection[int]:
    held = [at for at, text in enumerate(texts) if text.layout.removesuffix(ANEW) == layout]
    if layout != PLENTIFUL:
        return held
    random.Random(1).shuffle(held)
    return held[: len(held) // 2]


def source_of(table: Mapping[str, int]) -> str:
    """The dict as it is written in the stage."""
    return BEGIN + "".join(f'    "{name}": {score},\n' for name, score in table.items()) + END


def rewritten(code: str, table: Mapping[str, int]) -> str:
    """The code of the stage with another dict."""
    begin = code.index(BEGIN)
    end = code.index(END, begin) + len(END)
    return code[:begin] + source_of(table) + code[end:]


def main(arguments: Sequence[str]) -> int:
    parser = parser_of("Train the scores of forme work.")
    parser.add_argument("--print", action="store_true", help="print the dict; write nothing")
    options = parser.parse_args(arguments)
    samples = chain(
        typeset(options.shared, options.typeset),
        anew(options.shared),
        *(real(options.shared, layout) for layout in REAL),
    )
    texts = [examples_of(sample) for sample in samples]
    if not texts:
        print(f"no development sets in {options.shared}", file=sys.stderr)
        return 2
    names = sorted({name for text in texts for found, _ in text.lines for name in found})
    if options.cross_validate:
        cross_validate(names, texts)
        return 0
    model = Model(names, texts)
    if options.print:
        print(source_of(model.table()), end="")
        return 0
    report("all", model, texts)
    for layout in sorted({text.layout for text in texts}):
        report(layout, model, [text for text in texts if text.layout == layout])
    out = options.out or STAGE
    out.write_text(rewritten(STAGE.read_text(encoding="utf-8"), model.table()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
