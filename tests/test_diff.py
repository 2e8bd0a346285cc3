"""Two builds compared: what is said to have changed did, nothing else did, and it is put down to what did it."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline import cli
from pipeline.build import build
from pipeline.comparison import compare, markdown, text, words
from pipeline.comparison import json as in_json
from pipeline.comparison.differences import compare_documents
from pipeline.comparison.documents import Article, Block, Document, Row, kind_of
from pipeline.comparison.model import Change, Difference
from pipeline.comparison.order import find_moved
from pipeline.comparison.totals import FAILURES, failures_of
from pipeline.errors import UsageError
from pipeline.resources import schema_path

Piece = tuple[str, str, str]  # block id or "", raw, rules
Shown = tuple[str, str, str | None, str | None]  # what, how, old id, new id


# Words.


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", []),
        ("the ferry", "the ferry", []),
        ("the hand-over came", "the handover came", [("hand-over", "handover")]),
        ("the old man sat", "a new man sat", [("the old", "a new")]),
        ("on the boat", "on the long boat", [("", "long ")]),
        ("渡口的书吏逐日登记", "渡口的書吏每日登记", [("书", "書"), ("逐", "每")]),
        ("来往,登记", "来往，登记", [(",", "，")]),
        ("It was noon.", "渡船每日往返。", [("It was noon.", "渡船每日往返。")]),
        ("same words, all of them", "", [("same words, all of them", "")]),
    ],
)
def test_texts_word_by_word(old: str, new: str, shown: list[tuple[str, str]]) -> None:
    cuts = words.differ(old, new)
    assert [(old[a:b], new[c:d]) for a, b, c, d in cuts] == shown


LETTERS = st.text(st.sampled_from("ab 书書，。-\n\U00020000é1"), max_size=40)


@given(LETTERS, LETTERS)
def test_word_changes_can_be_carried_out_both_ways(old: str, new: str) -> None:
    cuts = words.differ(old, new)
    assert words.apply(old, [(cut.old_start, cut.old_end, new[cut.new_start : cut.new_end]) for cut in cuts]) == new
    assert words.differ(new, old) == [(cut[2], cut[3], cut[0], cut[1]) for cut in cuts]
    assert all(old[a:b] != new[c:d] for a, b, c, d in cuts)
    assert (not cuts) == (old == new)


@given(LETTERS)
def test_tokens_are_the_text(whole: str) -> None:
    assert "".join(words.tokens(whole)) == whole


def test_a_long_text_takes_no_long_time() -> None:
    old = "".join(chr(0x4E00 + at * at % 997) for at in range(40_000))
    assert len(words.differ(old, old[::-1] + "。")) >= 1


# Order.


@pytest.mark.parametrize(
    ("places", "moved"),
    [([], []), ([4, 7, 9], []), ([2, 0, 1], [0]), ([1, 2, 0], [2]), ([0, 3, 1, 2, 4], [1])],
)
def test_what_moved_is_the_least(places: list[int], moved: list[int]) -> None:
    assert sorted(find_moved(places, [1] * len(places))) == moved


def test_the_lighter_one_moved() -> None:
    assert find_moved([1, 0], [9, 2]) == {1}
    assert find_moved([1, 0], [2, 9]) == {0}


@given(st.permutations(range(9)), st.lists(st.integers(1, 1 << 40), min_size=9, max_size=9))
def test_what_did_not_move_rises_and_weighs_most(places: list[int], weights: list[int]) -> None:
    moved = find_moved(places, weights)
    stays = [at for at in range(9) if at not in moved]
    assert [places[at] for at in stays] == sorted(places[at] for at in stays)
    best = [0] * 9  # the plain quadratic way
    for at in range(9):
        best[at] = weights[at] + max((best[b] for b in range(at) if places[b] < places[at]), default=0)
    assert sum(weights[at] for at in stays) == max(best)


# Documents, made by hand: (block or nothing, raw, rules), one piece of the witness after the other.


def document(pieces: list[Piece], titles: dict[str, str] | None = None) -> Document:
    rows, blocks, place = [], {}, 0
    heads: dict[str, str | None] = {}
    for name, raw, rules in pieces:
        reading, at = raw, None
        if name:
            article = name.partition("/")[0]
            block = blocks.setdefault(name, Block(name, kind_of(name), article, order=len(blocks)))
            at = len(block.text)
            block.rows.append(len(rows))
            block.inside = heads.get(article) if block.kind == "paragraph" else None
            reading = raw.replace("-\n", "") if "line-end-hyphen" in rules else raw.replace("\n", " ")
            block.text += reading
            if block.kind == "head":
                heads[article] = name
        else:
            reading = ""
        fate = "kept" if reading == raw else "joined" if name else "dropped"
        rows.append(Row(place, place + len(raw), fate, None, tuple(rules.split()), raw, reading, "7", name or None, at))
        place += len(raw)
    names = dict.fromkeys(block.article for block in blocks.values())
    articles = {
        name: Article(name, 0 if name == "matter" else seq, "title-lines", {"title": (titles or {}).get(name, name)})
        for seq, name in enumerate(names, 1)
    }
    return Document("d", articles, blocks, rows)


def changes(old: Document, new: Document, *, same: bool, causes: tuple[str, ...] = ("program",)) -> tuple[Change, ...]:
    return compare_documents(old, new, causes, is_same_witness=same)  # type: ignore[arg-type]


def shown(found: tuple[Change, ...]) -> list[Shown]:
    return [
        (one.what, " ".join(one.how), one.old.id[2:] if one.old else None, one.new.id[2:] if one.new else None)
        for one in found
    ]


P = "paragraph-lines"
FERRY = "The ferry crossed at dawn with the post. "
COTTON = "Bales of cotton lay on the quay until noon. "
LEDGER = "The clerk wrote every boat into his ledger. "
TOLLS = "Tolls were doubled in the year of the flood. "

CASES: dict[str, tuple[list[Piece], list[Piece], list[Shown]]] = {
    "a hyphen kept": (
        [("a01/p0001", "the hand", P), ("a01/p0001", "-\n", P + " line-end-hyphen"), ("a01/p0001", "over came", P)],
        [("a01/p0001", "the hand-\nover came", P)],
        [("paragraph", "changed", "a01/p0001", "a01/p0001")],
    ),
    "a running head in the text, and now not": (
        [("a01/p0001", FERRY, P), ("a01/p0002", "12 River Papers ", P), ("a01/p0003", LEDGER, P)],
        [("a01/p0001", FERRY, P), ("", "12 River Papers ", "running-head"), ("a01/p0002", LEDGER, P)],
        [("paragraph", "removed", "a01/p0002", None)],
    ),
    "a paragraph cut in two": (
        [("a01/p0001", COTTON + FERRY, P)],
        [("a01/p0001", COTTON, P), ("a01/p0002", FERRY, P)],
        [("paragraph", "changed", "a01/p0001", "a01/p0001"), ("paragraph", "added", None, "a01/p0002")],
    ),
    "a paragraph that is a head": (
        [("a01/p0001", FERRY, P), ("a01/p0002", "Of tolls ", P), ("a01/p0003", TOLLS, P)],
        [("a01/p0001", FERRY, P), ("a01/s0001", "Of tolls ", "plain-head"), ("a01/p0002", TOLLS, P)],
        [("head", "changed", "a01/p0002", "a01/s0001")],
    ),
    "a paragraph that is a note": (
        [("a01/p0001", FERRY, P), ("a01/p0002", "1 See the ledger. ", P)],
        [("a01/p0001", FERRY, P), ("a01/n0001", "1 See the ledger. ", "note-lines")],
        [("note", "changed", "a01/p0002", "a01/n0001")],
    ),
    "a paragraph under another head": (
        [("a01/s0001", "One ", "h"), ("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P), ("a01/s0002", "Two ", "h"),
         ("a01/p0003", TOLLS, P)],
        [("a01/s0001", "One ", "h"), ("a01/p0001", FERRY, P), ("a01/s0002", "", "h"), ("a01/p0002", COTTON, P),
         ("a01/s0002", "Two ", "h"), ("a01/p0003", TOLLS, P)],
        [("paragraph", "moved", "a01/p0002", "a01/p0002")],
    ),
    "a paragraph in another article": (
        [("a01/title", "Ferries ", "t"), ("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P),
         ("a02/title", "Tolls ", "t"), ("a02/p0001", TOLLS, P)],
        [("a01/title", "Ferries ", "t"), ("a01/p0001", FERRY, P), ("a02/p0001", COTTON, P),
         ("a02/title", "Tolls ", "t"), ("a02/p0002", TOLLS, P)],
        [("paragraph", "moved", "a01/p0002", "a02/p0001")],
    ),
    "an article cut in two": (
        [("a01/title", "Ferries ", "t"), ("a01/p0001", FERRY + COTTON, P), ("a01/p0002", "Tolls ", P),
         ("a01/p0003", TOLLS, P)],
        [("a01/title", "Ferries ", "t"), ("a01/p0001", FERRY + COTTON, P), ("a02/title", "Tolls ", "t"),
         ("a02/p0001", TOLLS, P)],
        [("article", "added", None, "a02"), ("paragraph", "removed", "a01/p0002", None)],
    ),
    "matter that is an article": (
        [("matter/p0001", FERRY + COTTON, P)],
        [("a01/p0001", FERRY + COTTON, P)],
        [("article", "added", None, "a01")],
    ),
    "matter that goes into an article": (
        [("matter/p0001", LEDGER, P), ("a01/p0001", FERRY + COTTON, P)],
        [("a01/p0001", LEDGER, P), ("a01/p0002", FERRY + COTTON, P)],
        [("paragraph", "moved", "matter/p0001", "a01/p0001")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_witness_read_in_two_ways(name: str) -> None:
    old, new, expected = CASES[name]
    assert shown(changes(document(old), document(new), same=True)) == expected


OTHERS: dict[str, tuple[list[Piece], list[Piece], list[Shown]]] = {
    "a word corrected": (
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P)],
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON.replace("cotton", "silk"), P)],
        [("paragraph", "changed", "a01/p0002", "a01/p0002")],
    ),
    "a paragraph put in front": (
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P)],
        [("a01/p0001", TOLLS, P), ("a01/p0002", FERRY, P), ("a01/p0003", COTTON, P)],
        [("paragraph", "added", None, "a01/p0001")],
    ),
    "one taken out": (
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P), ("a01/p0003", TOLLS, P)],
        [("a01/p0001", FERRY, P), ("a01/p0002", TOLLS, P)],
        [("paragraph", "removed", "a01/p0002", None)],
    ),
    "one put last": (
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P), ("a01/p0003", TOLLS, P)],
        [("a01/p0001", COTTON, P), ("a01/p0002", TOLLS, P), ("a01/p0003", FERRY, P)],
        [("paragraph", "moved", "a01/p0001", "a01/p0003")],
    ),
    "changed and put into another article": (
        [("a01/p0001", FERRY, P), ("a01/p0002", COTTON, P), ("a02/p0001", TOLLS, P), ("a02/p0002", LEDGER, P)],
        [("a01/p0001", FERRY, P), ("a02/p0001", TOLLS, P), ("a02/p0002", COTTON.replace("noon", "dusk"), P),
         ("a02/p0003", LEDGER, P)],
        [("paragraph", "changed moved", "a01/p0002", "a02/p0002")],
    ),
    "a short head between known neighbours": (
        [("a01/p0001", FERRY, P), ("a01/s0001", "Tolls", "h"), ("a01/p0002", COTTON, P)],
        [("a01/p0001", FERRY, P), ("a01/s0001", "1 Tolls", "h"), ("a01/p0002", COTTON, P)],
        [("head", "changed", "a01/s0001", "a01/s0001")],
    ),
    "separators that stand in every article": (
        [("a01/p0001", FERRY, P), ("a01/p0002", "* * *", P), ("a02/p0001", COTTON, P), ("a02/p0002", "* * *", P)],
        [("a01/p0001", FERRY, P), ("a02/p0001", COTTON, P), ("a02/p0002", "* * *", P)],
        [("paragraph", "removed", "a01/p0002", None)],
    ),
    "nothing in common": (
        [("a01/p0001", FERRY, P)],
        [("a01/p0001", "渡口的书吏逐日登记过往的船只。", P)],
        [("article", "added", None, "a01"), ("article", "removed", "a01", None),
         ("paragraph", "added", None, "a01/p0001"), ("paragraph", "removed", "a01/p0001", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_another_witness(name: str) -> None:
    old, new, expected = OTHERS[name]
    assert sorted(shown(changes(document(old), document(new), same=False)), key=str) == sorted(expected, key=str)


def test_a_rule_is_named_for_each_stretch() -> None:
    old, new, _ = CASES["a hyphen kept"]
    (change,) = changes(document(old), document(new), same=True, causes=("settings",))
    (stretch,) = change.words
    assert (stretch.old, stretch.new, stretch.causes) == ("handover", "hand- over", ("settings",))
    assert (stretch.rules.old, stretch.rules.new) == (("line-end-hyphen",), ())


def test_a_rule_is_named_for_a_whole_block() -> None:
    old, new, _ = CASES["a running head in the text, and now not"]
    (change,) = changes(document(old), document(new), same=True)
    assert (change.rules.old, change.rules.new) == ((P,), ("running-head",))


def test_where_the_text_went_is_said() -> None:
    old, new, _ = CASES["a paragraph cut in two"]
    assert [one.partner for one in changes(document(old), document(new), same=True)] == [None, "d/a01/p0001"]
    old, new, _ = CASES["an article cut in two"]
    found = {(one.what, one.how[0]): one.partner for one in changes(document(old), document(new), same=True)}
    assert found == {("article", "added"): "d/a01", ("paragraph", "removed"): "d/a02/title"}


def test_only_what_stands_in_a_changed_line_is_put_down_to_the_source() -> None:
    first, second = FERRY + "\n", "the hand-\nover came\n" + TOLLS + "\n"
    old = document([("a01/p0001", first, P), ("a01/p0002", second, P + " line-end-hyphen")])
    new = document([("a01/p0001", first.replace("dawn", "dusk"), P), ("a01/p0002", second, P)])
    found = changes(old, new, same=False, causes=("source", "program"))
    assert [(one.new.id, one.causes) for one in found if one.new] == [
        ("d/a01/p0001", ("source",)), ("d/a01/p0002", ("program",)),
    ]  # fmt: skip
    assert found[1].words[0].rules.old == ("line-end-hyphen",)


# Properties of documents: the same characters cut into blocks in two ways, and two sets of paragraphs.

WORDS = ("ferry", "dawn", "quay", "ledger", "toll", "flood", "书吏", "渡口", "每日", "cotton")
NAMES = ("a01/p", "a01/s", "a01/n", "a02/p", "matter/p", "")
CUTS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(NAMES)), min_size=1, max_size=12)


def cut(witness: list[str], cuts: list[tuple[int, str]]) -> Document:
    pieces, place = [], 0
    numbers: Counter[str] = Counter()
    for length, prefix in cuts:
        part = "".join(witness[place : place + length])
        place += length
        numbers[prefix] += 1
        if part:
            pieces.append((f"{prefix}{numbers[prefix]:04}" if prefix else "", part, P))
    if witness[place:]:
        pieces.append(("", "".join(witness[place:]), "running-head"))
    return document(pieces)


def turned(found: tuple[Change, ...]) -> Counter[tuple[object, ...]]:
    """Changes as those in the other direction would be."""
    hows = {"added": "removed", "removed": "added"}
    return Counter(
        (
            one.old and one.old.id, one.new and one.new.id, tuple(hows.get(how, how) for how in one.how), one.partner,
            tuple((w.new_start, w.new_end, w.old_start, w.old_end, w.new, w.old, w.rules.new, w.rules.old)
                  for w in one.words),
        )
        for one in found
    )  # fmt: skip


def plain(found: tuple[Change, ...]) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            one.new and one.new.id, one.old and one.old.id, one.how, one.partner,
            tuple((w.old_start, w.old_end, w.new_start, w.new_end, w.old, w.new, w.rules.old, w.rules.new)
                  for w in one.words),
        )
        for one in found
    )  # fmt: skip


def hold(old: Document, new: Document, *, same: bool) -> None:
    """What holds of any two documents."""
    found = changes(old, new, same=same)
    assert turned(found) == plain(changes(new, old, same=same))
    gone = {one.old.id[2:] for one in found if one.old and "removed" in one.how}
    come = {one.new.id[2:] for one in found if one.new and "added" in one.how}
    olds = {name for name, block in old.blocks.items() if block.kind != "front"} - gone
    news = {name for name, block in new.blocks.items() if block.kind != "front"} - come
    assert len(olds) == len(news)
    texts = Counter(old.blocks[name].text for name in olds)
    for one in found:
        if one.what == "article" or one.old is None or one.new is None:
            continue
        before, after = old.blocks[one.old.id[2:]].text, new.blocks[one.new.id[2:]].text
        assert one.text == before
        assert words.apply(before, [(w.old_start, w.old_end, w.new) for w in one.words]) == after
        texts[before] -= 1
        texts[after] += 1
    assert +texts == Counter(new.blocks[name].text for name in news)  # what is not told of did not change


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), CUTS, CUTS)
def test_one_witness_cut_in_two_ways(witness: list[str], one: list[tuple[int, str]], other: list[tuple[int, str]]) -> None:  # fmt: skip
    spread = [word + (" " if word.isascii() else "") for word in witness]
    hold(cut(spread, one), cut(spread, other), same=True)
    assert changes(cut(spread, one), cut(spread, one), same=True) == ()


PARAGRAPHS = st.lists(st.tuples(st.sampled_from(NAMES[:5]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)), max_size=10)  # fmt: skip


def written(paragraphs: list[tuple[str, list[str]]]) -> Document:
    numbers: Counter[str] = Counter()
    pieces = []
    for prefix, parts in sorted(paragraphs, key=lambda one: one[0]):
        numbers[prefix] += 1
        pieces.append((f"{prefix}{numbers[prefix]:04}", " ".join(parts), P))
    return document(pieces)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, PARAGRAPHS)
def test_two_witnesses(one: list[tuple[str, list[str]]], other: list[tuple[str, list[str]]]) -> None:
    hold(written(one), written(other), same=False)
    assert changes(written(one), written(one), same=False) == ()


# Whole builds.

TEXT = """The Ledgers of {town}

By Ada Lin

The clerks of {town} wrote down every boat that passed, and
their books are the best witness of the long-
term trade between the two banks and of its regu-
lation.

{town} had no harbour. Whoever wanted to land there had to know
the sandbanks, and to pay a man who knew them better.
"""
TOWNS = ("Mill Bridge", "Ferry Lane", "Stone Gate", "Salt Quay")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff")
    (folder / "raw").mkdir()
    for number, town in enumerate(TOWNS):
        (folder / "raw" / f"s{number}.txt").write_text(TEXT.format(town=town), "utf-8")
    built(folder)
    return folder


def built(folder: Path, name: str = "out") -> Path:
    build(folder / "raw", folder / name, jobs=1, cache=folder / "cache")
    return folder / name


@pytest.fixture
def corpus(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(base / "raw", tmp_path / "raw")
    shutil.copytree(base / "out", tmp_path / "old")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def differences(old: Path, new: Path) -> dict[str, Difference]:
    return {one.doc_id: one for one in compare(old, new).differences()}


def test_a_build_and_itself(base: Path) -> None:
    found = compare(base / "out", base / "out")
    assert [*found.differences()] == []
    assert (found.totals.documents, found.totals.of("changes")) == ({"same": 4}, 0)
    assert [*text.write(compare(base / "out", base / "out"))] == ["documents: 4 same"]


def test_sources_that_came_went_changed_and_were_renamed(corpus: Path) -> None:
    raw = corpus / "raw"
    (raw / "s0.txt").unlink()
    (raw / "s1.txt").rename(raw / "s9.txt")
    (raw / "s2.txt").write_text(TEXT.format(town="Stone Gate").replace("sandbanks", "shallows"), "utf-8")
    (raw / "new.txt").write_text(TEXT.format(town="Crow Wharf"), "utf-8")
    found = differences(corpus / "old", built(corpus))
    assert {name: (one.status, one.old_id) for name, one in found.items()} == {
        "new": ("added", "new"), "s0": ("removed", "s0"), "s2": ("changed", "s2"), "s9": ("renamed", "s1"),
    }  # fmt: skip
    assert (found["s9"].changes, found["s9"].causes) == ((), ("program",)) or found["s9"].changes == ()
    (change,) = found["s2"].changes
    assert ([(w.old, w.new) for w in change.words], change.causes) == ([("sandbanks", "shallows")], ("source",))
    assert found["s2"].files == (("s2.txt", "changed"),)
    assert found["s0"].counts is not None
    assert (found["s0"].counts.article, found["s0"].counts.paragraph) == (1, 2)


def test_names_that_change_in_a_ring(corpus: Path) -> None:
    raw = corpus / "raw"
    for old, new in (("s0", "x"), ("s1", "s0"), ("x", "s1")):
        (raw / f"{old}.txt").rename(raw / f"{new}.txt")
    found = differences(corpus / "old", built(corpus))
    assert {name: (one.status, one.old_id, len(one.changes)) for name, one in found.items()} == {
        "s0": ("renamed", "s1", 0), "s1": ("renamed", "s0", 0),
    }  # fmt: skip


def test_settings_are_named_with_the_rules_they_moved(corpus: Path) -> None:
    (corpus / "jiaokan.toml").write_text('[line_ends]\nhyphens = "keep"\n')
    found = compare(corpus / "old", built(corpus))
    changed = [*found.differences()]
    (value,) = found.heading.settings
    assert (value.name, value.old, value.new) == ("line_ends.hyphens", "evidence", "keep")
    stretch = changed[0].changes[0].words[0]
    assert (stretch.old, stretch.new, stretch.causes) == ("regulation", "regu-lation", ("settings",))
    assert (stretch.rules.old, stretch.rules.new) == (("line-end-hyphen",), ("hyphens-as-set",))
    assert ("line-end-hyphen", 4, 0) in found.totals.by_rule()
    assert found.totals.documents == {"changed": 4}


def test_another_program_is_named_with_its_rules(corpus: Path) -> None:
    (corpus / "jiaokan.toml").write_text('[line_ends]\nhyphens = "keep"\n')
    new = built(corpus)
    told = json.loads((corpus / "old" / "manifest.json").read_text("utf-8"))
    own = json.loads((new / "manifest.json").read_text("utf-8"))
    own |= {"jiaokan": "9.9", "settings": told["settings"], "options": told["options"]}
    (new / "manifest.json").write_text(json.dumps(own), "utf-8")
    found = compare(corpus / "old", new)
    (stretch, *_) = next(found.differences()).changes[0].words
    assert (stretch.causes, stretch.rules.new) == (("program",), ("hyphens-as-set",))
    assert (found.heading.old.version, found.heading.new.version) != ("9.9", "9.9")
    assert found.heading.new.version == "9.9"


def test_a_sidecar_is_the_cause_of_what_it_corrects(corpus: Path) -> None:
    sidecar = '[[correction]]\nquote = "the sandbanks"\naction = "replace"\nwith = "the shallows"\n'
    (corpus / "raw" / "s1.toml").write_text(sidecar)
    (corpus / "raw" / "s2.toml").write_text('[metadata]\njournal = "Salt Quay Papers"\n')
    (corpus / "raw" / "s3.toml").write_text('[script]\ntarget = "hans"\n')
    comparison = compare(corpus / "old", built(corpus))
    found = {one.doc_id: one for one in comparison.differences()}
    (change,) = found["s1"].changes
    assert (change.causes, change.words[0].rules.new) == (("sidecar",), ("hand",))
    (article,) = found["s2"].changes
    assert [(value.name, value.old, value.new) for value in article.values] == [("journal", None, "Salt Quay Papers")]
    assert found["s1"].files == (("s1.toml", "added"),)
    assert ("s3" in found, comparison.totals.unaffected) == (False, 1)


def test_a_source_that_fails_and_recovers(corpus: Path) -> None:
    (corpus / "raw" / "s1.txt").write_bytes(bytes(range(256)) * 20)
    new = built(corpus)
    failed = differences(corpus / "old", new)["s1"]
    assert (failed.status, failed.counts and failed.counts.article, "text" in failed.error) == ("failed", 1, True)
    recovered = differences(new, corpus / "old")["s1"]
    assert (recovered.status, recovered.error) == ("recovered", "")
    totals = compare(corpus / "old", new)
    assert len([*totals.differences()]) == 1
    assert (totals.totals.of("removed-articles"), totals.totals.of("failed-documents")) == (1, 1)


def test_an_older_build_without_settings_or_columns(corpus: Path) -> None:
    path = corpus / "old" / "manifest.json"
    told = json.loads(path.read_text("utf-8"))
    del told["options"]
    path.write_text(json.dumps(told), "utf-8")
    (corpus / "jiaokan.toml").write_text('[line_ends]\nhyphens = "keep"\n')
    found = compare(corpus / "old", built(corpus))
    assert {one.causes for one in found.differences()} == {("settings",)}
    assert found.heading.settings == ()
    for form in (text, markdown):
        told = "\n".join(form.write(compare(corpus / "old", corpus / "out")))
        assert "one of the builds does not name its own" in told


# How it is told.


@pytest.fixture
def changed(corpus: Path) -> Path:
    raw = corpus / "raw"
    (raw / "s0.txt").unlink()
    (raw / "s1.txt").rename(raw / "s`*_9.txt")
    odd = "shallows <b>*bold*</b> | `code` [x](y) & ~tilde~ # $1$ @them"
    (raw / "s2.txt").write_text(TEXT.format(town="Stone Gate").replace("sandbanks", odd), "utf-8")
    (raw / "s3.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "jiaokan.toml").write_text('[line_ends]\nhyphens = "keep"\n')
    built(corpus)
    return corpus


def test_json_is_as_its_schema_says(changed: Path) -> None:
    told = json.loads("\n".join(in_json.write(compare(changed / "old", changed / "out"))))
    jsonschema.validate(told, json.loads(schema_path("diff.json").read_text("utf-8")))
    assert [one["doc_id"] for one in told["documents"]] == ["s0", "s2", "s3", "s`*_9"]
    change = next(one for one in told["documents"][1]["changes"] if one["words"])
    new = words.apply(change["text"], [(w["old_start"], w["old_end"], w["new"]) for w in change["words"]])
    assert "know the shallows <b>" in new or "regu-lation" in new
    assert told["totals"]["documents"]["renamed"] == 1
    empty = json.loads("\n".join(in_json.write(compare(changed / "old", changed / "old"))))
    jsonschema.validate(empty, json.loads(schema_path("diff.json").read_text("utf-8")))
    assert empty["documents"] == []


def test_markdown_shows_texts_as_they_are(changed: Path) -> None:
    told = "\n".join(markdown.write(compare(changed / "old", changed / "out")))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(told)
    inlines = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inlines for child in token.children or ()}
    assert kinds <= {"text", "text_special", "code_inline", "html_inline", "strong_open", "strong_close", "softbreak"}
    html = {child.content for token in inlines for child in token.children or () if child.type == "html_inline"}
    assert html == {"<del>", "</del>", "<ins>", "</ins>"}
    shown = [
        "".join(child.content for child in token.children or () if child.type != "html_inline") for token in inlines
    ]
    assert any("shallows <b>*bold*</b> | `code` [x](y) & ~tilde~ # $1$ @them" in one for one in shown)
    assert "s`*_9" in shown
    assert {token.tag for token in tokens if token.type == "heading_open"} == {"h2", "h3"}
    assert "line_ends.hyphens: evidence → keep" in shown


def test_markdown_says_how_much_is_left_out(changed: Path) -> None:
    whole = compare(changed / "old", changed / "out")
    count = sum(max(len(one.changes), 1) for one in whole.differences())
    for most in range(count + 1):
        lines = [*markdown.write(compare(changed / "old", changed / "out"), most)]
        told = "\n".join(lines)
        shown = sum(line.startswith("- ") and " changed: " in line for line in lines)
        assert ("Not shown: " in told) == (most < count), most
        assert shown <= most


def test_markdown_has_an_end(monkeypatch: pytest.MonkeyPatch, changed: Path) -> None:
    monkeypatch.setattr(markdown, "LONGEST", 400)
    told = "\n".join(markdown.write(compare(changed / "old", changed / "out")))
    assert len(told) < 1600
    assert "Not shown: " in told


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *wished: str) -> tuple[object, str, str]:
    monkeypatch.setattr(sys, "argv", ["jiaokan", *wished])
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code, *capsys.readouterr()


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [
        ("", 0), ("changed-paragraphs", 1), ("removed-articles", 1), ("moved-notes", 0), ("added-articles", 0),
        ("moved-notes, renamed-documents", 1), ("failed-documents", 1), ("changes", 1),
    ],
)  # fmt: skip
def test_exit_status(
    fail_on: str, status: int, changed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wished = ["--fail-on", fail_on] if fail_on else []
    ended, out, err = run(capsys, monkeypatch, "diff", "old", "out", *wished)
    assert ended == status
    assert "[-sandbanks-]{+shallows <b>" in out
    assert ("--fail-on: " in err) == bool(status)


@pytest.mark.parametrize(
    ("wished", "told"),
    [
        (("old", "nowhere"), "nowhere: is no output of jiaokan: it has no manifest.json"),
        (("old", "raw"), "raw: is no output of jiaokan"),
        (("old",), "Missing argument"),
        (("old", "old", "--fail-on", "removed-artikels"), "did you mean `removed-articles`?"),
        (("old", "old", "--format", "xml"), "xml"),
    ],
)
def test_wrong_usage(
    wished: tuple[str, ...], told: str, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    ended, _, err = run(capsys, monkeypatch, "diff", *wished)
    assert (ended, told in err) == (2, True), err


def test_every_failure_is_known() -> None:
    assert failures_of("") == []
    assert failures_of(",".join(FAILURES)) == list(FAILURES)
    with pytest.raises(UsageError, match="known:"):
        failures_of("xyzzy")


def test_large_row_groups_are_read_once(base: Path) -> None:
    found = compare(base / "out", base / "out")
    tables = found._old._tables
    assert [*found.differences()] == []
    assert all(len(table._loaded) <= 2 for table in tables.values())
    assert not tables["collation"]._loaded
