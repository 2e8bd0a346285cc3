"""Scores of the lines at the edges of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.breaks import find_boundaries
from pipeline.stages.edges import Surroundings
from pipeline.stages.forme import Outside, Spot, features, score_line
from pipeline.stages.forme_scores import OUTER, TOP, UNIT, load_network, save_network
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


def described(text: str) -> Iterator[tuple[int, list[str], list[str], bool]]:
    """Of every line, from the top and the foot: its score, its features, those of the line outside, what that was."""
    evidence = Evidence(Document(Source("s", text, ())))
    boundaries, numbers = find_boundaries(evidence)
    pages = cut_pages(evidence, boundaries)
    around = Surroundings(evidence, [(page.start, page.end) for page in pages])
    for index, one in enumerate(pages):
        size = one.end - one.start
        for top in (True, False):
            outside: Outside | None = None
            for depth in range(size):
                spot = Spot(one.start + depth if top else one.end - 1 - depth, depth, top, index, size)
                told = score_line(evidence, around, spot, numbers, outside)
                beyond = features(evidence, around, outside.spot, numbers) if outside else []
                yield told, features(evidence, around, spot, numbers), beyond, bool(outside and outside.is_forme)
                outside = Outside(spot, told > 0)


def by_hand(found: list[str], outside: list[str], *, is_forme: bool) -> int:
    """The score, in whole numbers of any size, one after the other."""
    network = load_network()
    names = (
        found + [OUTER + name for name in outside] + ([OUTER + ("forme" if is_forme else "text")] if outside else [])
    )
    rows = [network.names.index(name) for name in names if name in network.names]
    total = network.least + sum(int(network.straight[row]) for row in rows)
    for unit, (bias, weight) in enumerate(zip(network.bias, network.outer, strict=True)):
        total += min(max(int(bias) + sum(int(network.inner[row, unit]) for row in rows), 0), TOP) * int(weight)
    return total * 100 // UNIT**2


@pytest.mark.parametrize("name", TEXTS)
def test_a_score_is_exact(name: str) -> None:
    for told, found, outside, is_forme in described(TEXTS[name]):
        assert told == by_hand(found, outside, is_forme=is_forme)


def test_the_line_outside_counts() -> None:
    network = load_network()
    rows = [row for text in TEXTS.values() for row in described(text) if row[2]]
    with_both = [[network.score(found, outside, outside_is_forme=is_forme) for is_forme in (True, False)] for _, found, outside, _ in rows]  # fmt: skip
    assert all(told in both for (told, *_), both in zip(rows, with_both, strict=True))
    assert any(forme != text for forme, text in with_both)


def test_what_is_not_known_of_a_line_counts_for_nothing() -> None:
    network = load_network()
    assert network.score(["top-0", "never heard of"]) == network.score(["top-0"])
    assert network.score([]) == by_hand([], [], is_forme=False)


def test_weights_are_read_as_they_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = load_network()
    save_network(network, tmp_path / "forme.npz")
    monkeypatch.setattr("pipeline.stages.forme_scores.data_path", lambda name: tmp_path / name)
    again = load_network.__wrapped__()
    assert again.names == network.names
    for _, found, outside, is_forme in described(TEXTS[f"{HEADS[0]} once"]):
        assert again.score(found, outside, outside_is_forme=is_forme) == network.score(found, outside, outside_is_forme=is_forme)  # fmt: skip


def test_running_heads_and_numbers_are_forme_work_and_the_text_is_not() -> None:
    scored = [told for told, *_ in described(TEXTS[f"{HEADS[0]} / {HEADS[2]}"])]
    by_edge = [scored[at : at + 6] for at in range(0, len(scored), 6)]
    for tops, feet in zip(by_edge[2::2], by_edge[3::2], strict=True):  # the first page may as well begin with a title
        assert tops[0] > 0 > tops[1]
        assert feet[0] > 0 > feet[2]
