"""The TEI writer: golden files, and one small document for every shape and every oddity."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from drafts import Draft, bilingual, english
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.edition import Break, Edition, Foreign, Pointer, Url
from pipeline.model import Author
from pipeline.options import Characters, LineEnds, Metadata, Options, Script, Tei
from pipeline.validation import grammar, validate
from pipeline.writers.tei import write
from pipeline.writers.tei.front import guess_language, split_terms
from pipeline.writers.tei.header import is_iso_date
from pipeline.writers.tei.markup import address, escape, language, split_breaks

GOLDEN = Path(__file__).parent / "golden"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
PLAIN = Options()
FULL = Options(tei=Tei(forme_work=True, choice=True))
BY_HAND = Metadata(journal="Quay Notes", date="Spring 2031", licence="https://example.org/by/4.0")


def written(draft: Draft, options: Options = PLAIN, metadata: Metadata | None = None) -> dict[str, bytes]:
    return write(Edition(draft.document(), choice=options.tei.choice), options, metadata)


def tree(
    draft: Draft, options: Options = PLAIN, name: str = "a01.xml", metadata: Metadata | None = None
) -> etree._Element:
    """One file, after all of them were found valid."""
    files = written(draft, options, metadata)
    assert validate(files) == []
    return etree.fromstring(files[name])


def one(draft: Draft, options: Options = PLAIN, lang: str = "en", **more: object) -> etree._Element:
    """The only article of a draft that lists its blocks in the order of the witness."""
    draft.article(1, " ".join(name for name, block in draft.blocks.items() if block.kind != "fw"), lang, **more)
    return tree(draft, options)


def source_of(root: etree._Element, path: str) -> str:
    """The markup of the first element found, without the namespace."""
    found = root.find(path, NS)
    assert found is not None, path
    text = etree.tostring(found, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)


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


def test_article_without_a_title_is_called_by_its_id() -> None:
    root = one(Draft("x/y").add("p", "p", "text"))
    assert source_of(root, ".//t:titleStmt/t:title") == '<title type="main">x/y/a01</title>'


def test_title_blocks_stand_in_the_header_only() -> None:
    root = tree(english())
    text = "".join(root.find("t:text", NS).itertext())
    for passage in ("Stones and Sails", "two lives", "Ben Reed", "told twice", "10.5555", "Tide Fund", "Buoy"):
        assert passage in "".join(root.find("t:teiHeader", NS).itertext())
        assert passage not in text


def test_author_markers_stand_behind_the_name() -> None:
    root = tree(english())
    assert source_of(root, ".//t:titleStmt/t:author").startswith(
        '<author><persName>Ada Mole</persName><ref type="note" target="#a01-n0002">*</ref><persName xml:lang="zh">莫艾达</persName>'
    )
    assert root.find(".//t:title/t:ref", NS) is None
    assert root.find(".//t:notesStmt/t:note[@type='marker']/t:ref", NS).get("target") == "#a01-n0002"


def test_metadata_by_hand_wins() -> None:
    said = Metadata(title="By hand", doi="10.1/x", journal="J", volume="1", date="Spring", publisher="P", licence="CC0")
    draft = Draft().add("t", "title", "Found").add("p", "p", "text").article(1, "t p")
    root = tree(draft, metadata=said)
    assert [title.text for title in root.iterfind(".//t:title", NS)] == ["By hand", "By hand", "J"]
    assert root.find(".//t:idno", NS).text == "10.1/x"
    assert dict(root.find(".//t:imprint/t:date", NS).attrib) == {}
    assert root.find(".//t:licence", NS).text == "CC0"


def test_title_by_hand_is_for_an_only_article() -> None:
    draft = Draft().add("p", "p", "one").add("q", "p", "two").article(1, "p").article(2, "q")
    assert tree(draft, metadata=Metadata(title="By hand")).find(".//t:title", NS).text.endswith("/a01")


def test_unknown_values_are_left_out() -> None:
    root = one(Draft().add("p", "p", "text"), lang="")
    assert root.find("t:text", NS).get("{http://www.w3.org/XML/1998/namespace}lang") == "und"
    for name in (
        "author",
        "editor",
        "funder",
        "notesStmt",
        "analytic",
        "biblScope",
        "abstract",
        "textClass",
        "publisher",
    ):
        assert root.find(f".//t:{name}", NS) is None, name


def test_every_language_is_declared() -> None:
    found = [tag.get("ident") for tag in tree(english()).iterfind(".//t:language", NS)]
    assert found == ["en", "la", "zh", "zh-Hans"]


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        (PLAIN, "t:hyphenation", "hard"),
        (Options(line_ends=LineEnds(hyphens="keep")), "t:hyphenation", "all"),
        (Options(line_ends=LineEnds(hyphens="join")), "t:hyphenation", "none"),
        (PLAIN, "t:normalization", "silent"),
        (FULL, "t:normalization", "markup"),
        (Options(script=Script("hant-tw")), "t:normalization", "hant-tw"),
        (Options(characters=Characters(mojibake="flag")), "t:normalization", "remarked"),
        (Options(characters=Characters(punctuation="keep")), "t:punctuation", "those of the source"),
        (FULL, "t:segmentation", "forme work"),
    ],
)
def test_declaration_says_what_was_set(options: Options, path: str, expected: str) -> None:
    assert expected in source_of(tree(english(), options), f".//t:editorialDecl/{path}")


def test_remarks_stand_with_their_article() -> None:
    draft = Draft().add("p", "p", "one").remark("first").add("q", "p", "two").remark("second")
    draft.article(1, "p").article(2, "q")
    files = written(draft)
    assert b"first" in files["a01.xml"]
    assert b"second" in files["a02.xml"]
    assert b"second" not in files["a01.xml"] + files["corpus.xml"]


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


def test_editor_and_role() -> None:
    root = tree(bilingual(), name="a02.xml")
    assert source_of(root, ".//t:editor") == '<editor role="责编">李 岸</editor>'


def test_author_without_a_block() -> None:
    root = one(Draft().add("p", "p", "text"), lang="zh-Hans", authors=(Author("王河", "Wang He"),))
    assert '<persName xml:lang="en">Wang He</persName>' in source_of(root, ".//t:author")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("港口；帆; rope.", ["港口", "帆", "rope"]),
        ("sail, rope, and tar", ["sail", "rope", "and tar"]),
        ("港口、帆，绳", ["港口", "帆", "绳"]),
        ("港口  帆\u3000绳", ["港口", "帆", "绳"]),
        ("early modern ports", ["early modern ports"]),
        ("A, B; C", ["A, B", "C"]),
        (" ; ", []),
    ],
)
def test_split_terms(text: str, terms: list[str]) -> None:
    assert split_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        ("港口", "zh-Hant", "zh-Hant"),
        ("港口", "en", "zh"),
        ("Port", "zh-Hans", "en"),
        ("Hafen", "de", "de"),
        ("12", "zh", "zh"),
    ],
)
def test_guess_language(text: str, usual: str, expected: str) -> None:
    assert guess_language(text, usual) == expected


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2031", True), ("2031-02", True), ("2031-02-28", True), ("2031-13", False), ("2031-02-29", False), ("2032-02-29", True), ("2031-04-00", False), ("0000", False), ("Spring 2031", False),
     ("2031年2月", False), ("", False)],
)  # fmt: skip
def test_is_iso_date(text: str, iso: bool) -> None:
    assert is_iso_date(text) is iso


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


def test_blanks_before_a_break_do_not_hold_it() -> None:
    pb = Break("1", False, 90, 0)
    assert split_breaks([" ", pb, "a", pb]) == ([pb], [" ", "a", pb])


@given(st.text())
def test_whatever_is_escaped_can_be_read_again(text: str) -> None:
    root = etree.fromstring(f"<p>{escape(text)}</p>".encode())
    assert len(root.text or "") == len(text)
    assert [a for a, b in zip(root.text or "", text, strict=True) if a != b and a != "\ufffd"] == []


WORD = st.text(alphabet=st.characters(blacklist_characters="{}>"), min_size=1, max_size=12)
SHOWN = st.sampled_from(["", "{pb 3}", "{pb}", "{ref [1]>n}", "{ref *}", "{edit a>b}", "{cut x}"])
ADDRESS = st.builds(lambda text: "{url a>" + text + "}", st.text(alphabet="ab:/[]#?%@ é", max_size=12))
TEXT = st.builds("".join, st.lists(WORD | SHOWN | ADDRESS, min_size=1, max_size=6))
KIND = st.sampled_from(["p", "quote", "item", "caption", "table", "bibl", "head", "note", "title", "abstract", "keywords",
                        "funding", "editor", "byline", "clc", "dateline", "matter", "fw"])  # fmt: skip


@given(st.lists(st.tuples(KIND, TEXT), max_size=8), st.sampled_from([PLAIN, FULL]), st.integers(0, 1))
def test_whatever_is_found_is_valid(blocks: list[tuple[str, str]], options: Options, seq: int) -> None:
    draft = Draft()
    for number, (kind, text) in enumerate([*blocks, ("note", "the note")]):
        name = f"b{number}" if number < len(blocks) else "n"
        draft.add(name, kind, text + ("." if kind == "fw" else ""), level=1 + number % 3)
    draft.blocks = {name: block for name, block in draft.blocks.items() if block.spans}
    draft.article(seq, " ".join(name for name, block in draft.blocks.items() if block.kind != "fw"))
    assert validate(written(draft, options)) == []


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
