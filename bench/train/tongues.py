"""Articles printed in the manner of other languages: what their letters tell of a line, without their words.

German begins its nouns with capitals, so that a capital says little of where a sentence begins; both German and French
have quotation marks of their own.  The length of a text stays, so that the places of its notes do.
"""

from __future__ import annotations

import random
import re
from typing import Any

_LONG_WORD = re.compile(r"\b[a-z](?=[a-z]{4})")
_GERMAN = str.maketrans('“”"‘’', "„“„‚‘")
_FRENCH = str.maketrans('“”"', "«»«")
_NOUNS = 0.45  # of the long words


def in_another_manner(article: dict[str, Any], manner: str, lot: random.Random) -> dict[str, Any]:
    """An article with `nouns` in capitals, or with `guillemets`; as it is where no manner is named."""
    if not manner:
        return article
    blocks = [{**block, "text": _told(block["text"], manner, lot)} for block in article["blocks"]]
    notes = [{**note, "text": _told(note["text"], manner, lot)} for note in article["notes"]]
    return {**article, "title": _told(article["title"], manner, lot), "blocks": blocks, "notes": notes}


def _told(text: str, manner: str, lot: random.Random) -> str:
    if manner == "guillemets":
        return text.translate(_FRENCH)
    capitals = _LONG_WORD.sub(lambda found: found[0].upper() if lot.random() < _NOUNS else found[0], text)
    return capitals.translate(_GERMAN)
