"""Volume, number and date of an issue, as a line of the journal's own prints them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..months import MONTHS, SEASONS
from ..numbers import value_of

YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_HAN_YEAR = "[一二][〇零○一二三四五六七八九]{3}"
_BEGINNINGS = (
    ("jan",), ("feb", "fév"), ("mar", "mär"), ("apr", "avr"), ("mai", "may"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aoû"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "déc", "dez", "déz"),
)  # fmt: skip
_COUNT = r"(?:\d{1,3},\d{3}|\d{1,4}|(?-i:[IVXLC]+)\b)(?:\s?[/–-]\s?\d{1,3}(?!\d))?"
# Numbers that are none of an issue's.
_OTHER_NUMBERS = re.compile(
    r"\b(?:issn|isbn|doi)\b\W*[\dXx.\-–/]+\S*|https?:\S+|www\.\S+|总第\s*\d+\s*期?|總第\s*\d+\s*期?", re.IGNORECASE
)
_VOLUME = re.compile(
    rf"\b(?:vol(?:ume)?|tome|t\.|band|bd|jahrgang|jg|année)(?<=[\w.])[.:]?\s*(?P<behind>{_COUNT})(?!\d)"
    rf"|(?<![\d.])(?P<before>\d{{1,3}})\.?\s*(?:jahrgang|band|bd\b|année|e année)"
    r"|第\s*(?P<han>[\d一二三四五六七八九十百]+)\s*[卷輯辑]"
    rf"|(?<![\d:/.,])(?P<bare>\d{{1,3}})(?=(?::\d{{1,2}})?\s*\({YEAR}\))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"\b(?:no|number|nr|nro|issue|heft|h\.|fasc(?:icule)?|numéro|cahier)(?<=[\w.])[.:]?\s*(?P<behind>{_COUNT})|\bn\s?[°º]\s*(?P<sign>{_COUNT})"
    r"|第\s*(?P<han>[\d一二三四五六七八九十百]+)\s*[期號号]"
    rf"|(?<!\d)\d{{1,3}}:(?P<behind_volume>\d{{1,2}})(?=\s*\({YEAR}\))"
    rf"|(?<![\d.]){YEAR}\.(?P<behind_year>\d{{1,2}})(?![\d.])",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?P<season>(?:{SEASONS})\s+{YEAR})"
    rf"|(?:(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.)?\s+(?:de\s+)?)?\b(?P<month>{MONTHS})\b\.?\s+(?:(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?,\s*)?(?P<year>{YEAR})(?!\d)"
    rf"|(?<!\d)(?P<year_cjk>{YEAR}|{_HAN_YEAR})\s*年\s*(?P<month_cjk>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?:\s*(?P<day_cjk>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?"
    rf"|(?<!\d)(?P<year_alone>{YEAR})(?!\d)|(?P<year_han>{_HAN_YEAR})(?=\s*年)",
    re.IGNORECASE,
)


class IssueData(NamedTuple):
    """What a line says: volume and number as printed, a date in ISO 8601 or a season and year as printed."""

    volume: str = ""
    number: str = ""
    date: str = ""


def read_issue_data(line: str) -> IssueData:
    """Volume, number and date that a line prints; empty what it does not."""
    text = _OTHER_NUMBERS.sub(" ", line)
    return IssueData(_first(_VOLUME, text), _first(_NUMBER, text), _date_in(text))


def year_of(date: str) -> str:
    """The year of a date as `IssueData` has it."""
    found = re.search(r"\d{4}", date)
    return found[0] if found else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((value for value in found.groups() if value), "") if found else ""


def _date_in(text: str) -> str:
    """The most precise date of a line, the first of them."""
    dates = [_iso(found) for found in _DATE.finditer(text)]
    return max(dates, key=len, default="")


def _iso(found: re.Match[str]) -> str:
    of = found.groupdict()
    if of["season"]:
        return str(of["season"])
    year = of["year"] or of["year_alone"] or str(_value(of["year_cjk"] or of["year_han"]))
    month = _month_of(of["month"] or of["month_cjk"] or "")
    day = _value(of["day"] or of["day_behind"] or of["day_cjk"] or "")
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and 0 < day <= 31 else "")


def _month_of(name: str) -> int:
    lower = name.casefold()
    named = next((at for at, begins in enumerate(_BEGINNINGS, 1) if lower.startswith(begins)), 0)
    number = named or _value(name)
    return number if number <= len(_BEGINNINGS) else 0


def _value(number: str) -> int:
    return value_of(number) if number else 0
