"""The truth about an issue: its articles, pages, notes and hyphens, as `bench/train/truth.py` reads them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .article import Article, Block, Note
from .colours import NOTE, Glyphs, front_lines, read_glyphs
from .extraction import EXTRACTORS, RESOLUTION, Extraction
from .following import HYPHENS, Followed, Place, follow
from .hyphens import LineEndHyphen
from .issues import Issue
from .numbering import BY_PAGE, marker_of
from .pages import Page, find_catch_words, find_pages
from .typesetting import harden_hyphens, set_issue

_PRINTED = ("abstract", "abstract_head", "keywords", "keywords_head", "rubric", "date")  # in the title block


@dataclass(frozen=True, slots=True)
class TypesetIssue:
    """An issue and what its PDFs show.

    soft, hard     the PDF with soft hyphens at line ends, and with ordinary ones
    notes_lost     notes whose text the PDF does not show
    """

    issue: Issue
    soft: bytes
    hard: bytes
    glyphs: list[Glyphs]
    followed: Followed
    pages: list[Page]
    notes_lost: int


def typeset(issue: Issue) -> TypesetIssue:
    """Set an issue and find its truth.  Raises Lost, MissingFont."""
    soft = set_issue(issue)
    if issue.has_catch_words:
        glyphs = read_glyphs(soft)
        soft = set_issue(issue, find_catch_words(issue, follow(issue.articles, glyphs), len(glyphs)))
    hard = harden_hyphens(soft)
    glyphs = read_glyphs(hard)
    followed = follow(issue.articles, glyphs)
    pages = find_pages(issue, glyphs, followed)
    lost = _place_notes(issue, glyphs, followed, pages)
    return TypesetIssue(issue, soft, hard, glyphs, followed, pages, lost)


def _place_notes(issue: Issue, glyphs: Sequence[Glyphs], followed: Followed, pages: Sequence[Page]) -> int:
    """Give every note its marker and the page it begins on; the number of notes not found."""
    shown = [
        (character, page)
        for page, row in enumerate(glyphs)
        for number, character in row
        if number == NOTE and not character.isspace() and character not in HYPHENS
    ]
    text = "".join(character for character, _ in shown)
    by_page: Counter[int | None] = Counter()
    reached = lost = 0
    for number, article in enumerate(issue.articles):
        for index, note in enumerate(article.notes, 1):
            bare = "".join(character for character in note.text if not character.isspace() and character not in HYPHENS)
            found = text.find(bare, reached)
            if found < 0:
                lost += 1
            else:
                reached = found + len(bare)
                note.page = pages[shown[found][1]].label
            page = _page_before(followed, number, article, note)
            by_page[page] += 1
            note.marker = marker_of(issue.marker, by_page[page] if issue.marker.endswith(BY_PAGE) else index)
    return lost


def _page_before(followed: Followed, number: int, article: Article, note: Note) -> int | None:
    """The page of the letter before a note's call."""
    offset = note.offset + len(article.blocks[note.block].label)
    at = bisect_left(
        followed.places,
        (number, note.block, offset),
        key=lambda place: (place.article, place.block, place.offset),
    )
    return next((page for page in reversed(followed.pages[:at][-20:]) if page is not None), None)


def truth_of(
    typeset: TypesetIssue, name: str, extraction: Extraction, order: float, hyphens: Sequence[LineEndHyphen]
) -> dict[str, Any]:
    """The truth of one raw text of an issue, ready to be written as JSON."""
    issue = typeset.issue
    is_ocr = extraction.extractor == "ocr"
    numbered = not (issue.page.get("has_no_numbers") and extraction.page_mark == "none")
    detail = f" {RESOLUTION}dpi {issue.ocr_languages}" if is_ocr else ""
    truth: dict[str, Any] = {
        "id": name,
        "split": "train",
        "layout": issue.layout,
        "kind": issue.kind,
        "lang": issue.lang,
        "journal": issue.journal,
        "issue": issue.issue,
        "articles": _articles_of(typeset),
        "pages": [_page_row(index, page, numbered, issue) for index, page in enumerate(typeset.pages, 1)],
        "front_lines": _front_lines_of(typeset),
        "has_notes_heading": issue.has_notes_heading,
        "check": {"body_mismatch": typeset.followed.errors, "notes_not_in_pdf": typeset.notes_lost},
        "reading_order": round(order, 4),
        "extractor": EXTRACTORS[extraction.extractor] + detail,
        "page_mark": extraction.page_mark,
        "blank_lines": extraction.has_blank_lines,
        "line_end_hyphens": [_hyphen_row(hyphen, issue) for hyphen in hyphens],
    }
    return truth | {"ocr": True} if is_ocr else truth


def _front_lines_of(typeset: TypesetIssue) -> list[str]:
    """The lines of the cover and the contents, page by page."""
    fronts = (row for row, page in zip(typeset.glyphs, typeset.pages, strict=True) if page.is_front)
    return [line for row in fronts for line in front_lines(row)]


def _page_row(index: int, page: Page, has_start: bool, issue: Issue) -> dict[str, Any]:
    row: dict[str, Any] = {
        "index": index,
        "label": page.label,
        "printed": page.printed,
        "front": page.is_front,
        "number": page.number,
    }
    if page.start and has_start:  # without sign of the page in the text there is no start to find
        start = page.start
        row["start"] = {"article": start.article, "block": start.block, "offset": _offset(start, issue)}
    return row


def _offset(place: Place, issue: Issue) -> int:
    """An offset in a block's text, its label left out."""
    return max(0, place.offset - len(issue.articles[place.article].blocks[place.block].label))


def _hyphen_row(hyphen: LineEndHyphen, issue: Issue) -> dict[str, Any]:
    place = Place(hyphen.article, hyphen.block, hyphen.offset)
    return {
        "decision": hyphen.decision,
        "where": "body",
        "article": hyphen.article,
        "block": hyphen.block,
        "offset": _offset(place, issue),
        "before": hyphen.before,
        "after": hyphen.after,
        "page_index": hyphen.page + 1,
    }


def _articles_of(typeset: TypesetIssue) -> list[dict[str, Any]]:
    first_pages: dict[tuple[int, int], int] = {}
    for place, page in zip(typeset.followed.places, typeset.followed.pages, strict=True):
        if page is not None:
            first_pages.setdefault((place.article, place.block), page)
    return [_article_row(typeset, number, first_pages) for number in range(len(typeset.issue.articles))]


def _article_row(typeset: TypesetIssue, number: int, first_pages: dict[tuple[int, int], int]) -> dict[str, Any]:
    row = article_row(typeset.issue.articles[number], number, typeset.issue.place)
    blocks: list[dict[str, Any]] = row["blocks"]
    for index, block in enumerate(blocks):
        page = first_pages.get((number, index))
        if page is not None:
            block |= {"page_index": page + 1, "page": typeset.pages[page].label}
    placed = next((block for block in blocks if "page" in block), {})
    row["star_printed"] = typeset.issue.has_starred_authors
    return row | {key: placed[key] for key in ("page_index", "page") if key in placed}


def article_row(article: Article, number: int, place: str) -> dict[str, Any]:
    """The truth of an article, whatever pages it stands on; `place` is where its notes are."""
    keys = ("name", "affiliation", "note", "mail")
    authors = [{key: getattr(author, key) for key in keys if getattr(author, key)} for author in article.authors]
    row = {
        "n": number,
        "source": article.source,
        "source_ref": article.reference,
        "synthetic": article.synthetic,
        "lang": article.lang,
        "script": article.script,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": authors,
        "blocks": [_block_row(article, number, index, block) for index, block in enumerate(article.blocks)],
        "notes": [_note_row(note, number, index, place) for index, note in enumerate(article.notes, 1)],
        "notes_head": article.extras.get("notes_head"),
        "star_printed": False,
    }
    return row | {key: article.extras[key] for key in _PRINTED if key in article.extras}


def _block_row(article: Article, number: int, index: int, block: Block) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"a{number}b{index}", "type": "heading" if block.level else "paragraph"}
    row["text"] = block.text
    if block.level:
        row |= {"level": block.level, "label": block.label, "runin": block.runs_in}
        row["printed"] = block.text if block.runs_in else block.printed
        if block.runs_in:
            row["runin_printed"] = block.printed
    elif block.is_quote:
        row["quote"] = True
    row["note_refs"] = [
        {"offset": note.offset, "note": f"a{number}n{at + 1}", "marker": note.marker}
        for at, note in article.notes_of(index)
    ]
    return row


def _note_row(note: Note, number: int, index: int, place: str) -> dict[str, Any]:
    return {
        "id": f"a{number}n{index}",
        "n": index,
        "marker": note.marker,
        "text": note.text,
        "place": place,
        "block": note.block,
        "offset": note.offset,
        "page": note.page,
    }
