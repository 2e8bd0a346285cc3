"""What stands between a title block and the text and is of neither: lists of links, rights, dates.

Modern journals print them in the margin of the first page; extractors write them below the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..imprints import has_rights, states_rights
from .features import Line, are_adjacent

_BULLETS = "•●○■▪◦‣"
ITEM = re.compile(rf"[{_BULLETS}]\s*(?=\S)")
_FIELD = re.compile(
    r"(?:doi:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+$|\W{0,2}\s*corresponding author\b"
    r"|(?-i:(?:[a-z0-9-]+\.)+(?:de|at|ch|org|edu|com|net|uk|au|ca|nl|fr|it|es|cn|eu|io|info)(?:/\S*)?)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\W{0,2}(?:(?:收稿|修回|发表|發表)?日期)?\W{0,3}\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]?(?:\s?\d{1,2}\s?日?)?\W?"
)
_WORDS_OF_ITEM = 4
_FAR = 6  # lines from names or other front matter down to such a list
_MOST_OF_RIGHTS = 8  # lines


def mend_sidebars(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    at = 0
    for start in [start for start, text in enumerate(texts) if text[0] in _BULLETS]:
        end = _end_of_list(lines, texts, start) if start >= at else at
        if end - start > 1 and start >= at and _is_in_front(lines, labels, start, end):
            labels[start:end] = ["X"] * (end - start)
        at = max(end, at)
    _mend_fields(lines, texts, labels)
    for at in [at for at, label in enumerate(labels) if label in "XA"]:
        if labels[at + 1 : at + 2] and labels[at + 1] in "TBAHPpX" and are_adjacent(lines, at):
            _set_rights_apart(evidence, lines, texts, labels, at + 1)


def _mend_fields(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """References, addresses, dates and rights right below front matter or in a title are front matter, and heads of lists."""
    for at in [at for at, label in enumerate(labels[:-1], 1) if label in "BAX"]:
        if labels[at] in "ABTP" and are_adjacent(lines, at - 1) and _FIELD.match(texts[at]):
            labels[at] = "X"
            if labels[at + 1 : at + 2] == ["p"]:
                labels[at + 1] = "P"
    for at in [at for at, label in enumerate(labels) if label == "T"]:
        if _FIELD.match(texts[at]) or states_rights(texts[at]) or _DATE.fullmatch(texts[at]):
            labels[at] = "X"  # no title speaks so
    for at in [at for at, label in enumerate(labels[:-2], 1) if label == "X"]:
        is_between = labels[at] in "TAH" and labels[at + 1] == "X" and lines[at - 1].page == lines[at + 1].page
        if is_between and len(texts[at].split()) == 1 and ITEM.match(texts[at + 1]):
            labels[at] = "X"  # the head of such a list


def _end_of_list(lines: Sequence[Line], texts: Sequence[str], at: int) -> int:
    """The end of short lines from here on that all begin with the same sign."""
    sign = ITEM.match(texts[at])
    end = at
    while (
        sign is not None
        and end < len(lines)
        and texts[end].startswith(sign.group())
        and len(texts[end].split()) <= _WORDS_OF_ITEM
        and (end == at or are_adjacent(lines, end - 1))
    ):
        end += 1
    return end


def _is_in_front(lines: Sequence[Line], labels: Sequence[str], start: int, end: int) -> bool:
    """Whether front matter stands right below a list, and close above it."""
    if labels[end : end + 1] != ["X"] or lines[end].page != lines[start].page:
        return False
    above = range(max(0, start - _FAR), start)
    return any(labels[at] in "BAX" and lines[at].page == lines[start].page for at in above)


def _set_rights_apart(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int
) -> None:
    """Lines from here to the next gap, of which the first or second speaks of rights, are front matter."""
    end = start + 1
    while end < len(lines) and end - start < _MOST_OF_RIGHTS and are_adjacent(lines, end - 1):
        if evidence.is_apart(lines[end].index) or labels[end] in "HN":
            break
        end += 1
    if end == len(lines) or (labels[end] == "p" and not evidence.is_apart(lines[end].index)):
        return
    if has_rights(" ".join(texts[start : min(end, start + 2)])):
        labels[start:end] = ["X"] * (end - start)
        if labels[end] in "pnh":
            labels[end] = labels[end].upper()
