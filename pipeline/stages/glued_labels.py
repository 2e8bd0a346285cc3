"""Labels of notes that an extractor set at the end of the last line of text above the note.

The label of a page's first note stands left of it, a little higher; read by place it falls to the line of text
above.  It is told by three things together: the note below has no label, the line above ends in one that no
other note of the page bears, and the text of the page has the marker besides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Block, Document, Span
from .notes.markers import places_of
from .pairs import is_label_alone
from .patterns import label_shown, note_value

_FLOW = ("p", "quote", "item", "head")
_SYMBOL = re.compile(r"(?<=\S)[*＊†‡§¶]{1,4}$")
_BEHIND_SENTENCE = re.compile(r"(?P<sentence>[.!?。！？…”’」』)）])\s+(?P<label>[①-⑳]|\[\d{1,3}\])$")
_LONGEST = 12  # of such a label with what stands before it
_NUMBER = re.compile(r"(?<=[^\s\d])\d{1,3}$")


def free_labels(document: Document, blocks: Sequence[Block], page_starts: Sequence[int]) -> list[Block]:
    """The blocks that change: text without the label at its end, and the note that takes it."""
    pages: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind in (*_FLOW, "note"):
            pages.setdefault(bisect_right(page_starts, block.start), []).append(block)
    changed: list[Block] = []
    last = 0
    for _, group in sorted(pages.items()):
        notes = sorted((block for block in group if block.kind == "note"), key=lambda block: block.start)
        texts = [block for block in group if block.kind != "note"]
        changed += _free_on_page(document, texts, notes, last)
        last = max((note_value(note.n) or 0 for note in notes if note.n), default=last)
    return changed


def free_labels_of_notes(document: Document, notes: Sequence[Block]) -> list[Block]:
    """The same at the end of the note above: a circled or bracketed label behind its last sentence, which the next lacks."""
    source = document.source.text
    out = list(notes)
    for at, note in enumerate(notes[1:]):
        above = out[at]  # which may have taken a label itself
        start, end = above.spans[-1]
        found = _BEHIND_SENTENCE.search(source, max(start, end - _LONGEST), end)
        if found is None or note.n or above.type == "author" or note.type == "author":
            continue
        shown = label_shown(found["label"])
        if note_value(shown) != (note_value(above.n) or note_value(shown) - 1) + 1:
            continue
        label = found.span("label")
        out[at] = replace(above, spans=(*above.spans[:-1], (start, found.end("sentence"))))
        out[at + 1] = replace(note, spans=(label, *note.spans), n=shown, type="bottom")
    return out


def _free_on_page(document: Document, texts: Sequence[Block], notes: Sequence[Block], last: int) -> Iterable[Block]:
    source = document.source.text
    alone = {note.id for note in notes if is_label_alone(source[note.start : note.spans[-1][1]])}
    bare = [note for note in notes if not note.n and note.id not in alone]
    if len(bare) <= len(alone):
        return
    ordered = sorted(texts, key=_end)
    for note in bare:
        at = bisect_right(ordered, note.start, key=_end)
        if not at or source[_end(ordered[at - 1]) : note.start].strip():
            continue
        above = ordered[at - 1]
        place = _label_at_end(source, above, notes, last)
        if place is None or not _has_marker(source, texts, place):
            continue
        start, end = above.spans[-1]
        yield replace(above, spans=(*above.spans[:-1], (start, end - (place[1] - place[0]))))
        yield replace(note, spans=(place, *note.spans), n=source[place[0] : place[1]], type="bottom")
        return


def _end(block: Block) -> int:
    return block.spans[-1][1]


def _label_at_end(source: str, above: Block, notes: Sequence[Block], last: int) -> Span | None:
    """Where the label stands: a symbol that no note bears, or the number that is due."""
    start, end = above.spans[-1]
    tail = source[max(start, end - 8) : end]
    symbol, number = _SYMBOL.search(tail), _NUMBER.search(tail)
    if symbol is not None and all(note.n != symbol.group() for note in notes):
        return end - len(symbol.group()), end
    if number is None:
        return None
    values = [value for note in notes if (value := note_value(note.n))]
    due = min(values) - 1 if values else last + 1
    shown = str(due)
    return (end - len(shown), end) if due > 0 and number.group().endswith(shown) else None


def _has_marker(source: str, texts: Sequence[Block], label: Span) -> bool:
    """Whether the text of the page has the marker besides the label."""
    form = "symbol" if _SYMBOL.search("x" + source[label[0] : label[1]]) else "digit"
    return any(
        place.label == source[label[0] : label[1]] and place.weight >= 3 and start + place.start != label[0]
        for text in texts
        for start, end in text.spans
        for place in places_of(source[start:end], form)
    )
