"""Which encoding bytes are in: byte-order mark, NUL pattern, valid UTF-8, then the decoded text judges.

Scores are integers per 1,000 bytes that are not ASCII, so that candidates of different width compare.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .encodings import decode
from .scores import ASCII, CANDIDATES, is_frequent_chinese, points

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Letters beyond Latin-1 of which no word is made by itself: two bytes of another encoding that are valid UTF-8.
_UNLIKELY = re.compile("(?:[\x00-\x7f]*[\u0180-\u036f\u0530-\u07ff](?![\u0180-\u07ff]))+[\x00-\x7f]*")
SAMPLE = 1 << 12
_NUMBER = re.compile("[\u2460-\u2469\u2474-\u247d]")
_LONE_KANA = re.compile("(?<![\u3041-\u30fa])[\u3041-\u30fa](?![\u3041-\u30fa\u30fc])")
FEW = 32  # stretches that are not ASCII; of fewer all may be valid UTF-8 by chance
_HIGH = re.compile(rb"[\x80-\xff]+")


class Guess(NamedTuple):
    """A codec and how far it is ahead of the next one, in points; 1000 where a mark or the form proves it."""

    codec: str
    margin: int


def detect(data: bytes) -> Guess:
    """The encoding of `data`; never fails, at worst with a margin of 0."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark) and (not codec.startswith("utf-32") or len(data) % 4 == 0):
            return Guess(codec, 1000)
    if data.isascii() and b"\0" not in data:
        return Guess("utf-8", 1000)
    wide = _by_nuls(data) if b"\0" in data else None
    if wide is not None:
        return Guess(wide, 1000)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _wide_chinese(data) or _best(_sample(data))
    return _best(data) if is_unlikely_utf8(text) and len(_HIGH.findall(data)) < FEW else Guess("utf-8", 1000)


def _by_nuls(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: nearly all NULs stand on one side of the units."""
    head = data[: SAMPLE * 4]
    size = len(head) // 4
    if len(data) % 4 == 0 and size:
        columns = [head[at::4].count(0) * 10 for at in range(4)]
        if min(columns[2], columns[3]) >= size * 9 and columns[0] < size * 5:
            return "utf-32-le"
        if min(columns[0], columns[1]) >= size * 9 and columns[3] < size * 5:
            return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for codec, ours, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if ours > others * 4 and (ours * 3 > size * 2 or points(head, codec) > 0):
            return codec
    return None


def _wide_chinese(data: bytes) -> Guess | None:
    """UTF-16 of Chinese text without one NUL: an eighth of its units are frequent characters, never by chance."""
    head = data[:SAMPLE]
    if len(head.translate(None, ASCII)) * 8 < len(head):
        return None  # the letters of Western text, two by two, are Chinese characters too
    for codec in ("utf-16-le", "utf-16-be"):
        text = decode(head, codec).text
        if is_frequent_chinese(text):
            return Guess(codec, 500)
    return None


def _sample(data: bytes) -> bytes:
    """Lines that are not ASCII, up to `SAMPLE` bytes each from the beginning, the middle and two thirds on."""
    if len(data) <= SAMPLE * 3:
        return data
    lines: list[bytes] = []
    for place in (0, len(data) // 3, len(data) * 2 // 3):
        taken = 0
        while taken <= SAMPLE and (found := _HIGH.search(data, place)):
            start = data.rfind(b"\n", place and place - SAMPLE, found.start()) + 1 or found.start()
            end = data.find(b"\n", found.end())
            place = len(data) if end < 0 else end
            lines.append(data[start:place][:SAMPLE])
            taken += len(lines[-1])
    return b"\n".join(lines)


def _best(data: bytes) -> Guess:
    high = max(1, len(data.translate(None, ASCII)))
    scores = [(points(data, codec) * 1000 // high, codec) for codec in CANDIDATES]
    scores.sort(key=lambda score: -score[0])
    best = _variant_of_big5(data) if scores[0][1] == "big5hkscs" else scores[0][1]
    return Guess(best, min(999, (scores[0][0] - scores[1][0]) // 10))


def _variant_of_big5(data: bytes) -> str:
    """Circled numbers and kana have exchanged their places between two tables of Big5: a kana is never alone."""
    usual, other = data.decode("big5hkscs", "replace"), data.decode("big5-tw", "replace")
    ahead, ours = (len(_NUMBER.findall(text)) - len(_LONE_KANA.findall(text)) for text in (other, usual))
    return "big5-tw" if ahead > ours and other.count("\ufffd") <= usual.count("\ufffd") else "big5hkscs"


def is_unlikely_utf8(text: str) -> bool:
    """Whether a text in UTF-8 is nothing but pairs of bytes that happen to be valid."""
    return _UNLIKELY.fullmatch(text) is not None
