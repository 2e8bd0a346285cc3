"""`CITATION.cff`: how to cite the data set (Citation File Format 1.2.0)."""

from __future__ import annotations

import json

from .about import About, Author


def citation(about: About) -> str:
    """The file; the format wants an author, so that without one the editors are named."""
    lines = [
        "cff-version: 1.2.0",
        'message: "Please cite this data set as below."',
        "type: dataset",
        f"title: {_quoted(about.title)}",
        f"abstract: {_quoted(about.description)}",
        "authors:",
        *(line for author in about.authors for line in _author(author)),
        *([] if about.authors else ['  - name: "The editors of the corpus"']),
    ]
    for key, value in (
        ("version", about.version),
        ("license", about.licence if about.is_spdx else ""),
        ("license-url", about.licence if about.is_linked else ""),
        ("url", about.address),
    ):
        if value:
            lines.append(f"{key}: {_quoted(value)}")
    if about.keywords:
        lines += ["keywords:", *(f"  - {_quoted(keyword)}" for keyword in about.keywords)]
    return "\n".join(lines) + "\n"


def _author(author: Author) -> list[str]:
    if not author.given:
        return [f"  - name: {_quoted(author.family)}"]
    lines = [f"  - family-names: {_quoted(author.family)}", f"    given-names: {_quoted(author.given)}"]
    return [*lines, *([f"    orcid: {_quoted(author.orcid)}"] if author.orcid else [])]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
