"""One source through the row of stages."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

from . import columns, verdicts
from .evidence import Evidence
from .model import Changes, Document, Remark, Run, Source
from .options import SCRIPT, TEXT, Options, only
from .rewrite import apply
from .stages import STAGES

# The stage before which the touched runs are kept: what the text was before Chinese script was converted.
CONVERTS = "script"


class Finished(NamedTuple):
    """A document after the last stage, its touched runs as they were before `script`, and what each stage found."""

    document: Document
    unconverted: Sequence[Run]
    changes: tuple[Changes, ...] = ()


def run(
    source: Source,
    options: Options,
    remarks: tuple[Remark, ...] = (),
    timings: MutableMapping[str, float] | None = None,
    until: str = "",
    known: Sequence[Changes] = (),
) -> Finished:
    """The source with everything the stages find; `remarks` are those of the reader.

    Where columns stand side by side the stages work on the text as it is read (`columns`); what they found has the
    offsets of the witness, but for `changes`, which are replayed on that text.  Evidence is taken once, after `letters`.  `timings` is added to, in seconds by stage; it never
    reaches an output.  `until` names the last stage to run; empty for all.  `known` is what the first
    stages found before: it is replayed, and they are not asked again.  Raises `SettingsError` where a
    correction by hand could not be obeyed.
    """
    began = perf_counter()
    view = columns.find(source)
    if timings is not None:
        timings["columns"] = timings.get("columns", 0.0) + perf_counter() - began
    if view is None:
        return _run(Document(source, remarks=remarks), options, timings, until, known)
    document = Document(view.source, remarks=(columns.remark_on(view),))
    seen = replace(options, verdicts=columns.read_verdicts(options.verdicts, view))
    finished = _run(document, seen, timings, until, known)
    return Finished(
        columns.put_back(finished.document, view, remarks),
        columns.put_runs(finished.unconverted, finished.document.blocks.values(), view),
        finished.changes,
    )


def _run(
    document: Document,
    options: Options,
    timings: MutableMapping[str, float] | None,
    until: str,
    known: Sequence[Changes],
) -> Finished:
    evidence: Evidence | None = None
    unconverted: Sequence[Run] | None = None
    seen = only(options, TEXT)
    changes = list(known)
    for number, (name, find) in enumerate(STAGES):
        began = perf_counter()
        if name != "letters" and evidence is None:
            evidence = Evidence(document)
            if number >= len(known) and not len(evidence.lines):
                break  # blank: nothing to be found
        if name == CONVERTS:
            unconverted, seen = document.runs, only(options, SCRIPT)
        if number >= len(known):
            changes.append(verdicts.protect(name, find(document, evidence, seen), options.verdicts))
        document = apply(document, changes[number])
        document = verdicts.obey(name, document, options.verdicts)
        if timings is not None:
            timings[name] = timings.get(name, 0.0) + perf_counter() - began
        if name == until:
            break
    else:
        verdicts.prove(document, options.verdicts)
        document = verdicts.sign(document, options.verdicts)
    return Finished(document, document.runs if unconverted is None else unconverted, tuple(changes))
