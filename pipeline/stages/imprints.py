"""Lines of a journal's own: volume, issue, date, publisher, address."""

from __future__ import annotations

import re
from functools import lru_cache

from .signs import fold

IMPRINT = re.compile(
    r"\b(?:vol|no|issn|isbn|doi|issue|copyright|rights reserved|downloaded|preprint|received|accepted|author manuscript)\b\.?"
    r"|©|https?:|www\.|第\s*[\d一二三四五六七八九十]+\s*[卷期辑輯号號]|总第|總第|\d{4}\s*年|(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# One of these, in small letters, a line must hold to be tried.
_OF_IMPRINTS = (
    "vol", "no", "iss", "isbn", "doi", "copyright", "rights reserved", "downloaded", "preprint", "received", "accepted",
    "author manuscript", "©", "http", "www.", "第", "总第", "總第", "年", "19", "20",
)  # fmt: skip


@lru_cache(maxsize=1024)
def is_imprint(text: str) -> bool:
    """Whether a line names a volume, an issue, a date or an address of the journal's."""
    return any(map(fold(text).__contains__, _OF_IMPRINTS)) and IMPRINT.search(text) is not None


_STATES_RIGHTS = re.compile(
    r"^\W{0,2}\s*(?:copyright\s*(?:[:©(]|\d{4}|by\b)|©|(?-i:c (?:19|20)\d\d [A-Z])|licen[cs]ed? under\b|creative commons attribution\b|this is an open[- ]access\b)"
    r"|\ball rights reserved\b|[版著][权權]所有|[请請]勿[转轉][载載]",
    re.IGNORECASE,
)


_WITHIN = re.compile(
    r"\bretains? (?:the )?copyright|©|\ball rights reserved\b|\bcreative commons\b"
    r"|\bopen[- ]access (?:article|paper|publication)\b|\bCC[ -]BY\b|\bdistributed under the terms\b|\blicen[cs]ed? under\b",
    re.IGNORECASE,
)


def states_rights(text: str) -> bool:
    """Whether a line states rights; a title may speak of them (`Copyright in the Age of Print`)."""
    return _STATES_RIGHTS.search(text) is not None


def has_rights(text: str) -> bool:
    """Whether rights are stated somewhere in a text of several lines."""
    return _WITHIN.search(text) is not None
