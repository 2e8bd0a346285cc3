"""The pages of an issue: their numbers, their forme work, and the letter each begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .colours import PAGE_NUMBER, Glyphs, forme_work
from .following import Followed, Place
from .issues import Issue
from .numbering import front_number

_NUMBER = re.compile(r"\d+|[ivxlcIVXLC]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, printed or not; all forme work; whether it stands before the articles; its first letter."""

    label: str
    number: str | None
    printed: list[str]
    is_front: bool
    start: Place | None


def find_pages(issue: Issue, pages: Sequence[Glyphs], followed: Followed) -> list[Page]:
    """The pages in order.  Pages without a printed number are counted on from the others; where no page has one, none is."""
    works = [forme_work(glyphs) for glyphs in pages]
    labels = [_label(work.get(PAGE_NUMBER, "")) for work in works]
    counted = [(index, int(label)) for index, label in enumerate(labels) if label and label.isdigit()]
    found = []
    for index, (work, label) in enumerate(zip(works, labels, strict=True)):
        if label is None and counted and index >= issue.front_pages:
            label = str(counted[0][1] + index - counted[0][0])
        start = followed.starts.get(index)
        place = followed.places[start] if start is not None else None
        printed = [text for text in work.values() if text]
        number = label or (front_number(issue.front_numbers, index + 1) if any(labels) else "")
        found.append(Page(number, work.get(PAGE_NUMBER), printed, index < issue.front_pages, place))
    return found


def _label(number: str) -> str | None:
    found = _NUMBER.search(number)
    return found.group(0) if found else None


def find_catch_words(issue: Issue, followed: Followed, number: int) -> list[str]:
    """For every page the first word of the next one, none before a new article."""
    words = []
    for page in range(1, number + 1):
        start = followed.starts.get(page)
        word = ""
        if start is not None:
            place = followed.places[start]
            if place.block or place.offset:
                text = issue.articles[place.article].blocks[place.block].printed
                word = text[place.offset :].split(" ")[0]
        words.append(word)
    return words
