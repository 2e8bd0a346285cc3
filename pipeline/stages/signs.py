"""The signs of many lines at once, as `patterns.SIGNS` has them; only patterns that can match are tried."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from .gates import NEEDS
from .patterns import SIGNS, able_to_begin

REACH = 160  # characters of a line that its signs are looked for in
_ANYWHERE = tuple((row, NEEDS[row.name]) for row in SIGNS if row.name in NEEDS)


def find_signs(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The names of the signs of every line, in the order of the table; no line may hold a line end."""
    heads = [text[:REACH] for text in texts]
    able = _able_to_begin(heads)
    is_plain = [head.isascii() for head in heads]  # looking through such lines by themselves takes less time
    stacks = [_Stack.of(heads, [line for line, plain in enumerate(is_plain) if plain is one]) for one in (True, False)]
    found: list[list[str]] = [[] for _ in heads]
    for row in SIGNS:
        match, name, needs = row.regex.match, row.name, NEEDS.get(row.name, ())
        lines = {line for stack in stacks for line in stack.lines_with(needs)} if needs else able[name]
        for line in lines:
            if match(heads[line]):
                found[line].append(name)
    return [tuple(names) for names in found]


def _able_to_begin(heads: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """By the name of a sign, the lines that begin as its pattern must."""
    by_first: defaultdict[str, list[int]] = defaultdict(list)
    for line, head in enumerate(heads):
        by_first[head[:1]].append(line)
    able: defaultdict[str, list[int]] = defaultdict(list)
    for first, lines in by_first.items():
        for row in able_to_begin("SIGNS", first):
            able[row.name] += lines
    return able


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


class _Stack(NamedTuple):
    """Lines one below the other in small letters, to look for strings in all of them at once.

    lines   the number of every line      folded   their text      starts   where they start in it, and its end
    """

    lines: Sequence[int]
    folded: str
    starts: Sequence[int]

    @classmethod
    def of(cls, texts: Sequence[str], lines: Sequence[int]) -> _Stack:
        folded = fold("\n".join([texts[line] for line in lines]))
        return cls(lines, folded, list(accumulate((len(line) + 1 for line in folded.split("\n")), initial=0)))

    def lines_with(self, needs: Sequence[str]) -> Iterator[int]:
        """The lines that one of the strings stands in, some more than once."""
        folded, starts = self.folded, self.starts
        for needed in needs:
            begins_word = needed[0] == "|"
            needed = needed.lstrip("|")
            at = folded.find(needed)
            while at >= 0:
                if begins_word and at and (folded[at - 1].isalnum() or folded[at - 1] == "_"):
                    at = folded.find(needed, at + 1)
                    continue
                place = bisect_right(starts, at) - 1
                yield self.lines[place]
                at = folded.find(needed, starts[place + 1])
