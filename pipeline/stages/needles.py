"""Where the strings stand that patterns need (`gates.NEEDS`), in many lines at once.

Every string has a bit.  A table for each place in it says of every character whose bits it can stand for
there; what all tables have in common at some place of the text is found there.  Characters that stand for the
same bits in every place are of one class; which classes begin a string is asked of two neighbours at a time.
Only the first characters of a string are looked at, and only roughly where a word begins: the patterns
themselves decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .gates import NEEDS

Bits = NDArray[np.uint64]

_PLACES = 4  # characters of a string that are looked at
_END = "\n" * _PLACES  # behind the last line: no string stands over it
_LAST = 0xFFFF  # stands for all characters beyond it
_STRINGS = tuple((name, needed) for name, needs in NEEDS.items() for needed in needs)
_IN_WORD = [code for code in range(128) if chr(code).isalnum() or chr(code) == "_"]
# What patterns that do not look at the case take for these letters, too.
_ALSO = {"i": "İı", "s": "ſ", "k": "\u212a"}


def _table_of(place: int) -> Bits:
    """For every character the strings that can have it in this place, -1 being the place before them."""
    table = np.zeros(_LAST + 1, dtype=np.uint64)
    for number, (_, needed) in enumerate(_STRINGS):
        bit = np.uint64(1 << number)
        string = needed.lstrip("|")
        if 0 <= place < len(string):
            letter = string[place]
            table[[ord(form) for form in {letter, letter.upper(), *_ALSO.get(letter, "")}]] |= bit
            continue
        table |= bit
        if place < 0 and needed[0] == "|":
            table[_IN_WORD] &= ~bit
    return table


_TABLES = {place: _table_of(place) for place in range(-1, _PLACES)}
# Characters that no string has are all like the last.
_NAMED = sorted(
    {
        ord(form)
        for _, needed in _STRINGS
        for letter in needed
        for form in {letter, letter.upper(), *_ALSO.get(letter, "")}
    }
)
_COLUMNS = sorted({*_NAMED, *_IN_WORD, _LAST})
_BITS, _OF_COLUMN = np.unique(np.stack([*_TABLES.values()])[:, _COLUMNS], axis=1, return_inverse=True)
_CLASS = np.full(_LAST + 1, _OF_COLUMN.reshape(-1)[-1], dtype=np.uint8)  # of every character
_CLASS[_COLUMNS] = _OF_COLUMN.reshape(-1)
_CLASSES = _BITS.shape[1]
_OF_CLASS = dict(zip(_TABLES, _BITS, strict=True))
# For every two classes, numbered through, the strings that can begin with them.
_PAIRS = (_OF_CLASS[0][:, None] & _OF_CLASS[1]).ravel()
_BEGIN = _PAIRS != 0
_OTHERS = [(place, _OF_CLASS[place]) for place in (*range(2, _PLACES), -1)]
_OF_ROW = {
    name: np.uint64(sum(1 << number for number, (other, _) in enumerate(_STRINGS) if other == name)) for name in NEEDS
}


def places_of_needs(texts: Sequence[str]) -> Mapping[str, tuple[list[int], list[int]]]:
    """By name of the pattern the lines that one of its strings may stand in, and where in them it begins.

    A line comes as often as there are strings in it.  No line may hold a line end.
    """
    whole = "\n".join(("", *texts, _END))
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int32)
    classes = _CLASS.take(codes, mode="clip")
    two = classes[:-_PLACES].astype(np.uint16) * np.uint16(_CLASSES) + classes[1 : 1 - _PLACES]
    at = np.flatnonzero(_BEGIN.take(two))
    bits = _PAIRS.take(two[at])
    for place, table in _OTHERS:
        bits &= table.take(classes[at + place])
        at, bits = at[bits != 0], bits[bits != 0]
    starts = np.cumsum([1, *map(len, texts)]) + np.arange(len(texts) + 1)
    lines = np.searchsorted(starts, at, side="right") - 1
    offsets = at - starts[lines]
    found = {}
    for name, row in _OF_ROW.items():
        here = (bits & row) != 0
        found[name] = lines[here].tolist(), offsets[here].tolist()
    return found
