"""Every check of an output folder: digests, grammar and rules of the TEI, and whether the tables agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..checks import check_tables
from ..manifest import differences
from ..validation import CORPUS, Finding, jing, validate


class Folder(Mapping[str, bytes]):
    """The XML files of a folder by name, each read when it is asked for and not kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = sorted(file.name for file in path.glob("*.xml"))

    def __getitem__(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def check(out: Path) -> Iterator[Finding]:
    """Everything that does not hold, by file below `out`; raises `OutputError` for no output of ours."""
    for path, told in differences(out):
        mend = "build again, or put back the file that was written"
        yield Finding(path, 0, told, "the manifest says otherwise", mend, "manifest")
    yield from check_tei(out)
    for finding in check_tables(out / "parquet"):
        mend = "build again; if it comes back, it is a bug of ours"
        yield Finding(finding.file, finding.line, finding.message, "the tables must agree", mend, "tables")


def check_tei(out: Path) -> Iterator[Finding]:
    """Findings in the TEI of every document, one document and one file at a time."""
    for path in sorted({file.parent for file in (out / "tei").rglob("*.xml")}):
        folder = path.relative_to(out).as_posix()
        files = Folder(path)
        if CORPUS not in files:
            yield Finding(f"{folder}/{CORPUS}", 0, "is not there", "it lists the parts", "build again", "includes")
        for finding in jing.improve(path, validate(files)):
            yield finding._replace(file=f"{folder}/{finding.file}")
