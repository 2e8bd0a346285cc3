"""Texts set anew: the articles of the truth on pages of another make, with a label for every line.

Ten layouts are few.  The same articles are therefore set again on pages whose measure, heads, front matter,
notes, paragraphs and running heads are drawn by lot, in the text that an extractor would make of them.  What
is set knows what it is, so that labels need not be projected.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from .composition import (
    HELD,
    NOTES_HEADS,
    Row,
    Style,
    broken,
    front,
    head,
    hold_markers,
    note,
    numbered_float,
    paragraph,
)  # fmt: skip
from .furniture import Furniture
from .tongues import in_another_manner


def set_anew(articles: Sequence[dict[str, Any]], seed: str) -> tuple[str, list[str]]:
    """A raw text of some articles, and for each of its lines that are not blank a label or FORME."""
    lot = random.Random(seed)
    style = Style(lot, articles[0]["lang"][:2])
    pages = _Pages(style)
    manner = lot.choice(("", "", "", "", "", "nouns", "guillemets"))
    for article in articles:
        pages.take(in_another_manner(article, manner, lot) if style.lang == "en" else article)
    return pages.text()


class _Pages:
    """Rows put on pages, notes at their feet, forme work around them."""

    def __init__(self, style: Style) -> None:
        self._style = style
        lot = style.lot
        self._opens_page = style.often(0.5)
        self._height = style.height - (8 if style.columns > 1 else 0)
        self._column: list[Row] = []
        self._foot: list[Row] = []
        self._columns: list[tuple[list[Row], dict[str, Any], bool]] = []  # its article, whether it opens there
        self._article: dict[str, Any] = {}
        self._opens = False
        self._number = 0  # of the last note
        self._restarts = style.often(0.4)
        self._foot_gap = lot.choice((0, 1, 1, 2))
        self._captions = 0

    def take(self, article: dict[str, Any]) -> None:
        """Set an article behind what there is."""
        style = self._style
        if self._column and (self._opens_page or style.often(0.2)):
            self._close()
        if not self._column:
            self._article, self._opens = article, True
        self._number = 0
        style.counts = [0, 0, 0]
        stars: list[Row] = []
        notes: dict[int, list[Row]] = {}
        for row in front(article, style, stars):
            if stars and row.label == "B" and not notes:
                notes[0], row.notes = stars, [0]
            self._put(row, notes)
        for block in article["blocks"]:
            self._put_block(block, article, notes)
        if style.ends:
            self._put_end_notes(notes)
        self._article = article

    def _put_block(self, block: dict[str, Any], article: dict[str, Any], notes: dict[int, list[Row]]) -> None:
        style = self._style
        is_head = block["type"] == "heading" and not block.get("runin")
        text = block["text"]
        if is_head:
            rows = head(block, style)
        else:
            held = hold_markers(text, block["note_refs"], style, self._number)
            for ref in block["note_refs"]:
                self._number += 1
                words = next((one["text"] for one in article["notes"] if one["id"] == ref["note"]), "Ibid.")
                notes[self._number] = note(self._number, words, style)
            quote = bool(block.get("quote"))
            rows = paragraph(held, style, quote)
        for row in rows:
            self._put(row, notes)
        if not is_head and style.often(0.03):
            self._captions += 1
            for row in numbered_float(self._captions, text, style):
                self._put(row, notes)

    def _put(self, row: Row, notes: dict[int, list[Row]]) -> None:
        found = [ord(sign) - HELD for sign in row.text if HELD <= ord(sign) < HELD + 999]
        row.text = "".join(sign for sign in row.text if not HELD <= ord(sign) < HELD + 999)
        foot = [] if self._style.ends else [line for number in (*row.notes, *found) for line in notes.pop(number, [])]
        used = sum(1 + one.gap for one in self._column) + len(self._foot)
        if used + 1 + row.gap + min(len(foot), 2) > self._height and len(self._column) > 3:
            self._close()
        self._column += broken(row, self._style)
        self._foot += foot

    def _put_end_notes(self, notes: dict[int, list[Row]]) -> None:
        style = self._style
        rows = [row for number in sorted(notes) if number for row in notes[number]]
        for row in notes.get(0, []):
            self._put(row, {})
        if rows and style.often(0.85):
            self._put(Row(style.lot.choice(NOTES_HEADS[style.lang]), "L", style.lot.choice((0, 1, 1, 2))), {})
            for row in rows:
                row.label = {"N": "R", "n": "r"}[row.label]
        for row in rows:
            self._put(row, {})

    def _close(self) -> None:
        """Close the column; what does not fit of its notes goes on in the next."""
        room = max(2, self._height - sum(1 + one.gap for one in self._column))
        foot, rest = self._foot[:room], self._foot[room:]
        if foot:
            foot[0].gap = self._foot_gap
        self._columns.append(([*self._column, *foot], self._article, self._opens))
        self._column, self._foot, self._opens = [], rest, False

    def text(self) -> tuple[str, list[str]]:
        while self._column or self._foot:
            self._close()
        style, lot = self._style, self._style.lot
        mark = lot.choice(("\f", "\f", "", " "))
        furniture = Furniture(style)
        lines: list[str] = []
        labels: list[str] = []
        count = style.columns
        for first in range(0, len(self._columns), count):
            page = [row for column, _, _ in self._columns[first : first + count] for row in column]
            following = self._columns[first + count : first + count + 1]
            next_line = following[0][0][0].text if following and following[0][0] else ""
            _, article, opens = self._columns[first]
            above, below = furniture.around(article, next_line, opens=opens)
            for at, row in enumerate([*above, *page, *below]):
                stray = lot.random() < style.stray
                lines += [""] * (0 if style.packed or not at else max(row.gap, int(stray)))
                lines.append((mark if not at and first else "") + row.text.rstrip())
                labels.append(row.label)
        return "\n".join(lines) + "\n", labels
