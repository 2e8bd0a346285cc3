"""The finished document as writers see it: everything named, numbered and in reading order.

Stages decide, writers write; this view between them only arranges.  Both writers read the same passages,
so that an id, a text or an offset cannot differ between TEI and Parquet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial

from .collation import fate_of
from .model import Article, Block, Document, Mark, Run
from .passages import (
    ArticleEdition,
    Break,
    Byline,
    Choice,
    Division,
    Foreign,
    Inline,
    Note,
    Page,
    Passage,
    Pointer,
    Url,
)
from .reading_order import ReadingOrder
from .rewrite import Reading, read
from .weaving import Placed, Weaver, cut_markers, place_marks, place_refs, unite_marks

__all__ = [
    "ArticleEdition", "Break", "Byline", "Choice", "Division", "Edition", "Foreign", "Inline", "Note", "Page",
    "Passage", "Pointer", "Url", "article_id", "xml_id",
]  # fmt: skip

# Kinds that stand in the header only, with the name their public id is made of.
FRONT = {"title": "title", "subtitle": "subtitle", "alt-title": "title-alt", "byline": "author",
         "affiliation": "affiliation", "abstract": "abstract", "keywords": "keywords", "doi": "doi", "clc": "clc",
         "doc-code": "doc-code", "funding": "funding", "editor": "editor", "dateline": "dateline"}  # fmt: skip
SINGLE = ("title", "subtitle")
BODY = ("p", "quote", "item", "caption", "table", "formula", "bibl", "matter")


def article_id(doc_id: str, article: Article) -> str:
    """`<doc_id>/a01`, or `<doc_id>/matter` for what belongs to no article."""
    return f"{doc_id}/a{article.seq:02}" if article.seq else f"{doc_id}/matter"


def xml_id(doc_id: str, public_id: str) -> str:
    """The `xml:id` of a public id: without the doc_id, `/` as `-`."""
    return public_id[len(doc_id) + 1 :].replace("/", "-")


class Edition:
    """The view of one document.  `unconverted` are the touched runs as they were before `script`."""

    def __init__(self, document: Document, unconverted: Sequence[Run] | None = None, *, choice: bool = False) -> None:
        self.document = document
        self.doc_id = document.source.doc_id
        self._unconverted = document.runs if unconverted is None else unconverted
        self._choice = choice
        self._page_marks = sorted(mark for mark in document.marks if mark.tag == "pb")
        self._page_starts = [mark.start for mark in self._page_marks]

    @cached_property
    def names(self) -> dict[str, str]:
        """Public id of every block that is written; forme work has none."""
        return {
            block: name
            for article in self.document.articles
            for block, name in _name_blocks(article_id(self.doc_id, article), article, self.document.blocks).items()
        }

    @cached_property
    def _spans(self) -> list[tuple[int, int, str]]:
        """Start, end and block of all spans that are written, in order."""
        blocks = [self.document.blocks[name] for article in self.document.articles for name in article.blocks]
        return sorted([(start, end, block.id) for block in blocks for start, end in block.spans])

    @cached_property
    def _marks(self) -> dict[int, list[Mark]]:
        """The marks but page breaks, in order, by the beginning of the span that holds them."""
        starts = [start for start, _, _ in self._spans]
        found: dict[int, list[Mark]] = defaultdict(list)
        for mark in sorted(mark for mark in self.document.marks if mark.tag != "pb"):
            at = bisect_right(starts, mark.start) - 1
            if at >= 0 and mark.start < self._spans[at][1] and mark.end <= self._spans[at][1]:
                found[starts[at]].append(mark)
        return dict(found)

    @cached_property
    def _breaks(self) -> dict[str, list[tuple[int, Mark]]]:
        """Page breaks by block: (witness place inside the block's spans, mark).

        A break belongs to the first running text behind it; a break at the end of everything to no block.
        """
        spans = [span for span in self._spans if _flows(self.document.blocks[span[2]])] if self._page_marks else []
        if self.document.order:
            spans.sort(key=lambda span: self.position(span[0]))
        found: dict[str, list[tuple[int, Mark]]] = defaultdict(list)
        at = 0
        for mark in self._page_marks:
            place = self.position(mark.start)
            while at < len(spans) and self.position(spans[at][1] - 1) < place:
                at += 1
            if at < len(spans):
                start, end, name = spans[at]
                found[name].append((mark.start if start < mark.start < end else start, mark))
        return found

    def position(self, place: int) -> int:
        """How far a witness offset stands from the beginning, as the text is read."""
        return self._order.position(place) if self.document.order else place

    @cached_property
    def _order(self) -> ReadingOrder:
        return ReadingOrder(self.document.order)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages in order."""
        places: dict[int, tuple[str, int]] = {}
        for article in (*self.articles, *([self.matter] if self.matter else [])):
            for passage in article.all_passages():
                offset = 0
                for piece in passage.content:
                    if isinstance(piece, Break):
                        places[piece.start] = (passage.id, offset)
                    elif isinstance(piece, str):
                        offset += len(piece)
                    elif isinstance(piece, Choice):
                        offset += len(piece.reg)
                    elif not isinstance(piece, Pointer):
                        offset += len(piece.text)
        ends = [*self._page_starts[1:], len(self.document.source.text)][: len(self._page_starts)]
        return tuple(
            Page(mark.n, mark.inferred, mark.certainty, mark.start, end, *places.get(mark.start, ("", 0)))
            for mark, end in zip(self._page_marks, ends, strict=True)
        )

    @cached_property
    def articles(self) -> tuple[ArticleEdition, ...]:
        """The articles in reading order, without the matter."""
        return tuple(self._arrange(article) for article in self.document.articles if article.seq)

    @cached_property
    def matter(self) -> ArticleEdition | None:
        """What belongs to no article, if there is any."""
        return next((self._arrange(article) for article in self.document.articles if not article.seq), None)

    @cached_property
    def _refs(self) -> dict[str, list[tuple[str, int]]]:
        """For every note block the places that point to it: (public id of the block, offset in its text)."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, places in self._places.items():
            for target, offset in place_refs(places):
                found[target].append((self.names[name], offset))
        return found

    @cached_property
    def _places(self) -> dict[str, list[Placed]]:
        """Where the marks but page breaks lie in the blocks that have any, by the blocks' ids."""
        document = self.document
        found: dict[str, list[Placed]] = {}
        for article in document.articles:
            for name in article.blocks:
                block = document.blocks[name]
                marks = self._marks_in(block)
                if marks:
                    reading = read(document, block.spans)
                    placed = place_marks(marks, reading, document.runs)
                    found[name] = unite_marks(placed, reading.text) if document.order else placed
        return found

    def _marks_in(self, block: Block) -> list[Mark]:
        if len(block.spans) == 1:
            return self._marks.get(block.spans[0][0], [])
        return [mark for start, _ in block.spans for mark in self._marks.get(start, ())]

    def page_at(self, offset: int) -> str:
        """Number of the page that holds a witness offset, empty where it is not known."""
        at = bisect_right(self._page_starts, offset) - 1
        return self._page_marks[at].n if at >= 0 else ""

    def _arrange(self, article: Article) -> ArticleEdition:
        name = article_id(self.doc_id, article)
        blocks = [self.document.blocks[block] for block in article.blocks]
        front: dict[str, list[Passage]] = defaultdict(list)
        body: list[Passage | Division] = []
        notes: list[Note] = []
        references: list[Passage] = []
        labels: dict[str, list[Passage]] = defaultdict(list)
        inside: Division | None = None
        for block in blocks:
            passage = self._passage(block)
            if block.kind in FRONT:
                front[block.kind].append(passage)
            elif block.kind == "note":
                place = "end" if block.type == "end" else "bottom"
                kind = "author" if block.type == "author" else ""
                notes.append(Note(passage, tuple(block.n.split()), place, kind, tuple(self._refs.get(block.id, ()))))
            elif block.kind == "label":
                labels[block.type].append(passage)
            elif block.kind == "bibl":
                references.append(passage)
            elif block.kind == "head":
                while inside is not None and inside.level >= block.level:
                    inside = inside.parent
                division = Division(passage, block.level, [], inside)
                (body if inside is None else inside.children).append(division)
                inside = division
            else:
                (body if inside is None else inside.children).append(passage)
        return ArticleEdition(
            name,
            article,
            {kind: tuple(passages) for kind, passages in front.items()},
            tuple(self._bylines(article, front.get("byline", []))),
            tuple(body),
            tuple(notes),
            tuple(references),
            {kind: tuple(passages) for kind, passages in labels.items()},
        )

    def _bylines(self, article: Article, passages: Sequence[Passage]) -> Iterable[Byline]:
        """Each author with the markers that stand behind the name and before the next author's."""
        by_block = {passage.block.id: passage for passage in passages}
        for number, author in enumerate(article.authors):
            pointers: list[Pointer] = []
            public = ""
            for name in author.blocks:
                passage = by_block.get(name)
                if passage is None:
                    continue
                public = public or passage.id
                others = [other.name for other in article.authors if other is not author and name in other.blocks]
                pointers += _pointers_behind(passage, author.name, others)
            yield Byline(public or f"{article_id(self.doc_id, article)}/author{number + 1}", author, tuple(pointers))

    def _passage(self, block: Block) -> Passage:
        document = self.document
        reading = read(document, block.spans)
        places, breaks = self._places.get(block.id, ()), self._breaks.get(block.id, ())
        content: tuple[Inline, ...]
        if places or breaks or self._choice:
            weaver = Weaver(reading.text, self.names, partial(self._choices, reading) if self._choice else None)
            offsets = reading.offsets([place for place, _ in breaks])
            found = zip(offsets, breaks, strict=True)
            content, text = weaver.weave([(at, mark) for at, (_, mark) in found if at is not None], places)
        else:
            content, text = (reading.text,) if reading.text else (), reading.text
        source = text
        if self._unconverted is not document.runs:
            before = Reading(document.source.text, self._unconverted, block.spans)
            marks = [mark for mark, _, _ in places]
            source = cut_markers(before.text, place_marks(marks, before, self._unconverted)) if marks else before.text
        return Passage(
            self.names[block.id],
            block,
            content,
            text,
            None if source == text else source,
            self.page_at(block.start),
            self.page_at(block.spans[-1][1] - 1),
        )

    def _choices(self, reading: Reading, start: int, end: int) -> list[Inline]:
        """The text of [start, end) with emended runs as `Choice`."""
        out: list[Inline] = []
        for left, right, run, w_start, w_end in reading.stretches():
            cut_left, cut_right = max(left, start), min(right, end)
            if cut_left >= cut_right:
                continue
            piece = reading.text[cut_left:cut_right]
            if run is not None and fate_of(run) == "emended" and (cut_left, cut_right) == (left, right):
                by_hand = any(rule.id == "hand" for rule in run.rules)
                out.append(Choice(self.document.source.text[w_start:w_end], piece, by_hand))
            elif out and isinstance(out[-1], str):
                out[-1] += piece
            else:
                out.append(piece)
        return out


def _flows(block: Block) -> bool:
    """Whether a page break can stand in or before a block: running text and end notes."""
    return block.kind in BODY or block.kind in ("head", "label") or (block.kind == "note" and block.type == "end")


def _name_blocks(prefix: str, article: Article, blocks: Mapping[str, Block]) -> dict[str, str]:
    counts: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for name in article.blocks:
        kind = blocks[name].kind
        if kind in FRONT:
            counts[kind] += 1
            single = kind in SINGLE and counts[kind] == 1
            names[name] = f"{prefix}/{FRONT[kind]}" + ("" if single else str(counts[kind]))
        elif kind == "label":
            public = f"label-{blocks[name].type}"
            counts[public] += 1
            names[name] = f"{prefix}/{public}" + ("" if counts[public] == 1 else str(counts[public]))
        else:
            letter = {"head": "s", "note": "n"}.get(kind, "p")
            counts[letter] += 1
            names[name] = f"{prefix}/{letter}{counts[letter]:04}"
    return names


def _pointers_behind(passage: Passage, name: str, others: Sequence[str]) -> list[Pointer]:
    """Markers of a byline that stand behind `name` and before any other author's name."""
    text, current, found = "", not others, []
    for piece in passage.content:
        if isinstance(piece, str):
            text += piece
            places = [(text.rfind(other), other == name) for other in [name, *others]]
            best = max(places)
            current = best[1] if best[0] >= 0 else current
        elif isinstance(piece, Pointer) and current:
            found.append(piece)
    return found
