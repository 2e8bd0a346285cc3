"""Lines whose own form says what they are: captions, numbers of sections on lines of their own."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Mark, Rule, Source
from pipeline.stages.layout import block_of, lines_of, set_imprints_apart
from pipeline.stages.layout.features import Line, find_features
from pipeline.stages.layout.hard import fix_certain

FULL = "Of all the rivers of the province none was so often surveyed as the"
HAN = "河边的水磨一共有五座，其中最老的那一座在光绪年间就已经停了，磨盘"
PAGE = Rule("page", "kept", 90, "A page of the test.")
CASES = {
    "a caption in the middle of a sentence": ([FULL, "Fig. 2  The lower mill", FULL, FULL], "PPpp", "PFpp"),
    "one that was taken for a line of the journal": ([FULL, "Fig. 2  The lower mill", FULL, FULL], "PIpp", "PFpp"),
    "one that was taken for a line of text, cut short": ([HAN, "图1　下游的水磨", HAN, HAN], "Pppp", "PFpp"),
    "a sentence that begins with the number of a figure": (
        [FULL + ", as is told by", "Fig. 2, which is by the same hand as those that we have seen above", FULL],
        "Ppp",
        "Ppp",
    ),
    "a long one, set apart by blank lines from a sentence that goes on around it": (
        [FULL, FULL, "", "Fig. 2  The lower mill, drawn by the miller's daughter in 1911", "", FULL, FULL],
        "Ppppp",
        "PpFpp",
    ),
    "such a line that is not set apart": (
        [FULL, FULL, "Fig. 2  The lower mill, drawn by the miller's daughter in 1911", FULL, FULL],
        "Ppppp",
        "Ppppp",
    ),
    "the last line of a paragraph that does": ([HAN, "图1所示的水磨。", HAN, HAN], "PpPp", "PpPp"),
    "a line of the journal between sentences": (
        [FULL + ".", "Plate 4 of the Eastbank Papers", FULL, FULL],
        "PIPp",
        "PIPp",
    ),
    "the number of a figure alone": ([FULL + ".", "Fig. 2", FULL, FULL], "PIPp", "PFPp"),
    "a number of a section alone": (
        [HAN, "一", HAN, HAN + "。", "二", HAN, HAN],
        "PHPpPPp",
        "PHPpHPp",
    ),
    "a number that is a word of a sentence": (
        [HAN, "一", HAN, HAN + "，", "二", HAN, HAN],
        "PHPpppp",
        "PHPpppp",
    ),
}


def laid_out(texts: list[str]) -> tuple[Evidence, list[Line]]:
    """Lines of one page."""
    document = Document(Source("d", "\n".join(texts), ()), marks=(Mark(0, 0, "pb", PAGE, PAGE.certainty),))
    evidence = Evidence(document)
    return evidence, lines_of(document, evidence)


@pytest.mark.parametrize("name", CASES)
def test_lines_by_their_form(name: str) -> None:
    texts, before, after = CASES[name]
    (evidence, lines), labels = laid_out(texts), list(before)
    fix_certain(evidence, lines, labels, find_features(evidence, lines))
    assert "".join(labels) == after


def labelled(texts: list[str], before: str) -> str:
    labels = list(before)
    set_imprints_apart(*laid_out(texts), labels)
    return "".join(labels)


@pytest.mark.parametrize("label", "TBH")
def test_a_line_of_the_journal_above_a_title(label: str) -> None:
    texts = ["Eastbank Papers, vol. 7, no. 2 (1921)", "River Surveys", "By Wen Su", FULL, FULL]
    assert labelled(texts, label + "TBPp") == "ITBPp"


@pytest.mark.parametrize("label", "NnRr")
def test_a_note_above_a_title_is_none(label: str) -> None:
    texts = [FULL, "3 Eastbank Papers, vol. 7, no. 2 (1921)", "River Surveys", "By Wen Su", FULL, FULL]
    assert labelled(texts, "P" + label + "TBPp") == "P" + label + "TBPp"


@pytest.mark.parametrize(
    ("texts", "before", "after"),
    [
        (["THE", "QUAY JOURNAL", "OF RIVERS.", "Vol. 2. March, 1857. No. 9.", "ON LEDGERS."], "TAANT", "IIIIT"),
        (["River Surveys", "By Wen Su", "Quay Journal, vol. 2, no. 9 (1857)", FULL], "TBXP", "TBIP"),
        (["River Surveys", "of the Eastern Lands", "By Wen Su", FULL], "TTBP", "TTBP"),
    ],
)
def test_a_masthead_of_several_lines(texts: list[str], before: str, after: str) -> None:
    assert labelled([*texts, FULL, FULL], before + "Pp")[: len(after)] == after


def test_a_masthead_across_narrow_columns() -> None:
    rows = ["Eastbank Gazette", "No. 412 · Wednesday, March 4, 1908 · Price Twopence", "Mills to", "Close"]
    column = ["Of all the rivers of the province", "none was so often surveyed as the", "lower one."] * 8
    assert labelled([*rows, *column], "CXTT" + "Ppp" * 8) == "IITT" + "Ppp" * 8


@pytest.mark.parametrize(
    ("head", "below", "expected"),
    [
        ("References", "R", "references"),
        ("References", "N", "references"),
        ("Notes", "R", "notes"),
        ("Sources in Print", "R", "references"),
        ("Sources in Print", "N", "notes"),
    ],
)
def test_what_a_head_of_lists_heads(head: str, below: str, expected: str) -> None:
    evidence, lines = laid_out([FULL, head, "1 Castellan, Rivers, 1904.", FULL])
    assert block_of(evidence, lines, ["P", "L", below, "P"], 1, 2, 90).type == expected
