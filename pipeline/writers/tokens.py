"""Tokens of a text: words of alphabets, numbers, addresses, signs, and Chinese by characters or by words."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import opencc

from ..evidence import HAN

_LETTER = f"(?:(?!{HAN.pattern})[^\\W_][\u0300-\u036f]*)"
_TOKEN = re.compile(
    "(?:https?://|www\\.)[!-~]*[A-Za-z0-9/#=_~-]"  # an address, without the stop behind it
    f"|(?P<chinese>{HAN.pattern}+)"
    f"|[0-9]+(?:[.,:][0-9]+)+(?!{_LETTER})"
    f"|{_LETTER}+(?:['’\\-‐‑]{_LETTER}+)*"
    "|(?P<sign>[….·—―–-])(?P=sign)+"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Segmenter:
    """How Chinese is divided: a name with its version, and what makes words of a run of characters."""

    name: str
    words: Callable[[str], Sequence[str]]


CHARACTERS = Segmenter("characters", list)


def installed_segmenter() -> Segmenter:
    """The segmenter of the extra `segment` where it is installed, otherwise single characters."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    except ImportError:
        return CHARACTERS
    jieba.setLogLevel(logging.ERROR)
    to_simplified = opencc.OpenCC("t2s").convert

    def words(run: str) -> list[str]:
        """Its dictionary is a simplified one: a traditional text is divided where its simplified form is."""
        simplified = to_simplified(run)
        found = jieba.lcut(simplified if len(simplified) == len(run) else run)
        ends = list(accumulate(map(len, found), initial=0))
        return [run[start:end] for start, end in pairwise(ends)]

    return Segmenter(f"jieba {jieba.__version__}", words)


def tokenize(text: str, segmenter: Segmenter = CHARACTERS) -> Iterator[tuple[int, int]]:
    """Tokens as (start, end), in order; between them there is white space or nothing.

    >>> text = "In 1904, 河港 was re-built……"
    >>> [text[start:end] for start, end in tokenize(text)]
    ['In', '1904', ',', '河', '港', 'was', 're-built', '……']
    """
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if not found["chinese"]:
            yield start, end
            continue
        words = segmenter.words(found[0])
        for word in words if "".join(words) == found[0] and all(words) else found[0]:
            yield start, start + len(word)
            start += len(word)
