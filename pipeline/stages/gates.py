"""What a line must begin with, or hold, for a pattern of `patterns.py` to be tried on it at all.

Most lines match none of them, and a character tells so sooner than the pattern itself.  A pattern without a
row here is tried on every line; a test holds every row to what its pattern matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# By name of the pattern: what the first character must match, in the case the pattern itself asks for.
BEGINS = {
    # numbering of heads
    "roman-alone": "[IVXLC]",
    "han-alone": "[一二三四五六七八九十百〇]",
    "chapter-han": "第",
    "han-comma": "[一二三四五六七八九十百〇]",
    "han-bracket": "[（(]",
    "digit-bracket": "[（(]",
    "decimal-3": r"\d",
    "decimal-2": r"\d",
    "roman-dot": "[IVXLC]",
    "roman-blank": "[IVX]",
    "roman-lower": "[ivx]",
    "letter-dot": "[A-H]",
    "letter-bracket": "[(（a-h]",
    "digit-dot": r"\d",
    "digit-blank": r"\d",
    "chapter": "[cpskta]",
    "paragraph-sign": "§",
    # labels of notes
    "note-bracket": r"[\^\[〔［【]",
    "note-brackets": r"[\[〔［]",
    "note-circle": "[①-⑳㉑-㉟❶-❿]",
    "note-symbol": "[*＊†‡§¶‖∥]",
    "note-raised": "[¹²³⁰⁴-⁹]",
    "note-round": "[（(]",
    "note-word": "[注註]",
    "note-alone": r"\d",
    "note-glued": r"\d",
    "note-dotted": r"\d",
    "note-blank": r"\d",
    # signs
    "contents": "[ctis目]",
    "abstract": r"\W|[aszr摘内內提]",
    "keywords": r"\W|[kism关關主]",
    "meta": r"\W|[draepcf中文收修作基责責]",
    "notes-head": "[efnrbwla注註尾脚腳後参參引附]",
    "head-word": r"\d|[icdrmbaesf引导前绪緒結结余致附]",
    "caption": "[ftapsb图圖表照]",
    "by": "[bvp作文]",
    "by-name": "[bvp]",
    "name": "[A-ZÀ-ÖØ-Þ]",
    "names": "[A-ZÀ-ÖØ-Þ]",
    "name-han": "[\u4e00-\u9fff]",
    "byline-han": "[\u4e00-\u9fff]",
    "byline-reversed": "[\u4e00-\u9fff]",
    "subtitle": "[—–―─-]",
    "bullet": "[•●○◦▪■□◆–—-]",
    "quote": "[“\"‘'「『]",
    "bracketed": "[（(]",
    "shouting": "[^a-z]",
    "symbols": r"\W|\d|[_^=]",
}
# By name of the pattern: what the first two characters must match where both are ASCII.
BEGINS_ASCII = {
    # numbering of heads
    "roman-alone": r"[IVXLC][IVXLC.]",
    "han-bracket": r"[(]\s",
    "digit-bracket": r"[(][\s\d]",
    "decimal-3": r"\d[\d.]",
    "decimal-2": r"\d[\d.]",
    "roman-dot": r"[IVXLC][IVXLC.:]",
    "roman-blank": r"[IVX][IVX\s]",
    "roman-lower": r"[ivx][ivx.)]",
    "letter-dot": r"[A-H]\.",
    "letter-bracket": r"[(][a-h]|[a-h][)]",
    "digit-dot": r"\d[\d.]",
    "digit-blank": r"\d[\d\s]",
    "chapter": "ch|pa|se|ka|te|ab",
    # labels of notes
    "note-round": r"[(][\s\d]",
    "note-dotted": r"\d[\d.)]",
    "note-blank": r"\d[\d\s]",
    # signs
    "contents": "co|ta|in|so",
    "abstract": r"\W|ab|su|zu",
    "keywords": r"\W|ke|in|sc|mo",
    "meta": r"\W|do|re|ac|pu|av|co|e[-md]|fu|ci",
    "notes-head": "en|fo|no|re|bi|wo|li|an",
    "head-word": r"\d\D|in|co|di|re|ma|me|ba|ac|ap|ei|sc|fa",
    "caption": "fi|ta|ab|pl|sc|bo|su",
    "by": "by|vo|pa",
    "by-name": "by|vo|pa",
    "shouting": "[^a-z]{2}",
    "symbols": r"[\W\d_^=]{2}",
}
# By name of the pattern: what the last character must match.
ENDS = {"ends-page": r"\d", "bracketed": "[）)]"}
# By name of the pattern: strings in small letters, one of which a line must hold; `|` stands before those that
# must begin a word.
NEEDS = {
    "leader": ("....", "……", "… …", ". . . . ", "····"),
    "affiliation": (
        "universit", "institut", "department", "college", "school of", "faculty", "academy", "laborator", "hospital",
        "centre for", "center for", "ministry", "大学", "大學", "学院", "學院", "研究院", "研究所", "研究中", "系", "作者单位", "作者單位",
    ),
    "mail": ("@",),
    "address": ("http", "www.", "|doi"),
    "imprint": ("|vol", "|no.", "第", "|issn", "spring", "summer", "autumn", "winter"),
    "year": ("15", "16", "17", "18", "19", "20"),
    "works": ("|p.", "|pp.", "|vol.", "|no.", "|ibid", "|op. cit", "|et al", "|ed", "press", "出版社", "第", "同上", "参见", "參見", "《"),
    "journal": (":",),
}  # fmt: skip
# Those of them whose pattern, `.*` aside, begins where the string stands.
NEEDED_FIRST = frozenset({"affiliation", "address", "imprint", "year", "works"})
# Of others what must match where the string stands.
AT_NEED = {"journal": r":\s*[A-Z]?\d+[–-]\d"}


def combined(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """One pattern that tries all of these at one place; `matching` asks it."""
    return re.compile("".join(f"(?:(?={pattern})()|)" for pattern in patterns), flags)


def matching(combination: re.Pattern[str], text: str) -> list[int]:
    """The numbers of the patterns that match at the beginning of a text, all tried in one go.

    >>> matching(combined(["a", "[a-f]", "b"]), "abc")
    [0, 1]
    """
    found = combination.match(text)
    assert found is not None
    return [number for number, group in enumerate(found.groups()) if group is not None]
