"""Notes told by what is printed and by their numbers, whatever the labelling took their lines for.

Numbers of notes go up by one.  That tells a list below the head of the notes; and it tells a number at the
beginning of a line that labels nothing: a marker that fell to the line's beginning, a page of a book cited in a
note.  An unmistakable label whose marker stands above begins a note at a page's foot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...evidence import HAN, Evidence
from ..patterns import note_label_of
from .counted_paragraphs import give_back_counted
from .features import Line, are_adjacent
from .note_forms import give_back_items
from .note_marks import Marks, is_notes_head, is_references_head, label_end
from .resumed import resume_text

UNMISTAKABLE = ("note-circle", "note-raised", "note-bracket", "note-brackets", "note-word")
_LISTED = (*UNMISTAKABLE, "note-dotted")
_CLOSED = tuple(".!?。！？…”’\"'」』)）]】")
_STOPS = tuple(".!?。！？")
_GOES_ON = re.compile(r"[,.;:!?，。；：、！？）)」』”’…]|[a-zà-ÿ]")  # what no note begins with
_FAR = 90  # lines from one note of a list below a head to the next


def fix_notes(
    evidence: Evidence,
    lines: Sequence[Line],
    texts: Sequence[str],
    labels: list[str],
    noted: Mapping[int, tuple[str, str]],
) -> None:
    """Labels of notes, of what goes on with them, and of text that only looks like them, set in place."""
    marks = Marks(texts, noted)
    listed = _fix_headed_lists(evidence, lines, texts, labels, marks)
    _fix_lists_without_numbers(texts, labels, listed)
    give_back_items(evidence, lines, texts, labels, marks, listed)
    give_back_counted(evidence, lines, texts, labels, marks, listed)
    _fix_feet(lines, texts, labels, marks)
    _fix_out_of_order(lines, texts, labels, marks, listed)
    _fix_markers_in_text(lines, texts, labels, marks, listed)
    resume_text(evidence, lines, texts, labels)


def _fix_headed_lists(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], marks: Marks
) -> set[int]:
    """Lists below the head of notes or references; returns the lines of the lists."""
    listed: set[int] = set()
    starts = [at - 1 for at, mark in sorted(marks.of.items()) if at and mark.value == 1]
    for at in starts:
        if at in listed or not is_notes_head(texts[at]):
            continue
        chain = marks.follow(at + 1, labels, _FAR)
        if len(chain) < 2 and labels[at] != "L" and labels[at + 1] not in "NR":
            continue
        labels[at] = "L"
        first = "N" if not is_references_head(texts[at]) else _called(labels, chain)
        listed |= _enter_list(evidence, lines, texts, labels, chain, first)
    return listed


def _called(labels: Sequence[str], chain: Sequence[int]) -> str:
    """What most of a list was called: references, or notes."""
    return "R" if 2 * sum(labels[at] in "Rr" for at in chain) > len(chain) else "N"


def _enter_list(
    evidence: Evidence,
    lines: Sequence[Line],
    texts: Sequence[str],
    labels: list[str],
    chain: Sequence[int],
    first: str,
) -> set[int]:
    """The list as notes or as references, by the label of their first lines; returns its lines."""
    end = chain[-1] + 1
    while end < len(texts) and _goes_on(evidence, lines, texts, labels, end):
        end += 1
    labels[chain[0] : end] = [label if label == "I" else first.lower() for label in labels[chain[0] : end]]
    for at in chain:
        labels[at] = first
    if end < len(labels) and labels[end] in "phnr":
        labels[end] = labels[end].upper()
    return set(range(chain[0], end))


def _goes_on(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether a line goes on with the last note of a list above it."""
    if labels[at] in "TBCXLFR" or is_notes_head(texts[at]):
        return False
    if labels[at] in "nr":
        return True
    ended = texts[at - 1].endswith(_STOPS)
    same_page = lines[at].page == lines[at - 1].page
    apart = same_page and evidence.is_apart(lines[at].index)
    return not (ended and labels[at] in "PNHAM") and not apart


def _fix_lists_without_numbers(texts: Sequence[str], labels: list[str], listed: set[int]) -> None:
    """Below the head of the notes every labelled line begins a note, every other goes on with one."""
    headed = of_notes = False
    if "L" not in labels:
        return
    for at, text in enumerate(texts):
        if at in listed:
            headed = False
            continue
        if labels[at] == "L":
            headed = is_notes_head(text)
            of_notes = not is_references_head(text)
            continue
        if not headed:
            continue
        if labels[at] in "TBCX" and not _is_listed(text):
            headed = False
        elif _is_listed(text):
            labels[at] = "R" if labels[at] in "Rr" and not of_notes else "N"
        elif labels[at] in "PpHhAMF" and labels[at - 1] in "NnRr" and not texts[at - 1].endswith(("。", ".")):
            labels[at] = "r" if labels[at - 1] in "Rr" else "n"


def _is_listed(text: str) -> bool:
    return note_label_of(text)[0] in _LISTED


def _fix_feet(lines: Sequence[Line], texts: Sequence[str], labels: list[str], marks: Marks) -> None:
    """At a page's foot a line with an unmistakable label, whose marker stands above, begins a note."""
    for at in [at for at, mark in marks.of.items() if mark.name in UNMISTAKABLE]:
        text, page_start = texts[at], at - lines[at].place
        if labels[at] not in "PpHhAMn" or (labels[at] != "n" and lines[at].left * 2 > lines[at].place):
            continue
        name, label = note_label_of(text)
        mark = text[: text.find(label) + len(label)] + ("]" if name == "note-bracket" else "")
        mark = label if name in ("note-circle", "note-raised") else mark
        if not any(mark in above[1:] for above in texts[page_start:at]):
            continue
        labels[at] = "N"


def _fix_out_of_order(
    lines: Sequence[Line], texts: Sequence[str], labels: list[str], marks: Marks, listed: set[int]
) -> None:
    """A number out of order between two that follow each other labels nothing: it goes on with the note above.

    Labels on lines of their own can stand anywhere.
    """
    numbered = [at for at in sorted(marks.of) if labels[at] == "N" and at not in listed and not _is_alone(texts[at])]
    for before, at, behind in zip(numbered, numbered[1:], numbered[2:], strict=False):
        last, own, due = (marks.of[one].value for one in (before, at, behind))
        adjacent = lines[at].page == lines[at - 1].page and labels[at - 1] in "Nn"
        if due == last + 1 and own not in (1, due, last) and adjacent:
            labels[at] = "n"


def _fix_markers_in_text(
    lines: Sequence[Line], texts: Sequence[str], labels: list[str], marks: Marks, listed: set[int]
) -> None:
    """A marker at the beginning of a line of text, or alone on one, whose note stands elsewhere."""
    known = {marks.of[at][1:]: at for at in sorted(listed) if at in marks.of}  # the last line of a list that has it
    noted = {
        mark[1:]
        for at, mark in marks.of.items()
        if mark.group == "bracket" and labels[at] in "NR" and not _is_alone(texts[at])
    }
    for at, mark in marks.of.items():
        if at in listed or labels[at] in "pTBCXL":
            continue
        if not at or labels[at - 1] in "Hh" or lines[at - 1].page != lines[at].page:
            _fix_marker_above_text(lines, texts, labels, marks, at)
            continue
        if labels[at - 1] not in "Pp":
            continue
        if not are_adjacent(lines, at - 1):
            continue
        alone = _is_alone(texts[at])
        if alone or mark.group in ("bracket", "circle"):
            within = alone and mark.group in ("bracket", "circle") and _is_within_text(lines, labels, at)
            elsewhere = known.get(mark[1:], 0) > at or within or (alone and mark[1:] in noted)
            if (
                labels[at] == "N"
                and mark.group in ("bracket", "circle")
                and _has_marker_above(lines, texts, labels, at)
            ):
                elsewhere = False
            if not elsewhere and not _has_note_below(lines, labels, marks, at):
                continue
            if _is_in_sentence(lines, texts, labels, at, alone=alone):
                labels[at] = "p"


def _fix_marker_above_text(
    lines: Sequence[Line], texts: Sequence[str], labels: list[str], marks: Marks, at: int
) -> None:
    """A marker alone above the first line of text of a page or section, whose note stands below on the page."""
    below = at + 1
    if below == len(texts) or labels[below] not in "Pp" or not are_adjacent(lines, at) or not _is_alone(texts[at]):
        return
    if _has_note_below(lines, labels, marks, at):
        labels[at], labels[below] = labels[below], "p"


def _is_in_sentence(lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, *, alone: bool) -> bool:
    """Whether text goes on around or behind a marker; what stood for the beginning of a block below is put right."""
    below = at + 1
    if alone:
        if below == len(texts) or not are_adjacent(lines, at):
            return False
        open_above = HAN.match(texts[at - 1][-1]) and HAN.match(texts[below])
        goes_on = labels[below] in "PpH" or _is_before_text(lines, labels, below)
        while labels[below] in "nh" and (goes_on or open_above or _GOES_ON.match(texts[below])):
            labels[below], goes_on = "p", True
            below += 1
            if below == len(texts) or not are_adjacent(lines, below - 1):
                break
        return goes_on
    rest = texts[at][label_end(texts[at]) :]
    if not _GOES_ON.match(rest) and texts[at - 1].endswith(_STOPS):
        return False
    ended = texts[at].endswith(_CLOSED)
    while below < len(texts) and are_adjacent(lines, below - 1) and labels[below] in "hn":
        labels[below] = "p"
        below += 1
    if below < len(texts) and are_adjacent(lines, at) and labels[below] == "P" and labels[at] in "HN" and not ended:
        labels[below] = "p"
    return True


def _is_within_text(lines: Sequence[Line], labels: Sequence[str], at: int) -> bool:
    """Whether text goes on right below a line."""
    return are_adjacent(lines, at) and labels[at + 1] == "p"


def _is_before_text(lines: Sequence[Line], labels: Sequence[str], at: int) -> bool:
    """Whether text goes on right below a line that was taken for half a note."""
    return labels[at] == "n" and are_adjacent(lines, at) and labels[at + 1] == "p"


def _is_alone(text: str) -> bool:
    label = note_label_of(text)[1]
    return bool(label) and len(text) <= len(label) + 2 and not re.search(r"[^\W\d_]", text.replace(label, ""))


def _has_note_below(lines: Sequence[Line], labels: Sequence[str], marks: Marks, at: int) -> bool:
    """Whether a note of the same label stands below on the page."""
    mark = marks.of[at]
    on_page = lines[at].left
    return any(labels[below] == "N" for below in marks.find(mark.group, mark.value, at, on_page))


def _has_marker_above(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether the label of a line stands within text above it on the page."""
    label = texts[at][: label_end(texts[at])]
    return any(
        label in text[1:]
        for text, of in zip(texts[at - lines[at].place : at], labels[at - lines[at].place : at], strict=True)
        if of in "Pp"
    )
