"""The formats of one source for standard output, by name."""

from __future__ import annotations

from collections.abc import Callable

from ..edition import Edition
from ..options import Options
from . import plain, tei
from .markdown import write_markdown
from .tokens import installed_segmenter
from .vertical import write_vertical

_TEXTS: dict[str, Callable[[Edition, Options], str]] = {
    "md": lambda edition, _: write_markdown(edition),
    "txt": lambda edition, _: plain.write_text(edition),
    "json": lambda edition, _: plain.write_json(edition),
    "jsonl": lambda edition, options: plain.write_paragraphs(edition, options.metadata),
    "vertical": lambda edition, options: write_vertical(edition, options.metadata, installed_segmenter()),
}


def write(name: str, edition: Edition, options: Options) -> bytes:
    """The edition in a format of `clean`: `tei`, `md`, `txt`, `json`, `jsonl` or `vertical`, in UTF-8."""
    if name == "tei":
        return plain.join_tei(tei.write(edition, options, options.metadata))
    return _TEXTS[name](edition, options).encode("utf-8", "replace")
