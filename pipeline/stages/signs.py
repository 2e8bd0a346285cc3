"""The signs of many lines at once, as `patterns.SIGNS` has them; only patterns that can match are tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .gates import ENDS
from .needles import lines_with_needs
from .patterns import SIGNS, able_to_begin

REACH = 160  # characters of a line that its signs are looked for in
_ENDS = {name: re.compile(last) for name, last in ENDS.items()}


def find_signs(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The names of the signs of every line, in the order of the table; no line may hold a line end."""
    heads = [text[:REACH] for text in texts]
    able = {**_able_to_begin(heads), **lines_with_needs(heads)}
    found: list[list[str]] = [[] for _ in heads]
    for row in SIGNS:
        match, name = row.regex.match, row.name
        lines = able.get(name, ())
        if name in _ENDS:
            lines = [line for line in lines if _ENDS[name].match(heads[line], len(heads[line]) - 1)]
        for line in lines:
            if match(heads[line]):
                found[line].append(name)
    return [tuple(names) for names in found]


def _able_to_begin(heads: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """By the name of a sign, the lines that begin as its pattern must."""
    by_first: defaultdict[str, list[int]] = defaultdict(list)
    for line, head in enumerate(heads):
        first = head[:2]
        by_first[first if first.isascii() else first[0]].append(line)
    able: defaultdict[str, list[int]] = defaultdict(list)
    for first, lines in by_first.items():
        for row in able_to_begin("SIGNS", first):
            able[row.name] += lines
    return able


def fold(text: str) -> str:
    """A text in small letters, with `i` and `s` for all that patterns take for them that do not look at the case."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()
