"""Stored changes come back as they were, and replaying them gives the same document."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import storage
from pipeline.errors import AlgebraError
from pipeline.model import (
    Article,
    Author,
    Block,
    Changes,
    Document,
    Edit,
    Journal,
    Link,
    Mark,
    Part,
    Remark,
    Rule,
    Source,
)
from pipeline.rewrite import apply, read

RULES = [
    Rule("ligature", "emended", 99, "One."),
    Rule("running-head", "dropped", 90, "Two."),
    Rule("p", "kept", 80, ""),
]

TEXT = st.text(st.characters(codec=None), max_size=6)  # with surrogates
NUMBER = st.integers(0, 2**33)
RULE = st.sampled_from(RULES)
SURE = st.integers(0, 100)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SPANS = st.lists(st.tuples(NUMBER, NUMBER), max_size=3).map(tuple)


def many(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | st.lists(strategy, max_size=3).map(tuple)


AUTHOR = st.builds(Author, TEXT, TEXT, TEXTS, TEXTS)
CHANGES = st.builds(
    Changes,
    st.lists(st.builds(Edit, NUMBER, NUMBER, TEXT, RULE, SURE), max_size=5).map(tuple),
    many(st.builds(Block, TEXT, TEXT, SPANS, RULE, SURE, NUMBER, TEXT, TEXT, TEXT)),
    many(st.builds(Mark, NUMBER, NUMBER, TEXT, RULE, SURE, TEXT, TEXT, st.booleans())),
    many(
        st.builds(Article, NUMBER, TEXT, TEXTS, RULE, SURE, TEXT, st.lists(AUTHOR, max_size=2).map(tuple), TEXT, TEXT)
    ),
    st.none() | st.builds(Journal, TEXT, TEXT, TEXT, TEXT, TEXT),
    many(st.builds(Link, TEXT, TEXT, TEXT, SURE)),
    st.lists(st.builds(Remark, NUMBER, NUMBER, TEXT, SURE, TEXT), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(CHANGES)
def test_what_was_dumped_is_loaded(changes: Changes) -> None:
    data = storage.dump(changes)
    assert storage.load(data) == changes
    assert storage.dump(storage.load(data)) == data


def test_loaded_records_have_their_types() -> None:
    block = Block("b", "p", ((0, 2), (4, 6)), RULES[2], 80)
    article = Article(1, "article", ("b",), RULES[2], 80, authors=(Author("Ann Lee", affiliations=("Here",)),))
    changes = Changes(
        (Edit(0, 1, "x", RULES[0], 99),), (block,), articles=(article,), remarks=(Remark(0, 1, "r", 1, ""),)
    )
    loaded = storage.load(storage.dump(changes))
    assert isinstance(loaded.edits[0], Edit)
    assert loaded.edits[0].rule == RULES[0]
    assert loaded.blocks == (block,)
    assert loaded.articles is not None
    assert isinstance(loaded.articles[0].authors[0], Author)
    assert isinstance(loaded.remarks[0], Remark)
    assert hash(loaded) == hash(changes)


@settings(deadline=None)
@given(st.data())
def test_a_replay_gives_the_same_document(data: st.DataObject) -> None:
    text = data.draw(st.text("ab甲 \n", min_size=4, max_size=30))
    source = Source("x", text, (Part("x.txt", "", len(text), 0, len(text), ((0, "utf-8"),)),))
    document = Document(source)
    stored: list[bytes] = []
    cut = data.draw(st.integers(1, len(text) - 1))
    for number in range(3):
        spans = [(0, cut)] if number else [(0, len(text))]
        reading = read(document, spans)
        start = data.draw(st.integers(0, len(reading.text)))
        end = data.draw(st.integers(start, len(reading.text)))
        edits = () if not number else tuple(reading.edit(start, end, data.draw(TEXT), RULES[0]))
        blocks = (Block("b", "p", ((0, cut),), RULES[2], 80),) if not number else None
        changes = Changes(edits, blocks, remarks=(Remark(0, 1, "seen", 50, str(number)),))
        stored.append(storage.dump(changes))
        document = apply(document, changes)
    replayed = Document(source)
    for one in stored:
        replayed = apply(replayed, storage.load(one))
    assert replayed == document


@pytest.mark.parametrize(
    "data",
    [b"", b"\xc1", msgspec.msgpack.encode(7), msgspec.msgpack.encode([]), msgspec.msgpack.encode([99, False, []])],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(AlgebraError):
        storage.load(data)


def test_changes_are_small() -> None:
    edits = tuple(Edit(at * 10, at * 10 + 2, "fi", RULES[0], 99) for at in range(1000))
    assert len(storage.dump(Changes(edits))) < 12 * len(edits)
