"""What a stage found as bytes: `Changes` to MessagePack and back.

What is stored of a stage is its changes; a document is its source folded over them.  A record is written
as the row of its fields, a rule as its place in a table of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from .errors import AlgebraError
from .model import Article, Author, Block, Changes, Edit, Journal, Link, Mark, Remark, Rule

FORMAT = 2
MEND = "build again with --force"

_make = tuple.__new__


class _Shape(NamedTuple):
    """How a type of record becomes a row: all its fields, and which of them is the rule."""

    row: Callable[[Any], tuple[Any, ...]]
    rule: int


def _shape(kind: type) -> _Shape:
    names = getattr(kind, "_fields", None) or tuple(field.name for field in fields(kind))
    return _Shape(attrgetter(*names), names.index("rule"))


_BLOCK, _MARK, _ARTICLE = _shape(Block), _shape(Mark), _shape(Article)
_AUTHOR = attrgetter(*(field.name for field in fields(Author)))
_JOURNAL = attrgetter(*(field.name for field in fields(Journal)))
_RULE = attrgetter(*(field.name for field in fields(Rule)))


class _Table(dict[Rule, int]):
    """The place of every rule, in the order of first use."""

    def __missing__(self, rule: Rule) -> int:
        self[rule] = len(self)
        return self[rule]


def dump(changes: Changes) -> bytes:
    """The changes as bytes; the same changes always give the same ones."""
    table = _Table()
    parts: list[Any] = [
        _edit_rows(changes.edits, table),
        _rows(changes.blocks, _BLOCK, table),
        _rows(changes.marks, _MARK, table),
        _rows(
            None if changes.articles is None else [replace(one, authors=()) for one in changes.articles],
            _ARTICLE,
            table,
        ),
        _authors(changes.articles),
        None if changes.journal is None else _JOURNAL(changes.journal),
        changes.links,
        changes.remarks,
    ]
    rules = [_RULE(rule) for rule in table]
    try:
        return msgspec.msgpack.encode([FORMAT, False, rules, *parts])
    except UnicodeEncodeError:
        return msgspec.msgpack.encode([FORMAT, True, *_escaped([rules, *parts])])


def load(data: bytes) -> Changes:
    """The changes that `dump` wrote.

    Raises `AlgebraError` where the bytes are of another format.
    """
    try:
        stored = msgspec.msgpack.decode(data)
        form, is_escaped = stored[:2]
    except (msgspec.DecodeError, TypeError, ValueError, KeyError) as error:
        raise AlgebraError("stored changes cannot be read", mend=MEND) from error
    if form != FORMAT:
        raise AlgebraError(f"stored changes have format {form!r}, not {FORMAT}", mend=MEND)
    rest = _restored(stored[2:]) if is_escaped else stored[2:]
    rules, edits, blocks, marks, articles, authors, journal, links, remarks = rest
    table = [Rule(*row) for row in rules]
    return Changes(
        tuple([_make(Edit, (start, end, new, table[at], sure)) for start, end, new, at, sure in edits]),
        _records(blocks, Block, _BLOCK, table),
        _records(marks, Mark, _MARK, table),
        _with_authors(_records(articles, Article, _ARTICLE, table), authors),
        None if journal is None else Journal(*journal),
        None if links is None else tuple(Link(*row) for row in links),
        tuple(Remark(*row) for row in remarks),
    )


def _edit_rows(edits: Iterable[Edit], table: _Table) -> list[tuple[int, int, str, int, int]]:
    """Rows of edits; neighbours mostly have one rule, and hashing a rule is what costs."""
    rows: list[tuple[int, int, str, int, int]] = []
    known: Rule | None = None
    place = 0
    for start, end, new, rule, certainty in edits:
        if rule is not known:
            known, place = rule, table[rule]
        rows.append((start, end, new, place, certainty))
    return rows


def _rows(records: Iterable[Any] | None, shape: _Shape, table: _Table) -> list[list[Any]] | None:
    if records is None:
        return None
    rows = [list(shape.row(record)) for record in records]
    known: dict[int, int] = {}  # by identity: hashing a rule is what costs
    for row in rows:
        rule = row[shape.rule]
        place = known.get(id(rule))
        if place is None:
            place = known[id(rule)] = table[rule]
        row[shape.rule] = place
    return rows


def _records(
    rows: list[list[Any]] | None, make: Callable[..., Any], shape: _Shape, table: list[Rule]
) -> tuple[Any, ...] | None:
    if rows is None:
        return None
    lists = [at for at, value in enumerate(rows[0]) if isinstance(value, list)] if rows else []  # as in every row
    for row in rows:
        row[shape.rule] = table[row[shape.rule]]
        for at in lists:
            row[at] = _tuple(row[at])
    return tuple([make(*row) for row in rows])


def _frozen(value: Any) -> Any:
    return _tuple(value) if isinstance(value, list) else value


def _tuple(values: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuple(part) if isinstance(part, list) else part for part in values])


def _authors(articles: Iterable[Article] | None) -> list[list[tuple[Any, ...]]]:
    return [[_AUTHOR(author) for author in article.authors] for article in articles or ()]


def _with_authors(articles: tuple[Article, ...] | None, authors: list[list[list[Any]]]) -> tuple[Article, ...] | None:
    if articles is None:
        return None
    return tuple(
        replace(article, authors=tuple(Author(*map(_frozen, row)) for row in rows))
        for article, rows in zip(articles, authors, strict=True)
    )


def _escaped(value: Any) -> Any:
    """The same with every text as bytes: a witness may hold surrogates, which are no Unicode."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return [_escaped(part) for part in value] if isinstance(value, (list, tuple)) else value


def _restored(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    return [_restored(part) for part in value] if isinstance(value, list) else value
