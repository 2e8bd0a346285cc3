"""Shadow letters: Latin text that typesetting systems wrote as the GBK pairs A0 xx.

The letter is `xx & 7F`.  GB 2312 has none of these characters, so the ordinary dog-radical characters
of simplified text are no candidates; a few are ordinary in traditional text and need company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Rule
from .forms import Finding

SHADOW = Rule("shadow-letter", "emended", 96, "A Latin letter that was stored as a rare Chinese character.")

LETTERS = {bytes([0xA0, byte]).decode("gbk"): chr(byte & 0x7F) for byte in range(0xA1, 0xFF)}
# Ordinary in traditional text or in names: alone they prove nothing.
ORDINARY = frozenset("牘牠牴牽犁犍犒犖犛犢犧狀狄狎狐狒")
_TO_LETTERS = str.maketrans(LETTERS)
_CLASS = "".join(LETTERS)
_RARE = re.compile(f"[{''.join(sorted(set(LETTERS) - ORDINARY))}]")
_STRETCH = re.compile(f"[{_CLASS}]+(?:[ \xa0'’.,-]{{1,2}}[{_CLASS}]+)*")
_CHINESE = re.compile("[\u3400-\u9fff、：「」『』《》〈〉]")
_WORD = re.compile(r"[A-Za-z]{2,}")

FEW = 3  # stretches that speak for themselves: from then on single letters are read too


def may_be_shadows(characters: str) -> bool:
    """Whether a text of these characters can hold a shadow word: two letters that nobody uses in earnest."""
    return len(_RARE.findall(characters)) > 1


def find_shadows(text: str) -> Iterator[Finding]:
    """Stretches of shadow letters, read as Latin.

    >>> [new for _, _, new, _, _ in find_shadows("犜犺犲 狉狅犪犱 — 一条狗和一只犬的状况")]
    ['The road']
    """
    candidates = list(_STRETCH.finditer(text))
    clear = [found for found in candidates if _is_clear(found[0])]
    company = len(clear) >= FEW
    for found in candidates:
        if _is_clear(found[0]) or (company and _is_single(text, found)):
            new = found[0].translate(_TO_LETTERS)
            yield found.start(), found.end(), new, SHADOW, SHADOW.certainty - (0 if len(new) > 2 else 10)


def _is_clear(stretch: str) -> bool:
    """A Latin word of which most letters are characters nobody uses."""
    shadows = [character for character in stretch if character in LETTERS]
    rare = sum(character not in ORDINARY for character in shadows)
    enough = rare * 2 > len(shadows) > 1 or (rare > 1 and rare * 2 == len(shadows))
    new = stretch.translate(_TO_LETTERS)
    return enough and _WORD.search(new) is not None and sum(map(str.isalpha, new)) * 3 >= len(shadows) * 2


def _is_single(text: str, found: re.Match[str]) -> bool:
    """A letter by itself, as in formulas: no Chinese on either side, nor a mark that Chinese words are listed with."""
    if not found[0].translate(_TO_LETTERS).isascii():
        return False
    sides = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return not _CHINESE.search(sides)
