"""The rules of `schemas/jiaokan.sch` in one pass over a tree: what a grammar cannot say.

Each function gives the id of the assert that does not hold; sentences stand in the schema.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ROOT, CORPUS, BODY, PB, FW = TEI + "TEI", TEI + "teiCorpus", TEI + "body", TEI + "pb", TEI + "fw"
REF, NOTE, BACK, LINK, TITLES = TEI + "ref", TEI + "note", TEI + "back", TEI + "link", TEI + "titleStmt"
DIV, FIGURE = TEI + "div", TEI + "figure"
FILLED = frozenset(TEI + name for name in ("p", "head", "ab", "bibl", "title", "persName"))
BLOCKS = frozenset(TEI + name for name in ("p", "head", "ab", "bibl"))
LANGUAGE = f"{TEI}teiHeader/{TEI}profileDesc/{TEI}langUsage/{TEI}language"

_ink = re.compile("[^ \t\r\n]").search


class Part(NamedTuple):
    """A file of a source and its root."""

    file: str
    root: etree._Element


class Broken(NamedTuple):
    """A rule that does not hold, with its file and line."""

    file: str
    line: int
    rule: str


class _Known(NamedTuple):
    """What a file may point to: all ids with how often they stand, the ids of notes in `back`."""

    ids: Counter[str]
    notes: frozenset[str]
    in_corpus: bool


def broken_rules(parts: Sequence[Part], corpus: Part | None) -> Iterator[Broken]:
    """Every rule that does not hold; with a corpus the parts stand in it, else each is looked at by itself."""
    if corpus is None:
        for part in parts:
            yield from _of_file(part, _know([part.root], in_corpus=False))
        return
    known = _know([corpus.root], in_corpus=True)
    for part in parts:
        yield from _of_file(part, known)
    yield from _of_corpus(corpus, parts, known)


def line_of(element: etree._Element) -> int:
    """The line an element stands in; 0 where it is not known."""
    return getattr(element, "sourceline", None) or 0


def _know(roots: Sequence[etree._Element], *, in_corpus: bool) -> _Known:
    ids: Counter[str] = Counter()
    notes: set[str] = set()
    for root in roots:
        ids.update(str(name) for name in root.xpath("//@xml:id"))  # type: ignore[union-attr]
        for back in root.iter(BACK):
            notes.update(note.get(ID, "") for note in back.iter(NOTE))
    return _Known(ids, frozenset(notes - {""}), in_corpus)


def _of_file(part: Part, known: _Known) -> Iterator[Broken]:
    article = part.root.get(ID, "")
    declared = _declared(part.root)
    for element in part.root.iter(etree.Element):
        for rule in _of_element(element, article, declared, known):
            yield Broken(part.file, line_of(element), rule)


def _of_corpus(corpus: Part, parts: Sequence[Part], known: _Known) -> Iterator[Broken]:
    declared = _declared(corpus.root)
    for child in corpus.root:
        if child.tag == ROOT:
            continue
        for element in child.iter(etree.Element):
            for rule in _of_element(element, "", declared, known):
                yield Broken(corpus.file, line_of(element), rule)
            if element.tag == LINK and not all(_pointed(element, known)):
                yield Broken(corpus.file, line_of(element), "link-target")
    names = {part.root: part.file for part in parts}
    for child in corpus.root.iterchildren(ROOT):
        place = (names.get(child, corpus.file), line_of(child))
        if child.get(ID) == "matter" and next(child.itersiblings(ROOT), None) is not None:
            yield Broken(*place, "matter-last")
        if child.get(BASE) not in (None, f"{child.get(ID)}.xml"):
            yield Broken(*place, "file-of-article")


def _of_element(element: etree._Element, article: str, declared: set[str], known: _Known) -> Iterator[str]:
    tag, name, lang = element.tag, element.get(ID), element.get(LANG)
    if name is not None:
        if known.ids[name] != 1:
            yield "id-unique"
        if tag != ROOT and not name.startswith(article + "-"):
            yield "id-of-article"
    if lang is not None and lang not in declared:
        yield "language-declared"
    check = CHECKS.get(tag)
    if check is not None:
        yield from check(element, article, known)


def _of_filled(element: etree._Element, article: str, known: _Known) -> Iterator[str]:
    if (
        not (element.text and _ink(element.text))
        and not _has_ink(element)
        and next(element.iterdescendants(REF), None) is None
    ):
        yield "not-empty"


def _of_titles(statement: etree._Element, article: str, known: _Known) -> Iterator[str]:
    types = [title.get("type") for title in statement.iterchildren(TEI + "title")]
    if None in types or types[:1] != ["main"]:
        yield "main-title-first"


def _of_note(note: etree._Element, article: str, known: _Known) -> Iterator[str]:
    placed = note.get(ID) is not None and note.get("place") is not None
    if not placed and next(note.iterancestors(BACK), None) is not None:
        yield "note-placed"


def _of_division(div: etree._Element, article: str, known: _Known) -> Iterator[str]:
    parent = div.getparent()
    if parent is None:
        return
    if parent.tag == BACK:
        if div.find(TEI + ("listBibl" if div.get("type") == "notes" else "note")) is not None:
            yield "back-kind"
        return
    named, typed = div.get(ID) is not None, div.get("type") is not None
    if parent.tag != BODY:
        if typed or not named:
            yield "section-id"
    elif not ((typed or not len(div)) if article == "matter" else (not typed and (named or not len(div)))):
        yield "division-kind"


def _of_reference(ref: etree._Element, article: str, known: _Known) -> Iterator[str]:
    target, is_marker = ref.get("target"), ref.get("type") == "note"
    if target is None:
        if not is_marker:
            yield "ref-points"
        if not _has_ink(ref):
            yield "orphan-printed"
    elif is_marker:
        yield from _of_marker(target, article, known)


def _of_marker(target: str, article: str, known: _Known) -> Iterator[str]:
    file, hash_mark, name = target.partition("#")
    if not hash_mark or len(target.split()) > 1:
        yield "marker-one-pointer"
    if name not in known.notes and (known.in_corpus or not file):
        yield "marker-target"
    if not file and not name.startswith(article + "-"):
        yield "marker-local"


def _pointed(link: etree._Element, known: _Known) -> Iterator[bool]:
    before, _, behind = link.get("target", "").partition(" ")
    for pointer in (before, behind):
        yield pointer.partition("#")[2] in known.ids


def _declared(root: etree._Element) -> set[str]:
    return {language.get("ident", "") for language in root.iterfind(LANGUAGE)}


def _has_ink(element: etree._Element) -> bool:
    return any(_ink(text) for text in element.itertext())  # type: ignore[arg-type]


def _of_break(pb: etree._Element, article: str, known: _Known) -> Iterator[str]:
    """Text, or anything but page breaks and forme work, stands before a break inside a block."""
    parent, before = pb.getparent(), pb.getprevious()
    if parent is None or parent.tag not in BLOCKS:
        return
    while before is not None:
        if before.tag not in (PB, FW) or (before.tail and _ink(before.tail)):
            return
        before = before.getprevious()
    if not (parent.text and _ink(parent.text)):
        yield "break-before-block"


def _of_body(body: etree._Element, article: str, known: _Known) -> Iterator[str]:
    if all(child.tag in (PB, FW, FIGURE) for child in body.iterchildren(etree.Element)):
        yield "body-filled"
    first = next(body.iter(PB), None)
    if first is None or next(body.iterchildren(etree.Element), None) is first:
        return
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element is first:
            yield "first-break"
            return
        text = element.text if event == "start" else element.tail
        if text and _ink(text):
            return


CHECKS: Mapping[object, Callable[[etree._Element, str, _Known], Iterator[str]]] = {
    **dict.fromkeys(FILLED, _of_filled),
    REF: _of_reference,
    PB: _of_break,
    BODY: _of_body,
    DIV: _of_division,
    NOTE: _of_note,
    TITLES: _of_titles,
}
