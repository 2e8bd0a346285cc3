"""Line ends that were decided by hand: no evidence is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...model import Span
from ...options import Verdict
from ...verdicts.rules import HAND_JOINED
from .draft import Draft
from .marks import HYPHENS, PRINTED, Place


class Ruling(NamedTuple):
    """A line end, or a mark inside a line, with the hyphen it begins with if it has one; `joins` closes it up."""

    start: int
    end: int
    joins: bool


def find_rulings(
    draft: Draft, joints: Sequence[Span], marks: Sequence[Place], verdicts: Sequence[Verdict]
) -> list[Ruling]:
    """What the verdicts say of a block's line ends: of those behind a hyphen if there are any, else of all."""
    found: list[Ruling] = []
    places = [(start - (draft.text[start - 1 : start] in HYPHENS and start > 0), end) for start, end in joints]
    places += [(mark.start, mark.end) for mark in marks]
    for verdict in verdicts:
        mine = [place for place in places if place[0] and verdict.start < draft.witness(place[0]) < verdict.end]
        hyphens = [place for place in mine if draft.text[place[0]] in HYPHENS]
        if verdict.action == "join":
            found += [Ruling(*place, True) for place in hyphens or mine]
        elif verdict.action == "keep-hyphen":
            found += [Ruling(*place, False) for place in hyphens]
    return sorted(set(found))


def obey(draft: Draft, ruling: Ruling) -> None:
    """Close the line end up, or keep its hyphen; a mark that stands for a hyphen becomes one."""
    start, end, joins = ruling
    if joins:
        draft.edit(start, end, "", HAND_JOINED, HAND_JOINED.certainty)
    elif draft.text[start] in PRINTED:
        draft.edit(start + 1, end, "", HAND_JOINED, HAND_JOINED.certainty)
    else:
        draft.edit(start, end, "-", HAND_JOINED, HAND_JOINED.certainty)
