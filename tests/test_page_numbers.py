"""Page numbers and what vouches for them, from the raw text to the pages: each case says what numbers are found."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.pages import find_pages

LINE = "the ferrymen of the lower town counted every barge that came by"


def body(lines: int, start: int = 0) -> str:
    """So many different lines of running text."""
    return (
        "\n".join(f"{LINE} {chr(97 + (start + at) % 26)}{chr(97 + (start + at) // 26)}" for at in range(lines)) + "\n"
    )


SPREAD = " " * 90
CASES: dict[str, tuple[str, list[int | None]]] = {
    "name and issue change places on facing pages": (
        "2021 Number Three The Eastbank Ledger 125\n" + body(30) + "\f126 The Eastbank Ledger 2021 Number Three\n" + body(20, 30),
        [125, 126],
    ),
    "a line spread over the page by an extractor": (
        "\f".join(
            (f"{n}{SPREAD}The Ledger{SPREAD}Volume Nine\n" if n % 2 else f"Volume Nine{SPREAD}The Ledger{SPREAD}{n}\n")
            + body(30, 30 * n)
            for n in range(2, 6)
        ),
        [2, 3, 4, 5],
    ),
    "a page of three lines between two full ones": (
        "".join(body(3 if n == 3 else 30, 30 * n) + f"- {n} -\n" for n in range(1, 7)),
        [1, 2, 3, 4, 5, 6],
    ),
    "a note's marker alone on a line is no page": (
        body(20) + "[2]\n" + body(20, 20) + "· 234 ·\n\n \n" + body(40, 40) + "· 235 ·\n\n \n" + body(40, 80) + "· 236 ·\n",
        [234, 235, 236],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_numbers(name: str) -> None:
    text, numbers = CASES[name]
    pages, _ = find_pages(Evidence(Document(Source("d", text, ()))))
    assert [page.number.value if page.number else None for page in pages] == numbers


@pytest.mark.parametrize(
    ("line", "is_forme"), [("0.511", False), ("<0.001", False), ("68.9±29.2", False), ("37", True), ("· 37 ·", True)]
)
def test_figures_of_a_table_are_no_page_numbers(line: str, is_forme: bool) -> None:
    text = "\f".join(body(30, 30 * page) + (line if page == 3 else f"{34 + page}") + "\n" for page in range(6))
    evidence = Evidence(Document(Source("d", text, ())))
    pages, _ = find_pages(evidence)
    forme = {evidence.lines.text[at] for page in pages for at in page.forme}
    assert (line in forme) == is_forme
