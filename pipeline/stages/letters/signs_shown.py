"""Chinese signs by themselves that were read in a wrong encoding: too short for any measure, but never ordinary.

These are the circled numbers of notes and full-width punctuation, shown in a one-byte encoding, and the middle
dots on both sides of a page's number, shown in GBK or Big5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy.bad_codecs  # noqa: F401  # `sloppy-windows-1252`, which shows undefined bytes as controls

from .forms import Finding
from .latin import INEXACT, UTF8_AS_LATIN
from .utf8_shown import UTF8_AS_BIG5, UTF8_AS_GBK

_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳、。〈〉《》「」『』【】〔〕！（），：；？"
_SHOWN = {sign.encode("utf-8").decode(codec): sign for sign in _SIGNS for codec in ("latin-1", "sloppy-windows-1252")}
# Behind the first two bytes of U+2460 a blank is a byte A0 that a tool took for one.
_BLANKS = {shown.replace("\xa0", " "): sign for shown, sign in _SHOWN.items() if "\xa0" in shown and sign == "①"}
_FIRSTS = "âãï"
_SIGN = re.compile(f"[{_FIRSTS}](?:" + "|".join(re.escape(shown[1:]) for shown in (*_SHOWN, *_BLANKS)) + ")")
_DOT = "\N{MIDDLE DOT}"
_DOTS = {
    _DOT.encode("utf-8").decode(codec): rule for codec, rule in (("gbk", UTF8_AS_GBK), ("big5hkscs", UTF8_AS_BIG5))
}
_DOT_AT_NUMBER = re.compile(f"[{''.join(_DOTS)}][ \u3000]?[0-9]")
_PAGE_NUMBER = re.compile(
    f"(?<![^\n\f])[ \t\u3000]*([{''.join(_DOTS)}])[ \u3000]?[0-9]{{1,4}}[ \u3000]?(\\1)[ \t\u3000]*(?![^\n\f])"
)


def find_signs(text: str) -> Iterator[Finding]:
    """Signs shown in a one-byte encoding, and dots at a page's number shown in one of two bytes.

    >>> [new for _, _, new, _, _ in find_signs("路 317 路") ]
    ['·', '·']
    """
    for found in _SIGN.finditer(text) if any(first in text for first in _FIRSTS) else ():
        shown = found[0]
        if shown in _SHOWN:
            yield *found.span(), _SHOWN[shown], UTF8_AS_LATIN, UTF8_AS_LATIN.certainty
        elif shown in _BLANKS:
            yield *found.span(), _BLANKS[shown], UTF8_AS_LATIN, INEXACT
    if _DOT_AT_NUMBER.search(text):
        for found in _PAGE_NUMBER.finditer(text):
            rule = _DOTS[found[1]]
            for group in (1, 2):
                yield *found.span(group), _DOT, rule, rule.certainty - 10
