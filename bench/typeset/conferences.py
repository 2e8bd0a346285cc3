"""Papers of conferences, encoded in TEI one by one by the converter that such conferences use (DHConvalidator)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from .article import Article, Author
from .drafting import Draft, mark, tidy
from .xml import read_root, text_of

FOLDERS = ("dh2016/xml", *(f"DHd-Abstracts-{year}/XML-files" for year in (2016, 2018, 2019, 2020)))
LEAST = 2500  # letters of a paper
QUARTERS = 4  # parts of a folder: every fourth paper is in the same, so that some can be left for measuring
GERMAN = re.compile(r"\b(?:der|und|die|ist|nicht|werden|mit)\b")
ENGLISH = re.compile(r"\b(?:the|and|of|is|not|with|that)\b")

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TEI = "{http://www.tei-c.org/ns/1.0}"
_HELD = {_TEI + name for name in ("formula", "table", "list")}  # a paragraph with one is not set
_LEFT_OUT = {_TEI + name for name in ("figure", "graphic")}
_UNSET = re.compile(r"[\u0370-\u03ff\u0590-\u06ff\u3040-\u30ff\uac00-\ud7af\U00010000-\U0010ffff]")


def papers_of(folder: Path, quarters: Collection[int]) -> Iterator[tuple[int, Path]]:
    """The files of some quarters of a folder, by name, each with its number in the folder."""
    for number, path in enumerate(sorted(folder.glob("*.xml"))):
        if number % QUARTERS in quarters:
            yield number, path


@cache
def read_conference(folder: Path, lang: str, quarters: tuple[int, ...]) -> tuple[Article, ...]:
    """The papers of some quarters of a folder that are in a language, by name.  Empty where there are none."""
    papers = (read_conference_paper(path) for _, path in papers_of(folder, quarters))
    return tuple(paper for paper in papers if paper and paper.lang == lang and paper.size >= LEAST)


def read_conference_paper(path: Path) -> Article | None:
    """A paper; None if it has no text or no author, or holds letters that the fonts lack."""
    root = read_root(path, is_mended=True)
    body = root.find(f".//{_TEI}body")
    title = title_of(root).rstrip(".")
    authors = authors_of(root)
    text = text_of(body)
    if body is None or not title or not authors or _UNSET.search(text):
        return None
    lang = "de" if len(GERMAN.findall(text)) > len(ENGLISH.findall(text)) else "en"
    article = Article(path.stem, path.parent.parent.name, lang, "Latn", title, authors=authors)
    draft = Draft(article)
    _add(draft, body, 1, {str(note.get(_ID)): text_of(note) for note in root.iter(f"{_TEI}note")})
    draft.close()
    article.notes = [note for note in article.notes if re.search(r"\w", note.text) and note.offset]
    return article


def title_of(root: etree._Element) -> str:
    """The title of a paper with its subtitle, as one."""
    return tidy(text_of(root.find(f".//{_TEI}titleStmt/{_TEI}title")))


def authors_of(root: etree._Element, form: str = "{forename} {surname}") -> list[Author]:
    """The authors of a paper that have a forename and a surname, with their own addresses."""
    found = []
    for author in root.iterfind(f".//{_TEI}titleStmt/{_TEI}author"):
        forename, surname = (text_of(author.find(f".//{_TEI}{part}")) for part in ("forename", "surname"))
        if forename and surname:
            name = form.format(forename=forename, surname=surname)
            affiliation, mail = (text_of(author.find(f".//{_TEI}{part}")) for part in ("affiliation", "email"))
            found.append(Author(name, affiliation, mail=mail))
    return found


def _add(draft: Draft, part: etree._Element, level: int, notes: Mapping[str, str]) -> None:
    """Add the blocks of a part; `notes` are the texts of the notes by their identifiers."""
    for child in part:
        if child.tag == f"{_TEI}div":
            _add(draft, child, level + 1 if part.tag == f"{_TEI}div" else level, notes)
        elif child.tag == f"{_TEI}head":
            draft.add_head(_flatten(child), level, notes)
        elif child.tag in (f"{_TEI}p", f"{_TEI}quote") and not any(element.tag in _HELD for element in child.iter()):
            draft.add_paragraph(_flatten(child), notes, is_quote=child.tag == f"{_TEI}quote")
        elif child.tag == f"{_TEI}list":
            for item in child.iterfind(f"{_TEI}item"):
                if not any(element.tag in _HELD for element in item.iter()):
                    draft.add_paragraph("• " + _flatten(item), notes)


def _flatten(element: etree._Element) -> str:
    """The text with marks of its notes: those that stand in it, and those it points at."""
    text = element.text or ""
    for child in element:
        target = (child.get("target") or "").lstrip("#")
        if child.tag == f"{_TEI}note":
            text = text.rstrip() + mark(str(child.get(_ID)))
        elif child.tag == f"{_TEI}ref" and target.startswith("ftn"):
            text = text.rstrip() + mark(target)
        elif child.tag not in _LEFT_OUT:
            text += _flatten(child)
        text += child.tail or ""
    return text
