"""Forme work at the edges of pages: how much each line there looks like a running head, foot or number.

Plain features of the line, and of the one outside of it; `forme_scores.py` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..evidence import Evidence
from .edges import Surroundings
from .forme_scores import load_network
from .gates import NEEDS
from .imprints import is_imprint, states_rights
from .numbers import Number
from .patterns import SIGNS, Table, note_label_of
from .signs import fold

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[IVX]{1,5}\.)\s+[^\W\d]")
# Words, perhaps leaders, a measure.
_ROW = re.compile(r"[^\W\d].*(?:[^\w,](?:\d+,\d+|\d+\.\d\d+)|(?:[-.…·—–] ?){2,} *\d+[.,·]\d+)")
_LABEL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S"
)
_NOTE = re.compile(r"(?:\[\d{1,3}\]|[①-⑳]|[*†‡§¶]|\d{1,3}[.)]?\s?)\s*[^\W\d]")
_TERMINAL = (".", "。", "!", "！", "?", "？", "”", "’", "…", ";", "；", ")", "）", "]", ":", "：")

_ADDRESS = re.compile(r"\bwww\.|https?://|\bISSN\b", re.IGNORECASE)
_OTHERS = ("et al.", "u. a.", "u.a.")  # of the authors in a running head
_STOPS = (".", "。", "!", "！", "?", "？", "…", ";", "；")


@lru_cache(maxsize=1024)  # asked for the same few lines again and again
def is_byline(text: str) -> bool:
    """Whether a line has the form of a byline or of an affiliation."""
    text = text[:120]
    if any(row.regex.match(text) for row in _BYLINES.rows(text)):
        return True
    folded = fold(text)
    return any(map(folded.__contains__, NEEDS["affiliation"])) and _AFFILIATION.match(text) is not None


_BYLINES = Table(row for row in SIGNS if row.name in ("by-name", "byline-han", "name", "names", "name-han"))
# The DOI of a part of an article: that of the article, and behind a point a letter or short word and a number.
_COMPONENT = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:? ?)10\.\d{4,9}/\S+\.(?:[a-z]|fig|tab|table|supp)\d{1,4}", re.IGNORECASE
)
(_CAPTION,) = [row.regex for row in SIGNS if row.name == "caption"]
(_CITATION,) = [row.regex for row in SIGNS if row.name == "journal"]
(_AFFILIATION,) = [row.regex for row in SIGNS if row.name == "affiliation"]


class Spot(NamedTuple):
    """A line that can be forme work: how far from the top (else the foot) of which page, of how many lines."""

    line: int
    depth: int
    top: bool
    page: int
    page_lines: int


class Outside(NamedTuple):
    """The line nearer to the page's edge, and what it was taken for."""

    spot: Spot
    is_forme: bool


def is_unfounded(evidence: Evidence, around: Surroundings, spot: Spot, numbers: dict[int, Number]) -> bool:
    """Whether nothing but its place speaks for a line: it comes again nowhere and repeats no title or author, no number
    and no journal's line stands there, and other pages have nothing like it.  It may be a head."""
    line, depth, top, page, _ = spot
    return (
        page > 0
        and around.repeats[around.key[line]] < 2
        and around.short_elsewhere(line, depth, top=top) == "none"
        and not any(near in numbers for near in range(line - 2, line + 3))
        and line not in around.numbers
        and around.recalls(line, page) == "nothing"
        and not around.is_shortened(around.key[line])
        and not is_imprint(evidence.lines.text[line])
    )


def not_of_title(text: str) -> bool:
    """Whether a line states rights or has an address on the web, as no title does."""
    return states_rights(text) or _ADDRESS.search(text) is not None


def is_row(text: str) -> bool:
    """Whether a line is a row of a table: words and a measure behind them (`Silver . . . 38,74`)."""
    return text[-1:].isdigit() and _ROW.fullmatch(text) is not None and not is_imprint(text)


def is_numbered(text: str) -> bool:
    """Whether a line begins as a numbered head or item does: `12. Quartz`, `b) Quartz`, `IV. Quartz`."""
    return _NUMBERED.match(text) is not None


def is_numbered_otherwise(evidence: Evidence, text: str) -> bool:
    """Whether a line with the number of a head or item comes again nowhere, as a running head would."""
    return is_numbered(text) and evidence.lines.text.count(text) < 2


def is_of_figure(text: str) -> bool:
    """Whether a line is nothing but the number of a figure or table, its DOI, or the letter of a panel."""
    if _COMPONENT.fullmatch(text):
        return True
    found = _CAPTION.match(text)
    is_number = found is not None and not any(map(str.isalnum, text[found.end() :]))
    return is_number or (len(text) == 1 and text.isascii() and text.isalpha())


def features(evidence: Evidence, around: Surroundings, spot: Spot, numbers: dict[int, Number]) -> list[str]:
    """Names of what can be said of a line; `numbers` are the page numbers of the sequence, by line."""
    return [*_of_place(evidence, around, spot, numbers), *_of_form(evidence, around, spot, numbers)]


def score_line(
    evidence: Evidence, around: Surroundings, spot: Spot, numbers: dict[int, Number], outside: Outside | None = None
) -> int:
    """Hundredths of a logit that such a line is forme work, `outside` being the line nearer to the page's edge."""
    found = around.described(spot, lambda: features(evidence, around, spot, numbers))
    if outside is None:
        return load_network().score(found)
    beyond = around.described(outside.spot, lambda: features(evidence, around, outside.spot, numbers))
    return load_network().score(found, beyond, outside_is_forme=outside.is_forme)


def _of_place(evidence: Evidence, around: Surroundings, spot: Spot, numbers: dict[int, Number]) -> list[str]:
    """What the place of the line tells, what comes again there, and what stands beside it."""
    line, depth, top, page, page_lines = spot
    key = around.key[line]
    repeats, same = min(4, around.repeats[key]), min(4, around.same_place(line, depth, top=top))
    side = "top" if top else "foot"
    share = 100 * evidence.lines.width[line] // max(1, evidence.measure)
    found = [
        f"{side}-{min(depth, 5)}",
        f"width-{min(4, share // 25)}",
        f"repeats-{repeats}/{around.size}" if len(key) > 1 else "no-letters",
        f"same-place-{same}/{around.size}" if len(key) > 1 else "no-letters-here",
    ]
    if same > 2 and around.is_usual(line, depth, page, top=top):  # which fewer cannot be
        text = evidence.lines.text[line]
        # `12 Ibid., p. 34.`, its label perhaps on the line above
        like_note = line not in numbers and (_NOTE.match(text) or _is_label_alone(evidence, line - 1, numbers))
        kind = "-note" if like_note else "-sentence" if ends_sentence(text) else ""
        if around.first.get(key) == line and not (not_of_title(text) if top else is_imprint(text)):
            found.append("on-most-pages-first")  # the title that running heads repeat, or the first of these
        else:
            found += [f"on-most-pages{kind}", f"on-most-pages{kind}-{side}"]
    if depth < 4:
        found.append(f"short-elsewhere-{min(depth, 1)}-{around.short_elsewhere(line, depth, top=top)}")
    if page == 0:
        found.append("first-page-top" if top else "first-page-foot")
    if page_lines <= 4:
        found.append("short-page")
    found += _of_numbers(evidence, around, line, page, share, repeats, numbers, top=top)
    found += _of_repetition(evidence, around, line, page, repeats, same)
    if page and repeats < 3 and share < 95 and len(key) > 1 and depth < 4:
        recalled = around.recalls(line, page)
        found.append(f"recalls-{recalled}-{'above' if repeats > 1 else side}-{min(depth, 2)}")
    found += _of_neighbours(evidence, line, depth, share, repeats, numbers, top=top)
    return found


def _of_numbers(
    evidence: Evidence,
    around: Surroundings,
    line: int,
    page: int,
    share: int,
    repeats: int,
    numbers: dict[int, Number],
    *,
    top: bool,
) -> Iterable[str]:
    """What the page numbers tell: in the line, beside it, or at this edge of other pages."""
    lines, key = evidence.lines, around.key[line]
    number = around.numbers.get(line)
    yield f"form-{number.form}" if number is not None else "form-none"
    if line in numbers:
        yield "in-sequence"
    elif line - 1 in numbers or line + 1 in numbers:
        yield "beside-number"
        if repeats < 2 and not ends_sentence(lines.text[line]) and share < 90 and len(key) > 1:
            apart = _gap(evidence, line, inside=True, top=top) > evidence.usual_gaps[line]
            yield "alone-beside-number-apart" if apart else "alone-beside-number"
    elif line - 2 in numbers or line + 2 in numbers:
        yield "near-number"
    if number is None or line not in numbers:
        zone = around.zone_numbers(page, numbers, top=top)
        yield f"zone-{zone}"
        if repeats > 1 and around.first.get(key) == line:
            yield f"first-of-its-kind-zone-{zone}"


def _of_repetition(
    evidence: Evidence, around: Surroundings, line: int, page: int, repeats: int, same: int
) -> Iterable[str]:
    """Whether the line, or most of it, stands on other pages too."""
    text, key = evidence.lines.text[line], around.key[line]
    if repeats > 1:
        yield f"pairs-{min(4, around.pairs(line))}"
        if ends_sentence(text):
            yield f"repeats-ends-sentence-{min(same, 2)}"
        if _NOTE.match(text):
            yield f"repeats-note-like-{min(same, 2)}"
        if around.first.get(key) == line:
            yield "first-of-its-kind"
            if page == 0:
                yield "first-of-its-kind-on-first-page"
    elif len(key) > 1 and around.everywhere[key] > around.repeats[key]:
        yield "stands-elsewhere"
    if around.is_shortened(key):
        yield "shortened-head"


def _of_neighbours(
    evidence: Evidence, line: int, depth: int, share: int, repeats: int, numbers: dict[int, Number], *, top: bool
) -> Iterable[str]:
    """How the line stands to those beside it."""
    lines = evidence.lines
    text, size, inner = lines.text[line], len(lines), line + 1 if top else line - 1
    if _gap(evidence, line, inside=True, top=top) > evidence.usual_gaps[line]:
        yield "apart"
    elif evidence.usual_gaps[line] == 0:
        yield "close"
    if depth and _gap(evidence, line, inside=False, top=top) > evidence.usual_gaps[line]:
        yield "apart-outside"
    if 0 <= inner < size:
        if top and lines.text[inner][0].islower() and not text[0].islower():
            yield "text-goes-on-behind"
        if lines.width[inner] * 20 > evidence.measure * 17:
            yield "beside-full-line"
    if top and line and not lines.text[line - 1].endswith(_TERMINAL) and line - 1 not in numbers:
        yield "text-open-before"
        if line + 1 in numbers and repeats < 2 and share < 75 and not text[0].islower():
            yield "breaks-open-text-beside-number"


def _of_form(evidence: Evidence, around: Surroundings, spot: Spot, numbers: dict[int, Number]) -> Iterable[str]:
    """What the line looks like by itself, and whether a byline stands below it."""
    line, depth, top, page, _ = spot
    text, key = evidence.lines.text[line], around.key[line]
    if top and any(map(is_byline, evidence.lines.text[line + 1 : line + 4])):
        yield "byline-ahead"
        if around.first.get(key) == line or around.repeats[key] < 2:
            yield "byline-ahead-of-first"
    if is_byline(text):
        yield "byline-itself"
    if is_imprint(text):
        yield "imprint"
        yield f"imprint-{'top' if top else 'foot'}-{min(depth, 2)}-{'first' if page == 0 else 'later'}"
    if _NOTE.match(text):
        yield "note-like"
    if ":" in text and _CITATION.match(text):
        yield "citation"
    if _LABEL.match(text) and line not in numbers:
        yield "label"
    if _CAPTION.match(text):
        yield "caption"
    if ends_sentence(text):
        yield "ends-sentence"
    if text[-1] in "-\u00ad\ufffe¬,，、":
        yield "goes-on"
    if text[0].islower():
        yield "begins-lower"
    if text.isupper() and len(key) > 3:
        yield "capitals"
    if evidence.lines.han[line]:
        yield "han"


def _is_label_alone(evidence: Evidence, line: int, numbers: dict[int, Number]) -> bool:
    """Whether a line is nothing but the label of a note."""
    text = evidence.lines.text[line] if line >= 0 else ""
    return bool(text) and line not in numbers and note_label_of(text)[1] == text


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence, and not a list of authors."""
    return text.endswith(_STOPS) and not text.endswith(_OTHERS)


def _gap(evidence: Evidence, line: int, *, inside: bool, top: bool) -> int:
    """Blank lines between a line and its neighbour on the inside or outside of the page."""
    behind = line + 1 if inside == top else line
    return evidence.lines.gap[behind] if 0 < behind < len(evidence.lines) else 0
