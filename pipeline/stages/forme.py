"""Forme work at the edges of pages: how much each line there looks like a running head, foot or number.

A linear score over plain features, trained on lines that others labelled (`bench/train_forme.py`): one row
a feature, so that a decision can be read off.  Scores are hundredths of a logit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from ..evidence import Evidence, letters_of
from .numbers import Number, parse

REACH = 14  # lines from a page's edge that can be forme work; inwards only while forme work goes on
_IMPRINT = re.compile(
    r"\b(?:vol|no|issn|isbn|doi|issue|copyright|rights reserved|downloaded|preprint|received|accepted|author manuscript)\b\.?"
    r"|©|https?:|www\.|第\s*[\d一二三四五六七八九十]+\s*[卷期辑輯号號]|总第|總第|\d{4}\s*年|(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S")
_NOTE = re.compile(r"(?:\[\d{1,3}\]|[①-⑳]|[*†‡§¶]|\d{1,3}[.)]?\s?)\s*[^\W\d]")
_TERMINAL = (".", "。", "!", "！", "?", "？", "”", "’", "…", ";", "；", ")", "）", "]", ":", "：")


class Surroundings:
    """What the scores need to know of the whole source: keys that come again, and where on their pages."""

    def __init__(self, evidence: Evidence, pages: Sequence[tuple[int, int]]) -> None:
        keys, lines = evidence.keys, evidence.lines
        self.key: dict[int, str] = {}
        self.repeats: Counter[str] = Counter()
        self.first: dict[str, int] = {}
        places: Counter[tuple[str, bool, int]] = Counter()
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
                for top, depth in ((True, line - start), (False, end - 1 - line)):
                    if depth < REACH:
                        places[key, top, depth] += 1
        self._places = places
        self.everywhere = evidence.key_counts
        limit = evidence.measure * 19 // 20
        self._starts = sorted(
            {"".join(keys[i : i + 4])[:60] for i in range(len(keys)) if lines.width[i] < limit or i < 40}
        )

    def same_place(self, key: str, depth: int, *, top: bool) -> int:
        """Pages on which this key stands as far from the same edge, or one line nearer or farther."""
        around = (self._places[key, top, other] for other in (depth - 1, depth, depth + 1))
        return sum(around) if key else 0

    def is_shortened(self, key: str) -> bool:
        """Whether some other short line of the source, with those after it, goes on from this key."""
        if len(key) < 3:
            return False
        at = bisect_left(self._starts, key)
        found = [text for text in self._starts[at : at + 4] if text.startswith(key[:60])]
        return len(found) > 1


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
    ends = text.endswith(_TERMINAL)
    side = "top" if top else "foot"
    found = [
        f"{side}-{min(depth, 5)}",
        f"width-{min(4, share // 25)}",
        f"repeats-{repeats}" if len(key) > 1 else "no-letters",
        f"same-place-{same}" if len(key) > 1 else "no-letters-here",
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
    "alone-beside-number": 109,
    "alone-beside-number-apart": 390,
    "apart": 23,
    "apart-outside": 22,
    "begins-lower": 89,
    "beside-full-line": 27,
    "beside-number": -77,
    "bias": 10,
    "breaks-open-text-beside-number": 146,
    "capitals": 36,
    "close": -91,
    "ends-sentence": 87,
    "first-of-its-kind": -139,
    "first-of-its-kind-on-first-page": -171,
    "first-page-foot": -5,
    "first-page-top": -111,
    "foot-0": -136,
    "foot-1": -183,
    "foot-2": -22,
    "foot-3": 116,
    "foot-4": 130,
    "foot-5": 144,
    "form-bare": -30,
    "form-behind": -150,
    "form-bracketed": -202,
    "form-dashed": 156,
    "form-dotted": 113,
    "form-none": 5,
    "form-page": 16,
    "form-ratio": 106,
    "form-roman": -9,
    "goes-on": -124,
    "han": 137,
    "imprint": 139,
    "imprint-foot-0-first": -16,
    "imprint-foot-0-later": -26,
    "imprint-foot-1-later": -7,
    "imprint-foot-2-first": -14,
    "imprint-foot-2-later": -214,
    "imprint-top-0-first": 418,
    "imprint-top-0-later": 26,
    "imprint-top-1-first": -115,
    "imprint-top-1-later": 88,
    "imprint-top-2-first": 133,
    "imprint-top-2-later": -134,
    "in-sequence": 412,
    "label": -62,
    "near-number": -61,
    "no-letters": -21,
    "no-letters-here": -21,
    "note-like": -88,
    "repeats-1": -348,
    "repeats-2": 78,
    "repeats-3": 102,
    "repeats-4": 189,
    "repeats-ends-sentence-1": -110,
    "repeats-ends-sentence-2": -172,
    "repeats-note-like-1": 38,
    "repeats-note-like-2": -28,
    "same-place-1": -185,
    "same-place-2": 23,
    "same-place-3": 70,
    "same-place-4": 113,
    "short-page": 113,
    "shortened-head": -43,
    "stands-elsewhere": 115,
    "text-goes-on-behind": 35,
    "text-open-before": -91,
    "top-0": 41,
    "top-1": -36,
    "top-2": -38,
    "top-3": -36,
    "top-4": -84,
    "top-5": 104,
    "width-0": 40,
    "width-1": 11,
    "width-2": -37,
    "width-3": 25,
    "width-4": -40,
}
