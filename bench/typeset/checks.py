"""A truth compared with its raw text: what the one says and the other does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_LEFT_OUT = re.compile(r"[\s\x02\ufffe\u00ad\u00ac-]+")
_LEADERS = re.compile(r"[.…\s]{3,}\d*\s*$")
BEGIN = 14  # letters of a page's first words
NOTE_BEGIN = 25


def find_faults(truth: dict[str, Any], raw: str) -> list[str]:
    """What is missing in a raw text, each with what it is.  Texts from OCR have faults of their own,
    and so has -layout where columns stand side by side.
    """
    pages = raw.split("\f") if truth["page_mark"] == "ff" else None
    squeezed = _squeeze(raw)
    faults = [*_check_pages(truth, pages, squeezed), *_check_hyphens(truth)]
    folded = squeezed.casefold()
    for article in truth["articles"]:
        faults += [f"{kind} {text}" for kind, text in _texts_of(article) if _squeeze(text).casefold() not in folded]
        for note in article["notes"]:
            if _squeeze(note["text"])[:NOTE_BEGIN] not in squeezed:
                faults.append(f"note {note['text'][:NOTE_BEGIN]}")
    for line in truth["front_lines"]:
        if _squeeze(_LEADERS.sub("", line)) not in squeezed:
            faults.append(f"front line {line}")
    return faults


def _squeeze(text: str) -> str:
    return _LEFT_OUT.sub("", text)


def _texts_of(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "title", article["title"]
    for author in article["authors"]:
        yield from author.items()


def _check_pages(truth: dict[str, Any], pages: list[str] | None, squeezed: str) -> Iterator[str]:
    for page in truth["pages"]:
        shown = _squeeze(pages[page["index"] - 1]) if pages else squeezed
        for text in page["printed"]:
            if _squeeze(text) not in shown:
                yield f"forme work of page {page['label']}: {text}"
        if "start" not in page:
            continue
        start = page["start"]
        block = truth["articles"][start["article"]]["blocks"][start["block"]]
        calls = [ref["offset"] for ref in block["note_refs"] if ref["offset"] > start["offset"]]
        begin = _squeeze(block["text"][start["offset"] : min([start["offset"] + 40, *calls])])[:BEGIN]
        if begin not in shown:
            yield f"start of page {page['label']}: {begin}"


def _check_hyphens(truth: dict[str, Any]) -> Iterator[str]:
    for hyphen in truth["line_end_hyphens"]:
        text, offset = truth["articles"][hyphen["article"]]["blocks"][hyphen["block"]]["text"], hyphen["offset"]
        behind = offset + (hyphen["decision"] == "keep")
        fits = text[:offset].endswith(hyphen["before"][-2:]) and text[behind:].startswith(hyphen["after"][:2])
        if not fits or (hyphen["decision"] == "keep" and text[offset] != "-"):
            yield f"hyphen {hyphen['before']}|{hyphen['after']}"
