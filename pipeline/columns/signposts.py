"""What is counted in the lines of a text: markers and labels of notes, numbered heads.

In each column such numbers rise, and those of the second column go on from the first one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..stages.numbers import value_of

_HAN = "[一二三四五六七八九十百]{1,4}"
_MARKER = re.compile(r"[\[［〔【](\d{1,3})[\]］〕】]")
_BEGINS = {
    "note": _MARKER,
    "round": re.compile(r"[(（](\d{1,3})[)）]"),
    "point": re.compile(r"(\d{1,2})[.．、](?!\d)"),
    "han": re.compile(rf"({_HAN})、"),
    "round han": re.compile(rf"[(（]({_HAN})[)）]"),
    "part": re.compile(rf"第({_HAN}|\d{{1,3}})[章节節部编編讲講回]"),
}
_HERE, _STOP = "[\\u4e00-\\u9fff]", "[。，；：、」』）”]"
_RAISED = re.compile(
    rf"(?:(?<={_HERE})|(?<={_STOP}))\s?(\d{{1,2}})(?={_STOP}|\Z)|(?<={_STOP})\s?(\d{{1,2}})(?={_HERE})(?![年月日世])"
)
_CIRCLED = re.compile("[①-⑳]")


class Signpost(NamedTuple):
    """A number that is counted: what it counts, its value."""

    kind: str
    value: int


def signposts(line: str) -> Iterator[Signpost]:
    """The numbers that a line without blanks around it counts."""
    at = 0
    for kind, pattern in _BEGINS.items():
        if found := pattern.match(line):
            at = found.end()
            yield Signpost(kind, value_of(found[1]))
            break
    for found in _MARKER.finditer(line, at):
        yield Signpost("marker", int(found[1]))
    for found in _RAISED.finditer(line, at):
        yield Signpost("raised", int(found[1] or found[2]))
    for found in _CIRCLED.finditer(line):
        yield Signpost("circled" if found.start() else "circled label", ord(found[0]) - ord("①") + 1)
