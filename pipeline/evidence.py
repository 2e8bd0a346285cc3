"""What the text itself shows: its lines with their features, computed once, after `letters`.

`Lines` are parallel columns, one row a line that is not blank; blank lines are counted in `gap`.  Line
ends are CR, LF, CRLF, U+2028, U+2029 and form feeds, and the end of every raw file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from .model import Document
from .rewrite import Reading, read

LINE_END = re.compile(r"(?:\r\n|[\n\r\u2028\u2029])?\f+|\r\n|[\n\r\u2028\u2029]")
# Characters one em wide in a Chinese line: East Asian letters, their punctuation, full-width forms.
WIDE = re.compile(r"[\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]")  # fmt: skip
# East Asian letters proper, without punctuation.
HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\x00\v"


def is_wide(character: str) -> bool:
    """Whether a character takes a whole em in a Chinese line."""
    return WIDE.match(character) is not None


def width(text: str) -> int:
    """Width in half ems: two for a wide character, one for any other."""
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))


class Lines:
    """The lines that are not blank, as parallel columns.

    start, end   witness offsets of the line without the blanks around it
    text         how it reads (after `letters`), without the blanks around it
    lead         blanks before it, in half ems       trail   blanks after it, in characters
    width        of `text`, in half ems              gap     blank lines above it
    feeds        page marks (form feeds, ends of raw files) between it and the line above
    han          East Asian letters in it
    """

    __slots__ = ("end", "feeds", "gap", "han", "lead", "start", "text", "trail", "width")

    def __init__(self, reading: Reading, part_ends: list[int]) -> None:
        self.start: list[int] = []
        self.end: list[int] = []
        self.text: list[str] = []
        self.lead: list[int] = []
        self.trail: list[int] = []
        self.width: list[int] = []
        self.gap: list[int] = []
        self.feeds: list[int] = []
        self.han: list[int] = []
        text, at, gap, feeds = reading.text, 0, 0, 0
        borders = set(part_ends)
        for found in LINE_END.finditer(text):
            gap, feeds = self._add(reading, at, found.start(), gap, feeds)
            feeds += found.group().count("\f")
            at = found.end()
            if at in borders:
                feeds += 1
        self._add(reading, at, len(text), gap, feeds)

    def _add(self, reading: Reading, start: int, end: int, gap: int, feeds: int) -> tuple[int, int]:
        """Add one line; returns the blank lines and page marks that stand before the next one."""
        whole = reading.text[start:end]
        body = whole.lstrip(BLANKS)
        if not body:
            return gap + 1, feeds
        lead = whole[: len(whole) - len(body)]
        body = body.rstrip(BLANKS)
        first = start + len(lead)
        last = first + len(body)
        self.start.append(reading.start(first))
        self.end.append(reading.end(last))
        self.text.append(body)
        self.lead.append(width(lead.replace("\ufeff", "").replace("\x00", "")))
        self.trail.append(end - last)
        self.width.append(width(body))
        self.gap.append(gap)
        self.feeds.append(feeds)
        self.han.append(0 if body.isascii() else len(HAN.findall(body)))
        return 0, 0

    def __len__(self) -> int:
        return len(self.start)


class Evidence:
    """Everything that can be asked of a source without deciding anything; each answer is computed once."""

    def __init__(self, document: Document) -> None:
        self._document = document
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
            ends = [place for place in self.reading.offsets(ends) if place is not None]  # type: ignore[misc]
        return Lines(self.reading, ends)

    def line_at(self, offset: int) -> int:
        """Index of the line that holds, or last began before, a witness offset."""
        return max(0, bisect_right(self.lines.start, offset) - 1)

    @cached_property
    def is_chinese(self) -> bool:
        """Whether most letters of the source are East Asian."""
        han = sum(self.lines.han)
        return han * 3 > sum(self.lines.width) - 2 * han
