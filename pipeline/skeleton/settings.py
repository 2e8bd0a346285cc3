"""`jiaokan.toml` with every setting, commented out, under the sentence that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from ..manual import Setting, all_settings, sentence_of

WIDTH = 98
HEAD = """\
# Settings of this corpus.  Every key has a default, so that this file may be empty.
# Take away the `# ` before a key to set it.  The same keys in `raw/x.toml`, beside the source `raw/x.txt`, hold
# for that source alone; gates and the word list are for the whole corpus.
"""
# What to write where the default is nothing.
EXAMPLES: dict[str, Any] = {
    "script.protect": ["苏崑", "乾隆"],
    "line_ends.words": "words.parquet",
    "metadata.title": "The Bells of the Ferry",
    "metadata.journal": "The Lantern Review",
    "metadata.volume": "12",
    "metadata.issue": "3",
    "metadata.date": "2019-03",
    "metadata.publisher": "The Lantern Press",
    "metadata.licence": "CC BY 4.0",
    "metadata.language": "zh-Hans",
    "metadata.doi": "10.5555/12345678",
    "gates.remarks": 2,
    "gates.remarks_of_document": 10,
    "gates.certainty": 0.8,
    "gates.doubtful": 0.05,
    "gates.unbalanced_notes": 0,
    "gates.articles_without_title": 0,
    "gates.documents_without_article": 0,
    "gates.failed_documents": 0,
}


def settings_file() -> str:
    """The text of a `jiaokan.toml` that sets nothing."""
    return HEAD + "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    above = ""
    for one in all_settings():
        table, _, name = one.key.rpartition(".")
        if table != above:
            above = table
            yield ""
            yield from _comment(sentence_of(one.owner))
            yield f"[{table}]"
        yield ""
        yield from _comment(one.sentence)
        if one.choices:
            yield from _comment("One of: " + ", ".join(one.choices))
        yield f"# {name} = {_value(one)}"


def _comment(sentence: str) -> list[str]:
    return [f"# {line}" for line in wrap(" ".join(sentence.split()), WIDTH, break_long_words=False)]


def _value(one: Setting) -> str:
    value = EXAMPLES.get(one.key, one.default)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{part}"' for part in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
