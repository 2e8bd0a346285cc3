"""`README.md`: the dataset card, with the front matter that hubs read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..parquet.schema import tables
from .about import GENERATOR, About
from .figures import CLASSES, Figures

# Classes of size as hubs name them: rows below which each holds.
SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
LARGEST = "n>10M"


def card(about: About, figures: Figures) -> str:
    """The whole card."""
    lines = [
        "---",
        *_front_matter(about, figures),
        "---",
        "",
        f"# {about.title}",
        "",
        about.description,
        "",
        *_tables(figures),
        *_sources(figures),
        *_fates(figures),
        *_rules(figures),
        *_certainties(figures),
        "## How it was made",
        "",
        f"With {GENERATOR}. The collation lets every decision be looked up, and every raw file be written again.",
        *(["", f"Licence: {about.licence}."] if about.licence else []),
    ]
    return "\n".join(lines) + "\n"


def size_of(rows: int) -> str:
    """The class of size of a number of rows."""
    return next((name for limit, name in SIZES if rows < limit), LARGEST)


def _front_matter(about: About, figures: Figures) -> Iterable[str]:
    """YAML; strings are written as JSON, which YAML contains."""
    yield f"pretty_name: {_quoted(about.title)}"
    yield from _licence(about)
    yield from _list("language", sorted({lang.split("-")[0] for lang in figures.languages}))
    yield from _list("tags", about.keywords)
    yield from _list("size_categories", [size_of(figures.rows["paragraphs"])])
    yield "configs:"
    for name in tables():
        yield f"- config_name: {name}"
        yield f"  data_files: {_quoted(f'parquet/{name}/*.parquet')}"
        if name == "articles":
            yield "  default: true"


def _licence(about: About) -> Iterable[str]:
    """Hubs know identifiers; anything else is `other`, with an address or a name."""
    if about.is_spdx:
        yield f"license: {_quoted(about.licence.lower())}"
    elif about.licence:
        yield 'license: "other"'
        yield f"license_{'link' if about.is_linked else 'name'}: {_quoted(about.licence)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(key: str, values: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"- {_quoted(value)}" for value in values)] if values else []


def _tables(figures: Figures) -> Iterable[str]:
    yield from ("## Tables", "", "| table | rows | a row is one of |", "| --- | ---: | --- |")
    for name, table in tables().items():
        yield f"| `{name}` | {figures.rows[name]} | {table.description} |"
    yield ""
    for name, table in tables().items():
        yield from (f"### `{name}`", "", "| column | type | |", "| --- | --- | --- |")
        for column in table.columns:
            unit = f" Unit: {column.unit}." if column.unit else ""
            kind = column.type + (", may be null" if column.nullable else "")
            yield f"| `{column.name}` | {kind} | {_cell(column.description)}{unit} |"
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _sources(figures: Figures) -> Iterable[str]:
    yield from ("## Raw files", "", "| status | files |", "| --- | ---: |")
    yield from (f"| {status} | {number} |" for status, number in figures.statuses.items())
    yield ""


def _fates(figures: Figures) -> Iterable[str]:
    yield from ("## What became of the text", "", "| fate | characters |", "| --- | ---: |")
    yield from (f"| {fate} | {number} |" for fate, number in figures.fates.items())
    yield ""


def _rules(figures: Figures) -> Iterable[str]:
    yield from (
        "## What the rules did",
        "",
        "A row is a stretch of raw text; its certainty is the lowest among the decisions on it.",
        "",
        "| rule | fate | rows | characters | certainty, mean | lowest |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    )
    for rule in figures.rules:
        sure = f"{_hundredths(rule.certainty)} | {_hundredths(rule.least)}"
        yield f"| `{rule.rule}` | {rule.fate} | {rule.rows} | {rule.characters} | {sure} |"
    yield ""


def _certainties(figures: Figures) -> Iterable[str]:
    heads = [f"{_hundredths(low)} or more" if low else "less" for low in CLASSES]
    yield from ("## How sure they were", "", "Rows by certainty:", "")
    yield from (f"| table | {' | '.join(heads)} |", "| --- |" + " ---: |" * len(heads))
    for table, counts in figures.certainties.items():
        yield f"| `{table}` | {' | '.join(map(str, counts))} |"
    yield ""


def _hundredths(per_cent: int) -> str:
    return f"{per_cent // 100}.{per_cent % 100:02}"
