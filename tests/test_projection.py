"""The truth of a typeset issue projected onto its lines (`bench/train/projection.py`): what networks are trained on."""

from __future__ import annotations

from typing import Any

import pytest

from bench.train.projection import project

TEXT = "The barges were counted at noon and again in the evening, as for many years before the flood."
LATER = "Nobody has found out who paid for the lamps, and the keeper himself never asked about it."
FIRST, SECOND = "Notes of a keeper, kept in the tower.", "Lamps of the River (Quay Press, 1931), 12–14."


def article(**parts: Any) -> dict[str, Any]:
    blocks = [{"type": "p", "text": TEXT}, {"type": "p", "text": LATER}]
    return {"title": "Lamps of the Quay", "authors": [{"name": "Ada Marsh"}], "blocks": blocks, "notes": [], **parts}


def notes(place: str, *marked: tuple[str, str]) -> list[dict[str, str]]:
    return [{"marker": marker, "place": place, "text": text} for marker, text in marked]


def labels(lines: list[str], *, printed: tuple[str, ...] = (), **parts: Any) -> str:
    truth = {"articles": [article(**parts)], "pages": [{"label": "", "printed": list(printed)}]}
    return "".join("f" if label == "fw" else label for label in project(truth, lines))


HEAD = ["Lamps of the Quay", "Ada Marsh", TEXT]


@pytest.mark.parametrize(
    ("lines", "parts", "right"),
    [
        ([*HEAD, LATER], {}, "TBPP"),
        # the head of the end notes, a word of which stands in a note
        (
            [*HEAD, LATER, "Notes", f"1. {FIRST}", f"2. {SECOND}"],
            {"notes": notes("end", ("1", FIRST), ("2", SECOND)), "notes_head": "Notes"},
            "TBPPLRR",
        ),
        # what goes on without letters goes on with what stands above
        (
            [*HEAD, LATER, "Notes", "1. " + SECOND[:39], "12–14."],
            {"notes": notes("end", ("1", SECOND)), "notes_head": "Notes"},
            "TBPPLRr",
        ),
        # labels on lines of their own, in more forms than one
        ([*HEAD, LATER, "1.", FIRST], {"notes": notes("bottom", ("1", FIRST))}, "TBPPNn"),
        ([*HEAD, LATER, "(1)", "(2)", FIRST], {"notes": notes("bottom", ("1", FIRST))}, "TBPPNNn"),
        # a marker raised out of its line is no note
        ([*HEAD[:2], TEXT[:40], "1", TEXT[40:], LATER], {"notes": notes("bottom", ("1", FIRST))}, "TBP?pP"),
        # addresses beside names
        (
            [*HEAD[:2], "a.marsh@quay.example", "E-mail: ada.marsh@quay.example", TEXT, LATER],
            {"authors": [{"name": "Ada Marsh", "mail": "a.marsh@quay.example"}]},
            "TBAAPP",
        ),
        # captions in the text, references behind it
        (
            [
                *HEAD,
                "Fig. 1: Barges at noon",
                LATER,
                "Literature",
                "Marsh, Ada (1931): Lamps of",
                "the River. Quay Press.",
            ],
            {
                "captions": ["Fig. 1: Barges at noon"],
                "references": ["Marsh, Ada (1931): Lamps of the River. Quay Press."],
                "references_head": "Literature",
            },
            "TBPFPLRr",
        ),
        # an abstract that has the words of the text
        ([*HEAD[:2], f"Abstract: {TEXT}", TEXT, LATER], {"abstract_head": "Abstract: ", "abstract": TEXT}, "TBXPP"),
    ],
)
def test_lines_get_the_labels_of_what_they_hold(lines: list[str], parts: dict[str, Any], right: str) -> None:
    assert labels(lines, **parts) == right


def test_an_author_below_the_text_whom_running_heads_name_is_left_open() -> None:
    pairs = [f"{one} {other}" for one, other in zip(LATER.split()[::2], LATER.split()[1::2], strict=False)]
    assert labels([*HEAD, *pairs, "Ada Marsh"], printed=("Ada Marsh",)).endswith("p?")
    assert labels([*HEAD, *pairs[:6], "Ada Marsh"], printed=("Ada Marsh",)).endswith("pf")
