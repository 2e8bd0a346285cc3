"""What each feature of a line at a page's edge says of its being forme work, in hundredths of a logit.

Trained on lines that others labelled (`bench/train/forme.py`).
"""

from __future__ import annotations

from collections.abc import Iterable


def score(found: Iterable[str]) -> int:
    """Hundredths of a logit that these features add."""
    return sum([WEIGHTS.get(name, 0) for name in found])


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

# What a line's form adds at most, on the first page and on others.
_OF_FORM = ("byline-ahead", "byline-ahead-of-first", "byline-itself", "imprint", "note-like", "citation", "label",
            "ends-sentence", "goes-on", "begins-lower", "capitals", "han")  # fmt: skip


def _most_of_form(*, is_first: bool) -> int:
    of_imprints = [
        weight
        for name, weight in WEIGHTS.items()
        if name.startswith("imprint-") and name.endswith("-first") == is_first
    ]
    return sum(max(0, WEIGHTS.get(name, 0)) for name in _OF_FORM) + max(0, *of_imprints)


MOST_OF_FORM = {is_first: _most_of_form(is_first=is_first) for is_first in (False, True)}
