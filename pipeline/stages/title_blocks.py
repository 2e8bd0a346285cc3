"""Title blocks made whole: lines that the labelling gave to the block above or below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..evidence import Evidence
from ..model import Block, Document, Rule
from ..rewrite import read
from .patterns import SIGNS

TITLE_GROUP = Rule("title-group", "kept", 90, "An article begins with a title group.")
STOPS = tuple(".!?。！？…”’\"'」』)）]】:：;；")

_NAMES = [row.regex for row in SIGNS if row.name in ("by-name", "name", "names", "name-han", "byline-han")]
_AFFILIATION = next(row.regex for row in SIGNS if row.name == "affiliation")
_DASH = re.compile(r"(?:—|–|――|──|--)+")


def cut_titles(document: Document, evidence: Evidence, order: Sequence[Block]) -> list[Block]:
    """The short last line of a paragraph right above a subtitle (`——…`) is the title, not the paragraph's."""
    out: list[Block] = []
    lines = evidence.lines
    for block in order:
        if out and block.kind == "title" and _DASH.match(document.source.text, block.start) and out[-1].kind == "p":
            first, last = evidence.line_at(out[-1].start), evidence.line_at(out[-1].end - 1)
            if first < last < evidence.line_at(block.start) and not lines.text[last - 1].rstrip().endswith(STOPS):
                above = out.pop()
                out.append(replace(above, spans=((above.start, lines.end[last - 1]),)))
                out.append(replace(block, id=f"b{last}", spans=((lines.start[last], lines.end[last]),)))
        out.append(block)
    return out


def cut_names(document: Document, evidence: Evidence, order: Sequence[Block]) -> list[Block]:
    """A title block whose later lines are a name, or a name and an affiliation, is cut before the name.

    Only where no byline follows the title: else the name would have been told from it.
    """
    out: list[Block] = []
    for at, block in enumerate(order):
        behind = order[at + 1].kind if at + 1 < len(order) else ""
        if block.kind != "title" or behind == "byline":
            out.append(block)
            continue
        rows = range(evidence.line_at(block.start), evidence.line_at(block.end - 1) + 1)
        below = behind == "affiliation"
        cut = next((row for row in rows[1:] if _is_name_line(evidence, row, rows[-1], below=below)), 0)
        out += [block] if not cut else _at_name(evidence, block, rows[0], cut, rows[-1])
    return out


def _is_name_line(evidence: Evidence, row: int, last: int, *, below: bool) -> bool:
    texts = evidence.lines.text
    if not any(pattern.match(texts[row]) for pattern in _NAMES):
        return False
    return below if row == last else _AFFILIATION.match(texts[row + 1]) is not None


def _at_name(evidence: Evidence, block: Block, first: int, name: int, last: int) -> list[Block]:
    starts, ends = evidence.lines.start, evidence.lines.end
    pieces = [
        replace(block, spans=((block.start, ends[name - 1]),)),
        replace(block, id=f"b{name}", kind="byline", spans=((starts[name], ends[name]),)),
    ]
    if name < last:
        pieces.append(replace(block, id=f"b{name + 1}", kind="affiliation", spans=((starts[name + 1], ends[last]),)))
    return pieces


def absorb_heads(document: Document, order: Sequence[Block], page_starts: Sequence[int]) -> list[Block]:
    """Unnumbered heads right above a title or a byline, on its page, are lines of the title."""
    out: list[Block] = []
    for block in order:
        while block.kind in ("title", "byline") and out and _is_title_line(document, out[-1], block, page_starts):
            above = out.pop()
            if block.kind == "title":
                block = replace(block, spans=((above.start, block.end),))
                if (
                    out
                    and out[-1].kind == "title"
                    and _is_title_line(document, replace(out[-1], kind="head"), block, page_starts)
                ):
                    first = out.pop()
                    block = replace(first, spans=((first.start, block.end),))
            else:
                out.append(replace(above, kind="title", n="", rule=TITLE_GROUP))
                break
        out.append(block)
    return out


def _is_title_line(document: Document, above: Block, block: Block, page_starts: Sequence[int]) -> bool:
    if (
        above.kind != "head"
        or above.n
        or bisect_right(page_starts, above.start) != bisect_right(page_starts, block.start)
    ):
        return False
    between = document.source.text[above.end : block.start]
    return not between.strip() and len(read(document, above.spans).text) < 200
