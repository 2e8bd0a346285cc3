"""How many words a text has."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..advances import HAN_LETTERS

# What a character can be in a word; else it stands between words.
_LETTER, _WIDE, _JOINT, _HAN = 1, 2, 3, 4
_LETTERS = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x1FFF))
_WIDES = ((0xFF10, 0xFF5A),)
_JOINTS = "'’-‐‑"  # of two runs of letters; what is wide is no part of the second
_BEYOND = 0x40000  # from here on no character is part of a word


@lru_cache(maxsize=128)  # the tables and the header of an article ask for the same text
def count_words(text: str) -> int:
    """Words: every East Asian letter is one; other letters and digits make one word a run.

    Hyphens and apostrophes inside a run belong to it.

    >>> count_words("共向120多个 win-win countries, don't")
    8
    """
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    is_wide, is_letter = kinds == _WIDE, kinds == _LETTER
    in_run = is_wide | is_letter
    begun = np.count_nonzero(in_run[1:] > in_run[:-1]) + np.count_nonzero(kinds == _HAN)
    joined = np.flatnonzero(in_run[:-2] & (kinds[1:-1] == _JOINT) & is_letter[2:]) + 2  # where the second runs begin
    if len(joined) and is_wide.any():
        begun += _hold_wide(in_run, is_wide, joined)
    return int(begun - len(joined))


def _hold_wide(in_run: NDArray[np.bool_], is_wide: NDArray[np.bool_], starts: NDArray[np.intp]) -> int:
    """How many of the runs that begin at `starts` go on with what is wide: there another word begins."""
    gaps = np.flatnonzero(~in_run)
    ends = gaps[np.searchsorted(gaps, starts)]
    before = np.cumsum(is_wide)
    return int(np.count_nonzero(before[ends] > before[starts]))


@cache
def _kinds() -> NDArray[np.uint8]:
    """What every code point is; the last entry holds for all behind it."""
    kinds = np.zeros(_BEYOND + 1, np.uint8)
    for kind, ranges in ((_LETTER, _LETTERS), (_WIDE, _WIDES), (_HAN, HAN_LETTERS)):
        for first, last in ranges:
            kinds[first : last + 1] = kind
    kinds[[*map(ord, _JOINTS)]] = _JOINT
    return kinds
