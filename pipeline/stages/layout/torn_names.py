"""Lists of names that an extractor tore at their raised keys: a key on a line of its own, or a comma in front of a name.

    Ann Lee              what was one line: `Ann Lee 1, Bo Chu 2, and Cy`
    Dow 1                the next one, `Dow 1`, which comes too early
    1
    , Bo Chu
    2
    , and Cy
    1 Institute of Sand 2 University of Stone

Here they are labelled; `front/torn_lists.py` puts them in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..front.torn_lists import is_torn, keys_alone, lacks_beginning
from ..institutions import INSTITUTION, names_workplace
from ..patterns import SIGNS
from .features import Line

_MOST = 16  # lines of such a list
_LONGEST = 120  # characters of one of its lines
_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]")
_NUMBERED = re.compile(r"(\d{1,2})\s?(?=[^\W\d_a-zß-ÿ])")
_KEY_BEHIND = re.compile(r"[^\W\d_.)]\.?\s?\d{1,2}(?:\s?,\s?\d{1,2})*(?:\s*,)?$")
_FIELDS = [row.regex for row in SIGNS if row.name in ("abstract", "keywords", "meta", "imprint")]
_SIGNS = r"[*∗†‡§¶#✉]"
_MOST_INSTITUTIONS = 12  # lines


def mend_torn_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    at = 1
    while at < len(lines):
        start, end = at, at
        if labels[at - 1] in "TBA" and lines[at].page == lines[at - 1].page and _begins_torn(texts, at):
            start, end = _stretch(lines, texts, labels, at)
        if end > start and is_torn(texts[start:end]):
            labels[start:end] = ["B"] * (end - start)
            if start and labels[start - 1] == "T" and _is_of_title(texts[start:end]):
                labels[start] = "T"
            at = end
        at += 1
    for at in range(2, len(lines)):
        if labels[at - 1] == "T" and labels[at] in "TBAH" and lines[at].place > 1:
            _find_keyed_names_above(texts, labels, at)
    for at in range(1, len(lines)):
        if labels[at - 1] == "B" and lines[at].left and _is_key_of_name(texts, at):
            labels[at] = "B"
        elif labels[at - 1] == "B" and lines[at].page == lines[at - 1].page and labels[at] != "B":
            _label_institutions(evidence, lines, texts, labels, at)


def _find_keyed_names_above(texts: Sequence[str], labels: list[str], at: int) -> None:
    """Lines of a title right above an institution with a key that they end with are names, if some line is left of it."""
    key = _NUMBERED.match(texts[at])
    if key is None or not INSTITUTION.search(texts[at]):
        return
    start = at
    while start and labels[start - 1] == "T" and _has_key(texts[start - 1], key[1]):
        start -= 1
    if 0 < start < at and labels[start - 1] == "T":
        labels[start:at] = ["B"] * (at - start)


def _is_key_of_name(texts: Sequence[str], at: int) -> bool:
    """Whether keys stand alone above a line that begins with one of them: the name above bears them."""
    below = _NUMBERED.match(texts[at + 1])
    return keys_alone(texts[at]) and below is not None and _has_key(texts[at], below[1])


def _begins_torn(texts: Sequence[str], at: int) -> bool:
    """Whether a line that is torn off stands here: a key alone, or a comma before a capital letter."""
    return keys_alone(texts[at]) or re.match(r"[,;]\s*(?:and\s)?[^\W\d_a-z]", texts[at]) is not None


def _stretch(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> tuple[int, int]:
    """The names around a torn line: up to two lines above it, and all below that are torn off or bear a key."""
    end = at + 1
    while end < len(lines) and end - at < _MOST and _can_be_names(lines, texts, end, end - 1):
        if not (_begins_torn(texts, end) or _KEY_BEHIND.search(texts[end])):
            break
        end += 1
    start = at
    while start and at - start < 2 and _can_be_names(lines, texts, start - 1, start) and labels[start - 1] in "TBA":
        is_first = start < at and lacks_beginning(texts[start:end]) and _is_person(texts[start - 1])
        if labels[start - 1] == "T" and not is_first:
            break
        start -= 1
    return start, end


def _is_of_title(rows: Sequence[str]) -> bool:
    """Whether the first line is none of the names: it has no key, those below have, and no key stands alone."""
    first, second, *others = (*rows, "", "")
    is_keyed = _KEY_BEHIND.search(second) is not None and not _KEY_BEHIND.search(first)
    return is_keyed and not first.endswith(",") and not second.startswith(",") and not any(map(keys_alone, others))


def _is_person(text: str) -> bool:
    """Whether a line is a few words, all of which begin with capitals."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(_CAPITALS.match(word) for word in words)


def _can_be_names(lines: Sequence[Line], texts: Sequence[str], at: int, beside: int) -> bool:
    text = texts[at]
    return (
        lines[at].page == lines[beside].page
        and len(text) <= _LONGEST
        and not INSTITUTION.search(text)
        and not _NUMBERED.match(text)
        and not text.endswith((":", "?", "!"))
    )


def _label_institutions(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int
) -> None:
    """Below names with keys: from a line with the first key and a workplace on, what goes on with it."""
    key = _NUMBERED.match(texts[at])
    start = at
    while start and labels[start - 1] == "B" and at - start < _MOST:
        start -= 1
    if key is None or not any(_has_key(text, key[1]) for text in texts[start:at]):
        return
    whole = " ".join(texts[at : at + 3])
    if labels[at] == "N" and (not start or labels[start - 1] != "T" or _are_notes(lines, texts, labels, at)):
        return
    has_next = re.search(rf"\s{int(key[1]) + 1} [^\W\d_a-z]", whole) is not None
    if not (has_next or INSTITUTION.search(whole) or names_workplace(texts[at][key.end() :])):
        return
    alike = "AhCNn" if labels[at] == "N" else "AhC"
    end = at + 1
    while (
        end < len(lines)
        and end - at < _MOST_INSTITUTIONS
        and lines[end].page == lines[at].page
        and not evidence.is_apart(lines[end].index)
        and not any(pattern.match(texts[end]) for pattern in _FIELDS)
        and (evidence.lines.gap[lines[end].index] == 0)
        and (labels[end] in alike or (labels[end] not in "Nn" and _NUMBERED.match(texts[end])))
    ):
        end += 1
    labels[at:end] = ["A"] * (end - at)
    if end < len(labels) and labels[end] in "pnh":
        labels[end] = labels[end].upper() if labels[end] == "p" else "X"


def _are_notes(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether some note from here to the page's end names no institution."""
    below = (row for row in range(at, len(lines)) if lines[row].page == lines[at].page and labels[row] == "N")
    return any(not INSTITUTION.search(" ".join(texts[row : row + 2])) for row in below)


def _has_key(text: str, key: str) -> bool:
    """Whether a line of a byline is this key, or has it behind a name."""
    return text.strip(" ,") == key or re.search(rf"[^\W\d_.)]\.?\s?{_SIGNS}?(?:\d+,)*{key}(?!\d)", text) is not None
