"""Verdicts on blocks: kept or dropped, a heading or none, where paragraphs begin.

Each function takes a document and a verdict and gives the changes; all offsets are of the witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..collation import BLANK
from ..evidence import LINE_END
from ..model import Block, Changes, Document, Span
from ..options import Verdict
from .rules import HAND_DROPPED, HAND_KEPT

HEADINGS = ("head", "title", "subtitle", "alt-title")
RUNNING = ("p", "quote", "item")
HALVES = (*RUNNING, "head")
_STOPS = frozenset(".!?。！？:：")


def inside(document: Document, start: int, end: int, *, forme_work: bool = False) -> Iterator[tuple[Block, Span]]:
    """Blocks with visible text in [start, end), in the order of the witness, each with the stretch it has there."""
    found = [
        (max(left, start), min(right, end), block)
        for block in document.blocks.values()
        if forme_work or block.kind != "fw"
        for left, right in block.spans
        if left < end and start < right
    ]
    for left, right, block in sorted(found, key=lambda one: one[:2]):
        if document.source.text[left:right].strip(BLANK):
            yield block, (left, right)


def trim(text: str, start: int, end: int) -> Span:
    """The stretch without blanks and line ends at its edges."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end


def place_of(document: Document, verdict: Verdict) -> int:
    """Where a paragraph begins: behind the first line end of the verdict, or at its beginning."""
    text = document.source.text
    start, end = trim(text, verdict.start, verdict.end)
    found = LINE_END.search(text, start, end)
    return trim(text, found.end() if found else start, end)[0]


def keep(document: Document, verdict: Verdict) -> Changes:
    """No forme work in the stretch: its lines are left to `layout`."""
    gone = {
        block.id for block, _ in inside(document, verdict.start, verdict.end, forme_work=True) if block.kind == "fw"
    }
    return Changes(blocks=tuple(block for block in document.blocks.values() if block.id not in gone))


def keep_labelled(document: Document, verdict: Verdict) -> Changes:
    """What was labelled as the journal's own line is a paragraph."""
    blocks = dict(document.blocks)
    for block, _ in inside(document, verdict.start, verdict.end, forme_work=True):
        if block.kind == "fw":
            blocks[block.id] = replace(block, kind="p", type="", rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
    return Changes(blocks=tuple(blocks.values()))


def drop(document: Document, verdict: Verdict) -> Changes:
    """The stretch leaves the text as forme work does; what stands around it goes on."""
    return _carve(document, trim(document.source.text, verdict.start, verdict.end), "fw", "", HAND_DROPPED.fate)


def make_heading(document: Document, verdict: Verdict) -> Changes:
    """The lines of the stretch are a head; words that end a sentence in mid-line a run-in head."""
    text = document.source.text
    start, end = trim(text, verdict.start, verdict.end)
    found = list(inside(document, start, end))
    if found and all(block.kind == "head" for block, _ in found):
        return Changes()
    _, line_end = _lines(text, start, end)
    begins = any(block.start == start for block, _ in found)
    if begins and text[end - 1] in _STOPS and text[end:line_end].strip(BLANK):
        return _carve(document, (start, end), "head", "run-in", "kept")
    return _carve(document, _lines(text, start, end), "head", "", "kept")


def make_title(document: Document, verdict: Verdict) -> Changes:
    """The lines of the stretch are the title of an article."""
    text = document.source.text
    return _carve(document, _lines(text, *trim(text, verdict.start, verdict.end)), "title", "", "kept")


def unmake_heading(document: Document, verdict: Verdict) -> Changes:
    """A head in the stretch is a paragraph; a run-in head goes back to the paragraph it was taken from."""
    blocks = dict(document.blocks)
    articles = list(document.articles)
    for block, _ in inside(document, verdict.start, verdict.end):
        if block.kind not in HEADINGS or block.id not in blocks:
            continue
        plain = replace(block, kind="p", type="", n="", level=0, rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
        blocks[block.id] = plain
        for at, article in enumerate(articles):
            if block.type != "run-in" or block.id not in article.blocks:
                continue
            behind = article.blocks[article.blocks.index(block.id) + 1 :][:1]
            if behind and blocks[behind[0]].kind in RUNNING:
                rest = blocks.pop(behind[0])
                blocks[block.id] = replace(rest, id=block.id, spans=plain.spans + rest.spans, rule=HAND_KEPT)
                articles[at] = replace(article, blocks=tuple(name for name in article.blocks if name != rest.id))
    return Changes(blocks=tuple(blocks.values()), articles=tuple(articles))


def split_paragraph(document: Document, verdict: Verdict) -> Changes:
    """A paragraph begins at the place."""
    place = place_of(document, verdict)
    blocks = dict(document.blocks)
    for block, _ in inside(document, place, place + 1):
        if block.start == place:
            blocks[block.id] = replace(block, rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
            return Changes(blocks=tuple(blocks.values()))
        first = tuple((left, min(right, place)) for left, right in block.spans if left < place)
        second = tuple((max(left, place), right) for left, right in block.spans if right > place)
        first = (*first[:-1], trim(document.source.text, *first[-1]))
        blocks[block.id] = replace(block, spans=first)
        new = replace(block, id=f"{block.id}v", spans=second, rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
        blocks[new.id] = new
        articles = tuple(
            replace(article, blocks=tuple(n for name in article.blocks for n in ([name, new.id] if name == block.id else [name])))
            for article in document.articles
        )  # fmt: skip
        return Changes(blocks=tuple(blocks.values()), articles=articles)
    return Changes()


def join_paragraphs(document: Document, verdict: Verdict) -> Changes:
    """The paragraphs of one article that meet in the stretch are one."""
    return _unite(document, {block.id for block, _ in inside(document, *_span(verdict)) if block.kind in RUNNING})


def join_halves(document: Document, verdict: Verdict) -> Changes:
    """The halves of a word stand in one paragraph, even where the second was taken for a head."""
    touched = {block.id: block.kind for block, _ in inside(document, *_span(verdict))}
    kinds = list(touched.values())
    halves = len(kinds) == 2 and kinds[0] in RUNNING and kinds[1] in HALVES
    return _unite(document, set(touched)) if halves else Changes()


def _span(verdict: Verdict) -> Span:
    return verdict.start, verdict.end


def _unite(document: Document, touched: set[str]) -> Changes:
    blocks = dict(document.blocks)
    articles = []
    for article in document.articles:
        mine = [name for name in article.blocks if name in touched]
        if mine:
            spans = tuple(span for name in mine for span in blocks[name].spans)
            united = replace(blocks[mine[0]], spans=spans, rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
            for name in mine:
                del blocks[name]
            blocks[united.id] = united
        articles.append(replace(article, blocks=tuple(name for name in article.blocks if name not in mine[1:])))
    return Changes(blocks=tuple(blocks.values()), articles=tuple(articles))


def _lines(text: str, start: int, end: int) -> Span:
    """The stretch widened to whole lines, without the blanks at their edges."""
    ends = [found.end() for found in LINE_END.finditer(text, 0, start)]
    behind = LINE_END.search(text, end)
    return trim(text, ends[-1] if ends else 0, behind.start() if behind else len(text))


def _carve(document: Document, stretch: Span, kind: str, of_type: str, fate: str) -> Changes:
    """The stretch as a block of its own.

    What stands before it and behind it stays one block where the stretch is dropped, else two.
    """
    start, end = stretch
    text = document.source.text
    rule = HAND_DROPPED if fate == HAND_DROPPED.fate else HAND_KEPT
    found = list(inside(document, start, end))
    if not found:
        return Changes()
    blocks = dict(document.blocks)
    for block in {block.id: block for block, _ in found}.values():
        before = _cut(text, block, 0, start)
        behind = _cut(text, block, end, len(text))
        del blocks[block.id]
        if fate == HAND_DROPPED.fate:
            before, behind = before + behind, ()
        if before:
            blocks[block.id] = replace(block, spans=before)
        if behind:
            name = f"{block.id}v" if before else block.id
            blocks[name] = replace(block, id=name, spans=behind, type="" if block.kind == "p" else block.type)
    spans = tuple(trim(text, *span) for _, span in found)
    new = Block(f"v{start}", kind, spans, rule, rule.certainty, type=of_type)
    return Changes(blocks=(*blocks.values(), new))


def _cut(text: str, block: Block, start: int, end: int) -> tuple[Span, ...]:
    """Spans of a block in [start, end), without blanks at the cut; a span without visible text is left out."""
    cut = [(max(left, start), min(right, end)) for left, right in block.spans if left < end and start < right]
    return tuple(trim(text, *span) for span in cut if text[span[0] : span[1]].strip(BLANK))
