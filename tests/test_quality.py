"""Gates: what is counted, what breaks them, and where they say to look."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from pipeline import cli, progress
from pipeline.build import Summary, build
from pipeline.errors import SettingsError
from pipeline.options import Gates
from pipeline.quality import check
from pipeline.quality.figures import Figures, measure
from pipeline.settings import load
from pipeline.writers import parquet
from pipeline.writers.parquet import tables, write_tables

TEXT = (Path(__file__).parent.parent / "raw" / "poyang-notes.txt").read_bytes()  # one note has no marker


def table(name: str, *rows: dict[str, object]) -> parquet.Rows:
    """Rows of a table of which only some columns are said."""
    columns = [column.name for column in tables()[name].columns]
    usual = {"sha256": "0", "bytes": 1, "encodings": [], "exceptions": [], "text_sha256": "0", "reader": "text",
             "pages": 0, "seq": 1, "alt_titles": [], "authors": [], "abstracts": [], "keywords": [],
             "class_codes": [], "text": "", "n_chars": 0, "n_words": 0, "rule": "r", "certainty": 1.0, "kind": "article",
             "fate": "kept", "rules": ["r"], "message": "m", "raw": "", "inferred": False, "status": "ok",
             "articles": 1}  # fmt: skip
    return [[row.get(column, usual.get(column)) for column in columns] for row in rows]


def document(
    doc_id: str,
    spans: list[tuple[int, float]],
    *,
    remarks: list[tuple[int, str]] | None = None,
    titles: list[str | None] | None = None,
    **source: object,
) -> dict[str, parquet.Rows]:
    """A document of spans (length, certainty); every character is a line end, so that lines can be counted."""
    titles = ["A title"] if titles is None else titles
    rows, place = [], 0
    for length, certainty in spans:
        rows.append({"doc_id": doc_id, "raw_start": place, "raw_end": place + length, "raw": "\n" * length,
                     "certainty": certainty, "block_id": f"{doc_id}/a01/p0001" if place else None})  # fmt: skip
        place += length
    found = {
        "sources": [{"doc_id": doc_id, "path": f"{doc_id}.txt", "raw_start": 0, "raw_end": place,
                     "articles": len(titles), **source}],
        "articles": [{"article_id": f"{doc_id}/a{n:02}", "doc_id": doc_id, "seq": n, "title": title}
                     for n, title in enumerate(titles, 1)],
        "collation": rows,
        "remarks": [{"doc_id": doc_id, "raw_start": start, "raw_end": start, "rule": rule} for start, rule in remarks or []],
        "pages": [{"doc_id": doc_id, "n": "iv", "raw_start": 0, "raw_end": place}],
    }  # fmt: skip
    return {name: table(name, *found.get(name, ())) for name in tables()}


def output(folder: Path, *documents: dict[str, parquet.Rows]) -> Path:
    write_tables(folder / "parquet", documents)
    return folder


GOOD = document("good", [(4000, 0.95)])
CASES: list[tuple[dict[str, float], str, str, list[tuple[str, int]]]] = [
    # gates, which is broken, what was found, worst places
    ({"remarks": 1}, "", "", []),
    ({"remarks": 0.5}, "remarks", "0.6", [("bad", 7)]),
    ({"remarks_of_document": 3}, "", "", []),
    ({"remarks_of_document": 2.5}, "remarks_of_document", "3", [("bad", 7)]),
    ({"certainty": 0.4}, "", "", []),
    ({"certainty": 0.41}, "certainty", "0.4", [("bad", 0)]),
    ({"doubtful": 0.12}, "", "", []),
    ({"doubtful": 0.11}, "doubtful", "0.12", [("bad", 0)]),
    ({"doubtful": 0.12, "doubtful_below": 0.9}, "doubtful", "0.2", [("bad", 0)]),
    ({"unbalanced_notes": 2}, "", "", []),
    ({"unbalanced_notes": 1}, "unbalanced_notes", "2", [("bad", 7), ("bad", 9)]),
    ({"articles_without_title": 2}, "", "", []),
    ({"articles_without_title": 0}, "articles_without_title", "2", [("bad", 600), ("bad", -1)]),
    ({"documents_without_article": 0}, "documents_without_article", "1", [("plain", 0)]),
    ({"failed_documents": 0}, "failed_documents", "1", [("spoilt", -1)]),
    ({"doubtful_below": 1}, "", "", []),
]


@pytest.mark.parametrize(("gates", "broken", "found", "places"), CASES)
def test_gates(tmp_path: Path, gates: dict[str, float], broken: str, found: str, places: list[tuple[str, int]]) -> None:
    remarks = [(9, "note-without-marker"), (7, "marker-without-note"), (20, "odd")]
    bad = document("bad", [(600, 0.4), (400, 0.8)], remarks=remarks, titles=["", None])
    empty = document("empty", [], titles=[], status="empty")
    plain = document("plain", [(0, 1.0)], titles=[])
    spoilt = document("spoilt", [], titles=[], status="failed", error="bad bytes")
    out = output(tmp_path, bad, empty, GOOD, plain, spoilt)
    told = check(out, Gates(**gates))  # type: ignore[arg-type]
    assert [one.gate for one in told] == ([broken] if broken else [])
    for one in told:
        assert one.found == found
        assert [(place.doc_id, place.offset) for place in one.places] == places
        assert all(place.what and place.mend and place.path == f"{place.doc_id}.txt" for place in one.places)
        assert all(place.line == max(place.offset, -1) + 1 for place in one.places)


def test_the_worst_come_first_and_not_all(tmp_path: Path) -> None:
    documents = [document(f"d{n}", [(1000, n / 10)], remarks=[(at, "odd") for at in range(n)]) for n in range(9)]
    (broken,) = check(output(tmp_path, *documents), Gates(remarks_of_document=1))
    assert [place.doc_id for place in broken.places] == ["d8", "d7", "d6", "d5", "d4"]
    assert broken.message == "remarks for every 1,000 characters of a document: 8; at most 1 is allowed"
    (broken,) = check(tmp_path, Gates(certainty=0.9))
    assert [place.doc_id for place in broken.places] == ["d0", "d1", "d2", "d3", "d4"]


@pytest.mark.parametrize(
    ("spans", "median"),
    [([], 100), ([(1, 0.3)], 30), ([(2, 0.3), (2, 0.9)], 30), ([(2, 0.3), (3, 0.9)], 90), ([(5, 1.0)], 100)],
)
def test_medians(tmp_path: Path, spans: list[tuple[int, float]], median: int) -> None:
    (found,) = measure(output(tmp_path, document("d", spans)), certainties=True)
    assert found.median == median


def test_medians_agree_with_numpy() -> None:
    draw = np.random.default_rng(3)
    for size in range(1, 60, 2):
        values = draw.integers(0, 101, size)
        found = Figures("d", "d.txt", "ok", "", certainties=np.bincount(values, minlength=101))
        assert found.median == int(np.median(values))


def test_a_document_over_several_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.quality.figures.BATCH", 2)
    spans = [(1, n / 100) for n in range(60)]
    out = output(tmp_path, document("a", spans), document("a-b", spans[:7]), document("a/b", spans[:3]))
    found = {one.doc_id: one for one in measure(out, certainties=True)}
    assert {name: int(one.certainties.sum()) for name, one in found.items()} == {"a": 60, "a-b": 7, "a/b": 3}
    assert {name: one.untitled for name, one in found.items()} == {"a": 0, "a-b": 0, "a/b": 0}


# In a build.


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "ferry.txt").write_bytes(TEXT)
    (tmp_path / "jiaokan.toml").write_text("[gates]\nunbalanced_notes = 0\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rebuild(folder: Path, **wishes: bool) -> Summary:
    return build(folder / "raw", folder / "out", jobs=1, cache=folder / "cache", **wishes)  # type: ignore[arg-type]


def test_a_gate_fails_a_build_and_again_from_the_cache(corpus: Path) -> None:
    first = rebuild(corpus)
    assert (first.status, first.published, [one.gate for one in first.broken]) == (1, True, ["unbalanced_notes"])
    again = rebuild(corpus)
    assert (again.status, again.is_unchanged, again.broken) == (1, True, first.broken)
    before = (corpus / "out" / "manifest.json").read_bytes()
    (corpus / "jiaokan.toml").write_text("[gates]\nunbalanced_notes = 9\n")
    mended = rebuild(corpus)
    assert (mended.status, mended.broken, mended.cached) == (0, [], 1)
    assert (corpus / "out" / "manifest.json").read_bytes() == before  # a gate changes no output


def test_strict_publishes_nothing(corpus: Path) -> None:
    summary = rebuild(corpus, strict=True)
    assert (summary.status, summary.published, (corpus / "out").exists()) == (1, False, False)
    assert summary.broken
    (corpus / "jiaokan.toml").unlink()
    good = rebuild(corpus, strict=True)
    assert (good.status, good.published) == (0, True)
    (corpus / "jiaokan.toml").write_text("[gates]\nunbalanced_notes = 0\n")
    assert (rebuild(corpus, strict=True).published, rebuild(corpus, strict=True).broken) == (False, summary.broken)


def test_strict_tells_of_gates_beside_failures(corpus: Path) -> None:
    (corpus / "raw" / "bad.txt").write_bytes(bytes(range(256)) * 20)
    summary = rebuild(corpus, strict=True)
    assert (len(summary.failures), len(summary.broken), summary.published) == (1, 1, False)


def test_what_is_told(corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus / "raw" / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "raw" / "ferry.toml").write_text('[metadata]\njournal = "Papers"\n')
    (corpus / "raw" / "worse.txt").write_text("Text.\n")
    (corpus / "raw" / "worse.toml").write_text('\n\n[metadata]\njurnal = "Papers"\n')
    told = {}
    for form in ("text", "json", "github"):
        monkeypatch.setattr(sys, "argv", ["jiaokan", "build", "--jobs", "1", "--format", form])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 1
        told[form] = capsys.readouterr().out
    (place,) = json.loads(told["json"])["gates"][0]["places"]
    line, offset = place["line"], place["offset"]
    assert TEXT.decode("gb18030")[:offset].count("\n") + 1 == line
    assert "gate: unbalanced_notes: notes or markers that stand alone: 1; at most 0 is allowed\n" in told["text"]
    assert f"  ferry.txt:{line}: page 17, ferry:{offset}: note-without-marker: " in told["text"]
    assert "1 gate does not hold" in told["text"]
    (gate,) = json.loads(told["json"])["gates"]
    assert (gate["gate"], gate["limit"], gate["found"], len(gate["places"])) == ("unbalanced_notes", "0", "1", 1)
    assert set(gate["places"][0]) == {"doc_id", "path", "line", "page", "offset", "what", "mend"}
    assert "\n::error title=gate unbalanced_notes::" in told["github"]
    assert (
        f"\n::warning file=raw/ferry.txt,line={line},title=gate unbalanced_notes::page 17, ferry:{offset}: "
        in told["github"]
    )
    assert "\n::error file=raw/bad.txt,line=1,title=source failed::does not look like text" in told["github"]
    assert "\n::error file=raw/worse.toml,line=4,title=source failed::" in told["github"]


def test_a_sidecar_has_no_gates(corpus: Path) -> None:
    (corpus / "raw" / "ferry.toml").write_text("[gates]\nremarks = 1\n")
    (failure,) = rebuild(corpus).failures
    assert "gates belong to the whole corpus" in failure.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[gates]\nremark = 1", r":2: unknown key `gates\.remark`; did you mean `remarks`\?"),
        ("[gate]\nremarks = 1", r":1: unknown key `gate`; did you mean `gates`\?"),
        ("[gates]\nremarks = 'few'", r":2: the value 'few' of `gates\.remarks` will not do"),
        ("[gates]\n\ncertainty = 80", r":3: the value 80\.0 of `gates\.certainty` will not do: it is between 0 and 1"),
        ("[gates]\nremarks = -1", r":2: the value -1\.0 of `gates\.remarks` will not do: it is 0 or more"),
        ("[gates]\nremarks = nan", r":2: .*`gates\.remarks` will not do"),
        ("[gates]\nfailed_documents = 0.5", r":2: the value 0\.5 of `gates\.failed_documents` will not do"),
        ("gates = 3", r":1: `gates` is a table"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "jiaokan.toml").write_text(text)
    with pytest.raises(SettingsError, match=told):
        load(tmp_path / "jiaokan.toml")


def test_gates_are_in_no_digest(tmp_path: Path) -> None:
    path = tmp_path / "jiaokan.toml"
    path.write_text("[gates]\nremarks = 1\n")
    assert load(path).digest == load(None).digest
    assert load(path).values == load(None).values
    assert "script.target" in load(None).values
    assert not any(key.startswith("gates") for key in load(None).values)


def test_json_without_gates(corpus: Path) -> None:
    (corpus / "jiaokan.toml").unlink()
    assert json.loads(progress.as_json(rebuild(corpus)))["gates"] == []
    assert pq.read_table(corpus / "out" / "parquet" / "remarks").num_rows == 1
