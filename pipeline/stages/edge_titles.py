"""Lines at a page's edge that running heads repeat, and that are titles nevertheless."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..evidence import Evidence
from .edges import Surroundings
from .forme import ends_sentence, is_byline, not_of_title
from .front.beside import is_person
from .imprints import is_imprint
from .institutions import names_workplace
from .mail import is_mail_line
from .name_lists import listed_names
from .numbers import Number
from .patterns import label_of
from .people import people_in

_TITLE_BLOCK = 5  # lines of names and institutions below a title that are looked at
_GOES_ON = ("”", "，", ",", "-")  # what a line of text ends with, and a title's second line not
_FIRST_LABEL = re.compile(r"(?:第\s*)?[（(]?(?:一|[1IiAa]|\d+[.．]1)(?![^\W_])|第一")


def is_title_line(evidence: Evidence, around: Surroundings, line: int, sequence: dict[int, Number]) -> bool:
    """On the first page the line that running heads repeat later is the title, if a name and an institution stand below,
    or a short line, and neither a page number nor the journal's own line beside."""
    lines = evidence.lines
    key = around.key[line]
    below = line + 1
    is_beside = any(near in sequence for near in range(line - 2, line + 3))
    is_beside |= any(is_imprint(text) for text in lines.text[max(0, line - 2) : line + 3])
    is_other = is_beside and (line in sequence or is_imprint(lines.text[line]))
    is_first = around.first.get(key) == line or (around.first.get(key) == line - 1 and line - 1 in sequence)
    return not (is_other or not_of_title(lines.text[line]) or _is_rubric(lines.text[line : line + 4])) and (
        is_first
        and around.repeats[key] > 1
        and below < len(lines)
        and (
            _names_author(lines.text[below : below + _TITLE_BLOCK])
            or (lines.width[below] * 4 < evidence.measure * 3 and not is_beside)
        )
    )


def _names_author(texts: Sequence[str]) -> bool:
    """Whether the first of these lines is a name or a list of names, and an institution or an address stands below."""
    is_named = bool(texts) and (is_person(texts[0]) or is_byline(texts[0]) or bool(listed_names(texts[0])))
    return is_named and any(names_workplace(text) or is_mail_line(text) for text in texts[1:])


def is_later_title(evidence: Evidence, around: Surroundings, line: int, sequence: dict[int, Number]) -> bool:
    """On a later page the line that running heads repeat from there on is a title or head if one stands below.

    That is a byline or a short line that does not come again with it, as the second line of a running head does.
    """
    lines, key, below = evidence.lines, around.key[line], line + 1
    if around.first.get(key) != line or around.repeats[key] < 2 or line in sequence or below >= len(lines):
        return False
    if not_of_title(lines.text[line]) or listed_names(lines.text[line]):
        return False
    text = lines.text[below]
    is_open = lines.width[below] * 4 < evidence.measure * 3 and not (
        text[0].islower() or ends_sentence(text) or text.endswith(_GOES_ON)
    )
    alone = around.pairs_below(line) < 2 and below not in sequence and not _is_rubric(lines.text[line : line + 4])
    is_cut = lines.text[line].endswith(("…", "..."))  # as running heads are, and titles not
    goes_on = label_of(text) and not _FIRST_LABEL.match(text)  # a later section, below a running head
    is_title = not (is_cut or goes_on or is_imprint(lines.text[line]))
    return alone and (is_open or is_byline(text)) and is_title


def _is_rubric(texts: Sequence[str]) -> bool:
    """Whether the first of these lines is a word alone (`Chronique`, `书评`) above a title above its byline."""
    first = texts[0]
    is_word = len(first) <= 3 if first[0] >= "\u2e80" else " " not in first and first.isalpha()
    behind = [is_byline(text) or people_in(text) in ("none", "han") for text in texts[1:]]
    return is_word and not any(behind[:1]) and any(behind[1:])
