"""Notes of an article that ends on the page on which the next begins."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Block, Rule
from pipeline.stages.notes.carried_over import give_back

RULE = Rule("r", "kept", 90, "A rule.")
PAGES = (0, 100, 200, 300)

# labels and places of the notes of two articles, of which the second begins at 150; how many of its notes go back
CASES: dict[str, tuple[list[tuple[str, int]], list[tuple[str, int]], int]] = {
    "the count goes on, then begins anew": (
        [("1", 90), ("2", 92)],
        [("3", 190), ("4", 192), ("1", 195), ("2", 280)],
        2,
    ),
    "its own begin on the next page": ([("1", 90)], [("2", 190), ("1", 280)], 1),
    "the only note before, on the same page": ([], [("1", 190), ("1", 195), ("2", 197)], 1),
    "circled": ([("①", 90)], [("②", 190), ("①", 195)], 1),
    "one count for the whole issue": ([("1", 90), ("2", 92)], [("3", 190), ("4", 280)], 0),
    "a count for every page": ([("1", 90)], [("1", 190), ("1", 280)], 0),
    "its own alone": ([("1", 90)], [("1", 190), ("2", 195)], 0),
    "on a later page": ([("1", 90)], [("2", 280), ("1", 290)], 0),
    "a number left out": ([("1", 90)], [("3", 190), ("1", 195)], 0),
    "signs": ([("*", 90)], [("†", 190), ("*", 195)], 0),
}


@pytest.mark.parametrize("name", CASES)
def test_notes_given_back(name: str) -> None:
    before, own, count = CASES[name]
    notes = [[Block(f"n{at}", "note", ((at, at + 1),), RULE, 90, n=n) for n, at in side] for side in (before, own)]
    texts = [Block("first", "p", ((10, 120),), RULE, 90), Block("second", "p", ((150, 260),), RULE, 90)]
    blocks = {block.id: block for block in (*texts, *notes[0], *notes[1])}
    articles = [
        Article(seq, "article", (text.id, *(note.id for note in side)), RULE, 90)
        for seq, (text, side) in enumerate(zip(texts, notes, strict=True), 1)
    ]
    first, second = give_back(articles, blocks, PAGES)
    assert first.blocks == ("first", *(f"n{at}" for _, at in before), *(f"n{at}" for _, at in own[:count]))
    assert second.blocks == ("second", *(f"n{at}" for _, at in own[count:]))
