"""The colophon at the end of a source: who edits, prints and sells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import Block, Document, Rule

IMPRINT = Rule("colophon", "kept", 85, "Who edits, prints and sells a journal: the end of an issue.")

_WORDS = re.compile(
    r"\b(?:editors?(?:-in-chief)?|editorial board|translators?|printed|printers?|publish(?:ed|ers?)|subscriptions?|"
    r"redaktion|herausgeber|druck|verlag|ISSN|ISBN)\b|[主责責]\s*[编編]|编辑部|編輯部|[印承]\s*刷|印行|出版[社者日]|定\s*[价價]|邮发|郵發|刊号|刊號",
    re.IGNORECASE,
)
_KINDS = ("title", "byline", "affiliation", "abstract", "keywords", "bibl", "head")
_OF_ARTICLE = ("bibl", "head")  # above a colophon: the references of the last article, or a head of its
LAST_LINES = 2  # of a source, that may be anything below a colophon
LONGEST = 300  # characters of a paragraph in a colophon
SHORTEST = 60  # of one whose line no word shows to belong to it
_STOPS = tuple(".。!！?？…”’")
COLOPHON = 3  # words of colophons that make one


def set_aside_colophon(document: Document, order: Sequence[Block]) -> list[Block]:
    """Short lines at the end of a source that name editors, printer, price: a colophon, and no title group."""
    start = len(order)
    while start and not _is_of_colophon(document, order[start - 1]) and len(order) - start < LAST_LINES:
        if "\n" in _text(document, order[start - 1]):
            break
        start -= 1  # of whatever kind: `All rights reserved.`
    if start and not _is_of_colophon(document, order[start - 1]):
        start = len(order)
    while start and (
        _is_of_colophon(document, order[start - 1])
        or (start > 1 and _is_line(document, order[start - 1]) and _is_of_colophon(document, order[start - 2]))
    ):
        start -= 1
    while start < len(order) and order[start].kind in _OF_ARTICLE:
        start += 1
    tail = order[start:]
    if sum(len(_WORDS.findall(_text(document, block))) for block in tail) < COLOPHON:
        return list(order)
    aside = [
        replace(block, kind="matter", type="colophon", rule=IMPRINT, certainty=IMPRINT.certainty) for block in tail
    ]
    return [*order[:start], *aside]


def _is_of_colophon(document: Document, block: Block) -> bool:
    """Whether a block can be of a colophon: by its kind, or a short paragraph that names a printer, price or editor."""
    if block.kind != "p":
        return block.kind in _KINDS
    text = _text(document, block)
    return len(text) < LONGEST and _WORDS.search(text) is not None


def _is_line(document: Document, block: Block) -> bool:
    """Whether a block is one short line, of which nothing says what it is."""
    text = _text(document, block)
    return len(text) < SHORTEST and "\n" not in text and not text.endswith(_STOPS)


def _text(document: Document, block: Block) -> str:
    return document.source.text[block.start : block.end].rstrip()
