"""Bytes to code points and back, without loss, whatever the bytes are.

`decode` and `encode` are inverse for any bytes and any codec of `CODECS`.  What a codec cannot read
stays in the text as lone surrogates; what it would not write back is kept as an *exception*, the bytes
that one code point stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# Codec -> the names it may be asked for by.  GBK and GB2312 are subsets of GB18030, Big5 of Big5-HKSCS.
NAMES = {
    "utf-8": ("utf8", "utf-8-sig", "utf_8", "ascii", "us-ascii"),
    "utf-16-le": ("utf-16le", "utf16le", "ucs-2le"),
    "utf-16-be": ("utf-16be", "utf16be", "ucs-2be"),
    "utf-32-le": ("utf-32le", "utf32le"),
    "utf-32-be": ("utf-32be", "utf32be"),
    "gb18030": ("gbk", "gb2312", "cp936", "gb18030-2000", "euc-cn"),
    "big5hkscs": ("big5", "big5-hkscs", "cp950"),
    "big5-tw": ("big5-unicode",),
    "cp1252": ("windows-1252",),
    "latin-1": ("iso-8859-1", "latin1", "iso8859-1"),
}
CODECS = tuple(NAMES)
PAIRED = ("gb18030", "big5hkscs", "big5-tw")
# Names that leave the order of bytes to the byte-order mark.
UNORDERED = {"utf-16": "utf-16-le", "utf16": "utf-16-le", "utf-32": "utf-32-le", "utf32": "utf-32-le"}

# The only pairs of Big5-HKSCS that stand for two code points: a letter with a combining mark.
_TWO_FOR_ONE = re.compile("[\u00ca\u00ea][\u0304\u030c]")
_ESCAPED = re.compile("[\udc80-\udcff]")
# Characters that GB 18030 of 2000 had in private use and that Unicode, and GB 18030 of 2022, have since.
SINCE_2000 = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue816\ue817\ue818"
        "\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue864",
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\U00020087\U00020089\U000200cc"
        "\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)
_ASSIGNED_SINCE = re.compile(f"[{''.join(SINCE_2000)}]")
# (first lead, last lead, private-use character of the first pair); the last rows begin at 0xC6A1.
USER_DEFINED = ((0xFA, 0xFE, 0xE000), (0x8E, 0xA0, 0xE311), (0x81, 0x8D, 0xEEB8), (0xC6, 0xC8, 0xF6B1))
UNIT = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


class Decoded(NamedTuple):
    """Text and, at offsets of this text, the bytes its codec would not give back."""

    text: str
    exceptions: tuple[tuple[int, bytes], ...]


def codec_of(name: str) -> str | None:
    """The codec a name stands for, or `None`; `utf-16` and `utf-32` are taken as little-endian."""
    asked = name.strip().lower().replace("_", "-")
    for codec, others in NAMES.items():
        if asked == codec or asked in others:
            return codec
    return UNORDERED.get(asked)


def decode(data: bytes, codec: str) -> Decoded:
    """The text of `data`, with nothing translated, dropped or replaced."""
    if codec == "utf-8":
        return Decoded(data.decode("utf-8", "surrogateescape"), ())
    if codec in UNIT:
        return _decode_units(data, codec, UNIT[codec])
    text = data.decode(codec, "surrogateescape")
    if codec not in PAIRED or _is_plain(data, text, codec):
        return Decoded(text, ())
    return _decode_by_line(data, codec)


def encode(
    text: str, encodings: Sequence[tuple[int, str]], exceptions: Sequence[tuple[int, bytes]], start: int = 0
) -> bytes:
    """The bytes that `text`, or any stretch of it, was decoded from.

    Offsets, in ascending order, count as `start` does, the offset of the first code point of `text`.
    """
    end = start + len(text)
    kept = dict(exceptions[bisect_left(exceptions, (start,)) : bisect_left(exceptions, (end,))])
    borders = {at for at, _ in encodings} | set(kept) | {at + 1 for at in kept} | {start, end}
    codecs = dict(encodings)
    out: list[bytes] = []
    codec = next((codec for at, codec in reversed(encodings) if at <= start), "utf-8")
    places = sorted(place for place in borders if start <= place <= end)
    for left, right in pairwise(places):
        codec = codecs.get(left, codec)
        out.append(kept[left] if left in kept else _encode(text[left - start : right - start], codec))
    return b"".join(out)


def _is_plain(data: bytes, text: str, codec: str) -> bool:
    """Whether each code point alone encodes back: so that any stretch of the text gives its own bytes."""
    special = _ASSIGNED_SINCE if codec == "gb18030" else _TWO_FOR_ONE
    return not (_ESCAPED.search(text) or special.search(text)) and _encode(text, codec) == data


def _encode(text: str, codec: str) -> bytes:
    return text.encode(codec, "surrogatepass" if codec in UNIT else "surrogateescape")


def _decode_units(data: bytes, codec: str, unit: int) -> Decoded:
    """UTF-16 and UTF-32: lone surrogates pass; what is no unit becomes one low surrogate with its bytes."""
    whole = len(data) - len(data) % unit
    body, rest = data[:whole], data[whole:]
    exceptions: list[tuple[int, bytes]] = []
    try:
        text = body.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        text, exceptions = _decode_by_unit(body, codec, unit)
    if rest:
        exceptions.append((len(text), rest))
        text += chr(0xDC00 + rest[0])
    return Decoded(text, tuple(exceptions))


def _decode_by_unit(data: bytes, codec: str, unit: int) -> tuple[str, list[tuple[int, bytes]]]:
    """UTF-32 with units beyond Unicode: unit by unit.  (Every pair of bytes is a unit of UTF-16.)"""
    texts: list[str] = []
    exceptions: list[tuple[int, bytes]] = []
    for at in range(0, len(data), unit):
        sequence = data[at : at + unit]
        try:
            texts.append(sequence.decode(codec, "surrogatepass"))
        except UnicodeDecodeError:
            exceptions.append((len(texts), sequence))
            texts.append(chr(0xDC00 + sequence[0]))
    return "".join(texts), exceptions


def _decode_by_line(data: bytes, codec: str) -> Decoded:
    """GB18030 and Big5, where some pair does not encode back: a line feed is never part of a pair."""
    texts: list[str] = []
    exceptions: list[tuple[int, bytes]] = []
    length = 0
    for line in data.split(b"\n"):
        text = line.decode(codec, "surrogateescape")
        if not _is_plain(line, text, codec):
            text, found = _decode_by_character(line, codec)
            exceptions.extend((length + at, pair) for at, pair in found)
        texts.append(text)
        length += len(text) + 1
    return Decoded("\n".join(texts), tuple(exceptions))


def _decode_by_character(line: bytes, codec: str) -> tuple[str, list[tuple[int, bytes]]]:
    texts: list[str] = []
    exceptions: list[tuple[int, bytes]] = []
    at = length = 0
    while at < len(line):
        size, text = _first_character(line, at, codec)
        sequence = line[at : at + size]
        if len(text) > 1 or not _gives_back(text, sequence, codec):
            exceptions.append((length, sequence))
            exceptions.extend((length + more, b"") for more in range(1, len(text)))
        texts.append(text)
        length += len(text)
        at += size
    return "".join(texts), exceptions


def _gives_back(character: str, sequence: bytes, codec: str) -> bool:
    try:
        return _encode(character, codec) == sequence
    except UnicodeEncodeError:
        return False


def _first_character(line: bytes, at: int, codec: str) -> tuple[int, str]:
    """The shortest sequence at `at` that is a character (bytes, text); else its first byte as an escape."""
    for size in (1, 2, 4):
        try:
            text = line[at : at + size].decode(codec)
        except UnicodeDecodeError:
            continue
        return size, SINCE_2000.get(text, text) if codec == "gb18030" else text
    if codec == "gb18030":
        return 1, "\u20ac" if line[at] == 0x80 else chr(0xDC00 + line[at])
    private = private_of_big5(*line[at : at + 2]) if at + 1 < len(line) else ""
    return (2, private) if private else (1, chr(0xDC00 + line[at]))


def private_of_big5(lead: int, trail: int) -> str:
    """The private-use character that Windows gives to a pair of the user-defined rows of Big5, if it is one."""
    if not (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE):
        return ""
    column = trail - (0x40 if trail < 0x7F else 0x62)
    for first, last, code in USER_DEFINED:
        if first <= lead <= last:
            place = (lead - first) * 157 + column - (63 if first == 0xC6 else 0)
            return chr(code + place) if place >= 0 else ""
    return ""
