"""What the text itself shows: its lines with their features, computed once, after `letters`.

`Lines` are parallel columns, one row a line that is not blank; blank lines are counted in `gap`.  Line
ends are CR, LF, CRLF, U+2028, U+2029 and form feeds, the place behind U+FFFE, and the end of every raw file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import add
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from .advances import ASIAN, HAN_LETTERS, measure
from .folding import Folds
from .model import Document
from .rewrite import Reading, read

T = TypeVar("T")
# U+FFFE is what an extractor leaves of a hyphen at a line's end when it has joined the lines itself.
LINE_END = re.compile(r"[\n\r\f\u2028\u2029](?:(?<=\r)\n)?\f*|(?<=\ufffe)(?=\S)")
# The same with the U+FFFE in it: it begins with one class, which the scanner of `re` finds quickly.
_LINE_END = re.compile(r"[\n\r\f\u2028\u2029\ufffe](?:(?<=\ufffe)(?=\S)|(?<!\ufffe)(?:(?<=\r)\n)?\f*)")
_BEHIND_HYPHEN = re.compile(r"(?<=\ufffe)(?=\S)")
_RARE_ENDS = "\r\u2028\u2029"
WIDE = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in ASIAN)}]")
HAN = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in HAN_LETTERS)}]")
BRACKETED = re.compile(r"[\[〔［(（]\d{1,3}[\]〕］)）]")
HAN_RUN = re.compile(HAN.pattern + "+")
NO_LETTERS = {code: None for code in range(128) if not chr(code).isalpha()}
_LEAST_ADVANCE = 14  # half ems of a line that counts for the measure
_GROUP, _LEAST_NEAR = 12, 8  # lines of one group, and those in three groups that make a measure
NO_WIDTH = {0xFEFF: None, 0: None}
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\x00\v"


def letters_of(text: str) -> str:
    """Only the letters of a text, case folded."""
    if text.isascii():
        return text.translate(NO_LETTERS).lower()
    return "".join(filter(str.isalpha, text)).casefold()


def letters_of_lines(texts: Sequence[str]) -> list[str]:
    """`letters_of` each of many lines, none of which holds a line feed."""
    letters = _LETTERS.fold("\n".join(texts))
    if any(map(letters.__contains__, _folded_to_several)):
        letters = letters.casefold()
    return letters.split("\n") if texts else []


_folded_to_several: list[str] = []  # of the letters met


def _fold(character: str) -> str:
    """A letter or line feed case folded, itself where it is folded to several; nothing for all else."""
    if not character.isalpha():
        return character if character == "\n" else ""
    folded = character.casefold()
    if len(folded) == 1:
        return folded
    _folded_to_several.append(character)
    return character


_LETTERS = Folds(_fold)


def is_wide(character: str) -> bool:
    """Whether a character takes a whole em in a Chinese line."""
    return WIDE.match(character) is not None


def width(text: str) -> int:
    """Width in half ems: two for a wide character, one for any other."""
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))


def _raw_lines(text: str, part_ends: list[int]) -> tuple[list[str], list[int], list[int]]:
    """Every line, blank ones too: its text, where it begins, and the page marks above it so far."""
    if not part_ends and not any(mark in text for mark in _RARE_ENDS):
        return _behind_hyphens(*_of_pages(text)) if "\ufffe" in text else _of_pages(text)
    wholes, begins, feeds = [], [0], [0]
    for start, end, ended in _line_ends(text, part_ends):
        wholes.append(text[begins[-1] : start])
        begins.append(end)
        feeds.append(ended)
    wholes.append(text[begins[-1] :])
    return wholes, begins, list(accumulate(feeds))


def _of_pages(text: str) -> tuple[list[str], list[int], list[int]]:
    """The same where only line feeds and form feeds end lines."""
    wholes: list[str] = []
    begins: list[int] = []
    marks: list[int] = []
    place = 0
    for number, page in enumerate(text.split("\f")):
        if len(wholes) > 1 and not wholes[-1]:
            del wholes[-1], begins[-1], marks[-1]  # a form feed belongs to the line end before it
        lines = page.split("\n")
        wholes += lines
        begins += accumulate([len(line) + 1 for line in lines[:-1]], initial=place)
        marks += [number] * len(lines)
        place += len(page) + 1
    return wholes, begins, marks


def _behind_hyphens(
    wholes: Iterable[str], begins: Iterable[int], marks: Iterable[int]
) -> tuple[list[str], list[int], list[int]]:
    """The same lines, each cut where an extractor left a mark for the hyphen at a line's end."""
    cut: list[tuple[str, int, int]] = []
    for whole, begin, mark in zip(wholes, begins, marks, strict=True):
        for part in _BEHIND_HYPHEN.split(whole) if "\ufffe" in whole else (whole,):
            cut.append((part, begin, mark))
            begin += len(part)
    return [line[0] for line in cut], [line[1] for line in cut], [line[2] for line in cut]


def _line_ends(text: str, part_ends: list[int]) -> Iterator[tuple[int, int, int]]:
    """Line ends as (start, end, page marks in it).

    The end of a raw file ends a line, whether or not a line end stands there, and is a page mark.
    """
    borders = [*sorted(place for place in set(part_ends) if 0 < place < len(text)), len(text) + 1]
    at, border = 0, borders[0]
    for found in _LINE_END.finditer(text):
        start, end = found.span()
        feeds = 0
        if text[start] == "\ufffe":
            start = end
        elif end - start > 1 or text[start] == "\f":
            feeds = text.count("\f", start, end)
        while border <= end:
            if border <= start:
                yield border, border, 1
            else:
                feeds += 1
            at += 1
            border = borders[at]
        yield start, end, feeds
    for border in borders[at:-1]:
        yield border, border, 1


@lru_cache(maxsize=256)  # most leads of a source are alike
def _lead_width(blanks: str) -> int:
    return width(blanks.translate(NO_WIDTH))


def _surroundings(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every group of lines a row with the values of the group, the one before and the one behind; 0 for none."""
    groups = np.zeros((-(-len(values) // _GROUP) + 2) * _GROUP, dtype=np.int64)
    groups[_GROUP : _GROUP + len(values)] = values
    rows = groups.reshape(-1, _GROUP)
    return np.hstack((rows[:-2], rows[1:-1], rows[2:]))


def _of_lines(groups: NDArray[np.int64], count: int) -> list[int]:
    """The values of groups for each of their lines."""
    values: list[int] = groups.repeat(_GROUP)[:count].tolist()
    return values


def _full(widths: NDArray[np.int64], least: int) -> int:
    """What four in five of the lines that are at least so wide do not pass; what is usual where there are none."""
    long = np.sort(widths[widths >= least])
    return int(long[len(long) * 4 // 5]) if len(long) else 60


class Lines:
    """The lines that are not blank, as parallel columns.

    start, end   witness offsets of the line without the blanks around it
    text         how it reads (after `letters`), without the blanks around it
    lead         blanks before it, in half ems       trail   blanks after it, in characters
    width        of `text`, in half ems              gap     blank lines above it
    advance      width of `text` in print, in half ems (`advances`)
    feeds        page marks (form feeds, ends of raw files) between it and the line above
    han          East Asian letters in it
    """

    __slots__ = ("advance", "end", "feeds", "gap", "han", "lead", "start", "text", "trail", "width")

    def __init__(self, reading: Reading, part_ends: list[int]) -> None:
        wholes, begins, marks = _raw_lines(reading.text, part_ends)
        texts = [whole.strip(BLANKS) for whole in wholes]
        rows = [row for row, text in enumerate(texts) if text]
        self.text = list(filter(None, texts))
        sizes = [*map(len, self.text)]
        first = [begins[row] for row in rows]
        self.lead = [0] * len(rows)
        self.trail = [len(wholes[row]) - size for row, size in zip(rows, sizes, strict=True)]
        for at in [at for at, blanks in enumerate(self.trail) if blanks]:
            whole = wholes[rows[at]]
            head = len(whole) - len(whole.lstrip(BLANKS))
            if head:
                first[at] += head
                self.lead[at] = _lead_width(whole[:head])
                self.trail[at] -= head
        self.gap = [row - above - 1 for above, row in zip([-1, *rows], rows, strict=False)]
        self.feeds = [marks[row] - marks[above] for above, row in zip([0, *rows], rows, strict=False)]
        self.start = reading.starts(first)
        self.end = reading.ends([*map(add, first, sizes)])
        self.han, self.width, self.advance = measure(self.text)

    def __len__(self) -> int:
        return len(self.start)


class Evidence:
    """Everything that can be asked of a source without deciding anything; each answer is computed once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._answers: dict[str, object] = {}
        self.source = document.source

    @cached_property
    def reading(self) -> Reading:
        """The whole witness, as it reads after `letters`."""
        return read(self._document, [(0, len(self.source.text))])

    @cached_property
    def lines(self) -> Lines:
        """The lines that are not blank."""
        ends = [part.end for part in self.source.parts[:-1]]
        if ends:
            ends = [place for place in self.reading.offsets(ends) if place is not None]
        return Lines(self.reading, ends)

    def line_at(self, offset: int) -> int:
        """Index of the line that holds, or last began before, a witness offset."""
        return max(0, bisect_right(self.lines.start, offset) - 1)

    @cached_property
    def measure(self) -> int:
        """Width of a full line in half ems: what four lines in five of the longer ones do not pass."""
        return _full(np.array(self.lines.width, dtype=np.int64), 16)

    @cached_property
    def measures(self) -> list[int]:
        """For every line the advance of a full line in its surroundings, which can be in another language or type."""
        advances = np.array(self.lines.advance, dtype=np.int64)
        near = np.sort(_surroundings(np.where(advances < _LEAST_ADVANCE, 0, advances)), axis=1)[:, ::-1]
        counts = np.count_nonzero(near, axis=1)
        found = near[np.arange(len(near)), (counts - counts * 4 // 5 - 1).clip(min=0)]
        found[counts < _LEAST_NEAR] = _full(advances, _LEAST_ADVANCE)
        return _of_lines(found, len(advances))

    @cached_property
    def usual_gap(self) -> int:
        """Blank lines that usually stand between two lines: 1 where every line is followed by one."""
        gaps: Counter[int] = Counter()
        for gap, count in Counter(self.lines.gap[1:]).items():
            gaps[min(gap, 3)] += count
        return min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0

    @cached_property
    def usual_gaps(self) -> list[int]:
        """For every line the blank lines that usually stand between two lines in its surroundings."""
        gaps = np.minimum(np.array(self.lines.gap, dtype=np.int64), 3)
        if not gaps.any():
            return [0] * len(gaps)
        of_lines = np.arange(len(gaps)) // _GROUP * 4 + gaps
        own = np.bincount(of_lines, minlength=-(-len(gaps) // _GROUP) * 4).reshape(-1, 4)  # by group, how many of each
        near = own.copy()
        near[1:] += own[:-1]
        near[:-1] += own[1:]
        found = near.argmax(axis=1)
        found[near.max(axis=1) * 4 < near.sum(axis=1) * 3] = self.usual_gap
        return _of_lines(found, len(gaps))

    def is_apart(self, line: int) -> bool:
        """Whether more blank lines stand above a line than usually do there."""
        return self.lines.gap[line] > self.usual_gaps[line]

    @cached_property
    def keys(self) -> list[str]:
        """Every line reduced to its letters, for comparing lines that vary in numbers, blanks and case."""
        return letters_of_lines(self.lines.text)

    @cached_property
    def key_counts(self) -> Counter[str]:
        """How often each key of more than one letter occurs."""
        return Counter([key for key in self.keys if len(key) > 1])

    @cached_property
    def inner_brackets(self) -> frozenset[str]:
        """Bracketed numbers that stand inside lines, as note markers do."""
        return frozenset(
            found.group() for text in self.lines.text for found in BRACKETED.finditer(text) if found.start()
        )

    def once(self, name: str, make: Callable[[], T]) -> T:
        """An answer of a stage's own that is to be computed once a source."""
        if name not in self._answers:
            self._answers[name] = make()
        return cast(T, self._answers[name])

    @cached_property
    def is_chinese(self) -> bool:
        """Whether most letters of the source are East Asian."""
        han = sum(self.lines.han)
        return han * 3 > sum(self.lines.width) - 2 * han
