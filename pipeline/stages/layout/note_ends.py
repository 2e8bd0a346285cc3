"""Where notes begin and end, against the labelling: rests of notes that broke off, notes whose labels are misread, text
full of citations that was taken for notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..misread_labels import are_misread, misread_label
from ..patterns import label_shown
from .features import Line, are_adjacent
from .resumed import is_ended, is_open

_CITATION = re.compile(
    r"\b\d{1,4}(?: ?\(\d{1,3}\))?: ?[A-Z]?\d{1,5}(?:[–-]|\.?$)"
)  # volume and pages: in notes, never in text
_REST = 3  # lines of the rest of a note that are taken for text
CLOSED = tuple(".!?。！？…”’\"'」』)）]】:：;；")
MARKERS = "0123456789*†‡§¶①②③④⑤⑥⑦⑧⑨⑩[]〔〕 "  # what may stand behind a full stop
_NOTE_BELOW_TEXT = re.compile("(?<=[Pp])Nn*")
_GLUED_LABEL = re.compile(
    r"[a-zß-ÿ.](?:[\[(]\d{1,3}[\])] ?|\d{1,3})[A-ZÀ-Þ]"
)  # of a note that the end of the text above it runs into
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?[):;,. ]")
_CITES = re.compile(r"\[\d{1,3}(?:[,–-] ?\d{1,3})*\](?:[.,;:)]| (?=[a-zß-ÿ]))")  # and is no label
_SHORTENED = (" al.", " cf.", " vgl.", " ca.", " &", "(")  # at the end of a line that goes on


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


def give_back_citing_text(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines taken for a note that go on with half a sentence right above, where no note can go on: text.

    They begin in an open bracket or with a year; or with a small letter, where no notes stand at the foot of pages.  The
    last note before them ended, or there is none; and none of them cites volume and page.
    """
    texts = [evidence.lines.text[line.index] for line in lines]
    listed = labels.index("L") if "L" in labels else len(labels)
    has_feet = any(labels[at] == "N" and label_shown(texts[at]) for at in range(listed))
    for found in _NOTE_BELOW_TEXT.finditer("".join(labels)):
        at, end = found.span()
        text, above = texts[at], texts[at - 1]
        is_close = are_adjacent(lines, at - 1) and not evidence.is_apart(lines[at].index)
        if not is_close or above[-1] in MARKERS or not _goes_on(above, text, has_feet=has_feet):
            continue
        if any(_CITATION.search(texts[row]) or _GLUED_LABEL.search(texts[row]) for row in range(at, end)):
            continue
        last = next((row for row in range(at - 1, -1, -1) if labels[row] in "Nn"), -1)
        if last < 0 or is_ended(texts[last]) or above.count("(") > above.count(")"):
            labels[at:end] = ["p"] * (end - at)


def _goes_on(above: str, text: str, *, has_feet: bool) -> bool:
    """Whether a line goes on with the sentence that the one above leaves open."""
    is_small = text[0].islower() and not has_feet
    if above.count("(") > above.count(")"):
        return is_small or _YEAR.match(text) is not None or (")" in text and not label_shown(text))
    cites = _YEAR.match(text) is not None or _CITES.match(text) is not None
    return (is_open(above) or above.endswith(_SHORTENED)) and (is_small or cites)
