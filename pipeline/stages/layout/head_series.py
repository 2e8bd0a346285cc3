"""Numbered heads told by their series: what stands between the heads 3 and 5 and begins with a 4 is a head too.

Heads of one form follow one another through an article; among them the labelling misses one that is long.  The
greater part of a series decides for the rest; among the items of a list no single one is a head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ...evidence import Evidence
from ..numbers import value_of
from .features import Line

_FORMS = frozenset((
    "chapter-han", "han-comma", "han-bracket", "digit-bracket", "roman-dot", "roman-lower", "letter-dot", "letter-bracket",
    "digit-dot", "digit-blank", "chapter", "paragraph-sign",
))  # fmt: skip
_NUMBER = re.compile(
    r"(?:[（(第§\s]|[a-z]{4,}\s)*(\d+|[ivxlc]+(?![a-z])|[一二三四五六七八九十百〇]+|[a-h](?![a-z]))", re.IGNORECASE
)
_STOPS = tuple(".。;；,，、!！:：-")
_LEAST = 3  # members of a series that tells anything
_LONGEST = 3  # lines of a head
_FULL = 85  # per cent of the measure


def fix_head_series(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], numbered: Mapping[int, str]
) -> None:
    """Labels of numbered heads set in place; `numbered` has the forms that lines begin with (`patterns.label_of`)."""
    for series in list(_series(texts, labels, numbered)):
        heads = [at for at in series if labels[at] == "H"]
        if len(series) < _LEAST or 2 * len(heads) <= len(series):
            _make_items(evidence, lines, texts, labels, series)
            continue
        stopped = any(_ends_stopped(texts, labels, at) for at in heads)
        for at in series:
            if labels[at] == "P":
                _make_head(evidence, lines, texts, labels, at, stopped=stopped)


def _series(texts: Sequence[str], labels: Sequence[str], numbered: Mapping[int, str]) -> Iterator[list[int]]:
    """Lines with heads and paragraphs whose numbers of one form rise by one; another article ends all."""
    running: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    titles = [at for at, label in enumerate(labels) if label == "T"]
    for at in sorted({*titles, *numbered}):
        label, form = labels[at], numbered.get(at, "")
        if label == "T":
            yield from running.values()
            running = {}
        if label not in "HP" or form not in _FORMS:
            continue
        value = _value(texts[at], form)
        if form in running and value == last[form] + 1:
            running[form].append(at)
        elif value == 1:
            yield running.get(form, [])
            running[form] = [at]
        else:
            continue
        last[form] = value
    yield from running.values()


def _make_items(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], series: Sequence[int]
) -> None:
    """Heads that end as sentences do, right below the paragraph with the number before, are items too where most with
    numbers are paragraphs."""
    if len(series) < _LEAST:
        return
    for above, at in pairwise(series):
        right_below = lines[at].index - lines[above].index == at - above and lines[at].page == lines[above].page
        stopped = texts[at - 1].endswith(_STOPS) and _ends_stopped(texts, labels, at)
        if labels[above] + labels[at] == "PH" and right_below and stopped and not evidence.is_apart(lines[at].index):
            labels[at : _end(labels, at)] = ["P"] + ["p"] * (_end(labels, at) - at - 1)


def _value(text: str, form: str) -> int:
    found = _NUMBER.match(text)
    if found is None:
        return 0
    printed = found[1].lower()
    return ord(printed) - 96 if form.startswith("letter") else value_of(printed)


def _end(labels: Sequence[str], at: int) -> int:
    """Behind the last line of a head."""
    end = at + 1
    while end < len(labels) and labels[end] == "h":
        end += 1
    return end


def _ends_stopped(texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    return texts[_end(labels, at) - 1].endswith(_STOPS)


def _make_head(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, *, stopped: bool
) -> None:
    """Make the first lines of a paragraph a head, if one can end there and a paragraph begin behind it."""
    for end in range(at + 1, min(at + _LONGEST + 1, len(lines))):
        last = end - 1
        if end > at + 1 and (labels[last] != "p" or lines[last].page != lines[at].page):
            return
        is_short = evidence.lines.advance[lines[last].index] * 100 < evidence.measures[lines[last].index] * _FULL
        begins = labels[end] in "PHNMFLT" or (is_short and _can_begin(texts[end]))
        if is_short and begins and (stopped or not texts[last].endswith(_STOPS)):
            labels[at:end] = ["H"] + ["h"] * (end - at - 1)
            if labels[end] == "p":
                labels[end] = "P"
            return


def _can_begin(text: str) -> bool:
    """Whether a paragraph can begin so: with no small letter, and no sign that goes on with a sentence."""
    return not text[0].islower() and text[0] not in "，。、；：！？）》”’』」】〕…,.;:!?)]"
