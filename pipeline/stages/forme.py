"""Forme work at the edges of pages: how much each line there looks like a running head, foot or number.

A linear score over plain features, trained on lines that others labelled (`bench/train/forme.py`): one row
a feature, so that a decision can be read off.  Scores are hundredths of a logit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..evidence import Evidence, letters_of
from .gates import NEEDS
from .numbers import Number, parse
from .patterns import SIGNS, able_to_begin
from .signs import fold

REACH = 14  # lines from a page's edge that can be forme work; inwards only while forme work goes on
_IMPRINT = re.compile(
    r"\b(?:vol|no|issn|isbn|doi|issue|copyright|rights reserved|downloaded|preprint|received|accepted|author manuscript)\b\.?"
    r"|©|https?:|www\.|第\s*[\d一二三四五六七八九十]+\s*[卷期辑輯号號]|总第|總第|\d{4}\s*年|(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S"
)
_NOTE = re.compile(r"(?:\[\d{1,3}\]|[①-⑳]|[*†‡§¶]|\d{1,3}[.)]?\s?)\s*[^\W\d]")
_TERMINAL = (".", "。", "!", "！", "?", "？", "”", "’", "…", ";", "；", ")", "）", "]", ":", "：")

_STOPS = (".", "。", "!", "！", "?", "？", "…", ";", "；")


class Surroundings:
    """What the scores need to know of the whole source: keys that come again, and where on their pages."""

    def __init__(self, evidence: Evidence, pages: Sequence[tuple[int, int]]) -> None:
        keys, lines = evidence.keys, evidence.lines
        self.key: dict[int, str] = {}
        self.repeats: Counter[str] = Counter()
        self.first: dict[str, int] = {}
        places: defaultdict[tuple[str, bool, int], int] = defaultdict(int)
        for start, end in pages:
            seen: set[str] = set()
            for line in edge_lines(start, end):
                number = parse(lines.text[line])
                key = letters_of(number.head) if number is not None and number.head else keys[line]
                self.key[line] = key
                if key and key not in seen:
                    self.repeats[key] += 1
                    seen.add(key)
                self.first.setdefault(key, line)
                if line - start < REACH:
                    places[key, True, line - start] += 1
                if end - 1 - line < REACH:
                    places[key, False, end - 1 - line] += 1
        self._places = places
        self._pages = pages
        self.size = "few" if len(pages) <= 4 else "some" if len(pages) <= 9 else "many"  # pages
        self._usual: dict[bool, bool] | None = None
        self.everywhere = evidence.key_counts
        limit = evidence.measure * 19 // 20
        self._starts = sorted(
            {"".join(keys[i : i + 4])[:60] for i in range(len(keys)) if lines.width[i] < limit or i < 40}
        )

    def zone_numbers(self, line: int, page: int, numbers: dict[int, Number], *, top: bool) -> str:
        """Whether a page number stands at this edge of the page, and whether it does on most pages."""
        if self._usual is None:
            self._usual = {
                side: sum(self._has_number(at, numbers, top=side) for at in range(len(self._pages))) * 2
                > len(self._pages)
                for side in (True, False)
            }
        here = self._has_number(page, numbers, top=top)
        return ("has" if here else "lacks") + ("-as-usual" if here == self._usual[top] else "-unlike-others")

    def _has_number(self, page: int, numbers: dict[int, Number], *, top: bool) -> bool:
        start, end = self._pages[min(page, len(self._pages) - 1)]
        zone = range(start, min(end, start + 3)) if top else range(max(start, end - 3), end)
        return any(line in numbers for line in zone)

    def same_place(self, key: str, depth: int, *, top: bool) -> int:
        """Pages on which this key stands as far from the same edge, or one line nearer or farther."""
        around = (self._places.get((key, top, other), 0) for other in (depth - 1, depth, depth + 1))
        return sum(around) if key else 0

    def is_shortened(self, key: str) -> bool:
        """Whether some other short line of the source, with those after it, goes on from this key."""
        if len(key) < 3:
            return False
        at = bisect_left(self._starts, key)
        found = [text for text in self._starts[at : at + 4] if text.startswith(key[:60])]
        return len(found) > 1


def is_imprint(text: str) -> bool:
    """Whether a line names a volume, an issue, a date or an address of the journal's."""
    return _IMPRINT.search(text) is not None


@lru_cache(maxsize=1024)  # asked for the same few lines again and again
def is_byline(text: str) -> bool:
    """Whether a line has the form of a byline or of an affiliation."""
    text = text[:120]
    if any(pattern.match(text) for pattern in _able_to_begin(text[:1])):
        return True
    folded = fold(text)
    return any(word in folded for word in NEEDS["affiliation"]) and _AFFILIATION.match(text) is not None


_BYLINES = {"by-name", "byline-han", "name", "names", "name-han"}
(_AFFILIATION,) = [row.regex for row in SIGNS if row.name == "affiliation"]


@lru_cache(maxsize=1 << 16)
def _able_to_begin(first: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of bylines that a line with this first character can match."""
    return tuple(row.regex for row in able_to_begin("SIGNS", first) if row.name in _BYLINES)


def edge_lines(start: int, end: int) -> Iterable[int]:
    """Lines of a page within reach of its edges."""
    if end - start <= 2 * REACH:
        return range(start, end)
    return [*range(start, start + REACH), *range(end - REACH, end)]


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
    lines = evidence.lines
    text, key = lines.text[line], around.key.get(line, "")
    size = len(lines)
    inner = line + 1 if top else line - 1
    outer = line - 1 if top else line + 1
    share = 100 * lines.width[line] // max(1, evidence.measure)
    gap_in = (lines.gap[inner] if top else lines.gap[line]) if 0 <= inner < size else 0
    gap_out = (lines.gap[line] if top else lines.gap[outer]) if 0 <= outer < size else 0
    number = parse(text)
    repeats = min(4, around.repeats[key])
    same = min(4, around.same_place(key, depth, top=top))
    ends = text.endswith(_STOPS)
    side = "top" if top else "foot"
    found = [
        f"{side}-{min(depth, 5)}",
        f"width-{min(4, share // 25)}",
        f"repeats-{repeats}/{around.size}" if len(key) > 1 else "no-letters",
        f"same-place-{same}/{around.size}" if len(key) > 1 else "no-letters-here",
        f"form-{number.form}" if number is not None else "form-none",
    ]
    add = found.append
    beside = [other for other in (line - 1, line + 1) if other in numbers]
    if line in numbers:
        add("in-sequence")
    elif beside:
        add("beside-number")
        if repeats < 2 and not ends and share < 90 and len(key) > 1:
            add("alone-beside-number-apart" if gap_in > evidence.usual_gap else "alone-beside-number")
    elif line - 2 in numbers or line + 2 in numbers:
        add("near-number")
    if number is None or line not in numbers:
        zone = around.zone_numbers(line, page, numbers, top=top)
        add(f"zone-{zone}")
        if repeats > 1 and around.first.get(key) == line:
            add(f"first-of-its-kind-zone-{zone}")
    if top and any(is_byline(lines.text[other]) for other in range(line + 1, min(size, line + 4))):
        add("byline-ahead")
        if around.first.get(key) == line or repeats < 2:
            add("byline-ahead-of-first")
    if is_byline(text):
        add("byline-itself")
    if repeats > 1 and ends:
        add(f"repeats-ends-sentence-{min(same, 2)}")
    if repeats > 1 and _NOTE.match(text):
        add(f"repeats-note-like-{min(same, 2)}")
    if repeats > 1 and around.first.get(key) == line:
        add("first-of-its-kind")
        if page == 0:
            add("first-of-its-kind-on-first-page")
    if len(key) > 1 and around.everywhere[key] > around.repeats[key] and around.repeats[key] < 2:
        add("stands-elsewhere")
    if around.is_shortened(key):
        add("shortened-head")
    if page == 0:
        add("first-page-top" if top else "first-page-foot")
    if page_lines <= 4:
        add("short-page")
    if gap_in > evidence.usual_gap:
        add("apart")
    elif evidence.usual_gap == 0:
        add("close")
    if gap_out > evidence.usual_gap and depth:
        add("apart-outside")
    if _IMPRINT.search(text):
        add("imprint")
        add(f"imprint-{side}-{min(depth, 2)}-{'first' if page == 0 else 'later'}")
    if _NOTE.match(text):
        add("note-like")
    if _LABEL.match(text) and line not in numbers:
        add("label")
    if ends:
        add("ends-sentence")
    if text[-1] in "-\u00ad\ufffe¬,，、":
        add("goes-on")
    if text[0].islower():
        add("begins-lower")
    if text.isupper() and len(key) > 3:
        add("capitals")
    if lines.han[line]:
        add("han")
    if 0 <= inner < size:
        if top and lines.text[inner][0].islower() and not text[0].islower():
            add("text-goes-on-behind")
        if lines.width[inner] * 20 > evidence.measure * 17:
            add("beside-full-line")
    if top and line and not lines.text[line - 1].endswith(_TERMINAL) and line - 1 not in numbers:
        add("text-open-before")
        if beside and repeats < 2 and share < 75 and not text[0].islower():
            add("breaks-open-text-beside-number")
    return found


def score(found: Sequence[str]) -> int:
    """Hundredths of a logit that a line with these features is forme work."""
    return sum(WEIGHTS.get(name, 0) for name in found) + WEIGHTS["bias"]


def certainty_of(value: int) -> int:
    """Per cent for a score, by a small table of the logistic curve."""
    return next((certainty for least, certainty in _CURVE if abs(value) >= least), 50)


_CURVE = ((460, 99), (350, 97), (294, 95), (220, 90), (139, 80), (85, 70), (41, 60))
WEIGHTS: dict[str, int] = {
    "alone-beside-number": 121,
    "alone-beside-number-apart": 313,
    "apart": 77,
    "apart-outside": 18,
    "begins-lower": 95,
    "beside-full-line": 37,
    "beside-number": -42,
    "bias": 161,
    "breaks-open-text-beside-number": 191,
    "byline-ahead": -76,
    "byline-ahead-of-first": 44,
    "byline-itself": 96,
    "capitals": -66,
    "close": -108,
    "ends-sentence": 7,
    "first-of-its-kind": -198,
    "first-of-its-kind-on-first-page": -63,
    "first-of-its-kind-zone-has-as-usual": 110,
    "first-of-its-kind-zone-has-unlike-others": 57,
    "first-of-its-kind-zone-lacks-as-usual": -57,
    "first-of-its-kind-zone-lacks-unlike-others": -310,
    "first-page-top": -135,
    "foot-0": -188,
    "foot-1": -266,
    "foot-2": -50,
    "foot-3": 131,
    "foot-4": 137,
    "foot-5": 142,
    "form-bare": -42,
    "form-before": -28,
    "form-behind": -195,
    "form-bracketed": -164,
    "form-dashed": 164,
    "form-dotted": 120,
    "form-none": 22,
    "form-page": 19,
    "form-ratio": 117,
    "form-roman": -13,
    "goes-on": -157,
    "han": 24,
    "imprint": 85,
    "imprint-foot-0-first": -8,
    "imprint-foot-0-later": -12,
    "imprint-foot-1-first": -17,
    "imprint-foot-1-later": -7,
    "imprint-foot-2-first": 7,
    "imprint-foot-2-later": -237,
    "imprint-top-0-first": 413,
    "imprint-top-0-later": -14,
    "imprint-top-1-first": -71,
    "imprint-top-1-later": 47,
    "imprint-top-2-first": 132,
    "imprint-top-2-later": -149,
    "in-sequence": 343,
    "label": -71,
    "near-number": -50,
    "no-letters": -14,
    "no-letters-here": -14,
    "note-like": -78,
    "repeats-1/few": -260,
    "repeats-1/many": -465,
    "repeats-1/some": -350,
    "repeats-2/few": 166,
    "repeats-2/many": 116,
    "repeats-2/some": 85,
    "repeats-3/few": 20,
    "repeats-3/many": 102,
    "repeats-3/some": 79,
    "repeats-4/few": 230,
    "repeats-4/many": 92,
    "repeats-4/some": 199,
    "repeats-ends-sentence-1": -272,
    "repeats-ends-sentence-2": -115,
    "repeats-note-like-1": 42,
    "repeats-note-like-2": -105,
    "same-place-1/few": -127,
    "same-place-1/many": -211,
    "same-place-1/some": -231,
    "same-place-2/few": 106,
    "same-place-2/many": -150,
    "same-place-3/few": 20,
    "same-place-3/many": 49,
    "same-place-3/some": 93,
    "same-place-4/few": 156,
    "same-place-4/many": 157,
    "same-place-4/some": 147,
    "short-page": 187,
    "shortened-head": 13,
    "stands-elsewhere": 157,
    "text-goes-on-behind": 78,
    "text-open-before": -147,
    "top-0": 76,
    "top-1": -27,
    "top-2": -26,
    "top-3": -8,
    "top-4": -56,
    "top-5": 137,
    "width-0": -13,
    "width-1": 12,
    "width-3": 22,
    "width-4": -22,
    "zone-has-as-usual": -130,
    "zone-has-unlike-others": -148,
    "zone-lacks-as-usual": -33,
    "zone-lacks-unlike-others": -32,
}
