"""Notes without a label that are none: they stand where notes do not, or go on with the text above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..institutions import INSTITUTION
from ..misread_labels import are_misread, misread_label
from ..patterns import label_shown
from .features import Line

_NOTES = re.compile("[Nn]+")
_LABEL_AT_END = re.compile(r"[^\W\d][*＊†‡§¶]{1,3}$")
# What notes without a label say of authors and articles, and what any note does: where something stands.
_OF_NOTES = re.compile(
    rf"{INSTITUTION.pattern}|作者|收稿|基金|通[讯訊信]|@|©|\b(?:author|received|correspond|copyright|e-?mail|supported|fund)"
    r"|\b(?:pp?|S|vol|bd|ed|hrsg|vgl|cf|ibid|ebd)\.|\b(?:see|voir|siehe|doi)\b|https?:|出版社|[参參][见見]|同上|第.{1,6}[页頁]"
    r"|, (?:1[5-9]|20)\d\d[,.)]",
    INSTITUTION.flags | re.IGNORECASE,
)
_CITATION = re.compile(
    r"\b\d{1,4}(?: ?\(\d{1,3}\))?: ?[A-Z]?\d{1,5}(?:[–-]|\.?$)"
)  # volume and pages: in notes, never in text
_REST = 3  # lines of the rest of a note that are taken for text
_NEARLY_ALL, _MOST = 90, 70  # per cent of the notes
_SURE = 6000  # margin of a label that is sure
_DEEPEST = 8  # lines of text that are taken for the beginning of notes
CLOSED = tuple(".!?。！？…”’\"'」』)）]】:：;；")
MARKERS = "0123456789*†‡§¶①②③④⑤⑥⑦⑧⑨⑩[]〔〕 "  # what may stand behind a full stop


def mend_unlabelled_notes(
    evidence: Evidence, lines: Sequence[Line], labels: list[str], margins: Sequence[int] = ()
) -> None:
    """Notes without a label are text where text of their page follows, for notes stand at the foot, where they begin
    right below a title or a head, and where they open a page behind text, for there is no note that they could go on with."""
    texts = evidence.lines.text
    for at, end in _on_one_page(lines, labels):
        followed = end < len(lines) and lines[end].page == lines[at].page and labels[end] in "pPH"
        above = labels[at - 1] if at and lines[at - 1].page == lines[at].page else ""
        labelled = any(label_shown(texts[line.index]) for line in lines[at:end])
        if not labelled and ((followed and above in ("P", "p")) or (above in ("T", "H", "h") and labels[at] == "N")):
            closed = above in "THh" or texts[lines[at - 1].index].rstrip(MARKERS).endswith(CLOSED)
            _make_text(evidence, lines, labels, at, end)
            labels[at] = "P" if closed else "p"
        elif (
            labels[at] == "n"
            and followed
            and labels[end] == "p"
            and not labelled
            and lines[at - 1].page != lines[at].page
        ):
            labels[at:end] = ["p"] * (end - at)
        elif labels[at] == "n" and at and lines[at - 1].page != lines[at].page and labels[at - 1] in "PpHh":
            _make_text(evidence, lines, labels, at, next((row for row in range(at, end) if labels[row] == "N"), end))
        elif labels[at] == "N" and above in ("P", "p") and (row := _label_behind(texts, lines, at, end)):
            _make_text(evidence, lines, labels, at, row)
            labels[at] = "P" if texts[lines[at - 1].index].rstrip(MARKERS).endswith(CLOSED) else "p"
            labels[row] = "N"
        elif labels[at] == "N" and above:
            is_sure = bool(margins) and margins[at] >= _SURE
            _give_back_opening(evidence, lines, labels, at, end, is_sure=is_sure)


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


def _make_text(evidence: Evidence, lines: Sequence[Line], labels: list[str], at: int, end: int) -> None:
    """Text of lines of notes: paragraphs begin where notes did, and where a line is set apart."""
    for row in range(at, end):
        index = lines[row].index
        apart = row > at and evidence.is_apart(index)
        labels[row] = "P" if apart or labels[row] == "N" else "p"


def _label_behind(texts: Sequence[str], lines: Sequence[Line], at: int, end: int) -> int:
    """The note right below a line with its label at the end (`glued_labels`), if none begins above it; else 0."""
    for row in range(at, min(at + _DEEPEST, end - 1)):
        text = texts[lines[row].index]
        if label_shown(text):
            break
        if _LABEL_AT_END.search(text) and not label_shown(texts[lines[row + 1].index]):
            return row + 1
    return 0


def _give_back_opening(
    evidence: Evidence, lines: Sequence[Line], labels: list[str], at: int, end: int, *, is_sure: bool
) -> None:
    """What opens notes without a label goes on with half a sentence above it, or begins the text below a head or,
    where the labelling is not sure, a sentence that ended, as far as the first note with a label or the first line set apart.

    Behind half a sentence that it does not go on with it is the rest of a note from the page before.
    """
    texts = [evidence.lines.text[line.index] for line in lines[at - 1 : end]]
    if label_shown(texts[1]) or texts[0][-1] in MARKERS:
        return
    below_head = labels[at - 1] in "THh"
    below_text = labels[at - 1] in "Pp"
    goes_on = below_text and texts[0][-1].isalpha() and (texts[1][0].islower() or texts[1][0].isdigit())
    own = texts[1 : next((row for row in range(at + 1, end) if labels[row] == "N"), end) - at + 1]
    closed = below_text and texts[0].endswith(CLOSED) and not _OF_NOTES.search(" ".join(own))
    if goes_on and _CITATION.search(texts[1]):
        return
    begins = below_head or (closed and not is_sure and _is_alone_unlabelled(evidence, lines, labels, at))
    if not begins and not goes_on:
        return
    row = at + 1
    while row < end and not (
        (labels[row] == "N" and (below_text or label_shown(texts[row - at + 1])))
        or evidence.is_apart(lines[row].index)
        or texts[row - at][-1] in MARKERS
        or _CITATION.search(texts[row - at + 1])
    ):
        row += 1
    labels[at:row] = ["P" if begins else "p"] + ["p"] * (row - at - 1)
    if row < end:
        labels[row] = "N"


def _is_alone_unlabelled(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str], at: int) -> bool:
    """Whether nearly all notes of the source have labels, and none from before can go on here."""
    texts = evidence.lines.text
    before = next((texts[lines[one].index] for one in range(at - 1, -1, -1) if labels[one] in "Nn"), "")
    starts = [texts[line.index] for one, line in enumerate(lines) if labels[one] == "N" and one != at]
    labelled = 100 * sum(map(bool, map(label_shown, starts)))
    return labelled >= len(starts) * (_NEARLY_ALL if before else _MOST) and (not before or before.endswith(CLOSED))


def _on_one_page(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of notes, each on one page."""
    found: list[tuple[int, int]] = []
    for run in _NOTES.finditer("".join(labels)):
        start, end = run.span()
        starts = [start, *(at for at in range(start + 1, end) if lines[at].page != lines[at - 1].page)]
        found += zip(starts, [*starts[1:], end], strict=True)
    return found
