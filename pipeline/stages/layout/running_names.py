"""Names that running heads list: `Ann Lee, Bo Chu` over the pages behind shows who wrote what begins before them.

Extractors that read columns write names that stand beside each other far from each other, or in one line with
nothing between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from ...evidence import Evidence, letters_of
from ..institutions import names_workplace
from ..name_lists import listed_names
from .features import Line, are_adjacent

_MISTAKEN = "PpHhXATNnBI"
_INSTITUTION = 60  # characters of a line below such a name that says where he or she works


def find_running_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place: lines that are one or several of these names, on the page on which the first stands."""
    for page, names in _lists(evidence, lines):
        keys = [letters_of(name) for name in names]
        first = [
            at
            for at, line in enumerate(lines)
            if line.page < page
            and _begins(evidence, line, keys, labels[at])
            and listed_names(evidence.lines.text[line.index]) != names
        ]
        if not first:
            continue
        runs = {"".join(keys[start:end]) for start in range(len(keys)) for end in range(start + 1, len(keys) + 1)}
        opening = lines[first[-1]].page
        for at, line in enumerate(lines):
            if line.page == opening and evidence.keys[line.index] in runs and labels[at] in _MISTAKEN:
                labels[at] = "B"
                _set_institutions(evidence, lines, labels, at + 1, runs)


def _set_institutions(
    evidence: Evidence, lines: Sequence[Line], labels: list[str], at: int, runs: Collection[str]
) -> None:
    """Short lines from here on that say where those named above work; what is below them begins anew."""
    page = lines[at - 1].page
    while at < len(lines) and are_adjacent(lines, at - 1) and not evidence.is_apart(lines[at].index):
        text = evidence.lines.text[lines[at].index]
        if labels[at] not in _MISTAKEN or len(text) > _INSTITUTION or text.endswith((".", "-", ",")):
            break
        is_other = labels[at] == "B" and evidence.keys[lines[at].index] not in runs
        if not (is_other or names_workplace(text) or "@" in text):
            break
        labels[at] = "A"
        at += 1
    if at < len(labels) and labels[at] in "phn" and lines[at].page == page:
        labels[at] = labels[at].upper()


def _lists(evidence: Evidence, lines: Sequence[Line]) -> Iterable[tuple[int, list[str]]]:
    """The lists of names that stand in running heads, each with the page behind the first of them."""
    known: set[str] = set()
    for above, line in pairwise(lines):
        for index in range(above.index + 1, line.index):
            names = listed_names(evidence.lines.text[index]) if evidence.keys[index] not in known else []
            if names:
                known.add(evidence.keys[index])
                yield line.page, names


def _begins(evidence: Evidence, line: Line, keys: Sequence[str], label: str) -> bool:
    """Whether a line of a title block begins with the first of some names; of other than bylines, several of them."""
    key = evidence.keys[line.index]
    if label == "B":
        return key.startswith(keys[0])
    return label in "TA" and key.startswith(keys[0] + keys[1])
