"""Every check of an output folder: digests, grammar and rules of the TEI, and whether the tables agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..checks import check_tables
from ..manifest import differences
from ..validation import validate


def check(out: Path) -> Iterator[str]:
    """`file:line: message` for everything that does not hold; raises `OutputError` for no output of ours."""
    for path, told in differences(out):
        yield f"{path}:0: {told}"
    yield from check_tei(out)
    for finding in check_tables(out / "parquet"):
        yield f"{finding.file}:{finding.line}: {finding.message}"


def check_tei(out: Path) -> Iterator[str]:
    """Findings in the TEI of every document."""
    for corpus in sorted((out / "tei").rglob("corpus.xml")):
        folder = corpus.parent
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.xml"))}
        for finding in validate(files):
            yield f"{(folder / finding.file).relative_to(out).as_posix()}:{finding.line}: {finding.message}"
