"""Stage 3: every line of running text labelled jointly, and blocks made of the labels.

A block never reaches over a page's end or round forme work; one that goes on from the text before it is
marked `continued` and united by `flows`.  Left alone: forme work; the order of everything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add

import numpy as np

from ...evidence import Evidence
from ...model import Block, Changes, Document, Edit, Rule
from ...options import Options
from ..journal_names import JOURNAL
from ..patterns import SIGNS, label_of, label_shown
from ..title_lines import is_issue_line
from .byline_ends import continued_bylines, continued_institutions
from .bylines import BY_ALONE
from .cut_words import give_back_cut_words, join_cut_words
from .decode import decode, load_weights
from .features import Line, find_features, text_lines
from .hard import fix_certain
from .mend import mend
from .note_marks import is_notes_head, is_references_head
from .set_apart import mend_set_apart
from .sidebars import ITEM
from .unwrapped import is_unwrapped, label_unwrapped

DROP_CAPITAL = Rule("drop-capital", "joined", 92, "A large initial letter, set apart from the word it begins.")
# What stands behind a drop capital: small letters, or the rest of its word in capitals.
_BEHIND_INITIAL = re.compile(r"[a-zà-ÿ’']|[A-Z]{1,9}(?:\s|[,;])")
_SMALL_CAPITALS = re.compile(r"[A-Z]{1,9}(?=[\s,;])")
KINDS = {
    "T": "title", "B": "byline", "A": "affiliation", "H": "head", "P": "p", "N": "note", "C": "matter",
    "X": "abstract", "R": "bibl", "F": "caption", "M": "table", "L": "label", "I": "fw",
}  # fmt: skip
CONTINUED = "continued"
IMPRINT = "I"
_SENTENCES = {
    "T": "A title, from its place and the lines around it.",
    "B": "A byline, from its place and form.",
    "A": "An affiliation, from its place and words.",
    "H": "A head, from its form and the lines around it.",
    "P": "A paragraph, from its first line and the line before it.",
    "N": "A note, from its label, place and words.",
    "C": "An entry of a contents page.",
    "X": "Front matter: abstract, keywords and the like.",
    "R": "A reference of a bibliography.",
    "F": "A caption.",
    "M": "A table or a formula.",
    "L": "The printed head of notes or references.",
    "I": "A line of the journal's own: volume, issue, date.",
}
_NAMES = {"X": "front-matter-lines", "P": "paragraph-lines", IMPRINT: "imprint-line"}
RULES = {
    label: Rule(_NAMES.get(label, f"{kind}-lines"), "dropped" if label == IMPRINT else "kept", 90, _SENTENCES[label])
    for label, kind in KINDS.items()
}  # fmt: skip
UNWRAPPED = 88  # certainty of labels where no line is wrapped
# Certainty, per cent, for margins of the labelling, below the first and from each on: the shares of right paragraphs,
# heads and other labels on layouts that the weights were not trained on (bench/RESULTS.md).
_MARGINS = (3000, 4500, 7500, 11250, 16500, 22500)
_CERTAINTIES = (45, 65, 74, 88, 95, 98, 99)
_OF_PARAGRAPHS, _OF_HEADS = (65, 80, 87, 94, 98, 99, 99), (54, 76, 76, 76, 95, 97, 98)
_OF_IMPRINTS = (72, 80, 90, 90, 90, 90, 90)
_BY_LABEL = {"P": _OF_PARAGRAPHS, "p": _OF_PARAGRAPHS, "H": _OF_HEADS, "h": _OF_HEADS, IMPRINT: _OF_IMPRINTS}

_LONGEST_MASTHEAD = 6  # lines of one, down to that of the issue
_MASTHEAD = 2  # lines of one, across all columns
_BY_NAME = {row.name: row.regex for row in SIGNS}
_YEAR_ALONE = re.compile(r"[（(]?(?:1[5-9]|20)\d\d\s*年?[)）]?$")
_DOI_ALONE = re.compile(r"(?:doi:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_DATED = re.compile(r"(?:submitted|received|revised|accepted|published)\b", re.IGNORECASE)
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d$")
_FRONT_STARTS = ("abstract", "keywords", "meta")
# Labels of two lines right below each other that belong to one block: always, and as their text has it.
_GOES_ON = frozenset(("Hh", "hh", "Pp", "pp", "Nn", "nn", "Rr", "rr", "MM"))
# Bylines broken between two names or within one: the surname alone, with its marker, before the next name or the end.
_CUT_IN_NAMES = (",", "，", "、", " and", "&", "和", "-", "\u00ad", "\ufffe", "/", " et", " und")
_SURNAME = re.compile(r"[^\W\d_a-z][\w'’-]+\s*[\d*†‡]+(?:,|$)")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?)+[A-ZÀ-Þ]")  # behind a given name on a line of its own
_CAN_GO_ON = frozenset(("TT", "BB", "AA", "XX", "FF"))


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Blocks for all running text."""
    lines = lines_of(document, evidence)
    if not lines:
        return Changes()
    if is_unwrapped(evidence):
        labels = label_unwrapped(evidence, lines)
        found = [
            block_of(evidence, lines, labels, start, end, UNWRAPPED)
            for start, end in _stretches(evidence, lines, labels)
        ]
        return Changes(blocks=(*document.blocks.values(), *found))
    new_page = [False, *(line.place == 0 for line in lines[1:])]
    weights = load_weights()
    features = find_features(evidence, lines)
    labels, margins = decode(weights, weights.network.score(features), new_page)
    fix_certain(evidence, lines, labels, features)
    mend(evidence, lines, labels)
    mend_set_apart(evidence, lines, labels)
    give_back_cut_words(evidence, lines, labels)
    join_cut_words(evidence, lines, labels)
    initials = _set_initials(evidence, lines, labels)
    set_imprints_apart(evidence, lines, labels)
    _name_note_heads(evidence, lines, labels)
    classes = np.searchsorted(_MARGINS, margins, side="right").tolist()
    found = [
        block_of(evidence, lines, labels, start, end, _certainty(labels, classes, start, end - 1))
        for start, end in _stretches(evidence, lines, labels)
    ]
    edits = tuple(edit for at in initials for edit in _join_initial(evidence, lines[at].index))
    return Changes(edits=edits, blocks=(*document.blocks.values(), *found))


def _set_initials(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> list[int]:
    """Drop capitals: a single capital on a line of its own, and the text it belongs to below; their indices."""
    texts = evidence.lines.text
    found = []
    for at in range(len(lines) - 1):
        text = texts[lines[at].index]
        if len(text) > 1 or not (text.isupper() and text.isascii()):
            continue
        adjacent = lines[at + 1].index == lines[at].index + 1 and lines[at + 1].page == lines[at].page
        if not (adjacent and _BEHIND_INITIAL.match(texts[lines[at + 1].index])):
            continue
        if labels[at + 1] in "Pp" or labels[at] in "Pp":
            labels[at], labels[at + 1] = "P", "p"
            found.append(at)
    return found


def _join_initial(evidence: Evidence, line: int) -> list[Edit]:
    """The line end behind a drop capital goes, and the small capitals behind it become small letters."""
    lines = evidence.lines
    start, end = lines.end[line], lines.start[line + 1]
    edits = [Edit(start, end, "", DROP_CAPITAL, DROP_CAPITAL.certainty)]
    capitals = _SMALL_CAPITALS.match(lines.text[line + 1])
    source = evidence.source.text
    if capitals and source[end : end + capitals.end()] == capitals.group():
        edits.append(Edit(end, end + capitals.end(), capitals.group().lower(), DROP_CAPITAL, DROP_CAPITAL.certainty))
    return edits


def _name_note_heads(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A line that is nothing but `Notes`, `References`, `注释` heads a list, whatever it was taken for."""
    texts, match = evidence.lines.text, _BY_NAME["notes-head"].match
    for at, line in enumerate(lines):
        if labels[at] in "HPTAL" and match(texts[line.index]):
            labels[at] = "L"
            if at + 1 < len(labels) and labels[at + 1] in "hp" and lines[at + 1].page == line.page:
                labels[at + 1] = labels[at + 1].upper()


def set_imprints_apart(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A short line at a page's edge that names volume or issue is no title: the journal's own line.

    So are the journal's name alone above it, at the very top, and the year alone below.
    """
    columns = evidence.lines

    def set_apart(at: int) -> None:
        labels[at] = IMPRINT
        if at + 1 < len(labels) and labels[at + 1] in "hp" and lines[at + 1].page == lines[at].page:
            labels[at + 1] = labels[at + 1].upper()

    for at in range(_masthead(evidence, lines, labels)):
        set_apart(at)
    edges = _at_edges(lines)
    for at in sorted(edges.union(at for at, label in enumerate(labels[1:]) if label == "T")):
        line, near = lines[at], at in edges
        if not near and labels[at + 1] != "T":
            continue
        behind_label = labels[at + 1] if at + 1 < len(labels) else "L"
        short = columns.advance[line.index] * 10 < evidence.measures[line.index] * 11 or line.index < _MASTHEAD
        text = columns.text[line.index]
        above_title = behind_label == "T" and labels[at] not in "pXNnRr"
        alone = labels[at] in "TBAHC" or (labels[at] in "PX" and behind_label not in "pnXr")
        if not (short and (above_title or (near and alone)) and not text[0].islower()):
            continue
        if not (_BY_NAME["imprint"].match(text) or (line.place == 0 and _YEAR_ALONE.match(text))):
            continue
        set_apart(at)
        behind = at + 1
        if (
            behind < len(lines)
            and labels[behind] == "T"
            and JOURNAL.search(columns.text[lines[behind].index])
            and line.place == 0
        ):
            set_apart(behind)
        if line.place == 1 and (
            labels[at - 1] == "C"
            or (labels[at - 1] == "T" and columns.advance[lines[at - 1].index] * 2 < evidence.measures[line.index])
        ):
            set_apart(at - 1)
        if (
            at + 1 < len(lines)
            and lines[at + 1].page == line.page
            and _YEAR_ALONE.match(columns.text[lines[at + 1].index])
        ):
            set_apart(at + 1)


def _masthead(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> int:
    """How many lines at the very top are the journal's: short ones down to that of the issue, a title below."""
    columns = evidence.lines
    for at, line in enumerate(lines[:_LONGEST_MASTHEAD]):
        is_short = columns.advance[line.index] * 10 < evidence.measures[line.index] * 9
        text = columns.text[line.index]
        is_imprint = _BY_NAME["imprint"].match(text) is not None or is_issue_line(text)
        if line.page != lines[0].page or not is_short or not (labels[at] in "TABHNI" or is_imprint or text.isdigit()):
            return 0
        if at and is_imprint:
            return at + 1 if "T" in labels[at + 1 : at + 4] else 0
    return 0


def _at_edges(lines: Sequence[Line]) -> set[int]:
    """The first three lines of every page and the last two."""
    found: set[int] = set()
    end = 0
    while end < len(lines):
        start, end = end, end + lines[end].left + 1
        found.update(range(start, min(start + 3, end)), range(max(start, end - 2), end))
    return found


def lines_of(document: Document, evidence: Evidence) -> list[Line]:
    """Lines that are not forme work, with their pages."""
    starts = [mark.start for mark in document.marks if mark.tag == "pb"]
    forme = {block.start for block in document.blocks.values() if block.kind == "fw"}
    columns = evidence.lines
    pages: list[int] = []
    for page, start in enumerate((*starts[1:], *columns.end[-1:])):
        pages += [page] * (bisect_left(columns.start, start) - len(pages))
    return text_lines(pages, [*map(forme.__contains__, columns.start)])


def _certainty(labels: Sequence[str], classes: Sequence[int], *ats: int) -> int:
    """Per cent for the least certain of some lines, by the classes of their margins and the labels that came of them."""
    return min(_BY_LABEL.get(labels[at], _CERTAINTIES)[classes[at]] for at in ats)


def _stretches(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Where blocks begin and end."""
    starts = [0]
    further = continued_bylines(evidence, lines, labels) | continued_institutions(evidence, lines, labels)
    for at, (before, line, pair) in enumerate(zip(lines, lines[1:], map(add, labels, labels[1:]), strict=False), 1):
        below = line.place and line.index == before.index + 1
        always = pair in _GOES_ON or at in further
        if not (below and (always or (pair in _CAN_GO_ON and _goes_on(evidence, before, line, labels[at])))):
            starts.append(at)
    return pairwise((*starts, len(lines)))


def _goes_on(evidence: Evidence, before: Line, line: Line, label: str) -> bool:
    """Whether a line goes on with the block of the line right above it, which has the same label."""
    columns = evidence.lines
    above, text = columns.text[before.index], columns.text[line.index]
    if label == "T":
        return not _BY_NAME["subtitle"].match(text)
    if label == "B":
        cut = above.endswith(_CUT_IN_NAMES) or text.startswith(("and ", "&", "和")) or BY_ALONE.fullmatch(above)
        surname = len(above.split()) > 2 and _SURNAME.match(text) is not None
        return (
            bool(cut) or surname or (" " not in above and (_INITIALS.match(text) is not None or above.lower() == "and"))
        )
    if label == "A":
        return not evidence.is_apart(line.index)
    if label == "X":
        if _DOI_ALONE.fullmatch(above) or (_DATED.match(above) and _YEAR_AT_END.search(above) and text[0].isupper()):
            return False
        return not (ITEM.match(text) or any(_BY_NAME[name].match(text) for name in _FRONT_STARTS))
    return not _BY_NAME["caption"].match(text)


def block_of(
    evidence: Evidence, lines: Sequence[Line], labels: Sequence[str], start: int, end: int, certainty: int
) -> Block:
    """The block of the lines in [start, end), of the kind of its first line's label."""
    columns = evidence.lines
    first, last = lines[start].index, lines[end - 1].index
    own = labels[start]
    label = own.upper()
    text = columns.text[first]
    kind, n, of_type = KINDS[label], "", "" if label == own else CONTINUED
    if kind == "note" and not of_type:
        n, of_type = label_shown(text), "bottom"
    elif kind == "head":
        n = label_of(text)
    elif kind == "matter":
        of_type = "contents"
    elif kind == "fw":
        of_type = "header"
    elif kind == "label":
        above_references = labels[end : end + 1] == ["R"] and not is_notes_head(text)
        of_type = "references" if above_references or is_references_head(text) else "notes"
    span = (columns.start[first], columns.end[last])
    return Block(f"b{first}", kind, (span,), RULES[label], certainty, n=n, type=of_type)
