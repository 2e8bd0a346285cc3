"""A document of a build: its articles, its blocks in reading order, and its collation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from .builds import Build

MATTER = "matter"
Kind = Literal["head", "paragraph", "note", "front"]
_KINDS: dict[str, Kind] = {"p": "paragraph", "s": "head", "n": "note"}
_ID = re.compile(r"([psn])\d+")


class Row(NamedTuple):
    """A row of the collation; `text` is what it reads, `at` where that begins in its block."""

    start: int
    end: int
    fate: str
    tag: str | None
    rules: tuple[str, ...]
    raw: str
    text: str
    page: str | None
    block: str | None
    at: int | None


@dataclass(slots=True)
class Block:
    """A head, paragraph or note, or a part of the front matter.  Ids are without the id of the document.

    `rows` are places in the collation, `inside` the section it stands in, `values` what else is said of it.
    """

    id: str
    kind: Kind
    article: str
    text: str = ""
    rows: list[int] = field(default_factory=list)
    inside: str | None = None
    order: int = 0
    values: dict[str, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class Article:
    """An article, or the matter; `values` are its title, authors, pages … as texts."""

    id: str
    seq: int
    rule: str
    values: dict[str, str | None]


@dataclass
class Document:
    """All of a document; `blocks` in reading order, those of the front matter first."""

    doc_id: str
    articles: dict[str, Article]
    blocks: dict[str, Block]
    rows: Sequence[Row]

    def full(self, name: str) -> str:
        """An id as it stands in the tables."""
        return f"{self.doc_id}/{name}"

    @cached_property
    def by_article(self) -> dict[str, list[Block]]:
        """The blocks of each article, in order."""
        found: dict[str, list[Block]] = {}
        for block in self.blocks.values():
            found.setdefault(block.article, []).append(block)
        return found

    def readings(self, block: Block) -> tuple[list[int], list[int], list[int]]:
        """Where in the text of a block each of its rows begins and ends, and the places of these rows; in order."""
        if block.id not in self._readings:
            spans = sorted(
                (row.at, row.at + len(row.text), place)
                for place, row in ((place, self.rows[place]) for place in block.rows)
                if row.at is not None and row.tag != "ref"
            )
            begins, ends, places = ([span[part] for span in spans] for part in range(3))
            self._readings[block.id] = begins, ends, places
        return self._readings[block.id]

    @cached_property
    def _readings(self) -> dict[str, tuple[list[int], list[int], list[int]]]:
        return {}

    @cached_property
    def starts(self) -> list[int]:
        """Where the rows of the collation begin."""
        return [row.start for row in self.rows]

    def overlapping(self, start: int, end: int) -> range:
        """Places of the rows that share a character with [start, end) of the witness."""
        return range(max(bisect_right(self.starts, start) - 1, 0), bisect_left(self.starts, end))

    @cached_property
    def _lines(self) -> tuple[list[int], list[str]]:
        """Lines of the witness without blanks around them: where each begins, and its text."""
        starts, texts, place = [], [], 0
        for line in "".join(row.raw for row in self.rows).split("\n"):
            starts.append(place)
            texts.append(line.strip())
            place += len(line) + 1
        return starts, texts

    @cached_property
    def line_texts(self) -> frozenset[str]:
        """Every line of the witness."""
        return frozenset(self._lines[1])

    def lines(self, start: int, end: int) -> list[str]:
        """The lines of which [start, end) holds a part."""
        starts, texts = self._lines
        return texts[max(bisect_right(starts, start) - 1, 0) : bisect_left(starts, max(end, start + 1))]


def load(build: Build, doc_id: str) -> Document:
    """A document of a build."""
    rows = _rows(build.rows("collation", doc_id), len(doc_id) + 1)
    cut = len(doc_id) + 1
    articles = {one.id: one for one in (_article(row, cut) for row in _sorted(build.rows("articles", doc_id)))}
    blocks = _fronts(rows)
    reading = [
        *(_head(row, cut) for row in _sorted(build.rows("sections", doc_id))),
        *(_paragraph(row, cut, articles) for row in _sorted(build.rows("paragraphs", doc_id))),
    ]
    seqs = {name: article.seq for name, article in articles.items()}
    reading.sort(key=lambda block: (seqs.get(block.article, 0), block.order))
    notes = [_note(row, cut, number) for number, row in enumerate(build.rows("notes", doc_id).to_pylist())]
    blocks.update((block.id, block) for block in (*reading, *notes))
    _fill(blocks, rows)
    return Document(doc_id, articles, blocks, rows)


def kind_of(name: str) -> Kind:
    """What the block of an id is."""
    found = _ID.fullmatch(name.rpartition("/")[2])
    return _KINDS[found[1]] if found else "front"


def _sorted(table: pa.Table) -> list[dict[str, Any]]:
    """Rows in the order of `seq`, which is that of the tables but for parts of a file."""
    return sorted(table.to_pylist(), key=lambda row: row["seq"])


def _rows(table: pa.Table, cut: int) -> list[Row]:
    columns = table.to_pydict()
    rows = [
        Row(start, end, fate, tag, tuple(rules), shown, shown if reading is None else reading, page, block and block[cut:], at)
        for start, end, fate, tag, rules, raw, reading, page, block, at in zip(
            columns["raw_start"], columns["raw_end"], columns["fate"], columns["tag"], columns["rules"],
            columns["raw"], columns["reading"], columns["page"], columns["block_id"], columns["block_start"],
            strict=True,
        )
        for shown in ["\ufffd" * (end - start) if raw is None else raw]
    ]  # fmt: skip
    rows.sort(key=lambda row: row.start)
    return rows


def _fronts(rows: Iterable[Row]) -> dict[str, Block]:
    """Titles, authors, abstracts … which no table lists by their ids."""
    names = dict.fromkeys(row.block for row in rows if row.block and kind_of(row.block) == "front")
    return {name: Block(name, "front", name.partition("/")[0]) for name in names}


def _fill(blocks: dict[str, Block], rows: Sequence[Row]) -> None:
    """Give every block its rows; heads and front matter also their text, which is put together of them."""
    parts: dict[str, list[tuple[int, int, str]]] = {}
    for place, row in enumerate(rows):
        if row.block in blocks:
            blocks[row.block].rows.append(place)
            if row.tag != "ref" and row.at is not None and blocks[row.block].kind in ("head", "front"):
                parts.setdefault(row.block, []).append((row.at, place, row.text))
    for name, found in parts.items():
        blocks[name].text = "".join(text for _, _, text in sorted(found))


def _article(row: dict[str, Any], cut: int) -> Article:
    values = {
        **{name: row.get(name) for name in ("kind", "lang", "title", "subtitle")},
        "authors": _joined(_author(one) for one in row.get("authors") or ()),
        **{name: row.get(name) for name in ("doi", "journal", "volume", "issue", "date", "page_first", "page_last")},
        "class_codes": _joined(f"{one['scheme']} {one['code']}" for one in row.get("class_codes") or ()),
    }
    for name, inner in (("alt_titles", "text"), ("abstracts", "text"), ("keywords", "terms")):
        for one in row.get(name) or ():
            text = one[inner] if isinstance(one[inner], str) else _joined(one[inner])
            values[f"{name}.{one['lang'] or 'und'}"] = text
    return Article(row["article_id"][cut:], row["seq"], row["rule"], values)


def _author(author: dict[str, str | None]) -> str:
    told = author["name"] or ""
    told += f" ({author['alt_name']})" if author["alt_name"] else ""
    return told + (f", {author['affiliation']}" if author["affiliation"] else "")


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def _cut(name: str | None, cut: int) -> str | None:
    return None if name is None else name[cut:]


def _head(row: dict[str, Any], cut: int) -> Block:
    values: dict[str, str | None] = {"level": str(row["level"]), "run_in": "yes" if row["run_in"] else "no"}
    name, article, inside = row["section_id"][cut:], row["article_id"][cut:], _cut(row["parent_id"], cut)
    return Block(name, "head", article, row["title"], inside=inside, order=row["seq"], values=values)


def _paragraph(row: dict[str, Any], cut: int, articles: dict[str, Article]) -> Block:
    name, article, inside = row["paragraph_id"][cut:], row["article_id"][cut:], _cut(row["section_id"], cut)
    usual = articles[article].values["lang"] if article in articles else None
    values = {"kind": row["kind"], "lang": None if row["lang"] == usual else row["lang"]}
    return Block(name, "paragraph", article, row["text"], inside=inside, order=row["seq"], values=values)


def _note(row: dict[str, Any], cut: int, order: int) -> Block:
    values = {
        "labels": _joined(row["labels"]),
        "place": row["place"],
        "type": row["type"],
        "markers": str(len(row["refs"])),
    }
    name, article = row["note_id"][cut:], row["article_id"][cut:]
    return Block(name, "note", article, row["text"], order=order, values=values)
