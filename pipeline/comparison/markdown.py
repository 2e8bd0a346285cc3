"""Differences as Markdown for a pull request or the summary of a job: the sums, then as much as fits.

GitHub takes 65,536 characters in a comment and a megabyte in a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from . import excerpts
from .compare import Comparison
from .excerpts import Part, counted
from .model import HOWS, WHATS, Change, Difference
from .text import others, title
from .totals import PLURALS, STATUSES

MOST = 100  # changes shown one by one
LONGEST = 50_000  # characters of them
RULES = 20  # rules listed
_SPECIAL = re.compile(r"([\\`*_\[\]|~$#!@])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write(found: Comparison, most: int | None = None) -> Iterator[str]:
    """Lines; the details are held back until the sums are known, so only as many as are shown are kept."""
    details = _Details(MOST if most is None else most)
    for one in found.differences():
        details.add(one)
    yield "## What changed"
    yield ""
    yield from _sums(found)
    yield from details.lines
    if details.left_out:
        yield ""
        yield f"Not shown: {' and '.join(details.left_out)}. `jiaokan diff OLD NEW` has all."


class _Details:
    """What is shown one by one, and how much is not."""

    def __init__(self, most: int) -> None:
        self.lines: list[str] = []
        self._room, self._most = LONGEST, most
        self._changes = self._documents = 0

    @property
    def left_out(self) -> list[str]:
        numbers = (self._changes, "change"), (self._documents, "whole document")
        return [counted(number, word) for number, word in numbers if number]

    def add(self, one: Difference) -> None:
        head = ["", f"### {escape(one.doc_id)}", "", f"{escape(title(one))}"]
        if self._most <= 0 or not self._take(head):
            self._documents += not one.changes
            self._changes += len(one.changes)
            return
        self._most -= not one.changes
        is_first = True
        for change in one.changes:
            lines = [*([""] if is_first else []), *_item(change)]
            if self._most > 0 and self._take(lines):
                self._most -= 1
            else:
                self._changes += 1
            is_first = False

    def _take(self, lines: list[str]) -> bool:
        size = sum(len(line) + 1 for line in lines)
        if size > self._room:
            self._room = 0  # nothing behind what does not fit: what is shown is the beginning
            return False
        self._room -= size
        self.lines += lines
        return True


def escape(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    flat = "".join(one if one.isprintable() else " " for one in text)
    flat = _SPECIAL.sub(r"\\\1", flat)
    return "".join(_ENTITIES.get(one, one) for one in flat)


def code(text: str) -> str:
    """A text in a code span."""
    flat = "".join(one if one.isprintable() else " " for one in text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _sums(found: Comparison) -> Iterator[str]:
    totals, heading = found.totals, found.heading
    told = [f"{totals.documents[status]:,} {status}" for status in ("same", *STATUSES) if totals.documents[status]]
    yield f"**Documents:** {', '.join(told) or 'none'}"
    if totals.unaffected:
        yield f"({totals.unaffected:,} of the same have another source or sidecar)"
    rows = [(PLURALS[what], [totals.blocks[what, how] for how in HOWS]) for what in WHATS]
    if any(any(numbers) for _, numbers in rows):
        yield from _table(("", *HOWS), [(name, *(f"{number:,}" for number in numbers)) for name, numbers in rows])
    if heading.old.version != heading.new.version:
        yield from ("", f"**Program:** {escape(heading.old.version)} → {escape(heading.new.version)}")
    if heading.old.settings != heading.new.settings and not heading.settings:
        yield from ("", "**Settings:** not the same; one of the builds does not name its own")
    if heading.settings:
        yield from ("", "**Settings:**", "")
        for value in heading.settings:
            yield f"- {code(value.name)}: {escape(value.old or 'none')} → {escape(value.new or 'none')}"
    if totals.causes:
        yield from ("", "**Causes:** " + ", ".join(f"{name} {n:,}" for name, n in totals.causes.most_common()))
    rules = totals.by_rule()
    if rules:
        shown = [(code(name), f"{old:,}", f"{new:,}") for name, old, new in rules[:RULES]]
        yield from _table(("rule", "decided before", "decides now"), shown)
    if len(rules) > RULES:
        yield from ("", f"… and {counted(len(rules) - RULES, 'rule')} more")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"| --- {'| ---: ' * (len(head) - 1)}|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _item(change: Change) -> list[str]:
    place = change.new or change.old
    assert place is not None
    told = f"- {excerpts.sentence(change)}: {code(place.id)}{escape(excerpts.where(change))}"
    for sentence, ids in others(change):
        shown = escape(sentence)
        for name in ids:
            shown = shown.replace(escape(name), code(name))
        told += f"; {shown}"
    olds, news = excerpts.rules_told([change.rules, *(one.rules for one in change.words)])
    told += f" — {', '.join(change.causes)}"
    if olds or news:
        told += f"; {', '.join(map(code, olds)) or 'no rule'} → {', '.join(map(code, news)) or 'no rule'}"
    lines = [told]
    lines += [f"  - {code(value.name)}: {_joined(excerpts.of_value(value))}" for value in change.values]
    if change.words:
        lines.append(f"  - {_joined(excerpts.of_words(change))}")
    elif "added" in change.how or "removed" in change.how:
        lines.append(f"  - {_joined([Part('new' if change.new else 'old', excerpts.shortened(change.text))])}")
    return lines


def _joined(parts: Iterable[Part]) -> str:
    marks = {"same": "{}", "old": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return "".join(marks[part.how].format(escape(part.text)) for part in parts if part.text) or "(empty)"
