"""How the source sets Chinese beside Latin letters and figures, and which of its blocks are Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

from ...evidence import HAN, Evidence

_H = HAN.pattern[1:-1]
# Chinese before or behind a Latin letter or a figure, with or without a blank between.
_BEFORE = re.compile(f"[{_H}]( ?)(?:([0-9])|[A-Za-z\u00c0-\u024f])")
_BEHIND = re.compile(f"(?:([0-9])|[A-Za-z\u00c0-\u024f])( ?)[{_H}]")
_ENOUGH = 6
# Chinese line; figure (else letter); Chinese stands first.
_Key = tuple[bool, bool, bool]


@lru_cache(maxsize=8)
def is_chinese(text: str) -> bool:
    """Whether a block is Chinese, told from its first thousand characters: a quarter of them, blanks aside."""
    if text.isascii():
        return False
    text = text[:1000]
    return len(HAN.findall(text)) * 4 > len(text) - text.count(" ")


class Habits:
    """Blanks between Chinese and Latin inside lines, counted once, when first asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._counts: dict[_Key, list[int]] | None = None
        self._answers: dict[_Key, tuple[bool, int]] = {}

    def sets_blank(self, chinese: bool, figure: bool, han_first: bool) -> tuple[bool, int]:
        """Whether a blank stands there in lines of this language, and how certain that is.

        Asked from the narrowest count to the widest; without evidence a Chinese text has none and a
        Latin text has one.
        """
        key = (chinese, figure, han_first)
        if key not in self._answers:
            if self._counts is None:
                self._counts = _count(self._evidence)
            self._answers[key] = _answer(self._counts, key)
        return self._answers[key]


def _count(evidence: Evidence) -> dict[_Key, list[int]]:
    """[with a blank, without] in the source's mixed lines, Chinese lines and Latin ones apart."""
    counts = {(c, figure, first): [0, 0] for c in (True, False) for figure in (True, False) for first in (True, False)}
    lines = evidence.lines
    mixed = [
        (text, han * 4 > len(text)) for text, han in zip(lines.text, lines.han, strict=True) if 0 < han < len(text)
    ]
    for chinese in (True, False):
        joined = "\n".join(text for text, is_one in mixed if is_one == chinese)
        for blank, figure in _BEFORE.findall(joined):
            counts[chinese, figure != "", True][blank == ""] += 1
        for figure, blank in _BEHIND.findall(joined):
            counts[chinese, figure != "", False][blank == ""] += 1
    return counts


def _answer(counts: dict[_Key, list[int]], key: _Key) -> tuple[bool, int]:
    alike = [other for other in counts if other[0] == key[0]]
    for keys in ([key], [other for other in alike if other[1] == key[1]], alike):
        blank, none = sum(counts[one][0] for one in keys), sum(counts[one][1] for one in keys)
        if blank + none >= _ENOUGH:
            return blank > none, max(55, 99 * max(blank, none) // (blank + none))
    return not key[0], 80
