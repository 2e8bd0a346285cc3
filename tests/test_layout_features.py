"""Features of lines: the numbers that weights are added by stand for the names that explain them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.evidence import Evidence
from pipeline.model import Document, Part, Source
from pipeline.stages.layout.decode import decode, load_weights
from pipeline.stages.layout.features import Features, describe, find_features, text_lines
from pipeline.stages.layout.groups import GROUPS
from pipeline.stages.layout.labels import LABELS
from pipeline.stages.layout.network import BREADTH, EMBEDDING_BITS, SCORE_BITS, TOP, WEIGHT_BITS, Network, unite
from pipeline.stages.layout.open_ends import open_end
from pipeline.stages.layout.templates import (
    ROWS,
    SIGN_ROWS,
    TEMPLATES,
    VALUES,
    feature_names,
    number_features,
    values_of,
)  # fmt: skip
from pipeline.stages.layout.walk import Scores, walk
from pipeline.stages.patterns import SIGNS
from pipeline.stages.people import people_in

RAW = sorted((Path(__file__).parent.parent / "raw").glob("**/*.txt"))
LINES = (
    "By Wen Su*", "林  岸  河运博物馆馆长", "* Wen Su is a fellow, University of X", "[1] See", "12", "① 见", "I", "一",
    "1. Introduction", "”", "He said.[1]", "word* and x", "Notes", "Learning ........ 12", "——副题", "end of 1979",
    "and goes on, as the measure of this page has it, up to its very end,", "一行文字写到版心的尽头为止，", "（一）",
)  # fmt: skip


def evidence_of(text: str) -> Evidence:
    part = Part("x.txt", "", len(text), 0, len(text), ((0, "utf-8"),))
    return Evidence(Document(Source("x", text, (part,))))


def assert_alike(text: str, lines_a_page: int = 30) -> None:
    """What is summed by number is the sum of what is described by name."""
    evidence = evidence_of(text)
    lines = text_lines([at // lines_a_page for at in range(len(evidence.lines))], [False] * len(evidence.lines))
    described = describe(evidence, lines)
    assert len(described) == len(lines)
    if lines:
        network = load_weights().network
        assert (network.score(find_features(evidence, lines)) == network.score_described(described)).all()


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.name)
def test_scores_of_the_sample_are_those_of_the_names(path: Path) -> None:
    assert_alike(path.read_text("utf-8", errors="replace"))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(LINES) | st.text(st.sampled_from("aB1*[]① 。，“-—王的.\n"), max_size=12), max_size=30),
    st.integers(1, 9),
)
def test_scores_are_those_of_the_names(texts: list[str], lines_a_page: int) -> None:
    assert_alike("\n".join(texts), lines_a_page)


def described(text: str) -> list[set[str]]:
    evidence = evidence_of(text)
    lines = text_lines([0] * len(evidence.lines), [False] * len(evidence.lines))
    return [set(names) for names in describe(evidence, lines)]


# a text, the number of a line, names it has, names it has not
NAMED: list[tuple[str, int, set[str], set[str]]] = [
    ("Of Tea\nBy Wen Su*", 0, {"w=tiny", "begins=upper", "ends=letter", "size=words-2-4", "before=edge", "ahead=by-name",
     "name-ahead=1/words-2-4", "opening=0", "place=top/first", "shape=title/foot"}, {"before-noted", "single=upper>upper"}),
    ("Of Tea\nBy Wen Su*", 1, {"is=by-name", "after=name", "ends=digit", "shape=byline/foot", "before-ends=letter"},
     {"name-ahead=1/words-2-4"}),
    ("As he said.[1] And on\n\n[1] See there", 1, {"note=note-bracket/marked-next", "note-gap=marked-next/usual", "notes-around=//"},
     {"noted=unmarked-next"}),
    ("As he said\n[1] See there\nand on", 2, {"before-note=note-bracket", "before-noted", "gap-behind=edge"}, {"note=note-bracket"}),
    ("As he said\n[1] See there", 1, {"noted=unmarked-next", "last-and-short=letter/edge"}, {"noted=marked-next"}),
    ("一、导言\n文字", 0, {"label=han-comma", "label-gap=han-comma/page", "size=han-name", "han-short=6"}, set()),
    ("文字\n一、导言", 1, {"label=han-comma", "label-before=", "han-turn=6/letter"}, {"label-before=han-comma"}),
    ("”\nA", 0, {"ends=sign", "single=closing>upper", "turn-behind=sign>upper"}, {"ends=closing"}),
    ("He said so.12\n“Never.”", 0, {"ends=stop-digit", "behind=tiny"}, {"ends=digit"}),
    ("He said so.12\n“Never.”", 1, {"ends=quoted-stop", "turn=stop-digit>quote"}, {"ends=closing"}),
    ("Tea ........ 3\nOn", 1, {"page-of-contents=True", "after=leader"}, set()),
    ("* A fellow\nOn", 1, {"star-above=1/True", "notes-around=//"}, set()),
    ("Notes\nOn", 1, {"notes-around=//headed", "notes-around=//headed/upper"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "has", "lacks"), NAMED)
def test_names(text: str, line: int, has: set[str], lacks: set[str]) -> None:
    names = described(text)[line]
    assert has <= names
    assert not lacks & names


def test_every_feature_has_a_name_of_its_own() -> None:
    names = feature_names()
    assert names[0] == ""
    assert len(set(names)) == len(names)
    assert all(values_of(condition) for condition in TEMPLATES if condition)
    assert all(len(set(values)) == len(values) for values in VALUES.values())


def in_whole_numbers(features: Features) -> NDArray[np.int64]:
    """What `Network.score` computes, in integers from first to last."""
    network = load_weights().network
    count = len(features)

    def shifted(sums: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
        return np.clip(sums >> bits, 0, TOP)

    total = np.zeros((count, len(network.bias)), dtype=np.int64) + network.bias
    for numbers in number_features(features.columns):
        total += network.by_number[numbers] * (numbers > 0)[:, None]
    for row, side in zip(SIGN_ROWS, features.sides, strict=True):
        for at, bits in enumerate(features.sets[side].tolist()):
            for sign in range(len(SIGNS)):
                total[at] += network.by_number[row.first + 1 + sign] * (bits >> sign & 1)
    width = len(network.bias) // len(network.towers)
    whole = np.zeros((count, len(LABELS)), dtype=np.int64)
    for number, tower in enumerate(network.towers):
        units = shifted(total[:, number * width : (number + 1) * width], EMBEDDING_BITS)
        scores = units @ tower.scores.astype(np.int64) + tower.score_bias
        for layer in tower.layers:
            means = np.array(
                [units[max(0, at - BREADTH) : at + BREADTH + 1].mean(axis=0) // 1 for at in range(count)],
                dtype=np.int64,
            )
            sums = means @ layer.around.astype(np.int64) + layer.bias
            for place, weights in enumerate(layer.weights.astype(np.int64)):
                far = (place - len(layer.weights) // 2) * layer.apart
                for at in range(max(0, -far), min(count, count - far)):
                    sums[at] += units[at + far] @ weights
            units = shifted(sums, WEIGHT_BITS)
            scores += units @ layer.scores.astype(np.int64)
        whole += scores >> SCORE_BITS
    return whole


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.name)
def test_products_are_exact(path: Path) -> None:
    evidence = evidence_of(path.read_text("utf-8", errors="replace"))
    lines = text_lines([at // 30 for at in range(len(evidence.lines))], [False] * len(evidence.lines))
    features = find_features(evidence, lines)
    assert (load_weights().network.score(features) == in_whole_numbers(features)).all()


def test_weights_are_small_enough_to_be_exact() -> None:
    load_weights().network.check()


def test_weights_too_great_are_refused() -> None:
    network = load_weights().network
    great = replace(network, towers=[replace(tower, scores=tower.scores * 1000) for tower in network.towers])
    with pytest.raises(ValueError, match="not exact"):
        great.check()
    high = replace(network, embeddings=np.full_like(network.embeddings, 30_000))
    with pytest.raises(ValueError, match="do not fit"):
        high.check()


def test_networks_united_score_as_their_sum() -> None:
    """Each tower by itself, with features that it alone knows, against all of them."""
    network = load_weights().network
    width = len(network.bias) // len(network.towers)
    alone = []
    for number, tower in enumerate(network.towers):
        own = slice(number * width, (number + 1) * width)
        names = [name for at, name in enumerate(network.rows) if at % len(network.towers) != number]
        taken = [*(network.rows[name] for name in names), len(network.rows)]
        rows = {name: row for row, name in enumerate(names)}
        alone.append(Network(rows, network.embeddings[taken][:, own], network.bias[own], [tower]))
    united = unite(alone)
    evidence = evidence_of("\n".join(LINES))
    lines = text_lines([0] * len(evidence.lines), [False] * len(evidence.lines))
    features = find_features(evidence, lines)
    assert (united.score(features) == sum(one.score(features) for one in alone)).all()


def test_every_weight_belongs_to_a_feature() -> None:
    assert set(load_weights().network.rows) <= set(feature_names())


def test_every_template_stands_in_one_group() -> None:
    grouped = [row for group in GROUPS for row in group.templates]
    assert sorted(grouped, key=lambda row: row.first) == list(ROWS)
    for group in GROUPS:
        assert {name for row in group.templates for name in (*row.columns, row.condition)} - {""} == set(group.columns)
    assert 2 * len(GROUPS) < len(ROWS)  # else nothing is won


def test_no_line_has_no_features() -> None:
    assert describe(evidence_of(""), []) == []


def plain_walk(scores: Scores, moves: Scores, kinds: list[int]) -> list[Scores]:
    totals = [scores[0]]
    for own, kind in zip(scores[1:], kinds[1:], strict=True):
        totals.append((totals[-1][:, None] + moves[kind]).max(axis=0) + own)
    return totals


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 130), st.sampled_from([2, 40, 10_000]), st.sampled_from([0, 1, 40, 10_000]), st.integers(0, 99))
def test_many_stretches_at_once_are_walked_like_one(count: int, high: int, far: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(-high, high, (count, 5))
    moves = random.integers(-far, far + 1, (2, 5, 5))
    moves[0, 1, 2] = -1_000_000_000
    if seed % 2:  # labels that hardly ever change: nothing is forgotten over many stretches
        moves[:] = np.where(np.eye(5, dtype=bool), 0, -1_000_000)
    kinds = random.integers(0, 2, count)
    found, plain = walk(scores, moves, kinds), np.array(plain_walk(scores, moves, kinds.tolist()))
    assert (found - found[:, :1] == plain - plain[:, :1]).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.sampled_from([1, 30, 3000]), st.integers(0, 99))
def test_labels_are_those_of_the_best_sequence(count: int, high: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    weights = load_weights()
    scores = random.integers(-high, high + 1, (count, len(LABELS)))
    new_page = (random.random(count) < 0.1).tolist()
    moves = np.stack((weights.within, weights.across))
    first = scores.copy()
    first[0] += weights.first
    totals = plain_walk(first, moves, [int(new) for new in new_page])
    path = [int(totals[-1].argmax())]
    for at in range(count - 1, 0, -1):
        path.append(int((totals[at - 1] + moves[int(new_page[at])][:, path[-1]]).argmax()))
    labels, margins = decode(weights, scores, new_page)
    assert labels == [LABELS[label] for label in reversed(path)]
    assert min(margins) >= 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("counted by the", "word"), ("wie er in der", "word"), ("dans les", "word"), ("他在码头上看见的", "word"),
        ("as shown in Fig.", "counted"), ("see Table", "counted"), ("the ferrymen", ""), ("a quay.", ""), ("so.", ""), ("码头。", ""),
    ],
)  # fmt: skip
def test_open_ends(text: str, expected: str) -> None:
    assert open_end(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Edda Quillan", "none"), ("Edda Quillan*", "none"), ("EDDA QUILLAN", "none"), ("Edda Quillan and Tam Oreskes", "none"),
        ("Two Little Wooden Shoes", "all"), ("The Ferries of Quillan", "small"), ("Der grüne Kahn", "small"), ("John Smith", "all"),
        ("She went home.", ""), ("林 岸", "han"), ("林岸", "han"), ("林岸 河运博物馆馆长", "han"), ("本刊记者 林岸", "han"), ("渡口的灯", ""),
    ],
)  # fmt: skip
def test_people(text: str, expected: str) -> None:
    assert people_in(text) == expected
