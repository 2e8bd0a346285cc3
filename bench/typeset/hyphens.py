"""The hyphens that end lines of a raw text, and what is to become of each: join the word, or keep the hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .article import Article
from .following import Followed

JOIN, KEEP = "join", "keep"

_AT_LINE_END = re.compile(
    r"(\S+?)(?:[-\u00ad\ufffe\u00ac\u2010](?=[ \t]*\n|[ \t]{2,}\S|[ \t]*$)|[\ufffe\u00ad\u00ac])[ \t]*\n?\s*(\S*)"
)
_SOFT = re.compile("[\ufffe\u00ad\u00ac]")
AT_PAGE_END = 300  # characters before the end of a page, where the rest of a word may stand on the next


@dataclass(frozen=True, slots=True)
class LineEndHyphen:
    """A hyphen; `offset` counts in the block's printed text, `letter` in the whole issue without blanks."""

    decision: str
    article: int
    block: int
    offset: int
    before: str
    after: str
    page: int
    letter: int


def find_line_end_hyphens(
    followed: Followed, articles: Sequence[Article], pages: Sequence[str], is_loose: bool
) -> list[LineEndHyphen]:
    """The hyphens of a raw text, page by page, in the order of the text.

    is_loose   what follows a hyphen may stand elsewhere, as in columns side by side
    """
    known = [*_cuts(followed, articles), *_hard_hyphens(followed, articles)]
    by_page: dict[int, list[LineEndHyphen]] = {}
    for hyphen in sorted(known, key=lambda hyphen: hyphen.letter):
        by_page.setdefault(hyphen.page, []).append(hyphen)
    found: list[LineEndHyphen] = []
    for number, page in enumerate(pages):
        left = by_page.get(number, [])
        for at in _AT_LINE_END.finditer(page):
            is_free = is_loose or at.end(1) >= len(page.rstrip()) - AT_PAGE_END
            best = _best(left, _SOFT.split(at.group(1))[-1], at.group(2), is_free)
            if best is not None:
                found.append(left.pop(best))
    return sorted(found, key=lambda hyphen: hyphen.letter)


def _cuts(followed: Followed, articles: Sequence[Article]) -> list[LineEndHyphen]:
    return [
        _hyphen(JOIN, followed, articles, letter, page)
        for letter, page in followed.cuts
        if 0 < letter < len(followed.letters)
    ]


def _hard_hyphens(followed: Followed, articles: Sequence[Article]) -> list[LineEndHyphen]:
    """Hyphens of the text within words: a line may end behind each."""
    found = []
    for letter, character in enumerate(followed.letters):
        page = followed.pages[letter]
        if character == "-" and page is not None:
            hyphen = _hyphen(KEEP, followed, articles, letter, page)
            if hyphen.before and hyphen.after:
                found.append(hyphen)
    return found


def _hyphen(decision: str, followed: Followed, articles: Sequence[Article], letter: int, page: int) -> LineEndHyphen:
    place = followed.places[letter]
    text = articles[place.article].blocks[place.block].printed
    behind = place.offset + (decision == KEEP)
    before = text[: place.offset].split(" ")[-1]
    after = text[behind:].split(" ")[0]
    return LineEndHyphen(decision, place.article, place.block, place.offset, before, after, page, letter)


def _best(left: Sequence[LineEndHyphen], before: str, after: str, is_free: bool) -> int | None:
    """The index of the hyphen that best fits what stands before and after it in the raw text."""
    best: tuple[tuple[bool, bool], int] | None = None
    for index, hyphen in enumerate(left):
        if not before or not (hyphen.before.endswith(before) or before.endswith(hyphen.before)):
            continue
        begin = re.sub(r"\W.*", "", hyphen.after)[:3] or hyphen.after[:2]
        goes_on = not after or after.startswith(begin)
        if not goes_on and min(len(before), len(hyphen.before)) < 2:
            continue
        score = (goes_on, hyphen.before == before)
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best and (best[0][0] or is_free) else None
