"""UTF-8 read in a one-byte encoding: ftfy behind a gate, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import ftfy
from ftfy.badness import badness, is_bad

from ...model import Rule
from ...rewrite import differences
from .forms import Finding
from .frequent import plausibility

UTF8_AS_LATIN = Rule("utf8-read-as-single-byte", "emended", 96, "UTF-8 bytes that were read in a one-byte encoding.")
INEXACT = 80  # bytes had been lost, and the repair has no exact inverse

CONFIG = ftfy.TextFixerConfig(
    fix_encoding=True,  # what it is here for
    restore_byte_a0=True,  # U+00A0 in the middle of mojibake is often a blank by the time we see it
    replace_lossy_sequences=True,  # U+FFFD for a character whose last byte was lost, rather than debris
    decode_inconsistent_utf8=True,  # damage in a line that is otherwise sound
    fix_c1_controls=False,  # `forms` does it, and leaves U+0085 alone
    unescape_html=False,  # `&lt;` may be what was printed
    remove_terminal_escapes=False,  # controls are dropped by `forms`
    fix_latin_ligatures=False,  # by `forms`
    fix_character_width=False,  # full-width punctuation is right in Chinese, and evidence
    uncurl_quotes=False,  # curly quotes are what was printed
    fix_line_breaks=False,  # line ends are evidence
    fix_surrogates=False,  # by `forms`
    remove_control_chars=False,  # by `forms`
    normalization=None,  # NFC by `forms`
    max_decode_length=1_000_000,
    explain=False,  # differences are taken from the text itself
)

# Letters and signs that debris is made of: not ASCII, not East Asian, not the marks of ordinary prose.
_ODD = "[^\x00-\x7f\u2010-\u2027\u2e80-\ufe4f\uff00-\uffee\U00010000-\U0010ffff]"
# Debris never stands alone: two characters, the first of them odd; a lead byte before a blank that was
# U+00A0; or a lead byte that MacRoman shows as a dash or quotation mark, with two more behind it.
# One class comes first: the scanner of `re` skips all else quickly.
GATE = re.compile(
    "[^\x00-\x7f\u2028-\u202f\u2e80-\ufe4f\uff00-\uffee\U00010000-\U0010ffff]"
    f"(?:(?<=[\x80-\x9f])|(?<={_ODD})[^\x00-\x7f]|(?<=[\xc2\xc3\xc5\xce\xd0\xd9]) |(?<=[\xe0-\xf0]) {_ODD}"
    f"|(?<=[\u2013-\u201d]){_ODD}[^\x00-\x7f])"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_EAST_ASIAN = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")
_LEAD = re.compile("[\xe2-\xef]")
ORDINARY = 100  # the plausibility of everyday Chinese
_ASCII = re.compile("([\x00-\x7f]+)")
# Letters that stand alone in no language, but for one-letter words beside others of their script.
_ODD_LETTER = re.compile("[\xa1-\xbf]?[\u0180-\u02b8\u0400-\u052f]")
_C1 = re.compile("[\x80-\x9f]")
_ODD_WORD = re.compile("[\u0180-\u02b8\u0400-\u052f]{2}")
_LONG = 6  # characters of a difference of which UTF-8 leaves fewer
_LONGEST_ALIGNED = 2000  # characters of a line whose differences are aligned letter by letter
_LONGEST = 20_000  # characters of a line that are looked at before its first debris
_LINE = re.compile("[^\n\r\f\v\u2028\u2029]+")


def find_debris(text: str) -> Iterator[Finding]:
    """Debris of UTF-8, each stretch by itself."""
    place = 0
    while found := GATE.search(text, place):
        least = max(place, found.start() - _LONGEST)
        start = max(text.rfind(end, least, found.start()) for end in "\n\r\f\v\u2028\u2029") + 1
        line = _LINE.match(text, start or least)
        place = line.end() if line else found.end()
        if line and is_bad(line[0]):
            yield from _fix(line[0], line.start())


def _fix(line: str, start: int) -> Iterator[Finding]:
    fixed = ftfy.fix_encoding(line, CONFIG)
    if fixed == line or badness(fixed) >= badness(line):
        return
    found = _differences(line, fixed)
    for left, right, new in found:
        old = line[left:right]
        if old == "\xc2 " and len(found) == 1 and line[max(0, left - 1) : left].strip() == "":
            continue  # a letter that begins a line or stands by itself
        # Single controls are for `forms`; a private character is no plausible result.
        if all("\x80" <= character <= "\x9f" for character in old) or _is_unlikely(old, new):
            continue
        if _ODD_LETTER.fullmatch(new) and not _C1.search(old) and not _ODD_WORD.search(fixed):
            continue
        certainty = INEXACT if "\ufffd" in new or " " in old else UTF8_AS_LATIN.certainty
        yield start + left, start + right, new, UTF8_AS_LATIN, certainty


def _is_unlikely(old: str, new: str) -> bool:
    """Whether a result is private or mostly as it was, or a rare character from letters that are no lead bytes of one."""
    if _PRIVATE.search(new) or (len(old) >= _LONG and len(new) * 4 > len(old) * 3):
        return True
    return _EAST_ASIAN.search(new) is not None and not _LEAD.search(old) and plausibility(new) < ORDINARY


def _differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """Where the two differ: between stretches of ASCII where these agree, else as one stretch."""
    before, after = _ASCII.split(old), _ASCII.split(new)
    if before[1::2] != after[1::2]:
        return _aligned(old, new) if len(old) <= _LONGEST_ALIGNED else [_stretch(old, new)]
    found, place = [], 0
    for left, right in zip(before, after, strict=True):
        if left != right:
            start, end, text = _stretch(left, right)
            found.append((place + start, place + end, text))
        place += len(left)
    return found


def _aligned(old: str, new: str) -> list[tuple[int, int, str]]:
    """The differences of a line in which a blank was part of the damage."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (left, right, new[start:end])
        for operation, left, right, start, end in matcher.get_opcodes()
        if operation != "equal" and left < right
    ]


def _stretch(old: str, new: str) -> tuple[int, int, str]:
    """One difference, from the first character that differs to the last."""
    if len(old) != len(new):
        return differences(old, new)[0]
    parts = differences(old, new)
    start, end = parts[0][0], parts[-1][1]
    return start, end, new[start:end]
