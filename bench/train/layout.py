"""The weights of the layout labelling.  `python -m bench.train.layout --shared ../shared`

Trains on all development sets, the typeset ones in other habits of page and line too and their articles set
anew on pages of another make, and writes `pipeline/data/layout.npz`.  `--cross-validate` writes nothing: it trains without some layouts at a time and
prints for each of them the share of lines labelled right, F1 of the labels that begin blocks, and per bin of
the margin (how far a label was ahead of the next) the share of lines that were right.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from pipeline.evidence import Evidence
from pipeline.stages.layout.decode import Weights, decode, save_weights
from pipeline.stages.layout.features import describe, text_lines
from pipeline.stages.layout.labels import LABELS, is_possible
from pipeline.stages.pages import find_pages

from .network import EPOCHS, Example, train_all
from .projection import RUBRIC, TITLE, UNKNOWN
from .title_orders import reorder
from .truth import ANEW, FORME_WORDS, ROOT, Sample, anew, evidence_of, gold, parser_of, real, typeset

OUT = ROOT / "pipeline" / "data" / "layout.npz"
ANY = frozenset(LABELS) - {RUBRIC}
FORME = RUBRIC  # forme work that the pages leave over goes the way of rubrics
FRONT = "TBAX"  # above these a running head may as well be the title that it repeats
PLENTIFUL = "grobid_seg"  # most of the lines, all of one kind: small steps, and few of them
WEIGHT_IF_PLENTIFUL, OFTEN_IF_PLENTIFUL = 0.3, 0.12
WEIGHT_OF_VARIANT = 0.7
LINES_IF_REORDERED = 400  # that are taken up of a text whose title blocks alone are new
LINES_OF_EXCERPT, TITLED = (2, 14), 0.6  # and the share of excerpts that begin with a title
WEIGHT_OF_EXCERPT, OFTEN_IF_EXCERPT = 1.0, 0.3
LINES_OF_A_BOOK = 2000  # a longer text is taken up in part only
WEIGHT_IF_ANEW = 0.3
DRAWN = "drawn"  # layouts drawn by lot: many, and some that no printer would make
OFTEN_OF_MANY = {DRAWN: 0.3, "printed": 0.4}  # sets of many texts: how often a piece of theirs is taken up
WEIGHT_IF_REAL = 2.0
WEIGHT_OF_GOLD = 3.0  # the one issue that was really printed
# Layouts left out together, so that three trainings do.
HELD_OUT = (("lawreview", "xuebao", "magazine"), ("narrow3", "zh-twocol"), ("proceedings", "gold", "oldletter"))
BINS = (0, 250, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 20000)  # of the margin
TELLS_LITTLE = 10  # labels: a line that can bear more of them is not counted

# What the words of the sets allow; any label for words that are not here.
SEGMENTS = {"body": "PpHhFM", "footnote": "NnAX", "front": "TBAXNn", "references": "RrL", "toc": "C"}
LAW_SEGMENTS = {**SEGMENTS, "footnote": "NnA"}
HEADER = {
    "title": "T", "author": "B", "affiliation": "A", "address": "A", "abstract": "X", "keywords": "X",
    "email": "ABX", "date": "X", "idno": "X", "other": "XANPpnHT", "reference": "XANPpnHT",
}  # fmt: skip
NOTE_OF_HEADER = "XANPpnHT"
FULL_TEXT_BEGINS = {"heading": "H", "body": "P", "list": "P", "formula": "M", "table": "MF", "figure": "FM"}
FULL_TEXT_GOES_ON = {**FULL_TEXT_BEGINS, "heading": "h", "body": "p", "list": "pP"}


def blanks_between(text: str) -> str:
    return text.replace("\n", "\n\n")


def without_indents(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("\f" + line[1:].lstrip(" ") if line.startswith("\f") else line.lstrip(" ") for line in lines)


def without_trailing_blanks(text: str) -> str:
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def without_page_marks(text: str) -> str:
    return text.replace("\f", "")


def with_blanks_for_page_marks(text: str) -> str:
    return text.replace("\f", " ")


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip("\f ") or "\f" in line)


def without_page_marks_and_blank_lines(text: str) -> str:
    return text.replace("\f", "").replace("\n\n", "\n")


HABITS: tuple[Callable[[str], str], ...] = (
    blanks_between, without_indents, without_trailing_blanks, without_page_marks, with_blanks_for_page_marks,
    without_blank_lines, without_page_marks_and_blank_lines,
)  # fmt: skip


def variant(sample: Sample, seed: str) -> Evidence | None:
    """The same lines in another habit of the page; None if they are no longer the same lines."""
    habit = random.Random(seed).choice(HABITS)
    if habit is without_trailing_blanks and "\ufffe" in sample.raw:
        habit = blanks_between  # hyphens are marked: the blanks behind them mean something
    evidence = evidence_of(sample.name, habit(sample.raw.replace("\r\n", "\n")))
    return evidence if len(evidence.lines) == len(sample.words) else None


def allowed_in_projected(sample: Sample) -> list[Collection[str]]:
    """Projected words are labels."""
    return _allowed(sample.words)


def _allowed(words: Sequence[str]) -> list[Collection[str]]:
    found: list[Collection[str]] = []
    for word, behind in zip(words, (*words[1:], UNKNOWN), strict=True):
        if word in FORME_WORDS:
            found.append(LABELS if behind in FRONT else FORME)
        else:
            found.append(ANY if word == UNKNOWN else word)
    return found


def allowed_in_gold(sample: Sample) -> list[Collection[str]]:
    """Projected too, but lines of digits alone are left open."""
    texts = sample.evidence.lines.text
    return [ANY if text.isdigit() else labels for text, labels in zip(texts, allowed_in_projected(sample), strict=True)]


def allowed_in_full_text(sample: Sample) -> list[Collection[str]]:
    """The set tells what block a line belongs to, hence where one begins."""
    found: list[Collection[str]] = []
    last: object = None
    for word, block in zip(sample.words, sample.blocks, strict=True):
        found.append((FULL_TEXT_BEGINS if block != last else FULL_TEXT_GOES_ON).get(word, ANY))
        last = block
    return found


def allowed_in_segments(sample: Sample) -> list[Collection[str]]:
    table = LAW_SEGMENTS if "dhlaw" in sample.layout else SEGMENTS
    return [FORME if word in FORME_WORDS else table.get(word, ANY) for word in sample.words]


def allowed_in_header(sample: Sample) -> list[Collection[str]]:
    return [NOTE_OF_HEADER if word.startswith("note") else HEADER.get(word, ANY) for word in sample.words]


REAL: tuple[tuple[str, Callable[[Sample], list[Collection[str]]]], ...] = (
    ("grobid_fulltext", allowed_in_full_text),
    (PLENTIFUL, allowed_in_segments),
    ("grobid_seg_dhlaw", allowed_in_segments),
    ("dhlaw_pdftotext", allowed_in_segments),
    ("grobid_header", allowed_in_header),
)


def example_of(
    evidence: Evidence, layout: str, allowed: Sequence[Collection[str]], weight: float = 1.0, often: float = 1.0
) -> Example | None:
    """The lines that the pages leave over when forme work is out; None if there are none."""
    pages, _ = find_pages(evidence)
    page_of = [0] * len(evidence.lines)
    is_forme = [False] * len(evidence.lines)
    for number, page in enumerate(pages):
        page_of[page.start : page.end] = [number] * (page.end - page.start)
        for line in page.forme:
            is_forme[line] = True
    lines = text_lines(page_of, is_forme)
    if not lines:
        return None
    new_page = [at > 0 and line.page != lines[at - 1].page for at, line in enumerate(lines)]
    own = _possible([allowed[line.index] for line in lines], new_page)
    return Example(layout, describe(evidence, lines), own, new_page, weight, often, layout == DRAWN)


def _possible(allowed: Sequence[Collection[str]], new_page: Sequence[bool]) -> list[Collection[str]]:
    """Two lines whose labels cannot follow one another are left open: one of them was projected wrongly."""
    found = list(allowed)
    reached: Collection[str] = LABELS
    for at, (own, new) in enumerate(zip(allowed, new_page, strict=True)):
        now = [label for label in own if any(is_possible(before, label, new_page=new) for before in reached)]
        if not now:
            found[at - 1] = found[at] = ANY
        reached = now or ANY
    return found


def examples(shared: Path, further: Sequence[Path] = ()) -> list[Example]:
    """All development sets, and typeset issues of further folders."""
    return [example for example in _examples(shared, further) if example is not None]


def _examples(shared: Path, further: Sequence[Path]) -> Iterator[Example | None]:
    for sample in typeset(shared, further):
        if sample.is_ordered:
            allowed = allowed_in_projected(sample)
            often = min(1.0, LINES_OF_A_BOOK / len(sample.words))
            often = min(often, OFTEN_OF_MANY.get(sample.layout, 1.0))
            yield example_of(sample.evidence, sample.layout, allowed, 1.0, often)
            is_long = len(sample.words) > LINES_OF_A_BOOK
            variants = 0 if is_long else 1 if sample.layout in OFTEN_OF_MANY else 2
            yield from _variants(sample, allowed, variants, often)
            yield _reordered(sample)
            yield _excerpt(sample, allowed)
    for sample in gold(shared):
        allowed = allowed_in_gold(sample)
        yield from _variants(sample, allowed, 2)
        yield example_of(sample.evidence, sample.layout, allowed, WEIGHT_OF_GOLD)
    for sample in anew(shared):
        yield example_of(sample.evidence, sample.layout, allowed_in_projected(sample), WEIGHT_IF_ANEW)
    for layout, allowed_in in REAL:
        steps = (WEIGHT_IF_PLENTIFUL, OFTEN_IF_PLENTIFUL) if layout == PLENTIFUL else (WEIGHT_IF_REAL, 1.0)
        for sample in real(shared, layout):
            yield example_of(sample.evidence, layout, allowed_in(sample), *steps)


def _reordered(sample: Sample) -> Example | None:
    found = reorder(sample.evidence, sample.words, sample.name)
    if found is None:
        return None
    text, words = found
    evidence = evidence_of(sample.name, text)
    if len(evidence.lines) != len(words):
        return None
    often = min(1.0, LINES_IF_REORDERED / len(words))
    return example_of(evidence, sample.layout, _allowed(words), WEIGHT_OF_VARIANT, often)


def _excerpt(sample: Sample, allowed: Sequence[Collection[str]]) -> Example | None:
    """A few lines from a title or a paragraph on, as a source by themselves: there are such, and they show little."""
    chances = random.Random(f"{sample.name} excerpt")
    lines = sample.evidence.lines
    label = TITLE if chances.random() < TITLED and TITLE in sample.words else "P"
    starts = [at for at, word in enumerate(sample.words) if word == label and sample.words[at - 1 : at] != [label]]
    if not starts:
        return None
    first = chances.choice(starts)
    last = min(first + chances.randint(*LINES_OF_EXCERPT), len(lines)) - 1
    text = sample.evidence.source.text[lines.start[first] : lines.end[last]].replace("\f", "")
    evidence = evidence_of(sample.name, f"{text}\n")
    if len(evidence.lines) != last + 1 - first:
        return None
    return example_of(evidence, sample.layout, allowed[first : last + 1], WEIGHT_OF_EXCERPT, OFTEN_IF_EXCERPT)


def _variants(
    sample: Sample, allowed: Sequence[Collection[str]], count: int, often: float = 1.0
) -> Iterator[Example | None]:
    for number in range(1, count + 1):
        evidence = variant(sample, f"{sample.name}{number}")
        if evidence is not None:
            yield example_of(evidence, sample.layout, allowed, WEIGHT_OF_VARIANT, often)


class Scores:
    """Labels given and labels right, by layout and by margin."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.confused: Counter[tuple[str, str]] = Counter()
        self.bins: Counter[tuple[int, bool]] = Counter()

    def add(self, weights: Weights, example: Example) -> None:
        given, margins = decode(weights, weights.network.score_described(example.described), example.new_page)
        counts = self.counts[example.layout]
        for right, label, margin in zip(example.allowed, given, margins, strict=True):
            if len(right) <= TELLS_LITTLE:
                counts["lines"] += 1
                counts["right"] += label in right
            if len(right) == 1:
                (wanted,) = right
                counts[f"wanted {wanted}"] += 1
                counts[f"given {label}"] += 1
                counts[f"both {label}"] += label == wanted
                self.confused[wanted, label] += label != wanted
                self.bins[bisect_right(BINS, margin) - 1, label == wanted] += 1

    def tell(self) -> None:
        for layout, counts in sorted(self.counts.items()):
            begins = "   ".join(f"{label} {_f1(counts, label)}" for label in "PHN")
            right = counts["right"] / max(1, counts["lines"])
            print(f"{layout:18} right {right:.4f}   F1 {begins}   of {counts['lines']} lines")
        common = ", ".join(f"{wanted} as {given} {count}" for (wanted, given), count in self.confused.most_common(12))
        print(f"taken wrongly: {common}")

    def tell_bins(self) -> None:
        for number, least in enumerate(BINS):
            right, count = self.bins[number, True], self.bins[number, True] + self.bins[number, False]
            if count:
                print(f"margin from {least:6}: {right / count:6.1%} right of {count} lines")


def _f1(counts: Counter[str], label: str) -> str:
    total = counts[f"wanted {label}"] + counts[f"given {label}"]
    return f"{2 * counts[f'both {label}'] / total:.3f}" if total else "-----"


def cross_validate(texts: Sequence[Example], epochs: int) -> None:
    scores = Scores()
    for held in HELD_OUT:
        print(f"without {', '.join(held)}")
        weights = train_all([text for text in texts if text.layout.removesuffix(ANEW) not in held], epochs)
        for text in texts:
            if text.layout in held:
                scores.add(weights, text)
    scores.tell()
    scores.tell_bins()


def main(arguments: Sequence[str]) -> int:
    parser = parser_of("Train the weights of the layout labelling.")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often all lines are gone through")
    options = parser.parse_args(arguments)
    texts = examples(options.shared, options.typeset)
    if not texts:
        print(f"no development sets in {options.shared}", file=sys.stderr)
        return 2
    if options.cross_validate:
        cross_validate(texts, options.epochs)
        return 0
    weights = train_all(texts, options.epochs)
    save_weights(weights, options.out or OUT)
    scores = Scores()
    for text in texts:
        scores.add(weights, text)
    scores.tell()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
