"""The text of an issue followed through the glyphs of its PDF: on which page every letter stands, where words are cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from .article import Article
from .colours import HEAD, TEXT, Glyphs

HYPHENS = "-\u2010\u2011\u00ad\x02\ufffe\u00ac"
HARD_HYPHENS = "-\u2010\u2011"
APOSTROPHES = "’'"
BEYOND, AGREEMENT = 60, 6  # letters that may differ, letters that then agree


class Lost(Exception):
    """The glyphs do not show the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A letter of an article's block, counted in what is printed."""

    article: int
    block: int
    offset: int


@dataclass(slots=True)
class Followed:
    """The letters of an issue without blanks, and what the PDF says of each.

    pages    the page, from 0, of each letter; None where the PDF shows something else
    starts   the first letter of every page that has one
    cuts     (letter, page): a word is cut before this letter by a hyphen of the typesetter
    errors   how often text and PDF differ
    """

    letters: str
    places: list[Place]
    pages: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)
    cuts: list[tuple[int, int]] = field(default_factory=list)
    errors: int = 0


def follow(articles: Sequence[Article], pages: Sequence[Glyphs]) -> Followed:
    """Follow the text.  Raises Lost."""
    letters, places = _stream(articles)
    followed = Followed(letters, places, [None] * len(letters))
    shown = [
        (page, character)
        for page, glyphs in enumerate(pages)
        for number, character in glyphs
        if number in (TEXT, HEAD) and not character.isspace()
    ]
    _Walk(followed, shown).go()
    return followed


def _stream(articles: Sequence[Article]) -> tuple[str, list[Place]]:
    letters: list[str] = []
    places: list[Place] = []
    for number, article in enumerate(articles):
        for index, block in enumerate(article.blocks):
            for offset, character in enumerate(block.printed):
                if not character.isspace():
                    letters.append(character)
                    places.append(Place(number, index, offset))
    return "".join(letters), places


class _Walk:
    """The letter and the glyph reached."""

    def __init__(self, followed: Followed, shown: Sequence[tuple[int, str]]) -> None:
        self._followed = followed
        self._shown = shown
        self._text = "".join(character for _, character in shown)
        self._letter = self._glyph = 0

    def go(self) -> None:
        """Walk to the last glyph."""
        while self._glyph < len(self._shown):
            page, glyph = self._shown[self._glyph]
            size = self._match(glyph)
            if size:
                self._place(page, size)
            elif glyph in HYPHENS and self._letter < len(self._followed.letters):
                self._followed.cuts.append((self._letter, page))
                self._glyph += 1
            else:
                self._resume(page)
        if self._letter < len(self._followed.letters):
            self._followed.errors += 1

    def _match(self, glyph: str) -> int:
        """How many letters a glyph shows here: more than one where it is a ligature."""
        letters, at = self._followed.letters, self._letter
        if at >= len(letters):
            return 0
        letter = letters[at]
        if glyph == letter or (glyph in APOSTROPHES and letter in APOSTROPHES):
            return 1
        if glyph in HYPHENS and letter in HARD_HYPHENS:
            return 1
        plain = unicodedata.normalize("NFKC", glyph)
        if plain == unicodedata.normalize("NFKC", letter):
            return 1
        return len(plain) if len(plain) > 1 and letters.startswith(plain, at) else 0

    def _place(self, page: int, size: int) -> None:
        self._followed.starts.setdefault(page, self._letter)
        for letter in range(self._letter, self._letter + size):
            self._followed.pages[letter] = page
        self._letter += size
        self._glyph += 1

    def _resume(self, page: int) -> None:
        """Go on where text and PDF agree again, after as few letters and glyphs as possible."""
        self._followed.errors += 1
        letters = self._followed.letters
        for most in range(1, BEYOND):
            for least in range(most + 1):
                for skipped, passed in ((most, least), (least, most)):
                    ahead = self._text[self._glyph + passed : self._glyph + passed + AGREEMENT]
                    if len(ahead) == AGREEMENT and letters.startswith(ahead, self._letter + skipped):
                        self._letter += skipped
                        self._glyph += passed
                        return
        text, pdf = letters[self._letter : self._letter + 20], self._text[self._glyph : self._glyph + 20]
        raise Lost(f"page {page + 1}: text {text!r}, PDF {pdf!r}")
