"""Texts with their title blocks in another order, and in other letters: few layouts show few of the orders there are.

The lines of a title block stand in groups: title and subtitle, byline, affiliation.  The groups change places, a
byline may come above the title, affiliations may be missing, title or byline be set in capitals.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.evidence import Evidence

_GROUPS = "TBA"
_MOST = 12  # lines of a title block
_CAPITALS, _WITHOUT = 0.2, 0.25  # chance that a group is set in capitals, and that an affiliation is left out
# Orders of groups, by how often: as they were, the byline first, the byline and its affiliation first.
_ORDERS: tuple[tuple[str, int], ...] = (("", 2), ("BTA", 3), ("BAT", 3), ("TAB", 1))


def reorder(evidence: Evidence, words: Sequence[str], seed: str) -> tuple[str, list[str]] | None:
    """The text with other title blocks, and the words (labels) of its lines; None if it has no block to change."""
    chance = random.Random(seed)
    text, out = evidence.source.text, list(words)
    lines = evidence.lines
    blocks = [run for run in _title_blocks(evidence, words) if len({words[at] for at in run}) > 1]
    for block in reversed(blocks):
        groups = [list(group) for _, group in groupby(block, key=words.__getitem__)]
        between = [
            text[lines.end[left[-1]] : lines.start[right[0]]] for left, right in zip(groups, groups[1:], strict=False)
        ]
        order = chance.choices([name for name, _ in _ORDERS], [often for _, often in _ORDERS])[0]
        ordered = sorted(groups, key=lambda group: order.index(words[group[0]])) if order else groups
        if len(ordered) > 2 and chance.random() < _WITHOUT:
            ordered = [group for group in ordered if words[group[0]] != "A"]
        pieces = [_letters(chance)(text[lines.start[group[0]] : lines.end[group[-1]]]) for group in ordered]
        new = "".join(piece + gap for piece, gap in zip(pieces, [*between[: len(pieces) - 1], ""], strict=True))
        text = text[: lines.start[block[0]]] + new + text[lines.end[block[-1]] :]
        out[block[0] : block[-1] + 1] = [words[at] for group in ordered for at in group]
    return (text, out) if blocks else None


def _title_blocks(evidence: Evidence, words: Sequence[str]) -> list[list[int]]:
    """Lines of titles, bylines and affiliations right behind each other, on one page."""
    found: list[list[int]] = []
    for at, word in enumerate(words):
        if word not in _GROUPS:
            continue
        goes_on = found and found[-1][-1] == at - 1 and not evidence.lines.feeds[at]
        if goes_on and len(found[-1]) < _MOST:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _letters(chance: random.Random) -> Callable[[str], str]:
    """Now and then a change to capitals."""
    return str.upper if chance.random() < _CAPITALS else str
