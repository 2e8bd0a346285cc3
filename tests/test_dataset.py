"""The folder `dataset/`: four files that say the same of the tables."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import duckdb
import handmade
import pytest
import yaml

from pipeline.edition import Edition
from pipeline.errors import OutputError
from pipeline.options import Metadata
from pipeline.writers import parquet
from pipeline.writers.dataset import About, Author, about_of, count, write_dataset
from pipeline.writers.dataset.card import size_of

ABOUT = About(
    name="water-review",
    title='水道评论: a "corpus"',
    version="1.2.0",
    licence="CC-BY-4.0",
    address="https://example.org/water",
    authors=(Author("Xu", "Wangjiang"), Author("Qingjiang Press")),
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    documents = [handmade.folder(), handmade.issue()]
    parquet.write_tables(folder / "parquet", [parquet.rows_of(Edition(document)) for document in documents])
    write_dataset(folder / "dataset", count(folder / "parquet"), ABOUT)
    return folder


def test_figures(out: Path) -> None:
    figures = count(out / "parquet")
    assert figures.statuses == {"ok": 3}
    assert figures.languages == ("en", "zh-Hans")
    lengths = sum(len(document.source.text) for document in (handmade.folder(), handmade.issue()))
    assert sum(figures.fates.values()) == lengths
    hyphens = [rule for rule in figures.rules if rule.rule == "line-end-hyphen"]
    assert [rule[1:] for rule in hyphens] == [("emended", 2, 5, 90, 90), ("joined", 2, 3, 90, 90)]
    assert figures.certainties["articles"] == (0, 2, 2, 0)
    assert figures.certainties["paragraphs"] == (0, 7, 0, 0)
    assert [rule.rule for rule in figures.rules] == sorted(rule.rule for rule in figures.rules)


def test_the_card(out: Path) -> None:
    text = (out / "dataset/README.md").read_text("utf-8")
    front = text.split("---\n")[1]
    assert 'license: "cc-by-4.0"\nlanguage:\n- "en"\n- "zh"\n' in front
    for name, table in parquet.tables().items():
        assert f'- config_name: {name}\n  data_files: "parquet/{name}/*.parquet"' in front
        for column in table.columns:
            assert f"| `{column.name}` | {column.type}" in text
    assert "| `line-end-hyphen` | joined | 2 | 3 | 0.90 | 0.90 |" in text
    assert "| `paragraphs` | 0 | 7 | 0 | 0 |" in text
    assert front.count("default: true") == 1


@pytest.mark.parametrize(("rows", "size"), [(0, "n<1K"), (1000, "1K<n<10K"), (10**9, "n>10M")])
def test_sizes(rows: int, size: str) -> None:
    assert size_of(rows) == size


LICENCES = [
    ("CC-BY-4.0", {"license": "cc-by-4.0"}, {"name": "CC-BY-4.0"}, {"license": "CC-BY-4.0"}),
    ("https://example.org/terms", {"license": "other", "license_link": "https://example.org/terms"},
     {"path": "https://example.org/terms"}, {"license-url": "https://example.org/terms"}),
    ("For readers of the library only.", {"license": "other", "license_name": "For readers of the library only."},
     {"name": "other", "title": "For readers of the library only."}, {}),
    ("", {}, None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("licence", "card", "package", "citation"), LICENCES)
def test_licences(out: Path, tmp_path: Path, licence: str, card: object, package: object, citation: object) -> None:
    """As each format has them: the corpus-wide `metadata.licence` may be any of these."""
    write_dataset(tmp_path, count(out / "parquet"), about_of(Metadata(licence=licence, journal="水道评论")))
    front = yaml.safe_load((tmp_path / "README.md").read_text("utf-8").split("---\n")[1])
    assert {key: value for key, value in front.items() if key.startswith("license")} == card
    assert front["pretty_name"] == "水道评论"
    described = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert described.get("licenses", [None]) == [package]
    cited = yaml.safe_load((tmp_path / "CITATION.cff").read_text("utf-8"))
    assert {key: value for key, value in cited.items() if key.startswith("license")} == citation
    assert json.loads((tmp_path / "croissant.json").read_text("utf-8")).get("license", "") == licence


def test_descriptions_name_every_table_and_file(out: Path) -> None:
    package = json.loads((out / "dataset/datapackage.json").read_text("utf-8"))
    croissant = json.loads((out / "dataset/croissant.json").read_text("utf-8"))
    assert package["title"] == croissant["alternateName"] == ABOUT.title
    assert [resource["name"] for resource in package["resources"]] == list(parquet.tables())
    assert [entry["name"] for entry in croissant["recordSet"]] == list(parquet.tables())
    for resource, entry in zip(package["resources"], croissant["recordSet"], strict=True):
        names = parquet.arrow_schema(resource["name"]).names
        assert [field["name"] for field in resource["schema"]["fields"]] == names
        assert [field["name"] for field in entry["field"]] == names
        data = (out / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + sha256(data).hexdigest()
        assert resource["bytes"] == len(data)
    described = [file for file in croissant["distribution"] if file["@type"] == "cr:FileObject"]
    for file in described:
        assert sha256((out / file["contentUrl"]).read_bytes()).hexdigest() == file["sha256"]
    sets = [file for file in croissant["distribution"] if file["@type"] == "cr:FileSet"]
    included = [path for one in sets for path in sorted(out.glob(one["includes"]))]
    assert included == [out / file["contentUrl"] for file in described]


def test_references_between_tables_exist(out: Path) -> None:
    package = json.loads((out / "dataset/datapackage.json").read_text("utf-8"))
    keys = {resource["name"]: resource["schema"].get("primaryKey", []) for resource in package["resources"]}
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            assert key["reference"]["fields"] == keys[key["reference"]["resource"] or resource["name"]]


def test_the_citation(out: Path) -> None:
    text = (out / "dataset/CITATION.cff").read_text("utf-8")
    assert text.startswith("cff-version: 1.2.0\n")
    assert 'title: "水道评论: a \\"corpus\\""\n' in text
    assert '  - family-names: "Xu"\n    given-names: "Wangjiang"\n  - name: "Qingjiang Press"\n' in text
    assert 'license: "CC-BY-4.0"\n' in text


def test_the_same_bytes_and_no_place(out: Path, tmp_path: Path) -> None:
    names = write_dataset(tmp_path / "again", count(out / "parquet"), ABOUT)
    assert sorted(names) == sorted(path.name for path in (out / "dataset").iterdir())
    for name in names:
        data = (tmp_path / "again" / name).read_bytes()
        assert data == (out / "dataset" / name).read_bytes()
        assert str(out).encode() not in data


def test_without_metadata_and_without_rows(tmp_path: Path) -> None:
    parquet.write_tables(tmp_path / "parquet", [])
    write_dataset(tmp_path / "dataset", count(tmp_path / "parquet"))
    assert "editors of the corpus" in (tmp_path / "dataset/CITATION.cff").read_text("utf-8")
    assert "license" not in json.loads((tmp_path / "dataset/croissant.json").read_text("utf-8"))


def test_a_missing_table(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="missing"):
        count(tmp_path / "parquet")


# --- the manual

MANUAL = (Path(__file__).parent.parent / "docs/datasets.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", MANUAL, re.S)


def test_the_manual_has_every_column() -> None:
    for name, table in parquet.tables().items():
        section = MANUAL.split(f"### {name}\n")[1].split("\n### ")[0]
        assert table.description in section
        columns = [(column.name, column) for column in table.columns]
        inner = [(f"{column.name}.{field.name}", field) for column in table.columns for field in column.fields]
        for shown, column in columns + inner:
            null = ", may be null" if column.nullable else ""
            unit = f" Unit: {column.unit}." if column.unit else ""
            assert f"| `{shown}` | {column.type}{null} | {column.description}{unit} |\n" in section + "\n"
        assert section.count("\n| `") == len(columns) + len(inner)


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_manual_run(out: Path, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.chdir(out)
    assert duckdb.sql(query).fetchall()


def test_the_manual_answers(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out)
    by_language, joined, notes, texts = (duckdb.sql(query).fetchall() for query in QUERIES)
    assert by_language == [("en", 2, 22), ("zh-Hans", 1, 28)]
    assert joined[0][2:4] == ("\n", "")
    assert notes == [("review/2021-03/a01/p0001", "河港始于明代", ["1"], "见 https://example.org/港")]
    assert ("review/2021-03/a02/s0001", "I. The Port") in texts
