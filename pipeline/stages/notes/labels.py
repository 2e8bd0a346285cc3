"""The labels that notes begin with: what they say, and how they are taken off the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Block, Document, Edit, Rule
from ...rewrite import Reading, read
from ..misread_labels import MISREAD_LABEL, are_misread, misread_label
from ..pairs import is_label_alone
from ..patterns import NOTES
from .markers import BRACKETS

NOTE_LABEL = Rule("note-label", "dropped", 97, "The label a note begins with.")

_LABELS = re.compile(r"(?:\^?[\[〔［【]\s*\d{1,3}\s*[\]〕］】])+")


def labels_of(document: Document, block: Block) -> str:
    """All labels a note begins with, without their brackets; several separated by blanks."""
    text = read(document, block.spans).text
    several = _LABELS.match(text)
    if several is not None:
        return " ".join(match[1] for match in BRACKETS.finditer(several.group()))
    return block.n.strip("^[]〔〕［］【】() ")


def take_off_label(document: Document, note: Block) -> list[Edit]:
    """The label of a note, and the blanks between it and the text, are dropped; `n` keeps it."""
    if not note.n:
        return []
    reading = read(document, note.spans)
    text = reading.text
    for start, end in note.spans if len(note.spans) > 1 else ():
        if is_label_alone(document.source.text[start:end]):
            first = reading.offset(start) or 0
            return _drop(reading, first, first + end - start)
    several = _LABELS.match(text)
    return _drop(reading, 0, several.end() if several else _label_end(text, note.n))


def take_off_misread(document: Document, notes: Sequence[Block]) -> list[Edit]:
    """The signs that unlabelled notes begin with, where they are labels misread."""
    readings = [read(document, note.spans) for note in notes if not note.n and note.type != "author"]
    if not are_misread(reading.text for reading in readings):
        return []
    signs = [(reading, len(misread_label(reading.text))) for reading in readings]
    return [edit for reading, end in signs for edit in _drop(reading, 0, end, MISREAD_LABEL)]


def _drop(reading: Reading, start: int, end: int, rule: Rule = NOTE_LABEL) -> list[Edit]:
    """[start, end) and the blanks behind it (at the very end: before it) dropped; never the whole text."""
    text = reading.text
    while end < len(text) and text[end].isspace():
        end += 1
    while end == len(text) and start and text[start - 1].isspace():
        start -= 1
    if not (0 <= start < end and end - start < len(text)):
        return []
    return reading.edit(start, end, "", rule) if start else reading.edit_head(end, "", rule)


def _label_end(text: str, label: str) -> int:
    for row in NOTES:
        found = row.regex.match(text)
        if found is not None and label in found.group():
            end = found.end()
            return (
                end + 1
                if text[end : end + 1] in (".", "．", "、", "：", ":") and row.name in ("note-circle", "note-bracket")
                else end
            )
    plain = re.match(rf"\s*[(（\[]?{re.escape(label)}[)）\].．、:：]?", text)
    return plain.end() if plain else 0
