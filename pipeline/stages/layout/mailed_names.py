"""Title blocks in which every author's name stands above an electronic address of his or her own.

The address says which line is the name: they share a word.  What stands between that line and the next name is
where the person works; what stands above the first is the title; below the last comes the first head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ...advances import measure
from ...evidence import Evidence
from ..front.beside import is_person
from ..institutions import INSTITUTION
from ..mail import is_mail_line, is_of, mail_in, without_mail
from ..patterns import SIGNS
from .features import Line, are_adjacent
from .note_ends import CLOSED

_NAME = re.compile(r"(?:[^\W\d_]|['’.,&*†‡§\d-]|\s)+$")
_FIELDS = [row.regex for row in SIGNS if row.name in ("abstract", "keywords", "meta")]
_FARTHEST = 4  # lines from a name down to its address
_APART = 9  # lines from one address to the next in a title block
_TITLE, _HEAD = 5, 3  # lines
_WIDE, _FULL = 75, 90  # per cent of the measure: as wide as text, and with the next word too wide for it
_LONGEST = 60  # characters of a line of names
_GOES_ON = (",", "-", "/", "&", " and", " und", " of", " der", " des", " für", " for", " zur", " de", " et", " the")


def mend_mailed_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    mails = [at for at, text in enumerate(texts) if "@" in text and is_mail_line(text)]
    for group in _groups(lines, labels, mails):
        names = _names_above(lines, texts, group)
        if names:
            _label(evidence, lines, texts, labels, names, group)
    for at in mails:
        if labels[at] in "TB":
            labels[at] = "A"
    _find_names_beside(lines, texts, labels)
    _find_stacked_names(lines, texts, labels, mails)


def _find_names_beside(lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """A name and its address in one line of a title block: a byline."""
    for at in [at for at, text in enumerate(texts) if "@" in text and labels[at] in "TAXPHN"]:
        is_below = at > 0 and labels[at - 1] in "TBAX" and are_adjacent(lines, at - 1)
        name = without_mail(texts[at]).rstrip(" ,;(")
        is_behind = name != texts[at] and name[:1].isupper() and texts[at].startswith(name)
        if is_below and is_behind and _can_be_names(name) and is_person(name):
            labels[at] = "B"
            if labels[at + 1 : at + 2] and labels[at + 1] in "pn" and are_adjacent(lines, at):
                labels[at + 1] = labels[at + 1].upper()


def _find_stacked_names(lines: Sequence[Line], texts: Sequence[str], labels: list[str], mails: Sequence[int]) -> None:
    """As many names as addresses, all names above all addresses: the columns of a table, one below the other."""
    for start in [at for at in mails if at - 1 not in mails]:
        count = 1
        while start + count in mails and are_adjacent(lines, start + count - 1):
            count += 1
        first = start - count
        if first < 1 or labels[first] != "B" or not all(are_adjacent(lines, at) for at in range(first, start)):
            continue
        if all(is_person(text) for text in texts[first:start]):
            labels[first:start] = ["B"] * count


def _groups(lines: Sequence[Line], labels: Sequence[str], mails: Sequence[int]) -> Iterator[list[int]]:
    """Addresses of one title block: on a page, close to each other, no paragraph between."""
    group: list[int] = []
    for at in mails:
        if group and (
            at - group[-1] > _APART or lines[at].page != lines[group[-1]].page or "p" in labels[group[-1] : at]
        ):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _names_above(lines: Sequence[Line], texts: Sequence[str], mails: Sequence[int]) -> dict[int, int]:
    """The lines of names by their addresses: those that share a word, and others as far above theirs."""
    found: dict[int, int] = {}
    for before, at in zip((-1, *mails), mails, strict=False):
        first = max(before + 1, at - _FARTHEST, at - lines[at].place)
        for above in range(at - 1, first - 1, -1):
            if _can_be_names(texts[above]) and any(is_of(mail, texts[above]) for mail in mail_in(texts[at])):
                found[at] = above
                break
    if not found:
        return {}
    (distance, _), *_ = Counter(at - above for at, above in found.items()).most_common(1)
    for before, at in zip((-1, *mails), mails, strict=False):
        above = at - distance
        if at not in found and above > before and lines[at].place >= distance and _can_be_names(texts[above]):
            found[at] = above
    return found


def _can_be_names(text: str) -> bool:
    """Whether a line can be a name or several: capitals, no institution, no sentence."""
    if len(text) > _LONGEST or not _NAME.match(text) or INSTITUTION.search(text):
        return False
    words = [word for word in re.split(r"[\s,]+", text) if word]
    small = sum(word.islower() for word in words)
    return (len(words) > 1 and small * 3 <= len(words) and not text.endswith((".", ":"))) or text.endswith(" Jr.")


def _label(
    evidence: Evidence,
    lines: Sequence[Line],
    texts: Sequence[str],
    labels: list[str],
    names: dict[int, int],
    mails: Sequence[int],
) -> None:
    starts = sorted(set(names.values()))
    is_right_above = all(at - above == 1 for at, above in names.items())
    end = mails[-1] + 1
    if is_right_above and names.get(mails[-1]):
        end = _end_of_institution(evidence, lines, texts, labels, end)
    for at in range(starts[0], end):
        labels[at] = "B" if at in starts else "A"
    _label_title(evidence, lines, texts, labels, starts[0])
    _label_head(evidence, lines, texts, labels, end)


def _end_of_institution(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int
) -> int:
    """Where the lines end that say where the last author works: one, and others that go on with it."""
    if not _can_be_institution(lines, texts, labels, at) or labels[at] in "NpL":
        return at
    at += 1
    while _can_be_institution(lines, texts, labels, at) and labels[at] in "TABHX":
        above, text = texts[at - 1], texts[at]
        is_address = labels[at] == "A" and INSTITUTION.search(text) is not None and not text.endswith(".")
        is_wrapped = labels[at] != "H" and _is_full(evidence, lines, texts, at - 1)
        if evidence.is_apart(lines[at].index) or not (
            above.endswith(_GOES_ON) or ";" in text or is_address or is_wrapped
        ):
            break
        at += 1
    return at


def _can_be_institution(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    return at < len(lines) and lines[at].place > 0 and not _is_field(texts[at]) and not texts[at].endswith(".")


def _is_field(text: str) -> bool:
    """Whether a line begins an abstract, keywords or other front matter with a label."""
    return any(pattern.match(text) for pattern in _FIELDS)


def _label_title(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], end: int) -> None:
    """The lines right above the first name are the title, where no line of one is there."""
    start = end
    while start and end - start < _TITLE and lines[start].place and labels[start - 1] in "TBAHhIP":
        if (
            texts[start - 1].endswith(".")
            or _is_institution(texts, labels, start - 1)
            or (start < end and evidence.is_apart(lines[start].index))
        ):
            break
        start -= 1
    if end - start < _TITLE or labels[start] == "T":
        labels[start:end] = ["T"] * (end - start)


def _is_institution(texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether a line names an institution, and is not surely of the title."""
    return labels[at] != "T" and INSTITUTION.search(texts[at]) is not None


def _label_head(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], start: int) -> None:
    """Few short lines between the last institution and the text, which name nobody, are a head."""
    end = start
    while end < len(lines) and lines[end].place and labels[end] in "TBAXHh" and not _is_wide(evidence, lines, end):
        end += 1
    texts_of_head = texts[start:end]
    if (
        not 0 < end - start <= _HEAD
        or end == len(lines)
        or labels[end] not in "PXABT"
        or any(map(_is_field, texts_of_head))
    ):
        return
    if all(labels[at] == "A" and INSTITUTION.search(texts[at]) for at in range(start, end)):
        return
    if texts[end - 1].endswith(CLOSED) or (labels[end] != "P" and not _is_wide(evidence, lines, end)):
        return
    for at in range(start, end):
        labels[at] = labels[at] if labels[at] in "Hh" else "H" if at == start else "h"
    label = "P"
    while end < len(lines) and labels[end] in "XABT" and lines[end].place and not _is_field(texts[end]):
        labels[end] = label
        label = "p"
        end += 1


def _is_full(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], at: int) -> bool:
    """Whether the first word of the next line would not have fitted in a line."""
    (needed,) = measure([f"{texts[at]} {texts[at + 1].split()[0]}"])[2]
    return needed * 100 > evidence.measures[lines[at].index] * _FULL


def _is_wide(evidence: Evidence, lines: Sequence[Line], at: int) -> bool:
    """Whether a line is as wide as lines of text are."""
    index = lines[at].index
    return evidence.lines.advance[index] * 100 >= evidence.measures[index] * _WIDE
