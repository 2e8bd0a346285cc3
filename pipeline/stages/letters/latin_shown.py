"""GBK and Big5 that were read in a one-byte encoding: Chinese shown as Latin letters and signs.

One of the two encodings is taken for the whole source, the more plausible one.  A stretch is read where
its bytes decode strictly, encode back to the same characters and speak for themselves; beside such
stretches, in a text that holds many, shorter ones are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...model import Rule
from .forms import Finding
from .frequent import is_ordinary, plausibility

GBK_AS_LATIN = Rule("gbk-read-as-latin", "emended", 95, "GBK bytes that were read as Latin-1 or Windows-1252.")
BIG5_AS_LATIN = Rule("big5-read-as-latin", "emended", 95, "Big5 bytes that were read as Latin-1 or Windows-1252.")

# Windows-1252 shows the bytes 0x80 to 0x9F as these; Latin-1 as the C1 controls of the same number.
_WINDOWS = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_TO_LATIN = str.maketrans({character: chr(byte) for character, byte in _WINDOWS.items() if character})
_SHOWN = "".join(character for character in _WINDOWS if character)
# Two letters or signs of the upper half close together, which are no quotation marks or dashes.
_BYTE = "[\x81-\x9f\xa1-\xfeŒœŠšŽžŸƒ†‡ˆ‰]"
_GATE = re.compile(f"{_BYTE}(?:{_BYTE}|[^\n]{_BYTE}|[^\n]{{2}}{_BYTE}|[^\n]{{3}}{_BYTE})")
_RUN = re.compile(f"(?:[\x81-\xfe{_SHOWN}][@-~\x80-\xfe{_SHOWN}])+")
_LETTERS = re.compile("[\xa1-\xfe]")
_SIGN = re.compile("[\xa1-\xbf\xd7\xf7\x80-\xa0]")
# Full-width punctuation; an inverted exclamation mark before a small word is Spanish, and before a capital too.
_PUNCTUATION = {
    "gbk": re.compile("[\xa1-\xa3][\xa1-\xfe]"),
    "big5": re.compile("\xa1(?:[a-z](?![a-z])|[\xa1-\xfe@[-`{-~])"),
}
_LATIN_WORD = re.compile("[A-Za-z][\xa1-\xfe]|[\xa1-\xfe][@-~\xa1-\xfe][A-Za-z]")
_WESTERN = re.compile("[A-Za-z\xc0-\u024f]")
_HIGH = re.compile(f"[\x80-\xff{_SHOWN}]")
_HIGH_RUN = re.compile(f"[\x80-\xff{_SHOWN}]*")
_ASCII_TRAILS = "".join(map(chr, range(0x40, 0x7F)))
_UTF8 = re.compile("[\xc2\xc3\xce-\xd1][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Quotation marks, dashes and dots of GBK and Big5 in Western text: an inverted exclamation mark never stands so.
_SIGNS = {
    "gbk": re.compile("(?<![\x80-\xff])(?:\xa8[\xa1-\xba])*(?:\xa1[\xae-\xb1\xa4\xaa\xad])+(?![\x80-\xff])"),
    "big5": re.compile("(?<![\x80-\xff])(?:\xa1[\xa5-\xa8])+(?![\x80-\xff])"),
}
# Signs of Big5 and GBK by themselves, read only in a text that is damaged throughout: Spanish sets an inverted
# exclamation mark before a word and behind a blank.
_LONE_SIGNS = {
    "gbk": re.compile("(?<=[0-9])\xa8C(?=[0-9])"),
    "big5": re.compile("(?<![\x80-\xff])\xa1(?:[A-Z](?![A-Za-z])|(?<=[A-Za-z0-9].)[A-Z]|[@\\[-`{-~])(?![\x80-\xff])"),
}
# Accented letters of GBK, which stand behind such a sign only in the same text.
_ACCENTED = re.compile("(?<=[A-Za-z])\xa8[\xa1-\xba]|\xa8[\xa1-\xba](?=[a-z])")
# Capitals or small letters in the order of the alphabet, and raised figures: lists, not damage.
_NO_DAMAGE = re.compile("[\xc0-\xdf]{3,}|[\xe0-\xff]{3,}|[\xaa\xb0-\xb3\xb9\xba\xbc-\xbe]+")
_EAST_ASIAN = re.compile("[\u2e80-\u9fff]")

# A closing quotation mark and the bracket of a note's marker, which together would be a rare character.
_QUOTE_AND_BRACKET = re.compile("[\u2019\u201d\u2026]\\[")
_UTF8_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MAC_SIGN = re.compile("[∏∑∂∫√∞≠≤≥≈∆◊Ωπı\ufb01\ufb02\u2044\uf8ff\u02d8-\u02dd]")
_AROUND = 12  # characters on either side that are looked at

CLEARLY = 200  # the plausibility of two characters that speak for themselves
SURELY = 250  # and of a stretch of which half is ASCII
LONGER = 100  # and of three or more, and of what stands in company
THROUGHOUT = 90  # per cent of the letters of the upper half, in a text of which all was damaged
MANY = 20  # characters in stretches that speak for themselves


class _Reading(NamedTuple):
    start: int
    end: int
    new: str
    is_clear: bool


def find_latin(text: str) -> list[Finding]:
    """Stretches of Latin letters that are Chinese, with what they read."""
    lines = [(line, [*_RUN.finditer(text, *line)]) for line in _lines(text)]
    best: tuple[int, str, Rule] | None = None
    has_signs = "\xa1" in text
    for codec, rule in (("gbk", GBK_AS_LATIN), ("big5", BIG5_AS_LATIN)):
        signs = len(_SIGNS[codec].findall(text)) if has_signs else 0
        clear = [found for _, runs in lines for run in runs if (found := _read(text, run, codec)) and found.is_clear]
        score = sum(len(found.new) * plausibility(found.new) for found in clear) + signs * CLEARLY
        if score > (best[0] if best else 0):
            best = (score, codec, rule)
    if best is None:
        return []
    score, codec, rule = best
    company = score >= MANY * CLEARLY
    readings = [found for line, runs in lines for found in _read_line(text, line, runs, codec, company=company)]
    if company and sum(_high(found, text) for found in readings) * 100 >= THROUGHOUT * len(_HIGH.findall(text)):
        readings += _read_rest(text, lines, codec, {found.start for found in readings})
    if has_signs:
        taken = {at for found in readings for at in range(found.start, found.end)}
        readings += _read_signs(text, codec, taken, company=company)
    return [(found.start, found.end, found.new, rule, rule.certainty) for found in sorted(readings)]


def _read_signs(text: str, codec: str, taken: set[int], *, company: bool) -> Iterator[_Reading]:
    """Punctuation of GBK or Big5 in Western text, and in such a text accented letters of GBK."""
    patterns = [_SIGNS[codec]]
    if codec == "gbk" and (company or _SIGNS[codec].search(text)):
        patterns.append(_ACCENTED)
    if company:
        patterns.append(_LONE_SIGNS[codec])
    for pattern in patterns:
        for found in pattern.finditer(text):
            new = _decode(found[0], codec)
            if new and taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                yield _Reading(found.start(), found.end(), new, True)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines in which letters of the upper half stand close together."""
    place = 0
    while gate := _GATE.search(text, place):
        start = text.rfind("\n", place, gate.start()) + 1 or place
        end = text.find("\n", gate.end())
        place = len(text) if end < 0 else end
        yield start, place


def _read_line(
    text: str, line: tuple[int, int], runs: list[re.Match[str]], codec: str, *, company: bool
) -> Iterator[_Reading]:
    """What the runs of a line read: those that are clear, and in company the others that are likely."""
    found = [(run, _read(text, run, codec)) for run in runs]
    clear = sum(one.end - one.start for _, one in found if one and one.is_clear)
    is_foreign = not _EAST_ASIAN.search(text, *line)
    is_damaged = 0 < len(_HIGH.findall(text, *line)) <= clear * 2
    for run, one in found:
        if not one:
            continue
        is_all = company and is_foreign and text[slice(*line)].strip() == run[0]
        if (
            one.is_clear
            or (((company and is_foreign) or is_damaged) and _goes_along(text, run[0], one, codec))
            or ((is_all or (is_damaged and is_foreign)) and _stands_apart(text, one))
        ):
            yield one


def _high(found: _Reading, text: str) -> int:
    return len(_HIGH.findall(text, found.start, found.end))


def _read_rest(
    text: str, lines: list[tuple[tuple[int, int], list[re.Match[str]]]], codec: str, taken: set[int]
) -> Iterator[_Reading]:
    """In a text damaged throughout, the other runs that are ordinary Chinese and stand in no Latin word."""
    for line, runs in lines:
        for run in runs if not _EAST_ASIAN.search(text, *line) else ():
            start, end = run.span()
            sides = text[start - 1 : start] + text[end : end + 1]
            new = _decode(run[0], codec) if taken.isdisjoint(range(start, end)) else ""
            if (
                new
                and run[0][0] > "\x7f"
                and not _WESTERN.search(sides)
                and plausibility(new) >= LONGER
                and is_ordinary(new)
            ):
                yield _Reading(start, end, new, False)


def _stands_apart(text: str, found: _Reading) -> bool:
    """Whether a reading is ordinary Chinese and no Latin letter stands beside it: in such a line it is no word."""
    sides = text[found.start - 1 : found.start] + text[found.end : found.end + 1]
    if _WESTERN.search(sides) or not is_ordinary(found.new) or plausibility(found.new) < LONGER:
        return False
    shown = text[found.start : found.end]
    return len(found.new) > 1 and not _NO_DAMAGE.fullmatch(shown) and _SIGN.search(shown) is not None


def _goes_along(text: str, shown: str, found: _Reading, codec: str) -> bool:
    """Whether a short stretch is to be read in company: not signs alone, no letter with an ASCII one behind."""
    if plausibility(found.new) < LONGER or not _LETTERS.search(shown) or _NO_DAMAGE.fullmatch(shown):
        return False
    if len(found.new) > 1:
        half = sum(character < "\x7f" for character in shown) * 2 >= len(found.new)
        return not half or plausibility(found.new) >= CLEARLY
    if _PUNCTUATION[codec].match(text, found.start):
        return True
    if shown[0] == shown[1] or _LATIN_WORD.search(text, max(0, found.start - 1), found.end + 1):
        return False
    return min(shown) >= "\x80" or (codec == "big5" and _SIGN.match(shown) is not None)


def _read(text: str, run: re.Match[str], codec: str) -> _Reading | None:
    """A plausible reading of a run; a quotation mark before it, or what follows it, may be no part of the damage."""
    if _is_utf8(text, run, codec) or _is_utf8_as_mac(text, run):
        return None
    first, last = run.span()
    trimmed = [(first + 1, last + 1), (first + 1, last - 1)] if run[0][0] in _SHOWN else [(first, last - 2)]
    for start, end in [(first, last), *trimmed]:
        if _QUOTE_AND_BRACKET.match(text, end - 2):
            end -= 2
        shown = text[start:end]
        new = _decode(shown, codec) if shown[:1] > "\x7f" else ""
        points = plausibility(new) if new else 0
        if points >= LONGER and not _goes_on_a_word(text, start, shown, codec):
            return _Reading(start, end, new, _is_clear(shown, new, codec, points))
    return None


def _is_clear(shown: str, new: str, codec: str, points: int) -> bool:
    """Whether a reading speaks for itself.

    GBK of modern prose is GB 2312, without ASCII in it; capitals with accents side by side may be a list of them.
    """
    if codec == "gbk" and points < SURELY and sum(character < "\x7f" for character in shown) * 2 >= len(new):
        return False
    if len(_LETTERS.findall(shown)) < 2:
        return False
    if len(new) < 3 or not _SIGN.search(shown):
        return len(new) > 1 and points >= CLEARLY
    return points >= LONGER and (points >= CLEARLY or is_ordinary(new))


def _goes_on_a_word(text: str, start: int, shown: str, codec: str) -> bool:
    """Whether a stretch whose first pair holds an ASCII letter begins inside a Latin word (`prot|\u00e9g\u00e9e`)."""
    if shown[1] > "\x7f" or (codec == "big5" and shown[0] == "\xa1"):
        return False
    return start > 0 and _WESTERN.match(text, start - 1) is not None


def _is_utf8(text: str, run: re.Match[str], codec: str) -> bool:
    """Whether the letters in which a run lies are UTF-8, which is for `latin` to repair.

    Where UTF-8 leaves a letter over, Chinese that leaves none is the better reading (`为这到`).
    """
    start = run.start()
    while start and _HIGH.match(text, start - 1):
        start -= 1
    high = _HIGH_RUN.match(text, start)
    end = max(run.end(), high.end() if high else 0)
    block = text[start:end].rstrip(_ASCII_TRAILS).translate(_TO_LATIN)
    size = sum(len(found) for found in _UTF8.findall(block))
    if size < len(block) and block == run[0] and plausibility(_decode(block, codec)) >= CLEARLY:
        return False
    return size * 4 > len(block) * 3


def _is_utf8_as_mac(text: str, run: re.Match[str]) -> bool:
    """Whether what stands around a run is UTF-8 that was read as MacRoman, signs such as ∏ and ≠ among it."""
    around = text[max(0, run.start() - _AROUND) : run.end() + _AROUND]
    if not _MAC_SIGN.search(around):
        return False
    encoded = around.encode("mac-roman", "ignore")
    high = sum(byte > 0x7F for byte in encoded)
    return sum(len(found) for found in _UTF8_BYTES.findall(encoded)) * 4 > high * 3


def _decode(shown: str, codec: str) -> str:
    """The characters of these bytes, or nothing where they are not this encoding."""
    try:
        encoded = shown.translate(_TO_LATIN).encode("latin-1")
        new = encoded.decode(codec)
        return new if new.encode(codec) == encoded else ""
    except UnicodeError:
        return ""
