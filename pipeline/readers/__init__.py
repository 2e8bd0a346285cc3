"""Readers make a `Source` of raw files: (doc_id, [(path, bytes)], encoding) -> (source, remarks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Remark, Source


def read_text(doc_id: str, contents: Sequence[tuple[str, bytes]], encoding: str) -> tuple[Source, tuple[Remark, ...]]:
    """Plain text; what reads it is loaded only then, as many ask only which suffixes there are."""
    from .text import read

    return read(doc_id, contents, encoding)


Reader = Callable[[str, Sequence[tuple[str, bytes]], str], "tuple[Source, tuple[Remark, ...]]"]

# Suffix, in lower case -> how files of this kind are read.
READERS: dict[str, Reader] = {".txt": read_text}
# A folder of pages: `x.pages/` holds files of one of the suffixes above.
PAGES = ".pages"
