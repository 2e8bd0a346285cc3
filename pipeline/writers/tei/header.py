"""The `teiHeader` of an article and of a corpus.  What is not known is left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ... import __version__
from ...model import Journal
from ...options import Metadata, Options
from . import front
from .counts import extent
from .editorial import declaration
from .facts import Facts
from .markup import address, attributes, element, escape
from .scope import Scope

LANGUAGES = {
    "en": "English", "zh": "Chinese", "zh-Hans": "Chinese, simplified", "zh-Hant": "Chinese, traditional",
    "ja": "Japanese", "ko": "Korean", "fr": "French", "de": "German", "ru": "Russian", "es": "Spanish",
    "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "la": "Latin", "el": "Greek",
    "und": "not determined",
}  # fmt: skip
# Addresses of the commonest licences, by their SPDX identifiers; versions and ports of Creative Commons follow a pattern.
LICENCES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
            "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
            "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
            "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/"}  # fmt: skip

_ISO = re.compile(r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_RELEASE = re.compile(r"[0-9]+(?:\.[0-9]+){0,3}")
_WORD = re.compile(r"[^\s\x00-\x1f]+")
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[0-9])")


@dataclass(frozen=True, slots=True)
class Publication:
    """The journal as the text has it, where the sidecar does not say otherwise."""

    journal: str = ""
    volume: str = ""
    issue: str = ""
    date: str = ""
    publisher: str = ""
    licence: str = ""


def publication(journal: Journal, metadata: Metadata | None) -> Publication:
    """What is known of the publication; metadata given by hand wins."""
    said = metadata or Metadata()
    return Publication(
        said.journal or journal.title,
        said.volume or journal.volume,
        said.issue or journal.issue,
        said.date or journal.date,
        said.publisher or journal.publisher,
        said.licence,
    )


def article_header(
    scope: Scope,
    options: Options,
    published: Publication,
    facts: Facts,
    counts: Counter[str],
    *,
    title: str = "",
    doi: str = "",
) -> list[str]:
    """The header of one article; `title` and `doi` are those given by hand."""
    statement = front.titles(scope, title) + front.authors(scope) + front.editors(scope) + _funders(scope)
    notes = front.front_notes(scope)
    dates = [_date(passage.text.strip()) for passage in scope.article.front.get("dateline", ())]
    profile = [element("creation", "".join(dates))] if any(dates) else []
    profile += front.abstracts(scope)
    text_class = front.text_class(scope)
    profile += ["<textClass>", *text_class, "</textClass>"] if text_class else []
    scope.languages.add("en")
    return [
        "<teiHeader>",
        "<fileDesc>",
        *_group("titleStmt", statement),
        extent(counts),
        *_publication_statement(published),
        *(_group("notesStmt", notes) if notes else ()),
        *_source(scope, published, title, doi),
        "</fileDesc>",
        *_encoding(options, facts),
        *_group("profileDesc", [language_usage(scope.lang, scope.languages), *profile]),
        "</teiHeader>",
    ]


def corpus_header(
    title: str,
    languages: Sequence[str],
    options: Options,
    published: Publication,
    facts: Facts,
    counts: Counter[str],
) -> list[str]:
    """The header of a whole source."""
    return [
        "<teiHeader>",
        "<fileDesc>",
        *_group("titleStmt", [element("title", escape(title), type="main")]),
        extent(counts, whole=True),
        *_publication_statement(published),
        *_group("sourceDesc", ["<biblStruct>", *_monograph(published, []), "</biblStruct>"]),
        "</fileDesc>",
        *_encoding(options, facts),
        *_group("profileDesc", [language_usage(languages[0] if languages else "und", {*languages, "en"})]),
        "</teiHeader>",
    ]


def language_usage(first: str, languages: Iterable[str]) -> str:
    """`langUsage` with the main language first and the others by tag."""
    tags = [first, *sorted(set(languages) - {first})]
    return element("langUsage", "".join(element("language", LANGUAGES.get(tag, tag), ident=tag) for tag in tags))


def is_iso_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that exists in ISO 8601."""
    if not _ISO.fullmatch(text):
        return False
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    return 1 <= day <= monthrange(year, month)[1]


def address_of_licence(licence: str) -> str:
    """The address of a licence that is one, or that is named by its SPDX identifier; else empty."""
    if re.match("[A-Za-z]+://", licence):
        return address(licence)
    found = _CREATIVE_COMMONS.fullmatch(licence)
    return (
        f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/" if found else LICENCES.get(licence, "")
    )


def _group(name: str, lines: Sequence[str]) -> list[str]:
    return [f"<{name}>", *lines, f"</{name}>"]


def _funders(scope: Scope) -> list[str]:
    return [
        element("funder", escape(passage.text.strip()))
        for passage in scope.article.front.get("funding", ())
        if passage.block.type == "funder"
    ]


def _publication_statement(published: Publication) -> list[str]:
    agency = element("publisher", escape(published.publisher)) or "<authority>unknown</authority>"
    licence = element("licence", escape(published.licence), target=address_of_licence(published.licence))
    if licence:
        availability = f"<availability>{licence}</availability>"
    else:
        availability = '<availability status="unknown"><p xml:lang="en">No licence is stated.</p></availability>'
    return _group("publicationStmt", [agency, availability])


def _source(scope: Scope, published: Publication, title: str, doi: str) -> list[str]:
    article = scope.article
    titles = [title] if title else [passage.text.strip() for passage in article.front.get("title", ())]
    dois = [doi] if doi else [passage.text.strip() for passage in article.front.get("doi", ())]
    analytic = [
        *(element("author", element("persName", escape(byline.author.name))) for byline in article.bylines),
        *(element("title", escape(found), level="a") for found in titles),
        *(element("idno", escape(found), type="DOI") for found in dois),
    ]
    pages = _pages(*_page_range(scope))
    lines = [element("analytic", "".join(analytic)), *_monograph(published, pages)]
    return _group("sourceDesc", _group("biblStruct", [line for line in lines if line]))


def _monograph(published: Publication, pages: list[str]) -> list[str]:
    imprint = [
        element("publisher", escape(published.publisher)),
        _date(published.date),
        element("biblScope", escape(published.volume), unit="volume"),
        element("biblScope", escape(published.issue), unit="issue"),
        *pages,
    ]
    known = "".join(imprint) or '<date cert="unknown"/>'  # TEI wants something in an imprint
    title = element("title", escape(published.journal), level="j")
    return _group("monogr", [line for line in (title, f"<imprint>{known}</imprint>") if line])


def _page_range(scope: Scope) -> tuple[str, str]:
    """Numbers of the first and last page, as the stages say, else of the pages its text stands on."""
    article, blocks = scope.article.article, scope.edition.document.blocks
    spans = [span for name in article.blocks for span in blocks[name].spans]
    if not article.seq or not spans:
        return article.page_first, article.page_last
    first, last = min(start for start, _ in spans), max(end for _, end in spans) - 1
    return article.page_first or scope.edition.page_at(first), article.page_last or scope.edition.page_at(last)


def _pages(first: str, last: str) -> list[str]:
    if not first:
        return []  # a last page alone would read like the only one
    printed = first if last in ("", first) else f"{first}–{last}"
    words = all(_WORD.fullmatch(page) for page in (first, last))
    bounds = attributes(**{"from": first, "to": last}) if words else ""
    return [f'<biblScope unit="page"{bounds}>{escape(printed)}</biblScope>']


def _date(text: str) -> str:
    return element("date", escape(text), when=text if is_iso_date(text) else "")


def _encoding(options: Options, facts: Facts) -> list[str]:
    release = _RELEASE.match(__version__)
    application = element(
        "application",
        f"<label>jiaokan {escape(__version__)}</label>",
        ident="jiaokan",
        version=release[0] if release else "0",
    )
    return [
        '<encodingDesc xml:lang="en">',
        *declaration(options, facts),
        f"<appInfo>{application}</appInfo>",
        "</encodingDesc>",
    ]
