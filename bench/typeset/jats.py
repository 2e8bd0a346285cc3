"""Articles encoded in JATS: their citations become notes that hold the works cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .article import Author
from .drafting import Draft, mark, tidy
from .xml import find, read_root, text_of

WORKS_IN_NOTE = 4  # at most

_CITED, _ENDED = "\ue020", "\ue021"  # around the id of a work within a text
_ONE = f"{_CITED}[^{_ENDED}]*{_ENDED}"
_SEVERAL = f"{_ONE}(?:\\s*[,;–—-]?\\s*(?:and\\s+)?{_ONE})*"
_CALL = re.compile(rf"\s*\[\s*{_SEVERAL}\s*\]|\s*\(\s*{_SEVERAL}\s*\)|\s*{_SEVERAL}")
_UNSETTABLE = {
    *("inline-formula", "disp-formula", "inline-graphic", "graphic", "table-wrap", "fig", "array", "preformat"),
    "tex-math",
}
_SET_APART = {
    *("list", "disp-quote", "fig", "table-wrap", "disp-formula", "boxed-text", "supplementary-material", "def-list"),
}
_SUBTITLE = re.compile(r"(.{5,60}?): (.{5,})")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its front matter, the element of its body, and its works as notes cite them, by id."""

    title: str
    subtitle: str | None
    authors: list[Author]
    body: etree._Element
    works: dict[str, str]


def read_paper(path: Path) -> Paper:
    """A paper.  Raises ValueError where it lacks its front matter or its body."""
    root = read_root(path)
    meta = find(root, ".//article-meta")
    title = text_of(meta.find(".//article-title"))
    parts = _SUBTITLE.fullmatch(title)
    works = {work.get("id", ""): _cite(work) for work in root.iter("ref")}
    head, sub = parts.groups() if parts else (title, None)
    return Paper(head, sub, list(_authors_of(meta)), find(root, "body"), works)


def _authors_of(meta: etree._Element) -> Iterator[Author]:
    """The authors, each with the first affiliation named for him."""
    affiliations = {place.get("id"): _affiliation_of(place) for place in meta.iter("aff")}
    first = next(iter(affiliations.values()), "")
    for person in meta.iter("contrib"):
        if person.get("contrib-type") == "author" and person.find("name") is not None:
            name = f"{text_of(person.find('.//given-names'))} {text_of(person.find('.//surname'))}"
            links = [link for link in person.iter("xref") if link.get("ref-type") == "aff"]
            known = [affiliations.get(key) for link in links for key in (link.get("rid") or "").split()]
            yield Author(tidy(name), next((place for place in known if place), first))


def _affiliation_of(place: etree._Element) -> str:
    parts = [text_of(child) for child in place if child.tag in ("institution", "addr-line", "country")]
    return ", ".join(part for part in parts if part) or re.sub(r"^\d+", "", text_of(place)).strip()


def _cite(work: etree._Element) -> str:
    """A work as a note cites it: authors (year). title. journal. volume: pages."""

    def first(name: str) -> str:
        return text_of(next(work.iter(name), None))

    if not (first("article-title") or first("source")):
        cited = text_of(work).lstrip("0123456789. ")
    else:
        year, volume, page, last = first("year"), first("volume"), first("fpage"), first("lpage")
        by = _names_of(work) or first("collab")
        cited = f"{by} ({year}). " if by and year else f"{by or year}. " if by or year else ""
        cited += "".join(f"{text.rstrip('.')}. " for text in (first("article-title"), first("source")) if text)
        if volume:
            pages = f"{page}–{last}" if last not in ("", page) else page
            cited += f"{volume}: {pages}." if page else f"{volume}."
    return tidy(cited.replace("<", "").replace(">", "")).rstrip(".") + "."


def _names_of(work: etree._Element) -> str:
    names = []
    for name in work.iter("name"):
        parent = name.getparent()
        if parent is None or parent.get("person-group-type", "author") == "author":
            names.append(f"{text_of(name.find('surname'))} {text_of(name.find('given-names'))}".strip())
    return ", ".join(names[:3]) + (" et al" if len(names) > 3 else "")


def add_paper(draft: Draft, paper: Paper) -> None:
    """Add the body of a paper; paragraphs with formulas or figures and empty sections are left out."""
    body = _Body(draft, paper.works)
    body.walk(paper.body, 0)
    _drop_empty_sections(draft)
    _shorten_repeated(draft)


class _Body:
    """The walk through the body, with the number of calls so far."""

    def __init__(self, draft: Draft, works: dict[str, str]) -> None:
        self._draft = draft
        self._works = works
        self._order = list(works)
        self._calls = 0

    def walk(self, element: etree._Element, level: int) -> None:
        """Add what an element holds; `level` is that of its head."""
        for child in element:
            if child.tag == "title" and text_of(child):
                self._draft.add_head(text_of(child), level)
            elif child.tag == "sec":
                self.walk(child, level + 1)
            elif child.tag == "p":
                self._add_with_parts(child)
            elif child.tag in ("disp-quote", "list"):
                self._add_part(child)

    def _add_with_parts(self, paragraph: etree._Element) -> None:
        """A paragraph, and behind it the lists and quotations within."""
        self._add(paragraph, False)
        for child in paragraph:
            if child.tag in ("disp-quote", "list"):
                self._add_part(child)

    def _add_part(self, part: etree._Element) -> None:
        for paragraph in part.iter("p"):
            self._add(paragraph, part.tag == "disp-quote")

    def _add(self, paragraph: etree._Element, is_quote: bool) -> None:
        if any(element.tag in _UNSETTABLE for element in paragraph.iter()):
            return
        notes: dict[str, str] = {}

        def keep(call: re.Match[str]) -> str:
            cited = self._works_of(call.group(0))
            if not cited:
                return ""
            self._calls += 1
            notes[str(self._calls)] = " ".join(dict.fromkeys(self._works[key] for key in cited[:WORKS_IN_NOTE]))
            return mark(str(self._calls))

        self._draft.add_paragraph(_CALL.sub(keep, _flatten(paragraph)), notes, is_quote)

    def _works_of(self, call: str) -> list[str]:
        """The ids that a call names, ranges filled up."""
        found: list[str] = []
        is_range = False
        for key, dash in re.findall(f"{_CITED}(.*?){_ENDED}|([–—-])", call):
            if dash:
                is_range = True
            elif key in self._works:
                if is_range and found:
                    found += self._order[self._order.index(found[-1]) + 1 : self._order.index(key)]
                found.append(key)
                is_range = False
        return found


def _flatten(element: etree._Element) -> str:
    """The text of a paragraph with its calls marked, without what is set apart."""
    text = element.text or ""
    for child in element:
        if child.tag == "xref" and child.get("ref-type") == "bibr":
            text += _CITED + (child.get("rid") or "").split(" ")[0] + _ENDED
        elif isinstance(child.tag, str):
            text += " " if child.tag in _SET_APART else _flatten(child)
        text += child.tail or ""
    return text


def _drop_empty_sections(draft: Draft) -> None:
    article = draft.article
    kept = []
    for index, block in enumerate(article.blocks):
        below = article.blocks[index + 1] if index + 1 < len(article.blocks) else None
        if not block.level or (below and (not below.level or below.level > block.level)):
            kept.append(index)
    article.blocks = [article.blocks[index] for index in kept]
    for note in article.notes:
        note.block = kept.index(note.block)


def _shorten_repeated(draft: Draft) -> None:
    """A note that repeats another one refers to it."""
    seen: dict[str, int] = {}
    for number, note in enumerate(draft.article.notes, 1):
        if note.text in seen:
            name = re.split(r"[,(.]", note.text)[0].strip()
            first = seen[note.text]
            note.text = f"See note {first}." if number % 3 == 1 else f"{name}, cited in note {first}."
        else:
            seen[note.text] = number
