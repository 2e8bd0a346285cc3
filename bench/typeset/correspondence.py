"""Electronic addresses beside names, and names with the surname first, as papers of conferences print them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from .article import Author
from .styles import Lot

WITH_MAIL, SURNAME_FIRST = 60, 30  # shares of 100 issues
WITHOUT_OWN = 10  # of 100 authors where others have an address
# Where the addresses stand: below each name or institution, behind each institution, or all below the byline.
PLACES = {
    "each": ("name", "name", "affiliation", "behind"),
    "below": ("list",),
    "keys": ("list",),
    "brackets": ("list",),
    "none": ("list",),
}
FORMS = ("{given}.{surname}", "{given}.{surname}", "{surname}", "{initial}{surname}", "{surname}{initial}", "{given}")
ENDS = {"de": ("de", "de", "de", "at", "ch", "org"), "en": ("edu", "edu", "ac.uk", "ca", "nl", "org", "edu.au")}
SMALL = re.compile(r"\b(?:of|the|and|for|at|in|de|der|die|und|für|zu|des)\b", re.IGNORECASE)


def draw_correspondence(lot: Lot, style: Mapping[str, Any]) -> dict[str, Any]:
    """Where the title blocks of an issue have addresses and how they are printed."""
    found: dict[str, Any] = {"affiliations": "each"} if lot.often(35) else {}
    form = found.get("affiliations", style["affiliations"])
    found["mails"] = lot.one(PLACES[form]) if lot.often(WITH_MAIL) else ""
    found["mail_head"] = lot.one(("", "", "", "E-Mail: ", "Email: "))
    found["mail_sep"] = lot.one((", ", "; ", " "))
    found["surname_first"] = lot.often(SURNAME_FIRST)
    if found["surname_first"]:
        found["names_sep"] = "; "
    return found


def address(lot: Lot, authors: Sequence[Author], style: Mapping[str, Any]) -> None:
    """Give authors other addresses, where a style has any, and turn their names where it has the surname first."""
    for author in authors:
        given, _, surname = author.name.rpartition(" ")
        author.mail = ""
        if style["mails"] and not lot.often(WITHOUT_OWN):
            local = lot.one(FORMS).format(given=_plain(given), surname=_plain(surname), initial=_plain(given)[:1])
            author.mail = f"{local}@{_host(lot, author.affiliation, style['lang'])}"
        if style["surname_first"] and given:
            author.name = f"{surname}, {given}"


def _host(lot: Lot, affiliation: str, lang: str) -> str:
    words = [plain for word in SMALL.sub(" ", affiliation).split() if len(plain := _plain(word)) > 2]
    name = lot.one(("{}", "uni-{}", "mail.{}")).format(lot.one(words)[:14] if words else "web")
    return f"{name}.{lot.one(ENDS[lang])}"


def _plain(text: str) -> str:
    """The letters of the first word of a text, small and without marks."""
    plain = unicodedata.normalize("NFD", text.split()[0].lower().replace("ß", "ss")) if text.split() else ""
    return re.sub("[^a-z]", "", plain) or "mail"
