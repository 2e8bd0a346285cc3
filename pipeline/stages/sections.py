"""Stage 7: heads get their levels, and run-in heads are split off the paragraphs they begin.

Levels follow from how heads are numbered: a numbering that first appears under another is one deeper, and
coming back to a numbering closes what is below it.  Without numbers the parts of a paper tell: what stands between its
methods and its results is part of the former.  A run-in head is believed where paragraphs with the same
numbering follow one another in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..evidence import Evidence
from ..model import Block, Changes, Document, Rule
from ..options import Options
from ..rewrite import Reading, read
from .numbers import value_of
from .opening_sentences import find_openings
from .patterns import LABELS, SIGNS, label_of

OPENING_SENTENCE = Rule(
    "opening-sentence-head", "kept", 78, "A head run in as the first sentence, as in all paragraphs of its section."
)
RUN_IN_HEAD = Rule("run-in-head", "kept", 85, "A numbered head at the beginning of its paragraph.")
NUMBERED_HEAD = Rule("numbered-head", "kept", 95, "A head with a number.")
PLAIN_HEAD = Rule("plain-head", "kept", 85, "A head without a number.")

_SENTENCE = re.compile(r".{2,140}?(?:[.!?](?=\s+[\"“‘(]?[A-Z\d])|[。！？](?=.))", re.DOTALL)
_VALUE = re.compile(r"\d+|[ivxlcIVXLC]+(?![a-z])|[一二三四五六七八九十百〇]+|[A-Ha-h](?=[.)）])")
# The parts of a paper whose heads have no numbers: what stands between such a one and the next belongs to it.
_PARTS = re.compile(
    r"(?:(?:materials?|patients?|subjects?|participants|data) (?:and|&) )?methods?|methodology|experimental (?:procedures|section)|results?"
    r"|(?:(?:material|patienten|daten) und )?methoden|ergebnisse|(?:(?:matériel|patients|données) et )?méthodes?|résultats"
    r"|(?:材料|资料|資料|对象|對象)[与與和]方法|研究方法|(?:研究)?[结結]果"
)
_NEXT_PARTS = re.compile(
    rf"{_PARTS.pattern}|(?:results and )?discussion|conclusions?|(?:ergebnisse und )?diskussion|schlussfolgerung(?:en)?|(?:résultats et )?discussion"
    r"|(?:[结結]果[与與和])?[讨討][论論]|[结結][论論]"
)
_DECIMAL = re.compile(r"(?:§\s*)?(\d{1,2}(?:[.．]\d{1,2}){0,5})(?![\d%])(?=[.．]?\s*\D)")
_BY_NAME = {row.name: row.regex for row in SIGNS}
_RUN_IN = (
    "digit-dot",
    "han-bracket",
    "digit-bracket",
    "han-comma",
    "roman-dot",
    "roman-lower",
    "letter-dot",
    "letter-bracket",
)


@dataclass(slots=True)
class Numbered:
    """A paragraph that begins with a numbering: its label and value, and where its first sentence ends."""

    block: Block
    style: str
    value: int
    end: int


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Heads with levels, run-in heads as blocks of their own, and articles with both in their order."""
    blocks = dict(document.blocks)
    articles = []
    for article in document.articles:
        names = list(article.blocks)
        if article.seq:
            names = _split_run_ins(document, blocks, names)
            for head in _with_levels(document, [blocks[name] for name in names if blocks[name].kind == "head"]):
                blocks[head.id] = head
        articles.append(replace(article, blocks=tuple(names)))
    return Changes(blocks=tuple(blocks.values()), articles=tuple(articles))


def _split_run_ins(document: Document, blocks: dict[str, Block], names: Sequence[str]) -> list[str]:
    mine = [blocks[name] for name in names]
    series = _series(document, mine)
    if not series:
        texts = {block.id: read(document, block.spans).text for block in mine if block.kind == "p"}
        openings = find_openings(texts, mine)
        series = {name: Numbered(blocks[name], "", 0, end) for name, end in openings.items()}
    out: list[str] = []
    for name in names:
        numbered = series.get(name)
        if numbered is None:
            out.append(name)
            continue
        head, rest = _split(read(document, numbered.block.spans), numbered)
        blocks[head.id] = head
        out.append(head.id)
        if rest is not None:
            blocks[name] = rest
            out.append(name)
        else:
            del blocks[name]
    return out


def _series(document: Document, blocks: Sequence[Block]) -> dict[str, Numbered]:
    """Numbered paragraphs that follow one another (1, 2, 3 …; a head between restarts nothing)."""
    runs: dict[str, list[Numbered]] = {}
    found: dict[str, Numbered] = {}

    def close(style: str) -> None:
        run = runs.pop(style, [])
        if len(run) > 1:
            found.update({numbered.block.id: numbered for numbered in run})

    for block in blocks:
        if block.kind != "p":
            continue
        numbered = _numbered(read(document, block.spans), block)
        if numbered is None:
            continue
        run = runs.get(numbered.style)
        if run and numbered.value == run[-1].value + 1:
            run.append(numbered)
        else:
            close(numbered.style)
            if numbered.value == 1:
                runs[numbered.style] = [numbered]
    for style in list(runs):
        close(style)
    return found


def _numbered(reading: Reading, block: Block) -> Numbered | None:
    text = reading.text
    style = label_of(text)
    if style not in _RUN_IN:
        return None
    sentence = _SENTENCE.match(text, _label_end(text, style))
    value = _VALUE.search(text[:8])
    if sentence is None or value is None or sentence.end() >= len(text):
        return None
    return Numbered(block, style, _ordinal(value.group()), sentence.end())


def _label_end(text: str, style: str) -> int:
    """End of the label itself, so that its own full stop does not end the sentence."""
    found = re.match(r"[（(]?\s*[\w]+\s*[）).．、]?\s*", text)
    return found.end() if found and style else 0


def _ordinal(label: str) -> int:
    if label.isalpha() and len(label) == 1 and label.isascii() and label.lower() not in "ivx":
        return ord(label.lower()) - 96
    return value_of(label)


def _split(reading: Reading, numbered: Numbered) -> tuple[Block, Block | None]:
    """The head and what is left of the paragraph."""
    block = numbered.block
    cut = reading.end(numbered.end)
    rest_at = numbered.end
    while rest_at < len(reading.text) and reading.text[rest_at].isspace():
        rest_at += 1
    begin = reading.start(rest_at)
    head_spans = tuple((start, min(end, cut)) for start, end in block.spans if start < cut)
    rest_spans = tuple((max(start, begin), end) for start, end in block.spans if end > begin)
    rule = RUN_IN_HEAD if numbered.style else OPENING_SENTENCE
    head = Block(f"{block.id}h", "head", head_spans, rule, rule.certainty, n=numbered.style, type="run-in")
    return head, replace(block, spans=rest_spans) if rest_spans else None


def _with_levels(document: Document, heads: Sequence[Block]) -> Iterable[Block]:
    """Heads with their level, by the numberings that are open."""
    stack: list[tuple[str, int]] = []  # numberings with their levels
    heads = list(heads)
    texts = [read(document, head.spans).text.strip() for head in heads]
    within = _within_parts([text.casefold() for text in texts])
    styles = [_style(text, head) for text, head in zip(texts, heads, strict=True)]
    depths = _decimal_depths(texts, styles)
    least = min(depths.values(), default=1)
    for at, (head, style) in enumerate(zip(heads, styles, strict=True)):
        if at in depths:
            style, depth = f"decimal {depths[at]}", depths[at] - least
            base = next((level - of + least for own, level in stack if (of := _depth_of(own))), None)
            above = sum(not _depth_of(own) for own, _ in stack) if base is None else base - 1
            stack = [(own, level) for own, level in stack if level <= above + depth]
            stack.append((style, above + depth + 1))
        elif any(own == style for own, _ in stack):
            del stack[[own for own, _ in stack].index(style) + 1 :]
        elif style == "top":
            stack = stack[:1]
        else:
            stack.append((style, (stack[-1][1] if stack else 0) + 1))
        level = 1 if style == "top" or not stack else stack[-1][1]
        level += level == 1 and style == "plain" and at in within
        rule = head.rule if head.type == "run-in" else NUMBERED_HEAD if head.n else PLAIN_HEAD
        yield replace(head, level=min(level, 6), n="", rule=rule)


def _depth_of(style: str) -> int:
    """How many numbers a numbering with points has; 0 for any other."""
    return int(style.removeprefix("decimal ")) if style.startswith("decimal ") else 0


def _decimal_depths(texts: Sequence[str], styles: Sequence[str]) -> dict[int, int]:
    """By head how many numbers with points between its own has (`2.1.3`), and 1 for the whole numbers above them.

    A whole number is such where the heads before or behind it count on from it or within it: `1.4`, `2`, `2.1`.
    """
    numbers = {
        at: tuple(map(int, found[1].replace("．", ".").split(".")))
        for at, text in enumerate(texts)
        if (found := _DECIMAL.match(text)) and (styles[at].startswith("digit-") or len(found[1]) > 2)
    }
    depths = {at: len(number) for at, number in numbers.items() if len(number) > 1}
    order = sorted(numbers)
    highest = 0  # chapter so far that has parts
    for before, at, behind in zip([None, *order], order, [*order[1:], None], strict=False) if depths else ():
        value, *parts = numbers[at]
        counted = behind in depths and numbers[behind][0] == value
        counted |= before in depths and numbers[before][0] + 1 == value
        if not parts and counted and highest < value:
            depths[at] = 1
        if at in depths:
            highest = max(highest, value)
    printed_so = {styles[at] for at, depth in depths.items() if depth == 1}
    return depths | {at: 1 for at, number in numbers.items() if len(number) == 1 and styles[at] in printed_so}


def _within_parts(texts: Sequence[str]) -> set[int]:
    """The heads between one of methods or results and the one of the next part."""
    found: set[int] = set()
    parts = [at for at, text in enumerate(texts) if _NEXT_PARTS.fullmatch(text)]
    for at, behind in pairwise(parts):
        if _PARTS.fullmatch(texts[at]):
            found.update(range(at + 1, behind))
    return found


def _style(text: str, head: Block) -> str:
    """The numbering of a head; `plain` without one; `top` for the usual heads of a whole part."""
    style = label_of(text)
    if head.rule is OPENING_SENTENCE:
        return "opening"
    if style:
        return {
            "roman-alone": "roman",
            "roman-dot": "roman",
            "roman-blank": "roman",
            "han-alone": "han",
            "han-comma": "han",
        }.get(style, style)
    return "top" if _BY_NAME["head-word"].match(text) else "plain"


assert {row.name for row in LABELS} >= set(_RUN_IN)
