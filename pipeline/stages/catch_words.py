"""Catch words: the first word of the next page printed alone at the foot of a page, a signature mark beside it.

A single word proves nothing; that the next page begins with it, page after page, does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from ..evidence import Evidence

_FOOT, _TOP = 4, 5  # lines at a page's foot and at the next page's top that are looked at
_ONE_IN = 4  # page turns that show a catch word, in a source that prints them
_LONGEST = 24  # characters
_SIGNATURE = r"[A-Z]{1,2}\s?\d{0,2}"
_LINE = re.compile(rf"(?:{_SIGNATURE}\s+)?(?P<word>\S+(?: \S+)?)")
_SIGNATURE_ALONE = re.compile(_SIGNATURE)
_LETTERS = re.compile(r"\w+")


def find_catch_words(evidence: Evidence, pages: Sequence[tuple[int, int]], forme: Collection[int]) -> set[int]:
    """Lines that are catch words, or signature marks beside one; `pages` are [first, last) lines, in order."""
    found = []
    turns = 0
    for left, right in pairwise(pages):
        foot = _lines_inwards(range(left[1] - 1, left[0], -1), forme, _FOOT)
        top = _lines_inwards(range(*right), forme, _TOP)
        turns += bool(foot and top)
        line = next((line for line in foot if _catches(evidence, line, top)), None)
        if line is not None:
            found.append(line)
    if len(found) < 2 or len(found) * _ONE_IN < turns:
        return set()
    return {*found, *(near for line in found for near in (line - 1, line + 1) if _is_signature(evidence, near))}


def _lines_inwards(lines: Sequence[int], forme: Collection[int], count: int) -> list[int]:
    """The first so many of these lines, forme work left out."""
    return [line for line in lines[:count] if line not in forme]


def _catches(evidence: Evidence, line: int, top: Sequence[int]) -> bool:
    """Whether a line is short and one of the lines at the top of the next page begins with its words."""
    text = " ".join(evidence.lines.text[line].split())
    if len(text) > _LONGEST:
        return False
    found = _LINE.fullmatch(text)
    words = _LETTERS.findall(found["word"].casefold()) if found is not None else []
    if not words or (words[0].isdigit() and len(words) == 1):
        return False
    return any(_LETTERS.findall(evidence.lines.text[at].casefold())[: len(words)] == words for at in top) or any(
        _begins_in_han(evidence.lines.text[at], text) for at in top[:1]
    )


def _begins_in_han(line: str, text: str) -> bool:
    return text[0] >= "\u2e80" and len(text) <= 3 and len(line) > len(text) and line.startswith(text)


def _is_signature(evidence: Evidence, line: int) -> bool:
    return 0 <= line < len(evidence.lines) and _SIGNATURE_ALONE.fullmatch(evidence.lines.text[line]) is not None
