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
from .patterns import SIGNS, Table, note_label_of
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
(_CITATION,) = [row.regex for row in SIGNS if row.name == "journal"]
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
        # `12 Ibid., p. 34.`, its label perhaps on the line above
        like_note = line not in numbers and (_NOTE.match(text) or _is_label_alone(evidence, line - 1, numbers))
        kind = "-note" if like_note else "-sentence" if ends_sentence(text) else ""
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
    if _CITATION.match(text):
        yield "citation"
    if _LABEL.match(text) and line not in numbers:
        yield "label"
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


def score(found: Sequence[str]) -> int:
    """Hundredths of a logit that a line with these features is forme work."""
    return sum([WEIGHTS[name] for name in found if name in WEIGHTS]) + WEIGHTS["bias"]


def certainty_of(value: int) -> int:
    """Per cent for a score, by a small table of the logistic curve."""
    return next((certainty for least, certainty in _CURVE if abs(value) >= least), 50)


_CURVE = ((460, 99), (350, 97), (294, 95), (220, 90), (139, 80), (85, 70), (41, 60))
WEIGHTS: dict[str, int] = {
    "alone-beside-number": 103,
    "alone-beside-number-apart": 110,
    "apart": -64,
    "apart-outside": 74,
    "begins-lower": -47,
    "beside-full-line": 49,
    "beside-number": 31,
    "bias": -26,
    "breaks-open-text-beside-number": -63,
    "byline-ahead": -84,
    "byline-ahead-of-first": 35,
    "byline-itself": 66,
    "capitals": -134,
    "citation": -213,
    "close": -113,
    "ends-sentence": -308,
    "first-of-its-kind": -209,
    "first-of-its-kind-on-first-page": 24,
    "first-of-its-kind-zone-has-as-usual": 185,
    "first-of-its-kind-zone-has-unlike-others": 83,
    "first-of-its-kind-zone-lacks-as-usual": 161,
    "first-of-its-kind-zone-lacks-unlike-others": -134,
    "first-page-foot": 118,
    "first-page-top": -88,
    "foot-0": 24,
    "foot-1": -144,
    "foot-2": -25,
    "foot-3": -65,
    "foot-4": 70,
    "foot-5": 67,
    "form-article": -72,
    "form-bare": -269,
    "form-before": 97,
    "form-behind": -240,
    "form-bracketed": -156,
    "form-dashed": 97,
    "form-dotted": 97,
    "form-leaf": 27,
    "form-none": -137,
    "form-page": 50,
    "form-ratio": 15,
    "form-roman": 491,
    "goes-on": -112,
    "han": 6,
    "imprint": 224,
    "imprint-foot-0-first": 39,
    "imprint-foot-0-later": 20,
    "imprint-foot-1-first": -84,
    "imprint-foot-1-later": 58,
    "imprint-foot-2-first": -26,
    "imprint-foot-2-later": -173,
    "imprint-top-0-first": 415,
    "imprint-top-0-later": -34,
    "imprint-top-1-first": -116,
    "imprint-top-1-later": -72,
    "imprint-top-2-first": 194,
    "in-sequence": 353,
    "label": 29,
    "near-number": -208,
    "no-letters": 9,
    "no-letters-here": 9,
    "note-like": -203,
    "on-most-pages": 554,
    "on-most-pages-first": 183,
    "on-most-pages-foot": 302,
    "on-most-pages-note": 85,
    "on-most-pages-note-foot": 51,
    "on-most-pages-note-top": 33,
    "on-most-pages-sentence": 544,
    "on-most-pages-sentence-foot": 383,
    "on-most-pages-sentence-top": 161,
    "on-most-pages-top": 252,
    "pairs-0": 101,
    "pairs-1": 41,
    "pairs-2": -98,
    "pairs-3": 70,
    "pairs-4": 113,
    "repeats-1/few": -81,
    "repeats-1/many": -244,
    "repeats-1/some": -257,
    "repeats-2/few": 121,
    "repeats-2/some": 69,
    "repeats-3/few": 23,
    "repeats-3/many": 26,
    "repeats-3/some": 54,
    "repeats-4/few": 128,
    "repeats-4/many": 93,
    "repeats-4/some": 62,
    "repeats-ends-sentence-1": -35,
    "repeats-ends-sentence-2": 90,
    "repeats-note-like-1": 9,
    "repeats-note-like-2": -38,
    "same-place-1/few": -44,
    "same-place-1/many": -105,
    "same-place-1/some": -84,
    "same-place-2/few": 148,
    "same-place-2/many": 35,
    "same-place-2/some": 105,
    "same-place-3/few": 47,
    "same-place-3/many": 64,
    "same-place-3/some": -62,
    "same-place-4/few": 41,
    "same-place-4/many": -122,
    "same-place-4/some": -32,
    "short-page": 102,
    "shortened-head": 78,
    "stands-elsewhere": 152,
    "text-goes-on-behind": 105,
    "text-open-before": -6,
    "top-0": 277,
    "top-1": 136,
    "top-2": 13,
    "top-3": -121,
    "top-4": -143,
    "top-5": -90,
    "width-0": 68,
    "width-1": 37,
    "width-2": 31,
    "width-3": -116,
    "width-4": -20,
    "zone-has-as-usual": -59,
    "zone-has-unlike-others": 37,
    "zone-lacks-as-usual": -144,
    "zone-lacks-unlike-others": -187,
}
