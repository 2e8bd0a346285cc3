"""GBK or Big5 that happens to be valid UTF-8 of two bytes a character and was read so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Rule
from .forms import Finding
from .frequent import plausibility

GBK_AS_UTF8 = Rule(
    "gbk-read-as-utf8", "emended", 85, "GBK bytes that happen to be UTF-8 of two bytes and were read so."
)
BIG5_AS_UTF8 = Rule(
    "big5-read-as-utf8", "emended", 85, "Big5 bytes that happen to be UTF-8 of two bytes and were read so."
)
CLEARLY = 200

_TWO_BYTES = re.compile("[\x80-\u07ff]{3,}")
_MARKED_TWO_BYTES = re.compile("[\u0180-\u0362\u0378-\u0385\u0483-\u07ff]")


def find_two_bytes(text: str) -> Iterator[Finding]:
    """GBK that is valid UTF-8 by chance: rare letters of several scripts side by side.

    A word of one script is a word of that language and stays.
    """
    if not _MARKED_TWO_BYTES.search(text):
        return
    for found in _TWO_BYTES.finditer(text):
        if len({ord(character) >> 7 for character in found[0]}) < 2 or not _MARKED_TWO_BYTES.search(found[0]):
            continue
        for codec, rule in (("gbk", GBK_AS_UTF8), ("big5", BIG5_AS_UTF8)):
            new = _decode(found[0].encode("utf-8", "surrogatepass"), codec)
            if plausibility(new) >= CLEARLY:
                yield found.start(), found.end(), new, rule, rule.certainty
                break


def _decode(encoded: bytes, codec: str) -> str:
    try:
        new = encoded.decode(codec)
    except UnicodeDecodeError:
        return ""
    return new if new.encode(codec) == encoded else ""
