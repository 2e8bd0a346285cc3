"""Electronic addresses beside names: which lines are nothing else, and whose an address is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_DOMAIN = r"[\w-]+(?:\.[\w-]+)+"
_SPACED = r"[\w+-]+(?: ?\. ?[\w+-]+)* @ [\w-]+(?: ?\. ?[\w-]+)+"  # as small capitals come out
_ADDRESS = rf"(?:(?:[{{\[(<][\w.+'’|,; -]+[}}\])>]|[\w.+'’-]+)\s?(?:@|[\[(]at[\])])\s?{_DOMAIN}|{_SPACED})"
_LABEL = (
    r"(?:(?:corresponding author|contact|kontakt|e-?mails?(?: address(?:es)?)?|courriel|电子邮[箱件]|電子郵[箱件]|邮箱)"
    r"\s*[:：]?\s*){1,2}"
)
ADDRESS = re.compile(_ADDRESS, re.IGNORECASE)
_LINE = re.compile(
    rf"(?:{_LABEL})?[(<\[]?{_ADDRESS}(?:(?:\s*[,;|/]\s*|\s+(?:and|und|et)\s+|\s+){_ADDRESS})*[)>\]]?[.,;]?",
    re.IGNORECASE,
)
_WITH_LABEL = re.compile(rf"\s*[,;.|(<]?\s*(?:\b{_LABEL})?{_ADDRESS}(?:\s*[,;]\s*{_ADDRESS})*[)>]?", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of a word that an address must share with a name
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa", "ł": "l", "đ": "d"}
)


def is_mail_line(text: str) -> bool:
    """Whether a line holds addresses and nothing else."""
    return _may_have(text) and _LINE.fullmatch(text) is not None


def without_mail(text: str) -> str:
    """A text without the addresses in it and the words that introduce them."""
    return _WITH_LABEL.sub("", text).strip() if _may_have(text) else text


def _may_have(text: str) -> bool:
    """Whether a text can have an address: most have not, and the patterns take time."""
    return "@" in text or "at]" in text or "at)" in text


def mail_in(text: str) -> list[str]:
    """The addresses of a text, each whole: `{ann,bob}@x.org` is two."""
    found = []
    for match in ADDRESS.finditer(text):
        address = match.group()
        address = address.replace(" ", "") if " @ " in address and "{" not in address else address
        local, domain = re.split(r"\s?(?:@|[\[(]at[\])])\s?", address, maxsplit=1, flags=re.IGNORECASE)
        found += [f"{name}@{domain}" for name in re.split(r"[,;|\s]+", local.strip("{}[]()<> ")) if name]
    return found


def is_of(address: str, name: str) -> bool:
    """Whether the name of an address shares a word with a person's: one holds the other's, or begins with it."""
    local = address.partition("@")[0].lower()
    whole = "".join(_PARTS.findall(local))
    parts = [part for part in _PARTS.findall(local) if len(part) >= _LEAST]
    for word in _words(name):
        if len(word) >= _LEAST and (word in whole or any(word.startswith(part) for part in parts)):
            return True
    return False


def whose(addresses: Sequence[tuple[str, int]], names: Sequence[str]) -> list[tuple[str, ...]]:
    """The addresses of every author: by name, else of the last one above, or of the first; none is left out.

    addresses  each with the number of authors that stand above it
    """
    found: list[list[str]] = [[] for _ in names]
    for address, above in addresses:
        named = [at for at, name in enumerate(names) if is_of(address, name)]
        last = max(above - 1, 0)
        at = min(named, key=lambda at: (bool(found[at]), abs(last - at))) if named else last
        if names and address not in found[at]:
            found[at].append(address)
    return [tuple(own) for own in found]


def _words(name: str) -> Iterator[str]:
    """The words of a name in plain small letters, those with marks both ways: `mueller` and `muller` for `Müller`."""
    for word in _PARTS.findall(name.lower()):
        yield from {_plain(word.translate(_SPELT_OUT)), _plain(word)}


def _plain(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter.isascii())
