"""What a layout drawn by lot looks like: page and type, running heads, notes, title blocks, heads.

The words it prints stand in `drawn.toml`, by language; `layouts/drawn.typ` sets what is drawn here.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

COLUMNS = (1, 1, 1, 1, 2, 2, 3)
RUN_INS = 15  # of 100
ORDERS: tuple[tuple[str, int], ...] = (
    ("title names affiliations abstract", 10),
    ("names title affiliations abstract", 4),
    ("names affiliations title abstract", 4),
    ("title abstract names affiliations", 1),
    ("title affiliations names abstract", 1),
    ("rubric title names affiliations abstract", 4),
    ("rubric names title affiliations abstract", 2),
    ("date title names affiliations abstract", 1),
    ("title names affiliations date abstract", 2),
    ("title abstract|names affiliations", 4),
    ("rubric title abstract|names", 1),
    ("title|names affiliations", 1),
)
# What stands at the left, in the middle and at the right of a running head, on even and on odd pages.
RUNNERS: tuple[tuple[str, str, int], ...] = (
    ("number,,names", "title,,number", 3),
    ("number,journal,", ",title,number", 3),
    ("number,,journal", "title,,number", 2),
    (",journal,", ",title,", 3),
    (",names,", ",title,", 2),
    ("journal,,issue", "journal,,issue", 3),
    ("journal,,", ",,rubric", 2),
    ("number,names,", ",title,number", 3),
    ("names,,", ",,title", 2),
    (",,", ",,", 4),
    ("issue,journal,number", "number,journal,issue", 2),
    ("number journal,,", ",,title number", 1),
    (",line,", ",line,", 1),
)
FEET: tuple[tuple[str, str, int], ...] = (
    (",number,", ",number,", 6),
    ("number,,", ",,number", 4),
    ("line,,number", "line,,number", 2),
    ("number,,journal", "issue,,number", 2),
    (",line,", ",line,", 1),
)


class Lot:
    """Chances, by name of what is drawn."""

    def __init__(self, number: int) -> None:
        self._random = random.Random(f"drawn-{number}")
        self.seed = number

    def one(self, of: Sequence[Any]) -> Any:
        """One of these."""
        return self._random.choice(of)

    def weighted(self, rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """One of these, by the weight that stands last in each."""
        return self._random.choices(rows, [row[-1] for row in rows])[0]

    def often(self, share: int) -> bool:
        """True so often of 100."""
        return self._random.randrange(100) < share

    def between(self, least: float, most: float, step: float = 0.1) -> float:
        """A number of these, in steps."""
        return round(least + step * self._random.randrange(int((most - least) / step) + 1), 3)

    def sample(self, of: Sequence[Any], number: int) -> list[Any]:
        """So many of these, each once."""
        return self._random.sample(of, number)


@cache
def words_of(lang: str) -> dict[str, Any]:
    """The words of a language."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / "drawn.toml").read_text(encoding="utf-8"))[lang]
    return table


def draw_style(lot: Lot, lang: str) -> dict[str, Any]:
    """All that `layouts/drawn.typ` asks of D.style.  Lengths in points, or in ems where they go with the type."""
    words = words_of(lang)
    columns = lot.one(COLUMNS)
    style = _draw_page(lot, lang, columns) | _draw_runners(lot, words) | _draw_notes(lot, lang, words, columns)
    style |= _draw_title(lot, lang, words, columns)
    style |= _draw_heads(lot, style)
    return style | {
        "contents": lot.one(words["contents"]),
        "contents_order": lot.one(("below", "before", "number-first", "behind")),
        "leaders": lot.one(("dots", "dots", 2)),
        "colon": words["colon"],
        "dash": words["dash"],
        "numbering": lot.one(words["numberings"]),
        "has_capitals": lot.often(15),
        "run_in_from": 2 if lang != "zh" and lot.often(RUN_INS) else 9,
    }


def _draw_page(lot: Lot, lang: str, columns: int) -> dict[str, Any]:
    words = words_of(lang)
    size = lot.between(8.5, 11.5, 0.5) - (1 if columns > 1 else 0)
    width = lot.between(400, 600, 20) if columns == 1 else lot.between(500, 612, 16)
    font = [lot.one(words["fonts"])]
    if lang == "zh":
        font = ["Liberation Serif", *font]
    indent = 2.0 if lang == "zh" else lot.one((0, 0, 1, 1, 1.2, 1.5, 2))
    leading = lot.between(0.55, 0.9, 0.05) if lang == "zh" else lot.between(0.42, 0.8, 0.04)
    return {
        "lang": lang,
        "columns": columns,
        "width": width,
        "height": round(width * lot.between(1.3, 1.55, 0.05)),
        "side": lot.between(40, 80, 5),
        "top": lot.between(60, 90, 5),
        "bottom": lot.between(55, 85, 5),
        "gutter": lot.between(14, 26, 2),
        "font": font,
        "size": size,
        "leading": leading,
        "spacing": leading + (0 if indent else lot.between(0.4, 1, 0.2)),
        "indent": indent,
        "indents_all": True if lang == "zh" else lot.often(55),
        "justified": lot.often(88),
        "hyphenates": lang != "zh" and lot.often(85),
        "opens_page": lot.often(65),
        "sink": lot.one((0, 0, 20, 60)),
    }


def _draw_runners(lot: Lot, words: Mapping[str, Any]) -> dict[str, Any]:
    even, odd, _ = lot.weighted(RUNNERS)
    has_number = "number" in even
    low = FEET[:-1] if not has_number else ((",,", ",,", 9), *FEET[-1:])
    low_even, low_odd, _ = lot.weighted(low)
    if not has_number and lot.often(6):
        low_even = low_odd = ",,"
    first = lot.one((None, None, ",,", ",,", "journal,,issue", ",,line", ",issue,"))
    low_first = lot.one((None, None, ",number,", "line,,number", ",,")) if first is not None else None
    head = {"even": _row(even), "odd": _row(odd), "first": _row(first)}
    foot = {"even": _row(low_even, even), "odd": _row(low_odd, odd), "first": _row(low_first, first)}
    return {
        "head": head,
        "foot": foot,
        "number": lot.one(words["numbers"]),
        "total": 1200,
        "rubric": lot.one(words["rubrics"]),
        "line": lot.one(words["lines"]),
        "running_case": lot.one(("", "", "", "upper")),
        "running_font": [*_sans_or_text(lot, words)],
        "running_size": lot.between(7.5, 9.5, 0.5),
        "has_rule": lot.often(40),
    }


def _row(words: str | None, others: str | None = None) -> list[list[str]] | None:
    """What stands at the left, in the middle and at the right; nothing that stands at the page's other end too."""
    if words is None:
        return None
    taken = (others or "").replace(",", " ").split()
    return [[word for word in place.split() if word not in taken] for place in words.split(",")]


def _sans_or_text(lot: Lot, words: Mapping[str, Any]) -> list[str]:
    return [lot.one(words["sans"] if lot.often(50) else words["fonts"])]


def _draw_notes(lot: Lot, lang: str, words: Mapping[str, Any], columns: int) -> dict[str, Any]:
    place = "end" if lot.often(40) else "bottom"
    styles = ("[1]", "[1]", "1", "①") if lang == "zh" else ("1", "1", "1", "[1]")
    marker = lot.one(styles)
    if place == "bottom" and lot.often(45 if lang == "zh" else 20):
        marker = f"{'*' if lang != 'zh' and lot.often(30) else marker}/page"
    label = lot.one(("{n}", "{n}", "{n}.", "({n})")) if marker.startswith("1") else "{n}"
    return {
        "place": place,
        "marker": marker,
        "label": label,
        "label_gap": lot.one(("", " ", " ", "\u3000")) if lang == "zh" else lot.one((" ", " ", "\u2003")),
        "raises_labels": label == "{n}" and lot.often(50),
        "raises_calls": lot.often(75),
        "note_size": lot.between(7, 9, 0.5) - (0.5 if columns > 1 else 0),
        "note_leading": lot.between(0.55, 0.8, 0.05) if lang == "zh" else lot.between(0.4, 0.6, 0.05),
        "note_gap": lot.between(0.2, 0.6, 0.1),
        "note_indent": lot.one((0, 0, 1, 2)),
        "note_hanging": lot.one((0, 0, 0, 1.5)),
        "has_note_rule": lot.often(70),
        "notes_head": lot.one(words["notes_heads"]),
    }


def _draw_title(lot: Lot, lang: str, words: Mapping[str, Any], columns: int) -> dict[str, Any]:
    order, _ = lot.weighted(ORDERS)
    front, _, tail = order.partition("|")
    form = lot.one(("below", "below", "below", "keys", "each", "brackets", "none"))
    opened, closed = lot.one((("（", "）"), ("(", ")"))) if lang == "zh" else lot.one(((" (", ")"), (", ", "")))
    around = lot.one((("", ""), ("", ""), ("（", "）"))) if lang == "zh" else ("", "")
    return {
        "order": front.split(),
        "tail": tail.split(),
        "affiliations": form,
        "open": opened,
        "close": closed,
        "affiliation_open": around[0],
        "affiliation_close": around[1],
        "by": lot.one(words["by"]),
        "by_end": "",
        "names_sep": lot.one(words["names_seps"]),
        "names_case": lot.one(("", "", "", "upper")),
        "names_size": lot.between(9, 12, 0.5),
        "affiliation_size": lot.between(8, 10, 0.5),
        "title_font": _sans_or_text(lot, words),
        "title_size": lot.between(12, 20, 1) if columns < 3 else lot.between(11, 15, 1),
        "title_case": lot.one(("", "", "", "", "upper")),
        "title_align": lot.one(("center", "center", "left", "left", "right")),
        "title_gap": lot.between(5, 14, 1),
        "below_title": lot.between(10, 40, 5),
        "subtitle_size": lot.between(10, 13, 1),
        "subtitle_goes_on": lot.often(25),
        "date": lot.one(words["dates"]),
        "abstract_head": lot.one(words["abstracts"]),
        "abstract_head_stands": lot.often(25),
        "abstract_pad": lot.one((0, 0, 15, 30)),
        "keywords_head": lot.one(words["keywords"]),
        "has_starred_authors": columns == 1 and lot.often(15),
    }


def _draw_heads(lot: Lot, style: Mapping[str, Any]) -> dict[str, Any]:
    heads: list[dict[str, Any]] = []
    align = lot.one(("center", "left", "left"))
    for level in range(3):
        heads.append(
            {
                "above": lot.between(0.8, 2, 0.2),
                "below": lot.between(0.4, 1.2, 0.2),
                "align": align if level == 0 else "left",
                "indent": style["indent"] if align == "left" and lot.often(25) else 0,
                "font": style["title_font"] if lot.often(50) else style["font"],
                "size": style["size"] + (lot.between(0, 2, 0.5) if level == 0 else 0),
            }
        )
    return {
        "heads": heads,
        "quote_indent": lot.one((0, 1, 1.5, 2)),
        "quote_right": lot.one((0, 0, 1, 2)),
        "quote_gap": lot.one((0, 0.4, 0.8)),
        "quote_size": style["size"] - lot.one((0, 0.5, 1)),
    }
