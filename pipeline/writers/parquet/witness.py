"""Rows about the witness: `sources`, `pages`, `collation`, `remarks`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

from ...collation import BLANK, Collation, collate
from ...collation import Row as Collated
from ...edition import Edition
from ...model import Part, Source
from ...readers.encodings import encode
from ...readers.text import UNDECODABLE
from .columns import HUNDREDTHS, SURROGATES, Row, is_unicode, scrub
from .spans import Spans


def sources_of(edition: Edition) -> list[Row]:
    """One row a raw file of the document; the status is `empty` where the document holds no visible text."""
    source = edition.document.source
    status = "ok" if edition.document.articles or source.text.strip(BLANK) else "empty"
    pages = [mark.start for mark in edition.document.marks if mark.tag == "pb"]
    articles = _article_starts(edition)
    rows: list[Row] = []
    for seq, part in enumerate(source.parts, 1):
        last = seq == len(source.parts)
        rows.append((
            source.doc_id, seq, part.path, part.sha256, part.size, part.start, part.end,
            [{"raw_start": start, "encoding": encoding} for start, encoding in part.encodings],
            [{"raw_start": start, "bytes": kept} for start, kept in part.exceptions],
            text_digest(source.text[part.start : part.end]), source.reader,
            _count(pages, part, last), _count(articles, part, last), status, None,
        ))  # fmt: skip
    return rows


def failed_source(
    doc_id: str, files: Sequence[tuple[str, str | None, int | None]], reader: str | None, error: str
) -> list[Row]:
    """Rows of a source that failed; `files` are (path, sha256, bytes), the last two `None` where unread."""
    return [
        (doc_id, seq, path, digest, size, None, None, [], [], None, reader, 0, 0, "failed", error)
        for seq, (path, digest, size) in enumerate(files, 1)
    ]


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, lone surrogates taken as U+FFFD."""
    try:
        return sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        return sha256(scrub(text).encode()).hexdigest()


def pages_of(edition: Edition) -> list[Row]:
    """One row a page."""
    return [
        (
            edition.doc_id, seq, page.n or None, page.inferred, HUNDREDTHS[page.certainty], page.raw_start,
            page.raw_end, page.block_id or None, page.block_start if page.block_id else None,
        )
        for seq, page in enumerate(edition.pages, 1)
    ]  # fmt: skip


def remarks_of(edition: Edition) -> list[Row]:
    """One row a remark, in the order of the witness."""
    found = sorted(set(edition.document.remarks))
    return [(edition.doc_id, start, end, rule, HUNDREDTHS[cert], message) for start, end, rule, cert, message in found]


def collation_of(edition: Edition) -> Spans:
    """The collation, cut at the borders of raw files and round everything that is not Unicode."""
    source = edition.document.source
    text = source.text
    found, escaped = _cut(collate(edition.document), source)
    starts, ends, readings = found.starts.tolist(), found.ends.tolist(), found.readings
    for at, new in enumerate(readings):
        if new and len(new) == ends[at] - starts[at] and new == text[starts[at] : ends[at]] and at not in escaped:
            readings[at] = None
    names = {**edition.names, "": None}
    looks = [(look.tag or None, look.type or None, names.get(look.block)) for look in found.look_list]
    pages = [page or None for page in found.page_list]
    return Spans(
        edition.doc_id, len(text), text.encode("utf-8", "replace"), escaped, readings,
        looks, found.reason_list, pages, found.starts, found.looks, found.reasons, found.pages, found.block_starts,
    )  # fmt: skip


def bytes_of(part: Part, text: str, start: int, end: int) -> bytes:
    """The bytes of [start, end) of the witness `text`, inside one raw file."""
    before = [codec for place, codec in part.encodings if place <= start]
    inside = [(place, codec) for place, codec in part.encodings if start < place < end]
    encodings = [(start, before[-1] if before else "utf-8"), *inside]
    exceptions = [(place, kept) for place, kept in part.exceptions if start <= place < end]
    return encode(text[start:end], encodings, exceptions, start)


def _cut(found: Collation, source: Source) -> tuple[Collation, dict[int, bytes]]:
    """Rows cut so that none crosses two raw files or mixes Unicode with escapes; bytes of escapes by row."""
    text = source.text
    strange = [] if is_unicode(text) else [match.span() for match in SURROGATES.finditer(text)]
    borders = sorted({part.start for part in source.parts[1:]} | {place for span in strange for place in span})
    if not strange and (not borders or set(borders) <= {*found.starts.tolist(), len(text)}):
        return found, {}
    out: list[Collated] = []
    escaped: dict[int, bytes] = {}
    files = [part.start for part in source.parts]
    for row in _at_borders(found.rows(), borders, text):
        if "\ud800" <= text[row.start] <= "\udfff":
            part = source.parts[bisect_right(files, row.start) - 1]
            escaped[len(out)] = bytes_of(part, text, row.start, row.end)
            if row.reading is None or SURROGATES.search(row.reading):
                reading = scrub(text[row.start : row.end] if row.reading is None else row.reading)
                fate = "emended" if row.fate == "kept" else row.fate
                row = row._replace(fate=fate, reading=reading, rules=(*row.rules, UNDECODABLE.id))
        out.append(row)
    return Collation.of_rows(out), escaped


def _at_borders(rows: Iterable[Collated], borders: Sequence[int], text: str) -> Iterator[Collated]:
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
