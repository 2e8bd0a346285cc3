"""Sources of a few lines: what is their text, though they show too little of themselves to learn from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cleaning import Cleaned, clean
from pipeline.corpus import single
from pipeline.settings import Settings
from pipeline.writers import parquet

LEDGERS = "The clerks of the town wrote down every boat that passed, 3 a day, and\ntheir books are the best witness of the long-\nterm trade between the two banks.{} None is lost.\n"
SHORT = "The clerks of the town wrote down every boat that passed, and\nthe books are kept. None is lost."
JOINED = SHORT.replace("\n", " ")
CASES = {
    "title, byline, text and a note": (
        f"The Ledgers of Mill Bridge\n\nBy Ada Lin\n\n{LEDGERS.format(1)}\n1 See the toll-book.\n",
        [LEDGERS.format("").replace("-\n", "-").replace("\n", " ").strip()],
        ["See the toll-book."],
    ),
    "text below an abstract of one line": (
        f"Notes on a Ferry\n\nAda Lin\n\nAbstract: Boats were counted.\n\n{SHORT}\n", [JOINED], []
    ),
    "title, text": (f"The Ledgers of Mill Bridge\n\n{SHORT}\n", [JOINED], []),
    "text alone": (f"{SHORT}\n", [JOINED], []),
    "a sentence": ("One sentence only.\n", ["One sentence only."], []),
    "title, byline and text without blank lines": (
        f"Mill Bridge\nAda Lin\nUniversity of the River\n{SHORT}\n", [JOINED], []
    ),
    "Chinese": (
        "渡口的账簿\n\n林阿达\n\n镇上的书记把每天经过的船都记了下来，他们的账簿是两岸贸易最好的\n见证，一本也没有丢失。\n",
        ["镇上的书记把每天经过的船都记了下来，他们的账簿是两岸贸易最好的见证，一本也没有丢失。"], [],
    ),
    "nothing but front matter": ("Notes on a Ferry\n\nAda Lin\n\nAbstract\n\nBoats were counted.\n", [], []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "paragraphs", "notes"), CASES.values(), ids=CASES)
def test_short(text: str, paragraphs: list[str], notes: list[str], tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(text, "utf-8")
    result = Cleaned()
    tables = parquet.tables_of(clean(single(tmp_path / "short.txt"), Settings(), result), result.options.metadata)
    rows = tables["paragraphs"].to_pylist()
    assert [row["text"] for row in rows if row["text"] and not row.get("front")] == paragraphs
    assert [row["text"] for row in tables["notes"].to_pylist()] == notes
