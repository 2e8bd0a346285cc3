"""The table `collation`: the spans of one document by columns, and those of many as Arrow.

What many rows share stands once a document, and rows have its place: so a text of thirty thousand rows a
megabyte costs little, and arrays are made once for many documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...tiling import NONE, Whole
from .columns import HUNDREDTHS, batch, places_in_bytes, repeated, stretches
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


def dump(spans: Spans) -> list[Any]:
    """The spans as values that can be stored."""
    listed = [getattr(spans, name) for name in _LISTED]
    return [*listed, *(getattr(spans, name).astype("<i8").tobytes() for name in _NUMBERS)]


def load(values: Sequence[Any]) -> Spans:
    """The spans that `dump` gave."""
    numbers = [np.frombuffer(one, "<i8") for one in values[len(_LISTED) :]]
    return Spans(*values[: len(_LISTED)], *numbers)


def spans_batch(documents: Sequence[Spans]) -> pa.RecordBatch:
    """The rows of documents behind each other."""
    kinds = {field.name: field.type for field in arrow_schema("collation")}
    return batch("collation", {**_places(documents, kinds), **_reasons(documents, kinds), **_texts(documents)})


def _places(documents: Sequence[Spans], kinds: Mapping[str, pa.DataType]) -> dict[str, pa.Array]:
    """Which document, and where in it."""
    counts = [len(one) for one in documents]
    owners = np.repeat(np.arange(len(counts)), counts)
    return {
        "doc_id": repeated([one.doc_id for one in documents], owners, kinds["doc_id"]),
        "seq": pa.array(np.concatenate([np.arange(1, count + 1) for count in counts])),
        "raw_start": pa.array(np.concatenate([one.starts for one in documents])),
        "raw_end": pa.array(np.concatenate([one.ends for one in documents])),
    }


def _reasons(documents: Sequence[Spans], kinds: Mapping[str, pa.DataType]) -> dict[str, pa.Array]:
    """What became of it, why, and where it stands now."""
    looks, look_list = _joined([(one.looks, one.look_list) for one in documents])
    reasons, reason_list = _joined([(one.reasons, one.reason_list) for one in documents])
    pages, page_list = _joined([(one.pages, one.page_list) for one in documents])
    block_starts = np.concatenate([one.block_starts for one in documents])
    is_public = np.array([block is not None for _, _, block in look_list], bool)[looks]
    return {
        "fate": repeated([fate for fate, _, _ in reason_list], reasons, kinds["fate"]),
        "tag": repeated([tag for tag, _, _ in look_list], looks, kinds["tag"]),
        "type": repeated([kind for _, kind, _ in look_list], looks, kinds["type"]),
        "rules": repeated([rules for _, rules, _ in reason_list], reasons, kinds["rules"]),
        "certainty": repeated([HUNDREDTHS[one] for _, _, one in reason_list], reasons, kinds["certainty"]),
        "page": repeated(page_list, pages, kinds["page"]),
        "block_id": repeated([block for _, _, block in look_list], looks, kinds["block_id"]),
        "block_start": pa.array(block_starts, mask=~is_public | (block_starts == NONE)),
    }


def _texts(documents: Sequence[Spans]) -> dict[str, Any]:
    """As it was, and as it reads."""
    starts, escaped = [], dict[int, bytes]()
    size = rows = 0  # of the documents before, in bytes
    for one in documents:
        starts.append(places_in_bytes(one.text, one.starts) + size)
        escaped.update({rows + at: kept for at, kept in one.escaped.items()})
        size, rows = size + len(one.text), rows + len(one)
    return {
        "raw": stretches(b"".join([one.text for one in documents]), np.concatenate(starts), list(escaped)),
        "raw_bytes": [escaped.get(at) for at in range(rows)] if escaped else pa.nulls(rows, pa.binary()),
        "reading": list(chain.from_iterable(one.readings for one in documents)),
    }


def _joined(parts: Sequence[tuple[NDArray[np.int64], Sequence[Any]]]) -> tuple[NDArray[np.int64], list[Any]]:
    """Lists behind each other, and the places in them."""
    values: list[Any] = []
    codes = []
    for own, listed in parts:
        codes.append(own + len(values))
        values += listed
    return np.concatenate(codes), values
