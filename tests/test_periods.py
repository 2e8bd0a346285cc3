"""Pages that no mark and no number shows, found by what comes again a page apart."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.breaks import find_boundaries
from pipeline.stages.pages import find_pages
from pipeline.stages.periods import find_beginnings

WORDS = "the ferrymen of the lower town counted every barge that lay at quay before the bells were rung".split()
SIZES = (34, 36, 35, 33, 36, 21, 35, 34)  # lines of the pages; the sixth ends an article


def sentence(at: int) -> str:
    """A line of running text, each of other words; some end a sentence."""
    words = [WORDS[(at * 7 + k * 5) % len(WORDS)] + "abcdefghij"[(at // 10**k) % 10] for k in range(9)]
    return " ".join(words) + ("." if at % 5 == 0 else "")


def evidence_of(text: str) -> Evidence:
    return Evidence(Document(Source("s", text, ())))


def set_pages(heads: tuple[str, ...], feet: tuple[str, ...]) -> tuple[str, list[int]]:
    """The text of pages under one another, heads and feet in turn, and the line with which each page begins."""
    lines: list[str] = []
    begins = []
    for page, size in enumerate(SIZES):
        begins.append(len(lines))
        lines += [heads[page % len(heads)]] if heads and page else []
        lines += [sentence(100 * page + at) for at in range(size)]
        lines += [feet[page % len(feet)]] if feet else []
    return "\n".join(lines) + "\n", begins[1:]


@pytest.mark.parametrize(
    ("heads", "feet"),
    [
        (("The Eastbank Ledger",), ()),
        (("The Eastbank Ledger", "Ferries and Fords of the Lower Town"), ()),
        ((), ("Printed for the Eastbank Society",)),
        (("The Eastbank Ledger",), ("Printed for the Eastbank Society",)),
    ],
    ids=["heads", "two heads in turn", "feet", "both"],
)
def test_pages_begin_where_heads_and_feet_stand(heads: tuple[str, ...], feet: tuple[str, ...]) -> None:
    text, begins = set_pages(heads, feet)
    assert find_beginnings(evidence_of(text)) == begins
    pages, _ = find_pages(evidence_of(text))
    assert [page.start for page in pages] == [0, *begins]
    taken = [evidence_of(text).lines.text[line] for page in pages for line in sorted(page.forme)]
    assert set(taken) == {*heads, *feet}
    assert len(taken) == len(SIZES) * bool(feet) + (len(SIZES) - 1) * bool(heads)


def refrain(every: int) -> str:
    """Stanzas, each with the same two lines at the end."""
    lines = []
    for stanza in range(9):
        lines += [sentence(100 * stanza + at).capitalize() + "," for at in range(every)]
        lines += ["And then no more.", "Sing, bells of Eastbank."]
    return "\n".join(lines) + "\n"


def speakers() -> str:
    return "\n".join(f"{('Ferryman', 'Clerk')[at % 2]}\n{sentence(at)}\n{sentence(at + 300)}" for at in range(80))


def scattered() -> str:
    """The same line at distances of all sizes."""
    lines: list[str] = []
    for at, size in enumerate((25, 90, 33, 150, 41, 64, 23, 118)):
        lines += [sentence(200 * at + row) for row in range(size)] + ["The Eastbank Ledger"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [refrain(30), refrain(8), speakers(), scattered()], ids=["a refrain of long stanzas", "a refrain", "speakers", "no distance in common"])  # fmt: skip
def test_what_comes_again_and_shows_no_page(text: str) -> None:
    assert find_beginnings(evidence_of(text)) == []


def test_numbers_and_page_marks_come_first() -> None:
    text, begins = set_pages(("The Eastbank Ledger",), ())
    lines = text.split("\n")
    for begin in begins:
        lines[begin + 5] = "\f" + lines[begin + 5]
    boundaries, _ = find_boundaries(evidence_of("\n".join(lines)))
    assert [boundary.line for boundary in boundaries] == [0, *(begin + 5 for begin in begins)]
