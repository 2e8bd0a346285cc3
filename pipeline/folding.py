"""Long texts changed character by character: by a table over code points that is filled as they occur."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_BEYOND = 0x40000  # no letter stands there or behind: all are changed to what this is changed to
_UNSEEN = 0xFFFFFFFF


class Folds:
    """What every character is changed to; `of` says so of one, empty: it is left out."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self._of = of
        self._table = np.full(_BEYOND + 1, _UNSEEN, dtype=np.uint32)

    def fold(self, text: str) -> str:
        """The text with every character changed."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        folded = self._table.take(codes, mode="clip")
        unseen = folded == _UNSEEN
        if unseen.any():
            for code in np.unique(codes[unseen]).clip(max=_BEYOND).tolist():
                self._table[code] = ord(self._of(chr(code)) or "\0")
            folded = self._table.take(codes, mode="clip")
        return folded[folded > 0].tobytes().decode("utf-32-le", "surrogatepass")
