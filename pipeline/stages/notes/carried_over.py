"""Notes at the foot of a page on which one article ends and the next begins: those that go on with the count of the
first belong to it, though they stand behind the title of the second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...model import Article, Block
from ..patterns import note_value


def give_back(articles: Sequence[Article], blocks: Mapping[str, Block], starts: Sequence[int]) -> list[Article]:
    """The articles with such notes given back to the one before; `starts` are the witness offsets of pages."""
    out = list(articles)
    for at in range(1, len(out)):
        before, own = out[at - 1], out[at]
        if not (before.seq and own.seq):
            continue
        moved = set(_carried_over(_numbered(before, blocks), _numbered(own, blocks), starts, _start(own, blocks)))
        if moved:
            taken = [name for name in own.blocks if name in moved]
            out[at - 1] = replace(before, blocks=(*before.blocks, *taken))
            out[at] = replace(own, blocks=tuple(name for name in own.blocks if name not in moved))
    return out


def _carried_over(before: Sequence[Block], own: Sequence[Block], starts: Sequence[int], begin: int) -> list[str]:
    """The first notes of an article that count on from those before, on its first page, where its own begin anew."""
    last = note_value(before[-1].n) if before else 0
    end = min((start for start in starts if start > begin), default=1 << 62)
    count = 0
    while count < len(own) and note_value(own[count].n) == last + count + 1 and own[count].start < end:
        count += 1
    begins_anew = count < len(own) and note_value(own[count].n) == 1 and (last or own[count].start < end)
    return [note.id for note in own[:count]] if begins_anew else []


def _numbered(article: Article, blocks: Mapping[str, Block]) -> list[Block]:
    """The notes of an article that bear a number, in their order."""
    notes = [blocks[name] for name in article.blocks if blocks[name].kind == "note"]
    return sorted((note for note in notes if note_value(note.n)), key=lambda note: note.start)


def _start(article: Article, blocks: Mapping[str, Block]) -> int:
    return min(blocks[name].start for name in article.blocks)
