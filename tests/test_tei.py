"""The TEI writer: golden files, and one small document for every shape and every oddity."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from drafts import FULL, NS, PLAIN, Draft, bilingual, english, one, source_of, tree, written
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from pipeline.edition import Break, Foreign, Pointer, Url
from pipeline.options import Metadata, Options
from pipeline.validation import errors, validate
from pipeline.validation.grammar import grammar
from pipeline.writers.tei.markup import address, encode, escape, split_breaks
from pipeline.writers.tei.scope import language

GOLDEN = Path(__file__).parent / "golden"
BY_HAND = Metadata(journal="Quay Notes", date="Spring 2031", licence="https://example.org/by/4.0")


CASES = [
    ("english", english, PLAIN, None),
    ("english-full", english, FULL, BY_HAND),
    ("bilingual", bilingual, PLAIN, None),
]


@pytest.mark.parametrize(("name", "draft", "options", "metadata"), CASES, ids=[case[0] for case in CASES])
def test_golden(name: str, draft: object, options: Options, metadata: Metadata | None) -> None:
    """`GOLDEN=write pytest` writes the files anew; read the difference before it is kept."""
    files = written(draft(), options, metadata)  # type: ignore[operator]
    assert validate(files) == []
    found = {
        f"{name}.{file}": re.sub(r'(version="|jiaokan )[0-9][^"<]*', r"\g<1>0", data.decode())
        for file, data in files.items()
    }
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        for file, text in found.items():
            (GOLDEN / file).write_text(text, encoding="utf-8", newline="\n")
    expected = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob(f"{name}.*.xml")}
    assert found == expected


def test_same_bytes_again() -> None:
    assert written(english(), FULL) == written(english(), FULL)


def test_files_of_a_source() -> None:
    assert sorted(written(english())) == ["a01.xml", "corpus.xml", "matter.xml"]
    assert written(Draft()) == {}


def test_break_in_a_joined_word() -> None:
    root = one(Draft().add("p", "p", "an {pb 1}old har{join -\n>}{pb 2}bour"))
    assert source_of(root, ".//t:body/t:p") == '<p xml:id="a01-p0001">an <pb n="1"/>old har<pb n="2"/>bour</p>'


def test_breaks_before_blocks_stand_outside_them() -> None:
    draft = Draft().add("h", "head", "{pb 1}One", level=1).add("p", "p", "{pb 2}Text.").add("i", "item", "{pb 3}first")
    body = one(draft).find(".//t:body", NS)
    assert [child.tag.split("}")[1] for child in body] == ["pb", "div"]
    assert [child.tag.split("}")[1] for child in body[1]] == ["head", "pb", "p", "pb", "list"]


def test_inferred_and_unknown_page_numbers() -> None:
    root = one(Draft().add("p", "p", "{pb}a {pb ?18}b"))
    assert (
        source_of(root, ".//t:body")
        == '<body>\n<pb/>\n<p xml:id="a01-p0001">a <pb n="18" cert="medium"/>b</p>\n</body>'
    )


def test_divisions_follow_levels() -> None:
    draft = Draft()
    for number, level in enumerate((2, 3, 2, 1)):
        draft.add(f"h{number}", "head", f"Head {number}", level=level).add(f"p{number}", "p", "Text.")
    root = one(draft)
    depth = {head.text: len(list(head.iterancestors("{*}div"))) for head in root.iterfind(".//t:body//t:head", NS)}
    assert depth == {"Head 0": 1, "Head 1": 2, "Head 2": 1, "Head 3": 1}


def test_run_in_head_keeps_its_words_out_of_the_paragraph() -> None:
    root = one(Draft().add("h", "head", "1. Ropes.", level=1, type="run-in", gap=" ").add("p", "p", "They hold."))
    assert source_of(root, ".//t:div/t:head") == '<head type="run-in">1. Ropes.</head>'
    assert "Ropes" not in source_of(root, ".//t:div/t:p")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("quote", "said", '<quote xml:id="a01-p0001"><p>said</p></quote>'),
        ("caption", "Map 1", '<figure xml:id="a01-p0001"><head>Map 1</head></figure>'),
        ("table", "a b\r\nc d", '<ab xml:id="a01-p0001" type="table">a b<lb/>c d</ab>'),
        ("formula", "x < y", '<ab xml:id="a01-p0001" type="formula">x &lt; y</ab>'),
        (
            "p",
            "see {url a.org>http://a.org/b c}",
            '<p xml:id="a01-p0001">see <ref target="http://a.org/b%20c">a.org</ref></p>',
        ),
        ("p", "see {url a b>http://a:b}", '<p xml:id="a01-p0001">see a b</p>'),
        (
            "p",
            "so {in zh-Hant>國} it is",
            '<p xml:id="a01-p0001">so <foreign xml:lang="zh-Hant">國</foreign> it is</p>',
        ),
        ("p", "orphan{ref ^9}", '<p xml:id="a01-p0001">orphan<ref type="note">^9</ref></p>'),
        ("p", "a\x00b\ufffe", '<p xml:id="a01-p0001">a\ufffdb\ufffd</p>'),
        ("p", "]]> & <p>", '<p xml:id="a01-p0001">]]&gt; &amp; &lt;p&gt;</p>'),
        ("p", "𠮷野", '<p xml:id="a01-p0001">𠮷野</p>'),
    ],
)
def test_shapes(kind: str, text: str, expected: str) -> None:
    assert source_of(one(Draft().add("x", kind, text)), ".//t:body/*") == expected


def test_items_in_a_row_are_one_list() -> None:
    draft = Draft()
    for number, kind in enumerate(("item", "item", "p", "item")):
        draft.add(f"b{number}", kind, f"text {number}")
    assert [len(found) for found in one(draft).iterfind(".//t:list", NS)] == [2, 1]


def test_one_pointer_a_marker() -> None:
    draft = (
        Draft().add("p", "p", "text{ref [1-2]>n1 n2}").add("n1", "note", "One.", n="1").add("n2", "note", "Two.", n="2")
    )
    assert source_of(one(draft), ".//t:body/t:p") == (
        '<p xml:id="a01-p0001">text<ref type="note" target="#a01-n0001">[1-2]</ref><ref type="note" target="#a01-n0002"/></p>'
    )


def test_marker_into_another_article() -> None:
    draft = Draft().add("p1", "p", "text{ref *>n2}").add("p2", "p", "more").add("n2", "note", "Far away.", n="*")
    draft.article(1, "p1").article(2, "p2 n2")
    assert 'target="a02.xml#a02-n0001"' in source_of(tree(draft), ".//t:body/t:p")


def test_notes() -> None:
    draft = Draft().add("p", "p", "text").add("n1", "note", "Both.", n="1 10", type="end")
    draft.add("n2", "note", "About me.", type="author").add("n3", "note", "{cut 3}", n="3")
    notes = one(draft).findall(".//t:back/t:div[@type='notes']/t:note", NS)
    assert [dict(note.attrib) for note in notes] == [
        {"{http://www.w3.org/XML/1998/namespace}id": "a01-n0001", "n": "1 10", "place": "end"},
        {"{http://www.w3.org/XML/1998/namespace}id": "a01-n0002", "place": "bottom", "type": "author"},
        {"{http://www.w3.org/XML/1998/namespace}id": "a01-n0003", "n": "3", "place": "bottom"},
    ]


def test_a_break_inside_a_note_stands_behind_it() -> None:
    draft = Draft().add("p", "p", "text").add("n", "note", "{pb 5}Long {pb 6}note.", n="1", type="end")
    children = one(draft).find(".//t:back/t:div", NS)
    assert [(child.tag.split("}")[1], child.get("n")) for child in children] == [
        ("pb", "5"),
        ("note", "1"),
        ("pb", "6"),
    ]


def test_notes_that_begin_anew_have_a_head_each_time() -> None:
    draft = Draft().add("p1", "p", "A quay.").add("l1", "label", "Notes", type="notes")
    draft.add("n1", "note", "Of stone.", n="1", type="end").add("l2", "label", "Notes", type="notes")
    draft.add("n2", "note", "Of wood.", n="2", type="end")
    heads = one(draft).findall(".//t:back/t:div/t:head", NS)
    assert [(head.get("{http://www.w3.org/XML/1998/namespace}id"), head.text) for head in heads] == [
        ("a01-label-notes", "Notes"),
        ("a01-label-notes2", "Notes"),
    ]


def test_references_before_end_notes_where_the_source_has_them_so() -> None:
    draft = (
        Draft().add("p", "p", "text").add("b", "bibl", "A. Mole, Ports.").add("n", "note", "Ibid.", n="1", type="end")
    )
    assert [div.get("type") for div in one(draft).iterfind(".//t:back/t:div", NS)] == ["references", "notes"]


def test_head_without_text_behind_it() -> None:
    root = one(Draft().add("h", "head", "The end", level=1))
    assert source_of(root, ".//t:body") == '<body>\n<div xml:id="a01-s0001">\n<head>The end</head>\n</div>\n</body>'


@pytest.mark.parametrize("text", ["{cut gone}", "{pb 4}{cut gone}", "  \u3000"])
def test_text_that_says_nothing(text: str) -> None:
    root = one(Draft().add("t", "title", "Silence").add("p", "p", text))
    assert root.find(".//t:body/t:div", NS) is not None
    assert root.find(".//t:body//t:p", NS) is None
    assert len(root.findall(".//t:body/t:pb", NS)) == text.count("pb")


def test_figures_alone_do_not_fill_a_body() -> None:
    body = one(Draft().add("c", "caption", "{pb 2}Map 1")).find(".//t:body", NS)
    assert [child.tag.split("}")[1] for child in body] == ["pb", "figure", "div"]


def test_forme_work_only_on_request() -> None:
    assert b"<fw" not in written(english())["a01.xml"]
    found = tree(english(), FULL).findall(".//t:fw", NS)
    assert [(fw.get("type"), fw.text) for fw in found] == [
        ("pageNum", "17"), ("header", "Harbour Quarterly"), ("header", "Harbour Quarterly")
    ]  # fmt: skip


def test_choice_only_on_request() -> None:
    assert b"<choice" not in written(english())["a01.xml"]
    root = tree(english(), FULL)
    assert source_of(root, ".//t:choice") == "<choice><orig>teh</orig><reg>the</reg></choice>"
    assert [found.text for found in root.iter("{*}sic", "{*}corr")] == ["ist", "its"]


def test_matter_is_divided_by_type() -> None:
    draft = Draft().add("a", "matter", "{pb 1}Cover", type="cover").add("b", "matter", "Contents", type="contents")
    draft.add("c", "matter", "One 1", type="contents").add("h", "head", "Prices", level=1).add("d", "p", "Two coins.")
    draft.article(0, "a b c h d")
    divs = tree(draft, name="matter.xml").findall(".//t:body//t:div", NS)
    assert [(div.get("type"), len(div)) for div in divs] == [("cover", 1), ("contents", 2), ("other", 2)]


def test_links_of_two_languages() -> None:
    links = tree(bilingual(), name="corpus.xml").findall(".//t:link", NS)
    assert [link.get("target") for link in links] == ["a01.xml#a01 a02.xml#a02", "a01.xml#a01-p0001 a02.xml#a02-p0001"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://a.org/ä?q=[1]#x", "http://a.org/%C3%A4?q=%5B1%5D#x"),
        ("https://a.org:80/100%/b%20c", "https://a.org:80/100%25/b%20c"),
        ("www.a.org/x", "www.a.org/x"),
        ("doi:10.1/x<y>", "doi:10.1/x%3Cy%3E"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("http://a.org:port/", ""),
        ("http://", ""),
        ("1:2", ""),
        ("", ""),
        ("a#b#c", ""),
    ],
)
def test_address(target: str, expected: str) -> None:
    assert address(target) == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("zh-Hant-TW", "zh-Hant-TW"), ("", "und"), ("e n", "und"), ("x-own", "x-own")]
)
def test_language(tag: str, expected: str) -> None:
    assert language(tag) == expected


def test_a_block_in_no_known_language() -> None:
    assert source_of(one(Draft().add("p", "p", "text", lang="é x")), ".//t:body/t:p").startswith(
        '<p xml:id="a01-p0001" xml:lang="und">'
    )


def test_blanks_before_a_break_do_not_hold_it() -> None:
    pb = Break("1", False, 90, 0)
    assert split_breaks([" ", pb, "a", pb]) == ([pb], [" ", "a", pb])


@given(st.text())
def test_whatever_is_escaped_can_be_read_again(text: str) -> None:
    root = etree.fromstring(encode([f"<p>{escape(text)}</p>"])[:-1])
    assert len(root.text or "") == len(text)
    assert [a for a, b in zip(root.text or "", text, strict=True) if a != b and a != "\ufffd"] == []


WORD = st.text(alphabet=st.characters(blacklist_characters="{}>"), min_size=1, max_size=12)
SHOWN = st.sampled_from(["", "{pb 3}", "{pb}", "{ref [1]>n}", "{ref *}", "{edit a>b}", "{cut x}"])
ADDRESS = st.builds(lambda text: "{url a>" + text + "}", st.text(alphabet="ab:/[]#?%@ é", max_size=12))
TEXT = st.builds("".join, st.lists(WORD | SHOWN | ADDRESS, min_size=1, max_size=6))
KIND = st.sampled_from(["p", "quote", "item", "caption", "table", "bibl", "head", "note", "title", "abstract", "keywords",
                        "funding", "editor", "byline", "clc", "dateline", "matter", "fw"])  # fmt: skip


@given(st.lists(st.tuples(KIND, TEXT), max_size=8), st.sampled_from([PLAIN, FULL]), st.integers(0, 1))
@example([("head", "{cut x}{cut x}"), ("fw", "{ref *}{ref *}"), ("head", "{ref *}{cut x}")], PLAIN, 1)
@example([("head", "{cut x}{pb 3}{cut x}"), ("p", "a"), ("head", "b"), ("p", "c")], PLAIN, 1)
def test_whatever_is_found_is_valid(blocks: list[tuple[str, str]], options: Options, seq: int) -> None:
    draft = Draft()
    for number, (kind, text) in enumerate([*blocks, ("note", "the note")]):
        name = f"b{number}" if number < len(blocks) else "n"
        draft.add(name, kind, text + ("." if kind == "fw" else ""), level=1 + number % 3)
    draft.blocks = {name: block for name, block in draft.blocks.items() if block.spans}
    draft.article(seq, " ".join(name for name, block in draft.blocks.items() if block.kind != "fw"))
    assert errors(validate(written(draft, options))) == []


@given(
    st.lists(
        st.sampled_from([Url("a", "b:c"), Foreign("a", "é"), Pointer("*", ()), Break("", True, 5, 0), "x"]), max_size=5
    )
)
def test_breaks_are_neither_lost_nor_doubled(content: list[object]) -> None:
    breaks, rest = split_breaks(content)  # type: ignore[arg-type]
    assert [*breaks, *rest] == content


def test_grammar_is_compiled_once() -> None:
    assert grammar() is grammar()
