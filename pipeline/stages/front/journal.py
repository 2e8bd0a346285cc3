"""The journal's own data, as its running heads and covers print them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...evidence import letters_of
from ...model import Document, Journal
from ...rewrite import read
from ..departments import is_department
from ..journal_names import JOURNAL
from ..months import MONTHS, SEASONS
from ..name_lists import listed_names
from ..patterns import SIGNS
from ..title_lines import RUBRIC, RUBRICS, is_issue_line
from .issue_data import YEAR, read_issue_data, year_of

# Volume, number and date as they stand within a name's line.
_IMPRINT = re.compile(
    r"vol(?:ume)?\.?\s*\d{1,4}|(?:no|issue|nr)\.?\s*\d{1,4}|第\s*[\d一二三四五六七八九十百]+\s*卷|第\s*[\d一二三四五六七八九十]+\s*[期號号]"
    rf"|(?:{SEASONS}|{MONTHS})\s+(?:\d{{1,2}},\s*)?{YEAR}|{YEAR}\s*年?",
    re.IGNORECASE,
)
# Words of such a line that are no name by themselves.
_OF_DATES = re.compile(
    r"\b(?:vol(?:ume)?|no|nr|number|issue|part|pages?|pp?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[ap]m|the)\b|[第卷期年月日号號]|[\W\d_]",
    re.IGNORECASE,
)
# What stands at the ends of a name and counts volumes, issues and pages, and what rights and addresses are: no names.
_COUNTED = r"pages?|seiten?|number|nummer|heft|jahrgang|band|tome|fasc(?:icule)?|vol(?:ume)?|issue|folge|serie"
_SHORTLY = r"pp?|s|nr|nos?|jg|bd|t"  # words, too, and letters: with a number behind them
_BEFORE = re.compile(
    rf"^[\W\d_]*(?:(?:(?:{_COUNTED}|{_SHORTLY}|{MONTHS}|{SEASONS})\b|of|von|sur|de)\W*\d+(?:\W+|$))+", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?:[\W\d_]*(?<![^\W\d_])(?:(?:{_COUNTED}|{MONTHS}|{SEASONS})\b|(?:{_SHORTLY})\b\W*\d)[\W\d_]*)+$|\bn\s*[°º]\W*\d*$"
    r"|[第共]\s*\d+\s*[页頁]|^[总總][）)]|[（(]?[总總]第?[\s\d]*期?[）)]?$|^\d*\s*月|\d*\s*月$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"copyright|©|rights reserved|droits réservés|rechte vorbehalten|[版著][权權]所有|请勿|請勿|\b(?:issn|isbn|doi)\b|https?:|www\.|@|【|】",
    re.IGNORECASE,
)
# Words that journals' names have too, as other lines do.
_AMBIGUOUS = re.compile(r"[评評][论論]|研究|通[讯訊]|\b(?:papers|studies|letters|archiv)\b", re.IGNORECASE)
_CONTENTS = next(row.regex for row in SIGNS if row.name == "contents")
IMPRINT_LINE = "imprint-line"  # of the layout: a line of the journal's own
_LEAST = 4  # letters of a name
_ISSUE = 3  # articles of a source in one of which a name would not stand alone
_LINES_OF_MASTHEAD, _SAID_BY_MASTHEAD = 3, 12  # lines of it, and running heads that it is worth
_PRECISE = 4  # lines that say a year, to one that says the month too
_MORE = 3  # what counts as much as so many running heads: volume or year beside a name, a journal's word in it
_WORD = re.compile(r"[^\W\d_]{4,}")
_ALL, _MOST_WORDS = 100, 75  # per cent of the words of a running head that names authors, or shortens a title
_TITLE = 10  # letters by which an article's title is told within a line


def find_journal(document: Document) -> Journal:
    """Name, volume, issue and date from the running heads that are no article's title and stand in several articles."""
    heads: Counter[str] = Counter()
    own: defaultdict[str, list[int]] = defaultdict(list)  # the articles that each name stands in
    starts = sorted(document.blocks[article.blocks[0]].start for article in document.articles if article.blocks)
    for block in document.blocks.values():
        if block.rule is RUBRIC:
            continue
        is_head = block.kind == "fw" and block.type not in ("pageNum", "catch")
        is_own = block.kind == "matter" and block.type in ("cover", "contents")
        text = re.sub(r"\s+", " ", read(document, block.spans).text).strip() if is_head or is_own else ""
        if is_head or (is_own and (block.type == "cover" or is_issue_line(text))):
            heads[text] += 1
            own[_name_in(text)].append(bisect_right(starts, block.start))
    masthead = _masthead(document)
    if masthead:
        heads[masthead] += _SAID_BY_MASTHEAD
        own[_name_in(masthead)].append(0)
    titles = {
        letters_of(read(document, b.spans).text) for b in document.blocks.values() if b.kind in ("title", "subtitle")
    }
    in_order = sorted(titles)
    people = [letters_of(read(document, b.spans).text) for b in document.blocks.values() if b.kind == "byline"]
    authors = _words(" ".join(read(document, b.spans).text for b in document.blocks.values() if b.kind == "byline"))
    words_of_titles = [_words(read(document, b.spans).text) for b in document.blocks.values() if b.kind == "title"]
    long = [title for title in titles if len(title) >= _TITLE]
    said = [Counter[str](), Counter[str](), Counter[str]()]  # volumes, numbers, dates
    names: Counter[str] = Counter()
    for text, count in sorted(heads.items()):
        data = read_issue_data(text)
        for counts, value in zip(said, data, strict=True):
            if value:
                counts[value] += count
        if _NO_NAME.search(text):
            continue
        name = _name_in(text)
        key = letters_of(name)
        of_article = _is_begun(key, titles, in_order) or any(key in person for person in people)
        of_article = of_article or any(title in key for title in long) or bool(listed_names(text))
        # a running head of the page on which its article begins stands in the article before
        is_local = len(own[name]) > 1 and max(own[name]) - min(own[name]) < min(2, len(starts) // _ISSUE)
        of_article = of_article or (is_local and not JOURNAL.search(name))
        if (is_local or len(starts) < 2) and not (JOURNAL.search(name) or any(data)):
            of_article |= _is_said_by(name, [authors], _ALL) or _is_said_by(name, words_of_titles, _MOST_WORDS)
        if len(_OF_DATES.sub("", name)) >= _LEAST and len(key) >= _LEAST and not of_article:
            names[name] += count + _MORE * (any(data) - is_department(name)) + (_MORE + 1) * bool(JOURNAL.search(name))
    _cut_behind_masthead(document, names)
    volume, number = (_commonest(counts) for counts in said[:2])
    date = _date_of(said[2])
    if not names and not (volume or number or date):
        return Journal()
    # one line may be anything
    likely = [name for name, count in names.items() if count > 1 or JOURNAL.search(name) or _AMBIGUOUS.search(name)]
    likely = [name for name in likely if letters_of(name) not in RUBRICS]
    title = min(likely, key=lambda name: (-names[name], name), default="")
    return Journal(title=title, volume=volume, issue=number, date=date)


def _cut_behind_masthead(document: Document, names: Counter[str]) -> None:
    """Running heads that begin with the name alone above the first title, and go on with a number, cut behind the name."""
    imprints = (block for block in document.blocks.values() if block.kind == "fw" and block.rule.id == IMPRINT_LINE)
    lengths = {len(key): key for key in (letters_of(read(document, block.spans).text) for block in imprints)}
    for name, count in list(names.items()):
        cuts = [_first_letters(name, length) for length in sorted(lengths, reverse=True) if length >= _LEAST]
        for cut in cuts:
            if lengths.get(len(key := letters_of(cut))) == key and name[len(cut) :].lstrip()[:1].isdigit():
                del names[name]
                names[cut] += count + 1
                break


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def _is_said_by(name: str, others: Sequence[frozenset[str]], share: int) -> bool:
    """Whether so many per cent of a name's words, two at least, are those of one of the others: authors, or a title."""
    words = _words(name)
    return len(words) > 1 and any(len(words & other) * 100 >= share * len(words) for other in others)


def _first_letters(text: str, count: int) -> str:
    """A text up to its letter of this number."""
    for at, character in enumerate(text):
        count -= character.isalpha()
        if not count:
            return text[: at + 1]
    return text


def _masthead(document: Document) -> str:
    """What stands above the first line of a contents page that gives volume, number or date."""
    lines: list[str] = []
    for block in sorted(document.blocks.values(), key=lambda block: block.start):
        text = re.sub(r"\s+", " ", read(document, block.spans).text).strip()
        if is_issue_line(text):
            return " ".join(lines)
        if block.kind != "matter" or len(lines) == _LINES_OF_MASTHEAD or not _may_name(text):
            return ""
        lines.append(text)
    return ""


def _may_name(line: str) -> bool:
    """Whether a line of a masthead may be of the journal's name: no head of a contents page, no entry with its page."""
    return not _CONTENTS.match(line) and any(map(str.isalpha, line)) and not line[-1].isdigit()


def _commonest(counts: Counter[str]) -> str:
    """What is said most often, for numbers are misread; of several the first in order."""
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _date_of(dates: Counter[str]) -> str:
    """The date of the year that is said most often, with month and day where not only a few lines have them."""
    years: Counter[str] = Counter()
    for date, count in dates.items():
        years[year_of(date)] += count
    year = _commonest(years)
    precise = Counter({date: count for date, count in dates.items() if year_of(date) == year != date})
    date = _commonest(precise)
    return date if precise[date] * _PRECISE >= years[year] else year


def _name_in(text: str) -> str:
    """What a line says besides volume, issue, date and page."""
    name = re.sub(r"\(\s*\)|（\s*）", "", _IMPRINT.sub("", _BEFORE.sub("", text)))
    before = ""
    while name != before:
        before = name
        name = re.sub(r"^[\W\d_]+|[\s,，·•|–—:.\d(（]+$", "", _BEHIND.sub("", name.strip())).strip(" ,，·•|–—")
    return name


def _is_begun(key: str, titles: set[str], in_order: Sequence[str]) -> bool:
    """Whether one of the titles begins with this key, or the key with one of them."""
    behind = bisect_left(in_order, key)
    begins_title = behind < len(in_order) and in_order[behind].startswith(key)
    return begins_title or any(key[:size] in titles for size in range(1, len(key) + 1))
