"""Titles read: which lines are the title, which the subtitle, which the title in another language."""

from __future__ import annotations

import re
from dataclasses import replace

from ...evidence import Evidence, width
from ...languages import language_of
from ...model import Block, Document, Rule
from ...rewrite import read
from ..layout.open_ends import open_end

SUBTITLE = Rule("subtitle-line", "kept", 85, "A line of its own below a title.")
SECOND_LANGUAGE = Rule("title-in-other-language", "kept", 85, "The title in the other language.")

_DASH = re.compile(r"^(?:—|–|――|──|--)+\s*")
_STOPPED = re.compile(r"[^\W\d_]{4,}[.。]$")
_OPENS = (":", "：", ",", "，", "-", "–", "—", "\u00ad", "&")
_LARGE = 30  # per cent of the measure that a line of a title takes up at least, however large, if it is broken for want of room


def widest_title(document: Document) -> int:
    """Width that title lines are broken at: what three in four of them do not pass."""
    widths = sorted(
        width(line.strip()) for b in document.blocks.values() if b.kind == "title" for line in _printed(document, b)
    )
    return widths[len(widths) * 3 // 4] if widths else 0


def _printed(document: Document, block: Block) -> list[str]:
    """The printed lines of a block."""
    text = document.source.text
    return [
        line
        for start, end in block.spans
        for line in re.split(r"[\r\n\u2028\u2029\f]+", text[start:end])
        if line.strip()
    ]


def split_titles(
    document: Document, evidence: Evidence, blocks: dict[str, Block], names: list[str], widest: int, lang: str
) -> list[str]:
    """Title, subtitle and titles in other languages; a title block of several lines may hold a subtitle.

    Changes `blocks` in place; returns the ids of all blocks in their order.
    """
    out: list[str] = []
    main = ""
    for name in names:
        block = blocks[name]
        if block.kind != "title":
            out.append(name)
            continue
        for piece in _cut_subtitle(document, evidence, block, widest):
            text = read(document, piece.spans).text
            own = language_of(text)
            if main and own and lang and own != lang and (own == "zh" or lang == "zh"):
                piece = replace(piece, kind="alt-title", rule=SECOND_LANGUAGE, lang=own)
            elif main:
                piece = replace(piece, kind="subtitle", rule=SUBTITLE)
            main = main or piece.id
            blocks[piece.id] = piece
            out.append(piece.id)
    return out


def _cut_subtitle(document: Document, evidence: Evidence, block: Block, widest: int) -> list[Block]:
    """The block cut before the first line that is plainly a subtitle."""
    lines = line_spans(document, block)
    texts = [document.source.text[start:end].strip() for start, end in lines]
    if _DASH.match(texts[0]):
        return [block]
    room = max(max(widest, *map(width, texts)) * 7 // 10, evidence.measure * _LARGE // 100)
    for at in range(1, len(lines)):
        if _is_subtitle(texts[at - 1], texts[at], room):
            head = replace(block, spans=((block.start, lines[at - 1][1]),))
            return [head, replace(block, id=f"{block.id}s", spans=((lines[at][0], block.end),), rule=SUBTITLE)]
    return [block]


def _is_subtitle(above: str, text: str, room: int) -> bool:
    """Whether a line was not broken off the one above for want of room: a dash, a stop, other letters say so."""
    if _DASH.match(text):
        return True
    if text[0].islower() or above.endswith(_OPENS) or open_end(above) == "word":
        return False
    if _STOPPED.search(above) or (above.isupper() != text.isupper() and _is_worded(above) and _is_worded(text)):
        return True
    return not _is_han(text[0]) and width(above) + 1 + width(text.split()[0]) <= room


def _is_worded(text: str) -> bool:
    """Whether there are letters enough that capitals tell something."""
    return sum(map(str.isalpha, text)) > 3 and not _is_han(text[0])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def line_spans(document: Document, block: Block) -> list[tuple[int, int]]:
    text, out = document.source.text, []
    for start, end in block.spans:
        for found in re.finditer(r"[^\r\n\u2028\u2029\f]+", text[start:end]):
            piece = found.group()
            if piece.strip():
                left = start + found.start() + len(piece) - len(piece.lstrip())
                out.append((left, start + found.start() + len(piece.rstrip())))
    return out
