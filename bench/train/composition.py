"""Blocks set in lines: what an article prints of its front matter, heads, paragraphs, notes and floats."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evidence import width as width_of

_TOKEN = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+|.")
_NEVER_FIRST = "，。、；：！？）》”’』」】〕…"
HELD = 0xE000  # private characters that hold the place of a note until its line is known
ENDED = "\uf8ff"  # stands behind a marker until then
_HAN = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_STARS = ("*", "†", "‡", "§", "¶")

# Heads of the notes at an article's end, by what the article is written in.
NOTES_HEADS = {
    "zh": ("注释", "註釋", "注 释", "注释：", "【注释】", "参考文献", "參考文獻", "参考文献："),
    "en": ("Notes", "NOTES", "Endnotes", "References", "REFERENCES", "Notes and references", "Anmerkungen", "Literatur",
           "Bibliography", "Works Cited", "Notas"),
}  # fmt: skip
_ABSTRACTS = {
    "zh": (("摘要：", "关键词："), ("【摘要】", "【关键词】"), ("内容提要：", "关键词："), ("摘 要 ", "关键词 ")),
    "en": (("Abstract: ", "Keywords: "), ("Abstract. ", "Key words: "), ("ABSTRACT ", "KEYWORDS "), ("Summary. ", "")),
}  # fmt: skip
_NUMBERED = {
    "zh": (("",), ("{han}、", "（{han}）", "{n}."), ("{n}. ", "{n}.{m} "), ("第{han}节 ", "{han}、"), ("{n} ", "{n}.{m} ")),
    "en": (("",), ("{n}. ", "{n}.{m}. "), ("{n} ", "{n}.{m} "), ("{roman}. ", "{letter}. ", "{n}. "), ("", "")),
}  # fmt: skip
_LABELS = (
    "{n} ",
    "{n}. ",
    "[{n}] ",
    "({n}) ",
    "{circle} ",
    "{raised} ",
    "{n}\u3000",
    "{n}",
    "〔{n}〕",
    "{n}) ",
    "[{n}]",
)
_MARKERS = {
    "{n} ": "{n}", "{n}. ": "{n}", "[{n}] ": "[{n}]", "({n}) ": "({n})", "{circle} ": "{circle}", "{n}) ": "{n}",
    "{raised} ": "{raised}", "{n}\u3000": "{n}", "{n}": "{n}", "〔{n}〕": "〔{n}〕", "[{n}]": "[{n}]",
}  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Style:
    """How a text is set: all that is drawn by lot."""

    lot: random.Random
    lang: str
    measure: int = 0
    height: int = 0
    columns: int = 1
    indent: int = 0
    keeps_indent: bool = False
    gap: int = 0
    hyphens: float = 0.0
    labels: str = "{n} "
    ends: bool = False
    stray: float = 0.0  # share of the lines with a blank line above that means nothing
    packed: bool = False  # no blank lines at all
    breaks: float = 0.0  # share of the markers behind which the extractor breaks the line
    apart: bool = False  # labels of notes on lines of their own
    noise: float = 0.0  # share of the characters that are misread
    numbering: tuple[str, ...] = ("",)
    capitals: tuple[int, ...] = ()
    head_gaps: tuple[int, ...] = ()
    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def __post_init__(self) -> None:
        lot, han = self.lot, self.lang == "zh"
        self.columns = lot.choice((1, 1, 1, 2, 2, 3))
        wide = lot.randint(52, 92) if not han else 2 * lot.randint(26, 44)
        self.measure = wide if self.columns == 1 else (lot.randint(24, 52) if not han else 2 * lot.randint(12, 24))
        self.height = lot.randint(26, 62)
        self.indent = (4 if han else lot.choice((0, 1, 2, 4))) if lot.random() < 0.85 else 0
        self.keeps_indent = lot.random() < 0.3
        self.gap = int(lot.random() < 0.2 or not self.indent)
        self.hyphens = lot.choice((0.0, 0.3, 0.6))
        self.labels = lot.choice(_LABELS)
        self.ends = lot.random() < 0.4
        self.stray = lot.choice((0.0, 0.0, 0.0, 0.0, 0.0, 0.05, 0.3, 0.6, 1.0))
        self.packed = lot.random() < 0.2
        self.breaks = lot.choice((0.0, 0.0, 0.0, 0.0, 0.5, 0.9))
        self.apart = lot.random() < 0.15
        self.noise = lot.choice((0.0, 0.0, 0.0, 0.0, 0.0, 0.002, 0.01))
        self.numbering = lot.choice(_NUMBERED[self.lang])
        self.capitals = lot.choice(((), (), (1,), (2,), (1, 2, 3)))
        self.head_gaps = tuple(lot.choice((0, 1, 1, 2)) for _ in range(3))

    def often(self, share: float) -> bool:
        return self.lot.random() < share


@dataclass(slots=True)
class Row:
    """A printed line: its text, its label, blank lines above it, the notes whose markers stand in it."""

    text: str
    label: str
    gap: int = 0
    notes: list[int] = field(default_factory=list)


def front(article: dict[str, Any], style: Style, stars: list[Row]) -> Iterator[Row]:
    """The title block; affiliations that are set as a note at the page's foot go into `stars`."""
    lot, lang = style.lot, style.lang
    title = article["title"]
    title = title.upper() if lang == "en" and style.often(0.3) else title
    rows = wrapped(title, "T", "T", lot.randint(style.measure * 6 // 10, style.measure), style, 0)
    if article.get("subtitle"):
        sign = "——" if lang == "zh" else lot.choice(("", "— "))
        rows += wrapped(sign + article["subtitle"], "T", "T", style.measure * 8 // 10, style, 0)
    rows[0].gap = lot.choice((0, 1, 2, 3))
    people = _people(article["authors"], style, stars)
    if people and style.often(0.12):
        people[0].gap, rows[0].gap = rows[0].gap, lot.choice((0, 1))
        yield from (*people, *rows)
    else:
        if people:
            people[0].gap = lot.choice((0, 1, 1, 2))
        yield from (*rows, *people)
    if style.often(0.3):
        yield from _abstract(article, style)


def _people(authors: Sequence[dict[str, Any]], style: Style, stars: list[Row]) -> list[Row]:
    lot, lang, measure = style.lot, style.lang, style.measure
    names = [one["name"] for one in authors]
    if not names:
        return []
    if lang == "en" and style.often(0.25):
        names = [name.upper() for name in names]
    places = [one.get("affiliation") or "" for one in authors]
    way = lot.choice(("below", "below", "each", "line", "star", "brackets", "none"))
    if way == "each" and all(places):
        rows = []
        for name, place in zip(names, places, strict=True):
            rows += [*wrapped(name, "B", "B", measure, style, 0), *wrapped(place, "A", "A", measure, style, 0)]
        return rows
    if way == "line" and len(names) == 1 and places[0]:
        return wrapped(f"{names[0]}{lot.choice((', ', ' ', chr(0x3000)))}{places[0]}", "B", "B", measure, style, 0)
    between = lot.choice((", ", " and ", "; ")) if lang == "en" else lot.choice(("　", " ", "、"))
    by = lot.choice(("", "", "By ", "by ", "BY ")) if lang == "en" else lot.choice(("", "", "", "文/", "◎ "))
    found = [place for place in dict.fromkeys(places) if place]
    star = "*" if way == "star" and found else ""
    rows = wrapped(by + between.join(names) + star, "B", "B", measure, style, 0)
    if way == "star":
        for place in found[:1]:
            stars += wrapped(f"* {place}", "N", "n", measure, style, 0)
    elif way != "none":
        for place in found:
            text = f"（{place}）" if way == "brackets" else place
            rows += wrapped(text, "A", "A", measure * 9 // 10, style, 0)
    return rows


def _abstract(article: dict[str, Any], style: Style) -> Iterator[Row]:
    texts = [block["text"] for block in article["blocks"] if block["type"] == "paragraph" and len(block["text"]) > 90]
    if not texts:
        return
    abstract, keywords = style.lot.choice(_ABSTRACTS[style.lang])
    text = style.lot.choice(texts)[: style.lot.randint(90, 600)]
    rows = wrapped(abstract + text, "X", "X", style.measure, style, style.indent)
    if keywords:
        words = re.findall(r"\w{4,}" if style.lang == "en" else r"\w{2,4}", text)[:5]
        between = "; " if style.lang == "en" else style.lot.choice(("；", " ", "  "))
        rows += wrapped(keywords + between.join(words), "X", "X", style.measure, style, style.indent)
    rows[0].gap = style.lot.choice((0, 1, 1))
    yield from rows


def head(block: dict[str, Any], style: Style) -> list[Row]:
    """A head with a number of the text's own scheme."""
    level = min(max(1, int(block["level"])), 3)
    style.counts[level - 1 :] = [style.counts[level - 1] + 1] + [0] * (3 - level)
    n, m = style.counts[0] % 10 or 1, style.counts[1] % 10 or 1
    text = block["text"]
    label = style.numbering[min(level, len(style.numbering)) - 1]
    if len(text) > 3:
        own = n if level == 1 or "{m}" in label else m
        text = label.format(n=own, m=m, han=_HAN[own - 1], roman=_ROMAN[own - 1], letter="ABCDEFGHIJ"[own - 1]) + text
    if style.lang == "en" and level in style.capitals:
        text = text.upper()
    rows = wrapped(text, "H", "h", style.measure * 9 // 10, style, 0)
    rows[0].gap = style.head_gaps[level - 1]
    return rows


def paragraph(text: str, style: Style, quote: bool) -> list[Row]:
    measure = style.measure - (6 if quote else 0)
    rows = wrapped(text, "P", "p", measure, style, style.indent)
    rows[0].gap = style.gap or int(quote and style.height % 2)
    return rows


def note(number: int, text: str, style: Style) -> list[Row]:
    label = style.labels.format(n=number, circle=_circle(number), raised=str(number).translate(_RAISED))
    measure = style.measure * 23 // 20
    if style.apart:
        return [Row(label.strip(), "N"), *wrapped(text, "n", "n", measure, style, 0)]
    return wrapped(label + text, "N", "n", measure, style, 0)


def broken(row: Row, style: Style) -> list[Row]:
    """The lines that an extractor makes of one: broken behind markers, some characters misread."""
    parts = [""]
    for part in row.text.split(ENDED):
        parts[-1] += part
        if parts[-1].strip() and style.breaks and style.often(style.breaks):
            parts.append("")
    others = row.label if row.label in "TBALCXMF" else row.label.lower()
    rows = [Row(part, others) for part in (part.strip() for part in parts[1:]) if part]
    row.text = parts[0]
    for one in (row, *rows):
        one.text = misread(one.text, style)
    return [one for one in (row, *rows) if one.text.strip()]


def misread(text: str, style: Style) -> str:
    """A text as it is recognised from a poor image; its blanks stay."""
    if not style.noise:
        return text
    lot = style.lot
    return "".join(
        lot.choice("iltf.,'’c-") if sign.isascii() and not sign.isspace() and lot.random() < style.noise else sign
        for sign in text
    )


def numbered_float(number: int, text: str, style: Style) -> list[Row]:
    """A caption, or a table with its caption."""
    lot = style.lot
    name = lot.choice(("图", "表")) if style.lang == "zh" else lot.choice(("Figure", "Fig.", "Table"))
    rows = wrapped(
        f"{name} {number}{lot.choice(('. ', ': ', ' '))}{text[: lot.randint(20, 120)]}",
        "F",
        "F",
        style.measure,
        style,
        0,
    )
    if name in ("表", "Table"):
        for _ in range(lot.randint(2, 7)):
            cells = [
                lot.choice(text.split() or [text[:4]])[:12],
                *(f"{lot.random() * 90:.1f}" for _ in range(lot.randint(2, 5))),
            ]
            rows.append(Row(lot.choice((" ", "  ", "    ")).join(cells), "M"))
    rows[0].gap = lot.choice((0, 1, 1))
    return rows


def _circle(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else f"({number})"


def hold_markers(text: str, refs: Sequence[dict[str, Any]], style: Style, last: int) -> str:
    """The text with the markers of its notes printed, each behind the character that holds its place."""
    for place, ref in reversed(list(enumerate(refs, last + 1))):
        marker = _MARKERS[style.labels].format(n=place, circle=_circle(place), raised=str(place).translate(_RAISED))
        at = ref["offset"]
        text = f"{text[:at]}{chr(HELD + place % 999)}{marker}{ENDED}{text[at:]}"
    return text


def wrapped(text: str, first: str, others: str, measure: int, style: Style, indent: int) -> list[Row]:
    """A block broken into lines; the first is shorter by its indent, which is kept or not."""
    lines: list[str] = []
    line, width, room = "", 0, measure - indent
    for token in _TOKEN.findall(" ".join(text.split(" "))):
        size = width_of(token)
        if width + size > room and line.strip() and not (token in _NEVER_FIRST and width + size <= room + 2):
            cut = _hyphenated(token, room - width, style)
            lines.append(line + token[:cut] + "-" if cut else line.rstrip())
            line, width, room = "", 0, measure
            token = token[cut:].lstrip()
        line, width = line + token, width + width_of(token)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    rows = [Row(one, first if not at else others) for at, one in enumerate(lines) if one.strip()]
    if rows and style.keeps_indent and indent:
        rows[0].text = " " * indent + rows[0].text
    return rows or [Row("—", first)]


def _hyphenated(token: str, room: int, style: Style) -> int:
    """How many letters of a word stay before a hyphen at the line's end; 0 if it is not divided."""
    if room < 4 or len(token) < 7 or not token.isalpha() or not token.isascii() or style.lot.random() > style.hyphens:
        return 0
    return min(room - 1, len(token) - 3)
