"""Words, letters and formulas between formulas that were taken for heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase

from ...evidence import Evidence
from ..patterns import label_of
from .features import Line, are_adjacent
from .note_ends import CLOSED

_MOST_SMALL = 3  # of so many heads one may begin with a small letter
_SHORTEST = 3  # characters of a head that begins with a small letter
_LETTER, _LETTER_IF_ROMAN, _ROMAN = map(re.compile, ("[A-Z]", "[A-HJ-UWYZ]", "[IVX]{2,5}"))
_BETWEEN = re.compile(
    r"(?:where|and|or|then|if|for|with|such|so|that|which|when|since|let|hence|thus|is|of|in|to|by)\b"
)
_OF_FORMULAS = re.compile(r"[=<>{}|\\^~∈∀∃∑∏∫√≤≥≠≈→←↔⇒]|::")


def mend_words_among_formulas(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Lines that begin with a small letter, are one letter, or are more signs than letters, are no heads where others
    are not like them: they are formulas, or stand between such."""
    texts = evidence.lines.text
    heads = [at for at, label in enumerate(labels) if label == "H"]
    small = [
        at
        for at in heads
        if (texts[lines[at].index][0].islower() or _is_formula(texts[lines[at].index]))
        and not label_of(texts[lines[at].index])
        and _is_among_formulas(evidence, lines, labels, at)
    ]
    if len(small) * _MOST_SMALL > len(heads):
        return
    is_roman = any(_ROMAN.fullmatch(texts[lines[at].index]) for at in heads)
    letters = [at for at in heads if (_LETTER_IF_ROMAN if is_roman else _LETTER).fullmatch(texts[lines[at].index])]
    if "".join(texts[lines[at].index] for at in letters) in ascii_uppercase:  # parts A, B, C
        letters = []
    for at in sorted(small + letters):
        above = labels[at - 1] if at and are_adjacent(lines, at - 1) else ""
        open_above = above in ("P", "p") and not texts[lines[at - 1].index].endswith(CLOSED)
        labels[at] = "M" if above == "M" else "p" if open_above else "P"
        behind = at + 1
        while behind < len(labels) and labels[behind] == "h":
            labels[behind] = "M" if labels[at] == "M" else "p"
            behind += 1


def _is_among_formulas(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str], at: int) -> bool:
    """Whether a line begins as what stands between formulas does, is one, or stands right below one."""
    text = evidence.lines.text[lines[at].index]
    above = evidence.lines.text[lines[at - 1].index] if at and are_adjacent(lines, at - 1) else ""
    below_formula = above != "" and (labels[at - 1] == "M" or _is_formula(above))
    return below_formula or _BETWEEN.match(text) is not None or _is_formula(text) or len(text) < _SHORTEST


def _is_formula(text: str) -> bool:
    """Whether a line has signs of formulas, and more of any signs than half of its letters."""
    letters = sum(map(str.isalpha, text))
    return letters < 2 * (len(text) - letters - text.count(" ")) and _OF_FORMULAS.search(text) is not None
