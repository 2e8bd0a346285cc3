"""What can be compared across languages: length, numbers, Latin words, how a text is divided."""

from __future__ import annotations

import re
from functools import cached_property

from ...evidence import HAN_RUN
from ...model import Article, Document
from ...rewrite import read

PARAGRAPHS = ("p", "quote", "item")
# What a Chinese character weighs in Latin letters, in tenths: measured on translated articles.
HAN_TENTHS = 34

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_HALF = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Unit:
    """A head or a paragraph: its weight in Latin letters, and what both languages write alike."""

    __slots__ = ("id", "is_head", "tokens", "weight")

    def __init__(self, name: str, text: str, is_head: bool) -> None:
        self.id, self.is_head = name, is_head
        han = len(text) - len(HAN_RUN.sub("", text))
        self.weight = sum(map(len, text.split())) - han + han * HAN_TENTHS // 10
        text = text.translate(_HALF) if _FULL_WIDTH.search(text) else text
        numbers = (found.replace(",", "") for found in _NUMBER.findall(text))
        # In Latin text capitals stand for names; beside Chinese every Latin word is one.
        words = (word.lower() for word in _LATIN.findall(text) if han or word[0].isupper())
        self.tokens = frozenset([*(number for number in numbers if len(number) > 1), *words])


class Text:
    """An article as units, with its own language."""

    def __init__(self, document: Document, article: Article) -> None:
        self.article = article
        self.language = article.lang.split("-")[0]
        self.units: list[Unit] = []
        for name in article.blocks:
            block = document.blocks.get(name)
            if block is None or (block.lang and block.lang.split("-")[0] != self.language):
                continue
            if block.kind == "head" or block.kind in PARAGRAPHS:
                self.units.append(Unit(name, read(document, block.spans).text, block.kind == "head"))

    @cached_property
    def weight(self) -> int:
        """The weight of all units."""
        return sum(unit.weight for unit in self.units)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Numbers and Latin words of all units."""
        return frozenset().union(*(unit.tokens for unit in self.units))
