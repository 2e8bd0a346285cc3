"""The gates: what each measures, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from heapq import nsmallest
from pathlib import Path

from ..options import Gates
from . import worst
from .broken import Broken, Place
from .figures import Figures, measure
from .worst import Find

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class _Gate:
    """How a gate counts.

    `part` and `whole` of a document are summed over the corpus and divided, or, with `is_each`, compared for
    every document; `is_least` turns the limit round.  `find` gives places in a document.
    """

    part: Callable[[Figures], int]
    whole: Callable[[Figures], int]
    told: str
    find: Find
    is_each: bool = False
    is_least: bool = False


def find_broken(out: Path, gates: Gates) -> list[Broken]:
    """The gates that do not hold for the tables of an output folder."""
    limits = {name: Fraction(str(value)) for name in _table(gates) if (value := getattr(gates, name)) is not None}
    sums = {name: (Fraction(0), 0, 0) for name in limits}
    worsts: dict[str, list[tuple[Fraction, str, Figures]]] = {name: [] for name in limits}
    table = _table(gates)
    for one in measure(out, certainties=gates.certainty is not None or gates.doubtful is not None):
        for name in limits:
            _count(table[name], one, limits[name], name, sums, worsts)
    found = []
    for name, limit in limits.items():
        figure = _figure(table[name], *sums[name])
        if figure is not None and (figure < limit if table[name].is_least else figure > limit):
            found.append(_broken(out, name, table[name], limit, figure, worsts[name]))
    return found


def _table(gates: Gates) -> dict[str, _Gate]:
    below = round(Fraction(str(gates.doubtful_below)) * 100)
    return {
        "remarks": _Gate(_remarks, _characters, "remarks for every 1,000 characters", worst.of_remarks),
        "remarks_of_document": _Gate(
            _remarks, lambda one: max(one.characters, THOUSAND),
            "remarks for every 1,000 characters of a document", worst.of_remarks, is_each=True,
        ),
        "certainty": _Gate(
            lambda one: one.median, lambda one: 100 if one.characters else 0,
            "median certainty of a document", worst.of_median, is_each=True, is_least=True,
        ),
        "doubtful": _Gate(
            lambda one: one.below(below), lambda one: one.characters,
            f"share of the characters that are less certain than {below / 100:.2f}", worst.of_doubtful(below),
        ),
        "unbalanced_notes": _Gate(lambda one: one.unbalanced, _one, "notes or markers that stand alone", worst.of_notes),
        "articles_without_title": _Gate(lambda one: one.untitled, _one, "articles without title", worst.of_titles),
        "documents_without_article": _Gate(
            lambda one: int(one.status == "ok" and not one.articles), _one, "documents without an article", worst.of_documents
        ),
        "failed_documents": _Gate(lambda one: int(one.status == "failed"), _one, "documents that failed", worst.of_failures),
    }  # fmt: skip


def _remarks(one: Figures) -> int:
    return THOUSAND * sum(one.remarks.values())


def _characters(one: Figures) -> int:
    return one.characters


def _one(one: Figures) -> int:
    """Counts are not divided."""
    return 1


def _count(
    gate: _Gate,
    one: Figures,
    limit: Fraction,
    name: str,
    sums: dict[str, tuple[Fraction, int, int]],
    worsts: dict[str, list[tuple[Fraction, str, Figures]]],
) -> None:
    """Add a document to the sum of a gate, and to its worst ones if it is among them."""
    part, whole = gate.part(one), gate.whole(one)
    extreme, parts, wholes = sums[name]
    if gate.is_each and whole:
        figure = Fraction(part, whole)
        is_first = not wholes
        extreme = figure if is_first else min(extreme, figure) if gate.is_least else max(extreme, figure)
    is_counted = gate.whole is _one
    sums[name] = extreme, parts + part, 1 if is_counted else wholes + whole
    rank = Fraction(part, whole) if gate.is_each and whole else Fraction(part)
    is_bad = (rank < limit if gate.is_least else rank > limit) if gate.is_each else part > 0
    if is_bad and whole:
        key = rank if gate.is_least else -rank
        worsts[name] = nsmallest(worst.MOST, [*worsts[name], (key, one.doc_id, one)], key=lambda entry: entry[:2])


def _figure(gate: _Gate, extreme: Fraction, part: int, whole: int) -> Fraction | None:
    if gate.is_each:
        return extreme if whole else None
    return Fraction(part, whole) if whole else None


def _broken(
    out: Path, name: str, gate: _Gate, limit: Fraction, figure: Fraction, documents: Iterable[tuple[Fraction, str, Figures]]
) -> Broken:  # fmt: skip
    places: list[Place] = []
    for _, _, one in documents:
        places += gate.find(out, one, worst.MOST - len(places))
        if len(places) >= worst.MOST:
            break
    asked = f"at least {_shown(limit)} is asked for" if gate.is_least else f"at most {_shown(limit)} is allowed"
    message = f"{gate.told}: {_shown(figure)}; {asked}"
    return Broken(name, _shown(limit), _shown(figure), message, tuple(places[: worst.MOST]))


def _shown(number: Fraction) -> str:
    """A number with up to four decimal places, cut, so that what is shown never passes the limit by rounding."""
    whole, rest = divmod(number.numerator * 10_000 // number.denominator, 10_000)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".") if rest else f"{whole}"
