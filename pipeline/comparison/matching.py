"""Which article and which block of one build is which of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .documents import MATTER, Document


class Shared(NamedTuple):
    """How much text two blocks have in common, for all that have any, and the size of each, in the same unit."""

    amounts: Mapping[tuple[str, str], int]
    old_sizes: Mapping[str, int]
    new_sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Matching:
    """Ids of the old document and their counterparts in the new one.

    `into` names for old blocks and articles without counterpart where most of their text is now; `origin`
    the same for new ones.
    """

    blocks: Mapping[str, str]
    articles: Mapping[str, str]
    into: Mapping[str, str]
    origin: Mapping[str, str]


def choose(weights: Mapping[tuple[str, str], int], olds: Mapping[str, int], news: Mapping[str, int]) -> dict[str, str]:
    """Pairs in which nobody stands twice, the heaviest first; `olds` and `news` are the order of equals."""
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for old, new in sorted(weights, key=lambda pair: (-weights[pair], olds[pair[0]], news[pair[1]])):
        if old not in chosen and new not in taken:
            chosen[old] = new
            taken.add(new)
    return chosen


def match_articles(old: Document, new: Document, shared: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Articles with much text in common; what belongs to no article is the counterpart of the same."""
    amounts: Counter[tuple[str, str]] = Counter()
    for (one, other), amount in shared.items():
        pair = old.blocks[one].article, new.blocks[other].article
        if MATTER not in pair:
            amounts[pair] += amount
    orders = [{name: article.seq for name, article in document.articles.items()} for document in (old, new)]
    known = {pair: amount for pair, amount in amounts.items() if pair[0] in orders[0] and pair[1] in orders[1]}
    return {**choose(known, *orders), MATTER: MATTER}


def match(old: Document, new: Document, blocks: dict[str, str], shared: Shared) -> Matching:
    """All there is to know, from pairs of blocks and what they have in common."""
    articles = match_articles(old, new, shared.amounts)
    into: dict[str, str] = {}
    origin: dict[str, str] = {}
    back = {new_id: old_id for old_id, new_id in blocks.items()}
    for (one, other), amount in sorted(shared.amounts.items(), key=lambda entry: (-entry[1], entry[0])):
        if one not in blocks and 2 * amount >= shared.old_sizes[one]:
            into.setdefault(one, other)
        if other not in back and 2 * amount >= shared.new_sizes[other]:
            origin.setdefault(other, one)
    _partners_of_articles(old, new, articles, shared, into, origin)
    return Matching(blocks, articles, into, origin)


def _partners_of_articles(
    old: Document,
    new: Document,
    articles: Mapping[str, str],
    shared: Shared,
    into: dict[str, str],
    origin: dict[str, str],
) -> None:
    amounts: Counter[tuple[str, str]] = Counter()
    for (one, other), amount in shared.amounts.items():
        amounts[old.blocks[one].article, new.blocks[other].article] += amount
    sizes = _article_sizes(old, shared.old_sizes), _article_sizes(new, shared.new_sizes)
    known = set(articles.values())
    for (one, other), amount in sorted(amounts.items(), key=lambda entry: (-entry[1], entry[0])):
        if one not in articles and 2 * amount >= sizes[0][one]:
            into.setdefault(one, other)
        if other not in known and 2 * amount >= sizes[1][other]:
            origin.setdefault(other, one)


def _article_sizes(document: Document, sizes: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, block in document.blocks.items():
        found[block.article] += sizes.get(name, 0)
    return found
