"""One source through the row of stages."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from time import perf_counter
from typing import NamedTuple

from . import verdicts
from .evidence import Evidence
from .model import Document, Remark, Run, Source
from .options import Options
from .rewrite import apply
from .stages import STAGES

# The stage before which the touched runs are kept: what the text was before Chinese script was converted.
CONVERTS = "script"


class Finished(NamedTuple):
    """A document after the last stage, and its touched runs as they were before `script`."""

    document: Document
    unconverted: Sequence[Run]


def run(
    source: Source,
    options: Options,
    remarks: tuple[Remark, ...] = (),
    timings: MutableMapping[str, float] | None = None,
    until: str = "",
) -> Finished:
    """The source with everything the stages find; `remarks` are those of the reader.

    Evidence is taken once, after `letters`.  `timings` is added to, in seconds by stage; it never
    reaches an output.  `until` names the last stage to run; empty for all.  Raises `SettingsError` where a
    correction by hand could not be obeyed.
    """
    document = Document(source, remarks=remarks)
    evidence: Evidence | None = None
    unconverted: Sequence[Run] | None = None
    for name, find in STAGES:
        began = perf_counter()
        if name != "letters" and evidence is None:
            evidence = Evidence(document)
            if not len(evidence.lines):
                break  # blank: nothing to be found
        if name == CONVERTS:
            unconverted = document.runs
        found = find(document, evidence, options)
        document = apply(document, verdicts.protect(name, found, options.verdicts))
        document = verdicts.obey(name, document, options.verdicts)
        if timings is not None:
            timings[name] = timings.get(name, 0.0) + perf_counter() - began
        if name == until:
            break
    else:
        verdicts.prove(document, options.verdicts)
        document = verdicts.sign(document, options.verdicts)
    return Finished(document, document.runs if unconverted is None else unconverted)
