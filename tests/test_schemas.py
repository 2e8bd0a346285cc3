"""The schemas: what we write passes, and every kind of damage is refused with its line and cause."""

from __future__ import annotations

from functools import lru_cache

import pytest
from drafts import bilingual, english
from lxml import etree, isoschematron

from pipeline.edition import Edition
from pipeline.options import Options, Tei
from pipeline.resources import schema_path
from pipeline.validation import Finding, errors, include, parse, validate
from pipeline.validation.rules import Part, broken_rules
from pipeline.validation.schematron import schematron_rules
from pipeline.writers.tei import write

FULL = Options(tei=Tei(forme_work=True, choice=True))
SVRL = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


@lru_cache(maxsize=1)
def sound() -> dict[str, bytes]:
    return write(Edition(english().document(), choice=True), FULL)


@lru_cache(maxsize=1)
def linked() -> dict[str, bytes]:
    return write(Edition(bilingual().document()), Options())


def damaged(files: dict[str, bytes], file: str, old: str, new: str) -> tuple[dict[str, bytes], int]:
    """The files with the first `old` of one of them replaced, and the line where that is."""
    text = files[file].decode()
    assert old in text, old
    line = text[: text.index(old)].count("\n") + 1
    return {**files, file: text.replace(old, new, 1).encode()}, line


@pytest.mark.parametrize("files", [sound, linked], ids=["english", "bilingual"])
def test_what_we_write_passes(files: object) -> None:
    assert validate(files()) == []  # type: ignore[operator]


def test_a_part_passes_alone() -> None:
    assert validate({"a01.xml": sound()["a01.xml"]}) == []
    assert validate({}) == []


# What the grammar refuses: name, damage, a word of the message, lines below the damage where it is told
# (libxml2 blames the element around a missing child).
GRAMMAR = [
    ("unknown element", "<quote", "<cite/><quote", "cite"),
    ("unknown attribute", '<div xml:id="a01-s0001"', '<div rend="big" xml:id="a01-s0001"', "rend"),
    ("paragraph in a paragraph", "“Water", "<p>deep</p>“Water", "p"),
    ("text between blocks", '<div xml:id="a01-s0002">', '<div xml:id="a01-s0002">stray', "text"),
    ("note in a paragraph", "It was ", '<note xml:id="a01-n9" place="bottom">x</note>It was ', "note"),
    ("page break in a note", "Never cited", 'Never <pb n="3"/> cited', "note"),
    ("head after the text", "</quote>", "</quote><head>late</head>", "head"),
    ("unknown type of head", 'type="run-in"', 'type="inline"', "type"),
    ("list without items", "<list>", "<list/><list>", "element"),
    ("paragraph without an id", '<p xml:id="a01-p0002">', "<p>", "attributes"),
    ("choice with one half", "<reg>the</reg>", "", "element"),
    ("number in brackets", '<pb n="19"/>', '<pb n="[19]"/>', "n"),
    ("certainty without a number", '<pb n="18" cert="medium"/>', '<pb cert="medium"/>', "cert"),
    ("date that is none", 'when="2031-02"', 'when="2031-14"', "date"),
    ("scheme not absolute", 'scheme="https://', 'scheme="', "classCode"),
    ("empty persName", "<persName>Ben Reed</persName>", "<persName/>", "token"),
    ("marker in a name", "Ben Reed</persName>", 'Ben Reed<ref type="note">*</ref></persName>', "persName"),
    ("id that is no name", 'xml:id="a01-p0003"', 'xml:id="3rd"', "id"),
    ("unknown unit", 'unit="word"', 'unit="words"', "unit"),
    ("count that is none", '<measure unit="page" quantity="6"', '<measure unit="page" quantity="six"', "quantity"),
    ("text beside a reference", "<bibl>Ibid., p. 4.</bibl>", "<bibl>Ibid., p. 4.</bibl> So it says.", "note"),
    ("paragraph in a note", "<bibl>Ibid., p. 4.</bibl>", "<p>Ibid., p. 4.</p>", "p"),
    ("unknown method", '<correction method="markup">', '<correction method="loud">', "method"),
    ("body with nothing", '<div type="colophon">', '<div type="cover letter">', "type"),
]


@pytest.mark.parametrize(("name", "old", "new", "word"), GRAMMAR, ids=[case[0] for case in GRAMMAR])
def test_the_grammar_refuses(name: str, old: str, new: str, word: str) -> None:
    file = "matter.xml" if name.startswith("body") else "a01.xml"
    files, line = damaged(sound(), file, old, new)
    findings = validate(files)
    assert {finding.file for finding in findings} == {file}
    assert any(finding.line == line and word in finding.message for finding in findings), findings


# What the rules refuse: id of the rule, file, damage.
RULES = [
    ("id-unique", "a01.xml", 'xml:id="a01-p0009"', 'xml:id="a01-p0008"'),
    ("id-of-article", "a01.xml", 'xml:id="a01-p0009"', 'xml:id="a02-p0009"'),
    ("marker-target", "a01.xml", 'target="#a01-n0001"', 'target="#a01-n0099"'),
    ("marker-target", "a01.xml", 'target="#a01-n0001"', 'target="#a01-p0001"'),
    ("marker-target", "a01.xml", 'target="#a01-n0001"', 'target="a07.xml#a07-n0001"'),
    ("marker-one-pointer", "a01.xml", 'target="#a01-n0001"', 'target="a01-n0001"'),
    ("marker-local", "a01.xml", 'target="#a01-n0001"', 'target="#matter-n0001"'),
    ("orphan-printed", "a01.xml", '<ref type="note">[9]</ref>', '<ref type="note"/>'),
    ("ref-points", "a01.xml", '<ref type="note">[9]</ref>', "<ref>[9]</ref>"),
    ("section-id", "a01.xml", '<div xml:id="a01-s0002">', "<div>"),
    ("section-id", "a01.xml", '<div xml:id="a01-s0002">', '<div xml:id="a01-s0002" type="other">'),
    ("division-kind", "a01.xml", '<div xml:id="a01-s0001">', '<div type="cover">'),
    ("body-filled", "a01.xml", "<body>", ""),
    ("back-kind", "a01.xml", '<div type="references">', '<div type="notes">'),
    ("back-kind", "a01.xml", '<div type="notes">', '<div type="references">'),
    ("division-kind", "matter.xml", '<div type="colophon">', '<div xml:id="matter-s1">'),
    ("not-empty", "a01.xml", ">Mole, A. (1904). Ports.<", "> <"),
    ("not-empty", "a01.xml", "<p>(1) ropes;</p>", "<p/>"),
    ("first-break", "a01.xml", '<div xml:id="a01-s0001">', '</div><div xml:id="a01-s0001">'),
    ("break-before-block", "a01.xml", "<p>(1) ropes", '<p><pb n="5"/><fw type="header" place="top">x</fw>(1) ropes'),
    ("break-before-block", "a01.xml", "<head>II. Con", '<head> <pb n="5"/>II. Con'),
    ("section-headed", "a01.xml", "<head>I. Quays &amp; tides</head>", ""),
    ("pages-run-on", "a01.xml", '<pb n="19"/>', '<pb n="9"/>'),
    ("note-marked", "a01.xml", 'n="note-without-marker"', 'n="doubt"'),
    ("note-marked", "a01.xml", '<ref type="note" target="#a01-n0001">[1]</ref>', "[1]"),
    ("marker-answered", "a01.xml", 'n="marker-without-note"', 'n="doubt"'),
    ("running-head-left", "a01.xml", "<p>(1) ropes;</p>", "<p>Harbour\n Quarterly </p>"),
    ("main-title-first", "a01.xml", '<titleStmt>\n<title type="main"', '<titleStmt>\n<title type="sub"'),
    ("main-title-first", "a01.xml", '<titleStmt>\n<title type="main"', "<titleStmt>\n<title"),
    ("note-placed", "a01.xml", ' n="4" place="end"', ' n="4"'),
    ("note-placed", "a01.xml", '<note xml:id="a01-n0004"', "<note"),
    ("language-declared", "a01.xml", '<foreign xml:lang="la">', '<foreign xml:lang="el">'),
    (
        "language-declared",
        "corpus.xml",
        '<language ident="en">English</language>',
        '<language ident="fr">French</language>',
    ),
]


# Rules that do not hold at another line than that of the damage.
ELSEWHERE = {"section-headed", "note-marked", "marker-answered"}
WARNINGS = {"pages-run-on", "note-marked", "marker-answered", "running-head-left"}


def moved_break(files: dict[str, bytes]) -> tuple[dict[str, bytes], int]:
    """The first page break inside the first division, before its head."""
    text = files["a01.xml"].decode()
    start = text.index('<pb n="17"/>')
    end = text.index("\n", start) + 1
    pb, text = text[start:end], text[:start] + text[end:]
    text = text.replace('<p xml:id="a01-p0001">', pb + '<p xml:id="a01-p0001">', 1)
    text = text.replace("<head>I. Quays &amp; tides</head>\n", "", 1)
    return {**files, "a01.xml": text.encode()}, text[: text.index("<body>")].count("\n") + 1


def schematron(files: dict[str, bytes]) -> set[tuple[str, int]]:
    """The rules that do not hold and their lines, by the Schematron itself over the corpus."""
    trees = {name: parse(data) for name, data in files.items()}
    corpus = trees.pop("corpus.xml", None)
    if corpus is None:
        (corpus,) = trees.values()
    else:
        include(corpus, trees)
    checker = isoschematron.Schematron(etree.parse(schema_path("jiaokan.sch")), store_report=True)
    checker.validate(corpus.getroottree())
    return {
        (failed.get("id"), corpus.xpath(failed.get("location"))[0].sourceline)
        for failed in checker.validation_report.iter(SVRL)
    }


def ours(files: dict[str, bytes]) -> set[tuple[str, int]]:
    """The same by the one pass in Python."""
    trees = {name: parse(data) for name, data in files.items()}
    corpus = trees.pop("corpus.xml", None)
    if corpus is not None:
        include(corpus, trees)
    parts = [Part(name, tree) for name, tree in trees.items()]
    broken = broken_rules(parts, None if corpus is None else Part("corpus.xml", corpus))
    return {(one.rule, one.line) for one in broken}


def damage(rule: str, file: str, old: str, new: str) -> tuple[dict[str, bytes], int]:
    """A damage of the table; two of them are more than one replacement."""
    if rule == "first-break":
        return moved_break(sound())
    if rule == "body-filled":
        text = sound()[file].decode()
        body = text[text.index("<body>") : text.index("</body>")]
        return damaged(sound(), file, body, "<body><pb/>")
    return damaged(sound(), file, old, new)


@pytest.mark.parametrize(("rule", "file", "old", "new"), RULES)
def test_the_rules_refuse(rule: str, file: str, old: str, new: str) -> None:
    files, line = damage(rule, file, old, new)
    found = [finding for finding in validate(files) if finding.message.endswith(f"({rule})")]
    places = {(finding.file, finding.line) for finding in found}
    if file == "corpus.xml" or rule in ELSEWHERE:
        assert {place[0] for place in places} == {file}
    else:
        assert (file, line) in places, validate(files)


@pytest.mark.parametrize(("rule", "file", "old", "new"), RULES)
def test_schematron_and_python_say_the_same(rule: str, file: str, old: str, new: str) -> None:
    files, _ = damage(rule, file, old, new)
    assert schematron(files) == ours(files)
    assert rule in {name for name, _ in ours(files)}
    alone = {"a01.xml": files["a01.xml"]}  # where pointers into other files cannot be followed
    assert schematron(alone) == ours(alone)


LINKS = [
    ("link-target", "a02.xml#a02-p0001", "a02.xml#a02-p0077"),
    ("matter-last", 'xml:id="a01"', 'xml:id="matter"'),
    ("file-of-article", 'xml:id="a01"', 'xml:id="a05"'),
]


@pytest.mark.parametrize(("rule", "old", "new"), LINKS)
def test_rules_of_a_corpus(rule: str, old: str, new: str) -> None:
    files, _ = damaged(linked(), "corpus.xml" if rule == "link-target" else "a01.xml", old, new)
    assert schematron(files) == ours(files)
    assert any(finding.message.endswith(f"({rule})") for finding in validate(files))


def test_warnings_make_nothing_invalid() -> None:
    assert {name for name, rule in schematron_rules().items() if rule.level == "warning"} == WARNINGS
    files, _ = damage(*next(case for case in RULES if case[0] == "pages-run-on"))
    assert [finding.level for finding in validate(files)] == ["warning"]
    assert errors(validate(files)) == []


@pytest.mark.parametrize(
    ("old", "new", "stray"),
    [
        (
            'xml:id="a02-p0001"',
            'xml:id="a01-p0001"',
            {("a01.xml", "id-unique"), ("a02.xml", "id-unique"), ("corpus.xml", "link-target")},
        ),
        ('xml:id="a02-p0001"', 'xml:id="a07-p0001"', {("corpus.xml", "link-target")}),
        ('target="#a02-n0001"', 'target="a01.xml#a01-n0001"', set()),
        ('target="#a02-n0001"', 'target="a01.xml#a01-p0001"', {("a02.xml", "marker-target")}),
    ],
)
def test_files_are_held_together(old: str, new: str, stray: set[tuple[str, str]]) -> None:
    """What one file says of another is settled though only one is in memory at a time."""
    files, _ = damaged(linked(), "a02.xml", old, new)
    assert schematron(files) == ours(files)
    found = {(finding.file, finding.rule) for finding in validate(files)}
    assert stray == found & {(file, rule) for file in files for rule in ("id-unique", "link-target", "marker-target")}


def test_every_damage_is_told_with_what_why_and_what_to_do() -> None:
    kinds = 0
    cases = [("matter.xml" if case[0].startswith("body") else "a01.xml", case[1], case[2]) for case in GRAMMAR]
    for files in [damaged(sound(), *case)[0] for case in cases] + [damage(*case)[0] for case in RULES]:
        findings = validate(files)
        kinds += bool(findings)
        for finding in findings:
            assert finding.what, finding
            assert finding.why, finding
            assert finding.mend, finding
            assert finding.line, finding
    assert kinds == len(GRAMMAR) + len(RULES) > 45


def test_every_rule_is_tried() -> None:
    assert {case[0] for case in (*RULES, *LINKS)} == set(schematron_rules())


def test_sound_files_by_schematron() -> None:
    assert schematron(sound()) == schematron(linked()) == set()


def test_not_well_formed() -> None:
    files, line = damaged(sound(), "a01.xml", "</quote>", "</quot>")
    (finding,) = [one for one in validate(files) if one.level == "error"]
    assert (finding.file, finding.line) == ("a01.xml", line)
    assert finding.message.startswith("not well formed: Opening and ending tag mismatch: quote")


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    files, _ = damaged({"a01.xml": sound()["a01.xml"]}, "a01.xml", "<TEI", bomb + "<TEI")
    files, _ = damaged(files, "a01.xml", "<persName>Ben", "<persName>&a;Ben")
    assert [finding[:3] for finding in validate(files)] == [("a01.xml", 1, "a document type is declared")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('href="a01.xml"', 'href="a02.xml"', "a02.xml is included but it is not there"),
        ('href="a01.xml"', 'href="matter.xml"', "matter.xml is included twice"),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a01.xml"/>', "", "a01.xml is not included"),
    ],
)
def test_includes(old: str, new: str, expected: str) -> None:
    files, _ = damaged(sound(), "corpus.xml", old, new)
    assert expected in [finding.what for finding in validate(files) if finding.file == "corpus.xml"]


def test_header_of_a_corpus_is_held_to_the_grammar() -> None:
    files, line = damaged(sound(), "corpus.xml", "<profileDesc>", "<revisionDesc/><profileDesc>")
    findings = validate(files)
    assert {finding.file for finding in findings} == {"corpus.xml"}
    assert line in {finding.line for finding in findings}


def test_findings_are_in_order() -> None:
    files, _ = damaged(sound(), "a01.xml", ">Mole, A. (1904). Ports.<", "><")
    files, _ = damaged(files, "a01.xml", 'target="#a01-n0001"', 'target="#a01-n0099"')
    findings = validate(files)
    assert findings == sorted(findings)
    assert [finding.rule for finding in findings] == ["marker-target", "note-marked", "not-empty"]
    assert all(isinstance(finding, Finding) for finding in findings)
