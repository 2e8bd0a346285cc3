"""Accents that stand before their letters, as programs find them in PDFs that TeX set: `Poincar´e`, `Fran¸cois`.

The acute is an apostrophe, too (`l´art`, `geht´s`): behind one letter alone it is an accent only in a text that shows
accents elsewhere, no such apostrophe, and hardly a letter with its accent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...model import Rule
from .forms import Finding

ACCENT = Rule("accent-before-letter", "emended", 95, "An accent that stands before its letter in the text of a PDF.")
_LIKELY = 85  # certainty behind one letter alone

_COMBINING = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c", "˚": "\u030a", "˝": "\u030b",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˛": "\u0328",
}  # fmt: skip
_ACUTE = "´"
_LETTERS = {  # that bear each of them; behind an acute vowels alone: before other letters it is an apostrophe
    "´": "aeiouyAEIOUY", "¨": "aeiouyAEIOUY", "ˆ": "aeiouwyAEIOU", "˜": "anoANO", "¸": "cCsStT", "ˇ": "cdenrstzCDENRSTZ",
    "˚": "auAU", "˝": "ouOU", "¯": "aeiouAEIOU", "˘": "aegiuAGIU", "˙": "ezIZ", "˛": "aeAE",
}  # fmt: skip
_PLAIN = {"ı": "i", "ȷ": "j"}
SIGNS = "".join(_COMBINING)
_PAIR = re.compile(
    "|".join(f"{sign}[{_LETTERS[sign]}{''.join(_PLAIN) if 'i' in _LETTERS[sign] else ''}]" for sign in _COMBINING)
)
# An acute that can only be an apostrophe, and letters that have their accents.
_APOSTROPHE = re.compile(r"[^\W\d_]´(?:(?:s|t|ll|re|ve|m)(?![^\W\d_])|[b-df-hj-np-tv-xz])|qu´[aeiouy]", re.IGNORECASE)
_ACCENTED = re.compile("[À-ÖØ-öø-ſ]")


def find_accents(text: str) -> Iterator[Finding]:
    """Every such pair as one letter.

    >>> [new for _, _, new, _, _ in find_accents("Poincar´e, Fran¸cois Cl´emen¸con, Karn´y")]
    ['é', 'ç', 'é', 'ç', 'ý']
    >>> list(find_accents("l´art, c´est, aujourd´hui, geht´s"))
    []
    """
    pairs = [found for found in _PAIR.finditer(text) if _is_in_word(text, found)]
    sure = [found[0][0] != _ACUTE or _letters_before(text, found.start()) != 1 for found in pairs]
    has_others = not any(sure) or _APOSTROPHE.search(text) or len(_ACCENTED.findall(text)) > len(pairs)
    for found, is_sure in zip(pairs, sure, strict=True):
        if is_sure or not has_others:
            letter = unicodedata.normalize("NFC", _PLAIN.get(found[0][1], found[0][1]) + _COMBINING[found[0][0]])
            yield *found.span(), letter, ACCENT, ACCENT.certainty if is_sure else _LIKELY


def _is_in_word(text: str, found: re.Match[str]) -> bool:
    """Whether a letter stands on one side, and it is no apostrophe behind `qu`: a sign alone is a sign."""
    if text[max(0, found.start() - 2) : found.start()].lower() == "qu":
        return False
    return text[found.start() - 1 : found.start()].isalpha() or text[found.end() : found.end() + 1].isalpha()


def _letters_before(text: str, at: int) -> int:
    """How many letters stand right before, up to two."""
    if not text[at - 1 : at].isalpha():
        return 0
    return 2 if at > 1 and text[at - 2].isalpha() else 1
