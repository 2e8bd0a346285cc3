"""Lines that begin with the rest of a cut word belong to the block above."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.cut_words import give_back_cut_words, is_cut, join_cut_words

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


BELOW = "The settlement was old.\nThe pilot saw a settle-\n1 See Oakes, the ledgers of the har-\nment by the river.\nAnother came."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BELOW, "PpNpp"),
        (BELOW.replace("har-", "harbour."), "PpNnp"),  # the note ends there, and its last line may begin so
        (BELOW.replace("har-", "settle-"), "PpNnp"),  # the note's own word goes on
        (BELOW.replace("settle-", "settles"), "PpNnp"),
        (BELOW.replace("har-\nment", "har-\nbour"), "PpNnp"),
    ],
)
def test_lines_below_notes(text: str, expected: str) -> None:
    document = Document(Source("x", text, ()))
    evidence = Evidence(document)
    found = list("PpNnp")
    give_back_cut_words(evidence, lines_of(document, evidence), found)
    assert "".join(found) == expected


def test_what_makes_a_word() -> None:
    evidence = Evidence(Document(Source("x", "A quaymaster and a well-kept yard.", ())))
    assert is_cut(evidence, "quay", "master")
    assert is_cut(evidence, "well", "kept")
    assert is_cut(evidence, "harbour", "river")
    assert not is_cut(evidence, "quaym", "river")
    assert not is_cut(evidence, "to", "of")
