"""Quality gates: whether the tables of a build keep to what `[gates]` in `jiaokan.toml` asks, and where they do not.

check(out, gates) -> [Broken]
broken.py       what is told      gates.py     the gates
figures.py      what is counted of every document     worst.py   the places to look at first
"""

from pathlib import Path

from ..options import Gates
from .broken import Broken, is_any

__all__ = ["Broken", "check", "is_any"]


def check(out: Path, gates: Gates) -> list[Broken]:
    """The gates that do not hold for the tables of an output folder."""
    if not is_any(gates):
        return []
    from .gates import find_broken  # loaded only where there are gates

    return find_broken(out, gates)
