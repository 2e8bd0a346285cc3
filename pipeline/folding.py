"""The letters of long texts, case folded, by a table over code points that is filled as they occur."""

from __future__ import annotations

import numpy as np

_BEYOND = 0x40000  # no letter stands there or behind
_UNSEEN = 0xFFFFFFFF
_KEPT = ord("\n")


class Folds:
    """For every code point the letter that it is folded to, itself where these are several, and 0 for what is none."""

    def __init__(self) -> None:
        self._table = np.full(_BEYOND + 1, _UNSEEN, dtype=np.uint32)
        self._table[[_KEPT, _BEYOND]] = _KEPT, 0
        self._longer: list[str] = []  # those of the letters met that are folded to several

    def fold(self, text: str) -> str:
        """Only the letters of a text and its line feeds, case folded."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        folded = self._table.take(codes, mode="clip")
        unseen = folded == _UNSEEN
        if unseen.any():
            for code in np.unique(codes[unseen]).tolist():
                self._add(code)
            folded = self._table.take(codes, mode="clip")
        letters = folded[folded > 0].tobytes().decode("utf-32-le", "surrogatepass")
        return letters.casefold() if any(map(letters.__contains__, self._longer)) else letters

    def _add(self, code: int) -> None:
        letter = chr(code)
        folded = letter.casefold()
        if len(folded) > 1:
            self._longer.append(letter)
        self._table[code] = 0 if not letter.isalpha() else ord(folded) if len(folded) == 1 else code
