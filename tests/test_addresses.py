"""Web addresses: what is one, where it ends, where it leads, and how it stands in TEI and tables."""

from __future__ import annotations

import re

import pytest
from drafts import NS, Draft, source_of, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition, Url
from pipeline.model import Changes
from pipeline.options import Options
from pipeline.rewrite import apply
from pipeline.stages.addresses import find, find_addresses, target_of
from pipeline.writers import parquet
from pipeline.writers.tei.markup import address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://doi.org/10.5555/quay(2)x. Next", ["https://doi.org/10.5555/quay(2)x"]),
        ("(www.example.org/a_(b), https://example.org.)", ["www.example.org/a_(b)", "https://example.org"]),
        ("网址：http://www.example.org/河.html。再见", ["http://www.example.org/"]),
        ("网址：http://www.example.org/b.html。再见", ["http://www.example.org/b.html"]),
        ("<http://example.org/b>", ["http://example.org/b"]),
        ("http://example.org:80/?q=1&x=[2]), and", ["http://example.org:80/?q=1&x=[2]"]),
        ("ftp://ftp.example.org/a%2Fb", ["ftp://ftp.example.org/a%2Fb"]),
        ("HTTP://EXAMPLE.ORG", ["HTTP://EXAMPLE.ORG"]),
        ("http://example.org/∼mole/", ["http://example.org/∼mole/"]),
        ("http://example.org/#a?", ["http://example.org/#a"]),
        ("mole@www.example.org", []),
        ("http://a", []),
        ("http:// example.org", []),
        ("www.", []),
        ("www.example", []),
        ("x://example.org and://b.org", []),
        ("10.5555/quay.7", []),
    ],
)
def test_find_addresses(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_addresses(text)] == found


@pytest.mark.parametrize(
    ("shown", "target"),
    [
        ("www.example.org", "http://www.example.org"),
        ("https://example.org/ä b?x=[1]#é", "https://example.org/%C3%A4%20b?x=%5B1%5D#%C3%A9"),
        ("http://example.org/%E6%B2%B3%zz", "http://example.org/%E6%B2%B3%25zz"),
        ("http://example.org/∼mole", "http://example.org/~mole"),
        ("http://example.org/a##b#c", "http://example.org/a#%23b%23c"),
    ],
)
def test_target_of(shown: str, target: str) -> None:
    assert target_of(shown) == target
    assert address(target) == target


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ab.:/?#[]()%é∼, 河@", max_size=30))
def test_every_target_can_be_written(rest: str) -> None:
    text = f"see http://example.org{rest}"
    for start, end in find_addresses(text):
        target = target_of(text[start:end])
        assert target.isascii()
        assert address(target) == target


def marked(draft: Draft) -> Edition:
    document = draft.document()
    return Edition(apply(document, find(document, None, Options())))


def urls(edition: Edition) -> list[Url]:
    return [
        piece
        for passage in edition.articles[0].all_passages()
        for piece in passage.content
        if isinstance(piece, Url)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "See http://example.org/{join a-\n>a-}b.html.",
            [("http://example.org/a-b.html", "http://example.org/a-b.html")],
        ),
        ("See www.example.org/a{ref 4>n}.", [("www.example.org/a", "http://www.example.org/a")]),
        ("See {pb 3}http://example.org/{pb 4}a, b", [("http://example.org/a", "http://example.org/a")]),
        ("{ref http://example.org>n}", []),
        ("{edit see:http>see: http}://example.org/a", []),
        ("No address.", []),
    ],
)
def test_marks(text: str, found: list[tuple[str, str]]) -> None:
    draft = Draft().add("p", "p", text).add("n", "note", "A note.", n="4").article(1, "p n")
    assert [tuple(url) for url in urls(marked(draft))] == found


def test_only_running_text_is_looked_at() -> None:
    draft = Draft().add("t", "title", "http://example.org").add("f", "formula", "http://example.org").article(1, "t f")
    document = draft.document()
    assert find(document, None, Options()) == Changes()


def test_in_tei_and_tables() -> None:
    draft = Draft().add("p", "p", "text{ref 4>n}").add("n", "note", "See https://example.org/ä, and more.", n="4")
    edition = marked(draft.article(1, "p n"))
    (row,) = parquet.tables_of(edition)["notes"].to_pylist()
    assert row["urls"] == ["https://example.org/%C3%A4"]
    draft.marks = list(edition.document.marks)
    note = source_of(tree(draft), ".//t:note")
    assert '<ref target="https://example.org/%C3%A4">https://example.org/ä</ref>' in note
    assert re.sub("<[^>]*>", "", note) == "See https://example.org/ä, and more."
    assert tree(draft).find(".//t:p/t:ref[@target='#a01-n0001']", NS) is not None
