"""Papers of a journal that publishes its own JATS beside every PDF (openjournals/jose-papers)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from lxml import etree

from .article import Article, Author
from .conferences import LEAST, QUARTERS
from .drafting import Draft, mark, tidy
from .xml import find, read_root, text_of

REPOSITORY = "jose-papers"
_UNSETTABLE = {
    "inline-formula",
    "disp-formula",
    "table-wrap",
    "preformat",
    "tex-math",
}  # a paragraph with one is left out
_SET_APART = ("fig", "list", "disp-quote", "graphic", "table-wrap")


def papers_of_journal(folder: Path, quarters: Collection[int]) -> Iterator[tuple[str, Article, Path]]:
    """The papers of some quarters, each with its number and its PDF; `folder` is the checkout."""
    for number, path in enumerate(sorted(path for path in folder.rglob("*.jats") if path.is_file())):
        top = path.parent.parent if path.parent.suffix == ".jats" else path.parent
        pdfs = list(top.rglob("10.*.pdf"))
        if number % QUARTERS in quarters and len(pdfs) == 1:
            paper = _read(path)
            if paper.size >= LEAST:
                yield f"{number:03}", paper, pdfs[0]


def _read(path: Path) -> Article:
    """A paper; its first section, where that is a summary, is its abstract and left out."""
    root = read_root(path)
    meta, body = find(root, ".//article-meta"), find(root, "body")
    article = Article(path.stem, REPOSITORY, "en", "Latn", text_of(meta.find(".//article-title")))
    article.authors = list(_authors_of(meta))
    first = body[0] if len(body) else None
    if first is not None and text_of(first.find("title")).lower() == "summary":
        body.remove(first)
    draft = Draft(article)
    _add(draft, body, 0, {str(note.get("id")): text_of(note) for note in root.iter("fn")})
    draft.close()
    return article


def _authors_of(meta: etree._Element) -> Iterator[Author]:
    """The authors with all their affiliations."""
    affiliations = {place.get("id"): text_of(place) for place in meta.iter("aff")}
    for person in meta.iter("contrib"):
        if person.find("name") is not None:
            links = [link for link in person.iter("xref") if link.get("ref-type") == "aff"]
            known = [affiliations.get(key, "") for link in links for key in (link.get("rid") or "").split()]
            name = f"{text_of(person.find('.//given-names'))} {text_of(person.find('.//surname'))}"
            yield Author(tidy(name), ", ".join(filter(None, known)))


def _add(draft: Draft, part: etree._Element, level: int, notes: Mapping[str, str]) -> None:
    for child in part:
        if child.tag == "sec":
            title = child.find("title")
            if title is not None and text_of(title):
                draft.add_head(_flatten(title), level + 1, notes)
            _add(draft, child, level + 1, notes)
        elif child.tag == "p":
            _add_paragraph(draft, child, notes)
            for inner in child:
                if inner.tag in ("list", "disp-quote"):
                    _add_parts(draft, inner, notes)
        elif child.tag in ("list", "disp-quote"):
            _add_parts(draft, child, notes)


def _add_parts(draft: Draft, part: etree._Element, notes: Mapping[str, str]) -> None:
    """The items of a list, or the paragraphs of a quotation."""
    for number, paragraph in enumerate(part.iter("p"), 1):
        sign = "" if part.tag == "disp-quote" else f"{number}. " if part.get("list-type") == "order" else "• "
        _add_paragraph(draft, paragraph, notes, sign)


def _add_paragraph(draft: Draft, paragraph: etree._Element, notes: Mapping[str, str], sign: str = "") -> None:
    if text_of(paragraph) and not any(element.tag in _UNSETTABLE for element in paragraph.iter()):
        draft.add_paragraph(sign + _flatten(paragraph), notes)


def _flatten(element: etree._Element) -> str:
    """The text of an element with marks of its notes, without what is set apart."""
    text = element.text or ""
    for child in element:
        if child.tag == "xref" and child.get("ref-type") == "fn":
            text = text.rstrip() + mark(str(child.get("rid")))
        elif isinstance(child.tag, str) and child.tag not in _SET_APART:
            text += _flatten(child)
        text += child.tail or ""
    return text
