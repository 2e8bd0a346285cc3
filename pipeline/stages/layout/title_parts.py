"""Lines of title blocks that their own form gives away, whatever they were labelled: bylines with a sign, a word or
affiliations in brackets, over several lines; dates; heads of abstracts; keys of affiliations on lines of their own.

Only lines in title blocks and right beside them are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from ...evidence import HAN, Evidence
from ..front.beside import WITH, behind_commas, in_brackets, is_person
from ..front.bylines import BY, is_marked, names_in
from ..institutions import INSTITUTION, names_workplace
from ..patterns import SIGNS
from ..people import SMALL, people_in
from ..title_lines import is_issue_line
from .byline_ends import MOST, depth_of, end_of_byline, join_lines
from .features import Line

_TITLE_PARTS = "TBA"
_ENDS_ARTICLES = frozenset("PpNnRrI")  # labels that the last lines of an article can have
(_OFFICE,) = [row.regex for row in SIGNS if row.name == "byline-han"]
_ABOVE, _BELOW = 2, 2  # further lines that can belong to a title block, above and below
_LISTED = re.compile(r"[,;@(（/]")  # signs between names or beside them
_FEWEST = 3  # words that a title of small letters has more of
_LONGEST = 160  # characters of one line of it
_WHOLE = re.compile(r"[（(][^()（）]{3,60}[）)]$|[\u3400-\u9fff]{4,24}(?:[，,]\s?[\u3400-\u9fff]{2,8}\s?\d{6})?$")
_IN_BRACKETS = re.compile(r"[（(][^()（）]{3,60}[）)]$")
_TITLED = re.compile(r"(?:[^\W\d_][\w’'-]* ){3,}[\w’'-]+: [^\W\d_]")
# The first of institutions with keys in brackets, and names with raised keys right behind each.
_FIRST_KEY = re.compile(r"\(1\)\s?[^\W\d_a-z]")
_KEYED = re.compile(r"(?:(?:[^\W\d_a-z][\w’'.-]*[^\W\d_]\.? ){1,3}[^\W\d_a-z][\w’'-]*[^\W\d_]\d(?:,\d)*,? ?)+")
_KEY_AT_END = re.compile(r"[^\W\d_].* [–—;] \d{1,2}$")
_KEY, _OWN_KEY = re.compile(r"\d{1,2}$"), re.compile(r"\d{1,2} (?=[^\W\d_a-z])")
IMPRINT = "I"
_VOLUME = re.compile(
    r"\b(?:vol(?:ume)?|no|nr|issue|number|heft|band|jahrgang|jg|bd|tome|t|fasc|numéro)\b|n°|\d\s*\(\d{4}\)|\d:\d|第|\d{4}[年.]\d|\d年",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:received|accepted|revised|published|submitted|eingegangen|eingereicht|angenommen|veröffentlicht|reçu|publié|mis en ligne|收稿|修回)\b.{0,12}\d|收稿日期|修回日期|ISSN\b",
    re.IGNORECASE,
)
_KEYWORDS_ALONE = re.compile(
    r"(?:key\s*-?words?(?: and phrases)?|index terms|schlagw[oö]rter|schlüsselwörter|mots[- ]cl[ée]f?s|palabras clave)\s*[:.：]?",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"(?:(?:academic|action|associate|guest|handling|managing|series|volume) )?editors?(?: in chief)?\s*:\s*\S|edited by:? [A-Z]|communicated by:? [A-Z]"
    r"|herausgegeben von:? [A-Z]|责任编辑\s*[:：]|責任編輯\s*[:：]",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"[\[【（(]?\s*(?:(?:abstract|summary|zusammenfassung|résumé|ABSTRACT|SUMMARY|ZUSAMMENFASSUNG|RÉSUMÉ|Abstract|Summary|Zusammenfassung|Résumé)"
    r"(?:\s*$|\s*[.:—–\]]|\s+(?=[A-ZÀ-Þ“\"])|(?=[A-ZÀ-Þ]))|(?:摘\s*要|内容提要|內容提要|提\s*要)(?:\s*$|\s*[:：\]】]|\s+|(?=[\u4e00-\u9fff“])))"
)


def mend_title_parts(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for start, end in list(_title_blocks(lines, labels)):
        told = _find_bylines(lines, texts, labels, start, end)
        _find_institutions(lines, texts, labels, start, end, told)
        _find_names_among_titles(texts, labels, start, end)
        _find_lists_among_institutions(texts, labels, start, end)
        _find_titles_above_names(texts, labels, start, end)
        _find_title_lines_among_names(texts, labels, start, end)
        _find_keys(lines, texts, labels, start, end)
        _find_fields(texts, labels, start, end)
        _find_keywords(lines, texts, labels, start, end)
        _find_mastheads(lines, texts, labels, start, end)
        _find_titles_below_names(texts, labels, start, end)
        _close_affiliations(lines, texts, labels, start, end)


def _title_blocks(lines: Sequence[Line], labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that can belong to one title block: those labelled so, and a few beside them on the page."""
    start = end = -1
    for at, label in enumerate(labels):
        if label not in _TITLE_PARTS:
            continue
        first = _reach(lines, at, -_ABOVE)
        if first > end or end < 0:
            if end > 0:
                yield start, end
            start = first
        end = _reach(lines, at, _BELOW) + 1
    if end > 0:
        yield start, end


def _reach(lines: Sequence[Line], at: int, most: int) -> int:
    """The last line so many lines from here that stands on the page without anything between."""
    step = 1 if most > 0 else -1
    for _ in range(abs(most)):
        behind = at + step
        if not 0 <= behind < len(lines) or lines[behind].page != lines[at].page:
            break
        if abs(lines[behind].index - lines[at].index) != 1:
            break
        at = behind
    return at


def _find_bylines(lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int) -> set[int]:
    """Lines that are bylines by their form, to their end; what is labelled a byline right above is a title."""
    found: set[int] = set()
    at = start
    while at < end:
        behind = end_of_byline(lines, texts, labels, at)
        joined = join_lines(texts[at:behind])
        is_above_title = labels[behind : behind + 1] == ["T"] and BY.match(texts[at]) is not None
        if (
            len(joined) > _LONGEST * MOST
            or not is_marked(joined)
            or (_OWN_KEY.match(texts[at]) and INSTITUTION.search(texts[at]))
            or (labels[at] in "Nn" and texts[at][0].isdigit())
            or (labels[at] not in "BTA" and not is_above_title and not _is_affiliated(joined))
        ):
            at += 1
            continue
        if at and labels[at - 1] == "B" and at - 1 >= start and not is_marked(texts[at - 1]):
            _raise_titles(texts, labels, start, at)
        labels[at:behind] = ["B"] * (behind - at)
        found.update(range(at, behind))
        if behind < len(labels) and labels[behind] in "ph":
            labels[behind] = labels[behind].upper()
        at = behind
    return found


def _raise_titles(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """Bylines right above one of another form are lines of the title, if they name no institution."""
    at = end - 1
    while at >= start and labels[at] == "B" and not BY.match(texts[at]):
        labels[at] = "T"
        at -= 1


def _is_affiliated(text: str) -> bool:
    return bool(in_brackets(text) or behind_commas(text))


def _find_institutions(
    lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int, told: Set[int]
) -> None:
    """A short line that is nothing but an institution, right below a byline, whatever it was taken for.

    Not among the lines that were told to be bylines.
    """
    for at in range(max(1, start), end):
        if labels[at - 1] != "B" or labels[at] not in "TBNPHC" or at in told:
            continue
        above = lines[at - 1]
        if lines[at].page != above.page or lines[at].index != above.index + 1:
            continue
        goes_on = texts[at].endswith(",") and labels[at + 1 : at + 2] == ["A"]
        if labels[at] == "T" and labels[start:end].count("T") == 1 and not goes_on:
            continue  # the title itself, below its author
        if labels[at] in "TB":
            more = at + 1 < end and labels[at + 1] in "TBA"
            found = names_workplace(texts[at]) and (labels[at] == "B" or more or bool(_WHOLE.match(texts[at])))
            found = found and people_in(texts[at]) != "han"
        else:
            found = _WHOLE.match(texts[at]) is not None and INSTITUTION.search(texts[at]) is not None
        if found:
            labels[at] = "A"
            if at + 1 < len(labels) and labels[at + 1] in "pnh":
                labels[at + 1] = labels[at + 1].upper()


def _find_names_among_titles(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A title line that is nothing but several Chinese names, where no byline stands and other title lines do; or the
    name of one with what he or she is, the lines between that name no institution being of the title."""
    if "B" in labels[start:end]:
        return
    for at in range(max(1, start), end):
        if labels[at] in "TA" and _OFFICE.match(texts[at]) and people_in("".join(texts[at].split()[:-1])) == "han":
            first = at
            while first > start and labels[first - 1] == "A" and not INSTITUTION.search(texts[first - 1]):
                first -= 1
            if labels[first - 1] == "T":
                labels[first : at + 1] = ["T"] * (at - first) + ["B"]
                return
    for at in range(max(1, start), end):
        if labels[at] == "A" and labels[at - 1] == "T" and _are_persons(texts[at]):
            labels[at] = "B"
            return
    titles = [at for at in range(start, end) if labels[at] == "T"]
    for at in titles if len(titles) > 1 else ():
        names = names_in(texts[at]) if HAN.match(texts[at]) else []
        known = [name for name, _, _ in names if people_in(name) == "han"]
        if len(names) > 1 and known and all(2 <= len(name) < 5 for name, _, _ in names):
            labels[at] = "B"
            return


def _are_persons(text: str) -> bool:
    """Whether all pieces of a line are names of people."""
    names = [name for name, _, _ in names_in(text)] if not INSTITUTION.search(text) else []
    if HAN.search(text):
        return bool(names) and all(people_in(name) == "han" for name in names)
    return bool(names) and all(map(is_person, names))


def _find_lists_among_institutions(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A line taken for an institution that is nothing but several names, below a title or names: a byline."""
    for at in range(max(1, start), end):
        goes_on = labels[at - 1] == "B" and labels[at] in "AXTNH" and texts[at - 1].endswith((",", ";"))
        if goes_on and "," in texts[at] and not names_workplace(texts[at]) and _are_persons(texts[at]):
            labels[at] = "B"
        is_below = labels[at] == "A" and labels[at - 1] in "TB"
        if not is_below or "," not in texts[at] or HAN.search(texts[at]) or names_workplace(texts[at]):
            continue
        if _are_persons(texts[at]) and len(names_in(texts[at])) > 1:
            labels[at] = "B"


def _find_title_lines_among_names(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A Chinese byline that begins with no surname, right below a title line, goes on with it where another has one.

    So does one that begins with a small letter and no word for authors.
    """
    for at in range(max(1, start), end):
        is_below = labels[at] == "B" and labels[at - 1] == "T" and not HAN.search(texts[at])
        if is_below and (texts[at][0].islower() or BY.match(texts[at])) and not _is_by(texts[at]):
            labels[at] = "T"
    bylines = [at for at in range(start, end) if labels[at] == "B"]
    named = [at for at in bylines if HAN.search(texts[at]) and _is_named(texts[at])]
    for at in bylines if named else ():
        if at not in named and at and labels[at - 1] == "T" and HAN.match(texts[at]) and not BY.match(texts[at]):
            labels[at] = "T"


def _is_by(text: str) -> bool:
    """Whether a line begins with a word for authors, and what stands behind it can be names."""
    names = [name for name, _, _ in names_in(text)] if BY.match(text) else []
    is_alone = len(names) == 1 and names[0].isalpha()
    return (is_alone or any(map(is_person, names))) and not WITH.search(text)


def _is_named(text: str) -> bool:
    names = names_in(text)
    return bool(names) and people_in(names[0][0]) == "han"


def _find_keys(lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A number alone below a byline or affiliation, above an institution: its key; so at the end of an affiliation."""
    for at in range(max(1, start), min(end, len(labels) - 1)):
        if labels[at] == "B" and labels[at - 1] == "A" and _KEY_AT_END.search(texts[at - 1]):
            labels[at] = "A"
        if labels[at] == "B" and labels[at - 1] in "TB" and _FIRST_KEY.match(texts[at]):
            labels[at] = "A"
            if labels[at - 1] == "T" and labels[at - 2 : at - 1] == ["T"] and _KEYED.fullmatch(texts[at - 1]):
                labels[at - 1] = "B"
        is_key = _KEY.match(texts[at]) and labels[at - 1] in "BA" and lines[at + 1].page == lines[at].page
        if is_key and _OWN_KEY.match(texts[at + 1]):
            continue
        below = labels[at + 1] == "A" or INSTITUTION.search(texts[at + 1]) or _IN_BRACKETS.match(texts[at + 1])
        if is_key and below and len(texts[at + 1]) < _LONGEST:
            labels[at] = labels[at + 1] = "A"
            if at + 2 < len(labels) and labels[at + 2] in "pnh":
                labels[at + 2] = labels[at + 2].upper()


def _find_fields(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """Dates and heads of abstracts are no names, titles or institutions."""
    for at in range(start, end):
        if labels[at] in "TBAHPC" and at > start and _EDITED.match(texts[at]):
            labels[at] = "X"
            if labels[at + 1 : at + 2] == ["p"]:
                labels[at + 1] = "P"
        elif labels[at] in "TBAHC" and (is_issue_line(texts[at]) or _DATED.match(texts[at])):
            if (at > start and labels[at - 1] in "TBAX") or (
                labels[at + 1 : at + 2] == ["T"] and _DATED.match(texts[at])
            ):
                labels[at] = "X"
        elif labels[at] in "TBAHC" and _ABSTRACT.match(texts[at]) and at > start and labels[at - 1] in "TBAX":
            own = labels[at]
            labels[at] = "X"
            behind = at + 1
            while own in "BAC" and behind < len(labels) and labels[behind] == own:
                labels[behind] = "X"
                behind += 1
            if behind < len(labels) and labels[behind] in "pnh":
                labels[behind] = labels[behind].upper()


def _find_keywords(lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """The line below one that is nothing but `Keywords:` has them, and names nobody."""
    for at in range(start, min(end, len(labels) - 1)):
        is_head = labels[at] == "X" and _KEYWORDS_ALONE.fullmatch(texts[at]) and lines[at + 1].page == lines[at].page
        if is_head and labels[at + 1] in "TBAH":
            labels[at + 1] = "X"


def _find_mastheads(lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A line above one that names volume or issue, at the top of a title block: the journal's name, and none of it."""
    for at in range(start, min(end, len(labels) - 2)):
        if labels[at] not in "TB" or labels[at + 2] not in "TB" or not _VOLUME.search(texts[at + 1]):
            continue
        first = at == start or labels[at - 1] not in _TITLE_PARTS
        if first and lines[at + 2].page == lines[at].page and is_issue_line(texts[at + 1]):
            labels[at] = labels[at + 1] = IMPRINT


def _find_titles_above_names(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A byline of many words with a colon or small letters, right above a name and below no title line, is the title."""
    for at in range(start, min(end, len(labels)) - 1):
        is_first = not at or labels[at - 1] != "T"
        if labels[at] != "B" or labels[at + 1] != "B" or not is_first or is_marked(texts[at]):
            continue
        if _TITLED.match(texts[at]) or (_is_worded(texts[at]) and not _is_worded(texts[at + 1])):
            labels[at] = "T"


def _is_worded(text: str) -> bool:
    """Whether words in small letters stand in a line that no names hold: two of them, and four words at least."""
    words = text.split()
    small = sum(word.islower() and word.isalpha() and len(word) > 1 and word not in SMALL for word in words)
    return len(words) > _FEWEST and small >= 2 and not (_LISTED.search(text) or names_workplace(text))


def _find_titles_below_names(texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """What stands between the names and a title line, where no other does, and names no institution: title, too."""
    first = next((at for at in range(start, end) if labels[at] == "T"), 0)
    if not first:
        first = next((at for at in range(start, end) if labels[at] == "A" and INSTITUTION.search(texts[at])), start)
        names = [at for at in range(start, first) if labels[at] == "B"]
        is_titled = names and first - 1 > names[-1] and _is_below_text(labels, start, names[0])
        is_titled = is_titled and any(people_in(text) == "small" for text in texts[names[-1] + 1 : first])
        if texts[first - 1].endswith(",") or not (is_titled or any(BY.match(texts[at]) for at in names)):
            return
    at = first - 1
    while at > start and labels[at] == "A" and not (INSTITUTION.search(texts[at]) or _KEY.match(texts[at])):
        at -= 1
    if labels[at] == "B" and at + 1 < first:
        labels[at + 1 : first] = ["T"] * (first - at - 1)


def _is_below_text(labels: Sequence[str], start: int, at: int) -> bool:
    """Whether nothing but text and notes stands between the beginning of a block and here, and something does."""
    return start < at and set(labels[start:at]) <= _ENDS_ARTICLES


def _close_affiliations(lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int, end: int) -> None:
    """A line below an affiliation with an open bracket, to the one that closes it."""
    depth = 0
    for at in range(start, min(end, len(labels))):
        if depth > 0 and labels[at] in "TBPp" and ")" in texts[at].replace("）", ")"):
            labels[at] = "A"
            if at + 1 < len(labels) and labels[at + 1] in "ph":
                labels[at + 1] = labels[at + 1].upper()
        depth = max(0, depth + depth_of(texts[at])) if labels[at] == "A" else 0
