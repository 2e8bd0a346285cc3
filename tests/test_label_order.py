"""Labels on lines of their own, shared among the notes of a page."""

from __future__ import annotations

import pytest
from drafts import Draft
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, Document
from pipeline.stages.label_order import share_labels
from pipeline.stages.pairs import pair_labels

LONG = "Castellan, The Rivers of the Province and their Makers, with a map of the lower Eastbank"


@pytest.mark.parametrize(
    ("own", "sizes", "positions", "opens", "shares"),
    [
        ([0, 1], [1, 1], [1, 2], False, [[0], [1]]),
        ([-1, 0], [1, 1], [1], True, [[], [0]]),  # the first text goes on from the page before
        ([-1, -1], [1, 1], [1, 2], False, [[0], [1]]),  # all labels, then all notes
        ([0, 2], [2, 1], [1, 2, 3], False, [[0, 1], [2]]),  # two notes run together
        ([0, 1], [1, 1], [1, 3], False, [[0], [1]]),
        ([-1, -1, -1], [1, 1, 1], [1, 3], False, [[0], [], [1]]),  # the series has a gap
        ([-1, -1], [1, 1], [2], False, [[], [0]]),
        ([0], [1], [1, 2], False, [[0]]),  # a label is left over
        ([], [], [1], False, []),
    ],
)
def test_shares(own: list[int], sizes: list[int], positions: list[int], opens: bool, shares: list[list[int]]) -> None:
    assert [list(share) for share in share_labels(own, sizes, positions, 0, opens=opens)[1]] == shares


PAGES = st.integers(0, 7).flatmap(
    lambda labels: st.tuples(
        st.lists(st.tuples(st.integers(-1, labels - 1) if labels else st.just(-1), st.integers(1, 4)), max_size=7),
        st.lists(st.integers(1, 9), min_size=labels, max_size=labels),
        st.booleans(),
    )
)


@given(PAGES)
def test_no_label_is_given_twice_or_out_of_order(page: tuple[list[tuple[int, int]], list[int], bool]) -> None:
    texts, positions, opens = page
    cost, shares = share_labels(
        [own for own, _ in texts], [size for _, size in texts], positions, 0, opens=opens and bool(texts)
    )
    given_out = [label for share in shares for label in share]
    assert len(shares) == len(texts)
    assert given_out == sorted(set(given_out))
    assert set(given_out) <= set(range(len(positions)))
    assert all(len(share) <= size for share, (_, size) in zip(shares, texts, strict=True))
    assert cost >= 0


@given(st.integers(1, 20), st.integers(0, 9))
def test_labels_right_above_their_notes_cost_nothing(count: int, last: int) -> None:
    positions = list(range(last + 1, last + 1 + count))
    cost, shares = share_labels(list(range(count)), [3] * count, positions, last, opens=False)
    assert cost == 0
    assert [list(share) for share in shares] == [[at] for at in range(count)]


def paired(*pages: list[str]) -> list[tuple[str, str]]:
    """(label, text) of the notes of some pages; a piece with line ends is one block."""
    draft, page_of = Draft(), []
    for page, blocks in enumerate(pages):
        for at, text in enumerate(blocks):
            draft.add(f"n{page}-{at}", "note", text)
            page_of.append(page)
    document = draft.document()
    labelled = [block for block in document.blocks.values() if block.kind == "note"]
    return [(note.n, text_of(document, note)) for note in pair_labels(document, labelled, page_of)]


def text_of(document: Document, note: Block) -> str:
    texts = [document.source.text[start:end].replace("\n", " ") for start, end in note.spans]
    return " ".join(text for text in texts if text != note.n)


@pytest.mark.parametrize(
    ("pages", "notes"),
    [
        (
            [["*", "One book,"], ["and its appendix.", "*", "Two books."]],
            [("*", "One book, and its appendix."), ("*", "Two books.")],
        ),
        ([["*", "One book."], ["†", "Two books."]], [("*", "One book."), ("†", "Two books.")]),
        ([["One book.", "*", "†", "Two books."]], [("*", "One book."), ("†", "Two books.")]),
        (
            [["1", f"One book.\n{LONG}", "3", "Three books.", "2"]],
            [("1", "One book."), ("2", LONG), ("3", "Three books.")],
        ),
        (
            [["†", "Two books.", "‡", "Three books.", "*", "One book."]],  # notes out of their order
            [("†", "Two books."), ("‡", "Three books."), ("*", "One book.")],
        ),
    ],
)
def test_notes_and_their_labels(pages: list[list[str]], notes: list[tuple[str, str]]) -> None:
    assert sorted(paired(*pages)) == sorted(notes)


def test_nothing_goes_on_over_a_page_without_notes() -> None:
    draft = Draft().add("n1", "note", "*").add("n2", "note", "One book,").add("n3", "note", "and its appendix.")
    document = draft.document()
    notes = [block for block in document.blocks.values() if block.kind == "note"]
    assert len(pair_labels(document, notes, [1, 1, 3])) == 2
