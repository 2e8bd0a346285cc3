"""Errors a user can mend.

JiaokanError
├── SourceError     a raw file that cannot be read or decoded
├── SettingsError   jiaokan.toml or a sidecar that says something we do not know
├── OutputError     an `out/` that is missing, damaged or not ours
├── UsageError      an option with a value that is not known
└── AlgebraError    edits or blocks that contradict each other: a bug of ours, told with its place
"""

from __future__ import annotations


class JiaokanError(Exception):
    """A message that names the file, the place and the mend."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, mend: str = "") -> None:
        self.message, self.path, self.line, self.mend = message, path, line, mend
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{place}{message}" + (f" ({mend})" if mend else ""))


class SourceError(JiaokanError):
    """A raw file that cannot be read or decoded."""


class SettingsError(JiaokanError):
    """Settings or a sidecar that say something we do not know."""


class OutputError(JiaokanError):
    """An output folder that is missing, damaged or not ours."""


class UsageError(JiaokanError):
    """An option with a value that is not known."""


class AlgebraError(JiaokanError):
    """Edits or blocks that contradict each other."""
