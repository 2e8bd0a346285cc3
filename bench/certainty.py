"""Whether certainties mean something: decisions on the typeset texts by certainty, and the share that was right.

    python -m bench.certainty --shared ../shared [--json] [LAYOUT ...]

Four kinds of decisions.  Forme work: lines taken for it.  Paragraphs: lines that begin one.  Heads: blocks taken
for one, those inside a paragraph apart.  Hyphens: those at line ends that the truth knows, by the letters beside
them.  The truth of lines is projected (`train/projection.py`); lines that it does not know are left out.  The
weights are trained on these texts: `bench.left_out` calls this with weights that are not.
"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.model import Document, Part, Source
from pipeline.options import Options
from pipeline.runner import run

from .train.projection import FORME, RUBRIC, UNKNOWN
from .train.truth import SHARED, Sample, gold, typeset

CONTENTS = "C"
GROUPS = (0, 50, 60, 70, 80, 90, 95, 98, 101)  # per cent
KINDS = ("forme work", "paragraphs", "heads", "hyphens")
_HYPHENS = {"line-end-hyphen": "join", "hyphen-at-line-end-kept": "keep", "undecided-hyphen": "keep"}
_CUT = re.compile(r"([^\W\d_]+)[-\u00ad\ufffe\u2010¬]\s*\n\s*([^\W\d_]+)")

Decision = tuple[str, int, bool]  # kind, certainty, whether it was right
Counts = dict[
    str, dict[int, list[int]]
]  # kind, lowest certainty of the group: decisions, right ones, sum of certainties


def decisions(sample: Sample, hyphens: Sequence[dict[str, str]]) -> Iterator[Decision]:
    """The decisions on one text of which the truth is known."""
    part = Part(f"{sample.name}.txt", "", 0, 0, len(sample.raw), ((0, "utf-8"),))
    document = run(Source(sample.name, sample.raw, (part,)), Options()).document
    yield from _of_blocks(document, sample)
    yield from _of_hyphens(document, hyphens)


def _of_blocks(document: Document, sample: Sample) -> Iterator[Decision]:
    lines = sample.evidence.lines
    starts = [start + lead for start, lead in zip(lines.start, lines.lead, strict=True)]
    for block in document.blocks.values():
        first = bisect_left(starts, block.start)
        if first >= len(starts) or starts[first] >= block.end or sample.words[first] == UNKNOWN:
            continue
        word = sample.words[first]
        if block.kind == "fw" and word == CONTENTS:
            continue  # the journal's name above its contents: either is right
        if block.kind == "fw":
            yield "forme work", block.certainty, word in (FORME, RUBRIC)
        elif block.kind == "head" and block.type != "run-in" and starts[first] - block.start < 3:
            yield "heads", block.certainty, word == "H"
        elif block.kind == "p" and starts[first] == block.start:
            yield "paragraphs", block.certainty, word == "P"


def _of_hyphens(document: Document, hyphens: Sequence[dict[str, str]]) -> Iterator[Decision]:
    wanted: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for hyphen in hyphens:
        wanted[hyphen["before"], hyphen["after"]].add(hyphen["decision"])
    text = document.source.text
    for edit in document.runs:
        taken = next((_HYPHENS[rule.id] for rule in edit.rules if rule.id in _HYPHENS), "")
        found = _CUT.search(text, max(0, edit.start - 40), edit.end + 40) if taken else None
        while found is not None and found.end(1) + 1 < edit.start:
            found = _CUT.search(text, found.end(1), edit.end + 40)
        known = wanted.get((found[1], found[2]), set()) if found else set()
        if len(known) == 1:
            yield "hyphens", edit.certainty, taken in known


def count(shared: Path, layouts: Sequence[str]) -> Counts:
    """Decisions of the typeset texts in order, and of the corrected issue, of these layouts (all if none is named)."""
    counts: Counts = {kind: {} for kind in KINDS}
    folder = shared / "bench" / "typeset" / "dev" / "truth"
    for sample in (*typeset(shared), *gold(shared)):
        if not sample.is_ordered or (layouts and sample.layout not in layouts):
            continue
        path = folder / f"{sample.name}.truth.json"
        hyphens = json.loads(path.read_text(encoding="utf-8")).get("line_end_hyphens", []) if path.exists() else []
        for kind, certainty, right in decisions(sample, hyphens):
            group = max(least for least in GROUPS if least <= certainty)
            cell = counts[kind].setdefault(group, [0, 0, 0])
            cell[0] += 1
            cell[1] += right
            cell[2] += certainty
    return counts


def tell(counts: Counts) -> None:
    """A row of a table for every kind and group."""
    print("| decision | certainty | decisions | mean certainty | right |\n| --- | --- | --- | --- | --- |")
    for kind in KINDS:
        for group, (number, right, certainties) in sorted(counts[kind].items()):
            above = GROUPS[GROUPS.index(group) + 1] - 1
            print(
                f"| {kind} | {group}–{above} | {number:,} | {certainties / number / 100:.2f} | {right / number:.2f} |"
            )


def added(left: Counts, right: Counts) -> Counts:
    """Both counts together; keys of groups may be texts, as JSON has them."""
    total: Counts = {kind: {} for kind in KINDS}
    for counts in (left, right):
        for kind, groups in counts.items():
            for group, cell in groups.items():
                mine = total[kind].setdefault(int(group), [0, 0, 0])
                mine[:] = [a + b for a, b in zip(mine, cell, strict=True)]
    return total


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description="Count decisions by certainty, and those that were right.")
    parser.add_argument("layouts", nargs="*", help="layouts to count (all)")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development sets")
    parser.add_argument("--json", action="store_true", help="print the counts for a program")
    options = parser.parse_args(arguments)
    counts = count(options.shared, options.layouts)
    if options.json:
        print(json.dumps(counts))
    else:
        tell(counts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
