"""What a difference between two builds is.  All offsets are code points, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cause = Literal["source", "sidecar", "settings", "program"]
What = Literal["article", "head", "paragraph", "note"]
How = Literal["added", "removed", "changed", "moved"]
Status = Literal["changed", "added", "removed", "renamed", "failed", "recovered"]

CAUSES: tuple[Cause, ...] = ("source", "sidecar", "settings", "program")
HOWS: tuple[How, ...] = ("added", "removed", "changed", "moved")
WHATS: tuple[What, ...] = ("article", "head", "paragraph", "note")


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that decided on one side and not on the other; where both sides have the same ones, those."""

    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that reads otherwise: [old_start, old_end) of the old text is `new` in the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    old: str
    new: str
    causes: tuple[Cause, ...] = ()
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is another one: of an article its title, authors, pages …; of a block its kind, level, label …"""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a build: its id, and the article or section it is part of.

    `page` is the number printed, `offset` the first code point of the witness; `None` where not known.
    """

    id: str
    inside: str | None
    page: str | None
    offset: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One article or block that differs; it may have been moved and changed at once.

    `old` is `None` for what was added, `new` for what was removed.  `text` is the old text, of what was added the
    new one, of an article its title; `words` put into it give the new one.  `partner` is the id, on the other
    side, of what holds most of the text of what was added or removed: a paragraph that was cut in two leaves
    one that is added, with the old one as its partner.
    """

    what: What
    how: tuple[How, ...]
    old: Place | None
    new: Place | None
    causes: tuple[Cause, ...] = ()
    rules: Rules = Rules()
    words: tuple[Stretch, ...] = ()
    values: tuple[Value, ...] = ()
    text: str = ""
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles and blocks a document that was added, removed, failed or recovered holds."""

    article: int = 0
    head: int = 0
    paragraph: int = 0
    note: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One document that differs.

    `doc_id` is its id in the new build, in the old one where it was removed; `old_id` differs from it where
    it was renamed.  `causes` are what can have changed it; `files` its source files and sidecar that are not
    the same (`path`, how).  Documents that exist in one build only, or failed in one, have `counts` instead
    of changes of their blocks.
    """

    doc_id: str
    old_id: str
    status: Status
    causes: tuple[Cause, ...] = ()
    files: tuple[tuple[str, How], ...] = ()
    changes: tuple[Change, ...] = ()
    counts: Counts | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """A build as a whole: version and digest of the settings."""

    version: str
    settings: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Both builds, and the settings that differ (name, old, new); empty where a build does not name its settings."""

    old: About
    new: About
    settings: tuple[Value, ...] = ()
