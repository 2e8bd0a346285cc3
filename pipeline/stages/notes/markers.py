"""Where note markers can stand in a text, by the form of their labels."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from ..patterns import note_value

BRACKETS = re.compile(r"\^?[\[〔［【]\s*(\d{1,3})\s*[\]〕］】]")
CIRCLES = re.compile(r"[①-⑳㉑-㉟❶-❿]")
_SIGNS = "*＊†‡§¶‖∥"
SYMBOLS = re.compile(f"[{_SIGNS}]{{1,6}}")
RAISED = re.compile(r"[¹²³⁰⁴-⁹]{1,3}")
# Letters and numbers in round brackets: glued to what they stand behind, or they only list or count.  The search looks
# for the bracket, then back from behind it.
LETTERS = re.compile(r"[(（](?<=[^\W\d_].|[,.;:!?”’\"'。，；：！？」』》)）].)([a-z])[)）](?!\w)")
ROUND = re.compile(r"[(（](?<=[^\W\d_].|[,.;!?”’\"'。！？」』].)(\d{1,2})[)）](?!\w)")
WORDS = re.compile(r"[注註]\s*(\d{1,3})[)）]?")
NUMBERS = re.compile(r"\d+")
# No figure, blank or sign that goes with numbers stands before a plain number that is a marker.
_NOT_BEFORE = "-–—−+=/$€£#.(（["
# Nor do these stand behind it: they count or measure.
_NOT_BEHIND = "%°_年月日号號期卷页頁时時分岁歲"
_CLOSING = ".!?”’。！？；」』…"
_PAUSES = "，、：）》〉"  # Chinese, where a number is counted or is a marker
# What a number right before these in Chinese counts, and what stands before one that counts.
_COUNTED = frozenset(
    "个個人次种種位名万萬亿億千百十元美歐章节節条條项項篇本部册冊届屆世级級倍成度米斤公里小天周週点點多余餘"
    "幾几字款处處层層代家间間所张張座棟栋幢艘辆輛架台臺件份封只隻匹头頭棵株户戶口双雙对對副套组組排列行段句"
    "首幅枚支枝根片块塊场場回遍趟番起宗笔筆圆圓角两兩吨噸亩畝顷頃石斗升尺寸丈步站版大类類派村乡鄉县縣省市国國"
)
_COUNTING = frozenset("第约約共有近达達至到是为為在每前后後的了用和与與")
# A number behind one of these, shortened, is what it names.
_SHORTENED = re.compile(
    r"(?:\b(?:pp?|ch|chaps?|vols?|no|nos|nr|n|nn|bd|bde|s|sp|secs?|sect|art|abb|figs?|tab|anm|t|cols?|fols?|ff?|kap"
    r"|ziff|eq|ex|ll?)\.|\bpage|\bkapitel|§)\s?$",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[a-zà-ÿA-ZÀ-Þ][a-zà-ÿ]{3,} $")  # that ends right before a blank
_WORD = 24  # letters of a word
_BEFORE_BLANK = tuple(".,;:!?”’\"'。，；：！？」』）)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")

# The weight of a marker that an extractor set on a line of its own.
ALONE = 6
# And of one behind which it broke the line, to go on with a blank.
LIFTED = 4


class Place(NamedTuple):
    """A possible marker: its stretch in a reading, the label it shows, how likely it is by itself."""

    start: int
    end: int
    label: str
    weight: int


def form_of(label: str) -> str:
    """Which form of marker goes with a note's label."""
    if CIRCLES.fullmatch(label):
        return "circle"
    if label and label[0] in _SIGNS:
        return "symbol"
    if len(label) == 1 and label in ascii_lowercase:
        return "letter"
    return "raised" if RAISED.fullmatch(label) else "digit"


@lru_cache(maxsize=1024)  # asked for the same few labels again and again
def plain_label(label: str) -> str:
    """A label without regard to how its number or symbol is set."""
    return str(note_value(label) or label.replace("＊", "*"))


def bracketed_places(text: str) -> list[Place]:
    """Bracketed numbers: near certain where a caret stands before them."""
    if not any(bracket in text for bracket in "[〔［【"):
        return []
    return [Place(m.start(), m.end(), m[1], 9 if m.group()[0] == "^" else 6) for m in BRACKETS.finditer(text)]


def places_of(text: str, form: str) -> list[Place]:
    """Places of circled, symbolic, raised and plain markers."""
    if form == "circle":
        return [Place(m.start(), m.end(), m.group(), 8) for m in CIRCLES.finditer(text)]
    if form == "symbol":
        if not any(sign in text for sign in _SIGNS):
            return []
        return [
            Place(m.start(), m.end(), m.group(), 3 if text[m.start() - 1].isspace() else 6)
            for m in SYMBOLS.finditer(text)
            if m.start() and (not text[m.start() - 1].isspace() or _stands_free(text, *m.span()))
        ]
    if form == "letter":
        return [Place(m.start(), m.end(), m[1], 7) for m in LETTERS.finditer(text)]
    if form == "raised":
        return [Place(m.start(), m.end(), m.group(), 8) for m in RAISED.finditer(text)]
    found = []
    for match in NUMBERS.finditer(text):
        start, end = match.span()
        if end - start <= 3 and text[start] != "0":
            if _can_stand_before(text, start) and _can_stand_behind(text, start, end):
                found.append(Place(start, end, match[0], _weight(text, start, end)))
        elif (
            4 < end - start <= 6
            and text[start + 4] != "0"
            and _YEAR.match(text, start)
            and _can_stand_behind(text, start, end)
        ):
            found.append(Place(start + 4, end, text[start + 4 : end], 2))  # behind a year: figures that run together
    if "(" in text or "（" in text:
        found += [Place(m.start(), m.end(), m[1], 5) for m in ROUND.finditer(text)]
    if "注" in text or "註" in text:
        found += [Place(*_with_bracket(text, m), m[1], 7) for m in WORDS.finditer(text)]
    return found


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether a symbol with a blank before it stands behind a word or a stop, with a blank or nothing behind it."""
    before = text[start - 2 : start - 1]
    return (before.isalpha() or before in _BEFORE_BLANK) and (end == len(text) or text[end].isspace())


def _with_bracket(text: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    return start - (text[start - 1 : start] in ("(", "（")), end


def is_shortened(text: str, start: int, end: int) -> bool:
    """Whether a word stands before `end` that is shortened and names the number behind it."""
    return _SHORTENED.search(text, max(start, end - 9), end) is not None


def _can_stand_before(text: str, at: int) -> bool:
    """Whether what stands before a plain number can stand before a marker: a word, a stop, perhaps a blank behind it."""
    if at and text[at - 1].isspace():
        if _SHORTENED.search(text, max(0, at - 9), at):
            return False
        at -= 1
    before = text[at - 1 : at]
    if not before or before.isspace() or before.isdigit():
        return False
    earlier = text[at - 2 : at - 1] if at > 1 else ""
    if before == ".":
        shortened = _SHORTENED.search(text, max(0, at - 9), at) is not None
        return bool(earlier) and not earlier.isspace() and not earlier.isdigit() and not shortened
    return before not in _NOT_BEFORE and not (before in ",:" and earlier.isdigit())


def _can_stand_behind(text: str, start: int, end: int) -> bool:
    """Whether what stands behind a plain number can stand behind a marker.

    A word only where a sentence ended before the number: its blank got lost; Chinese also in a sentence, if the
    number counts nothing.
    """
    behind = text[end : end + 1]
    if not behind or behind in _NOT_BEHIND:
        return not behind
    if behind.isalnum():
        before, is_han = text[start - 1], "\u3400" <= behind <= "\u9fff"
        if before in _CLOSING:
            return behind.isupper() or is_han
        if before in _PAUSES:
            return (behind.isupper() or is_han) and behind not in _COUNTED
        return is_han and "\u3400" <= before <= "\u9fff" and behind not in _COUNTED and before not in _COUNTING
    return not (behind == "." and text[end + 1 : end + 2].isdigit())


def _closes_clause(text: str, start: int, end: int) -> bool:
    """Whether a number with a blank before it stands between a word of the text, none that it numbers, and a stop."""
    word, behind = _LAST_WORD.search(text, max(0, start - _WORD), start), text[end : end + 1]
    if word is None:
        return bool("\u3400" <= text[start - 2] <= "\u9fff" and behind and behind in "，。；：、！？）」』”")
    return word[0][0].islower() and (not behind or behind in ".,;:)”’")


def _weight(text: str, start: int, end: int) -> int:
    """How likely a plain number is a raised marker, by the characters around it."""
    before, behind = text[start - 1], text[end : end + 1]
    if before == " ":
        return 1 if text[start - 2 : start - 1] in _BEFORE_BLANK or _closes_clause(text, start, end) else 0
    if behind.isalnum() and (before in _PAUSES or "\u3400" <= before <= "\u9fff"):
        return 4 if before in _PAUSES else 2
    if before in ".,;:!?”’\"'。，；：！？」』》）)…":
        return 6 if not behind or behind in " \n\u3000”’)）—–" or "\u3400" <= behind <= "\u9fff" else 3
    if before.islower() or "\u3400" <= before <= "\u9fff":
        return (
            5
            if behind in ("", " ", "\n", ".", ",", ";", ":", "。", "，", "；", "、", "：", "”", ")", "）", "—")
            or "\u3400" <= behind <= "\u9fff"
            else 2
        )
    return 3 if before == "%" else 1 if before.isupper() else 2
