"""Long texts with numbered chapters and sections, as theses have them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from .article import Article, Block
from .drafting import Draft
from .invented import tables_of
from .markdown import add_markdown
from .tei_novels import Chapter, Novel

SECTION = 8000  # letters of a section of a chapter
CHAPTERS_ZH = ("chap1.md", "chap2.md", "chap3.md", "chap3.Zwischenbetrachtung.md", "chap4.md")
INTERLUDE = "中間考察"  # stands where other chapters have their number
BEGIN_BARE = 30  # of 100 chapters that begin without the head of a section


def add_novel_as_thesis(draft: Draft, novel: Novel, lot: random.Random) -> None:
    """Add a whole novel under invented heads, numbered 1, 1.1 and so on."""
    tables = tables_of(draft.article.lang)
    names = [*tables["chapter_heads"][: len(novel.chapters) - 1], tables["chapter_heads"][-1]]
    heads = lot.sample(tables["section_heads"], len(tables["section_heads"]))
    heads += [before + head for before in tables["before_section_heads"] for head in heads]
    for number, (name, chapter) in enumerate(zip(names, novel.chapters, strict=True), 1):
        draft.add_head(name, 1, label=f"{number} ")
        _add_sections(draft, chapter, number, heads, lot)


def _add_sections(draft: Draft, chapter: Chapter, number: int, heads: list[str], lot: random.Random) -> None:
    sections = max(2, round(chapter.size / SECTION))
    begins_bare = chapter.size > 3000 and lot.randrange(100) < BEGIN_BARE
    written, turn, section = 0, 0, 0
    for text, is_quote in chapter.paragraphs:
        if turn < sections and written * sections >= chapter.size * turn:
            if turn or not begins_bare:
                section += 1
                draft.add_head(heads.pop(0), 2, label=f"{number}.{section} ")
            turn += 1
        draft.add_paragraph(text, is_quote=is_quote)
        written += len(text)


def add_markdown_thesis(draft: Draft, folder: Path) -> None:
    """Add the chapters of a Chinese thesis: 第一章, 第一節, 一 and so on, as their labels say."""
    blocks = draft.article.blocks
    for name in CHAPTERS_ZH:
        begin = len(blocks)
        text = (folder / name).read_text(encoding="utf-8")
        add_markdown(draft, text.replace("\n## 第壹章", "\n# 第壹章"), keeps_numbers=True, keeps_title=True)
        _set_levels([block for block in blocks[begin:] if block.level])


def _set_levels(heads: Sequence[Block]) -> None:
    for head in heads[1:]:
        head.level = 2 if head.label.startswith("第") else 3 if head.label[:1].isalpha() else 4
    if heads:
        heads[0].level = 1
        if heads[0].text.startswith(INTERLUDE):
            heads[0].label, heads[0].text = INTERLUDE + " ", heads[0].text.removeprefix(INTERLUDE).strip()
    if not any(head.level == 2 for head in heads):
        for head in heads[1:]:
            head.level -= 1


def join_chapters(articles: Sequence[Article], model: Article) -> Article:
    """One article whose chapters are others, with their titles as heads of the first level."""
    for chapter in articles:
        begin = len(model.blocks) + 1
        model.blocks.append(Block(chapter.title, 1))
        for block in chapter.blocks:
            block.level = min(3, block.level + 1) if block.level else 0
            model.blocks.append(block)
        for note in chapter.notes:
            note.block += begin
            model.notes.append(note)
    return model
