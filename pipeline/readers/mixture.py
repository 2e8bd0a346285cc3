"""Files whose lines are in more than one encoding, as texts pasted together from several sources are.

A line is taken out of the file's encoding only where another one reads it clearly better, in the points of
`detection`; a line with little evidence goes with such a line beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from .cuts import find_cuts, pending
from .detection import is_unlikely_utf8
from .encodings import PAIRED, UNIT
from .scores import ASCII, CANDIDATES, FREQUENT, SINGLE, points

Stretch = tuple[int, str]

# A line with what ends it; no encoding that extends ASCII has these bytes inside a character.
_LINE = re.compile(rb"[^\n\r\f]*[\n\r\f]+|[^\n\r\f]+")
_FREQUENT = re.compile(f"[{''.join(sorted(FREQUENT))}]")
_STRANGE = re.compile("[\x80-\x9f\udc80-\udcff\ue000-\uf8ff]|(?<=[A-Za-z])[\u3400-\u9fff]|[\u3400-\u9fff](?=[a-z])")
_SURE_UTF8 = re.compile("[\u0800-\U0010ffff]|(?<=[A-Za-z])[\u00c0-\u017f]|[\u00c0-\u017f](?=[a-z])")
_CHAIN = re.compile("[\xa1-\xff]{4}")

CLEARLY = 24  # points by which another encoding must be ahead, and for each byte that is not ASCII
CLEARLY_EACH = 2
USUAL = 6  # of so many characters of Chinese prose at least one is frequent


class _Line(NamedTuple):
    """A line not in plain ASCII: its place in bytes and, if it looks strange, its best other encoding."""

    start: int
    codec: str
    is_clear: bool


def split(data: bytes, codec: str) -> list[Stretch]:
    """The stretches of `data` by encoding, as (offset in bytes, codec); the first begins at 0.

    `codec` is that of the file as a whole.
    """
    if codec in UNIT or data.isascii() or _is_sound_utf8(data, codec):
        return [(0, codec)]
    cuts = [place for left, _, right, _ in find_cuts(data, codec) for place in (left - 1, right - 1)]
    cuts += [len(data) - 1] if pending(data, codec) else []  # the next file may go on with it
    lines = [
        _line(found[0], found.start(), codec, bisect_left(cuts, found.start()) < bisect_left(cuts, found.end()))
        for found in _LINE.finditer(data)
        if not found[0].isascii()
    ]
    if not any(line.is_clear for line in lines):
        return [(0, codec)]
    stretches = [(0, codec)]
    for line, found in zip(lines, _spread(lines, codec), strict=True):
        if found != stretches[-1][1]:
            stretches.append((line.start, found))
    return stretches if stretches[1][0] else stretches[1:]


def _is_sound_utf8(data: bytes, codec: str) -> bool:
    try:
        return codec == "utf-8" and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _line(line: bytes, start: int, codec: str, is_cut: bool) -> _Line:
    if is_cut or not _is_suspect(line, codec):
        return _Line(start, codec, False)
    own = points(line, codec)
    other, best = max((points(line, other), other) for other in CANDIDATES if other != codec)
    ahead = other - own
    if ahead <= 0:
        return _Line(start, codec, False)
    return _Line(start, best, ahead >= CLEARLY + CLEARLY_EACH * len(line.translate(None, ASCII)))


def _is_suspect(line: bytes, codec: str) -> bool:
    """Whether a line is worth a second look: one more than the file's own encoding could be right."""
    try:
        text = line.decode("utf-8")
        if codec == "utf-8" or not (is_unlikely_utf8(text) or (codec in PAIRED and not _SURE_UTF8.search(text))):
            return codec != "utf-8"
    except UnicodeDecodeError:
        if codec == "utf-8":
            return True
    text = line.decode(codec, "surrogateescape")
    if _STRANGE.search(text) or SINGLE.search(line) or (codec in ("cp1252", "latin-1") and _CHAIN.search(text)):
        return True
    pairs = len(line.translate(None, ASCII)) // 2
    return pairs >= USUAL and len(_FREQUENT.findall(text)) * USUAL < pairs


def _spread(lines: Sequence[_Line], codec: str) -> list[str]:
    """The codec of every line: what is clear, and beside it what is not clear but would be the same."""
    found = [line.codec if line.is_clear else codec for line in lines]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = order.step
        for at in order:
            if not lines[at].is_clear and lines[at].codec == found[at - step]:
                found[at] = found[at - step]
    return found
