"""The edition as plain text, as JSON, and as the paragraphs of the tables: the text that TEI has, in reading order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..edition import ArticleEdition, Division, Edition, Passage
from ..options import Metadata
from .parquet import tables_of

_INCLUDE = "{http://www.w3.org/2001/XInclude}include"


def write_text(edition: Edition) -> str:
    """Title, authors, abstracts, body and notes of every article; paragraphs parted by a blank line."""
    return "\n\n".join(part for article in _articles(edition) for part in _text_of(article) if part.strip()) + "\n"


def write_json(edition: Edition) -> str:
    """One object: the document's articles with their passages and notes, by the ids of all other outputs."""
    content = {"doc_id": edition.doc_id, "articles": [_json_of(article) for article in _articles(edition)]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_paragraphs(edition: Edition, metadata: Metadata) -> str:
    """One object a line: the rows of the table `paragraphs`, in its order and with its columns."""
    rows = tables_of(edition, metadata)["paragraphs"].to_pylist()
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def join_tei(files: dict[str, bytes]) -> bytes:
    """The TEI files of one source as one: the only article alone, otherwise the corpus with its parts inside."""
    parts = {name: data for name, data in files.items() if name != "corpus.xml"}
    if len(parts) < 2:
        return next(iter(parts.values()), b"")
    root = etree.fromstring(files["corpus.xml"])
    for include in list(root.iter(_INCLUDE)):
        part = etree.fromstring(parts[include.get("href", "")])
        part.tail = include.tail
        parent = include.getparent()
        if parent is not None:
            parent.replace(include, part)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _articles(edition: Edition) -> list[ArticleEdition]:
    return [*edition.articles, *([edition.matter] if edition.matter else [])]


def _front(article: ArticleEdition, *kinds: str) -> Iterator[Passage]:
    for kind in kinds:
        yield from article.front.get(kind, ())


def _text_of(article: ArticleEdition) -> Iterator[str]:
    yield from (passage.text for passage in _front(article, "title", "subtitle"))
    yield from (author.author.name for author in article.bylines)
    yield from (passage.text for passage in _front(article, "abstract", "keywords"))
    yield from (passage.text for passage, _ in article.passages())
    yield from (f"{' '.join(note.labels)} {note.passage.text}".strip() for note in article.notes)
    yield from (passage.text for passage in article.references)


def _json_of(article: ArticleEdition) -> dict[str, Any]:
    front = {kind: [passage.text for passage in passages] for kind, passages in article.front.items()}
    return {
        "id": article.id,
        "kind": article.article.kind,
        "lang": article.article.lang,
        "front": front,
        "authors": [
            {
                "name": author.author.name,
                "alt_name": author.author.alt_name,
                "affiliations": list(author.author.affiliations),
            }
            for author in article.bylines
        ],
        "body": [_json_passage(passage, inside) for passage, inside in article.passages()],
        "notes": [
            {
                "id": note.passage.id,
                "labels": list(note.labels),
                "text": note.passage.text,
                "refs": [{"block_id": block_id, "offset": offset} for block_id, offset in note.refs],
            }
            for note in article.notes
        ],
        "references": [{"id": passage.id, "text": passage.text} for passage in article.references],
    }


def _json_passage(passage: Passage, inside: Division | None) -> dict[str, Any]:
    level = {"level": inside.level} if inside is not None and inside.head is passage else {}
    return {"id": passage.id, "kind": passage.block.kind, **level, "text": passage.text}
