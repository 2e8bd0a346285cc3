"""Ids are unique, what refers to an id finds it, and every place lies in what it is a place of."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Finding

KEYS = (
    ("articles", "article_id"),
    ("sections", "section_id"),
    ("paragraphs", "paragraph_id"),
    ("notes", "note_id"),
)


def check_ids(document: Document) -> Iterator[Finding]:
    """Ids are unique; what refers to an id finds it."""
    known: set[str] = set()
    for table, key in KEYS:
        for index, name in enumerate(document[table][key]):
            if name in known:
                yield document.finding(table, index, f"the id {name!r} is used twice")
            known.add(name)
    articles = set(document["articles"]["article_id"])
    sections = set(document["sections"]["section_id"])
    blocks = known - articles
    for table in ("sections", "paragraphs", "sentences", "notes"):
        yield from _missing(document, table, "article_id", articles)
    yield from _missing(document, "sections", "parent_id", sections)
    yield from _missing(document, "paragraphs", "section_id", sections)
    blocks |= {name for name in document.blocks if _is_front(name, articles)}
    yield from _missing(document, "collation", "block_id", blocks)
    yield from _missing(document, "pages", "block_id", blocks)
    yield from _missing(document, "alignments", "from_id", known)
    yield from _missing(document, "alignments", "to_id", known)
    yield from _check_refs(document)
    begun = sum(document["sources"]["articles"])
    if begun != sum(seq > 0 for seq in document["articles"]["seq"]):
        yield document.finding("sources", 0, f"{begun} articles in sources, another number in articles")


def _check_refs(document: Document) -> Iterator[Finding]:
    """Every place that points to a note is in a block."""
    for index, refs in enumerate(document["notes"]["refs"]):
        for ref in refs:
            text = document.blocks.get(ref["block_id"])
            if text is None or not 0 <= ref["offset"] <= len(text):
                yield document.finding("notes", index, f"nothing at {ref['block_id']}, offset {ref['offset']}")


def _is_front(name: str, articles: set[str]) -> bool:
    """Whether an id is one of the front matter (`…/a01/author2`), which no table lists block by block."""
    article, _, last = name.rpartition("/")
    return article in articles and len(last.rstrip("0123456789")) > 1


def _missing(document: Document, table: str, column: str, known: set[str]) -> Iterator[Finding]:
    values = document[table][column]
    if known.issuperset(values):
        return
    for index, name in enumerate(values):
        if name is not None and name not in known:
            yield document.finding(table, index, f"{column} {name!r} does not exist")


def check_places(document: Document) -> Iterator[Finding]:
    """Offsets into the witness and into blocks lie inside them."""
    for table in ("pages", "paragraphs", "remarks"):
        for index, (start, end) in enumerate(document[table].rows("raw_start", "raw_end")):
            if not 0 <= start <= end <= document.length:
                yield document.finding(table, index, f"[{start}, {end}) is not in a witness of {document.length}")
    place = 0
    columns = ("seq", "raw_start", "raw_end", "block_id", "block_start")
    for index, (seq, start, end, block, at) in enumerate(document["pages"].rows(*columns)):
        if seq != index + 1 or start < place:
            yield document.finding("pages", index, f"page {seq} at {start} comes after {place}")
        elif (block is None) != (at is None) or (block is not None and at > len(document.blocks.get(block, ""))):
            yield document.finding("pages", index, f"block_start {at} is not in {block}")
        place = end
