"""The different characters of a text: what is not among them need not be looked for."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

_WIDE = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")  # two units of UTF-16, or half a pair
_FEW = 4096  # characters; below, a set of them is quicker than an array


@lru_cache(maxsize=1)  # the reader asks, and then the first stage
def kinds(text: str) -> str:
    """The different characters of a text, in order."""
    if len(text) < _FEW:
        return "".join(sorted(set(text)))
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    found = np.zeros(1 << 16, np.bool_)
    found[units] = True
    is_wide = bool(found[0xD800:0xE000].any())
    found[0xD800:0xE000] = False
    basic = np.flatnonzero(found).astype(np.uint16).tobytes().decode("utf-16-le")
    return "".join(sorted({*basic, *_WIDE.findall(text)})) if is_wide else basic
