"""Blanks beside signs that are as wide as a Chinese character: brackets, full-width letters, note markers.

Such signs bring their own white space, so nobody sets a blank there on purpose, but for three things: a
label before its text (`（一） 概述`), a row of things that blanks part (`李明（北岸） 王红（南岸）`), and a
source that sets one as a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import Rule, Span
from ..stretches import Change
from .blanks import BLANK
from .chinese import HAN

BRACKET_BLANK = Rule("blank-at-bracket", "joined", 86, "A blank beside a full-width bracket in running Chinese.")
WIDE_LETTER_BLANK = Rule(
    "blank-at-wide-letter", "joined", 88, "A blank between a Chinese character and a full-width letter or figure."
)
MARKER_BLANK = Rule("blank-at-marker", "joined", 84, "A blank before the marker of a note in running Chinese.")

_OPENING, _CLOSING = "「『《〈（【〔", "」』》〉）】〕"
_WIDE = "Ａ-Ｚａ-ｚ０-９"
# Each begins with one class, which the scanner of `re` finds quickly.
_AT_BRACKET = re.compile(
    f"[{BLANK}](?:(?<=[{HAN}].)(?=[{_OPENING}])|(?<=[{_CLOSING}].)(?=[{HAN}「『（])"
    f"|(?<=[{_CLOSING}].)[{BLANK}]+(?=[「『（])"
    f"|(?<=[{_OPENING}].)(?=[A-Za-z0-9])|(?<=[A-Za-z0-9].)(?=[{_CLOSING}]))"
)
_WIDE_LETTER = re.compile(f"[{_WIDE}]")
_TIGHT = re.compile(f"[{_OPENING}{_CLOSING}](?:(?<=[{HAN}].)|(?=[{HAN}]))")
_TIGHT_BEHIND = re.compile(f"[{_CLOSING}](?=[{HAN}])")
_AT_WIDE_LETTER = re.compile(f"[{BLANK}](?:(?<=[{HAN}].)(?=[{_WIDE}])|(?<=[{_WIDE}].)(?=[{HAN}]))")
# What a list is numbered with, in brackets: one stands before a text, several part it.
_LABEL = re.compile(f"[{_OPENING}][0-9０-９a-zA-Z一二三四五六七八九十]{{1,3}}[{_CLOSING}]")
_CHINESE_BEFORE = re.compile(f"[{HAN}{_CLOSING}”’，。、；：！？]")
_CHINESE_BEHIND = re.compile(f"[{HAN}{_OPENING}{_CLOSING}“‘，。、；：！？]|$")
_LONGEST_LABEL = 6  # characters of a label in brackets that begins a text, at most
_RARE = 4  # of so many places beside brackets one has a blank, at most, where blanks mean nothing


def find_closeness(parted: Iterable[str], running: str) -> bool:
    """Whether a source sets brackets close; `parted` are those of its `running` texts that hold blanks."""
    blanks = sum(len(_AT_BRACKET.findall(text)) for text in parted)
    return blanks > 0 and blanks * _RARE <= len(_TIGHT.findall(running))


def find_blanks_at_signs(text: str, *, closely: bool) -> Iterator[Change]:
    """Blanks of running Chinese beside signs of full width; those at brackets where the source sets these close.

    >>> [change[:3] for change in find_blanks_at_signs("北岸的「渡口」 在Ｘ 城", closely=True)]
    [(7, 8, ''), (10, 11, '')]
    """
    places = list(_AT_BRACKET.finditer(text)) if closely else []
    behind = sum(text[found.start() - 1] in _CLOSING for found in places)
    is_row = behind > 1 and behind > len(_TIGHT_BEHIND.findall(text))
    for found in places:
        if is_row and text[found.start() - 1] in _CLOSING:
            continue
        if not _is_at_label(text, found.start()):
            yield *found.span(), "", BRACKET_BLANK, BRACKET_BLANK.certainty
    for found in _AT_WIDE_LETTER.finditer(text):
        letter = found.start() - 1 if _WIDE_LETTER.match(text, found.start() - 1) else found.end()
        if not _is_number_of_item(text, letter):
            yield *found.span(), "", WIDE_LETTER_BLANK, WIDE_LETTER_BLANK.certainty


def find_blanks_at_markers(text: str, markers: Iterable[Span]) -> Iterator[Change]:
    """Blanks before note markers where Chinese stands on both sides of blank and marker."""
    for start, end in markers:
        is_blank = start > 1 and text[start - 1] in " \u3000"
        if is_blank and _CHINESE_BEFORE.match(text, start - 2) and _CHINESE_BEHIND.match(text, end):
            yield start - 1, start, "", MARKER_BLANK, MARKER_BLANK.certainty


def _is_at_label(text: str, at: int) -> bool:
    """Whether the blank at `at` stands behind or before a label in brackets."""
    before = max(text.rfind(sign, max(0, at - 5), at) for sign in _OPENING)
    if _LABEL.match(text, at + 1) or (before >= 0 and _LABEL.fullmatch(text, before, at)):
        return True
    return text[0] in _OPENING and at <= _LONGEST_LABEL and text[at - 1] in _CLOSING


def _is_number_of_item(text: str, at: int) -> bool:
    """Whether the full-width letter at `at` stands alone and counts: by itself at the start, or with its neighbour."""
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if any(side and side not in " \u3000" for side in around):
        return False
    others = {letter for letter in _WIDE_LETTER.findall(text) if letter != text[at]}
    return (at == 0 and not others) or not others.isdisjoint((chr(ord(text[at]) - 1), chr(ord(text[at]) + 1)))
