"""Notes put together: labels that an extractor set on lines of their own go to their notes.

An extractor may set `1`, `2` on two lines and then two notes, a label alone above its note or below it, or
all labels behind all notes.  On one page the labels and the notes without one stand in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..evidence import width
from ..model import Block, Document, Span
from .patterns import note_label_of, note_value

_LINE = re.compile(r"[^\r\n\u2028\u2029\f]+")
_STOPS = (".", "。", "!", "！", "?", "？", ")", "）", "]", "”")


@dataclass(slots=True)
class Piece:
    """Lines of a note block that stand together: a label alone, or text."""

    block: Block
    spans: tuple[Span, ...]
    label: str


def pair_labels(document: Document, notes: Sequence[Block], page_of: Sequence[int]) -> list[Block]:
    """Notes united with labels that stand alone.

    `page_of` is the page of every note.  Notes that bear their label themselves are left as they are.
    """
    out: list[Block] = []
    last = 0
    for _, group in groupby(zip(page_of, notes, strict=True), key=lambda pair: pair[0]):
        pieces = [piece for _, block in group for piece in _cut(document, block)]
        alone = sorted((piece for piece in pieces if piece.label), key=lambda piece: _rank(piece.label))
        texts = [piece for piece in pieces if not piece.label and not piece.block.n]
        texts = _as_many(document, texts, len(alone))
        whole = [piece for piece in pieces if not piece.label and piece.block.n]
        gaps = [] if whole else _gaps([piece.label for piece in alone], last, len(texts) - len(alone))
        paired = {id(text): label for text, label in zip(_without(texts, gaps), alone, strict=False)}
        spare = alone[len(texts) :]
        last = max((_position(p.label or p.block.n) for p in alone + whole), default=last)
        for piece in sorted(texts + whole + spare, key=lambda piece: piece.spans[0]):
            label = paired.get(id(piece))
            if label is not None:
                spans = tuple(sorted(label.spans + piece.spans))
                out.append(replace(piece.block, id=f"{piece.block.id}n{spans[0][0]}", spans=spans, n=label.label))
            else:
                out.append(replace(piece.block, spans=piece.spans, n=piece.label or piece.block.n))
    return _with_own_ids(out)


def _gaps(labels: Sequence[str], last: int, missing: int) -> list[int]:
    """Which notes of a page have no label, by the labels that are there: as many as are missing, at most.

    Labels go on from the last one of the page before, or begin anew on each page.
    """
    gaps: list[int] = []
    due = last + 1
    for at, position in enumerate(map(_position, labels)):
        if position < due and not at:
            due = 1
        skipped = min(max(0, position - due), missing - len(gaps))
        gaps += [at + len(gaps) + step for step in range(skipped)]
        due = position + 1
    return gaps


def _without(texts: Sequence[Piece], gaps: Sequence[int]) -> list[Piece]:
    missing = set(gaps)
    return [text for at, text in enumerate(texts) if at not in missing]


def _position(label: str) -> int:
    """The place of a label in its series, from 1: numbers by value, symbols as they are used; 0 without label."""
    if not label:
        return 0
    return note_value(label) or (len(label) - 1) * 5 + 1 + max(0, "*†‡§¶".find(label[0].replace("＊", "*")))


def _rank(label: str) -> tuple[int, int]:
    """Order of labels on a page: symbols as they are used, then numbers by value.

    Extractors set labels out of their order; the notes themselves stand in it.
    """
    value = note_value(label)
    if value:
        return 1, value
    return 0, len(label) * 10 + max(0, "*†‡§¶".find(label[0].replace("＊", "*")))


def _with_own_ids(notes: list[Block]) -> list[Block]:
    seen: set[str] = set()
    out = []
    for note in notes:
        name = note.id if note.id not in seen else f"{note.id}x{note.start}"
        seen.add(name)
        out.append(replace(note, id=name))
    return out


def _cut(document: Document, block: Block) -> list[Piece]:
    """The block as pieces: a first line that is nothing but a label stands apart from the text below it."""
    lines = line_spans(document, block)
    first = document.source.text[lines[0][0] : lines[0][1]]
    if not is_label_alone(first):
        return [Piece(block, block.spans, "")]
    label = Piece(block, (lines[0],), note_label_of(first)[1])
    if len(lines) == 1:
        return [label]
    rest = replace(block, id=f"{block.id}t", spans=_behind(block.spans, lines[1][0]), n="")
    return [label, Piece(rest, rest.spans, "")]


def is_label_alone(text: str) -> bool:
    """Whether a line is nothing but the label of a note."""
    label = note_label_of(text.strip())[1]
    return bool(label) and len(text.strip()) <= len(label) + 3 and not re.search(r"[^\W\d_]", text.replace(label, ""))


def _behind(spans: Sequence[Span], place: int) -> tuple[Span, ...]:
    return tuple((max(start, place), end) for start, end in spans if end > place)


def line_spans(document: Document, block: Block) -> list[Span]:
    """The printed lines of a block, without the blanks around them."""
    text, out = document.source.text, []
    for start, end in block.spans:
        for found in _LINE.finditer(text, start, end):
            line = found.group()
            if line.strip():
                left = found.start() + len(line) - len(line.lstrip())
                out.append((left, found.start() + len(line.rstrip())))
    return out


def _as_many(document: Document, texts: list[Piece], wanted: int) -> list[Piece]:
    """As many texts as there are labels: surplus ones go to the text before them, missing ones are cut off.

    A text is cut behind its shortest line that ends a sentence.
    """
    while len(texts) < wanted:
        cuts = [
            (width(document.source.text[left[0] : left[1]]), at, right[0])
            for at, piece in enumerate(texts)
            for left, right in _neighbours(document, piece)
            if document.source.text[left[0] : left[1]].rstrip().endswith(_STOPS)
        ]
        if not cuts:
            break
        _, at, place = min(cuts)
        piece = texts[at]
        before = tuple((start, min(end, place)) for start, end in piece.spans if start < place)
        texts[at : at + 1] = [
            Piece(piece.block, _trimmed(document, before), ""),
            Piece(replace(piece.block, id=f"{piece.block.id}c{place}"), _behind(piece.spans, place), ""),
        ]
    return texts


def _neighbours(document: Document, piece: Piece) -> list[tuple[Span, Span]]:
    lines = line_spans(document, replace(piece.block, spans=piece.spans))
    return list(zip(lines, lines[1:], strict=False))


def _trimmed(document: Document, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    start, end = spans[-1]
    return (*spans[:-1], (start, start + len(document.source.text[start:end].rstrip())))
