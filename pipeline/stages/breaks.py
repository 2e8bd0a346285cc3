"""Where pages begin: form feeds, the trace `newline and one blank`, runs of numbers and heads.

What is found here are boundaries between lines; which lines around them are forme work is decided in
`forme.py`, what number a page bears in `pages.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..evidence import Evidence
from .line_starts import line_starts
from .numbers import MARKED, Number, candidates, chain, fill, find_readings, nearest
from .patterns import SIGNS
from .periods import find_beginnings
from .title_lines import is_issue_line

_CLOSE = 4  # lines between numbers at the foot of one page and at the head of the next
_MANY = 5  # one number in so many must stand so close to another, if that is what the source does
_LEAST_NUMBERS = 3  # with fewer, and no page marks, lines that come again are looked at
_LEAST_ANEW = 3  # numbers that show that pages are counted anew
_TELLING = ("leaf", "dashed", "dotted", "ornamented", "page", *sorted(MARKED))
_MASTHEAD = 4  # lines that can be one, at the top of the source
_LEAST_OF_TITLE = 6  # letters of a head that repeats a title
_STOPS, _OF_NOTES = (".", "。", "；", ";"), 8  # as notes end, with labels that rise, too
_HABIT, _HABIT_IF_LONG, _LONG = 5, 3, 20  # lines that are printed so; those of so many letters
_MOST_MISSING = 8  # pages between two numbers
_WORD = re.compile(r"[^\W_]+")
_MARKER_END = re.compile(r"[*†‡§¶\d①-⑳]$")
(_IMPRINT,) = [row.regex for row in SIGNS if row.name == "imprint"]
_GLUED = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_][,.;:!?”’\")）]))\d{1,3}+(?!\d)")


class Boundary(NamedTuple):
    """A page begins at or near this line; `kind` is `feed`, `blank` or `number`, `certainty` per cent."""

    line: int
    kind: str
    certainty: int


def find_boundaries(evidence: Evidence) -> tuple[list[Boundary], dict[int, Number]]:
    """Boundaries in order (the first line of the source is always one), and the page numbers by line."""
    lines = evidence.lines
    marked = [Boundary(i, "feed", 99) for i in range(1, len(lines)) if lines.feeds[i]]
    if not marked:
        marked = _blank_traces(evidence)
    numbers = candidates(lines, readings_of(evidence), evidence.measure)
    places = [boundary.line for boundary in marked]
    exact = bool(marked) and marked[0].kind == "feed"
    page_of = _pages_of_lines(evidence, marked) if marked else None
    heads = Counter(head for _, head in {(number.line, _unordered(number.head)) for number in numbers if number.head})
    edges = [0, *places, len(lines)] if places else []
    bonus = [_bonus(evidence, number, edges, heads, exact=exact) for number in numbers]
    _add_for_pairs(numbers, bonus)
    found = _counted_anew(chain(numbers, bonus, page_of, exact=exact), numbers, bonus, page_of, exact=exact)
    found = fill([number for number in found if _is_trusted(number, found, edges)], numbers)
    found = sorted(found + _standing_alike(evidence, found, numbers, places))
    sequence = {number.line: number for number in found}
    first = [Boundary(0, "feed", 99)] if len(lines) else []
    if marked and marked[0].kind == "feed":
        return first + marked, sequence
    if not marked and len(sequence) < _LEAST_NUMBERS:
        marked = [Boundary(line, "number", 75) for line in find_beginnings(evidence)]
    return _with_numbers(evidence, first + marked, sequence), sequence


def _counted_anew(
    found: list[Number], numbers: Sequence[Number], bonus: Sequence[int], page_of: Sequence[int] | None, *, exact: bool
) -> list[Number]:
    """The chain with those before and behind it that count in the other figures: roman ones before Arabic ones."""
    if not found:
        return found
    is_roman = found[0].form == "roman"
    first, last = found[0].line, found[-1].line
    for is_before in (True, False):
        rest = [
            (number, more)
            for number, more in zip(numbers, bonus, strict=True)
            if (number.form == "roman") != is_roman and (number.line < first if is_before else number.line > last)
        ]
        part = chain([number for number, _ in rest], [more for _, more in rest], page_of, exact=exact) if rest else []
        found = found + part if len(part) >= _LEAST_ANEW else found
    return sorted(found)


def readings_of(evidence: Evidence) -> dict[int, list[Number]]:
    """By line: what it can be read as, if it were a page number."""
    return evidence.once("page-numbers", lambda: find_readings(evidence.lines.text))


def _standing_alike(
    evidence: Evidence, found: list[Number], numbers: list[Number], places: Sequence[int]
) -> list[Number]:
    """Numbers out of the sequence (a misprint, a part counted anew) that stand apart just as those in it do.

    As near to a page's edge, too, where pages are marked at these places: the label of a note is farther away.
    """
    lines = evidence.lines
    apart = [n for n in found if not n.head and n.line + 1 < len(lines)]
    if len(apart) < 3:
        return []
    above = min(lines.gap[n.line] for n in apart)
    below = min(lines.gap[n.line + 1] for n in apart)
    forms = {n.form for n in apart}
    taken = {n.line for n in found}
    away = sorted(_away(places, n.line) for n in apart)
    farthest = away[(len(away) - 1) * 9 // 10]
    if above < evidence.usual_gap + 2:
        return []
    return [
        n
        for n in numbers
        if n.line not in taken and not n.head and n.form in forms and n.line + 1 < len(lines)
        and lines.gap[n.line] >= above and lines.gap[n.line + 1] >= below and _away(places, n.line) <= farthest
    ]  # fmt: skip


def _away(places: Sequence[int], line: int) -> int:
    """Lines from the nearest place above which a page begins; as far for every line where there is none."""
    return min(nearest(places, line), nearest(places, line + 1)) if places else 0


def _pages_of_lines(evidence: Evidence, marked: list[Boundary]) -> list[int]:
    """The page of every line as page marks count them; an empty page between two form feeds counts."""
    feeds = evidence.lines.feeds
    pages = [0] * marked[0].line
    page = 0
    for boundary, end in zip(marked, [*(later.line for later in marked[1:]), len(feeds)], strict=True):
        page += max(1, feeds[boundary.line])
        pages += [page] * (end - boundary.line)
    return pages


def _blank_traces(evidence: Evidence) -> list[Boundary]:
    """Lines that begin with exactly one blank, where blanks before a line are rare otherwise."""
    lines = evidence.lines
    every = [i for i in range(1, len(lines)) if lines.lead[i] == 1]
    raised = [i for i in every if _MARKER_END.search(lines.text[i - 1]) and not lines.text[i - 1].isdigit()]
    habit = len(raised) * 3 > len(every)  # so many behind markers: the extractor's way of setting them
    skipped = set(raised) if habit else set()
    one = [i for i in every if i not in skipped and not _follows_marker(evidence, i)]
    more = sum(1 for lead in lines.lead if lead > 1)
    if not one or more * 4 > len(lines) or len(one) * 6 > len(lines):
        return []
    return [Boundary(i, "blank", 92) for i in one]


def _follows_marker(evidence: Evidence, line: int) -> bool:
    """An extractor puts a line end and a blank behind a raised note marker: no page begins there.

    The marker then stands in running text: its line is long, or goes on from a full one.
    """
    lines = evidence.lines
    before = lines.text[line - 1]
    if not _MARKER_END.search(before) or before.isdigit() or lines.gap[line] or lines.trail[line - 1]:
        return False
    above = lines.width[line - 2] if line > 1 else 0
    return lines.width[line - 1] * 10 >= evidence.measure * 6 or above * 100 >= evidence.measure * 85


def _unordered(head: str) -> str:
    """The letters of a running head whatever their order: on facing pages name and issue often change places."""
    return "".join(sorted(filter(str.isalpha, head.casefold())))


def _bonus(evidence: Evidence, number: Number, places: list[int], heads: Mapping[str, int], *, exact: bool) -> int:
    """What the surroundings of a candidate say, besides its form."""
    lines, line = evidence.lines, number.line
    bonus = 0
    if places:
        distance = _away(places, line)
        bonus += 4 if distance <= 2 else 1 if distance <= 4 else -4 if exact else 0
    around = [other for other in (line - 2, line - 1, line + 1, line + 2) if 0 <= other < len(lines)]
    repeats = evidence.key_counts
    own = "".join(filter(str.isalpha, number.head)).casefold()
    if own:
        again = repeats[own] > 1 or heads[_unordered(number.head)] > 1 or _begins_other_lines(evidence, line, own)
        is_marked = number.form in MARKED or number.is_dated
        marked = 0 if number.form.startswith("signs") else -3 if is_marked else -6
        seen = max(repeats[own], heads[_unordered(number.head)])
        at_top = line in places
        if (
            number.form == "before"
            and not (at_top or number.is_dated)
            and number.head.endswith(_STOPS)
            and not number.head.isupper()
            and seen < (_HABIT_IF_LONG if len(own) >= _LONG else _HABIT)
        ):
            marked, again = marked - _OF_NOTES, False
        bonus += 3 if again or repeats_masthead(evidence, number.line, number.head) else marked
    elif any(repeats[evidence.keys[other]] > 1 and lines.width[other] * 10 < evidence.measure * 9 for other in around):
        bonus += 2
    if not own and evidence.is_apart(line):
        bonus += 1
    if number.form in ("bare", "bracketed") and _is_marker_above(evidence, number):
        bonus -= 5
    return bonus


def _begins_other_lines(evidence: Evidence, line: int, letters: str) -> bool:
    """Whether earlier lines, joined, are or begin with these letters, as a title begins with its running head."""
    return len(letters) >= _LEAST_OF_TITLE and line_starts(evidence).recall(letters, line) != "nothing"


def repeats_masthead(evidence: Evidence, line: int, text: str) -> bool:
    """Whether a line, or the head beside its number, is of words and figures that the source's masthead is made of."""
    if line < _MASTHEAD:
        return False
    words = evidence.once("masthead", lambda: _masthead(evidence.lines.text[:_MASTHEAD]))
    return bool(words) and len(own := _words(text)) > 1 and own <= words


def _masthead(texts: Sequence[str]) -> set[str]:
    """The words above and in the line that names the issue; none where no such line stands at the top."""
    of_issue = [at for at, text in enumerate(texts) if at and is_issue_line(text)]
    return _words(" ".join(texts[: of_issue[-1] + 1])) if of_issue else set()


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _add_for_pairs(numbers: list[Number], bonus: list[int]) -> None:
    """The foot of one page and the head of the next, v and v + 1 in neighbouring lines, vouch for each other."""
    values = {(number.line, number.value) for number in numbers if not number.head}
    for at, number in enumerate(numbers):
        before = any((number.line - away, number.value - 1) in values for away in (1, 2, 3))
        behind = any((number.line + away, number.value + 1) in values for away in (1, 2, 3))
        if number.head and (before or behind):
            bonus[at] += 6


def _is_marker_above(evidence: Evidence, number: Number) -> bool:
    """Whether the number is glued to a word in the lines above, as a note marker would be."""
    if number.form == "bracketed":
        return evidence.lines.text[number.line] in evidence.inner_brackets
    text, starts = evidence.once("joined-lines", lambda: _join_lines(evidence.lines.text))
    end = starts[number.line]
    at = text.find(number.printed, starts[max(0, number.line - 60)], end)
    while at >= 0:
        found = _GLUED.match(text, at)
        if found is not None and found.group() == number.printed:
            return True
        at = text.find(number.printed, at + 1, end)
    return False


def _join_lines(texts: Sequence[str]) -> tuple[str, list[int]]:
    """The lines as one text, and where each begins in it."""
    return "\n".join(texts), list(accumulate((len(text) + 1 for text in texts), initial=0))


def _is_trusted(number: Number, found: list[Number], places: list[int]) -> bool:
    """A chain of one needs a telling form or a page mark beside it."""
    if len(found) > 1:
        return True
    return number.form in _TELLING or nearest(places, number.line) <= 1 or nearest(places, number.line + 1) <= 1  # fmt: skip


def _is_head_above(evidence: Evidence, line: int) -> bool:
    """Whether a line above a page number looks like a running head: short, repeated, the end of nothing."""
    lines = evidence.lines
    short = lines.width[line] * 4 < evidence.measure * 3
    return short and evidence.key_counts[evidence.keys[line]] > 1 and lines.text[line][-1].isalpha()


def _imprints(evidence: Evidence, places: Sequence[int]) -> list[int]:
    """Lines that name volume or issue word by word as the first line of a page does: so the articles of an issue begin."""
    texts = evidence.lines.text
    first = {texts[line] for line in places if _IMPRINT.match(texts[line])}
    return [line for line, text in enumerate(texts) if text in first]


def _with_numbers(evidence: Evidence, boundaries: list[Boundary], sequence: dict[int, Number]) -> list[Boundary]:
    """Boundaries at page numbers (with the heads around them) that no other page mark stands beside."""
    lines = evidence.lines
    places = [boundary.line for boundary in boundaries]
    added: list[Boundary] = []
    last = -10
    ordered = sorted(sequence)
    close = sum(right - left <= _CLOSE for left, right in pairwise(ordered))
    reach = _CLOSE if close * _MANY > len(ordered) else 1  # else a page of few lines stands between them
    for line in ordered:
        if line - last <= reach:  # the foot of one page and the head of the next: they meet between the two
            if added and added[-1].line == last:
                added[-1] = added[-1]._replace(line=last + 1)
            last = line
            continue
        last = line
        if bisect_left(places, max(1, line - 4)) < bisect_right(places, line + 5) or line <= 2:
            continue
        start = line
        while start > 1 and line - start < 3 and _is_head_above(evidence, start - 1):
            start -= 1
        added.append(Boundary(start, "number", 85))
    places = sorted((*places, *(boundary.line for boundary in added)))
    added += [Boundary(line, "number", 85) for line in _imprints(evidence, places) if nearest(places, line) > 2]
    added = [boundary for boundary in added if boundary.line < len(lines)]
    found = sorted(boundaries + added)
    return sorted(found + _missing(evidence, found, sequence))


def _missing(evidence: Evidence, found: Sequence[Boundary], sequence: Mapping[int, Number]) -> list[Boundary]:
    """Beginnings of pages that the numbers say are missing between two of them, at heads that come again."""
    lines, counts, keys = evidence.lines, evidence.key_counts, evidence.keys
    heads = {"".join(filter(str.isalpha, number.head)).casefold() for number in sequence.values()}
    places = [boundary.line for boundary in found]
    added: set[Boundary] = set()
    for left, right in pairwise(sorted(sequence)):
        rise = sequence[right].value - sequence[left].value
        missing = rise - (bisect_right(places, right) - bisect_right(places, left))
        if sequence[left].form == "roman" or not 0 < missing <= min(rise, _MOST_MISSING):
            continue
        page = (right - left) // (missing + 1)
        again = [
            line
            for line in range(left + page // 2, right - page // 2)
            if lines.width[line] * 10 < evidence.measure * 9
            and (keys[line] in heads or counts[keys[line]] > 2)
            and len(keys[line]) > 1
        ]
        for number in range(1, missing + 1):
            ideal = left + number * (right - left) // (missing + 1)
            line = min(again, key=lambda line: (abs(line - ideal), line), default=-page)
            if abs(line - ideal) * 3 < page and nearest(places, line) > 2:
                added.add(Boundary(line, "number", 85))
    return sorted(added)
