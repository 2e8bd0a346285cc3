"""Names torn at raised keys and what stands beside a title page's text: labels a line before and after, names read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from drafts import Draft
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.model import Document, Mark, Rule, Source
from pipeline.options import Options
from pipeline.stages import front
from pipeline.stages.front.torn_lists import in_order, is_torn, keys_alone, lacks_beginning
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.features import Line
from pipeline.stages.layout.sidebars import mend_sidebars
from pipeline.stages.layout.torn_names import mend_torn_names

PAGE = Rule("page", "kept", 90, "A page of the test.")
FULL = "Of all the rivers of the province none was so often surveyed as the"
LISTS = {
    "the first line torn at three keys": (
        ["Edith Castellan", "Sudare 4", "1", ", Bo Hollin", "2", ", Ida Quay", "3", ", and Wen"],
        "Edith Castellan 1 , Bo Hollin 2 , Ida Quay 3 , and Wen Sudare 4",
    ),
    "the first line torn at its last key": (
        ["Edith Castellan 1 , Bo Hollin", "Sudare 1 , and Ida Quay 2", "2", ", Wen"],
        "Edith Castellan 1 , Bo Hollin 2 , Wen Sudare 1 , and Ida Quay 2",
    ),
    "a second line that ends without a comma": (
        ["Edith Castellan 1 , Bo Hollin", "Wen Sudare2 , and Ida Quay1", "1", ", Zeno Weir2 ,"],
        "Edith Castellan 1 , Bo Hollin 1 , Zeno Weir2 , Wen Sudare2 , and Ida Quay1",
    ),
    "a name a line, one broken": (
        ["Edith Castellan 1", ", Wen", "Sudare 2", ", and Ida Quay 1"],
        "Edith Castellan 1 , Wen Sudare 2 , and Ida Quay 1",
    ),
    "two keys one below the other": (
        ["Edith Castellan", "Wen Sudare", "1,2", "2", ", Bo Hollin", "3", ", and"],
        "Edith Castellan 1,2 , Bo Hollin 3 , and Wen Sudare 2",
    ),
    "keys with signs": (
        ["Edith Castellan", "∗1", "and Wen Sudare", "†1"],
        "Edith Castellan ∗1 and Wen Sudare †1",
    ),
    "a name and its key": (["Edith Castellan", "1"], "Edith Castellan 1"),
}


@pytest.mark.parametrize("name", LISTS)
def test_torn_lists_are_put_in_order(name: str) -> None:
    rows, whole = LISTS[name]
    assert in_order(rows) == whole


@given(st.lists(st.text("Ab,1 *", min_size=1).map(str.strip).filter(bool)))
def test_nothing_of_a_torn_list_is_lost(rows: list[str]) -> None:
    assert sorted(in_order(rows).replace(" ", "")) == sorted("".join(rows).replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", True), ("1,2", True), ("1, 2*", True), ("∗1", True), ("†", True), ("a,b", True), ("1 Quay", False), ("12.", False), ("", False)],
)  # fmt: skip
def test_keys_alone(text: str, expected: bool) -> None:
    assert keys_alone(text) is expected


def test_what_is_torn_and_what_lacks_its_beginning() -> None:
    assert is_torn(["Edith Castellan", ", Wen Sudare"])
    assert not is_torn(["Edith Castellan", "Wen Sudare"])
    assert not is_torn([", Wen Sudare"])
    assert lacks_beginning(["Sudare 4", "1", ", Bo Hollin"])
    assert not lacks_beginning(["Edith Castellan", "1", ", Bo Hollin"])


# Lines of a title page, labels before and after; a line of blanks stands between some.
PAGES = {
    "names that were taken for keys of institutions and for the title": (
        [
            "Of Ferries",
            "Edith Castellan",
            "Sudare 3",
            "1",
            ", Bo Hollin",
            "2",
            ", and Wen",
            "1 Quay College 2 Eastbank Library 3 Weir School",
            FULL,
        ],
        "TTBABABAP",
        "TBBBBBBAP",
    ),
    "an institution without a word for one, the next key in its line": (
        [
            "Of Ferries",
            "Edith Castellan",
            "1",
            ", and Wen Sudare",
            "2",
            "1 Castellan Surveys 2 Sudare and Daughters",
            FULL,
        ],
        "TBBBBCP",
        "TBBBBAP",
    ),
    "the last word of a title above names with keys": (
        ["Of Ferries and Their", "Ledgers", "Edith Castellan 1", ", Wen Sudare 2", "1 Quay College", FULL],
        "TBBBAP",
        "TTBBAP",
    ),
    "two names with signs taken for the title": (
        ["Of Ferries", "Edith Castellan ∗1", "and Wen Sudare †1", "1 Quay College", FULL],
        "TTTAP",
        "TBBAP",
    ),
    "a title right above an institution without a key in it": (
        ["Of Ferries", "and Fords", "1 Quay College", FULL],
        "TTAP",
        "TTAP",
    ),
    "notes of the page right below institutions": (
        ["Of Ferries", "Edith Castellan1", "1 Quay College", "1 The ferry, p. 12.", "2 Ibid."],
        "TBANN",
        "TBANN",
    ),
    "institutions taken for notes": (
        ["Of Ferries", "Edith Castellan1 and Wen Sudare2", "1 Quay College", "2 Eastbank Library", FULL],
        "TBNNP",
        "TBAAP",
    ),
    "notes right below names": (
        ["Of Ferries", "Edith Castellan1", "1 At Quay College since the flood.", "2 The ferry, p. 12.", FULL],
        "TBNNP",
        "TBNNP",
    ),
    "names without keys": (
        ["Of Ferries", "Edith Castellan", "Wen Sudare", "Quay College", FULL],
        "TBBAP",
        "TBBAP",
    ),
    "the title of the next article below an institution": (
        ["Edith Castellan 1", "1 Quay College", "Of Ferries", FULL],
        "BATP",
        "BATP",
    ),
}


def evidence_of(texts: list[str]) -> tuple[Document, Evidence]:
    document = Document(Source("d", "\n".join(texts), ()), marks=(Mark(0, 0, "pb", PAGE, PAGE.certainty),))
    return document, Evidence(document)


SIDEBARS = {
    "links and rights between names and text": (
        [
            "Edith Castellan 1",
            "1 Quay College",
            "DOI: 10.5555/ledger.12",
            "Links",
            "• Review",
            "• Archive",
            "Published: 3 May 2031",
            "Authors keep their papers and retain copyright",
            "under a licence of the province.",
            "",
            "Of the ferry",
            FULL,
        ],
        "BAATTBXTTPp",
        "BAXXXXXXXPp",
    ),
    "rights, reference, date and address above a title": (
        [
            "All rights reserved.",
            "doi:10.5555/ledger.12",
            "[收稿日期] 1959-04-18",
            "ledger.example.org",
            "Of Ferries",
            FULL,
        ],
        "TTTTTP",
        "XXXXTP",
    ),
    "a title about rights": (["Copyright and Creative Commons", "Edith Castellan", FULL], "TBP", "TBP"),
    "a list in the text": (
        [FULL, "• Review", "• Archive", FULL],
        "PPPP",
        "PPPP",
    ),
    "text about rights": (
        ["Abstract", "Of ferries.", "", "All rights reserved were read out to the ferrymen, who", FULL, FULL],
        "XXPpp",
        "XXPpp",
    ),
}


@pytest.mark.parametrize(
    ("mend", "case"),
    [*((mend_torn_names, case) for case in PAGES.values()), *((mend_sidebars, case) for case in SIDEBARS.values())],
    ids=[*PAGES, *SIDEBARS],
)
def test_lines_of_title_pages(
    mend: Callable[[Evidence, Sequence[Line], list[str]], None], case: tuple[list[str], str, str]
) -> None:
    texts, before, after = case
    document, evidence = evidence_of(texts)
    labels = list(before)
    mend(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after


def test_authors_of_a_torn_list_have_their_institutions() -> None:
    draft = Draft().add("t", "title", "Of Ferries").add("b", "byline", "Edith Castellan").add("c", "byline", "Sudare 2")
    draft.add("d", "byline", "1").add("e", "byline", ", and Wen")
    draft.add(
        "a", "affiliation", "1 Quay College, Hollin N1C 2AG 2 Eastbank Library * These authors contributed equally."
    )
    draft.article(1, "t b c d e a")
    document = draft.document()
    (article,) = front.find(document, Evidence(document), Options()).articles
    assert [(author.name, author.affiliations) for author in article.authors] == [
        ("Edith Castellan", ("Quay College, Hollin N1C 2AG",)),
        ("Wen Sudare", ("Eastbank Library",)),
    ]
