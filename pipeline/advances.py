"""How wide lines are in print: by the advances of their characters, or by their number.

In proportional type the full lines of a column differ more in their number of characters than in the sum of their
advances: on 171 printed texts full lines one below the other by 3.9 and 3.0 per cent.  The widths of letters in one face of type resemble those in another, so
those of one common face serve for all.  Where a source's own full lines are more alike in half ems
(typewriting, Chinese type with half-width figures, text wrapped by a program), half ems are what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

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
_UNLIKE = 200  # thousandths of their length by which two lines differ that cannot both be full
# What of every character a table holds: two numbers each, which stay apart when they are summed over a line.
_APART = 32  # bits
_LOW = (1 << _APART) - 1
_BEYOND = 0x40000  # what is known of a character here holds for all behind it
# What lines begin and end with.
_SMALL, _LETTER, _COMMA, _CHINESE = 1, 2, 4, 8


def measure(texts: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """The number of East Asian letters, the width in half ems, and the advance in half ems too, of every line.

    texts  lines without line ends, none of them empty
    """
    if not texts:
        return [], [], []
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.array([*map(len, texts)], dtype=np.int64)
    starts = np.append(0, np.cumsum(lengths + 1)[:-1])
    advance_and_asian, letters_and_quotes, kinds = _tables()
    advances, asian = _sums(advance_and_asian, codes, starts)
    letters, quotes = _sums(letters_and_quotes, codes, starts) if asian.any() else (asian, asian)
    halves = lengths + asian
    chinese = letters * 2 >= lengths
    widths = np.maximum(1, (advances + np.where(chinese, quotes * _USUAL, 0) + 250) // 500)
    full = _are_full(kinds.take(codes[starts], mode="clip"), kinds.take(codes[starts + lengths - 1], mode="clip"))
    for alike in (chinese, ~chinese):
        if _prefer_halves(halves, widths, full & alike):
            widths[alike] = halves[alike]
    return letters.tolist(), halves.tolist(), widths.tolist()


def advances_of(text: str) -> list[int]:
    """How far each place of a text is from its beginning, in thousandths of an em: one number more than characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return [0, *np.cumsum(_tables()[0].take(codes, mode="clip") & _LOW).tolist()]


def _sums(table: Column, codes: NDArray[np.uint32], starts: Column) -> tuple[Column, Column]:
    """The sums over every line of the two numbers that a table holds."""
    both: Column = np.add.reduceat(table.take(codes, mode="clip"), starts)
    return both & _LOW, both >> _APART


def _are_full(first: NDArray[np.uint8], last: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which lines end within a sentence, to all appearance: the next goes on with a small or a Chinese letter."""
    goes_on = (first[1:] & (_SMALL | _CHINESE)) > 0
    return np.append(goes_on & ((last[:-1] & (_LETTER | _COMMA)) > 0), False)


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
def _tables() -> tuple[Column, Column, NDArray[np.uint8]]:
    """For every code point its advance and whether it is East Asian; whether it is an East Asian letter, and whether
    it is wide in Chinese; what it is at the beginning and the end of a line."""
    advances, letters = np.full(_BEYOND + 1, _USUAL, dtype=np.int64), np.zeros(_BEYOND + 1, dtype=np.int64)
    for advance, characters in _ADVANCES.items():
        advances[[*map(ord, characters)]] = advance
    for first, last in ASIAN:
        advances[first : last + 1] = 1000 + (1 << _APART)
    for first, last in HAN_LETTERS:
        letters[first : last + 1] = 1
    letters[[*map(ord, _WIDE_IN_CHINESE)]] += 1 << _APART
    advances[[ord("\n"), *_WITHOUT_WIDTH]] = 0
    kinds = np.zeros(_BEYOND + 1, dtype=np.uint8)
    small = [code for code in range(0x250) if chr(code).islower()]
    kinds[small] = _SMALL
    kinds[[code for code in range(0x250) if chr(code).isalpha()]] |= _LETTER
    kinds[letters % 2 > 0] |= _LETTER
    kinds[0x3400:0xA000] |= _CHINESE
    kinds[[*map(ord, ",，、")]] = _COMMA
    return advances, letters, kinds
