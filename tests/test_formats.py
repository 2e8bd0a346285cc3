"""Every format of `clean` says of the sample corpus what the tables of a build say."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from test_markdown import Parsed
from test_vertical import documents

from pipeline.cleaning import Cleaned, clean
from pipeline.corpus import single
from pipeline.settings import Settings
from pipeline.writers import parquet
from pipeline.writers.formats import write

SAMPLE = sorted(path for path in (Path(__file__).parent.parent / "raw").iterdir() if path.suffix in (".txt", ".pages"))
TEI = "{http://www.tei-c.org/ns/1.0}"
Rows = dict[str, list[dict[str, Any]]]


@lru_cache
def cleaned(path: Path) -> tuple[Cleaned, Rows]:
    result = Cleaned()
    edition = clean(single(path), Settings(), result)
    tables = parquet.tables_of(edition, result.options.metadata)
    return result, {name: batch.to_pylist() for name, batch in tables.items()}


def formatted(path: Path, name: str) -> tuple[str, Rows]:
    result, rows = cleaned(path)
    assert result.edition is not None
    return write(name, result.edition, result.options).decode(), rows


def said(rows: Rows) -> list[str]:
    """Texts of paragraphs and notes."""
    return [row["text"] for row in (*rows["paragraphs"], *rows["notes"]) if row["text"].strip()]


sample = pytest.mark.parametrize("path", SAMPLE, ids=[path.stem for path in SAMPLE])


@sample
def test_text(path: Path) -> None:
    text, rows = formatted(path, "txt")
    assert len(said(rows)) > 10
    parts = text.removesuffix("\n").split("\n\n")
    assert "" not in parts
    for row in rows["paragraphs"]:
        assert row["text"] in parts
    for row in rows["notes"]:
        assert f"{' '.join(row['labels'])} {row['text']}".strip() in parts


@sample
def test_markdown(path: Path) -> None:
    text, rows = formatted(path, "md")
    found = Parsed(text)
    texts = set(found.texts()) | set(found.notes.values())
    unpointed = {f"{' '.join(row['labels'])} {row['text']}" for row in rows["notes"]}
    for row in rows["paragraphs"]:
        orphan = re.compile(re.escape(row["text"]))
        assert row["text"] in texts or any(len(one) > len(row["text"]) and orphan.sub("", one) for one in texts)
    for row in rows["notes"]:
        assert row["text"] in texts or unpointed & texts
    assert text.count("\n[^") == len(found.notes) == len(found.markers)


@sample
def test_lines_of_json(path: Path) -> None:
    text, rows = formatted(path, "jsonl")
    assert [json.loads(line) for line in text.removesuffix("\n").split("\n")] == rows["paragraphs"]


@sample
def test_vertical(path: Path) -> None:
    text, rows = formatted(path, "vertical")
    docs = documents(text)
    assert {doc.attributes["id"] for doc in docs} == {row["article_id"] for row in rows["articles"]}
    found = {block.attributes["id"]: block.text for doc in docs for block in doc.blocks}
    for name, key in (("paragraphs", "paragraph_id"), ("notes", "note_id")):
        for row in rows[name]:
            assert found[row[key]] == row["text"]
    titles = {doc.attributes["id"]: doc.attributes.get("title") for doc in docs}
    assert titles == {row["article_id"]: row["title"] for row in rows["articles"]}


@sample
def test_json(path: Path) -> None:
    text, rows = formatted(path, "json")
    found = {
        one["id"]: one["text"]
        for article in json.loads(text)["articles"]
        for part in ("body", "notes", "references")
        for one in article[part]
    }
    for name, key in (("paragraphs", "paragraph_id"), ("notes", "note_id")):
        for row in rows[name]:
            assert found[row[key]] == row["text"]


@sample
def test_tei(path: Path) -> None:
    text, rows = formatted(path, "tei")
    root = etree.fromstring(text.encode())
    for row in rows["paragraphs"]:
        name = row["paragraph_id"].removeprefix(row["article_id"].rpartition("/")[0] + "/").replace("/", "-")
        (element,) = root.xpath(f"//*[@xml:id='{name}']")
        assert text_of(element) == row["text"]


def text_of(element: etree._Element) -> str:
    """The text of an element without the markers of notes; ends of lines as such."""
    if element.tag == f"{TEI}lb":
        return "\n"
    inner = (("" if child.get("type") == "note" else text_of(child)) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)
