"""The sample corpus from end to end, by the command as people use it, held against its truth.

What is not right yet stands in `sample/open.tsv` (source, article from 1 or `-`, check, cause) and is
expected to fail: a check that begins to hold must be taken off that list (`make open` does it).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sampled import ROOT, SAMPLE, SOURCES, Build, Row, likeness, true_texts

from pipeline import engines
from pipeline.build import build

ALIKE = 0.98
# Forme work by source: lines of the raw text that are no part of it, and how many there are.  A running head
# that equals the title of its article is told by the page number beside it.
FORME = {
    "lantern-review-2019-3": (
        r"The Lantern Review · Autumn 2019|\d{1,2}|(?<=10\n\n)Notices & Visits|灯笼街上的五盘铅字(?=\n\n16\n)",
        10,
    ),
    "poyang-notes": (r"湖志|燈船|第 ?\d+ ?頁", 9),
    "observatory": (r"\d\d|\d\d {4}Ines Hallowell|A Roof for the Evening Star {4}\d\d", 6),
}


def command(*words: object) -> subprocess.CompletedProcess[bytes]:
    """`jiaokan` with these words, run at the root of the project."""
    return subprocess.run([sys.executable, "-m", "pipeline", *map(str, words)], capture_output=True, cwd=ROOT)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    out = tmp_path_factory.mktemp("sample") / "out"
    done = command("build", "raw", "-o", out, "--jobs", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    return Build(out)


def tree_of(out: Path) -> dict[str, str]:
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


# --- what holds whatever is found


def test_everything_is_valid(built: Build) -> None:
    done = command("validate", built.out)
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize("doc_id", SOURCES)
def test_restore_gives_the_bytes(built: Build, doc_id: str, tmp_path: Path) -> None:
    assert command("restore", built.out, doc_id, "-o", tmp_path).returncode == 0
    paths = [
        path for path in (ROOT / "raw").rglob("*.txt") if path.relative_to(ROOT / "raw").parts[0].startswith(doc_id)
    ]
    assert paths
    for path in paths:
        restored = (tmp_path / path.relative_to(ROOT / "raw")).read_bytes()
        assert sha256(restored).digest() == sha256(path.read_bytes()).digest(), path.name


def test_the_same_bytes_again_and_with_two_workers(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ALONE", 0)
    build(ROOT / "raw", tmp_path / "two", jobs=2)
    assert tree_of(tmp_path / "two") == tree_of(built.out)
    assert command("build", "raw", "-o", built.out).returncode == 0
    assert tree_of(tmp_path / "two") == tree_of(built.out)


# --- checks of a whole source


def check_articles(built: Build, doc_id: str, truth: Row) -> None:
    found = [(found.row["kind"], found.row["lang"], found.row["title"]) for found in built.articles(doc_id)]
    assert found == [(article["kind"], article["lang"], article["title"]) for article in truth["articles"]]


def check_pages(built: Build, doc_id: str, truth: Row) -> None:
    pages = [(row["n"], not row["inferred"]) for row in built.tables["pages"][doc_id]]
    assert pages == [(page["n"], page["printed"]) for page in truth["page_starts"]]


def check_page_starts(built: Build, doc_id: str, truth: Row) -> None:
    rows = built.tables["pages"][doc_id]
    assert len(rows) == len(truth["page_starts"])
    for row, page in zip(rows, truth["page_starts"], strict=True):
        start = page["start"]
        if start is None or "note" in start:
            continue
        article = truth["articles"][start["article"]]
        found = built.article(doc_id, article)
        if "head" in start:
            assert row["block_id"] == found.heads[start["head"]]["section_id"], page["n"]
        else:
            place = (found.paragraphs[start["paragraph"]]["paragraph_id"], start["offset"])
            assert (row["block_id"], row["block_start"]) == place, page["n"]


def check_forme_work(built: Build, doc_id: str, truth: Row) -> None:
    """Every running head and page number is dropped; none stands in the text."""
    pattern, count = FORME[doc_id]
    raw = "".join(row["raw"] for row in built.tables["collation"][doc_id])
    starts = {row["raw_start"] for row in built.tables["sources"][doc_id]}
    found = re.finditer(rf"(?:{pattern})[ \r]*(?=[\n\f]|$)", raw)
    lines = [one.span() for one in found if one.start() in starts or raw[one.start() - 1] in "\n\f\ufeff "]
    assert len(lines) == count
    dropped = [
        (row["raw_start"], row["raw_end"]) for row in built.tables["collation"][doc_id] if row["fate"] == "dropped"
    ]
    left = [
        raw[start:end].strip()
        for start, end in lines
        if not all(
            raw[at].isspace() or raw[at] == "\ufeff" or any(low <= at < high for low, high in dropped)
            for at in range(start, end)
        )
    ]
    assert left == []


def check_strays(built: Build, doc_id: str, truth: Row) -> None:
    """Nothing stands in the running text that the truth does not have."""
    texts = true_texts(truth)
    strays = [
        text
        for found in built.articles(doc_id)
        for text in [
            *found.texts,
            *(row["text"] for row in found.notes),
            *(head for _, head, _, _ in found.head_rows()),
        ]
        if max(likeness(text, known) for known in texts) < ALIKE
    ]
    assert strays == []


def check_hyphens(built: Build, doc_id: str, truth: Row) -> None:
    wrong = []
    for hyphen in truth["line_end_hyphens"]:
        article = truth["articles"][hyphen["article"]]
        found = built.article(doc_id, article)
        before = hyphen["before"] if hyphen["decision"] == "keep" else hyphen["before"][:-1]
        if "paragraph" in hyphen:
            text = article["paragraphs"][hyphen["paragraph"]]
            texts = found.texts
        elif hyphen.get("field") == "abstract":
            text = article["abstract"]["text"]
            texts = [abstract["text"] for abstract in found.row["abstracts"]]
        elif hyphen.get("field") == "keywords":
            text = "; ".join(article["keywords"]["terms"])
            texts = ["; ".join(keywords["terms"]) for keywords in found.row["keywords"]]
        else:
            text, texts = "", [row["text"] for row in found.notes]
        nearest = max(texts, key=lambda other: likeness(text, other)) if text else "\n".join(texts)
        if before + hyphen["after"] not in nearest:
            wrong.append(before + hyphen["after"])
    assert wrong == []


def check_matter(built: Build, doc_id: str, truth: Row) -> None:
    rows = [row for row in built.tables["collation"][doc_id] if row["tag"] == "matter"]
    types = list(dict.fromkeys(row["type"] for row in rows))
    assert types == [part["kind"] for part in truth.get("matter", ())]
    for part in truth.get("matter", ()):
        text = " ".join(
            row["text"]
            for row in built.tables["paragraphs"][doc_id]
            if row["paragraph_id"] in {other["block_id"] for other in rows if other["type"] == part["kind"]}
        )
        assert likeness("".join(text.split()), "".join("".join(part["lines"]).split())) >= ALIKE, part["kind"]


def check_parallels(built: Build, doc_id: str, truth: Row) -> None:
    wanted = {
        tuple(sorted((at + 1, article["parallel"] + 1)))
        for at, article in enumerate(truth["articles"])
        if article.get("parallel") is not None
    }
    rows = built.tables["alignments"][doc_id]
    found = {
        tuple(sorted((int(row["from_id"][-2:]), int(row["to_id"][-2:])))) for row in rows if row["level"] == "article"
    }
    assert found == wanted
    pairs = {(row["from_id"], row["to_id"]) for row in rows if row["level"] == "paragraph"}
    for first, second in wanted:
        one, other = (built.article(doc_id, truth["articles"][at - 1]) for at in (first, second))
        for left, right in zip(one.paragraphs, other.paragraphs, strict=True):
            assert (left["paragraph_id"], right["paragraph_id"]) in pairs


# --- checks of an article


def check_front(built: Build, doc_id: str, truth: Row) -> None:
    row = built.article(doc_id, truth).row
    assert (row["title"], row["subtitle"]) == (truth["title"], truth["subtitle"])
    authors = [(author["name"], author["affiliation"]) for author in row["authors"]]
    assert authors == [(author["name"], author["affiliation"]) for author in truth["authors"]]


def check_header(built: Build, doc_id: str, truth: Row) -> None:
    """What is printed around some articles: abstract, keywords, DOI, classification, the same in another language."""
    row = built.article(doc_id, truth).row
    abstracts = [truth[key] for key in ("abstract", "alt_abstract") if key in truth]
    assert [one["lang"] for one in row["abstracts"]] == [one["lang"] for one in abstracts]
    for found, wanted in zip(row["abstracts"], abstracts, strict=True):
        assert likeness(found["text"], wanted["text"]) >= ALIKE
    keywords = [(truth[key]["lang"], truth[key]["terms"]) for key in ("keywords", "alt_keywords") if key in truth]
    assert [(one["lang"], one["terms"]) for one in row["keywords"]] == keywords
    assert row["doi"] == truth.get("doi")
    assert [one["text"] for one in row["alt_titles"]] == ([truth["alt_title"]["text"]] if "alt_title" in truth else [])
    codes = {code for code in (truth.get("class_code"), truth.get("document_code")) if code}
    assert {value for code in row["class_codes"] for value in code.values() if value in codes} == codes
    tei = next((built.out / "tei" / doc_id).glob("a01.xml")).read_text("utf-8")
    for value in (truth.get("funding"), (truth.get("editor") or {}).get("name"), truth.get("alt_author")):
        assert value is None or value in tei


def check_heads(built: Build, doc_id: str, truth: Row) -> None:
    wanted = [(head["level"], head["text"], head["run_in"], head["paragraph"]) for head in truth["heads"]]
    assert built.article(doc_id, truth).head_rows() == wanted


def check_paragraphs(built: Build, doc_id: str, truth: Row) -> None:
    found = built.article(doc_id, truth)
    unlike = [
        (wanted, text)
        for wanted, text in zip(truth["paragraphs"], found.texts, strict=False)
        if likeness(wanted, text) < ALIKE
    ]
    assert unlike == []
    assert len(found.texts) == len(truth["paragraphs"])


def check_kinds(built: Build, doc_id: str, truth: Row) -> None:
    assert [row["kind"] for row in built.article(doc_id, truth).paragraphs] == truth["kinds"]


def check_exact(built: Build, doc_id: str, truth: Row) -> None:
    """The texts to the letter."""
    assert built.article(doc_id, truth).texts == truth["paragraphs"]


def check_notes(built: Build, doc_id: str, truth: Row) -> None:
    notes = built.article(doc_id, truth).notes
    wanted = sorted((note["place"], note["type"] or "", note["text"]) for note in truth["notes"])
    assert sorted((row["place"], row["type"] or "", row["text"]) for row in notes) == wanted


def check_refs(built: Build, doc_id: str, truth: Row) -> None:
    """The markers of each note, at their very places."""
    found = built.article(doc_id, truth)
    assert found.notes
    for note in truth["notes"]:
        row = max(found.notes, key=lambda row: likeness(row["text"], note["text"]))
        wanted = [(ref["paragraph"], ref["offset"]) for ref in note["refs"]]
        assert sorted(found.note_refs(row)) == sorted(wanted), note["labels"]


def check_captions(built: Build, doc_id: str, truth: Row) -> None:
    captions = [row["text"] for row in built.article(doc_id, truth).captions]
    assert captions == [caption["text"] for caption in truth["captions"]]


OF_SOURCES = (check_articles, check_pages, check_page_starts, check_forme_work, check_strays, check_hyphens,
              check_matter, check_parallels)  # fmt: skip
OF_ARTICLES = (check_front, check_header, check_heads, check_paragraphs, check_kinds, check_exact, check_notes,
               check_refs, check_captions)  # fmt: skip


def _open() -> dict[tuple[str, str, str], str]:
    lines = (SAMPLE / "open.tsv").read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines[1:] if line]
    return {(source, article, check): cause for source, article, check, cause in rows}


def _checks() -> Iterator[tuple[str, str, Any, Row]]:
    """All checks: source, article from 1 or `-`, check, truth."""
    for source, truth in SOURCES.items():
        yield from ((source, "-", check, truth) for check in OF_SOURCES)
        for number, article in enumerate(truth["articles"], 1):
            skipped = (check_refs, check_notes) if not article["notes"] else ()
            yield from ((source, str(number), check, article) for check in OF_ARTICLES if check not in skipped)


def _cases() -> list[object]:
    known, cases = _open(), []
    for source, number, check, part in _checks():
        name = check.__name__.removeprefix("check_")
        cause = known.pop((source, number, name), "")
        marks = [pytest.mark.xfail(strict=True, reason=cause, raises=(AssertionError, LookupError, ValueError))]
        case_id = "-".join(word for word in (source, number.strip("-"), name) if word)
        cases.append(pytest.param(check, source, part, id=case_id, marks=marks if cause else ()))
    assert not known, f"sample/open.tsv names what is not checked: {sorted(known)}"
    return cases


def _holds(built: Build, check: object, doc_id: str, truth: Row) -> bool:
    try:
        check(built, doc_id, truth)  # type: ignore[operator]
    except (AssertionError, LookupError, ValueError):
        return False
    return True


@pytest.mark.skipif(os.environ.get("OPEN") != "write", reason="for `make open`")
def test_write_what_is_open(built: Build) -> None:
    """Bring `sample/open.tsv` up to date: what holds goes, what fails comes, known causes stay."""
    known, rows = _open(), []
    for source, number, check, part in _checks():
        name = check.__name__.removeprefix("check_")
        if not _holds(built, check, source, part):
            rows.append((source, number, name, known.get((source, number, name), "not looked at yet")))
    lines = ["source\tarticle\tcheck\tcause", *("\t".join(row) for row in rows)]
    (SAMPLE / "open.tsv").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


@pytest.mark.parametrize(("check", "doc_id", "truth"), _cases())
def test_truth(built: Build, check: object, doc_id: str, truth: Row) -> None:
    check(built, doc_id, truth)  # type: ignore[operator]
