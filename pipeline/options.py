"""Every setting as one frozen value, handed down; there are no globals."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Script:
    """Chinese script."""

    target: str = "auto"
    protect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters and punctuation."""

    punctuation: str = "language"
    mojibake: str = "repair"


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Line ends."""

    hyphens: str = "evidence"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tei:
    """How TEI is written."""

    forme_work: bool = False
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """All settings of a corpus, or of one source where a sidecar overrides them."""

    encoding: str = "detect"
    script: Script = field(default_factory=Script)
    characters: Characters = field(default_factory=Characters)
    line_ends: LineEnds = field(default_factory=LineEnds)
    tei: Tei = field(default_factory=Tei)
