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
    "alone-beside-number": 49,
    "alone-beside-number-apart": 103,
    "apart": 5,
    "apart-outside": 66,
    "begins-lower": -60,
    "beside-full-line": 58,
    "beside-number": 42,
    "bias": -60,
    "breaks-open-text-beside-number": -49,
    "byline-ahead": -158,
    "byline-ahead-of-first": 80,
    "byline-itself": 66,
    "capitals": -20,
    "citation": -203,
    "close": -58,
    "ends-sentence": -325,
    "first-of-its-kind": -222,
    "first-of-its-kind-on-first-page": -108,
    "first-of-its-kind-zone-has-as-usual": 163,
    "first-of-its-kind-zone-has-unlike-others": 184,
    "first-of-its-kind-zone-lacks-as-usual": 105,
    "first-of-its-kind-zone-lacks-unlike-others": -41,
    "first-page-foot": 69,
    "first-page-top": -36,
    "foot-0": 100,
    "foot-1": -104,
    "foot-2": -45,
    "foot-3": -46,
    "foot-4": 10,
    "foot-5": 49,
    "form-article": -47,
    "form-bare": -141,
    "form-before": -79,
    "form-behind": -225,
    "form-bracketed": -97,
    "form-dashed": 201,
    "form-dotted": -34,
    "form-leaf": 126,
    "form-leaf-behind": -272,
    "form-none": -224,
    "form-one-dash": 98,
    "form-page": 191,
    "form-page-before": 122,
    "form-page-behind": 67,
    "form-ratio": 50,
    "form-roman": 372,
    "form-signs-before": 102,
    "form-signs-behind": -207,
    "goes-on": -138,
    "han": 26,
    "imprint": 239,
    "imprint-foot-0-first": 83,
    "imprint-foot-1-first": 30,
    "imprint-foot-1-later": 39,
    "imprint-foot-2-first": -30,
    "imprint-foot-2-later": -163,
    "imprint-top-0-first": 349,
    "imprint-top-0-later": -14,
    "imprint-top-1-first": -190,
    "imprint-top-1-later": -83,
    "imprint-top-2-first": 252,
    "imprint-top-2-later": -35,
    "in-sequence": 227,
    "label": -33,
    "near-number": -141,
    "no-letters": -10,
    "no-letters-here": -10,
    "note-like": -105,
    "on-most-pages": 476,
    "on-most-pages-first": 116,
    "on-most-pages-foot": 234,
    "on-most-pages-note": 41,
    "on-most-pages-note-top": 46,
    "on-most-pages-sentence": 513,
    "on-most-pages-sentence-foot": 337,
    "on-most-pages-sentence-top": 176,
    "on-most-pages-top": 242,
    "pairs-0": 111,
    "pairs-1": 100,
    "pairs-2": 46,
    "pairs-3": 122,
    "pairs-4": 205,
    "recalls-names-above-0": 58,
    "recalls-names-above-1": 57,
    "recalls-names-top-0": 112,
    "recalls-names-top-1": 122,
    "recalls-nothing-above-0": -62,
    "recalls-nothing-above-1": -73,
    "recalls-nothing-above-2": -163,
    "recalls-nothing-foot-0": -17,
    "recalls-nothing-foot-1": -132,
    "recalls-nothing-foot-2": -64,
    "recalls-nothing-top-0": 75,
    "recalls-nothing-top-1": 39,
    "recalls-nothing-top-2": 36,
    "recalls-start-above-0": -68,
    "recalls-start-above-1": -39,
    "recalls-start-above-2": -20,
    "recalls-start-foot-0": -10,
    "recalls-start-top-0": 172,
    "recalls-start-top-1": 132,
    "recalls-start-top-2": -40,
    "recalls-whole-above-0": 35,
    "recalls-whole-above-2": -60,
    "recalls-whole-foot-0": 212,
    "recalls-whole-top-0": 376,
    "recalls-whole-top-1": 315,
    "recalls-whole-top-2": -11,
    "repeats-1/few": -134,
    "repeats-1/many": -243,
    "repeats-1/some": -217,
    "repeats-2/few": 29,
    "repeats-2/many": -13,
    "repeats-2/some": 33,
    "repeats-3/few": 126,
    "repeats-3/many": 51,
    "repeats-3/some": 88,
    "repeats-4/few": 131,
    "repeats-4/many": 107,
    "repeats-4/some": 51,
    "repeats-ends-sentence-1": -157,
    "repeats-ends-sentence-2": 88,
    "repeats-note-like-1": 153,
    "repeats-note-like-2": -48,
    "same-place-1/few": 18,
    "same-place-1/many": -77,
    "same-place-1/some": -52,
    "same-place-2/few": 149,
    "same-place-2/many": 30,
    "same-place-2/some": 84,
    "same-place-3/few": -107,
    "same-place-3/many": 37,
    "same-place-3/some": -91,
    "same-place-4/few": 92,
    "same-place-4/many": -87,
    "same-place-4/some": 14,
    "short-page": 33,
    "shortened-head": 74,
    "stands-elsewhere": -21,
    "text-goes-on-behind": 73,
    "text-open-before": -43,
    "top-0": 261,
    "top-1": 126,
    "top-2": 45,
    "top-3": -172,
    "top-4": -150,
    "top-5": -73,
    "width-0": 57,
    "width-1": 42,
    "width-2": 24,
    "width-3": -102,
    "width-4": -21,
    "zone-has-as-usual": -11,
    "zone-lacks-as-usual": -92,
    "zone-lacks-unlike-others": -121,
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
