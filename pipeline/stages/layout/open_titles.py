"""Lines of titles that were taken for names or institutions, and the reverse, by what they and their neighbours say.

A title goes on below a line that ends openly, with an article or in a quotation; a line that ends with a country, or
begins with a key, says where somebody works; what opens a paper is its first head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import HAN, Evidence
from ..front.beside import behind_commas, in_brackets
from ..front.bylines import BY
from ..institutions import COUNTRY, names_workplace
from .features import Line, are_adjacent
from .open_ends import open_end

_KEYED = re.compile(r"[\d*†‡]{1,2}\s?(?=[A-ZÀ-Þ])")
_OPENING = re.compile(
    r"(?:(?:\d{1,2}|[IVX]{1,4}|§ ?\d{1,2})[.)]?\s+)?(?:introduction|einleitung|einführung|motivation|background|hintergrund|overview|überblick"
    r"|introducción|introduzione|contexte|ausgangslage|fragestellung|problemstellung)\b.{0,40}",
    re.IGNORECASE,
)
_GOES_ON = (",", ";", "-", "/", "·", "&", "(", "\u00ad", "\ufffe", " and", " und", " et")
_CITES = re.compile(r"(?<!\d)1[5-9]\d\d(?!\d)|(?<!\d)20\d\d(?!\d)|[,;:]$")  # what a text was taken from
_BY = ("by", "von", "par")  # an author stands below
_QUOTED = re.compile("[“”„«»]")  # what no name has
_QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("(", ")"))


def mend_open_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for at in [at for at, label in enumerate(labels) if label in "TBA"]:
        text, own = texts[at], labels[at]
        above = labels[at - 1] if at and are_adjacent(lines, at - 1) else ""
        below = labels[at + 1] if at + 1 < len(labels) and are_adjacent(lines, at) else ""
        if HAN.search(text) or not (above in "TBA" or below in "TBA" or below == "P"):
            continue
        if own in "BA" and above == "T" and _is_left_open(texts, labels, at) and not BY.match(text):
            labels[at] = "T"
        elif below == "P" and above in ("T", "B", "A") and _OPENING.fullmatch(text):
            labels[at] = "H"
        elif own == "B" and above == "T" and _QUOTED.search(text):
            labels[at] = "T"
        elif (
            (own in "TB" and above in ("B", "A") and COUNTRY.fullmatch(text))
            or (
                own in "TB"
                and _is_below_whole_line(texts, above, at)
                and _is_workplace(text)
                and not _is_only_title(labels, at)
            )
            or (own == "B" and below in ("A", "T") and not above and _is_workplace(text))
        ):
            labels[at] = "A"


def _is_left_open(texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether the title above a line ends openly, with a small word or in a quotation or bracket that closes here."""
    above, last = texts[at - 1], texts[at - 1].split()[-1]
    if open_end(above) == "word" and (above.isupper() or last.islower()) and last.lower() not in _BY:
        return True
    start = at
    while start and labels[start - 1] == "T":
        start -= 1
    whole = " ".join(texts[start:at])
    return any(whole.count(left) > whole.count(right) and right in texts[at] for left, right in _QUOTES)


def _is_workplace(text: str) -> bool:
    """Whether a line says where somebody works, with a country or a key, and names nobody."""
    if _CITES.search(text):
        return False
    bare = _KEYED.sub("", text, count=1)
    is_byline = BY.match(text) or in_brackets(text) or behind_commas(text) or set(text) & set(";()/·")
    return names_workplace(bare) and (bare != text or "," in text) and not is_byline


def _is_below_whole_line(texts: Sequence[str], above: str, at: int) -> bool:
    """Whether the line above is of the title block, and nothing goes on from it."""
    if above not in ("B", "A", "T") or texts[at - 1].endswith(_GOES_ON) or open_end(texts[at - 1]):
        return False
    return above != "B" or not set(texts[at - 1]) & set(";()")


def _is_only_title(labels: Sequence[str], at: int) -> bool:
    """Whether no other line beside this one is taken for a line of the title."""
    near = [row for row in range(max(0, at - 6), min(len(labels), at + 7)) if row != at]
    return labels[at] == "T" and not any(labels[row] == "T" for row in near) and "A" not in labels[max(0, at - 1) : at]
