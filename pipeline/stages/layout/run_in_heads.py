"""Heads that begin a paragraph: their lines belong to it, and `sections` parts them from it.

A head that breaks off in mid-sentence, the line below going on with a small letter, is none that stands
alone; nor is one that ends with a German attribute above its noun, a long line in which a second sentence
begins with a pronoun, and a full Chinese line with a full stop inside.  Others of the same numbering that are full and
break off go with them.  And no head ends the sentence of a full line above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ...languages import language_of
from ..patterns import label_of
from .features import Line, are_adjacent
from .open_ends import open_end

_FULL = 85  # per cent of the page's widest line
_FULL_WITH_NOUN = 86  # of a line and the first word below
_LONG = 70  # of a line that a small letter goes on from
_ENDS = tuple("。？！：；.?!:;…”’\"'）)")
_CUT = ("-", "\u00ad", "\ufffe", "¬")
_ATTRIBUTE = re.compile(r"(?:^|\s)[a-zäöüß]{2,}(?:[äöüa-z]e(?:[rsm]|(?P<n>n))?)$")
_SECOND_SENTENCE = re.compile(
    r"[a-zß-ÿ]{4,}\. (?:Er|Es|Sie|Ich|Wir|Man|It|He|She|They|We|I|There|These|This|Il|Elle|Ils|Elles|On|Nous) [a-zß-ÿ]"
)
_AROUND = 12  # lines that tell the language
_STOP_WITHIN = re.compile(r"[。？！][”’」』）]?[^\s。？！”’」』）]")
_HEAD_BELOW_TEXT = re.compile("(?<=[Pp])H(?!h)")
_HEAD_ABOVE_TEXT = re.compile("Hh*(?=[Pp])")


def find_run_in_heads(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = evidence.lines.text
    maybe: list[tuple[int, int, str]] = []
    forms: set[str] = set()
    for found in _HEAD_ABOVE_TEXT.finditer("".join(labels)):
        start, end = found.span()
        text, below = texts[lines[end - 1].index], texts[lines[end].index]
        if text.endswith(_ENDS) or not _is_right_below(evidence, lines, end):
            continue
        form, share = label_of(texts[lines[start].index]), _share(evidence, lines, end - 1)
        goes_on = (
            below[0].islower()
            or text.endswith(_CUT)
            or (text[-1] < "\u2e80" and open_end(text) != "")
            or _SECOND_SENTENCE.search(text) is not None
        )
        lacks_noun = _lacks_noun(evidence, lines, end, share)
        if lacks_noun or (goes_on and share >= _LONG) or (share >= _FULL and _STOP_WITHIN.search(text)):
            _make_text(labels, start, end)
            forms.add(form)
        elif share >= _FULL:
            maybe.append((start, end, form))
    for start, end, form in maybe:
        if form and form in forms:
            _make_text(labels, start, end)

    for found in _HEAD_BELOW_TEXT.finditer("".join(labels)):
        at = found.start()
        above, text = texts[lines[at - 1].index], texts[lines[at].index]
        ends = text.endswith("。") or text[0].islower()
        if ends and lines[at].place and _share(evidence, lines, at - 1) >= _FULL and not above.endswith(_ENDS):
            labels[at] = "p"


def _make_text(labels: list[str], start: int, end: int) -> None:
    labels[start : end + 1] = ["P"] + ["p"] * (end - start)


def _lacks_noun(evidence: Evidence, lines: Sequence[Line], end: int, share: int) -> bool:
    """Whether German lines end with an attribute (`eine kleine`) and the noun stands below, for want of room.

    What ends with `en` is as often a verb, with which heads do end.
    """
    texts = evidence.lines.text
    text, below = texts[lines[end - 1].index], texts[lines[end].index]
    found = _ATTRIBUTE.search(text) if below[0].isupper() else None
    if found is None:
        return False
    noun = share * len(below.split()[0]) // len(text)
    around = " ".join(texts[line.index] for line in lines[max(0, end - _AROUND) : end + _AROUND])
    is_enough = share + noun >= (_FULL_WITH_NOUN if found["n"] or share < _LONG else _LONG)
    return is_enough and language_of(around) == "de"


def _is_right_below(evidence: Evidence, lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands right below the one before it, without space between."""
    return are_adjacent(lines, at - 1) and not evidence.is_apart(lines[at].index)


def _share(evidence: Evidence, lines: Sequence[Line], at: int) -> int:
    """How wide a line is, per cent of the widest on its page."""
    advance, line = evidence.lines.advance, lines[at]
    page = lines[at - line.place : at + line.left + 1]
    return advance[line.index] * 100 // max(1, *(advance[one.index] for one in page))
