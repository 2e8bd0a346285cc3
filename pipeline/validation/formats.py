"""Findings as text, as annotations of GitHub, as SARIF 2.1.0 and as JUnit XML.

Each writer takes findings one by one and gives lines, so that text and annotations can be shown as they come.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from .. import __version__
from .finding import Finding
from .schematron import schematron_rules

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
CHECKS = {
    "grammar": "The TEI is valid against jiaokan.rng.",
    "manifest": "Every file has the digest the manifest says.",
    "tables": "The tables agree with each other.",
    "includes": "corpus.xml lists exactly the files that are there.",
    "form": "Every file is well-formed XML without a document type.",
}
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def as_text(findings: Iterable[Finding]) -> Iterator[str]:
    """`file:line: what: why; what to do (rule)`; a warning says that it is one."""
    for one in findings:
        yield f"{one.file}:{one.line}: {'warning: ' if one.level == 'warning' else ''}{one.message}"


def as_github(findings: Iterable[Finding]) -> Iterator[str]:
    """One workflow command a finding, which GitHub shows at the line."""
    for one in findings:
        yield workflow_command(one.level, one.file, one.line, one.rule or "jiaokan", one.message)


def workflow_command(level: str, file: str, line: int, title: str, message: str) -> str:
    """An annotation for GitHub; `file` may be empty, `line` 0."""
    place = f"file={_escaped(file, _IN_PROPERTY)},line={max(line, 1)}," if file else ""
    return f"::{level} {place}title={_escaped(title, _IN_PROPERTY)}::{_escaped(message)}"


def as_sarif(findings: Iterable[Finding]) -> Iterator[str]:
    """One run with its rules."""
    results = [_result(one) for one in findings]
    sentences = CHECKS | {name: rule.sentence for name, rule in schematron_rules().items()}
    used = sorted({result["ruleId"] for result in results})
    rules = [{"id": name, "shortDescription": {"text": sentences.get(name, name)}} for name in used]
    driver = {"name": "jiaokan", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
    yield from json.dumps(log, ensure_ascii=False, indent=1).split("\n")


def as_junit(findings: Iterable[Finding]) -> Iterator[str]:
    """One case a file with findings, or one that passed; warnings stand in its output."""
    by_file: dict[str, list[Finding]] = {}
    for one in findings:
        by_file.setdefault(one.file, []).append(one)
    failed = sum(any(one.level == "error" for one in found) for found in by_file.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuite name="jiaokan validate" tests="{max(len(by_file), 1)}" failures="{failed}" errors="0">'
    for file, found in by_file.items():
        yield f'<testcase classname="jiaokan" name={quoteattr(file)}>'
        for level, tag in (("error", "failure"), ("warning", "system-out")):
            told = "\n".join(as_text(one for one in found if one.level == level))
            first = next((one.message for one in found if one.level == level), "")
            named = f" message={quoteattr(first)}" if tag == "failure" else ""
            if told:
                yield f"<{tag}{named}>{escape(told)}</{tag}>"
        yield "</testcase>"
    if not by_file:
        yield '<testcase classname="jiaokan" name="all"/>'
    yield "</testsuite>"


WRITERS: Mapping[str, Callable[[Iterable[Finding]], Iterator[str]]] = {
    "text": as_text,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}


def _result(one: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.line:
        place["region"] = {"startLine": one.line}
    return {
        "ruleId": one.rule or "jiaokan",
        "level": one.level,
        "message": {"text": one.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    return quote(file)


def _escaped(text: str, table: Mapping[str, str] = _ESCAPES) -> str:
    return "".join(table.get(letter, letter) for letter in text)
