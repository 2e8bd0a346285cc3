"""What an edition is made of: passages and their content, divisions, notes, articles, pages.

`edition.py` arranges a document into these; writers read them and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .model import Article, Author, Block


class Break(NamedTuple):
    """A page begins here; `n` is its number, empty where none is known; `start` its place in the witness."""

    n: str
    inferred: bool
    certainty: int
    start: int


class Pointer(NamedTuple):
    """A note marker as printed, and the public ids of the notes it points to (none: an orphan)."""

    text: str
    targets: tuple[str, ...]


class Url(NamedTuple):
    """A stretch of text that is an address."""

    text: str
    target: str


class Foreign(NamedTuple):
    """A stretch of text in another language."""

    text: str
    lang: str


class Choice(NamedTuple):
    """An emended stretch: as in the witness, and as it reads."""

    orig: str
    reg: str
    by_hand: bool = False


Inline = str | Break | Pointer | Url | Foreign | Choice


class Passage(NamedTuple):
    """A block with its public id, its final content and its text (the content without breaks and markers).

    `text_source` is the text before Chinese script was converted, `None` where it is the same.
    """

    id: str
    block: Block
    content: tuple[Inline, ...]
    text: str
    text_source: str | None
    page_first: str
    page_last: str

    @property
    def breaks_first(self) -> bool:
        """Whether the passage begins with a page break."""
        return bool(self.content) and isinstance(self.content[0], Break)


@dataclass(slots=True)
class Division:
    """A `div`: its head, and passages and divisions in order.  `level` counts from 1."""

    head: Passage
    level: int
    children: list[Passage | Division] = field(default_factory=list)
    parent: Division | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note, its labels as printed, and the places that point to it: (block id, offset in its text)."""

    passage: Passage
    labels: tuple[str, ...]
    place: str
    type: str
    refs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Byline:
    """An author with the public id of the block the name stands in and the markers printed after it."""

    id: str
    author: Author
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class ArticleEdition:
    """One article (or the matter) ready to be written.

    `front` holds passages by kind of block; `body` nests; `labels` are the printed heads of notes and
    references (`label` blocks by type).
    """

    id: str
    article: Article
    front: Mapping[str, tuple[Passage, ...]]
    bylines: tuple[Byline, ...]
    body: tuple[Passage | Division, ...]
    notes: tuple[Note, ...]
    references: tuple[Passage, ...]
    labels: Mapping[str, tuple[Passage, ...]]

    def passages(self) -> Iterable[tuple[Passage, Division | None]]:
        """Heads and paragraphs of the body in reading order, each with the division it stands in."""

        def walk(
            children: Sequence[Passage | Division], inside: Division | None
        ) -> Iterable[tuple[Passage, Division | None]]:
            for child in children:
                if isinstance(child, Division):
                    yield child.head, child
                    yield from walk(child.children, child)
                else:
                    yield child, inside

        return walk(self.body, None)

    def all_passages(self) -> Iterable[Passage]:
        """Every passage: front, body, notes, references and their labels."""
        for passages in self.front.values():
            yield from passages
        yield from (passage for passage, _ in self.passages())
        yield from (note.passage for note in self.notes)
        yield from self.references
        for passages in self.labels.values():
            yield from passages

    @property
    def xml_id(self) -> str:
        """`a01` or `matter`."""
        return self.id.rpartition("/")[2]


class Page(NamedTuple):
    """A page of the source: where it begins and what its first character in the edition is."""

    n: str
    inferred: bool
    certainty: int
    raw_start: int
    raw_end: int
    block_id: str
    block_start: int
