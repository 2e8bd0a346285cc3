"""The lines at the edges of pages: what comes again there, and where.  Which of them are forme work: `forme.py`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne

from ..evidence import Evidence, letters_of
from .breaks import readings_of
from .line_starts import line_starts
from .numbers import Number
from .patterns import SIGNS, label_of, note_label_of

(_CAPTION,) = [row.regex for row in SIGNS if row.name == "caption"]
_YEAR = re.compile(r"[(（](?:1[5-9]|20)\d\d[)）]")
_LEAST_PAGES, _AROUND = 3, 6  # pages that make a habit; how many before and behind are looked at
_LEAST_LETTERS = 10  # of a running head that is looked for misread
_OUTERMOST = 4  # lines at either edge where it is
_MISREAD = 5  # of so many letters of a running head one may be misread
_BETWEEN_NAMES = re.compile(
    r"\s*(?:[,;/&·•、，；|]|\b(?:and|und|et|y)\b)\s*|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_LEAST_INSIDE, _OUTSIDE = 3, 3  # lines inside pages that make a line one of text; lines at either edge that are not
_ENDS_OF_SENTENCES = tuple(".!?…。！？”»’)）」』")
_SHORT = 85  # per cent of the measure below which a line is a short one
REACH = 14  # lines from a page's edge that can be forme work; inwards only while forme work goes on


def edge_lines(start: int, end: int) -> Sequence[int]:
    """Lines of a page within reach of its edges."""
    if end - start <= 2 * REACH:
        return range(start, end)
    return [*range(start, start + REACH), *range(end - REACH, end)]


class Surroundings:
    """What the scores need to know of the whole source: keys that come again, and where on their pages."""

    def __init__(self, evidence: Evidence, pages: Sequence[tuple[int, int]]) -> None:
        self.numbers = {line: readings[0] for line, readings in readings_of(evidence).items()}
        # of each line; beside a number the running head alone counts, and of mere signs they themselves
        self.key = [key or _signs_of(text) for key, text in zip(evidence.keys, evidence.lines.text, strict=True)]
        for line, number in self.numbers.items():
            if number.head:
                self.key[line] = letters_of(number.head)
        for line, text in enumerate(evidence.lines.text):
            if _CAPTION.match(text):  # of which each is another
                self.key[line] = text
        self._texts = evidence.lines.text
        by_page = [edge_lines(start, end) for start, end in pages]
        self.repeats = self._count_pages(by_page)  # pages that the key stands on
        if self._mend_keys(by_page):
            self.repeats = self._count_pages(by_page)
        edges = [line for lines in reversed(by_page) for line in reversed(lines)]
        self._pairs = Counter((self.key[line], self.key[line + 1]) for lines in by_page for line in lines[:-1])
        self.first = {self.key[line]: line for line in edges}
        self._pages = pages
        self._places = self._find_places([self.key[line] for line in edges])
        self.size = "few" if len(pages) <= 4 else "some" if len(pages) <= 9 else "many"  # pages
        # whether a page number stands at the top (else the foot) of each page, and whether it does on most
        self._zones: dict[bool, tuple[list[bool], bool]] = {}
        self.everywhere = evidence.key_counts
        self._starts = line_starts(evidence)
        self._described: dict[object, list[str]] = {}
        self._short: dict[tuple[int, bool], int] = {}
        self._inside: dict[str, tuple[int, int]] | None = None
        self._is_short = [
            width * 100 < _SHORT * measure
            for width, measure in zip(evidence.lines.width, evidence.measures, strict=True)
        ]

    def short_elsewhere(self, line: int, depth: int, *, top: bool) -> str:
        """On how many other pages the line so far from this edge is a short one: `none`, `few`, `many` or `most`.

        At the top the first page is not among them: a title stands there.
        """
        pages = self._pages[1:] if top else self._pages
        if (depth, top) not in self._short:
            there = [start + depth if top else end - 1 - depth for start, end in pages if end - start > depth]
            self._short[depth, top] = sum(self._is_short[other] for other in there)
        is_among = bool(pages) and line >= pages[0][0]
        count, others = self._short[depth, top] - (is_among and self._is_short[line]), len(pages) - is_among
        return "none" if not count else "few" if 3 * count < others else "many" if 3 * count < 2 * others else "most"

    def is_of_text(self, line: int) -> bool:
        """Whether the line comes again inside pages, most often behind the end of a sentence: a speaker, a refrain.

        Running heads that stand inside because a page's beginning was not found cut sentences.
        """
        key = self.key[line]
        if self.everywhere[key] - self.repeats[key] < _LEAST_INSIDE:  # lines without letters are nowhere
            return False
        if self._inside is None:
            self._inside = self._count_inside()
        inside, ended = self._inside.get(key, (0, 0))
        at_edges = self.everywhere[key] - inside
        return inside >= max(_LEAST_INSIDE, 2 * at_edges) and 5 * ended >= 4 * inside

    def _count_inside(self) -> dict[str, tuple[int, int]]:
        """How often each key stands inside pages, and how often of these behind the end of a sentence."""
        found: dict[str, tuple[int, int]] = {}
        for start, end in self._pages:
            for line in range(start + _OUTSIDE, end - _OUTSIDE):
                inside, ended = found.get(self.key[line], (0, 0))
                is_ended = self._texts[line - 1].endswith(_ENDS_OF_SENTENCES)
                found[self.key[line]] = inside + 1, ended + is_ended
        return found

    def described(self, spot: object, describe: Callable[[], list[str]]) -> list[str]:
        """What is said of a line at its place, found once."""
        found = self._described.get(spot)
        if found is None:
            found = self._described[spot] = describe()
        return found

    def _count_pages(self, by_page: Sequence[Sequence[int]]) -> Counter[str]:
        """On how many pages each key stands."""
        return Counter(key for lines in by_page for key in {self.key[line] for line in lines} if key)

    def _mend_keys(self, by_page: Sequence[Sequence[int]]) -> bool:
        """Take keys that stand on one page only for one on several that they are misread from; whether any was."""
        heads = sorted(
            key for key, count in self.repeats.items() if count >= _LEAST_PAGES and len(key) >= _LEAST_LETTERS
        )
        mended = False
        for lines in by_page if heads else ():
            for line in (*lines[:_OUTERMOST], *lines[-_OUTERMOST:]):
                key = self.key[line]
                if len(key) < _LEAST_LETTERS or self.repeats[key] > 1 or label_of(self._texts[line]):
                    continue
                nearest = extractOne(key, heads, scorer=Levenshtein.distance, score_cutoff=len(key) // _MISREAD)
                if nearest is not None:
                    self.key[line] = nearest[0]
                    mended = True
        return mended

    def pairs(self, line: int) -> int:
        """Pages on which the line stands above or below the same line as here."""
        return max(self.pairs_below(line - 1) if line else 0, self.pairs_below(line))

    def pairs_below(self, line: int) -> int:
        """Pages on which the line stands above the same line as here; 0 where either has no key."""
        if line + 1 >= len(self.key) or not (self.key[line] and self.key[line + 1]):
            return 0
        return self._pairs[self.key[line], self.key[line + 1]]

    def _find_places(self, keys: Sequence[str]) -> Mapping[tuple[str, bool, int], Sequence[int]]:
        """For each key that comes again, the pages on which it stands so far from the top (else foot)."""
        places: defaultdict[tuple[str, bool, int], list[int]] = defaultdict(list)
        counts = Counter(keys)
        for page, (start, end) in enumerate(self._pages):
            for line in edge_lines(start, end):
                key = self.key[line]
                if counts[key] < 2:
                    continue
                if line - start < REACH:
                    places[key, True, line - start].append(page)
                if end - 1 - line < REACH:
                    places[key, False, end - 1 - line].append(page)
        return places

    def zone_numbers(self, page: int, numbers: dict[int, Number], *, top: bool) -> str:
        """Whether a page number stands at this edge of the page, and whether it does on most pages."""
        if top not in self._zones:
            zones = [_has_number(start, end, numbers, top=top) for start, end in self._pages]
            self._zones[top] = zones, sum(zones) * 2 > len(zones)
        zones, usual = self._zones[top]
        here = zones[min(page, len(zones) - 1)]
        return ("has" if here else "lacks") + ("-as-usual" if here == usual else "-unlike-others")

    def same_place(self, line: int, depth: int, *, top: bool) -> int:
        """Pages on which the line's key stands as far from the same edge, or one line nearer or farther."""
        if not self.key[line]:
            return 0
        return max(1, sum(map(len, self._near(line, depth, top=top))))  # the line itself

    def is_usual(self, line: int, depth: int, page: int, *, top: bool) -> bool:
        """Whether the line's key stands at its place on most pages around: on every recto, or nearly.

        On those around, because running heads change with the chapter.
        """
        near = self._near(line, depth, top=top) if self.key[line] else []
        if sum(map(len, near)) < _LEAST_PAGES:
            return False
        first, behind = max(0, page - _AROUND), min(len(self._pages), page + _AROUND + 1)
        count = sum(bisect_left(pages, behind) - bisect_left(pages, first) for pages in near)
        return count >= _LEAST_PAGES and 4 * count >= behind - first

    def _near(self, line: int, depth: int, *, top: bool) -> list[Sequence[int]]:
        """Pages with the line's key at its place, and one line nearer or farther."""
        key, places = self.key[line], self._places
        if (key, top, depth) not in places:
            return []
        return [places.get((key, top, other), ()) for other in (depth - 1, depth, depth + 1)]

    def is_shortened(self, key: str) -> bool:
        """Whether some other short line of the source, with those after it, goes on from this key."""
        if len(key) < 3 or not self._starts.are_several(key[:3]):
            return False
        starts = self._starts.beginning(key[:3])
        at = bisect_left(starts, key)
        return sum(text.startswith(key[:60]) for text in starts[at : at + 2]) > 1

    def recalls(self, line: int, page: int) -> str:
        """What of earlier pages a line says again that stands there but once: `whole` lines, their `start`, `names`.

        So running heads of a single page give the title, perhaps shortened, or the authors of the article.
        """
        key, before = self.key[line], self._pages[page][0]
        found = self._starts.recall(key, before)
        if found != "nothing" or not before:
            return found
        pieces = [letters_of(piece) for piece in _BETWEEN_NAMES.split(self._texts[line])]
        return "names" if len(pieces) > 1 and self._starts.recall_together(pieces, before) else "nothing"


def _has_number(start: int, end: int, numbers: dict[int, Number], *, top: bool) -> bool:
    """Whether a page number stands among the first or the last three lines of a page."""
    zone = range(start, min(end, start + 3)) if top else range(max(start, end - 3), end)
    return any(line in numbers for line in zone)


def _signs_of(text: str) -> str:
    """A line without letters, such as `|` or `(1990)`; nothing for what can be a page number or the label of a note."""
    if _YEAR.fullmatch(text):
        return text
    return "" if any(map(str.isdigit, text)) or note_label_of(text)[0] else text
