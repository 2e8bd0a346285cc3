"""Title blocks that set names, institutions and addresses one below the other, as papers in Latin letters do.

Large and small capitals come apart into lines of their own (`EDITH` above `F. CASTELLAN`); a name above an
institution is taken for the title's last line; streets and telephones for names; the author's name above the title
for its first line.  Only lines right below each other are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import HAN, Evidence
from ..front.beside import is_person
from ..institutions import INSTITUTION
from ..people import people_in
from .features import Line, are_adjacent

_GIVEN_NAMES = re.compile(r"(?:(?:AND|and)\s+)?[A-ZÀ-Þ][\w’'-]+$|(?:AND|and)$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?)+[A-ZÀ-Þ][\w’'-]+(?:\s*[\d*†‡,]+)?$")
_INITIAL = re.compile(r"\b[A-ZÀ-Þ]\.")
_ADDRESS = re.compile(
    r"\d{1,5}[A-Za-z]? [A-Z]|.*\b[A-Z]{2},? \d{5}\b|.*\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|.*\b[A-Z]\d[A-Z] \d[A-Z]\d\b|(?:tel|phone|fax|ph|p\.? ?o\.? box)\b[.:]?.*\d|.*\S@\S+\.\w"
    r"|(?:D-|CH-|F-|A-)?\d{4,5} [A-Z][a-zü]|[A-Z][A-Za-z -]+[, -]+\d{3} ?\d{3}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b[A-Z]{2,}[ -]\d{3,}$")  # that no name has: of an office
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z]{2,8}(?: [–-] [A-Z]{2,8})?")
_FIRM = re.compile(r"\b(?:inc|ltd|llc|corp|gmbh|company|associates|laborator(?:y|ies))\b\.?", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:[^a-zA-Z]*+[A-Z]){8}[^a-z]*+$")
_ARTICLES = frozenset("The A An Le La Les Un Une Der Die Das Ein Eine El Los Las Il Lo Gli".split())
_MOST = 12  # lines of a title block that are gone through from its first name up


def mend_stacked_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for at in range(len(labels) - 2, -1, -1):
        if labels[at + 1] != "B" or not are_adjacent(lines, at):
            continue
        given = labels[at] in "TAI" and _GIVEN_NAMES.match(texts[at]) is not None
        given = given and (labels[at] != "T" or texts[at].isupper() or texts[at].lower() == "and")
        if given and (_INITIALS.match(texts[at + 1]) or texts[at].lower() == "and"):
            labels[at] = "B"
    named = False  # whether a name stands above, in the same block
    for at in range(1, len(labels)):
        named = are_adjacent(lines, at - 1) and (labels[at - 1] == "B" or (named and labels[at - 1] in "TA"))
        last = not are_adjacent(lines, at) or labels[at + 1] in "NL"  # of what stands below a text: no title does
        is_institution = labels[at - 1] + labels[at] == "AT" and last and INSTITUTION.search(texts[at]) is not None
        is_address = _ADDRESS.match(texts[at]) is not None or (
            labels[at] == "B" and _NUMBER.search(texts[at]) is not None
        )
        if named and labels[at] in "BT" and (is_institution or is_address):
            labels[at] = "A"
        behind = labels[at + 1] if are_adjacent(lines, at) else ""
        if named and behind == "A" and labels[at] in "BT" and labels[at - 1] in "BA" and _ACRONYM.fullmatch(texts[at]):
            labels[at] = "A"
        elif named and labels[at - 1] + labels[at] == "AT" and behind in ("A", "B") and _is_surely_person(texts[at]):
            labels[at] = "B"
    for at in [at for at, label in enumerate(labels) if label == "B" and labels[at - 1 : at] == ["T"]]:
        if are_adjacent(lines, at - 1) and _are_stacked(lines, texts, labels, at):
            _find_names_above(lines, texts, labels, at)
    _find_name_above_title(lines, texts, labels)


def _are_stacked(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether single names and institutions follow each other from here, with more than one name."""
    names, end = 0, at
    while (
        end < len(labels) and end - at < _MOST and labels[end] in "BA" and (end == at or are_adjacent(lines, end - 1))
    ):
        if labels[end] == "B":
            if not is_person(texts[end]):
                return False
            names += 1
        end += 1
    return names > 1 and "A" in labels[at:end]


def _is_name(text: str) -> bool:
    """Whether a line can be a name and begins with no article."""
    return is_person(text) and text.split()[0] not in _ARTICLES


def _is_surely_person(text: str) -> bool:
    """Whether a line is a name and no title of two or three words: with an initial, or of no known word."""
    return _is_name(text) and (_INITIAL.search(text) is not None or people_in(text) == "none")


def _find_names_above(lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int) -> None:
    """Lines of the title above such names that are a name, or a name and an institution; a line is left."""
    while at > 1 and labels[at - 1] == labels[at - 2] == "T" and are_adjacent(lines, at - 2):
        if _is_surely_person(texts[at - 1]) and not _FIRM.search(texts[at - 1]):
            labels[at - 1] = "B"
            at -= 1
        elif (
            (INSTITUTION.search(texts[at - 1]) or _FIRM.search(texts[at - 1]))
            and _is_surely_person(texts[at - 2])
            and labels[at - 3 : at - 2] == ["T"]
        ):
            labels[at - 2 : at] = ["B", "A"]
            at -= 2
        else:
            return


def _find_name_above_title(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A name in small letters above a title in capitals that nobody is named below."""
    for at in range(len(labels) - 1):
        is_first = labels[at] == labels[at + 1] == "T" and (not at or labels[at - 1] not in "TBA")
        if not is_first or not are_adjacent(lines, at) or HAN.search(texts[at]):
            continue
        end = at + 1
        while end < len(labels) and labels[end] == "T" and are_adjacent(lines, end - 1):
            end += 1
        alone = end == len(labels) or labels[end] not in "BA"
        if alone and _is_name(texts[at]) and not texts[at].isupper() and all(map(_CAPITALS.match, texts[at + 1 : end])):
            labels[at] = "B"
