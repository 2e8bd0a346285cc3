"""Vertical text: tags nest, and tokens with what stands between them give every text back exactly."""

from __future__ import annotations

import html
import re
import sys
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from drafts import Draft, bilingual, english
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition
from pipeline.options import Metadata
from pipeline.writers import vertical
from pipeline.writers.tokens import CHARACTERS, Segmenter, installed_segmenter, tokenize
from pipeline.writers.vertical import write_vertical

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?P<attributes>(?: [a-z_]+=\"[^\"<>]*\")*)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r' ([a-z_]+)="([^"]*)"')


class Block(NamedTuple):
    tag: str
    attributes: dict[str, str]
    text: str
    tokens: list[str]
    sentences: list[list[str]]


class Doc(NamedTuple):
    attributes: dict[str, str]
    blocks: list[Block]


def documents(written: str) -> list[Doc]:
    """The documents of a vertical text, as a corpus manager reads it; tags that do not nest fail."""
    docs: list[Doc] = []
    open_tags: list[str] = []
    between: str | None = ""
    for line in written.removesuffix("\n").split("\n") if written else ():
        found = _TAG.fullmatch(line)
        if found is None:
            assert open_tags[1:2] not in ([], ["s"]), f"a token outside a block: {line}"
            assert not re.search(r"[<>\s]|&(?!amp;|lt;|gt;)", line), line
            block = docs[-1].blocks[-1]
            token = html.unescape(line)
            gap = (" " if block.tokens else "") if between is None else between
            docs[-1].blocks[-1] = block._replace(text=block.text + gap + token)
            block.tokens.append(token)
            if open_tags[-1] == "s":
                block.sentences[-1].append(token)
            between = None
            continue
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found["attributes"])}
        name = found["name"]
        if found["empty"]:
            assert between is None
            codes = {"g": "", "lb": "\n"}
            between = codes[name] if name in codes else "".join(chr(int(c, 16)) for c in attributes["code"].split())
        elif found["end"]:
            assert open_tags.pop() == name
            if name not in ("s", "doc") and between is not None:
                docs[-1].blocks[-1] = docs[-1].blocks[-1]._replace(text=docs[-1].blocks[-1].text + between)
            between = between if name == "s" else None
        else:
            open_tags.append(name)
            if name == "doc":
                assert open_tags == ["doc"]
                docs.append(Doc(attributes, []))
            elif name == "s":
                docs[-1].blocks[-1].sentences.append([])
            else:
                assert len(open_tags) == 2
                docs[-1].blocks.append(Block(name, attributes, "", [], []))
                between = None
    assert not open_tags
    return docs


def read(draft: Draft, segmenter: Segmenter = CHARACTERS, metadata: Metadata = Metadata()) -> list[Doc]:  # noqa: B008
    return documents(write_vertical(Edition(draft.document()), metadata, segmenter))


def test_an_issue() -> None:
    article, matter = read(english())
    assert article.attributes == {
        "id": "journal/2031-02/a01", "doc_id": "journal/2031-02", "kind": "article", "lang": "en",
        "title": "Stones and Sails", "subtitle": "a harbour’s two lives", "journal": "Harbour Quarterly", "volume": "7",
        "issue": "2", "date": "2031-02", "doi": "10.5555/quay.7", "page_first": "17", "page_last": "22",
        "authors": "Ada Mole; Ben Reed", "segmentation": "characters",
    }  # fmt: skip
    assert matter.attributes["kind"] == "matter"
    edition = Edition(english().document())
    expected = {
        passage.id: passage.text
        for one in (*edition.articles, edition.matter)
        for passage in one.all_passages()
        if passage.block.kind in (*vertical.FRONT, "p", "quote", "item", "caption", "table", "formula", "bibl", "head", "note", "matter")
    }  # fmt: skip
    assert {block.attributes["id"]: block.text for doc in (article, matter) for block in doc.blocks} == expected
    heads = [(block.attributes["level"], block.text) for block in article.blocks if "level" in block.attributes]
    assert heads == [("1", "I. Quays & tides"), ("2", "First life."), ("1", "II. Conclusion")]
    (table,) = [block for block in article.blocks if block.attributes.get("type") == "table"]
    assert table.text == "year ships\n1901 4\n1902 7"
    notes = [block.attributes for block in article.blocks if block.tag == "note"]
    assert [(note.get("n"), note["place"], note.get("type")) for note in notes] == [
        ("1", "bottom", None), ("*", "bottom", "author"), ("2 3", "end", None), ("4", "end", None),
    ]  # fmt: skip


def test_chinese_stands_by_characters() -> None:
    (doc,) = read(bilingual())[1:]
    (block,) = [block for block in doc.blocks if block.attributes.get("type") == "p"]
    assert block.tokens == ["它", "还", "在", "，", "影", "，", "看", "得", "见", "。"]


def test_chinese_in_words() -> None:
    pairs = Segmenter("pairs 1", lambda run: [run[at : at + 2] for at in range(0, len(run), 2)])
    doc = read(bilingual(), pairs)[1]
    assert doc.attributes["segmentation"] == "pairs 1"
    (block,) = [block for block in doc.blocks if block.attributes.get("type") == "p"]
    assert block.tokens == ["它还", "在", "，", "影", "，", "看得", "见", "。"]


@pytest.mark.parametrize("words", [lambda run: [run[:-1]], lambda run: ["", *run], lambda run: []])
def test_a_segmenter_that_loses_text_is_not_followed(words: object) -> None:
    text = "河港 quay"
    found = [text[start:end] for start, end in tokenize(text, Segmenter("bad", words))]  # type: ignore[arg-type]
    assert found == ["河", "港", "quay"]


def test_the_installed_segmenter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    assert installed_segmenter() is CHARACTERS
    fake = SimpleNamespace(__version__="9.1", setLogLevel=lambda level: None)
    fake.lcut = lambda run: re.findall("后来|.", run)
    monkeypatch.setitem(sys.modules, "jieba", fake)
    found = installed_segmenter()
    assert (found.name, found.words("船后来")) == ("jieba 9.1", ["船", "后来"])
    assert found.words("船後來") == ["船", "後來"]  # as its simplified form is divided


def test_jieba_where_it_is_installed() -> None:
    pytest.importorskip("jieba")
    text = "清晨的渡船离开河港，向东边的小镇驶去。"
    found = [text[start:end] for start, end in tokenize(text, installed_segmenter())]
    assert "".join(found) == text
    assert 5 < len(found) < len(text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The harbour’s re-built quay, in 1904.", ["The", "harbour’s", "re-built", "quay", ",", "in", "1904", "."]),
        ("3.5 per cent, 1,904 at 12:30", ["3.5", "per", "cent", ",", "1,904", "at", "12:30"]),
        ("共12艘 ferries", ["共", "12", "艘", "ferries"]),
        ("see http://a.org/b?c=1, then", ["see", "http://a.org/b?c=1", ",", "then"]),
        ("好……是——吗？", ["好", "……", "是", "——", "吗", "？"]),
        ("“(a)”", ["“", "(", "a", ")", "”"]),
        ("café cafe\u0301 naïve", ["café", "cafe\u0301", "naïve"]),
        ("ひらがな 한글", ["ひ", "ら", "が", "な", "한", "글"]),
        ("a_b", ["a", "_", "b"]),
        ("x<y & z>1", ["x", "<", "y", "&", "z", ">", "1"]),
        ("", []),
        (" \u3000", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in tokenize(text)] == tokens


@settings(deadline=None)
@given(st.text())
def test_between_tokens_is_nothing_but_white_space(text: str) -> None:
    at = 0
    for start, end in tokenize(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert not re.search(r"\s", text[start:end])
        at = end
    assert not text[at:].strip()


ANY = st.text(
    alphabet=st.one_of(st.sampled_from("ab 1.,<>&\"'-\n\t\u3000河港，。"), st.characters(exclude_categories=["Cs"]))
)
TEXT = ANY.filter(lambda text: not re.search("[{}]", text) and text.strip() != "")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "head", "item", "table", "note"]), TEXT), min_size=1, max_size=4))
def test_every_text_comes_back(blocks: list[tuple[str, str]]) -> None:
    draft = Draft('j/"<&>')
    for number, (kind, text) in enumerate(blocks):
        draft.add(f"b{number}", kind, text, level=1)
    draft.article(1, " ".join(draft.blocks))
    edition = Edition(draft.document())
    found = documents(write_vertical(edition, Metadata(title='A "title"\n<&>', journal="\t"), CHARACTERS))
    assert [one.attributes["title"] for one in found] == ['A "title" <&>']
    texts = {block.attributes["id"]: block.text for block in found[0].blocks}
    assert texts == {one.id: one.text for one in edition.articles[0].all_passages()}


@settings(max_examples=150, deadline=None)
@given(TEXT, st.lists(st.integers(0, 40), max_size=6, unique=True))
def test_sentences_stand_around_their_tokens(text: str, borders: list[int]) -> None:
    borders = sorted({min(border, len(text)) for border in borders})
    spans = list(zip(borders[::2], borders[1::2], strict=False))
    writer = vertical._Writer(CHARACTERS, {})
    lines = ["<doc>", "<p>", *writer._tokens(text, spans), "</p>", "</doc>"]
    (doc,) = documents("\n".join(lines) + "\n")
    assert doc.blocks[0].text == text
    inside = [[text[start + a : start + b] for a, b in tokenize(text[start:end])] for start, end in spans]
    assert doc.blocks[0].sentences == [tokens for tokens in inside if tokens]


def test_nothing_gives_nothing() -> None:
    assert write_vertical(Edition(Draft().document()), Metadata(), CHARACTERS) == ""
