"""Titles and bylines that their neighbours give away: what stands above a byline, whom a starred note is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..patterns import OF_SIGNS, SIGNS, note_label_of
from ..people import people_in
from ..title_lines import is_issue_line
from .features import Line

_NAMES = frozenset(("name", "names", "name-han", "by-name", "byline-han"))
_MASTHEAD = [row.regex for row in SIGNS if row.name in ("imprint", "meta", "address")]
(_IMPRINT,) = [row.regex for row in SIGNS if row.name == "imprint"]
(_INSTITUTION,) = [row.regex for row in SIGNS if row.name == "affiliation"]
_GOES_ON = (",", "-", " and", " of", " the", " for", "&")
BY_ALONE = re.compile(
    r"(?:(?:presented|submitted|prepared) )?by|(?:vorgelegt |eingereicht |verfaßt |verfasst )?von|(?:présentée? |soutenue )?par", re.IGNORECASE
)  # fmt: skip
_DEGREE = re.compile(
    r"(?:(?:a |eine )?(?:thesis|dissertation)|submitted|presented|in partial|in fulfil).*\b(?:submitted|fulfil\w*|degree|requirements)\b"
    r"|for the degree of\b|zur erlangung\b|inaugural-?dissertation$|thèse (?:présentée|pour|de doctorat)\b|pour l[’']obtention\b"
    r"|(?:申请|申請)?.{0,6}[学學]位[论論]文$|(?:指导|指導)(?:教师|教師|老师|老師|教授)",
    re.IGNORECASE,
)
_PLACE_AND_YEAR = re.compile(r"[^\W\d_][\w.-]{2,20}(?: [\w.-]{2,15})?,? (?:1[5-9]|20)\d\d")
_TITLE_PAGES = 1  # the last page that can bear the title of a book
_STARS = "*＊†"
_STARRED = re.compile(r"[*＊†]+$")
_STARRED_NOTE = re.compile(r"[*＊†]+\s*\S.{3}")
_STOPS = tuple(".。！？!?;；,，:：")
_ASKS = tuple("？！?!")
_BYLINES_BELOW_TITLE = re.compile("(?<=T)B[AB]*[BT]")
_NAMES_ABOVE_TITLE = re.compile("(?<![TBA])[BA]+(?=T+B)")
_TEXT_BELOW_TITLE = re.compile("(?<=T)P(?=[XA])")
_BYLINE_BELOW_NOTE = re.compile("(?<=[Nn])B(?=A)")
_LINE_ABOVE_TEXT = re.compile("(?<=A)A(?=P)|(?<=TBA)T(?=P)")
_TITLE_LINES = 4
_SMALL_WORDS = frozenset(("THE", "OF", "FOR", "ON", "WITH", "FROM"))
_FULL = 95  # per cent of the measure: a line of a title is seldom wider


def mend_bylines(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    of_lines = evidence.lines.text
    texts = [of_lines[line.index] for line in lines]
    _find_mastheads(lines, texts, labels)
    _find_titles_below_notes(lines, texts, labels)
    _find_title_pages(lines, texts, labels)
    _find_title_lines(lines, texts, labels)
    _find_first_title_lines(lines, texts, labels)
    _find_starred_names(lines, texts, labels)
    _find_heads_below(lines, texts, labels)
    for found in _TEXT_BELOW_TITLE.finditer("".join(labels)):
        if _is_name(texts[found.start()]):  # between a title and the rest of its front matter
            labels[found.start()] = "B"
    for at in _labelled(labels, "B"):
        if not at or labels[at - 1] in "TAXC" or not _is_name(texts[at]):
            continue
        is_starred = _STARRED.search(texts[at]) is not None
        if labels[at - 1] == "B" and not (is_starred and not _is_name(texts[at - 1])):
            continue
        start = _title_above(evidence, lines, texts, labels, at, is_starred=is_starred)
        if start is not None:
            labels[start:at] = ["T"] * (at - start)


def _labelled(labels: Sequence[str], label: str) -> list[int]:
    """Where this label stands."""
    return [at for at, own in enumerate(labels) if own == label]


def _is_name(text: str) -> bool:
    """Whether a line has the form of a name, or of several."""
    return any(row.name in _NAMES and row.regex.match(text) for row in OF_SIGNS.rows(text))


def _find_mastheads(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """Issue, pages or address of an article above its title are no lines of it."""
    for at in _labelled(labels[:-1], "T"):
        if (at and labels[at - 1] == "T") or not any(row.match(texts[at]) for row in _MASTHEAD):
            continue
        behind = at + 1
        while behind < len(lines) - 1 and labels[behind] == "X":
            behind += 1
        if labels[behind] == "T" and lines[behind].page == lines[at].page:
            labels[at] = "X"


def _find_title_pages(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """On a title page the words above the author's name belong to it; for what degree and when it was written does not."""
    for at in _labelled(labels, "B"):
        if at and labels[at - 1] in "TA" and BY_ALONE.fullmatch(texts[at - 1]):
            labels[at - 1] = "B"
    for at, line in enumerate(lines):
        if line.page > _TITLE_PAGES:
            break
        is_dated = labels[at] == "A" and (is_issue_line(texts[at]) or _PLACE_AND_YEAR.fullmatch(texts[at]))
        if at and (is_dated or (labels[at] in "TAB" and _DEGREE.match(texts[at]))):
            labels[at] = "X"


def _find_titles_below_notes(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """Lines from one that names volume and issue to a byline with its institution are no end of the notes above."""
    for found in _BYLINE_BELOW_NOTE.finditer("".join(labels)):
        byline = found.start()
        above = range(max(0, byline - _TITLE_LINES), byline)
        first = next((at for at in above if _IMPRINT.match(texts[at])), byline)
        one_page = first < byline and lines[first].page == lines[byline].page
        if one_page and set(labels[first:byline]) <= set("Nn") and not texts[byline - 1].endswith(_STOPS):
            labels[first:byline] = ["T"] * (byline - first)


def _find_title_lines(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A line with a small word that no name holds, between a title and a byline, is a line of the title, where no
    institution stands above it."""
    for found in _BYLINES_BELOW_TITLE.finditer("".join(labels)):
        start, end = found.span()
        last = end - (labels[end - 1] == "T" or not _is_worded(texts[end - 1]) or not texts[end - 1].isupper())
        named = next((at for at in range(start, last) if _INSTITUTION.match(texts[at])), last)
        worded = [
            at
            for at in range(start, named)
            if _is_worded(texts[at], in_capitals=labels[at] == "B") and not set(texts[at]) & set(",(（")
        ]
        if worded and labels[worded[-1]] == "A" and any(map(_is_surely_name, texts[start : worded[-1]])):
            continue  # an institution without a word for one
        if worded and lines[worded[-1]].page == lines[start - 1].page:
            labels[start : worded[-1] + 1] = ["T"] * (worded[-1] + 1 - start)


def _is_surely_name(text: str) -> bool:
    """Whether a line is a name of two words or more, none of them known."""
    return " " in text and _is_name(text) and people_in(text) == "none"


def _is_worded(text: str, *, in_capitals: bool = True) -> bool:
    """Whether a line has a small word that no name holds, or, if asked for, has it in capitals."""
    if in_capitals and text.isupper():
        return not _SMALL_WORDS.isdisjoint(text.split())
    return people_in(text) == "small"


def _find_first_title_lines(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """Lines above a title with its byline below, taken for names, are its first ones if they have words that no name
    holds, and no institution."""
    for found in _NAMES_ABOVE_TITLE.finditer("".join(labels)):
        start, end = found.span()
        on_page = lines[start].page == lines[end].page and lines[end].index - lines[start].index == end - start
        own = texts[start:end]
        if on_page and people_in(own[0].rstrip(",:- ")) == "small" and not any(map(_INSTITUTION.match, own)):
            labels[start:end] = ["T"] * (end - start)


def _find_starred_names(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A name alone on its line whose star has its note at the foot of the page, below a head: an author and a title."""
    noted = {lines[at].page: at for at, text in enumerate(texts) if text[0] in _STARS and _STARRED_NOTE.match(text)}
    for at in range(1, len(lines)) if noted else ():
        if labels[at] == "B" or noted.get(lines[at].page, 0) <= at or labels[at - 1] not in "HhT":
            continue
        if not _STARRED.search(texts[at]) or not _is_name(texts[at]):
            continue
        labels[at] = "B"
        if at + 1 < len(labels) and labels[at + 1] == "p":
            labels[at + 1] = "P"
        above = at - 1
        while above >= 0 and labels[above] in "Hh":
            labels[above] = "T"
            above -= 1


def _find_heads_below(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A line of plain words right below an institution, above the text, is the first head: institutions have names."""
    for found in _LINE_ABOVE_TEXT.finditer("".join(labels)):
        at = found.start()
        if lines[at + 1].page != lines[at - 1].page:
            continue
        above, text = texts[at - 1], texts[at]
        if not _INSTITUTION.match(above) or above.endswith(_GOES_ON) or _INSTITUTION.match(text):
            continue
        plain = [word for word in text.split() if word.isalpha() and word.islower() and len(word) > 3]
        if len(plain) > 1 and text[0].isupper() and not text.endswith(_STOPS):
            labels[at] = "H"


def _title_above(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int, *, is_starred: bool
) -> int | None:
    """Where the few lines between a byline and the space above it begin, if they can be a title.

    Above a starred name without space the end of a sentence or of a note does, and the title may ask.
    """
    columns = evidence.lines
    if is_starred:
        found = _title_above(evidence, lines, texts, labels, at, is_starred=False)
        if found is not None:
            return found
    start = at
    while True:
        start -= 1
        index = lines[start].index
        if note_label_of(texts[start])[1] or columns.advance[index] * 100 > evidence.measures[index] * _FULL:
            return None
        if start == 0 or lines[start - 1].page != lines[start].page or evidence.is_apart(index):
            break
        if is_starred and (labels[start - 1] in "NnRr" or texts[start - 1].endswith(_STOPS)):
            break
        if at - start == _TITLE_LINES:
            return None
    behind = at
    while behind < len(labels) and labels[behind] in "BA":
        behind += 1
    has_own = behind < len(labels) and labels[behind] == "T"
    ended = texts[at - 1].endswith(_STOPS) and not (is_starred and texts[at - 1].endswith(_ASKS))
    return None if has_own or ended else start
