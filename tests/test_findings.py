"""What a user is told: plain sentences, four formats, jing's words where it is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from drafts import english, written
from lxml import etree

from pipeline.audit.check import Folder, check_tei
from pipeline.validation import Finding, jing, validate
from pipeline.validation.formats import WRITERS
from pipeline.validation.grammar import explained

FINDINGS = [
    Finding("tei/x/a01.xml", 4, "<p>", "it is empty, 100%", "fill it", "not-empty"),
    Finding("tei/x/a01.xml", 9, '<pb n="3">', "it runs back", "look", "pages-run-on", "warning"),
    Finding("tei/é x/corpus.xml", 0, "a,b: c\nd is not included", mend="include it", rule="includes"),
]


def told(form: str, findings: list[Finding]) -> str:
    return "\n".join(WRITERS[form](findings))


def test_text() -> None:
    assert told("text", FINDINGS[:2]).split("\n") == [
        "tei/x/a01.xml:4: <p>: it is empty, 100%; fill it (not-empty)",
        'tei/x/a01.xml:9: warning: <pb n="3">: it runs back; look (pages-run-on)',
    ]


def test_github() -> None:
    assert told("github", FINDINGS).split("\n") == [
        "::error file=tei/x/a01.xml,line=4,title=not-empty::<p>: it is empty, 100%25; fill it (not-empty)",
        '::warning file=tei/x/a01.xml,line=9,title=pages-run-on::<pb n="3">: it runs back; look (pages-run-on)',
        "::error file=tei/é x/corpus.xml,line=1,title=includes::a,b: c%0Ad is not included; include it (includes)",
    ]


def test_sarif() -> None:
    run = json.loads(told("sarif", FINDINGS))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["includes", "not-empty", "pages-run-on"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0] == {"artifactLocation": {"uri": "tei/x/a01.xml"}, "region": {"startLine": 4}}
    assert places[2] == {"artifactLocation": {"uri": "tei/%C3%A9%20x/corpus.xml"}}
    assert json.loads(told("sarif", []))["runs"][0]["results"] == []


def test_junit() -> None:
    suite = etree.fromstring(told("junit", FINDINGS).encode())
    assert dict(suite.attrib) == {"name": "jiaokan validate", "tests": "2", "failures": "2", "errors": "0"}
    assert [case.get("name") for case in suite] == ["tei/x/a01.xml", "tei/é x/corpus.xml"]
    assert suite[0].findtext("failure") == told("text", FINDINGS[:1])
    assert "runs back" in suite[0].findtext("system-out")
    only_warned = etree.fromstring(told("junit", FINDINGS[1:2]).encode())
    assert (only_warned.get("failures"), only_warned.find(".//failure")) == ("0", None)
    assert [case.get("name") for case in etree.fromstring(told("junit", []).encode())] == ["all"]


@pytest.mark.parametrize(
    ("message", "what", "mend"),
    [
        ("Did not expect element cite there", "<cite> is not allowed here", "<cite> is not used: take it out"),
        ("Did not expect element item there", "<item> is not allowed here", "<item> stands in <list>"),
        ("Did not expect text in element list content", "text is not allowed in <list>", "<list> holds <fw>, <item>, <pb>"),
        ("Expecting an element p, got nothing", "<p> is missing", "<p> stands in <abstract>, <availability>"),
        ("Invalid attribute n for element pb", "attribute n of <pb>: not allowed, or not", '<pb> has cert="medium", n'),
        ("Element ab failed to validate attributes", "attributes of <ab>: one is missing", 'type="formula | table" (always)'),
        ("Element foreign has extra content: ref", "in <foreign>, <ref> is not allowed", "<foreign> holds text"),
        ("Something new of libxml2", "Something new of libxml2", "jiaokan.odd"),
    ],
)  # fmt: skip
def test_words_of_the_grammar(message: str, what: str, mend: str) -> None:
    finding = explained("a01.xml", 3, message)
    assert finding[:2] == ("a01.xml", 3)
    assert finding.what.startswith(what)
    assert mend in finding.mend


def test_lines_of_jing() -> None:
    line = '/some/where/a01.xml:12:7: error: element "cite" not allowed here; expected element "p" or "pb"'
    assert jing.read(line) == Finding(
        "a01.xml", 12, 'element "cite" not allowed here', "column 7, by the grammar", 'expected element "p" or "pb"', "grammar"
    )  # fmt: skip
    long = jing.read(line + ', "x"' * 400)
    assert long is not None
    assert len(long.mend) < 310
    assert jing.read("[warning] something else") is None


def broken_folder(folder: Path) -> Path:
    """An output folder whose article has a stray element and an empty item."""
    path = folder / "tei" / "harbour"
    path.mkdir(parents=True)
    for name, data in written(english()).items():
        if name == "a01.xml":
            data = data.replace(b"<quote", b"<cite/><quote", 1)
        (path / name).write_bytes(data)
    return path


@pytest.mark.parametrize("installed", [True, False])
def test_with_and_without_jing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    if installed and not shutil.which("jing"):
        pytest.skip("jing is not installed")
    if not installed:
        monkeypatch.setenv("PATH", "")
    path = broken_folder(tmp_path)
    line = next(n for n, text in enumerate((path / "a01.xml").read_text("utf-8").split("\n"), 1) if "<cite/>" in text)
    found = list(check_tei(tmp_path))
    assert {(finding.file, finding.line) for finding in found} >= {("tei/harbour/a01.xml", line)}
    assert {finding.rule for finding in found} == {"grammar"}
    assert all(finding.what and finding.why for finding in found)
    assert any(finding.mend for finding in found)


def test_jing_that_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.validation.jing.shutil.which", lambda name: str(tmp_path / "gone"))
    path = broken_folder(tmp_path)
    findings = validate(Folder(path))
    assert jing.improve(path, findings) == findings != []


def test_a_folder_without_its_corpus(tmp_path: Path) -> None:
    path = broken_folder(tmp_path)
    (path / "corpus.xml").unlink()
    assert ("tei/harbour/corpus.xml", "includes") in {(one.file, one.rule) for one in check_tei(tmp_path)}


def test_files_are_read_one_by_one(tmp_path: Path) -> None:
    """A folder keeps nothing of what it read: two readings give different objects."""
    folder = Folder(broken_folder(tmp_path))
    assert sorted(folder) == sorted(written(english()))
    assert folder["a01.xml"] is not folder["a01.xml"]
    assert "gone.xml" not in folder
