"""`parallels`: articles and paragraphs that correspond, and those that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Article, Block, Document, Link, Rule, Source
from pipeline.options import Options
from pipeline.stages.parallels import _count_rare, find
from pipeline.stages.parallels.align import align
from pipeline.stages.parallels.units import Text, Unit

RULE = Rule("test", "kept", 100, "Made for a test.")
ENGLISH = "the boats on this canal leave before dawn and pass under old stone bridges while people on both banks wake "
CHINESE = "船在天亮之前离开河岸从古老的石桥下面经过两岸的人家这时才慢慢醒来开门生火做饭"


def text(language: str, size: int, extra: str = "") -> str:
    """About `size` English words of prose, or as much Chinese."""
    if language == "en":
        return " ".join((ENGLISH.split() * 99)[:size]) + f" {extra}."
    return (CHINESE * 99)[: size * 13 // 10] + extra + "。"


def make(*articles: tuple[str, list[int | str]]) -> Document:
    """Articles as (language, sizes of paragraphs); a string is a head or, with a size before it, a token."""
    source, blocks, made = "", {}, []
    for seq, (language, parts) in enumerate(articles, 1):
        names = []
        for part in parts:
            size, _, extra = str(part).partition(" ")
            kind = "p" if size.isdigit() else "head"
            body = text(language, int(size), extra) if kind == "p" else size
            name = f"{seq}.{len(names)}"
            blocks[name] = Block(name, kind, ((len(source), len(source) + len(body)),), RULE, 100)
            source += body + "\n"
            names.append(name)
        made.append(Article(seq, "article", tuple(names), RULE, 100, lang=language))
    return Document(Source("x", source, ()), blocks=blocks, articles=tuple(made))


def _short(name: str) -> str:
    """`a03` as `3`; other names as they are."""
    return name[1:].lstrip("0") if name.startswith("a") else name


def links(document: Document, level: str) -> list[tuple[str, str]]:
    found = find(document, None, Options()).links or ()
    return [(_short(link.from_id), _short(link.to_id)) for link in found if link.level == level]


FIRST: list[int | str] = ["40 1931", 120, 35, "I", 80, 150, 20, 60, "II", 90, 45, "100 1958", 30]
SECOND: list[int | str] = [150, "30 2044", 70, 70, 25, 140, "55 GDP", 20, 95, 33, 110]
THIRD: list[int | str] = [20, 20, 25, 300, 18, 260, 30, 30, 240, 20, 22]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([("en", FIRST), ("en", SECOND), ("zh", FIRST), ("zh", SECOND)], [("1", "3"), ("2", "4")]),
        ([("en", FIRST), ("zh", FIRST), ("en", SECOND), ("zh", SECOND)], [("1", "2"), ("3", "4")]),
        ([("zh-Hant", FIRST), ("en", FIRST)], [("1", "2")]),
        ([("en", FIRST), ("en", SECOND), ("zh", SECOND), ("zh", FIRST)], [("1", "4"), ("2", "3")]),
        ([("en", FIRST), ("en", SECOND), ("zh", SECOND)], [("2", "3")]),
        ([("en", FIRST), ("en", THIRD), ("en", SECOND), ("zh", FIRST), ("zh", SECOND)], [("1", "4"), ("3", "5")]),
        ([("en", FIRST), ("zh", THIRD)], []),
        ([("en", SECOND), ("zh", THIRD), ("zh", FIRST)], []),
        ([("en", FIRST), ("en", FIRST)], []),
        ([("zh-Hans", FIRST), ("zh-Hant", FIRST)], []),
        ([("en", [50, 60]), ("zh", [52, 58])], []),
        ([("en", FIRST), ("zh", [])], []),
    ],
    ids=["blocks", "in turn", "script", "order", "one alone", "one between", "unlike", "unlike two", "one language",
         "scripts are no languages", "too short to tell", "empty"],
)  # fmt: skip
def test_articles(articles: list[tuple[str, list[int | str]]], expected: list[tuple[str, str]]) -> None:
    assert links(make(*articles), "article") == expected


def test_paragraphs_one_to_one_without_heads() -> None:
    found = links(make(("en", FIRST), ("zh", FIRST)), "paragraph")
    assert found == [(f"1.{at}", f"2.{at}") for at, part in enumerate(FIRST) if part not in ("I", "II")]


REST = [600, 30, 250, 90, 210, 60, 180, 120]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([100, 40, 200, 30], [100, 240, 30], [(0, 0), (1, 1), (2, 1), (3, 2)]),
        ([100, 240, 30], [100, 40, 200, 30], [(0, 0), (1, 1), (1, 2), (2, 3)]),
        ([100, *REST], [100, 300, *REST], [(0, 0), *((at, at + 1) for at in range(1, 9))]),
        ([100, 40, 300, 30], [40, 300, 30], [(1, 0), (2, 1), (3, 2)]),
    ],
    ids=["two to one", "one to two", "one left over", "the first left over"],
)
def test_beads(left: list[int], right: list[int], expected: list[tuple[int, int]]) -> None:
    lefts = [Unit(str(at), "x" * 5 * size, False) for at, size in enumerate(left)]
    rights = [Unit(str(at), "x" * 5 * size, False) for at, size in enumerate(right)]
    _, beads = align(lefts, rights)
    assert [(a, b) for a0, a1, b0, b1, _ in beads for a in range(a0, a1) for b in range(b0, b1)] == expected


@pytest.mark.parametrize("at", [0, 1])
def test_shared_numbers_decide_between_equal_lengths(at: int) -> None:
    lefts = [Unit("0", "a" * 100 + " 1931 1958 2004", False)]
    rights = [
        Unit(str(other), "河" * 34 + ("1931和1958和2004" if other == at else "和" * 4), False) for other in (0, 1)
    ]
    beads = [bead for bead in align(lefts, rights)[1] if bead.a1 - bead.a0 and bead.b1 - bead.b0]
    assert [bead[:4] for bead in beads] == [(0, 1, at, at + 1)]


def test_scores_are_whole_per_cent() -> None:
    found = find(make(("en", FIRST), ("zh", FIRST)), None, Options()).links or ()
    assert found
    assert all(isinstance(link, Link) and 0 <= link.score <= 100 for link in found)


def test_an_unaligned_source_has_no_links() -> None:
    assert find(make(("en", FIRST)), None, Options()).links is None


UNITS = st.lists(
    st.builds(
        lambda size, extra, is_head: Unit("", "x" * size + extra, is_head),
        st.integers(1, 400),
        st.sampled_from(["", " 1931", " 2044", " Gdp"]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=25,
)


@given(UNITS, UNITS, st.integers(0, 100))
def test_stopping_early_changes_nothing(lefts: list[Unit], rights: list[Unit], share: int) -> None:
    total, beads = align(lefts, rights)
    least = share * 60 * max(len(lefts), len(rights)) // 100
    assert align(lefts, rights, least) == ((total, beads) if total >= least else None)


@given(UNITS, st.integers(-30, 30))
def test_a_translation_is_found_by_just_what_it_scores(lefts: list[Unit], more: int) -> None:
    rights = [Unit("", "x" * max(1, unit.weight - 3), unit.is_head) for unit in lefts]
    total, beads = align(lefts, rights)
    assert align(lefts, rights, total + more) == ((total, beads) if more <= 0 else None)


class Tokens(Text):
    """An article that is nothing but tokens."""

    def __init__(self, tokens: str) -> None:
        self.tokens = frozenset(tokens)


@settings(deadline=None)
@given(st.lists(st.text("abcdefg", max_size=4), max_size=4), st.lists(st.text("abcdefg", max_size=4), max_size=4))
def test_rare_tokens_are_those_of_a_pair_alone(lefts: list[str], rights: list[str]) -> None:
    counted = _count_rare([*map(Tokens, lefts)], [*map(Tokens, rights)])
    holders = [set(one) for one in (*lefts, *rights)]
    for left, one in enumerate(lefts):
        for right, other in enumerate(rights):
            shared = {token for token in set(one) & set(other) if sum(token in held for held in holders) == 2}
            assert counted[left, right] == len(shared)
