"""Blocks of two builds of different witnesses: which of them have the same text, or nearly.

First texts that stand once in both; then, in articles found so, texts that stand several times, in order;
then texts that share rare pieces; last, between neighbours that are known, short ones that are alike.
Time grows with the length of the text: what stands in many blocks says nothing and is not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from .documents import Block, Document
from .matching import Shared, choose, match_articles
from .words import tokens

PIECE = 3  # words, or Chinese characters, of a piece
COMMON = 64  # a piece that stands in so many pairs of blocks (old times new) tells nothing
NEAR = 3  # blocks are alike that share one in so many of the pieces of the smaller one

Weights = dict[tuple[str, str], int]


def match(old: Document, new: Document) -> tuple[dict[str, str], Shared]:
    """Pairs of blocks that are alike, and how many pieces any two blocks share."""
    pieces = {name: _pieces(block.text) for name, block in old.blocks.items()}
    others = {name: _pieces(block.text) for name, block in new.blocks.items()}
    sizes = ({name: len(found) for name, found in pieces.items()}, {name: len(found) for name, found in others.items()})
    equal = _equal(old, new, *sizes)
    pairs = {one: other for one, other in equal if old.blocks[one].kind != "front"}
    amounts: Weights = {pair: max(1, sizes[0][pair[0]]) for pair in equal}
    left = {name for name in old.blocks if name not in {one for one, _ in equal}}
    right = {name for name in new.blocks if name not in {other for _, other in equal}}
    for pair, amount in _shared(pieces, others, left, right).items():
        amounts.setdefault(pair, amount)
    near = {
        pair: amount
        for pair, amount in amounts.items()
        if pair[0] in left
        and pair[1] in right
        and "front" not in (old.blocks[pair[0]].kind, new.blocks[pair[1]].kind)
        and NEAR * amount >= min(sizes[0][pair[0]], sizes[1][pair[1]])
    }
    pairs.update(choose(near, _order(old), _order(new)))
    for one, other in _between(old, new, pairs):
        pairs[one] = other
        amounts.setdefault((one, other), 1)
    return pairs, Shared(amounts, *({name: max(1, size) for name, size in side.items()} for side in sizes))


def _pieces(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of `PIECE` words of a text, blanks left out; of a shorter one its words together."""
    words = [word for word in tokens(text) if not word.isspace()]
    if len(words) <= PIECE:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(zip(*(words[at:] for at in range(PIECE)), strict=False))


def _equal(old: Document, new: Document, old_sizes: Mapping[str, int], new_sizes: Mapping[str, int]) -> list[tuple[str, str]]:  # fmt: skip
    """Pairs of equal texts of one kind: those that stand once, then those in corresponding articles, then the rest."""
    lefts, rights = _by_text(old.blocks.values()), _by_text(new.blocks.values())
    both = [text for text in lefts if text in rights]
    once = [(lefts[text][0].id, rights[text][0].id) for text in both if len(lefts[text]) == len(rights[text]) == 1]
    articles = match_articles(old, new, {pair: 1 + old_sizes[pair[0]] for pair in once})
    found = list(once)
    for text in both:
        if not len(lefts[text]) == len(rights[text]) == 1:
            found += _repeated(lefts[text], rights[text], articles)
    return found


def _repeated(ones: Sequence[Block], others: Sequence[Block], articles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of blocks with one text: in corresponding articles in order, then what is left, in order."""
    by_article: dict[str, list[Block]] = defaultdict(list)
    for other in others:
        by_article[other.article].append(other)
    rests: dict[str, list[Block]] = defaultdict(list)
    for one in ones:
        rests[one.article].append(one)
    found = [
        (left.id, right.id)
        for article, own in rests.items()
        for left, right in zip(own, by_article.get(articles.get(article, ""), ()), strict=False)
    ]
    taken = {name for name, _ in found}, {name for _, name in found}
    left, right = [b for b in ones if b.id not in taken[0]], [b for b in others if b.id not in taken[1]]
    return found + [(one.id, other.id) for one, other in zip(left, right, strict=False)]


def _by_text(blocks: Iterable[Block]) -> dict[tuple[str, str], list[Block]]:
    found: dict[tuple[str, str], list[Block]] = defaultdict(list)
    for block in blocks:
        found[block.kind, block.text].append(block)
    return found


def _shared(
    olds: Mapping[str, frozenset[tuple[str, ...]]],
    news: Mapping[str, frozenset[tuple[str, ...]]],
    left: set[str],
    right: set[str],
) -> Weights:
    """Rare pieces that two blocks share of which at least one has no equal."""
    lefts, rights = _holders(olds), _holders(news)
    found: Counter[tuple[str, str]] = Counter()
    for piece, ones in lefts.items():
        others = rights.get(piece, ())
        if len(ones) * len(others) <= COMMON:
            found.update((one, other) for one in ones for other in others if one in left or other in right)
    return dict(found)


def _holders(pieces: Mapping[str, frozenset[tuple[str, ...]]]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in pieces.items():
        for piece in own:
            found[piece].append(name)
    return found


def _between(old: Document, new: Document, pairs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Blocks without counterpart that stand between the same neighbours, in order, if half of them is alike."""
    back = {other: one for one, other in pairs.items()}
    lefts = _gaps([block for block in old.blocks.values() if block.kind != "front"], pairs, dict(pairs))
    rights = _gaps([block for block in new.blocks.values() if block.kind != "front"], back, {})
    for gap, ones in lefts.items():
        for one, other in zip(ones, rights.get(gap, ()), strict=False):
            if 2 * Indel.distance(one.text, other.text) <= len(one.text) + len(other.text):
                yield one.id, other.id


def _gaps(
    blocks: Sequence[Block], known: Mapping[str, str], names: Mapping[str, str]
) -> dict[tuple[str, str, str], list[Block]]:
    """Blocks that are not known by their kind and the known ones before and behind them, called as `names` says."""
    before, behind = [""] * len(blocks), [""] * len(blocks)
    last = ""
    for at, block in enumerate(blocks):
        before[at] = last
        last = names.get(block.id, block.id) if block.id in known else last
    last = ""
    for at in range(len(blocks) - 1, -1, -1):
        behind[at] = last
        last = names.get(blocks[at].id, blocks[at].id) if blocks[at].id in known else last
    found: dict[tuple[str, str, str], list[Block]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.id not in known:
            found[block.kind, before[at], behind[at]].append(block)
    return found


def _order(document: Document) -> dict[str, int]:
    return {name: place for place, name in enumerate(document.blocks)}
