"""What others read the data set with: they load every table, offline, and find in it what the TEI says."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.parquet as pq
import pytest
import yaml
from lxml import etree
from test_rebuilds import tree_of

from pipeline import engines
from pipeline.build import build
from pipeline.tables import table_files
from pipeline.writers.parquet import files, tables

OFFLINE = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "HF_DATASETS_DISABLE_PROGRESS_BARS")
RAW = Path(__file__).parent.parent / "raw"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample corpus in several files a table; `dataset/` once more beside `parquet/`, as it is published."""
    folder = tmp_path_factory.mktemp("loaders")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "MOST", 20_000)
        build(RAW, folder / "out", jobs=1)
        for path in (folder / "out/dataset").iterdir():
            shutil.copy(path, folder / "out")
        for name in OFFLINE:
            patched.setenv(name, "1")
        patched.setenv("HF_HOME", str(folder / "hf"))
        yield folder / "out"


def rows_of(out: Path, table: str) -> list[Row]:
    return [row for path in table_files(out / "parquet", table) for row in pq.read_table(path).to_pylist()]


def keyed(rows: list[Row], table: str) -> list[Row]:
    """Rows in an order that does not depend on the files'."""
    return sorted(rows, key=lambda row: json.dumps(row, default=repr, ensure_ascii=False, sort_keys=True))


def test_tables_lie_in_several_files(out: Path) -> None:
    assert len(table_files(out / "parquet", "paragraphs")) > 1


@pytest.mark.parametrize("table", list(tables()))
def test_duckdb_and_polars_read_every_table(out: Path, table: str) -> None:
    wanted = keyed(rows_of(out, table), table)
    assert wanted
    pattern = f"{out}/parquet/{table}/*.parquet"
    found = duckdb.sql(f"SELECT * FROM '{pattern}'")
    names = [column[0] for column in found.description]
    assert keyed([dict(zip(names, row, strict=True)) for row in found.fetchall()], table) == wanted
    assert keyed(polars.read_parquet(pattern).to_dicts(), table) == wanted


def test_datasets_load_the_folder(out: Path) -> None:
    import datasets

    assert os.environ["HF_HUB_OFFLINE"] == "1"
    loaded = datasets.load_dataset(str(out / "parquet/paragraphs"), cache_dir=str(out.parent / "hf"))["train"]
    assert loaded.features["text"].dtype == "string"
    assert keyed(list(loaded), "paragraphs") == keyed(rows_of(out, "paragraphs"), "paragraphs")


@pytest.mark.parametrize("table", list(tables()))
def test_datasets_load_every_configuration_of_the_card(out: Path, table: str) -> None:
    import datasets

    loaded = datasets.load_dataset(str(out), table, cache_dir=str(out.parent / "hf"))["train"]
    assert keyed(list(loaded), table) == keyed(rows_of(out, table), table)


def test_the_card(out: Path) -> None:
    import datasets

    front = yaml.safe_load((out / "dataset/README.md").read_text("utf-8").split("---\n")[1])
    assert [one["config_name"] for one in front["configs"]] == list(tables())
    assert datasets.get_dataset_config_names(str(out)) == list(tables())
    assert (front["language"], front["size_categories"]) == (["en", "zh"], ["n<1K"])


def test_mlcroissant_gives_the_records_of_every_table(out: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(out / "croissant.json"))
    assert not dataset.metadata.issues.errors
    assert [record_set.name for record_set in dataset.metadata.record_sets] == list(tables())
    for table, described in tables().items():
        records = [_plain(dict(record), f"{table}/") for record in dataset.records(table)]
        wanted = rows_of(out, table)
        binary = {column.name for column in described.columns if column.type == "binary" or column.name == "exceptions"}
        compared = [{name: value for name, value in row.items() if name not in binary} for row in wanted]
        found = [{name: value for name, value in row.items() if name not in binary} for row in records]
        assert keyed(found, table) == keyed(compared, table)


def _plain(value: Any, prefix: str) -> Any:
    """A record without the prefixes of its fields, text as text, and null for what is not a number."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.split("/")[-1]: _plain(one, prefix) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, prefix) for one in value]
    return None if isinstance(value, float) and value != value else value


def test_frictionless_finds_package_and_rows_valid(out: Path) -> None:
    """Its own reader of Parquet knows neither lists nor null among whole numbers: the rows are handed to it."""
    import frictionless

    described = json.loads((out / "datapackage.json").read_text("utf-8"))
    package = frictionless.Package.from_descriptor(described, basepath=str(out))  # raises where it is not valid
    assert [resource.name for resource in package.resources] == list(tables())
    binary = {(table.name, column.name) for table in tables().values() for column in table.columns if column.type == "binary"}  # fmt: skip
    for resource in described["resources"]:
        paths = [resource.pop("path")] if isinstance(resource["path"], str) else resource.pop("path")
        assert [out / path for path in paths] == table_files(out / "parquet", resource["name"])
        for key in ("bytes", "hash", "format", "mediatype"):
            resource.pop(key, None)
        resource["data"] = [
            {name: base64.b64encode(value).decode() if value and (resource["name"], name) in binary else value
             for name, value in row.items()}
            for row in json.loads(json.dumps(rows_of(out, resource["name"]), default=lambda value: value.decode("latin-1")))
        ]  # fmt: skip
    report = frictionless.Package(described).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    described["resources"][4]["data"][3]["article_id"] = "nowhere"
    described["resources"][5]["data"][3]["seq"] = "two"
    errors = {(task.name, error.type) for task in frictionless.Package(described).validate().tasks for error in task.errors}  # fmt: skip
    assert errors == {("paragraphs", "foreign-key"), ("sentences", "type-error")}


def test_the_citation(out: Path) -> None:
    found = yaml.safe_load((out / "dataset/CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert (found["cff-version"], found["type"]) == ("1.2.0", "dataset")
    known = {
        "abstract",
        "authors",
        "cff-version",
        "keywords",
        "license",
        "license-url",
        "message",
        "title",
        "type",
        "url",
        "version",
    }
    assert set(found) <= known
    for author in found["authors"]:
        assert set(author) <= {"family-names", "given-names", "orcid", "name"}
        assert author.get("name") or author.get("family-names")


# --- the same values in the TEI


def trees(out: Path) -> Iterator[tuple[str, etree._Element]]:
    """(article_id, tree) of every article and every matter."""
    for path in sorted((out / "tei").rglob("*.xml")):
        if path.name != "corpus.xml":
            yield path.relative_to(out / "tei").with_suffix("").as_posix(), etree.parse(path).getroot()


def text_of(element: etree._Element) -> str:
    """The text as the tables have it: no markers; a line of a table ends with a line end."""
    parts = [element.text or ""]
    for child in element:
        is_marker = child.tag == f"{{{NS['t']}}}ref" and child.get("type") == "note"
        parts.append("" if is_marker else "\n" if child.tag == f"{{{NS['t']}}}lb" else text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def by_id(out: Path) -> dict[str, etree._Element]:
    found = {}
    for article_id, tree in trees(out):
        doc_id = article_id.rpartition("/")[0]
        for element in tree.iter():
            if isinstance(element.tag, str) and XML_ID in element.attrib:
                found[f"{doc_id}/{element.get(XML_ID).replace('-', '/')}"] = element
    return found


@pytest.mark.parametrize(("table", "key"), [("paragraphs", "paragraph_id"), ("notes", "note_id"), ("sections", "section_id")])  # fmt: skip
def test_texts_are_those_of_the_tei(out: Path, table: str, key: str) -> None:
    elements = by_id(out)
    rows = rows_of(out, table)
    assert len(rows) > 20
    for row in rows:
        element = elements[row[key]]
        if table == "sections":
            heads = [head for head in (element, *element.findall("t:head", NS)) if head.tag.endswith("}head")]
            assert f"{row['label'] or ''}{row['title']}".replace(" ", "") == text_of(heads[0]).replace(" ", "")
        else:
            assert text_of(element) == row["text"]


def test_articles_are_those_of_the_tei(out: Path) -> None:
    found = dict(trees(out))
    rows = rows_of(out, "articles")
    assert {row["article_id"] for row in rows} == set(found)
    for row in rows:
        tree = found[row["article_id"]]
        told = tree.find("t:teiHeader/t:fileDesc/t:titleStmt", NS)
        if row["seq"]:
            assert told.findtext("t:title[@type='main']", None, NS) == row["title"]
            assert told.findtext("t:title[@type='sub']", None, NS) == row["subtitle"]
        names = [re.sub(r"\s+", " ", text_of(author.find("t:persName", NS))) for author in told.findall("t:author", NS)]
        assert names == [author["name"] for author in row["authors"]]
        dois = tree.xpath("string(.//t:sourceDesc//t:analytic/t:idno[@type='DOI'])", namespaces=NS)
        assert dois == (row["doi"] or "")


def test_pages_are_those_of_the_tei(out: Path) -> None:
    numbers: dict[str, list[str]] = {}
    for article_id, tree in trees(out):
        own = numbers.setdefault(article_id.rpartition("/")[0], [])
        own += [page.get("n") for page in tree.iter(f"{{{NS['t']}}}pb") if page.get("n")]
    rows = rows_of(out, "pages")
    for doc_id, found in numbers.items():
        stored = [row["n"] for row in rows if row["doc_id"] == doc_id and row["n"] and row["block_id"]]
        assert sorted(set(found)) == sorted(set(stored)), doc_id
        assert len(found) >= len(stored) > 0


def test_sentences_are_those_of_their_paragraphs(out: Path) -> None:
    texts = {row["paragraph_id"]: row["text"] for row in rows_of(out, "paragraphs")}
    rows = rows_of(out, "sentences")
    assert len(rows) > len(texts)
    for row in rows:
        assert texts[row["paragraph_id"]][row["start"] : row["end"]] == row["text"]
    assert {row["paragraph_id"] for row in rows} == {name for name, text in texts.items() if text.strip()}


def test_any_number_of_workers_makes_the_same_files(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 20_000)
    monkeypatch.setattr(engines, "ALONE", 0)
    build(RAW, tmp_path / "out", jobs=3)
    ours = {name: digest for name, digest in tree_of(out).items() if "/" in name or name == "manifest.json"}
    assert tree_of(tmp_path / "out") == ours
    assert sum(name.startswith("parquet/") for name in ours) > 15
