"""Stage 12, `parallels`: articles and paragraphs of a bilingual source that say the same.

Two articles correspond where their paragraphs, aligned in order, agree in length and in the numbers
and names both languages write alike.  A source in one language has nothing to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ...evidence import Evidence
from ...model import Changes, Document, Link
from ...options import Options
from .align import FULL, Bead, align
from .units import Text

CLEAR = 75  # per cent of a perfect alignment that settles it
POSSIBLE = 55  # with rare numbers and names in common, or in its place between two settled pairs
RARE_SHARED = 15  # so many of them
FEW = 8  # units: below, a chance agreement of lengths is likely
SOME_SHARED = 2  # and so many of them or more then speak against chance
RATIO = (50, 200)  # per cent of weight between which two articles are compared at all
CANDIDATES = 2  # articles of the other language that are aligned in full


class Pair(NamedTuple):
    """Two articles with their alignment; `score` is per cent of a perfect one, `rare` shared tokens."""

    score: int
    rare: int
    left: int
    right: int
    beads: Sequence[Bead]


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Links between articles, and between their paragraphs, of every two languages."""
    if len({article.lang.split("-")[0] for article in document.articles if article.seq and article.lang}) < 2:
        return Changes()
    texts = [Text(document, article) for article in document.articles if article.seq and article.lang]
    texts = [text for text in texts if any(not unit.is_head for unit in text.units)]
    languages = list(dict.fromkeys(text.language for text in texts))
    links: list[Link] = []
    for one, other in combinations(languages, 2):
        lefts = [text for text in texts if text.language == one]
        rights = [text for text in texts if text.language == other]
        for pair in find_pairs(lefts, rights):
            links += _links(lefts[pair.left], rights[pair.right], pair)
    return Changes(links=tuple(links)) if links else Changes()


def find_pairs(lefts: Sequence[Text], rights: Sequence[Text]) -> list[Pair]:
    """The articles that correspond, each at most once, in the order of the left ones.

    Most pairs are settled by being clear or not; the others are only then aligned for less.
    """
    rare = _count_rare(lefts, rights)
    candidates = [(left, right, rare[left, right]) for left, right in _candidates(lefts, rights, rare)]
    likely = [candidate for candidate in candidates if candidate[2] >= RARE_SHARED]
    others = [candidate for candidate in candidates if candidate[2] < RARE_SHARED]
    compared = [*_compare(lefts, rights, likely, POSSIBLE), *_compare(lefts, rights, others, CLEAR)]
    settled: dict[int, Pair] = {}
    taken: set[int] = set()
    for pair in _ranked(compared):
        if pair.left not in settled and pair.right not in taken and _is_clear(pair, lefts, rights):
            settled[pair.left] = pair
            taken.add(pair.right)
    if settled or any(_is_likely(pair) for pair in compared):
        known = {(pair.left, pair.right) for pair in compared}
        left_over = [one for one in others if one[0] not in settled and one[1] not in taken and one[:2] not in known]
        for pair in _ranked([*compared, *_compare(lefts, rights, left_over, POSSIBLE)]):
            if pair.left in settled or pair.right in taken:
                continue
            if _is_likely(pair) or _is_in_place(pair, settled):
                settled[pair.left] = pair
                taken.add(pair.right)
    return [settled[left] for left in sorted(settled)]


def _ranked(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score - min(pair.rare, RARE_SHARED), pair.left, pair.right))


def _candidates(
    lefts: Sequence[Text], rights: Sequence[Text], rare: Mapping[tuple[int, int], int]
) -> list[tuple[int, int]]:
    """Pairs worth a full alignment: the nearest ones by size, division, tokens and place."""
    ranked: list[tuple[int, int, int]] = []
    for left, one in enumerate(lefts):
        near = []
        for right, other in enumerate(rights):
            ratio = 100 * one.weight // max(1, other.weight)
            if RATIO[0] <= ratio <= RATIO[1]:
                sizes = abs(len(one.units) - len(other.units)) * 100 // max(len(one.units), len(other.units))
                order = abs(left * len(rights) - right * len(lefts)) * 20 // max(len(lefts), len(rights))
                near.append((sizes + abs(100 - ratio) // 2 + order - 5 * min(rare[left, right], 20), left, right))
        ranked += sorted(near)[:CANDIDATES]
    return [(left, right) for _, left, right in ranked]


def _count_rare(lefts: Sequence[Text], rights: Sequence[Text]) -> Counter[tuple[int, int]]:
    """How many tokens a left and a right text have, and no other text."""
    commonness = Counter(token for text in (*lefts, *rights) for token in text.tokens)
    rare = {token for token, count in commonness.items() if count == 2}
    of_left = {token: left for left, text in enumerate(lefts) for token in rare & text.tokens}
    return Counter(
        (of_left[token], right) for right, text in enumerate(rights) for token in rare & text.tokens if token in of_left
    )


def _compare(
    lefts: Sequence[Text], rights: Sequence[Text], candidates: Iterable[tuple[int, int, int]], least: int
) -> list[Pair]:
    """Pairs whose alignment comes to `least` per cent of a perfect one; candidates are (left, right, rare)."""
    found = []
    for left, right, rare in candidates:
        one, other = lefts[left].units, rights[right].units
        if least == CLEAR and min(len(one), len(other)) < FEW and rare < SOME_SHARED:
            continue
        perfect = FULL * max(len(one), len(other))
        aligned = align(one, other, -(-least * perfect // 100))
        if aligned is not None:
            found.append(Pair(min(100, aligned[0] * 100 // perfect), rare, left, right, aligned[1]))
    return found


def _is_clear(pair: Pair, lefts: Sequence[Text], rights: Sequence[Text]) -> bool:
    """Lengths agree all along; in a short text numbers or names have to agree as well."""
    few = min(len(lefts[pair.left].units), len(rights[pair.right].units)) < FEW
    return pair.score >= CLEAR and (not few or pair.rare >= SOME_SHARED)


def _is_likely(pair: Pair) -> bool:
    return pair.score >= POSSIBLE and pair.rare >= RARE_SHARED


def _is_in_place(pair: Pair, settled: Mapping[int, Pair]) -> bool:
    """Whether a pair stands where the settled ones around it leave room for just this one."""
    before, behind = settled.get(pair.left - 1), settled.get(pair.left + 1)
    places = [before.right + 1] if before else []
    places += [behind.right - 1] if behind else []
    return pair.score >= POSSIBLE and bool(places) and all(place == pair.right for place in places)


def _links(left: Text, right: Text, pair: Pair) -> list[Link]:
    """The link of two articles and those of their paragraphs; two against one are two links."""
    links = [Link("article", f"a{left.article.seq:02}", f"a{right.article.seq:02}", pair.score)]
    for a0, a1, b0, b1, score in pair.beads:
        sure = min(100, max(0, score) * 100 // FULL)
        links += [
            Link("paragraph", left.units[a].id, right.units[b].id, sure)
            for a in range(a0, a1)
            for b in range(b0, b1)
            if not left.units[a].is_head
        ]
    return links
