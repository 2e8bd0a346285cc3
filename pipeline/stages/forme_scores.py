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
    "alone-beside-number": 71,
    "alone-beside-number-apart": 124,
    "apart": 6,
    "apart-outside": 62,
    "begins-lower": -72,
    "beside-full-line": 62,
    "beside-number": 38,
    "bias": -70,
    "breaks-open-text-beside-number": -23,
    "byline-ahead": -159,
    "byline-ahead-of-first": 74,
    "byline-itself": 64,
    "capitals": -23,
    "citation": -192,
    "close": -57,
    "ends-sentence": -334,
    "first-of-its-kind": -253,
    "first-of-its-kind-on-first-page": -60,
    "first-of-its-kind-zone-has-as-usual": 167,
    "first-of-its-kind-zone-has-unlike-others": 185,
    "first-of-its-kind-zone-lacks-as-usual": 96,
    "first-of-its-kind-zone-lacks-unlike-others": -39,
    "first-page-foot": 60,
    "first-page-top": -72,
    "foot-0": 101,
    "foot-1": -107,
    "foot-2": -44,
    "foot-3": -57,
    "foot-4": 12,
    "foot-5": 50,
    "form-article": -52,
    "form-bare": -151,
    "form-before": -75,
    "form-behind": -219,
    "form-bracketed": -105,
    "form-dashed": 193,
    "form-dotted": -43,
    "form-leaf": 130,
    "form-leaf-before": 33,
    "form-leaf-behind": -260,
    "form-none": -224,
    "form-one-dash": 94,
    "form-page": 195,
    "form-page-before": 119,
    "form-page-behind": 64,
    "form-ratio": 46,
    "form-roman": 350,
    "form-signs-before": 103,
    "form-signs-behind": -200,
    "goes-on": -139,
    "han": 18,
    "imprint": 234,
    "imprint-foot-0-first": 64,
    "imprint-foot-0-later": -15,
    "imprint-foot-1-first": 28,
    "imprint-foot-1-later": 25,
    "imprint-foot-2-first": -29,
    "imprint-foot-2-later": -156,
    "imprint-top-0-first": 349,
    "imprint-top-0-later": -22,
    "imprint-top-1-first": -171,
    "imprint-top-1-later": -84,
    "imprint-top-2-first": 268,
    "imprint-top-2-later": -23,
    "in-sequence": 226,
    "label": -35,
    "near-number": -148,
    "note-like": -108,
    "on-most-pages": 485,
    "on-most-pages-first": 137,
    "on-most-pages-foot": 241,
    "on-most-pages-note": 41,
    "on-most-pages-note-top": 44,
    "on-most-pages-sentence": 509,
    "on-most-pages-sentence-foot": 338,
    "on-most-pages-sentence-top": 170,
    "on-most-pages-top": 244,
    "pairs-0": 94,
    "pairs-1": 87,
    "pairs-2": 33,
    "pairs-3": 123,
    "pairs-4": 200,
    "repeats-1/few": -116,
    "repeats-1/many": -218,
    "repeats-1/some": -193,
    "repeats-2/few": 18,
    "repeats-2/many": -27,
    "repeats-2/some": 11,
    "repeats-3/few": 119,
    "repeats-3/many": 45,
    "repeats-3/some": 81,
    "repeats-4/few": 132,
    "repeats-4/many": 101,
    "repeats-4/some": 50,
    "repeats-ends-sentence-1": -136,
    "repeats-ends-sentence-2": 109,
    "repeats-note-like-1": 145,
    "repeats-note-like-2": -57,
    "same-place-1/few": 29,
    "same-place-1/many": -71,
    "same-place-1/some": -38,
    "same-place-2/few": 147,
    "same-place-2/many": 26,
    "same-place-2/some": 84,
    "same-place-3/few": -113,
    "same-place-3/many": 43,
    "same-place-3/some": -100,
    "same-place-4/few": 90,
    "same-place-4/many": -96,
    "short-page": 29,
    "shortened-head": 107,
    "stands-elsewhere": 33,
    "text-goes-on-behind": 75,
    "text-open-before": -44,
    "top-0": 281,
    "top-1": 133,
    "top-2": 36,
    "top-3": -190,
    "top-4": -143,
    "top-5": -72,
    "width-0": 59,
    "width-1": 48,
    "width-2": 24,
    "width-3": -101,
    "width-4": -30,
    "zone-has-as-usual": -14,
    "zone-lacks-as-usual": -86,
    "zone-lacks-unlike-others": -123,
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
