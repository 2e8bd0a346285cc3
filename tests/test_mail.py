"""Electronic addresses: which lines are nothing else, whose they are, and the names and institutions beside them."""

from __future__ import annotations

import pytest
from drafts import Draft
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.model import Block, Document, Mark, Rule, Source
from pipeline.options import Options
from pipeline.stages import front
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.mailed_names import mend_mailed_names
from pipeline.stages.mail import is_mail_line, is_of, mail_in, whose, without_mail
from pipeline.stages.title_company import count_addresses

PAGE = Rule("page", "kept", 90, "A page of the test.")
FULL = "Of all the rivers of the province none was so often surveyed as the"
LINES = {
    "edith.castellan@eastbank.example": True,
    "E-mail: castellan@quay.example.org": True,
    "{castellan, su}@eastbank.example": True,
    "castellan@eastbank.example, w.su@quay.example": True,
    "castellan [at] eastbank.example": True,
    "Corresponding author: castellan@eastbank.example": True,
    "Quay College, castellan@eastbank.example": False,
    "Edith Castellan": False,
    "at the quay": False,
    "": False,
}


@pytest.mark.parametrize("text", LINES)
def test_lines_of_addresses(text: str) -> None:
    assert is_mail_line(text) is LINES[text]


@pytest.mark.parametrize(
    ("text", "bare", "addresses"),
    [
        ("Quay College, castellan@eastbank.example", "Quay College", ["castellan@eastbank.example"]),
        ("Quay College. E-mail: w.su@quay.example", "Quay College", ["w.su@quay.example"]),
        ("Quay College {ann,bo}@quay.example", "Quay College", ["ann@quay.example", "bo@quay.example"]),
        ("Quay College (Hollin)", "Quay College (Hollin)", []),
    ],
)
def test_addresses_within_a_line(text: str, bare: str, addresses: list[str]) -> None:
    assert without_mail(text) == bare
    assert mail_in(text) == addresses


@pytest.mark.parametrize(
    ("address", "name", "expected"),
    [
        ("ecastellan@quay.example", "Castellan, Edith", True),
        ("su.wen@quay.example", "Wen Su", True),
        ("mueller@quay.example", "Ida Müller", True),
        ("muller@quay.example", "Ida Müller", True),
        ("castel@quay.example", "Edith Castellan", True),
        ("office@quay.example", "Edith Castellan", False),
        ("castellan@quay.example", "", False),
    ],
)
def test_whose_name_an_address_has(address: str, name: str, expected: bool) -> None:
    assert is_of(address, name) is expected


def test_an_address_goes_to_the_author_it_names_or_the_last_one_above() -> None:
    names = ["Edith Castellan", "Wen Sudare", "Ida Müller"]
    given_addresses = [("sudare@quay.example", 3), ("office@quay.example", 1), ("mueller@quay.example", 3)]
    assert whose(given_addresses, names) == [
        ("office@quay.example",),
        ("sudare@quay.example",),
        ("mueller@quay.example",),
    ]
    assert whose([("office@quay.example", 0)], names) == [("office@quay.example",), (), ()]
    assert whose(given_addresses, []) == []


WORDS = st.text("abcdefgh", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.sampled_from((", ", "; ", " ", " and ")))
def test_addresses_on_a_line_are_found_and_nothing_else_is_there(parts: list[tuple[str, str]], between: str) -> None:
    addresses = [f"{name}@{domain}.example" for name, domain in parts]
    line = between.join(addresses)
    assert is_mail_line(line)
    assert mail_in(line) == addresses
    assert without_mail(f"Quay College, {addresses[0]}") == "Quay College"
    assert not is_mail_line(f"Quay College {line}")


@given(st.text(max_size=60))
def test_what_is_left_without_addresses_stood_there(text: str) -> None:
    left = iter(text)
    assert all(letter in left for letter in without_mail(text))


# Lines of a title block, labels before and after.
BLOCKS = {
    "each name above its address": (
        [
            "The Lower Rivers and",
            "their Ledgers",
            "Castellan, Edith",
            "castellan@quay.example",
            "Quay College, Hollin",
            "Sudare, Wen",
            "w.sudare@eastbank.example",
            "Eastbank Library",
            "A First Survey",
            FULL,
            FULL,
        ],
        "TTTAATAATPp",
        "TTBAABAAHPp",
    ),
    "the institution between name and address": (
        [
            "The Lower Rivers",
            "Edith Castellan",
            "Quay College",
            "castellan@quay.example",
            "Wen Sudare",
            "Eastbank Library",
            "sudare@eastbank.example",
            FULL,
            FULL,
        ],
        "TTATTATPp",
        "TBAABAAPp",
    ),
    "an address that names nobody, as far below its name as the others": (
        [
            "The Lower Rivers",
            "Edith Castellan",
            "castellan@quay.example",
            "Quay College",
            "Wen Sudare",
            "office@eastbank.example",
            "Eastbank Library",
            FULL,
            FULL,
        ],
        "TTAATAAPp",
        "TBAABAAPp",
    ),
    "a title that was taken for names": (
        ["The Lower Rivers", "Castellan, Edith", "castellan@quay.example", "Quay College", FULL, FULL],
        "BAABPp",
        "TBAAPp",
    ),
    "an abstract below the last institution": (
        ["The Lower Rivers", "Edith Castellan", "castellan@quay.example", "Quay College", "Abstract", FULL, FULL],
        "TTAAXPp",
        "TBAAXPp",
    ),
    "no name in sight": (
        ["The Lower Rivers", "office@quay.example", "Quay College", FULL, FULL],
        "TTAPp",
        "TAAPp",
    ),
    "an address in running text": (
        [FULL, "Write to Edith Castellan at the", "castellan@quay.example", "before the survey.", FULL],
        "Ppppp",
        "Ppppp",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_names_above_addresses(name: str) -> None:
    texts, before, after = BLOCKS[name]
    document = Document(Source("d", "\n".join(texts), ()), marks=(Mark(0, 0, "pb", PAGE, PAGE.certainty),))
    evidence = Evidence(document)
    labels = list(before)
    mend_mailed_names(evidence, lines_of(document, evidence), labels)
    assert "".join(labels) == after


def test_authors_have_their_addresses_and_institutions_without_them() -> None:
    draft = Draft().add("t", "title", "The Lower Rivers").add("b", "byline", "Castellan, Edith")
    draft.add("a", "affiliation", "castellan@quay.example\nQuay College").add("c", "byline", "Wen Sudare")
    draft.add("d", "affiliation", "Eastbank Library, sudare@eastbank.example").article(1, "t b a c d")
    document = draft.document()
    (article,) = front.find(document, Evidence(document), Options()).articles
    assert [(author.name, author.affiliations, author.emails) for author in article.authors] == [
        ("Castellan, Edith", ("Quay College",), ("castellan@quay.example",)),
        ("Wen Sudare", ("Eastbank Library",), ("sudare@eastbank.example",)),
    ]


def test_a_title_without_addresses_speaks_against_itself_where_others_have_them() -> None:
    texts = ["The Lower Rivers", "Edith Castellan", "castellan@quay.example", "Some Table", "Quay and Weir"]
    source, at, blocks = "\n".join(texts), 0, []
    for text, kind in zip(texts, ("title", "byline", "affiliation", "title", "byline"), strict=True):
        blocks.append(Block(f"b{at}", kind, ((at, at + len(text)),), PAGE, PAGE.certainty))
        at += len(text) + 1
    document = Document(Source("d", source, ()))
    first, second = count_addresses(document, [blocks[:3], blocks[3:]])
    assert (first, second < 0) == (0, True)
    assert count_addresses(document, [blocks[3:], blocks[:3]]) == [0, 0]
    assert count_addresses(document, []) == []
