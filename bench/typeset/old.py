"""What journals of the nineteenth century print and later ones do not: stops behind heads and titles, numbered articles,
authors within the title, titles without any author.

Issues from `OLD_FROM` on are changed so after their articles are put together; those before stay as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .article import Article
from .invented import Inventor
from .numbering import roman
from .styles import Lot

OLD_FROM = 10000  # the number of the first such issue
OLD = 70  # of 100 issues
STOPPED_HEADS, STOPPED_TITLES, STOPPED_NAMES = 75, 85, 50  # of 100 old issues
NUMBERED, NAMED_IN_TITLES, FROM_ELSEWHERE, ANONYMOUS = 35, 30, 30, 20
FIRST_NUMBERS = (1, 1, 1, 4, 13, 27, 52, 88)
ENDS = ".?!:;…"


@dataclass(frozen=True)
class Practice:
    """What an issue does.

    number         the form of the numbers above titles; empty: they have none
    first          the first of these numbers
    names          the form of an author's name within the title; empty: authors have a line of their own
    """

    stops_heads: bool
    stops_titles: bool
    number: str
    first: int
    names: str
    is_anonymous: bool
    words: dict[str, Any]


@cache
def _words_of(lang: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((files(__package__) / "old.toml").read_text(encoding="utf-8"))[lang]
    return table


def draw_practice(lot: Lot, lang: str, style: dict[str, Any]) -> Practice | None:
    """The practice of an issue, and what its style has to do with it; None if it is a later one."""
    if not lot.often(OLD):
        return None
    words = _words_of(lang)
    number = str(lot.one(words["numbers"])) if lot.often(NUMBERED) else ""
    named = str(lot.one(words["names"])) if lot.often(NAMED_IN_TITLES) else ""
    practice = Practice(
        lot.often(STOPPED_HEADS), lot.often(STOPPED_TITLES), number, int(lot.one(FIRST_NUMBERS)), named,
        lot.often(ANONYMOUS), words,
    )  # fmt: skip
    order = [what for what in style["order"] if what != "rubric"]
    style["order"] = ["rubric", *order] if number else order
    style["by_end"] = "." if lot.often(STOPPED_NAMES) else ""
    style["opens_page"] = style["opens_page"] and lot.often(30)
    return practice


def age(lot: Lot, articles: Sequence[Article], inventor: Inventor, practice: Practice) -> None:
    """Set articles as the practice has it."""
    for at, article in enumerate(articles):
        if practice.number:
            article.extras["rubric"] = practice.number.format(practice.first + at, roman(practice.first + at))
        if practice.names and article.authors:
            place = lot.one(inventor.tables["places"])
            article.title = article.title.rstrip(ENDS) + practice.names.format(article.authors[0].name, place)
            article.authors = []
        elif practice.is_anonymous:
            article.authors = []
        if lot.often(FROM_ELSEWHERE):
            known = {
                "journal": inventor.draw_title(),
                "page": int(lot.between(3, 480, 1)),
                "year": int(lot.between(1801, 1899, 1)),
            }
            article.subtitle = str(lot.one(practice.words["sources"])).format_map(known)
        if practice.stops_titles:
            article.title = _stop(article.title)
            article.subtitle = article.subtitle and _stop(article.subtitle)
        if practice.stops_heads:
            for block in article.blocks:
                block.text = _stop(block.text) if block.level and not block.runs_in else block.text


def _stop(text: str) -> str:
    return text if text[-1] in f"{ENDS})]" else f"{text}."
