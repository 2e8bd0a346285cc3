"""Printed lines of blocks: what is one line where the end of another was closed up, and sources broken anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning import Cleaned, clean
from pipeline.corpus import single
from pipeline.model import Document, Edit, Rule, Source
from pipeline.rewrite import rewrite
from pipeline.settings import Settings
from pipeline.stages.printed_lines import line_spans
from pipeline.writers import parquet

JOIN = Rule("join", "joined", 90, "A line end closed up.")
TEXT = "The clerks of the town wrote down every boat that passed, and the books are kept in the old hall on the quay.\n"


@pytest.mark.parametrize(
    ("cut", "lines"),
    [
        (None, ["Survey of the Bor-", "der Rivers", "and Mills"]),
        ((17, 19), ["Survey of the Bor-\nder Rivers", "and Mills"]),  # hyphen and line end
        (
            (18, 19),
            ["Survey of the Bor-", "der Rivers", "and Mills"],
        ),  # the line end alone: there is a place at either side
    ],
)
def test_lines_closed_up_are_one(cut: tuple[int, int] | None, lines: list[str]) -> None:
    text = "Survey of the Bor-\nder Rivers\n  and Mills\n"
    runs = rewrite((), [Edit(*cut, "", JOIN, 90)]) if cut else ()
    document = Document(Source("d", text, ()), runs=runs)
    assert [text[start:end] for start, end in line_spans(document, ((0, len(text)),))] == lines


@pytest.mark.parametrize("hyphen", ["-", "¬", "\u00ad", "⸗", "\ufffe"])
@pytest.mark.parametrize(
    "front",
    [
        "THE SURVEY OF THE BOR{}\nDER RIVERS AND OF THE MILLS\n\nBy Edda Quillan\n",
        "The Survey of the Rivers\n\nEdda Quillan\nINSTITUTE OF THE BOR{}\nDER RIVERS, SURVEY{}\nING OFFICE, EASTBANK COL{}\nLEGE\n",
        "The Survey\n\nBy Edda Quil{}\nlan and Wen Su, Col{}\nlege of Rivers\n",
    ],
)
def test_title_blocks_broken_anywhere(front: str, hyphen: str, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(front.replace("{}", hyphen) + "\n" + 12 * TEXT, encoding="utf-8")
    result = Cleaned()
    tables = parquet.tables_of(clean(single(tmp_path / "d.txt"), Settings(), result), result.options.metadata)
    assert tables["paragraphs"].num_rows
