"""Lines that begin with the rest of a cut word belong to the block above."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.cut_words import is_cut, join_cut_words

TEXT = "The pilot of the harbour saw a settle-\nment by the river, and turned.\nAnother ship came in."


def labelled(text: str, labels: str) -> str:
    document = Document(Source("x", text, ()))
    evidence = Evidence(document)
    found = list(labels)
    join_cut_words(evidence, lines_of(document, evidence), found)
    return "".join(found)


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        (TEXT, "PPP", "PpP"),
        (TEXT, "PNn", "Ppn"),
        (TEXT, "NPP", "NnP"),
        (TEXT, "HPP", "HPP"),
        (TEXT, "PMP", "PMP"),
        (TEXT.replace("ment", "Ment"), "PPP", "PPP"),
        (TEXT.replace("settle-", "zettle-"), "PPP", "PPP"),
        (TEXT.replace("settle-", "settle."), "PPP", "PPP"),
    ],
)
def test_labels(text: str, labels: str, expected: str) -> None:
    assert labelled(text, labels) == expected


def test_what_makes_a_word() -> None:
    evidence = Evidence(Document(Source("x", "A quaymaster and a well-kept yard.", ())))
    assert is_cut(evidence, "quay", "master")
    assert is_cut(evidence, "well", "kept")
    assert is_cut(evidence, "harbour", "river")
    assert not is_cut(evidence, "quaym", "river")
    assert not is_cut(evidence, "to", "of")
