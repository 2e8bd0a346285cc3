"""Printed page numbers: which lines could be one, and the sequence that runs through a source.

A number alone proves nothing (a year, a note's label, a list); a chain of numbers that rises by one from
page to page does.  Candidates are chained by dynamic programming over integer scores.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..evidence import Lines
from .gates import combined, matching
from .institutions import INSTITUTION

_ROMAN = {"i": 1, "j": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_OF_FIGURE = re.compile(
    r"(?:fig(?:ure|\.)?|tab(?:le|\.)?|abb(?:ildung|\.)?|tabelle|plate|scheme|图|圖|表)", re.IGNORECASE
)
_HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


class Form(NamedTuple):
    """A form of page numbers: how surely a line of it is one, and what its first and last character must match."""

    name: str
    regex: re.Pattern[str]
    weight: int
    begins: str
    ends: str


_DASH = "[-‐‑–—―−－~～─]"
_DOT = "[·•∙・‧･]"
_ORNAMENT = "[-–—*+~=#|/•◆◇●○■□▪▫★☆※❖♦]"
_LEAF = r"(?:[共全]\s*\d+\s*[页頁]\W*)?第\s*(?P<n>\d{1,4}|[〇零○一二三四五六七八九十百]{1,6})\s*[页頁](?:\W*[共全]\s*\d+\s*[页頁])?"
_PAGE = r"(?:page|seite|pag\.|pp?\.|s\.)\s*(?P<n>\d{1,4})(?:\s*(?:of|von|sur|de|/)\s*\d{1,4})?"
_DASHED = rf"{_DASH}+\s*(?P<n>\d{{1,4}})\s*{_DASH}+"
_DOTTED = rf"{_DOT}+\s*(?P<n>\d{{1,4}})\s*{_DOT}+"
_BETWEEN = r"(?:\s*[|·•—–]\s*|\s+)"  # what stands between a running head and a number

# In the patterns `n` is the number, `head` the running head it is printed beside.
FORMS: tuple[Form, ...] = tuple(
    Form(name, re.compile(pattern, re.IGNORECASE), weight, begins, ends)
    for name, pattern, weight, begins, ends in (
        ("leaf", _LEAF, 4, "[第共全]", "[页頁]"),  # 第 17 页 共 90 页
        ("page", _PAGE, 4, "[ps]", r"\d"),  # Page 17 of 90
        ("ratio", r"(?P<n>\d{1,4})\s*/\s*\d{1,4}", 3, r"\d", r"\d"),  # 17/92
        ("dashed", _DASHED, 4, _DASH, _DASH),  # — 17 —
        ("dotted", r"[·•∙・‧･.]+\s*(?P<n>\d{1,4})\s*[·•∙・‧･.]+", 4, "[·•∙・‧･.]", "[·•∙・‧･.]"),  # ·17·
        ("bracketed", r"[\[(〔（【|]\s*(?P<n>\d{1,4})\s*[\])〕）】|]", 1, r"[\[(〔（【|]", r"[\])〕）】|]"),  # [17]
        ("ornamented", rf"(?P<sign>{_ORNAMENT})+\s*(?P<n>\d{{1,4}})\s*(?P=sign)+", 3, _ORNAMENT, _ORNAMENT),  # ◆ 17 ◆
        ("bare", r"(?P<n>\d{1,5})", 2, r"\d", r"\d"),  # 17
        ("one-dash", r"(?:[–—―－]\s*(?P<n>\d{1,4}))", 2, "[–—―－]", r"\d"),  # — 17
        ("one-dash", r"(?P<n>\d{1,4})\s*[–—―－]", 2, r"\d", "[–—―－]"),  # 17 —
        ("article", r"\d{5,8}[-–](?P<n>\d{1,3})", 2, r"\d", r"\d"),  # 1750132-17
        ("roman", r"[-–—−~]+\s*(?P<n>[ivxlc]{1,7})\s*[-–—−~]+", 3, "[-–—−~]", "[-–—−~]"),  # — xvii —
        ("roman", r"(?P<n>(?-i:[ivxlc]{1,7}))", 1, "[ivxlc]", "[ivxlc]"),  # xvii
        ("roman", r"(?P<n>(?-i:[ivxlc]{1,7}j))", 1, "[ivxlc]", "j"),  # xvij
        ("leaf-before", rf"{_LEAF}{_BETWEEN}(?P<head>\D.*)", 3, "[第共全]", ""),  # 第 17 页 学报
        ("leaf-behind", rf"(?P<head>.*\S){_BETWEEN}{_LEAF}", 3, "", "[页頁]"),  # 学报 第 17 页
        ("page-before", rf"{_PAGE}{_BETWEEN}(?P<head>\D.*)", 3, "[ps]", ""),  # Page 17 of 90 The Journal
        ("page-behind", rf"(?P<head>.*\S){_BETWEEN}{_PAGE}", 3, "", r"\d"),  # The Journal Page 17 of 90
        ("signs-before", rf"{_DASHED}\s+(?P<head>\D.*)", 3, _DASH, ""),  # — 17 — The Journal
        ("signs-behind", rf"(?P<head>.*\S)\s+{_DASHED}", 3, "", _DASH),  # The Journal — 17 —
        ("signs-before", rf"{_DOTTED}\s+(?P<head>\D.*)", 3, _DOT, ""),  # · 17 · The Journal
        ("signs-behind", rf"(?P<head>.*\S)\s+{_DOTTED}", 3, "", _DOT),  # The Journal · 17 ·
        ("before", rf"(?:[–—―]\s*)?[\[(]?(?P<n>\d{{1,5}})[\])]?{_BETWEEN}(?P<head>(?:\d{{1,2}}\.?(?:\d{{1,2}}\.?)* )?\D.*)", 1, r"[\[(\d–—―]", ""),  # 17 | The Journal
        ("behind", r"(?P<head>.*\S)(?:\s*[|·•—–…]\s*|\s+)[\[(]?(?P<n>\d{1,5})[\])]?", 1, "", r"[\d\])]"),  # The Journal 17
    )
)  # fmt: skip
MARKED = frozenset(("leaf-before", "leaf-behind", "page-before", "page-behind", "signs-before", "signs-behind"))
_BEGINS = combined((form.begins for form in FORMS), re.IGNORECASE)
_ENDS = combined((form.ends for form in FORMS), re.IGNORECASE)
_SPREAD = re.compile(r"  +")
_MOST = 50_000  # that a page of a journal counted through its volumes bears
# The full stop before it does not end a sentence.
_IMPRINTS = re.compile(
    r"\. +(?=\[|\(?(?:vol|no|nr|bd|jg|heft|tom)\b)|(?<=\d)\. +(?=(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez))|\b(?:vol|no|nr|bd|jg)\. "
    r"|(?<=\d)\. +(?=(?:jahr|jg|folge|serie|reihe|ausgabe|auflage))",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\bcopyright\b|©|rights reserved|rechte vorbehalten|droits réservés|[版著][权權]所有", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|fév|fev|avr|juin|juil|août|déc)[a-zéû]{0,6}\.?"
    r"|spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|printemps|été|automne|hiver",
    re.IGNORECASE,
)
# The month of a journal's issue at one end of running heads, its year at the other: `412 Of Ferries. [September,`.
_BRACKETED = re.compile(
    rf"^(?:1[5-9]|20)\d\d\s?[.,]?\s?[\])]\s?(?=\D)|\s*[\[(]\s?(?:{_DATED.pattern})\s?[.,]?[\])]?$", re.IGNORECASE
)
_OF_DATE = 2  # weight that they add to the number
_BY_DOCTOR = re.compile(r"\b(?:by|von|par) \w{1,4}\. ", re.IGNORECASE)
_YEARS = range(1500, 2100)
_WIDEST = 100  # half-width places of a line with a number above narrow columns
_LONGEST = 120  # characters, blanks of a spread line apart


class Number(NamedTuple):
    """A line that could carry a page number: its index, value, form, weight, and the head beside it.

    is_dated  whether month or year of the issue stand in brackets at an end of the head
    """

    line: int
    value: int
    form: str
    weight: int
    head: str
    printed: str
    is_dated: bool = False


def value_of(printed: str) -> int:
    """Value of an Arabic, roman or Chinese number; 0 where it is none."""
    if printed.isdigit():
        return int(printed)
    lower = printed.lower()
    if all(letter in _ROMAN for letter in lower):
        values = [_ROMAN[letter] for letter in lower]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    total, digit, positional = 0, 0, "十" not in printed and "百" not in printed
    for character in printed:
        if character in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[character] if positional else _HAN_DIGITS[character]
        else:
            total, digit = total + (digit or 1) * (100 if character == "百" else 10), 0
    return total + digit


def find_readings(texts: Sequence[str]) -> dict[int, list[Number]]:
    """By line: every way it can be read as a page number, the likeliest first; only lines with any."""
    firsts, lasts = [text[:1] for text in texts], [text[-1:] for text in texts]
    begins = {first: _able_to_begin(first) for first in set(firsts)}
    ends = {last: _able_to_end(last) for last in set(lasts)}
    able = [begins[first] & ends[last] for first, last in zip(firsts, lasts, strict=True)]
    readings = {line: _readings(line, texts[line], _forms_of(forms)) for line, forms in enumerate(able) if forms}
    return {line: numbers for line, numbers in readings.items() if numbers}


def able_forms(first: str, last: str) -> Sequence[Form]:
    """The forms that a line with these first and last characters can have; most have none."""
    return _forms_of(_able_to_begin(first) & _able_to_end(last))


@lru_cache(maxsize=1 << 10)
def _forms_of(able: int) -> Sequence[Form]:
    """The forms whose bits are set."""
    return [form for number, form in enumerate(FORMS) if able >> number & 1]


@lru_cache(maxsize=1 << 14)
def _able_to_begin(first: str) -> int:
    """The forms that a line with this first character can have, a bit each."""
    return sum(1 << number for number in matching(_BEGINS, first))


@lru_cache(maxsize=1 << 14)
def _able_to_end(last: str) -> int:
    """The forms that a line with this last character can have, a bit each."""
    return sum(1 << number for number in matching(_ENDS, last))


def _readings(line: int, text: str, forms: Sequence[Form]) -> list[Number]:
    if len(text) > _LONGEST:
        text = _SPREAD.sub("  ", text)
    if len(text) > _LONGEST:
        return []
    found: list[Number] = []
    for name, regex, weight, _, _ in forms:
        match = regex.fullmatch(text)
        if match is None:
            continue
        value = value_of(match["n"])
        printed_head = (match.groupdict().get("head") or "").strip()
        head = _BRACKETED.sub("", printed_head)
        if 0 < value < _MOST and not (head and (_is_unlikely_head(head) or _is_dated(head, value))):
            is_dated = head != printed_head
            found.append(Number(line, value, name, weight + _OF_DATE * is_dated, head, match["n"], is_dated))
            if not head or name in MARKED:
                break
    return found


def _is_unlikely_head(head: str) -> bool:
    """Text beside a number that is rather a sentence, a list item, a reference or a figure's than a running head."""
    return (
        head[-1:] in "，,;；:：-(（="
        or head[:1] in ".)）、,，;:%％°"
        or len(head) < 2
        or _OF_FIGURE.fullmatch(head) is not None
        or (
            ". " in head[:-1]
            and not head.isupper()
            and ". " in _BY_DOCTOR.sub("", _IMPRINTS.sub("", head[:-1]))
            and not _RIGHTS.search(head)
        )
    )


def _is_dated(head: str, value: int) -> bool:
    """Whether a number is the year behind a month or season."""
    return value in _YEARS and _DATED.fullmatch(head.rsplit(None, 1)[-1]) is not None


def candidates(lines: Lines, readings: dict[int, list[Number]], measure: int) -> list[Number]:
    """Every line that could carry a page number; a number beside text only in lines well short of full."""
    found: list[Number] = []
    limit = max(max(measure, 24) * 13 // 10 + 8, min(measure * 5 // 2, _WIDEST))  # a head may stand above two columns
    for line, numbers in readings.items():
        spread = sum(len(blanks) - 1 for blanks in _SPREAD.findall(lines.text[line]))
        if lines.width[line] - spread <= limit:
            found += [number for number in numbers if not _is_key(number, lines)]
    return found


def _is_key(number: Number, lines: Lines) -> bool:
    """Whether a number, behind a name or alone, is the key of the institution that stands below with the same number."""
    if number.line + 1 >= len(lines):
        return False
    below = lines.text[number.line + 1]
    return below.startswith(f"{number.printed} ") and INSTITUTION.search(below) is not None


def chain(
    numbers: Sequence[Number], bonus: Sequence[int], page_of: Sequence[int] | None, *, exact: bool
) -> list[Number]:
    """The best rising chain of page numbers.

    `bonus` adds to each candidate's weight what its surroundings say.  `page_of` gives the page of each
    line where pages are known from marks: numbers must then rise with them, nearly or (`exact`) quite.
    """
    best: list[int] = []
    back: list[int] = []
    values, lines = [number.value for number in numbers], [number.line for number in numbers]
    for i, number in enumerate(numbers):
        weight = number.weight * 2 + bonus[i]
        score, parent = weight, -1
        for j in range(max(0, i - 80), i):
            if best[j] <= 0 or values[j] >= values[i] or lines[j] == lines[i]:
                continue
            step = _step(numbers[j], number, page_of, exact=exact)
            if step is not None and best[j] + step + weight > score:
                score, parent = best[j] + step + weight, j
        best.append(score)
        back.append(parent)
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: (best[i], -i))
    out = []
    while at >= 0:
        out.append(numbers[at])
        at = back[at]
    return out[::-1]


def fill(found: Sequence[Number], numbers: Sequence[Number]) -> list[Number]:
    """The chain with its gaps filled by candidates of exactly the value that is missing at their place."""
    chained = list(found)
    lines = [number.line for number in numbers]
    for left, right in zip(found, found[1:], strict=False):
        missing = range(left.value + 1, right.value)
        if not missing or right.value - left.value > 12:
            continue
        inside = numbers[bisect_right(lines, left.line) : bisect_left(lines, right.line)]
        between = [number for number in inside if number.value in missing]
        for value in missing:
            low, high = (value - left.value), (right.value - value)
            expected = (left.line * high + right.line * low) // (low + high)
            fitting = [number for number in between if number.value == value]
            if fitting:
                chained.append(min(fitting, key=lambda number: (-number.weight, abs(number.line - expected))))
    return sorted(chained)


def _step(left: Number, right: Number, page_of: Sequence[int] | None, *, exact: bool) -> int | None:
    """What it says for two candidates that one follows the other in the chain; `None`: impossible."""
    rise, lines = right.value - left.value, right.line - left.line  # the one rises, `chain` asks for no others
    if (left.form == "roman") != (right.form == "roman"):
        return None
    same_form = 1 if left.form == right.form else 0
    if page_of is not None:
        pages = page_of[right.line] - page_of[left.line]
        if exact and pages < 1:
            return None
        if not exact:
            away = abs(rise - pages)
            if pages == 0:
                if lines < 12:  # the foot of one page and the head of the next, one of them bare
                    return None if rise > 1 else -15 if left.head and right.head else -6
                return -1 if rise == 1 else -4 - min(9, rise)
            return 3 + same_form if away <= pages // 8 else 1 if away <= 1 + pages // 8 else -4 - min(9, away)
        return 4 + same_form if rise == pages else -3 - min(9, abs(rise - pages))
    if rise > 12:
        return None
    if rise == 1 and lines <= 4:
        return -1  # the foot of one page and the head of the next
    if lines < 10 * rise:
        return -6
    return 3 + same_form if rise == 1 else -rise


def nearest(places: Sequence[int], place: int) -> int:
    """Distance from `place` to the nearest of the ascending `places`; large where there is none."""
    at = bisect_left(places, place)
    behind = places[at] - place if at < len(places) else 1 << 30
    return min(behind, place - places[at - 1]) if at else behind
