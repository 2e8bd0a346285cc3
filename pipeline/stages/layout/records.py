"""What journals record of a paper on its first page: who edited and reviewed it, when it came in, its DOI.

Words that say what stands below them, each on a line of its own, and short lines between.  Names among these are
nobody's who wrote the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..imprints import has_rights, states_rights
from .features import Line, are_adjacent

_FIELD = re.compile(
    r"(?:(?:(?:academic|handling|associate|managing|responsible|reviewing) )?editors?|edited by|reviewers?|reviewed by|approved by|communicated by"
    r"|(?:date )?(?:received|revised|accepted|submitted)(?: on)?|published(?: online| on)?|available online|publication date"
    r"|corresponding authors?|correspondence|doi|article history"
    r"|herausgegeben von|begutachtet von|eingereicht(?: am)?|eingegangen(?: am)?|angenommen(?: am)?|veröffentlicht(?: am)?"
    r"|reçu(?: le)?|accepté(?: le)?|publié(?: le)?|责任编辑|責任編輯|收稿日期|修回日期|录用日期|接受日期|发表日期|發表日期)\s*[:：]?",
    re.IGNORECASE,
)
_LEAST = 2  # fields that make a record
_MOST_OF_FIELD = 5  # lines of one
_WORDS = 8  # of a line in one
_NUMBERED = re.compile(r"10\.\d{4,9}/\S+|.*\b(?:19|20)\d\d\b")  # what a last field ends with
_IN_FRONT = "TBAXHPpI"
_WHOSE = re.compile(
    r"\bcopyright (?:\(c\)|(?:19|20)\d\d|is held|by the authors?\b)|\bpermission to make\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FOOT = 8  # lines at the foot of a page
# How what says where a paper appeared begins, set at the foot of its first column.
_APPEARED = re.compile(
    r"(?:(?:appearing|appears|published) in(?: the)? |in )?proceedings of |permission to make |preliminary work\. ",
    re.IGNORECASE,
)


def mend_records(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place: such lines near a title or names are front matter."""
    texts = [evidence.lines.text[line.index] for line in lines]
    fields = [at for at, text in enumerate(texts) if labels[at] in _IN_FRONT and _FIELD.fullmatch(text)]
    while fields:
        series = [fields.pop(0)]
        while fields and _is_one_field(lines, texts, labels, series[-1], fields[0]):
            series.append(fields.pop(0))
        start = series[0]
        if len(series) < _LEAST or not start or labels[start - 1] not in "TBAX" or not are_adjacent(lines, start - 1):
            continue
        end = _end_of_last(lines, texts, series[-1])
        labels[start:end] = ["X"] * (end - start)
        if end < len(labels) and labels[end] in "ph":
            labels[end] = labels[end].upper()


def _is_one_field(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int, end: int) -> bool:
    """Whether nothing but a few short lines stands between the words of a field and those of the next."""
    within = range(at + 1, end)
    return (
        0 < len(within) <= _MOST_OF_FIELD
        and all(are_adjacent(lines, row) for row in range(at, end))
        and all(labels[row] in _IN_FRONT and len(texts[row].split()) <= _WORDS for row in within)
    )


def _end_of_last(lines: Sequence[Line], texts: Sequence[str], at: int) -> int:
    """The end of the last field: one line, if it is short; as far as a date or DOI, if one is near."""
    for end in range(at + 1, min(at + 1 + _MOST_OF_FIELD, len(lines))):
        if not are_adjacent(lines, end - 1) or len(texts[end].split()) > _WORDS:
            break
        if _NUMBERED.fullmatch(texts[end]):
            return end + 1
    is_short = at + 1 < len(lines) and are_adjacent(lines, at) and len(texts[at + 1].split()) <= _WORDS
    return at + 2 if is_short else at + 1


def mend_rights_at_feet(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place: a line of rights at the foot of a page, below text, begins a note."""
    for at, line in enumerate(lines):
        is_below = line.left < _FOOT and at > 0 and labels[at] in "Ppn" and labels[at - 1] in "Ppn"
        if is_below and lines[at - 1].page == line.page and _dates_rights(evidence.lines.text[line.index]):
            labels[at] = "N"
            for behind in range(at + 1, at + line.left + 1):
                if labels[behind] not in "Pp":
                    break
                labels[behind] = "n"


def mend_appearances(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place: where a paper appeared and whose its rights are, in the text of its first page: a note.

    The first of these lines may have been taken for forme work.
    """
    texts = evidence.lines.text
    for at, line in enumerate(lines):
        if line.page != lines[0].page:
            return
        above = "" if not at or line.index == lines[at - 1].index + 1 else texts[line.index - 1]
        if labels[at] not in "PpHh" or not (_begins(texts[line.index]) or _begins(above)):
            continue
        end = at + 1
        while end < len(lines) and end - at < _FOOT and are_adjacent(lines, end - 1) and labels[end] in "PpHh":
            if evidence.is_apart(lines[end].index):
                break
            end += 1
        is_closed = end == len(lines) or lines[end].page != line.page or evidence.is_apart(lines[end].index)
        said = " ".join(texts[lines[row].index] for row in range(at, end))
        if at and is_closed and (has_rights(said) or _WHOSE.search(said)):
            labels[at:end] = ["N", *"n" * (end - at - 1)]
            if labels[end : end + 1] == ["h"]:
                labels[end] = "H"


def _begins(text: str) -> bool:
    """Whether a line can be the first of those that say where a paper appeared and whose its rights are."""
    return _APPEARED.match(text) is not None or _dates_rights(text)


def _dates_rights(text: str) -> bool:
    """Whether a line states rights with their year, as a paper does; what a whole issue says of them has often none."""
    return states_rights(text) and _YEAR.search(text) is not None
