"""Notes put together: labels that an extractor set on lines of their own go to their notes.

`1`, `2` on two lines and then two notes; a label alone and its note below; a reference list whose numbers
are cited in the text, which is a list of notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Block, Document
from ...rewrite import read
from ..patterns import note_label_of


def is_label_alone(document: Document, block: Block) -> bool:
    """Whether a note block is nothing but its label."""
    text = read(document, block.spans).text.strip()
    return bool(block.n) and note_label_of(text)[1] == block.n and len(text) <= len(block.n) + 3


def pair_labels(document: Document, notes: Sequence[Block]) -> list[Block]:
    """Notes with labels set alone united with the notes they belong to, in the order of both."""
    out: list[Block] = []
    waiting: list[Block] = []
    for block in notes:
        if is_label_alone(document, block):
            waiting.append(block)
            continue
        lines = _label_lines(document, block)
        if lines is not None and not waiting:
            waiting, block = lines[0], lines[1]
        if waiting and (not block.n or block.type == "continued"):
            label = waiting.pop(0)
            block = replace(block, spans=label.spans + block.spans, n=label.n, type="bottom")
        out.append(block)
    return out + waiting


def _label_lines(document: Document, block: Block) -> tuple[list[Block], Block] | None:
    """A note whose first line is nothing but its label is whole as it stands: `None`."""
    return None
