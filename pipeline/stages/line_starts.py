"""What lines begin with: whether earlier lines, joined, say what a running head says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..evidence import Evidence, letters_of
from .front.bylines import BY

_MOST_JOINED, _LEAST_SHORTENED = 6, 6  # lines of a title that are joined; letters of one that is shortened
_NAMES_REACH = 12  # lines below the first author in which the others stand


def line_starts(evidence: Evidence) -> LineStarts:
    """Those of a source, found once."""
    return evidence.once("line-starts", lambda: LineStarts(evidence))


class LineStarts:
    """The letters that short lines and the first lines of the source begin with, those after them included."""

    def __init__(self, evidence: Evidence) -> None:
        self._keys = evidence.keys
        self._sorted: dict[str, list[str]] = {}
        self._lines: defaultdict[str, list[int]] = defaultdict(list)  # by the first three letters
        self._named: dict[int, str] = {}  # the letters of bylines without the word or sign for authors
        limit = evidence.measure * 19 // 20
        for line, (key, width) in enumerate(zip(self._keys, evidence.lines.width, strict=True)):
            if width < limit or line < 40:
                self._lines[key[:3] if len(key) > 2 else self._letters(line)[:3]].append(line)
                text = evidence.lines.text[line]
                if (by := BY.match(text)) and len(name := letters_of(text[by.end() :])) > 2 and name[:3] != key[:3]:
                    self._named[line] = name
                    self._lines[name[:3]].append(line)

    def _letters(self, line: int) -> str:
        return "".join(self._keys[line : line + 4])[:60]

    def beginning(self, letters: str) -> list[str]:
        """Those that begin with these three letters, each once, sorted."""
        if letters not in self._sorted:
            self._sorted[letters] = sorted({self._letters(line) for line in self._lines.get(letters, ())})
        return self._sorted[letters]

    def recall(self, key: str, before: int) -> str:
        """Whether lines before this one are, joined, the `whole` of a key or begin with it (`start`)."""
        found = "nothing"
        for line in self._lines.get(key[:3], ()) if len(key) > 2 else ():
            if line >= before:
                break
            own = self._keys[line]
            joined, end = own if own.startswith(key[:3]) else self._named.get(line, own), line + 1
            while end < before and len(joined) < len(key) and end - line < _MOST_JOINED:
                joined += self._keys[end]
                end += 1
            if joined == key:
                return "whole"
            if joined.startswith(key) and len(key) >= _LEAST_SHORTENED:
                found = "start"
        return found

    def recall_together(self, pieces: Sequence[str], before: int) -> bool:
        """Whether a line before this one begins with the first of these pieces, and the others stand beside it."""
        first = pieces[0]
        for line in self._lines.get(first[:3], ()):
            if line >= before:
                break
            beside = "".join(self._keys[max(0, line - 3) : min(before, line + _NAMES_REACH)])
            if self._letters(line).startswith(first) and all(piece in beside for piece in pieces):
                return True
        return False

    def are_several(self, letters: str) -> bool:
        """Whether more than one line begins with these three letters."""
        return len(self._lines.get(letters, ())) > 1
