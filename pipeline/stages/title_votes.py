"""The voters on a title group: what speaks for an article's beginning there, and what against it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from ..evidence import HAN, letters_of
from ..model import Block, Document, Rule
from ..rewrite import read
from .departments import is_department
from .front.beside import is_person
from .front.bylines import BY, names_in
from .numbers import value_of
from .patterns import note_value
from .people import people_in
from .signatures import SIGNED

INTERRUPTING_TITLE = Rule("title-in-mid-sentence", "kept", 80, "A title at a page's foot that interrupts a sentence.")
_SURE, _RATHER = 55, 74  # certainty of a title's label that is a vote, and of one that a name makes an article's
_LEAST = 4  # letters by which a title is told in a running head or a contents page
_ANNOUNCED = 4  # votes that a running head is worth that is new where the title stands
_PAGES_TO_HEAD = 3  # pages from a title to the first running head that has its words, with its own
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters by which words are compared
_SHARED_WORDS = 2  # that make two lines about the same thing
_OBJECTION = 5  # votes that what an article's own parts show is worth: more than a byline and a new page
_DOUBT = 3  # and what an introduction without an end is
_STARS = "*＊†"
_STARRED = re.compile(rf"[{_STARS}]+\s*$")
_start = attrgetter("start")
# Numbers of sections: of one way of counting in each group, down to the third level.
_SECTION = re.compile(
    r"(?:§\s*)?(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?[.\s、]|([IVX]{1,5})[.\s]|第?([一二三四五六七八九十]{1,3})[章节節、.]"
)
_APPENDIX = re.compile(r"(?:appendix|appendices|anhang|annexe)\b|附\s*[录錄]", re.IGNORECASE)
_SIGNS_OF_FORMULAS = re.compile(r"[=∈∀∃∑∏∫√≤≥≠≈⊂⊃∪∩⊕⊗⊢]|https?:|www\.")
_FIGURES = re.compile(r"(?:(?:^|\s)(?:[-–—.]|[-–—+±]?\d+(?:[.,]\d+)*[½¼¾%°]?)(?=\s|$)){3}")  # of a table's row
_FIRST_PART = re.compile(
    r"[\W\dIVX一二三四五六七八九十]*(?:introduction|einleitung|引\s*言|[导導]\s*[言论論]|[绪緒]\s*[论論])\W*$",
    re.IGNORECASE,
)
_LAST_PART = re.compile(
    r"[\W\dIVX一二三四五六七八九十]*(?:conclusions?(?: and .{3,30})?|concluding remarks|acknowledge?ments?|schluss(?:wort|bemerkungen)?|fazit|[结結]\s*[论論语語]|余\s*[论論])\W*$",
    re.IGNORECASE,
)


class Poll:
    """What all groups of a source are asked about: its contents page, its running heads, its notes."""

    def __init__(self, document: Document, order: Sequence[Block], groups: int) -> None:
        self._document = document
        self._order = order
        self._contents = letters_of("".join(read(document, b.spans).text for b in order if b.kind == "matter"))
        heads = _running_heads(document)
        self._heads = {key for _, text in heads if len(key := letters_of(text)) >= _LEAST}
        self._new_heads = _first_places(heads)
        self._page_starts = [mark.start for mark in document.marks if mark.tag == "pb"]
        notes = [block for block in order if block.kind == "note"]
        self._stars = [block.start for block in notes if document.source.text[block.start] in _STARS]
        self._numbers = [(block.start, value) for block in notes if (value := note_value(block.n)) > 0]
        self._sections = _sections(document, order)
        self._parts = _first_and_last_parts(document, order)
        # Numbers that begin anew on every page say nothing about articles.
        self._runs_on = sum(value == 1 for _, value in self._numbers) <= groups + 1

    def count(self, group: Sequence[Block], begins: int, *, at_top: bool) -> int:
        """The votes for a group whose article would begin at this place; `at_top`: no text stands above it."""
        kinds = {block.kind for block in group}
        titles = [block for block in group if block.kind == "title"]
        title = letters_of("".join(read(self._document, block.spans).text for block in titles))
        before = self._paragraph_before(begins)
        return (
            ("byline" in kinds)
            + max((self._names_people(block) for block in group if block.kind == "byline"), default=0)
            + 2 * ("affiliation" in kinds)
            + 4 * self._is_below_signature(group[0].start)
            + (2 if at_top else -1)
            + 2 * (len(title) >= _LEAST and title in self._contents)
            + 2 * any(title[:size] in self._heads for size in range(_LEAST, len(title) + 1))
            + _ANNOUNCED * self._is_announced(titles)
            + 2 * (before is not None and is_chinese(self._document, before) != is_chinese(self._document, group[0]))
            + 2 * self._is_starred(group)
            + 2 * self._restarts_notes(group[0].start)
            + (min(block.certainty for block in titles) > _SURE)
            + 3 * any(block.rule is INTERRUPTING_TITLE for block in group)
            + 4 * (len(group) == 1 and is_department(read(self._document, titles[0].spans).text))
            - _OBJECTION * (self._sections_go_on(begins) or self._is_part(group))
            - _DOUBT * self._is_unfinished(begins)
        )

    def is_sure(self, group: Sequence[Block]) -> bool:
        """Whether the labelling is rather sure of a group's title."""
        return min(block.certainty for block in group if block.kind == "title") >= _RATHER

    def is_named(self, group: Sequence[Block]) -> bool:
        """Whether the labelling is rather sure of a group's title, and a byline of it has a name."""
        return self.is_sure(group) and any(self._names_people(block) for block in group if block.kind == "byline")

    def _is_announced(self, titles: Sequence[Block]) -> bool:
        """Whether a running head that is new on this page or the next two has the words of a title."""
        words = _words_of(" ".join(read(self._document, block.spans).text for block in titles))
        page = bisect_right(self._page_starts, titles[0].start)
        starts = [*self._page_starts, *[1 << 62] * _PAGES_TO_HEAD]
        first, last = starts[page - 1] if page else 0, starts[page + _PAGES_TO_HEAD - 1]
        return any(_have_same_words(head, words) for at, head in self._new_heads if first <= at < last)

    def _paragraph_before(self, place: int) -> Block | None:
        """The last paragraph that ends before this place."""
        at = bisect_left(self._order, place, key=_start)
        while at:
            at -= 1
            if self._order[at].kind == "p" and self._order[at].end <= place:
                return self._order[at]
        return None

    def _is_below_signature(self, place: int) -> bool:
        """Whether the article above ends, right above this place, with its author's name."""
        at = bisect_left(self._order, place, key=_start) - 1
        while at > 0 and self._order[at].kind in ("note", "label"):
            at -= 1
        return at >= 0 and self._order[at].type == SIGNED

    def _is_starred(self, group: Sequence[Block]) -> bool:
        """Whether a line of the group ends with a star whose note stands behind."""
        starred = any(_STARRED.search(self._document.source.text, block.start, block.end) for block in group)
        return starred and bool(self._stars) and self._stars[-1] > group[-1].end

    def _sections_go_on(self, place: int) -> bool:
        """Whether the number of the first section behind this place follows that of the last one before it."""
        for series in self._sections:
            at = bisect_left(series, (place, ()))
            if 0 < at < len(series):
                (_, before), (_, behind) = series[at - 1], series[at]
                if behind > before and 0 <= behind[0] - before[0] <= 1:
                    return True
        return False

    def _is_unfinished(self, place: int) -> bool:
        """Whether an introduction stands before this place and the next conclusion behind it, and no introduction."""
        at = bisect_left(self._parts, (place, 0))
        return 0 < at < len(self._parts) and self._parts[at - 1][1] < self._parts[at][1]

    def _is_part(self, group: Sequence[Block]) -> bool:
        """Whether the group is an appendix, or formulas, rows of figures, addresses, that nobody has for a title."""
        of_group = [block for block in group if block.kind != "affiliation"]
        texts = [self._document.source.text[block.start : block.end] for block in of_group]
        is_empty = not any(map(str.isalpha, texts[0]))
        is_table = any(map(_SIGNS_OF_FORMULAS.search, texts)) or any(map(_FIGURES.search, texts))
        return is_empty or is_table or _APPENDIX.match(texts[0]) is not None

    def _names_people(self, byline: Block) -> int:
        """Whether a byline has a name among its names, and more if a word says that they are authors."""
        text = read(self._document, byline.spans).text.strip()
        names = [name for name, _, _ in names_in(text)]
        if BY.match(text):
            return 2
        return any(is_person(name) or people_in(name) == "han" for name in names)

    def _restarts_notes(self, place: int) -> bool:
        """Whether notes that were counted on before this place are counted from 1 behind it."""
        at = bisect_left(self._numbers, (place, 0))
        return self._runs_on and 0 < at < len(self._numbers) and self._numbers[at][1] == 1 < self._numbers[at - 1][1]


def _sections(document: Document, order: Sequence[Block]) -> list[list[tuple[int, tuple[int, ...]]]]:
    """Places and numbers of the heads that have any, for every way of counting."""
    found: list[list[tuple[int, tuple[int, ...]]]] = [[], [], []]
    for block in order:
        if block.kind == "head" and (number := _SECTION.match(read(document, block.spans).text)):
            *arabic, roman, han = number.groups()
            way = 0 if arabic[0] else 1 if roman else 2
            found[way].append((block.start, tuple(value_of(part) for part in (*arabic, roman, han) if part)))
    return found


def _first_and_last_parts(document: Document, order: Sequence[Block]) -> list[tuple[int, int]]:
    """Places of introductions, with 0, and of conclusions, with 1."""
    heads = [(block.start, read(document, block.spans).text.strip()) for block in order if block.kind == "head"]
    return [
        (start, int(_LAST_PART.match(text) is not None))
        for start, text in heads
        if _FIRST_PART.match(text) or _LAST_PART.match(text)
    ]


def is_chinese(document: Document, block: Block) -> bool:
    """Whether there is a hanzi in a block."""
    return HAN.search(document.source.text, block.start, block.end) is not None


def _words_of(text: str) -> frozenset[str]:
    """The beginnings of the longer words: a running head shortens a title and inflects its words."""
    return frozenset(word[:_STEM] for word in _LONGER_WORD.findall(text.casefold()))


def _have_same_words(head: frozenset[str], title: frozenset[str]) -> bool:
    shared = len(head & title)
    return shared >= _SHARED_WORDS and 2 * shared >= len(head)


def _running_heads(document: Document) -> list[tuple[int, str]]:
    """Where running heads and feet stand, and what they say, in order."""
    heads = (
        block for block in document.blocks.values() if block.kind == "fw" and block.type not in ("pageNum", "catch")
    )
    return [(block.start, read(document, block.spans).text) for block in sorted(heads, key=_start)]


def _first_places(heads: Sequence[tuple[int, str]]) -> list[tuple[int, frozenset[str]]]:
    """Where each running head stands first, and its words."""
    found: dict[frozenset[str], int] = {}
    for start, text in heads:
        words = _words_of(text)
        if len(words) >= _SHARED_WORDS:
            found.setdefault(words, start)
    return [(start, words) for words, start in found.items()]
