"""The weights of `pipeline/stages/line_ends/weights.py`.  `python -m bench.train.hyphens --texts DIR`

DIR holds plain texts, a paragraph a line: en/NAME.txt, de/NAME.txt, fr/NAME.txt.  Each is set in lines several times,
with and without cut words (`wrapping.py`); what the stage observes at each hyphen is weighed by ridge logistic
regression.  Weights that are marked "by hand" stay.  `--left-out` prints what is right with weights that were made without
the text: every fifth one is left out in turn.
"""

from __future__ import annotations

import os
import random
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Rule, Source
from pipeline.stages.line_ends import hyphens as stage
from pipeline.stages.line_ends.marks import look_at
from pipeline.stages.line_ends.weights import BY_HAND, COLUMNS, JOIN_FROM
from pipeline.stages.line_ends.words import Words
from pipeline.vocabulary import vocabulary

from .truth import ROOT
from .wrapping import SUSPENDED, Setting, set_text

STAGE = ROOT / "pipeline" / "stages" / "line_ends" / "weights.py"
SETTINGS = (True, True, False)  # whether words are cut, for each time that a text is set
FOLDS = 5
RIDGE = 2.0
STEPS, CLOSE_ENOUGH = 30, 1e-6
SCALE = 10  # of the weights: tenths of a logit
_WEIGHT = re.compile(r'^(    "([^"]+)": )\([-\d, ]+\),', re.MULTILINE)
Vector = NDArray[np.float64]


class Example(NamedTuple):
    """A hyphen at a line end: what is observed there, and whether it cuts a word."""

    word: str
    seen: tuple[str, ...]
    cuts: bool


class Text(NamedTuple):
    """The hyphens of one text set in lines; `votes` are those for and against cutting words."""

    name: str
    lang: str
    cuts_words: bool
    examples: Sequence[Example]


def settings(folder: Path, seed: int = 1) -> Iterator[Setting]:
    """Every text of the folder, set as often as `SETTINGS` says."""
    for path in sorted(folder.glob("*/*.txt")):
        paragraphs = path.read_text(encoding="utf-8").split("\n")
        for number, cuts_words in enumerate(SETTINGS):
            lot = random.Random(f"{seed} {path.parent.name} {path.name} {number}")
            yield set_text(path.stem, path.parent.name, paragraphs, lot, cuts_words)


def document_of(setting: Setting) -> Document:
    """The text with a block for every paragraph."""
    found = Rule("set", "kept", 99, "")
    blocks = {}
    for number, one in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", setting.text)):
        blocks[f"b{number}"] = Block(f"b{number}", "p", (one.span(),), found, 99)
    return Document(Source(setting.name, setting.text, ()), blocks=blocks)


def observe(setting: Setting) -> Text:
    """What the stage sees at every hyphen of a text; one whose language is empty is read without tables."""
    evidence = Evidence(document_of(setting))
    words = Words(vocabulary(evidence), {}, evidence.reading.text).in_language(setting.lang)
    places = [(look_at(setting.text, at, at + 2).cut, kind) for at, kind in setting.hyphens]
    cuts = [(cut, kind == "join") for cut, kind in places if cut is not None and kind != SUSPENDED]
    examples = [Example(f"{cut.left}-|{cut.right}", tuple(stage.observe(cut, words)), is_cut) for cut, is_cut in cuts]
    return Text(setting.name, setting.lang, setting.cuts_words, examples)


def fit(texts: Iterable[Text]) -> dict[str, int]:
    """Weights of observations in tenths of a logit, positive for cutting; the base is called by the empty name."""
    found = [example for text in texts if text.cuts_words for example in text.examples]
    names = sorted({name for example in found for name in example.seen if name not in BY_HAND})
    column = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(found), len(names) + 1))
    matrix[:, -1] = 1  # the base
    for at, example in enumerate(found):
        for name in example.seen:
            if name in column:
                matrix[at, column[name]] = 1
    fixed = np.array([sum(BY_HAND.get(name, 0) for name in example.seen) / SCALE for example in found])
    wanted = np.array([float(example.cuts) for example in found])
    logits = _newton(matrix, fixed, wanted)
    return {name: round(SCALE * float(logit)) for name, logit in zip([*names, ""], logits, strict=True)}


def _newton(matrix: Vector, fixed: Vector, wanted: Vector) -> Vector:
    """Ridge logistic regression by Newton's method; the last column, the base, is not held back."""
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[-1] = 0.01
    logits = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ logits + fixed)))
        slope = matrix.T @ (wanted - chance) - ridge * logits
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        logits += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return logits


def score(example: Example, weights: Mapping[str, int]) -> int:
    """The sum of an example's weights; observations that were not met have none."""
    return weights[""] + sum(BY_HAND[name] if name in BY_HAND else weights.get(name, 0) for name in example.seen)


def left_out(texts: Sequence[Text]) -> Iterator[tuple[Example, int]]:
    """Every example and its score by weights made without its text."""
    names = sorted({text.name for text in texts})
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        weights = fit(text for text in texts if text.name not in held)
        for text in texts:
            if text.name in held and text.cuts_words:
                yield from ((example, score(example, weights)) for example in text.examples)


def tell(lang: str, scored: Sequence[tuple[Example, int]]) -> None:
    """How much is right, and by score the share that is to be closed up."""
    for cuts, name in ((True, "join"), (False, "keep")):
        wanted = [number for example, number in scored if example.cuts == cuts]
        right = sum((number >= JOIN_FROM) == cuts for number in wanted)
        print(f"{lang or 'other'} {name}: {right / max(1, len(wanted)):.4f} of {len(wanted):,}")
    for least in range(-60, 61, 5):
        group = [example.cuts for example, number in scored if least <= number < least + 5]
        if group:
            print(f"  {least:4}..{least + 4}: {sum(group) / len(group):.2f} of {len(group):,}")


def write(weights: Sequence[Mapping[str, int]]) -> None:
    """Put the weights into the stage, a column for each language; `by hand` stays."""
    code = STAGE.read_text(encoding="utf-8")

    def row(found: re.Match[str]) -> str:
        return f"{found[1]}({', '.join(str(one.get(found[2], 0)) for one in weights)}),"

    code = _WEIGHT.sub(row, code)
    base = ", ".join(str(one[""]) for one in weights)
    STAGE.write_text(re.sub(r"^BASE = .*$", f"BASE = ({base})", code, flags=re.MULTILINE), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description="Weigh what is observed at hyphens at line ends.")
    parser.add_argument(
        "--texts", type=Path, required=True, help="folder of plain texts: LANG/NAME.txt, a paragraph a line"
    )
    parser.add_argument(
        "--left-out", action="store_true", help="say how weights do on texts that they were made without"
    )
    options = parser.parse_args(arguments)
    made = list(settings(options.texts))
    made += [replace(one, lang="") for one in made if one.lang != "en"]  # a language that has no tables
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        texts = list(pool.map(observe, made, chunksize=8))
    by_lang = [[text for text in texts if text.lang == lang] for lang in COLUMNS]
    if options.left_out:
        for lang, ones in zip(COLUMNS, by_lang, strict=True):
            tell(lang, list(left_out(ones)))
    else:
        write([fit(ones) for ones in by_lang])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
