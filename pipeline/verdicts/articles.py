"""Verdicts on where an article begins."""

from __future__ import annotations

from dataclasses import replace

from ..model import Article, Changes, Document
from ..options import Verdict
from .blocks import inside
from .rules import HAND_KEPT


def open_article(document: Document, verdict: Verdict) -> Changes:
    """An article begins with the title in the stretch: what stands behind it in its article goes over."""
    title = next((block for block, _ in inside(document, verdict.start, verdict.end)), None)
    if title is None:
        return Changes()
    blocks = dict(document.blocks)
    blocks[title.id] = replace(title, kind="title", type="", n="", rule=HAND_KEPT, certainty=HAND_KEPT.certainty)
    articles: list[Article] = []
    for article in document.articles:
        if title.id not in article.blocks or (article.seq and _is_first(document, article, title.id)):
            articles.append(article)
            continue
        mine = [name for name in article.blocks if blocks[name].start >= title.start]
        rest = tuple(name for name in article.blocks if name not in mine)
        if rest:
            articles.append(replace(article, blocks=rest))
        for name in mine:
            if blocks[name].kind == "matter":
                blocks[name] = replace(blocks[name], kind="p", type="")
        mine.sort(key=lambda name: (name != title.id, blocks[name].start))
        articles.append(Article(1, "article", tuple(mine), HAND_KEPT, HAND_KEPT.certainty))
    matter = [article for article in articles if not article.seq]
    numbered = [replace(article, seq=at) for at, article in enumerate((a for a in articles if a.seq), 1)]
    return Changes(blocks=tuple(blocks.values()), articles=(*matter, *numbered))


def _is_first(document: Document, article: Article, name: str) -> bool:
    """Whether an article begins with this block, in the order of reading."""
    return article.blocks[0] == name
