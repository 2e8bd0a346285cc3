"""The signs of many lines at once, as `patterns.SIGNS` has them; only patterns that can match are tried."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from itertools import accumulate

from .gates import NEEDS
from .patterns import SIGNS, able_to_begin

REACH = 160  # characters of a line that its signs are looked for in
_ANYWHERE = tuple((row, NEEDS[row.name]) for row in SIGNS if row.name in NEEDS)
_ORDER = {row.name: place for place, row in enumerate(SIGNS)}


def find_signs(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The names of the signs of every line, in the order of the table; no line may hold a line end."""
    heads = [text[:REACH] for text in texts]
    found = [[row.name for row in able_to_begin("SIGNS", head[:1]) if row.regex.match(head)] for head in heads]
    folded = fold("\n".join(heads))
    starts = list(accumulate((len(line) + 1 for line in folded.split("\n")), initial=0))
    mixed: set[int] = set()
    for row, needs in _ANYWHERE:
        lines = {line for needed in needs for line in _lines_with(folded, starts, needed)}
        matching = [line for line in lines if row.regex.match(heads[line])]
        for line in matching:
            found[line].append(row.name)
        mixed.update(matching)
    for line in mixed:
        found[line].sort(key=_ORDER.__getitem__)
    return [tuple(names) for names in found]


def shows(text: str, names: Set[str]) -> bool:
    """Whether one line has one of these signs."""
    if any(row.name in names and row.regex.match(text) for row in able_to_begin("SIGNS", text[:1])):
        return True
    folded = fold(text)
    return any(
        row.name in names and any(needed.lstrip("|") in folded for needed in needs) and row.regex.match(text)
        for row, needs in _ANYWHERE
    )


def fold(text: str) -> str:
    """A text in small letters, with `i` and `s` for all that patterns take for them that do not look at the case."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


def _lines_with(folded: str, starts: Sequence[int], needed: str) -> Iterable[int]:
    """The lines a string stands in; `starts` are those of the lines, and the end."""
    begins_word = needed[0] == "|"
    needed = needed.lstrip("|")
    at = folded.find(needed)
    while at >= 0:
        if begins_word and at and (folded[at - 1].isalnum() or folded[at - 1] == "_"):
            at = folded.find(needed, at + 1)
            continue
        line = bisect_right(starts, at) - 1
        yield line
        at = folded.find(needed, starts[line + 1])
