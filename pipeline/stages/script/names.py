"""Names that no conversion touches: those of authors, those beside them, those in the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model import Document
from ...rewrite import read

_HAN_WORD = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
# A name by itself in a byline: two to four characters, compound surnames included.
_NAME = re.compile("(?<![\u3400-\u9fff])[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?![\u3400-\u9fff])")
_BYLINES = ("byline", "editor")
# Words that stand alone in bylines and are no names.
_WORDS = frozenset(
    "教授 副教授 讲师 講師 研究员 研究員 博士 硕士 碩士 记者 記者 编辑 編輯 主编 主編 责编 責編 译者 譯者 作者 院长 院長".split()
)


def find_names(document: Document, protect: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every protected name and term, the longest first; `None` where there are none."""
    names = {term for term in protect if term}
    for article in document.articles:
        for author in article.authors:
            for name in (author.name, author.alt_name):
                word = "".join(name.split())
                if len(word) > 1 and _HAN_WORD.fullmatch(word):
                    names |= {word, name}
    for block in document.blocks.values():
        if block.kind in _BYLINES:
            names.update(name for name in _NAME.findall(read(document, block.spans).text) if name not in _WORDS)
    if not names:
        return None
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))
