"""Where note markers can stand in a text, by the form of their labels."""

from __future__ import annotations

import re
from typing import NamedTuple

BRACKETS = re.compile(r"\^?[\[〔［【]\s*(\d{1,3})\s*[\]〕］】]")
CIRCLES = re.compile(r"[①-⑳㉑-㉟❶-❿]")
SYMBOLS = re.compile(r"(?<=\S)[*＊†‡§¶]{1,6}")
RAISED = re.compile(r"[¹²³⁰⁴-⁹]{1,3}")
WORDS = re.compile(r"[(（]?(?:注|註)\s*(\d{1,3})[)）]?")
# A plain number, and what may stand before one that is a marker: no figure, blank or sign that goes with numbers,
# or a word with a full stop.
DIGITS = re.compile(r"\d{1,3}(?![\d%°])(?!\.\d)(?![^\W_])")
BEFORE_DIGITS = re.compile(r"(?<=[^\s\d\-–—−+=/$€£#.(（\[])(?<!\d[.,:])\s?\Z|(?<=[^\s\d]\.)\Z")
# A marker behind a year: figures that run together.
BEHIND_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(\d{1,2})(?![^\W_])(?!\.\d)")


class Place(NamedTuple):
    """A possible marker: its stretch in a reading, the label it shows, how likely it is by itself."""

    start: int
    end: int
    label: str
    weight: int


def form_of(label: str) -> str:
    """Which form of marker goes with a note's label."""
    if CIRCLES.fullmatch(label):
        return "circle"
    if label and label[0] in "*＊†‡§¶":
        return "symbol"
    return "raised" if RAISED.fullmatch(label) else "digit"


def bracketed_places(text: str) -> list[Place]:
    """Bracketed numbers: near certain where a caret stands before them."""
    return [Place(m.start(), m.end(), m[1], 9 if m.group()[0] == "^" else 6) for m in BRACKETS.finditer(text)]


def places_of(text: str, form: str) -> list[Place]:
    """Places of circled, symbolic, raised and plain markers."""
    if form == "circle":
        return [Place(m.start(), m.end(), m.group(), 8) for m in CIRCLES.finditer(text)]
    if form == "symbol":
        return [Place(m.start(), m.end(), m.group(), 6) for m in SYMBOLS.finditer(text)]
    if form == "raised":
        return [Place(m.start(), m.end(), m.group(), 8) for m in RAISED.finditer(text)]
    found = []
    for match in DIGITS.finditer(text):
        start, end = match.span()
        if BEFORE_DIGITS.search(text[max(0, start - 3) : start]):
            found.append(Place(start, end, match[0], _weight(text, start, end)))
    found += [Place(m.start(), m.end(), m[1], 7) for m in WORDS.finditer(text)]
    found += [Place(m.start(1), m.end(1), m[1], 2) for m in BEHIND_YEAR.finditer(text)]
    return found


def _weight(text: str, start: int, end: int) -> int:
    """How likely a plain number is a raised marker, by the characters around it."""
    before, behind = text[start - 1], text[end : end + 1]
    if before == " ":
        return 1 if text[start - 2 : start - 1] in tuple(".,;:!?”’\"'。，；：！？”’」』）)") else 0
    if before in ".,;:!?”’\"'。，；：！？」』》）)…":
        return 6 if not behind or behind in " \n\u3000”’)）—–" or "\u3400" <= behind <= "\u9fff" else 3
    if before.islower() or "\u3400" <= before <= "\u9fff":
        return (
            5
            if behind in ("", " ", "\n", ".", ",", ";", ":", "。", "，", "；", "、", "：", "”", ")", "）", "—")
            or "\u3400" <= behind <= "\u9fff"
            else 2
        )
    return 3 if before == "%" else 1 if before.isupper() else 2
