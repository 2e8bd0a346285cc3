"""Whether TEI is what we say it is: grammar (`jiaokan.rng`) and rules (`jiaokan.sch`).

    validate(files: Mapping[str, bytes]) -> list[Finding]

takes the files of one source by name (`a01.xml`, `matter.xml`, `corpus.xml`) and resolves the XInclude of
`corpus.xml` among them; nothing is read from disk but the schemas, and these once a process.  The rules are
checked in one pass over the trees, which is cheaper than XSLT and knows the files; a test keeps both equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from .resources import schema_path
from .rules import Part, broken_rules, line_of

CORPUS = "corpus.xml"
_TEI = "{http://www.tei-c.org/ns/1.0}"
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ASSERT = "{http://purl.oclc.org/dsdl/schematron}assert"
_VAGUE = re.compile("failed to validate content|Internal error")
_NAMESPACE = re.compile(r"\{[^}]*\}")


class Finding(NamedTuple):
    """What is wrong, in which file and line (0: the file as a whole)."""

    file: str
    line: int
    message: str


def validate(files: Mapping[str, bytes]) -> list[Finding]:
    """Everything that is wrong with the files of one source, by file and line; empty if all is well."""
    trees: dict[str, etree._Element] = {}
    findings: list[Finding] = []
    for name in sorted(files):
        try:
            trees[name] = parse(files[name])
        except etree.XMLSyntaxError as error:
            findings.append(Finding(name, error.lineno or 0, f"not well formed: {error.msg}"))
        else:
            if _has_doctype(trees[name]):
                findings.append(Finding(name, 1, "a document type is declared"))
    corpus = trees.pop(CORPUS, None)
    if corpus is not None and not findings:
        findings += include(corpus, trees)
    if findings:
        return findings
    whole = [(CORPUS, corpus)] if corpus is not None else list(trees.items())
    if not all(grammar().validate(tree) for _, tree in whole):
        return sorted(set(_against_grammar(files, corpus)))
    parts = [Part(name, tree) for name, tree in trees.items()]
    messages = rule_messages()
    broken = broken_rules(parts, Part(CORPUS, corpus) if corpus is not None else None)
    return sorted({Finding(name, line, f"{messages[rule]} ({rule})") for name, line, rule in broken})


def parse(data: bytes) -> etree._Element:
    """The root of an XML document; raises `lxml.etree.XMLSyntaxError`.  No entity or network is resolved."""
    return etree.fromstring(data, _parser())


def _has_doctype(root: etree._Element) -> bool:
    return bool(root.getroottree().docinfo.doctype)  # type: ignore[attr-defined]


def _parser() -> etree.XMLParser:
    """No entity is resolved, nothing fetched; that ids are unique is a rule of ours, told with both places."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False)


def include(corpus: etree._Element, parts: Mapping[str, etree._Element]) -> list[Finding]:
    """Put the parts in the place of the includes of a corpus, as XInclude would; what does not fit is told."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for place in list(corpus.iter(_INCLUDE)):
        name, line, parent = place.get("href", ""), line_of(place), place.getparent()
        if name in seen or name not in parts or parent is None:
            why = "twice" if name in seen else "but it is not there"
            findings.append(Finding(CORPUS, line, f"{name} is included {why}"))
            continue
        seen.add(name)
        parts[name].set(_XML_BASE, name)
        parent.replace(place, parts[name])
    findings += [Finding(CORPUS, 0, f"{name} is not included") for name in sorted(set(parts) - seen)]
    return findings


@lru_cache(maxsize=1)
def grammar() -> etree.RelaxNG:
    """The compiled grammar; it cannot be pickled, so each process makes its own (in 2 ms)."""
    return etree.RelaxNG(etree.parse(schema_path("jiaokan.rng")))


@lru_cache(maxsize=1)
def rule_messages() -> dict[str, str]:
    """The sentence of every rule by its id."""
    rules = etree.parse(schema_path("jiaokan.sch"))
    return {rule.get("id", ""): (rule.text or "").strip() for rule in rules.iter(_ASSERT)}


def _against_grammar(files: Mapping[str, bytes], corpus: etree._Element | None) -> Iterator[Finding]:
    """Each file by itself, so that a fault is told with its own file and line; then the corpus."""
    log = _log(CORPUS) if corpus is not None else []
    found = False
    for name in sorted(files):
        if name != CORPUS and not grammar().validate(parse(files[name])):
            found = True
            yield from _log(name)
    if not found:
        yield from log or [Finding(CORPUS, 0, "not valid")]


def _log(name: str) -> Sequence[Finding]:
    """What the grammar says of a file: of libxml2's messages only those that say more than `in here`."""
    entries = [(entry.line, _NAMESPACE.sub("", entry.message)) for entry in grammar().error_log]
    telling = [entry for entry in entries if entry[0] and not _VAGUE.search(entry[1])]
    return [Finding(name, *entry) for entry in telling or entries] or [Finding(name, 0, "not valid")]
