"""An article as it is set: title, authors, blocks and notes with their places in the text."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(slots=True)
class Note:
    """A note at a letter of a block; `marker` is what is printed there, known once it is set."""

    text: str
    block: int
    offset: int
    marker: str = ""
    page: str | None = None


@dataclass(slots=True)
class Block:
    """A head (`level` 1..4) or a paragraph (`level` 0).

    label    the number printed before a head, with the blank behind it
    runs_in  the head begins the paragraph below; its text then ends with a mark of its own
    """

    text: str
    level: int = 0
    label: str = ""
    is_quote: bool = False
    runs_in: bool = False

    @property
    def printed(self) -> str:
        """The text as it stands on the page."""
        if not self.runs_in:
            return self.label + self.text
        if self.text[-1] in ".?!。？！:：":
            return self.text
        return self.text + ("。" if "\u4e00" <= self.text[-1] <= "\u9fff" else ".")


@dataclass(slots=True)
class Author:
    """An author; `note` is what a starred note says of him, `mail` an electronic address."""

    name: str
    affiliation: str = ""
    note: str = ""
    mail: str = ""


@dataclass(slots=True)
class Article:
    """An article.

    reference    repository and path of the text
    synthetic    what was invented: notes, heads, authors, affiliations, title
    extras       what only some layouts print: short, column, dateline, abstract, keywords, bio, rubric, by
    """

    source: str
    reference: str
    lang: str
    script: str
    title: str
    subtitle: str | None = None
    authors: list[Author] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    synthetic: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Letters of all blocks."""
        return sum(len(block.text) for block in self.blocks)

    def notes_of(self, block: int) -> list[tuple[int, Note]]:
        """The notes of a block with their indexes, in the order of the text."""
        return [(index, note) for index, note in enumerate(self.notes) if note.block == block]


def cut(article: Article, begin: int = 0, letters: int | None = None, with_notes: bool = True) -> Article:
    """A copy that begins at a block and ends with the one that reaches so many letters, never with a head."""
    end, size = begin, 0
    while end < len(article.blocks) and (letters is None or size < letters):
        size += len(article.blocks[end].text)
        end += 1
    while end > begin and article.blocks[end - 1].level:
        end -= 1
    notes = [replace(note, block=note.block - begin) for note in article.notes if begin <= note.block < end]
    parted = copy.deepcopy(article)
    parted.blocks, parted.notes = parted.blocks[begin:end], notes if with_notes else []
    return parted


def author_of(row: dict[str, Any]) -> Author:
    """An author from a row of a table: name, and perhaps affiliation and note."""
    return Author(row["name"], row.get("affiliation", ""), row.get("note", ""))


def affiliations_of(authors: Sequence[Author]) -> list[str]:
    """The affiliations of all authors, each once."""
    return list(dict.fromkeys(author.affiliation for author in authors if author.affiliation))
