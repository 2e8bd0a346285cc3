"""Page numbers and what vouches for them, from the raw text to the pages: each case says what numbers are found."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.options import Options
from pipeline.stages.edges import Surroundings
from pipeline.stages.pages import find, find_pages

LINE = "the ferrymen of the lower town counted every barge that came by"


def body(lines: int, start: int = 0) -> str:
    """So many different lines of running text."""
    return (
        "\n".join(f"{LINE} {chr(97 + (start + at) % 26)}{chr(97 + (start + at) // 26)}" for at in range(lines)) + "\n"
    )


SPREAD = " " * 90
CASES: dict[str, tuple[str, list[int | None]]] = {
    "name and issue change places on facing pages": (
        "2021 Number Three The Eastbank Ledger 125\n" + body(30) + "\f126 The Eastbank Ledger 2021 Number Three\n" + body(20, 30),
        [125, 126],
    ),
    "a line spread over the page by an extractor": (
        "\f".join(
            (f"{n}{SPREAD}The Ledger{SPREAD}Volume Nine\n" if n % 2 else f"Volume Nine{SPREAD}The Ledger{SPREAD}{n}\n")
            + body(30, 30 * n)
            for n in range(2, 6)
        ),
        [2, 3, 4, 5],
    ),
    "feet with more room above them than below, and text behind the last": (
        "".join(body(30, 30 * n) + f"\n\nRiver Surveys | {n}\n" for n in range(5, 10)) + body(10, 400),
        [5, 6, 7, 8, 9, None],
    ),
    "heads with more room below": (
        "".join(f"River Surveys | {n}\n\n\n" + body(30, 30 * n) for n in range(5, 10)),
        [5, 6, 7, 8, 9],
    ),
    "a long head that ends with a full stop, on three pages": (
        "".join(
            (f"{n} The Ledger of the Eastbank Surveyors. [Vol. xv.\n" if n % 2 else f"1888.] Of the Mills. {n}\n")
            + body(30, 30 * n)
            for n in range(5, 11)
        ),
        [5, 6, 7, 8, 9, 10],
    ),
    "month and year of the issue at the outer ends of heads": (
        "".join(
            (f"1857.] On the Mills, by Dr. Marsh. {n}\n" if n % 2 else f"{n} On Ledgers and Mills. [March,\n")
            + body(30, 30 * n)
            for n in range(5, 11)
        ),
        [5, 6, 7, 8, 9, 10],
    ),
    "month and year on pages of as many articles": (
        "".join(
            (f"1857.) {name}. {n}\n" if n % 2 else f"{n} {name}. (March,\n") + body(30, 30 * n)
            for n, name in enumerate(("Weirs", "Ledgers", "Mills", "Ferries", "Lanterns", "Tides"), 5)
        ),
        [5, 6, 7, 8, 9, 10],
    ),
    "a page of three lines between two full ones": (
        "".join(body(3 if n == 3 else 30, 30 * n) + f"- {n} -\n" for n in range(1, 7)),
        [1, 2, 3, 4, 5, 6],
    ),
    "the count of all pages behind the number": (
        "".join(f"史论 第 {n} 页 共 230 页\n".split(" ", 1)[1] + body(30, 30 * n) for n in range(17, 21)),
        [17, 18, 19, 20],
    ),
    "the count of all pages before the number": (
        "\f".join(body(30, 30 * n) + f"共230页 第{n}页\n" for n in range(17, 20)),
        [17, 18, 19],
    ),
    "a page number behind different heads": (
        "\f".join(f"{head} Page {n} of 90\n" + body(30, 30 * n) for n, head in ((17, "© 2009 The Ferrymen"), (18, "Of Barges"))),
        [17, 18],
    ),
    "a leaf before different heads": (
        "\f".join(f"第{n}页 {head}\n" + body(30, 30 * n) for n, head in ((3, "渡口史稿"), (4, "江上札记"), (5, "林岸"))),
        [3, 4, 5],
    ),
    "a numbered year of the journal beside the number": (
        "\f".join(f"Seite {n} von 1200 Die Fähre 50. Jahrgang 1995, Heft {n}\n" + body(30, 30 * n) for n in (211, 212, 213)),
        [211, 212, 213],
    ),
    "whose rights they are, in two sentences before the number": (
        "\f".join(body(30, 30 * n) + f"Copyright 1994 by the Ferry. All rights reserved. p. {n}\n" for n in (4, 5, 6)),
        [4, 5, 6],
    ),
    "a year behind a month is none": (body(30) + "\fOctober 1957\n" + body(30, 30), [None, None]),
    "notes at the foot of every page, which are counted, too": (
        "\f".join(
            f"The Ferry {n}\n" * (n % 2) + body(30, 30 * n) + f"[{n - 8}] The barge, cited in note {n}.\n"
            for n in range(9, 13)
        ),
        [9, None, 11, None],
    ),
    "full-width dashes": ("\f".join(body(30, 30 * n) + f"－{n}－\n" for n in (98, 99)), [98, 99]),
    "a dash on one side": ("\f".join(body(30, 30 * n) + f"— {n}\n" for n in (211, 212, 213)), [211, 212, 213]),
    "between ornaments": ("\f".join(body(30, 30 * n) + f"◆ {n} ◆\n" for n in (7, 8, 9)), [7, 8, 9]),
    "dots behind a head": (
        "\f".join(f"{head} · {n} ·\n" + body(30, 30 * n) for n, head in ((7, "渡口史稿"), (8, "江上札记"))),
        [7, 8],
    ),
    "on every other page beside the head that is on all": (
        "".join((f"— {n} The Eastbank Ledger\n" if n % 2 else "The Eastbank Ledger\n") + body(30, 30 * n) for n in range(3, 10)),
        [3, None, 5, None, 7, None, 9],
    ),
    "behind the number of an article": (
        "\f".join(body(30, 30 * n) + f"1750132-{n}\n" for n in range(1, 5)),
        [1, 2, 3, 4],
    ),
    "roman that end in j": (
        "\f".join(f"{n}\n" + body(30, 30 * at) for at, n in enumerate(("v", "vj", "vij", "viij", "ix", "x", "xj"))),
        [5, 6, 7, 8, 9, 10, 11],
    ),
    "roman between dashes, before the text's own": (
        "\f".join(body(30, 30 * at) + f"— {n} —\n" for at, n in enumerate(["iv", "v", "vi", "1", "2", "3"])),
        [4, 5, 6, 1, 2, 3],
    ),
    "five figures": ("\f".join(body(30, 30 * n) + f"{15000 + n}\n" for n in range(1, 4)), [15001, 15002, 15003]),
    "a chapter's number between page number and head": (
        "\f".join((f"{n} 5 Of Ferries and Fords\n" if n % 2 else f"5.{n} The Lower Quay {n}\n") + body(30, 30 * n) for n in range(40, 45)),
        [40, 41, 42, 43, 44],
    ),
    "a volume in brackets behind the head": (
        "\f".join(
            (f"{n} The River Magazine. [Vol. iii.\n" if n % 2 else f"1887.] Of Ferries. {n}\n") + body(30, 30 * n)
            for n in range(11, 17)
        ),
        [11, 12, 13, 14, 15, 16],
    ),
    "a note's marker alone on a line is no page": (
        body(20) + "[2]\n" + body(20, 20) + "· 234 ·\n\n \n" + body(40, 40) + "· 235 ·\n\n \n" + body(40, 80) + "· 236 ·\n",
        [234, 235, 236],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_numbers(name: str) -> None:
    text, numbers = CASES[name]
    pages, _ = find_pages(Evidence(Document(Source("d", text, ()))))
    assert [page.number.value if page.number else None for page in pages] == numbers


@pytest.mark.parametrize(
    ("number", "pages", "expected"),
    [
        ("第 {n} 頁 共 1200 頁", 5, [16, 17, 18, 19, 20]),
        ("Page {n}", 5, [16, 17, 18, 19, 20]),
        ("{n}", 5, [None, None, None, None, 20]),  # may be anything
        ("Page {n}", 12, [None] * 11 + [20]),
    ],
)
def test_one_number_with_a_word_tells_those_of_a_few_pages(number: str, pages: int, expected: list[int | None]) -> None:
    text = "\f".join(body(30, 30 * at) for at in range(pages)) + number.format(n=20) + "\n"
    document = Document(Source("d", text, ()))
    marks = find(document, Evidence(document), Options()).marks or ()
    assert [int(mark.n) if mark.n else None for mark in marks] == expected


@pytest.mark.parametrize(
    ("line", "is_forme"), [("0.511", False), ("<0.001", False), ("68.9±29.2", False), ("37", True), ("· 37 ·", True)]
)
def test_figures_of_a_table_are_no_page_numbers(line: str, is_forme: bool) -> None:
    text = "\f".join(body(30, 30 * page) + (line if page == 3 else f"{34 + page}") + "\n" for page in range(6))
    evidence = Evidence(Document(Source("d", text, ())))
    pages, _ = find_pages(evidence)
    forme = {evidence.lines.text[at] for page in pages for at in page.forme}
    assert (line in forme) == is_forme


def forme_of(text: str) -> list[str]:
    """The lines of forme work, in order."""
    evidence = Evidence(Document(Source("d", text, ())))
    pages, _ = find_pages(evidence)
    return [evidence.lines.text[at] for page in pages for at in sorted(page.forme)]


def test_a_head_that_changes_with_the_chapter_is_forme_work_from_its_second_page() -> None:
    chapters = ("Of Ferries", "The Lower Quay", "Barges and Men", "A Season of Floods")
    pages = []
    for at in range(24):
        chapter = chapters[at // 6]
        head = f"{chapter}\n\n" if at % 6 else f"{chapter}\n\nBy Edda Quillan\n\n"
        pages.append(head + body(27, 27 * at))
    found = forme_of("\f".join(pages))
    assert [found.count(chapter) for chapter in chapters] == [5] * 4


def test_a_head_misread_on_some_pages() -> None:
    heads = ["The Barges of Quillan"] * 12
    heads[4], heads[7] = "The Barqes of Qui1lan", "Tne Barges ofQuillan"
    found = forme_of("\f".join(f"{head}\n" + body(30, 30 * at) for at, head in enumerate(heads)))
    assert {heads[4], heads[7]} <= set(found)


@pytest.mark.parametrize(
    "line",
    [
        "Lin An, {word} and Fords, p. {n}",
        "林岸：《{word}》，第 {n} 页",
        "{word} from 3 to – {n}",
        "the {word} paid – {n} – and went",
    ],
)
def test_numbers_within_running_text_are_no_page_numbers(line: str) -> None:
    words = ("Ferries", "Barges", "Lanterns", "Bells")
    text = "".join(
        body(7, 9 * at) + line.format(n=at + 30, word=word) + "\n" + body(9, 9 * at + 7)
        for at, word in enumerate(words)
    )
    pages, numbers = find_pages(Evidence(Document(Source("x", text, ()))))
    assert len(pages) == 1
    assert not numbers


@pytest.mark.parametrize(
    ("head", "is_forme"),
    [
        ("THE BELLS OF THE LOWER TOWN AND THEIR RINGERS", True),
        ("THE BELLS OF THE LOWER TOWN", True),
        ("Ines Hallowell, Lin An", True),
        ("Nothing of this kind stood above", False),
    ],
)
def test_a_head_of_one_page_repeats_title_or_authors(head: str, is_forme: bool) -> None:
    title = "The Bells of the Lower Town\nand Their Ringers\nInes Hallowell and Lin An\n\n"
    text = title + body(30) + f"\f{head}\n" + body(30, 30)
    pages, _ = find_pages(Evidence(Document(Source("x", text, ()))))
    assert bool(pages[1].forme) is is_forme


@pytest.mark.parametrize("note", ["{n} Ibid., p. {p}.", "{n} Ebd., S. {p}."])
def test_notes_that_are_alike_on_every_page_are_no_forme_work(note: str) -> None:
    text = "\f".join(body(30, 30 * at) + note.format(n=at + 1, p=40 + 3 * at) + "\n" for at in range(12))
    assert not forme_of(text)


IMPRINT = "The Eastbank Ledger, Vol. 3, No. 2 (1990)"


def test_an_imprint_heads_every_page_where_it_comes_again() -> None:
    """Pages without any mark, whose number stands at the foot where an article begins, else beside the head."""
    heads = {at: f"{IMPRINT}\n\nRiver Surveys {at}\n" for at in (1, 4, 7)}
    pages = [
        heads[at] + body(30, 30 * at) + f"{at}\n" if at in heads else f"The Ledger {at}\n" + body(30, 30 * at)
        for at in range(1, 10)
    ]
    assert forme_of("".join(pages)).count(IMPRINT) == 3


@pytest.mark.parametrize(
    ("issue", "head"),
    [
        ("No. 4,118 · Wednesday, March 4, 1908 · One Penny", "2 THE EASTBANK LEDGER Wednesday, March 4, 1908"),
        ("Nr. 211 · Dienstag, 14. September 1897", "2 THE EASTBANK LEDGER Dienstag, 14. September 1897"),
    ],
)
def test_a_head_of_the_masthead_s_words_on_the_only_other_page(issue: str, head: str) -> None:
    text = f"The Eastbank Ledger\n{issue}\n\nA New Bridge\n\n" + body(60) + f"\f{head}\n" + body(60, 60)
    assert head in forme_of(text)
    assert head not in forme_of(text.replace(f"\f{head}\n", "\f" + body(20, 7) + f"{head}\n"))  # not inside a page


def test_a_work_cited_again_heads_no_page() -> None:
    cited = f"{IMPRINT}, passim"
    pages = [f"The Ledger {at}\n" + body(30, 30 * at) + f"{cited}\n" + body(9, 30 * at + 15) for at in range(1, 10)]
    assert cited not in forme_of("".join(pages))


@pytest.mark.parametrize(
    ("line", "is_forme"),
    [("Figure {n}", False), ("Table {n} (at the end)", False), ("A", False), ("!", False), ("River Surveys", True)],
)
def test_parts_of_figures_are_no_forme_work(line: str, is_forme: bool) -> None:
    own = [line.format(n=at) if at in (1, 5) or is_forme else "" for at in range(9)]
    text = "\f".join(f"{40 + at}\n{one}\n" + body(30, 30 * at) for at, one in enumerate(own))
    assert (own[1] in forme_of(text)) == is_forme


CATCHES = {
    "a word alone": ("{word}", True),
    "with a signature before it": ("B 2      {word}", True),
    "cut off by a hyphen": ("{word:.3}-", True),
    "cut off, and another word": ("oth-", False),
    "words with which no page begins, below full lines": ("l{word}", True),
    "words that end a sentence": ("l{word}.", False),
    "another word": ("otherwise", False),
    "a figure": ("17", False),
}


@pytest.mark.parametrize("name", CATCHES)
def test_catch_words(name: str) -> None:
    form, expected = CATCHES[name]
    words = ("barges", "ferrymen", "quays", "lanterns", "ropes", "tides")
    pages = [f"{word} were counted by {LINE}\n" + body(28, 30 * at) for at, word in enumerate(words)]
    feet = [form.format(word=word) for word in words[1:]]
    text = "\f".join(page + foot + "\n" for page, foot in zip(pages, [*feet, ""], strict=True))
    evidence = Evidence(Document(Source("d", text, ())))
    found = [evidence.lines.text[at] for page in find_pages(evidence)[0] for at in sorted(page.marks)]
    assert found == (feet if expected else [])


def test_a_catch_word_may_be_misread_if_others_are_not() -> None:
    words = ("barges", "ferrymen", "wharves", "lanterns", "ropes", "tides")
    pages = [f"{word} were counted by {LINE}\n" + body(28, 30 * at) for at, word in enumerate(words)]
    feet = ["ferrymen", "wharvcs", "lanterns", "ropes", "tides", ""]
    text = "\f".join(page + foot + "\n" for page, foot in zip(pages, feet, strict=True))
    assert forme_of(text) == feet[:-1]


def test_one_page_that_goes_on_with_its_last_word_has_no_catch_word() -> None:
    pages = [f"{LINE}\n" + body(28, 30 * at) for at in range(6)]
    pages[1] += "the\n"
    evidence = Evidence(Document(Source("d", "\f".join(pages), ())))
    assert not any(page.marks for page in find_pages(evidence)[0])


def test_a_speaker_at_the_top_of_pages_is_no_running_head() -> None:
    speakers = ("FERRYMAN.", "MILLER.")
    lines = [
        part for at in range(120) for part in (speakers[at % 2], f"{LINE} {chr(97 + at % 26)}{chr(97 + at // 26)}.")
    ]
    pages = [f"A PLAY OF THE QUAY.\n{10 + at}\n" + "\n".join(lines[20 * at : 20 * at + 20]) + "\n" for at in range(12)]
    assert {text for text in forme_of("\f".join(pages)) if not text.isdigit()} <= {"A PLAY OF THE QUAY."}


def test_heads_beside_numbers_and_lines_without_letters_are_no_text_that_comes_again() -> None:
    pages = [
        f"River Surveys {40 + at}\n" + "".join(body(5, 20 * at + 5 * part)[:-1] + f".\n{part}.\n" for part in range(4))
        for at in range(8)
    ]
    evidence = Evidence(Document(Source("d", "\f".join(pages), ())))
    around = Surroundings(evidence, [(page.start, page.end) for page in find_pages(evidence)[0]])
    assert not any(around.is_of_text(line) for line in range(len(evidence.lines)))


def test_a_key_behind_a_name_is_no_page_number() -> None:
    title = "Of Ferries and Fords\nEdith Castellan 1\n1 Quay College, Hollin\n"
    assert forme_of(title + body(30) + "1\n\f" + body(30, 30) + "2\n") == ["1", "2"]
    assert forme_of(title.replace(" 1\n1 Quay", "\n1\n1 Quay") + body(30) + "1\n\f" + body(30, 30) + "2\n") == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    ("head", "is_title"),
    [
        ("Of Rights in the Province", True),
        ("Of Ferries", True),
        ("Copyright 2031 by the Ferry", False),
        ("版权所有 请勿转载", False),
    ],
)
def test_a_line_that_states_rights_is_not_the_title_that_running_heads_repeat(head: str, is_title: bool) -> None:
    pages = [f"{head}\n" + ("Edith Castellan\n" if n == 1 else "") + body(30, 30 * n) + f"{n}\n" for n in range(1, 6)]
    assert forme_of("\f".join(pages)).count(head) == 5 - is_title


def test_a_running_foot_of_two_lines_is_set_aside_on_the_first_page_too() -> None:
    foot = "Castellan et al. (2031). Of ferries and fords of the lower province. The Eastbank Ledger, 8(89), 26.\nhttps://ledger.example/26.\n"
    pages = [f"{body(30, 30 * n)}{foot}{n}\n" for n in range(1, 5)]
    assert forme_of("\f".join(pages))[:3] == [*foot.splitlines(), "1"]
