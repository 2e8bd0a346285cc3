"""The number of a figure, or the letter of its panel, at a page's edge is no forme work."""

from __future__ import annotations

import pytest
from printed import ENGLISH, lines_of, source_of

from pipeline.options import Options
from pipeline.runner import run
from pipeline.stages.forme import is_of_figure

LINES = lines_of(ENGLISH, 60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Figure 3", True), ("FIG. 12.", True), ("Table IV", True), ("图 3", True), ("圖2：", True), ("A", True), ("b", True),
        ("Figure 3. The ferry", False), ("Table of contents", False), ("12", False), ("A2", False), ("The Ferry", False),
        ("https://doi.org/10.5555/quay.12.004.g003", True), ("doi:10.5555/quay.12.fig2", True),
        ("https://doi.org/10.5555/quay.12.004", False), ("doi:10.5555/quay.2013", False), ("10.5555/quay.g003", False),
        ("图书馆学报", False), ("·", False), ("跋", False),
    ],
)  # fmt: skip
def test_is_of_figure(text: str, expected: bool) -> None:
    assert is_of_figure(text) == expected


@pytest.mark.parametrize("edge", ["Figure {}", "FIG. {}", "A", "https://doi.org/10.5555/quay.12.g00{}"])
def test_stays(edge: str) -> None:
    pages = ["\n".join([*LINES[:12], "", edge.format(number)]) for number in range(1, 7)]
    text = "\n\f".join(pages) + "\n"
    document = run(source_of(text), Options()).document
    forme = {text[start:end] for block in document.blocks.values() if block.kind == "fw" for start, end in block.spans}
    assert not forme & {edge.format(number) for number in range(1, 7)}
