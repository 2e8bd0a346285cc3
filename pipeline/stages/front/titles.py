"""Titles read: which lines are the title, which the subtitle, which the title in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...evidence import Evidence, letters_of, width
from ...languages import language_of
from ...model import Block, Document, Rule
from ...rewrite import read
from ...sentences import split
from ..layout.open_ends import open_end
from ..printed_lines import line_spans

SUBTITLE = Rule("subtitle-line", "kept", 85, "A line of its own below a title.")
SECOND_LANGUAGE = Rule("title-in-other-language", "kept", 85, "The title in the other language.")

_DASH = re.compile(r"^(?:—|–|――|──|--)+\s*")
_SHORTENED = re.compile(r"…|\.{3}")
_STOPPED = re.compile(r"[^\W\d_]{4,}[.。]$")
_OPENS = (":", "：", ",", "，", "-", "–", "—", "\u00ad", "&")
_LARGE = 30  # per cent of the measure that a line of a title takes up at least, however large, if it is broken for want of room
_LEAST, _LEAST_HAN = 6, 3  # letters of a title that tell it from others
_BESIDE = 6  # letters of a word that page numbers have beside them
_LEAST_STOPPED = 2  # titles with a full stop that show a habit
_NAMES = 60  # letters of the names that a title of the contents can stand behind
_LINES_OF_ENTRY = 4  # lines of the contents that an entry has at the most


@dataclass(frozen=True, slots=True)
class Habits:
    """How a source prints titles.

    widest  the width that title lines are broken at: what three in four of them do not pass
    stopped whether titles end with a full stop, as in old journals
    heads   the letters of all lines of forme work that do not say they are shortened
    listed  the letters of the contents from each of their lines on
    """

    widest: int
    stopped: bool
    heads: frozenset[str]
    listed: Sequence[str]

    def stops_behind(self, above: str, below: str) -> bool | None:
        """Whether a title ends between two pieces of its letters, by running heads and contents; None: they do not tell."""
        if len(above) < (_LEAST_HAN if _is_han(above[:1]) else _LEAST):
            return None
        rests = [head[len(above) :] for head in self.heads if head.startswith(above)]
        if any(rest and (rest.startswith(below) or below.startswith(rest)) for rest in rests):
            return False
        beside = [head[: -len(above)] for head in self.heads if head.endswith(above)]
        if any(len(rest) <= _BESIDE for rest in (*rests, *beside)):
            return True
        behind = [entry[at + len(above) :] for entry in self.listed if 0 <= (at := entry.find(above)) <= _NAMES]
        return True if behind and not any(rest.startswith(below[:_LEAST]) for rest in behind) else None


def find_habits(document: Document) -> Habits:
    """The habits of a source that was labelled."""
    blocks = document.blocks.values()
    titles = [_printed(document, b) for b in blocks if b.kind == "title"]
    widths = sorted(width(line.strip()) for lines in titles for line in lines)
    stopped = sum(lines[-1].rstrip().endswith(".") for lines in titles if lines)
    forme = (line for b in blocks if b.kind == "fw" for line in _printed(document, b))
    heads = (letters_of(line) for line in forme if not _SHORTENED.search(line))
    contents = [letters_of(line) for b in blocks if b.kind == "matter" for line in _printed(document, b)]
    return Habits(
        widths[len(widths) * 3 // 4] if widths else 0,
        stopped >= _LEAST_STOPPED and stopped * 3 >= len(titles) * 2,
        frozenset(filter(None, heads)),
        ["".join(contents[at : at + _LINES_OF_ENTRY]) for at in range(len(contents))],
    )


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
    document: Document, evidence: Evidence, blocks: dict[str, Block], names: list[str], habits: Habits, lang: str
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
        for piece in _cut_subtitle(document, evidence, block, habits, lang):
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


def _cut_subtitle(document: Document, evidence: Evidence, block: Block, habits: Habits, lang: str) -> list[Block]:
    """The block cut before the first line that is plainly a subtitle."""
    lines = line_spans(document, block.spans)
    texts = [document.source.text[start:end].strip() for start, end in lines]
    if _DASH.match(texts[0]):
        return [block]
    room = max(max(habits.widest, *map(width, texts)) * 7 // 10, evidence.measure * _LARGE // 100)
    for at in range(1, len(lines)):
        stops = habits.stops_behind(letters_of("".join(texts[:at])), letters_of(texts[at]))
        if habits.stopped and not _DASH.match(texts[at]):
            is_subtitle = _ends_sentence(" ".join(texts[:at]), texts[at], lang)
        else:
            is_subtitle = _is_subtitle(texts[at - 1], texts[at], room, stops)
        if is_subtitle:
            head = replace(block, spans=((block.start, lines[at - 1][1]),))
            return [head, replace(block, id=f"{block.id}s", spans=((lines[at][0], block.end),), rule=SUBTITLE)]
    return [block]


def _ends_sentence(above: str, below: str, lang: str) -> bool:
    """Whether a sentence ends between two lines: titles that are sentences are broken for want of room alone."""
    return any(end == len(above) for _, end in split(f"{above} {below}", lang))


# Words that are capitals only where a title begins, in all of these languages: articles, short prepositions.
_SMALL = frozenset(
    """
    a an the of at by to in on for as der die das den dem des ein eine einen einem einer eines von vom zu zum zur im am
    le la les l un une des du de d au aux en et und and
    """.split()
)


def _is_subtitle(above: str, text: str, room: int, stops: bool | None) -> bool:
    """Whether a line was not broken off the one above for want of room: a dash, a stop, other letters say so, or what
    running heads and contents repeat of the title."""
    if _DASH.match(text):
        return True
    if text[0].islower() or above.endswith(_OPENS) or open_end(above) == "word":
        return False
    if stops is not None:
        return stops
    if _begins_anew(above, text):
        return True
    if _STOPPED.search(above) or (above.isupper() != text.isupper() and _is_worded(above) and _is_worded(text)):
        return True
    return not _is_han(text[0]) and width(above) + 1 + width(text.split()[0]) <= room


def _begins_anew(above: str, text: str) -> bool:
    """Whether a line begins with a word that is no capital within these titles: another title begins."""
    first, *others = re.split(r"[\s’']+", text)
    within = re.split(r"[\s’']+", above)[1:] + others
    capital = first[1:].islower() or len(first) == 1
    return (
        capital
        and first.lower() in _SMALL
        and not any(word[:1].isupper() and word.lower() in _SMALL for word in within)
    )


def _is_worded(text: str) -> bool:
    """Whether there are letters enough that capitals tell something."""
    return sum(map(str.isalpha, text)) > 3 and not _is_han(text[0])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
