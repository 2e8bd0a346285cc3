"""Titles in their surroundings: what is printed above them, how they are divided, and who signs below the text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Mark, Part, Rule, Source
from pipeline.options import Options
from pipeline.stages import articles
from pipeline.stages.front.bylines import is_name_like, names_in
from pipeline.stages.front.titles import find_habits, split_titles
from pipeline.stages.signatures import SIGNED, sign
from pipeline.stages.title_blocks import absorb_heads
from pipeline.stages.title_company import count_company, count_numbers
from pipeline.stages.title_lines import is_issue_line, set_rubrics_aside
from pipeline.stages.title_votes import Poll

FOUND = Rule("found", "kept", 90, "Found by the test.")
TEXT = "The barges were counted at noon and again in the evening, as they had been for many years before."
Row = tuple[str, str]


def built(*rows: Row, pages: tuple[int, ...] = (0,)) -> tuple[Document, list[Block]]:
    """A document of blocks, kind and text each; `pages` are the rows that pages begin with."""
    text, blocks, marks = "", [], []
    for at, (kind, words) in enumerate(rows):
        if at in pages:
            marks.append(Mark(len(text), len(text), "pb", FOUND, 90))
        line = text.count("\n")
        blocks.append(
            Block(f"b{line}", kind, ((len(text), len(text) + len(words)),), FOUND, 90, type="header" * (kind == "fw"))
        )
        text += words + "\n"
    part = Part("d.txt", "", 0, 0, len(text), ((0, "utf-8"),))
    document = Document(Source("d", text, (part,)), blocks={block.id: block for block in blocks}, marks=marks)
    return document, [block for block in blocks if block.kind != "fw"]


def texts(document: Document, blocks: list[Block], kind: str) -> list[str]:
    return [document.source.text[b.start : b.end] for b in blocks if b.kind == kind]


IMPRINTS = (
    "Heft 4 · März 1931", "Vol. XII, No. 3 (June 1907)", "第三卷 第二期", "第 12 页 共 80 页", "一九三一年四月", "June 1, 1907",
    "No. 2,041 · Monday, May 6, 1901 · Price Threepence", "Tome XII, nº 3 (juin 1931)", "65 (1994)", "12:3 (1945)",
    "Jg. 74 (2016), H. 7", "Tome 58, fasc. 3 (2007)", "1965.9",
)  # fmt: skip
NO_IMPRINTS = (
    "The Tides of June",
    "1931",
    "Twelve Days",
    "第十一个渡口",
    "Band der Fischer",
    "Issues of Trust",
    "",
    "River 7",
    "1984 (1949)",
    "3.9",
)


@pytest.mark.parametrize("line", IMPRINTS)
def test_imprint(line: str) -> None:
    assert is_issue_line(line)


@pytest.mark.parametrize("line", NO_IMPRINTS)
def test_no_imprint(line: str) -> None:
    assert not is_issue_line(line)


# Rows, and the lines that are set aside.
ASIDE: dict[str, tuple[tuple[Row, ...], list[str]]] = {
    "a rubric by its word": ((("title", "ESSAY\nThe Low Quay"), ("byline", "Wen Su"), ("p", TEXT)), ["ESSAY"]),
    "a kind of article, and its rights": (
        (("title", "R E S E A R C H  P A P E R\nOpen Access\nThe Low Quay"), ("byline", "Wen Su"), ("p", TEXT)),
        ["R E S E A R C H  P A P E R", "Open Access"],
    ),
    "down to a reference to the journal": (
        (("title", "QUAY PRESS\nQuay Lett. 25 (2008) 1140 (8pp)\nThe Low Quay"), ("byline", "Wen Su"), ("p", TEXT)),
        ["QUAY PRESS", "Quay Lett. 25 (2008) 1140 (8pp)"],
    ),
    "where it was sent to": (
        (("title", "Submitted to Quay Letters\nThe Low Quay"), ("byline", "Wen Su"), ("p", TEXT)),
        ["Submitted to Quay Letters"],
    ),
    "a rubric in a block of its own": (
        (("title", "随笔"), ("title", "渡口的灯光"), ("byline", "林岸"), ("p", TEXT)), ["随笔"],
    ),
    "a number": ((("title", "Art. IV.\nThe Low Quay"), ("p", TEXT)), ["Art. IV."]),
    "a masthead above its imprint": (
        (("title", "The Quay Courier\nNo. 7 · May 6, 1901\nThe Low Quay"), ("p", TEXT)),
        ["The Quay Courier", "No. 7 · May 6, 1901"],
    ),
    "capitals above what the contents page lists": (
        (("matter", "The Low Quay ..... 3"), ("title", "HARBOURS\nThe Low Quay"), ("p", TEXT)), ["HARBOURS"],
    ),
    "a running head of pages before": (
        (("fw", "Quay Courier"), ("p", TEXT), ("title", "QUAY COURIER\nThe Low Quay"), ("p", TEXT)), ["QUAY COURIER"],
    ),
}  # fmt: skip
KEPT: dict[str, tuple[Row, ...]] = {
    "a title in capitals": (("title", "HARBOURS\nThe low quay and its lights"), ("p", TEXT)),
    "a title that speaks of access": (("title", "Open Access to\nthe Low Quay"), ("byline", "Wen Su"), ("p", TEXT)),
    "a title of one word that is a rubric elsewhere": (("title", "Essay"), ("byline", "Wen Su"), ("p", TEXT)),
    "a title that is a month": (("title", "May 1901"), ("byline", "Wen Su"), ("p", TEXT)),
    "a subtitle": (("title", "渡口\n——以三个码头为例"), ("p", TEXT)),
    "a title that runs as a head from its own page": (("title", "HARBOURS\nOf light"), ("p", TEXT), ("fw", "HARBOURS")),
    "a title that the contents page lists": (
        ("matter", "HARBOURS ..... 3"), ("title", "HARBOURS\nThe low quay"), ("p", TEXT),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ASIDE)
def test_set_aside(name: str) -> None:
    rows, expected = ASIDE[name]
    document, order = built(*rows, pages=(0, 2) if rows[0][0] == "fw" else (0,))
    left, aside = set_rubrics_aside(document, Evidence(document), order)
    assert texts(document, aside, "fw") == expected
    assert texts(document, left, "title")


@pytest.mark.parametrize("name", KEPT)
def test_not_set_aside(name: str) -> None:
    document, order = built(*KEPT[name])
    assert set_rubrics_aside(document, Evidence(document), order) == (order, [])


def signed(*rows: Row, pages: tuple[int, ...] = (0,)) -> list[str]:
    document, order = built(*rows, pages=pages)
    return [document.source.text[b.start : b.end] for b in sign(document, order) if b.type == SIGNED]


FIRST, TITLE = (("title", "The Low Quay"), ("p", TEXT)), (("title", "The High Quay"), ("p", TEXT))
WEN, BO = ("byline", "WEN SU"), ("byline", "Bo Li")


def test_signed_below() -> None:
    assert signed(*FIRST, WEN, *TITLE, BO) == ["WEN SU", "Bo Li"]


def test_signed_with_institution() -> None:
    place = ("note", "University of the Quays")
    assert signed(*FIRST, WEN, place, *TITLE, BO) == ["WEN SU", "University of the Quays", "Bo Li"]


def test_signed_alone() -> None:
    assert signed(*FIRST, WEN) == ["WEN SU"]


@pytest.mark.parametrize(
    "rows",
    [
        (WEN, *FIRST, BO, *TITLE),  # authors above
        (FIRST[0], WEN, FIRST[1], TITLE[0], BO, TITLE[1]),  # authors below the title
        (*FIRST, BO, *TITLE),  # nothing at the end: an article without author before one with its author above
        (FIRST[0], WEN, FIRST[1], BO),  # a name at the end of what has an author
        (*FIRST, ("byline", "a line much too long to be the name of anybody who could sign"), *TITLE, BO)[:3],
    ],
)
def test_not_signed(rows: tuple[Row, ...]) -> None:
    assert signed(*rows) == []


def test_authors_at_page_tops_are_not_signatures() -> None:
    assert signed(*FIRST, WEN, *TITLE, BO, *TITLE, pages=(0, 2, 5)) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from([*FIRST, WEN, ("note", "1 A note."), ("head", "A head")]), max_size=9))
def test_signing_keeps_the_blocks(rows: list[Row]) -> None:
    document, order = built(*rows)
    out = sign(document, order)
    assert [block.spans for block in out] == [block.spans for block in order]


def company(*forms: str, certainty: int = 90) -> list[int]:
    """The votes of groups written as a letter a block; `B` is a byline with `By`."""
    rows, sizes = [], []
    for form in forms:
        kinds = {"t": ("title", "A Quay"), "b": ("byline", "Wen Su"), "B": ("byline", "By Wen Su")}
        rows += [kinds[letter] for letter in form]
        sizes.append(len(form))
    document, order = built(*rows)
    cut = [Block(b.id, b.kind, b.spans, b.rule, certainty) for b in order]
    groups = [cut[sum(sizes[:at]) : sum(sizes[: at + 1])] for at in range(len(sizes))]
    return count_company(document, groups)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("tb", "tb", "tb"), [2, 2, 2]),
        (("ttb", "tbb", "tb"), [2, 2, 2]),
        (("tb", "tb"), [0, 0]),
        (("tB", "tB"), [2, 2]),
        (("tB",), [0]),
        (("tb", "bt", "tb"), [0, 0, 0]),
        (("t", "t", "t", "t", "t", "t"), [2] * 6),
        (("t", "t"), [0, 0]),
        (("t", "t", "t", "tb"), [2, 2, 2, 0]),
        (("tb", "tb", "tb", "tb", "tb", "t"), [2, 2, 2, 2, 2, 4]),
        (("tb", "tb", "tb", "tb", "t"), [2, 2, 2, 2, 0]),
    ],
)
def test_company(forms: tuple[str, ...], expected: list[int]) -> None:
    assert company(*forms) == expected


def test_unsure_titles_have_no_company() -> None:
    assert company("tb", "tb", "tb", "tb", "tb", "t", certainty=60)[-1] == 0


def test_short_pieces_in_the_middle_of_a_page_are_articles() -> None:
    pieces = [
        (("title", f"The Quay of {name}"), ("byline", name), ("p", TEXT)) for name in ("Wen Su", "Bo Li", "An Wu")
    ]
    document, _ = built(*(row for piece in pieces for row in piece))
    found = articles.find(document, Evidence(document), Options())
    assert [article.seq for article in found.articles] == [1, 2, 3]


def test_one_name_in_the_middle_of_a_page_is_no_article() -> None:
    document, _ = built(("title", "The Quay"), ("byline", "Wen Su"), ("affiliation", "Quay College"), ("p", TEXT), ("title", "A Quay"), ("byline", "Bo Li"), ("p", TEXT))  # fmt: skip
    assert len(articles.find(document, Evidence(document), Options()).articles) == 1


def test_a_head_between_lines_of_a_title_is_one_of_them() -> None:
    document, order = built(("title", "Boats Home Before"), ("head", "the Gale"), ("title", "A Report"), ("p", TEXT))
    assert texts(document, absorb_heads(document, order, [0]), "title") == ["Boats Home Before\nthe Gale\nA Report"]


def divided(*lines: str, repeated: Sequence[Row] = (), lang: str = "en") -> tuple[str, str]:
    """Title and subtitle of one block, above full lines of text, below running heads and contents."""
    document, order = built(*repeated, ("title", "\n".join(lines)), *(("p", TEXT) for _ in range(6)))
    blocks = {block.id: block for block in order}
    names = split_titles(document, Evidence(document), blocks, list(blocks), find_habits(document), lang)
    printed = (blocks[name] for name in names)
    found = {block.kind: document.source.text[block.start : block.end] for block in printed}
    return found["title"], found.get("subtitle", "")


@pytest.mark.parametrize(
    ("title", "subtitle"),
    [
        ("The Quays of the Northern Provinces.", "A Survey Made from Barges"),
        ("THE QUAYS OF THE NORTHERN PROVINCES", "A survey made from barges"),
        ("Quays of the Northern Provinces", "A SURVEY MADE FROM BARGES"),
        ("Low Quays", "A Survey"),
        ("The quays of the northern provinces", "—a survey made from barges"),
        ("Quays of the Northern Provinces and Their Lamps", "A Survey of the River Made from Barges in Winter"),
        ("Les quais des provinces du nord et leurs lampes", "L’eau des canaux vue de nos barges en hiver"),
        ("Grundzüge der Lampenkunde in den Provinzen", "Das Licht der Kähne auf dem Fluß im Winter"),
    ],
)
def test_subtitles(title: str, subtitle: str) -> None:
    assert divided(title, subtitle) == (title, subtitle)


@pytest.mark.parametrize(
    "lines",
    [
        ("The Quays of the Northern Provinces and", "Their Lights, Seen from Barges"),
        ("Quays of the Northern Provinces:", "A SURVEY MADE FROM BARGES"),
        ("The quays of the northern provinces by", "lamplight"),
        ("The Northern Quays of the Rev. J. B.", "Marsh and His Barges in Winter"),
        ("Quays Of The Northern Provinces Counted By Night", "The Lamps Of The River Seen From Barges"),
        ("QUAYS OF THE NORTHERN PROVINCES COUNTED BY NIGHT", "THE LAMPS OF THE RIVER SEEN FROM BARGES"),
    ],
)
def test_no_subtitles(lines: tuple[str, str]) -> None:
    assert divided(*lines) == ("\n".join(lines), "")


QUAYS, LAMPS = "Northern Quays and Their Keepers in Winter", "Counting Lamps along Seven Rivers of the Province"


@pytest.mark.parametrize(
    ("repeated", "is_subtitle"),
    [
        ([("fw", QUAYS)], True),
        ([("fw", f"{QUAYS.upper()} Page 12")], True),
        ([("fw", f"12 {QUAYS}")], True),
        ([("matter", f"Ada Marsh: {QUAYS} ..... 12")], True),
        ([("matter", f"{QUAYS} ..... 12\nThe Other Bank ..... 14")], True),
        ([("fw", f"{QUAYS} {LAMPS}")], False),
        ([("fw", f"{QUAYS} Counting")], False),
        ([("fw", f"{QUAYS} … 12")], False),  # as much of the title as there was room for
        ([("matter", f"{QUAYS}\n{LAMPS} ..... 12")], False),
        ([("fw", "The Other Bank")], False),
        ([], False),
    ],
)
def test_running_heads_and_contents_tell_where_a_title_ends(repeated: list[Row], is_subtitle: bool) -> None:
    assert divided(QUAYS, LAMPS, repeated=repeated) == ((QUAYS, LAMPS) if is_subtitle else (f"{QUAYS}\n{LAMPS}", ""))


def test_a_chinese_title_that_the_running_head_has_alone() -> None:
    assert divided("渡口的冬天", "沿河灯塔考", repeated=[("fw", "渡口的冬天")], lang="zh") == (
        "渡口的冬天",
        "沿河灯塔考",
    )
    assert divided("渡口的冬天", "与沿河灯塔", repeated=[("fw", "渡口的冬天与沿河灯塔")], lang="zh")[1] == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wen Su / Bo Li / An Wu", ["Wen Su", "Bo Li", "An Wu"]),
        ("Wen Su • Bo Li", ["Wen Su", "Bo Li"]),
        ("研究生：林岸", ["林岸"]),
        ("vorgelegt von Anna von der Mark", ["Anna von der Mark"]),
        ("Par Wen Su et Bo Li", ["Wen Su", "Bo Li"]),
        ("Ada Low-Quay", ["Ada Low-Quay"]),
        ("By Ada Marsh, M.A., F.S.A.", ["Ada Marsh"]),
        ("Wen Su, MD, and Edda Quillan, Ph.D.", ["Wen Su", "Edda Quillan"]),
        ("Bo Li, Jr., and Ada Marsh, Esq.", ["Bo Li, Jr.", "Ada Marsh"]),
        ("W. H. D., M. A. Marsh", ["W. H. D.", "M. A. Marsh"]),
        ("BY T, C. MARSH, M, D.", ["T. C. MARSH"]),
        ("By H, M, Quillan and Wen Su", ["H. M. Quillan", "Wen Su"]),
        ("Marsh, Su, Quillan", ["Marsh", "Su", "Quillan"]),
        ("Ada Marsh, A. M.", ["Ada Marsh"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in names_in(text)] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wen Su", True),
        ("By SALIX.", True),
        ("Salix", False),
        ("By W. Su. Quayport: Lamp, 2009. Pp. 401. $30.00.", False),
        ("文章编号：2011-03", False),
    ],
)
def test_name_like(text: str, expected: bool) -> None:
    assert is_name_like(text) is expected


def test_a_long_number_is_no_marker_and_takes_no_time() -> None:
    begun = time.process_time()
    assert names_in("Wen Su " + "1" * 90 + "x")
    assert time.process_time() - begun < 1


HEADED = "On the Mills of the Lower River, and of their Owners; by Ann Senf."


@pytest.mark.parametrize(
    ("head", "page", "votes"),
    [
        ("Senf, mills of the lower river.", 2, True),  # in other words and another order
        ("MILLS OF THE LOWER RIVER", 3, True),
        ("Senf, mills of the lower river.", 0, False),  # of a page long before
        ("Senf, mills of the lower river.", 5, False),
        ("Journal of the River Society", 2, False),
        ("Mills", 2, False),  # one word is shared by chance
    ],
)
def test_a_running_head_that_is_new_where_a_title_stands_speaks_for_it(head: str, page: int, votes: bool) -> None:
    rows: list[Row] = []
    pages = []
    for number in range(7):
        pages.append(len(rows))
        rows.append(("fw", head if number == page else f"The running head of page {number + 1}"))
        rows += [("p", TEXT), ("title", HEADED), ("p", TEXT)] if number == 2 else [("p", TEXT)]
    document, blocks = built(*rows, pages=tuple(pages))
    (title,) = [block for block in blocks if block.kind == "title"]
    without, _ = built(*[("fw", "A") if row[0] == "fw" else row for row in rows], pages=tuple(pages))
    plain = next(block for block in without.blocks.values() if block.kind == "title")
    found = Poll(document, blocks, 1).count([title], title.start, at_top=False)
    usual = Poll(without, sorted(without.blocks.values(), key=lambda block: block.start), 1)
    assert found - usual.count([plain], plain.start, at_top=False) == (4 if votes else 0)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("XIV.", "XV.", "XVI."), [2, 2, 2]),
        (("Art. IV.", "Art. V."), [2, 2]),
        (("No. 7.", "No. 8."), [2, 2]),
        (("7", "9", "10"), [0, 2, 2]),
        (("IV.", "IV."), [0, 0]),
        (("ESSAYS", "NEWS"), [0, 0]),
        (("IV.",), [0]),
    ],
)
def test_numbers_above_titles_that_follow_one_another(numbers: tuple[str, ...], expected: list[int]) -> None:
    rows: list[Row] = []
    for at, number in enumerate(numbers):
        rows += [("fw", number), ("title", f"Of Mill {chr(65 + at)}"), ("p", TEXT)]
    document, blocks = built(*rows)
    groups = [[block] for block in blocks if block.kind == "title"]
    assert count_numbers(document, [], groups) == expected
    apart = [*rows[:1], ("p", TEXT), *rows[1:]]
    document, blocks = built(*apart)
    assert count_numbers(document, [], [[b] for b in blocks if b.kind == "title"])[0] == 0


def test_numbers_of_pages_above_titles_count_no_articles() -> None:
    rows: list[Row] = []
    for at in range(3):
        rows += [("fw", f"{17 + at}"), ("title", f"Of Mill {chr(65 + at)}"), ("p", TEXT)]
    document, blocks = built(*rows)
    groups = [[block] for block in blocks if block.kind == "title"]
    assert count_numbers(document, [], groups) == [2, 2, 2]
    paged = {name: replace(b, type="pageNum") if b.kind == "fw" else b for name, b in document.blocks.items()}
    assert count_numbers(replace(document, blocks=paged), [], groups) == [0, 0, 0]
