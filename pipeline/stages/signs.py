"""The signs of many lines at once, as `patterns.SIGNS` has them; only patterns that can match are tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from .gates import AT_NEED, ENDS, NEEDED_FIRST
from .needles import places_of_needs
from .patterns import OF_SIGNS, SIGNS, by_beginning

REACH = 160  # characters of a line that its signs are looked for in
_ENDS = {name: re.compile(last) for name, last in ENDS.items()}
_AT_NEED = {name: re.compile(regex) for name, regex in AT_NEED.items()} | {
    row.name: re.compile(row.regex.pattern.removeprefix(".*"), row.regex.flags)
    for row in SIGNS
    if row.name in NEEDED_FIRST
}


def find_signs(texts: Sequence[str], beginnings: Mapping[str, Sequence[int]] | None = None) -> list[int]:
    """The signs of every line as bits, in the order of the table (see `names_of`); no line may hold a line end.

    `beginnings` are those of the lines (`patterns.by_beginning`), if they are known already.
    """
    heads = [text[:REACH] for text in texts]
    able = _able_to_begin(by_beginning(heads) if beginnings is None else beginnings)
    places = places_of_needs(heads)
    lasts = [head[-1] for head in heads]
    last_of_any = set(lasts)
    found = [0] * len(heads)
    for row in SIGNS:
        name, bit = row.name, bits_of(row.name)
        if name in _AT_NEED:
            lines = _matching_at(_AT_NEED[name], heads, *places[name])
        else:
            lines = dict.fromkeys(places[name][0]) if name in places else able.get(name, ())
        if name in _ENDS:
            ending = set(filter(_ENDS[name].match, last_of_any))
            lines = [line for line in lines if lasts[line] in ending]
        if name not in NEEDED_FIRST:
            match = row.regex.match
            lines = [line for line in lines if match(heads[line])]
        for line in lines:
            found[line] |= bit
    return found


@cache
def bits_of(*names: str) -> int:
    """The bits of these signs."""
    return sum(1 << number for number, row in enumerate(SIGNS) if row.name in names)


@cache
def names_of(bits: int) -> tuple[str, ...]:
    """The names of the signs with these bits, in the order of the table."""
    return tuple([row.name for number, row in enumerate(SIGNS) if bits >> number & 1])


def _matching_at(pattern: re.Pattern[str], heads: Sequence[str], lines: list[int], offsets: list[int]) -> Iterable[int]:
    """The lines in which a pattern matches at one of these places."""
    match = pattern.match
    return dict.fromkeys([line for line, at in zip(lines, offsets, strict=True) if match(heads[line], at)])


def _able_to_begin(beginnings: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
    """By the name of a sign, the lines that begin as its pattern must."""
    able: defaultdict[str, list[int]] = defaultdict(list)
    for beginning, lines in beginnings.items():
        for name in _names_of(beginning):
            able[name] += lines
    return able


@cache
def _names_of(beginning: str) -> tuple[str, ...]:
    """The names of the signs that a line can have that begins so."""
    return tuple([row.name for row in OF_SIGNS[beginning]])


def fold(text: str) -> str:
    """A text in small letters, with `i` and `s` for all that patterns take for them that do not look at the case."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()
