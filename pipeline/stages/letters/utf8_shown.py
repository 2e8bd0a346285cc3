"""UTF-8 that was read as GBK or Big5: rare Chinese characters in place of Chinese or of accented letters.

A repair is made only where the characters are whole UTF-8 in their own encoding, and where the result is
clearly more plausible than what stands there; a letter with an accent only inside a Latin word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from ...model import Rule
from .forms import Finding
from .frequent import plausibility

UTF8_AS_GBK = Rule("utf8-read-as-gbk", "emended", 95, "UTF-8 bytes that were read as GBK.")
UTF8_AS_BIG5 = Rule("utf8-read-as-big5", "emended", 95, "UTF-8 bytes that were read as Big5.")

CLEARLY = 150  # the plausibility of what a stretch of Chinese reads
BETTER = 50  # and by how much it must be more than that of what stands there
ORDINARY = 100  # ordinary characters, where what stands there is none: `-ORDINARY`
LETTER = 85  # the certainty of a single letter with an accent

_HAN = re.compile("[\u3400-\u9fff]")
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_TWO_BYTES = "".join(chr(code) for code in range(0x80, 0x800))
_LATIN_WORD = re.compile("[A-Za-z\xc0-\u017f\u2010-\u2026]+")
_LETTERS_BEFORE = re.compile("[A-Za-z\xc0-\u024f]+[\u4e00-\u9fff]?[A-Za-z\xc0-\u024f]*$")
_LETTERS_BEHIND = re.compile("[A-Za-z\xc0-\u024f]+[\u4e00-\u9fff]?[A-Za-z\xc0-\u024f]*")
_WINDOW = 16  # characters that are looked at first
_LONGEST = 4096  # characters of one stretch of damage
# Windows shows the byte 0x80, which is no GBK, as a euro sign.
_EURO = "\u20ac"


def _of(codec: str, leads: Iterable[int], trails: Iterable[int]) -> str:
    """The characters of these pairs, ASCII signs and what is no pair left out."""
    trails = tuple(trails)
    pairs = (bytes([lead, trail]).decode(codec, "ignore") for lead in leads for trail in trails)
    return "".join(pair for pair in pairs if len(pair) == 1 and pair > "\x7f")


class _Shown(NamedTuple):
    """What UTF-8 looks like in another encoding: where to look, and at which characters of a text."""

    codec: str
    rule: Rule
    first: re.Pattern[str]
    gate: re.Pattern[str]


def _shown(codec: str, rule: Rule) -> _Shown:
    """The lead byte of three-byte UTF-8 and its first continuation byte make one character.

    Behind it comes a last continuation byte with what follows: the lead of the next character or, at the
    end of the damage, an ASCII sign swallowed.  A letter with an accent is one character by itself.
    """
    first = _of(codec, range(0xE2, 0xF0), range(0x80, 0xC0))
    second = _of(codec, range(0x81, 0xC0), (*range(0x40, 0x7F), *range(0xC2, 0xF5))) + _EURO
    letter = _of(codec, range(0xC3, 0xC6), range(0x80, 0xC0))
    gate = f"[{first}{letter}](?:(?<=[{first}])[{second}]|(?<=[A-Za-z][{letter}])|(?<=[{letter}])(?=[A-Za-z]))"  # one class comes first: the scanner of `re` skips all else quickly
    return _Shown(codec, rule, re.compile(f"[{first}{letter}]"), re.compile(gate))


_KINDS = (_shown("gbk", UTF8_AS_GBK), _shown("big5hkscs", UTF8_AS_BIG5))


def find_utf8(text: str, characters: str) -> list[Finding]:
    """Stretches as short as the damage, with what they read; `characters` are the kinds of the text."""
    found: list[Finding] = []
    for shown in _KINDS:
        if shown.first.search(characters):
            taken = found[:]
            found += (
                new
                for new in _find(text, shown)
                if not any(new[0] < end and start < new[1] for start, end, *_ in taken)
            )
    return sorted(found, key=lambda finding: finding[:2])


def _find(text: str, shown: _Shown) -> Iterator[Finding]:
    place = 0
    while gate := shown.gate.search(text, place):
        start = gate.start()
        place = start + 1
        old, new = _longest(text, start, shown.codec)
        if not new:
            continue
        new = _again(new, shown.codec)
        if _HAN.search(new) or (len(new) > 1 and not _LATIN_WORD.fullmatch(new)):
            alone = not (_HAN.match(text, start - 1) if start else None) and not _HAN.match(text, start + len(old))
            certainty = shown.rule.certainty if _is_better(old, new, alone=alone) else 0
        else:
            certainty = LETTER if _is_in_a_word(text, start, start + len(old), new) else 0
        if certainty:
            yield start, start + len(old), new, shown.rule, certainty
            place = start + len(old)


def _is_better(old: str, new: str, *, alone: bool) -> bool:
    """Whether a reading is clearly more plausible; ordinary characters for rare ones need three, or to stand alone."""
    ours, theirs = plausibility(old), plausibility(new)
    if len(new) < 2:
        return False
    return theirs >= max(CLEARLY, ours + BETTER) or (
        theirs >= ORDINARY and ours <= -ORDINARY and (alone or len(new) > 2)
    )


def _is_in_a_word(text: str, start: int, end: int, new: str) -> bool:
    """Whether Latin letters stand before or behind, and Chinese on neither side."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if _HAN.match(before) or _HAN.match(behind):
        return False
    if new[-1:].isascii():
        return True  # a letter swallowed: half of what stands there is Latin
    left, right = _LETTERS_BEFORE.search(text, max(0, start - 9), start), _LETTERS_BEHIND.match(text, end, end + 9)
    letters = (left[0] if left else "") + (right[0] if right else "")
    return len(letters) > 1 and (before.islower() or behind.islower() or (letters + new).isupper())


def _again(new: str, codec: str) -> str:
    """What was read wrongly twice is read rightly twice."""
    old, twice = _longest(new, 0, codec)
    return twice if old == new and _is_better(old, twice, alone=True) else new


def _longest(text: str, start: int, codec: str) -> tuple[str, str]:
    """The longest stretch from `start` whose bytes are whole UTF-8 characters, and these."""
    first = bytes_shown(text[start : start + 2], codec)
    try:
        first[: 3 if first[:1] > b"\xdf" else 2].decode("utf-8")
    except UnicodeDecodeError:
        return "", ""
    width, new, encoded = _WINDOW, "", b""
    while True:
        encoded = bytes_shown(text[start : start + width], codec)
        new = _multibyte(encoded)
        if width >= _LONGEST or len(new.encode("utf-8")) + 4 < len(encoded) or start + width > len(text):
            break
        width *= 4
    return _aligned(text[start : start + width], encoded, _trimmed(new), codec)


def _aligned(shown: str, encoded: bytes, new: str, codec: str) -> tuple[str, str]:
    """As many characters of `new` as end where a shown one ends, and what is shown for them."""
    size = len(new.encode("utf-8"))
    widths = (
        1 if character < "\x80" or (character == _EURO and codec == "gbk") else 2 for character in shown[: size + 1]
    )
    ends = list(accumulate(widths, initial=0))
    while new:
        end = bisect_left(ends, size)
        if end < len(ends) and ends[end] == size:
            return shown[:end], new
        if end < len(ends) and ends[end] == size + 1 and encoded[size] < 0x80:
            return shown[:end], new + chr(encoded[size])  # a character that swallowed an ASCII sign
        size -= len(new[-1].encode("utf-8"))
        new = new[:-1]
    return "", ""


_MULTIBYTE = re.compile(rb"(?:[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")


def _multibyte(encoded: bytes) -> str:
    """The UTF-8 characters of more than one byte that `encoded` begins with."""
    found = _MULTIBYTE.match(encoded)
    try:
        return found[0].decode("utf-8") if found else ""
    except UnicodeDecodeError as error:
        return encoded[: error.start].decode("utf-8")


def _trimmed(new: str) -> str:
    """Without letters of two bytes behind Chinese: that is where sound text goes on."""
    return new.rstrip(_TWO_BYTES) if _EAST_ASIAN.search(new) else new


def bytes_shown(shown: str, codec: str) -> bytes:
    """The bytes that an encoding shows as these characters, up to the first it cannot show."""
    parts: list[bytes] = []
    for part in shown.split(_EURO) if codec == "gbk" else (shown,):
        try:
            parts.append(part.encode(codec))
        except UnicodeEncodeError as error:
            parts.append(part[: error.start].encode(codec))
            break
    return b"\x80".join(parts)
