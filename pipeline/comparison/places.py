"""Blocks of two builds of the same witness: which of them share characters of it."""

from __future__ import annotations

from collections import Counter

from .documents import Document, Row
from .matching import Shared, choose


def match(old: Document, new: Document) -> tuple[dict[str, str], Shared]:
    """Pairs of blocks that stand at the same place, and the characters that any two blocks share."""
    shared: Counter[tuple[str, str]] = Counter()
    left = right = 0
    while left < len(old.rows) and right < len(new.rows):
        one, other = old.rows[left], new.rows[right]
        length = min(one.end, other.end) - max(one.start, other.start)
        if length > 0 and one.block and other.block and one.block in old.blocks and other.block in new.blocks:
            shared[one.block, other.block] += length
        left, right = left + (one.end <= other.end), right + (other.end <= one.end)
    sizes = _sizes(old), _sizes(new)
    near = {
        pair: length
        for pair, length in shared.items()
        if "front" not in (old.blocks[pair[0]].kind, new.blocks[pair[1]].kind)
        and 2 * length >= min(sizes[0][pair[0]], sizes[1][pair[1]])
    }
    return choose(near, _order(old), _order(new)), Shared(shared, *sizes)


def _sizes(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in document.rows:
        if row.block is not None:
            found[row.block] += _length(row)
    return found


def _length(row: Row) -> int:
    return row.end - row.start


def _order(document: Document) -> dict[str, int]:
    return {name: place for place, name in enumerate(document.blocks)}
