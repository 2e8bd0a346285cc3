"""The development sets: texts with the truth about each line, read from a folder that holds

bench/typeset/dev    issues that were typeset for the purpose: raw/ID.raw.txt, truth/ID.json
gold                 one issue corrected by hand: truth/ID.truth.json, its raw text in seeds/ID.txt
bench/real/SET       papers that others labelled line by line: ID.raw.txt, ID.truth.json

and the articles of these issues set anew (`typesetter.py`).  The texts differ in what their truth says, so that every set keeps its own words for a line.
"""

from __future__ import annotations

import json
import random
from argparse import ArgumentParser
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evidence import Evidence
from pipeline.model import Document, Part, Source

from .projection import FORME, UNKNOWN, project
from .typesetter import set_anew

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
GOLD = "gold"
SET_ANEW = 36  # texts made of the articles of every layout
ANEW = " anew"  # said behind the layout of such texts
FORME_WORDS = {FORME, "running_head", "running_foot", "page_number", "catch_word", "signature_mark"}
NO_WORDS = {UNKNOWN, "unknown", "other"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with a word of its set for every line that is not blank.

    layout       the layout or the set it belongs to: what is left out together in cross-validation
    blocks       for every line what block it belongs to, where the set tells
    is_ordered   whether the lines stand in the order in which they are read
    """

    name: str
    layout: str
    raw: str
    evidence: Evidence
    words: Sequence[str]
    blocks: Sequence[object] = ()
    is_ordered: bool = True


def evidence_of(name: str, text: str) -> Evidence:
    """The evidence of a text as it stands, before any step."""
    part = Part(f"{name}.txt", "", 0, 0, len(text), ((0, "utf-8"),))
    return Evidence(Document(Source(name, text, (part,))))


def typeset(shared: Path, further: Sequence[Path] = ()) -> Iterator[Sample]:
    """The typeset issues, those of further folders too, their truth projected onto the lines."""
    for folder in (shared / "bench" / "typeset" / "dev", *further):
        yield from _typeset(folder)


def _typeset(folder: Path) -> Iterator[Sample]:
    for path in sorted((folder / "truth").glob("*.json")):
        truth = _load(path)
        name = truth["id"]
        ordered = truth.get("reading_order", 1) >= 0.95
        yield _projected(name, truth["layout"], truth, folder / "raw" / f"{name}.raw.txt", ordered)


def gold(shared: Path) -> Iterator[Sample]:
    """The issues corrected by hand, their truth projected onto the lines."""
    for path in sorted((shared / "gold" / "truth").glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        yield _projected(GOLD, GOLD, _load(path), shared / "seeds" / f"{name}.txt", True)


def anew(shared: Path) -> Iterator[Sample]:
    """Texts of one to four articles of a layout, all in one language, set anew."""
    for layout, known in _articles(shared).items():
        for number in range(SET_ANEW):
            seed = f"{layout}{number}"
            lot = random.Random(seed)
            lang = lot.choice(known)["lang"][:2]
            alike = [article for article in known if article["lang"][:2] == lang]
            raw, words = set_anew(lot.sample(alike, min(len(alike), lot.randint(1, 4))), seed)
            evidence = evidence_of(seed, raw)
            if len(evidence.lines) != len(words):
                raise ValueError(f"{seed}: {len(words)} labels for {len(evidence.lines)} lines")
            yield Sample(seed, layout + ANEW, raw, evidence, words)


def _articles(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """The articles of the typeset and the corrected issues by layout, each once."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    typeset_folder = shared / "bench" / "typeset" / "dev" / "truth"
    for path in (*sorted(typeset_folder.glob("*.json")), *sorted((shared / "gold" / "truth").glob("*.truth.json"))):
        truth = _load(path)
        own = found.setdefault(GOLD if path.parent != typeset_folder else truth["layout"], {})
        for article in truth["articles"]:
            own.setdefault(article["title"], article)
    return {layout: list(own.values()) for layout, own in found.items()}


def real(shared: Path, layout: str) -> Iterator[Sample]:
    """One of the sets that others labelled; a line is known by its place in the raw text."""
    for path in sorted((shared / "bench" / "real" / layout).glob("*.truth.json")):
        truth = _load(path)
        raw = _read(path.with_name(path.name.replace(".truth.json", ".raw.txt")))
        evidence = evidence_of(truth["id"], raw)
        starts = [0]
        for line in raw.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        rows = [*truth["lines"], {"l": "unknown"}]
        found = [rows[min(bisect_right(starts, start), len(rows)) - 1] for start in evidence.lines.start]
        words, blocks = [row["l"] for row in found], [row.get("g") for row in found]
        yield Sample(truth["id"], layout, raw, evidence, words, blocks)


def parser_of(description: str) -> ArgumentParser:
    """The arguments that every training takes."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development sets")
    parser.add_argument("--typeset", type=Path, nargs="*", default=[], help="further folders with typeset issues")
    parser.add_argument("--out", type=Path, help="file to write instead of the package's own")
    parser.add_argument("--cross-validate", action="store_true", help="print scores on layouts left out; write nothing")
    return parser


def _projected(name: str, layout: str, truth: dict[str, Any], path: Path, ordered: bool) -> Sample:
    raw = _read(path)
    evidence = evidence_of(name, raw)
    return Sample(name, layout, raw, evidence, project(truth, evidence.lines.text), is_ordered=ordered)


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _read(path: Path) -> str:
    """A text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")
