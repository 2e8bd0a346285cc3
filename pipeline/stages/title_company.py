"""Further voters on title groups: what the others of the source are like, and the numbers that stand above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from ..model import Block, Document
from .mail import ADDRESS
from .numbers import value_of

_UNADDRESSED = 2  # votes that a missing address is worth where others have theirs
COMPANY = 3  # groups made alike that speak for one another
_BY = re.compile(r"(?:by|von|par)\s", re.IGNORECASE)
SHORT_PIECES = 5  # of them, an issue of short pieces, where a title alone will do
SHORT = 8000  # characters from one such piece to the next, at the most
_CERTAIN, _RATHER = 80, 74  # certainty of the label of such a title, and of one among several without authors
_COUNTED = 2  # what a number is worth that follows that of the title before, or goes before that of the next
_OF_PAGES = ("pageNum", "catch")
_NUMBERED = re.compile(r"(?:art(?:icle|ikel|\.)?|n(?:o|r|ro|°|º)\.?|stück)?\s*(\d{1,3}|[ivxlc]{1,8})\W*", re.IGNORECASE)


def count_company(document: Document, groups: Sequence[Sequence[Block]]) -> list[int]:
    """Further votes for groups by what others are like: newspapers and magazines set their articles alike.

    One title with its author below it in the middle of a page may be anything; with several such it is one more.
    Several titles of which the labelling is sure, and below which nobody is named, are half as much.
    """
    forms = [form_of(group) for group in groups]
    alike = Counter([form for form in forms if "b" in form])
    named = [group for group, form in zip(groups, forms, strict=True) if form in alike]
    pieces = max(alike.values(), default=0) if _are_short(named) else 0
    certainties = [min(block.certainty for block in group if block.kind == "title") for group in groups]
    rather = [certainty >= _RATHER and form == "t" for certainty, form in zip(certainties, forms, strict=True)]
    several = sum(rather) >= COMPANY
    votes = []
    for group, form, certainty, is_rather in zip(groups, forms, certainties, rather, strict=True):
        if form in alike:
            least = COMPANY - any(_BY.match(document.source.text, b.start) for b in group if b.kind == "byline")
            votes.append(2 * (alike[form] >= least))
        else:
            votes.append(max(4 * (certainty >= _CERTAIN and pieces >= SHORT_PIECES), 2 * (is_rather and several)))
    return votes


def count_numbers(document: Document, rubrics: Sequence[Block], groups: Sequence[Sequence[Block]]) -> list[int]:
    """Further votes for groups below numbers that count them, none of pages: articles of a journal are counted so."""
    above_titles = (b for b in (*document.blocks.values(), *rubrics) if b.kind == "fw" and b.type not in _OF_PAGES)
    ends = {block.end: block for block in above_titles}
    text = document.source.text
    values = []
    for group in groups:
        at = group[0].start
        while at and text[at - 1].isspace():
            at -= 1
        above = ends.get(at)
        number = _NUMBERED.fullmatch(text[above.start : above.end].strip()) if above else None
        values.append(value_of(number[1]) if number else 0)
    around = zip([0, *values], values, [*values[1:], 0], strict=False)
    return [_COUNTED * (value > 0 and (before + 1 == value or value + 1 == behind)) for before, value, behind in around]


def _are_short(groups: Sequence[Sequence[Block]]) -> bool:
    """Whether in half of the cases it is not far from a group to the next."""
    gaps = sorted(behind[0].start - group[0].start for group, behind in pairwise(groups))
    return bool(gaps) and gaps[len(gaps) // 2] <= SHORT


def form_of(group: Sequence[Block]) -> str:
    """The kinds of a group's blocks: t(itle), b(yline), a(ffiliation), each once for several in a row."""
    return "".join(kind for kind, _ in groupby(block.kind[0] for block in group))


def count_addresses(document: Document, groups: Sequence[Sequence[Block]]) -> list[int]:
    """The votes against groups without an electronic address where the first and most of those with a byline have one."""
    addressed = [
        any(ADDRESS.search(document.source.text, block.start, block.end) for block in group) for group in groups
    ]
    named = [
        has for has, group in zip(addressed, groups, strict=True) if any(block.kind == "byline" for block in group)
    ]
    is_usual = addressed[:1] == [True] and 2 * sum(named) >= len(named)
    return [-_UNADDRESSED * (is_usual and not has) for has in addressed]
