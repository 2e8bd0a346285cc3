"""The journal's own lines above the first title: its name, which running heads and feet begin with; where and in which
volume a paper was published, and the conference it was read at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from .features import Line, left_out
from .title_parts import IMPRINT

_LINES = 4  # at the top
_LEAST, _LEAST_HAN = 4, 3  # letters of a name
_MISTAKEN = "TBAHPX"
# What stands behind the name: volume and number, or one of them with the year.
_ISSUE = re.compile(
    r"\W*(?:(?:vol|volume|issue|no|nr|number|band|bd|heft|tome|t)\b\.?\s*)?\d{1,4}\s?(?:[.,:/(#№-]|\(#|n[º°o]\b|no\b|issue\b|heft\b)\W*\d"
    r"|\W*(?:\d{4}\s*年)?\W*第\s*[\d一二三四五六七八九十]+\s*[卷期号號]|\W*(?:19|20)\d\d\W+(?:vol|issue|no|nr|heft|band)\b",
    re.IGNORECASE,
)

# Volume and pages with the year, before or behind them: a verse has none (`Genesis 1:1–3`).
_VOLUME = re.compile(
    r"\b\d{1,4}(?:\s?\(\d{1,3}\))?:\s?\d{1,5}\s?[–-]\s?\d{1,5}[,;.]?\s\(?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d\)?[,;:]?\s?\d{1,4}(?:\s?\(\d{1,3}\))?:\s?\d{1,5}\s?[–-]\s?\d{1,5}\b"
)
_VENUE = re.compile(
    r"\b(?:conference|workshop|symposium|congress|colloquium|convention|jahrestagung|tagung|kongress|colloque|congrès|congreso)\b",
    re.IGNORECASE,
)
_WORDS_OF_VENUE = 10


def find_mastheads(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    _find_names(evidence, lines, labels)
    _find_volumes(evidence, lines, labels)


def _find_volumes(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A first line with volume and pages, and the conference named in the next, above a title."""
    texts = evidence.lines.text
    if not lines or not _VOLUME.search(texts[lines[0].index]) or labels[0] not in _MISTAKEN:
        return
    end = 1
    is_venue = len(labels) > 1 and labels[1] in _MISTAKEN and _VENUE.search(texts[lines[1].index])
    if is_venue and len(texts[lines[1].index].split()) <= _WORDS_OF_VENUE:
        end = 2
    if "T" in labels[end : end + _LINES] or labels[end : end + 1] == ["B"]:
        labels[:end] = [IMPRINT] * end


def _find_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    forme = left_out(evidence, lines)
    for at, line in enumerate(lines[:_LINES]):
        others = labels[max(0, at - _LINES) : at] + labels[at + 1 : at + _LINES]
        if line.page != lines[0].page or labels[at] not in _MISTAKEN or "T" not in others:
            continue
        name = evidence.keys[line.index]
        if len(name) < (_LEAST_HAN if name[:1] >= "\u2e80" else _LEAST):
            continue
        alike = [index for index in forme if evidence.keys[index].startswith(name)]
        if any(_has_issue(evidence.lines.text[index], name) for index in alike):
            labels[at] = IMPRINT


def _has_issue(text: str, name: str) -> bool:
    """Whether a line says which issue, right behind the letters of a name."""
    left = len(name)
    for at, character in enumerate(text):
        left -= character.isalpha()
        if not left:
            return _ISSUE.match(text, at + 1) is not None
    return False
