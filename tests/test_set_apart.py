"""Lines set apart by blank lines: a label a line before and after."""

from __future__ import annotations

import pytest

from pipeline.evidence import Evidence
from pipeline.model import Document, Source
from pipeline.stages.layout import lines_of
from pipeline.stages.layout.set_apart import mend_set_apart

FULL = "Of all the rivers of the province none was so often surveyed as the"
ENDED = "lower one, which nobody had drawn before the third of the surveyors was dead."
BODY = [FULL, FULL, FULL, ENDED]
HEADS = [
    line for name in ("Upper Reach", "Middle Reach", "Ferry Stairs", "Lower Reach") for line in (f"\n{name}\n", *BODY)
]
LABELS = "HPppp" * 4
CASES: dict[str, tuple[list[str], str, str]] = {
    "a sentence begins behind the end of one": ([*BODY * 3, f"\n{FULL}", FULL], "Ppppppppppppp" + "p", "Pppppppppppp" + "Pp"),
    "half a sentence goes on": ([*BODY * 3, FULL, f"\n{FULL.lower()}"], "P" + "p" * 13, "P" + "p" * 13),
    "no sentence ends above": ([*BODY * 3, FULL, f"\n{FULL}"], "P" + "p" * 13, "P" + "p" * 13),
    "a shortened word above": ([*BODY * 3, "as is said in vol.", f"\n{FULL}"], "P" + "p" * 13, "P" + "p" * 13),
    "short lines in capitals, as other heads": (
        [*HEADS, "\nA Reunion of Surveyors,", "May 1904\n", *BODY], LABELS + "PpPppp", LABELS + "HhPppp",
    ),
    "one short line, as other heads": ([*HEADS, "\nThe Eastern Mouth\n", *BODY], LABELS + "PPppp", LABELS + "HPppp"),
    "no heads stand so": ([*BODY * 3, "\nThe Eastern Mouth\n", *BODY], "Pppp" * 3 + "PPppp", "Pppp" * 3 + "PPppp"),
    "small letters": ([*HEADS, "\nThe mouth of the river\n", *BODY], LABELS + "PPppp", LABELS + "PPppp"),
    "a sentence": ([*HEADS, "\nThe Eastern Mouth.\n", *BODY], LABELS + "PPppp", LABELS + "PPppp"),
    "a full line": ([*HEADS, f"\n{FULL.title()}\n", *BODY], LABELS + "PPppp", LABELS + "PPppp"),
    "nothing follows it": ([*HEADS, "\nThe Eastern Mouth"], LABELS + "P", LABELS + "P"),
    "no text set apart follows it": ([*HEADS, "\nThe Eastern Mouth", *BODY], LABELS + "PPppp", LABELS + "PPppp"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_mended(name: str) -> None:
    texts, before, after = CASES[name]
    document = Document(Source("d", "\n".join(texts), ()))
    evidence = Evidence(document)
    labels = list(before)
    lines = lines_of(document, evidence)
    assert len(lines) == len(labels)
    mend_set_apart(evidence, lines, labels)
    assert "".join(labels) == after
