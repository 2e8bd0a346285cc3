"""The columns of `templates.VALUES` for the lines of a source, as arrays of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...evidence import Evidence
from ...vocabulary import general_words, vocabulary
from ..patterns import OF_LABELS, by_beginning, label_of, note_labels
from ..people import people_in
from .measures import Measures
from .open_ends import open_end
from .regime import Line, Regime
from .templates import NEIGHBOURS, VALUES, Codes

Flags = NDArray[np.bool_]

CODES = {column: {value: code for code, value in enumerate(values)} for column, values in VALUES.items()}
_TERMINAL = ".。!！?？…"
_CLOSING = "”’\"')）]」』》"
_ENDINGS = {
    "closing": _CLOSING, "stop": _TERMINAL, "hyphen": "-\u00ad\u2010\ufffe¬", "comma": ",，、;；", "colon": ":：",
}  # fmt: skip
_MARKERS = "*†‡§¶①②③④⑤⑥⑦⑧⑨⑩"
# Per cent of the measure below which a line has each of the widths.
_SHARES = np.array((20, 40, 60, 75, 86, 94, 107))
# Of the room left on full lines, the shares that there is no more than this; and what stands for it in a short source.
_QUANTILES, _USUAL_ROOMS = (50, 75, 90, 97), (-1, 2, 5, 9)
_LEAST_LINES = 20  # full lines that tell of a source's own room
_MUCH_ROOM = 25  # per cent of the measure
_LEADS = np.array((1, 2, 9))
_HAN_SIZES, _WORD_SIZES = np.array((5, 21)), np.array((1, 4, 9))
_LINES_OPENING = 12
_OVER = 6  # per cent that a full line can pass the measure by
_NEAR = 5  # lines
_WIDEST = 1 << 40  # half ems that no line is wide


class Columns(dict[str, Codes]):
    """The columns of a source's lines by name, and what else of the lines is needed to look around."""

    def __init__(self, evidence: Evidence, lines: Sequence[Line]) -> None:
        texts, indices = evidence.lines.text, [line.index for line in lines]
        index = np.array(indices, dtype=np.int64)
        self.texts = [texts[at] for at in indices]
        self.beginnings = by_beginning(self.texts)
        self.lengths = np.array([*map(len, self.texts)], dtype=np.int64)
        self.page = np.array([line.page for line in lines], dtype=np.int64)
        self.left = np.array([line.left for line in lines], dtype=np.int64)
        self.place = np.array([line.place for line in lines], dtype=np.int64)
        self.gap = _taken(evidence.lines.gap, index)
        self._evidence = evidence
        width, lead = _taken(evidence.lines.advance, index), _taken(evidence.lines.lead, index)
        trail = _taken(evidence.lines.trail, index)
        self._add_texts(_taken(evidence.lines.han, index))
        goes_on = behind(self.flags("begins", "lower", "han").astype(np.int64)) > 0
        unended = goes_on & self.flags("ends", "letter", "comma", "hyphen")
        self.regime = Regime(self.page, self.place, lead, trail, self.gap, _taken(evidence.usual_gaps, index))
        self._chinese: Flags = 2 * _taken(evidence.lines.han, index) >= self.lengths
        usual = _taken(evidence.measures, index)
        self.measures = Measures(width, unended, self._chinese, self.page, usual)
        self._add_widths(width)
        self._add_spaces(evidence, index, lead - self.regime.base, trail)
        self._add_places(index)

    def flags(self, column: str, *values: str) -> Flags:
        """Which lines have one of these values."""
        return _known(column, values).take(self[column])

    def is_word(self, word: str) -> bool:
        """Whether a word in small letters stands in the document or in the general list."""
        return word in vocabulary(self._evidence) or word in general_words()

    def add_neighbours(self) -> None:
        """The columns of the line before, and of the line behind, every line."""
        for name in NEIGHBOURS:
            side, column = name.split(".")
            self[name] = before(self[column]) if side == "before" else behind(self[column])
        self["width-before"] = np.where(
            (self["same-page"] == 0) & (self.page == 0), CODES["width-before"]["first"], self["before.width"]
        )

    def _add_texts(self, han: Codes) -> None:
        texts = self.texts
        lengths = self.lengths
        self["begins"] = np.array([*map(_code_of_first, [text[0] for text in texts])], dtype=np.int64)
        self["ends"] = _ends(texts)
        self["size"] = _sizes(texts, lengths, han)
        self["open"] = _coded("open", map(open_end, texts))
        self["people"] = _coded("people", map(people_in, texts))
        self["single"] = (lengths == 1).astype(np.int64)
        is_han = self.flags("begins", "han") | self.flags("size", "han", "han-short", "han-name")
        self["han"] = is_han.astype(np.int64)
        self._add_labels()

    def _add_labels(self) -> None:
        self["label"], self["note"] = np.zeros_like(self.page), np.zeros_like(self.page)
        labelled = OF_LABELS.lines(self.beginnings)
        self.numbered = {at: label for at in labelled if (label := label_of(self.texts[at]))}
        self["label"][[*self.numbered]] = _coded("label", self.numbered.values())
        self.noted = note_labels(self.texts, self.beginnings)
        self["note"][[*self.noted]] = _coded("note", [name for name, _ in self.noted.values()])

    def _add_widths(self, width: Codes) -> None:
        measure = self.measures.measure
        short = measure - width
        self["width"] = 1 + _SHARES.searchsorted(100 * width // measure, side="right")
        self["wide"] = self.measures.wide.astype(np.int64)
        self["fill"] = (short > 12).astype(np.int64)
        self["rest"] = _within(short // 2, -1, 6) % len(VALUES["rest"])
        self["rest-3"] = _within(short // 2, 0, 3)
        self["two-short"] = ((short >= 3) & (short <= 5)).astype(np.int64)
        self._add_fits(width, measure)
        self["type-above"], self["type"] = self.measures.above, self.measures.own
        self["type-change"] = self.measures.change
        open_end = self.flags("ends", "letter", "closing")
        self["last-short"] = ((self.left == 0) & (short > 12) & open_end).astype(np.int64)

    def _add_fits(self, width: Codes, measure: Codes) -> None:
        """Whether the first word of a line had room on the line before it, and whether the two make up one line."""
        same_page = np.append(False, self.page[1:] == self.page[:-1])
        above = before(width)
        local = np.maximum(1, np.minimum(measure, _widest_near(width, self.page)))
        room = 100 * (local - _last_parts(above, measure) - self._first_words(width)) // local
        below_full = same_page & (before(self.measures.full.astype(np.int64)) > 0)
        self["room"] = np.zeros_like(room)
        for script in (self._chinese, ~self._chinese):
            limits = _room_limits(room[below_full & script])
            of_script = same_page & script
            self["room"][of_script] = 1 + limits.searchsorted(room[of_script], side="left")
        both = 100 * (above + width) // measure
        short = same_page & (above * 100 < measure * 86) & (width * 100 < measure * 86)
        self["pieces"] = np.where(short, 1 + (both >= 88) + (both >= 107), 0)

    def _first_words(self, width: Codes) -> Codes:
        """The width that the first word of each line needs behind another: a character, or a word and a blank."""
        words = np.array([text.find(" ") for text in self.texts], dtype=np.int64)
        letters = np.where(words < 0, self.lengths, words + 1)
        return np.where(self.flags("begins", "han"), 2, (letters * width + self.lengths // 2) // self.lengths)

    def _add_spaces(self, evidence: Evidence, index: Codes, lead: Codes, trail: Codes) -> None:
        regime, count = self.regime, len(index)
        same_page = np.zeros(count, dtype=np.int64)
        same_page[1:] = self.page[1:] == self.page[:-1]
        gaps = np.array([*evidence.lines.gap, 0], dtype=np.int64)[index + 1] - regime.gap
        at_edge = (self.left == 0) | (index + 1 >= len(evidence.lines))
        self["lead"] = _LEADS.searchsorted(lead, side="right")
        more = lead - before(lead)
        self["turn"] = np.where(more > 1, CODES["turn"]["more"], np.where(more < -1, CODES["turn"]["less"], 0))
        self["trail"] = (trail > 0).astype(np.int64)
        self["same-page"] = same_page
        self["gap"] = np.where(same_page, 1 + _within(self.gap - regime.gap, -1, 2), CODES["gap"]["page"])
        self["gap-behind"] = np.where(at_edge, 0, 2 + _within(gaps, -1, 2))
        self["spaced"] = np.full(count, CODES["spaced"][regime.spaced])
        self["trails"] = np.full(count, int(regime.trails))
        self["indents"] = np.full(count, int(regime.indents))

    def _add_places(self, index: Codes) -> None:
        opens = index < _LINES_OPENING
        self["page"] = (self.page > 0).astype(np.int64)
        self["near-foot"] = (self.left < 6).astype(np.int64)
        inside = np.where(self.left < 6, 2, 3)
        self["place"] = np.where(self.place < 4, np.where(self.place == 0, 0, 1), inside)
        self["opening"] = np.where(opens, 1 + np.minimum(index, 6), 0)
        self["opening-3"] = np.where(opens, 1 + np.minimum(index, 3), 0)


@cache
def _known(column: str, values: tuple[str, ...]) -> Flags:
    """For every value of a column whether it is one of these."""
    return np.array([value in values for value in VALUES[column]])


def _within(codes: Codes, least: int, most: int) -> Codes:
    """The numbers, none below or above these; `numpy.clip` takes its time over short columns."""
    bounded: Codes = np.minimum(np.maximum(codes, least), most)
    return bounded


def before(codes: Codes) -> Codes:
    """The codes of the lines before; above the first stands nothing."""
    return np.concatenate((np.zeros(1, dtype=np.int64), codes[:-1]))


def behind(codes: Codes) -> Codes:
    """The codes of the lines behind; below the last stands nothing."""
    return np.concatenate((codes[1:], np.zeros(1, dtype=np.int64)))


def _widest_near(width: Codes, page: Codes) -> Codes:
    """The greatest width among the lines around the line before each, on its page, and of that line on any."""
    behind = _greatest_ahead(width - page * _WIDEST, _NEAR) + page * _WIDEST
    above = _greatest_ahead((width + page * _WIDEST)[::-1], _NEAR + 2)[::-1] - page * _WIDEST
    widest: Codes = np.maximum(np.maximum(above, behind), before(width))
    return widest


def _room_limits(rooms: Codes) -> Codes:
    """Limits of the classes of room, from that which is left on lines that are full, to all appearance."""
    ordered = np.sort(rooms)
    known = len(rooms) >= _LEAST_LINES
    limits = [int(ordered[len(rooms) * share // 100]) for share in _QUANTILES] if known else [*_USUAL_ROOMS]
    return np.array([*limits, max(_MUCH_ROOM, limits[-1])])


def _last_parts(widths: Codes, measure: Codes) -> Codes:
    """The width of what lines end with: a line as wide as several is several that the extractor joined."""
    lines_before: Codes = np.maximum(0, (widths * 100 // measure - _OVER) // 100)
    return widths - lines_before * measure


def _greatest_ahead(values: Codes, count: int) -> Codes:
    """The greatest of each value and those behind it, so many in all."""
    greatest, reach = values.copy(), 1
    while reach < count:
        step = min(reach, count - reach)
        greatest[:-step] = np.maximum(greatest[:-step], greatest[step:])
        reach += step
    return greatest


def _coded(column: str, values: Iterable[str]) -> Codes:
    """The codes of a column's values."""
    return np.array([*map(CODES[column].__getitem__, values)], dtype=np.int64)


def _taken(column: Sequence[int], index: Codes) -> Codes:
    return np.array(column, dtype=np.int64)[index]


@cache
def _code_of_first(first: str) -> int:
    return CODES["begins"][_begins(first)]


@cache
def _code_of_last(last: str) -> int:
    return CODES["ends"][_last(last)]


def _begins(first: str) -> str:
    if first.islower():
        return "lower"
    if first.isdigit():
        return "digit"
    if first.isupper():
        return "upper"
    if first in "“\"‘'「『《〈":
        return "quote"
    if first in "([（〔［【":
        return "bracket"
    if first.isalpha():
        return "han" if first >= "\u2e80" else "letter"
    return "closing" if first in "，。、；：）」』”’,.;:)]!?" else "sign"


def _ends(texts: Sequence[str]) -> Codes:
    """How lines end: by their last characters, closing marks and figures by what stands before them as well."""
    known = CODES["ends"]
    codes = np.array([*map(_code_of_last, [text[-1] for text in texts])], dtype=np.int64)
    for at in np.flatnonzero(codes == known["closing"]).tolist():
        if len(texts[at]) == 1:
            codes[at] = known["sign"]
        elif texts[at][-2] in _TERMINAL:
            codes[at] = known["quoted-stop"]
    for at in np.flatnonzero(codes == known["digit"]).tolist():
        if _stops_before_marker(texts[at]):
            codes[at] = known["stop-digit"]
    return codes


def _last(last: str) -> str:
    for name, signs in _ENDINGS.items():
        if last in signs:
            return name
    if last.isdigit() or last in _MARKERS:
        return "digit"
    if last in "—–":
        return "dash"
    return "letter" if last.isalpha() else "sign"


def _stops_before_marker(text: str) -> bool:
    rest = text.rstrip("0123456789[]〔〕" + _MARKERS)
    return bool(rest) and (rest[-1] in _TERMINAL or (rest[-1] in _CLOSING and rest[-2:-1] in tuple(_TERMINAL)))


def _sizes(texts: Sequence[str], lengths: Codes, han: Codes) -> Codes:
    """Sizes by characters where at least half of them are East Asian, by words elsewhere."""
    blanks = np.array([text.count(" ") for text in texts], dtype=np.int64)
    return np.where(
        han * 2 >= lengths,
        CODES["size"]["han-name"] + _HAN_SIZES.searchsorted(lengths, side="right"),
        CODES["size"]["word"] + _WORD_SIZES.searchsorted(blanks, side="right"),
    )
