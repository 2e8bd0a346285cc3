"""Issues whose layout is drawn by lot: page, columns, running heads, title blocks, heads, notes, and what they print.

A few layouts made by hand show few of those there are.  Here every issue has a layout of its own, set by
`layouts/drawn.typ`; the same number gives the same issue.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import opencc

from .article import Article, cut
from .articles import Text, read_article, texts
from .invented import Inventor
from .issues import Issue
from .numbering import number_heads

LAYOUT = "drawn"
LANGUAGES = ("en", "en", "en", "zh", "zh", "zh", "de", "fr")
COLUMNS = (1, 1, 1, 1, 2, 2, 3)
ARTICLES = (1, 1, 2, 2, 3, 3, 4, 5)
LETTERS = {1: (9000, 16000), 2: (5000, 10000), 3: (3500, 7000), 4: (2500, 5500), 5: (2000, 4500)}  # of each article
CHINESE_SHARE = 40  # of 100: so many letters where they are Chinese
LEAST_LETTERS = 1200
OWN_TITLES, SUBTITLES, ABSTRACTS, RUN_INS, LONG_TITLES = 35, 25, 35, 15, 60  # shares of 100
ABSTRACT_LETTERS = {"zh": (90, 260)}
EXTRACTORS = {1: ("rd", "rd", "ly", "rw", "pf"), 2: ("rd", "rw", "pf"), 3: ("rw", "pf")}
PAGE_MARKS = ("ff", "ff", "nlsp", "none")
DOUBLED = 20  # of 100 Chinese ones have doubled line ends
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
_TRADITIONAL = opencc.OpenCC("s2t")
_FOR_TRADITIONAL = {" SC": " TC", "SungtiL GB": "Mingti2L Big5", "KaitiM GB": "KaitiM Big5"}


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
def _words_of(lang: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "drawn.toml").read_text(encoding="utf-8"))[lang]


def draw_issues(count: int, folder: Path) -> Iterator[Issue]:
    """So many issues with their articles; `folder` holds the checkouts."""
    for number in range(count):
        issue = draw_issue(number, folder)
        if issue.articles:
            yield issue


def draw_issue(number: int, folder: Path) -> Issue:
    """The issue of a number."""
    lot = Lot(number)
    lang = lot.one(LANGUAGES)
    script = lot.one(("Hans", "Hans", "Hant")) if lang == "zh" else ""
    inventor = Inventor(lang, f"drawn-{number}", script == "Hant")
    style = draw_style(lot, lang)
    style["journal"], style["issue"] = lot.one(_words_of(lang)["journals"]), lot.one(_words_of(lang)["issues"])
    written = _fill(style, inventor, script)
    issue = Issue(
        name=f"{LAYOUT}-{number:03}",
        layout=LAYOUT,
        kind="issue",
        lang=lang,
        extractions=_extractions(lot, lang, written["columns"]),
        first=lot.one((1, 3, 17, 98, 211, 1043)),
        journal=written["journal"],
        issue=written["issue"],
        has_notes_heading=written["place"] == "end",
        marker=written["marker"],
        place=written["place"],
        has_starred_authors=written["has_starred_authors"],
    )
    issue.articles = _articles(lot, lang, script, inventor, written, folder)
    issue.kind = "issue" if len(issue.articles) > 1 else "single"
    issue.front_pages = int(len(issue.articles) > 1 and lot.often(50))
    issue.page = {"style": written}
    return issue


def _extractions(lot: Lot, lang: str, columns: int) -> list[str]:
    found = []
    for extractor in lot.sample(sorted(set(EXTRACTORS[columns])), 2):
        doubled = "-bl" if lang == "zh" and lot.often(DOUBLED) else ""
        found.append(f"{extractor}-{lot.one(PAGE_MARKS)}{doubled}")
    return found


def _fill(style: Mapping[str, Any], inventor: Inventor, script: str) -> dict[str, Any]:
    """The words of a style with their slots filled, and in traditional characters where these are asked for."""
    slots = {
        "volume": str(inventor.lot.randint(2, 88)),
        "small": str(inventor.lot.randint(1, 12)),
        "year": str(inventor.lot.randint(1931, 2021)),
        "recent": str(inventor.lot.randint(2005, 2021)),
        "day": str(inventor.lot.randint(10, 28)),
        "digit": str(inventor.lot.randint(1, 9)),
        "shelf": str(inventor.lot.randint(1001, 9899)),
        "month": inventor.lot.choice(inventor.tables["months"]),
    }
    filled = dict(style)
    for key in ("journal", "issue", "rubric", "line", "date"):
        filled[key] = filled[key].format_map(slots)
    if script == "Hant":
        filled = {key: _traditional(value) if isinstance(value, str) else value for key, value in filled.items()}
        for key in ("font", "title_font", "running_font"):
            for simplified, traditional in _FOR_TRADITIONAL.items():
                filled[key] = [font.replace(simplified, traditional) for font in filled[key]]
    return filled


def _traditional(text: str) -> str:
    converted: str = _TRADITIONAL.convert(text)
    return converted


def draw_style(lot: Lot, lang: str) -> dict[str, Any]:
    """All that `layouts/drawn.typ` asks of D.style.  Lengths in points, or in ems where they go with the type."""
    words = _words_of(lang)
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
    words = _words_of(lang)
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


def _articles(
    lot: Lot, lang: str, script: str, inventor: Inventor, style: Mapping[str, Any], folder: Path
) -> list[Article]:
    """Some texts of a language, each from a block on."""
    code = f"{lang}-{script}" if script else lang
    rows = [row for row in texts().values() if row.lang == code and not row.reader.endswith("thesis")]
    found = []
    for row in lot.sample(rows, min(len(rows), lot.one(ARTICLES))):
        article = _compose(lot, row, inventor, style, folder)
        if article.size >= LEAST_LETTERS * (CHINESE_SHARE if lang == "zh" else 100) // 100:
            found.append(article)
    return found


def _compose(lot: Lot, row: Text, inventor: Inventor, style: Mapping[str, Any], folder: Path) -> Article:
    whole = read_article(row.name, folder)
    least, most = LETTERS[lot.one((1, 2, 3, 3, 4, 5))]
    letters = int(lot.between(least, most, 100)) * (CHINESE_SHARE if row.lang.startswith("zh") else 100) // 100
    article = cut(whole, _begin(lot, whole, letters), letters)
    _name(lot, article, inventor)
    for author in article.authors:
        author.note = (author.note or f"{author.affiliation}.") if style["has_starred_authors"] else ""
        if style["affiliations"] == "none":
            author.affiliation = ""
    number_heads(article.blocks, style["numbering"])
    if style["has_capitals"]:
        for block in article.blocks:
            block.text = block.text.upper() if block.level == 1 else block.text
    for block, below in zip(article.blocks, article.blocks[1:], strict=False):
        if block.level >= style["run_in_from"] and not below.level:
            block.runs_in, block.label, below.is_quote = True, "", False
    if lot.often(ABSTRACTS):
        article.extras |= {"abstract": _abstract(lot, whole), "keywords": _keywords(lot, inventor)}
        article.extras |= {key: style[key] for key in ("abstract_head", "keywords_head")}
    article.extras |= {key: style[key] for key in ("rubric", "date") if key in style["order"]}
    if style["place"] == "end":
        article.extras["notes_head"] = style["notes_head"]
    return article


def _begin(lot: Lot, article: Article, letters: int) -> int:
    """A head or paragraph, not a quotation, with so many letters behind it, as far as there are."""
    behind, begins = 0, []
    for index in range(len(article.blocks) - 1, -1, -1):
        behind += len(article.blocks[index].text)
        if behind >= letters and not article.blocks[index].is_quote and article.blocks[index].level < 2:
            begins.append(index)
    return int(lot.one(begins)) if begins else 0


def _name(lot: Lot, article: Article, inventor: Inventor) -> None:
    """Another title and other authors, mostly."""
    if lot.often(OWN_TITLES):
        return
    article.title = inventor.draw_title()
    if article.lang == "zh" and lot.often(LONG_TITLES):
        article.title = lot.one(("试析{}及其意义", "{}的几个问题", "重读{}", "{}：从材料到方法")).format(article.title)
    if article.script == "Hant":
        article.title = _traditional(article.title)
    article.subtitle = inventor.draw_title() if lot.often(SUBTITLES) else None
    if article.subtitle and article.script == "Hant":
        article.subtitle = _traditional(article.subtitle)
    article.authors = inventor.draw_authors()
    article.extras["running_title"] = article.title[:40].rstrip()


def _abstract(lot: Lot, article: Article) -> str:
    """A paragraph of the text that is not among those set, or one that is; shortened at a sentence's end."""
    least, most = ABSTRACT_LETTERS.get(article.lang, (300, 900))
    whole = [block.text for block in article.blocks if not block.level and len(block.text) >= least]
    text = str(lot.one(whole))[:most] if whole else article.title
    end = max(text.rfind(stop) for stop in ".。？！?!")
    return text[: end + 1] or text


def _keywords(lot: Lot, inventor: Inventor) -> str:
    topics = [str(topic) for topic in lot.sample(inventor.tables["topics"], lot.one((3, 4, 5)))]
    joined = str(lot.one(("；", " ", "，", "; ", ", "))).join(topics)
    return joined
