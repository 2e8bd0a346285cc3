"""Where bylines and affiliations end: brackets that close, cut words, lists, keys that go on below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..front.beside import behind_commas, in_brackets
from ..front.bylines import keys_of
from ..institutions import INSTITUTION
from .features import Line

MOST = 9  # lines of a byline
_CUT_WORD = re.compile(r"[^\W\d_](?:-|\u00ad|\ufffe)$")
_SEPARATED = re.compile(r"\s*[·•/|;；&,，、]\s|\s*(?:and|und|et)\s")
_OPEN_END = re.compile(r"(?:,|\b(?:of|and|for|the|in|de|du|des|la|et|für|der|und|zu))$", re.IGNORECASE)
_UNFINISHED = re.compile(r"\w[,;]? [/·•|;] ?(?:[^\W\d_a-z][\w’'.-]*\s?){1,2}$|; (?:[^\W\d_a-z][\w’'.-]*\s?){1,2}$")
_SEPARATES = re.compile(r"\s(?:[·•/|&]|and|und|et)$|[;；、]$")
# At the end of a line the first name of one of several; at the beginning of the next the other one.
_GIVEN_NAME = re.compile(r"(?:^|,|;|&|\s[/·•|]|\b(?:and|und|et))\s+[^\W\d_a-z][\w’'.-]*(?: [A-ZÀ-Þ]\.)*$")
_SURNAME_FIRST = re.compile(r"[^\W\d_a-z][\w’'-]+(?:\s*[\d*†‡]+)?(?:\s*[,;]|\s+[/·•|(]|\s+(?:and|und|et)\b)")
_KEY = re.compile(r"\d{1,2}$")


def continued_institutions(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> frozenset[int]:
    """Lines of affiliations set apart by raised keys alone: without a key where the first line has one."""
    texts = evidence.lines.text
    found: set[int] = set()
    is_keyed = False
    for at, (label, line) in enumerate(zip(labels, lines, strict=True)):
        is_first = label != "A" or not at or labels[at - 1] != "A" or line.index != lines[at - 1].index + 1
        text = texts[line.index]
        has_key = label == "A" and (keys_of(text) != "" or _KEY.match(text) is not None)
        if is_first:
            is_keyed = has_key
        elif is_keyed and not has_key and INSTITUTION.search(texts[lines[at - 1].index]) and ":" not in text:
            found.add(at)
    return frozenset(found)


def join_lines(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        whole = whole[:-1] + text if _CUT_WORD.search(whole) else f"{whole} {text}"
    return whole.strip()


def end_of_byline(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> int:
    """The line behind the last one of the byline that begins here: open brackets close, cut words and lists go on."""
    end, depth, whole = at + 1, depth_of(texts[at]), texts[at]
    while end < len(lines) and end - at < MOST and lines[end].index == lines[end - 1].index + 1:
        if lines[end].page != lines[at].page:
            break
        if not (_goes_on(texts[end - 1], texts[end], depth) or _is_unfinished(whole, texts[end], labels[end])):
            break
        depth += depth_of(texts[end])
        end += 1
        whole = join_lines(texts[at:end])
    return end if depth <= 0 else at + 1


def _goes_on(above: str, text: str, depth: int) -> bool:
    if _GIVEN_NAME.search(above) and text[0].isupper() and (" " not in text or _SURNAME_FIRST.match(text)):
        return True
    if depth > 0 or _SEPARATED.match(text) or _SEPARATES.search(above) or (above.endswith("),") and "(" in text):
        return True
    return _CUT_WORD.search(above) is not None and text[0].islower()


def _is_unfinished(whole: str, text: str, label: str) -> bool:
    """Whether a name waits for its brackets, or an affiliation behind a comma for its end."""
    brackets = in_brackets(whole)
    if brackets:
        return not brackets[-1][1] and any(map(str.isalpha, brackets[-1][0])) and ("(" in text or "（" in text)
    if label not in "AB" or not (_OPEN_END.search(whole) or _UNFINISHED.search(whole)):
        return False
    return bool(behind_commas(f"{whole} {text}"))


def depth_of(text: str) -> int:
    """Brackets opened less those closed."""
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")


def continued_bylines(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> frozenset[int]:
    """Byline lines that go on with the one above: within brackets, a word or a list."""
    texts = evidence.lines.text
    found: set[int] = set()
    depth = 0
    for at, label in enumerate(labels):
        if label != "B":
            depth = 0
            continue
        text = texts[lines[at].index]
        if at and labels[at - 1] == "B" and _goes_on(texts[lines[at - 1].index], text, depth):
            found.add(at)
        else:
            depth = 0
        depth += depth_of(text)
    return frozenset(found)
