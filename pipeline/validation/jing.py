"""jing, where it is installed: its messages say what would be allowed and in which column.

libxml2 says whether a file is valid; only files it refuses are shown to jing, whose words then stand for its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..resources import schema_path
from .finding import Finding

_LINE = re.compile(r"(?P<file>.*?\.xml):(?P<line>\d+):(?P<column>\d+): (?:fatal|error): (?P<told>.*)")
# `element "x" not allowed here; expected …`, `value of attribute "n" is invalid; must be …`: what, and what to do.
_PARTS = re.compile(r"(?P<what>.*?)(?:; (?P<mend>.*))?")
AT_ONCE = 200
MOST = 300
SECONDS = 120


def improve(folder: Path, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a folder with jing's in the place of libxml2's, for every file jing refuses too."""
    refused = sorted({finding.file for finding in findings if finding.rule == "grammar"})
    program = shutil.which("jing") if refused else None
    if program is None:
        return list(findings)
    told = [one for at in range(0, len(refused), AT_ONCE) for one in _ask(program, folder, refused[at : at + AT_ONCE])]
    better = {finding.file for finding in told}
    kept = [finding for finding in findings if finding.rule != "grammar" or finding.file not in better]
    return sorted({*kept, *told})


def read(line: str) -> Finding | None:
    """One line of jing's as a finding, the file without its folder; None for any other line."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    parts = _PARTS.fullmatch(found["told"])
    what, mend = (parts["what"], parts["mend"] or "") if parts else (found["told"], "")
    name = found["file"].replace("\\", "/").rpartition("/")[2]
    short = mend if len(mend) <= MOST else mend[:MOST].rpartition(",")[0] + " …"
    return Finding(name, int(found["line"]), what, f"column {found['column']}, by the grammar", short, "grammar")


def _ask(program: str, folder: Path, names: Sequence[str]) -> list[Finding]:
    """What jing says of some files of a folder; nothing if it cannot be run."""
    command = [program, str(schema_path("jiaokan.rng")), *(str(folder / name) for name in names)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    found = (read(line.strip()) for line in done.stdout.decode("utf-8", "replace").split("\n"))
    return [finding for finding in found if finding is not None]
