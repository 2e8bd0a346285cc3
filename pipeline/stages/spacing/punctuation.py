"""Punctuation and width by the language around: full-width in Chinese sentences, ASCII in Latin ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import Rule
from ..stretches import Change
from .blanks import BLANK
from .chinese import HAN

ASCII_IN_CHINESE = Rule("ascii-punctuation", "emended", 94, "ASCII punctuation in a Chinese sentence.")
HALF_WIDTH = Rule("half-width-punctuation", "emended", 97, "Half-width forms of Chinese punctuation.")
STRAIGHT_QUOTES = Rule("straight-quotes", "emended", 88, "A pair of straight quotation marks in a Chinese sentence.")
ASCII_STOP = Rule("ascii-full-stop", "emended", 88, "A full stop, dots or hyphens of ASCII in a Chinese sentence.")
WIDE_LETTERS = Rule("full-width-letters", "emended", 95, "Full-width letters or digits in Latin text.")
WIDE_IN_LATIN = Rule("full-width-punctuation", "emended", 90, "Full-width punctuation in Latin text.")

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_INNER = {"“”": "‘’", "「」": "『』"}
_HALF = str.maketrans("｡｢｣､･", "。「」、・")
_ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_PERIODS = str.maketrans("。", ".")

# What punctuation inside is none of ours.  An address goes on over a sign but where the sentence does behind it.
_ADDRESS = f"(?:[^\\s，。；）】》”,;:.!?()]|[,;:.!?()](?![{HAN}]|\\s|$))+"
_PROTECTED = re.compile(
    f"https?[:：]//{_ADDRESS}|www\\.{_ADDRESS}|\\b10\\.[0-9]{{4,9}}/{_ADDRESS}|[\\w.+-]+@[\\w-]+\\.[\\w.]+"
    "|[0-9][0-9:.,/-]*[0-9]"
)
_BEFORE = f'[{HAN}”’」』》〉）】％"]'
_AFTER = f"[{HAN}“‘「『《〈（【\\d]|[{BLANK}]*$"
# It begins with one class, which the scanner of `re` finds quickly.
_STOP = re.compile(
    f"[{BLANK},;:?!](?:(?<={_BEFORE}[,;:?!])|(?<={_BEFORE}[{BLANK}])[,;:?!])"
    f'(?:[{BLANK}]*(?=[{HAN}“‘「『《〈（【"])|(?={_AFTER}))'
    f"|[,;:?!](?<=[0-9A-Za-z)\\]].)(?=[{HAN}《“])"
)
# Dots and hyphens that stand for an ellipsis or a dash; a dot that ends a sentence, not one inside a name.
_DOTS = re.compile(f"[.-](?<=[{HAN}”’」』》）].)(?:(?<=\\.)\\.{{2,5}}|(?<=-)-{{1,3}})(?=[{HAN}“”‘’「」《》（），。]|$)")
_LAST_STOP = re.compile(f'\\.(?<=[{HAN}”’」』》）")].)(?=[”’」』）]?[{BLANK}]*$)')
_INNER_STOP = re.compile(f"\\.(?<=[{HAN}]{{6}}.)(?=[{HAN}]{{6}})")
_CLOSED_STOP = re.compile(f"\\.(?<=[{HAN}][”’」』》）)].)(?=[{HAN}“‘「『《])")
_QUOTED = {mark: re.compile(f"{mark}([^{mark}\\n]*){mark}") for mark in "\"'"}
_PHRASE = re.compile("[^，。、；：！？,.;:]{1,12}")  # in two single ones that are no misread commas
_APOSTROPHE = re.compile("(?<=[A-Za-z])'(?=[A-Za-z])")
_BRACKETS = re.compile(f"[(（]([^()（）\\n]*[{HAN}][^()（）\\n]*)[)）]")
_LABEL = re.compile("[(（][一二三四五六七八九十]{1,3}[)）]")  # the blank behind it stays
_BESIDE_STOP = re.compile(f"[，；：](?:(?<=[{HAN}].)|(?=[{HAN}]))")
_ASCII_STOP = re.compile(f"[,;:](?:(?<=[{HAN}”’」』》〉）】].)|(?=[{HAN}《“]))")
_HALF_WIDTH = re.compile("[｡｢｣､･]+")
_LETTERS = re.compile("[Ａ-Ｚａ-ｚ０-９]")
_WIDE_WORD = "[Ａ-Ｚａ-ｚ０-９]+(?:[－’．][Ａ-Ｚａ-ｚ０-９]+)*"
_WIDE_WORDS = re.compile(f"{_WIDE_WORD}(?:[，．：；]?[ \u3000]+（?{_WIDE_WORD})+")
_WIDE_RUN = re.compile("[Ａ-Ｚａ-ｚ０-９]+")
_WIDE_BRACKETS = re.compile("（[A-Za-z0-9][\x20-\x7e]*）")
_WIDE_STOP = re.compile(
    f"(?<=[A-Za-z0-9)\\]Ａ-Ｚａ-ｚ０-９])([，；：！？。])([{BLANK}]*)(?=([A-Za-z0-9Ａ-Ｚａ-ｚ０-９“‘(（])|$)"
)
# A sign that one of these patterns may find; full-width ones only where a Latin letter stands before.
_SUSPECT = re.compile(
    "[-,;:?!().\"'（Ａ-Ｚａ-ｚ０-９｡｢｣､･，；：！？。](?:(?<=[^，；：！？。])|(?<=[A-Za-z0-9)\\]Ａ-Ｚａ-ｚ０-９].))"
)
_CHINESE_BEFORE, _CHINESE_BEHIND = re.compile(f"[{HAN}》”」』、，。]"), re.compile(f"[{HAN}《“「『、，。；：]")
_BLANKS_BEFORE = re.compile(f"(?<=[{HAN}》”」』），。、；：])[{BLANK}]+$")
_BLANKS_BEHIND = re.compile(f"[{BLANK}]+(?=[{HAN}《“「『（），。、；：])")
_ANY_HAN, _HAN_RUN = re.compile(f"[{HAN}]"), re.compile(f"[{HAN}]+")
_EAST_ASIAN = re.compile(f"[{HAN}\uff01-\uff9f。]")
_LATIN = re.compile("[A-Za-z]")


def holds_east_asian(text: str) -> bool:
    """Whether an East Asian letter or sign stands in a text."""
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def find_punctuation(text: str, quotes: str = "“”") -> list[Change]:
    """Signs of a block in the width of another language; only one with East Asian signs has any.

    `quotes` are the quotation marks that the document uses (`find_quotes`).
    """
    if not _SUSPECT.search(text):
        return []
    found = [*_find_half_width(text), *(_find_in_chinese(text, quotes) if is_chinese(text) else _find_in_latin(text))]
    if not found:
        return found
    closed = [protected.span() for protected in _PROTECTED.finditer(text)]
    return [change for change in found if all(end <= change[0] or change[1] <= start for start, end in closed)]


def find_own_style(texts: Iterable[str]) -> bool:
    """Whether the notes of a source set ASCII signs beside Chinese as a rule: then that is their style."""
    ascii_stops = wide_stops = 0
    for text in texts:
        if not text.isascii():
            ascii_stops += len(_ASCII_STOP.findall(text))
            wide_stops += len(_BESIDE_STOP.findall(text))
    return ascii_stops > wide_stops


def find_quotes(texts: Iterable[str]) -> str:
    """The quotation marks that Chinese texts set: “” or 「」.

    >>> find_quotes(["他說「好」", "“yes”，「不」"]), find_quotes([])
    ('「」', '“”')
    """
    corner = curved = 0
    for text in texts:
        corner += text.count("「")
        curved += text.count("“")
    return "「」" if corner > curved else "“”"


def is_chinese(text: str) -> bool:
    """Whether a text is a Chinese one, addresses apart."""
    han = len(text) - len(_HAN_RUN.sub("", text))
    return han > 0 and (han * 3 > len(text) or han * 3 >= len(_LATIN.findall(_PROTECTED.sub("", text))))


def _find_half_width(text: str) -> Iterator[Change]:
    for found in _HALF_WIDTH.finditer(text):
        yield found.start(), found.end(), found[0].translate(_HALF), HALF_WIDTH, HALF_WIDTH.certainty


def _find_in_chinese(text: str, quotes: str) -> Iterator[Change]:
    for found in _STOP.finditer(text):
        yield found.start(), found.end(), _WIDE[found[0].strip(BLANK)], ASCII_IN_CHINESE, ASCII_IN_CHINESE.certainty
    for found in _BRACKETS.finditer(text):
        pair = found[0][0] + found[0][-1]
        if pair == "（）" or (pair == "()" and not _is_beside_han(text, found)):
            continue
        for at, new in ((found.start(), "（"), (found.end() - 1, "）")):
            if text[at] != new:
                start, end = (at, at + 1) if _LABEL.fullmatch(found[0]) else _widen(text, at)
                yield start, end, new, ASCII_IN_CHINESE, ASCII_IN_CHINESE.certainty
    yield from _find_straight_quotes(text, quotes)
    for found in _DOTS.finditer(text):
        yield found.start(), found.end(), "……" if found[0][0] == "." else "——", ASCII_STOP, ASCII_STOP.certainty
    for pattern in (_LAST_STOP, _CLOSED_STOP) if "。" in text else (_LAST_STOP, _CLOSED_STOP, _INNER_STOP):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), "。", ASCII_STOP, ASCII_STOP.certainty
    for found in _WIDE_WORDS.finditer(text):
        yield found.start(), found.end(), found[0].translate(_ASCII), WIDE_LETTERS, WIDE_LETTERS.certainty


def _is_beside_han(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    return _CHINESE_BEFORE.match(text[start - 1 : start]) is not None or _CHINESE_BEHIND.match(text, end) is not None


def _find_straight_quotes(text: str, quotes: str) -> Iterator[Change]:
    """Straight quotation marks, where all of a block pair off and Chinese stands in each pair."""
    yield from _find_pairs(text, '"', quotes)
    if not _APOSTROPHE.search(text) and all(_PHRASE.fullmatch(pair[1]) for pair in _QUOTED["'"].finditer(text)):
        yield from _find_pairs(text, "'", _INNER[quotes])


def _find_pairs(text: str, mark: str, quotes: str) -> Iterator[Change]:
    pairs = list(_QUOTED[mark].finditer(text))
    if not pairs or text.count(mark) != 2 * len(pairs) or not all(_ANY_HAN.search(pair[1]) for pair in pairs):
        return
    if any(text.count(quotes[0], 0, pair.start()) != text.count(quotes[1], 0, pair.start()) for pair in pairs):
        return  # inside the marks of the text these are the inner ones
    for pair in pairs:
        for start, end, new in ((*_widen(text, pair.start()), quotes[0]), (*_widen(text, pair.end() - 1), quotes[1])):
            yield start, end, new, STRAIGHT_QUOTES, STRAIGHT_QUOTES.certainty


def _widen(text: str, at: int) -> tuple[int, int]:
    """The sign at `at` with the blanks beside it, where Chinese stands behind them."""
    before = _BLANKS_BEFORE.search(text, max(0, at - 9), at)
    behind = _BLANKS_BEHIND.match(text, at + 1)
    return before.start() if before else at, behind.end() if behind else at + 1


def _find_in_latin(text: str) -> Iterator[Change]:
    for found in _WIDE_RUN.finditer(text):
        yield found.start(), found.end(), found[0].translate(_ASCII), WIDE_LETTERS, WIDE_LETTERS.certainty
    holds_han = _ANY_HAN.search(text) is not None
    for found in _WIDE_STOP.finditer(text):
        if holds_han and not (found[3] and found[3].isascii() and found[3].isalpha()):
            continue  # beside Chinese only what stands between two Latin words
        sign = found[1].translate(_ASCII).translate(_PERIODS)
        new = sign + (" " if found[3] else "")
        yield found.start(), found.end(), new, WIDE_IN_LATIN, WIDE_IN_LATIN.certainty
    for found in _WIDE_BRACKETS.finditer(text):
        start, end = found.span()
        if not _ANY_HAN.search(text[max(0, start - 1) : start] + text[end : end + 1]):
            before, behind = text[max(0, start - 1) : start].isalnum(), text[end : end + 1].isalnum()
            yield start, start + 1, " (" if before else "(", WIDE_IN_LATIN, WIDE_IN_LATIN.certainty
            yield end - 1, end, ") " if behind else ")", WIDE_IN_LATIN, WIDE_IN_LATIN.certainty
