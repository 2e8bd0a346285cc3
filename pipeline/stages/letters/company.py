"""UTF-8 in a wrong encoding, single letters and signs: too short for a measure, but in company of many others.

Where several stretches of a text were read in one wrong encoding, and hardly a letter of it was not, what is
left and decodes in the same way was damaged in the same way.  A letter with an accent that MacRoman shows
as a root and a sign needs no company inside a word: nothing else stands so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ...model import Rule
from .forms import Finding
from .frequent import is_ordinary
from .latin import UTF8_AS_LATIN
from .utf8_shown import UTF8_AS_BIG5, UTF8_AS_GBK, bytes_shown

FEW = 3  # stretches that say how a text was damaged
SIGNS = 4  # different hanzi in a Western text that are signs and letters of other scripts, all of them
MOST_SIGNS = 60  # and at the most: these alphabets have no more
WESTERN = 20  # ASCII characters for each of them in such a text
LOWER = 6  # by so much a repair in company is less certain

# The wrong encodings: those of one byte by the debris of `latin`, those of two by `utf8_shown`.
_ENCODINGS: tuple[tuple[str, Rule], ...] = (
    ("sloppy-windows-1252", UTF8_AS_LATIN),
    ("latin-1", UTF8_AS_LATIN),
    ("mac-roman", UTF8_AS_LATIN),
    ("gbk", UTF8_AS_GBK),
    ("big5hkscs", UTF8_AS_BIG5),
)
_TWO_BYTES = _ENCODINGS[-2:]
_RUN = re.compile("[^\x00-\x7f]+")
_HAN, _HAN_RUN = re.compile("[\u3400-\u9fff]"), re.compile("[\u3400-\u9fff]+")
# Beside a capital these are signs of the text; and letters that are in no word or formula.
_SIGN = re.compile("[\xab\xbb\u2010-\u2026]")
_FAMILIAR = re.compile("[\xa0-\xff\u0391-\u03c9\u2010-\u25ff]+")
_UNLIKELY = re.compile("[\u0180-\u024f\u0460-\u052f\u0530-\u07ff]")
_EAST_ASIAN = re.compile("[\u2e80-\ud7ff\uf900-\uffef\U00010000-\U0010ffff]")
_MARKS = bytes(range(0x80, 0xC0)).decode("mac-roman")
# Behind a root these may stand in a formula: only between the letters of a longer word.
_OF_FORMULAE = "∞±≤≥µ∂∑∏π∫Ω¥¢£"
_LETTERS_OF_WORDS = "".join(mark for mark in _MARKS if mark not in _OF_FORMULAE)
_MAC_WORD = re.compile(
    f"√(?:[{_LETTERS_OF_WORDS}](?:(?<=[A-Za-z]..)|(?=[a-z]{{2}}))|[{_OF_FORMULAE}](?:(?<=[A-Za-z]..)(?=[a-z][a-z√])|(?<=[a-z]{{2}}..)(?=[a-z])))"
)


def find_in_words(text: str) -> Iterator[Finding]:
    """Letters with an accent inside a word, shown in MacRoman.

    >>> [new for _, _, new, _, _ in find_in_words("ph√©nyle, k√∂nnen, √ºber, n√πr, 2√π")]
    ['é', 'ö', 'ü']
    """
    for found in _MAC_WORD.finditer(text) if "√" in text else ():
        new = found[0].encode("mac-roman").decode("utf-8")
        yield *found.span(), new, UTF8_AS_LATIN, UTF8_AS_LATIN.certainty - LOWER


def find_company(text: str, found: Sequence[Finding], characters: str) -> list[Finding]:
    """What is left between the findings and was damaged like them, by the most frequent kind of damage.

    `characters` are the kinds of the text.
    """
    best: tuple[int, str, Rule] | None = None
    for codec, rule in _ENCODINGS:
        clear = sum(finding[3] is rule and _decode(text[slice(*finding[:2])], codec) == finding[2] for finding in found)
        if clear >= FEW and (best is None or clear > best[0]):
            best = (clear, codec, rule)
    if best is None:
        is_other = any(finding[3] not in (UTF8_AS_GBK, UTF8_AS_BIG5) for finding in found)
        return [] if is_other else _find_signs(text, characters)
    clear, codec, rule = best
    new, sound = [], 0
    for run in _left(text, found):
        reading = _decode(run[0], codec)
        if reading and _is_plausible(run[0], reading):
            new.append((*run.span(), reading, rule, rule.certainty - LOWER))
        elif any(map(str.isalpha, run[0])) and len(bytes_shown(run[0], codec)) >= len(run[0]):
            sound += 1  # letters of the same encoding that nothing happened to
    return new if sound < clear else []


def _find_signs(text: str, characters: str) -> list[Finding]:
    """Greek letters and signs of a Western text of which all the hanzi are UTF-8 shown in one encoding."""
    han = len(characters) - len(_HAN_RUN.sub("", characters))
    if not SIGNS <= han <= MOST_SIGNS or han * WESTERN > len(text):
        return []
    for codec, rule in _TWO_BYTES:
        runs = [run for run in _RUN.finditer(text) if _HAN.search(run[0])]
        readings = [_decode(run[0], codec) for run in runs]
        is_western = sum(len(run[0]) for run in runs) * WESTERN <= len(text)
        if is_western and all(
            _FAMILIAR.match(new) and _is_plausible(run[0], new) for run, new in zip(runs, readings, strict=True)
        ):
            lower = rule.certainty - LOWER * 2
            return [(*run.span(), new, rule, lower) for run, new in zip(runs, readings, strict=True)]
    return []


def _left(text: str, found: Sequence[Finding]) -> Iterator[re.Match[str]]:
    """The runs of characters beyond ASCII between the findings."""
    place = 0
    for start, end in [*((finding[0], finding[1]) for finding in found), (len(text), len(text))]:
        yield from _RUN.finditer(text, place, start)
        place = end


def _decode(shown: str, codec: str) -> str:
    """The UTF-8 that an encoding shows as these characters; nothing where it is none."""
    encoded = bytes_shown(shown, codec)
    try:
        new = encoded.decode("utf-8")
        return new if codec == "gbk" or encoded.decode(codec) == shown else ""
    except UnicodeDecodeError:
        return ""


def _is_plausible(shown: str, new: str) -> bool:
    """Whether letters and signs come out that a text holds: no controls, nothing unassigned, no rare hanzi."""
    if any(unicodedata.category(character)[0] == "C" for character in new):
        return False
    if len(shown) == 2 and (_SIGN.search(shown) or _UNLIKELY.search(new)):
        return False
    return not _EAST_ASIAN.search(new) or is_ordinary(new)
