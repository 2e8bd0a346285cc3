"""`corpus.xml`: the header of the whole source, links between its languages, and its parts by XInclude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...edition import Edition, xml_id
from ...options import Options
from .facts import Facts
from .header import Publication, corpus_header
from .markup import DECLARATION, TEI, XINCLUDE, says_something


def corpus(
    edition: Edition,
    options: Options,
    published: Publication,
    facts: Facts,
    counts: Counter[str],
    languages: Sequence[str],
    files: Sequence[str],
) -> list[str]:
    """The lines of `corpus.xml`; `files` are its parts in reading order."""
    title = published.journal or edition.doc_id
    tags = list(dict.fromkeys(languages))
    return [
        DECLARATION,
        f'<teiCorpus xmlns="{TEI}">',
        *corpus_header(title, tags, options, published, facts, counts),
        *_links(edition),
        *(f'<xi:include xmlns:xi="{XINCLUDE}" href="{name}"/>' for name in files),
        "</teiCorpus>",
    ]


def _links(edition: Edition) -> list[str]:
    """`standOff` with a `link` for each pair of things that say the same."""
    places = _places(edition)
    links = [
        f'<link type="{link.level}" target="{places[link.from_id]} {places[link.to_id]}"/>'
        for link in edition.document.links
        if link.from_id in places and link.to_id in places
    ]
    if not links:
        return []
    return ["<standOff>", '<linkGrp type="translation">', *links, "</linkGrp>", "</standOff>"]


def _places(edition: Edition) -> dict[str, str]:
    """Pointers to everything a link can name: articles, and the passages of their bodies."""
    places: dict[str, str] = {}
    for article in edition.articles if edition.document.links else ():
        file = f"{article.xml_id}.xml"
        places[article.xml_id] = f"{file}#{article.xml_id}"
        for passage, _ in article.passages():
            if says_something(passage.content):
                places[passage.block.id] = f"{file}#{xml_id(edition.doc_id, passage.id)}"
    return places
