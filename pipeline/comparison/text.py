"""Differences as plain text: every change, then the sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import excerpts
from .compare import Comparison
from .excerpts import Part, counted
from .model import HOWS, WHATS, Change, Difference
from .totals import PLURALS, STATUSES

RULES = 20  # rules listed


def write(found: Comparison, most: int | None = None) -> Iterator[str]:
    """Lines: at most `most` changes one by one, then the sums."""
    shown = left = 0
    for one in found.differences():
        yield _title(one)
        for change in one.changes:
            if most is not None and shown >= most:
                left += 1
                continue
            shown += 1
            yield from _lines(change)
    if left:
        yield f"… and {counted(left, 'change')} more"
    yield from sums(found)


def sums(found: Comparison) -> Iterator[str]:
    """What is the same and what is not, in figures."""
    totals, heading = found.totals, found.heading
    for what in WHATS:
        numbers = [(totals.blocks[what, how], how) for how in HOWS if totals.blocks[what, how]]
        if numbers:
            yield f"{PLURALS[what]}: " + ", ".join(f"{number:,} {how}" for number, how in numbers)
    told = [f"{totals.documents[status]:,} {status}" for status in ("same", *STATUSES) if totals.documents[status]]
    yield "documents: " + (", ".join(told) or "none")
    if totals.unaffected:
        yield f"of those that are the same, {totals.unaffected:,} have another source or sidecar"
    if heading.old.version != heading.new.version:
        yield f"program: {heading.old.version} → {heading.new.version}"
    if heading.old.settings != heading.new.settings and not heading.settings:
        yield "settings: not the same; one of the builds does not name its own"
    for value in heading.settings:
        yield f"setting {value.name}: {value.old or 'none'} → {value.new or 'none'}"
    if totals.causes:
        yield "causes: " + ", ".join(f"{name} {number:,}" for name, number in totals.causes.most_common())
    rules = totals.by_rule()
    for name, old, new in rules[:RULES]:
        yield f"rule {name}: decided here before {old:,}, now {new:,}"
    if len(rules) > RULES:
        yield f"… and {counted(len(rules) - RULES, 'rule')} more"


def title(one: Difference) -> str:
    """What happened to a document, in a line."""
    told = f"renamed from {one.old_id}" if one.status == "renamed" else one.status
    if one.counts is not None:
        numbers = [counted(getattr(one.counts, what), what) for what in WHATS if getattr(one.counts, what)]
        told += f" ({', '.join(numbers) or 'no text'})"
    if one.causes and one.changes:
        told += f"; what is not the same: {', '.join(one.causes)}"
    if one.files and one.status in ("changed", "renamed"):
        told += f" ({', '.join(f'{path} {how}' for path, how in one.files)})"
    return told + (f": {one.error}" if one.error else "")


def _title(one: Difference) -> str:
    return f"{one.doc_id}: {title(one)}"


def _lines(change: Change) -> Iterator[str]:
    place = change.new or change.old
    assert place is not None
    yield f"  {excerpts.sentence(change)}: {place.id}{excerpts.where(change)}{_others(change)}{why(change)}"
    for value in change.values:
        yield f"    {value.name}: {_joined(excerpts.of_value(value))}"
    if change.words:
        yield f"    {_joined(excerpts.of_words(change))}"
    elif "added" in change.how or "removed" in change.how:
        part = Part("new" if change.new else "old", excerpts.shortened(change.text))
        yield f"    {_joined([part])}"


def _others(change: Change) -> str:
    return "".join(f"; {told}" for told, _ in others(change))


def others(change: Change) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences about other ids, and the ids in each."""
    if change.partner:
        verb = "its text stood in" if "added" in change.how else "its text is in"
        yield f"{verb} {change.partner}", (change.partner,)
    if change.old and change.new and "moved" in change.how:
        if change.old.inside != change.new.inside and change.old.inside and change.new.inside:
            yield f"from {change.old.inside} to {change.new.inside}", (change.old.inside, change.new.inside)
        else:
            yield f"stood at {change.old.id}", (change.old.id,)


def why(change: Change) -> str:
    """` (settings; line-end-hyphen → hyphens-as-set)`."""
    olds, news = excerpts.rules_told([change.rules, *(one.rules for one in change.words)])
    told = ", ".join(change.causes)
    if olds or news:
        told += f"; {', '.join(olds) or 'no rule'} → {', '.join(news) or 'no rule'}"
    return f" ({told})"


def _joined(parts: Iterable[Part]) -> str:
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[part.how].format(_flat(part.text)) for part in parts if part.text)


def _flat(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
