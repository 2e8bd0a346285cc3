"""Titles of which only some lines were taken for one, and which a page of contents or a running head has whole."""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import HAN, Evidence, letters_of
from ..front.beside import is_person
from ..front.bylines import BY, are_names
from ..institutions import names_workplace
from ..people import people_in
from .features import Line, are_adjacent, left_out

_LEAST, _LEAST_OF_LINE = 6, 2  # letters of what was taken for a title, and of a further line
_LEAST_OF_HEAD = 12  # letters of a running head that says what a title is
_MOST = 4  # further lines
_CONTENTS = "C"


def mend_listed_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place: lines right below a title, or above it, with which an entry goes on."""
    texts = [evidence.lines.text[line.index] for line in lines]
    listed = [letters_of(text) for text, label in zip(texts, labels, strict=True) if label == _CONTENTS]
    heads = [key for key in (evidence.keys[index] for index in left_out(evidence, lines)) if len(key) >= _LEAST_OF_HEAD]
    entries = "\n".join(("".join(listed), *dict.fromkeys(heads)))
    at = 0
    while at < len(labels):
        if labels[at] != "T":
            at += 1
            continue
        start = end = at
        while end < len(labels) and labels[end] == "T" and (end == at or are_adjacent(lines, end - 1)):
            end += 1
        title = "".join(map(letters_of, texts[start:end]))
        at = end
        if len(title) < _LEAST or title not in entries:
            continue
        for _ in range(_MOST):
            if end == len(labels) or not are_adjacent(lines, end - 1) or not _can_be_of_title(texts, labels, end):
                break
            if title + letters_of(texts[end]) not in entries:
                break
            title += letters_of(texts[end])
            labels[end] = "T"
            end += 1
        for _ in range(_MOST):
            if not start or not are_adjacent(lines, start - 1) or not _can_be_of_title(texts, labels, start - 1):
                break
            if letters_of(texts[start - 1]) + title not in entries:
                break
            title = letters_of(texts[start - 1]) + title
            labels[start - 1] = "T"
            start -= 1
        if end < len(labels) and labels[end] in "ph":
            labels[end] = labels[end].upper()
        at = max(at, end)


def _can_be_of_title(texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether a line was taken for something else than a title, and names nobody: entries have names, too."""
    text = texts[at]
    if labels[at] not in "XAHhPIB" or len(letters_of(text)) < _LEAST_OF_LINE:
        return False
    return not (
        is_person(text) or people_in(text) in ("han", "all") or names_workplace(text) or _is_byline(labels, at, text)
    )


def _is_byline(labels: Sequence[str], at: int, text: str) -> bool:
    return labels[at] == "B" and (HAN.search(text) is not None or BY.match(text) is not None or are_names(text))
