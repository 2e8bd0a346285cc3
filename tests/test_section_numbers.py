"""Numbers of sections on lines of their own: which of them belong to the head below."""

from __future__ import annotations

import pytest

from pipeline.stages.layout.features import text_lines
from pipeline.stages.layout.section_numbers import join_section_numbers

OPEN = "Of all the rivers of the province none was so often surveyed as the"
TEXT = f"{OPEN} last."
CASES = {
    "sections and their parts": (
        ["1", "The Mills", TEXT, "1.1", "Upper Mills", TEXT, "1.2", "Lower Mills", TEXT, "2", "The Quay", TEXT],
        "NHPpHPPHPNHP",
        "HhPHhPHhPHhP",
    ),
    "one left out, one taken for a title and one for a line of the journal's own": (
        [TEXT, "3.", "The Mills", TEXT, "5.", "The Quay", TEXT, "6.", "The Weir", TEXT],
        "PpHPpTPpIP",
        "PHhPHhPHhP",
    ),
    "Roman numbers": (
        [TEXT, "I.", "The Mills", TEXT, "II.", "The Quay", TEXT],
        "PHHPHHP",
        "PHhPHhP",
    ),
    "numbers that continue those printed beside their heads": (
        ["1. The Mills", TEXT, "2.", "The Quay", TEXT],
        "HPpHP",
        "HPHhP",
    ),
    "one whole number alone": ([TEXT, "7", "The Mills", TEXT], "PNHP", "PNHP"),
    "numbers in no order": ([TEXT, "7", "The Mills", TEXT, "3", "The Quay", TEXT], "PpHPpHP", "PpHPpHP"),
    "numbers above text": ([TEXT, "1", TEXT, "2", TEXT], "PNnNn", "PNnNn"),
    "numbers above a running head": (
        [TEXT, "1", "THE LEDGER", TEXT, "2", "THE LEDGER", TEXT],
        "PpHPpHP",
        "PpHPpHP",
    ),
    "page numbers and heads in the middle of sentences": (
        [OPEN, "1", "The Mills", OPEN, "2", "The Quay", OPEN],
        "PpHPpHP",
        "PpHPpHP",
    ),
    "the same where sections have parts": (
        [OPEN, "1", "The Mills", OPEN, "1.1", "Upper Mills", TEXT, "1.2", "Lower Mills", TEXT],
        "PpHPpHPpHP",
        "PHhPHhPHhP",
    ),
    "numbers above formulas": ([TEXT, "1", "x + y", TEXT, "2", "a + b", TEXT], "PpHPpHP", "PpHPpHP"),
}


@pytest.mark.parametrize("name", CASES)
def test_joined(name: str) -> None:
    texts, before, after = CASES[name]
    labels = list(before)
    join_section_numbers(text_lines([0] * len(texts), [False] * len(texts)), texts, labels)
    assert "".join(labels) == after
