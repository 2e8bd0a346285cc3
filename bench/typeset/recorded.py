"""Papers whose titles, authors and institutions are recorded beside the PDF, and nothing of their text.

ReScience/articles           article.yaml; the names of authors, their institutions with addresses
JuliaCon/proceedings-papers  what is deposited with Crossref; the names of authors alone
boudinfl/taln-archives       French conferences of 1997 to 2015, a file a year; names alone; every twelfth paper is taken
mlresearch/v2, v5, v25, v54, v58 the head of the page of a paper in volumes of a series of proceedings; names alone, too
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from .article import Article, Author
from .conferences import QUARTERS
from .drafting import tidy
from .extraction import extract
from .xml import find, read_root, text_of

RESCIENCE, JULIA = "rescience", "juliacon"
TALN, STEP = "taln", 12
VOLUMES = ("v2", "v5", "v25", "v54", "v58")
RECORDED = {RESCIENCE: "articles", JULIA: "proceedings-papers", TALN: "taln-archives"} | {
    volume: volume for volume in VOLUMES
}
_FILES = {RESCIENCE: "*/article.yaml", JULIA: "*/*.crossref.xml"}
_OF_VOLUME = "_posts/*.md"


def recorded_papers(folder: Path, name: str, quarters: Collection[int]) -> Iterator[tuple[str, Article, Path]]:
    """The papers of some quarters that print what is recorded, each with its number and its PDF."""
    known: set[str] = set()
    for number, (paper, pdf) in enumerate(_papers(folder / RECORDED[name], name)):
        if number % QUARTERS in quarters and paper.title not in known and _is_printed(paper, pdf):
            known.add(paper.title)
            yield f"{number:03}", paper, pdf


def _papers(top: Path, name: str) -> Iterator[tuple[Article, Path]]:
    """All papers of a set, each with its PDF, in order."""
    if name == TALN:
        rows = (row for path in sorted(top.glob("*/*/*.xml")) for row in read_root(path).iter("article"))
        for row in islice(rows, 0, None, STEP):
            series, year = str(row.get("id")).upper().split("-")[:2]
            yield _read_row(row), top / series / f"{series}-{year}" / "actes" / f"{row.get('id')}.pdf"
        return
    for path in sorted(top.glob(_FILES.get(name, _OF_VOLUME))):
        if name in _FILES:
            yield _READERS[name](path), next(path.parent.glob("*.pdf"), path)
        else:
            yield _read_post(path), top / path.stem[11:] / f"{path.stem[11:]}.pdf"


def _read_row(row: etree._Element) -> Article:
    title = text_of(row.find("titre")) or text_of(row.find("title"))
    article = Article(str(row.get("id")), RECORDED[TALN], "fr" if text_of(row.find("titre")) else "en", "Latn", title)
    for person in row.iterfind("auteurs/auteur"):
        article.authors.append(Author(tidy(f"{text_of(person.find('prenom'))} {text_of(person.find('nom'))}")))
    return article


def _read_yaml(path: Path) -> Article:
    row: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    places = {str(place["code"]): _place_of(place) for place in row["affiliations"] or ()}
    article = Article(path.parent.name, RECORDED[RESCIENCE], "en", "Latn", _plain(row["title"]))
    for person in row["authors"]:
        keys = re.findall(r"\w+", str(person.get("affiliations") or ""))
        known = [places[key] for key in keys if places.get(key)]
        article.authors.append(Author(tidy(person["name"]), ", ".join(known)))
    return article


def _place_of(place: dict[str, Any]) -> str:
    return _plain(", ".join(str(place[key]) for key in ("name", "address") if place.get(key)))


def _plain(text: str) -> str:
    """A text without what TeX needs."""
    return tidy(text.replace("\\", ""))


def _read_crossref(path: Path) -> Article:
    root = read_root(path)
    paper = find(root, ".//{*}journal_article")
    article = Article(path.stem, RECORDED[JULIA], "en", "Latn", text_of(paper.find("{*}titles/{*}title")))
    for person in paper.iterfind(".//{*}person_name"):
        name = f"{text_of(person.find('{*}given_name'))} {text_of(person.find('{*}surname'))}"
        article.authors.append(Author(tidy(name)))
    return article


def _read_post(path: Path) -> Article:
    row: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    article = Article(path.stem, path.parent.parent.name, "en", "Latn", _plain(row["title"]))
    names = (" ".join(str(person[key] or "") for key in ("given", "family")) for person in row["author"])
    article.authors = [Author(tidy(name)) for name in names]
    return article


_READERS: dict[str, Callable[[Path], Article]] = {RESCIENCE: _read_yaml, JULIA: _read_crossref}


def _is_printed(paper: Article, pdf: Path) -> bool:
    """Whether the first page shows the title and all names as they are recorded."""
    if not paper.authors or "$" in paper.title or pdf.suffix != ".pdf" or not pdf.is_file():
        return False  # a formula, or nothing to read
    page = _letters(extract(pdf.read_bytes(), "pf")[0])
    return all(_letters(text) in page for text in (paper.title, *(author.name for author in paper.authors)))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
