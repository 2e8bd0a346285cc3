"""What the writing of one file needs to know: its article, its languages, its forme work, where ids are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...edition import ArticleEdition, Edition, xml_id
from ...rewrite import read

FormeWork = Mapping[int, tuple[tuple[str, str, str], ...]]
"""By the witness place of a page break: (type, place, text) of what is printed around its page."""

# Where each kind of forme work is printed; a page number may stand at either end.
PLACES = {"header": "top", "footer": "bottom", "catch": "bottom"}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[xiXI](?:-[A-Za-z0-9]{1,8})+")


@dataclass(slots=True)
class Scope:
    """One file in the making; `languages` grows with every `xml:lang` written."""

    edition: Edition
    article: ArticleEdition
    lang: str
    forme_work: FormeWork
    languages: set[str] = field(default_factory=set)

    def id(self, public_id: str) -> str:
        """The `xml:id` of a public id."""
        return xml_id(self.edition.doc_id, public_id)

    def target(self, public_id: str) -> str:
        """A pointer to a public id from this file."""
        name = self.id(public_id)
        part = name.partition("-")[0]
        return f"#{name}" if part == self.article.xml_id else f"{part}.xml#{name}"

    def foreign(self, lang: str) -> str:
        """`xml:lang` for this language, noted as used."""
        self.languages.add(lang)
        return f' xml:lang="{lang}"'

    def lang_of(self, lang: str) -> str:
        """`xml:lang` where a block is in another language than its article, else nothing."""
        return self.foreign(language(lang)) if lang and lang != self.lang else ""


def language(tag: str) -> str:
    """A BCP 47 tag, or `und` for what is none."""
    return tag if _LANGUAGE.fullmatch(tag) else "und"


def collect_forme_work(edition: Edition) -> FormeWork:
    """Every forme work block by the page break before it; a page number before the page's text is at its top."""
    document = edition.document
    starts = sorted(mark.start for mark in document.marks if mark.tag == "pb")
    text_starts = sorted(start for block in document.blocks.values() if block.kind != "fw" for start, _ in block.spans)
    found: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    for block in document.blocks.values():
        at = bisect_right(starts, block.start) - 1
        if block.kind != "fw" or at < 0:
            continue
        first = bisect_right(text_starts, starts[at] - 1)
        before_text = first == len(text_starts) or block.start < text_starts[first]
        place = PLACES.get(block.type) or ("top" if before_text else "bottom")
        text = read(document, block.spans).text.strip()
        found[starts[at]].append((block.start, block.type or "header", place, text))
    return {start: tuple(row[1:] for row in sorted(rows)) for start, rows in found.items()}
