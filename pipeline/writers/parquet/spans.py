"""The table `collation`: the spans of one document by columns, and those of many as Arrow.

What many rows share stands once a document, and rows have its place: so a text of thirty thousand rows a
megabyte costs little, and arrays are made once for many documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...tiling import NONE, Whole
from .columns import HUNDREDTHS, batch, repeated, stretches
from .schema import arrow_schema

Look = tuple[str | None, str | None, str | None]
"""Tag, type, block id."""
Reason = tuple[str, Sequence[str], int]
"""Fate, rules, certainty in per cent."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The rows of one document, which tile `[0, length)`.

    `text` is the witness in UTF-8, `?` for every lone surrogate; `escaped` has the bytes of the rows, by their
    number, that are not Unicode.  `looks`, `reasons` and `pages` are places in the lists beside them; `block_starts`
    is `NONE` for what is in no block's text.
    """

    doc_id: str
    length: int
    text: bytes
    escaped: dict[int, bytes]
    readings: Sequence[str | None]
    look_list: Sequence[Look]
    reason_list: Sequence[Reason]
    page_list: Sequence[str | None]
    starts: Whole
    looks: Whole
    reasons: Whole
    pages: Whole
    block_starts: Whole

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def ends(self) -> Whole:
        return np.append(self.starts[1:], self.length)


_LISTED = ("doc_id", "length", "text", "escaped", "readings", "look_list", "reason_list", "page_list")
_NUMBERS = ("starts", "looks", "reasons", "pages", "block_starts")


def dump(spans: Spans) -> bytes:
    """The spans as bytes; raises `UnicodeEncodeError` for lone surrogates."""
    listed = [getattr(spans, name) for name in _LISTED]
    numbers = [getattr(spans, name).astype("<i8").tobytes() for name in _NUMBERS]
    return msgspec.msgpack.encode([*listed, *numbers])


def load(data: bytes) -> Spans:
    """The spans that `dump` wrote; raises `msgspec.DecodeError` or `ValueError`."""
    values: list[Any] = msgspec.msgpack.decode(data, type=list)
    numbers = [np.frombuffer(one, "<i8") for one in values[len(_LISTED) :]]
    return Spans(*values[: len(_LISTED)], *numbers)


def spans_batch(documents: Sequence[Spans]) -> pa.RecordBatch:
    """The rows of documents behind each other."""
    counts = [len(one) for one in documents]
    starts = np.concatenate([one.starts for one in documents])
    places = np.concatenate([one.starts + before for one, before in _before(documents)])
    looks, look_list = _joined([(one.looks, one.look_list) for one in documents])
    reasons, reason_list = _joined([(one.reasons, one.reason_list) for one in documents])
    pages, page_list = _joined([(one.pages, one.page_list) for one in documents])
    block_starts = np.concatenate([one.block_starts for one in documents])
    is_public = np.array([block is not None for _, _, block in look_list], bool)[looks]
    kinds = {field.name: field.type for field in arrow_schema("collation")}
    escaped = _escaped(documents)
    columns = {
        "doc_id": repeated(
            [one.doc_id for one in documents], np.repeat(np.arange(len(counts)), counts), kinds["doc_id"]
        ),
        "seq": pa.array(np.concatenate([np.arange(1, count + 1) for count in counts])),
        "raw_start": pa.array(starts),
        "raw_end": pa.array(np.concatenate([one.ends for one in documents])),
        "fate": repeated([fate for fate, _, _ in reason_list], reasons, kinds["fate"]),
        "tag": repeated([tag for tag, _, _ in look_list], looks, kinds["tag"]),
        "type": repeated([kind for _, kind, _ in look_list], looks, kinds["type"]),
        "rules": repeated([rules for _, rules, _ in reason_list], reasons, kinds["rules"]),
        "certainty": repeated([HUNDREDTHS[one] for _, _, one in reason_list], reasons, kinds["certainty"]),
        "raw": stretches(b"".join([one.text for one in documents]), places, list(escaped)),
        "raw_bytes": [escaped.get(at) for at in range(len(starts))] if escaped else pa.nulls(len(starts), pa.binary()),
        "reading": list(chain.from_iterable(one.readings for one in documents)),
        "page": repeated(page_list, pages, kinds["page"]),
        "block_id": repeated([block for _, _, block in look_list], looks, kinds["block_id"]),
        "block_start": pa.array(block_starts, mask=~is_public | (block_starts == NONE)),
    }
    return batch("collation", columns)


def _before(documents: Sequence[Spans]) -> list[tuple[Spans, int]]:
    """Each document with the characters of those before it."""
    ends = np.cumsum([one.length for one in documents]).tolist()
    return list(zip(documents, [0, *ends], strict=False))


def _escaped(documents: Sequence[Spans]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    before = 0
    for one in documents:
        found.update({before + at: kept for at, kept in one.escaped.items()})
        before += len(one)
    return found


def _joined(parts: Sequence[tuple[NDArray[np.int64], Sequence[Any]]]) -> tuple[NDArray[np.int64], list[Any]]:
    """Lists behind each other, and the places in them."""
    values: list[Any] = []
    codes = []
    for own, listed in parts:
        codes.append(own + len(values))
        values += listed
    return np.concatenate(codes), values
