"""Plain paragraphs set in lines, words cut at line ends after hyphenation patterns: what hyphens are trained on.

The patterns are those of `pyphen`, which only this training needs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyphen  # type: ignore[import-untyped, import-not-found, unused-ignore]

MEASURES = (34, 95)  # least and greatest, in characters
PATTERNS = {"en": ("en_US", "en_GB"), "de": ("de_DE",), "fr": ("fr",)}
SUSPENDED = "suspended"  # a hyphen before a blank, which the line end stands for
_WORD = re.compile(r"[^\W\d_]{5,}")
_OWN = re.compile(r"(?<=\w)-(?=[^\W\d_])")


@dataclass(slots=True)
class Setting:
    """A text in lines, and its hyphens at line ends: offset of the hyphen, and `join`, `keep` or `suspended`."""

    name: str
    lang: str
    cuts_words: bool
    text: str = ""
    hyphens: list[tuple[int, str]] = field(default_factory=list)


def set_text(name: str, lang: str, paragraphs: Sequence[str], lot: random.Random, cuts_words: bool) -> Setting:
    """The paragraphs in lines of one measure, an empty line between two of them."""
    dictionary = pyphen.Pyphen(lang=lot.choice(PATTERNS[lang])) if cuts_words else None
    measure = lot.randint(*MEASURES)
    made = Setting(name, lang, cuts_words)
    parts: list[str] = []
    at = 0
    for paragraph in paragraphs:
        lines = _wrap(paragraph.split(), measure, dictionary)
        for number, (line, kind) in enumerate(lines):
            parts.append(line)
            at += len(line) + 1
            if kind and number + 1 < len(lines):
                made.hyphens.append((at - 2, kind))
        parts.append("")
        at += 1
    made.text = "\n".join(parts)
    return made


def _wrap(tokens: Sequence[str], measure: int, dictionary: pyphen.Pyphen | None) -> list[tuple[str, str]]:
    """Lines, each with what its hyphen at the end is, or nothing."""
    lines: list[tuple[str, str]] = []
    line = ""
    for token in tokens:
        rest, before = token, line
        while len(line) + bool(line) + len(rest) > measure:
            cut, kind = _last_cut(rest, measure - len(line) - bool(line), dictionary)
            if not cut and not line:
                break
            head = rest[:cut] + ("-" if kind == "join" else "")
            lines.append(((line + " " + head if line else head) if cut else line, kind or _suspended(line)))
            line, rest = "", rest[cut:]
        line = f"{line} {rest}" if line and (rest != token or line == before) else rest
    return [*lines, (line, "")]


def _suspended(line: str) -> str:
    return SUSPENDED if re.search(r"\w-$", line) else ""


def _last_cut(token: str, room: int, dictionary: pyphen.Pyphen | None) -> tuple[int, str]:
    """How many characters of a token stay in the line and what its hyphen is; 0 if it is not divided."""
    best, kind = max(((found.end(), "keep") for found in _OWN.finditer(token) if found.end() <= room), default=(0, ""))
    for word in _WORD.finditer(token) if dictionary else ():
        for place in dictionary.positions(word.group()):  # type: ignore[union-attr]
            cut = word.start() + place
            is_one = cut + 1 <= room and place >= 2 and len(word.group()) - place >= 2
            if is_one and cut > best and not (token[cut].isupper() and token[cut - 1].islower()):
                best, kind = cut, "join"
    return best, kind
