"""Where a table is cut into files: at borders of documents that hardly ever move.

Every document has a rank, a digest of its id.  A stretch of documents that is too long is cut before the
document of the lowest rank in it, and its two halves are treated likewise.  So a cut depends on nothing but
ids and the length of the stretch around it.  A document that changes moves no border but those of its own
file (which may have become too long, or short enough to be one with its neighbour); one that comes or goes
moves others only where its own rank is the lowest.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from itertools import accumulate


def first_documents(lengths: Mapping[str, int], most: int) -> frozenset[str]:
    """The ids of the documents that begin another file; `lengths` are in characters, `most` is that of a file.

    A document is never cut, so that one that is longer than `most` makes a file of its own.
    """
    names = sorted(lengths)
    before = [0, *accumulate(lengths[name] for name in names)]
    found: set[str] = set()
    stretches = [(0, len(names))]
    while stretches:
        start, end = stretches.pop()
        if end - start > 1 and before[end] - before[start] > most:
            cut = min(range(start + 1, end), key=lambda at: (_rank(names[at]), at))
            found.add(names[cut])
            stretches += [(start, cut), (cut, end)]
    return frozenset(found)


def _rank(doc_id: str) -> bytes:
    return sha256(doc_id.encode("utf-8", "surrogatepass")).digest()
