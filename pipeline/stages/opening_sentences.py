"""Run-in heads without a number: paragraphs that all begin with a short sentence naming their subject.

One such paragraph proves nothing.  A section in which every paragraph begins so, several times in an article,
is a habit of its author.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ..evidence import HAN
from ..model import Block

LEAST_SECTIONS = 2  # sections of nothing but such paragraphs that make a habit
LEAST_PARAGRAPHS = 5
_LONGER = 4  # times that the whole paragraph is longer than its first sentence
_ENGLISH = re.compile(r"[A-Z][^.!?]{8,130}?\.(?=\s+[\"“‘(]?[A-Z\d])")
_CHINESE = re.compile(r"[^。！？；：“”\d]{5,30}。(?=.)")
# Words that a sentence has and a head has not.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|will|would|can|could|may|might|shall|should|must|do|does|did|"
    r"I|we|he|she|they|it|this|that|these|those|there|said|says|made|went|came|took|became|began|seemed|asked|looked|wanted|needed|started)\b"
)
_CHINESE_FINITE = re.compile(r"[是了我你他她它这那]|[一-龥]年|因此|但是|然而|所以|其中|此外|同时|目前|当前|近年")


def find_openings(texts: Mapping[str, str], blocks: Sequence[Block]) -> dict[str, int]:
    """By block: where the opening sentence ends, in paragraphs of sections where all begin with one."""
    sections: list[list[tuple[str, int]]] = [[]]
    for block in blocks:
        if block.kind == "head":
            sections.append([])
        elif block.kind == "p":
            sections[-1].append((block.id, opening_end(texts[block.id])))
    telling = [section for section in sections[1:] if len(section) > 1 and _is_telling(section)]
    found = {name: end for section in telling for name, end in section if end}
    if len(telling) < LEAST_SECTIONS or len(found) < LEAST_PARAGRAPHS:
        return {}
    for section in sections[1:]:  # of an author with the habit, several at a section's start will do
        run = list(takewhile(lambda one: one[1], section))
        if len(run) > 1:
            found |= dict(run)
    return found


def _is_telling(section: Sequence[tuple[str, int]]) -> bool:
    """Three in four paragraphs, but for one that introduces the section, begin with such a sentence."""
    rest = section if section[0][1] else section[1:]
    opened = sum(1 for _, end in rest if end)
    return opened > 1 and opened * 4 >= len(rest) * 3


def opening_end(text: str) -> int:
    """End of a first sentence that could be a head; 0 where there is none."""
    chinese = HAN.match(text) is not None
    found = (_CHINESE if chinese else _ENGLISH).match(text)
    if found is None or found.end() * _LONGER > len(text):
        return 0
    sentence = found.group()
    if (_CHINESE_FINITE if chinese else _FINITE).search(sentence) or sentence.count("，") > 1:
        return 0
    return found.end()
