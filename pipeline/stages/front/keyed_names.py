"""Bylines in which raised keys stand behind the names: `Ann Lee,1,2 Bo Chu2,* and Cy Dow a,b`.

Extractors set the keys in line, before or behind the comma, with blanks or without; where a key stands there may be
nothing else between two names.  Signs for letters, deeds and profiles (envelope, yin and yang, `ID`) are keys, too.
"""

from __future__ import annotations

import re

_SIGNS = "*＊∗⁎†‡§¶‖#✉☯✝⊥♯"
_NUMBER = r"\d{1,2}(?!\d)(?:\s?[–−-]\s?\d{1,2})?\)?"
_LETTER = r"(?<![^\s,;*†‡\d])[a-z]{1,2}(?=\s*(?:[,;*†‡§#]|$|\s(?:and|und|et|&)\s))"
_KEY = rf"(?:{_NUMBER}|[{_SIGNS}]|{_LETTER})"
# A run of keys behind a letter or a full stop, and what divides names behind it.
_RUN = re.compile(
    rf"(?<=[^\W\d_.’)]|[.’)])\s*(?P<comma>[,;]?)\s*(?P<profile>\bID\b\s*)?(?P<keys>{_KEY}(?:(?: ?[,;] ?| )?{_KEY})*)"
    r"\s*!?\s*(?P<end>$|[,;|&·•/]|(?:and|und|et)\b|(?=[^\W\d_a-z]))(?:\s*(?:and|und|et|&)\b)?\s*"
)
_EACH = re.compile(rf"\d{{1,2}}|[{_SIGNS}]+|[a-z]{{1,2}}")
_WITH_SIGNS = re.compile("[#✉☯✝⊥♯∗⁎]|\\bID\\b")


def keyed_names(text: str) -> list[tuple[str, list[str]]]:
    """Stretches of a byline, each with the keys behind it, in order; nothing where keys stand as between commas only.

    What stands behind the last keys comes last, without any.
    """
    text = " ".join(text.split())  # with single blanks a run can be cut in one way only
    runs = [run for run in _RUN.finditer(text) if run["keys"]]
    if not any(map(_is_glued, runs)):
        return []
    found, at = [], 0
    for run in runs:
        found.append((text[at : run.start()].strip(" ,;"), _EACH.findall(run["keys"])))
        at = run.end()
    rest = text[at:].strip(" ,;!")
    return [piece for piece in [*found, (rest, [])] if piece[0]]


def _is_glued(run: re.Match[str]) -> bool:
    """Whether a run of keys is not simply one key with a comma behind it."""
    keys = run["keys"]
    return bool(
        run["comma"] or run["profile"] or not run["end"] or len(_EACH.findall(keys)) > 1 or _WITH_SIGNS.search(keys)
    )
