"""Labels for sources whose lines are not wrapped: a line is a paragraph, a head, a field or a note.

Exports from word processors and web pages look like this.  There is no measure to go by; what a line is
shows in its label, its length, how it ends, and whether the line before it was left open (a page's end).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import HAN, Evidence
from ..patterns import SIGNS, label_of, note_label_of
from .features import Line

LONG = 240  # half ems that no printed line is wide
SHORT = 90  # half ems below which a line left open is a head rather than the end of a page
HEAD = 120  # half ems that a head or a title can be long
_INSIDE = re.compile(r"[。！？]|[.!?]\s+[A-Z]|^[（(][^）)]*$")  # a sentence ends within, or a bracket stays open
_CLOSED = tuple(".!?。！？…”’\"'」』)）]】:：;；>")
_BY_NAME = {row.name: row.regex for row in SIGNS}
_FIELDS = ("abstract", "keywords", "meta")
_BYLINES = ("by-name", "byline-han", "name", "names", "name-han")


def is_unwrapped(evidence: Evidence) -> bool:
    """Whether two fifths of the text stand in lines longer than any printed line."""
    widths = evidence.lines.width
    return sum(width for width in widths if width > LONG) * 5 > sum(widths) * 2


def label_unwrapped(evidence: Evidence, lines: Sequence[Line]) -> list[str]:
    """One label a line (see `labels.py`)."""
    texts = [evidence.lines.text[line.index] for line in lines]
    widths = [evidence.lines.width[line.index] for line in lines]
    body_from = next((at for at, width in enumerate(widths) if width > LONG and not _is_field(texts[at])), len(texts))
    labels: list[str] = []
    in_notes = False
    for at, text in enumerate(texts):
        before = texts[at - 1] if at else ""
        last = labels[-1] if labels else "L"
        if _BY_NAME["notes-head"].match(text):
            in_notes = True
            labels.append("L")
        elif _is_field(text):
            in_notes = False
            labels.append("X")
        elif in_notes or (
            note_label_of(text)[0] in ("note-bracket", "note-brackets", "note-circle") and last in "PpNn"
        ):
            labels.append(_in_notes(text, before, last, widths[at]))
        elif last in "Pp" and not before.endswith(_CLOSED) and widths[at - 1] > SHORT:
            labels.append("p")
        elif widths[at] <= HEAD and not text.endswith(_CLOSED) and not _INSIDE.search(text):
            labels.append(_short(texts, labels, at, body_from))
        else:
            labels.append("P")
    return labels


def _is_field(text: str) -> bool:
    return any(_BY_NAME[name].match(text) for name in _FIELDS)


def _in_notes(text: str, before: str, last: str, width: int) -> str:
    """A line of the notes: its own label begins one; without a label it goes on with one left open."""
    if note_label_of(text)[1]:
        return "N"
    if last in "Nn" and (not before.endswith(_CLOSED) or width <= LONG):
        return "n"
    return "P"


def _short(texts: Sequence[str], labels: Sequence[str], at: int, body_from: int) -> str:
    """A short line that ends no sentence: title and byline before the text, a head within it."""
    text = texts[at]
    ahead = next((other for other in texts[at + 1 : at + 3] if _is_field(other)), "")
    if at > body_from and ahead and bool(HAN.search(text)) != bool(HAN.search(texts[body_from])):
        return "T"  # the title in the other language, above its abstract
    if at < body_from and not label_of(text):
        titled = any(label in "TB" for label in labels)
        if titled and (_is_byline(text) or (at and labels[at - 1] == "B")):
            return "B"
        return "T" if not any(label in "BAX" for label in labels) else "A"
    return "H"


def _is_byline(text: str) -> bool:
    return any(_BY_NAME[name].match(text) for name in _BYLINES) or _BY_NAME["byline-reversed"].match(text) is not None
