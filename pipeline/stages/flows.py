"""Stage 5: blocks that go on over page ends, notes and boxes become one block of several spans.

Decided by the labelling: a block whose first line was labelled as going on belongs to the last open block
of its kind in the same article.  One that has nothing to go on from begins a block of its own, with a remark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..evidence import Evidence
from ..model import Article, Block, Changes, Document, Remark, Rule
from ..options import Options
from .glued_labels import free_labels, free_labels_of_notes
from .layout import CONTINUED
from .layout.cut_words import CUT_END, FIRST_LETTERS, is_cut
from .lifted_markers import lower_markers
from .pairs import pair_labels
from .run_together import part_notes

OPEN_PARAGRAPH = Rule("open-paragraph", "kept", 80, "A paragraph left open in mid-sentence goes on over the page.")
INTERRUPTED = Rule("interrupted-block", "kept", 92, "A block that goes on behind a page's end, a note or a box.")

_LONGEST = 40  # characters of half a word


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """United blocks, and articles without the parts that were taken up."""
    blocks = dict(document.blocks)
    articles: list[Article] = []
    remarks: list[Remark] = []
    page_starts = [mark.start for mark in document.marks if mark.tag == "pb"]
    for article in document.articles:
        freed = free_labels(document, [blocks[name] for name in article.blocks], page_starts)
        blocks.update({block.id: block for block in freed})
        gone: set[str] = set()
        last: dict[str, str] = {}  # by kind: the block that could go on
        for name in sorted(article.blocks, key=lambda name: blocks[name].start):
            block = blocks[name]
            if block.kind in ("head", "label"):
                last.pop("p", None)
            goes_on = block.kind == "p" and _goes_on(
                document, evidence, blocks.get(last.get("p", "")), block, page_starts
            )
            near = block.kind not in last or _is_near(blocks[last[block.kind]], block, page_starts)
            if (block.type == CONTINUED or goes_on) and block.kind in last and near:
                into = blocks[last[block.kind]]
                certainty = min(into.certainty, OPEN_PARAGRAPH.certainty if goes_on else block.certainty)
                blocks[into.id] = replace(into, spans=into.spans + block.spans, certainty=certainty)
                gone.add(name)
                del blocks[name]
                continue
            if block.type == CONTINUED:
                blocks[name] = replace(block, type="bottom" if block.kind == "note" else "")
                remarks.append(Remark(block.start, block.start, INTERRUPTED.id, 50, "goes on from nothing found"))
            last[block.kind] = name
        names = [name for name in article.blocks if name not in gone]
        paired = tuple(_pair_notes(document, blocks, names, page_starts))
        articles.append(replace(article, blocks=paired))
    own = ([blocks[name] for name in article.blocks] for article in articles)
    blocks.update({block.id: block for block in lower_markers(document, evidence, own, page_starts)})
    return Changes(blocks=tuple(blocks.values()), articles=tuple(articles), remarks=tuple(remarks))


def _is_near(before: Block, block: Block, page_starts: Sequence[int]) -> bool:
    """Whether a block can go on from another: on the same page, or on the next."""
    left = bisect_right(page_starts, before.spans[-1][1] - 1)
    return bisect_right(page_starts, block.start) - left <= 1


def _goes_on(
    document: Document, evidence: Evidence, before: Block | None, block: Block, page_starts: Sequence[int]
) -> bool:
    """Whether a paragraph goes on with a word that the one before it cut, or, at the top of a page, with its sentence."""
    if before is None or block.type == CONTINUED:
        return False
    text = document.source.text
    end = before.spans[-1][1]
    if _ends_cut(evidence, text, end, block.start):
        return True
    if bisect_right(page_starts, end - 1) == bisect_right(page_starts, block.start):
        return False
    return text[end - 1] in ",，、;；-—" or ((text[end - 1].isalpha() and not text[block.start].isdigit()) and end - before.spans[-1][0] > 40)  # fmt: skip


def _ends_cut(evidence: Evidence, text: str, end: int, start: int) -> bool:
    """Whether the word cut by a hyphen before `end` goes on at `start`."""
    if not text[start].islower() or text[end - 1].isalnum():
        return False
    left, right = CUT_END.search(text, max(0, end - _LONGEST), end), FIRST_LETTERS.match(text, start)
    return left is not None and right is not None and is_cut(evidence, left[1], right[0])


def _pair_notes(
    document: Document, blocks: dict[str, Block], names: list[str], page_starts: Sequence[int]
) -> Iterable[str]:
    """The article's blocks with labels that stand alone united with their notes."""
    notes = sorted((blocks[name] for name in names if blocks[name].kind == "note"), key=lambda block: block.start)
    freed = free_labels_of_notes(document, notes)
    paired = pair_labels(document, freed, [bisect_right(page_starts, note.start) for note in freed])
    paired = part_notes(document, paired)
    for note in notes:
        del blocks[note.id]
    blocks.update({note.id: note for note in paired})
    gone = {note.id for note in notes}
    return [name for name in names if name not in gone] + [note.id for note in paired]
