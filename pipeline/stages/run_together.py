"""Notes that an extractor set in one line with the end of the note above: parted at the labels that are due.

A raised label can stand so high that it falls to the line above, and the note begins within that line.  Where the
next note does not bear the number due, and the number stands in the form of the note's own label behind the end of
a sentence, a note begins there.  So may the first behind the head of the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Block, Document
from .layout import RULES
from .layout.note_marks import is_notes_head, is_references_head
from .notes.markers import is_shortened
from .patterns import note_label_of, note_value

# What stands around the number, by the name of the form; a plain one is held to what stands before it.
_BEFORE = r"(?<=[.!?。！？…”’\"'」』)）\]】>》;；\d])\s+"
_PLAIN = r"(?<=[.!?。！？…”’\"'」』)）])\s+"
_CAPITAL = r"(?=[A-ZÀ-ÖØ-Þ\u3400-\u9fff“\"‘'《「『（(\[«])"
_AROUND = {
    "note-bracket": (_BEFORE, r"[\[〔［【]\s?", r"\s?[\]〕］】]"),
    "note-circle": (r"(?:\s+|(?<=[。.!?！？”]))", "", ""),
    "note-raised": (r"\s*", "", ""),
    "note-round": (_BEFORE, r"[(（]\s?", r"\s?[)）]"),
    "note-dotted": (_PLAIN, "", rf"[.．、)]\s*{_CAPITAL}"),
    "note-blank": (_PLAIN, "", rf"\s+{_CAPITAL}"),
    "note-glued": (_PLAIN, "", _CAPITAL),
    "note-alone": (_PLAIN, "", rf"\s+{_CAPITAL}"),
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARTED = re.compile(r"r\d+$")  # the end of the name of a part
_LONGEST = 24  # characters of a head of notes before the first of them
_FIRST = re.compile(r"\s(?=[\[〔［【(（]?\s?1[\]〕］】)）.．\s]|[①¹])")


def part_notes(document: Document, notes: Sequence[Block]) -> list[Block]:
    """The notes of an article, those that run together parted, and the heads that stood before the first of some."""
    out: list[Block] = []
    for at, note in enumerate(notes):
        below = note_value(notes[at + 1].n) if at + 1 < len(notes) else 0
        out += _part(document, note, below) if note.type != "author" else [note]
    return out


def _part(document: Document, note: Block, below: int) -> Iterable[Block]:
    """A note as several, as far as the numbers due are found; `below` is the number of the note behind it."""
    if place := _behind_head(document, note):
        head, note = _cut(document, note, place)
        kind = "references" if is_references_head(document.source.text[head.start : place].strip()) else "notes"
        yield replace(head, kind="label", type=kind, rule=RULES["L"], n="")
        note = replace(note, n=note_label_of(document.source.text[place : note.spans[0][1]])[1])
    while (due := note_value(note.n) + 1) > 1 and due != below and (place := _find_due(document, note, due)):
        above, note = _cut(document, note, place)
        yield above
        form = note_label_of(document.source.text[note.start : note.spans[0][1]])
        note = replace(note, n=form[1] or str(due), type="bottom")
    yield note


def _behind_head(document: Document, note: Block) -> int:
    """Where the first note begins behind the head of the notes; 0 where no head opens the block."""
    source = document.source.text
    found = _FIRST.search(source, note.start, min(note.start + _LONGEST, note.spans[0][1]))
    return found.end() if found and is_notes_head(source[note.start : found.start()].strip()) else 0


def _find_due(document: Document, note: Block, due: int) -> int:
    """Where the number due stands in a note as a label; 0 where it does not."""
    source = document.source.text
    name = note_label_of(source[note.start : note.spans[0][1]])[0]
    if name not in _AROUND or (name == "note-circle" and due > len(_CIRCLED)):
        return 0
    before, opening, closing = _AROUND[name]
    number = str(due)
    shown = {"note-circle": _CIRCLED[due - 1 : due], "note-raised": number.translate(_RAISED)}.get(name, number)
    if shown not in source[note.start : note.end]:
        return 0  # most notes: a pattern is dear to make
    label = re.compile(f"{before}(?P<label>{opening}{shown}{closing})(?!\\d)")
    for start, end in note.spans:
        for found in label.finditer(source, start + 1, end):
            if found.end() < end and not is_shortened(source, start, found.start()):
                return found.start("label")
    return 0


def _cut(document: Document, note: Block, place: int) -> tuple[Block, Block]:
    """A note before a place within one of its spans, and from there on."""
    source = document.source.text
    before = [(start, min(end, place)) for start, end in note.spans if start < place]
    start, end = before[-1]
    before[-1] = (start, start + len(source[start:end].rstrip()))
    behind = tuple((max(start, place), end) for start, end in note.spans if end > place)
    return replace(note, spans=tuple(before)), replace(note, id=f"{_PARTED.sub('', note.id)}r{place}", spans=behind)
