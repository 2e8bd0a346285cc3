"""The output held to account: the raw bytes come back, damage is found, places are explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.audit.check import check as check_all
from pipeline.audit.explain import explain
from pipeline.audit.restore import restore, write
from pipeline.build import build
from pipeline.errors import OutputError, SourceError
from pipeline.validation.formats import as_text

ENGLISH = "The Toll Books\n\nThe clerks wrote down every boat that came by and every\nbale on it, for the long-\nterm record.\n"
RAW: dict[str, bytes] = {
    "plain.txt": ENGLISH.encode(),
    "crlf.txt": b"\xef\xbb\xbf" + ENGLISH.replace("\n", "\r\n").encode(),
    "utf16.txt": ENGLISH.encode("utf-16-le") + b"\x0a",
    "surrogate.txt": "\ufeff".encode("utf-16-le") + ENGLISH.encode("utf-16-le") + b"\x00\xd8a\x00",
    "gbk.txt": ("两岸的贸易，见于河港的旧簿册。\n" * 9).encode("gbk") + b"\xff\n\x81",
    "big5.txt": ("兩岸的貿易，見於河港的舊簿冊。\n" * 9).encode("big5") + b"\xa1\xc3\x88\x62\x88\xa5\n",
    "broken.txt": ("The café and the quay — at dawn.\n" * 9).encode() + b"a caf\xe9\x8d\xc1\n",
    "latin.txt": "Le café du port était fermé, l'été dernier.\n".encode("cp1252"),
    "odd.txt": b"one\rtwo\x0cthree\x0b\xe2\x80\xa8four\x00 and a good deal more text here\n",
    "empty.txt": b"",
    "leaf.pages/1.txt": b"The first leaf\n",
    "leaf.pages/2.txt": "\ufeff第二页，用另一种编码。\n".encode("utf-16-be"),
    "leaf.pages/3.txt": b"",
    "leaf.pages/4.txt": b"without an end",
    "bad.txt": b"\0\1\2" * 99,
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    for name, data in RAW.items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    build(folder / "raw", folder / "out", jobs=1)
    shutil.rmtree(folder / "raw")
    return folder / "out"


@pytest.mark.parametrize("name", [name for name in RAW if "/" not in name and name != "bad.txt"])
def test_raw_bytes_come_back(out: Path, name: str) -> None:
    assert restore(out, name.removesuffix(".txt")) == [(name, RAW[name])]


def test_folders_come_back(out: Path, tmp_path: Path) -> None:
    files = restore(out, "leaf")
    assert dict(files) == {name: data for name, data in RAW.items() if name.startswith("leaf.pages/")}
    write(files, tmp_path)
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.txt")} == dict(files)
    write(files, tmp_path)
    (tmp_path / "leaf.pages" / "1.txt").write_text("mine")
    with pytest.raises(OutputError, match="is there already"):
        write(files, tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=40), st.text(max_size=60).map(str.encode)))
def test_any_source_that_is_read_comes_back(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "raw").mkdir(exist_ok=True)
    (tmp_path / "raw" / "x.txt").write_bytes(data)
    summary = build(tmp_path / "raw", tmp_path / "out", jobs=1)
    assert all("does not look like text" in one.message for one in summary.failures)
    assert summary.findings == []
    if not summary.failures:
        assert restore(tmp_path / "out", "x")[0].data == data


def test_unknown_ids_name_the_nearest(out: Path) -> None:
    with pytest.raises(OutputError, match=r"holds no document 'plane' \(did you mean 'plain'\?\)"):
        restore(out, "plane")


def test_a_failed_source_says_why_it_is_not_there(out: Path) -> None:
    with pytest.raises(SourceError, match=r"bad\.txt: 'bad' was not read .*does not look like text"):
        restore(out, "bad")


def test_a_sound_output_has_no_findings(out: Path) -> None:
    assert list(as_text(check_all(out))) == []


@pytest.fixture
def damaged(out: Path, tmp_path: Path) -> Path:
    shutil.copytree(out, tmp_path / "out")
    return tmp_path / "out"


def test_a_changed_file_is_found(damaged: Path) -> None:
    path = next(damaged.glob("tei/plain/a01.xml"))
    path.write_bytes(path.read_bytes().replace(b"</TEI>", b"<p>more</p></TEI>"))
    found = list(as_text(check_all(damaged)))
    assert any(line.startswith("tei/plain/a01.xml:0: is not as the manifest says") for line in found)
    assert any(line.startswith("tei/plain/a01.xml:") and not line.startswith("tei/plain/a01.xml:0") for line in found)


def test_a_missing_file_is_found(damaged: Path) -> None:
    (damaged / "tei" / "plain" / "corpus.xml").unlink()
    assert ("tei/plain/corpus.xml", 0, "is missing") in [finding[:3] for finding in check_all(damaged)]


def test_a_changed_collation_is_found_and_not_restored(damaged: Path) -> None:
    (path,) = (damaged / "parquet" / "collation").glob("*.parquet")
    table = pq.read_table(path)
    rows = table.to_pylist()
    number = next(at for at, row in enumerate(rows) if row["doc_id"] == "plain" and row["raw"] == "The Toll Books")
    rows[number]["raw"] = "The Tall Books"
    pq.write_table(table.from_pylist(rows, table.schema), path)
    assert any(line.startswith("parquet/collation") for line in as_text(check_all(damaged)))
    with pytest.raises(SourceError, match=r"plain\.txt: cannot be restored: its SHA-256"):
        restore(damaged, "plain")


def test_no_output_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"it has no manifest\.json"):
        list(as_text(check_all(tmp_path)))
    with pytest.raises(OutputError, match="has no table 'sources'"):
        restore(tmp_path, "x")


def test_an_offset_is_explained(out: Path) -> None:
    lines = list(explain(out, "plain:3"))
    assert lines[0] == "plain, offset 3, in plain.txt"
    here = [line for line in lines if line.startswith("→ ")]
    assert len(here) == 1
    assert "Toll" in here[0]
    assert "certainty" in here[0]
    assert any(line.startswith("      ") and ": " in line for line in lines)


def test_an_id_is_explained(out: Path) -> None:
    lines = list(explain(out, "plain/a01"))
    assert lines[0].startswith("plain/a01, offsets ")
    assert any("clerks" in line for line in lines)


def test_undecodable_bytes_are_explained(out: Path) -> None:
    place = RAW["broken.txt"].decode("utf-8", "surrogateescape").index("\udce9")
    assert any(line.startswith("→ ") and "bytes e9" in line for line in explain(out, f"broken:{place}"))
    assert any("undecodable-bytes" in line for line in explain(out, f"broken:{place}"))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("plain:99999", "has no offset 99999"),
        ("plane:3", "did you mean 'plain'"),
        ("plain/a01/p9999", "nothing in 'plain' has the id"),
        ("nothing/like/it", "holds no document 'nothing/like/it'"),
    ],
)
def test_unknown_places_are_told(out: Path, where: str, told: str) -> None:
    with pytest.raises(OutputError, match=told):
        list(explain(out, where))
