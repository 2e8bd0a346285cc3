"""Blanks between Chinese characters: letter-spacing, stray blanks, and separators that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...model import Rule
from ..stretches import Change
from .blanks import BLANK

LETTER_SPACING = Rule("letter-spacing", "joined", 95, "Blanks that spread a name or a short head.")
STRAY_BLANK = Rule("stray-blank", "joined", 90, "A blank between characters of running Chinese.")
PUNCTUATION_BLANK = Rule("blank-at-punctuation", "joined", 92, "A blank beside full-width punctuation.")

RUNNING = ("p", "quote", "item", "note", "abstract", "caption", "bibl")
DENSE = 40  # blanks between Chinese characters for a thousand of them: the blanks mean nothing

WIDEST = 2  # characters of a stray blank: a wider one parts columns

HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN, _HAN_RUN = re.compile(f"[{HAN}]"), re.compile(f"[{HAN}]+")
# Each begins with one class, which the scanner of `re` finds quickly.
_GAP = re.compile(f"[{BLANK}](?<=[{HAN}].)[{BLANK}]*(?=[{HAN}])")
_BESIDE = re.compile(
    f"[{BLANK}](?:(?<=[，。、；：！？].)[{BLANK}]*(?=[{HAN}“‘「『《〈（【])"
    f"|(?<=[{HAN}”’」』》〉）】].)[{BLANK}]*(?=[，。、；：！？])"
    f"|(?<=[“‘「『《〈（【].)[{BLANK}]*(?=[{HAN}])"
    f"|(?<=[{HAN}。！？…].)[{BLANK}]*(?=[”’」』》〉）】]))"
)
_SENTENCE_ENDS = "。！？；"
_QUOTED = re.compile("《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』|〈[^〉]*〉")


class Habits(NamedTuple):
    """Whether blanks between Chinese characters mean anything here, the running text to ask, and
    whether brackets are set close to the characters beside them."""

    dense: bool
    text: str
    is_close: bool = False


def holds_han(text: str) -> bool:
    """Whether a Chinese character stands in a text."""
    return not text.isascii() and _HAN.search(text) is not None


def find_habits(running: Sequence[str], parted: Iterable[str]) -> Habits:
    """The habits of a source, from its running Chinese blocks and from those of them that hold blanks."""
    gaps = sum(1 for text in parted for _ in _GAP.finditer(text))
    if not gaps:
        return Habits(False, "\n".join(running))
    text = "\n".join(running)
    letters = len(text) - len(_HAN_RUN.sub("", text))
    return Habits(gaps > 3 and gaps * 1000 > letters * DENSE, text)


def find_letter_spacing(text: str, kind: str, habits: Habits) -> Iterator[Change]:
    """Blanks of a text with Chinese in it that should go; those that part two phrases stay.

    >>> none = Habits(False, "")
    >>> [change[:3] for change in find_letter_spacing("王  毅  部长", "byline", none)]
    [(1, 3, '')]
    """
    for found in _GAP.finditer(text):
        start, end = found.span()
        if _stands_alone(text, start - 1) and _stands_alone(text, end):
            if not (kind == "keywords" and found[0] == " "):
                yield start, end, "", LETTER_SPACING, LETTER_SPACING.certainty
        elif kind in RUNNING and _is_stray(text, start, end, habits):
            yield start, end, "", STRAY_BLANK, STRAY_BLANK.certainty - (0 if habits.dense else 10)
    for found in _BESIDE.finditer(text):
        if found[0] == " " and text[found.start() - 1] in _SENTENCE_ENDS and not habits.dense:
            continue  # some print a blank between sentences
        yield found.start(), found.end(), "", PUNCTUATION_BLANK, PUNCTUATION_BLANK.certainty


def _stands_alone(text: str, at: int) -> bool:
    """Whether the Chinese character at `at` has none beside it."""
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return not (_HAN.match(left) or _HAN.match(right)) and (left == "" or not left.isalnum())


def _is_stray(text: str, start: int, end: int, habits: Habits) -> bool:
    """Whether the source writes without a blank, elsewhere, what this blank parts."""
    if any(quoted.start() < start and end < quoted.end() for quoted in _QUOTED.finditer(text)):
        return False
    left, right = text[max(0, start - 2) : start], text[end : end + 2]
    if end - start > WIDEST:
        return False
    if not habits.dense and (_stands_alone(text, start - 1) or _stands_alone(text, end)):
        return False  # beside a spread name (`王  毅  部长`) it parts the name from the rest
    return habits.dense or any(
        len(cut) == 3 and cut in habits.text for cut in (left + right[:1], left[-1:] + right) if _all_han(cut)
    )


def _all_han(text: str) -> bool:
    return len(_HAN.findall(text)) == len(text)
