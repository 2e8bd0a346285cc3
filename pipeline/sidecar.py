"""Sidecars: `x.toml` beside a source, with metadata, settings of its own, and corrections by hand.

A correction names its place by words that occur once in the witness, compared without blanks, hyphens
and line ends, so that it survives a new extraction; or by lines, counted from 1.  Words are looked for in the text
as it is read: where columns stand side by side they may go over a column's line ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from . import columns
from .columns import View
from .errors import SettingsError
from .evidence import LINE_END
from .model import Source, Span
from .options import Action, Options, Verdict
from .settings import Settings, error_of, nearest, override, parse

ACTIONS: tuple[str, ...] = get_args(Action)
KEYS = {"quote": str, "lines": list, "action": str, "with": str, "why": str}
# Two corrections of one place that cannot both be obeyed.
OPPOSED = (("join", "keep-hyphen"), ("join", "paragraph"), ("paragraph", "no-paragraph"), ("heading", "not-heading"),
           ("drop", "keep"), ("drop", "replace"), ("drop", "heading"), ("drop", "paragraph"), ("drop", "article"),
           ("replace", "replace"))  # fmt: skip

# Left out on both sides when a quotation is looked for: blanks, line ends, hyphens of every kind.
_LOOSE = re.compile("[\\s\u200b\ufeff\x00\x1c-\x1f\u00ad\u00ac\u2010\u2011\u2027-]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as written: words or lines (first, last), what to do, and in which file and line it stands."""

    action: Action
    quote: str = ""
    lines: tuple[int, int] | None = None
    with_: str = ""
    why: str = ""
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The options of a source (its metadata included) and its corrections, not yet resolved."""

    options: Options
    corrections: tuple[Correction, ...]


def read(data: bytes, name: str, settings: Settings) -> Sidecar:
    """A sidecar over the settings of its corpus; raises `SettingsError`."""
    table = parse(data, name)
    text = data.decode("utf-8-sig")
    entries = table.pop("correction", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise error_of([(("correction",), "write each correction as [[correction]]")], name, text)
    places = [text[: found.start()].count("\n") + 1 for found in re.finditer(r"(?m)^[ \t]*\[\[\s*correction", text)]
    places += [0] * (len(entries) - len(places))
    corrections = tuple(_correction(entry, name, line) for entry, line in zip(entries, places, strict=False))
    return Sidecar(override(settings, table, name, text), corrections)


def resolve(corrections: Sequence[Correction], source: Source) -> tuple[Verdict, ...]:
    """Corrections as witness spans, in order; raises `SettingsError` for one that does not match or agree."""
    if not corrections:
        return ()
    view = columns.find(source)
    loose, offsets = _loosen(view.source.text if view else source.text)
    found = [(_place(correction, source, view, loose, offsets), correction) for correction in corrections]
    found.sort(key=lambda pair: pair[0])
    for at, (span, correction) in enumerate(found):
        for other_span, other in found[:at]:
            if other_span[1] > span[0] and (opposed := _opposed(correction, other)):
                raise _error(correction, f"contradicts the correction in line {other.line}: {opposed}")
    return tuple(
        Verdict(correction.action, *_bounds(view, span), correction.with_, correction.why) for span, correction in found
    )


def _bounds(view: View | None, span: Span) -> Span:
    """The witness offsets of the first character of a stretch of the text as it is read, and behind its last one."""
    return (view.place(span[0]), view.place(span[1] - 1) + 1) if view else span


def _correction(entry: Mapping[str, Any], name: str, line: int) -> Correction:
    where = Correction("keep", path=name, line=line)
    for key, value in entry.items():
        if key not in KEYS:
            raise _error(where, f"unknown key `{key}` of a correction; {nearest(key, KEYS)}")
        if not isinstance(value, KEYS[key]):
            raise _error(where, f"the value {value!r} of `{key}` will not do")
    action = entry.get("action", "")
    if action not in ACTIONS:
        raise _error(where, f"unknown action {action!r}; {nearest(action, ACTIONS)}")
    if ("quote" in entry) == ("lines" in entry):
        raise _error(where, "a correction needs either `quote` or `lines`")
    if (action == "replace") != ("with" in entry):
        raise _error(where, "`with` belongs to `replace`, and `replace` needs it")
    lines = entry.get("lines")
    if lines is not None and not (len(lines) == 2 and all(type(n) is int for n in lines) and 1 <= lines[0] <= lines[1]):
        raise _error(where, f"`lines` is [first, last], counted from 1, not {lines}")
    if "quote" in entry and not _LOOSE.sub("", entry["quote"]):
        raise _error(where, "the quotation is empty")
    return Correction(
        cast(Action, action),
        entry.get("quote", ""),
        (lines[0], lines[1]) if lines else None,
        entry.get("with", ""),
        entry.get("why", ""),
        name,
        line,
    )


def _loosen(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without what is left out, and (offset in it, witness offset) of each stretch that stays."""
    kept: list[str] = []
    offsets: list[tuple[int, int]] = []
    at = length = 0
    for found in _LOOSE.finditer(text):
        if found.start() > at:
            offsets.append((length, at))
            kept.append(text[at : found.start()])
            length += found.start() - at
        at = found.end()
    offsets.append((length, at))
    kept.append(text[at:])
    return "".join(kept), offsets


def _place(
    correction: Correction, source: Source, view: View | None, loose: str, offsets: list[tuple[int, int]]
) -> tuple[int, int]:
    """Where a correction holds: in the witness, or in the text as it is read where columns stand side by side."""
    if correction.lines is not None:
        span = _lines(correction, correction.lines, source.text)
        read = view.stretch(*span) if view else span
        if read is None:
            raise _error(correction, "the lines hold parts of two columns", "quote words of one column")
        return read
    wanted = _LOOSE.sub("", correction.quote)
    first = loose.find(wanted)
    if first < 0:
        told = f"the quotation {correction.quote!r} is not in {source.doc_id}"
        raise _error(correction, told, "quote words as the raw text has them, or give `lines`")
    second = loose.find(wanted, first + 1)
    if second >= 0:
        places = [_bounds(view, (_witness(offsets, at), _witness(offsets, at) + 1))[0] for at in (first, second)]
        both = " and ".join(str(_line_at(source.text, place)) for place in places)
        raise _error(correction, f"the quotation {correction.quote!r} is not unique: lines {both}", "quote more words")
    return _witness(offsets, first), _witness(offsets, first + len(wanted) - 1) + 1


def _lines(correction: Correction, lines: tuple[int, int], text: str) -> tuple[int, int]:
    borders = [0, *(found.end() for found in LINE_END.finditer(text))]
    if borders[-1] == len(text) and len(borders) > 1:
        borders.pop()
    if lines[1] > len(borders):
        raise _error(correction, f"there are {len(borders)} lines, not {lines[1]}")
    return borders[lines[0] - 1], borders[lines[1]] if lines[1] < len(borders) else len(text)


def _witness(offsets: list[tuple[int, int]], loose: int) -> int:
    at = bisect_right(offsets, (loose, 1 << 62)) - 1
    return offsets[at][1] + loose - offsets[at][0]


def _line_at(text: str, offset: int) -> int:
    return sum(1 for _ in LINE_END.finditer(text, 0, offset)) + 1


def _opposed(one: Correction, other: Correction) -> str:
    pair = (one.action, other.action)
    if one.action == other.action == "replace" and one.with_ == other.with_:
        return ""
    return f"{pair[0]} against {pair[1]}" if pair in OPPOSED or pair[::-1] in OPPOSED else ""


def _error(correction: Correction, message: str, mend: str = "") -> SettingsError:
    return SettingsError(message, path=correction.path, line=correction.line, mend=mend)
