"""Lines of a title that a running head or the page of contents repeats, whatever they were labelled.

A title of several lines, or of one word above a subtitle, can be taken for text, a note, an institution or a line of
the journal's own.  Where the lines down to one that was told to be of the title, or to the byline, begin with what
a running head behind them or an entry of the contents has, they are the title.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import Evidence
from .features import Line
from .title_parts import IMPRINT

_MOST = 4  # lines above the one that was told
_LEAST, _LEAST_HAN = 6, 4  # letters of what is repeated
_MISTAKEN = "IPpNnHhAX"


def find_repeated_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    keys = evidence.keys
    told = [at for at, label in enumerate(labels) if label in "TB" and at and labels[at - 1] in _MISTAKEN]
    if not told:
        return
    taken = {line.index for line in lines}
    heads = [
        (index, keys[index]) for index in range(len(keys)) if index not in taken and len(keys[index]) >= _LEAST_HAN
    ]
    entries = [keys[line.index] for line, label in zip(lines, labels, strict=True) if label == "C"]
    for at in told:
        start = _start(evidence, lines, labels, at, heads, entries)
        if start < at:
            labels[start:at] = ["T"] * (at - start)


def _start(
    evidence: Evidence,
    lines: Sequence[Line],
    labels: Sequence[str],
    at: int,
    heads: Sequence[tuple[int, str]],
    entries: Sequence[str],
) -> int:
    """The first line of the title whose later line, or whose byline, stands at `at`; that line itself if none above is."""
    keys = evidence.keys
    above = at
    found = at
    while above and at - above < _MOST and labels[above - 1] in _MISTAKEN and _are_adjacent(lines, above - 1):
        above -= 1
        index = lines[above].index
        first, whole = keys[index], "".join(keys[line.index] for line in lines[above : at + (labels[at] == "T")])
        least = _LEAST_HAN if first[:1] >= "\u2e80" else _LEAST
        if len(first) < least:
            continue
        last = lines[at].index
        # A rubric stands by itself in the contents, too; a title beside its author.
        is_listed = any(first in entry and (labels[above] != IMPRINT or first != entry) for entry in entries)
        is_run = any(place > last and _is_same(whole, first, key, least) for place, key in heads)
        before = any(place < index and _is_same(whole, first, key, least) for place, key in heads)
        if is_listed or (is_run and not before and labels[above] != IMPRINT):
            found = above
    return found


def _is_same(title: str, first: str, head: str, least: int) -> bool:
    """Whether a running head begins as a title does, with its whole first line or as far as it goes itself."""
    return head.startswith(first) or (len(head) >= least and title.startswith(head))


def _are_adjacent(lines: Sequence[Line], at: int) -> bool:
    """Whether the line behind `at` stands right below it on the page."""
    return lines[at + 1].page == lines[at].page and lines[at + 1].index == lines[at].index + 1
