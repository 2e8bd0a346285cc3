"""Where lines meet inside a block, and what stands there if it is no hyphen."""

from __future__ import annotations

import re

from ...evidence import BLANKS, HAN, WIDE
from ...model import Rule, Span
from .habits import Habits, is_chinese
from .rules import EDGE, LINE_END, LINE_END_DASH, LINE_END_HAN, LINE_END_MIXED

SPACES = frozenset(BLANKS + "\u2004\u2005\u2006\u2007\u2008\u200a\u202f\u205f\n\r\f\u2028\u2029")
_RARE_ENDS = "\r\f\u2028\u2029"
_BEHIND = "[" + "".join(sorted(SPACES)) + "]*"
_LINE_END = re.compile(f"[\n{_RARE_ENDS}]{_BEHIND}")
_NEWLINE = re.compile(f"\n{_BEHIND}")  # the scanner of `re` finds a single character much sooner
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The clean case: one of these before the line end and one behind it make one blank.
PLAIN_BEFORE = frozenset(_LETTERS + "0123456789.,;:?!)]'")
PLAIN_BEHIND = frozenset(_LETTERS)
_OPENING = frozenset("([{\u201c\u2018")
_CLOSING = frozenset(")]}\u201d\u2019.,;:!?")
# Marks that Chinese text shares with Latin text, and sets without a blank.
_SHARED = frozenset("\u201c\u201d\u2018\u2019\u2013\u2014\u2015\u2026\u00b7")
_DASHES = frozenset("\u2013\u2014\u2015")


def find_joints(text: str) -> list[Span]:
    """Every line end of a block's text with the blanks and blank lines around it, as [start, end)."""
    joints: list[Span] = []
    rare_ends = "\r\f" if text.isascii() else _RARE_ENDS
    line_end = _LINE_END if any(map(text.__contains__, rare_ends)) else _NEWLINE
    for found in line_end.finditer(text):
        start, end = found.span()
        while start and text[start - 1] in SPACES:
            start -= 1
        joints.append((start, end))
    return joints


def join(text: str, joint: Span, kind: str, habits: Habits) -> tuple[str, Rule, int]:
    """What stands at a joint that is no hyphen: the text, why, how certain."""
    start, end = joint
    if not start or end >= len(text):
        return "", EDGE, EDGE.certainty
    before, behind = text[start - 1], text[end]
    wide_before, wide_behind = WIDE.match(before) is not None, WIDE.match(behind) is not None
    if wide_before and wide_behind:
        # names in a byline stand one a line
        return (" " if kind == "byline" else ""), LINE_END_HAN, LINE_END_HAN.certainty
    if wide_before or wide_behind:
        return _join_mixed(text, before, behind, wide_before, habits)
    shared = before in _SHARED or behind in _SHARED or not (before.isalpha() or behind.isalpha())
    if shared and is_chinese(text):
        # also a number that runs over the line end
        return "", LINE_END_HAN, 85
    return _join_latin(text, start, end)


def _join_mixed(text: str, before: str, behind: str, han_first: bool, habits: Habits) -> tuple[str, Rule, int]:
    """One side is Chinese: letters and figures as the source does it, punctuation as the block's language."""
    wide, other = (before, behind) if han_first else (behind, before)
    chinese = is_chinese(text)
    if HAN.match(wide) is None:
        return "", LINE_END_HAN, 95
    if other.isalpha() or other.isdecimal():
        blank, certainty = habits.sets_blank(chinese, other.isdecimal(), han_first)
        return (" " if blank else ""), LINE_END_MIXED, certainty
    if chinese:
        return "", LINE_END_HAN, 95
    tight = other in _CLOSING if han_first else other in _OPENING
    return ("" if tight else " "), LINE_END_MIXED, 85


def _join_latin(text: str, start: int, end: int) -> tuple[str, Rule, int]:
    before, behind = text[start - 1], text[end]
    ahead = text[start - 2] if start > 1 else " "
    after = text[end + 1] if end + 1 < len(text) else " "
    if before in _DASHES or text[max(0, start - 2) : start] == "--":
        ahead = text[start - 3 : start - 2] if before == "-" else ahead
        return (" " if ahead in SPACES or not ahead else ""), LINE_END_DASH, LINE_END_DASH.certainty
    if behind in _DASHES or text[end : end + 2] == "--":
        after = text[end + 2 : end + 3] if behind == "-" else after
        return (" " if after in SPACES or not after else ""), LINE_END_DASH, LINE_END_DASH.certainty
    tight = (
        (before in _OPENING and (ahead in SPACES or not ahead.isalnum()) and not (before == "\u201c" and "\u201e" in text))
        or (behind in _CLOSING and not after.isalnum() and text[end : end + 2] != "..")
        or (before == "/" and ahead not in SPACES and "." not in text[text.rfind(" ", 0, start) + 1 : start])
        or (behind == "/" and after not in SPACES)
    )  # fmt: skip
    return ("" if tight else " "), LINE_END, 95 if tight else LINE_END.certainty
