"""Hyphens at line ends as they stand in a text, and the marks that stand for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...evidence import BLANKS
from ...model import Span
from ...vocabulary import LETTER, LINE_END_MARKS
from .hyphens import Cut
from .joints import SPACES
from .tables import SUSPENDING

# Hyphens that are printed as such; where one is kept it stays as it is.
PRINTED = frozenset("-\u2010\u2011")
# Marks that are no hyphen in a text that is read: kept, they become one.
HYPHENS = PRINTED | frozenset(LINE_END_MARKS)
SOFT = frozenset("\u00ad¬")
APOSTROPHES = frozenset("'\u2019")

_INNER = "-\u2010\u2011\u00ad\ufffe\x02¬"
_TOKEN = re.compile(f"[{LETTER}]+(?:[{_INNER}][{LETTER}]+)*")
# It begins with one class, which the scanner of `re` finds quickly.
_INSIDE = re.compile(f"[{LINE_END_MARKS}](?:(?<!¬)(?:[{BLANKS}]+(?=[{LETTER}]))?|(?<=[{LETTER}]¬)(?=[{LETTER}]))")
_AS_HYPHEN = str.maketrans(dict.fromkeys(_INNER, "-"))
_IN_BRACKET = re.compile(f"[(\\[]([{LETTER}]+)")
_LONGEST = 60


class Place(NamedTuple):
    """A hyphen at `start`, blanks and line ends up to `end`.

    `cut` is the word it may cut, `None` where it stands between other things than letters; `then` is what
    follows the hyphen if it is kept.
    """

    start: int
    end: int
    cut: Cut | None
    then: str


def look_at(text: str, start: int, end: int, at_joint: bool = True) -> Place:
    """The hyphen at `start` and what stands around it and the line end up to `end`."""
    if not start or text[start - 1] in SPACES:
        return Place(start, end, None, " " if at_joint else text[start + 1 : end])
    # a token reads the same way backwards: letters, single hyphens between them
    left = _TOKEN.match(text[max(0, start - _LONGEST) : start][::-1])
    right = _TOKEN.match(text, end)
    if left is None or right is None:
        return Place(start, *_behind(text, start, end))
    token = right.group().translate(_AS_HYPHEN)
    behind = text[right.end() : right.end() + 1]
    suspended = token.lower() in SUSPENDING and (behind in SPACES or behind == ",")
    cut = Cut(left.group()[::-1].translate(_AS_HYPHEN), token, text[start] in SOFT, suspended, behind in APOSTROPHES)
    return Place(start, end, cut, " " if suspended else "")


def _behind(text: str, start: int, end: int) -> tuple[int, None, str]:
    """Where what a hyphen beside other things than letters takes with it ends, and what follows the hyphen."""
    if text[end : end + 1] in PRINTED and text[start - 1].isalnum() and _TOKEN.match(text, end + 1):
        return end + 1, None, ""  # printed again at the start of the line, as some languages do
    bracket = _IN_BRACKET.match(text, end)
    return end, None, " " if bracket and bracket[1].lower() in SUSPENDING else ""


def find_marks(text: str, joints: Sequence[Span]) -> list[Place]:
    """Marks for cut words that stand inside a line, because the line end behind them is already gone."""
    taken = {start for start, _ in joints}
    found = []
    for mark in _INSIDE.finditer(text):
        if mark.start() + 1 not in taken:
            found.append(look_at(text, mark.start(), mark.end(), at_joint=False))
    return found
