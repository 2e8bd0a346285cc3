"""The command `jiaokan`: options in, one call, a report out.

Exit status: 0 all well; 1 a source failed or a check did not hold; 2 wrong usage.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from . import __version__
from .errors import AlgebraError, JiaokanError, SourceError

if TYPE_CHECKING:
    from .places import Place
    from .validation import Finding

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
                  help="Clean Chinese and English journal text into TEI and Parquet, with a complete collation.")  # fmt: skip

RawArgument = Annotated[
    str, typer.Argument(metavar="RAW", help="The folder of raw files: a path, or an address (s3://…, gs://…).")
]
OutArgument = Annotated[
    str, typer.Argument(metavar="OUT", help="The folder a build has written: a path, or an address.")
]
JobsOption = Annotated[
    int, typer.Option(metavar="N", min=0, help="Worker processes; 0 for one a core.", show_default=False)
]


class Engine(StrEnum):
    """Where the work is done."""

    LOCAL = "local"
    DASK = "dask"


class Format(StrEnum):
    """What `clean` writes."""

    TEI = "tei"
    MD = "md"
    TXT = "txt"
    JSON = "json"
    JSONL = "jsonl"
    VERTICAL = "vertical"


class Findings(StrEnum):
    """How `validate` tells what it finds."""

    TEXT = "text"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class Told(StrEnum):
    """How `build` tells what it did."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


class Differences(StrEnum):
    """How `diff` tells what it finds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.callback(invoke_without_command=True)
def front(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        typer.echo(f"jiaokan {__version__}")
        raise typer.Exit


@app.command()
def build(
    raw: RawArgument = "raw",
    out: Annotated[
        str, typer.Option("-o", "--out", metavar="OUT", help="Where to write: a path, or an address.")
    ] = "out",
    jobs: JobsOption = 0,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.LOCAL,
    scheduler: Annotated[
        str, typer.Option(help="Address of a dask scheduler. Default: a cluster of its own, here.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing unless all is well.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Clean every source anew, whatever the cache holds.")] = False,
    cache: Annotated[
        str,
        typer.Option(
            metavar="DIR", help="Folder of earlier results: a path, or an address. Default: .jiaokan/cache beside OUT."
        ),
    ] = "",
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="Seconds a source may take; 0 for no limit.")
    ] = 0,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another build of the same OUT.")] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Show the time spent in each stage.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell only what is wrong.")] = False,
    form: Annotated[
        Told, typer.Option("--format", help="How the summary is told; `github` adds annotations of what is wrong.")
    ] = Told.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as `--format json`.")] = False,
) -> None:
    """Clean every source of RAW and publish the result in OUT.

    What has not changed since an earlier build is not cleaned again.  Exit status 1 if a source failed or a gate
    of jiaokan.toml does not hold; the rest is published all the same, unless --strict.
    """
    from . import build as builder
    from . import progress
    from .places import place

    if scheduler and engine is not Engine.DASK:
        raise typer.BadParameter("--scheduler belongs to --engine dask")
    _stop_on_signals()
    form = Told.JSON if as_json else form
    where = place(out)
    results = place(cache) if cache else where.resolve().parent / ".jiaokan" / "cache"
    try:
        with progress.Progress(quiet=quiet or form is Told.JSON) as shown:
            summary = builder.build(
                _raw(raw), where, jobs=jobs, strict=strict, timeout=timeout, wait=wait, force=force, cache=results,
                engine=engine.value, scheduler=scheduler, begun=shown.begin, done=shown.advance,
            )  # fmt: skip
    except KeyboardInterrupt:
        typer.echo(f"stopped; {out} is as it was", err=True)
        raise typer.Exit(130) from None
    if form is Told.JSON:
        typer.echo(progress.as_json(summary, timings=timings))
        raise typer.Exit(summary.status)
    for line in progress.report(summary, timings=timings, quiet=quiet):
        typer.echo(line)
    for line in progress.as_github(summary, str(raw)) if form is Told.GITHUB else ():
        typer.echo(line)
    raise typer.Exit(summary.status)


class _Stopped(KeyboardInterrupt):
    """A user or a system ends the command.

    No plain KeyboardInterrupt: where that one falls into a class that is defined by `exec`, Python notes it and ends
    itself by SIGINT however the command exits.
    """


def _stop_on_signals() -> None:
    """A stop by hand and one by the system are alike: nothing is left behind."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise _Stopped

    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, stop)


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One raw file, or one folder x.pages.", exists=True)],
    to: Annotated[Format, typer.Option("--to", help="What to write.")] = Format.TXT,
) -> None:
    """Clean one source to standard output, as `build` would."""
    from . import settings
    from .cleaning import Cleaned
    from .cleaning import clean as clean_source
    from .corpus import single
    from .writers.formats import write

    try:
        origin = single(file)
    except SourceError as error:
        raise typer.BadParameter(str(error)) from None
    cleaned = Cleaned()
    edition = clean_source(origin, settings.load(settings.find_above(file)), cleaned)
    _write(write(to.value, edition, cleaned.options))


@app.command()
def validate(
    out: OutArgument = "out",
    form: Annotated[Findings, typer.Option("--format", help="How findings are told.")] = Findings.TEXT,
) -> None:
    """Check OUT: digests, grammar and rules of the TEI, agreement of the tables."""
    from .audit.check import check
    from .places import place
    from .uploading import fetched
    from .validation.formats import WRITERS

    levels: Counter[str] = Counter()

    def counted() -> Iterator[Finding]:
        with fetched(place(out)) as folder:
            for finding in check(folder):
                levels[finding.level] += 1
                yield finding

    for line in WRITERS[form](counted()):
        typer.echo(line)
    told = f"{levels['error']} problems" if levels["error"] else "all well"
    typer.echo(told + (f", {levels['warning']} warnings" if levels["warning"] else ""), err=True)
    raise typer.Exit(1 if levels["error"] else 0)


@app.command()
def restore(
    out: OutArgument,
    doc_id: Annotated[str, typer.Argument(metavar="DOC_ID", help="Id of a document.")],
    into: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help="Folder to write into.")] = None,
) -> None:
    """Write the raw bytes of a document from OUT alone: one file to standard output, several into a folder."""
    from .audit.restore import restore as restore_files
    from .audit.restore import write
    from .places import place
    from .uploading import fetched

    with fetched(place(out), "parquet") as folder:
        files = restore_files(folder, doc_id)
    if into is not None:
        for path in write(files, into):
            typer.echo(path)
    elif len(files) == 1:
        _write(files[0].data)
    else:
        typer.echo(f"error: {doc_id} has {len(files)} files: give a folder with -o", err=True)
        raise typer.Exit(2)


@app.command()
def explain(
    out: OutArgument,
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help="DOC_ID:OFFSET, or the id of a paragraph, section, note or article.")
    ],
) -> None:
    """Tell why the text at a place is as it is."""
    from .audit.explain import explain as explain_place
    from .places import place
    from .uploading import fetched

    with fetched(place(out), "parquet") as folder:
        for line in explain_place(folder, where):
            typer.echo(line)


@app.command()
def words(
    raw: RawArgument = "raw",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Default: words.parquet beside RAW.")
    ] = None,
    jobs: JobsOption = 0,
) -> None:
    """Count the words of a corpus for the setting `line_ends.words`."""
    from .words import write

    where = _raw(raw)
    path = out or (where.resolve().parent / "words.parquet" if isinstance(where, Path) else Path("words.parquet"))
    found = write(where, path, jobs)
    typer.echo(f"{found.different} different words of {found.total} written to {path}")
    for one in found.failures:
        typer.echo(f"failed: {one.path}: {one.message}" + (f" ({one.mend})" if one.mend else ""), err=True)
    raise typer.Exit(1 if found.failures else 0)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The folder of the earlier build: a path, or an address.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The folder of the later build.")],
    form: Annotated[Differences, typer.Option("--format", help="How differences are told.")] = Differences.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as `--format json`.")] = False,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Exit with status 1 if there is any of these, with commas between: removed-articles, "
            "changed-paragraphs …, made of added, removed, changed, moved and articles, heads, paragraphs, notes; of "
            "documents: added, removed, changed, renamed, failed, recovered; or changes, for anything.",
        ),
    ] = "",
    most: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Changes shown one by one. Default: 100 in Markdown, all as text."),
    ] = None,
) -> None:
    """Show what changed between two builds: articles, heads, paragraphs and notes, word by word, and why."""
    from .comparison import compare
    from .comparison import json as in_json
    from .comparison import markdown as in_markdown
    from .comparison import text as in_text
    from .comparison.totals import failures_of
    from .places import place
    from .uploading import fetched

    failures = failures_of(fail_on)
    form = Differences.JSON if as_json else form
    writers = {Differences.TEXT: in_text, Differences.MARKDOWN: in_markdown, Differences.JSON: in_json}
    with fetched(place(old)) as before, fetched(place(new)) as after:
        found = compare(before, after)
        for line in writers[form].write(found, most):
            typer.echo(line)
    broken = [f"{found.totals.of(name):,} {name.replace('-', ' ')}" for name in failures if found.totals.of(name)]
    if broken:
        typer.echo(f"--fail-on: {', '.join(broken)}", err=True)
    raise typer.Exit(1 if broken else 0)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new corpus.", file_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Begin a new corpus: folders, settings with comments, and jobs for GitHub and GitLab."""
    from .skeleton import write

    for path in write(folder, force=force):
        typer.echo(path)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def report() -> None:
    """Write the review report of a build (comes in a later version)."""
    raise typer.Exit(_later("report"))


def main() -> None:
    """The command; errors a user can mend are told in one line."""
    try:
        app(prog_name="jiaokan")
    except AlgebraError:
        raise  # a bug of ours: its traceback is wanted
    except JiaokanError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1 if isinstance(error, SourceError) else 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _raw(text: str) -> Place:
    """The folder of raw files; that a folder here is one is seen at once."""
    from .places import place

    raw = place(text)
    if isinstance(raw, Path) and not raw.is_dir():
        raise typer.BadParameter(f"the folder '{text}' does not exist")
    return raw


def _write(data: bytes) -> None:
    """Bytes to standard output, as they are."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _later(what: str) -> int:
    typer.echo(f"error: `{what}` comes in a later version", err=True)
    return 2
