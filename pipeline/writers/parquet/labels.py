"""Numbering labels at the beginning of heads, and words: tables of patterns, and the two functions that use them."""

from __future__ import annotations

import re

from ...evidence import HAN

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
# What an ASCII character is in a word: `a` a letter or digit, `-` what joins two runs of them, else a blank.
_SIGNS = b"".join(
    b"a" if chr(code).isalnum() and code < 128 else b"-" if code in b"'-" else b" " for code in range(256)
)
_BEYOND = re.compile(f"[\u00c0-\u1fff\uff10-\uff5a]|{HAN.pattern}")
_HAN_RUN = re.compile(f"{HAN.pattern}+")
_WORD = re.compile("[0-9A-Za-z\u00c0-\u1fff\uff10-\uff5a]+(?:['’\\-‐‑][0-9A-Za-z\u00c0-\u1fff]+)*")


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


def count_words(text: str) -> int:
    """Words: every East Asian letter is one; other letters and digits make one word a run.

    Hyphens and apostrophes inside a run belong to it.

    >>> count_words("共向120多个 win-win countries, don't")
    8
    """
    return sum(map(_count_line, text.split("\n")))


def _count_line(text: str) -> int:
    if not text.isascii():
        if _BEYOND.search(text):
            return len(_WORD.findall(text)) + sum(map(len, _HAN_RUN.findall(text)))
        for joint in "’‐‑":
            text = text.replace(joint, "-")
    # Without a search: a run of letters is a word where no joint stands between it and another.
    signs = b" " + text.encode("ascii", "replace").translate(_SIGNS)
    return signs.count(b" a") + signs.count(b" -a") + signs.count(b"--a")
