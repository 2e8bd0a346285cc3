"""Contradictions of the labelling, and how they are put right: a label a line before and after."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Mark, Rule, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.mend import mend

FULL = "Of all the rivers of the province none was so often surveyed as the"
PAGE = Rule("page", "kept", 90, "A page of the test.")
CASES = {
    "two authors, each above their institution": (
        ["River Surveys", "Edith F. Castellan", "Eastbank College", "Wen Su", "Institute of Rivers", FULL, FULL],
        "TTTBAPp",
        "TBABAPp",
    ),
    "a title of three lines": (
        ["River Surveys of", "the Eastern Lands", "and their Makers", "Wen Su", "Institute of Rivers", FULL, FULL],
        "TTTBAPp",
        "TTTBAPp",
    ),
    "an epigraph is no abstract, nor its source an affiliation": (
        ["River Surveys", "Wen Su", FULL, FULL, FULL, "The Book of Rivers, 1904", FULL, FULL],
        "TBXXAAPp",
        "TBPpPpPp",
    ),
    "a subtitle of two lines": (
        ["River Surveys", "—An Address to the Society of", "the Lower Eastbank", "By Wen Su", FULL, FULL],
        "TAABPp",
        "TTTBPp",
    ),
    "a title at the end of a page, in the middle of a sentence": (
        [FULL, FULL, FULL + "\n", "Notes & Queries\f" + FULL, FULL, FULL],
        "Ppppppp",
        "PppTppp",
    ),
    "the end of a sentence there": (
        [FULL, FULL, FULL + ".\n", "Eastbank River\f" + FULL, FULL, FULL],
        "Ppppppp",
        "Ppppppp",
    ),
    "a title below the notes": (
        ["* Wen Su is a surveyor.\n", "River Surveys of", "the Eastern Lands", "By Wen Su", FULL, FULL],
        "NNTBPp",
        "NTTBPp",
    ),
    "an abstract says so": (
        ["River Surveys", "Wen Su", "Abstract. " + FULL, FULL, FULL, FULL],
        "TBXXPp",
        "TBXXPp",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_mended(name: str) -> None:
    texts, before, after = CASES[name]
    text = "\n".join(texts)
    breaks = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    marks = tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in breaks)
    document = Document(Source("d", text, ()), marks=marks)
    evidence = Evidence(document)
    labels = list(before)
    mend(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after
