"""A source in which no line was taken for text: what its front matter does not account for is the text.

So it is with very short sources, which show too little of themselves to tell one from the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence, letters_of
from ..forme import ends_sentence
from ..patterns import SIGNS, label_shown
from .features import Line

_FRONT_OR_NOTE = "ABXNnRr"
_FEW = 12  # lines of a source of one page, in which a stretch is one paragraph
_FRONT = re.compile("[AX][ABX]*")
_FIELDS = [row.regex for row in SIGNS if row.name in ("abstract", "keywords", "meta")]
_INSTITUTIONS = [row.regex for row in SIGNS if row.name in ("affiliation", "mail", "address", "bracketed", "name", "name-han")]  # fmt: skip


def find_missing_text(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Where nothing is text, paragraphs of front matter that no word or name introduces are; with a label, notes."""
    if len(lines) <= _FEW and lines[0].page == lines[-1].page:
        _keep_paragraphs_whole(evidence, lines, labels)
    read = "".join(labels)
    if "P" in read or "p" in read:
        return
    texts = evidence.lines.text
    if (not read.strip("T") or not read.strip("n")) and ends_sentence(texts[lines[-1].index]):
        labels[:] = ["P", *"p" * (len(lines) - 1)]  # a sentence alone is no title, and goes on with no note
    for run in _FRONT.finditer(read):
        within, label_alone = False, False
        for start, end in _paragraphs(evidence, lines, *run.span()):
            first = texts[lines[start].index]
            field = next(filter(None, (pattern.match(first) for pattern in _FIELDS)), None)
            if _is_introduced(first) or (label_alone and not within):
                label_alone = field is not None and end - start == 1 and not letters_of(first[field.end() :])
                continue
            is_note = within and label_shown(first)
            within = True
            labels[start:end] = ["N" if is_note else "P", *("n" if is_note else "p") * (end - start - 1)]


def _is_introduced(first: str) -> bool:
    """Whether a word or name says what front matter this line begins."""
    return any(pattern.match(first) for pattern in (*_FIELDS, *_INSTITUTIONS))


def _keep_paragraphs_whole(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """What stands within text, or apart below it, and nothing introduces as something else is text too.

    Where nothing stands apart, nothing is known of where paragraphs begin.
    """
    texts, seen = evidence.lines.text, False
    stretches = _paragraphs(evidence, lines, 0, len(lines))
    for start, end in stretches if len(stretches) > 1 else ():
        first = texts[lines[start].index]
        below = seen and labels[start] in _FRONT_OR_NOTE and not (label_shown(first) or _is_introduced(first))
        if below and ends_sentence(texts[lines[end - 1].index]):
            labels[start:end] = ["P", *"p" * (end - start - 1)]
        seen = seen or labels[start] in "Pp"
        for at in range(start + 1, end) if labels[start] in "Pp" else ():
            if labels[at] in _FRONT_OR_NOTE and not _is_introduced(texts[lines[at].index]):
                labels[at] = "p"


def _paragraphs(evidence: Evidence, lines: Sequence[Line], start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of lines of which only the first begins a page or is set apart, as seen from the others: what is usual
    is not to be seen in so few lines."""
    gaps = [evidence.lines.gap[line.index] for line in lines[start:end]]
    least = min(gaps[1:], default=0)
    opens = [lines[at].page != lines[at - 1].page or gaps[at - start] > least for at in range(start + 1, end)]
    starts = [start, *(at for at, does in enumerate(opens, start + 1) if does)]
    return list(zip(starts, [*starts[1:], end], strict=True))
