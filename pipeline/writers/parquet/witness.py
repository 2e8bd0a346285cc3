"""Rows about the witness: `sources`, `pages`, `collation`, `remarks`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

import pyarrow as pa

from ...collation import BLANK, Row, collate
from ...edition import Edition
from ...model import Part, Source
from ...readers.encodings import encode
from ...readers.text import UNDECODABLE
from .columns import HUNDREDTHS, SURROGATES, batch, from_rows, is_unicode, repeated, scrub
from .schema import arrow_schema


def sources_of(edition: Edition) -> pa.RecordBatch:
    """One row a raw file of the document; the status is `empty` where the document holds no visible text."""
    source = edition.document.source
    status = "ok" if edition.document.articles or source.text.strip(BLANK) else "empty"
    pages = [mark.start for mark in edition.document.marks if mark.tag == "pb"]
    articles = _article_starts(edition)
    rows = []
    for seq, part in enumerate(source.parts, 1):
        last = seq == len(source.parts)
        rows.append((
            source.doc_id, seq, part.path, part.sha256, part.size, part.start, part.end,
            [{"raw_start": start, "encoding": encoding} for start, encoding in part.encodings],
            [{"raw_start": start, "bytes": kept} for start, kept in part.exceptions],
            text_digest(source.text[part.start : part.end]), source.reader,
            _count(pages, part, last), _count(articles, part, last), status, None,
        ))  # fmt: skip
    return from_rows("sources", rows)


def failed_source(
    doc_id: str, files: Sequence[tuple[str, str | None, int | None]], reader: str | None, error: str
) -> pa.RecordBatch:
    """Rows of a source that failed; `files` are (path, sha256, bytes), the last two `None` where unread."""
    return from_rows(
        "sources",
        [
            (doc_id, seq, path, digest, size, None, None, [], [], None, reader, 0, 0, "failed", error)
            for seq, (path, digest, size) in enumerate(files, 1)
        ],
    )


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, lone surrogates taken as U+FFFD."""
    try:
        return sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        return sha256(scrub(text).encode()).hexdigest()


def pages_of(edition: Edition) -> pa.RecordBatch:
    """One row a page."""
    return from_rows(
        "pages",
        [
            (
                edition.doc_id, seq, page.n or None, page.inferred, HUNDREDTHS[page.certainty], page.raw_start,
                page.raw_end, page.block_id or None, page.block_start if page.block_id else None,
            )
            for seq, page in enumerate(edition.pages, 1)
        ],
    )  # fmt: skip


def remarks_of(edition: Edition) -> pa.RecordBatch:
    """One row a remark, in the order of the witness."""
    found = sorted(set(edition.document.remarks))
    return from_rows(
        "remarks",
        [(edition.doc_id, start, end, rule, HUNDREDTHS[cert], message) for start, end, rule, cert, message in found],
    )


def collation_of(edition: Edition) -> pa.RecordBatch:
    """The collation, cut at the borders of raw files and round everything that is not Unicode."""
    source = edition.document.source
    text = source.text
    rows, escaped = _cut(collate(edition.document), source)
    starts, ends, fates, tags, types, rules, certainties, readings, pages, blocks, block_starts = (
        zip(*rows, strict=True) if rows else ((),) * 11
    )
    raws: list[str | None] = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    raw_bytes: list[bytes | None] = [None] * len(raws)
    for at, sequence in escaped.items():
        raws[at], raw_bytes[at] = None, sequence
    names = {**edition.names, "": None}
    public = [names.get(block) for block in blocks]
    schema = arrow_schema("collation")
    return batch(
        "collation",
        {
            "doc_id": [edition.doc_id] * len(raws),
            "seq": list(range(1, len(raws) + 1)),
            "raw_start": starts,
            "raw_end": ends,
            "fate": fates,
            "tag": [tag or None for tag in tags],
            "type": [kind or None for kind in types],
            "rules": repeated(rules, schema.field("rules").type),
            "certainty": [HUNDREDTHS[per_cent] for per_cent in certainties],
            "raw": raws,
            "raw_bytes": raw_bytes,
            "reading": [None if new == raw else new for new, raw in zip(readings, raws, strict=True)],
            "page": [page or None for page in pages],
            "block_id": public,
            "block_start": [
                None if name is None else at for name, at in zip(public, block_starts, strict=True)
            ],
        },
    )  # fmt: skip


def bytes_of(part: Part, text: str, start: int, end: int) -> bytes:
    """The bytes of [start, end) of the witness `text`, inside one raw file."""
    before = [codec for place, codec in part.encodings if place <= start]
    inside = [(place, codec) for place, codec in part.encodings if start < place < end]
    encodings = [(start, before[-1] if before else "utf-8"), *inside]
    exceptions = [(place, kept) for place, kept in part.exceptions if start <= place < end]
    return encode(text[start:end], encodings, exceptions, start)


def _cut(rows: list[Row], source: Source) -> tuple[list[Row], dict[int, bytes]]:
    """Rows cut so that none crosses two raw files or mixes Unicode with escapes; bytes of escapes by row."""
    text = source.text
    strange = [] if is_unicode(text) else [found.span() for found in SURROGATES.finditer(text)]
    borders = sorted({part.start for part in source.parts[1:]} | {place for span in strange for place in span})
    if not borders:
        return rows, {}
    out: list[Row] = []
    escaped: dict[int, bytes] = {}
    files = [part.start for part in source.parts]
    for row in _at_borders(rows, borders, text):
        if "\ud800" <= text[row.start] <= "\udfff":
            part = source.parts[bisect_right(files, row.start) - 1]
            escaped[len(out)] = bytes_of(part, text, row.start, row.end)
            if row.reading is None or SURROGATES.search(row.reading):
                reading = scrub(text[row.start : row.end] if row.reading is None else row.reading)
                fate = "emended" if row.fate == "kept" else row.fate
                row = row._replace(fate=fate, reading=reading, rules=(*row.rules, UNDECODABLE.id))
        out.append(row)
    return out, escaped


def _at_borders(rows: Iterable[Row], borders: Sequence[int], text: str) -> Iterator[Row]:
    """A row that is cut leaves its reading, where it has one, with its first piece."""
    for row in rows:
        inner = borders[bisect_right(borders, row.start) : bisect_left(borders, row.end)]
        if not inner:
            yield row
            continue
        reading, at = row.reading, row.block_start
        for start, end in pairwise([row.start, *inner, row.end]):
            yield row._replace(start=start, end=end, reading=reading, block_start=at)
            if at is not None and row.tag != "ref":  # the text goes on behind a marker where it stood before it
                at += end - start if reading is None else len(reading)
            reading = None if reading is None else ""


def _article_starts(edition: Edition) -> list[int]:
    blocks = edition.document.blocks
    return [
        min((start for name in article.blocks for start, _ in blocks[name].spans), default=0)
        for article in edition.document.articles
        if article.seq
    ]


def _count(places: Iterable[int], part: Part, last: bool) -> int:
    return sum(part.start <= place < part.end or (last and place >= part.end) for place in places)
