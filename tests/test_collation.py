"""The collation partitions the witness, agrees with every block's text, and refuses what would be lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.collation import BLANK, Row, collate, fate_of
from pipeline.errors import AlgebraError
from pipeline.evidence import BLANKS, LINE_END
from pipeline.model import FATES, Block, Changes, Document, Edit, Mark, Part, Rule, Run, Source
from pipeline.rewrite import apply, read

FOUND = Rule("paragraph", "kept", 90, "")
EMENDS = Rule("ligature", "emended", 95, "")
JOINS = Rule("line-end", "joined", 97, "")
DROPS = Rule("running-head", "dropped", 80, "")
MARKER = Rule("note-marker", "kept", 70, "")
PAGE = Rule("form-feed", "kept", 99, "")


def source(text: str, *borders: int) -> Source:
    cuts = [0, *borders, len(text)]
    parts = tuple(
        Part(f"{at}.txt", "", end - start, start, end, ((start, "utf-8"),))
        for at, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False))
    )
    return Source("x", text, parts)


def block(name: str, kind: str, *spans: tuple[int, int], **more: Any) -> Block:
    return Block(name, kind, spans, FOUND, 90, **more)


def readings(document: Document, rows: list[Row], found: Block) -> str:
    """A block's text put together from its rows, span by span."""
    text = document.source.text
    return "".join(
        text[row.start : row.end] if row.reading is None else row.reading
        for start, end in found.spans
        for row in rows
        if row.block == found.id and row.tag != "ref" and start <= row.start < end
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Blocks with blanks, or nothing, between them; some of two spans; edits, note markers, pages, files."""
    text, spans = "", []
    for _ in range(draw(st.integers(1, 6))):
        start = len(text)
        text += draw(st.text("ab甲", min_size=1, max_size=6))
        spans.append((start, len(text)))
        text += draw(st.sampled_from(["", "\n", " \r\n\f", "\u3000\n\n"]))
    blocks, at = [], 0
    while at < len(spans):
        size = draw(st.integers(1, 2))
        own = spans[at : at + size]
        kind = draw(st.sampled_from(["p", "fw", "note", "head"]))
        blocks.append(block(f"b{at}", kind, *draw(st.permutations(own))))
        at += size
    marks = [Mark(place, place, "pb", PAGE, 99, n=str(place)) for place in draw(st.sets(st.integers(0, len(text) - 1)))]
    refs = [found.spans[0][0] for found in blocks if found.kind == "p" and draw(st.booleans())]
    marks += [Mark(start, start + 1, "ref", MARKER, 70) for start in refs]
    borders = sorted(draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=2))) if len(text) > 1 else []
    document = apply(Document(source(text, *borders)), Changes(blocks=tuple(blocks), marks=tuple(marks)))
    for _ in range(draw(st.integers(0, 2))):
        edits = [edit for found in blocks for edit in _edits(draw, document, found, refs)]
        document = apply(document, Changes(edits=tuple(edits)))
    return document


def _edits(draw: st.DrawFn, document: Document, found: Block, refs: list[int]) -> list[Edit]:
    """One change somewhere behind the block's note marker."""
    reading = read(document, found.spans)
    first = (reading.offset(found.spans[0][0]) or 0) + 1 if found.spans[0][0] in refs else 0
    if first >= len(reading.text):
        return []
    start = draw(st.integers(first, len(reading.text) - 1))
    end = draw(st.integers(start, len(reading.text)))
    rule = draw(st.sampled_from([EMENDS, JOINS, DROPS]))
    return reading.edit(start, end, draw(st.sampled_from(["", " ", "XY"])), rule)


@settings(max_examples=300, deadline=None)
@given(documents())
def test_rows_partition_the_witness(document: Document) -> None:
    rows = collate(document).rows()
    text = document.source.text
    assert "".join(text[row.start : row.end] for row in rows) == text
    assert [row.start for row in rows] == [0, *(row.end for row in rows[:-1])]
    assert all(row.start < row.end and row.fate in FATES for row in rows)
    places = {mark.start for mark in document.marks} | {part.start for part in document.source.parts}
    untouched = [row for row in rows if row.reading is None]
    assert not [row for row in untouched if any(row.start < place < row.end for place in places)]


@settings(max_examples=300, deadline=None)
@given(documents())
def test_rows_give_every_block_its_text(document: Document) -> None:
    rows = collate(document).rows()
    for found in document.blocks.values():
        reading = read(document, found.spans)
        if found.kind == "fw":
            assert {(row.fate, row.reading, row.block_start) for row in rows if row.block == found.id} == {
                ("dropped", "", None)
            }
            continue
        refs = [mark for mark in document.marks if mark.tag == "ref" and mark.start == found.spans[0][0]]
        text = reading.text
        for mark in refs:
            place = reading.offset(mark.start) or 0
            text = text[:place] + text[place + 1 :]
        if any(row.block == found.id and row.tag != "ref" for row in rows):
            assert readings(document, rows, found) == text
        for row in rows:
            if row.block == found.id and row.tag != "ref":
                new = document.source.text[row.start : row.end] if row.reading is None else row.reading
                assert row.block_start is not None
                assert text[row.block_start : row.block_start + len(new)] == new


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_row_is_on_the_last_page_that_began(document: Document) -> None:
    pages = sorted((mark.start, mark.n) for mark in document.marks if mark.tag == "pb")
    for row in collate(document).rows():
        assert row.page == ([""] + [n for start, n in pages if start <= row.start])[-1]


@settings(deadline=None)
@given(documents())
def test_a_reading_that_equals_the_witness_is_none(document: Document) -> None:
    for row in collate(document).rows():
        if row.fate == "kept":
            assert row.reading is None
        else:
            assert row.reading is not None


def test_the_worked_example() -> None:
    text = "the develop-\n1 See Oakes, vol. 2.\n17\nment of\n"
    blocks = (block("p", "p", (0, 13), (37, 44)), block("n", "note", (13, 33), type="bottom"), block("f", "fw", (34, 36), type="pageNum"))  # fmt: skip
    document = apply(Document(source(text)), Changes(blocks=blocks, marks=(Mark(34, 34, "pb", PAGE, 99, n="17"),)))
    reading = read(document, blocks[0].spans)
    document = apply(document, Changes(edits=tuple(reading.edit(11, 13, "", JOINS))))
    rows = collate(document).rows()
    assert [(row.start, row.end, row.fate, row.tag, row.type, row.page, row.block_start) for row in rows] == [
        (0, 11, "kept", "p", "", "", 0),
        (11, 13, "joined", "p", "", "", 11),
        (13, 33, "kept", "note", "bottom", "", 0),
        (33, 34, "dropped", "", "", "", None),
        (34, 36, "dropped", "fw", "pageNum", "17", None),
        (36, 37, "dropped", "", "", "17", None),
        (37, 44, "kept", "p", "", "17", 11),
        (44, 45, "dropped", "", "", "17", None),
    ]
    assert rows[1].rules == ("paragraph", "line-end")
    assert (rows[1].certainty, rows[3].certainty, rows[3].rules) == (90, 100, ("between-blocks",))


def test_a_note_marker_takes_no_place_in_the_text() -> None:
    document = apply(
        Document(source("as said[1] so")),
        Changes(blocks=(block("p", "p", (0, 13)),), marks=(Mark(7, 10, "ref", MARKER, 70),)),
    )
    rows = collate(document).rows()
    assert [(row.tag, row.block_start, row.certainty) for row in rows] == [("p", 0, 90), ("ref", 7, 70), ("p", 7, 90)]


INSERTIONS = [
    # place, rows as (start, end, reading) of "ab cd" with blocks "ab" and "cd"
    (0, [(0, 1, "Xa"), (1, 2, None), (2, 3, ""), (3, 5, None)]),
    (1, [(0, 1, "aX"), (1, 2, None), (2, 3, ""), (3, 5, None)]),
    (3, [(0, 2, None), (2, 3, ""), (3, 4, "Xc"), (4, 5, None)]),
    (4, [(0, 2, None), (2, 3, ""), (3, 4, "cX"), (4, 5, None)]),
]


@pytest.mark.parametrize(("place", "after"), INSERTIONS)
def test_an_insertion_stays_in_its_block(place: int, after: list[tuple[int, int, str | None]]) -> None:
    blocks = (block("one", "p", (0, 2)), block("two", "p", (3, 5)))
    document = apply(Document(source("ab cd")), Changes((Edit(place, place, "X", EMENDS, 95),), blocks))
    assert [(row.start, row.end, row.reading) for row in collate(document).rows()] == after


REFUSED = {
    "text outside every block": Changes(blocks=(block("a", "p", (0, 3)),)),
    "a change that keeps text outside": Changes((Edit(5, 7, "X", EMENDS, 95),), (block("a", "p", (0, 5)),)),
    "an insertion outside": Changes((Edit(3, 3, "X", EMENDS, 95),), (block("a", "p", (0, 3)), block("b", "p", (4, 7)))),
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_refused(changes: Changes) -> None:
    document = apply(Document(source("abc def")), changes)
    with pytest.raises(AlgebraError):
        collate(document)


def test_text_dropped_outside_every_block_is_a_row_with_its_rule() -> None:
    document = apply(Document(source("abc\x01\x02")), Changes((Edit(3, 5, "", DROPS, 80),), (block("a", "p", (0, 3)),)))
    assert collate(document).rows()[-1] == Row(3, 5, "dropped", "", "", ("running-head",), 80, "", "", "", None)


def test_a_run_that_leaves_a_block_is_refused() -> None:
    document = apply(Document(source("abcd")), Changes((Edit(1, 3, "X", EMENDS, 95),)))
    document = apply(document, Changes(blocks=(block("a", "p", (0, 2)), block("b", "p", (2, 4)))))
    with pytest.raises(AlgebraError):
        collate(document)


def test_nothing_has_no_rows() -> None:
    assert collate(Document(source(""))).rows() == []


def test_what_is_blank_to_a_line_may_stand_between_blocks() -> None:
    assert set(BLANKS) <= set(BLANK)
    assert all(LINE_END.fullmatch(character) is None or character in BLANK for character in map(chr, range(0x3000)))
    assert not any(character.isalnum() or character.isprintable() for character in BLANK if character != " ")


FATES_OF_RUNS = [
    ("", [EMENDS], "dropped"),
    ("x", [DROPS], "emended"),
    ("x", [EMENDS], "emended"),
    ("", [JOINS], "joined"),
    (" ", [JOINS], "joined"),
    (" ", [EMENDS, JOINS], "joined"),
    (" ", [EMENDS], "emended"),
    ("x", [JOINS], "emended"),
]


@pytest.mark.parametrize(("new", "rules", "fate"), FATES_OF_RUNS)
def test_fates(new: str, rules: list[Rule], fate: str) -> None:
    assert fate_of(Run(0, 1, new, tuple(rules), 90)) == fate
