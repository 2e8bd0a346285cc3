"""In which script a text is, and which stretches of it no conversion touches: titles, quotations, Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .tables import telling

SURE = 4  # characters of one script only that settle a quotation, or a short text of its own
SURE_RUNNING = 10  # and a paragraph
FEW = 10  # of so many of them one may be of the other script

_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]")
_SENTENCE = re.compile("[^。！？\n]+")
# The title of a work as set: with titles inside it, but not over half a page to the next bracket.
_TITLE = re.compile("《[^《》\n]{0,80}(?:《[^《》\n]{0,80}》[^《》\n]{0,80})*》")
_QUOTATION = re.compile("“[^“”\n]{8,}”|「[^「」\n]{8,}」|『[^『』\n]{8,}』")

Stretch = tuple[int, int]


class Passage(NamedTuple):
    """How a block reads, how many of its characters exist in one script only, and whether any is Chinese."""

    text: str
    hans: int
    hant: int
    holds_han: bool


def read_passage(text: str) -> Passage:
    """A text with its counts of characters that exist in one script only."""
    if text.isascii() or not _HAN.search(text):
        return Passage(text, 0, 0, False)
    patterns = telling()
    return Passage(text, len(patterns.hans.findall(text)), len(patterns.hant.findall(text)), True)


def script_of(passages: Iterable[Passage]) -> str:
    """`Hans` or `Hant` by the characters that exist in one script only; empty where there are none."""
    hans = hant = 0
    for passage in passages:
        hans += passage.hans
        hant += passage.hant
    return "" if hans == hant == 0 else "Hans" if hans >= hant else "Hant"


def region_of(passages: Iterable[Passage]) -> str:
    """Whose traditional forms a text has: `tw`, `hk`, or none (OpenCC's own standard)."""
    text = "".join(passage.text for passage in passages if passage.hant)
    if text.count("爲") > text.count("為") or text.count("羣") > text.count("群"):
        return ""
    return "hk" if text.count("裏") + text.count("説") > text.count("裡") + text.count("說") else "tw"


def declared(language: str) -> tuple[str, str]:
    """Script and region that a BCP 47 tag says or implies; empty where it does not.

    >>> declared("zh-Hant-HK"), declared("zh-TW"), declared("zh-CN"), declared("zh"), declared("en")
    (('Hant', 'hk'), ('Hant', 'tw'), ('Hans', ''), ('', ''), ('', ''))
    """
    tags = language.lower().split("-")
    if tags[0] != "zh":
        return "", ""
    region = "hk" if "hk" in tags or "mo" in tags else "tw" if "tw" in tags else ""
    if "hant" in tags or (region and "hans" not in tags):
        return "Hant", region
    return ("Hans" if not {"hans", "cn", "sg"}.isdisjoint(tags) else ""), ""


def settled(passage: Passage, least: int) -> str:
    """The script a passage is in beyond doubt: `least` characters of it and hardly one of the other."""
    own = script_of([passage])
    sure, rest = (passage.hans, passage.hant) if own == "Hans" else (passage.hant, passage.hans)
    return own if sure >= least and rest * FEW < sure else ""


def find_titles(text: str) -> list[Stretch]:
    """The titles of works in their brackets.

    >>> find_titles("读《后汉书》和《论〈诗经〉》"), find_titles("《没有结尾")
    ([(1, 6), (7, 14)], [])
    """
    return [found.span() for found in _TITLE.finditer(text)] if "《" in text else []


def find_quotations(text: str, script: str) -> list[tuple[int, int, str]]:
    """The quotations that are in another script than the text, with theirs."""
    found = []
    for quotation in _QUOTATION.finditer(text):
        own = settled(read_passage(quotation[0]), SURE)
        if own and own != script:
            found.append((quotation.start() + 1, quotation.end() - 1, own))
    return found


def find_japanese(text: str) -> list[Stretch]:
    """The sentences that have kana, or Hangul, in them."""
    if not _KANA.search(text):
        return []
    return [found.span() for found in _SENTENCE.finditer(text) if _KANA.search(found[0])]
