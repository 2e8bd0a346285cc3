"""Bytes that were no characters in their file's encoding and are Chinese in another one.

The reader keeps such a byte as a lone surrogate (so do tools that write what they could not read).  A word
of GBK inside a line of UTF-8 is a row of these, with letters between where two bytes were UTF-8 by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Rule
from .forms import Finding
from .frequent import is_ordinary, plausibility

GBK_BYTES = Rule("gbk-bytes", "emended", 88, "Bytes that are no characters in their file's encoding, read as GBK.")
BIG5_BYTES = Rule("big5-bytes", "emended", 88, "Bytes that are no characters in their file's encoding, read as Big5.")

CLEARLY = 200  # the plausibility of two characters
LONGER = 130  # and of more, if all are of everyday use
_RUN = re.compile(
    "[\x80-\u07ff]*[\udc80-\udcff](?:[\udc80-\udcff\x80-\u07ff]|(?<=[\udc80-\udcff])[@-~](?=[\udc80-\udcff]))*"
)


def find_escapes(text: str) -> Iterator[Finding]:
    """Rows of escaped bytes with the Chinese that they are.

    >>> [new for _, _, new, _, _ in find_escapes("the \\udcd6\\u0439\\udcfa words")]
    ['中国']
    """
    for found in _RUN.finditer(text):
        try:
            encoded = found[0].encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            continue
        for codec, rule in (("gbk", GBK_BYTES), ("big5", BIG5_BYTES)):
            new = _decode(encoded, codec)
            if len(new) > 1 and (plausibility(new) >= CLEARLY or _is_longer(new)):
                yield *found.span(), new, rule, rule.certainty
                break


def _is_longer(new: str) -> bool:
    return len(new) > 2 and is_ordinary(new) and plausibility(new) >= LONGER


def _decode(encoded: bytes, codec: str) -> str:
    """The characters of these bytes, or nothing where they are not this encoding."""
    try:
        new = encoded.decode(codec)
    except UnicodeDecodeError:
        return ""
    return new if new.encode(codec) == encoded else ""
