"""The main job: what a folder holds, what becomes of bad sources, the same bytes every time, the swap."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import engines, runner
from pipeline import manifest as manifests
from pipeline.audit.restore import restore
from pipeline.build import Summary, build
from pipeline.corpus import Corpus, discover, natural
from pipeline.errors import OutputError, SettingsError
from pipeline.model import Changes, Document
from pipeline.publishing import holding, staging

ENGLISH = """River Trade and the Old Customs House

By Ada Lin

The customs house stood at the bend of the river, and its clerks wrote down
every boat that passed. Their books are the best witness we have of the long-
term trade between the two banks.

A second series of books was begun in 1874, when the bridge was opened and the
toll was moved to the northern gate.
"""
CHINESE = """河港旧事

林安

河港的税关建在河湾处，书吏逐日登记过往的船只，这些簿册是我们了解两岸贸
易的最好见证。

一八七四年大桥落成，税卡移到北门，另立新簿。
"""


def corpus_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of raw files."""
    raw = folder / "raw"
    for name, content in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    raw.mkdir(exist_ok=True)
    return raw


def tree_of(out: Path) -> dict[str, str]:
    """Digest of every file below a folder."""
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }


def statuses_of(out: Path) -> dict[str, str]:
    rows = pq.read_table(out / "parquet" / "sources").to_pylist()
    return {row["path"]: row["status"] for row in rows}


GOOD: dict[str, str | bytes] = {
    "en.txt": ENGLISH,
    "group/zh.txt": CHINESE,
    "gbk.txt": CHINESE.encode("gb18030"),
    "wide.txt": ENGLISH.encode("utf-16"),
    "pages.pages/10.txt": "and the last page.\n",
    "pages.pages/9.txt": "The first page goes on\n",
    "empty.txt": b"",
    "blank.txt": b"\xef\xbb\xbf\r\n \f\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Summary]:
    folder = tmp_path_factory.mktemp("built")
    raw = corpus_of(folder, GOOD)
    return raw, folder / "out", build(raw, folder / "out", jobs=1)


def test_a_good_corpus_is_well(built: tuple[Path, Path, Summary]) -> None:
    _, out, summary = built
    assert (summary.failures, summary.findings, summary.status) == ([], [], 0)
    assert summary.counts["sources"] == 7
    assert {path.parent.name for path in out.glob("tei/**/corpus.xml")} == {"en", "zh", "gbk", "wide", "pages"}
    assert statuses_of(out)["empty.txt"] == "empty"
    assert statuses_of(out)["pages.pages/9.txt"] == "ok"


def test_the_manifest_names_every_file(built: tuple[Path, Path, Summary]) -> None:
    raw, out, _ = built
    manifest = json.loads((out / "manifest.json").read_bytes())
    files = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    assert {**files, "manifest.json": tree_of(out)["manifest.json"]} == tree_of(out)
    assert {entry["path"]: entry["sha256"] for entry in manifest["sources"]} == tree_of(raw)
    assert list(files) == sorted(files)
    assert str(raw.parent) not in (out / "manifest.json").read_text()


def test_the_data_set_is_described(built: tuple[Path, Path, Summary]) -> None:
    _, out, _ = built
    package = json.loads((out / "dataset/datapackage.json").read_bytes())
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.relative_to(out).as_posix() for path in out.glob("parquet/*/*.parquet")}
    assert "dataset/README.md" in {entry["path"] for entry in json.loads((out / "manifest.json").read_bytes())["files"]}


def test_a_sidecar_tells_the_tables(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, {"en.txt": ENGLISH, "en.toml": '[metadata]\njournal = "River Quarterly"\nissue = "7"\n'})
    assert build(raw, tmp_path / "out", jobs=1).status == 0
    (row,) = pq.read_table(tmp_path / "out/parquet/articles").to_pylist()
    assert (row["journal"], row["issue"]) == ("River Quarterly", "7")


@pytest.mark.parametrize("said", ["", "encoding = 'big5'\n"], ids=["found", "said in a sidecar"])
def test_a_sidecar_overrides_the_encoding_that_is_found(said: str, tmp_path: Path) -> None:
    raw = corpus_of(
        tmp_path, {"x.txt": CHINESE.encode("gb18030"), "x.toml": said, "jiaokan.toml": "encoding = 'gbk'\n"}
    )
    build(raw, tmp_path / "out", jobs=1)
    rows = pq.read_table(next((tmp_path / "out/parquet/sources").iterdir())).to_pylist()
    assert [row["encodings"] for row in rows] == [[{"raw_start": 0, "encoding": "big5hkscs" if said else "gb18030"}]]
    assert restore(tmp_path / "out", "x")[0].data == CHINESE.encode("gb18030")


def test_pages_come_in_natural_order(built: tuple[Path, Path, Summary]) -> None:
    rows = pq.read_table(built[1] / "parquet" / "sources", filters=[("doc_id", "=", "pages")]).to_pylist()
    assert [(row["seq"], row["path"]) for row in rows] == [(1, "pages.pages/9.txt"), (2, "pages.pages/10.txt")]
    assert rows[0]["raw_end"] == rows[1]["raw_start"]


def test_same_bytes_with_any_workers_place_and_company(
    built: tuple[Path, Path, Summary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = built
    monkeypatch.setattr(engines, "ALONE", 0)
    moved = tmp_path / "elsewhere"
    raw_copy = corpus_of(moved, GOOD)
    build(raw_copy, moved / "result", jobs=3)
    assert tree_of(moved / "result") == tree_of(out)
    (raw_copy / "another.txt").write_text("One more source does not change the others.\n", "utf-8")
    build(raw_copy, moved / "result", jobs=1)
    tei = {path: digest for path, digest in tree_of(out).items() if path.startswith("tei/")}
    assert tei.items() <= tree_of(moved / "result").items()


BAD: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "binary": ({"bad.txt": bytes(range(256)) * 20}, "bad.txt", "does not look like text"),
    "sidecar": ({"bad.txt": "Words.\n", "bad.toml": "[scrpt]\n"}, "bad.toml", "unknown key `scrpt`; did you mean"),
    "correction": (
        {"bad.txt": "Words.\n", "bad.toml": "[[correction]]\nquote='no'\naction='join'\n"},
        "bad.toml",
        "line 1: the quotation 'no' is not in bad",
    ),
    "orphan sidecar": ({"bad.toml": "[metadata]\n"}, "bad.toml", "a sidecar without its source"),
    "folder": ({"bad.txt/x": "Words.\n"}, "bad.txt", "is not a file"),
    "no pages": ({"bad.pages/readme.md": "Words.\n"}, "bad.pages", "holds no pages"),
    "same id": ({"bad.txt": "Words.\n", "bad.pages/1.txt": "Words.\n"}, "bad.txt", "one id for several sources"),
    "same id folded": ({"bad.txt": "Words.\n", "BAD.txt": "Words.\n"}, "bad.txt", "one id for several sources"),
    "same id composed": ({"e\u0301.txt": "a\n", "\u00e9.txt": "b\n"}, "\u00e9.txt", "one id for several sources"),
    "file and folder": ({"bad.txt": "Words.\n", "bad/a01.xml.txt": "Words.\n"}, "bad.txt", "needs a folder"),
    "encoding": ({"bad.txt": "Words.\n", "bad.toml": "encoding = 'gb1803'\n"}, "bad.toml", "unknown value 'gb1803'"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_stops_nobody(name: str, tmp_path: Path) -> None:
    files, path, told = BAD[name]
    raw = corpus_of(tmp_path, {"good.txt": ENGLISH, **files})
    summary = build(raw, tmp_path / "out", jobs=1)
    assert summary.status == 1
    failures = {one.path: one for one in summary.failures}
    assert told in failures[path].message
    assert failures[path].mend or "did you mean" in failures[path].message
    assert [folder.name for folder in (tmp_path / "out" / "tei").iterdir()] == ["good"]
    status = statuses_of(tmp_path / "out")
    assert status.pop("good.txt") == "ok"
    assert set(status.values()) <= {"failed"}
    assert {one.path for one in summary.failures if one.path.endswith(".txt")} <= set(status)


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for you\n", "utf-8")
    raw = corpus_of(tmp_path, {"good.txt": ENGLISH, "group/other.txt": ENGLISH})
    (raw / "out.txt").symlink_to(secret)
    (raw / "in.txt").symlink_to(raw / "good.txt")
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    (raw / "loop").symlink_to(raw)
    (raw / "x.pages").mkdir()
    (raw / "x.pages" / "1.txt").symlink_to(secret)
    summary = build(raw, tmp_path / "out", jobs=1)
    assert {one.path for one in summary.failures} == {"out.txt", "gone.txt", "loop", "x.pages"}
    assert summary.counts["sources"] == 3
    assert all(b"not for you" not in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())


def test_files_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = corpus_of(tmp_path, {"good.txt": ENGLISH, "x.pages/1.txt": ENGLISH, "x.pages/2.txt": ENGLISH})
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:  # as root, who may read everything, sees it
        if path.name == "2.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    summary = build(raw, tmp_path / "out", jobs=1)
    (one,) = summary.failures
    assert (one.doc_id, one.path, one.message) == ("x", "x.pages/2.txt", "cannot be read: Permission denied")
    assert one.mend == "check its permissions"
    assert statuses_of(tmp_path / "out") == {"good.txt": "ok", "x.pages/1.txt": "failed", "x.pages/2.txt": "failed"}


def test_a_bug_in_a_stage_fails_one_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(document: Document, evidence: object, options: object) -> Changes:
        if "ferry" in document.source.text:
            raise ZeroDivisionError("boats")
        return Changes()

    monkeypatch.setattr(runner, "STAGES", (*runner.STAGES, ("bug", find)))
    raw = corpus_of(tmp_path, {"good.txt": ENGLISH, "bad.txt": "The ferry.\n"})
    summary = build(raw, tmp_path / "out", jobs=1)
    (one,) = summary.failures
    assert one.path == "bad.txt"
    assert one.message.startswith("ZeroDivisionError in test_build.py:")
    assert statuses_of(tmp_path / "out") == {"good.txt": "ok", "bad.txt": "failed"}


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, {"a.txt": ENGLISH})
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        build(raw, tmp_path / "file" / "out", jobs=1)
    with pytest.raises(OutputError, match="is not a folder"):
        build(raw, tmp_path / "file", jobs=1)


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, {"a.txt": "A.\n", "notes.docx": b"PK", ".hidden.txt": "B.\n", "jaunt/c.TXT": "C.\n"})
    found: Corpus = discover(raw)
    assert [origin.doc_id for origin in found.origins] == ["a", "jaunt/c"]
    assert (found.ignored, found.failures) == (("notes.docx",), ())


def test_natural_order() -> None:
    names = ["p10", "p2", "p02", "第3页", "第12页", "p1a", "p1"]
    assert sorted(names, key=natural) == ["p1", "p1a", "p02", "p2", "p10", "第3页", "第12页"]


def test_what_is_not_ours_survives(tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, {"a.txt": ENGLISH, "b.txt": ENGLISH}), tmp_path / "out"
    out.mkdir()
    (out / ".gitignore").write_text("*\n")
    inode = (out / ".gitignore").stat().st_ino
    build(raw, out, jobs=1)
    (out / "tei" / "a" / "mine.txt").write_text("a remark")
    (raw / "b.txt").unlink()
    build(raw, out, jobs=1)
    assert (out / ".gitignore").stat().st_ino == inode
    assert (out / "tei" / "a" / "mine.txt").read_text() == "a remark"
    assert not (out / "tei" / "b").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def test_strict_publishes_all_or_nothing(tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, {"a.txt": ENGLISH}), tmp_path / "out"
    build(raw, out, jobs=1, strict=True)
    before = tree_of(out)
    (raw / "bad.txt").write_bytes(b"\0\1" * 400)
    summary = build(raw, out, jobs=1, strict=True)
    assert (summary.published, summary.status, tree_of(out)) == (False, 1, before)


def test_a_crash_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = corpus_of(tmp_path, {"a.txt": ENGLISH}), tmp_path / "out"
    build(raw, out, jobs=1)
    before = tree_of(out)
    (raw / "a.txt").write_text("Changed.\n", "utf-8")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manifests, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(raw, out, jobs=1)
    assert tree_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def test_leftovers_of_killed_builds_are_swept(tmp_path: Path) -> None:
    left = tmp_path / ".out.jiaokan-1"
    left.mkdir()
    (tmp_path / ".out.jiaokan-1.lock").touch()
    out, out2 = tmp_path / "out", tmp_path / "out2"
    with holding(out), holding(out2), staging(out) as one, staging(out2):
        assert not left.exists()
        assert one.is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["raw/out", ".", "raw"])
def test_raw_and_out_lie_apart(out: str, tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, {"a.txt": ENGLISH})
    with pytest.raises(OutputError, match="must lie apart"):
        build(raw, tmp_path / out, jobs=1)
    assert (raw / "a.txt").read_text("utf-8") == ENGLISH


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, {"a.txt": ENGLISH}), tmp_path / "out"
    out.mkdir()
    (out / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match=r"holds thesis\.doc and was not made by jiaokan"):
        build(raw, out, jobs=1)
    assert (out / "thesis.doc").read_text() == "years of work"


def test_bad_settings_stop_the_build(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, {"a.txt": ENGLISH})
    (tmp_path / "jiaokan.toml").write_text("[tei]\nchioce = true\n")
    with pytest.raises(SettingsError, match="did you mean `choice`"):
        build(raw, tmp_path / "out", jobs=1)
    assert not (tmp_path / "out").exists()


def test_an_empty_corpus_is_well(tmp_path: Path) -> None:
    summary = build(corpus_of(tmp_path, {}), tmp_path / "out", jobs=2)
    assert (summary.status, summary.counts["sources"]) == (0, 0)


def die_on_three(number: int) -> int:
    """A task that kills its worker."""
    if number == 3:
        os._exit(9)
    return number * number


def test_a_dead_worker_loses_only_its_task() -> None:
    results = dict(engines.run(die_on_three, list(range(6)), 2))
    assert isinstance(results.pop(3), engines.Lost)
    assert results == {0: 0, 1: 1, 2: 4, 4: 16, 5: 25}
