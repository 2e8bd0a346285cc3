"""Templates over the same few columns taken together: what they add up to is looked up once for all of them.

Every combination of the values of a group's columns is a row of its table, numbered like the features of a
template.  A line then asks as many tables as there are groups, a third of the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from .templates import ROWS, Codes, Template, number_features, values_of

_MOST = 2048  # combinations of a group, unless one template alone has more


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of a group, conditions among them, and its templates."""

    columns: tuple[str, ...]
    templates: tuple[Template, ...]

    def numbers(self) -> Codes:
        """For every template a row: the number of its feature in every combination, 0 where it has none."""
        sizes = [len(values_of(column)) for column in self.columns]
        codes = np.indices(sizes, dtype=np.int64).reshape(len(sizes), -1)
        return number_features(dict(zip(self.columns, codes, strict=True)), self.templates)


def _size(columns: frozenset[str]) -> int:
    return prod(len(values_of(column)) for column in columns)


def _unite() -> tuple[Group, ...]:
    """The templates in groups: each goes where it adds the fewest combinations, the greatest templates first."""
    groups: list[tuple[frozenset[str], list[Template]]] = []
    needs = [frozenset((*row.columns, row.condition)) - {""} for row in ROWS]
    for need, row in sorted(zip(needs, ROWS, strict=True), key=lambda pair: -_size(pair[0])):
        growths = [(_size(need - columns), at) for at, (columns, _) in enumerate(groups)]
        able = [(growth, at) for growth, at in growths if growth == 1 or growth * _size(groups[at][0]) <= _MOST]
        if able:
            at = min(able)[1]
            groups[at] = (groups[at][0] | need, [*groups[at][1], row])
        else:
            groups.append((need, [row]))
    return tuple([Group(tuple(sorted(columns)), tuple(rows)) for columns, rows in groups])


GROUPS = _unite()

# The same as tables: a combination is the sum of a few columns, each times a factor.
_COLUMNS = sorted({name for group in GROUPS for name in group.columns})
_WIDEST = max(len(group.columns) for group in GROUPS)
_PLACES = np.zeros((_WIDEST, len(GROUPS)), dtype=np.int64)
_FACTORS = np.zeros((_WIDEST, len(GROUPS), 1), dtype=np.int32)
for _at, _group in enumerate(GROUPS):
    for _part, _column in enumerate(_group.columns):
        _PLACES[_part, _at] = _COLUMNS.index(_column)
        _FACTORS[_part, _at] = _size(frozenset(_group.columns[_part + 1 :]))


def number_combinations(columns: Mapping[str, Codes]) -> Codes:
    """For every group a row: the number of its combination for each line."""
    codes = np.stack([columns[name] for name in _COLUMNS], dtype=np.int32, casting="unsafe")
    numbers = sum(codes.take(places, axis=0) * by for places, by in zip(_PLACES, _FACTORS, strict=True))
    return np.asarray(numbers, dtype=np.int64)
