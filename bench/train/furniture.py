"""Forme work for texts set anew: running heads, feet and page numbers in the ways of many journals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .composition import Row, Style
from .projection import FORME

_WORDS = (
    "Annals",
    "Letters",
    "Northern",
    "Studies",
    "Review",
    "History",
    "Field",
    "Notes",
    "Trade",
    "Journal",
    "of",
    "Quarterly",
)
_HAN = "山水春秋文史江南大学报论丛社会科研究"
_SEASONS = ("Spring", "Summer", "Autumn", "Winter", "March", "June")
_NUMBERS = {
    "en": ("{n}", "{n}", "{n}", "[{n}]", "- {n} -", "– {n} –", "Page {n}", "{n} | Page", "p. {n}"),
    "zh": ("{n}", "{n}", "{n}", "· {n} ·", "- {n} -", "第 {n} 页", "第{n}頁", "—{n}—", "•{n}•"),
}
_HAN_NUMBERS = "一二三四五六七八九十"
_MISPRINTS = str.maketrans("oleOI1", "0ic01l")


class Furniture:
    """What stands around the pages of one text."""

    def __init__(self, style: Style) -> None:
        lot = self._lot = style.lot
        self._han = style.lang == "zh"
        self._page = lot.randint(0, 400)
        self._name = self._journal()
        self._imprint = self._an_imprint()
        self._parts = lot.choice((("name", "name"), ("name", "title"), ("author", "title"), ("imprint", "title"),
                                  ("imprint", "imprint"), ("name", "imprint"), ("name+imprint", "name+imprint")))  # fmt: skip
        self._heads = lot.random() < 0.75
        self._number_at = lot.choice(("beside", "beside", "above", "below", "foot", "foot", "none"))
        self._number = lot.choice(_NUMBERS[style.lang])
        self._opens_bare = lot.random() < 0.5
        self._size = lot.choice((0, 0, 4, 20, 30))  # letters that a title is shortened to; 0: not at all
        self._noise = 0.1 if lot.random() < 0.2 else 0.0
        self._foot_line = self._an_imprint() if lot.random() < 0.1 else ""
        self._catches = lot.random() < 0.04
        self._wide = lot.choice((" ", "   ", "\u3000" if self._han else "     "))

    def around(self, article: Mapping[str, Any], next_line: str, *, opens: bool) -> tuple[list[Row], list[Row]]:
        """The rows above and below the next page; `opens`: an article begins at its top."""
        self._page += 1
        number = self._number.format(n=self._page)
        left = self._page % 2 == 0
        head = self._head(article, self._parts[0 if left else 1]) if self._heads else ""
        if opens and self._opens_bare:
            head = ""
        above, below = [head] if head else [], [self._foot_line] if self._foot_line else []
        if self._number_at == "beside" and head:
            above = [self._wide.join((number, head) if left else (head, number))]
        elif self._number_at == "above" and head:
            above = [number, head]
        elif self._number_at == "below" and head:
            above = [head, number]
        elif self._number_at != "none":
            below.append(number)
        if self._catches and next_line.strip():
            below.append(next_line.strip()[:2] if self._han else next_line.split()[0])
        gap = self._lot.choice((0, 1, 1))
        return [Row(line, FORME) for line in above], [Row(line, FORME, gap) for line in below]

    def _journal(self) -> str:
        lot = self._lot
        if self._han:
            name = "".join(lot.choice(_HAN) for _ in range(lot.choice((2, 4, 5, 8))))
            return name + lot.choice(("", "学报", "學報（人文版）", "（哲学社会科学版）", "月刊"))
        name = " ".join(lot.sample(_WORDS, lot.randint(2, 4)))
        return name.upper() if lot.random() < 0.4 else name

    def _an_imprint(self) -> str:
        lot = self._lot
        year, volume, issue = lot.randint(1905, 2024), lot.randint(1, 90), lot.randint(1, 12)
        if self._han:
            first, second = lot.choice(_HAN_NUMBERS), lot.choice(_HAN_NUMBERS)
            return lot.choice((
                f"{year}年第{issue}期", f"{year} 年 {issue} 月", f"第{first}十{second}卷第{second}期", f"第 {volume} 卷 第 {issue} 期",
                f"{year}.{issue}", f"总第{volume * 7}期", f"Vol. {volume}, No. {issue}",
            ))  # fmt: skip
        return lot.choice((
            f"Vol. {volume}, No. {issue} ({year})", f"{lot.choice(_SEASONS)} {year}", f"{volume}:{issue} ({year})",
            f"Volume {volume}", f"No. {issue}, {year}", f"© {year} The Authors", f"Bd. {volume} ({year})", f"{volume} ({year})",
        ))  # fmt: skip

    def _head(self, article: Mapping[str, Any], part: str) -> str:
        lot = self._lot
        if part == "title":
            title = str(article["title"])
            head = title[: self._size] + lot.choice(("", "…", "...")) if 0 < self._size < len(title) else title
            head = head.split(":")[0] if self._size and ":" in head else head
        elif part == "author":
            names = [str(author["name"]) for author in article["authors"]] or [self._name]
            head = names[0].split()[-1] if self._size == 4 and not self._han else " and ".join(names[:2])
        elif part == "imprint":
            head = self._imprint
        else:
            head = f"{self._name} {self._imprint}" if part == "name+imprint" else self._name
        return (
            "".join(sign.translate(_MISPRINTS) if lot.random() < self._noise else sign for sign in head).strip()[:110]
            or self._name
        )
