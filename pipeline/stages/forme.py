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
from .patterns import SIGNS, able_to_begin
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

_STOPS = (".", "。", "!", "！", "?", "？", "…", ";", "；")


def is_imprint(text: str) -> bool:
    """Whether a line names a volume, an issue, a date or an address of the journal's."""
    return any(map(fold(text).__contains__, _OF_IMPRINTS)) and IMPRINT.search(text) is not None


@lru_cache(maxsize=1024)  # asked for the same few lines again and again
def is_byline(text: str) -> bool:
    """Whether a line has the form of a byline or of an affiliation."""
    text = text[:120]
    if any(pattern.match(text) for pattern in _able_to_begin(text[:1])):
        return True
    folded = fold(text)
    return any(map(folded.__contains__, NEEDS["affiliation"])) and _AFFILIATION.match(text) is not None


_BYLINES = {"by-name", "byline-han", "name", "names", "name-han"}
(_AFFILIATION,) = [row.regex for row in SIGNS if row.name == "affiliation"]


@lru_cache(maxsize=1 << 16)
def _able_to_begin(first: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of bylines that a line with this first character can match."""
    return tuple(row.regex for row in able_to_begin("SIGNS", first) if row.name in _BYLINES)


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
        if repeats < 2 and not lines.text[line].endswith(_STOPS) and share < 90 and len(key) > 1:
            apart = _gap(evidence, line, inside=True, top=top) > evidence.usual_gap
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
        if text.endswith(_STOPS):
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
    if text.endswith(_STOPS):
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
    if top and any(is_byline(lines.text[other]) for other in range(line + 1, min(size, line + 4))):
        yield "byline-ahead"
        if around.first.get(around.key[line]) == line or repeats < 2:
            yield "byline-ahead-of-first"
    if _gap(evidence, line, inside=True, top=top) > evidence.usual_gap:
        yield "apart"
    elif evidence.usual_gap == 0:
        yield "close"
    if depth and _gap(evidence, line, inside=False, top=top) > evidence.usual_gap:
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


def _gap(evidence: Evidence, line: int, *, inside: bool, top: bool) -> int:
    """Blank lines between a line and its neighbour on the inside or outside of the page."""
    behind = line + 1 if inside == top else line
    return evidence.lines.gap[behind] if 0 < behind < len(evidence.lines) else 0


def score(found: Sequence[str]) -> int:
    """Hundredths of a logit that a line with these features is forme work."""
    return sum(WEIGHTS.get(name, 0) for name in found) + WEIGHTS["bias"]


def certainty_of(value: int) -> int:
    """Per cent for a score, by a small table of the logistic curve."""
    return next((certainty for least, certainty in _CURVE if abs(value) >= least), 50)


_CURVE = ((460, 99), (350, 97), (294, 95), (220, 90), (139, 80), (85, 70), (41, 60))
WEIGHTS: dict[str, int] = {
    "alone-beside-number": 291,
    "alone-beside-number-apart": 198,
    "apart": 48,
    "apart-outside": -43,
    "begins-lower": 24,
    "beside-full-line": 39,
    "beside-number": -30,
    "bias": 254,
    "breaks-open-text-beside-number": 221,
    "byline-ahead": -98,
    "byline-ahead-of-first": 11,
    "byline-itself": 85,
    "capitals": -143,
    "close": -123,
    "ends-sentence": -96,
    "first-of-its-kind": -189,
    "first-of-its-kind-on-first-page": -35,
    "first-of-its-kind-zone-has-as-usual": 166,
    "first-of-its-kind-zone-has-unlike-others": 100,
    "first-of-its-kind-zone-lacks-as-usual": -29,
    "first-of-its-kind-zone-lacks-unlike-others": -279,
    "first-page-foot": -47,
    "first-page-top": -81,
    "foot-0": -115,
    "foot-1": -248,
    "foot-2": -73,
    "foot-3": 151,
    "foot-4": 164,
    "foot-5": 187,
    "form-bare": -133,
    "form-before": 67,
    "form-behind": -110,
    "form-bracketed": -153,
    "form-dashed": 135,
    "form-dotted": 88,
    "form-leaf": 30,
    "form-none": -43,
    "form-page": 129,
    "form-ratio": 13,
    "form-roman": -21,
    "goes-on": -129,
    "han": -57,
    "imprint": 116,
    "imprint-foot-0-later": -19,
    "imprint-foot-1-first": 80,
    "imprint-foot-1-later": -29,
    "imprint-foot-2-first": 22,
    "imprint-foot-2-later": -232,
    "imprint-top-0-first": 319,
    "imprint-top-0-later": 9,
    "imprint-top-1-first": -103,
    "imprint-top-1-later": 32,
    "imprint-top-2-first": 101,
    "imprint-top-2-later": -62,
    "in-sequence": 308,
    "label": -54,
    "near-number": -80,
    "no-letters": -32,
    "no-letters-here": -32,
    "note-like": -168,
    "repeats-1/few": -251,
    "repeats-1/many": -398,
    "repeats-1/some": -323,
    "repeats-2/few": 153,
    "repeats-2/many": 65,
    "repeats-2/some": 87,
    "repeats-3/few": 80,
    "repeats-3/many": 90,
    "repeats-3/some": 60,
    "repeats-4/few": 193,
    "repeats-4/many": 128,
    "repeats-4/some": 149,
    "repeats-ends-sentence-1": -163,
    "repeats-ends-sentence-2": -20,
    "repeats-note-like-1": 14,
    "repeats-note-like-2": -107,
    "same-place-1/few": -84,
    "same-place-1/many": -201,
    "same-place-1/some": -209,
    "same-place-2/few": 89,
    "same-place-2/many": -108,
    "same-place-2/some": -26,
    "same-place-3/few": 54,
    "same-place-3/many": 82,
    "same-place-3/some": 71,
    "same-place-4/few": 115,
    "same-place-4/many": 113,
    "same-place-4/some": 137,
    "short-page": 81,
    "shortened-head": 18,
    "stands-elsewhere": 160,
    "text-goes-on-behind": 82,
    "text-open-before": -129,
    "top-0": 100,
    "top-1": -18,
    "top-2": -85,
    "top-3": -74,
    "top-4": -115,
    "top-5": 126,
    "width-0": 80,
    "width-1": 55,
    "width-2": -27,
    "width-3": -74,
    "width-4": -34,
    "zone-has-as-usual": -76,
    "zone-has-unlike-others": -64,
    "zone-lacks-as-usual": -70,
    "zone-lacks-unlike-others": -99,
}
