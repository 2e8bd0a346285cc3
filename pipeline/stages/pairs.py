"""Notes put together: labels that an extractor set on lines of their own go to their notes.

An extractor may set `1`, `2` on two lines and then two notes, a label alone above its note or below it, or
all labels behind all notes.  On one page the labels and the notes without one stand in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from ..evidence import width
from ..model import Block, Document, Span
from .label_order import share_labels
from .patterns import label_shown, note_value, symbol_value
from .printed_lines import PRINTED, line_spans

_STOPS = (".", "。", "!", "！", "?", "？", ")", "）", "]", "”")
_MOST = 4  # notes that run together


@dataclass(slots=True)
class Piece:
    """Lines of a note block that stand together: a label alone, or text."""

    block: Block
    spans: tuple[Span, ...]
    label: str


def pair_labels(document: Document, notes: Sequence[Block], page_of: Sequence[int]) -> list[Block]:
    """Notes united with labels that stand alone, and with what goes on with them on the next page.

    `page_of` is the page of every note.  Notes that bear their label themselves are left as they are.
    """
    out: list[Block] = []
    last = before = 0
    for page, group in groupby(zip(page_of, notes, strict=True), key=lambda pair: pair[0]):
        pieces = [piece for _, block in group for piece in _cut(document, block)]
        goes_on, labelled = _label(document, pieces, last)
        open_note = out[-1] if out and page == before + 1 else None
        if goes_on and open_note is not None and _is_continued(document, open_note, labelled):
            out[-1] = replace(open_note, spans=open_note.spans + labelled[0].spans)
            del labelled[0]
        for piece in labelled:
            out.append(_united(piece))
        last = max((_position(piece.label or piece.block.n) for piece in labelled), default=last)
        before = page
    return _with_own_ids(out)


def _united(piece: Piece) -> Block:
    block, label = piece.block, piece.label or piece.block.n
    if label == block.n:
        return block if piece.spans == block.spans else replace(block, spans=piece.spans)
    name = f"{block.id}n{piece.spans[0][0]}" if len(piece.spans) > 1 else block.id
    return replace(block, id=name, spans=piece.spans, n=label)


def _label(document: Document, pieces: Sequence[Piece], last: int) -> tuple[bool, list[Piece]]:
    """The notes of a page with the labels that stand alone, and whether the first can go on with one above."""
    alone = [piece for piece in pieces if piece.label]
    texts = [piece for piece in pieces if not piece.label and not piece.block.n]
    whole = [piece for piece in pieces if not piece.label and piece.block.n]
    if not texts:
        return False, sorted(alone + whole, key=_first)
    opens = texts[0] is pieces[0]
    alone, shares = _share(document, pieces, texts, alone, last)
    found = list(whole)
    taken: set[int] = set()
    for text, share in zip(texts, shares, strict=True):
        taken.update(share)
        for part, number in zip_longest(_divide(document, text, len(share)), share):
            spans = part.spans if number is None else tuple(sorted(alone[number].spans + part.spans))
            found.append(replace(part, spans=spans, label="" if number is None else alone[number].label))
    found += [label for number, label in enumerate(alone) if number not in taken]
    return opens and not shares[0], sorted(found, key=_first)


def _share(
    document: Document, pieces: Sequence[Piece], texts: Sequence[Piece], alone: list[Piece], last: int
) -> tuple[list[Piece], list[range]]:
    """The labels in the order that costs less, that of their series or that of the page, and those of each text."""
    if not alone:
        return alone, [range(0) for _ in texts]
    labels_above = {id(text): label for label, text in zip(pieces, pieces[1:], strict=False) if label.label}
    if len(texts) == len(alone) == len(labels_above) and all(id(text) in labels_above for text in texts):
        return alone, [range(number, number + 1) for number in range(len(texts))]  # each right below its own
    sizes = [min(_MOST, len(_neighbours(document, text)) + 1) for text in texts]
    ways = []
    in_series = sorted(alone, key=lambda piece: _rank(piece.label))
    repeated = len({piece.label for piece in alone}) < len(alone)
    for rank, order in enumerate([alone] if repeated or in_series == alone else [in_series, alone]):
        numbers = {id(label): number for number, label in enumerate(order)}
        own = [numbers.get(id(labels_above.get(id(text))), -1) for text in texts]
        positions = [_position(label.label) for label in order]
        cost, shares = share_labels(own, sizes, positions, last, opens=texts[0] is pieces[0])
        ways.append((cost, rank, order, shares))
    _, _, order, shares = min(ways, key=lambda way: way[:2])
    return order, shares


def _first(piece: Piece) -> Span:
    return piece.spans[0]


def _is_continued(document: Document, note: Block, labelled: Sequence[Piece]) -> bool:
    """Whether the first note of a page, which has no label, goes on with the last of the page before."""
    end = note.spans[-1][1]
    is_open = document.source.text[end - 1] not in _STOPS
    labels_of_others = len(labelled) > 1 and all(piece.label or piece.block.n for piece in labelled[1:])
    return bool(note.n) and note.type != "author" and (is_open or labels_of_others)


def _position(label: str) -> int:
    """The place of a label in its series, from 1: numbers by value, symbols as they are used; 0 without label."""
    if not label:
        return 0
    return note_value(label) or symbol_value(label)


def _rank(label: str) -> tuple[int, int]:
    """Order of labels on a page: symbols as they are used, then numbers by value.

    Extractors set labels out of their order; the notes themselves stand in it.
    """
    value = note_value(label)
    if value:
        return 1, value
    return 0, _position(label)


def _with_own_ids(notes: list[Block]) -> list[Block]:
    seen: set[str] = set()
    out = []
    for note in notes:
        name = note.id if note.id not in seen else f"{note.id}x{note.start}"
        seen.add(name)
        out.append(note if name == note.id else replace(note, id=name))
    return out


def _cut(document: Document, block: Block) -> list[Piece]:
    """The block as pieces: a first line that is nothing but a label stands apart from the text below it."""
    first = _first_line(document, block)
    if not is_label_alone(first):
        return [Piece(block, block.spans, "")]
    lines = line_spans(document, block.spans)
    label = Piece(block, (lines[0],), label_shown(first))
    if len(lines) == 1:
        return [label]
    rest = replace(block, id=f"{block.id}t", spans=_behind(block.spans, lines[1][0]), n="")
    return [label, Piece(rest, rest.spans, "")]


def is_label_alone(text: str) -> bool:
    """Whether a line is nothing but the label of a note."""
    label = label_shown(text.strip())
    return bool(label) and len(text.strip()) <= len(label) + 3 and not re.search(r"[^\W\d_]", text.replace(label, ""))


def _behind(spans: Sequence[Span], place: int) -> tuple[Span, ...]:
    return tuple((max(start, place), end) for start, end in spans if end > place)


def _first_line(document: Document, block: Block) -> str:
    """The first printed line of a block."""
    for start, end in block.spans:
        for found in PRINTED.finditer(document.source.text, start, end):
            if line := found.group().strip():
                return line
    return ""


def _divide(document: Document, text: Piece, count: int) -> list[Piece]:
    """A text as so many notes, cut behind its shortest lines: those that end a sentence first."""
    if count < 2:
        return [text]
    source = document.source.text
    cuts = []
    for left, right in _neighbours(document, text):
        line = source[left[0] : left[1]].rstrip()
        cuts.append((not line.endswith(_STOPS), source[right[0]].islower(), width(line), right[0]))
    parts = [text]
    for place in sorted(cut[-1] for cut in sorted(cuts)[: count - 1]):
        piece = parts[-1]
        before = tuple((start, min(end, place)) for start, end in piece.spans if start < place)
        rest = replace(piece.block, id=f"{piece.block.id}c{place}")
        parts[-1:] = [replace(piece, spans=_trimmed(document, before)), Piece(rest, _behind(piece.spans, place), "")]
    return parts


def _neighbours(document: Document, piece: Piece) -> list[tuple[Span, Span]]:
    lines = line_spans(document, piece.spans)
    return list(zip(lines, lines[1:], strict=False))


def _trimmed(document: Document, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    start, end = spans[-1]
    return (*spans[:-1], (start, start + len(document.source.text[start:end].rstrip())))
