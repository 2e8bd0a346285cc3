"""The header of an article: what is said, what is left out, and what is read from short texts."""

from __future__ import annotations

import re

import opencc
import pytest
from drafts import FULL, NS, PLAIN, Draft, bilingual, english, one, source_of, tree, written
from lxml import etree

from pipeline.edition import Edition
from pipeline.model import Author
from pipeline.options import Characters, LineEnds, Metadata, Options, Script, Tei, Verdict
from pipeline.readers import READERS
from pipeline.runner import run
from pipeline.validation import errors, validate
from pipeline.writers.tei import write
from pipeline.writers.tei.front import guess_language, split_terms
from pipeline.writers.tei.header import address_of_licence, is_iso_date

text_reader = READERS[".txt"]


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
        (FULL, "t:segmentation", "given as forme work"),
        (PLAIN, "t:segmentation", "were left out"),
        (PLAIN, "t:correction", 'method="silent"><p>Misprints of the source stand as they are; nothing was'),
        (FULL, "t:correction", 'method="markup"'),
        (
            Options(verdicts=(Verdict("join", 3, 4), Verdict("keep", 8, 9))),
            "t:correction",
            "for 2 corrections by hand, recorded",
        ),
        (
            Options(tei=Tei(choice=True), verdicts=(Verdict("join", 3, 4),)),
            "t:correction",
            "for 1 correction by hand, recorded",
        ),
        (PLAIN, "t:quotation", "straight ones in Chinese sentences became curved"),
        (Options(characters=Characters(punctuation="keep")), "t:quotation", "as in the source"),
        (Options(line_ends=LineEnds(words="w.parquet", words_sha256="ab12")), "t:hyphenation", "(SHA-256 ab12)"),
        (
            Options(script=Script("hans", ("乾隆", "A&B"))),
            "t:normalization",
            "Protected by the settings: 乾隆; A&amp;B.",
        ),
    ],
)
def test_declaration_says_what_was_set(options: Options, path: str, expected: str) -> None:
    assert expected in source_of(tree(english(), options), f".//t:editorialDecl/{path}")


@pytest.mark.parametrize(
    ("options", "path", "absent"),
    [
        (PLAIN, "t:correction", "sic"),
        (PLAIN, "t:hyphenation", "SHA-256"),
        (PLAIN, "t:normalization", "OpenCC"),
        (PLAIN, "t:normalization", "Protected"),
        (Options(line_ends=LineEnds("keep", "w.parquet", "ab12")), "t:hyphenation", "SHA-256"),
        (Options(script=Script("keep", ("乾隆",))), "t:normalization", "乾隆"),
    ],
)
def test_declaration_says_nothing_else(options: Options, path: str, absent: str) -> None:
    assert absent not in source_of(tree(english(), options), f".//t:editorialDecl/{path}")


def cleaned(text: str, options: Options = PLAIN, encoding: str = "utf-8") -> dict[str, bytes]:
    """The TEI of a text as the whole pipeline makes it."""
    source, _ = text_reader("s", [("s.txt", text.encode(encoding))], options.encoding)
    finished = run(source, options)
    files = write(Edition(finished.document, finished.unconverted), options)
    assert errors(validate(files)) == []
    return files


def declared(data: bytes, path: str) -> list[str]:
    root = etree.fromstring(data)
    return [p.text for p in root.iterfind(f".//t:editorialDecl/{path}/t:p", NS)]


SENTENCES = "后来国家的头发和干净的船都很难说清楚，里面的事情也是这样。渡口的人们都说，船是从东边来的。\n" * 6


def test_a_conversion_names_opencc() -> None:
    files = cleaned("# 渡口\n\n" + SENTENCES, Options(script=Script("hant")))
    (told,) = [p for p in declared(files["a01.xml"], "t:normalization") if "OpenCC" in p]
    found = re.fullmatch(
        r"OpenCC (\S+), configuration s2t\.json, changed (\d+) places, (\d+) of them on characters that may .*\.", told
    )
    assert found is not None
    assert found[1] == opencc.__version__
    assert int(found[2]) > int(found[3]) > 0
    assert told in declared(files["corpus.xml"], "t:normalization")
    kept = cleaned("# 渡口\n\n" + SENTENCES, Options(script=Script("keep")))
    assert "OpenCC" not in "".join(declared(kept["a01.xml"], "t:normalization"))


@pytest.mark.parametrize(
    ("encoding", "setting", "told"),
    [
        ("utf-8", "detect", "The source was found to be in utf-8."),
        ("gb18030", "gb18030", "The source was read as gb18030, as was set."),
    ],
)
def test_the_encoding_is_told(encoding: str, setting: str, told: str) -> None:
    files = cleaned(SENTENCES, Options(encoding=setting), encoding)
    assert declared(files["corpus.xml"], "t:normalization")[0] == told


def test_corrections_stand_with_their_article() -> None:
    draft = Draft().add("p", "p", "one").add("q", "p", "two").article(1, "p").article(2, "q")
    files = written(draft, Options(verdicts=(Verdict("join", 4, 5),)))
    for name, told in (("a01.xml", "nothing"), ("a02.xml", "1 correction by hand"), ("corpus.xml", "1 correction")):
        assert told in declared(files[name], "t:correction")[0]


def measures(root: etree._Element) -> dict[str, int]:
    return {one.get("unit"): int(one.get("quantity")) for one in root.iterfind(".//t:extent/t:measure", NS)}


def test_extent() -> None:
    files = written(english())
    a01, matter, corpus = (measures(etree.fromstring(files[name])) for name in ("a01.xml", "matter.xml", "corpus.xml"))
    assert a01 == {"page": 6, "paragraph": 11, "note": 4, "word": 53, "character": 261}
    assert matter["paragraph"] == 3
    assert corpus == {
        "article": 1,
        "page": 7,
        **{unit: a01[unit] + matter[unit] for unit in ("paragraph", "note", "word", "character")},
    }


def test_extent_without_pages() -> None:
    assert measures(one(Draft().add("p", "p", "一二 three"))) == {"paragraph": 1, "note": 0, "word": 3, "character": 8}


def test_pages_inside_a_long_paragraph_are_counted() -> None:
    assert measures(one(Draft().add("p", "p", "{pb 1}a {pb 2}b {pb 3}c")))["page"] == 3


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://example.org/l", "https://example.org/l"),
        ("All rights reserved", ""),
        ("CC-BY", ""),
        ("", ""),
    ],
)
def test_address_of_licence(licence: str, expected: str) -> None:
    assert address_of_licence(licence) == expected


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


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("（责任编辑：李岸）", "责任编辑", "李岸"),
        ("[Editor: Cy Buoy]", "Editor", "Cy Buoy"),
        ("李岸（特约）", "editor", "李岸（特约）"),
        ("责编/李岸", "责编", "李岸"),
        ("Cy Buoy", "editor", "Cy Buoy"),
    ],
)
def test_role_of_an_editor(text: str, role: str, name: str) -> None:
    root = one(Draft().add("p", "p", "text").add("e", "editor", text))
    assert source_of(root, ".//t:editor") == f'<editor role="{role}">{name}</editor>'


def test_author_without_a_block() -> None:
    root = one(Draft().add("p", "p", "text"), lang="zh-Hans", authors=(Author("王河", "Wang He"),))
    assert '<persName xml:lang="en">Wang He</persName>' in source_of(root, ".//t:author")


def test_authors_with_electronic_addresses() -> None:
    """What is left of a line that nobody works at is an affiliation, its addresses being those of the authors."""
    draft = (
        Draft().add("b", "byline", "Ada Mole").add("a", "affiliation", "mole@pier.example, Pier 9").add("p", "p", "one")
    )
    authors = (Author("Ada Mole", blocks=("b",), emails=("mole@pier.example",)),)
    shown = [
        etree.tostring(author, encoding="unicode")
        for author in one(draft, authors=authors).iterfind(".//t:titleStmt/t:author", NS)
    ]
    assert "<email>mole@pier.example</email>" in shown[0]
    assert "<affiliation>Pier 9</affiliation>" in shown[1]
    assert sum(text.count("mole@") for text in shown) == 1


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
        ("港口 帆船 《水经注》", ["港口", "帆船", "《水经注》"]),
        ("港口 A帆 绳", ["港口 A帆 绳"]),
        ("港口；帆 绳", ["港口", "帆 绳"]),
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
