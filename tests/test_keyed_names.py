"""Bylines with raised keys between the names, however an extractor set them."""

from __future__ import annotations

import time

import pytest
from drafts import Draft
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence import Evidence
from pipeline.options import Options
from pipeline.stages import front
from pipeline.stages.front.bylines import is_name_like, names_in
from pipeline.stages.front.keyed_names import keyed_names
from pipeline.stages.mail import is_mail_line, mail_in, without_mail

BYLINES = {
    "Edith Castellan,1,2 Wen Sudare,2 and Ida Marsh1,*": [
        ("Edith Castellan", ["1", "2"]),
        ("Wen Sudare", ["2"]),
        ("Ida Marsh", ["1", "*"]),
    ],
    "Edith Castellan 1,2 , Wen Sudare 2 , Ida Marsh 3 *": [
        ("Edith Castellan", ["1", "2"]),
        ("Wen Sudare", ["2"]),
        ("Ida Marsh", ["3", "*"]),
    ],
    "Edith Castellan 1 Wen Sudare 2": [("Edith Castellan", ["1"]), ("Wen Sudare", ["2"])],
    "Edith Castellan a,b , Wen Sudare c , Ida Marsh a*": [
        ("Edith Castellan", ["a", "b"]),
        ("Wen Sudare", ["c"]),
        ("Ida Marsh", ["a", "*"]),
    ],
    "Edith Castellan ID 1 *, Wen Sudare ID 2": [("Edith Castellan", ["1", "*"]), ("Wen Sudare", ["2"])],
    "Edith Castellan 1✉ & Wen Sudare 12": [("Edith Castellan", ["1", "✉"]), ("Wen Sudare", ["12"])],
    "Edith Castellan 1 , Wen Sudare": [],  # a key between commas is read as ever
    "Edith Castellan, Wen Sudare": [],
    "Juan de la Cruz y Rivera": [],
}


@pytest.mark.parametrize("text", BYLINES)
def test_names_and_their_keys(text: str) -> None:
    assert keyed_names(text) == BYLINES[text]
    assert is_name_like(text)
    names = [name for name, _, _ in names_in(text)]
    assert names == [name for name, _ in BYLINES[text]] or not BYLINES[text]


@given(st.text(max_size=60))
def test_what_is_left_of_a_byline_is_part_of_it(text: str) -> None:
    assert all(name and name in " ".join(text.split()) for name, _ in keyed_names(text))


LONG = ("*" * 80, "a " * 200, "A" + "* , " * 100 + "x", "1," * 150, "A 1 , " * 200, "A" * 300 + "!", "-".join("A" * 80) + ", Doe!",
        "A" * 60 + ", " + "B" * 60 + "!", "A." * 60 + ", x", "'" * 100 + ", A", "a@" * 60, "Ann / " * 60 + "!")  # fmt: skip


@pytest.mark.parametrize("text", LONG)
def test_no_line_takes_long(text: str) -> None:
    """A pattern that can be cut in many ways would take years."""
    begin = time.process_time()
    for read in (keyed_names, names_in, is_name_like, is_mail_line, without_mail, mail_in):
        read(f"Ann Lee {text}")
        read(text)
    assert time.process_time() - begin < 1


def test_affiliations_go_by_whole_keys() -> None:
    """The author with key 12 does not work where those with 1 and 2 do."""
    draft = (
        Draft()
        .add("t", "title", "The Lower Rivers")
        .add("b", "byline", "Edith Castellan,1,2 Wen Sudare,12 Ida Marsh2,*")
    )
    draft.add("a", "affiliation", "1 Quay College").add("c", "affiliation", "2 Eastbank Library")
    draft.add("d", "affiliation", "12 Hollin Museum").article(1, "t b a c d")
    document = draft.document()
    (article,) = front.find(document, Evidence(document), Options()).articles
    assert [(author.name, author.affiliations) for author in article.authors] == [
        ("Edith Castellan", ("Quay College", "Eastbank Library")),
        ("Wen Sudare", ("Hollin Museum",)),
        ("Ida Marsh", ("Eastbank Library",)),
    ]
