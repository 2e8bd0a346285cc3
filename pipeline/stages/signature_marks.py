"""Signature marks: the letter or number of a sheet at the foot of its first leaves (`A ij`, `B 2`, `Vol. II. C`, `12*`).

One alone proves nothing.  What does is that from page to page the letters go through the alphabet and the numbers
within a letter rise, or that numbers of sheets are a sheet's pages apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from ..evidence import Evidence, letters_of
from .numbers import Number

_FOOT = 2  # lines at a page's foot that are looked at, the last of them perhaps a catch word
_LONGEST_BELOW, _LONGEST_NORM = 24, 60  # characters of a line below a mark, and of a title that stands beside a number
_FEWEST, _FEWEST_NUMBERED = 3, 2  # marks that make a sequence, and those of them with the number of a leaf
_PAGES_OF_A_SHEET = (4, 8, 12, 16, 24, 32)
_LEAVES = {
    form: number
    for number, forms in enumerate(
        ("i", "ii ij iy", "iii iij iiy", "iv iiii iiij", "v", "vi vj", "vii vij", "viii viij"), start=1
    )
    for form in forms.split()
}
_LETTERED = re.compile(
    r"[\[(]?(?P<sheet>[A-Z]{1,3}|[A-Z][a-z]{1,2}|[a-z]{1,2}|[ãẽĩõũāēīōū]|[*†¶§]{1,3}|\)\()[\])]?[.,]? ?"
    r"(?:(?P<leaf>\d|[ivjy]{1,4})[.,]?)?[\])]?"
)
_BEHIND_WORDS = re.compile(r"(?P<norm>.*[^\W\d].*?)[.,]?\s+(?P<mark>[A-Z][a-z]?(?: ?[2-8])?)[.*]?")
_VOLUME = re.compile(r"(?:VOL|TOM|TOME|BAND|BD|T)[.,]? ?[IVXLC\d]+[.,]* (?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<norm>.*\D )?(?P<sheet>\d{1,3})[.)]? ?(?P<star>\*{0,2})\.?")
_TILDES = str.maketrans("ãẽĩõũāēīōū", "aeiouaeiou")


class _Sheet(NamedTuple):
    """A line that could bear the number of a sheet, and the number of the page on which that sheet would begin."""

    line: int
    page: int
    number: int


def find_signature_marks(
    evidence: Evidence, pages: Sequence[tuple[int, int]], forme: Collection[int], numbers: Mapping[int, Number]
) -> set[int]:
    """Lines that are signature marks; `pages` are [first, last) lines, in order, `numbers` those printed on them."""
    feet = [_foot(evidence, lines, forme, numbers) for lines in pages]
    return _find_lettered(evidence, feet) | _find_numbered(evidence, pages, feet, numbers)


def _foot(
    evidence: Evidence, lines: tuple[int, int], forme: Collection[int], numbers: Mapping[int, Number]
) -> list[int]:
    """The last lines of a page, the last first: a mark above a catch word is among them.

    What looks like a running foot may be a mark and is among them, too; page numbers are not.
    """
    found = []
    left = _FOOT
    for line in range(lines[1] - 1, lines[0], -1):
        if line not in numbers:
            found.append(line)
            left -= line not in forme
            if not left or (line not in forme and len(evidence.lines.text[line]) > _LONGEST_BELOW):
                break
    return found


def _find_lettered(evidence: Evidence, feet: Sequence[Sequence[int]]) -> set[int]:
    """Lines that are the mark of a sheet, or end with it behind the same words as others."""
    texts = evidence.lines.text
    behind = {line: found for foot in feet for line in foot if (found := _BEHIND_WORDS.fullmatch(texts[line]))}
    norms = Counter(letters_of(found["norm"]) for found in behind.values() if len(found["norm"]) <= _LONGEST_NORM)
    own = {line: found["mark"] for line, found in behind.items() if norms[letters_of(found["norm"])] >= _FEWEST}
    marks: list[tuple[tuple[int, ...], int]] = []
    for foot in feet:
        placed = ((_place_of(own.get(line, texts[line])), line) for line in foot)
        marks += [(place, line) for place, line in placed if place is not None][:1]
    rising = _longest_rising([place for place, _ in marks])
    numbered = sum(marks[at][0][-1] > 1 for at in rising)
    fewest = _FEWEST_NUMBERED if numbered == len(marks) else _FEWEST
    if len(rising) < fewest or numbered < _FEWEST_NUMBERED or 3 * len(rising) < 2 * len(marks):
        return set()
    return {marks[at][1] for at in rising}


def is_mark(text: str) -> bool:
    """Whether a line has the form of a signature mark with a letter."""
    return _place_of(text) is not None


def _place_of(text: str) -> tuple[int, int, int] | None:
    """The place of a mark in the order of sheets: preliminary or not, which sheet, which leaf of it."""
    found = _LETTERED.fullmatch(_VOLUME.sub("", normalize("NFC", " ".join(text.split()))))
    if found is None:
        return None
    sheet, leaf = found["sheet"], found["leaf"]
    number = 1 if leaf is None else int(leaf) if leaf.isdigit() else _LEAVES.get(leaf, 0)
    if not number:
        return None
    if not sheet[0].isalpha():
        return 0, len(sheet), number
    letters = sheet.translate(_TILDES)
    if len(set(letters.lower())) > 1:
        return None
    first = 0 if letters != sheet else 1 if letters.islower() else 2
    return first, 26 * len(letters) + ord(letters[0].lower()), number


def _longest_rising(places: Sequence[tuple[int, ...]]) -> list[int]:
    """Indices of the longest strictly rising subsequence (Schensted 1961)."""
    ends: list[tuple[int, ...]] = []
    at_end: list[int] = []
    before: list[int | None] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at_end[length - 1] if length else None)
        ends[length : length + 1] = [place]
        at_end[length : length + 1] = [at]
    found: list[int] = []
    last = at_end[-1] if at_end else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _find_numbered(
    evidence: Evidence, pages: Sequence[tuple[int, int]], feet: Sequence[Sequence[int]], numbers: Mapping[int, Number]
) -> set[int]:
    """Lines that are the number of a sheet, or end with it behind the same words as others."""
    printed = [next((numbers[at].value for at in range(*lines) if at in numbers), None) for lines in pages]
    sheets: defaultdict[str, list[_Sheet]] = defaultdict(list)
    for page, foot in zip(printed, feet, strict=True):
        if page is None:
            continue
        for line in foot:
            found = _NUMBERED.fullmatch(evidence.lines.text[line])
            if found is not None and len(found["norm"] or "") <= _LONGEST_NORM:
                pages_in = 2 if found["star"] else 0
                sheets[letters_of(found["norm"] or "")].append(_Sheet(line, page - pages_in, int(found["sheet"])))
    return {line for own in sheets.values() for line in _a_sheet_apart(own)}


def _a_sheet_apart(sheets: Sequence[_Sheet]) -> set[int]:
    """The lines whose numbers are as far apart as their pages, sheet by sheet; none if they are too few."""
    best: set[int] = set()
    for count in _PAGES_OF_A_SHEET:
        first = [sheet.page - count * sheet.number for sheet in sheets]
        ((usual, often),) = Counter(first).most_common(1)
        own = [sheet for sheet, own_first in zip(sheets, first, strict=True) if own_first == usual]
        if often > len(best) and len({sheet.number for sheet in own}) >= _FEWEST and 3 * often >= 2 * len(sheets):
            best = {sheet.line for sheet in own}
    return best
