"""Rows about what was found: `articles`, `sections`, `paragraphs`, `sentences`, `notes`, `alignments`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ...edition import ArticleEdition, Division, Edition, Note, Passage, Url, article_id
from ...model import Author, Link
from ...options import Metadata
from ..tei.front import guess_language, split_terms
from ..words import count_words
from .columns import HUNDREDTHS, Row
from .labels import split_label
from .sentences import sentences_of

PARAGRAPH_KINDS = ("p", "quote", "item", "caption", "table", "formula", "bibl")
CLASS_CODES = ("clc", "doc-code")


def contents_of(edition: Edition, metadata: Metadata) -> dict[str, list[Row]]:
    """The six tables of one document; the matter comes first, as article 0."""
    rows: dict[str, list[Row]] = {"articles": [], "sections": [], "paragraphs": [], "notes": []}
    for article in (*([edition.matter] if edition.matter else []), *edition.articles):
        lang = article.article.lang or metadata.language
        rows["articles"].append(_article(edition, article, lang, metadata))
        numbered = list(enumerate(article.passages(), 1))
        for seq, (passage, inside) in numbered:
            if inside is not None and inside.head is passage:
                rows["sections"].append(_section(edition.doc_id, article, seq, inside))
            else:
                rows["paragraphs"].append(_paragraph(edition.doc_id, article, seq, passage, inside, lang))
        for seq, passage in enumerate(article.references, len(numbered) + 1):
            rows["paragraphs"].append(_paragraph(edition.doc_id, article, seq, passage, None, lang))
        rows["notes"].extend(_note(edition.doc_id, article, note) for note in article.notes)
    rows["alignments"] = _alignments(edition)
    rows["sentences"] = sentences_of(rows["paragraphs"])
    return rows


def _article(edition: Edition, entry: ArticleEdition, lang: str, metadata: Metadata) -> Row:
    article, journal = entry.article, edition.document.journal
    alone = metadata if article.seq and len(edition.articles) == 1 else Metadata()
    text = "\n\n".join(passage.text for passage, _ in entry.passages())
    places = [span for name in article.blocks for span in edition.document.blocks[name].spans]
    first, last = (min(places)[0], max(places)[1] - 1) if places else (0, 0)
    return (
        entry.id, edition.doc_id, article.seq, article.kind if article.seq else "matter", lang or None, _script(lang),
        alone.title or _only(entry, "title"), _only(entry, "subtitle"),
        [{"lang": _lang(passage, lang), "text": passage.text} for passage in entry.front.get("alt-title", ())],
        [_author(author) for author in article.authors],
        [{"lang": tag, "text": "\n\n".join(texts)} for tag, texts in _by_lang(entry, "abstract", lang)],
        [{"lang": tag, "terms": list(chain.from_iterable(map(split_terms, texts)))}
         for tag, texts in _by_lang(entry, "keywords", lang)],
        alone.doi or _only(entry, "doi"), _class_codes(entry),
        metadata.journal or journal.title or None, metadata.volume or journal.volume or None,
        metadata.issue or journal.issue or None, metadata.date or journal.date or None,
        article.page_first or edition.page_at(first) or None, article.page_last or edition.page_at(last) or None,
        text, len(text), count_words(text), article.rule.id, HUNDREDTHS[article.certainty],
    )  # fmt: skip


def _author(author: Author) -> dict[str, str | None]:
    affiliation = "; ".join(author.affiliations) or None
    return {"name": author.name, "alt_name": author.alt_name or None, "affiliation": affiliation}


def _only(entry: ArticleEdition, kind: str) -> str | None:
    """The text of the first passage of a kind in the front matter."""
    return next((passage.text for passage in entry.front.get(kind, ())), None)


def _by_lang(entry: ArticleEdition, kind: str, lang: str) -> list[tuple[str | None, list[str]]]:
    found: dict[str | None, list[str]] = {}
    for passage in entry.front.get(kind, ()):
        found.setdefault(_lang(passage, lang), []).append(passage.text)
    return list(found.items())


def _class_codes(entry: ArticleEdition) -> list[dict[str, str]]:
    return [
        {"scheme": scheme, "code": code}
        for scheme in CLASS_CODES
        for passage in entry.front.get(scheme, ())
        for code in split_terms(passage.text)
    ]


def _script(lang: str) -> str | None:
    return next((subtag for subtag in lang.split("-")[1:] if subtag in ("Hans", "Hant")), None)


def _lang(passage: Passage, lang: str) -> str | None:
    """The language of a passage of the front matter: as the stages say, else by its script."""
    return passage.block.lang or guess_language(passage.text, lang) or None


def _section(doc_id: str, entry: ArticleEdition, seq: int, division: Division) -> Row:
    head, block = division.head, division.head.block
    label, title = split_label(head.text, block.n)
    return (
        head.id, entry.id, doc_id, division.parent.head.id if division.parent else None, seq, division.level, label, title,
        block.type == "run-in", block.rule.id, HUNDREDTHS[block.certainty],
    )  # fmt: skip


def _paragraph(
    doc_id: str, entry: ArticleEdition, seq: int, passage: Passage, inside: Division | None, lang: str
) -> Row:
    block = passage.block
    start, end = min(block.spans)[0], max(block.spans)[1]
    return (
        passage.id, entry.id, doc_id, inside.head.id if inside else None, seq,
        block.kind if block.kind in PARAGRAPH_KINDS else "p", block.lang or lang or None, passage.text, passage.text_source,
        passage.page_first or None, passage.page_last or None, start, end, block.rule.id, HUNDREDTHS[block.certainty],
    )  # fmt: skip


def _note(doc_id: str, entry: ArticleEdition, note: Note) -> Row:
    passage = note.passage
    return (
        passage.id, entry.id, doc_id, list(note.labels), note.place, note.type or None, passage.text, passage.text_source,
        list(dict.fromkeys(piece.target for piece in passage.content if isinstance(piece, Url))),
        [{"block_id": name, "offset": offset} for name, offset in note.refs], HUNDREDTHS[passage.block.certainty],
    )  # fmt: skip


def _alignments(edition: Edition) -> list[Row]:
    """Links with public ids, grouped: links that share an end, directly or through others, form one group."""
    articles = {public.rpartition("/")[2]: public for public in _article_ids(edition)}
    groups: dict[int, int] = {}
    rows: list[Row] = []
    for number, link in _grouped(edition.document.links):
        names = articles if link.level == "article" else edition.names
        ends = names.get(link.from_id), names.get(link.to_id)
        if None not in ends:
            group = groups.setdefault(number, len(groups) + 1)
            rows.append((f"{edition.doc_id}/g{group:04}", edition.doc_id, *ends, link.level, HUNDREDTHS[link.score]))
    return rows


def _article_ids(edition: Edition) -> list[str]:
    return [article_id(edition.doc_id, article) for article in edition.document.articles]


def _grouped(links: Sequence[Link]) -> Iterable[tuple[int, Link]]:
    """(group, link) in the order of the groups' first links."""
    group_of: dict[tuple[str, str], int] = {}
    members: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        ends = [(link.level, link.from_id), (link.level, link.to_id)]
        known = sorted({group_of[end] for end in ends if end in group_of})
        group = known[0] if known else number
        for other in known[1:]:
            members[group] += members.pop(other)
            group_of.update({end: group for end, place in group_of.items() if place == other})
        members.setdefault(group, []).append(number)
        group_of.update(dict.fromkeys(ends, group))
    return _in_order(members, links)


def _in_order(members: dict[int, list[int]], links: Sequence[Link]) -> Iterator[tuple[int, Link]]:
    for group in sorted(members):
        for number in sorted(members[group]):
            yield group, links[number]
