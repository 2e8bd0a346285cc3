"""The edition as TEI P5.

    write(edition, options, metadata=None) -> dict[str, bytes]

gives the files of one source by name: `a01.xml` … for its articles, `matter.xml` for what belongs to no
article, and `corpus.xml`, a `teiCorpus` that includes them.  A source without any text has no files.
Every file is well formed by construction and valid against `schemas/` (see `pipeline.validation`).
For page breaks as forme work or `choice`, the edition must have been made for it (`Edition(choice=True)`).
"""

from __future__ import annotations

from collections import Counter

from ...edition import ArticleEdition, Edition
from ...options import Metadata, Options
from . import body, corpus, header
from .counts import count_article
from .facts import find_facts
from .markup import DECLARATION, TEI, encode
from .scope import FormeWork, Scope, collect_forme_work, language

__all__ = ["write"]


def write(edition: Edition, options: Options, metadata: Metadata | None = None) -> dict[str, bytes]:
    """The TEI files of one source by name; `metadata` is what its sidecar says (it wins over the text)."""
    articles = [*edition.articles, *([edition.matter] if edition.matter else [])]
    if not articles:
        return {}
    forme_work = collect_forme_work(edition) if options.tei.forme_work else {}
    published = header.publication(edition.document.journal, metadata)
    whole, facts = find_facts(edition, options)
    total: Counter[str] = Counter()
    page_starts = [page.raw_start for page in edition.pages]
    alone = metadata if metadata and len(edition.articles) == 1 else Metadata()
    files: dict[str, bytes] = {}
    for article in articles:
        scope = _scope(edition, article, forme_work, metadata)
        by_hand = alone if article.xml_id != "matter" else Metadata()
        text = body.text(scope)
        counts = count_article(edition, article, page_starts)
        total += counts
        head = header.article_header(
            scope, options, published, facts[article.id], counts, title=by_hand.title, doi=by_hand.doi
        )
        root = f'<TEI xmlns="{TEI}" xml:id="{article.xml_id}" xml:lang="{scope.lang}">'
        files[f"{article.xml_id}.xml"] = encode([DECLARATION, root, *head, *text, "</TEI>"])
    languages = [_language(article, metadata) for article in articles]
    total["page"] = len(page_starts)
    files["corpus.xml"] = encode(corpus.corpus(edition, options, published, whole, total, languages, list(files)))
    return files


def _scope(edition: Edition, article: ArticleEdition, forme_work: FormeWork, metadata: Metadata | None) -> Scope:
    return Scope(edition, article, _language(article, metadata), forme_work)


def _language(article: ArticleEdition, metadata: Metadata | None) -> str:
    return language(article.article.lang or (metadata.language if metadata else ""))
