"""The journal's own data, out of what running heads, feet and covers print: names told from all that stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import Draft

from pipeline.model import Rule
from pipeline.stages.front.journal import find_journal


def named(*heads: str, title: str = "") -> str:
    """The journal's name, of an issue with these running heads."""
    draft = Draft()
    if title:
        draft.add("t", "title", title)
    for at, head in enumerate(heads):
        draft.add(f"fw{at}", "fw", head, type="header")
    return find_journal(draft.document()).title


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Quay Papers, vol. 7, no. 2 (1921)", "Quay Papers"),
        ("Journal of Rivers and Mills Page 5", "Journal of Rivers and Mills"),
        ("Annals of the Quay · Number 4", "Annals of the Quay"),
        ("Cahiers du quai n° 4", "Cahiers du quai"),
        ("Le Courrier du quai octobre 1930", "Le Courrier du quai"),
        ("Page 17 of 120 Transactions of the Quay Society", "Transactions of the Quay Society"),
        ("Jahrbuch für Mühlenkunde, 3. Jahrgang 1920, Heft 4", "Jahrbuch für Mühlenkunde"),
        ("河渠學報 第 101 頁 共 1200 頁", "河渠學報"),
        ("河渠评论 （总第 57 期）", "河渠评论"),
        ("河渠文丛  7 月", "河渠文丛"),
        ("The March of the Mills", "The March of the Mills"),
        ("Pages from the Quay", "Pages from the Quay"),
        ("May Letters from the Quay", "May Letters from the Quay"),
        ("octobre 1930 Le Courrier du quai", "Le Courrier du quai"),
        ("3. Jahrgang 1920, Heft 4", ""),
        ("juin 1920 Page 3", ""),
        ("ISSN 0000-0000", ""),
        ("© 1920 by the Quay Society", ""),
        ("版权所有 请勿转载", ""),
        ("https://www.example.org/quay/7", ""),
    ],
)
def test_name_beside_volume_and_page(head: str, name: str) -> None:
    assert named(head, head) == name


def test_a_word_for_journals_counts_more_than_a_line_that_comes_again() -> None:
    assert named("Of Ferries", "Of Ferries", "Quay Quarterly") == "Quay Quarterly"


def test_the_name_of_a_department_counts_less() -> None:
    assert named("Book Reviews", "Book Reviews", "Book Reviews", "Of the Quay", "Of the Quay") == "Of the Quay"


def test_a_running_head_that_gives_the_title_is_no_name() -> None:
    assert named("On Ferries", "On Ferries", title="On Ferries and Their Lanterns") == ""


@pytest.mark.parametrize(
    "head",
    ["Castellan and Sudare", "Edith Castellan, Wen Sudare", "Ferries and Their Great Lanterns"],
    ids=["surnames", "names", "a title said otherwise"],
)
def test_authors_and_a_title_cut_short_are_no_name(head: str) -> None:
    draft = Draft().add("t", "title", "On Ferries of the Province and Their Lanterns")
    draft.add("b", "byline", "Edith Castellan, Wen Sudare")
    for at in range(3):
        draft.add(f"fw{at}", "fw", head, type="header")
    assert find_journal(draft.document()).title == ""


def test_a_name_that_titles_of_several_articles_have_too() -> None:
    draft = Draft()
    for at, title in enumerate(("Old Ferries and Their Rivers", "Of Mills", "Of Quays", "Of Weirs")):
        draft.add(f"fw{at}", "fw", "Rivers and Ferries", type="header").add(f"t{at}", "title", title)
        draft.add(f"p{at}", "p", "The ferry crossed at dawn.").article(at + 1, f"t{at} p{at}")
    assert find_journal(draft.document()).title == "Rivers and Ferries"


def test_a_name_ends_where_the_line_above_the_title_ends() -> None:
    draft = Draft().add("m", "fw", "Q U A Y  M A T T E R S", type="header").add("t", "title", "On Ferries")
    for number in range(3):
        draft.add(f"fw{number}", "fw", f"Quay Matters 6.1 (#{number}) – Castellan and Sudare", type="header")
    document = draft.document()
    rule = Rule("imprint-line", "dropped", 90, "A line of the journal's own.")
    blocks = {**document.blocks, "m": replace(document.blocks["m"], rule=rule)}
    assert find_journal(replace(document, blocks=blocks)).title == "Quay Matters"


def test_the_year_that_most_lines_say() -> None:
    draft = Draft()
    for at, year in enumerate(("1837", "1857", "1857", "1857")):
        draft.add(f"fw{at}", "fw", f"{year}.] Quay Papers {at}", type="header")
    assert find_journal(draft.document()).date == "1857"


@pytest.mark.parametrize(("spread", "name"), [(True, "Of the Quay"), (False, "")])
def test_a_running_head_of_one_article_is_no_name(spread: bool, name: str) -> None:
    draft = Draft()
    for at in range(6):
        draft.add(f"t{at}", "title", f"Survey {chr(65 + at)}").article(at + 1, f"t{at}")
        if spread or at == 2:
            draft.add(f"fw{at}", "fw", "Of the Quay 1", type="header").add(
                f"fw{at}b", "fw", "Of the Quay 2", type="header"
            )
    assert find_journal(draft.document()).title == name


def test_a_contents_page_begins_with_the_journals_name() -> None:
    draft = Draft()
    for at, line in enumerate(("Papers of the Society for", "Rivers and Mills", "Tome 5 (1931)", "CONTENTS")):
        draft.add(f"m{at}", "matter", line, type="contents")
    for at in range(3):
        draft.add(f"fw{at}", "fw", "Of the Quay", type="header")
    journal = find_journal(draft.document())
    assert (journal.title, journal.volume, journal.date) == ("Papers of the Society for Rivers and Mills", "5", "1931")


@pytest.mark.parametrize(
    "lines", [("CONTENTS", "On Ferries 5", "Tome 5 (1931)", "On Mills"), ("Of the Quay", "1931 ferries")]
)
def test_other_contents_pages_do_not(lines: tuple[str, ...]) -> None:
    draft = Draft()
    for at, line in enumerate((*lines, "a", "b", "c")):
        draft.add(f"m{at}", "matter", line, type="contents")
    assert find_journal(draft.document()).title == ""


def test_month_and_day_where_many_lines_say_them() -> None:
    for often, date in ((1, "1931"), (4, "1931-03")):
        draft = Draft()
        for at in range(often):
            draft.add(f"m{at}", "fw", f"Quay Papers, March 1931, {at}", type="header")
        for at in range(6):
            draft.add(f"y{at}", "fw", f"Quay Papers 1931, {at}", type="header")
        assert find_journal(draft.document()).date == date
