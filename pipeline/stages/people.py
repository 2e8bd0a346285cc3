"""Whether a line looks like the names of people: by words that stand in no list, by surnames."""

from __future__ import annotations

import re

from ..vocabulary import ranked_words
from .surnames import COMPOUND, SURNAMES

_MOST = 12  # words of a line of names
_FIRST = 3  # words of a line of which mostly one shows that it has no names
_LONGEST = 100  # characters of a line of names
_LONGEST_HAN = 5  # characters that a Chinese name has not
_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]++|['’-]++)++")
SMALL = frozenset(
    "and und et y e von van vom zu zum zur der den di da de del della du des la le dos ten ter af av ibn bin al el by par dr prof".split()
)
_HAN_PERSON = re.compile(f"(?:(?:{COMPOUND}).{{1,2}}|[{SURNAMES}].(?:[ \u3000]*.)?)")
_HAN_PARTS = re.compile("[ \u3000、，,；;/／|]+")
_ORNAMENTS = "◎○●□■◆◇▲△★☆"
_HAN_LABEL = re.compile(f"(?:作者|文|撰文|编译|編譯|本刊记者|本刊記者|记者|記者|[{_ORNAMENTS}])[ \u3000:：/／]*")
_SMALL_WORD = ("", "small")  # a line with a small word that no name holds: of many words, of few
_MARKS = "*＊†‡§0123456789①②③④⑤¹²³⁴⁵() （）[]"
_LONG_HAN = re.compile(rf"[^ \u3000、，,；;/／|{re.escape(_MARKS)}]{{{_LONGEST_HAN}}}")  # more than a name


def people_in(text: str) -> str:
    """`none`, `some` or `all` of the words being known ones, `han` for a Chinese name; nothing for other lines.

    Known are the commonest words: those of a title mostly are, those of a name mostly not.
    """
    if not text or len(text) > _LONGEST or text[-1] in ".。!！?？…;；:：,，-":
        return ""
    if text[0] >= "\u2e80" or text[0] in _ORNAMENTS:
        return _in_han(text)
    for word in text.split(" ", _FIRST):  # the rest behind them has blanks, or is a word too
        if word.islower() and len(word) > 1 and word.isalpha() and word not in SMALL:
            return _SMALL_WORD[text.count(" ") < _MOST]
    names = []
    for found in _WORDS.finditer(text):
        word = found.group()
        name = word.lower()
        if name in SMALL:
            continue
        if not word[0].isupper():
            return _SMALL_WORD[text.count(" ") < _MOST]
        names.append(name)
    if not names or len(names) > _MOST:
        return ""
    known = ranked_words()[0]
    count = sum(map(known.__contains__, names))
    return "none" if not count else "all" if count == len(names) else "some"


def _in_han(text: str) -> str:
    label = _HAN_LABEL.match(text)
    start = label.end() if label else 0
    if not _LONG_HAN.match(text, start):
        parts = [part.strip(_MARKS) for part in _HAN_PARTS.split(text[start:])]
        first = next(filter(None, parts), "")
        spread = "".join(parts)
        if _HAN_PERSON.fullmatch(first) or (len(spread) < _LONGEST_HAN and _HAN_PERSON.fullmatch(spread)):
            return "han"
    return "han-label" if label and label.end() > 1 else ""
