"""The columns of `templates.VALUES` that look farther than to the next line: at names, stars, markers, heads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from ..patterns import note_value
from ..signs import bits_of
from .columns import CODES, Columns, Flags
from .note_forms import find_items
from .templates import VALUES, Codes

# What looks like a note marker, glued to a letter or to signs behind one.  The search asks of every character
# only whether it is in a range where no marker begins, then looks back from behind the first character of a marker.
_MARKER = re.compile(
    r"[^\0-)+-/:-Z\\-\xa6\xa8-\xb5\xb7-\u065f\u2000-\u201f\u2022-\u245f\u2474-\u3013\u3015-\ua61f\uff00-\uff0f\uff1a-\uff3a]"
    r"(?<=[^\W\d_].|[,.;:!?，。；：！？”’\"'）)》」].|[^\S\n].)"
    r"(?:(?<=\d)\d{0,2}|(?<=[*†‡§¶])[*†‡§¶]{0,5}|(?<=[①-⑳])|(?<=[\[〔［])\d{1,3}[\]〕］])(?![\w%])"
)
_GLUED_TO = re.compile(r"[^\W\d_][,.;:!?，。；：！？”’\"'）)》」]{0,3}\s?\Z")
_BRACKETS = "[]〔〕［］"
_STARS = "*＊†"
_MARKER_REACH = 90  # lines that a note can stand below its marker
_NOTES_REACH = 40  # lines that a note or the text behind it can stand below the one before
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[^\W\d_]+(?=\W\Z)"), re.compile(r"[^\W\d_]+")
_NAME_REACH, _STAR_REACH = 4, 5  # lines
_TITLE_LINES = 5  # that can stand above a byline

_CONTENTS = ("leader", "contents")
_BYLINES = ("by-name", "byline-han")
_NAMES = (*_BYLINES, "name", "names", "name-han")


class SignSets:
    """The sets of signs that lines of a source have, and the number of its set for every line; 0 is the empty one."""

    def __init__(self, signs: Sequence[int]) -> None:
        numbers = {0: 0}
        self.codes: Codes = np.array([numbers.setdefault(bits, len(numbers)) for bits in signs], dtype=np.int64)
        self.bits: Codes = np.array([*numbers], dtype=np.int64)

    def show(self, *names: str) -> Flags:
        """Which lines have one of these signs."""
        shown: Flags = (self.bits & bits_of(*names)) != 0
        return shown.take(self.codes)


def look_around(columns: Columns, signs: SignSets) -> None:
    """Add the columns that follow from lines farther away."""
    _mark_notes(columns)
    _shape_titles(columns, signs)
    _surround_with_notes(columns, signs)
    _find_names(columns, signs)
    _find_stars(columns)
    _find_text_above_notes(columns)
    contents = np.zeros(columns.page.max() + 1, dtype=np.int64)
    contents[columns.page[signs.show(*_CONTENTS)]] = 1
    columns["contents"] = contents[columns.page]


def _mark_notes(columns: Columns) -> None:
    """For lines that begin like a note: whether its marker stands in the text above, and whether it follows
    the note before it."""
    marked = np.zeros(len(columns.texts), dtype=np.int64)
    columns["marked"] = marked
    if not columns.noted:
        return
    places = _glued_markers(columns.texts, {label for _, label in columns.noted.values()})
    near = {at for at, (_, label) in columns.noted.items() if _is_near(places.get(label, ()), at)}
    items = find_items(columns.texts, columns.noted, near)
    columns["note"][items] = 0
    last = 0
    for at, (_, label) in columns.noted.items():
        if at in items:
            continue
        value = note_value(label)
        follows = value and (value == last + 1 or (value == 1 and last != 0))
        marked[at] = CODES["marked"][("marked" if at in near else "unmarked") + ("-next" if follows else "")]
        if at in near or follows:
            last = value or last


def _is_near(markers: Sequence[int], at: int) -> bool:
    """Whether a line with a marker stands not far above a line."""
    nearest = bisect_left(markers, at) - 1
    return nearest >= 0 and at - markers[nearest] < _MARKER_REACH


def _glued_markers(texts: Sequence[str], labels: set[str]) -> dict[str, list[int]]:
    """For each label the lines with what may be its markers: figures and signs right behind a word."""
    whole = "\n".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    places: dict[str, list[int]] = {}
    last = 0
    for found in _MARKER.finditer(whole):
        start = found.start()
        if _GLUED_TO.search(whole, max(last, start - 5), start):
            last = found.end()
            label = found.group().strip(_BRACKETS)
            if label in labels:
                places.setdefault(label, []).append(bisect_right(starts, start) - 1)
    return places


def _shape_titles(columns: Columns, signs: SignSets) -> None:
    """Lines that together have the shape of a title group: up to five short open lines above a byline."""
    shape = np.zeros(len(columns.texts), dtype=np.int64)
    columns["shape"] = shape
    page, gap, usual = columns.page, columns.gap, columns.regime.gap
    is_open = _are_open(columns).tolist()
    for at in np.flatnonzero(_are_bylines(columns, signs)).tolist():
        first = at
        while first > 0 and at - first < _TITLE_LINES and page[first - 1] == page[at] and is_open[first - 1]:
            first -= 1
            if gap[first] > usual[first]:
                break
        if first == at:
            continue
        place = "foot" if columns.left[at] < 2 else "top" if columns.place[first] < 3 else "inside"
        group = shape[first:at]
        group[group == 0] = CODES["shape"][f"title/{place}"]
        shape[at] = CODES["shape"][f"byline/{place}"]


def _are_open(columns: Columns) -> Flags:
    """Which lines can belong to a title: neither full nor ending a sentence, no note, no numbering."""
    closed = columns.flags("width", "full", "over") | columns.flags("ends", "stop", "quoted-stop", "hyphen")
    is_open: Flags = ~closed & (columns["note"] == 0) & (columns["label"] == 0)
    return is_open


def _are_bylines(columns: Columns, signs: SignSets) -> Flags:
    """Which lines are bylines: by their own form, or a name with an affiliation below it or a star behind it."""
    affiliated = np.append(signs.show("affiliation")[1:], False)
    named = signs.show(*_NAMES)
    for at in np.flatnonzero(named & ~affiliated).tolist():
        named[at] = columns.texts[at][-1] in _STARS
    bylines: Flags = (signs.show(*_BYLINES) | named) & ~columns.flags("width", "nearly", "full", "over")
    return bylines


def _surround_with_notes(columns: Columns, signs: SignSets) -> None:
    """Whether notes with markers begin above or below a line on its page, or a head of notes stands above it
    with no title group since."""
    ats = np.arange(len(columns.texts))
    first = np.full(columns.page.max() + 1, len(ats))
    last = np.full(columns.page.max() + 1, -1)
    marked = np.flatnonzero(columns.flags("marked", "marked", "marked-next"))
    np.minimum.at(first, columns.page[marked], marked)
    np.maximum.at(last, columns.page[marked], marked)
    above, below = first[columns.page] < ats, last[columns.page] > ats
    heads = signs.show("notes-head")
    titles = columns.flags("shape", "byline/foot", "byline/top", "byline/inside") & ~heads
    headed = _last_up_to(heads) > _last_up_to(titles)
    columns["notes"] = 4 * above + 2 * below + headed


def _last_up_to(flags: Flags) -> NDArray[np.int64]:
    """For every line the last line up to it that has a flag; -1 where none has."""
    return np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1))


def _find_names(columns: Columns, signs: SignSets) -> None:
    """How far ahead the next line stands that looks like a name, and whether near the foot of the page."""
    ats = np.arange(len(columns.texts))
    names = np.append(np.flatnonzero(signs.show(*_NAMES)), len(ats))
    ahead = names[np.minimum(names.searchsorted(ats, side="right"), len(names) - 1)]
    there = np.minimum(ahead, len(ats) - 1)
    near = (ahead < len(ats)) & (ahead - ats <= _NAME_REACH) & (columns.page[there] == columns.page)
    columns["name"] = np.where(near, ahead - ats, 0)
    columns["name-foot"] = (columns.left[there] < 3).astype(np.int64)


def _find_stars(columns: Columns) -> None:
    """How far above the last note with a star stands."""
    ats = np.arange(len(columns.texts))
    stars = np.append(-len(ats), np.flatnonzero(columns.flags("note", "note-symbol")))
    above = stars[stars.searchsorted(ats, side="left") - 1]
    near = (above >= 0) & (ats - above <= _STAR_REACH) & (columns.page[above] == columns.page)
    columns["star"] = np.where(near, np.minimum(ats - above, len(VALUES["star"]) - 1), 0)


def _find_text_above_notes(columns: Columns) -> None:
    """How the text ends above the notes that stand above a line, and whether the line goes on with its last word."""
    above, rejoins = np.zeros_like(columns.page), np.zeros_like(columns.page)
    columns["above"], columns["rejoins"] = above, rejoins
    for first, last in _notes_in_order(columns):
        start, end = first + 1, min(last + _NOTES_REACH, len(above))
        if first > 0:
            above[start:end] = columns["ends"][first - 1]
            if columns["ends"][first - 1] == CODES["ends"]["hyphen"]:
                rejoins[start:end] = _rejoined(columns, columns.texts[first - 1], start, end)


def _notes_in_order(columns: Columns) -> Iterator[tuple[int, int]]:
    """Where notes with markers begin of which each follows the one before it: the first of them and the last."""
    marked = columns.flags("marked", "marked", "marked-next", "unmarked-next")
    first = last = -1
    value = 0
    for at in np.flatnonzero(marked).tolist():
        found = note_value(columns.noted[at][1])
        if first < 0 or at - last >= _NOTES_REACH or found not in (0, value + 1):
            if first >= 0:
                yield first, last
            first = at
        last, value = at, found
    if first >= 0:
        yield first, last


def _rejoined(columns: Columns, half: str, start: int, end: int) -> list[int]:
    """For some lines 2 if half a word makes a word of the document or the list with their first letters, else 1."""
    begun = _LAST_LETTERS.search(half)
    if not begun:
        return [0] * (end - start)
    found = [_FIRST_LETTERS.match(columns.texts[at]) for at in range(start, end)]
    return [1 + int(bool(one) and columns.is_word(begun[0].lower() + one[0])) if one else 1 for one in found]
