"""Stage 10, `spacing`: words broken or spread by justification, punctuation and width by language.

Works on blocks whose lines are joined.  A text is a witness: only what is clear damage is changed.  A
single blank between Chinese phrases of a title stays, and so does the source's habit of setting, or not
setting, one between Chinese and Latin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...evidence import Evidence
from ...model import Article, Block, Changes, Document
from ...options import Options
from ...rewrite import Reading, read
from ..stretches import Change, Guards, is_free, place_changes
from .blanks import find_blanks
from .chinese import RUNNING, Habits, find_habits, find_letter_spacing, holds_han
from .punctuation import find_own_style, find_punctuation, find_quotes, holds_east_asian
from .signs import find_blanks_at_markers, find_blanks_at_signs, find_closeness
from .small_capitals import find_small_capitals
from .words import Words, find_broken_words

# Blocks whose blanks and signs are their shape.
SHAPED = ("fw", "table", "formula", "doi", "clc", "doc-code")
NOTES = ("note", "bibl")
PRINTED_LARGE = ("title", "subtitle", "head", "abstract", "label")


class Text(NamedTuple):
    """A block as it reads: its tokens (what blanks part), whether East Asian signs, and Chinese, stand in it."""

    block: Block
    reading: Reading
    text: str
    tokens: list[str]
    is_east_asian: bool
    holds_han: bool

    @property
    def is_even(self) -> bool:
        """Whether all its blanks are single ordinary ones between tokens."""
        return " ".join(self.tokens) == self.text


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Edits for blanks and punctuation of every block but forme work, tables and formulas."""
    guards = Guards(document)
    home = {name: article for article in document.articles for name in article.blocks}
    texts = [_read(document, block) for block in document.blocks.values() if block.kind not in SHAPED]
    habits = _habits(texts)
    words = Words(text.tokens for text in texts)
    by_language = options.characters.punctuation == "language"
    notes: dict[int, list[str]] = {}
    for text in texts if by_language else ():
        if text.block.kind in NOTES:
            notes.setdefault(_article(home, text), []).append(text.text)
    quotes = find_quotes(text.text for text in texts if text.holds_han)
    own_style = {seq for seq, found in notes.items() if find_own_style(found)}
    edits = []
    for text in texts:
        article = home.get(text.block.id)
        lang = text.block.lang or (article.lang if article else "")
        found = find_changes(text, lang, habits, words)
        is_own = text.block.kind in NOTES and _article(home, text) in own_style
        if text.holds_han and text.block.kind in RUNNING:
            found = [*found, *find_blanks_at_markers(text.text, guards.markers(text.reading))]
        if by_language and text.is_east_asian and not is_own:
            found = [*find_punctuation(text.text, quotes), *found]
        if found:
            edits += place_changes(text.reading, _sift(found, guards, text.reading))
    return Changes(edits=tuple(edits))


def _read(document: Document, block: Block) -> Text:
    reading = read(document, block.spans)
    text = reading.text
    is_east_asian = holds_east_asian(text)
    return Text(block, reading, text, text.split(), is_east_asian, is_east_asian and holds_han(text))


def _article(home: Mapping[str, Article], text: Text) -> int:
    return home[text.block.id].seq if text.block.id in home else 0


def _habits(texts: Iterable[Text]) -> Habits:
    running = [text for text in texts if text.holds_han and text.block.kind in RUNNING]
    parted = [text.text for text in running if len(text.tokens) > 1]
    habits = find_habits([text.text for text in running], parted)
    return habits._replace(is_close=find_closeness(parted, habits.text))


def find_changes(text: Text, lang: str, habits: Habits, words: Words) -> list[Change]:
    """Blanks of a block that should not stand there, or not so wide; the more telling kinds first."""
    if len(text.tokens) == 1 and text.tokens[0] == text.text:
        return []
    is_running = text.holds_han and text.block.kind in RUNNING and text.block.kind != "bibl"
    return [
        *(find_letter_spacing(text.text, text.block.kind, habits) if text.holds_han else ()),
        *(find_blanks_at_signs(text.text, closely=habits.is_close) if is_running else ()),
        *(find_broken_words(text.text, text.tokens, words) if lang[:2] in ("en", "zh", "") else ()),
        *(find_small_capitals(text.text) if lang[:2] in ("en", "") and text.block.kind in PRINTED_LARGE else ()),
        *(() if text.is_even else find_blanks(text.text)),
    ]


def _sift(found: Iterable[Change], guards: Guards, reading: Reading) -> list[Change]:
    """Changes in order, without those that overlap an earlier found one or touch a mark."""
    covered = guards.covered(reading)
    kept: list[Change] = []
    place = -1
    for _, change in sorted(enumerate(found), key=lambda entry: (entry[1][0], entry[0])):
        if change[0] >= place and is_free(covered, change[0], change[1]):
            kept.append(change)
            place = change[1]
    return kept
