"""UTF-8 read in a one-byte encoding: ftfy behind a gate, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy
from ftfy.badness import badness, is_bad

from ...model import Rule
from ...rewrite import differences
from .forms import Finding

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
_ASCII = re.compile("([\x00-\x7f]+)")
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
    for left, right, new in _differences(line, fixed):
        old = line[left:right]
        if all("\x80" <= character <= "\x9f" for character in old):  # single ones are for `forms`
            continue
        certainty = INEXACT if "\ufffd" in new or " " in old else UTF8_AS_LATIN.certainty
        yield start + left, start + right, new, UTF8_AS_LATIN, certainty


def _differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """Where the two differ: between stretches of ASCII where these agree, else as one stretch."""
    before, after = _ASCII.split(old), _ASCII.split(new)
    if before[1::2] != after[1::2]:
        return [_stretch(old, new)]
    found, place = [], 0
    for left, right in zip(before, after, strict=True):
        if left != right:
            start, end, text = _stretch(left, right)
            found.append((place + start, place + end, text))
        place += len(left)
    return found


def _stretch(old: str, new: str) -> tuple[int, int, str]:
    """One difference, from the first character that differs to the last."""
    if len(old) != len(new):
        return differences(old, new)[0]
    parts = differences(old, new)
    start, end = parts[0][0], parts[-1][1]
    return start, end, new[start:end]
