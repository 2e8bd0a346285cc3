"""Characters of several bytes that the end of a page cut in two.

The half before the end stands for the whole character, the half behind it goes with the code point before
it: both are exceptions, so that the bytes come back.  Without this, a pair cut in two spoils the rest of its
line, since every later pair begins a byte too early.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from .encodings import PAIRED, UNIT, Decoded, decode, encode
from .scores import points

_PAGE_END = re.compile(rb"\f[\r\n]*(?=[\x30-\xff])")
# The second byte of a pair may be a letter of ASCII; one that begins a word is no second half.
_WORD = re.compile(rb"[0-9A-Za-z]{2}")
_LINE_END = re.compile(rb"[\n\r\f]")
_LONGEST = 1 << 16  # bytes of a line that are read before and behind a cut


class Cut(NamedTuple):
    """A character in two halves: `tail` bytes at the end of one page, `head` at the beginning of the next."""

    tail: int
    head: int
    character: str


def find_cut(before: bytes, behind: bytes, codec: str) -> Cut | None:
    """Whether the last character of `before` goes on in `behind`, and how many bytes of it lie on each side."""
    if codec not in (*PAIRED, *UNIT, "utf-8") or not before or not behind:
        return None
    tail = pending(before, codec)
    if not tail:
        return None
    for head in range(1, 4):
        try:
            character = (tail + behind[:head]).decode(codec)
        except UnicodeDecodeError:
            continue
        is_one = len(character) == 1 and (codec == "utf-8" or _is_better(tail, behind, head, codec))
        return Cut(len(tail), head, character) if is_one else None
    return None


def find_cuts(data: bytes, codec: str) -> Iterator[tuple[int, int, int, Cut]]:
    """The characters that a form feed stands in: where the page ends, where the next begins, the cut character."""
    place = 0
    for found in _PAGE_END.finditer(data) if codec not in UNIT else ():
        left = found.start()
        while left > place and data[left - 1] in b"\r\n":
            left -= 1
        if left <= place or data[left - 1] < 0x80:
            continue
        line = max(data.rfind(end, place, left) for end in (b"\n", b"\r", b"\f")) + 1
        cut = find_cut(data[max(line, place) : left], data[found.end() : found.end() + _LONGEST], codec)
        if cut is not None:
            place = found.end() + cut.head
            yield left, found.end(), place, cut


def decode_pages(data: bytes, codec: str) -> Decoded:
    """As `encodings.decode`, with the characters whole that a form feed stands in."""
    if codec == "utf-8":
        try:
            return Decoded(data.decode("utf-8"), ())
        except UnicodeDecodeError:
            pass  # it may be a cut
    texts: list[str] = []
    exceptions: list[tuple[int, bytes]] = []
    place = length = 0
    for left, right, behind, cut in find_cuts(data, codec):
        text, own = decode(data[place : left - cut.tail], codec)
        exceptions += [(length + at, sequence) for at, sequence in own]
        page_end = data[left:right].decode("ascii")
        texts += [text, cut.character, page_end]
        length += len(text) + 1 + len(page_end)
        exceptions.append((length - 1 - len(page_end), data[left - cut.tail : left]))
        exceptions.append((length - 1, data[right - 1 : behind]))
        place = behind
    text, own = decode(data[place:], codec)
    exceptions += [(length + at, sequence) for at, sequence in own]
    return Decoded("".join([*texts, text]), tuple(exceptions))


def with_halves(decoded: Decoded, codec: str, head: bytes, cut: Cut | None, tail: bytes) -> Decoded:
    """A file's text whose first bytes, `head`, belong to a character of the file before, or that ends in a cut."""
    text, exceptions = decoded
    if head and text:
        own = dict(exceptions)
        first = head + (own[0] if 0 in own else encode(text[0], [(0, codec)], ()))
        exceptions = ((0, first), *(entry for entry in exceptions if entry[0]))
    if cut is not None:
        exceptions = (*exceptions, (len(text), tail))
        text += cut.character
    return Decoded(text, exceptions)


def pending(before: bytes, codec: str) -> bytes:
    """The bytes at the end that begin a character and do not finish it."""
    if codec in UNIT:
        line = before[len(before) - len(before) % UNIT[codec] :]
    else:
        line = before[max(before.rfind(end) for end in (b"\n", b"\r", b"\f")) + 1 :]
    decoder = codecs.getincrementaldecoder(codec)("ignore")
    decoder.decode(line)
    return decoder.getstate()[0]


def _is_better(tail: bytes, behind: bytes, head: int, codec: str) -> bool:
    """Whether the two halves read better together, and what follows without the second, than each by itself."""
    if codec not in UNIT:
        if _WORD.match(behind, head - 1):
            return False
        end = _LINE_END.search(behind, head)
        behind = behind[: end.start() if end else _LONGEST]
    together = points(tail + behind[:head], codec) + points(behind[head:], codec)
    return together > points(tail, codec) + points(behind, codec)
