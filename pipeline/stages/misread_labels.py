"""Labels of notes that were misread: raised figures are small, and recognition makes `°`, `‘`, `?` or `®` of them.

One such line proves nothing, for a note may begin with a quotation; they are believed where most notes of a source
begin so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Rule

MISREAD_LABEL = Rule("misread-label", "dropped", 75, "A sign at a note's beginning that was its raised figure.")

_SIGNS = re.compile(r"([°®©^~¢™?!]{1,2}|[‘“\"'’”„]{1,2})(?=\s?[A-ZÀ-ÖØ-Þ«]|[a-zß-ÿ]{2})")
# What closes a quotation that begins with this sign; apostrophes within words close nothing.
_CLOSING = {
    sign: re.compile(rf"[{closing}](?![^\W_])")
    for sign, closing in {"‘": "’'", "'": "’'", "“": '”"', "„": '“”"', '"': '”"'}.items()
}
_LEAST = 2  # notes that make a habit


def misread_label(text: str) -> str:
    """The signs at the beginning of a note that can be its label misread: no quotation that closes again."""
    found = _SIGNS.match(text)
    if found is None:
        return ""
    closing = _CLOSING.get(found[1][0])
    return "" if closing is not None and closing.search(text, found.end()) else found[1]


def are_misread(beginnings: Iterable[str]) -> bool:
    """Whether the labels of these notes, by their first lines, are misread for the most part."""
    texts = list(beginnings)
    misread = sum(1 for text in texts if misread_label(text))
    return misread >= _LEAST and 2 * misread >= len(texts)
