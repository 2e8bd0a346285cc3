"""Paragraphs of the text that are counted, as notes are: `1) …`, `(a) …`, `①…`.

Issues from `ENUMERATED_FROM` on have such paragraphs; those before stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from .article import Article
from .styles import Lot

ENUMERATED_FROM = 11000  # the number of the first such issue
ENUMERATED = 70  # of 100 articles
TRIES = 4  # places of which the one with the shortest paragraphs is taken
LENGTHS = (2, 3, 3, 4, 5, 6, 8)
LABELS = ("{}) ", "{}) ", "{}. ", "{}. ", "({}) ", "{}.) ", "{} ", "{}° ")
LABELS_IF_CHINESE = ("{}．", "{}．", "{}、", "（{}）", "({})", "{}.", "{}) ")
COUNTS = {"1": "123456789", "a": "abcdefghi", "①": "①②③④⑤⑥⑦⑧⑨"}
KINDS, KINDS_IF_CHINESE = ("1", "1", "1", "a"), ("1", "1", "1", "①")


def enumerate_paragraphs(lot: Lot, articles: Sequence[Article]) -> None:
    """Count some paragraphs that follow one another, in most articles."""
    for article in articles:
        if lot.often(ENUMERATED):
            _enumerate(lot, article, lot.one(LENGTHS))


def _enumerate(lot: Lot, article: Article, length: int) -> None:
    blocks = article.blocks
    whole = [
        begin
        for begin in range(1, len(blocks) - length)
        if not any(
            block.level or block.is_quote or not block.text[0].isalnum() for block in blocks[begin : begin + length]
        )
        and not blocks[begin - 1].runs_in
    ]
    if not whole:
        return
    tried = [lot.one(whole) for _ in range(TRIES)]
    begin = min(tried, key=lambda at: sum(len(block.text) for block in blocks[at : at + length]))
    is_chinese = article.lang == "zh"
    kind = lot.one(KINDS_IF_CHINESE if is_chinese else KINDS)
    form = "{}" if kind == "①" else lot.one(LABELS_IF_CHINESE if is_chinese else LABELS)
    for at, count in zip(range(begin, begin + length), COUNTS[kind], strict=False):
        label = form.format(count)
        blocks[at].text = label + blocks[at].text
        for note in article.notes:
            note.offset += len(label) if note.block == at else 0
