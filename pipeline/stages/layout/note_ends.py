"""Where notes begin and end, against the labelling: rests of notes that broke off, notes whose labels are misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..misread_labels import are_misread, misread_label
from ..patterns import label_shown
from .features import Line

_CITATION = re.compile(
    r"\b\d{1,4}(?: ?\(\d{1,3}\))?: ?[A-Z]?\d{1,5}(?:[–-]|\.?$)"
)  # volume and pages: in notes, never in text
_REST = 3  # lines of the rest of a note that are taken for text
CLOSED = tuple(".!?。！？…”’\"'」』)）]】:：;；")
MARKERS = "0123456789*†‡§¶①②③④⑤⑥⑦⑧⑨⑩[]〔〕 "  # what may stand behind a full stop


def find_rests_of_notes(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines taken for text right above the first note of a page, the first of which cites: the rest of the note before,
    where that broke off on another page or in another column."""
    texts = evidence.lines.text
    before = -1  # the last line of a note
    for at in range(len(lines)):
        if labels[at] not in "Nn":
            continue
        last, before = before, at
        if labels[at] == "n" or last < 0 or not label_shown(texts[lines[at].index]):
            continue
        start = at
        for row in range(at - 1, max(last, at - 1 - _REST), -1):
            if labels[row] != "p" or lines[row].page != lines[at].page:
                break
            if _CITATION.search(texts[lines[row].index]):
                start = row
        is_open = not texts[lines[last].index].endswith(CLOSED)
        if start < at and is_open and not texts[lines[start - 1].index].endswith(CLOSED):
            labels[start:at] = ["n"] * (at - start)


def part_misread_notes(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Where the labels of notes are misread, lines within notes that begin with such a label begin a note.

    So does a line set apart right above a note.
    """
    texts = evidence.lines.text
    if "N" not in labels or not are_misread(
        texts[line.index] for line, label in zip(lines, labels, strict=True) if label == "N"
    ):
        return
    for at in range(1, len(lines)):
        same_page = lines[at].page == lines[at - 1].page
        if labels[at] == "n" and same_page and misread_label(texts[lines[at].index]):
            labels[at] = "N" if texts[lines[at - 1].index].endswith(CLOSED) else "n"
        elif labels[at] in "PBAX" and labels[at + 1 : at + 2] == ["N"] and misread_label(texts[lines[at].index]):
            index = lines[at].index
            if evidence.is_apart(index) and lines[at + 1].page == lines[at].page and not evidence.is_apart(index + 1):
                labels[at] = "N"
