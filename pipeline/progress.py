"""What a build shows: a bar on a terminal, plain lines elsewhere; at the end a summary a person can read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from .build import Outcome, Summary

EVERY = 5  # seconds between two plain lines

FIGURES = (
    ("sources", "sources"),
    ("articles", "articles"),
    ("paragraphs", "paragraphs"),
    ("notes", "notes"),
    ("pages", "pages"),
    ("forme_work", "running heads and page numbers set aside"),
    ("joined", "line ends joined"),
    ("emended", "characters emended"),
    ("remarks", "remarks"),
)


class Progress:
    """Told how many sources there are and when one is done; writes to standard error only."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar: Bar | None = None
        if console.is_terminal and not os.environ.get("CI"):
            columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Bar(*columns, console=console, transient=True)
        self._total = self._done = 0
        self._told = monotonic()

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None) -> None:  # fmt: skip
        if self._bar is not None:
            self._bar.stop()

    def begin(self, total: int) -> None:
        """There are `total` sources."""
        self._total = total
        if self._bar is not None:
            self._bar.add_task("cleaning", total=total)
        else:
            print(f"cleaning {total} sources", file=sys.stderr)

    def advance(self, outcome: Outcome) -> None:
        """One more is done."""
        self._done += 1
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif monotonic() - self._told > EVERY:
            self._told = monotonic()
            print(f"{self._done} of {self._total}", file=sys.stderr)


def report(summary: Summary, *, timings: bool = False) -> Iterator[str]:
    """The summary, line by line; `timings` adds the seconds spent in each stage, over all workers."""
    for key, label in FIGURES:
        yield f"{summary.counts[key]:>10,}  {label}"
    if timings:
        for name, seconds in sorted(summary.timings.items(), key=lambda one: -one[1]):
            yield f"{seconds:>10.2f}  seconds in {name}"
    if summary.ignored:
        shown = ", ".join(summary.ignored[:5]) + (" …" if len(summary.ignored) > 5 else "")
        yield f"{len(summary.ignored):>10,}  files of other kinds passed over: {shown}"
    for one in summary.failures:
        yield f"failed: {one.path}: {one.message}" + (f" ({one.mend})" if one.mend else "")
    for doc_id, finding in summary.findings:
        yield f"invalid: tei/{doc_id}/{finding.file}:{finding.line}: {finding.message}"
    verdict = "the TEI is valid" if not summary.findings else f"{len(summary.findings)} findings in the TEI"
    failed = f", {len(summary.failures)} failed" if summary.failures else ""
    place = f"published in {summary.out}" if summary.published else "nothing published (--strict)"
    yield f"{verdict}{failed}; {place} after {summary.seconds:.1f} s"
