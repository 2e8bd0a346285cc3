"""One document in two builds: what became of its articles and blocks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from zlib import crc32

from . import likeness, matching, places
from .documents import MATTER, Article, Block, Document
from .matching import Matching
from .model import Cause, Change, How, Place, Rules, Stretch, Value, What
from .order import find_moved
from .reasons import Reasons, order_of
from .words import differ

# Values of an article that stand in blocks of its front matter, by the beginning of their ids.
FRONT = {"title": ("title",), "subtitle": ("subtitle",), "authors": ("author",), "abstracts": ("abstract",),
         "keywords": ("keywords",), "alt_titles": ("alt-title",), "doi": ("doi",),
         "class_codes": ("clc", "doc-code")}  # fmt: skip


def compare_documents(
    old: Document, new: Document, causes: tuple[Cause, ...], *, is_same_witness: bool
) -> tuple[Change, ...]:
    """All changes, in the reading order of the new document; what was removed behind what stood before it."""
    pairs, shared = (places if is_same_witness else likeness).match(old, new)
    found = matching.match(old, new, pairs, shared)
    return tuple(_Comparison(old, new, found, Reasons(old, new, causes, is_same_witness)).changes())


class _Comparison:
    """Two documents and which part of one is which of the other."""

    def __init__(self, old: Document, new: Document, found: Matching, reasons: Reasons) -> None:
        self.old, self.new, self.found, self.reasons = old, new, found, reasons
        self.blocks_back = {other: one for one, other in found.blocks.items()}
        self.articles_back = {other: one for one, other in found.articles.items()}
        self.moved = self._moved_in_order()

    def changes(self) -> Iterator[Change]:
        removed = _behind(self.old.articles, self.found.articles, self.new.articles)
        yield from (self._removed_article(name) for name in removed.pop("", ()))
        for name in self.new.articles:
            yield from self._article(name)
            yield from (self._removed_article(gone) for gone in removed.pop(name, ()))
        names = [name for name, block in self.old.blocks.items() if block.kind != "front"]
        gone_blocks = _behind(names, self.found.blocks, self.new.blocks)
        yield from (self._removed(name) for name in gone_blocks.pop("", ()))
        for name, block in self.new.blocks.items():
            if block.kind == "front":
                continue
            yield from self._block(block)
            yield from (self._removed(gone) for gone in gone_blocks.pop(name, ()))

    def _article(self, name: str) -> Iterator[Change]:
        new = self.new.articles[name]
        if name == MATTER:
            return
        if name not in self.articles_back:
            causes, _ = self.reasons.of_blocks([], _fronts(self.new, name) or _of_article(self.new, name))
            partner = self._full(self.old, self.found.origin.get(name))
            yield Change("article", ("added",), None, self._place_of_article(self.new, new), causes,
                         Rules((), (new.rule,)), text=new.values["title"] or "", partner=partner)  # fmt: skip
            return
        old = self.old.articles[self.articles_back[name]]
        values = _values(old.values, new.values)
        is_moved = name in self.moved
        if values or is_moved:
            names = tuple(name for one in values for name in FRONT.get(one.name.partition(".")[0], ()))
            olds = [block for block in _fronts(self.old, old.id) if block.id.rpartition("/")[2].startswith(names)]
            news = [block for block in _fronts(self.new, new.id) if block.id.rpartition("/")[2].startswith(names)]
            olds, news = (olds, news) if names else ([], [])
            causes, rules = self.reasons.of_blocks(olds, news, is_whole=False)
            yield Change("article", _how(bool(values), is_moved), self._place_of_article(self.old, old),
                         self._place_of_article(self.new, new), causes, rules, values=values,
                         text=old.values["title"] or "")  # fmt: skip

    def _removed_article(self, name: str) -> Change:
        old = self.old.articles[name]
        causes, _ = self.reasons.of_blocks(_fronts(self.old, name) or _of_article(self.old, name), [])
        partner = self._full(self.new, self.found.into.get(name))
        return Change("article", ("removed",), self._place_of_article(self.old, old), None, causes,
                      Rules((old.rule,), ()), text=old.values["title"] or "", partner=partner)  # fmt: skip

    def _block(self, new: Block) -> Iterator[Change]:
        if new.id not in self.blocks_back:
            causes, rules = self.reasons.of_blocks([], [new])
            partner = self._full(self.old, self.found.origin.get(new.id))
            yield Change(_what(new), ("added",), None, self._place(self.new, new), causes, rules, text=new.text,
                         partner=partner)  # fmt: skip
            return
        old = self.old.blocks[self.blocks_back[new.id]]
        values = _values(old.values, new.values)
        if old.kind != new.kind:
            values = (Value("kind", old.kind, new.kind),)
        words = tuple(self._stretches(old, new))
        is_moved = new.id in self.moved or self._is_elsewhere(old, new)
        if not (values or words or is_moved):
            return
        causes, rules = ((), Rules()) if words and not values else self.reasons.of_blocks([old], [new])
        causes = order_of([*causes, *(cause for one in words for cause in one.causes)])
        yield Change(_what(new), _how(bool(values or words), is_moved), self._place(self.old, old),
                     self._place(self.new, new), causes, rules, words, values, old.text)  # fmt: skip

    def _removed(self, name: str) -> Change:
        old = self.old.blocks[name]
        causes, rules = self.reasons.of_blocks([old], [])
        partner = self._full(self.new, self.found.into.get(name))
        return Change(_what(old), ("removed",), self._place(self.old, old), None, causes, rules, text=old.text,
                      partner=partner)  # fmt: skip

    def _stretches(self, old: Block, new: Block) -> Iterator[Stretch]:
        for cut in differ(old.text, new.text):
            causes, rules = self.reasons.of_stretch(old, new, cut)
            yield Stretch(*cut, old.text[cut.old_start : cut.old_end], new.text[cut.new_start : cut.new_end],
                          causes, rules)  # fmt: skip

    def _is_elsewhere(self, old: Block, new: Block) -> bool:
        """Whether a block stands in an article or section that is there on both sides, and is another one."""
        target, source = self.found.articles.get(old.article), self.articles_back.get(new.article)
        if target != new.article:
            return target is not None and source is not None
        if "note" in (old.kind, new.kind) or old.inside == new.inside is None:
            return False
        there = _section(old.inside, self.found.blocks, self.new)
        here = _section(new.inside, self.blocks_back, self.old)
        return there != "" and here != "" and there != new.inside

    def _moved_in_order(self) -> set[str]:
        """New ids of articles, and of blocks that stayed in their article, which stand in another order."""
        articles = [one for one in self.new.articles if one in self.articles_back and one != MATTER]
        backs = [self.articles_back[name] for name in articles]
        texts = [(_text(self.old, one), _text(self.new, other)) for one, other in zip(backs, articles, strict=True)]
        seqs = [self.old.articles[name].seq for name in backs]
        moved = {articles[at] for at in find_moved(seqs, [_weight(*pair) for pair in texts])}
        groups: dict[tuple[str, str, bool], list[tuple[str, int, int]]] = {}
        orders = {name: place for place, name in enumerate(self.old.blocks)}
        for name, new in self.new.blocks.items():
            if name in self.blocks_back:
                old = self.old.blocks[self.blocks_back[name]]
                if not self._is_elsewhere(old, new) and (old.kind == "note") == (new.kind == "note"):
                    entry = name, orders[old.id], _weight(f"{old.kind} {old.text}", f"{new.kind} {new.text}")
                    groups.setdefault((old.article, new.article, new.kind == "note"), []).append(entry)
        for group in groups.values():
            moved.update(group[at][0] for at in find_moved([e[1] for e in group], [e[2] for e in group]))
        return moved

    def _place(self, document: Document, block: Block) -> Place:
        row = document.rows[block.rows[0]] if block.rows else None
        inside = document.full(block.inside or block.article)
        return Place(document.full(block.id), inside, row.page if row else None, row.start if row else None)

    def _place_of_article(self, document: Document, article: Article) -> Place:
        rows = [document.rows[block.rows[0]] for block in _of_article(document, article.id) if block.rows]
        first = min(rows, key=lambda row: row.start, default=None)
        return Place(document.full(article.id), document.doc_id, first.page if first else None,
                     first.start if first else None)  # fmt: skip

    def _full(self, document: Document, name: str | None) -> str | None:
        return None if name is None else document.full(name)


def _section(name: str | None, counterparts: Mapping[str, str], there: Document) -> str | None:
    """The head that corresponds to one; empty where there is none, or it is no head there."""
    found = None if name is None else counterparts.get(name, "")
    return "" if found and there.blocks[found].kind != "head" else found


def _behind(olds: Iterable[str], counterparts: Mapping[str, str], news: Container[str]) -> dict[str, list[str]]:
    """What has no counterpart, by the counterpart of what stood before it (empty: nothing)."""
    found: dict[str, list[str]] = {}
    before = ""
    for name in olds:
        if name in counterparts:
            before = counterparts[name] if counterparts[name] in news else before
        elif name != MATTER:
            found.setdefault(before, []).append(name)
    return found


def _values(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> tuple[Value, ...]:
    names = dict.fromkeys([*old, *new])
    return tuple(Value(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _fronts(document: Document, article: str) -> list[Block]:
    return [block for block in _of_article(document, article) if block.kind == "front"]


def _of_article(document: Document, article: str) -> list[Block]:
    return document.by_article.get(article, [])


def _text(document: Document, article: str) -> str:
    return "\n".join(block.text for block in _of_article(document, article))


def _what(block: Block) -> What:
    assert block.kind != "front"
    return block.kind


def _how(is_changed: bool, is_moved: bool) -> tuple[How, ...]:
    return (*(("changed",) if is_changed else ()), *(("moved",) if is_moved else ()))


def _weight(old: str, new: str) -> int:
    """What it means to move a text: its length; of equals not by chance the same ones in both directions."""
    low, high = sorted((old, new))
    return len(low) + len(high) + 1 << 32 | crc32(f"{low}\0{high}".encode("utf-8", "replace"))
