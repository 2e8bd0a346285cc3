"""Documents built by hand, tile by tile: what the writers and the checks are tested on."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from pipeline.model import Article, Author, Block, Document, Edit, Journal, Link, Mark, Part, Remark, Rule, Source
from pipeline.rewrite import rewrite

FOUND = Rule("found-by-hand", "kept", 90, "A block set by hand.")
JOINED = Rule("line-end-hyphen", "joined", 97, "A line end inside a block.")
EMENDED = Rule("emended-by-hand", "emended", 80, "A reading set by hand.")
CUT = Rule("label", "dropped", 99, "A label that is not text.")
PAGE = Rule("page-break", "kept", 95, "A page begins.")
MARKER = Rule("note-marker", "kept", 93, "A marker of a note.")


class Tile(NamedTuple):
    """A stretch of the witness: its text, its block, what it should read, and a mark over it."""

    text: str
    block: str = ""
    new: str | None = None
    rule: Rule = EMENDED
    mark: str = ""
    target: str = ""


def page(n: str = "", *, inferred: bool = False) -> Tile:
    """A page begins here."""
    return Tile("", mark="pb-inferred" if inferred else "pb", target=n)


@dataclass
class Sheet:
    """Tiles and the kinds of the blocks they name; `document()` makes a document of them."""

    doc_id: str
    tiles: list[Tile]
    kinds: dict[str, dict[str, object]]
    articles: tuple[Article, ...]
    journal: Journal = field(default_factory=Journal)
    links: tuple[Link, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[int, ...] = ()  # where further raw files begin in the witness
    codec: str = "utf-8"

    def document(self) -> Document:
        starts, at = [], 0
        for tile in self.tiles:
            starts.append(at)
            at += len(tile.text)
        text = "".join(tile.text for tile in self.tiles)
        edits, marks = [], []
        spans: dict[str, list[tuple[int, int]]] = {}
        for start, tile in zip(starts, self.tiles, strict=True):
            end = start + len(tile.text)
            if tile.new is not None:
                edits.append(Edit(start, end, tile.new, tile.rule, tile.rule.certainty))
            if tile.mark:
                inferred = tile.mark == "pb-inferred"
                tag = "pb" if tile.mark.startswith("pb") else tile.mark
                n, target = (tile.target, "") if tag == "pb" else ("", tile.target)
                marks.append(Mark(start, end, tag, PAGE if tag == "pb" else MARKER, 95, n, target, inferred))
            if tile.block and end > start:
                own = spans.setdefault(tile.block, [])
                if own and own[-1][1] == start:
                    own[-1] = (own[-1][0], end)
                else:
                    own.append((start, end))
        blocks = {name: _block(name, tuple(spans[name]), known) for name, known in self.kinds.items()}
        borders = [0, *self.files, len(text)]
        parts = tuple(
            self._part(number, text, *ends) for number, ends in enumerate(zip(borders, borders[1:], strict=False))
        )
        return Document(
            Source(self.doc_id, text, parts), rewrite((), edits), blocks, tuple(marks), self.articles, self.journal,
            self.links, self.remarks,
        )  # fmt: skip

    def _part(self, number: int, text: str, start: int, end: int) -> Part:
        data = text[start:end].encode(self.codec, "surrogateescape")
        path = f"raw/{self.doc_id}.pages/{number + 1}.txt" if self.files else f"raw/{self.doc_id}.txt"
        return Part(path, sha256(data).hexdigest(), len(data), start, end, ((start, self.codec),))


def _block(name: str, spans: tuple[tuple[int, int], ...], known: dict[str, object]) -> Block:
    return Block(name, spans=spans, rule=FOUND, certainty=FOUND.certainty, **known)  # type: ignore[arg-type]


def issue(doc_id: str = "review/2021-03") -> Document:
    """An issue with a cover, a Chinese article and its English counterpart, showing most of what can happen."""
    tiles = [
        Tile("\ufeff"), Tile("水道评论 总第12期", "cover"), Tile("\n\n"),
        page("17"), Tile("河港志略", "t1"), Tile("\n"), Tile("许　望江", "by1", "许望江"),
        Tile("*", "by1", mark="ref", target="n1"), Tile("\n"),
        Tile("【摘要】", "ab1", "", CUT), Tile("本文考察河港。", "ab1"), Tile("\n"),
        Tile("【关键词】", "kw1", "", CUT), Tile("河港；漕运", "kw1"), Tile("\n"),
        Tile("一、河港", "h1"), Tile("\n"),
        Tile("　　", "p1", "", CUT),
        Tile("河港始于", "p1"), Tile("\n", "p1", "", JOINED), Tile("明代", "p1"),
        Tile("^[1]", "p1", mark="ref", target="n2"), Tile("", "p1", "，"), Tile("后来衰落", "p1"), Tile("\n"),
        Tile("17", "fw1"), Tile("\n\f"), page("18"), Tile("水道评论", "fw2"), Tile("\n"),
        Tile("的经过", "p1"), Tile("不详。", "p1"), Tile("\n"),
        Tile("（一）漕运", "h2"), Tile("漕运由官府主持。", "p2"), Tile("\n"),
        Tile("* ", "n1", "", CUT), Tile("许望江，清江浦大学教授。", "n1"), Tile("\n"),
        Tile("[1] ", "n2", "", CUT), Tile("见 ", "n2"), Tile("https://example.org/港", "n2", mark="url", target="https://example.org/%E6%B8%AF"),
        Tile("\n\f"), page("19", inferred=True),
        Tile("A Short Account of the River Port", "t2"), Tile("\n"), Tile("By Xu Wangjiang", "by2"), Tile("\n"),
        Tile("I. The Port", "h3"), Tile("\n"),
        Tile("The port was develop", "p3"), Tile("-\n", "p3", "", JOINED), Tile("ed under the Ming; ", "p3"),
        Tile("河港", "p3", mark="foreign", target="zh-Hans"), Tile(" is its name.", "p3"), Tile("\n\n"),
        Tile("Works cited: Xu 1999.", "b1"), Tile("\n"),
    ]  # fmt: skip
    kinds: dict[str, dict[str, object]] = {
        "cover": {"kind": "matter", "type": "cover"}, "t1": {"kind": "title"}, "by1": {"kind": "byline"},
        "ab1": {"kind": "abstract"}, "kw1": {"kind": "keywords"}, "h1": {"kind": "head", "level": 1, "n": "一、"},
        "p1": {"kind": "p"}, "fw1": {"kind": "fw", "type": "pageNum"}, "fw2": {"kind": "fw", "type": "header"},
        "h2": {"kind": "head", "level": 2, "type": "run-in"}, "p2": {"kind": "quote"},
        "n1": {"kind": "note", "type": "author", "n": "*"}, "n2": {"kind": "note", "type": "bottom", "n": "1"},
        "t2": {"kind": "title"}, "by2": {"kind": "byline"}, "h3": {"kind": "head", "level": 1}, "p3": {"kind": "p"},
        "b1": {"kind": "bibl"},
    }  # fmt: skip
    xu = Author("许望江", "Xu Wangjiang", ("清江浦大学",), ("by1",))
    articles = (
        Article(0, "matter", ("cover",), FOUND, 90, "zh-Hans"),
        Article(1, "article", ("t1", "by1", "ab1", "kw1", "h1", "p1", "h2", "p2", "n1", "n2"), FOUND, 88, "zh-Hans", (xu,), "17", "18"),
        Article(2, "article", ("t2", "by2", "h3", "p3", "b1"), FOUND, 70, "en", (Author("Xu Wangjiang", "", (), ("by2",)),)),
    )  # fmt: skip
    links = (Link("article", "a01", "a02", 91), Link("paragraph", "p1", "p3", 84), Link("paragraph", "p2", "p3", 60))
    remarks = (Remark(3, 5, "odd-number", 40, "a number nobody knows"), Remark(0, 1, "byte-order-mark", 100, "a BOM"))
    journal = Journal("水道评论", "12", "3", "2021年3月", "清江出版社")
    return Sheet(doc_id, tiles, kinds, articles, journal, links, remarks).document()


def folder(doc_id: str = "pages") -> Document:
    """Two files of one document; a join over their border, and two bytes that are not UTF-8."""
    tiles = [
        Tile("a word that is bro", "p1"), Tile("ken-\n", "p1", "ken", JOINED), Tile("here \udcff\udcfe now.", "p1"),
        Tile("\n"), page("2"), Tile("next", "p2"), Tile("\n"),
    ]  # fmt: skip
    kinds: dict[str, dict[str, object]] = {"p1": {"kind": "p"}, "p2": {"kind": "p"}}
    article = Article(1, "article", ("p1", "p2"), FOUND, 50, "en")
    return Sheet(doc_id, tiles, kinds, (article,), files=(22,)).document()


def empty(doc_id: str = "void") -> Document:
    """A file of blanks only."""
    return Sheet(doc_id, [Tile(" \n")], {}, ()).document()
