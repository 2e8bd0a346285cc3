"""Forme work at the edges of pages: how much each line there looks like a running head, foot or number.

A linear score over plain features, trained on lines that others labelled (`bench/train/forme.py`): one row
a feature, so that a decision can be read off.  Scores are hundredths of a logit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..evidence import Evidence
from .edges import Surroundings
from .gates import NEEDS
from .numbers import Number
from .patterns import SIGNS, Table
from .signs import fold

IMPRINT = re.compile(
    r"\b(?:vol|no|issn|isbn|doi|issue|copyright|rights reserved|downloaded|preprint|received|accepted|author manuscript)\b\.?"
    r"|©|https?:|www\.|第\s*[\d一二三四五六七八九十]+\s*[卷期辑輯号號]|总第|總第|\d{4}\s*年|(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# One of these, in small letters, a line must hold to be tried.
_OF_IMPRINTS = (
    "vol", "no", "iss", "isbn", "doi", "copyright", "rights reserved", "downloaded", "preprint", "received", "accepted",
    "author manuscript", "©", "http", "www.", "第", "总第", "總第", "年", "19", "20",
)  # fmt: skip
_LABEL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S"
)
_NOTE = re.compile(r"(?:\[\d{1,3}\]|[①-⑳]|[*†‡§¶]|\d{1,3}[.)]?\s?)\s*[^\W\d]")
_TERMINAL = (".", "。", "!", "！", "?", "？", "”", "’", "…", ";", "；", ")", "）", "]", ":", "：")

_OTHERS = ("et al.", "u. a.", "u.a.")  # of the authors in a running head
_STOPS = (".", "。", "!", "！", "?", "？", "…", ";", "；")


@lru_cache(maxsize=1024)
def is_imprint(text: str) -> bool:
    """Whether a line names a volume, an issue, a date or an address of the journal's."""
    return any(map(fold(text).__contains__, _OF_IMPRINTS)) and IMPRINT.search(text) is not None


@lru_cache(maxsize=1024)  # asked for the same few lines again and again
def is_byline(text: str) -> bool:
    """Whether a line has the form of a byline or of an affiliation."""
    text = text[:120]
    if any(row.regex.match(text) for row in _BYLINES.rows(text)):
        return True
    folded = fold(text)
    return any(map(folded.__contains__, NEEDS["affiliation"])) and _AFFILIATION.match(text) is not None


_BYLINES = Table(row for row in SIGNS if row.name in ("by-name", "byline-han", "name", "names", "name-han"))
(_AFFILIATION,) = [row.regex for row in SIGNS if row.name == "affiliation"]


def features(
    evidence: Evidence,
    around: Surroundings,
    line: int,
    depth: int,
    *,
    top: bool,
    page: int,
    page_lines: int,
    numbers: dict[int, Number],
) -> list[str]:
    """Names of what can be said of a line at `depth` from the top or the foot of a page."""
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
    if around.is_usual(line, depth, page, top=top):
        text = evidence.lines.text[line]
        like_note = line not in numbers and _NOTE.match(text)  # `12 Ibid., p. 34.`
        kind = "-note" if like_note else "-sentence" if _ends_sentence(text) else ""
        if around.first.get(key) == line:
            found.append("on-most-pages-first")  # the title that running heads repeat, or the first of these
        else:
            found += [f"on-most-pages{kind}", f"on-most-pages{kind}-{side}"]
    if page == 0:
        found.append("first-page-top" if top else "first-page-foot")
    if page_lines <= 4:
        found.append("short-page")
    found += _of_numbers(evidence, around, line, page, share, repeats, numbers, top=top)
    found += _of_repetition(evidence, around, line, page, repeats, same)
    found += _of_form(evidence, line, page, key, f"{side}-{min(depth, 2)}", numbers)
    found += _of_neighbours(evidence, around, line, depth, share, repeats, numbers, top=top)
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
        if repeats < 2 and not _ends_sentence(lines.text[line]) and share < 90 and len(key) > 1:
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
        if _ends_sentence(text):
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


def _of_form(
    evidence: Evidence, line: int, page: int, key: str, place: str, numbers: dict[int, Number]
) -> Iterable[str]:
    """What the line looks like by itself."""
    text = evidence.lines.text[line]
    if is_byline(text):
        yield "byline-itself"
    if is_imprint(text):
        yield "imprint"
        yield f"imprint-{place}-{'first' if page == 0 else 'later'}"
    if _NOTE.match(text):
        yield "note-like"
    if _LABEL.match(text) and line not in numbers:
        yield "label"
    if _ends_sentence(text):
        yield "ends-sentence"
    if text[-1] in "-\u00ad\ufffe¬,，、":
        yield "goes-on"
    if text[0].islower():
        yield "begins-lower"
    if text.isupper() and len(key) > 3:
        yield "capitals"
    if evidence.lines.han[line]:
        yield "han"


def _of_neighbours(
    evidence: Evidence,
    around: Surroundings,
    line: int,
    depth: int,
    share: int,
    repeats: int,
    numbers: dict[int, Number],
    *,
    top: bool,
) -> Iterable[str]:
    """How the line stands to those beside it."""
    lines = evidence.lines
    text, size, inner = lines.text[line], len(lines), line + 1 if top else line - 1
    if top and any(map(is_byline, lines.text[line + 1 : line + 4])):
        yield "byline-ahead"
        if around.first.get(around.key[line]) == line or repeats < 2:
            yield "byline-ahead-of-first"
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


def _ends_sentence(text: str) -> bool:
    return text.endswith(_STOPS) and not text.endswith(_OTHERS)


def _gap(evidence: Evidence, line: int, *, inside: bool, top: bool) -> int:
    """Blank lines between a line and its neighbour on the inside or outside of the page."""
    behind = line + 1 if inside == top else line
    return evidence.lines.gap[behind] if 0 < behind < len(evidence.lines) else 0


def score(found: Sequence[str]) -> int:
    """Hundredths of a logit that a line with these features is forme work."""
    return sum([WEIGHTS[name] for name in found if name in WEIGHTS]) + WEIGHTS["bias"]


def certainty_of(value: int) -> int:
    """Per cent for a score, by a small table of the logistic curve."""
    return next((certainty for least, certainty in _CURVE if abs(value) >= least), 50)


_CURVE = ((460, 99), (350, 97), (294, 95), (220, 90), (139, 80), (85, 70), (41, 60))
WEIGHTS: dict[str, int] = {
    "alone-beside-number": 100,
    "alone-beside-number-apart": 35,
    "apart": 43,
    "apart-outside": 23,
    "begins-lower": 48,
    "beside-full-line": 52,
    "bias": -226,
    "breaks-open-text-beside-number": -26,
    "byline-ahead": -65,
    "byline-ahead-of-first": 23,
    "byline-itself": 110,
    "capitals": -96,
    "close": -86,
    "ends-sentence": -345,
    "first-of-its-kind": -47,
    "first-of-its-kind-on-first-page": -45,
    "first-of-its-kind-zone-has-as-usual": 22,
    "first-of-its-kind-zone-has-unlike-others": -48,
    "first-of-its-kind-zone-lacks-as-usual": -19,
    "first-of-its-kind-zone-lacks-unlike-others": -137,
    "first-page-foot": -33,
    "first-page-top": -124,
    "foot-0": 195,
    "foot-1": -65,
    "foot-2": -85,
    "foot-3": -54,
    "foot-4": 45,
    "foot-5": 37,
    "form-article": -51,
    "form-bare": -84,
    "form-before": 187,
    "form-behind": -83,
    "form-bracketed": -131,
    "form-dashed": 118,
    "form-dotted": 86,
    "form-leaf": 10,
    "form-none": -25,
    "form-page": 21,
    "form-ratio": -20,
    "form-roman": -29,
    "goes-on": -22,
    "han": 36,
    "imprint": 185,
    "imprint-foot-0-first": -26,
    "imprint-foot-0-later": -21,
    "imprint-foot-1-first": 42,
    "imprint-foot-1-later": 53,
    "imprint-foot-2-first": -17,
    "imprint-foot-2-later": -169,
    "imprint-top-0-first": 325,
    "imprint-top-0-later": 56,
    "imprint-top-1-first": -109,
    "imprint-top-1-later": 15,
    "imprint-top-2-first": 45,
    "imprint-top-2-later": -11,
    "in-sequence": 349,
    "label": 9,
    "near-number": -126,
    "no-letters": 19,
    "no-letters-here": 19,
    "note-like": -199,
    "on-most-pages": 431,
    "on-most-pages-foot": 243,
    "on-most-pages-note": 19,
    "on-most-pages-note-foot": -15,
    "on-most-pages-note-top": 34,
    "on-most-pages-sentence": 555,
    "on-most-pages-sentence-foot": 376,
    "on-most-pages-sentence-top": 179,
    "on-most-pages-top": 189,
    "pairs-0": 52,
    "pairs-1": 58,
    "pairs-2": -17,
    "pairs-3": -15,
    "pairs-4": 80,
    "repeats-1/few": -88,
    "repeats-1/many": -91,
    "repeats-1/some": -168,
    "repeats-2/few": 83,
    "repeats-2/many": 14,
    "repeats-2/some": 11,
    "repeats-3/many": -32,
    "repeats-3/some": -7,
    "repeats-4/few": 60,
    "repeats-4/many": 112,
    "repeats-4/some": 86,
    "repeats-ends-sentence-1": 25,
    "repeats-ends-sentence-2": 40,
    "repeats-note-like-1": 20,
    "repeats-note-like-2": 67,
    "same-place-1/few": -42,
    "same-place-1/many": -182,
    "same-place-1/some": -174,
    "same-place-2/few": 92,
    "same-place-2/many": -72,
    "same-place-2/some": -27,
    "same-place-3/many": 111,
    "same-place-3/some": 42,
    "same-place-4/many": 146,
    "same-place-4/some": 83,
    "shortened-head": 207,
    "stands-elsewhere": 68,
    "text-goes-on-behind": 131,
    "text-open-before": -40,
    "top-0": 255,
    "top-1": 80,
    "top-2": -97,
    "top-3": -164,
    "top-4": -116,
    "top-5": -32,
    "width-0": 169,
    "width-1": 56,
    "width-2": -63,
    "width-3": -150,
    "width-4": -12,
    "zone-has-as-usual": -18,
    "zone-has-unlike-others": 35,
    "zone-lacks-as-usual": -183,
    "zone-lacks-unlike-others": -184,
}
