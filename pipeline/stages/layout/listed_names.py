"""Bylines told by the signs between their names, `Ann Lee / Bo Li`, and the titles that are left beside them.

Such a list may stand above the title or below it, over several lines, in capitals or not; no title is made of
nothing but pairs of capitalised words between strokes or points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import HAN, Evidence
from ..front.bylines import BY
from ..institutions import INSTITUTION, names_workplace
from ..people import SMALL, people_in
from .features import Line, are_adjacent
from .note_ends import CLOSED
from .open_ends import open_end

_BETWEEN = re.compile(r"\s+[/·•|]\s+|\s*;\s+|\s+[/·•|;]$|^[/·•|;]\s+|;$")
_WORD = re.compile(r"[A-ZÀ-Þ\u0100-\u024f][\w.’'-]*[\d*†‡,]*")
_CUT = re.compile(r"[^\W\d_][-\u00ad\ufffe]$")
_MOST = 5  # words of a name
_PARTS = "TBA"


def mend_listed_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for start, end in _blocks(lines, labels):
        names = _listed(texts, labels, start, end)
        if names:
            for at in names:
                labels[at] = "B"
            below = max(names) + 1
            if below < end and labels[below] == "B" and names_workplace(texts[below]):
                labels[below] = "A"
            if "T" not in labels[start:end]:
                _find_title(texts, labels, start, end, names)
        _find_last_lines(texts, labels, start, end)
        _find_first_lines(texts, labels, start, end, names)


def _blocks(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of lines right below one another that are labelled as parts of title blocks."""
    found, start = [], -1
    for at in range(len(labels) + 1):
        within = at < len(labels) and labels[at] in _PARTS
        if start >= 0 and (not within or not are_adjacent(lines, at - 1)):
            found.append((start, at))
            start = -1
        if within and start < 0:
            start = at
    return found


def _listed(texts: Sequence[str], labels: Sequence[str], start: int, end: int) -> set[int]:
    """The lines of a block that are lists of names, with those that go on with them."""
    found: set[int] = set()
    for at in range(start, end):
        if HAN.search(texts[at]) or not _BETWEEN.search(texts[at]) or BY.match(texts[at]):
            continue
        if ";" in texts[at] and texts[at].isupper() and any(map(open_end, texts[at].replace(";", " ").split())):
            continue  # half a sentence of a title
        pieces = [piece for piece in _BETWEEN.split(texts[at]) if piece]
        if any(map(BY.match, pieces)):  # `The Lower Mills; by Edith Castellan`
            continue
        is_list = any(pieces[1:-1]) or any(" " in piece for piece in pieces)
        if len(pieces) > 1 and is_list and all(map(_is_name, pieces)) and not INSTITUTION.search(texts[at]):
            found.add(at)
            is_cut = _CUT.search(texts[at]) is not None or " " not in pieces[-1]
            if at + 1 < end and is_cut and " " not in texts[at + 1]:
                found.add(at + 1)
    return found


def _is_name(piece: str) -> bool:
    words = piece.split()
    is_name = all(word in SMALL or _WORD.fullmatch(word) for word in words)
    return is_name and 0 < len(words) <= _MOST and people_in(piece) != "all"


def _find_title(texts: Sequence[str], labels: list[str], start: int, end: int, names: set[int]) -> None:
    """What stands right above the names or, where nothing does, right below them and their institutions: the title."""
    first = min(names)
    rows = range(start, first) if first > start else range(max(names) + 1, end)
    plain = [at for at in rows if not INSTITUTION.search(texts[at])]
    if plain and plain[-1] - plain[0] == len(plain) - 1 and (first > start or plain[-1] == end - 1):
        for at in plain:
            labels[at] = "T"


def _find_last_lines(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A line taken for names at the end of a title that has its names above, and sets them otherwise: its last line.

    So is one above names that are set otherwise, with capitals or without, and one above such a title is its first.
    """
    above = next((at for at in range(start, end) if labels[at] == "B"), end)
    for at in range(above + 1, end):
        if labels[at] != "B" or labels[at - 1] != "T" or BY.match(texts[at]) or texts[at].endswith(CLOSED):
            continue
        is_last = at + 1 == end or labels[at + 1] == "T"
        differs = _differ(texts, above, at) and not _differ(texts, at - 1, at)
        if is_last and (differs or people_in(texts[at]) == "small"):
            labels[at] = "T"
    for at in range(start, end - 2):
        three = "".join(labels[at : at + 3])
        if three not in ("TBB", "BTB") or _differ(texts, at, at + 1) or not _differ(texts, at + 1, at + 2):
            continue
        own = at + three.index("B")
        is_first = own > at or at == start or labels[at - 1] not in _PARTS
        if is_first and not HAN.search(texts[own]) and not BY.match(texts[own]):
            labels[own] = "T"


def _differ(texts: Sequence[str], one: int, other: int) -> bool:
    """Whether one of two lines is in capitals, and the other not."""
    return texts[one].isupper() != texts[other].isupper()


def _find_first_lines(texts: Sequence[str], labels: list[str], start: int, end: int, names: set[int]) -> None:
    """Lines taken for names between such a list in capitals and a title that is set otherwise: of the title."""
    listed = [at for at in names if texts[at].isupper()]
    for at in range(max(listed) + 1, end) if listed else ():
        title = next((row for row in range(at + 1, end) if labels[row] == "T"), at)
        if set(labels[at:title]) == {"B"} and not texts[at].isupper() and not BY.match(texts[at]):
            labels[at] = "T"
