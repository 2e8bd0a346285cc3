"""The row of stages, in order: one literal table.  A stage finds and returns; it knows of no files."""

from __future__ import annotations

from collections.abc import Callable

from ..evidence import Evidence
from ..model import Changes, Document
from ..options import Options

# `letters` is asked before there is any evidence and gets `None`.
Find = Callable[[Document, Evidence | None, Options], Changes]

STAGES: tuple[tuple[str, Find], ...] = ()
