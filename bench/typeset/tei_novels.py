"""Chapters of novels encoded in TEI, as articles: some 8000 to 25000 letters of one to four chapters."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .drafting import Draft, tidy
from .invented import tables_of
from .xml import find, read_root, text_of

SIZE = (8000, 25000)  # letters of an article
CHAPTERS = 4  # at most

_TEI = "{http://www.tei-c.org/ns/1.0}"
_LEFT_OUT = {_TEI + name for name in ("note", "ref", "figure")}
_SKIPPED = {_TEI + name for name in ("head", "milestone", "pb", "trailer", "note")}
_EDITION = re.compile(r"\s*[:.,(\[–-]*\s*(ELTe[cC]|édition ELTeC|Edition ELTeC|MiMoText).*$|\d? ?\[.*$")
_CHAPTER = re.compile(r"^(chap(ter|itre)|kapitel)(\b\.?\s+|$)", re.I)
_NUMBER = re.compile(r"^([IVXLC]+|\d+|[A-Z][a-z]+tes)\b[.:)–—-]*\s*")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its head, its paragraphs and whether each is a quotation or verse."""

    head: str
    paragraphs: list[tuple[str, bool]]

    @property
    def size(self) -> int:
        """Letters of all paragraphs."""
        return sum(len(text) for text, _ in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Novel:
    """A novel and its chapters in order."""

    title: str
    author: str
    chapters: list[Chapter]


def read_novel(path: Path) -> Novel:
    """A novel.  Raises ValueError where its title, author or body is missing."""
    root = read_root(path)
    title = text_of(find(root, f".//{_TEI}title"))
    author = re.sub(r"\s*\[[^\]]*\]", "", text_of(find(root, f".//{_TEI}author")))
    author = re.sub(r"\s*\(.*", "", author)
    if "," in author:
        surname, given = author.split(",", 1)
        author = tidy(f"{given} {surname}")
    parts = [
        part
        for part in find(root, f".//{_TEI}body").iter(f"{_TEI}div")
        if part.get("type") in ("chapter", "letter") and part.find(f".//{_TEI}div") is None
    ]
    return Novel(_EDITION.sub("", title).strip(" :"), author, [_read_chapter(part) for part in parts])


def _read_chapter(part: etree._Element) -> Chapter:
    head = tidy(" ".join(_text_of(head) for head in part.findall(f"{_TEI}head")))
    read = ((tidy(text), is_quote) for text, is_quote in _paragraphs_of(part))
    return Chapter(head, [(text, is_quote) for text, is_quote in read if re.search(r"\w", text) and _is_clean(text)])


def _is_clean(text: str) -> bool:
    return not set("<>_|*") & set(text) and "](" not in text


def _paragraphs_of(element: etree._Element) -> Iterator[tuple[str, bool]]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED:
            continue
        if child.tag == f"{_TEI}l":
            yield _text_of(child), True
        elif child.tag == f"{_TEI}p":
            lines = list(child.iter(f"{_TEI}l"))
            yield from ((_text_of(line), True) for line in lines) if lines else iter([(_text_of(child), False)])
        elif child.tag == f"{_TEI}quote" and child.find(f"{_TEI}p") is not None:
            yield from ((_text_of(paragraph), True) for paragraph in child.iter(f"{_TEI}p"))
        else:
            yield from _paragraphs_of(child)


def _text_of(element: etree._Element) -> str:
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            text += "" if child.tag in _LEFT_OUT else _text_of(child)
            text += " " if child.tag == f"{_TEI}lb" else ""
        text += child.tail or ""
    return text


def add_novel(draft: Draft, novel: Novel, lot: random.Random, invents_heads: bool) -> None:
    """Add some chapters that follow one another; a single one gives its head as subtitle."""
    begin, end = lot.choice(_choices(novel.chapters))
    chapters = novel.chapters[begin:end]
    heads = [_bare_head(chapter.head) for chapter in chapters]
    if len(chapters) == 1 and 0 < len(heads[0]) < 90:
        draft.article.subtitle = heads[0]
    if invents_heads:
        _add_divided(draft, [row for chapter in chapters for row in chapter.paragraphs], lot)
        return
    for chapter in chapters:
        if len(chapters) > 1 and chapter.head:
            draft.add_head(chapter.head, 1)
        for text, is_quote in chapter.paragraphs:
            draft.add_paragraph(text, is_quote=is_quote)


def _choices(chapters: list[Chapter]) -> list[tuple[int, int]]:
    """Runs of chapters of the right size, from the first two thirds of the novel."""
    found = []
    for begin in range(len(chapters)):
        end, size = begin, 0
        while end < len(chapters) and size < SIZE[0]:
            size += chapters[end].size
            end += 1
        if SIZE[0] <= size <= SIZE[1] and end - begin <= CHAPTERS:
            found.append((begin, end))
    return found[: max(1, len(found) * 2 // 3)]


def _bare_head(head: str) -> str:
    """A head without the words and the number that count the chapters, before or behind each other."""
    head = _NUMBER.sub("", _CHAPTER.sub("", head)).strip(" .:—–-")
    return _CHAPTER.sub("", head).strip(" .:—–-")


def _add_divided(draft: Draft, paragraphs: list[tuple[str, bool]], lot: random.Random) -> None:
    """Add paragraphs under three or four invented heads, half the time with some before the first."""
    number = lot.choice((3, 4))
    heads = lot.sample(tables_of(draft.article.lang)["section_heads"], number)
    before = lot.choice((0, 1))  # halves of a section
    total = sum(len(text) for text, _ in paragraphs)
    written = 0
    for text, is_quote in paragraphs:
        turn = number - len(heads)
        if heads and written * (2 * number + before) >= total * (2 * turn + before):
            draft.add_head(heads.pop(0), 1)
        draft.add_paragraph(text, is_quote=is_quote)
        written += len(text)
