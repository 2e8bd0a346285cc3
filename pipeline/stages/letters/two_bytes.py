"""GBK or Big5 that happens to be valid UTF-8 of two bytes a character and was read so.

What was no valid UTF-8 beside it is lost (U+FFFD), and nothing exact can be done for that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...model import Rule
from .forms import Finding
from .frequent import FREQUENT, plausibility

GBK_AS_UTF8 = Rule(
    "gbk-read-as-utf8", "emended", 85, "GBK bytes that happen to be UTF-8 of two bytes and were read so."
)
BIG5_AS_UTF8 = Rule(
    "big5-read-as-utf8", "emended", 85, "Big5 bytes that happen to be UTF-8 of two bytes and were read so."
)
CLEARLY = 200
FEW = 3  # different letters by themselves, all of them: then they are read
LONE = 70  # the certainty of one

# The middle dot of a foreign name is no letter: it begins and ends none.
_TWO_BYTES = re.compile("(?!\xb7)[\x80-\u07ff]+(?<!\xb7)[\x80-\u07ff](?<!\xb7)")
_MARKED_TWO_BYTES = re.compile("[\u0180-\u0362\u0378-\u0385\u0483-\u07ff]")
# Where the next script begins: Latin, marks, Greek, Cyrillic, Armenian, Hebrew, Arabic, Syriac, Arabic, Thaana, Nko.
_SCRIPTS = (0xC0, 0x300, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x750, 0x780, 0x7C0)
_EUROPEAN = 4  # so many of them are European
_INSIDE = re.compile("[\u3001-\u9fff\uff01-\uff5e“”‘’]{2}")
# A letter of no European alphabet, alone on its line or with Chinese on both sides.
_LONE = re.compile(
    "(?<![^\n\f \u3000-\u9fff\uff01-\uff5e])[\u0180-\u036f\u0483-\u07ff](?![^\n\f \u3000-\u9fff\uff01-\uff5e])"
)
_CHINESE = re.compile("[\u4e00-\u9fff]{4}")


def may_be_two_bytes(characters: str) -> bool:
    """Whether one of the kinds of a text is a letter that only such Chinese, and rare scripts, have."""
    return _MARKED_TWO_BYTES.search(characters) is not None


def find_two_bytes(text: str) -> Iterator[Finding]:
    """GBK that is valid UTF-8 by chance: rare letters of several scripts side by side.

    A word of one script is a word of that language and stays.

    >>> [new for _, _, new, _, _ in find_two_bytes("ǰ̨、Ϊʲô")]
    ['前台', '为什么']
    """
    for found in _TWO_BYTES.finditer(text):
        if not _MARKED_TWO_BYTES.search(found[0]) or "\ufffd" in text[found.start() - 1 : found.end() + 1]:
            continue
        is_pair = len(found[0]) == 2
        for codec, rule in (("gb2312" if is_pair else "gbk", GBK_AS_UTF8), ("big5", BIG5_AS_UTF8)):
            new = _decode(found[0].encode("utf-8", "surrogatepass"), codec)
            if plausibility(new) >= CLEARLY and (_is_word(text, found, new) if is_pair else _is_of_several(found[0])):
                yield found.start(), found.end(), new, rule, rule.certainty
                break


def find_lone(text: str) -> tuple[list[Finding], bool]:
    """Letters of no word in a Chinese text that would be frequent characters, and whether they are to be read.

    One or two of them may be what was printed: they are only flagged.
    """
    if not _CHINESE.search(text):
        return [], False
    found: list[Finding] = []
    letters = set()
    is_sure = True
    for lone in _LONE.finditer(text):
        new = _decode(lone[0].encode("utf-8"), "gb2312")
        if new and new in FREQUENT:
            letters.add(new)
            found.append((*lone.span(), new, GBK_AS_UTF8, LONE))
        else:
            is_sure = False
    return found, is_sure and len(letters) >= FEW


def _is_of_several(letters: str) -> bool:
    """Whether letters of several scripts, or of several parts of one, stand side by side."""
    return len({ord(letter) >> 7 for letter in letters}) > 1


def _is_word(text: str, found: re.Match[str], new: str) -> bool:
    """Whether two letters are two frequent characters, and either no two of one script or inside Chinese."""
    if not FREQUENT.issuperset(new):
        return False
    scripts = {bisect_right(_SCRIPTS, ord(letter)) for letter in found[0]}
    if len(scripts) == 2 and all(map(_MARKED_TWO_BYTES.match, found[0])):
        return True
    sides = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return (len(scripts) == 2 or max(scripts) <= _EUROPEAN) and _INSIDE.fullmatch(sides) is not None


def _decode(encoded: bytes, codec: str) -> str:
    try:
        new = encoded.decode(codec)
    except UnicodeDecodeError:
        return ""
    return new if new.encode(codec) == encoded else ""
