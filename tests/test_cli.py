"""The command itself: what it prints, its exit status, and never a traceback for a user's mistake."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import etree

from pipeline import __version__, cli

TEXT = "The Ferry\n\nThe ferry crossed at dawn, and again at noon, with the post\nand the well-known bales of cotton.\n"
TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "ferry.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Ran:
    """A run of the command in this process: exit status, bytes on standard output, text on standard error."""

    def __init__(self, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, *words: str):
        monkeypatch.setattr(sys, "argv", ["jiaokan", *words])
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        self.status = ended.value.code
        captured = capsysbinary.readouterr()
        self.data, self.out, self.err = captured.out, captured.out.decode(), captured.err.decode()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    return lambda *words: Ran(capsysbinary, monkeypatch, *words)


def test_the_command_as_installed(corpus: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "pipeline", "build"], capture_output=True, text=True, cwd=corpus)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
    assert "1  sources" in ran.stdout
    assert "the TEI is valid; published in" in ran.stdout
    restored = subprocess.run(
        [sys.executable, "-m", "pipeline", "restore", "out", "ferry"], capture_output=True, cwd=corpus
    )
    assert restored.stdout == TEXT.encode()


def test_a_session(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    assert run("build", "raw", "-o", "out", "--jobs", "1", "--timings").status == 0
    assert (run("validate", "out").status, run("validate", "out").err) == (0, "all well\n")
    assert run("restore", "out", "ferry").data == TEXT.encode()
    assert run("restore", "out", "ferry", "-o", "back").status == 0
    assert (corpus / "back" / "ferry.txt").read_text("utf-8") == TEXT
    explained = run("explain", "out", "ferry:20")
    assert explained.status == 0
    assert "ferry, offset 20, in ferry.txt" in explained.out
    next((corpus / "out" / "tei").rglob("a01.xml")).write_text("<TEI/>")
    checked = run("validate", "out")
    assert (checked.status, "problems" in checked.err) == (1, True)
    assert checked.out.startswith("tei/ferry/a01.xml:")
    for form, first in (("github", "::error file=tei/ferry/a01.xml"), ("sarif", "{"), ("junit", "<?xml")):
        shown = run("validate", "out", "--format", form)
        assert (shown.status, shown.out.startswith(first), shown.err) == (1, True, checked.err)


def test_one_bad_source_gives_one(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    (corpus / "raw" / "bad.txt").write_bytes(b"\0\1" * 300)
    ran = run("build", "--jobs", "1")
    assert ran.status == 1
    assert "failed: bad.txt: does not look like text" in ran.out
    assert "(set `encoding` in a sidecar, or take the file out)" in ran.out
    assert (corpus / "out" / "tei" / "ferry").is_dir()
    assert run("build", "--strict", "-o", "other").status == 1
    assert not (corpus / "other").exists()


def test_clean_writes_what_build_writes(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    body = "The boats came home at dusk, and the bell rang twice for each of them, as it had for forty years.\n\n"
    (corpus / "raw" / "ferry.txt").write_text(TEXT + "\n" + body * 3, "utf-8")
    run("build", "--jobs", "1")
    articles = pq.read_table(corpus / "out" / "parquet" / "articles").to_pylist()
    tei = run("clean", "raw/ferry.txt", "--to", "tei")
    built = [path.read_bytes() for path in (corpus / "out" / "tei" / "ferry").glob("[am]*.xml")]
    assert built == [tei.data]
    assert etree.fromstring(tei.data).tag == TEI + "TEI"
    text = run("clean", "raw/ferry.txt").out
    paragraphs = pq.read_table(corpus / "out" / "parquet" / "paragraphs").column("text").to_pylist()
    assert paragraphs
    for paragraph in paragraphs:
        assert paragraph in text
        assert paragraph in run("clean", "raw/ferry.txt", "--to", "md").out.replace("\\", "")
    content = json.loads(run("clean", "raw/ferry.txt", "--to", "json").out)
    assert [article["id"] for article in content["articles"] if article["kind"]] == [
        row["article_id"] for row in articles
    ]


def test_clean_writes_the_rows_of_build(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    body = "The boats came home at dusk, and the bell rang twice for each of them, as it had for forty years.\n\n"
    (corpus / "raw" / "ferry.txt").write_text(TEXT + "\n" + body * 3, "utf-8")
    (corpus / "raw" / "ferry.toml").write_text('[metadata]\ntitle = "By hand"\njournal = "J"\ndate = "1931"\n')
    run("build", "--jobs", "1")
    rows = pq.read_table(corpus / "out" / "parquet" / "paragraphs").to_pylist()
    assert rows
    lines = run("clean", "raw/ferry.txt", "--to", "jsonl").out.removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == rows
    vertical = run("clean", "raw/ferry.txt", "--to", "vertical")
    assert re.match(r'<doc id="ferry/a01" doc_id="ferry" kind="\w+" lang="en" title="By hand"', vertical.out)
    row = rows[-1]
    tokens = re.search(rf'<p id="{row["paragraph_id"]}"[^>]*>\n(.*?)\n</p>', vertical.out, re.DOTALL)[1]
    plain = re.sub(r"</?s>\n?", "", tokens).replace("\n<g/>\n", "").replace("\n", " ").strip()
    assert plain == row["text"]


def test_settings_reach_clean(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    (corpus / "jiaokan.toml").write_text("[tei]\nchoyce = true\n")
    ran = run("clean", "raw/ferry.txt")
    assert (ran.status, ran.err) == (2, "error: jiaokan.toml:2: unknown key `tei.choyce`; did you mean `choice`?\n")


def test_words_are_counted(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    (corpus / "raw" / "gbk.txt").write_bytes("The ferry 渡船。\n".encode("gbk"))
    (corpus / "jiaokan.toml").write_text("[line_ends]\nwords = 'words.parquet'\n")
    assert run("words", "raw").status == 0
    counts = {row["word"]: row["count"] for row in pq.read_table(corpus / "words.parquet").to_pylist()}
    assert (counts["ferry"], counts["well-known"], counts["the"]) == (3, 1, 5)
    assert list(counts) == sorted(counts)
    before = (corpus / "words.parquet").read_bytes()
    assert run("build", "--jobs", "1").status == 0
    run("words", "raw")
    assert (corpus / "words.parquet").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("build", "nowhere"), "'nowhere' does not exist"),
        (("build", "raw", "-o", "raw/out"), "must lie apart"),
        (("build", "--scheduler", "tcp://127.0.0.1:1"), "belongs to --engine dask"),
        (("build", "--engine", "spark"), "spark"),
        (("build", "--jobs", "-1"), "--jobs"),
        (("clean", "gone.txt"), "'gone.txt' does not exist"),
        (("clean", "raw/notes.docx"), "is not a kind that is read"),
        (("clean", "raw/ferry.txt", "--to", "pdf"), "pdf"),
        (("restore", "out", "ferry"), "has no table 'sources'"),
        (("explain", "out", "ferry:1"), "has no table 'sources'"),
        (("validate", "out"), "it has no manifest.json"),
        (("diff", "one", "two", "--json"), "one: is no output of jiaokan"),
        (("diff", "one"), "Missing argument"),
        (("build", "--format", "xml"), "xml"),
        (("report", "out"), "`report` comes in a later version"),
        (("init",), "Missing argument"),
        (("init", "raw/ferry.txt"), "is a file"),
        (("words", "nowhere"), "'nowhere' does not exist"),
        (("words", "raw", "-o", "jiaokan.toml/words.parquet"), "cannot be written"),
        (("clean", "raw"), "use `jiaokan build`"),
        (("bulid",), "bulid"),
    ],
)
def test_wrong_usage_gives_two(corpus: Path, run, words: tuple[str, ...], told: str) -> None:  # type: ignore[no-untyped-def]
    (corpus / "raw" / "notes.docx").touch()
    (corpus / "jiaokan.toml").touch()
    ran = run(*words)
    assert (ran.status, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err


def test_several_files_need_a_folder(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    for number in (1, 2):
        path = corpus / "raw" / "book.pages" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Page {number} of the book.\n")
    run("build", "--jobs", "1")
    ran = run("restore", "out", "book")
    assert (ran.status, "has 2 files: give a folder with -o" in ran.err) == (2, True)
    assert run("restore", "out", "book", "-o", "back").out.count("\n") == 2


def test_restored_files_need_room(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    run("build", "--jobs", "1")
    (corpus / "file").touch()
    ran = run("restore", "out", "ferry", "-o", "file")
    assert (ran.status, "cannot be written" in ran.err, "Traceback" in ran.err) == (2, True, False)
    (corpus / "folder" / "ferry.txt").mkdir(parents=True)
    assert run("restore", "out", "ferry", "-o", "folder").status == 2


def test_an_offset_is_a_number(corpus: Path, run) -> None:  # type: ignore[no-untyped-def]
    (corpus / "raw" / "a:b.txt").write_text(TEXT, "utf-8")
    run("build", "--jobs", "1")
    ran = run("explain", "out", "ferry:x")
    assert (ran.status, "'ferry:x' is no place: behind the colon stands an offset" in ran.err) == (2, True)
    assert run("explain", "out", "a:b/a01").status == 0
    assert "holds no document 'fery:x'" in run("explain", "out", "fery:x").err


def test_version_and_help(run) -> None:  # type: ignore[no-untyped-def]
    assert run("--version").out == f"jiaokan {__version__}\n"
    shown = run("--help").out
    for command in ("build", "clean", "validate", "diff", "restore", "explain", "words", "report", "init"):
        assert command in shown
