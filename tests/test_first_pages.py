"""What journals and proceedings print on a paper's first page, and what running heads say of it: labels a line before
and after, names read, titles and authors of whole texts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from pipeline.evidence import Evidence, letters_of
from pipeline.model import Block, Document, Mark, Rule, Source
from pipeline.stages.front.affiliations import affiliations_in
from pipeline.stages.front.bylines import are_names, is_name_like, names_in
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.byline_ends import continued_institutions
from pipeline.stages.layout.features import Line
from pipeline.stages.layout.listed_titles import mend_listed_titles
from pipeline.stages.layout.mailed_names import mend_mailed_names
from pipeline.stages.layout.mastheads import find_mastheads
from pipeline.stages.layout.note_ends import give_back_citing_text
from pipeline.stages.layout.records import mend_appearances, mend_records, mend_rights_at_feet
from pipeline.stages.layout.repeated_titles import find_repeated_titles
from pipeline.stages.layout.running_names import find_running_names
from pipeline.stages.layout.stacked_names import mend_stacked_names
from pipeline.stages.layout.title_parts import mend_title_parts
from pipeline.stages.name_lists import listed_names, with_separators
from pipeline.stages.spacing.small_capitals import find_small_capitals
from pipeline.stages.title_lines import is_rubric

PAGE = Rule("page", "kept", 90, "A page of the test.")
FULL = "Of all the rivers of the province none was so often surveyed as the"
ROOT = Path(__file__).parents[1]
TEI = "{http://www.tei-c.org/ns/1.0}"
Mend = Callable[[Evidence, Sequence[Line], list[str]], None]


def evidence_of(texts: Sequence[str], forme: Sequence[int] = ()) -> tuple[Document, Evidence]:
    """Lines with form feeds where pages begin; some of them are forme work."""
    text = "\n".join(texts)
    breaks = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    marks = tuple(Mark(at, at, "pb", PAGE, PAGE.certainty) for at in breaks)
    starts = [sum(len(row) + 1 for row in texts[:at]) + texts[at].startswith("\f") for at in range(len(texts))]
    rows = [(starts[at], starts[at] + len(texts[at].lstrip("\f"))) for at in forme]
    blocks = {f"fw{start}": Block(f"fw{start}", "fw", ((start, end),), PAGE, 90) for start, end in rows}
    document = Document(Source("d", text, ()), marks=marks, blocks=blocks)
    return document, Evidence(document)


# Lines, those that are forme work, labels before and after.
CASES: dict[str, tuple[Mend, list[str], Sequence[int], str, str]] = {
    "who edited and reviewed, when it came in": (
        mend_records,
        ["Of Ferries", "Edith Castellan", "Edited by", "Wen Sudare", "Reviewed by", "Bo Hollin", "Zeno Weir", "Received", "12 May 2031", "DOI", "10.5555/quay.12", FULL],
        (),
        "TBTTTBABXXXP",
        "TBXXXXXXXXXP",
    ),
    "one such word alone": (mend_records, ["Of Ferries", "Edited by", "Wen Sudare", FULL], (), "TTBP", "TTBP"),
    "such words far from any title": (mend_records, [FULL, "Received", "12 May", "Accepted", "3 June", FULL], (), "PHPHPP", "PHPHPP"),
    "the journal's name, which running feet have with volume and number": (
        find_mastheads,
        ["T H E  Q U A Y", "Of Ferries", "Edith Castellan", FULL, "\fThe Quay 6.1 (#4) – Castellan 2031", FULL],
        (4,),
        "BTBPp",
        "ITBPp",
    ),
    "a title, which running heads have with the number of the page": (
        find_mastheads,
        ["Of Ferries", "and Fords", "Edith Castellan", FULL, "\fOf Ferries 12", FULL],
        (4,),
        "TTBPp",
        "TTBPp",
    ),
    "volume and pages, and the conference": (
        find_mastheads,
        ["Quay Proceedings 25:33–48, 2031", "Eastbank Conference on Rivers", "Of Ferries", "Edith Castellan", FULL],
        (),
        "TTTBP",
        "IITBP",
    ),
    "a title that names verses": (find_mastheads, ["Genesis 1:1–3 and the Ferry", "Edith Castellan", FULL], (), "TBP", "TBP"),
    "a note of rights at a foot": (
        mend_rights_at_feet,
        [FULL, FULL, "Copyright © 2031 E. Castellan, released to all.", "Correspondence to the quay.", "\f" + FULL],
        (),
        "PpppP",
        "PpNnP",
    ),
    "where a paper appeared, between the columns of its first page": (
        mend_appearances,
        [FULL, FULL, "Proceedings of the 7th Eastbank Conference on Rivers, Low Harrow.", "Copyright 2031 by the author.", "", FULL],
        (),
        "PpppP",
        "PpNnP",
    ),
    "text that speaks of proceedings": (
        mend_appearances,
        [FULL, "Proceedings of the Ferry Court were read by the sisters, and of", "their copyright nobody spoke before the evening.", FULL],
        (),
        "PPpp",
        "PPpp",
    ),
    "names that a running head lists, taken for heads and text": (
        find_running_names,
        ["Of Ferries", "Edith Castellan", "Quay College", FULL, "Wen Sudare", "Eastbank Library", FULL, "\fEdith Castellan, Wen Sudare", FULL],
        (7,),
        "TBAPHppPP",
        "TBAPBAPPP",
    ),
    "names in one line with nothing between": (
        find_running_names,
        ["Of Ferries", "Edith Castellan Wen Sudare", FULL, "\fEdith Castellan and Wen Sudare", FULL],
        (3,),
        "TTPP",
        "TBPP",
    ),
    "a name and its address in a line": (
        mend_mailed_names,
        ["Of Ferries", "Edith Castellan castellan@quay.example", "Quay College", FULL],
        (),
        "TTAP",
        "TBAP",
    ),
    "an institution with its key and an address, an address with initials behind it": (
        mend_mailed_names,
        ["Of Ferries", "Edith Castellan", "1 Quay/Weir castellan@quay.example", "E-mail: castellan@quay.example (EC) Abstract", FULL],
        (),
        "TBAXP",
        "TBAXP",
    ),
    "all names above all addresses": (
        mend_mailed_names,
        ["Of Ferries", "Edith Castellan", "Wen Sudare", "castellan@quay.example", "sudare@quay.example", "Quay College", FULL],
        (),
        "TBAAAAP",
        "TBBAAAP",
    ),
    "a title taken for names, with which running heads begin": (
        find_repeated_titles,
        ["Rivers, Structured Data, and Water-driven Roads", "Edith Castellan", FULL, "\fRivers, Structured Data, and Water-driven Roads", FULL],
        (3,),
        "BBPP",
        "TBPP",
    ),
    "names that running heads begin with": (
        find_repeated_titles,
        ["Castellan, Edith1; Sudare, Wen2", "Quay College", FULL, "\fCastellan, Edith; Sudare, Wen", FULL],
        (3,),
        "BAPP",
        "BAPP",
    ),
    "a title that a running head has whole": (
        mend_listed_titles,
        ["Of Ferries and Fords of", "the Lower Province", "Edith Castellan", FULL, "\fOf Ferries and Fords of the Lower Province", FULL],
        (4,),
        "TXBPP",
        "TTBPP",
    ),
    "who edited, in a line": (mend_title_parts, ["Of Ferries", "Edith Castellan", "Editor: Wen Sudare", FULL], (), "TBTP", "TBXP"),
    "the next key at the end of an institution": (
        mend_title_parts,
        ["Of Ferries", "Edith Castellan1,2", "1 Quay College, Eastbank – 2", "Weir Sud-West, Eastbank, France", FULL],
        (),
        "TBABP",
        "TBAAP",
    ),
    "keywords on a line of their own": (
        mend_title_parts,
        ["Of Ferries", "Edith Castellan", "Keywords:", "Ferries, Ford Counting, Boats.", FULL],
        (),
        "TBXBP",
        "TBXXP",
    ),
    "a title in small letters taken for names": (
        mend_title_parts,
        ["Castellan: on the counting of old ferries", "Edith Castellan", "Quay College", FULL],
        (),
        "BBAP",
        "TBAP",
    ),
    "names with small words, and an institution below": (
        mend_title_parts,
        ["Edith Castellan, writer and keeper of the ferry at the quay", "Wen Sudare", "Quay College", FULL],
        (),
        "BBAP",
        "BBAP",
    ),
    "names with keys above institutions with theirs in brackets": (
        mend_title_parts,
        ["Of Ferries", "and Fords", "Edith Castellan1 Wen Sudare2", "(1) Quay-Weir (2) Weir-Quay", FULL],
        (),
        "TTTBP",
        "TTBAP",
    ),
    "the number of an office below a name": (
        mend_stacked_names,
        ["Of Ferries", "Edith Castellan", "Quay - Weir UMR 5141", "Eastbank Library", FULL],
        (),
        "TBBAP",
        "TBAAP",
    ),
    "text that begins a line with a citation": (
        give_back_citing_text,
        ["It was shown by Sudare et al.", "[6]. During the survey the boats", "were counted again.", FULL],
        (),
        "PNnP",
        "PppP",
    ),
    "a note with a label in brackets": (
        give_back_citing_text,
        ["It was shown by Sudare et al.", "[6] Castellan, The Quay.", "Eastbank 1931.", FULL],
        (),
        "PNnP",
        "PNnP",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_labels(name: str) -> None:
    mend, texts, forme, before, after = CASES[name]
    document, evidence = evidence_of(texts, forme)
    labels = list(before)
    mend(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Edith Castellan, Wen Sudare", ["Edith Castellan", "Wen Sudare"]),
        ("12 Edith Castellan, Wen Sudare and Bo van Hollin", ["Edith Castellan", "Wen Sudare", "Bo van Hollin"]),
        ("Edith Castellan", []),
        ("Ferries, Fords, and Bridges", []),
        ("Quay College, Weir School", []),
        ("Of the boats and the fords", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert listed_names(text) == names


def test_separators_from_a_list_lose_no_letter() -> None:
    lists = [["Edith Castellan", "Wen Sudare", "Bo Hollin"]]
    assert with_separators("Wen Sudare Bo Hollin", lists) == "Wen Sudare, Bo Hollin"
    assert with_separators("Wen Sudare1,2 Bo Hollin2", lists) == "Wen Sudare1,2, Bo Hollin2"
    assert with_separators("Wen Sudare* Bo Hollin 2", lists) == "Wen Sudare*, Bo Hollin 2"
    for text in ("Edith Castellan Wen", "Wen Sudare", "Zeno Weir", "Wen Sudare, Bo Hollin"):
        assert with_separators(text, lists) == text
    assert letters_of(with_separators("Edith Castellan Wen Sudare", lists)) == letters_of("Edith Castellan Wen Sudare")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Edith Castellan1,2, ID and Wen Sudare3, ID", ["Edith Castellan", "Wen Sudare"]),
        ("Edith Castellan ID , Wen Sudare", ["Edith Castellan", "Wen Sudare"]),
        ("Edith Castellan castellan@quay.example", ["Edith Castellan"]),
        ("Edith Castellan CASTELLAN @ QUAY . EXAMPLE", ["Edith Castellan"]),
        ("Ida Quay, Wen Sudare", ["Ida Quay", "Wen Sudare"]),
        ("Edith Castellan(1), Wen Sudare (1,2)", ["Edith Castellan", "Wen Sudare"]),
        ("E DITH C ASTELLAN, W EN S UDARE", ["EDITH CASTELLAN", "WEN SUDARE"]),
        ("Edith C ASTELLAN1, Wen S UDARE2", ["Edith CASTELLAN", "Wen SUDARE"]),
        ("E CASTELLAN, W B SUDARE", ["E CASTELLAN", "W B SUDARE"]),
    ],
)
def test_names_beside_signs_and_addresses(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in names_in(text)] == names
    assert is_name_like(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Edith Castellan, Wen Sudare", True),
        ("Castellan, Edith1; Sudare, Wen2", True),
        ("Structured Data, and Bridges", False),
    ],
)
def test_what_is_a_list_of_names(text: str, expected: bool) -> None:
    assert are_names(text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Replication / Hydrology", True),
        ("Research Article | Rivers and Fords", True),
        ("Tutorial", True),
        ("Edith Castellan / Wen Sudare", False),
        ("Ferries | Fords", False),
    ],
)
def test_kinds_of_papers_with_their_fields(line: str, expected: bool) -> None:
    assert is_rubric(line) is expected


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ["1 Quay College, Eastbank – 2 Weir School, Low Harrow –", "3 Ferry Office, Eastbank"],
            [("1", "Quay College, Eastbank"), ("2", "Weir School, Low Harrow"), ("3", "Ferry Office, Eastbank")],
        ),
        (["1Quay College, Eastbank – 2Weir School, Low Harrow"], [("1", "Quay College, Eastbank"), ("", "Weir School, Low Harrow")]),
    ],
)  # fmt: skip
def test_institutions_between_dashes(rows: list[str], found: list[tuple[str, str]]) -> None:
    document, evidence = evidence_of(rows)
    block = Block("a", "affiliation", ((0, len(document.source.text)),), PAGE, 90)
    read = affiliations_in(document, evidence, block, 1, (), 3)
    assert [row.text for row in read] == [text for _, text in found]


def test_lines_of_institutions_set_apart_by_raised_keys() -> None:
    texts = ["1 Quay College, Castellan Square 2, Department of", "Rivers, Eastbank", "2 Weir School"]
    document, evidence = evidence_of(texts)
    assert continued_institutions(evidence, lines_of(document, evidence), "AAA") == {1}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("I. I NTRODUCTION", "I. INTRODUCTION"),
        ("II. R ELATED W ORK", "II. RELATED WORK"),
        ("A BSTRACT", "ABSTRACT"),
        ("A SERVER OF FERRIES", "A SERVER OF FERRIES"),
        ("APPENDIX A RIVERS", "APPENDIX A RIVERS"),
        ("E. B LAKE", "E. B LAKE"),
    ],
)
def test_words_in_small_capitals(text: str, after: str) -> None:
    changed = text
    for start, end, new, _, _ in reversed(list(find_small_capitals(text))):
        changed = changed[:start] + new + changed[end:]
    assert changed == after


HEAD = "Of Ferries and Fords of the Lower Province"
BODY = [FULL, "upper one, where the county had kept its boats since before the war and", "the miller his account."]


def _page(number: int, head: str, foot: str) -> str:
    rows = [head, "", *(row for _ in range(9) for row in BODY), "", f"{foot} {number}"]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("first", "authors"),
    [
        (
            ["THE QUAY", "", "Replication / Hydrology", "", HEAD, "Edith Castellan1, ID and Wen Sudare2, ID",
             "1 Quay College, Eastbank – 2 Weir School, Low Harrow", "", "Edited by", "Bo Hollin ID", "Received", "12 May 2031",
             "Published", "3 June 2031", "DOI", "10.5555/quay.12", ""],
            [("Edith Castellan", "Quay College, Eastbank"), ("Wen Sudare", "Weir School, Low Harrow")],
        ),
        (
            [HEAD, "", "Edith Castellan", "Quay College", "", "Abstract", *BODY, "", "Wen Sudare", "Weir School", ""],
            [("Edith Castellan", "Quay College"), ("Wen Sudare", "Weir School")],
        ),
    ],
    ids=["record and masthead", "the second name behind the abstract"],
)  # fmt: skip
def test_first_pages(tmp_path: Path, first: list[str], authors: list[tuple[str, str]]) -> None:
    foot = "The Quay 6.1 (#4) – Castellan and Sudare 2031"
    names = "Edith Castellan, Wen Sudare"
    pages = ["\n".join([*first, "1 Introduction", *(row for _ in range(8) for row in BODY), "", f"{foot} 1"])]
    pages += [_page(number, HEAD if number % 2 == 0 else names, foot) for number in range(2, 6)]
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "quay.txt").write_text("\n\f".join(pages) + "\n", "utf-8")
    command = [sys.executable, "-m", "pipeline", "build"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert ran.returncode == 0, ran.stderr
    statement = etree.parse(tmp_path / "out" / "tei" / "quay" / "a01.xml").find(f".//{TEI}titleStmt")
    assert statement is not None
    assert [title.text for title in statement.iterfind(f"{TEI}title")] == [HEAD]
    found = [
        (author.findtext(f"{TEI}persName"), author.findtext(f"{TEI}affiliation"))
        for author in statement.iterfind(f"{TEI}author")
    ]
    assert found == authors
