"""Notes told from text by the size of type: what pages bear and how their lines were labelled, and the labels after."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Mark, Rule, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.small_type import mend_by_type

TEXT = "the ferrymen of the lower town counted all barges"  # of the text's type
NOTE = "a ledger of the year has it that none was counted on market days"  # of smaller type, to the same measure
PAGE = Rule("page", "kept", 90, "A page of the test.")
# Pages of lines with the labels they were given and those they ought to have; most pages of the source have the usual.
USUAL = [*((TEXT, "p", "p") for _ in range(12)), (f"1) {NOTE}", "N", "N"), (NOTE, "n", "n"), ("quay.", "n", "n")]
BROKEN_OFF = [*USUAL[:-1], (NOTE, "n", "n")]
CASES = {
    "a note that goes on from the page before": [
        BROKEN_OFF,
        [*((TEXT, "p", "p") for _ in range(8)), *((NOTE, "p", "n") for _ in range(6)), ("quay.", "p", "n")],
    ],
    "lines of small type behind a note that ended": [
        USUAL,
        [*((TEXT, "p", "p") for _ in range(8)), *((NOTE, "p", "p") for _ in range(6))],
    ],
    "a note that broke off two pages before": [
        BROKEN_OFF,
        [(TEXT, "p", "p") for _ in range(12)],
        [*((TEXT, "p", "p") for _ in range(8)), *((NOTE, "p", "p") for _ in range(6)), ("quay.", "p", "p")],
    ],
    "a note with a label taken for a paragraph": [
        USUAL,
        [*((TEXT, "p", "p") for _ in range(8)), (f"1) {NOTE}", "P", "N"), *((NOTE, "p", "n") for _ in range(4)), ("quay.", "p", "n")],
    ],
    "text taken for notes": [
        USUAL,
        [(TEXT, "p", "p"), *((TEXT, "n", "p") for _ in range(6)), *USUAL],
    ],
    "a note of lines as long as those of the text": [
        USUAL,
        [*((TEXT, "p", "p") for _ in range(8)), (f"1) {TEXT[:40]}", "N", "N"), *((TEXT, "n", "n") for _ in range(4))],
    ],
    "two lines alone": [
        BROKEN_OFF,
        [*((TEXT, "p", "p") for _ in range(8)), (NOTE, "p", "p"), (NOTE, "p", "p")],
    ],
}  # fmt: skip


def mended(pages: list[list[tuple[str, str, str]]]) -> list[str]:
    """The labels afterwards."""
    text = "\n\f".join("\n".join(row[0] for row in page) for page in pages)
    breaks = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    document = Document(Source("d", text, ()), marks=tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in breaks))
    evidence = Evidence(document)
    labels = [row[1] for page in pages for row in page]
    mend_by_type(evidence, lines_of(document, evidence), labels)
    return labels


@pytest.mark.parametrize("name", CASES)
def test_by_type(name: str) -> None:
    pages = [*([USUAL] * 30), *CASES[name], *([USUAL] * 2)]
    assert "".join(mended(pages)) == "".join(row[2] for page in pages for row in page)


def test_nothing_is_told_where_notes_are_as_wide_as_the_text() -> None:
    usual = [(row[0] if row[1] == "p" else f"1) {TEXT[:45]}" if row[1] == "N" else TEXT, *row[1:]) for row in USUAL]
    pages = [*([usual] * 30), [(TEXT, "p", "p"), *((TEXT, "n", "n") for _ in range(6)), *usual]]
    assert "".join(mended(pages)) == "".join(row[2] for page in pages for row in page)
