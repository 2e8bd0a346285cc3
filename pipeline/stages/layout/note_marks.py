"""The labels that lines begin with, as marks with a form and a number, and the heads of lists of notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..patterns import SIGNS, note_value, symbol_value

BRACKETED = re.compile(r"[\[〔［【]\s*(\d{1,3})\s*[\]〕］】]")
_GROUPS = {
    "note-bracket": "bracket", "note-brackets": "bracket", "note-circle": "circle", "note-raised": "raised",
    "note-round": "digit", "note-word": "word", "note-symbol": "symbol", "note-alone": "digit", "note-glued": "digit", "note-dotted": "digit", "note-blank": "digit",
}  # fmt: skip
# What a head of references names; any other is one of notes.
_REFERENCES = ("referenc", "référenc", "bibliogra", "cited", "literat", "参考", "參考", "引用")
_HEAD = {row.name: row.regex for row in SIGNS}["notes-head"]
_NAMED = re.compile(r"(?:belege|(?:einzel)?nachweise)\s*:?$", re.IGNORECASE)
_BRACKETS = "[]〔〕［］【】 \u3000"
# What text goes on with behind a marker, and no note begins with.
_STOP = re.compile(r"[,;:!?，。；：、！？）)」』”’…]")
_LONGEST = 40  # characters of a head of notes


class Mark(NamedTuple):
    """The label a line begins with: its form and number."""

    name: str
    group: str
    value: int


def _value(name: str, label: str) -> int:
    """A number; the place of a symbol in the order in which they are used; the first of several numbers."""
    if name == "note-symbol":
        return symbol_value(label)
    found = re.search(r"\d+", label) if name == "note-brackets" else None
    return int(found.group()) if found else note_value(label)


class Marks:
    """The labels that lines begin with, and where to find the next number."""

    def __init__(self, texts: Sequence[str], noted: Mapping[int, tuple[str, str]]) -> None:
        self._texts = texts
        self.of: dict[int, Mark] = {}
        self._places: dict[tuple[str, int], list[int]] = {}
        for at, (name, label) in noted.items():
            group, value = _GROUPS[name], _value(name, label)
            self.of[at] = Mark(name, group, value)
            if group not in ("bracket", "circle") or not _STOP.match(texts[at], label_end(texts[at])):
                self._places.setdefault((group, value), []).append(at)

    def find(self, group: str, value: int, behind: int, within: int) -> list[int]:
        """Lines with this label, at most so many lines behind another."""
        places = self._places.get((group, value), [])
        first = bisect_right(places, behind)
        return places[first : bisect_right(places, behind + within)]

    def follow(self, start: int, labels: Sequence[str], within: int) -> list[int]:
        """The list that begins at a line: of the lines with the next number the first that was called a note."""
        chain = [start]
        while True:
            last = self.of[chain[-1]]
            found = self.find(last.group, last.value + 1, chain[-1], within)
            found = found or self._behind_gap(chain, labels, within)
            alike = [at for at in found if self.of[at].name == last.name] or found
            called = [at for at in alike if labels[at] in "NR"]
            if not found or self._is_beyond(labels, chain[-1], (called or alike)[0]):
                return chain
            chain.append((called or alike)[0])

    def _behind_gap(self, chain: Sequence[int], labels: Sequence[str], within: int) -> list[int]:
        """The next number but one: the one between can be a second label of a note, or was misread."""
        last = self.of[chain[-1]]
        found = self.find(last.group, last.value + 2, chain[-1], within)
        bracket = self._texts[chain[0]][0] if last.group == "bracket" else ""
        return [at for at in found if self._texts[at][0] == bracket or labels[at] in "NR"]

    def _is_beyond(self, labels: Sequence[str], start: int, end: int) -> bool:
        """Whether another article, or another list with a head, begins between two lines."""
        between = labels[start + 1 : end]
        if "T" in between and "B" in between:
            return True
        return any(map(is_notes_head, self._texts[start + 1 : end]))


def label_end(text: str) -> int:
    """Where the label ends that a line begins with: a number in brackets, or one character."""
    found = BRACKETED.match(text)
    return found.end() if found else 1


def is_notes_head(text: str) -> bool:
    """Whether a line is nothing but the head of notes or references."""
    bare = text.strip(_BRACKETS)
    return len(text) <= _LONGEST and (_HEAD.match(bare) or _NAMED.match(bare)) is not None


def is_references_head(text: str) -> bool:
    """Whether a head of notes or references names the latter."""
    lower = text.casefold()
    return any(word in lower for word in _REFERENCES)
