"""Lines that say themselves what they are: a note by its number (`note_lines`), a caption, a section number alone,
or right above its head (`section_numbers`).

The labelling weighs everything; what is printed in so many words is not to be outweighed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...evidence import Evidence
from ..forme import is_of_figure
from .features import Features, Line
from .head_series import fix_head_series
from .note_lines import fix_notes
from .section_numbers import join_section_numbers

_CAPTION = re.compile(
    r"(?:(?:figure|fig\.|table|tab\.|plate|abbildung|abb\.|tabelle)\s*(?:S?\d{1,3}(?:[-–.]\d{1,3}){0,2}(?:[-–]?[A-Z])?|[IVX]{1,4})|(?:图|圖|表|照片)\s*\d{1,3}(?:[-–.]\d{1,3})?)"
    r"\s*(?:[.:：．]\s*|\s{1,3}|\u3000)(?=[A-Z\"“\u3400-\u9fff])",
    re.IGNORECASE,
)
_CLOSED = tuple(".!?。！？…”’\"'」』)）]】")


def fix_certain(evidence: Evidence, lines: Sequence[Line], labels: list[str], features: Features) -> None:
    """Labels of such lines set in place."""
    of_lines = evidence.lines.text
    texts = [of_lines[line.index] for line in lines]
    join_section_numbers(lines, texts, labels)
    fix_notes(evidence, lines, texts, labels, features.noted)
    _fix_captions(evidence, lines, texts, labels)
    _fix_numbers_alone(lines, texts, labels, features.numbered)
    _fix_items(lines, texts, labels, features.numbered)
    fix_head_series(evidence, lines, texts, labels, features.numbered)


def _fix_captions(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A numbered caption that stands alone, or in the middle of a sentence; the number of a figure is no journal's line."""
    for at in [at for at, label in enumerate(labels) if label in "IpPHX"]:
        if labels[at] == "I" and is_of_figure(texts[at]):
            labels[at] = "F"
        if not _CAPTION.match(texts[at]):
            continue
        behind = labels[at + 1] if at + 1 < len(labels) else "P"
        interrupts = bool(at) and labels[at - 1] in "Pp" and not texts[at - 1].endswith(_CLOSED)
        if labels[at] == "I":
            is_caption = interrupts and behind == "p"
        elif labels[at] == "p":
            around = lines[at - 1 : at + 2]
            is_caption = interrupts and behind == "p" and (_is_cut_off(evidence, around) or _is_apart(evidence, around))
        else:
            is_caption = interrupts or behind != "p"
        if is_caption:
            labels[at] = "F"
            if at + 1 < len(labels) and labels[at + 1] == "h":
                labels[at + 1] = "F"


def _is_cut_off(evidence: Evidence, three: Sequence[Line]) -> bool:
    """Whether the second of three lines ends well before the others, without a sign that a sentence does."""
    above, width, below = (evidence.lines.width[line.index] for line in three)
    text = evidence.lines.text[three[1].index]
    return width < 0.75 * min(above, below) and not text.endswith((*_CLOSED, "-", ",", "，", "、"))


def _is_apart(evidence: Evidence, three: Sequence[Line]) -> bool:
    """Whether the second of three lines is set apart from both others."""
    return all(evidence.is_apart(line.index) for line in three[1:])


def _fix_numbers_alone(
    lines: Sequence[Line], texts: Sequence[str], labels: list[str], numbered: Mapping[int, str]
) -> None:
    """`三`, `IV` alone on a line, above text, is the head of a section if the number before it was one too."""
    last: dict[str, int] = {}
    for at, style in numbered.items():
        text = texts[at]
        if style not in ("han-alone", "roman-alone") or len(text) > 5:
            continue
        value = _HAN.find(text) + 1 if style == "han-alone" and len(text) == 1 else 0
        if labels[at] == "H" or (value and value == last.get(style, 0) + 1):
            last[style] = value
            within = at and lines[at].place and labels[at] == "p" and not texts[at - 1].endswith(_CLOSED)
            if labels[at] in "PpTBAXMh" and not within:
                labels[at] = "H"
                if at + 1 < len(labels) and labels[at + 1] in "ph" and lines[at + 1].page == lines[at].page:
                    labels[at + 1] = "P"


_HAN = "一二三四五六七八九十"


def _fix_items(lines: Sequence[Line], texts: Sequence[str], labels: list[str], numbered: Mapping[int, str]) -> None:
    """Numbered lines one below the other behind a colon are a list, neither heads nor, if text follows, notes."""
    end = 1
    for at in numbered:
        if at < end or labels[at] not in "HN" or not texts[at - 1].endswith((":", "：")) or labels[at - 1] not in "Pp":
            continue
        end, first = at, labels[at]
        while end < len(texts) and (labels[end] in (first, first.lower()) or (end in numbered and labels[end] in "HN")):
            end += 1
        followed = end < len(texts) and labels[end] in "Pp" and lines[end].page == lines[end - 1].page
        if sum(map(str.isupper, labels[at:end])) > 1 and (first == "H" or followed):
            labels[at:end] = ["P" if label.isupper() else "p" for label in labels[at:end]]
