"""Changed places of a text with a little around them, short enough to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from .model import Change, Rules, Value
from .totals import PLURALS
from .words import differ

AROUND = 24  # characters shown around a change
LONGEST = 120  # characters shown of a changed stretch
PLACES = 6  # changed stretches shown of one text
SHOWN = 160  # characters shown of a whole text


class Part(NamedTuple):
    """A part of an excerpt: text that stayed, went, or came."""

    how: Literal["same", "old", "new"]
    text: str


class Cut(NamedTuple):
    start: int
    end: int
    new: str


def excerpt(text: str, cuts: Sequence[Cut]) -> Iterator[Part]:
    """The changed stretches of a text, each with what stands around it."""
    place = 0
    for cut in cuts[:PLACES]:
        gap = text[place : cut.start]
        if len(gap) > 2 * AROUND:
            gap = (gap[:AROUND] if place else "") + "…" + gap[-AROUND:]
        yield Part("same", gap)
        yield Part("old", shortened(text[cut.start : cut.end], LONGEST))
        yield Part("new", shortened(cut.new, LONGEST))
        place = cut.end
    rest = text[place:]
    yield Part("same", rest if len(rest) <= AROUND else rest[:AROUND] + "…")
    if len(cuts) > PLACES:
        yield Part("same", f" (and {len(cuts) - PLACES} more places)")


def of_words(change: Change) -> Iterator[Part]:
    """The changed stretches of a block."""
    yield from excerpt(change.text, [Cut(one.old_start, one.old_end, one.new) for one in change.words])


def of_value(value: Value) -> Iterator[Part]:
    """What of a value changed; a value that was or is not there as a whole."""
    if value.old is None or value.new is None:
        yield Part("old", shortened(value.old or "", LONGEST))
        yield Part("new", shortened(value.new or "", LONGEST))
        return
    new = value.new
    cuts = [Cut(cut.old_start, cut.old_end, new[cut.new_start : cut.new_end]) for cut in differ(value.old, new)]
    yield from excerpt(value.old, cuts)


def shortened(text: str, most: int = SHOWN) -> str:
    """A text, or its beginning and end."""
    return text if len(text) <= most else f"{text[: most - AROUND]} … {text[-AROUND:]}"


def rules_told(all_rules: Sequence[Rules]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rules of the old and of the new build, each once, in order."""
    olds = dict.fromkeys(rule for one in all_rules for rule in one.old)
    news = dict.fromkeys(rule for one in all_rules for rule in one.new)
    return tuple(olds), tuple(news)


def sentence(change: Change) -> str:
    """`paragraph changed and moved`."""
    return f"{change.what} {' and '.join(change.how)}"


def where(change: Change) -> str:
    """`, page 41, offset 694`: in the new build, or in the old one for what was removed."""
    place = change.new or change.old
    assert place is not None
    told = f", page {place.page}" if place.page else ""
    return told if place.offset is None else f"{told}, offset {place.offset}"


def counted(number: int, word: str) -> str:
    """`1 paragraph`, `2 paragraphs`."""
    return f"{number:,} {word if number == 1 else PLURALS.get(word, word + 's')}"
