"""The printed lines of a block, for stages that read it line by line or cut it between two of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..model import Document, Span

PRINTED = re.compile(r"[^\r\n\u2028\u2029\f]+")


def line_spans(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The printed lines in some spans, without the blanks around them.

    Lines that an edit closed up, the hyphen between them gone, are one: there is no place between them to cut at.
    """
    text = document.source.text
    out: list[Span] = []
    for start, end in spans:
        for found in PRINTED.finditer(text, start, end):
            line = found.group()
            if not line.strip():
                continue
            left = found.start() + len(line) - len(line.lstrip())
            right = found.start() + len(line.rstrip())
            if out and out[-1][0] >= start and (_is_cut(document, out[-1][1]) or _is_cut(document, left)):
                out[-1] = (out[-1][0], right)
            else:
                out.append((left, right))
    return out


def _is_cut(document: Document, place: int) -> bool:
    """Whether an edit covers what stands on both sides of a place."""
    at = bisect_left(document.runs, (place,)) - 1
    return at >= 0 and document.runs[at][1] > place
