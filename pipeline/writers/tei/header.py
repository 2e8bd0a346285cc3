"""The `teiHeader` of an article and of a corpus.  What is not known is left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ... import __version__
from ...edition import ArticleEdition
from ...model import Journal, Remark
from ...options import Metadata, Options
from . import front
from .editorial import declaration
from .markup import address, attributes, element, escape
from .scope import Scope

LANGUAGES = {
    "en": "English", "zh": "Chinese", "zh-Hans": "Chinese, simplified", "zh-Hant": "Chinese, traditional",
    "ja": "Japanese", "ko": "Korean", "fr": "French", "de": "German", "ru": "Russian", "es": "Spanish",
    "und": "not determined",
}  # fmt: skip

_ISO = re.compile(r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_RELEASE = re.compile(r"[0-9]+(?:\.[0-9]+){0,3}")
_WORD = re.compile(r"[^\s\x00-\x1f]+")


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
    scope: Scope, options: Options, published: Publication, remarks: Iterable[Remark], *, title: str = "", doi: str = ""
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
        f"<extent>{_extent(scope.article)}</extent>",
        *_publication_statement(published),
        *(_group("notesStmt", notes) if notes else ()),
        *_source(scope, published, title, doi),
        "</fileDesc>",
        *_encoding(options, remarks),
        *_group("profileDesc", [language_usage(scope.lang, scope.languages), *profile]),
        "</teiHeader>",
    ]


def corpus_header(title: str, languages: Sequence[str], options: Options, published: Publication) -> list[str]:
    """The header of a whole source."""
    return [
        "<teiHeader>",
        "<fileDesc>",
        *_group("titleStmt", [element("title", escape(title), type="main")]),
        *_publication_statement(published),
        *_group("sourceDesc", ["<biblStruct>", *_monograph(published, []), "</biblStruct>"]),
        "</fileDesc>",
        *_encoding(options, ()),
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


def _group(name: str, lines: Sequence[str]) -> list[str]:
    return [f"<{name}>", *lines, f"</{name}>"]


def _funders(scope: Scope) -> list[str]:
    return [
        element("funder", escape(passage.text.strip()))
        for passage in scope.article.front.get("funding", ())
        if passage.block.type == "funder"
    ]


def _extent(article: ArticleEdition) -> str:
    """Characters of heads and paragraphs, an empty line counted between two."""
    lengths = [len(passage.text) for passage, _ in article.passages()]
    return f'<measure unit="character" quantity="{sum(lengths) + 2 * max(0, len(lengths) - 1)}"/>'


def _publication_statement(published: Publication) -> list[str]:
    agency = element("publisher", escape(published.publisher)) or "<authority>unknown</authority>"
    target = address(published.licence) if re.match("[A-Za-z]+://", published.licence) else ""
    licence = element("licence", escape(published.licence), target=target)
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


def _encoding(options: Options, remarks: Iterable[Remark]) -> list[str]:
    release = _RELEASE.match(__version__)
    application = element(
        "application",
        f"<label>jiaokan {escape(__version__)}</label>",
        ident="jiaokan",
        version=release[0] if release else "0",
    )
    return [
        '<encodingDesc xml:lang="en">',
        *declaration(options, remarks),
        f"<appInfo>{application}</appInfo>",
        "</encodingDesc>",
    ]
