"""What is counted of tables, some files after the other: plain numbers that can be added and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class File(NamedTuple):
    """A Parquet file; `path` counts from the folder that holds `parquet/`."""

    table: str
    path: str
    bytes: int
    sha256: str


class Sums(NamedTuple):
    """Rows of the collation in which a rule had a part, their characters, and the sum and the least of their
    certainties in per cent."""

    rule: str
    fate: str
    rows: int
    characters: int
    certainty: int
    least: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some files: rows by table, documents by status, characters by fate, rows by certainty in per cent
    for each table that has it; languages and rules in alphabetical order."""

    rows: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    fates: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[Sums, ...] = ()
    certainties: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


class Shard(NamedTuple):
    """The files of some documents that follow each other, one for each table they have rows in, and what they hold."""

    files: tuple[File, ...]
    tally: Tally


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    rows, statuses, fates = Counter[str](), Counter[str](), Counter[str]()
    languages: set[str] = set()
    rules: dict[tuple[str, str], Sums] = {}
    certainties: dict[str, Counter[int]] = {}
    for one in tallies:
        rows.update(one.rows)
        statuses.update(one.statuses)
        fates.update(one.fates)
        languages.update(one.languages)
        for sums in one.rules:
            rules[sums[:2]] = _sum(rules.get(sums[:2]), sums)
        for table, counts in one.certainties.items():
            certainties.setdefault(table, Counter()).update(counts)
    return Tally(rows, statuses, tuple(sorted(languages)), fates, tuple(sorted(rules.values())), certainties)


def _sum(one: Sums | None, other: Sums) -> Sums:
    if one is None:
        return other
    return one._replace(
        rows=one.rows + other.rows,
        characters=one.characters + other.characters,
        certainty=one.certainty + other.certainty,
        least=min(one.least, other.least),
    )
