"""Article in the making: blocks are added as the sources give them, with marks where notes stand."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping

from .article import Article, Block, Note

OPEN, CLOSE = "\ue000", "\ue001"  # around the key of a note within a text

_MARK = re.compile(f"{OPEN}(.*?){CLOSE}")
_INVISIBLE = re.compile("[\u200b\u200c\ufeff\u00ad\u2060]")
_PICTOGRAM = re.compile("[\U0001f000-\U0001faff]")
_BLANK_BEFORE_STOP = re.compile(r"(?<=[\w)]) ([,;.])(?= |$)")
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?= |$)")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_CJK = re.compile(f"(?<={_CJK})[ \\t]*\\n[ \\t]*(?={_CJK})")


def tidy(text: str) -> str:
    """A text with composed letters, without entities and invisible characters, its blanks single."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", html.unescape(text)))
    return re.sub(r"\s+", " ", _PICTOGRAM.sub("•", text)).strip()


def join_lines(text: str, lang: str) -> str:
    """A paragraph of several lines in one; no blank stands between Chinese characters."""
    return _BREAK_IN_CJK.sub("", text) if lang == "zh" else text


def mark(key: str) -> str:
    """The mark of a note."""
    return OPEN + key + CLOSE


def without_marks(text: str) -> str:
    """A text without the marks of notes."""
    return _MARK.sub("", text)


class Draft:
    """Adds blocks and notes to an article.  A note on a head moves to the first sentence below it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.waiting: list[str] = []  # texts of notes on heads

    def add_head(self, text: str, level: int, notes: Mapping[str, str] | None = None, label: str = "") -> None:
        """A head; its text may hold marks of notes, `notes` gives their texts by key."""
        bare, marks = _parse(self._settle(text))
        if bare:
            self.waiting += [notes[key] for _, key in marks if notes and notes.get(key)]
            self.article.blocks.append(Block(bare, level, label))

    def add_paragraph(self, text: str, notes: Mapping[str, str] | None = None, is_quote: bool = False) -> None:
        """A paragraph, as `add_head`.  Several notes at one place become one."""
        bare, marks = _parse(self._settle(text))
        if not bare:
            return
        found = [(offset, notes[key]) for offset, key in marks if notes and notes.get(key)]
        if self.waiting:
            end = _SENTENCE_END.search(bare)
            found = [(end.end() if end else len(bare), note) for note in self.waiting] + found
            self.waiting = []
        by_offset: dict[int, list[str]] = {}
        for offset, note in found:
            by_offset.setdefault(offset, []).append(tidy(note))
        between = "" if self.article.lang == "zh" else " "
        block = len(self.article.blocks)
        for offset, notes_here in sorted(by_offset.items()):
            self.article.notes.append(Note(between.join(notes_here), block, offset))
        self.article.blocks.append(Block(bare, is_quote=is_quote))

    def close(self) -> Article:
        """The article with levels from 1 without gaps and no heads at its end."""
        article = self.article
        levels = sorted({block.level for block in article.blocks if block.level})
        for block in article.blocks:
            if block.level:
                block.level = levels.index(block.level) + 1
        while article.blocks and article.blocks[-1].level:
            article.blocks.pop()
        return article

    def _settle(self, text: str) -> str:
        text = tidy(text)
        return _BLANK_BEFORE_STOP.sub(r"\1", text) if self.article.lang in ("en", "de") else text


def _parse(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text without its marks, and (offset, key) of each; no blanks are left before a mark or doubled."""
    pieces = _MARK.split(text)
    bare, marks = pieces[0].lstrip(), []
    for key, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        marks.append((len(bare.rstrip()), key))
        if not piece or piece[0] in " .,;:)!?":
            bare = bare.rstrip()
        if not bare or bare.endswith(" "):
            piece = piece.lstrip()
        bare += piece
    bare = bare.rstrip()
    return bare, [(min(offset, len(bare)), key) for offset, key in marks]
