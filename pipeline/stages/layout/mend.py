"""What must hold of labels on a page and the labelling by itself does not know; put right line by line.

Each function looks for one contradiction: half a title in the middle of a note, a byline that is a line of text,
a subtitle taken for something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..forme import is_byline
from ..institutions import INSTITUTION, names_workplace
from ..patterns import SIGNS, label_shown
from ..people import people_in
from .address_lists import find_address_lists
from .among_formulas import mend_words_among_formulas
from .by_lines import find_by_lines
from .bylines import mend_bylines
from .displaced_titles import find_displaced_titles
from .false_imprints import give_back_false_imprints
from .features import Line, are_adjacent
from .listed_names import mend_listed_names
from .listed_titles import mend_listed_titles
from .mailed_names import mend_mailed_names
from .mastheads import find_mastheads
from .missing_text import find_missing_text
from .note_ends import CLOSED, MARKERS, find_rests_of_notes, give_back_citing_text, part_misread_notes
from .open_titles import mend_open_titles
from .records import mend_appearances, mend_records, mend_rights_at_feet
from .repeated_titles import find_repeated_titles
from .run_in_heads import find_run_in_heads
from .running_names import find_running_names
from .sentences import give_back_sentences
from .sidebars import mend_sidebars
from .small_type import mend_by_type
from .stacked_names import mend_stacked_names
from .title_parts import mend_title_parts
from .torn_names import mend_torn_names

_BY_NAME = {row.name: row.regex for row in SIGNS}
_FIELDS = ("abstract", "keywords", "meta")
_SUBTITLE = 3  # lines of a subtitle at the most
_SHORT = 60  # per cent of the measure below which a line is a short one
# Where labels, one below the other, can contradict each other: the line in question has the label that is matched.
_BELOW_TITLE = re.compile("(?<=T)[^TB](?=.)")
_WITHIN_TITLE = re.compile("(?<=T)(?:[PHpA](?=T)|p(?=B))")
_NOTE_ABOVE_TITLE = re.compile("(?<=[Nn])N(?=T)")
_SECOND_TITLE_LINE = re.compile("(?<=T)T(?=TB)")
_FRONT_ABOVE_TEXT = re.compile("[TBA](?=p)")
_TEXT_BELOW_HEAD = re.compile("(?<=[Hh])p")
_REFERENCE_BELOW_TEXT = re.compile("(?<=[Pp])Rr*(?![Rr])")
_ASKS, _COLONS = tuple("?？!！"), tuple(":：")
_ABOVE_ENTRIES = re.compile("T(?=C)")
_LEADER = re.compile(r"\.{6,}|…{4,}|(?:\. ){6,}|·{6,}|(?:… ){4,}")
_WITHIN_TEXT = re.compile("(?<=[Pp])(?:C(?=[Pp])|X(?=p))")
_BELOW_ABSTRACT = re.compile("(?<![Pp])(X+)p+(?=H)")
_ABOVE_NAMES = re.compile("(?<=T)A(?=B)")
_ABSTRACT_AND_TEXT = re.compile("X+([Pp]+)(?=H)")
_FIRST_HEAD = re.compile(
    r"(?:(?:[1I]\b|§ ?1\b|一)[.、]?\s*)?(?:introduction|einleitung|einführung|introducción|introduzione|引\s*言|绪\s*论|緒\s*論|前\s*言|导\s*论|導\s*論)\b"
    r"|1[.:]? ?$",  # a head of other words may follow text without a head
    re.IGNORECASE,
)
_MOST_OF_ABSTRACT = 20  # lines of text between an abstract and the first head that are of it
_NAMELESS = re.compile("(?<![TBA])T+A{1,2}(?=P)")


def mend(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    find_mastheads(evidence, lines, labels)
    mend_records(evidence, lines, labels)
    find_repeated_titles(evidence, lines, labels)
    mend_torn_names(evidence, lines, labels)
    mend_title_parts(evidence, lines, labels)
    find_by_lines(evidence, lines, labels)
    mend_bylines(evidence, lines, labels)
    mend_stacked_names(evidence, lines, labels)
    find_address_lists(evidence, lines, labels)
    find_displaced_titles(evidence, lines, labels)
    _mend_first_title_lines(evidence, lines, labels)
    _mend_lines_within_titles(evidence, lines, labels)
    _mend_subtitles(evidence, lines, labels)
    _mend_stacked_bylines(evidence, lines, labels)
    _mend_titles_without_names(evidence, lines, labels)
    mend_listed_names(evidence, lines, labels)
    mend_open_titles(evidence, lines, labels)
    mend_mailed_names(evidence, lines, labels)
    find_running_names(evidence, lines, labels)
    mend_sidebars(evidence, lines, labels)
    mend_listed_titles(evidence, lines, labels)
    give_back_sentences(evidence, lines, labels)
    find_rests_of_notes(evidence, lines, labels)
    give_back_citing_text(evidence, lines, labels)
    part_misread_notes(evidence, lines, labels)
    _mend_lone_references(evidence, lines, labels)
    _mend_questions(evidence, lines, labels)
    _mend_cut_abstracts(evidence, lines, labels)
    find_missing_text(evidence, lines, labels)
    find_run_in_heads(evidence, lines, labels)
    mend_words_among_formulas(evidence, lines, labels)
    _mend_heads_over_pages(evidence, lines, labels)
    _mend_openings(evidence, lines, labels)
    _mend_contents(evidence, lines, labels)
    _mend_lines_within_text(evidence, lines, labels)
    give_back_false_imprints(evidence, lines, labels)
    mend_rights_at_feet(evidence, lines, labels)
    mend_appearances(evidence, lines, labels)
    mend_by_type(evidence, lines, labels)


def _places(labels: Sequence[str], form: re.Pattern[str]) -> list[int]:
    """Where the labels, read as one string, have this form."""
    return [found.start() for found in form.finditer("".join(labels))]


def _mend_subtitles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines between a title and its byline, the first of which begins with a dash, are the subtitle."""
    for at in _places(labels, _BELOW_TITLE):
        if not _BY_NAME["subtitle"].match(evidence.lines.text[lines[at].index]):
            continue
        end = at + 1
        while end < len(lines) and labels[end] not in "TB" and are_adjacent(lines, end - 1):
            end += 1
        if end < len(lines) and end - at <= _SUBTITLE and are_adjacent(lines, end - 1):
            labels[at:end] = ["T"] * (end - at)


def _mend_first_title_lines(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A note without a label that stands apart from the notes above, close above a title, is its first line."""
    columns = evidence.lines
    for at in _places(labels, _NOTE_ABOVE_TITLE):
        line = columns.text[lines[at].index]
        apart = columns.gap[lines[at].index] > columns.gap[lines[at + 1].index]
        if apart and are_adjacent(lines, at) and not line.endswith(CLOSED) and not label_shown(line):
            labels[at] = "T"


def _mend_lines_within_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A short open line between two lines of a title, as close to both, is one of its lines; so is what was taken for
    an institution and names none."""
    columns = evidence.lines
    for at in _places(labels, _WITHIN_TITLE):
        line = lines[at].index
        close = columns.gap[line] <= columns.gap[line + 1] and are_adjacent(lines, at - 1) and are_adjacent(lines, at)
        short = columns.advance[line] * 100 < evidence.measures[line] * _SHORT or labels[at] == "A"
        named = labels[at] == "A" and INSTITUTION.search(columns.text[line]) is not None
        if close and short and not named and not columns.text[line].endswith(CLOSED):
            labels[at] = "T"


def _mend_titles_without_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines right below a title, above text, that name no institution where nobody is named either: of the title.  So is
    one between the title and names."""
    texts = evidence.lines.text
    for at in _places(labels, _ABOVE_NAMES):
        text = texts[lines[at].index]
        if are_adjacent(lines, at - 1) and are_adjacent(lines, at) and not names_workplace(text) and text[0].isalpha():
            labels[at] = "T" if not evidence.is_apart(lines[at].index) else labels[at]
    for found in _NAMELESS.finditer("".join(labels)):
        start, end = found.span()
        start += len(found[0].rstrip("A"))
        below = range(start, end)
        close = all(are_adjacent(lines, at - 1) and not evidence.is_apart(lines[at].index) for at in below)
        if close and not any(INSTITUTION.search(texts[lines[at].index]) for at in below):
            labels[start:end] = ["T"] * (end - start)


def _mend_questions(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Who asks or calls out is not named: such a line is no byline and no affiliation, nor is a Chinese sentence
    without an institution, nor one that addresses somebody, right above text."""
    for at in [at for at, label in enumerate(labels) if label == "A" or label == "B"]:
        label, text = labels[at], evidence.lines.text[lines[at].index]
        is_sentence = text.endswith(_ASKS) or (label == "B" and _is_lone_sentence(labels, at, text))
        is_sentence |= label == "A" and text.rstrip(MARKERS).endswith("。") and not INSTITUTION.search(text)
        greets = label == "B" and text.endswith(_COLONS) and labels[at + 1 : at + 2] == ["P"] and not is_byline(text)
        if is_sentence or greets:
            is_head = label == "B" and not text.endswith(CLOSED) and labels[at + 1 : at + 2] == ["P"]
            labels[at] = "H" if is_head else "P"


def _is_lone_sentence(labels: Sequence[str], at: int, text: str) -> bool:
    """Whether a line above text, with neither title nor institution beside it, has words that no names have."""
    if not at or labels[at - 1] in "TBA" or at + 1 == len(labels) or labels[at + 1] != "P":
        return False
    return people_in(text) == "small" and not _BY_NAME["by"].match(text)


def _mend_cut_abstracts(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines that go on right below an abstract down to a head, with no new paragraph, are of it; new ones too, where the
    head is that of the introduction, or a first one."""
    for found in _BELOW_ABSTRACT.finditer("".join(labels)):
        start, end = found.span()
        first = found.end(1)
        if not all(are_adjacent(lines, row - 1) for row in range(first, end)):
            continue
        begins = any(
            _BY_NAME[sign].match(evidence.lines.text[lines[at].index]) for at in range(start, first) for sign in _FIELDS
        )
        if begins:
            labels[first:end] = ["X"] * (end - first)
    for found in _ABSTRACT_AND_TEXT.finditer("".join(labels)):
        first, end = found.span(1)
        rows = range(found.start(), first)
        signs = [sign for at in rows for sign in _FIELDS if _BY_NAME[sign].match(evidence.lines.text[lines[at].index])]
        close = end - first <= _MOST_OF_ABSTRACT and all(are_adjacent(lines, at - 1) for at in range(first, end + 1))
        if close and signs[-1:] == ["abstract"] and _FIRST_HEAD.match(evidence.lines.text[lines[end].index]):
            labels[first:end] = ["X"] * (end - first)


def _mend_stacked_bylines(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A name above an institution at the end of a title, with a byline below: the first of several authors."""
    texts = evidence.lines.text
    for at in _places(labels, _SECOND_TITLE_LINE):
        if not all(are_adjacent(lines, at + k) for k in (-1, 0, 1)):
            continue
        name, institution = texts[lines[at].index], texts[lines[at + 1].index]
        if _BY_NAME["affiliation"].match(institution) and any(
            _BY_NAME[sign].match(name) for sign in ("name", "name-han")
        ):
            labels[at : at + 2] = ["B", "A"]


def _mend_lone_references(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """One reference right below text, with a label, is a note at the foot of its page: a list has more, and a head."""
    for found in list(_REFERENCE_BELOW_TEXT.finditer("".join(labels))):
        at, end = found.span()
        ends_page = end == len(lines) or lines[end].page != lines[at].page or labels[end] == "T"
        if ends_page and lines[at - 1].page == lines[at].page and label_shown(evidence.lines.text[lines[at].index]):
            labels[at:end] = ["N", *"n" * (end - at - 1)]


def _mend_heads_over_pages(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A head at a page's foot that a small letter goes on from on the next page begins a paragraph."""
    texts = evidence.lines.text
    for at in _places(labels, _TEXT_BELOW_HEAD):
        if not texts[lines[at].index][0].islower():
            continue
        above = at - 1
        while labels[above] == "h":
            labels[above] = "p"
            above -= 1
        labels[above] = "P"


def _mend_openings(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A line that text goes on from right below begins that text, whatever else it was taken for.

    Below a byline only where small letters go on: a title does not break off so, nor what is no institution.
    """
    texts = evidence.lines.text
    for at in _places(labels, _FRONT_ABOVE_TEXT):
        alone = not at or labels[at - 1] not in "TBAPp"
        named = at and labels[at - 1] in "BA" and labels[at] in "TA"
        goes_on = named and texts[lines[at + 1].index][0].islower() and not is_byline(texts[lines[at].index])
        if (alone or goes_on) and are_adjacent(lines, at):
            labels[at] = "P"


def _mend_lines_within_text(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """One line between lines of text, as an entry of the contents or front matter, is text, where no entry has leaders."""
    texts = evidence.lines.text
    for at in _places(labels, _WITHIN_TEXT):
        within = are_adjacent(lines, at - 1) and are_adjacent(lines, at)
        if within and not _BY_NAME["leader"].match(texts[lines[at].index]):
            labels[at] = "P" if texts[lines[at - 1].index].rstrip(MARKERS).endswith(CLOSED) else "p"


def _mend_contents(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines with leaders among entries are entries too; `Contents` above entries is their head."""
    if "C" not in labels:
        return
    texts = evidence.lines.text
    listed = {line.page for line, label in zip(lines, labels, strict=True) if label == "C"}
    for at, line in enumerate(lines):
        if line.page in listed and labels[at] != "C" and _LEADER.search(texts[line.index]):
            labels[at] = "C"
    for at in _places(labels, _ABOVE_ENTRIES):
        if _BY_NAME["contents"].fullmatch(texts[lines[at].index]):
            labels[at] = "C"  # their head
