"""Chinese text read in the wrong encoding, each kind with its exact inverse.

A repair is made only where the bytes decode strictly, encode back to the same characters, and the
result is clearly more plausible as Chinese (`frequent.plausibility`) than what stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from ...model import Rule
from .forms import Finding
from .frequent import plausibility

GBK_AS_LATIN = Rule("gbk-read-as-latin", "emended", 95, "GBK bytes that were read as Latin-1 or Windows-1252.")
BIG5_AS_LATIN = Rule("big5-read-as-latin", "emended", 95, "Big5 bytes that were read as Latin-1 or Windows-1252.")
UTF8_AS_GBK = Rule("utf8-read-as-gbk", "emended", 95, "UTF-8 bytes that were read as GBK.")
GBK_AS_UTF8 = Rule(
    "gbk-read-as-utf8", "emended", 85, "GBK bytes that happen to be UTF-8 of two bytes and were read so."
)


def _of_gbk(leads: Iterable[int], trails: Iterable[int]) -> str:
    """The characters of these pairs, ASCII signs and what is no pair left out."""
    trails = tuple(trails)
    pairs = (bytes([lead, trail]).decode("gbk", "ignore") for lead in leads for trail in trails)
    return "".join(pair for pair in pairs if pair > "\x7f")


# Windows-1252 shows the bytes 0x80 to 0x9F as these; Latin-1 as the C1 controls of the same number.
_WINDOWS = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_TO_LATIN = str.maketrans({character: chr(byte) for character, byte in _WINDOWS.items() if character})
_SHOWN = "".join(character for character in _WINDOWS if character)
_LEAD = f"\x81-\xfe{_SHOWN}"
_PAIRS = f"(?:[{_LEAD}][@-~{_LEAD}])"
# Two pairs or more, and in them at least two bytes that are no quotation mark or dash of ordinary text.
_LATIN_GATE = re.compile("[\xa1-\xfe](?:[\xa1-\xfe]|[^\n][\xa1-\xfe]|[^\n]{2}[\xa1-\xfe]|[^\n]{3}[\xa1-\xfe])")
_LATIN_STRETCH = re.compile(f"{_PAIRS}{{2,}}")
_LATIN_SINGLE = re.compile(f"(?<![{_LEAD}@-~]){_PAIRS}(?![{_LEAD}])|{_PAIRS}{{2,}}")

CLEARLY = 200  # the plausibility of a stretch that speaks for itself
IN_COMPANY = 100  # and of one in a text that holds many
MANY = 20  # characters in stretches that speak for themselves

# What a lead byte of three-byte UTF-8 and its first continuation byte look like in GBK.
_FIRST = _of_gbk(range(0xE2, 0xF0), range(0x80, 0xC0))
_FIRST_ONE = re.compile(f"[{_FIRST}]")
# Behind them comes a last continuation byte, and what follows it: the lead of the next character or, at
# the end of the damage, an ASCII sign swallowed.
_SECOND = _of_gbk(range(0x81, 0xC0), (*range(0x40, 0x7F), *range(0xC2, 0xF5)))
_GBK_GATE = re.compile(f"[{_FIRST}][{_SECOND}\u20ac]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_LONGEST = 4096  # characters of one stretch of damage
_TWO_BYTES = re.compile("[\x80-\u07ff]{2,}")
_MARKED_TWO_BYTES = re.compile("[\u0180-\u0362\u0378-\u0385\u0483-\u07ff]")


def find_latin(text: str) -> list[Finding]:
    """GBK or Big5 shown as Latin letters: one encoding for the whole source, the more plausible one."""
    candidates = [found for found in _stretches(text) if not _goes_on_a_word(text, found)]
    candidates = [found for found in candidates if _LATIN_GATE.search(found[0])]
    if not candidates:
        return []
    best: tuple[int, str, Rule] | None = None
    for codec, rule in (("gbk", GBK_AS_LATIN), ("big5", BIG5_AS_LATIN)):
        clear = [new for found in candidates if (new := _decode_clear(found, codec))]
        score = sum(len(new) * plausibility(new) for new in clear)
        if score > (best[0] if best else 0):
            best = (score, codec, rule)
    if best is None:
        return []
    score, codec, rule = best
    return [
        (found.start(), found.end(), new, rule, rule.certainty)
        for found in (candidates if score < MANY * CLEARLY else _LATIN_SINGLE.finditer(text))
        if (new := _decode_clear(found, codec) if score < MANY * CLEARLY else _decode_in_company(found, codec))
    ]


def _stretches(text: str) -> Iterator[re.Match[str]]:
    """The stretches of pairs in lines where two letters of the upper half stand close together."""
    place = 0
    while gate := _LATIN_GATE.search(text, place):
        line = text.rfind("\n", place, gate.start()) + 1 or place
        end = text.find("\n", gate.end())
        end = len(text) if end < 0 else end
        yield from _LATIN_STRETCH.finditer(text, line, end)
        place = end


def _decode_clear(found: re.Match[str], codec: str) -> str:
    """What a stretch reads, if it speaks for itself; GBK of modern prose is GB 2312, without ASCII in it."""
    new = _decode(found[0], codec)
    if plausibility(new) < CLEARLY:
        return ""
    return new if codec == "big5" or sum(character < "\x7f" for character in found[0]) * 2 < len(new) else ""


def _goes_on_a_word(text: str, found: re.Match[str]) -> bool:
    """Whether a stretch with ASCII in it begins inside a Latin word (`prot|\u00e9g\u00e9e`)."""
    return text[found.start() - 1 : found.start()].isalpha() and min(found[0]) < "\x7f"


def _decode_in_company(found: re.Match[str], codec: str) -> str:
    new = _decode(found[0], codec)
    return new if plausibility(new) >= IN_COMPANY else ""


def _decode(shown: str, codec: str) -> str:
    """The characters of these bytes, or nothing where they are not this encoding."""
    try:
        encoded = shown.translate(_TO_LATIN).encode("latin-1")
        new = encoded.decode(codec)
        return new if new.encode(codec) == encoded else ""
    except UnicodeError:
        return ""


def may_be_utf8(characters: str) -> bool:
    """Whether UTF-8 shown as GBK can stand in a text of these characters."""
    return _FIRST_ONE.search(characters) is not None


def find_utf8(text: str) -> Iterator[Finding]:
    """UTF-8 shown as rare Chinese characters, in stretches as short as the damage."""
    place = 0
    while found := _GBK_GATE.search(text, place):
        place = found.start() + 1
        old, new = _longest_utf8(text, found.start())
        if len(new) > 1 and plausibility(new) >= 150 and plausibility(new) >= plausibility(old) + 50:
            yield found.start(), found.start() + len(old), new, UTF8_AS_GBK, UTF8_AS_GBK.certainty
            place = found.start() + len(old)


def _longest_utf8(text: str, start: int) -> tuple[str, str]:
    """The longest stretch from `start` whose GBK bytes are whole UTF-8 characters, and these."""
    try:
        _bytes_shown(text[start : start + 2])[:3].decode("utf-8")
    except UnicodeDecodeError:
        return "", ""
    run = _NOT_ASCII.match(text, start, start + _LONGEST)
    shown = run[0] if run else ""
    encoded = _bytes_shown(shown)
    try:
        new = encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        new = encoded[: error.start].decode("utf-8")
    ends = list(accumulate((1 if character == "\u20ac" else 2 for character in shown), initial=0))
    size = len(new.encode("utf-8"))
    while ends[end := bisect_left(ends, size)] != size:  # the last character shown holds more than the repair
        size -= len(new[-1].encode("utf-8"))
        new = new[:-1]
    return shown[:end], new


def _bytes_shown(shown: str) -> bytes:
    """The bytes that GBK shows as these characters, up to one it cannot show; 0x80 is a euro sign in Windows."""
    parts: list[bytes] = []
    for part in shown.split("\u20ac"):
        try:
            parts.append(part.encode("gbk"))
        except UnicodeEncodeError as error:
            parts.append(part[: error.start].encode("gbk"))
            break
    return b"\x80".join(parts)


def find_two_bytes(text: str) -> Iterator[Finding]:
    """GBK that is valid UTF-8 by chance: rare letters of several scripts side by side.

    A word of one script is a word of that language and stays.
    """
    if not _MARKED_TWO_BYTES.search(text):
        return
    for found in _TWO_BYTES.finditer(text):
        if len({ord(character) >> 7 for character in found[0]}) < 2 or not _MARKED_TWO_BYTES.search(found[0]):
            continue
        try:
            encoded = found[0].encode("utf-8")
            new = encoded.decode("gbk")
        except UnicodeError:
            continue
        if plausibility(new) >= CLEARLY and new.encode("gbk") == encoded:
            yield found.start(), found.end(), new, GBK_AS_UTF8, GBK_AS_UTF8.certainty
