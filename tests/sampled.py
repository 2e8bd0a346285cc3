"""The sample corpus: its truth, and what a build made of it, in the same shape so that they can be compared."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rapidfuzz.distance import Indel

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "sample"
SOURCES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLE.glob("*.json"))}
RUNNING = ("p", "quote", "item")
Row = dict[str, Any]


def likeness(one: str, other: str) -> float:
    """Likeness of two texts, 1 where they are equal."""
    return Indel.normalized_similarity(one, other)


@dataclass
class Found:
    """One article as found: rows of the tables, in reading order."""

    row: Row
    paragraphs: list[Row] = field(default_factory=list)
    captions: list[Row] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.paragraphs]

    def head_rows(self) -> list[tuple[int, str, bool, int]]:
        """Level, text with its label, run-in or not, and the index of the paragraph it stands before."""
        return [
            (row["level"], head_text(row), row["run_in"], sum(p["seq"] < row["seq"] for p in self.paragraphs))
            for row in self.heads
        ]

    def note_refs(self, note: Row) -> list[tuple[int, int]]:
        """Markers of a note in the running text: index of the paragraph, offset in it."""
        at = {row["paragraph_id"]: index for index, row in enumerate(self.paragraphs)}
        return [(at[ref["block_id"]], ref["offset"]) for ref in note["refs"] if ref["block_id"] in at]


def head_text(row: Row) -> str:
    """A head as printed: its label before its title."""
    label, title = row["label"] or "", row["title"] or ""
    between = " " if label and title and label.isascii() else ""
    return f"{label}{between}{title}"


class Build:
    """The tables of an output folder, by document."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.tables: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for folder in sorted((out / "parquet").iterdir()):
            for row in pq.read_table(folder).to_pylist():
                key = "from_id" if folder.name == "alignments" else "doc_id" if "doc_id" in row else "article_id"
                self.tables[folder.name][row[key].split("/")[0]].append(row)

    def articles(self, doc_id: str) -> list[Found]:
        """The articles of a document in reading order, without the matter."""
        found = {row["article_id"]: Found(row) for row in self.tables["articles"][doc_id] if row["seq"]}
        for row in self.tables["paragraphs"][doc_id]:
            if row["article_id"] in found and row["kind"] in (*RUNNING, "caption"):
                own = found[row["article_id"]]
                (own.captions if row["kind"] == "caption" else own.paragraphs).append(row)
        for row in self.tables["sections"][doc_id]:
            if row["article_id"] in found:
                found[row["article_id"]].heads.append(row)
        for row in self.tables["notes"][doc_id]:
            if row["article_id"] in found:
                found[row["article_id"]].notes.append(row)
        return list(found.values())

    def article(self, doc_id: str, truth: Row) -> Found:
        """The found article that holds most of the paragraphs of a true one."""

        def shared(found: Found) -> int:
            text = "\n".join(found.texts)
            return sum(paragraph[:24] in text for paragraph in truth["paragraphs"])

        return max(self.articles(doc_id), key=shared)


def true_texts(truth: Row) -> list[str]:
    """Everything the truth of a source has as text."""
    texts: list[str] = [line for part in truth.get("matter", ()) for line in part["lines"]]
    for article in truth["articles"]:
        texts += [head["text"] for head in article["heads"]] + article["paragraphs"]
        texts += [note["text"] for note in article["notes"]]
        texts += [caption["text"] for caption in article["captions"]]
        texts += [article["title"], article["subtitle"] or "", article.get("notes_head", "")]
    return [text for text in texts if text]
