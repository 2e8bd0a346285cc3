"""What is set: issues, single articles and theses.  `layouts/LAYOUT.toml` lists those of a layout.

An issue has `name`, `kind`, `lang`, `journal`, `issue` (its number and date), `first` (its first page),
`front_pages`, `page` (what its layout prints besides) and `extractions`: EXTRACTOR-PAGEMARK, with -bl where blank
lines are doubled.  Its articles are rows of `articles`; `all` holds what they have in common:

id, chapters                       the text, or the texts that become chapters
begin, letters, notes              the block it begins with, about how many letters of it, whether with notes
labels, run_in_from                how heads are numbered, from which level on they begin a paragraph
marker, place                      how notes are marked; `bottom` of the page or `end` of the article
long_notes                         [n, m]: every nth note takes the text of m others too
affiliations, subtitles            false: left out
has_starred_authors                authors have a note of their own
closing                            a paragraph at the end
title, authors, and the extras     in place of the text's own

Instead of articles an issue may have `pieces`: short items cut from long texts.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from .article import Article, Author, Block, affiliations_of, author_of, cut
from .articles import read_article
from .numbering import number_heads
from .theses import join_chapters

EXTRAS = ("running_title", "column", "dateline", "abstract", "keywords", "bio")
WITH_AUTHOR, WITH_DATELINE = 75, 60  # of 100 pieces


@dataclass(slots=True)
class Issue:
    """Articles and all that is needed to set them."""

    name: str
    layout: str
    kind: str
    lang: str
    extractions: Sequence[str]
    first: int
    journal: str = ""
    issue: str = ""
    front_pages: int = 0
    front_numbers: str = "1"
    ocr_languages: str = "eng"
    has_notes_heading: bool = False
    has_catch_words: bool = False
    soft_hyphens: Mapping[str, str] = field(default_factory=dict)
    page: dict[str, Any] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    marker: str = "1"
    place: str = "bottom"
    has_starred_authors: bool = False


def layouts() -> list[str]:
    """The names of all layouts."""
    folder = files(__package__) / "layouts"
    return sorted(path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml"))


def read_issues(layout: str, texts: Path) -> Iterator[Issue]:
    """The issues of a layout with their articles; `texts` holds the checkouts."""
    table = tomllib.loads((files(__package__) / "layouts" / f"{layout}.toml").read_text(encoding="utf-8"))
    for row in table["issue"]:
        common = row.pop("all", {})
        rows = [common | article for article in row.pop("articles", [])]
        pieces = row.pop("pieces", None)
        issue = Issue(layout=layout, **row)
        if pieces:
            issue.articles = _cut_pieces(issue, pieces, texts)
        else:
            issue.articles = [_compose(article, texts) for article in rows]
            issue.marker = rows[0].get("marker", "1")
            issue.place = rows[0].get("place", "bottom")
            issue.has_starred_authors = rows[0].get("has_starred_authors", False)
        yield issue


def _compose(row: Mapping[str, Any], texts: Path) -> Article:
    """An article as its row asks for it."""
    if "chapters" in row:
        chapters = [read_article(name, texts) for name in row["chapters"]]
        model = Article(row["id"], "+".join(row["chapters"]), chapters[0].lang, chapters[0].script, "")
        article = join_chapters(chapters, model)
    else:
        article = read_article(row["id"], texts)
        article = cut(article, row.get("begin", 0), row.get("letters"), row.get("notes", True))
    if "long_notes" in row:
        _lengthen_notes(article, *row["long_notes"])
    if "title" in row:
        article.title, article.subtitle = row["title"], None
        article.authors = [author_of(author) for author in row["authors"]]
        article.synthetic = [*(word for word in article.synthetic if word == "notes"), "title", "authors"]
    if "closing" in row:
        article.blocks.append(Block(row["closing"]))
    _set_authors(article, row)
    number_heads(article.blocks, row.get("labels", "none"))
    _run_in(article, row.get("run_in_from", 9))
    _add_extras(article, row)
    return article


def _lengthen_notes(article: Article, every: int, number: int) -> None:
    texts = [note.text for note in article.notes]
    for index in range(1, len(texts), every):
        others = [texts[(7 * index + 3 * turn + 1) % len(texts)] for turn in range(number)]
        article.notes[index].text = " ".join([texts[index], *others])


def _set_authors(article: Article, row: Mapping[str, Any]) -> None:
    for author in article.authors:
        starred = author.note or f"{author.affiliation}."
        author.note = starred if row.get("has_starred_authors") else ""
        if not row.get("affiliations", True):
            author.affiliation = ""
    if not row.get("subtitles", True):
        article.subtitle = None


def _run_in(article: Article, level: int) -> None:
    """Let heads from a level on begin the paragraph below them."""
    for block, below in zip(article.blocks, article.blocks[1:], strict=False):
        if block.level >= level and not below.level:
            block.runs_in, block.label = True, ""
            below.is_quote = False


def _add_extras(article: Article, row: Mapping[str, Any]) -> None:
    names = "，".join(author.name for author in article.authors)
    known = {"title": article.title, "names": names, "affiliations": "；".join(affiliations_of(article.authors))}
    article.extras.update((key, row[key].format_map(known)) for key in EXTRAS if key in row)


def _cut_pieces(issue: Issue, pieces: Mapping[str, Any], texts: Path) -> list[Article]:
    """Short items in a random order, with headlines and authors of their own."""
    lot = random.Random(issue.name)
    items = [item for name in pieces["of"] for item in _items_of(read_article(name, texts), pieces["letters"], lot)]
    lot.shuffle(items)
    for item, headline in zip(items, pieces["headlines"], strict=False):
        item.title = headline
        item.subtitle = lot.choice(pieces.get("subtitles", [""])) or None
        author = Author(lot.choice(pieces["authors"]))
        item.authors = [author] if lot.randrange(100) < WITH_AUTHOR else []
        item.synthetic = ["title", "authors"]
        if "datelines" in pieces and lot.randrange(100) < WITH_DATELINE:
            item.blocks[0].text = lot.choice(pieces["datelines"]) + item.blocks[0].text
        number_heads(item.blocks, "none")
    return items[: len(pieces["headlines"])]


def _items_of(article: Article, letters: int, lot: random.Random) -> Iterator[Article]:
    """An article in pieces of half to twice so many letters, heads before them left out, without notes."""
    begin = 0
    while begin < len(article.blocks):
        item = cut(article, begin, lot.randint(letters // 2, 2 * letters), with_notes=False)
        begin += max(1, len(item.blocks))
        while item.blocks and item.blocks[0].level:
            item.blocks.pop(0)
        for block in item.blocks:
            block.is_quote = False
        if item.blocks and re.search(r"\w", item.blocks[0].text):
            yield item
