"""The collation against the raw files: it covers them, and gives their bytes again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ..model import FATES
from ..readers.encodings import encode
from .document import Document, Finding

Stretch = tuple[int, int, str | None, bytes | None]  # start, end, raw, raw_bytes


def check_partition(document: Document) -> Iterator[Finding]:
    """The rows tile the witness, each with what its fate asks for."""
    place = 0
    columns = ("seq", "raw_start", "raw_end", "fate", "raw", "raw_bytes", "reading")
    for index, (seq, start, end, fate, raw, data, reading) in enumerate(document["collation"].rows(*columns)):
        wrong = ""
        if start != place or end <= start:
            wrong = f"the witness is covered up to {place}, the row is [{start}, {end})"
        elif seq != index + 1:
            wrong = f"row {index + 1} of the document has seq {seq}"
        elif (raw is None) == (data is None):
            wrong = "either raw or raw_bytes must be there"
        elif raw is not None and len(raw) != end - start:
            wrong = f"raw has {len(raw)} code points for [{start}, {end})"
        elif fate not in FATES:
            wrong = f"the fate {fate!r} is not known"
        elif not _fits(fate, raw, reading):
            wrong = f"the reading {reading!r} does not fit the fate {fate!r}"
        if wrong:
            yield document.finding("collation", index, wrong)
        place = end
    document.length = place


def _fits(fate: str, raw: str | None, reading: str | None) -> bool:
    if reading is None:
        return raw is not None and fate != "dropped"
    if fate == "kept":
        return False
    return reading != raw and (reading == "" if fate == "dropped" else fate == "emended" or reading in ("", " "))


def check_bytes(document: Document) -> Iterator[Finding]:
    """The raw files can be written again: text and bytes by their digests."""
    sources, place = document["sources"], 0
    stretches = _by_file(document)
    columns = ("raw_start", "raw_end", "sha256", "text_sha256", "encodings", "exceptions", "path")
    for index, (start, end, digest, text_digest, encodings, exceptions, path) in enumerate(sources.rows(*columns)):
        if start != place or end < start:
            yield document.finding("sources", index, f"{path}: [{start}, {end}) does not follow {place}")
        place = end
        rows = stretches[index]
        text = "".join("\ufffd" * (right - left) if raw is None else raw for left, right, raw, _ in rows)
        if sha256(text.encode()).hexdigest() != text_digest:
            yield document.finding("sources", index, f"{path}: the collation does not give its text (text_sha256)")
        elif encodings and _digest(rows, encodings, exceptions) != digest:
            yield document.finding("sources", index, f"{path}: the collation does not give its bytes (sha256)")
    if place != document.length:
        yield document.finding("sources", 0, f"the files end at {place}, the collation at {document.length}")


def _by_file(document: Document) -> list[list[Stretch]]:
    """The rows of the collation for each raw file; rows that cross its border go with the first."""
    found: list[list[Stretch]] = [[] for _ in range(len(document["sources"]))]
    ends, at = document["sources"]["raw_end"], 0
    for row in document["collation"].rows("raw_start", "raw_end", "raw", "raw_bytes"):
        while at < len(ends) - 1 and row[0] >= (ends[at] or 0):
            at += 1
        found[at].append(row)
    return found


def _digest(
    rows: list[Stretch],
    encodings: list[dict[str, Any]],
    exceptions: list[dict[str, Any]],
) -> str:
    """SHA-256 of a raw file as it would be restored; empty where its encodings cannot write the text."""
    try:
        return sha256(_encode(rows, encodings, exceptions)).hexdigest()
    except (LookupError, UnicodeEncodeError):
        return ""


def _encode(
    rows: list[Stretch],
    encodings: list[dict[str, Any]],
    exceptions: list[dict[str, Any]],
) -> bytes:
    """The bytes of one raw file: bytes where the collation has them, text through its codec elsewhere."""
    codecs = [(entry["raw_start"], entry["encoding"]) for entry in encodings]
    kept = [(entry["raw_start"], entry["bytes"]) for entry in exceptions]
    out: list[bytes] = []
    texts: list[str] = []
    first = rows[0][0] if rows else 0
    for _, end, raw, data in [*rows, (-1, -1, None, b"")]:
        if raw is not None:
            texts.append(raw)
            continue
        text = "".join(texts)
        if text:
            before = [codec for place, codec in codecs if place <= first]
            inside = [(place, codec) for place, codec in codecs if first < place < first + len(text)]
            out.append(encode(text, [(first, before[-1] if before else "utf-8"), *inside], kept, first))
        out.append(data or b"")
        texts, first = [], end
    return b"".join(out)
