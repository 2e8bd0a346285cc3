"""The header of an article: what is said, what is left out, and what is read from short texts."""

from __future__ import annotations

import pytest
from drafts import FULL, NS, PLAIN, Draft, bilingual, english, one, source_of, tree, written

from pipeline.model import Author
from pipeline.options import Characters, LineEnds, Metadata, Options, Script
from pipeline.writers.tei.front import guess_language, split_terms
from pipeline.writers.tei.header import is_iso_date


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


def test_editor_and_role() -> None:
    root = tree(bilingual(), name="a02.xml")
    assert source_of(root, ".//t:editor") == '<editor role="责编">李 岸</editor>'


def test_author_without_a_block() -> None:
    root = one(Draft().add("p", "p", "text"), lang="zh-Hans", authors=(Author("王河", "Wang He"),))
    assert '<persName xml:lang="en">Wang He</persName>' in source_of(root, ".//t:author")


def test_byline_without_an_author_stands_as_it_is() -> None:
    draft = Draft().add("b", "byline", "By the crew{ref *>n}").add("a", "affiliation", "Pier 9").add("p", "p", "text")
    authors = one(draft.add("n", "note", "All of them.", n="*")).findall(".//t:titleStmt/t:author", NS)
    assert ["".join(author.itertext()) for author in authors] == ["By the crew*", "Pier 9"]


def test_page_range() -> None:
    draft = Draft().add("p", "p", "{pb 7}one {pb 9}two").add("q", "p", "three").article(1, "p").article(2, "q")
    assert source_of(tree(draft), ".//t:biblScope") == '<biblScope unit="page" from="7" to="9">7–9</biblScope>'
    assert source_of(tree(draft, name="a02.xml"), ".//t:biblScope") == (
        '<biblScope unit="page" from="9" to="9">9</biblScope>'
    )
    assert one(Draft().add("p", "p", "{pb}one {pb 2}two")).find(".//t:biblScope", NS) is None


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
