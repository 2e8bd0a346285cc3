"""How many words a text has."""

from __future__ import annotations

import re
from functools import lru_cache

from ..evidence import HAN

# What an ASCII character is in a word: `a` a letter or digit, `-` what joins two runs of them, else a blank.
_SIGNS = b"".join(
    b"a" if chr(code).isalnum() and code < 128 else b"-" if code in b"'-" else b" " for code in range(256)
)
_BEYOND = re.compile(f"[\u00c0-\u1fff\uff10-\uff5a]|{HAN.pattern}")
_HAN_RUN = re.compile(f"{HAN.pattern}+")
_WORD = re.compile("[0-9A-Za-z\u00c0-\u1fff\uff10-\uff5a]+(?:['’\\-‐‑][0-9A-Za-z\u00c0-\u1fff]+)*")


@lru_cache(maxsize=128)  # the tables and the header of an article ask for the same text
def count_words(text: str) -> int:
    """Words: every East Asian letter is one; other letters and digits make one word a run.

    Hyphens and apostrophes inside a run belong to it.

    >>> count_words("共向120多个 win-win countries, don't")
    8
    """
    return sum(map(_count_line, text.split("\n")))


def _count_line(text: str) -> int:
    if not text.isascii():
        if _BEYOND.search(text):
            return len(_WORD.findall(text)) + sum(map(len, _HAN_RUN.findall(text)))
        for joint in "’‐‑":
            text = text.replace(joint, "-")
    # Without a search: a run of letters is a word where no joint stands between it and another.
    signs = b" " + text.encode("ascii", "replace").translate(_SIGNS)
    return signs.count(b" a") + signs.count(b" -a") + signs.count(b"--a")
