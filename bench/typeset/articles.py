"""The public texts as articles.  `texts.tsv` says which, and how each is read."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from .article import Article
from .drafting import Draft
from .essays import add_essay
from .invented import Inventor, annotate
from .jats import add_paper, read_paper
from .markdown import add_markdown, title_of
from .tei_novels import add_novel, read_novel
from .theses import add_markdown_thesis, add_novel_as_thesis

NOTES = (5, 18)  # invented for a text without its own
LETTERS_PER_NOTE = 1700  # in a thesis
PLURAL = "⿻"  # few fonts have it
PLURAL_WORD = {"en": "plural", "zh": "多元"}
THESES = {
    "thesis-de": (
        "Erzählte Welt und bürgerliche Ordnung",
        "Untersuchungen zu Besitz, Bildung und Rede. Inaugural-Dissertation",
    ),
    "thesis-zh": ("社交媒體與意識型態", "以微信公眾號為例的政治經濟學考察"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A row of `texts.tsv`."""

    name: str
    reader: str
    lang: str
    author: str
    heads: str
    path: str


@cache
def texts() -> dict[str, Text]:
    """The table of texts by name."""
    table = (files(__package__) / "texts.tsv").read_text(encoding="utf-8")
    rows = [Text(*line.split("\t")) for line in table.split("\n") if line and not line.startswith("#")]
    return {row.name: row for row in rows}


def read_article(name: str, folder: Path) -> Article:
    """An article by its name; `folder` holds a checkout of every repository.

    Raises FileNotFoundError where the checkout lacks the text.
    """
    row = texts()[name]
    lang, _, script = row.lang.partition("-")
    article = Article(name, row.path, lang, script or "Latn", "")
    draft = Draft(article)
    source_author = _read(draft, row, folder / row.path, random.Random(name))
    draft.close()
    _invent(article, row, source_author)
    return article


def _read(draft: Draft, row: Text, path: Path, lot: random.Random) -> str:
    """Add a text to its draft with the reader of its row; the author it names, if any."""
    article = draft.article
    if row.reader in ("novel", "novel-thesis"):
        novel = read_novel(path)
        if row.reader == "novel":
            article.title = novel.title
            add_novel(draft, novel, lot, row.heads == "heads")
        else:
            add_novel_as_thesis(draft, novel, lot)
        if row.heads == "heads":
            article.synthetic.append("heads")
        author = novel.author
    elif row.reader == "jats":
        paper = read_paper(path)
        article.title, article.subtitle, article.authors = paper.title, paper.subtitle, paper.authors
        add_paper(draft, paper)
        author = ""
    elif row.reader == "markdown-thesis":
        add_markdown_thesis(draft, path)
        author = ""
    else:
        _read_plain(draft, row.reader, path.read_text(encoding="utf-8"))
        author = ""
    if row.name in THESES:
        article.title, article.subtitle = THESES[row.name]
    return author


def _read_plain(draft: Draft, reader: str, text: str) -> None:
    article = draft.article
    if reader == "essay":
        article.title = add_essay(draft, text)
        return
    text = text.replace(PLURAL, PLURAL_WORD.get(article.lang, PLURAL))
    article.title = title_of(text)
    add_markdown(draft, text)


def _invent(article: Article, row: Text, source_author: str) -> None:
    """Give an article the notes, authors and affiliations that its source lacks."""
    inventor = Inventor(article.lang, row.name, article.script == "Hant")
    is_thesis = row.reader.endswith("thesis")
    if not article.notes:
        number = max(190, article.size // LETTERS_PER_NOTE) if is_thesis else inventor.lot.randint(*NOTES)
        annotate(article, inventor, number)
        article.synthetic.insert(0, "notes")
    if article.authors:
        return
    name = source_author if row.author == "source" else row.author.strip("-")
    article.authors = inventor.draw_authors([name] if name else None, True if is_thesis else None)
    is_invented = is_thesis or not name
    article.synthetic += ["authors", "affiliations"] if is_invented else ["affiliations"]
