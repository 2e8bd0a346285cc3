"""The row of stages, in order: one literal table.  A stage finds and returns; it knows of no files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model import Changes, Document
from ..options import Options
from . import (
    addresses,
    articles,
    flows,
    front,
    layout,
    letters,
    line_ends,
    notes,
    pages,
    parallels,
    script,
    sections,
    spacing,
)

# (document, evidence, options); `letters` is asked before there is any evidence and gets `None`.
Find = Callable[[Document, Any, Options], Changes]

STAGES: tuple[tuple[str, Find], ...] = (
    ("letters", letters.find),
    ("pages", pages.find),
    ("layout", layout.find),
    ("articles", articles.find),
    ("flows", flows.find),
    ("line_ends", line_ends.find),
    ("sections", sections.find),
    ("front", front.find),
    ("notes", notes.find),
    ("spacing", spacing.find),
    ("addresses", addresses.find),
    ("script", script.find),
    ("parallels", parallels.find),
)
