"""Signatures: the author named below the text, as under reviews and letters, not above it.

Whether a source is signed so is decided for the whole of it: where the first title has its author above itself,
the name between two articles belongs to the second of them; where it has not, to the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Block, Document, Rule
from .front.bylines import is_marked
from .patterns import SIGNS

SIGNATURE = Rule("signature", "kept", 90, "The author's name below the text, or where he or she works.")
SIGNED = "signed"  # type of bylines and affiliations that belong to the text above them

(_INSTITUTION,) = [row.regex for row in SIGNS if row.name == "affiliation"]
NAMED = ("byline", "affiliation")
_TEXT = ("p", "quote", "item", "formula", "table", "caption")
_BESIDE = ("note", "label", "bibl")  # may stand between a text and the next title
_CAN_BE_INSTITUTION = ("note", "p", "head", "title")
_LONGEST = 90  # characters of a signature or of the institution below it
_LONGEST_MARKED = 600  # where names are marked as such
_WORDS = 7  # of a name or of what stands for one


def sign(document: Document, order: Sequence[Block]) -> list[Block]:
    """The blocks in their order, those of signatures marked `SIGNED`."""
    runs = list(_runs(document, order))
    if not runs or not _is_signed(document, order, runs):
        return list(order)
    out = list(order)
    for start, end in runs:
        for at in range(start, end):
            kind = "byline" if at == start or out[at].kind == "byline" else "affiliation"
            out[at] = replace(
                out[at], kind=kind, type=SIGNED, n="", rule=SIGNATURE, certainty=min(out[at].certainty, 85)
            )
    return out


def _runs(document: Document, order: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Stretches of blocks that a signature may be made of: below running text, above a title or the end."""
    for at in range(1, len(order)):
        if order[at].kind != "byline" or not _is_short(document, order[at]) or _before(order, at) not in _TEXT:
            continue
        end = at + 1
        while end < len(order) and (order[end].kind in NAMED or _is_institution(document, order[end])):
            end += 1
        behind = end
        while behind < len(order) and order[behind].kind in _BESIDE:
            behind += 1
        if behind == len(order) or order[behind].kind == "title":
            yield at, end


def _before(order: Sequence[Block], at: int) -> str:
    """Kind of the block above, notes left out."""
    while at and order[at - 1].kind in _BESIDE:
        at -= 1
    return order[at - 1].kind if at else ""


def _is_signed(document: Document, order: Sequence[Block], runs: Sequence[tuple[int, int]]) -> bool:
    """Whether the names below texts belong to what stands above them."""
    first = next((at for at, block in enumerate(order) if block.kind == "title"), len(order))
    if first < runs[0][0] and any(block.kind == "byline" for block in order[:first]):
        return False
    behind = first
    while behind < len(order) and order[behind].kind in ("title", *NAMED, *_BESIDE):
        behind += 1
    has_own = any(block.kind == "byline" for block in order[first:behind])
    at_end = runs[-1][1] == len(order) or all(block.kind in _BESIDE for block in order[runs[-1][1] :])
    between = len(runs) - at_end
    if at_end:
        return between > 0 or not has_own
    starts = [mark.start for mark in document.marks if mark.tag == "pb"]
    return between > 1 and not has_own and all(_has_text_above(order, at, starts) for at, _ in runs)


def _has_text_above(order: Sequence[Block], at: int, starts: Sequence[int]) -> bool:
    """Whether running text stands above a block on its page: an author named above a title stands at the top."""
    page = starts[bisect_right(starts, order[at].start) - 1] if starts else 0
    return any(order[above].kind in _TEXT and order[above].end > page for above in range(at - 1, -1, -1))


def _is_short(document: Document, block: Block) -> bool:
    """Whether a byline is one short line, or names authors behind a sign or with their affiliations."""
    text = document.source.text[block.start : block.end].strip()
    if len(text) <= _LONGEST_MARKED and is_marked(" ".join(text.split())):
        return True
    return len(text) <= _LONGEST and "\n" not in text and len(text.split()) <= _WORDS


def _is_institution(document: Document, block: Block) -> bool:
    """A short line of an institution that was taken for something else."""
    if block.kind not in _CAN_BE_INSTITUTION or block.n:
        return False
    text = document.source.text[block.start : block.end].strip()
    return len(text) <= _LONGEST and "\n" not in text and _INSTITUTION.match(text) is not None
