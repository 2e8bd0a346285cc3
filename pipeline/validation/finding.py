"""What is wrong: place, what, why, and what to do about it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "warning"]


class Finding(NamedTuple):
    """One thing that does not hold, in which file and line (0: the file as a whole).

    `rule` names the check; a `warning` is worth a look and makes nothing invalid.
    """

    file: str
    line: int
    what: str
    why: str = ""
    mend: str = ""
    rule: str = ""
    level: Level = "error"

    @property
    def message(self) -> str:
        """`what: why; what to do (rule)`, without the parts that are not known."""
        told = f"{self.what}: {self.why}" if self.why else self.what
        told += f"; {self.mend}" if self.mend else ""
        return f"{told} ({self.rule})" if self.rule else told


def errors(findings: list[Finding]) -> list[Finding]:
    """Only what makes a file invalid."""
    return [finding for finding in findings if finding.level == "error"]
