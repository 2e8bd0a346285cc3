"""Setting an issue with Typst.

What a word is (text, head, note, forme work) is said by its colour, a blue hardly darker than black, from which
the truth is read afterwards (`colours.py`).
"""

from __future__ import annotations

import json
import re
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

import pikepdf  # type: ignore[import-untyped, import-not-found, unused-ignore]
import typst  # type: ignore[import-untyped, import-not-found, unused-ignore]

from .article import Article, Author
from .issues import Issue

_SOFT_HYPHEN = re.compile(rb"(<[0-9A-Fa-f]{2,4}>[ \t]*)<00[aA][dD]>")  # in a table from glyphs to characters
_FONTS = ("/Length1", "/Length2")


class MissingFont(Exception):
    """A font of a layout is not installed."""


class CannotBeSet(Exception):
    """The pages of an issue have no room for something in it."""


def set_issue(issue: Issue, catch_words: list[str] | None = None) -> bytes:
    """The PDF of an issue; hyphens at line ends are soft ones.

    Raises MissingFont and CannotBeSet.
    """
    document = json.dumps(_document(issue, catch_words or []), ensure_ascii=False)
    with as_file(files(__package__) / "layouts") as folder:
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(folder / f"{issue.layout}.typ"), root=str(folder), sys_inputs={"document": document}, pdf_tags=False
            )
        except typst.TypstError as error:
            raise CannotBeSet(f"cannot be set: {error}") from error
    missing = sorted({warning.message for warning in warnings if "unknown font" in warning.message})
    if missing:
        raise MissingFont(f"{issue.layout}: {'; '.join(missing)}")
    return bytes(pdf)


def _document(issue: Issue, catch_words: list[str]) -> dict[str, Any]:
    """What the layouts read: the issue's values and its articles."""
    return {
        "kind": issue.kind,
        "lang": issue.lang,
        "journal": issue.journal,
        "issue": issue.issue,
        "first": issue.first,
        "front_pages": issue.front_pages,
        "catch_words": catch_words,
        **issue.page,
        "articles": [_article(article) for article in issue.articles],
    }


def _article(article: Article) -> dict[str, Any]:
    row: dict[str, Any] = {"title": article.title, "lang": article.lang, **article.extras}
    if article.subtitle:
        row["subtitle"] = article.subtitle
    row["authors"] = [_author(author) for author in article.authors]
    row["notes"] = [note.text for note in article.notes]
    row["blocks"] = [
        {
            "level": block.level,
            "runs_in": block.runs_in,
            "printed": block.printed,
            "label": block.label,
            "text": block.text,
            "is_quote": block.is_quote,
            "parts": _parts(article, index),
        }
        for index, block in enumerate(article.blocks)
    ]
    return row


def _author(author: Author) -> dict[str, str]:
    row = {"name": author.name, "affiliation": author.affiliation, "note": author.note, "mail": author.mail}
    return {key: value for key, value in row.items() if value}


def _parts(article: Article, index: int) -> list[str | int]:
    """A block as runs of text and the indexes of the notes between them."""
    block = article.blocks[index]
    parts: list[str | int] = []
    at = 0
    for number, note in sorted(article.notes_of(index), key=lambda row: (row[1].offset, row[0])):
        offset = note.offset + len(block.label)
        if offset > at:
            parts.append(block.printed[at:offset])
        parts.append(number)
        at = offset
    if at < len(block.printed):
        parts.append(block.printed[at:])
    return parts


def harden_hyphens(pdf: bytes) -> bytes:
    """The PDF with hyphens at line ends as ordinary ones, as most typesetting programs write them."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for part in document.objects:
            if isinstance(part, pikepdf.Stream) and not _is_font_or_image(part):
                _harden(part)
        written = BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _is_font_or_image(part: pikepdf.Stream) -> bool:
    if part.get("/Subtype") in ("/Image", "/CIDFontType0C", "/OpenType", "/Type1C"):
        return True
    return any(key in part for key in _FONTS)


def _harden(part: pikepdf.Stream) -> None:
    before = part.read_bytes()
    after = before
    if b"beginbfchar" in before or b"beginbfrange" in before:
        after = _SOFT_HYPHEN.sub(rb"\1<002D>", before)
    after = after.replace(b"\xfe\xff\x00\xad", b"\xfe\xff\x00\x2d")
    after = re.sub(rb"(?i)<FEFF00AD>", b"<FEFF002D>", after)
    if after != before:
        part.write(after)
