"""Names and the affiliations printed beside them: in brackets behind each, or behind commas."""

from __future__ import annotations

import re

from ...evidence import HAN, letters_of
from ..institutions import COUNTRY, INSTITUTION, names_workplace
from ..people import people_in

_OPENING, _CLOSING = "(（", ")）"
_ROLE = re.compile(
    r"(?:eds?|hrsg|hg|herausgeber|transl?|translator|übers|trad|dir)\b\.?|(?:[编編著译譯校]|主编|主編|整理|口述|[^ ]国|[^ ]國)+$",
    re.IGNORECASE,
)
_LEAST_HAN, _LEAST = 3, 5  # letters of an affiliation
_STRONG = re.compile(r"\s+[/|•·‧∙]\s*|\s*[;；]\s*")
_COMMA = re.compile(r"\s*,\s+|\s*,$")
_AND = re.compile(r"\s+(?:and|&|und|et|y|e)\s+(?!.*\s(?:and|&|und|et|y|e)\s)", re.IGNORECASE)
WITH = re.compile(r"\s(?:mit|with|avec)\s", re.IGNORECASE)
_MARKED = re.compile(r"[\s\d*＊†‡§¹²³⁰-⁹,]+$")


def in_brackets(text: str) -> list[tuple[str, str]]:
    """A byline as (names, affiliation in the brackets behind them); nothing where the brackets hold none.

    The last bracket may be left open.
    """
    parts: list[tuple[str, str]] = []
    depth, start, outside = 0, 0, ""
    for at, character in enumerate(text):
        if character in _OPENING:
            if not depth:
                outside, start = text[start:at], at + 1
            depth += 1
        elif character in _CLOSING and depth:
            depth -= 1
            if not depth:
                parts.append((outside, text[start:at]))
                start = at + 1
    parts.append((outside, text[start:]) if depth else (text[start:], ""))
    held = [inside for _, inside in parts if inside]
    return parts if held and all(map(_is_affiliation, held)) else []


def _is_affiliation(inside: str) -> bool:
    letters = letters_of(inside)
    least = _LEAST_HAN if HAN.search(inside) else _LEAST
    return len(letters) >= least and not _ROLE.match(inside.strip())


def behind_commas(text: str) -> list[tuple[str, str]]:
    """A byline as (name, affiliation behind its comma); nothing where no institution stands there.

    Several institutions of one author may stand behind each other.
    """
    if "," not in text or HAN.search(text) or not names_workplace(text):
        return []
    out: list[tuple[str, str]] = []
    for part in _STRONG.split(text):
        pieces = _pieces(part)
        if not pieces:
            continue
        if not is_person(pieces[0]):
            if not out or not out[-1][1] or not names_workplace(part):
                return []
            out[-1] = (out[-1][0], f"{out[-1][1]}; {part.strip()}")
            continue
        name, beside = pieces[0], list[str]()
        for at, piece in enumerate(pieces[1:], 1):
            behind = pieces[at + 1] if at + 1 < len(pieces) else ""
            if is_person(piece) and not COUNTRY.fullmatch(behind) and (not beside or INSTITUTION.search(behind)):
                out.append((name, ", ".join(beside)))
                name, beside = piece, []
            else:
                beside.append(piece)
        out.append((name, ", ".join(beside)))
    if not any(names_workplace(beside) for _, beside in out):
        return []
    for at in range(len(out) - 2, -1, -1):  # several names before the one institution they share
        if not out[at][1]:
            out[at] = (out[at][0], out[at + 1][1])
    return out


def _pieces(part: str) -> list[str]:
    """What stands between commas, also cut where `and` stands before another name and its institution."""
    rough = [piece.strip() for piece in _COMMA.split(part)]
    out: list[str] = []
    for at, piece in enumerate(rough):
        found = _AND.search(piece)
        behind = rough[at + 1] if at + 1 < len(rough) else ""
        cuts = found is not None and is_person(piece[found.end() :])
        if found is not None and cuts and (INSTITUTION.search(behind) or is_person(piece[: found.start()])):
            out += [piece[: found.start()], piece[found.end() :]]
        else:
            out.append(piece)
    return [piece for piece in out if piece]


def is_person(piece: str) -> bool:
    """Whether a piece of a byline looks like one name and no institution."""
    piece = _MARKED.sub("", piece)
    if not 2 <= len(piece.split()) <= 5 or INSTITUTION.search(piece) or WITH.search(piece):
        return False
    return people_in(piece) in ("none", "some")
