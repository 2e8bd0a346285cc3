"""Bylines and affiliations: what stands beside a name, over which lines it goes, and whose it is."""

from __future__ import annotations

import pytest
from drafts import Draft
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Mark, Part, Rule, Source
from pipeline.options import Options
from pipeline.stages import front
from pipeline.stages.front.affiliations import Affiliation, affiliations_in, affiliations_of
from pipeline.stages.front.bylines import is_marked, is_name_like, names_in
from pipeline.stages.institutions import INSTITUTION
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.byline_ends import continued_bylines
from pipeline.stages.layout.title_parts import mend_title_parts
from pipeline.stages.title_lines import is_rubric

FOUND = Rule("found", "kept", 90, "Found by the test.")
TEXT = "Of all the rivers of the province none was so often surveyed as the lower one"

NAMES = {
    "□ 林岸 蘇崑": [("林岸", ""), ("蘇崑", "")],
    "◎ 林岸": [("林岸", "")],
    "文 / 林岸 苏崑": [("林岸", ""), ("苏崑", "")],
    "林  岸\u3000\u3000苏  崑": [("林岸", ""), ("苏崑", "")],
    "林\u3000岸": [("林岸", "")],
    "林岸(柳阶大学) 苏崑(独立学者)": [("林岸", "柳阶大学"), ("苏崑", "独立学者")],
    "Author: Edith Castellan, Wen Sudare": [("Edith Castellan", ""), ("Wen Sudare", "")],
    "EDITH CASTELLAN (Department of Rivers, Eastbank College)* · WEN SUDARE (Quay Library)**": [
        ("EDITH CASTELLAN", "Department of Rivers, Eastbank College"),
        ("WEN SUDARE", "Quay Library"),
    ],
    "By Edith Castellan, Department of Rivers, Eastbank College, Wen Sudare, Quay Library, Hollin": [
        ("Edith Castellan", "Department of Rivers, Eastbank College"),
        ("Wen Sudare", "Quay Library, Hollin"),
    ],
    "Edith Castellan, Museum and Library and Wen Sudare, Quay College": [
        ("Edith Castellan", "Museum and Library"),
        ("Wen Sudare", "Quay College"),
    ],
    "Castellan, Edith": [("Castellan, Edith", "")],
    "Castellan, Edith; van der Marsh, Ida": [("Castellan, Edith", ""), ("van der Marsh, Ida", "")],
    "BY CASTELLAN, EDITH": [("CASTELLAN, EDITH", "")],
    "Castellan, Edith, Quay College, Germany; Sudare, Wen, Eastbank Library": [
        ("Castellan, Edith", "Quay College, Germany"),
        ("Sudare, Wen", "Eastbank Library"),
    ],
    "Castellan, Edith (Quay College); Sudare, Wen (Eastbank Library)": [
        ("Castellan, Edith", "Quay College"),
        ("Sudare, Wen", "Eastbank Library"),
    ],
    "Castellan, Edith F. and Sudare, Wen": [("Castellan, Edith F.", ""), ("Sudare, Wen", "")],
    "Edith Castellan, Wen Sudare": [("Edith Castellan", ""), ("Wen Sudare", "")],
    "Edith Castellan, Jr.": [("Edith Castellan, Jr.", "")],
    "Edith Castellan, CQ Hollin/Weir, Germany": [("Edith Castellan", "CQ Hollin/Weir, Germany")],
    "Edith Castellan, Quay College, Germany; Eastbank Library / Wen Sudare, Quay College": [
        ("Edith Castellan", "Quay College, Germany; Eastbank Library"),
        ("Wen Sudare", "Quay College"),
    ],
    "Edith Castellan, e.castellan@quay.example": [("Edith Castellan", "")],
    "Edith Castellan (ed.)": [("Edith Castellan (ed.)", "")],
    "林岸（译）": [("林岸（译）", "")],
}


@pytest.mark.parametrize("text", NAMES)
def test_names_and_what_stands_beside_them(text: str) -> None:
    assert [(name, beside) for name, beside, _ in names_in(text)] == NAMES[text]


def test_marks_behind_brackets_are_keys_of_the_name_before_them() -> None:
    found = names_in("Edith Castellan (Eastbank College)* · Wen Sudare (Quay Library)**")
    assert [keys for *_, keys in found] == ["*", "**"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Edith Castellan", True),
        ("□ 林岸", True),
        ("林岸（柳阶大学）", True),
        ("Edith Castellan (Eastbank College)", True),
        ("柳阶大学学报（哲学社会科学版）", False),
        ("The Tides of June (A Reappraisal)", False),
        ("■ 河运观察", False),
    ],
)
def test_marked_bylines(text: str, expected: bool) -> None:
    assert is_marked(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "柳阶大学学报（哲学社会科学版）",
        "我们更重视渡口的钟，包括它的声音、它的颜色。",
        "河运论丛",
        "本期目录",
        "JAHRBUCH FÜR FLUSSKUNDE",
        "Annales des rivières",
        "THE LOWER RIVERS",
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert not is_name_like(text)


@given(st.text(max_size=80))
@example(".\x1f:")
def test_no_name_is_empty_or_spread(text: str) -> None:
    for name, beside, _ in names_in(text):
        assert name.strip() == name != ""
        assert "\n" not in beside


def affiliations(*lines: str, authors: int = 2) -> list[tuple[str, str]]:
    """Keys and texts of the affiliations on these lines, below so many authors."""
    body = [TEXT] * 12
    text = "\n".join((*lines, *body))
    document = Document(Source("d", text, (Part("d.txt", "", 0, 0, len(text), ((0, "utf-8"),)),)))
    block = Block("b0", "affiliation", ((0, len("\n".join(lines))),), FOUND, 90)
    return [(row.key, row.text) for row in affiliations_in(document, Evidence(document), block, authors, [], authors)]


LINES: dict[str, tuple[tuple[str, ...], int, list[tuple[str, str]]]] = {
    "each whole in itself": (("柳阶师范学院历史系", "海州大学法学院"), 2, [("", "柳阶师范学院历史系"), ("", "海州大学法学院")]),
    "a Chinese one broken anywhere": (("1（柳阶社会科学院河运研", "究所）", "2（独立学者）"), 2,
                                      [("1", "柳阶社会科学院河运研究所"), ("2", "独立学者")]),
    "keys glued into one line": (("1School of Rivers, Eastbank 2Department of Quays",), 2,
                                 [("1", "School of Rivers, Eastbank"), ("2", "Department of Quays")]),
    "a key on a line of its own": (("1", "School of Rivers", "2", "Quay Library"), 2,
                                   [("1", "School of Rivers"), ("2", "Quay Library")]),
    "one that goes on behind a comma": (("School of Rivers,", "Eastbank College"), 2, [("", "School of Rivers, Eastbank College")]),
    "the same institution's parts, each with its own name": (("School of Rivers", "Quay Library"), 2,
                                                             [("", "School of Rivers"), ("", "Quay Library")]),
    "as many between semicolons as there are authors": (("（柳阶学院中文系；海州大学）",), 2, [("", "柳阶学院中文系"), ("", "海州大学")]),
    "a line nearly full below one author": (("Department of the Lower Rivers and of their Surveys, Eastbank", "University, Hollin"), 1,
                                            [("", "Department of the Lower Rivers and of their Surveys, Eastbank University, Hollin")]),
    "a key is none": (("1",), 1, []),
    "a date is none": (("School of Rivers", "12 March 2010"), 2, [("", "School of Rivers")]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_lines_of_affiliations(name: str) -> None:
    lines, authors, expected = LINES[name]
    assert affiliations(*lines, authors=authors) == expected


def test_whose_affiliation_it_is() -> None:
    two = [Affiliation("", "here", 2), Affiliation("", "there", 2)]
    assert [affiliations_of(at, "", two, 2) for at in (0, 1)] == [["here"], ["there"]]
    assert affiliations_of(0, "", two[:1], 2) == affiliations_of(1, "", two[:1], 2) == ["here"]
    assert affiliations_of(1, "", [Affiliation("", "here", 3), Affiliation("", "there", 3)], 3) == ["here", "there"]
    keyed = [Affiliation("1", "here", 2), Affiliation("2", "there", 2)]
    assert affiliations_of(0, "2", keyed, 2) == ["there"]
    above = [Affiliation("", "here", 0), Affiliation("", "there", 0)]
    assert [affiliations_of(at, "", above, 2) for at in (0, 1)] == [["here"], ["there"]]
    assert affiliations_of(1, "", above[:1], 2) == ["here"]


def test_two_lines_above_several_authors_are_two_affiliations() -> None:
    lines = ["Department of the Lower Rivers and of their Surveys, Eastbank College", "University Library, Hollin"]
    document, evidence = laid_out([*lines, "Edith Castellan, Wen Sudare", *[TEXT] * 12])
    block = Block("b0", "affiliation", ((0, len("\n".join(lines))),), FOUND, 90)
    assert len(affiliations_in(document, evidence, block, 0, [], 2)) == 2
    assert len(affiliations_in(document, evidence, block, 0, [], 1)) == 1


def test_an_author_named_twice_is_one() -> None:
    draft = Draft().add("t", "title", "Of Quays").add("b", "byline", "Edith Castellan").add("p", "p", TEXT)
    draft.add("s", "byline", "EDITH CASTELLAN").add("a", "affiliation", "Quay Library").article(1, "t b p s a")
    document = draft.document()
    (article,) = front.find(document, Evidence(document), Options()).articles
    assert [(author.name, author.affiliations) for author in article.authors] == [
        ("Edith Castellan", ("Quay Library",))
    ]
    assert article.authors[0].blocks == ("b", "s")


PARTS = {
    "a byline over lines that words and brackets hold together": (
        ["River Surveys", "EDITH CASTELLAN (Department of Riv-", "ers, Eastbank", "College), Wen Sudare", "(Quay Library)", TEXT, TEXT],
        "TPBBAPp",
        "TBBBBPp",
    ),
    "a title in capitals above a byline": (
        ["THE FERRY AND THE QUAY", "Edith Castellan (Quay Library)", TEXT, TEXT],
        "BAPp",
        "TBPp",
    ),
    "Chinese names behind an ornament": (["河运的兴衰", "□ 林岸 苏崑", "柳阶大学文学院", TEXT], "TTTP", "TBAP"),
    "Chinese names among the lines of a title": (["林岸 苏崑", "河运的兴衰", "柳阶大学文学院", TEXT], "TTAP", "BTAP"),
    "the end of a Chinese title": (["◎ 林岸", "河运的几个问", "题与方法论", "柳阶大学文学院", TEXT], "BTBAP", "BTTAP"),
    "a date and an abstract": (
        ["River Surveys", "Edith Castellan", "12 March 2010", "SummaryAlso, the ferry", "crossed the river", TEXT],
        "TBABBP",
        "TBXXXP",
    ),
    "keys on lines of their own": (
        ["River Surveys", "Edith Castellan1", "1", "Eastbank College", TEXT, TEXT],
        "TBNnPp",
        "TBAAPp",
    ),
    "journal and issue above a title": (
        ["河运史学", "Vol.40 No.7", "渡口的兴衰", "文 / 林岸", TEXT],
        "TTTBP",
        "IITBP",
    ),
    "a note far from any title stays": ([TEXT, TEXT, "1", "Eastbank College", TEXT], "PpNnP", "PpNnP"),
    "an institution above a title below its author": (["By Edith Castellan", "Quay Library", "River Surveys", TEXT], "BTTP", "BATP"),
    "a title of an institution below its author": (
        ["By Edith Castellan", "A History of the Quay Library", "Eastbank College", TEXT],
        "BTAP",
        "BTAP",
    ),
    "a plain title block stays": (["River Surveys", "and their Makers", "Edith Castellan", "Eastbank College", TEXT], "TTBAP", "TTBAP"),
}  # fmt: skip


def laid_out(texts: list[str]) -> tuple[Document, Evidence]:
    text = "\n".join(texts)
    part = Part("d.txt", "", 0, 0, len(text), ((0, "utf-8"),))
    document = Document(Source("d", text, (part,)), marks=(Mark(0, 0, "pb", FOUND, 90),))
    return document, Evidence(document)


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_title_blocks(name: str) -> None:
    texts, before, after = PARTS[name]
    document, evidence = laid_out(texts)
    labels = list(before)
    mend_title_parts(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after


def test_lines_of_one_byline() -> None:
    document, evidence = laid_out(["Edith Castellan (Eastbank", "College), Wen", "Sudare", "Bo Liang"])
    assert continued_bylines(evidence, lines_of(document, evidence), "BBBB") == {1, 2}


@pytest.mark.parametrize("line", ["【河运研究】", "■社会观察", "◆ 思想与文化", "学术争鸣", "Forum", "[Research Notes]"])
def test_rubrics(line: str) -> None:
    assert is_rubric(line)


@pytest.mark.parametrize(
    "line", ["□ 林岸", "◎ 元渡", "The Forum of the Quays", "渡口的兴衰", "社会观察的几个问题", "[1] 河运"]
)
def test_no_rubrics(line: str) -> None:
    assert not is_rubric(line)


@pytest.mark.parametrize("text", ["河运局", "柳阶大学历史系", "渡口报", "测量学会", "河运部", "Quay Library"])
def test_institutions(text: str) -> None:
    assert INSTITUTION.search(text)


@pytest.mark.parametrize(
    "text", ["促进形成新格局", "渡口的结局", "河流与社会", "人与河的关系", "故事的全部", "River Surveys"]
)
def test_words_that_end_as_institutions_do(text: str) -> None:
    assert not INSTITUTION.search(text)
