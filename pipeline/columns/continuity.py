"""Whether a Chinese line goes on where another ends: which characters follow one another, and how often.

Chinese is set without regard to words, so that most lines end within one, or before the character that mostly comes
next.  What is counted beforehand (`bench/train/continuity.py`) is added to what the text itself shows within its lines.
All is done in whole numbers, so that it comes out the same on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..resources import data_path

OTHER = 0  # the number of all characters that are not in the table
BREAK = "\n"  # stands before the first character of a paragraph
BITS = 16  # scores are in sixteenths of a bit
_LEAST, _MOST = -4 * BITS, 9 * BITS
_OWN = 8  # what a pair of the text itself counts for
_USUAL = 60  # pairs that are added, as they would come by chance
_LIKELY = 3  # times as often as by chance: two characters that go together
_BMP = 0x10000
_WIDE = 0xFEE0  # from a character to its wide form
_DIGITS = "0123456789"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CLASSES = {ord(one): name for name, members in (("0", _DIGITS), ("a", _LATIN)) for one in members}
_CLASSES |= {code + _WIDE: name for code, name in _CLASSES.items()}

Numbers = NDArray[np.int64]


def folded(text: str) -> str:
    """The text with one digit for all, and one Latin letter."""
    return text.translate(_CLASSES)


class Table:
    """How often characters occur, and pairs of neighbours; a character is a number, in both scripts the same.

    letters    the characters 1, 2, …         variants, variant_of  other forms, and the number of each
    singles    how often each number occurs   pairs, times          pairs as one number each, rising, and how often
    """

    def __init__(
        self, letters: str, variants: str, variant_of: Sequence[int], singles: Numbers, pairs: Numbers, times: Numbers
    ) -> None:
        number = {letter: at for at, letter in enumerate(letters, OTHER + 1)}
        number |= dict(zip(variants, variant_of, strict=True))
        self._number = np.zeros(_BMP, dtype=np.int64)
        for letter, own in number.items():
            self._number[ord(letter)] = own
        for code, name in _CLASSES.items():
            self._number[code] = number.get(name, OTHER)
        self.plain = {self._number[ord(name)] for name in "0a"}  # digits and Latin letters say nothing of each other
        self.paragraph = int(self._number[ord(BREAK)])
        self.width = len(letters) + 1
        self.singles, self.pairs, self.times = singles, pairs, times
        self.total = int(singles.sum())

    def numbers(self, text: str) -> Numbers:
        """The number of every character."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._number[np.where(codes < _BMP, codes, 0)]

    def count(self, ends: Numbers, begins: Numbers) -> Numbers:
        """How often these characters follow those."""
        return _counted(self.pairs, self.times, ends * self.width + begins)

    def go_together(self, ends: Numbers, begins: Numbers) -> NDArray[np.bool_]:
        """Whether these characters follow those far more often than by chance."""
        chance = self.singles[ends] * self.singles[begins]
        return (self.count(ends, begins) * self.total > _LIKELY * chance) & (chance > 0)


class Continuity:
    """Scores of lines that follow one another, in a text with these lines."""

    def __init__(self, table: Table, lines: Sequence[str]) -> None:
        self._table = table
        numbers = table.numbers(BREAK.join("".join(line.split()) for line in lines))
        numbers[numbers == table.paragraph] = OTHER
        self._singles = np.bincount(numbers, minlength=table.width)
        self._singles[OTHER] = 0
        inner = (numbers[:-1] != OTHER) & (numbers[1:] != OTHER)
        keys = (numbers[:-1] * table.width + numbers[1:])[inner]
        self._pairs, self._times = np.unique(keys, return_counts=True)
        self._total = table.total + _OWN * int(self._singles.sum()) + table.width
        self._known: dict[tuple[int, int], int] = {}

    def score(self, end: int, begin: int) -> int:
        """How much more likely `begin` is behind `end` than anywhere: a logarithm, in `BITS`."""
        found = self._known.get((end, begin))
        if found is None:
            found = self._known[end, begin] = self._count(end, begin)
        return found

    def _count(self, end: int, begin: int) -> int:
        if OTHER in (end, begin) or {end, begin} <= self._table.plain:
            return 0
        key = np.array([end * self._table.width + begin])
        together = int(_counted(self._table.pairs, self._table.times, key)[0])
        together += _OWN * int(_counted(self._pairs, self._times, key)[0])
        first, second = (int(self._table.singles[one]) + _OWN * int(self._singles[one]) for one in (end, begin))
        found = _logarithm(together * self._total + _USUAL * (second + 1)) - _logarithm((first + _USUAL) * (second + 1))
        return min(max(found, _LEAST), _MOST)


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The table that ships with the package (`data/continuity.npz`)."""
    with np.load(data_path("continuity.npz")) as file:
        return Table(
            str(file["letters"]),
            str(file["variants"]),
            file["variant_of"].tolist(),
            file["singles"].astype(np.int64),
            np.cumsum(file["steps"], dtype=np.int64),
            file["times"].astype(np.int64),
        )


def _counted(pairs: Numbers, times: Numbers, keys: Numbers) -> Numbers:
    at = np.searchsorted(pairs, keys)
    at[at == len(pairs)] = 0
    found: Numbers = np.where(pairs[at] == keys, times[at], 0) if len(pairs) else np.zeros_like(keys)
    return found


def _logarithm(number: int) -> int:
    """Of a whole number to the base 2, in `BITS`, rounded down."""
    return int(number**BITS).bit_length() - 1
