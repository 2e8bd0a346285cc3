"""Web addresses in running text, as marks with a target that can be followed.

Looked for when the text is final but for its script: an address that ran over a line end is whole by then.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ..model import Block, Changes, Document, Mark, Rule
from ..options import Options
from ..rewrite import Reading, read

ADDRESS = Rule("web-address", "kept", 97, "A web address.")

KINDS = ("p", "quote", "item", "caption", "bibl", "note", "matter", "abstract", "funding")
_HINTS = ("://", "www.", "WWW.")
# A scheme or `www.`, a host with a dot, and what may follow it: ASCII and Latin letters, and a tilde as it is read.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9@])(?:(?:https?|ftp)://|www\.(?=[A-Za-z0-9-]+\.))"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9]{2,24}(?::[0-9]{1,5})?(?![A-Za-z0-9@])"
    "(?:[/?#][!#-&(-;=?-_a-z~'\u00c0-\u024f∼˜]*)?",
    re.IGNORECASE,
)
_BEHIND = ".,;:!?'"
_PAIRS = (("(", ")"), ("[", "]"))
_TILDES = str.maketrans("∼˜", "~~")
_SAFE = "!#$%&'()*+,-./:;=?@_~"


def find(document: Document, evidence: Any, options: Options) -> Changes:
    """A `url` mark for every address; text and blocks stay as they are."""
    markers = sorted((mark.start, mark.end) for mark in document.marks if mark.start < mark.end)
    found = [mark for block in document.blocks.values() for mark in _marks(document, block, markers)]
    return Changes(marks=tuple(sorted([*document.marks, *found]))) if found else Changes()


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Addresses in a text, without the sentence's punctuation behind them.

    >>> text = "(see www.example.org/a_(b), or https://example.org.)"
    >>> [text[start:end] for start, end in find_addresses(text)]
    ['www.example.org/a_(b)', 'https://example.org']
    """
    for found in _ADDRESS.finditer(text):
        start, end = found.span()
        yield start, start + len(_without_punctuation(text[start:end]))


def target_of(address: str) -> str:
    """An address as one that can be followed: with a scheme, percent-encoded.

    >>> target_of("www.example.org/∼mole/ä b%20")
    'http://www.example.org/~mole/%C3%A4%20b%20'
    """
    address = address.translate(_TILDES)
    if "://" not in address[:8]:
        address = f"http://{address}"
    address, hash_mark, fragment = address.partition("#")  # a second # would be none
    encoded = quote(address, safe=_SAFE) + hash_mark + quote(fragment, safe=_SAFE.replace("#", ""))
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", encoded)


def _without_punctuation(address: str) -> str:
    while True:
        shorter = address.rstrip(_BEHIND)
        for opening, closing in _PAIRS:
            is_closed = shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening)
            if is_closed or shorter.endswith(opening):
                shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def _marks(document: Document, block: Block, markers: list[tuple[int, int]]) -> Iterator[Mark]:
    if block.kind not in KINDS:
        return
    reading = read(document, block.spans)
    if not any(map(reading.text.__contains__, _HINTS)):
        return
    for start, end in find_addresses(reading.text):
        left, right = reading.start(start), reading.end(end)
        at = bisect_left(markers, (left,))
        if at < len(markers) and markers[at][0] < right:
            right = markers[at][0]  # a marker stands at its end
            end = reading.offset(right) or 0
        is_free = not at or markers[at - 1][1] <= left
        is_whole = (reading.offset(left), reading.offset(right)) == (start, end)  # no edit over its edges
        if is_free and is_whole and start < end and _is_in_one(reading, left, right):
            target = target_of(reading.text[start:end])
            yield Mark(left, right, "url", ADDRESS, ADDRESS.certainty, target=target)


def _is_in_one(reading: Reading, left: int, right: int) -> bool:
    """Whether a stretch of the witness lies in one span: over a page end there is something between its parts."""
    return any(first <= left and right <= last for first, last in reading.spans)
