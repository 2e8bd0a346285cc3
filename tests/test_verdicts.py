"""Corrections by hand: each is obeyed, whatever the evidence says, leaves its row, and is proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline import runner, sidecar
from pipeline.collation import collate
from pipeline.edition import ArticleEdition, Edition
from pipeline.errors import SettingsError
from pipeline.evidence import Evidence
from pipeline.model import Article, Block, Changes, Document, Part, Rule, Source
from pipeline.options import Options, Verdict
from pipeline.settings import Settings
from pipeline.stages import STAGES
from pipeline.verdicts import obey, prove, sign
from pipeline.verdicts.blocks import drop, join_paragraphs, keep, split_paragraph

TEXT = """The Weir at Reed Mill

By Ada Lin

The weir at Reed Mill was built in the dry summer of 1788 by the two millers of
the valley, who had not spoken to each other for eleven years. They agreed upon
the height of it by letter, and the letters have come down to us in a tin box.
The stones were brought by boat from the quarry above the second bridge, and it
took nine weeks, because the boatmen would not work when there was a head-
wind, and the millers would not pay for the days on which they rested. A break-
water of oak piles kept the ice off.

SPECIMEN COPY

The letters are short. In most of them the two men speak of nothing but inches,
and of the price of rope, which both of them held to be too high. Only the last
one is different, for it asks after a daughter.

What the Miller Owed
The accounts of the lower mill were kept by a clerk who could write with either
hand, and did so, on facing pages. He entered the debts of the house on the left
and what was owed to it on the right, so that the book could be read at a glance
from across the room; nobody but the miller was ever allowed to stand so near.

The upper mill kept no accounts at all. What we know of its trade we know out of
the clerk's right-hand pages, and from the notches that are cut into the beam of
the door. There are four hundred and six of them, and no one can say of what.
"""

FOUND = Rule("found", "kept", 90, "Found by the test.")


def find_blocks(document: Document, evidence: Evidence, options: Options) -> Changes:
    """In place of `layout`: what stands between empty lines is a block, its kind is told by its beginning."""
    kinds = {"The Weir": "title", "By": "byline", "What the Miller Owed": "head"}
    text = evidence.lines.text
    starts = [at for at, gap in enumerate(evidence.lines.gap) if at == 0 or gap or text[at - 1] in kinds]
    blocks = []
    for start, end in pairwise([*starts, len(text)]):
        kind = next((kind for words, kind in kinds.items() if text[start].startswith(words)), "p")
        span = (evidence.lines.start[start], evidence.lines.end[end - 1])
        blocks.append(Block(f"b{start}", kind, (span,), FOUND, 90))
    return Changes(blocks=(*document.blocks.values(), *blocks))


def find_articles(document: Document, evidence: Evidence, options: Options) -> Changes:
    """In place of `articles`: there is one."""
    blocks = sorted(document.blocks.values(), key=lambda block: block.start)
    names = tuple(block.id for block in blocks if block.kind != "fw")
    return Changes(articles=(Article(1, "article", names, FOUND, 90),))


@pytest.fixture(autouse=True)
def _plain_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {"layout": find_blocks, "articles": find_articles}
    monkeypatch.setattr(runner, "STAGES", [(name, plain.get(name, find)) for name, find in STAGES])


def corrected(*entries: tuple[str, str] | tuple[str, str, str], text: str = TEXT) -> Edition:
    """The edition of a text with corrections (action, quotation, new words)."""
    lines = []
    for action, quote, *words in entries:
        lines += ["[[correction]]", f'action = "{action}"', f"quote = '''{quote}'''"]
        lines += [f"with = '''{words[0]}'''"] if words else []
    beside = sidecar.read("\n".join(lines).encode(), "weir.toml", Settings())
    source = Source("weir", text, (Part("weir.txt", "", len(text.encode()), 0, len(text), ((0, "utf-8"),)),))
    options = Options(verdicts=sidecar.resolve(beside.corrections, source))
    finished = runner.run(source, options)
    return Edition(finished.document, finished.unconverted)


def passages(edition: Edition, *kinds: str) -> list[str]:
    """The texts of all passages of these kinds; of all but the title block without any."""
    wanted = kinds or ("p", "quote", "item", "head", "matter", "caption")
    articles: list[ArticleEdition] = [*edition.articles, *([edition.matter] if edition.matter else [])]
    return [one.text for article in articles for one in article.all_passages() if one.block.kind in wanted]


def begins(text: str) -> Callable[[Edition], bool]:
    return lambda edition: any(one.startswith(text) for one in passages(edition))


def holds(text: str) -> Callable[[Edition], bool]:
    return lambda edition: any(text in one for one in passages(edition))


def lacks(text: str) -> Callable[[Edition], bool]:
    return lambda edition: not any(text in one for one in passages(edition, "p", "head", "matter", "title", "fw"))


def is_kind(text: str, *kinds: str) -> Callable[[Edition], bool]:
    return lambda edition: text in passages(edition, *kinds)


# action, quotation, new words; what must hold
CASES: list[tuple[str, str, str | None, Callable[[Edition], bool]]] = [
    ("join", "a head-wind", None, holds("a headwind, and")),
    ("keep-hyphen", "a head-wind", None, holds("a head-wind, and")),
    ("join", "A break-water of", None, holds("A breakwater of oak")),
    ("keep-hyphen", "A break-water of", None, holds("A break-water of oak")),
    ("join", "held to be too high. Only the last one", None, holds("the lastone is")),
    ("replace", "dry summer of 1788", "wet summer of 1789", holds("in the wet summer of 1789 by")),
    ("replace", "tin box. The stones", "tin box.  Some stones", holds("tin box.  Some stones were")),
    ("drop", "SPECIMEN COPY", None, lacks("SPECIMEN")),
    ("drop", "and of the price of rope, which both of them held to be too high.", None, holds("inches, Only the last")),
    ("paragraph", "in a tin box. The stones were", None, begins("The stones were brought")),
    ("paragraph", "He entered the debts", None, begins("He entered the debts")),
    ("no-paragraph", "stand so near. The upper mill", None, holds("stand so near. The upper mill")),
    ("heading", "What the Miller Owed", None, is_kind("What the Miller Owed", "head")),
    ("heading", "SPECIMEN COPY", None, is_kind("SPECIMEN COPY", "head")),
    ("heading", "The letters are short.", None, is_kind("The letters are short.", "head")),
    ("not-heading", "What the Miller Owed", None, is_kind("What the Miller Owed", "p")),
    ("not-heading", "SPECIMEN COPY", None, is_kind("SPECIMEN COPY", "p")),
    ("keep", "SPECIMEN COPY", None, holds("SPECIMEN COPY")),
    ("article", "What the Miller Owed", None, is_kind("What the Miller Owed", "title")),
]


# What would be so without a correction too: it is signed all the same.
HOLD_ANYWAY = (
    ("keep-hyphen", "a head-wind"),
    ("keep-hyphen", "A break-water of"),
    ("not-heading", "SPECIMEN COPY"),
    ("heading", "What the Miller Owed"),
    ("keep", "SPECIMEN COPY"),
)


@pytest.mark.parametrize(("action", "quote", "new", "check"), CASES, ids=[f"{c[0]}-{c[1][:12]}" for c in CASES])
def test_obeyed(action: str, quote: str, new: str | None, check: Callable[[Edition], bool]) -> None:
    edition = corrected((action, quote, new) if new is not None else (action, quote))
    assert check(edition), passages(edition)
    assert (action, quote) in HOLD_ANYWAY or not check(corrected())
    rows = collate(edition.document).rows()
    start = TEXT.index(quote[:5])
    signed = [row for row in rows if "hand" in row.rules]
    assert any(row.end > start and row.start < start + len(quote) + 40 for row in signed)
    assert all(row.certainty <= 100 for row in signed)


@pytest.mark.parametrize(
    ("one", "other", "quote"),
    [("join", "keep-hyphen", "a head-wind"), ("heading", "not-heading", "What the Miller Owed")],
)
def test_two_that_contradict_differ(one: str, other: str, quote: str) -> None:
    first, second = corrected((one, quote)), corrected((other, quote))
    assert [passages(first, kind) for kind in ("p", "head")] != [passages(second, kind) for kind in ("p", "head")]


def test_an_article_by_hand_has_what_follows() -> None:
    first, second = corrected(("article", "What the Miller Owed")).articles
    assert [passage.text for passage in second.front["title"]] == ["What the Miller Owed"]
    assert [passage.text[:14] for passage, _ in second.passages()] == ["The accounts o", "The upper mill"]
    assert (first.article.seq, second.article.seq) == (1, 2)


def test_many_at_once() -> None:
    edition = corrected(
        ("replace", "dry summer of 1788", "wet summer"), ("join", "a head-wind"), ("drop", "SPECIMEN COPY"),
        ("paragraph", "tin box. The stones"), ("no-paragraph", "stand so near. The upper mill"),
    )  # fmt: skip
    text = "\n".join(passages(edition))
    for words in ("the wet summer by", "headwind", "tin box.\nThe stones", "near. The upper"):
        assert words in text
    assert "SPECIMEN" not in text


def test_without_corrections_nothing_is_signed() -> None:
    assert not any("hand" in row.rules for row in collate(corrected().document).rows())


def test_what_was_replaced_is_not_touched_again() -> None:
    """Spacing would close the letters up, script would bring the characters over."""
    text = TEXT.replace("eleven years", "eleven long years")
    edition = corrected(
        ("replace", "each other for eleven long years", "each (e l e v e n  國国 years ,so)"), text=text
    )
    assert holds("to each (e l e v e n  國国 years ,so). They")(edition)


# action, quotation, new words, a word of the message
REFUSED = [
    ("replace", "kept the ice off. SPECIMEN COPY The letters", "x", "more than one paragraph"),
    ("keep-hyphen", "price of rope", None, "could not be obeyed"),
    ("join", "price of rope", None, "could not be obeyed"),
]


@pytest.mark.parametrize(("action", "quote", "new", "told"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused(action: str, quote: str, new: str | None, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        corrected((action, quote, new) if new is not None else (action, quote))
    assert (caught.value.path, caught.value.line) == ("weir.txt", TEXT[: TEXT.index(quote[:12])].count("\n") + 1)
    assert caught.value.mend


# --- on documents made by hand


def document(text: str, *blocks: tuple[str, str, int, int]) -> Document:
    return Document(
        Source("d", text, ()), blocks={i: Block(i, kind, ((start, end),), FOUND, 90) for i, kind, start, end in blocks}
    )


def spans(document: Document) -> dict[str, tuple[str, tuple[str, ...]]]:
    text = document.source.text
    return {name: (b.kind, tuple(text[s:e] for s, e in b.spans)) for name, b in document.blocks.items()}


def test_a_drop_leaves_the_rest_one_block() -> None:
    before = document("one two three\n", ("a", "p", 0, 13))
    changes = drop(before, Verdict("drop", 4, 7))
    assert {b.id: (b.kind, b.spans) for b in changes.blocks or ()} == {
        "a": ("p", ((0, 3), (8, 13))),
        "v4": ("fw", ((4, 7),)),
    }


def test_forme_work_that_is_kept_is_none() -> None:
    before = document("17\nText\n", ("f", "fw", 0, 2), ("p", "p", 3, 7))
    assert [block.id for block in keep(before, Verdict("keep", 0, 2)).blocks or ()] == ["p"]
    after = obey("layout", before, [Verdict("keep", 0, 2)])
    assert spans(after)["f"] == ("p", ("17",))


def test_halves_of_a_word_come_together() -> None:
    before = document("a break-\nwater of oak\n", ("a", "p", 0, 8), ("b", "head", 9, 21))
    before = replace(before, articles=(Article(1, "article", ("a", "b"), FOUND, 90),))
    after = obey("flows", before, [Verdict("join", 2, 14)])
    assert spans(after) == {"a": ("p", ("a break-", "water of oak"))}
    assert after.articles[0].blocks == ("a",)


@pytest.mark.parametrize(("action", "kind"), [("heading", "head"), ("article", "title")])
def test_a_head_that_was_taken_for_forme_work(action: str, kind: str) -> None:
    before = document("Ropes\nText\n", ("f", "fw", 0, 5), ("p", "p", 6, 10))
    after = obey("layout", before, [Verdict(action, 0, 5)])  # type: ignore[arg-type]
    assert (kind, ("Ropes",)) in spans(after).values()


def test_a_place_between_two_paragraphs_is_a_beginning_already() -> None:
    before = document("One.\n\nTwo.\n", ("a", "p", 0, 4), ("b", "p", 6, 10))
    changes = split_paragraph(before, Verdict("paragraph", 0, 10))
    assert [(b.id, b.rule.id) for b in changes.blocks or ()] == [("a", "found"), ("b", "hand")]


def test_paragraphs_of_no_article_are_left() -> None:
    before = document("One.\n\nTwo.\n", ("a", "p", 0, 4), ("b", "p", 6, 10))
    assert len(join_paragraphs(before, Verdict("no-paragraph", 0, 10)).blocks or ()) == 2
    with pytest.raises(SettingsError, match="no-paragraph"):
        prove(before, [Verdict("no-paragraph", 0, 10)])


@pytest.mark.parametrize(
    ("action", "start", "end"),
    [
        ("drop", 0, 4),
        ("keep", 11, 13),
        ("heading", 0, 4),
        ("not-heading", 6, 10),
        ("paragraph", 2, 4),
        ("article", 0, 4),
    ],
)
def test_what_was_not_done_is_found_out(action: str, start: int, end: int) -> None:
    before = document("One.\n\nTwo.\n17", ("a", "p", 0, 4), ("b", "head", 6, 10), ("f", "fw", 11, 13))
    with pytest.raises(SettingsError, match=f"`{action}`.*could not be obeyed"):
        prove(before, [Verdict(action, start, end)])  # type: ignore[arg-type]


def test_a_verdict_that_changes_nothing_is_signed() -> None:
    before = document("One.\n\nTwo.\n", ("a", "p", 0, 4), ("b", "head", 6, 10))
    after = sign(before, [Verdict("heading", 6, 10), Verdict("paragraph", 0, 4)])
    assert [(run.start, run.end, run.new, run.rules[-1].id) for run in after.runs] == [
        (0, 1, "O", "hand"),
        (6, 7, "T", "hand"),
    ]
    rows = [row for row in collate(after).rows() if "hand" in row.rules]
    assert [(row.fate, row.reading) for row in rows] == [("kept", None), ("kept", None)]
