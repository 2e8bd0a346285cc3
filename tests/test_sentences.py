"""Sentences: hard cases in four languages, and what holds of any text."""

from __future__ import annotations

from pathlib import Path

import handmade
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.abbreviations import EITHER, NEVER, NUMBERED, OPENERS
from pipeline.edition import Edition
from pipeline.sentences import split
from pipeline.writers import parquet

TABLE = Path(__file__).parent / "cases/sentences.tsv"
CASES = [line.split("\t") for line in TABLE.read_text("utf-8").split("\n") if line and not line.startswith("#")]


def _param(number: int) -> object:
    """A case; one that is missed must be missed, or its mark is out of date."""
    lang, case = CASES[number]
    marks = [pytest.mark.xfail(strict=True)] if lang.startswith("!") else []
    return pytest.param(lang.lstrip("!"), case, marks=marks, id=str(number))


@pytest.mark.parametrize(("lang", "case"), [_param(number) for number in range(len(CASES))])
def test_cases(lang: str, case: str) -> None:
    text = case.replace("‖", "")
    assert [text[start:end] for start, end in split(text, lang)] == [part.strip() for part in case.split("‖")]


def test_the_cases_are_many() -> None:
    counts = {lang: sum(case.count("‖") + 1 for other, case in CASES if other[:2] == lang) for lang in ("en", "zh", "de", "fr")}  # fmt: skip
    assert sum(counts.values()) > 250
    assert min(counts.values()) > 30


TEXTS = st.text("ab A1.。！？!?…“”\"'»（）()《》\u00a0\u3000\n，港说No", max_size=40)


@given(TEXTS, st.sampled_from([None, "", "en", "de", "zh-Hant"]))
def test_sentences_are_in_order_apart_and_leave_out_only_blanks(text: str, lang: str | None) -> None:
    place = 0
    for start, end in split(text, lang):
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()


@pytest.mark.parametrize("unit", ["(", "（。", "a. ", "……", '." ', "《", "1. ", "J. R. "])
def test_time_does_not_explode(unit: str) -> None:
    assert split(unit * 20_000)


def test_tables_of_words_do_not_overlap() -> None:
    for words in (NEVER, NUMBERED, EITHER, OPENERS):
        assert all(word == word.lower() and not word.endswith(".") for word in words)
    assert not NEVER & (NUMBERED | EITHER)
    assert not NEVER & OPENERS


def test_rows() -> None:
    rows = parquet.tables_of(Edition(handmade.issue()))["sentences"].to_pylist()
    paragraph = "review/2021-03/a02/p0001"
    own = [row for row in rows if row["paragraph_id"] == paragraph]
    assert [(row["sentence_id"], row["seq"], row["start"]) for row in own] == [(f"{paragraph}/u0001", 1, 0)]
    assert own[0]["text"] == "The port was developed under the Ming; 河港 is its name."
    assert {row["doc_id"] for row in rows} == {"review/2021-03"}
    ids = [row["sentence_id"] for row in rows]
    assert len(set(ids)) == len(ids)


def test_works_cited_are_one_sentence_each() -> None:
    tiles = [handmade.Tile("Lin, A. The Ledgers. Ferry Lane: Quay Press. 1911.", "x"),
             handmade.Tile("It is lost. See it.", "y")]  # fmt: skip
    kinds: dict[str, dict[str, object]] = {"x": {"kind": "bibl"}, "y": {"kind": "p"}}
    article = handmade.Article(1, "article", ("y", "x"), handmade.FOUND, 50, "en")
    rows = parquet.tables_of(Edition(handmade.Sheet("x", tiles, kinds, (article,)).document()))["sentences"].to_pylist()
    assert [row["text"] for row in rows] == ["It is lost.", "See it.", tiles[0].text]
