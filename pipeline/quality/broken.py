"""A gate that does not hold, and whether there is any gate."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ..options import Gates

_PARAMETERS = ("doubtful_below",)  # settings that are no gate by themselves


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: its file below the raw folder and the line there (from 1; 0 if not known).

    `page` is the printed number, `offset` that in the witness, -1 if not known.
    """

    doc_id: str
    path: str
    line: int
    page: str
    offset: int
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A gate that does not hold: the limit as set, the figure that was found, a sentence, and the worst places."""

    gate: str
    limit: str
    found: str
    message: str
    places: tuple[Place, ...] = ()


def is_any(gates: Gates) -> bool:
    """Whether there is a gate at all."""
    return any(getattr(gates, one.name) is not None for one in fields(gates) if one.name not in _PARAMETERS)
