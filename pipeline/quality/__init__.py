"""Quality gates: whether the tables of a build keep to what `[gates]` in `jiaokan.toml` asks, and where they do not.

check(out, gates) -> [Broken]
figures.py      what is counted of every document     worst.py   the places to look at first
"""

from .gates import Broken, check, is_any

__all__ = ["Broken", "check", "is_any"]
