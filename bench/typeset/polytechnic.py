"""The articles of a journal encoded in TEI volume by volume (Polytechnisches Journal, 1820 to 1931)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from .article import Article, Author
from .drafting import Draft, mark, tidy, without_marks
from .xml import read_root

LEAST, MOST = 300, 14000  # letters of an article; of a longer one the beginning is set

_TEI = "{http://www.tei-c.org/ns/1.0}"
_LEFT_OUT = {_TEI + name for name in ("figure", "table", "formula", "head", "orig", "sic")}
_UNSETTABLE = {_TEI + name for name in ("formula", "table", "list")}
_RUBRIC = 30  # letters of the first of several lines of a title
_BYLINE = 70  # letters of a line that names the author


@cache
def read_volume(path: Path) -> tuple[tuple[Article, ...], ...]:
    """The articles of each issue of a volume.  Raises FileNotFoundError."""
    issues = [text for text in read_root(path, is_huge=True).iter(f"{_TEI}text") if text.get("type") == "issue"]
    return tuple(tuple(_articles(issue, f"{path.stem}-{at}")) for at, issue in enumerate(issues))


def _articles(issue: etree._Element, name: str) -> Iterator[Article]:
    texts = [text for text in issue.iter(f"{_TEI}text") if (text.get("type") or "").startswith("art")]
    for at, text in enumerate(texts):
        article = _read(text, f"{name}-{at}")
        if article.title and article.size > LEAST:
            yield article


def _read(text: etree._Element, name: str) -> Article:
    article = Article(name, "dingler", "de", "Latn", "")
    front, body = text.find(f"{_TEI}front"), text.find(f"{_TEI}body")
    rubrics, subtitles = [], []
    for part in () if front is None else front.iter(f"{_TEI}titlePart"):
        lines = [tidy(line) for line in without_marks(_flatten(part, {})).split("\n") if line.strip()]
        kind, whole = part.get("type"), tidy(" ".join(lines))
        if not whole:
            continue
        if kind == "number":
            rubrics.append(whole)
        elif kind == "column":
            article.extras["running_title"] = whole.rstrip(".")
        elif kind == "main" and not article.title:
            if len(lines) > 1 and part.find(f"{_TEI}lb") is not None and len(lines[0]) < _RUBRIC:
                rubrics.append(lines.pop(0))
            article.title = tidy(" ".join(lines)).strip("[]")
        elif not _take_byline(article, whole, part):
            subtitles.append(whole)
    article.subtitle = " ".join(subtitles) or None
    article.extras["rubric"] = " ".join(rubrics)
    draft = Draft(article)
    if body is not None:
        _add(draft, body)
    draft.close()
    article.notes = [note for note in article.notes if re.search(r"\w", note.text) and note.offset]
    return article


def _take_byline(article: Article, line: str, part: etree._Element) -> bool:
    """Whether a line is the article's byline, which it then takes."""
    person = next(part.iter(f"{_TEI}persName"), None)
    if article.authors or person is None or not line.startswith(("Von ", "(Von ")) or len(line) > _BYLINE:
        return False
    name = without_marks(tidy(_flatten(person, {}))).rstrip(".,")
    before, found, _ = line.partition(name)
    if found:
        article.extras["by"], article.authors = before, [Author(name)]
    return bool(found)


def _add(draft: Draft, part: etree._Element) -> None:
    for child in part:
        notes: dict[str, str] = {}
        if child.tag == f"{_TEI}div":
            _add(draft, child)
        elif child.tag == f"{_TEI}head":
            draft.add_head(_flatten(child, notes), 1, notes)
        elif child.tag == f"{_TEI}p" and not any(element.tag in _UNSETTABLE for element in child.iter()):
            text = _flatten(child, notes)
            if re.search(r"\w", text):
                draft.add_paragraph(text, notes)


def _flatten(element: etree._Element, notes: dict[str, str]) -> str:
    """The text with marks of its notes, whose texts are put down; a line break where the title has one."""
    text = _with_dots(element.text)
    for child in element:
        if child.tag == f"{_TEI}note":
            key = str(len(notes))
            notes[key] = tidy(_with_dots(" ".join(str(piece) for piece in child.itertext())))
            text += mark(key)
        elif child.tag == f"{_TEI}lb":
            text += "\n"
        elif child.tag not in _LEFT_OUT:
            text += _flatten(child, notes)
        text += _with_dots(child.tail)
    return text


def _with_dots(text: str | None) -> str:
    """The text with two dots where old type has a small e above a vowel, as it is mostly read."""
    return (text or "").replace("\u0364", "\u0308")
