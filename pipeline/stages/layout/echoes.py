"""The columns of `templates.VALUES` that say where else a line stands: in running heads, in the contents, in the text.

A title comes again in running heads and on the page of contents, a rubric above the next article.  Only lines are
asked that can be such: short of full, and ending no sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from ...evidence import Evidence
from .columns import CODES, Columns

_LEAST, _LEAST_HAN = 4, 2  # letters of a line that is looked for
_LEAST_PART, _LEAST_PART_HAN = 8, 4  # and of one that can be part of a running head or an entry
_SHORT_PAGE = 75  # per cent of the lines of a usual page


def find_echoes(evidence: Evidence, columns: Columns, indices: Sequence[int]) -> None:
    """Add the columns; `indices` are the lines' own in the source."""
    keys, count = evidence.keys, len(indices)
    taken = set(indices)
    forme = [key for line, key in enumerate(keys) if line not in taken and len(key) > 1]
    heads, head_text = set(forme), "\n".join(dict.fromkeys(forme))
    listed = "".join(keys[indices[at]] for at in np.flatnonzero(columns["contents"]).tolist())
    counts = Counter(keys[line] for line in indices)
    for name in ("run", "listed", "again"):
        columns[name] = np.zeros(count, dtype=np.int64)
    able = ~(columns.flags("width", "full", "over") | columns.flags("ends", "stop", "hyphen", "comma"))
    for at in np.flatnonzero(able).tolist():
        key = keys[indices[at]]
        is_han = len(key) > 1 and key[0] >= "\u2e80"
        if len(key) < (_LEAST_HAN if is_han else _LEAST):
            continue
        columns["again"][at] = counts[key] > 1
        whole = len(key) >= (_LEAST_PART_HAN if is_han else _LEAST_PART)
        columns["run"][at] = CODES["run"][_standing(key, heads, head_text, is_long=whole)]
        columns["listed"][at] = whole and not columns["contents"][at] and key in listed


def _standing(key: str, heads: Collection[str], text: str, *, is_long: bool) -> str:
    if key in heads:
        return "whole"
    return "part" if is_long and key in text else ""


def measure_pages(columns: Columns) -> None:
    """Add how full the page before is: an article mostly ends on a page that is not."""
    sizes = np.bincount(columns.page)
    usual = int(np.sort(sizes)[len(sizes) // 2])
    short = sizes * 100 < usual * _SHORT_PAGE
    before = np.concatenate((np.zeros(1, dtype=np.int64), np.where(short[:-1], 1, 2)))
    columns["page-before"] = before[columns.page]
