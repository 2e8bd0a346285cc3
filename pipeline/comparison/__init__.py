"""Two builds compared: what was added, removed, changed and moved, and why.

compare(old, new)                 what differs, one document after the other
model.py        what a difference is         builds.py      the tables of a build, one document at a time
pairs.py        which document is which      documents.py   a document's articles and blocks
matching.py     which block is which         places.py, likeness.py   by the witness, or by the text
words.py        a text word by word          order.py       what moved
differences.py  one document                 reasons.py     causes and rules
totals.py       sums, and the names of gates
text.py  markdown.py  json.py                how it is told
"""

from .compare import compare

__all__ = ["compare"]
