"""What a build shows: a bar on a terminal, plain lines elsewhere; at the end a summary a person can read."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from .build import Summary
from .jobs import Outcome
from .quality.broken import Place

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

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

    def __init__(self, *, quiet: bool = False) -> None:
        self._bar = None if quiet or os.environ.get("CI") else _bar()
        self._quiet = quiet
        self._total = self._done = 0
        self._cached = 0
        self._told = self._began = monotonic()

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
        elif not self._quiet:
            print(f"cleaning {total} sources", file=sys.stderr)
        self._told = self._began = monotonic()

    def advance(self, outcome: Outcome) -> None:
        """One more is done."""
        self._done += 1
        self._cached += outcome.is_cached
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif monotonic() - self._told > EVERY and not self._quiet:
            self._told = monotonic()
            print(self._line(self._told - self._began), file=sys.stderr)

    def _line(self, seconds: float) -> str:
        """`120 of 1000, 24.0 a second, 37 s to go`; what came from the cache says nothing of the rate."""
        cleaned = self._done - self._cached
        if not cleaned:
            return f"{self._done} of {self._total}"
        rate = cleaned / seconds
        return f"{self._done} of {self._total}, {rate:.1f} a second, {(self._total - self._done) / rate:.0f} s to go"


def _bar() -> Bar | None:
    """A bar, where standard error is a terminal."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        return None
    rate = TaskProgressColumn(text_format="", text_format_no_percentage="", show_speed=True)
    columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def report(summary: Summary, *, timings: bool = False, quiet: bool = False) -> Iterator[str]:
    """The summary, line by line; `timings` adds the seconds spent in each stage, over all workers.

    `quiet` leaves only what is wrong.
    """
    if not quiet:
        yield from _figures(summary, timings)
    for doc_id, why in summary.retried:
        yield f"tried again: {doc_id}: {why}"
    for one in summary.failures:
        yield f"failed: {one.path}: {one.message}" + (f" ({one.mend})" if one.mend else "")
    for doc_id, finding in summary.findings:
        yield f"invalid: tei/{doc_id}/{finding.file}:{finding.line}: {finding.message}"
    for broken in summary.broken:
        yield f"gate: {broken.gate}: {broken.message}"
        for place in broken.places:
            line = f":{place.line}" if place.line else ""
            yield f"  {place.path}{line}: {_where(place)}{place.what} ({place.mend})"
    if not quiet:
        yield _verdict(summary)


def as_json(summary: Summary, *, timings: bool = False) -> str:
    """The summary as one JSON object, for machines."""
    content = {
        "out": str(summary.out),
        "status": summary.status,
        "published": summary.published,
        "unchanged": summary.is_unchanged,
        "seconds": round(summary.seconds, 3),
        "counts": dict(sorted(summary.counts.items())),
        "cached": summary.cached,
        "cleaned": summary.counts["sources"] - summary.cached,
        "retried": [{"doc_id": doc_id, "why": why} for doc_id, why in summary.retried],
        "failures": [asdict(one) for one in summary.failures],
        "findings": [{"doc_id": doc_id, **finding._asdict()} for doc_id, finding in summary.findings],
        "gates": [asdict(one) for one in summary.broken],
        "ignored": list(summary.ignored),
    }
    if timings:
        content["timings"] = {name: round(seconds, 3) for name, seconds in sorted(summary.timings.items())}
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_github(summary: Summary, raw: str) -> Iterator[str]:
    """What is wrong as workflow commands of GitHub, at the raw files; `raw` is the folder they lie in."""
    from .validation.formats import workflow_command

    root = raw.rstrip("/")
    for one in summary.failures:
        told = one.message + (f" ({one.mend})" if one.mend else "")
        yield workflow_command("error", f"{root}/{one.path}", _line(one.message), "source failed", told)
    for doc_id, finding in summary.findings:
        file = f"{summary.out.name}/tei/{doc_id}/{finding.file}"
        yield workflow_command("error", file, finding.line, finding.rule or "invalid TEI", finding.message)
    for broken in summary.broken:
        yield workflow_command("error", "", 0, f"gate {broken.gate}", broken.message)
        for place in broken.places:
            told = f"{_where(place)}{place.what} ({place.mend})"
            yield workflow_command("warning", f"{root}/{place.path}", place.line, f"gate {broken.gate}", told)


def _line(message: str) -> int:
    """The line a message about a file begins with, as in `line 3: …`."""
    found = re.match(r"(?:[^:]+: )?line (\d+):", message)
    return int(found[1]) if found else 0


def _where(place: Place) -> str:
    told = f"page {place.page}, " if place.page else ""
    return f"{told}{place.doc_id}:{place.offset}: " if place.offset >= 0 else f"{place.doc_id}: "


def _figures(summary: Summary, timings: bool) -> Iterator[str]:
    for key, label in FIGURES:
        yield f"{summary.counts[key]:>10,}  {label}"
    if summary.cached:
        yield f"{summary.cached:>10,}  sources taken from the cache"
    if timings:
        for name, seconds in sorted(summary.timings.items(), key=lambda one: -one[1]):
            yield f"{seconds:>10.2f}  seconds in {name}"
    if summary.ignored:
        shown = ", ".join(summary.ignored[:5]) + (" …" if len(summary.ignored) > 5 else "")
        yield f"{len(summary.ignored):>10,}  files of other kinds passed over: {shown}"


def _verdict(summary: Summary) -> str:
    verdict = "the TEI is valid" if not summary.findings else f"{len(summary.findings)} findings in the TEI"
    failed = f", {len(summary.failures)} failed" if summary.failures else ""
    if summary.broken:
        failed += ", 1 gate does not hold" if len(summary.broken) == 1 else f", {len(summary.broken)} gates do not hold"
    place = f"published in {summary.out}" if summary.published else "nothing published (--strict)"
    if summary.published and summary.is_unchanged:
        place = f"nothing has changed in {summary.out}"
    return f"{verdict}{failed}; {place} after {summary.seconds:.1f} s"
