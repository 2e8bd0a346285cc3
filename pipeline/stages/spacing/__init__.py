"""Stage 10, `spacing`: words broken or spread by justification, punctuation and width by language.

Works on blocks whose lines are joined.  A text is a witness: only what is clear damage is changed.  A
single blank between Chinese phrases of a title stays, and so does the source's habit of setting, or not
setting, one between Chinese and Latin.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...evidence import Evidence
from ...model import Changes, Document
from ...options import Options
from ...rewrite import Reading, read
from ..stretches import Change, Guards, is_free, place_changes
from .blanks import find_blanks
from .chinese import Habits, find_habits, find_letter_spacing
from .punctuation import find_own_style, find_punctuation
from .words import Words, find_broken_words

# Blocks whose blanks and signs are their shape.
SHAPED = ("fw", "table", "formula", "doi", "clc", "doc-code")
NOTES = ("note", "bibl")


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Edits for blanks and punctuation of every block but forme work, tables and formulas."""
    guards = Guards(document)
    home = {name: article for article in document.articles for name in article.blocks}
    readings = {block.id: read(document, block.spans) for block in document.blocks.values() if block.kind not in SHAPED}
    kinds = {name: document.blocks[name].kind for name in readings}
    habits = find_habits((readings[name].text, kinds[name]) for name in readings)
    words = Words(reading.text for reading in readings.values())
    notes: dict[int, list[str]] = {}
    for name, reading in readings.items():
        if kinds[name] in NOTES:
            notes.setdefault(home[name].seq if name in home else 0, []).append(reading.text)
    own_style = {seq for seq, texts in notes.items() if find_own_style(texts)}
    edits = []
    for name, reading in readings.items():
        article = home.get(name)
        lang = document.blocks[name].lang or (article.lang if article else "")
        found = find_changes(reading.text, kinds[name], lang, habits, words)
        is_own = kinds[name] in NOTES and (article.seq if article else 0) in own_style
        if options.characters.punctuation == "language" and not is_own:
            found = [*find_punctuation(reading.text), *found]
        if found:
            edits += place_changes(reading, _sift(found, guards, reading))
    return Changes(edits=tuple(edits))


def find_changes(text: str, kind: str, lang: str, habits: Habits, words: Words) -> list[Change]:
    """Blanks of a block that should not stand there, or not so wide; the more telling kinds first."""
    return [
        *find_letter_spacing(text, kind, habits),
        *(find_broken_words(text, words) if lang[:2] in ("en", "zh", "") else ()),
        *find_blanks(text),
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
