"""Issues whose layout is drawn by lot: page, columns, running heads, title blocks, heads, notes, and what they print.

A few layouts made by hand show few of those there are.  Here every issue has a layout of its own, set by
`layouts/drawn.typ`; the same number gives the same issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .article import Article, cut
from .articles import Text, read_article, texts
from .conferences import FOLDERS, read_conference
from .correspondence import address, draw_correspondence
from .enumerated import ENUMERATED_FROM, enumerate_paragraphs
from .invented import Inventor, traditional
from .issues import Issue
from .numbering import number_heads
from .old import OLD_FROM, age, draw_practice
from .polytechnic import MOST, read_volume
from .styles import Lot, draw_style, words_of
from .variety import VARIED_FROM, Variety, add_pieces, draw_variety, vary

LAYOUT = "drawn"
LANGUAGES = ("en", "en", "en", "zh", "zh", "zh", "de", "fr")
ARTICLES = (1, 1, 2, 2, 3, 3, 4, 5)
LETTERS = {1: (9000, 16000), 2: (5000, 10000), 3: (3500, 7000), 4: (2500, 5500), 5: (2000, 4500)}  # of each article
CHINESE_SHARE = 40  # of 100: so many letters where they are Chinese
LEAST_LETTERS = 1200
OWN_TITLES, SUBTITLES, ABSTRACTS, LONG_TITLES = 35, 25, 35, 60  # shares of 100
ABSTRACT_LETTERS = {"zh": (90, 260)}
EXTRACTORS = {1: ("rd", "rd", "ly", "rw", "pf"), 2: ("rd", "rw", "pf"), 3: ("rw", "pf")}
PAGE_MARKS = ("ff", "ff", "nlsp", "none")
DOUBLED = 20  # of 100 Chinese ones have doubled line ends
MIXED = 20  # of 100 Chinese ones from VARIED_FROM on hold English articles too
LANGUAGES_OF_OLD = ("en", "en", "en", "fr", "de", "de", "de", "de")
LANGUAGES_OF_PAPERS = ("en", "de")
OF_JOURNAL = 65  # of 100 German issues from OLD_FROM on are of a real journal
JOURNAL = "dingler/sources/volumes/pj{:03}.xml"
MEASURED_FROM = 20000  # issues from here on are of volumes of this journal that are left for measuring, one of each
CONFERENCES_FROM = 30000  # issues from here on are of papers of conferences, with their own titles and authors
# Which quarters of the papers issues are of, from a number on: two are left for measuring, the others for training.
QUARTERS_FROM = ((31000, (2, 3)), (30500, (1,)), (CONFERENCES_FROM, (0,)))
ORDER_OF_VOLUMES = [1 + 37 * at % 340 for at in range(340)]  # all, decades mixed
VOLUMES = ORDER_OF_VOLUMES[80:]  # for training; those before are for measuring
LETTERS_OF_ISSUE, MOST_ARTICLES, LEAST_BEHIND = 45000, 12, 6
TRIES = 20  # a few volumes are missing
NOTES_OF_JOURNAL = ("1", "1/page", "*/page")
AS_PRINTED = 50  # of 100: the title in the running head, beside the number
_FOR_TRADITIONAL = {" SC": " TC", "SungtiL GB": "Mingti2L Big5", "KaitiM GB": "KaitiM Big5"}


def draw_issues(numbers: Iterable[int], folder: Path) -> Iterator[Issue]:
    """The issues of these numbers with their articles; `folder` holds the checkouts."""
    for number in numbers:
        issue = draw_issue(number, folder)
        if issue.articles:
            yield issue


def draw_issue(number: int, folder: Path) -> Issue:
    """The issue of a number."""
    lot = Lot(number)
    is_of_papers = number >= CONFERENCES_FROM
    is_measured = MEASURED_FROM <= number < CONFERENCES_FROM
    lang = _draw_language(lot, number)
    script = lot.one(("Hans", "Hans", "Hant")) if lang == "zh" else ""
    inventor = Inventor(lang, f"drawn-{number}", script == "Hant")
    style = draw_style(lot, lang)
    is_mixed = number >= VARIED_FROM and lang == "zh" and lot.often(MIXED)
    style |= {"by": "", "names_sep": ", "} if is_mixed else {}
    style["journal"], style["issue"] = lot.one(words_of(lang)["journals"]), lot.one(words_of(lang)["issues"])
    is_old = OLD_FROM <= number < CONFERENCES_FROM
    practice = draw_practice(lot, lang, style) if is_old and lang != "zh" else None
    is_of_journal = is_measured or (is_old and lang == "de" and lot.often(OF_JOURNAL))
    if is_of_journal:
        _adapt(lot, style)
    if is_of_papers:
        style |= draw_correspondence(lot, style)
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
    if is_of_journal:
        volumes = [ORDER_OF_VOLUMES[number - MEASURED_FROM]] if is_measured else VOLUMES
        issue.articles = _articles_of_journal(lot, folder, volumes)
    elif is_of_papers:
        issue.articles = _papers(lot, lang, inventor, written, folder)
    else:
        issue.articles = _articles(lot, lang, script, inventor, written, folder)
        if practice:
            age(lot, issue.articles, inventor, practice)
    if is_mixed:
        others = _articles(lot, "en", "", Inventor("en", issue.name), written | {"numbering": "1."}, folder)
        issue.articles = issue.articles + others if lot.often(50) else others + issue.articles
    if ENUMERATED_FROM <= number < MEASURED_FROM:
        enumerate_paragraphs(lot, issue.articles)
    issue.kind = "issue" if len(issue.articles) > 1 else "single"
    issue.front_pages = int(len(issue.articles) > 1 and lot.often(50))
    issue.page = {"style": written}
    return issue


def _draw_language(lot: Lot, number: int) -> str:
    if number >= MEASURED_FROM:
        return str(lot.one(LANGUAGES_OF_PAPERS)) if number >= CONFERENCES_FROM else "de"
    return str(lot.one(LANGUAGES_OF_OLD if OLD_FROM <= number < ENUMERATED_FROM else LANGUAGES))


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
        filled = {key: traditional(value) if isinstance(value, str) else value for key, value in filled.items()}
        for key in ("font", "title_font", "running_font"):
            for simplified, other in _FOR_TRADITIONAL.items():
                filled[key] = [font.replace(simplified, other) for font in filled[key]]
    return filled


def _adapt(lot: Lot, style: dict[str, Any]) -> None:
    """Make a style one for articles of a real journal, whose titles, bylines and numbers are printed as they are."""
    style |= {"place": "bottom", "opens_page": False, "has_starred_authors": False, "affiliations": "none"}
    style |= {"order": ["rubric", "title", "names"], "tail": [], "by": "", "by_end": ""}
    style |= {"subtitle_goes_on": False, "dash": "", "marker": lot.one(NOTES_OF_JOURNAL)}
    if lot.often(AS_PRINTED):
        rows = {"even": [["number"], ["title"], []], "odd": [[], ["title"], ["number"]]}
        style |= {"head": {"first": None, **rows}, "foot": {"first": None, "even": [[], [], []], "odd": [[], [], []]}}


def _articles_of_journal(lot: Lot, folder: Path, volumes: Sequence[int]) -> list[Article]:
    """Articles that follow one another in an issue of one of these volumes; none if there are none of them."""
    issues: tuple[tuple[Article, ...], ...] = ()
    for _ in range(TRIES):
        path = folder / JOURNAL.format(lot.one(volumes))
        if path.exists() and (issues := read_volume(path)):
            break
    of_issue = lot.one([articles for articles in issues if articles] or [()])
    begin = lot.one(range(max(1, len(of_issue) - LEAST_BEHIND)))
    found: list[Article] = []
    for article in of_issue[begin : begin + MOST_ARTICLES]:
        if sum(other.size for other in found) < LETTERS_OF_ISSUE:
            found.append(cut(article, 0, MOST))
    return found


def _papers(lot: Lot, lang: str, inventor: Inventor, style: Mapping[str, Any], folder: Path) -> list[Article]:
    """Some papers of conferences, each from its beginning on."""
    quarters = next(quarters for first, quarters in QUARTERS_FROM if lot.seed >= first)
    papers = [paper for name in FOLDERS for paper in read_conference(folder / name, lang, quarters)]
    number = lot.one(ARTICLES)
    found = []
    for whole in lot.sample(papers, min(len(papers), number)):
        paper = cut(whole, 0, int(lot.between(*LETTERS[number], 100)))
        number_heads(paper.blocks, style["numbering"])
        address(lot, paper.authors, style)
        for author in paper.authors:
            author.note = f"{author.affiliation}." if style["has_starred_authors"] and author.affiliation else ""
            author.affiliation = "" if style["affiliations"] == "none" else author.affiliation
        _add_extras(lot, paper, whole, inventor, style)
        found.append(paper)
    return found


def _add_extras(lot: Lot, article: Article, whole: Article, inventor: Inventor, style: Mapping[str, Any]) -> None:
    """What stands around an article: abstract, rubric, date, head of the notes."""
    if lot.often(ABSTRACTS) and article.lang == style["lang"]:
        article.extras |= {"abstract": _abstract(lot, whole), "keywords": _keywords(lot, inventor)}
        article.extras |= {key: style[key] for key in ("abstract_head", "keywords_head")}
    article.extras |= {key: style[key] for key in ("rubric", "date") if key in style["order"]}
    if style["place"] == "end":
        article.extras["notes_head"] = style["notes_head"]


def _articles(
    lot: Lot, lang: str, script: str, inventor: Inventor, style: Mapping[str, Any], folder: Path
) -> list[Article]:
    """Some texts of a language, each from a block on."""
    code = f"{lang}-{script}" if script else lang
    rows = [row for row in texts().values() if row.lang == code and not row.reader.endswith("thesis")]
    variety = draw_variety(lot, lang) if lot.seed >= VARIED_FROM else None
    found = []
    for row in lot.sample(rows, min(len(rows), lot.one(ARTICLES))):
        article = _compose(lot, row, inventor, style, folder, variety)
        if article.size >= LEAST_LETTERS * (CHINESE_SHARE if lang == "zh" else 100) // 100:
            found.append(article)
    if variety:
        add_pieces(lot, found, inventor, variety)
    return found


def _compose(
    lot: Lot, row: Text, inventor: Inventor, style: Mapping[str, Any], folder: Path, variety: Variety | None
) -> Article:
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
    if variety:
        vary(lot, article, whole, inventor, variety)
    _add_extras(lot, article, whole, inventor, style)
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
        article.title = traditional(article.title)
    article.subtitle = inventor.draw_title() if lot.often(SUBTITLES) else None
    if article.subtitle and article.script == "Hant":
        article.subtitle = traditional(article.subtitle)
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
    return str(lot.one(("；", " ", "，", "; ", ", "))).join(topics)
