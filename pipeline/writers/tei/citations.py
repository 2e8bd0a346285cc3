"""Whether a note is a reference and nothing else: one work, said where it is found."""

from __future__ import annotations

import re

from ...evidence import HAN

MOST = 500  # characters; a longer note says more than where something stands

_LETTER = "A-Za-z\u00c0-\u024f"
# Document types of GB/T 7714, as `[M]`, `［J/OL］`.
_TYPE = re.compile(r"[\[［【〔](?:M|C|N|J|D|R|S|P|A|G|Z|DB|CP|EB|DS|CM|OL)(?:[/／](?:OL|CD|MT|DK))?[\]］】〕]")
_WIDE = {code + 0xFEE0: code for code in range(ord("A"), ord("Z") + 1)}
# 作者：《书名》，出版社，1999年，第3页。  Without an author only where pages are told: notes explain works too.
_SEE = "(?:(?:请?[参參轉转]?[见見閱阅看引]自?|[转轉]引自|引自|原[载載][于於]?)[：:]?)?"
_AUTHOR = r"[^，,。；：:《》？！“”]{1,30}[：:，,]\s*(?:[“「〈][^”」〉]+[”」〉][，,]?\s*)?(?:[载載]|收入)?"
_WORK = r"《[^》]+》[，,、（( 第·]"
_CHINESE = re.compile(
    rf"{_SEE}(?:{_AUTHOR}{_WORK}[^；。？！]*[年期卷版页頁辑輯册冊社局館馆号號\d)）]"
    rf"|{_WORK}[^；。？！]*第[^第；。？！]*[页頁版][)）]?)[。.]?"
)
# The same work again.
_AGAIN = re.compile(
    r"(?:(?:同上|同前)(?:[书書注註揭]书?書?)?|[Ii]bid|[Ii]d|(?:[^\W\d_][^,.\d]{0,40}, )?[Oo]p\. ?cit)[.,，。]*\s*"
    r"(?:(?:第\s*[\d、,，–—~～ -]+\s*[页頁卷册冊期]|pp?\.? ?[\d ,–—-]+|at \d[\d ,–—-]*)[.,，。]?)?"
)
# A name at the beginning, ended by a comma, a stop, a bracket, a quotation mark or a year.
_NAME = re.compile(
    rf"(?:[Ss]ee(?: also)?,? |[Cc]f\.,? )?((?:[{_LETTER}][{_LETTER}.’'\-]*,? (?:and |& )?)*?[{_LETTER}][{_LETTER}.’'\-]*)"
    r"(?=[,.:]? [\"“‘(\[]|[,.:] [A-Z0-9“‘\"]|,? et al|,? eds?\.|,? \(?(?:1[5-9]|20)\d\d)"
)
_SMALL = frozenset(
    "and de der den van von di da du la le et al ed eds of the for dos del y al. ed. eds. trans.".split()
)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d[a-z]?(?!\d)")
_PLACE = re.compile(rf"\([^()]*[{_LETTER}][^()]*[:,] ?[^()]+\)")
# How a reference ends: with a year, pages, a bracket, an address.
_END = re.compile(
    r"(?:(?:1[4-9]|20)\d\d[a-z]?|\d[\d–—-]*|[\d)\]]|(?:https?://|doi:? ?|www\.)\S+|\([^()]*\)|\b(?:Press|Books|Publishers|"
    r"Verlag|edn|ed))[\"”’]?\.?"
)
# More than one: parted by a semicolon, or a second year in brackets behind a name.
_SEVERAL = re.compile(rf"\d[)\]]?[;；] ?[{_LETTER}“\"]|[(]\d{{4}}[a-z]?[)]\..*[{_LETTER}.] [(]\d{{4}}[a-z]?[)]\.")


def is_reference(text: str) -> bool:
    """Whether a note says one work and where, and nothing of its own.

    >>> is_reference("Ada Mole, Ports and Tides (Quayside: Lantern Press, 1904), p. 7.")
    True
    >>> is_reference("Ada Mole never saw the port she wrote of (1904).")
    False
    """
    text = text.strip()
    if not text or len(text) > MOST:
        return False
    if _AGAIN.fullmatch(text):
        return True
    types = len(_TYPE.findall(text.translate(_WIDE)))
    if types:
        return types == 1
    if HAN.search(text):
        return _CHINESE.fullmatch(text) is not None
    return _is_western(text)


def _is_western(text: str) -> bool:
    found = _NAME.match(text)
    if found is None or _SEVERAL.search(text):
        return False
    words = found[1].replace(",", "").split()
    if len(words) > 16 or not all(word[0].isupper() or word in _SMALL for word in words):
        return False
    if len(words) == 1 and len(words[0]) > 1 and text[found.end() :][:1] == ".":
        return False  # one word of its own
    if not (_YEAR.search(text) or _PLACE.search(text)):
        return False
    behind = text[found.end() :].lstrip(" ,.:")
    if behind[:1].islower() and behind.split()[0].strip(".,") not in _SMALL:
        return False  # a sentence about the person
    return any(end.end() == len(text) for end in _END.finditer(text))
