"""How much there is: `extent` of an article and of a source."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from ...edition import ArticleEdition, Edition
from ..words import count_words
from .markup import attributes

# What is counted, in the order it is told.
UNITS = ("article", "page", "paragraph", "note", "word", "character")


def count_article(edition: Edition, article: ArticleEdition, page_starts: Sequence[int]) -> Counter[str]:
    """Characters and words of its heads and paragraphs (an empty line between two), paragraphs and works
    cited, notes, and the pages it stands on.  `page_starts` are where the pages begin in the witness.
    """
    passages = [passage for passage, _ in article.passages()]
    text = "\n\n".join(passage.text for passage in passages)
    heads = sum(passage.block.kind == "head" for passage in passages)
    return Counter(
        {
            "article": int(article.article.seq > 0),
            "page": _pages(edition, article, page_starts),
            "paragraph": len(passages) - heads + len(article.references),
            "note": len(article.notes),
            "word": count_words(text),
            "character": len(text),
        }
    )


def extent(counts: Counter[str], *, whole: bool = False) -> str:
    """`extent` with one `measure` a unit; pages are left out where none are known, articles but for a whole source."""
    left_out = {unit for unit, told in (("article", whole), ("page", counts["page"])) if not told}
    measures = (
        f"<measure{attributes(unit=unit, quantity=str(counts[unit]))}/>" for unit in UNITS if unit not in left_out
    )
    return f"<extent>{''.join(measures)}</extent>"


def _pages(edition: Edition, article: ArticleEdition, starts: Sequence[int]) -> int:
    """Pages that hold any of an article; none where the source shows no pages."""
    if not starts:
        return 0
    blocks = edition.document.blocks
    found: set[int] = set()  # 0 is what stands before the first break: a page as well
    for name in article.article.blocks:
        for start, end in blocks[name].spans:
            page = bisect_right(starts, start)
            found.add(page)
            if page < len(starts) and starts[page] < end:
                found.update(range(page + 1, bisect_right(starts, end - 1) + 1))
    return len(found)
