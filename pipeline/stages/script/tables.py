"""What OpenCC knows, as tables of single characters, computed once a process from its own dictionaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import opencc

from ...model import Rule

# Big5 holds these too, as rare variants; in a traditional text they are simplified all the same.
_RARE_IN_BIG5 = "价优体党厂吨圣复岭庄异忏怀怜惊扰据极构柜气洁离种确网胜触"
# GB 2312 holds these for the sake of a surname; in a simplified text they are traditional all the same.
_RARE_IN_GB = "後於麽"
# Traditional characters whose simplified form depends on the word.
_BY_WORD = "乾著瞭藉徵覆夥鍾"


@dataclass(frozen=True, slots=True)
class Characters:
    """`hans` and `hant`: characters that exist solely in one script; `ambiguous`: one form for several."""

    hans: frozenset[str]
    hant: frozenset[str]
    ambiguous: frozenset[str]


@cache
def converter(config: str) -> opencc.OpenCC:
    """OpenCC with one of its standard configurations (`s2t`, `tw2sp` …)."""
    return opencc.OpenCC(config)


@cache
def rule_of(config: str, several: bool = False) -> Rule:
    """The rule that stands for one configuration; `several`: the character may stand for several others."""
    kind = "simplified" if config[0] == "s" else "regional" if "2s" not in config else "traditional"
    source = f"OpenCC {opencc.__version__}, {config}.json"
    if several:
        sentence = f"A {kind} character that may stand for several others, told by the words around it: {source}."
        return Rule(f"{kind}-character-of-several-{config}", "emended", 85, sentence)
    sentence = f"A {kind} character where the other form belongs: {source}."
    return Rule(f"{kind}-character-{config}", "emended", 97, sentence)


@cache
def _converted(config: str) -> Mapping[str, str]:
    """What OpenCC makes of every Chinese character by itself."""
    han = [chr(code) for code in (*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0))]
    return dict(zip(han, converter(config).convert("\n".join(han)).split("\n"), strict=True))


@cache
def characters() -> Characters:
    """The characters of one script only.

    A simplified one: OpenCC turns it into another and back, and Big5 does not hold it as an everyday
    character (群 台 了 才 干 stay).  A traditional one: GB 2312 does not hold it, and its simplified form is
    itself simplified; variants (崑 for 昆), which names keep, are none.
    """
    to_hans, to_hant = _converted("t2s"), _converted("s2t")
    han = [*to_hans]
    big5, everyday, gb2312 = _encoded(han, "big5"), _encoded(han, "big5", 0xC9), _encoded(han, "gb2312")
    hans = {
        character
        for character, other in to_hant.items()
        if other != character and to_hans.get(other) == character and character not in big5
    }
    hant = {
        character
        for character, other in to_hans.items()
        if other != character and to_hant.get(other, other) != other and character not in gb2312
    }
    sources = Counter(other for character, other in to_hans.items() if character in everyday)
    several = {character for character, count in sources.items() if count > 1}
    return Characters(
        frozenset(hans | set(_RARE_IN_BIG5)), frozenset(hant | set(_RARE_IN_GB)), frozenset(several | set(_BY_WORD))
    )


class Telling(NamedTuple):
    """Patterns of single characters that exist in one script only."""

    hans: re.Pattern[str]
    hant: re.Pattern[str]


@cache
def telling() -> Telling:
    """`characters` for counting in a text."""
    table = characters()
    return Telling(re.compile(f"[{''.join(sorted(table.hans))}]"), re.compile(f"[{''.join(sorted(table.hant))}]"))


@cache
def breakable() -> re.Pattern[str]:
    """Characters that a conversion may take for another one in a name: with several targets, and variants."""
    table = characters()
    found = set(table.ambiguous)
    for config, own in (("t2s", table.hant), ("s2t", table.hans)):
        pairs = [(old, new) for old, new in _converted(config).items() if old != new and old >= "\u4e00"]
        found |= {old for old, new in pairs if old not in own or new in table.ambiguous}
    return re.compile(f"[{''.join(sorted(found))}]")


def _encoded(han: Sequence[str], codec: str, end: int = 0x100) -> frozenset[str]:
    """Those of the characters that a codec of two bytes holds, the first byte being less than `end`."""
    encoded = "".join(han).encode(codec, "ignore")
    pairs = [encoded[at : at + 2] for at in range(0, len(encoded), 2) if encoded[at] < end]
    return frozenset(b"".join(pairs).decode(codec))
