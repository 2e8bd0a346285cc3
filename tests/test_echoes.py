"""Where else a line stands: in running heads, on a page of contents, in the text; and how full the page before is."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Part, Source
from pipeline.stages.layout.features import describe, text_lines

BODY = "and so it went on as before, without an end in sight for anyone who read,"


def described(pages: list[list[str]]) -> dict[str, set[str]]:
    """The names of features by line; a line that begins with `#` is forme work."""
    texts = [(number, line) for number, page in enumerate(pages) for line in page]
    whole = "\n".join(line.removeprefix("#") for _, line in texts)
    evidence = Evidence(Document(Source("x", whole, (Part("x.txt", "", len(whole), 0, len(whole), ((0, "utf-8"),)),))))
    lines = text_lines([number for number, _ in texts], [line.startswith("#") for _, line in texts])
    return {
        evidence.lines.text[line.index]: set(names)
        for line, names in zip(lines, describe(evidence, lines), strict=True)
    }


# pages, a line, what its name in the family of features begins with, whether it has one
CASES: list[tuple[list[list[str]], str, str, bool]] = [
    ([["The Salt Road", BODY], ["#THE SALT ROAD 12", BODY]], "The Salt Road", "run=whole", True),
    ([["The Salt Road", BODY], ["#Weights and Measures 12", BODY]], "The Salt Road", "run=", False),
    ([["The Salt Road and", "Those Who Walked It", BODY], ["#The Salt Road and Those Who Walked It", BODY]],
     "Those Who Walked It", "run=part", True),
    ([["The End", BODY], ["#The Ending of It All", BODY]], "The End", "run=", False),  # too short to be a part
    ([["盐路", BODY], ["#盐路 12", BODY]], "盐路", "run=whole", True),
    ([["盐路上的人和他们的家", BODY], ["#盐路上的人和他们的家与国", BODY]], "盐路上的人和他们的家", "run=part", True),
    ([["The salt road ended here.", BODY], ["#The Salt Road Ended Here", BODY]], "The salt road ended here.", "run=", False),
    ([["Contents", "The Salt Road ........ 3"], ["The Salt Road", BODY]], "The Salt Road", "listed=", True),
    ([["Contents", "Of Wells ........ 3"], ["The Salt Road", BODY]], "The Salt Road", "listed=", False),
    ([["Contents", "The Salt Road ........ 3"], [BODY]], "The Salt Road ........ 3", "listed=", False),  # itself
    ([["Essays", "Of Wells", BODY], ["Essays", "Of Salt", BODY]], "Essays", "again=", True),
    ([["Essays", "Of Wells", BODY], ["Poems", "Of Salt", BODY]], "Poems", "again=", False),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "line", "feature", "has"), CASES)
def test_echoes(pages: list[list[str]], line: str, feature: str, has: bool) -> None:
    assert any(name.startswith(feature) for name in described(pages)[line]) is has


def test_an_article_may_begin_behind_a_short_page() -> None:
    full = [f"{BODY} {number}" for number in range(10)]
    found = described([full, [f"short {line}" for line in full[:4]], ["Of Wells", *(f"more {line}" for line in full)]])
    assert any(name.startswith("page-before=short/") for name in found["Of Wells"])
    assert any(name.startswith("page-before=full/") for name in found[f"short {full[0]}"])
    assert not any(name.startswith("page-before=") for name in found[full[0]])
