"""Numbers of sections on lines of their own, right above the head: `2` and below it `Methods`.

Extractors set a wide space behind the number so.  One such number may be anything; numbers that follow one another
as those of sections do (`2`, `2.1`, `2.2`, `3`), each above a head, are told by their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ..numbers import value_of
from .features import Line, are_adjacent
from .note_ends import CLOSED

_ARABIC = re.compile(r"(?:§\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?")
_ROMAN = re.compile(r"([IVX]{1,5})\.?")
_LETTER = re.compile(r"([A-H])\.")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[^\W\d]")  # a head with its number before it
_HEAD = re.compile(r"[Hh]|[TI](?![TBA])")  # labels of a head, or of what may be one: a title without an author
_HIGHEST = 40
_LONGEST = 12  # characters of a number alone
_LEAST = 2  # numbers that prove each other
_BACK = 64  # numbers that one can follow: a long source has thousands
_LEFT_OUT = 3  # by how much the number of a level can rise from one to the next

Number = tuple[int, ...]


def join_section_numbers(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """Labels put right in place: the number is the first line of the head below."""
    found: dict[str, list[tuple[int, Number]]] = {"arabic": [], "roman": [], "letter": []}
    alone: set[int] = set()
    interrupting: set[int] = set()
    again = {text for text, count in Counter(texts).items() if count > 1}
    for at, text in enumerate(texts):
        if labels[at] == "H" and (beside := _NUMBERED.match(text)):
            found["arabic"].append((at, _arabic(beside[1])))
        if len(text) > _LONGEST:
            continue
        if not are_adjacent(lines, at) or not _HEAD.match("".join(labels[at + 1 : at + 3])):
            continue
        if texts[at + 1] in again or (labels[at + 1] not in "Hh" and not (lines[at].place and lines[at + 1].left)):
            continue  # a page number and a running head
        if at and labels[at - 1] in "Pp" and "." not in text and not texts[at - 1].endswith(CLOSED):
            interrupting.add(at)
        for form, regex in (("arabic", _ARABIC), ("roman", _ROMAN), ("letter", _LETTER)):
            number = regex.fullmatch(text)
            if number is not None and _is_head(texts[at + 1]):
                found[form].append((at, _VALUE[form](number[1])))
                alone.add(at)
                break
    for numbers in found.values() if alone else ():
        if sum(len(number) > 1 for _, number in numbers) < _LEAST:  # else whole numbers may be those of pages
            numbers = [number for number in numbers if number[0] not in interrupting]
        chain = _longest_chain(numbers)
        if len(chain) < _LEAST and not any(len(number) > 1 for _, number in chain):
            continue
        for at, _ in chain:
            if at in alone:
                labels[at : at + 2] = ["H", "h"]


def _is_head(text: str) -> bool:
    """Whether a head can begin so behind its number."""
    return not (text[0].islower() or text[0].isdigit()) and len(text) > 1


def _arabic(printed: str) -> Number:
    return tuple(map(int, printed.split(".")))


def _roman(printed: str) -> Number:
    return (value_of(printed),)


def _letter(printed: str) -> Number:
    return (ord(printed) - ord("A") + 1,)


_VALUE: dict[str, Callable[[str], Number]] = {"arabic": _arabic, "roman": _roman, "letter": _letter}


def _longest_chain(numbers: Sequence[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """The longest run of numbers each of which can follow the one before it."""
    ways: list[tuple[int, int]] = []  # length, and where the one before stands
    for at, (_, number) in enumerate(numbers):
        before = [(ways[k][0] + 1, k) for k in range(max(0, at - _BACK), at) if _can_follow(numbers[k][1], number)]
        ways.append(max(before, default=(1, -1)))
    chain = []
    at = max(range(len(ways)), key=lambda k: ways[k][0], default=-1)
    while at >= 0:
        chain.append(numbers[at])
        at = ways[at][1]
    return chain[::-1]


def _can_follow(before: Number, number: Number) -> bool:
    """Whether a section with one number can come somewhere behind one with another, few left out between."""
    if max(number) > _HIGHEST or number <= before:
        return False
    same = next(
        (deep for deep, pair in enumerate(zip(before, number, strict=False)) if pair[0] != pair[1]), len(before)
    )
    risen = number[same] - (before[same] if same < len(before) else 0)
    return risen <= _LEFT_OUT and max(number[same + 1 :], default=0) <= _LEFT_OUT
