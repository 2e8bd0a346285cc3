"""What votes for an article's beginning, and the opening sentences that are heads by their author's habit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Rule, Source
from pipeline.options import Options
from pipeline.stages import articles
from pipeline.stages.colophons import set_aside_colophon
from pipeline.stages.layout import CONTINUED
from pipeline.stages.opening_sentences import find_openings
from pipeline.stages.title_votes import Poll

FOUND = Rule("found", "kept", 90, "Found by the test.")
TEXT = "The barges were counted at noon and again in the evening, as they had been for years."
REST = "In the years that followed the harbour grew, and with it the number of the barges that were counted there every day."


def built(*rows: tuple[str, str, str]) -> tuple[Document, list[Block]]:
    """A document of blocks: kind, label and text of each."""
    text, blocks = "", []
    for at, (kind, label, words) in enumerate(rows):
        blocks.append(Block(f"b{at}", kind, ((len(text), len(text) + len(words)),), FOUND, 90, n=label))
        text += words + "\n"
    return Document(Source("d", text, ()), blocks={block.id: block for block in blocks}), blocks


def votes(*rows: tuple[str, str, str], title: int) -> int:
    """The votes for the group that begins with the block number `title`."""
    document, order = built(*rows)
    group = [block for block in order[title:] if block.kind in ("title", "byline", "affiliation")]
    return Poll(document, order, 2).count(group, group[0].start, at_top=False)


PLAIN = (("p", "", TEXT), ("title", "", "River Surveys"), ("byline", "", "Wen Su"), ("p", "", TEXT))
MORE = {
    "an affiliation": (*PLAIN[:3], ("affiliation", "", "Institute of Rivers"), PLAIN[3]),
    "a star with its note": (*PLAIN[:2], ("byline", "", "Wen Su*"), PLAIN[3], ("note", "*", "* A surveyor.")),
    "notes counted anew": (
        ("note", "1", "1 One."), ("note", "2", "2 Two."), *PLAIN[:3], PLAIN[3], ("note", "1", "1 One."),
    ),
    "another language before": (("p", "", "渡口的船每天都有人数。"), *PLAIN[1:]),
    "the name of a department": (PLAIN[0], ("title", "", "Notes and News"), PLAIN[3], ("p", "", REST)),
}  # fmt: skip
NO_MORE = {
    "a star without a note": (*PLAIN[:2], ("byline", "", "Wen Su*"), PLAIN[3]),
    "notes that go on": (("note", "1", "1 One."), ("note", "2", "2 Two."), *PLAIN, ("note", "3", "3 Three.")),
    "notes counted anew on every page": (
        *(("note", n, f"{n} A note.") for n in "12121"), ("note", "2", "2 Two."), *PLAIN, ("note", "1", "1 One."),
    ),
}  # fmt: skip


def _title(rows: tuple[tuple[str, str, str], ...]) -> int:
    return next(at for at, row in enumerate(rows) if row[0] == "title")


@pytest.mark.parametrize("name", MORE)
def test_votes_for(name: str) -> None:
    assert votes(*MORE[name], title=_title(MORE[name])) > votes(*PLAIN, title=1)


@pytest.mark.parametrize("name", NO_MORE)
def test_no_votes_for(name: str) -> None:
    assert votes(*NO_MORE[name], title=_title(NO_MORE[name])) == votes(*PLAIN, title=1)


@pytest.mark.parametrize(("certainty", "named"), [(65, False), (74, True), (99, True)])
def test_certainty_of_a_title_with_a_name(certainty: int, named: bool) -> None:
    document, order = built(*PLAIN)
    group = [replace(order[1], certainty=certainty), order[2]]
    assert Poll(document, order, 2).is_named(group) == named
    assert not Poll(document, order, 2).is_named(group[:1])


@pytest.mark.parametrize("alike", [True, False])
def test_a_title_with_a_name_made_like_that_of_another_article(alike: bool) -> None:
    opening = (("title", "", "Mills of the East"), ("byline", "", "By Ada Marsh"))
    college = () if alike else (("affiliation", "", "Quay College"),)
    document, _ = built(*opening, *college, ("p", "", REST), *PLAIN)
    found = articles.find(document, Evidence(document), Options()).articles
    assert [article.seq for article in found] == ([1, 2] if alike else [1])


AGAINST = {
    "sections that go on": (("head", "", "2 The Mills"), *PLAIN, ("head", "", "3 The Quay")),
    "parts of a section that go on": (("head", "", "2.1 The Mills"), *PLAIN, ("head", "", "2.2 The Quay")),
    "Roman numbers that go on": (("head", "", "II. The Mills"), *PLAIN, ("head", "", "III. The Quay")),
    "an appendix": (PLAIN[0], ("title", "", "Appendix 1: Ledgers"), *PLAIN[2:]),
    "a formula": (PLAIN[0], ("title", "", "For each x ∈ S"), *PLAIN[2:]),
    "a row of figures": (PLAIN[0], ("title", "", "Eastbank 74,0 26,0 - -"), *PLAIN[2:]),
    "figures for names": (*PLAIN[:2], ("byline", "", "Wen Su 54 31 25"), PLAIN[3]),
    "a line without a letter": (PLAIN[0], ("title", "", "_ _ _ _"), *PLAIN[2:]),
}
DOUBTED = {
    "an introduction before and a conclusion behind": (
        ("head", "", "1. Introduction"),
        *PLAIN,
        ("head", "", "Conclusion"),
    ),
    "Chinese": (("head", "", "引 言"), *PLAIN, ("head", "", "四、结语")),
}
NOT_AGAINST = {
    "an introduction behind": (
        ("head", "", "Introduction"),
        *PLAIN,
        ("head", "", "Introduction"),
        ("head", "", "Conclusion"),
    ),
    "a conclusion before": (
        ("head", "", "Introduction"),
        ("head", "", "Conclusion"),
        *PLAIN,
        ("head", "", "Conclusion"),
    ),
    "signs in an address": (
        *PLAIN[:3],
        ("affiliation", "", "{su, quillan}@eastbank.org"),
        ("p", "", TEXT),
    ),
    "two years": (PLAIN[0], ("title", "", "River Surveys 1914 1918"), *PLAIN[2:]),
    "sections counted anew": (("head", "", "2 The Mills"), *PLAIN, ("head", "", "1 The Quay")),
    "sections of another count": (("head", "", "2 The Mills"), *PLAIN, ("head", "", "III. The Quay")),
    "sections far apart": (("head", "", "2 The Mills"), *PLAIN, ("head", "", "7 The Quay")),
}


@pytest.mark.parametrize("name", AGAINST)
def test_votes_against(name: str) -> None:
    assert votes(*AGAINST[name], title=_title(AGAINST[name])) < 0 < votes(*PLAIN, title=1)


@pytest.mark.parametrize("name", DOUBTED)
def test_votes_that_doubt(name: str) -> None:
    assert votes(*DOUBTED[name], title=_title(DOUBTED[name])) < votes(*PLAIN, title=1)


@pytest.mark.parametrize("name", NOT_AGAINST)
def test_no_votes_against(name: str) -> None:
    assert votes(*NOT_AGAINST[name], title=_title(NOT_AGAINST[name])) >= votes(*PLAIN, title=1)


@pytest.mark.parametrize(
    ("group", "words", "count"),
    [
        (("byline", "title"), "Eleven teas, one kettle", 2),
        (("title",), "Eleven teas, one kettle", 2),
        (("title", "byline"), "Eleven teas, one kettle", 3),  # a poem
        (("byline", "title"), REST, 3),
        (("byline", "title"), "It was told.", 3),
    ],
)
def test_an_advertisement_is_no_article(group: tuple[str, ...], words: str, count: int) -> None:
    """Three title groups, the second of them with these words below."""
    names = {"title": "The Quay House", "byline": "By Edda Quillan"}
    rows = [
        *(("title", "", "River Surveys"), ("byline", "", "By Wen Su"), ("p", "", REST), ("p", "", TEXT)),
        *((kind, "", names[kind]) for kind in group),
        *(("affiliation", "", "Institute of Rivers"),) * (group[-1] == "byline"),
        ("p", "", words),
        *(
            ("title", "", "Mills of the East"),
            ("byline", "", "By Ada Marsh"),
            ("affiliation", "", "Quay College"),
            ("p", "", REST),
        ),
    ]
    document, _ = built(*rows)
    found = articles.find(document, Evidence(document), Options())
    matter = [block for block in found.blocks if block.kind == "matter"]
    assert {block.type for block in matter} == ({"advertisement"} if count == 2 else set())
    assert len(matter) == (len(group) + 1 if count == 2 else 0)


def test_what_is_no_name_votes_less() -> None:
    named, unnamed = ((*PLAIN[:2], ("byline", "", line), PLAIN[3]) for line in ("Edda Quillan", "VESSELS"))
    assert votes(*unnamed, title=1) == votes(*named, title=1) - 1


def opened(*sections: str) -> list[int]:
    """Of sections written as a letter a paragraph (`o` opens with a head of its own, `-` does not), those found."""
    rows = [
        row
        for section in sections
        for row in (
            ("head", "", "A head"),
            *(("p", "", ("A quiet harbour. " if kind == "o" else "") + REST) for kind in section),
        )
    ]
    document, blocks = built(*rows)
    found = find_openings({block.id: document.source.text[block.start : block.end] for block in blocks}, blocks)
    return [int(name[1:]) for name in found]


def test_a_habit_of_whole_sections() -> None:
    assert opened("ooo", "oo") == [1, 2, 3, 5, 6]


def test_of_an_author_with_the_habit_several_at_the_start_will_do() -> None:
    assert opened("ooo", "oo", "oo---") == [1, 2, 3, 5, 6, 8, 9]


def test_one_section_is_no_habit() -> None:
    assert opened("oooooo", "----") == []


@pytest.mark.parametrize(
    ("lines", "is_colophon"),
    [
        (
            ["THE LEDGER", "Editors: Wen Su and others", "Printed by the Eastbank Press", "Subscriptions: four a year"],
            True,
        ),
        (["渡口评论", "主编：林岸", "印刷：东岸印刷厂", "定价：三元"], True),
        (["River Surveys", "Wen Su", "Institute of Rivers"], False),
        (["The Printer of Eastbank", "Wen Su"], False),
    ],
)
def test_colophon(lines: list[str], is_colophon: bool) -> None:
    rows = [("p", "", REST), *(("title" if not at else "byline", "", line) for at, line in enumerate(lines))]
    document, order = built(*rows)
    kinds = [block.kind for block in set_aside_colophon(document, order)]
    assert kinds == ["p", *(["matter"] * len(lines) if is_colophon else ["title", *["byline"] * (len(lines) - 1)])]


def test_colophon_behind_references() -> None:
    rows = [
        ("p", "", REST),
        ("bibl", "", "Wen Su, Barges (Eastbank Press, 1904). Edited by the printers."),
        ("title", "", "THE LEDGER"),
        ("bibl", "", "Printed by the Eastbank Press"),
        ("title", "", "Editors: Wen Su. Annual subscription: four issues"),
    ]
    document, order = built(*rows)
    assert [block.kind for block in set_aside_colophon(document, order)] == ["p", "bibl", *["matter"] * 3]


def test_names_and_institutions_at_the_end_are_text_that_goes_on_over_their_lines() -> None:
    document, order = built(
        ("title", "", "River Surveys"),
        ("byline", "", "By Edda Quillan and Wen Su"),
        ("p", "", TEXT),
        ("p", "", REST),
        ("byline", "", "Edda Quillan, Department of Rivers, Eastbank"),
        ("affiliation", "", "College, Millbridge."),
        ("byline", "", "Wen Su, Institute of Rivers,"),
        ("affiliation", "", "Millbridge."),
        ("affiliation", "", "Printed at the Quay."),
    )
    found = articles.find(document, Evidence(document), Options())
    last = [(block.kind, block.type) for block in sorted(found.blocks, key=lambda block: block.start)[4:]]
    assert [kind for kind, _ in last] == ["p"] * len(last)
    assert [of_type for _, of_type in last] == ["", CONTINUED, "", CONTINUED, ""]
    assert [article.seq for article in found.articles] == [1]
    assert {block.id for block in order} == set(found.articles[0].blocks)
