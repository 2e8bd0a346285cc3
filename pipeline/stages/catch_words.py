"""Catch words: the first word of the next page printed alone at the foot of a page, a signature mark beside it.

A single word proves nothing; that the next page begins with it, page after page, does.  So does that page after
page ends with a word alone below full lines, no sentence ending there: text would fill its last line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from ..evidence import Evidence
from .signature_marks import is_mark

_FOOT, _TOP = 4, 5  # lines at a page's foot and at the next page's top that are looked at
_ONE_IN = 4  # page turns that show a catch word, in a source that prints them
_FEWEST_ALONE, _ONE_ALONE_IN = 3, 3  # pages that end with an open word, where nothing else tells
_FULL, _SHORT = 85, 40  # per cent of the measure
_ENDED = tuple(".!?:;。！？：；…”’\"'»」』)）]】")
_LONGEST = 24  # characters
_LEAST_MISREAD = 5  # letters of a word of which one may be misread
_HYPHENS = ("-", "¬", "⸗", "=", "‐", "\u00ad")
_SIGNATURE = r"[A-Z]{1,2}\s?\d{0,2}"
_LINE = re.compile(rf"(?:{_SIGNATURE}\s+)?(?P<word>\S+(?: \S+)?)")
_OPEN_WORD = re.compile(r"[^\W\d_]{2,}\D*$|[^\W\d_]\W[^\W\d_]+\D*$")
_LETTERS = re.compile(r"\w+")


def find_catch_words(evidence: Evidence, pages: Sequence[tuple[int, int]], forme: Collection[int]) -> dict[int, bool]:
    """Lines that are catch words, or signature marks beside one, and whether the next page tells that.

    `pages` are [first, last) lines, in order.
    """
    feet = [_lines_inwards(range(end - 1, start, -1), forme, _FOOT) for start, end in pages]
    alone = {
        line
        for foot in feet
        for line, above in pairwise(foot)
        if _is_open_word(evidence, line, above)
        and all(is_mark(evidence.lines.text[below]) for below in foot if below > line)
    }
    found: dict[int, bool] = {}  # whether letter for letter
    turns = 0
    for foot, behind in zip(feet, pages[1:], strict=False):
        top = _lines_inwards(range(*behind), forme, _TOP)
        turns += bool(foot and top)
        for line in foot:
            misread = _misread(evidence, line, top)
            if misread is not None:
                found[line] = not misread
                break
    words = {evidence.keys[line] for line in found}
    if sum(found.values()) < 2 or len(found) * _ONE_IN < turns or 2 * len(words) < len(found):
        found = {}
    if not found and (len(alone) < _FEWEST_ALONE or len(alone) * _ONE_ALONE_IN < len(pages)):
        return {}
    told = dict.fromkeys(alone, False) | dict.fromkeys(found, True)
    beside = {near: sure for line, sure in told.items() for near in (line - 1, line + 1)}
    texts = evidence.lines.text
    return {near: sure for near, sure in beside.items() if 0 <= near < len(texts) and is_mark(texts[near])} | told


def _is_open_word(evidence: Evidence, line: int, above: int) -> bool:
    """Whether a line is a word or two right below a full one, and no sentence ends with them."""
    lines, measure = evidence.lines, evidence.measures[above]
    text = lines.text[line]
    is_word = (
        len(text) <= _LONGEST and len(text.split()) <= 2 and _OPEN_WORD.match(text) is not None and not is_mark(text)
    )
    is_short = lines.advance[line] * 100 < measure * _SHORT and lines.advance[above] * 100 >= measure * _FULL
    return line == above + 1 and is_word and is_short and not text.endswith(_ENDED)


def _lines_inwards(lines: Sequence[int], forme: Collection[int], count: int) -> list[int]:
    """The first so many of these lines, forme work left out."""
    return [line for line in lines[:count] if line not in forme]


def _misread(evidence: Evidence, line: int, top: Sequence[int]) -> int | None:
    """How many letters differ if one of the lines at the top of the next page begins with this short line's words.

    A hyphen cuts the last of them off.  None if no line begins so.
    """
    text = " ".join(evidence.lines.text[line].split())
    if len(text) > _LONGEST:
        return None
    found = _LINE.fullmatch(text)
    words = _LETTERS.findall(found["word"].casefold()) if found is not None else []
    if not words or (words[0].isdigit() and len(words) == 1):
        return None
    if any(_begins_in_han(evidence.lines.text[at], text) for at in top[:1]):
        return 0
    is_cut = text.endswith(_HYPHENS)
    differ = (_differ(words, _LETTERS.findall(evidence.lines.text[at].casefold()), is_cut=is_cut) for at in top)
    return min((count for count in differ if count is not None), default=None)


def _differ(words: Sequence[str], line: Sequence[str], *, is_cut: bool) -> int | None:
    """How many letters of the words at a line's beginning differ from these; None if more than may be misread."""
    last = words[-1]
    if len(line) < len(words) or list(words[:-1]) != list(line[: len(words) - 1]):
        return None
    there = line[len(words) - 1][: len(last)] if is_cut else line[len(words) - 1]
    most = 1 if len(last) >= _LEAST_MISREAD else 0
    distance = Levenshtein.distance(there, last, score_cutoff=most)
    return distance if distance <= most else None


def _begins_in_han(line: str, text: str) -> bool:
    return text[0] >= "\u2e80" and len(text) <= 3 and len(line) > len(text) and line.startswith(text)
