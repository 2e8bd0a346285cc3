"""What printed issues show and the texts do not have: heads that run in, long heads, titles of one word, news, notices.

Issues from `VARIED_FROM` on are changed so after their articles are put together; those before stay as they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from .article import Article, Author, Block, cut
from .invented import Inventor, traditional
from .styles import Lot

VARIED_FROM = 7000  # the number of the first such issue
RUN_INS, HEADS_OF_OWN, LONG_HEADS = 35, 40, 25  # shares of 100 issues
SHORT_TITLES, BORROWED_TITLES, LONG_TITLES = 10, 45, 20  # of 100 articles
FEW_NOTES, SHORT_BEGINNINGS, LONELY_NAMES = 10, 15, 12
CHRONICLES, NOTICES = 20, 20  # of 100 issues of several articles
LETTERS_OF_TITLE = {"zh": (4, 26)}  # elsewhere:
LETTERS_OF_TITLE_IF_LATIN = (8, 110)
LETTERS_OF_HEAD = {"zh": (5, 34)}
LETTERS_OF_HEAD_IF_LATIN = (15, 110)
INVENTED_HEADS = 30
PARAGRAPHS_BETWEEN = (1, 2, 2, 3, 4)
SENTENCE_ENDS = "。？！.?!"
_QUOTE = re.compile(r"[\"'“”‘’«»„「」『』()（）\[\]]")
_CLAUSE = re.compile(r"[，。；：？！、“”「」]|[,;:.?!()\[\]\"]+ ")


@dataclass(frozen=True)
class Variety:
    """What the heads of an issue are like.

    runs_in    heads begin paragraphs; else they stand alone
    is_long    heads are lengthened
    series     labels of heads put into texts; empty where none are
    """

    runs_in: bool
    is_long: bool
    series: Sequence[str]
    words: dict[str, Any]


@cache
def _words_of(lang: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((files(__package__) / "variety.toml").read_text(encoding="utf-8"))[lang]
    return table


def draw_variety(lot: Lot, lang: str) -> Variety:
    """The variety of an issue."""
    words = _words_of(lang)
    series = lot.one(words["series"]) if lot.often(HEADS_OF_OWN) else ()
    return Variety(lot.often(RUN_INS), lot.often(LONG_HEADS), series, words)


def vary(lot: Lot, article: Article, whole: Article, inventor: Inventor, variety: Variety) -> None:
    """Change an article: `whole` is the text that it was cut from."""
    _rename(lot, article, whole, inventor, variety)
    if lot.often(FEW_NOTES):
        article.notes = article.notes[: lot.one((0, 1, 1, 2))]
    if lot.often(SHORT_BEGINNINGS):
        _shorten_first(article)
    if variety.is_long:
        for block in article.blocks:
            if block.level and lot.often(50):
                block.text = _lengthen(lot, block.text, article, inventor, variety)
    if variety.series:
        _insert_heads(lot, article, inventor, variety)
    elif variety.runs_in:
        for block, below in zip(article.blocks, article.blocks[1:], strict=False):
            if block.level >= 2 and not below.level:
                _run_in(block, below)


def _rename(lot: Lot, article: Article, whole: Article, inventor: Inventor, variety: Variety) -> None:
    if lot.often(BORROWED_TITLES):
        least, most = LETTERS_OF_TITLE.get(article.lang, LETTERS_OF_TITLE_IF_LATIN)
        heads = [block.text for block in whole.blocks if block.level and least <= len(block.text) <= most]
        article.title = str(lot.one(heads)).rstrip("。.") if heads else article.title
    if lot.often(SHORT_TITLES):
        topic = str(lot.one(inventor.tables["topics"]))
        word = _in_script(article, topic[:2]) if article.lang == "zh" else topic.split()[-1]
        article.subtitle, article.title = article.title, word
    elif lot.often(LONG_TITLES):
        article.title = _lengthen(lot, article.title, article, inventor, variety)
    if article.lang == "en" and lot.often(LONELY_NAMES):
        for author in article.authors:
            given, _, surname = author.name.rpartition(" ")
            author.name = f"{given[:1]}. {lot.one('ABCDEFGHJKLMRSTW')}. {surname}" if given else surname


def _lengthen(lot: Lot, text: str, of: Article, inventor: Inventor, variety: Variety) -> str:
    return text.rstrip("。.:：") + _in_script(of, str(lot.one(variety.words["joints"])) + inventor.draw_title())


def _head(lot: Lot, of: Article, inventor: Inventor) -> str:
    """A clause of the text, or an invented title."""
    least, most = LETTERS_OF_HEAD.get(of.lang, LETTERS_OF_HEAD_IF_LATIN)
    clauses = _CLAUSE.split(str(lot.one([block.text for block in of.blocks])))
    clauses = [clause.strip(" —–•") for clause in clauses if not _QUOTE.search(clause)]
    clauses = [clause for clause in clauses if least <= len(clause) <= most]
    if not clauses or lot.often(INVENTED_HEADS):
        return _in_script(of, inventor.draw_title())
    clause = str(lot.one(clauses))
    return clause[0].upper() + clause[1:]


def _in_script(of: Article, text: str) -> str:
    return traditional(text) if of.script == "Hant" else text


def _shorten_first(article: Article) -> None:
    """Make the first sentence a paragraph."""
    first = article.blocks[0]
    end = min((at for at in map(first.text.find, SENTENCE_ENDS) if at > 0), default=-1) + 1
    if first.level or not 4 < end < len(first.text) - 40 or (first.text[end] not in " \u3000" and article.lang != "zh"):
        return
    behind = first.text[end:].lstrip()
    if article.lang == "zh" and behind[:1] in "”’」』）":
        return
    lost = len(first.text) - len(behind)
    article.blocks[:1] = [replace(first, text=first.text[:end]), replace(first, text=behind)]
    for note in article.notes:
        if note.block or note.offset > end:
            note.offset -= 0 if note.block else lost
            note.block += 1


def _insert_heads(lot: Lot, article: Article, inventor: Inventor, variety: Variety) -> None:
    """Heads with the labels of a series, every few paragraphs."""
    blocks: list[Block] = []
    moved: list[int] = []  # where each block stands now
    wait, number = lot.one(PARAGRAPHS_BETWEEN), 0
    for block in article.blocks:
        wait -= 0 if block.level else 1
        after_head = not blocks or blocks[-1].level
        if wait <= 0 and not block.level and not after_head and not block.is_quote and number < len(variety.series):
            text = _head(lot, article, inventor)
            text = _lengthen(lot, text, article, inventor, variety) if variety.is_long else text
            head = Block(text, level=2, label=_in_script(article, variety.series[number]))
            if variety.runs_in:
                _run_in(head, block)
            blocks.append(head)
            wait, number = lot.one(PARAGRAPHS_BETWEEN), number + 1
        moved.append(len(blocks))
        blocks.append(block)
    article.blocks = blocks
    for note in article.notes:
        note.block = moved[note.block]


def _run_in(head: Block, below: Block) -> None:
    """Let a head begin the paragraph below; its number is part of it then."""
    head.text, head.label, head.runs_in, below.is_quote = head.label + head.text, "", True, False


def add_pieces(lot: Lot, articles: list[Article], inventor: Inventor, variety: Variety) -> None:
    """News with a head for each item, and a notice, both without authors, at the end of an issue of several articles."""
    if len(articles) < 2:
        return
    if lot.often(CHRONICLES) and (news := _piece(lot, articles, variety.words["chronicles"], 900)):
        heads = [Block(_head(lot, news, inventor), level=1) for _ in news.blocks]
        news.blocks = [block for pair in zip(heads, news.blocks, strict=True) for block in pair]
        articles.append(news)
    if lot.often(NOTICES) and (notice := _piece(lot, articles, variety.words["notices"], 500)):
        articles.append(notice)


def _piece(lot: Lot, articles: Sequence[Article], titles: Sequence[str], letters: int) -> Article | None:
    """Some paragraphs of the longest article, which loses them, under a title of their own; None if it has no more."""
    of = max(articles, key=lambda article: article.size)
    begin = max(len(of.blocks) * 2 // 3, 1)
    piece = cut(of, begin, letters // (2 if of.lang == "zh" else 1), with_notes=False)
    piece.blocks = [Block(block.text) for block in piece.blocks if not block.level]
    if not piece.blocks:
        return None
    of.blocks = of.blocks[:begin]
    while len(of.blocks) > 1 and of.blocks[-1].level:
        of.blocks.pop()
    of.notes = [note for note in of.notes if note.block < len(of.blocks)]
    piece.title, piece.subtitle = _in_script(of, str(lot.one(titles))), None
    piece.authors, piece.extras = (
        list[Author](),
        {"notes_head": of.extras["notes_head"]} if "notes_head" in of.extras else {},
    )
    return piece
