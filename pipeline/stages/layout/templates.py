"""The features of lines as data: columns of small numbers, and templates that make names of them.

A column gives every line one of a few values.  A template is a format over columns; every combination of
their values is a feature with a name, and all features of all templates are numbered through.  Number 0 is no
feature at all.  The first value of a column stands for nothing: beyond the first and the last line, and where
the column is a condition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from ..patterns import LABELS, NOTES, SIGNS

Codes = NDArray[np.int64]

_FIELD = re.compile(r"\{([^}]*)\}")
_NO_YES = ("False", "True")
_TYPES = ("narrowest", "narrower", "narrow", "usual", "wide", "wider", "widest")
# The values of every column; a code is the place of a value in its row.
VALUES: dict[str, tuple[str, ...]] = {
    # the line by itself
    "width": ("edge", "tiny", "quarter", "half", "short", "shortish", "nearly", "full", "over"),
    "begins": ("edge", "lower", "digit", "upper", "quote", "bracket", "han", "letter", "closing", "sign"),
    "ends": (
        "edge", "stop", "quoted-stop", "closing", "hyphen", "comma", "colon", "digit", "stop-digit", "dash", "letter",
        "sign",
    ),
    "size": ("edge", "han-name", "han-short", "han", "word", "words-2-4", "words-5-9", "words"),
    "label": ("", *(row.name for row in LABELS)),
    "note": ("", *(row.name for row in NOTES)),
    "sign": ("", *(row.name for row in SIGNS)),
    "single": _NO_YES,  # a single character
    "han": _NO_YES,  # East Asian, by its beginning or its size
    "open": ("", "word", "counted"),  # ends with a word that a sentence does not end with
    # whether it can be names of people: how many of its words are known, or a Chinese surname
    "people": ("", "none", "some", "all", "small", "han", "han-label"),
    "trail": _NO_YES,  # blanks behind it
    "wide": _NO_YES,  # wider than the measure of the source
    "fill": ("full", "short"),
    "rest": ("0", "1", "2", "3", "4", "5", "6", "-1"),  # ems that it falls short of the measure
    "rest-3": ("0", "1", "2", "3"),
    "two-short": ("0", "1"),  # about two ems: the indent of a first line
    "room": ("", "none", "hardly", "tight", "some", "room", "much"),  # on the line before it for its first word
    "pieces": ("", "under", "whole", "over"),  # it and the line before it, both short, beside the measure
    # the size of its type by the full lines above it, by itself and those below it, and how that changes
    "type-above": ("", *_TYPES), "type": ("", *_TYPES),
    "type-change": ("", *_TYPES),
    # the spaces around it
    "lead": ("none", "one", "indent", "far"),
    "turn": ("same", "more", "less"),  # its lead beside that of the line before it
    "gap": ("less", "usual", "one", "more", "page"),
    "gap-behind": ("edge", "less", "usual", "one", "more"),
    # its place
    "page": ("first", "later"),
    "place": ("top", "near-top", "foot", "inside"),
    "same-page": _NO_YES,  # as the line before it
    "width-before": ("edge", "tiny", "quarter", "half", "short", "shortish", "nearly", "full", "over", "first"),
    "opening": ("", "0", "1", "2", "3", "4", "5", "6"),  # among the first lines of the source
    "opening-3": ("", "0", "1", "2", "3"),
    "last-short": _NO_YES,  # the last line of its page, short and open
    "near-foot": _NO_YES,
    # the habits of the source
    "spaced": ("rare", "some", "many"),
    "trails": _NO_YES,
    "indents": _NO_YES,
    # what stands farther away
    "marked": ("", "unmarked", "marked", "unmarked-next", "marked-next"),  # a note: whether its marker stands above
    "shape": ("", "title/foot", "title/top", "title/inside", "byline/foot", "byline/top", "byline/inside"),
    "notes": ("//", "//headed", "/below/", "/below/headed", "above//", "above//headed", "above/below/", "above/below/headed"),
    "contents": _NO_YES,  # on a page of contents
    "name": ("", "1", "2", "3", "4"),  # lines to the next name ahead
    "name-foot": _NO_YES,
    "star": ("", "1", "2", "3"),  # lines from the last note with a star
    "above": (  # how the text above the notes ends that stand above it
        "", "stop", "quoted-stop", "closing", "hyphen", "comma", "colon", "digit", "stop-digit", "dash", "letter", "sign",
    ),
    # whether it stands in a running head, on a page of contents, or elsewhere in the text
    "run": ("", "part", "whole"), "listed": _NO_YES, "again": _NO_YES,
    "page-before": ("", "short", "full"),
    "rejoins": ("", "no", "yes"),  # whether it makes a word with the half word that this text ends with
}  # fmt: skip

# By the column that must have a value for a feature to be there: formats over columns.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "": (
        "w={width}", "begins={begins}", "ends={ends}", "size={size}", "w+begins={width}/{begins}",
        "w+size={width}/{size}", "fit={width}/{ends}/{gap}", "label={label}",
        "before={before.width}", "behind={behind.width}", "trio={before.width}>{width}>{behind.width}",
        "label-before={before.label}", "before-ends={before.ends}", "turn={before.ends}>{begins}",
        "turn-behind={ends}>{behind.begins}", "break={width-before}/{before.ends}/{begins}",
        "gap={gap}/{spaced}", "gap-behind={gap-behind}", "lead={lead}/{indents}", "place={place}/{page}",
        "notes-around={notes}", "notes-around={notes}/{begins}", "page-of-contents={contents}",
    ),
    "room": ("room={room}/{before.ends}/{begins}", "room={room}/{spaced}/{indents}"),
    "pieces": ("pieces={pieces}/{before.ends}/{begins}",),
    "type": ("type={type}", "type={type-above}>{type}", "type-begins={type}/{begins}", "type-width={type}/{width}"),
    "type-change": ("type-change={type-change}/{begins}", "type-change-note={type-change}/{note}", "type-change-room={type-change}/{room}"),
    "above": ("above={above}/{before.ends}/{begins}", "above={above}/{gap}"),
    "rejoins": ("rejoins={rejoins}/{before.ends}",),
    "run": ("run={run}/{size}", "run-people={run}/{people}", "run-place={run}/{place}/{page}", "run-ahead={run}>{behind.run}"),
    "before.run": ("after-run={before.run}/{size}", "after-run-people={before.run}/{people}"),
    "behind.run": ("before-run={behind.run}/{size}", "before-run-place={behind.run}/{place}"),
    "listed": ("listed={size}", "listed-people={people}", "listed-run={run}"),
    "before.listed": ("after-listed={size}/{people}",),
    "behind.listed": ("before-listed={size}/{people}",),
    "again": ("again={size}/{place}", "again-run={run}/{size}", "again-ahead={behind.size}/{behind.people}"),
    "page-before": (
        "page-before={page-before}/{place}/{size}", "page-before-text={page-before}/{place}/{before.ends}/{begins}",
        "page-before-people={page-before}/{place}/{people}",
    ),
    "label": (
        "label={label}/{width}/{ends}", "label-gap={label}/{gap}", "labelled={width}/{ends}", "labelled-gap={gap}",
    ),
    "note": (
        "note={note}", "note={note}/{marked}", "noted={marked}", "note-gap={marked}/{gap}",
        "note-after={marked}/{before.ends}",
    ),
    "before.note": ("before-note={before.note}", "before-noted"),
    "people": (
        "people={people}/{size}", "people-after={before.people}>{people}", "people-place={people}/{place}/{page}",
        "people-ahead={people}>{behind.people}",
    ),
    "before.people": ("after-people={before.people}/{begins}", "after-people-size={before.people}/{size}"),
    "open": ("open={open}/{width}",),
    "before.open": (
        "after-open={before.open}/{begins}", "after-open-label={before.open}/{label}",
        "after-open-note={before.open}/{note}", "after-open-gap={before.open}/{gap}",
    ),
    "trails": ("trail={before.trail}>{trail}", "trail-end={before.trail}/{before.ends}/{same-page}"),
    "indents": ("indent={lead}/{before.ends}", "indent-turn={turn}/{before.width}"),
    "han": ("han-short={rest}", "han-turn={before.rest}/{before.ends}", "han-indent={two-short}/{before.ends}/{before.rest-3}"),
    "opening": ("opening={opening}", "opening-size={size}/{opening-3}"),
    "wide": ("wider-than-source",),
    "single": ("single={begins}>{behind.begins}",),
    "name": ("name-ahead={name}/{size}", "name-ahead/{fill}/{ends}/{name-foot}"),
    "star": ("star-above={star}/{near-foot}",),
    "shape": ("shape={shape}",),
    "last-short": ("last-and-short={before.ends}/{behind.begins}",),
}  # fmt: skip
# Over the signs of a line, of which there can be several: its own, those before it, those behind it.
OF_SIGNS = ("is={sign}", "after={sign}", "ahead={sign}")


@dataclass(frozen=True, slots=True)
class Template:
    """A format with the columns in it, the column that is its condition (or ``), and its first number."""

    format: str
    columns: tuple[str, ...]
    condition: str
    first: int

    def names(self) -> list[str]:
        """The names of its features, in order."""
        form = _FIELD.sub("{}", self.format)
        return [form.format(*values) for values in product(*map(values_of, self.columns))]


def values_of(column: str) -> tuple[str, ...]:
    """The values of a column, be it of the line itself, of the one before it or of the one behind it."""
    return VALUES[column.removeprefix("before.").removeprefix("behind.")]


def _number_through() -> tuple[Template, ...]:
    found = []
    first = 1
    formats = [(form, condition) for condition, forms in TEMPLATES.items() for form in forms]
    for form, condition in (*formats, *((form, "sign") for form in OF_SIGNS)):
        columns = tuple(_FIELD.findall(form))
        found.append(Template(form, columns, condition, first))
        first += prod(len(values_of(column)) for column in columns)
    return tuple(found)


_ALL = _number_through()
ROWS, SIGN_ROWS = _ALL[: -len(OF_SIGNS)], _ALL[-len(OF_SIGNS) :]
NEIGHBOURS = sorted({name for row in _ALL for name in (*row.columns, row.condition) if "." in name})


def number_features(columns: Mapping[str, Codes], rows: Sequence[Template] = ROWS) -> Codes:
    """For every template a row: the number of its feature for each line, 0 where it has none."""
    found = np.zeros((len(rows), len(next(iter(columns.values())))), dtype=np.int64)
    for row, numbers in zip(rows, found, strict=True):
        for column in row.columns:
            numbers *= len(values_of(column))
            numbers += columns[column]
        numbers += row.first
        if row.condition:
            numbers[columns[row.condition] == 0] = 0
    return found


@cache
def feature_names() -> list[str]:
    """The name of every feature by its number; that of no feature is empty."""
    return ["", *(name for row in _ALL for name in row.names())]
