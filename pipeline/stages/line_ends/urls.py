"""URLs, DOIs and mail addresses that run over line ends."""

from __future__ import annotations

import re

from ...evidence import HAN

_HINTS = ("://", "www.", "@", "http", "doi.org")
_DOI = re.compile(r"10\.\d{4}")
_ADDRESS = r"(?:https?|ftp):(?=//|\s)|\bwww\.|\bdoi\.org/|(?<![\d.])10\.\d{4,9}(?:\.\d+)*/"
_BEGIN = re.compile(rf"{_ADDRESS}|[\w.+-]+@(?=[\w\s])", re.IGNORECASE)
_BEGIN_NO_MAIL = re.compile(_ADDRESS, re.IGNORECASE)  # in a third of the time
# What a URL is made of; the marks that stand for a hyphen at a line end are read as one.
_RUN = re.compile(r"[\w\-.~:/?#\[\]@!$&'()*+,;=%\u2010\u2011\u00ad\ufffe\x02¬|]+", re.ASCII)
_NOT_SPACE = re.compile(r"\S+")
_LINE_END = re.compile(r"[^\S\n\r\f\u2028\u2029]*[\n\r\f\u2028\u2029]\s*")
# A URL that ends so at a line end goes on; a full stop or comma may also end a sentence.
_OPEN_ENDS = tuple("/-_=&?%#~:+@\u2010\u2011\u00ad\ufffe\x02¬")
# A next token that can only be the rest of a URL: a slash, a query, a file ending, a dotted name, an underscore.
_REST = re.compile(r"[\w.\-~%]*(?:/|[=&?%_#]|\.(?:html?|pdf|aspx?|php|jsp|shtml|org|com|net|edu|gov|cn|uk)\b)", re.IGNORECASE | re.ASCII)  # fmt: skip
# Behind a full stop: a lower-case name with figures or slashes (j.|ecolecon.2020.01, doi.|org/10.1).
_DOTTED_REST = re.compile(r"[a-z0-9][\w\-]*(?:\.[\w\-]+)*(?:/\w|\.\d)", re.ASCII)
_BRACKET = tuple("([<{\"'")
_NAME_ENDS = ("doi.", "www.")
# Words that go on a sentence behind a URL that ends in a slash.
_SENTENCE_WORDS = frozenset(
    """a an and are as at but by for from has have in is it its last no not of on or see that the this to was
    were which with accessed retrieved visited cited viewed checked available""".split()
)


def find_urls(text: str) -> list[tuple[int, int]]:
    """Stretches [start, end) of `text` that are one URL, where it runs over at least one line end.

    >>> find_urls("see https://a.example/one/\\ntwo-three.html for more")
    [(4, 41)]
    """
    if not (any(map(text.__contains__, _HINTS)) or _DOI.search(text)):
        return []
    found: list[tuple[int, int]] = []
    for begin in (_BEGIN if "@" in text else _BEGIN_NO_MAIL).finditer(text):
        if found and begin.start() < found[-1][1]:
            continue
        end, lines = begin.end(), 0
        while True:
            run = _RUN.match(text, end)
            end = run.end() if run else end
            line_end = _LINE_END.match(text, end)
            if line_end is None or not _goes_on(text[begin.start() : end], text, line_end.end()):
                break
            end, lines = line_end.end(), lines + 1
        if lines:
            found.append((begin.start(), end))
    return found


def _goes_on(url: str, text: str, at: int) -> bool:
    """Whether the token at `at`, on the next line, is the rest of `url`."""
    token = _NOT_SPACE.match(text, at)
    if token is None or token.group().startswith(_BRACKET) or HAN.match(token.group()):
        return False
    rest = token.group()
    if rest.startswith(("http", "www.")):
        return url.endswith(("://", "doi:", "="))
    if _BEGIN.match(rest):
        return url.lower().endswith(("doi.org/", "doi:"))
    if url.lower().endswith(_NAME_ENDS) or rest.startswith(("/", "?", "&", "=")):
        return True
    if url.endswith((".", ",", ";", ")")):
        return _DOTTED_REST.match(rest) is not None
    if _REST.match(rest):
        return True
    if url.endswith("/"):
        return not rest[:1].isupper() and rest[:1].isalnum() and rest.rstrip(".,;:)]") not in _SENTENCE_WORDS
    return url.endswith(_OPEN_ENDS) and rest[:1].isalnum()
