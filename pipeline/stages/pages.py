"""Stage 2: page beginnings, printed numbers and forme work, decided together over the whole source.

Changed: running heads, feet and page numbers become `fw` blocks; every page beginning becomes a `pb` mark at
the first character of the page.  Left alone: a number or a short line inside a page, and any line at an edge
that does not look enough like forme work.  Numbers that were not printed are inferred from the sequence of
printed ones, never by counting pages alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..evidence import HAN, Evidence, letters_of
from ..model import Block, Changes, Document, Mark, Rule
from ..options import Options
from .breaks import Boundary, find_boundaries, repeats_masthead
from .catch_words import find_catch_words
from .edge_titles import is_later_title, is_title_line
from .edges import REACH, Surroundings
from .forme import (
    Outside,
    Spot,
    is_byline,
    is_numbered_otherwise,
    is_of_figure,
    is_row,
    is_unfounded,
    score_line,
)
from .forme_scores import certainty_of
from .imprints import is_imprint
from .numbers import Number
from .patterns import SIGNS, Table, label_of
from .signature_marks import find_signature_marks

RUNNING_HEAD = Rule("running-head", "dropped", 95, "A running head at the top of a page.")
RUNNING_FOOT = Rule("running-foot", "dropped", 90, "A running foot at the end of a page.")
PAGE_NUMBER = Rule("page-number", "dropped", 97, "A printed page number, part of a rising sequence.")
STRAY_NUMBER = Rule("stray-page-number", "dropped", 80, "A number at a page's edge that stands in no sequence.")
SIGNATURE_MARK = Rule("signature-mark", "dropped", 90, "The mark of a sheet at a page's foot, one of a sequence.")
CATCH_WORD = Rule("catch-word", "dropped", 93, "A catch word at a page's foot, with which the next page begins.")
OPEN_WORD = Rule("open-word", "dropped", 75, "A word alone below full lines at a page's foot, where no sentence ends.")
PAGE_BEGINNING = Rule("page-beginning", "kept", 95, "A page begins here.")
PAGE_FROM_NUMBER = Rule("page-from-number", "kept", 85, "A page begins here, as a number or running head shows.")
DOUBTED = 40  # score that a line needs behind one that is no forme work
IN_SEQUENCE = 300  # score of a line that bears a number of the sequence
AT_FOOT = 300  # score of a catch word or signature mark
_FEW_PAGES, _FEW_PAGES_WORDED = 3, 8  # of a source of which one bears a number, or one with a word for pages
_WORDED = ("leaf", "page")  # forms of numbers with such a word
_NEAR_TOP, _LEAST_FEET = 2, 3  # lines from a source's first to a number at the head of its page; feet that show a habit
_LONGEST_ALONE = 7  # characters of a number that stands alone
_VALUE = re.compile(r"[<>=±≤≥]|\d[.,·]\d|\d\s*[%‰]")
_SET_HEADS = Table(row for row in SIGNS if row.name in ("notes-head", "abstract"))
_ISSUE = re.compile(r"\D{0,3}(?:18|19|20)\d\d\s*[.·]\s*\d{1,2}\D{0,3}")
RULES = (
    RUNNING_HEAD, RUNNING_FOOT, PAGE_NUMBER, STRAY_NUMBER, SIGNATURE_MARK, CATCH_WORD, OPEN_WORD, PAGE_BEGINNING,
    PAGE_FROM_NUMBER,
)  # fmt: skip


@dataclass(slots=True)
class Page:
    """Lines [start, end) of a page, those of them that are forme work (line -> score), its number.

    marks     lines that are catch words or signature marks
    """

    start: int
    end: int
    boundary: Boundary
    forme: dict[int, int]
    number: Number | None = None
    marks: dict[int, Rule] = field(default_factory=dict)


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Page beginnings as marks, forme work as blocks."""
    pages, sequence = find_pages(evidence)
    blocks = tuple(_blocks(evidence, pages, sequence))
    return Changes(blocks=(*document.blocks.values(), *blocks), marks=(*document.marks, *_marks(evidence, pages)))


def find_pages(evidence: Evidence) -> tuple[list[Page], dict[int, Number]]:
    """Pages with their forme work and printed numbers, and the numbers by line."""
    boundaries, sequence = find_boundaries(evidence)
    pages = cut_pages(evidence, boundaries)
    around = Surroundings(evidence, [(page.start, page.end) for page in pages])
    for index, page in enumerate(pages):
        page.forme = _forme_of(evidence, around, page, index, sequence)
    _set_marks(evidence, pages, sequence)
    pages = _merge_empty(pages)
    _assign_numbers(evidence, pages, sequence)
    return _without_surplus(pages), sequence


def _set_marks(evidence: Evidence, pages: Sequence[Page], sequence: dict[int, Number]) -> None:
    """Signature marks and catch words are forme work."""
    places = [(page.start, page.end) for page in pages]
    forme = {line for page in pages for line in page.forme}
    signatures = find_signature_marks(evidence, places, forme, sequence)
    catches = find_catch_words(evidence, places, forme | signatures)
    marks = {line: CATCH_WORD if is_sure else OPEN_WORD for line, is_sure in catches.items()} | dict.fromkeys(
        signatures, SIGNATURE_MARK
    )
    for page in pages:
        page.marks = {line: rule for line, rule in marks.items() if page.start <= line < page.end}
        page.forme.update(dict.fromkeys(page.marks, AT_FOOT))


def _without_surplus(pages: list[Page]) -> list[Page]:
    """Pages between two printed numbers that are fewer than the pages found: the least likely traces go.

    Only beginnings that a mere blank showed can go, the shortest pages first.
    """
    printed = [(at, page.number.value) for at, page in enumerate(pages) if page.number is not None]
    gone: set[int] = set()
    for (left, low), (right, high) in zip(printed, printed[1:], strict=False):
        surplus = (right - left) - (high - low)
        if not 0 < surplus <= 3 or high <= low:
            continue
        weak = [at for at in range(left + 1, right) if pages[at].boundary.kind == "blank" and not pages[at].forme]
        sizes = {at: min(pages[at].end - pages[at].start, pages[at - 1].end - pages[at - 1].start) for at in weak}
        gone.update(sorted(weak, key=lambda at: (sizes[at], at))[:surplus])
    out: list[Page] = []
    for at, page in enumerate(pages):
        if at in gone and out:
            out[-1].end = page.end
            out[-1].forme |= page.forme
            out[-1].marks |= page.marks
        else:
            out.append(page)
    return out


def cut_pages(evidence: Evidence, boundaries: Sequence[Boundary]) -> list[Page]:
    """Pages between boundaries."""
    ends = [boundary.line for boundary in boundaries[1:]] + [len(evidence.lines)]
    return [Page(b.line, end, b, {}) for b, end in zip(boundaries, ends, strict=True) if end > b.line]


def _forme_of(
    evidence: Evidence, around: Surroundings, page: Page, index: int, sequence: dict[int, Number]
) -> dict[int, int]:
    """Lines of a page that are forme work, from either edge inwards, one line of doubt passed over."""
    size = page.end - page.start
    found = {line: IN_SEQUENCE for line in range(page.start, page.end) if line in sequence}
    for top in (True, False):
        doubts = 0
        outside: Outside | None = None
        for depth in range(min(REACH, size)):
            line = page.start + depth if top else page.end - 1 - depth
            spot = Spot(line, depth, top, index, size)
            if line in found:
                outside = Outside(spot, True)
                continue
            text = evidence.lines.text[line]
            if len(text) <= _LONGEST_ALONE and label_of(text) in ("roman-alone", "han-alone"):
                break  # the number of a section that begins the page
            if index and repeats_masthead(evidence, line, text):
                found[line] = IN_SEQUENCE
                outside = Outside(spot, True)
                continue
            if _is_value(text):
                break  # a table's figure, and the page's own text
            if depth and _is_scrap(text) and not around.is_usual(line, depth, index, top=top):
                outside = Outside(spot, False)
                continue
            if _is_set_head(text) and not around.is_usual(line, depth, index, top=top):
                break
            if top and doubts and line - 1 not in found and is_byline(text):
                break  # a name below a line of text: the byline of an article that begins here
            value = score_line(evidence, around, spot, sequence, outside)
            is_title = is_title_line if index == 0 else is_later_title
            is_forme = value > (DOUBTED if doubts else 0) and not (
                is_of_figure(text)
                or (top and is_title(evidence, around, line, sequence))
                or is_unfounded(evidence, around, spot, sequence)
                or (index and line not in sequence and not is_imprint(text) and is_numbered_otherwise(evidence, text))
                or (line + 1 not in sequence and around.is_of_text(line))
            )
            outside = Outside(spot, is_forme)
            if is_forme:
                found[line] = value
            else:
                doubts += 1
                if doubts > 1:
                    break
    _fill_between(evidence, page, found, sequence)
    for line in range(page.start + 1, page.end - 1):
        if line - 1 in found and line + 1 in found and _is_scrap(evidence.lines.text[line]):
            found.setdefault(line, min(found[line - 1], found[line + 1]))
    return found


def _is_value(text: str) -> bool:
    """Whether a line is a figure of a table or a formula, with no word or behind some; `2010.5` is an issue."""
    if any(map(str.isalpha, text)):
        return is_row(text)
    return _VALUE.search(text) is not None and not _ISSUE.fullmatch(text)


def _is_scrap(text: str) -> bool:
    """Whether a line is a letter or signs alone, as parts of figures and formulas are."""
    return len(letters_of(text)) < 2 and not HAN.search(text) and not any(map(str.isdigit, text))


def _is_set_head(text: str) -> bool:
    """Whether a line is nothing but `Notes`, `Abstract` and the like."""
    heads = [row.regex.match(text) for row in _SET_HEADS.rows(text)]
    return any(found is not None and found.end() == len(text) for found in heads)


def _fill_between(evidence: Evidence, page: Page, found: dict[int, int], sequence: dict[int, Number]) -> None:
    """A short line between a running head and the page number is the second line of a running head."""
    lines = evidence.lines
    for line in range(page.start + 1, page.end - 1):
        if line in found or line - 1 not in found or line + 1 not in sequence:
            continue
        edge = line - page.start < 4 or page.end - line < 5
        if edge and lines.width[line] * 4 < evidence.measure * 3 and not lines.text[line][0].islower():
            found[line] = min(found[line - 1], found[line + 1])


def _merge_empty(pages: list[Page]) -> list[Page]:
    """A page of nothing but forme work that no page mark began belongs to the page before it."""
    out: list[Page] = []
    for page in pages:
        if out and page.boundary.kind == "number" and len(page.forme) == page.end - page.start:
            out[-1].end = page.end
            out[-1].forme |= page.forme
            out[-1].marks |= page.marks
        else:
            out.append(page)
    return out


def _assign_numbers(evidence: Evidence, pages: list[Page], sequence: dict[int, Number]) -> None:
    """Each number of the sequence to the page it is printed on.

    Where only the number itself showed the page's beginning it may be the foot of the page before.
    """
    feet = bool(pages) and _are_feet(evidence, pages, sequence)
    for at, page in enumerate(pages):
        own = [line for line in sorted(page.forme) if line in sequence]
        for line in own:
            near_start = line - page.start <= 5 and line - page.start < page.end - line
            moved = page.boundary.kind == "number" and near_start and feet and at > 0
            target = pages[at - 1] if moved and pages[at - 1].number is None else page
            if target.number is None:
                target.number = sequence[line]


def _are_feet(evidence: Evidence, pages: Sequence[Page], sequence: dict[int, Number]) -> bool:
    """Whether numbers that alone show where pages begin stand at the foot of the page before.

    The last number of the source does if no text follows it; where little else shows pages, most do if
    there is clearly more room above them than below.
    """
    if _ends_with_number(pages[-1], sequence):
        return True
    if any(line <= pages[0].start + _NEAR_TOP for line in pages[0].forme if line in sequence):
        return False
    gap = evidence.lines.gap
    by_number = [page.start for page in pages[1:] if page.boundary.kind == "number"]
    if 4 * len(by_number) < 3 * (len(pages) - 1):
        return False
    lines = [line for line in by_number if line in sequence]
    below = [line for line in lines if line + 1 < len(gap) and gap[line] > gap[line + 1] + 1]
    return len(below) >= _LEAST_FEET and 4 * len(below) > 3 * len(lines)


def _ends_with_number(page: Page, sequence: dict[int, Number]) -> bool:
    at = page.end - 1
    while at >= page.start and at in page.forme:
        if at in sequence:
            return True
        at -= 1
    return False


def _blocks(evidence: Evidence, pages: Sequence[Page], sequence: dict[int, Number]) -> Iterable[Block]:
    lines = evidence.lines
    for page in pages:
        middle = (page.start + page.end) / 2
        for line, value in sorted(page.forme.items()):
            certainty = certainty_of(value)
            if line in page.marks:
                rule, kind = page.marks[line], "catch"
                certainty = rule.certainty
            elif line in sequence and not sequence[line].head:
                rule, kind = PAGE_NUMBER, "pageNum"
            elif not any(character.isalpha() for character in lines.text[line]):
                rule, kind = STRAY_NUMBER, "pageNum"
            else:
                rule, kind = (RUNNING_HEAD, "header") if line < middle else (RUNNING_FOOT, "footer")
            span = (lines.start[line], lines.end[line])
            n = sequence[line].printed if line in sequence else ""
            yield Block(f"fw{line}", "fw", (span,), rule, certainty, n=n, type=kind)


def _marks(evidence: Evidence, pages: Sequence[Page]) -> Iterable[Mark]:
    """A `pb` at the first character of each page, with its number as printed or as it follows."""
    inferred = _infer([page.number for page in pages])
    for index, page in enumerate(pages):
        boundary = page.boundary
        rule = PAGE_FROM_NUMBER if boundary.kind == "number" else PAGE_BEGINNING
        start = evidence.lines.start[page.start]
        n = page.number.printed if page.number else str(inferred.get(index, ""))
        yield Mark(start, start, "pb", rule, boundary.certainty, n=n, inferred=page.number is None and bool(n))


def _infer(numbers: Sequence[Number | None]) -> dict[int, int]:
    """Numbers of pages without one, from printed neighbours that agree.

    Printed numbers as far apart as their pages form a run; a run of two or more is carried on before its
    first and behind its last number, as far as the next printed number.  The one number of a source of few
    pages is carried on, too; of more, where a word says that it is a page's.
    """
    printed = [(index, number.value) for index, number in enumerate(numbers) if number is not None]
    runs: list[list[tuple[int, int]]] = []
    for index, value in printed:
        if runs and value - runs[-1][-1][1] == index - runs[-1][-1][0]:
            runs[-1].append((index, value))
        else:
            runs.append([(index, value)])
    inferred: dict[int, int] = {}
    ends = [run[0][0] for run in runs[1:]] + [len(numbers)]
    is_worded = any(number is not None and number.form.startswith(_WORDED) for number in numbers)
    alone = len(printed) == 1 and len(numbers) <= (_FEW_PAGES_WORDED if is_worded else _FEW_PAGES)
    for run, end in zip(runs, ends, strict=False):
        if len(run) > 1 or alone:
            first, value = run[0]
            low = 0 if run is runs[0] else first
            inferred.update({index: value + index - first for index in range(low, end) if value + index > first})
    return {index: number for index, number in inferred.items() if numbers[index] is None}
