"""Scores of the lines at the edges of pages: what is not asked of a line never changes what it is taken for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages import forme
from pipeline.stages.breaks import find_boundaries
from pipeline.stages.edges import Surroundings
from pipeline.stages.forme import Spot, features, score_line
from pipeline.stages.forme_scores import MOST_OF_FORM, WEIGHTS, score
from pipeline.stages.pages import cut_pages

HEADS = (
    "The Eastbank Ledger",
    "II. Institut der Fähren 渡口 1990",
    "渡口 1987 年第 3 期",
    "Mara Quill and Tobias Wren",
)
BODY = (
    "the ferrymen of the lower town counted every barge {0}\nVol. 7 of their book was lost, and {0}\nnobody knows {0}\n"
)


def page(n: int, head: str, foot: str) -> str:
    return f"{head}\n{BODY.format('abcdefgh'[n] * 9)}{foot}\n{'1234'[n]}\n"


TEXTS = {
    **{f"{head} / {foot}": "\f".join(page(n, head, foot) for n in range(4)) for head in HEADS for foot in HEADS},
    **{f"{head} once": "\f".join(page(n, head if n == 0 else "lost", "and then") for n in range(4)) for head in HEADS},
}


def edge_scores(text: str) -> Iterator[tuple[int, int, bool]]:
    """Of every line, from the top and the foot: its score as the stage asks for it, with all features; the page."""
    evidence = Evidence(Document(Source("s", text, ())))
    boundaries, numbers = find_boundaries(evidence)
    pages = cut_pages(evidence, boundaries)
    around = Surroundings(evidence, [(page.start, page.end) for page in pages])
    for index, one in enumerate(pages):
        size = one.end - one.start
        for depth in range(size):
            for top, line in ((True, one.start + depth), (False, one.end - 1 - depth)):
                spot = Spot(line, depth, top, index, size)
                told, names = score_line(evidence, around, spot, numbers), features(evidence, around, spot, numbers)
                yield told, WEIGHTS["bias"] + score(names), index == 0


@pytest.mark.parametrize("name", TEXTS)
def test_a_score_is_whole_where_it_counts(name: str) -> None:
    scores = list(edge_scores(TEXTS[name]))
    assert all(told == whole for told, whole, _ in scores if max(told, whole) > 0)
    assert any(told != whole for told, whole, _ in scores)


def test_what_the_form_of_a_line_adds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forme, "MOST_OF_FORM", dict.fromkeys(MOST_OF_FORM, -(1 << 20)))  # the form is never asked for
    added = [(whole - told, is_first) for text in TEXTS.values() for told, whole, is_first in edge_scores(text)]
    for is_first, most in MOST_OF_FORM.items():
        assert most - 150 < max(score for score, first in added if first == is_first) <= most
