"""Numbering labels at the beginning of heads: a table of patterns, and the function that uses it."""

from __future__ import annotations

import re

_NUMERAL = "[一二三四五六七八九十百零〇○两]{1,5}"
_ROMAN = "(?:[IVX]{1,6}|[ivx]{1,6})"

# pattern, examples.  A label is followed by a blank or by text that its last character sets apart.
LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"第(?:{_NUMERAL}|\d{{1,3}})[编部章节篇讲回卷]", ("第一章", "第12节")),
    (rf"[（(](?:{_NUMERAL}|\d{{1,2}}|[a-zA-Z]|{_ROMAN})[）)]", ("（一）", "(2)", "(a)", "(iv)")),
    (rf"{_NUMERAL}[、．.]", ("一、", "十二．")),
    (rf"{_NUMERAL}(?=[\s\u3000]|$)", ("三", "十一")),
    (r"\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?(?![\d%％])", ("1.1", "2.3.1", "4.2.")),
    (r"\d{1,2}[.．、)）](?!\d)", ("3.", "3、", "2)")),
    (r"\d{1,2}(?=[\s\u3000]+[A-Z\u3400-\u9fff]|$)", ("4",)),
    (rf"{_ROMAN}[.、)](?=[\s\u3000]|$)|{_ROMAN}(?=[\s\u3000]|$)", ("I.", "iv.", "III", "ii)")),
    (r"[A-Z][.)](?=[\s\u3000]|$)", ("A.", "B)")),
    (r"[①-⑳㈠-㈩Ⅰ-Ⅻⅰ-ⅻ][.、．]?", ("①", "㈡", "Ⅲ.")),
    (rf"(?:Chapter|Part|Section|CHAPTER|PART|SECTION)[ \u00a0](?:\d{{1,3}}|{_ROMAN})[.:]?", ("Chapter 3", "Part II:")),
)

_LABEL = re.compile("|".join(f"(?:{pattern})" for pattern, _ in LABELS))
# English words that a roman numeral could be; as the first word of a head they are no label.
_AMBIGUOUS = ("I", "i", "v", "x", "V", "X")


def split_label(text: str, known: str = "") -> tuple[str | None, str]:
    """A head as (label as printed, title): `（一）河港` is `（一）` and `河港`.

    `known` is the label a stage has found; it wins where the head does begin with it.  A lone letter that
    is also a numeral (`I went …`) is a label only where nothing follows it.
    """
    if known and text.startswith(known):
        return known, text[len(known) :].lstrip()
    found = _LABEL.match(text)
    if found is None:
        return None, text
    label, title = found.group(), text[found.end() :].lstrip()
    if label in _AMBIGUOUS and title:
        return None, text
    return label, title
