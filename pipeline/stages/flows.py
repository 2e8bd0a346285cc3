"""Stage 5: blocks that go on over page ends, notes and boxes become one block of several spans.

Decided by the labelling: a block whose first line was labelled as going on belongs to the last open block
of its kind in the same article.  One that has nothing to go on from begins a block of its own, with a remark.
"""

from __future__ import annotations

from dataclasses import replace

from ..evidence import Evidence
from ..model import Article, Changes, Document, Remark, Rule
from ..options import Options
from .layout import CONTINUED

INTERRUPTED = Rule("interrupted-block", "kept", 92, "A block that goes on behind a page's end, a note or a box.")


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """United blocks, and articles without the parts that were taken up."""
    blocks = dict(document.blocks)
    articles: list[Article] = []
    remarks: list[Remark] = []
    for article in document.articles:
        gone: set[str] = set()
        last: dict[str, str] = {}  # by kind: the block that could go on
        for name in sorted(article.blocks, key=lambda name: document.blocks[name].start):
            block = blocks[name]
            if block.kind in ("head", "label"):
                last.pop("p", None)
            if block.type == CONTINUED and block.kind in last:
                into = blocks[last[block.kind]]
                certainty = min(into.certainty, block.certainty)
                blocks[into.id] = replace(into, spans=into.spans + block.spans, certainty=certainty)
                gone.add(name)
                del blocks[name]
                continue
            if block.type == CONTINUED:
                blocks[name] = replace(block, type="bottom" if block.kind == "note" else "")
                remarks.append(Remark(block.start, block.start, INTERRUPTED.id, 50, "goes on from nothing found"))
            last[block.kind] = name
        articles.append(replace(article, blocks=tuple(name for name in article.blocks if name not in gone)))
    return Changes(blocks=tuple(blocks.values()), articles=tuple(articles), remarks=tuple(remarks))
