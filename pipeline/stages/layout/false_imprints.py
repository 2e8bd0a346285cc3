"""Lines taken for the journal's own that are text: a numbered head or item, the row of a table.

A running head bears no number of its own before its words, and no measure behind them; a rubric stands above a title.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import Evidence
from ..forme import is_numbered, is_numbered_otherwise, is_row
from ..imprints import is_imprint
from .features import Line

_IMPRINT = "I"
_FRONT = "TBAXC"  # labels of title blocks and contents
_CLOSED = tuple(".!?。！？…”’\"'」』)）]】")
_OPEN = ("-", ",", "，", ":", "：")
_SHORT = 75  # per cent of the measure that a head is shorter than


def give_back_false_imprints(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = evidence.lines.text
    for at in [at for at, label in enumerate(labels) if label == _IMPRINT]:
        text, near = texts[lines[at].index], labels[max(0, at - 1) : at + 2]
        if any(label in _FRONT for label in near) or is_imprint(text):
            continue
        if not (is_row(text) or is_numbered_otherwise(evidence, text)):
            continue
        labels[at] = _label_of_text(evidence, lines, at, near)
        if labels[at] == "H" and near[-1] == "p":
            labels[at + 1] = "P"


def _label_of_text(evidence: Evidence, lines: Sequence[Line], at: int, near: Sequence[str]) -> str:
    """`H` for a short numbered line, else text that goes on with what stands above, or begins."""
    columns, line = evidence.lines, lines[at].index
    text, above = columns.text[line], columns.text[lines[at - 1].index] if at else ""
    is_short = columns.advance[line] * 100 < evidence.measures[line] * _SHORT
    if is_short and is_numbered(text) and not text.endswith(_OPEN):
        return "H"
    return "p" if near[0] in "Pp" and at and near[-1] == "p" and not above.endswith(_CLOSED) else "P"
