"""Lines of affiliation read: which of them is one, by its key or because it is whole in itself, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...advances import measure
from ...evidence import HAN, Evidence
from ...model import Block, Document
from ...rewrite import read
from ..institutions import HAN_ENDS, INSTITUTION
from ..mail import is_mail_line, without_mail
from ..printed_lines import line_spans
from ..title_lines import is_issue_line
from .bylines import closed_up, keys_of, unwrap

_OPEN_ENDS = re.compile(
    r"(?:[,，、&/-]|\u00ad|\ufffe|\b(?:of|and|for|the|in|at|de|du|des|la|le|l’|et|d’|für|der|des|von|und|zu|zur))$",
    re.IGNORECASE,
)
_KEY_ALONE = re.compile(r"(?:\d{1,2}|[*＊†‡§¶]+|[①-⑳])$")
_GLUED = r"(?<=[^\d\s])\s*(?:[–—]\s(?={key}\s*[^\W\d_])|(?={key}{blank}[^\W\d_]|{key}\s*[（(]))"
_DASHES = " –—"  # before the key of the next
_REMARK = re.compile(
    r"\s*(?:^|(?<=[\s.,;]))[*∗＊†‡§¶✉]*\s*(?:corresponding author|(?:these|both|all)? ?authors contributed equally|equal contributions?)\b.{0,40}$",
    re.IGNORECASE,
)
_BROKEN = 70  # per cent of the measure: a line that the next word would make as wide may have been broken before it
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


class Affiliation(NamedTuple):
    """An affiliation with its key, and how many authors stand before it."""

    key: str
    text: str
    behind: int


def affiliations_in(
    document: Document, evidence: Evidence, block: Block, behind: int, known: Sequence[Affiliation], authors: int
) -> list[Affiliation]:
    """The affiliations of a block, in order, below `known` ones; `behind` of all authors stand before it."""
    is_shared = behind - max((row.behind for row in known), default=0) > 1 or (not behind and authors > 1)
    source = document.source.text
    lines = [(start, end) for start, end in line_spans(document, block.spans) if not is_mail_line(source[start:end])]
    if not lines:
        return []
    texts = [source[start:end] for start, end in lines]
    starts = [at for at in range(len(lines)) if not at or _begins(evidence, lines, texts, at, is_shared=is_shared)]
    out: list[Affiliation] = []
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        whole = _REMARK.sub("", without_mail(read(document, ((lines[at][0], lines[end - 1][1]),)).text.strip()))
        for part in _at_keys(whole, behind):
            said = closed_up(unwrap(part)).rstrip(_DASHES)
            if said and not is_issue_line(said) and not _KEY_ALONE.match(said):
                out.append(Affiliation(keys_of(part), said, behind))
    return out


def _begins(
    evidence: Evidence, lines: Sequence[tuple[int, int]], texts: Sequence[str], at: int, *, is_shared: bool
) -> bool:
    """Whether a line begins an affiliation and does not go on with the one above.

    Below several authors two lines that name institutions are two affiliations, below one a line that is nearly full
    goes on.
    """
    above, text = texts[at - 1], texts[at]
    if _KEY_ALONE.match(above):
        return False
    if keys_of(texts[0]) or _KEY_ALONE.match(texts[0]):
        return bool(keys_of(text) or _KEY_ALONE.match(text))
    if _OPEN_ENDS.search(above) or text[0].islower() or is_open(above):
        return False
    if HAN.match(text) or above[-1] in "）)":
        return HAN_ENDS.search(above) is not None
    if above.endswith((";", "；")):
        return True
    if is_shared and INSTITUTION.search(above) and INSTITUTION.search(text):
        return True
    line = evidence.line_at(lines[at - 1][0])
    (needed,) = measure([f"{above} {text.split()[0]}"])[2]
    return needed * 100 <= evidence.measures[line] * (100 if is_shared else _BROKEN)


def is_open(text: str) -> bool:
    """Whether a bracket is left open."""
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _at_keys(whole: str, authors: int) -> list[str]:
    """An affiliation cut where the next keys are glued to it: `1School of … 2Department of …`.

    Cut at semicolons where these make as many as there are authors.
    """
    first = keys_of(whole)
    parts = [whole]
    blank = r"\s+" if first and whole.lstrip()[len(first) :][:1].isspace() else r"\s*"
    value = int(first) if first.isdecimal() else _CIRCLES.find(first) + 1 if first else 0
    while value:
        value += 1
        key = str(value) if first.isdecimal() else _CIRCLES[value - 1 : value]
        cut = re.search(_GLUED.format(key=key, blank=blank), parts[-1]) if key else None
        if cut is None or not cut.start():
            break
        parts[-1:] = [parts[-1][: cut.start()], parts[-1][cut.end() :]]
    if len(parts) > 1:
        return parts
    stopped = re.split(r"\s*[;；]\s*", unwrap(whole))
    return stopped if len(stopped) == authors else [whole]


def affiliations_of(at: int, keys: str, affiliations: Sequence[Affiliation], authors: int) -> list[str]:
    """By key; else those next behind the author: one for each where they are as many, else all of them for all; else,
    likewise, those above all authors."""
    own = keys.split() if keys[:1] == " " else keys
    keyed = [row.text for row in affiliations if row.key and row.key in own]
    if keyed:
        return keyed
    behind = [row for row in affiliations if row.behind > at]
    if behind:
        nearest = min(row.behind for row in behind)
        first = max((row.behind for row in affiliations if row.behind <= at), default=0)
        rows = [row.text for row in behind if row.behind == nearest]
        return [rows[at - first]] if len(rows) == nearest - first else rows
    above = [row.text for row in affiliations if not row.behind]
    return [above[at]] if len(above) == authors else above
