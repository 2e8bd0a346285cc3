"""`stretches`: many changes of one reading, whatever earlier edits stand there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Block, Document, Edit, Mark, Rule, Source
from pipeline.rewrite import read, rewrite
from pipeline.stages.stretches import Guards, is_free, place_changes

ONE = Rule("one", "emended", 90, "Made for a test.")
TWO = Rule("two", "emended", 80, "Made for a test.")


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Document, list[tuple[int, int, str, Rule, int]]]:
    """A block of two spans with earlier edits in it, and changes of how it reads."""
    size = draw(st.integers(6, 30))
    cuts = sorted(draw(st.sets(st.integers(0, size), min_size=4, max_size=4)))
    spans = ((cuts[0], cuts[1]), (cuts[2], cuts[3]))
    runs = []
    for start, end in spans:
        places = sorted(draw(st.sets(st.integers(start, end), max_size=4)))
        runs += [
            Edit(a, b, draw(st.text("xyz", max_size=5)), ONE, 100)
            for a, b in zip(places[::2], places[1::2], strict=False)
        ]
    block = Block("b", "p", spans, ONE, 100)
    document = Document(Source("d", "abcdefghij" * 3, ()), runs=rewrite((), runs), blocks={"b": block})
    length = len(read(document, spans).text)
    places = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    changes = [
        (a, b, draw(st.text("UVW", max_size=3)), draw(st.sampled_from([ONE, TWO])), draw(st.integers(50, 99)))
        for a, b in zip(places[::2], places[1::2], strict=False)
    ]
    return document, changes


@settings(deadline=None)
@given(_cases())
def test_the_reading_has_every_change(case: tuple[Document, list[tuple[int, int, str, Rule, int]]]) -> None:
    document, changes = case
    block = document.blocks["b"]
    reading = read(document, block.spans)
    expected = reading.text
    for start, end, new, _, _ in reversed(changes):
        expected = expected[:start] + new + expected[end:]
    runs = rewrite(document.runs, place_changes(reading, changes))
    assert read(Document(document.source, runs=runs), block.spans).text == expected


def test_covered_stretches_follow_the_marks() -> None:
    document = Document(Source("d", "abcdefghij", ()), marks=(Mark(6, 8, "ref", ONE, 100), Mark(2, 2, "pb", ONE, 100)))
    reading = read(document, ((1, 4), (5, 9)))
    assert Guards(document).covered(reading) == [(1, 1), (4, 6)]
    assert [is_free([(1, 1), (4, 6)], *span) for span in ((0, 1), (0, 2), (1, 4), (3, 5), (6, 7))] == [
        True,
        False,
        True,
        False,
        True,
    ]
