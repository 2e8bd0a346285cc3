"""What can be said of each line for the labelling: features, as numbers to add weights by and as plain names.

Geometry counts in relation to the page and the source (a line is short against its page's measure, a gap
wide against the usual gap), so that a layout never seen is described in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...evidence import Evidence
from ..signs import find_signs, names_of
from .columns import CODES, Columns, before, behind
from .echoes import find_echoes, measure_pages
from .regime import Line, Regime, are_adjacent, left_out, text_lines
from .surroundings import SignSets, look_around
from .templates import SIGN_ROWS, Codes, feature_names, number_features

__all__ = ["Features", "Line", "Regime", "are_adjacent", "describe", "find_features", "left_out", "text_lines"]


@dataclass(frozen=True, slots=True)
class Features:
    """The features of lines, by number (see `templates.feature_names`) where there can be several.

    columns  the columns that all other templates number their features by
    sets     the sets of signs that some line has, as bits (`signs.names_of`)
    sides    for every template of signs, the set of signs that each line has it from
    numbered by line the form of the head numbering that it begins with
    noted    by line the form and the text of the note label that it begins with
    """

    columns: Mapping[str, Codes]
    sets: Codes
    sides: Sequence[Codes]
    numbered: Mapping[int, str]
    noted: Mapping[int, tuple[str, str]]

    def __len__(self) -> int:
        return len(self.sides[0])


def find_features(evidence: Evidence, lines: Sequence[Line]) -> Features:
    """The features of every line; at least one line."""
    columns = Columns(evidence, lines)
    signs = SignSets(find_signs(columns.texts, columns.beginnings))
    look_around(columns, signs)
    find_echoes(evidence, columns, [line.index for line in lines])
    measure_pages(columns)
    columns.add_neighbours()
    sides = (signs.codes, before(signs.codes), behind(signs.codes))
    return Features(columns, signs.bits, sides, columns.numbered, columns.noted)


def describe(evidence: Evidence, lines: Sequence[Line]) -> list[list[str]]:
    """Names of the features of every line."""
    if not lines:
        return []
    features = find_features(evidence, lines)
    names = feature_names()
    described = [
        [names[number] for number in numbers if number] for numbers in number_features(features.columns).T.tolist()
    ]
    sets = [names_of(bits) for bits in features.sets.tolist()]
    for row, side in zip(SIGN_ROWS, features.sides, strict=True):
        for found, at in zip(described, side.tolist(), strict=True):
            found += [names[row.first + CODES["sign"][name]] for name in sets[at]]
    return described
