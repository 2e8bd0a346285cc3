"""Readers make a `Source` of raw files: (doc_id, [(path, bytes)], encoding) -> (source, remarks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import Remark, Source
from . import text

Reader = Callable[[str, Sequence[tuple[str, bytes]], str], tuple[Source, tuple[Remark, ...]]]

# Suffix, in lower case -> how files of this kind are read.
READERS: dict[str, Reader] = {".txt": text.read}
# A folder of pages: `x.pages/` holds files of one of the suffixes above.
PAGES = ".pages"
