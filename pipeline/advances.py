"""How wide lines are in print: by the advances of their characters, or by their number.

In proportional type the full lines of a column differ by a sixth in their number of characters, and in the sum
of their advances by much less.  The widths of letters in one face of type resemble those in another, so
those of one common face serve for all.  Where a source's own full lines are more alike in half ems
(typewriting, Chinese type with half-width figures, text wrapped by a program), half ems are what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]

# Thousandths of an em in a Times face, by the characters that have them.
_ADVANCES = {
    200: "|ı'",
    250: " .,·\u00a0",
    278: "ijlt/:;\\ìíîïſ",
    333: "frIs()[]-‘’!`¡ÌÍÎÏ‐\u00ad„«»‹›°*",
    389: "Jšş",
    444: "aceczàáâãäåæçèéêëćčę?¿\"“”",
    556: "FPSŠβμ",
    611: "ELTZŽÈÉÊË§",
    667: "BCRÇ",
    722: "ADGHKNOQUVXYwÄÀÁÂÃÅÑÖÒÓÔÕØÜÙÚÛÝ",
    778: "m&",
    889: "MŒÆ%",
    944: "W@",
    1000: "—…",
}  # fmt: skip
_USUAL = 500  # thousandths of an em: most small letters and all figures
# Ranges of characters one em wide in a Chinese line: East Asian letters, their punctuation, full-width forms.
ASIAN = (
    (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6), (0x20000, 0x3FFFF),
)  # fmt: skip
# Ranges of East Asian letters proper, without punctuation.
HAN_LETTERS = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3041, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
_WITHOUT_WIDTH = (0x0, 0xFEFF, *range(0x200B, 0x200E), *range(0x300, 0x370))
_WIDE_IN_CHINESE = "“”‘’·"
_LINES_COMPARED = 4000
_UNLIKE = 200  # thousandths of their length by which two lines differ that cannot both be full


# Bits of a character's code in the table.
_ADVANCE, _IS_ASIAN, _IS_HAN, _CAN_BE_WIDE = 0x3FF, 0x400, 0x800, 0x1000


def measure(texts: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """The number of East Asian letters, the width in half ems, and the advance in half ems too, of every line.

    texts  lines without line ends, none of them empty
    """
    if not texts:
        return [], [], []
    codes = _table()[np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    lengths = np.array([*map(len, texts)], dtype=np.int64)
    starts = np.append(0, np.cumsum(lengths + 1)[:-1])
    letters = _count(codes, _IS_HAN, starts)
    halves = lengths + _count(codes, _IS_ASIAN, starts)
    chinese = letters * 2 >= lengths
    in_chinese = np.where(chinese, _count(codes, _CAN_BE_WIDE, starts), 0)
    advances = np.add.reduceat(codes & _ADVANCE, starts, dtype=np.int64) + in_chinese * _USUAL
    widths = np.maximum(1, (advances + 250) // 500)
    full = _are_full(texts[:_LINES_COMPARED])
    for alike in (chinese, ~chinese):
        of_these = full & alike[: len(full)]
        if _prefer_halves(halves, widths, of_these):
            widths[alike] = halves[alike]
    return letters.tolist(), halves.tolist(), widths.tolist()


def _count(codes: NDArray[np.uint16], bit: int, starts: Column) -> Column:
    found: Column = np.add.reduceat((codes & bit) != 0, starts, dtype=np.int64)
    return found


def _are_full(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which lines end within a sentence, to all appearance: the next goes on with a small or a Chinese letter."""
    goes_on = [
        (above[-1].isalpha() or above[-1] in ",，、") and (below[0].islower() or "\u3400" <= below[0] < "\ua000")
        for above, below in pairwise(texts)
    ]
    return np.array([*goes_on, False], dtype=np.bool_)


def _prefer_halves(halves: Column, advances: Column, full: NDArray[np.bool_]) -> bool:
    """Whether full lines differ less in half ems than in advances from the full lines below them."""
    at = np.flatnonzero(full[:-1] & full[1:])
    in_halves, in_advances = (_shortfalls(widths[at], widths[at + 1]) for widths in (halves, advances))
    beside = np.minimum(in_halves, in_advances) < _UNLIKE
    return int(in_halves[beside].sum()) < int(in_advances[beside].sum())


def _shortfalls(one: Column, other: Column) -> Column:
    """By how many thousandths the shorter of two lines falls short of the longer."""
    longer = np.maximum(one, other)
    short: Column = np.abs(one - other) * 1000 // longer
    return short


@cache
def _table() -> NDArray[np.uint16]:
    """For every code point its advance, at most an em, and what else of it counts."""
    table = np.full(0x110000, _USUAL, dtype=np.uint16)
    for advance, characters in _ADVANCES.items():
        table[[*map(ord, characters)]] = advance
    for first, last in ASIAN:
        table[first : last + 1] = 1000 | _IS_ASIAN
    for first, last in HAN_LETTERS:
        table[first : last + 1] |= _IS_HAN
    table[[*map(ord, _WIDE_IN_CHINESE)]] |= _CAN_BE_WIDE
    table[[ord("\n"), *_WITHOUT_WIDTH]] = 0
    return table
