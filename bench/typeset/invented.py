"""Invented notes, authors and heads: what the public texts lack.  The tables stand in `invented/LANG.toml`.

In these tables braces hold slots.  A slot is filled once in each note: `{name1}` is the same person wherever it
stands in a note, and not `{name2}`.
"""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import opencc

from .article import Article, Author, Note
from .drafting import tidy

BACK_REFERENCES, WORKS, RECORDS = 24, 60, 74  # shares of 100, summed up; the rest are remarks
AFFILIATIONS_SHARED, NOTES_ON_AUTHORS, REMARKS_WITH_WORK = 45, 40, 50  # shares of 100
AUTHORS = (1, 1, 1, 2, 2, 3)
REMARKS = (2, 2, 3, 3, 4, 5, 6)  # sentences of a remark

_RANGES = {
    "page": (3, 410),
    "year": (1868, 2021),
    "old": (1790, 1949),
    "recent": (2010, 2023),
    "volume": (2, 88),
    "shelf": (101, 9899),
    "digit": (2, 9),
    "small": (2, 19),
    "day": (2, 28),
}
_LISTS = {
    "sur": "surnames",
    "given": "given_names",
    "topic": "topics",
    "place": "places",
    "journal": "journals",
    "month": "months",
    "institution": "institutions",
    "field": "fields",
}
_YEARS = ("early", "later", "latest")
_TRADITIONAL = opencc.OpenCC("s2t")


@cache
def tables_of(lang: str) -> dict[str, Any]:
    """The tables of a language."""
    return tomllib.loads((files(__package__) / "invented" / f"{lang}.toml").read_text(encoding="utf-8"))


class _Slots(dict[str, str]):
    """The slots of one note, filled when they are first asked for."""

    def __init__(self, inventor: Inventor, **known: str) -> None:
        super().__init__(known)
        self._inventor = inventor

    def __missing__(self, slot: str) -> str:
        if slot in _YEARS:
            years = sorted(self._inventor.lot.sample(range(1820, 2019), len(_YEARS)))
            self.update(zip(_YEARS, map(str, years), strict=True))
        else:
            self[slot] = self._draw(slot.rstrip("12"))
        return self[slot]

    def _draw(self, kind: str) -> str:
        inventor = self._inventor
        lot = inventor.lot
        if kind in _RANGES:
            return str(lot.randint(*_RANGES[kind]))
        if kind in _LISTS:
            return str(lot.choice(inventor.tables[_LISTS[kind]]))
        if kind == "pages":
            first = int(self["page"])
            return f"{first}–{first + lot.randint(2, 40)}"
        if kind == "host":
            return re.sub("[^a-z]", "", self["sur"].lower())[:9]
        if kind == "initial":
            return self["given"][0]
        if kind == "Topic":
            return self["topic"][0].upper() + self["topic"][1:]
        if kind == "foreign":
            return Inventor("en", str(lot.random())).cite()
        return inventor.draw_name() if kind == "name" else inventor.draw_title()


def traditional(text: str) -> str:
    """The text in traditional characters."""
    converted: str = _TRADITIONAL.convert(text)
    return converted


class Inventor:
    """Invents in one language; the same seed gives the same."""

    def __init__(self, lang: str, seed: str, is_traditional: bool = False) -> None:
        self.tables = tables_of(lang)
        self.lot = random.Random(seed)
        self._lang, self._is_traditional = lang, is_traditional
        self._written = 0  # notes so far
        self._cited = ""  # the author cited last
        self._is_behind_work = False  # whether the note before names a work
        self._remarks: list[str] = []  # not yet used

    def draw_name(self) -> str:
        """The name of a person who does not exist."""
        given, surname = self.lot.choice(self.tables["given_names"]), self.lot.choice(self.tables["surnames"])
        return surname + given if self._lang == "zh" else f"{given} {surname}"

    def draw_title(self) -> str:
        """The title of a work that does not exist."""
        title: str = self.lot.choice(self.tables["titles"]).format_map(_Slots(self))
        title = title.replace("de le ", "du ").replace("de les ", "des ") if self._lang == "fr" else title
        return title[0].upper() + title[1:]

    def cite(self) -> str:
        """A work as a note cites it."""
        slots = _Slots(self)
        weights = [row["weight"] for row in self.tables["citations"]]
        row = self.lot.choices(self.tables["citations"], weights)[0]
        cited: str = row["text"].format_map(slots)
        self._cited = slots.get("name" if self._lang == "zh" else "sur", self._cited)
        return cited

    def write_note(self) -> str:
        """The next note: a work, a reference to the one before, a record, or some sentences."""
        draw = self.lot.randrange(100)
        self._written += 1
        if self._written > 1 and draw < BACK_REFERENCES:
            return self._close(self._refer_back())
        if draw < WORKS:
            self._is_behind_work = True
            return self._close(self.cite())
        if draw < RECORDS:
            self._is_behind_work = False
            record = self.lot.choice(self.tables["archives"]).format_map(_Slots(self))
            return self._close(record + ("。" if self._lang == "zh" else "."))
        self._is_behind_work = False
        return self._close(self._remark())

    def _refer_back(self) -> str:
        """`Ibid.` stands only behind a note with a work."""
        choices = [
            text
            for text in self.tables["back_references"]
            if ("{before}" not in text or self._cited) and (self._is_behind_work or "{note}" in text)
        ]
        before = max(1, self._written - self.lot.randint(1, 6))
        slots = _Slots(self, before=self._cited, note=str(before))
        written: str = self.lot.choice(choices).format_map(slots)
        return written

    def _remark(self) -> str:
        number = self.lot.choice(REMARKS)
        if len(self._remarks) < number:
            self._remarks = self.lot.sample(self.tables["remarks"], len(self.tables["remarks"]))
        sentences = [self._remarks.pop().format_map(_Slots(self)) for _ in range(number)]
        if self.lot.randrange(100) < REMARKS_WITH_WORK:
            sentences.insert(self.lot.randint(0, 1), self.cite())
        return ("" if self._lang == "zh" else " ").join(sentences)

    def _close(self, text: str) -> str:
        if not self._is_traditional:
            return text
        return traditional(text).replace("“", "「").replace("”", "」")

    def draw_authors(self, names: list[str] | None = None, with_notes: bool | None = None) -> list[Author]:
        """Authors with affiliations, some with a note; the names are invented where none are given."""
        names = names or self._draw_names()
        shares = self.lot.randrange(100) < AFFILIATIONS_SHARED
        shared = self.lot.choice(self.tables["institutions"])
        noted = self.lot.randrange(100) < NOTES_ON_AUTHORS if with_notes is None else with_notes
        authors = []
        for name in names:
            institution = shared if shares else self.lot.choice(self.tables["institutions"])
            slots = _Slots(self, institution=institution, name=name)
            note = self.lot.choice(self.tables["author_notes"]).format_map(slots) if noted else ""
            authors.append(Author(name, self._close(institution), self._close(note)))
        return authors

    def _draw_names(self) -> list[str]:
        names: list[str] = []
        number = self.lot.choice(AUTHORS)
        while len(names) < number:
            name = self._close(self.draw_name())
            if name not in names:
                names.append(name)
        return names


def annotate(article: Article, inventor: Inventor, number: int) -> None:
    """Spread so many invented notes over the text, as evenly as its sentences allow."""
    starts, total = [], 0
    for block in article.blocks:
        starts.append(total)
        total += len(block.text)
    before_stop = article.lang == "fr" or (article.lang == "zh" and inventor.lot.random() < 0.5)
    spots = [
        (starts[index] + offset, index, offset, weight)
        for index, block in enumerate(article.blocks)
        if not block.level
        for offset, weight in _spots_of(block.text, article.lang, before_stop)
    ]
    for turn in range(number):
        first, end = total * turn // number, total * (turn + 1) // number
        here = [spot for spot in spots if first <= spot[0] < end]
        if here:
            _, index, offset, _ = inventor.lot.choices(here, [spot[3] for spot in here])[0]
            article.notes.append(Note(tidy(inventor.write_note()), index, offset))


_STOP_ZH = re.compile(r"[。！？；]+[”’」』]?")
_WORK_ZH = re.compile(r"《[^》]{2,12}》")
_STOP = re.compile(r"(?<=[\w»”\"\)’])([.!?;,])(?=[”\"»]?( |$))([”\"»])?")
_NAME = re.compile(r"(?<=[a-zäöüéè] )[A-ZÄÖÜÉ]\w{5,}(?= [a-zäöüéè])")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Dr|St|M|Mme|Hrn|Fr|S|p|z|B|d|h|u|usw)$")


def _spots_of(text: str, lang: str, before_stop: bool) -> list[tuple[int, int]]:
    """(offset, weight) of the places of a paragraph where a note can stand."""
    spots: list[tuple[int, int]] = []
    if lang == "zh":
        if len(text) >= 18:
            spots += [(at.start() if before_stop else at.end(), 100) for at in _STOP_ZH.finditer(text)]
            spots += [(at.end(), 60) for at in _WORK_ZH.finditer(text)]
    elif len(text) >= 60:
        for at in _STOP.finditer(text):
            if not _ABBREVIATION.search(text[: at.start()]):
                weak = at.group(1) in ",;"
                end = len(text[: at.start()].rstrip()) if before_stop else at.end(1) if weak else at.end()
                spots.append((end, 25 if weak else 100))
        spots += [(at.end(), 12) for at in _NAME.finditer(text)]
    return [spot for spot in spots if spot[0]]
