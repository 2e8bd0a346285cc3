"""Levels of heads without numbers: what stands between methods and results, or results and discussion, is part of them."""

from __future__ import annotations

import pytest

from pipeline.model import Block, Document, Rule, Source
from pipeline.stages.sections import _with_levels

FOUND = Rule("found", "kept", 90, "Found by the test.")
CASES = {
    "methods and results": (
        ["Introduction", "Materials and Methods", "The Gauges", "Reckoning", "RESULTS", "The Lower River", "Discussion", "Outlook"],
        [1, 1, 2, 2, 1, 2, 1, 1],
    ),
    "German": (["Einleitung", "Methoden", "Pegel", "Ergebnisse", "Diskussion"], [1, 1, 2, 1, 1]),
    "Chinese": (["引言", "研究方法", "水位之测量", "结果与讨论", "余论"], [1, 1, 2, 1, 1]),
    "an essay between introduction and conclusion": (["Introduction", "The Mills", "The Quay", "Conclusion"], [1, 1, 1, 1]),
    "numbers with points, four deep": (
        ["1 Mills", "1.1 Upper", "1.1.1 Stones", "1.1.1.1 Old ones", "1.1.1.2 New ones", "1.2 Lower", "2 Quays", "2.1 Old"],
        [1, 2, 3, 4, 4, 2, 1, 2],
    ),
    "the first of them missed, chapters known by the second": (["1.1 Upper", "1.2 Lower", "2 Quays", "2.1 Old"], [2, 2, 1, 2]),
    "no whole numbers at all": (["2.1 Upper", "2.1.1 Stones", "2.2 Lower", "2.2.1.1 Old ones"], [1, 2, 1, 3]),
    "items below a section are none of its chapters": (
        ["2.1 Upper", "1. Stones", "2. Wheels", "2.2 Lower"], [1, 2, 2, 1],
    ),
    "whole numbers before the first with a point": (
        ["1. Mills", "2. Weirs", "3. Quays", "3.1 Old", "4. Ships"], [1, 1, 1, 2, 1],
    ),
    "whole numbers that begin anew": (["1. Mills", "1.1 Upper", "2. Quays", "1. Ships", "2. Sails"], [1, 2, 1, 1, 1]),
    "under Roman numbers": (["I. Mills", "1.1 Upper", "1.2 Lower", "II. Quays", "2.1 Old", "Ships", "2.2 New"], [1, 2, 2, 1, 2, 3, 2]),
    "methods alone": (["The Mills", "Methods", "The Quay"], [1, 1, 1]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_levels(name: str) -> None:
    texts, levels = CASES[name]
    source = "\n".join(texts)
    heads, start = [], 0
    for text in texts:
        heads.append(Block(f"b{start}", "head", ((start, start + len(text)),), FOUND, 90))
        start += len(text) + 1
    found = _with_levels(Document(Source("d", source, ())), heads)
    assert [head.level for head in found] == levels
