"""Numbered heads told by their series."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Part, Source
from pipeline.stages.layout.features import Line
from pipeline.stages.layout.head_series import fix_head_series
from pipeline.stages.patterns import label_of

TEXT = "The mill stood idle for most of the winter, and what little grain there was went down"
END = "to the harbour by cart."


def _labels(rows: list[tuple[str, str]]) -> str:
    text = "\n".join(line for _, line in rows) + "\n"
    evidence = Evidence(Document(Source("s", text, (Part("s.txt", "", 0, 0, len(text), ((0, "utf-8"),)),))))
    labels = [label for label, _ in rows]
    lines = [Line(at, 0, at, len(rows) - at - 1) for at in range(len(rows))]
    numbered = {at: form for at, text in enumerate(evidence.lines.text) if (form := label_of(text))}
    fix_head_series(evidence, lines, evidence.lines.text, labels, numbered)
    return "".join(labels)


def _article(*heads: tuple[str, ...]) -> list[tuple[str, str]]:
    """Heads with a paragraph of two lines below each; a head that begins with `?` was taken for a paragraph."""
    rows = []
    for head in heads:
        missed = head[0].startswith("?")
        rows += [("P" if missed else "H", head[0].lstrip("?"))]
        rows += [("p" if missed else "h", line) for line in head[1:]]
        rows += [("p" if missed else "P", TEXT), ("p", END)]
    return rows


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        ((["1. Mills"], ["?2. Carts and the men who drove them"], ["3. Boats"]), "HPpHPpHPp"),
        ((["一、引言"], ["?二、运河"], ["三、结语"]), "HPpHPpHPp"),
        ((["i. Mills"], ["ii. Carts"], ["?iii. Boats in winter"]), "HPpHPpHPp"),
        # two lines of a head: the first is full, the second short
        ((["I. Mills"], ["?II. " + TEXT[:76], "and the harbour"], ["III. Boats"]), "HPpHhPpHPp"),
        # a sentence is no head where the others have no full stop
        ((["1. Mills"], ["?2. Carts went down."], ["3. Boats"]), "HPpPppHPp"),
        ((["1. Mills."], ["?2. Carts went down."], ["3. Boats."]), "HPpHPpHPp"),
        # most are paragraphs: a list
        ((["?1. Mills"], ["?2. Carts"], ["3. Boats"]), "PppPppHPp"),
        # two are no series
        ((["1. Mills"], ["?2. Carts"]), "HPpPpp"),
        # another form, another count
        ((["1. Mills"], ["?a) Carts"], ["2. Boats"], ["3. Nets"]), "HPpPppHPpHPp"),
    ],
)
def test_series(heads: tuple[list[str], ...], wanted: str) -> None:
    assert _labels(_article(*(tuple(head) for head in heads))) == wanted


def test_items_of_a_list_are_no_heads() -> None:
    rows = [
        ("P", "1. Draw the pins."),
        ("P", "2. Warn the swallows, all of"),
        ("p", "them."),
        ("H", "3. Lean."),
        ("P", TEXT),
    ]
    assert _labels(rows) == "PPpPP"
    assert _labels([*rows[:3], ("H", "3. On Leaning"), ("P", TEXT)]) == "PPpHP"


def test_another_article_begins_anew() -> None:
    rows = [*_article(("1. Mills",), ("2. Carts",)), ("T", "On Boats"), *_article(("?3. Nets in spring",))]
    assert _labels(rows) == "HPpHPpTPpp"
