"""Sums over all differences, and the names `--fail-on` knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import UsageError
from ..settings import nearest
from .model import HOWS, WHATS, Change, Difference, How, Rules, What

PLURALS = {"article": "articles", "head": "heads", "paragraph": "paragraphs", "note": "notes"}
STATUSES = ("changed", "added", "removed", "renamed", "failed", "recovered")
# What `--fail-on` may name; `changes` is anything at all.
FAILURES = (
    *(f"{status}-documents" for status in STATUSES),
    *(f"{how}-{PLURALS[what]}" for what in WHATS for how in HOWS),
    "changes",
)


@dataclass(slots=True)
class Totals:
    """Sums.  `documents` by status, `same` included; `blocks` by (what, how); `causes` by changes.

    `rules` counts for each rule the places (stretches of text, or whole blocks) where it decided in the old
    build only, and in the new one only.  `unaffected` counts documents whose source or sidecar changed without
    any other effect.
    """

    documents: Counter[str] = field(default_factory=Counter)
    blocks: Counter[tuple[What, How]] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    old_rules: Counter[str] = field(default_factory=Counter)
    new_rules: Counter[str] = field(default_factory=Counter)
    stretches: int = 0
    unaffected: int = 0

    def add(self, one: Difference) -> None:
        """Count a document that differs."""
        self.documents[one.status] += 1
        if one.counts is not None:
            how: How = "removed" if one.status in ("removed", "failed") else "added"
            for what in WHATS:
                self.blocks[what, how] += getattr(one.counts, what)
            self.causes.update(one.causes)
        for change in one.changes:
            self._add(change)

    def of(self, failure: str) -> int:
        """How many there are of what `--fail-on` names."""
        if failure == "changes":
            return sum(number for status, number in self.documents.items() if status != "same")
        how, _, plural = failure.partition("-")
        if plural == "documents":
            return self.documents[how]
        return sum(self.blocks[what, known] for what in WHATS for known in HOWS if (known, PLURALS[what]) == (how, plural))  # fmt: skip

    def by_rule(self) -> list[tuple[str, int, int]]:
        """(rule, places in the old build, places in the new one), the most frequent first."""
        names = sorted(set(self.old_rules) | set(self.new_rules))
        found = [(name, self.old_rules[name], self.new_rules[name]) for name in names]
        return sorted(found, key=lambda one: (-one[1] - one[2], one[0]))

    def _add(self, change: Change) -> None:
        for how in change.how:
            self.blocks[change.what, how] += 1
        self.causes.update(change.causes)
        self.stretches += len(change.words)
        self._count(change.rules for _ in [0])
        self._count(one.rules for one in change.words)

    def _count(self, rules: Iterable[Rules]) -> None:
        for one in rules:
            self.old_rules.update(one.old)
            self.new_rules.update(one.new)


def failures_of(told: str) -> list[str]:
    """The names in the value of `--fail-on`; raises `UsageError` for one that is not known."""
    names = [name.strip() for name in told.split(",") if name.strip()]
    for name in names:
        if name not in FAILURES:
            raise UsageError(f"`--fail-on` does not know {name!r}; {nearest(name, FAILURES)}")
    return names
