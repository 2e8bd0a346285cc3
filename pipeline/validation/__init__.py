"""Whether TEI is what we say it is: grammar (`jiaokan.rng`) and rules (`jiaokan.sch`).

    validate(files: Mapping[str, bytes]) -> list[Finding]

takes the files of one source by name (`a01.xml`, `matter.xml`, `corpus.xml`); nothing is read from disk but the
schemas, and these once a process.  Files are looked at one by one, so that memory is that of the largest one
(`files` may read each from disk when it is asked for).  The rules are checked in one pass over each tree, which
is cheaper than XSLT and knows the files; a test keeps them equal to the Schematron.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from .finding import Finding, errors
from .grammar import against_grammar
from .rules import BASE, ID, Broken, Ledger, Part, check_corpus, check_file, line_of, note_root, settle
from .schematron import schematron_rules

__all__ = ["CORPUS", "Finding", "errors", "include", "parse", "validate"]

CORPUS = "corpus.xml"
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"


def validate(files: Mapping[str, bytes]) -> list[Finding]:
    """Everything that is wrong with the files of one source, by file and line; empty if all is well."""
    findings: list[Finding] = []
    ledger = Ledger(CORPUS in files)
    names: dict[str, str] = {}  # of files by the ids of their articles
    broken: list[Broken] = []
    for name in sorted(set(files) - {CORPUS}):
        root, told = _checked(name, files[name])
        findings += told
        if root is None:
            ledger.unreadable.add(name.removesuffix(".xml"))
            continue
        names.setdefault(root.get(ID, ""), name)
        if told:
            note_root(Part(name, root), ledger)
        else:
            broken += check_file(Part(name, root), ledger)

    def read(article: str) -> etree._Element | None:
        return _read(files[names[article]]) if article in names else None

    if CORPUS in files:
        root, told = _checked(CORPUS, files[CORPUS])
        findings += told
        if root is not None and not told:
            articles = {name: article for article, name in names.items()}
            order, told = _listing(root, set(files) - {CORPUS})
            findings += told
            broken += check_corpus(Part(CORPUS, root), [articles[name] for name in order if name in articles], ledger)
            broken += settle(ledger, read)
    else:
        broken += (one for _, one in ledger.unmarked)
    return sorted({*findings, *map(_told, broken)})


def parse(data: bytes) -> etree._Element:
    """The root of an XML document; raises `lxml.etree.XMLSyntaxError`.  No entity or network is resolved."""
    return etree.fromstring(data, _parser())


def include(corpus: etree._Element, parts: Mapping[str, etree._Element]) -> list[Finding]:
    """Put the parts in the place of the includes of a corpus, as XInclude would; what does not fit is told."""
    _, findings = _listing(corpus, parts)
    for place in _places(corpus):
        name, parent = place.get("href", ""), place.getparent()
        if name in parts and parent is not None and parts[name].getparent() is None:
            parts[name].set(BASE, name)
            parent.replace(place, parts[name])
    return findings


def _checked(name: str, data: bytes) -> tuple[etree._Element | None, list[Finding]]:
    """The root of a file and what is wrong with its form; no root if it is not well formed."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        mend = "close what is open and escape & and <; an editor for XML shows the place"
        return None, [Finding(name, error.lineno or 0, "not well formed", _sentence(error), mend, "form")]
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        why = "entities could bring in what stands in no file of the edition"
        return root, [Finding(name, 1, "a document type is declared", why, "take the DOCTYPE out", "form")]
    return root, list(against_grammar(name, root))


def _read(data: bytes) -> etree._Element | None:
    try:
        return parse(data)
    except etree.XMLSyntaxError:
        return None


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    """No entity is resolved, nothing fetched; that ids are unique is a rule of ours, told with both places."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False)


def _sentence(error: etree.XMLSyntaxError) -> str:
    return (error.msg or "").partition(", line ")[0]


def _listing(corpus: etree._Element, parts: Iterable[str]) -> tuple[list[str], list[Finding]]:
    """The files a corpus includes, in order, and what of them does not fit the files that are there."""
    findings: list[Finding] = []
    order: dict[str, None] = {}
    there = set(parts)
    for place in _places(corpus):
        name = place.get("href", "")
        if name in order:
            told = Finding(
                CORPUS, line_of(place), f"{name} is included twice", mend="take one of the two out", rule="includes"
            )
        elif name not in there:
            mend = "take the include out, or build the document again"
            told = Finding(
                CORPUS, line_of(place), f"{name} is included but it is not there", mend=mend, rule="includes"
            )
        else:
            order[name] = None
            continue
        findings.append(told)
    mend = "include it at its place, or take the file away"
    findings += [
        Finding(CORPUS, 0, f"{name} is not included", mend=mend, rule="includes") for name in sorted(there - set(order))
    ]
    return list(order), findings


def _places(corpus: etree._Element) -> Iterator[etree._Element]:
    yield from list(corpus.iterchildren(_INCLUDE))


def _told(broken: Broken) -> Finding:
    rule = schematron_rules()[broken.rule]
    return Finding(broken.file, broken.line, broken.what, rule.sentence, rule.mend, broken.rule, rule.level)
