"""The types in the middle: readers make a `Source`, stages change a `Document`, writers read it.

Every offset is a *witness offset*: a code point of the decoded source, half-open.  Certainties are whole
per cent (0..100), so that no float decides anything; they are written as hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, NamedTuple

Span = tuple[int, int]

FATES = ("kept", "joined", "emended", "dropped")

# What a block can be.  `fw` is forme work; `matter` is text that belongs to no article.
KINDS = (
    "p", "quote", "item", "caption", "table", "formula", "bibl", "head", "note", "fw", "matter",
    "title", "subtitle", "alt-title", "byline", "affiliation", "abstract", "keywords", "doi", "clc",
    "doc-code", "funding", "editor", "dateline", "label",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Why something was decided: declared at the top of the stage that uses it.

    `id` names what is found (`running-head`), never the cure; `fate` is what becomes of the text it
    touches; `certainty` is the usual one; `sentence` says it to a reader of the report.
    """

    id: str
    fate: str
    certainty: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """One raw file of a source: its place in the witness and what is needed to encode it again.

    `encodings` are (offset, codec) from which offset on a codec holds; `exceptions` are (offset, bytes):
    the one code point there stands for these bytes, which its codec would not give back.
    """

    path: str
    sha256: str
    size: int
    start: int
    end: int
    encodings: tuple[tuple[int, str], ...]
    exceptions: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the witness, never changed, and the raw files it came from."""

    doc_id: str
    text: str
    parts: tuple[Part, ...]
    reader: str = "text"


class Edit(NamedTuple):
    """This stretch of the witness should read `new`; empty `new` omits, `start == end` inserts.

    `new` is the text of the whole stretch, whatever earlier edits stood in it.
    """

    start: int
    end: int
    new: str
    rule: Rule
    certainty: int


class Run(NamedTuple):
    """A touched run: a stretch of the witness with its new text and the rules that made it."""

    start: int
    end: int
    new: str
    rules: tuple[Rule, ...]
    certainty: int


@dataclass(frozen=True, slots=True)
class Block:
    """An ordered list of witness spans read as one stretch.

    `level` is a head's depth (1 is the highest); `n` a printed label or number; `type` says more of the
    kind (`header` of a `fw`, `run-in` of a `head`, `bottom` of a `note`, `contents` of a `matter`);
    `lang` is a BCP 47 tag, empty for the article's own language.
    """

    id: str
    kind: str
    spans: tuple[Span, ...]
    rule: Rule
    certainty: int
    level: int = 0
    n: str = ""
    type: str = ""
    lang: str = ""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


class Mark(NamedTuple):
    """Something inside the text: a note marker (`ref`), a passage in another language (`foreign`), a URL
    (`url`); with `start == end` a milestone (`pb`).

    `n` is a page's printed number, empty where there is none; `target` the ids of the note blocks a
    marker points to, separated by blanks, a language, or a URL.  `inferred` is a page number that was
    not printed but follows from the sequence of printed ones.
    """

    start: int
    end: int
    tag: str
    rule: Rule
    certainty: int
    n: str = ""
    target: str = ""
    inferred: bool = False


class Remark(NamedTuple):
    """Something noticed and left alone, with its place."""

    start: int
    end: int
    rule: str
    certainty: int
    message: str


@dataclass(frozen=True, slots=True)
class Author:
    """A name as it is to be listed, the name in the other language, affiliations in order, electronic addresses.

    `blocks` are the ids of the blocks it was read from.
    """

    name: str
    alt_name: str = ""
    affiliations: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """Blocks in reading order: front matter, body, notes.  Sections follow from the levels of its heads.

    `seq` 0 is the matter that belongs to no article.
    """

    seq: int
    kind: str
    blocks: tuple[str, ...]
    rule: Rule
    certainty: int
    lang: str = ""
    authors: tuple[Author, ...] = ()
    page_first: str = ""
    page_last: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """What the forme work, the cover and the sidecar say of the journal; empty where unknown."""

    title: str = ""
    volume: str = ""
    issue: str = ""
    date: str = ""
    publisher: str = ""


class Link(NamedTuple):
    """Two things that say the same in two languages: articles (`a01`) or blocks by their ids."""

    level: str
    from_id: str
    to_id: str
    score: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source and everything found in it so far.

    `order` are the stretches of the witness in the order they are read, where columns stand side by side; empty
    where the witness is read as it stands.
    `readings` is no part of the value: what `rewrite.read` has read of it, kept as long as the runs are.
    """

    source: Source
    runs: tuple[Run, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    articles: tuple[Article, ...] = ()
    journal: Journal = Journal()
    links: tuple[Link, ...] = ()
    remarks: tuple[Remark, ...] = ()
    order: tuple[Span, ...] = ()
    readings: dict[Sequence[Span], Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a stage found.  `None` leaves a part of the document as it is; remarks are added."""

    edits: tuple[Edit, ...] = ()
    blocks: tuple[Block, ...] | None = None
    marks: tuple[Mark, ...] | None = None
    articles: tuple[Article, ...] | None = None
    journal: Journal | None = None
    links: tuple[Link, ...] | None = None
    remarks: tuple[Remark, ...] = ()


def spans_in_order(blocks: Mapping[str, Block]) -> list[tuple[int, int, Block]]:
    """All spans of all blocks as (start, end, block), in the order of the witness."""
    spans = [(start, end, block) for block in blocks.values() for start, end in block.spans]
    return sorted(spans, key=itemgetter(0, 1))


def with_blocks(document: Document, blocks: tuple[Block, ...]) -> Document:
    """The document with these blocks instead of its own."""
    return replace(document, blocks={block.id: block for block in blocks})
