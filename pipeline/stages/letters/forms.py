"""Characters that stand for another one, or for none: the table of `letters`, one row a kind.

Only what has one right answer is changed: NFC, never NFKC.  Superscripts and circled numbers are note
markers; full-width letters and blanks are evidence of the layout; both stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from ...characters import kinds
from ...model import Rule

Finding = tuple[int, int, str, Rule, int]

BYTE_ORDER_MARK = Rule("byte-order-mark", "dropped", 100, "A byte-order mark, at the start or left inside a text.")
ZERO_WIDTH = Rule("zero-width-character", "dropped", 99, "A character without width or meaning for the text.")
CONTROL = Rule("control-character", "dropped", 99, "A control character that no text and no XML can hold.")
VERTICAL_TAB = Rule("vertical-tab", "emended", 95, "A vertical tab, which XML forbids, is a blank.")
HYPHEN_CODE = Rule("hyphen-control-code", "emended", 95, "U+0002, which extractors leave for a line-end hyphen.")
C1_CONTROL = Rule("c1-control", "emended", 95, "A C1 control that is a Windows-1252 character.")
RADICAL = Rule("radical-character", "emended", 99, "A radical of the Unicode tables in place of the ideograph.")
LIGATURE = Rule("latin-ligature", "emended", 99, "A typographic ligature in place of its letters.")
PRESENTATION_FORM = Rule(
    "presentation-form",
    "emended",
    97,
    "A vertical, small, half-width or positional form in place of the ordinary sign.",
)
KATAKANA = Rule("half-width-katakana", "emended", 98, "Half-width katakana in place of ordinary katakana.")
SURROGATE_PAIR = Rule("surrogate-pair", "emended", 98, "Two surrogates that are one character.")
UNWRITABLE = Rule("unwritable-character", "emended", 99, "A lone surrogate or noncharacter: it cannot be written.")
SOFT_HYPHEN = Rule("soft-hyphen", "dropped", 90, "A soft hyphen inside a line: a place where the word may be cut.")
SOFT_HYPHEN_PRINTED = Rule(
    "printed-soft-hyphen", "emended", 80, "A soft hyphen inside a line that stands for a hyphen."
)
DECOMPOSED = Rule("decomposed-character", "emended", 99, "A character written in parts or in a second code (NFC).")
COMPATIBILITY = Rule("compatibility-ideograph", "emended", 98, "A second code of the same ideograph (NFC).")
COMPATIBILITY_VARIANT = Rule(
    "compatibility-variant",
    "emended",
    90,
    "A compatibility ideograph of another shape, written as its unified one (NFC).",
)

# Radical supplements and their ideographs: EquivalentUnifiedIdeograph of the Unicode database.
_SUPPLEMENTS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_SUPPLEMENTED = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# A Kangxi radical is a compatibility form of exactly one ideograph.
RADICALS = dict(zip(_SUPPLEMENTS, _SUPPLEMENTED, strict=True)) | {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# U+FF66 to U+FF9D in order; the voice marks U+FF9E and U+FF9F compose with the kana before them.
_KATAKANA = (
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
)
# Half-width Chinese punctuation, vertical and small forms in place of the ordinary marks of full width.
_PRESENTED = "｡｢｣､･︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫"
_PRESENTING = "。「」、・，、。：；！？〖〗…‥—–（）｛｝〔〕【】《》〈〉「」『』［］，、．；：？！（）｛｝〔〕＃＆＊＋－＜＞＝＼＄％＠"
PRESENTATION = dict(zip(_PRESENTED, _PRESENTING, strict=True))
_TO_KATAKANA = {0xFF66 + at: kana for at, kana in enumerate(_KATAKANA)} | {0xFF9E: "\u3099", 0xFF9F: "\u309a"}
_LONE_VOICE = str.maketrans("\u3099\u309a", "\u309b\u309c")

_NEEDS_JOINERS = "\u0590-\u109f\u1780-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LINE_END = "\n\r\f\u2028\u2029"
_LETTER = r"[^\W\d_]"

# (what, rule, how it reads) in the order they are tried; a function gets the match.
Reading = str | Callable[[re.Match[str]], str]
_PATTERNS: tuple[tuple[str, Rule, Reading], ...] = (
    ("\ufeff", BYTE_ORDER_MARK, ""),
    ("[\u200b\u2060-\u2064\u180e\ufff9-\ufffc\u206a-\u206f]", ZERO_WIDTH, ""),
    (f"(?<![{_NEEDS_JOINERS}])[\u200c\u200d](?![{_NEEDS_JOINERS}])", ZERO_WIDTH, ""),
    ("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", ZERO_WIDTH, ""),
    (rf"(?<={_LETTER})\x02(?=[ \t]*[{_LINE_END}]|{_LETTER})", HYPHEN_CODE, "\ufffe"),
    ("\v", VERTICAL_TAB, " "),
    ("[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]", CONTROL, ""),
    # U+0085 may be a line end: it is an ellipsis only behind a word and before a blank or a closing mark.
    ("(?<=[\\w\u2019\u201d\x92-\x9f])\x85(?=[ \t\n\r\"'\x92\x94\u2019\u201d]|\\Z)|[\x80-\x84\x86-\x9f]", C1_CONTROL, lambda found: found[0].encode("latin-1").decode("windows-1252")),
    ("[\u2e80-\u2fd5]", RADICAL, lambda found: RADICALS.get(found[0], found[0])),
    ("[\ufb00-\ufb06]", LIGATURE, lambda found: LIGATURES[found[0]]),
    ("[\ufb13-\ufb17\ufb20-\ufb29\ufb4f-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0\ufdf1\ufe70-\ufefc]", PRESENTATION_FORM, lambda found: _ordinary_letters(found[0])),
    (f"[{re.escape(_PRESENTED)}]", PRESENTATION_FORM, lambda found: PRESENTATION[found[0]]),
    ("[\uff66-\uff9f]+", KATAKANA, lambda found: widen_katakana(found[0])),
    ("[\ud800-\udbff][\udc00-\udfff]", SURROGATE_PAIR,
     lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16")),
    # U+FFFE behind a letter is a line-end hyphen of an extractor, and `line_ends` decides on it.
    (r"[\ud800-\udfff\ufdd0-\ufdef\uffff]|(?<!\w)\ufffe", UNWRITABLE, "\ufffd"),
    ("[" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17)) + "]", UNWRITABLE, "\ufffd"),
)  # fmt: skip
_SUSPECT = re.compile(
    "[\x00-\x08\v\x0e-\x1f\x7f-\x9f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2e80-\u2fd5\ufb00-\ufb17\ufb20-\ufb29\ufb4f-\ufbb1\ufbd3-\ufdf1\ufe10-\ufe19\ufe30-\ufe6b\ufe70-\ufefc"
    "\ufeff\uff61-\uff9f\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_ODD = re.compile("[^\t\n\f\r -~\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]")
_FORMS = re.compile("|".join(f"({pattern})" for pattern, _, _ in _PATTERNS))
# A text of so many different words without a hyphen between letters writes them some other way.
_MANY_WORDS = 300
# A soft hyphen between two letters of one line; at a line's end it is for `line_ends`.
_SOFT_HYPHEN = re.compile(rf"({_LETTER}+)\u00ad(?={_LETTER})")
_WORD = re.compile(rf"{_LETTER}+")
_HYPHENATED = re.compile(rf"{_LETTER}-{_LETTER}")


def _ordinary_letters(form: str) -> str:
    """The letters that a positional form of Arabic, or a ligature of Armenian or Hebrew, stands for."""
    new = unicodedata.normalize("NFKC", form)
    return form if new[:1] == " " else new  # marks by themselves stay


def odd_ones(characters: str) -> str:
    """Those that are neither printable ASCII nor of ordinary Chinese prose."""
    return "".join(_ODD.findall(characters))


def find_forms(text: str, odd: str | None = None) -> Iterator[Finding]:
    """Every character that stands for another or for none, as (start, end, new, rule, certainty).

    `odd` are the `odd_ones` of the text where they are known already.
    """
    odd = odd_ones(kinds(text)) if odd is None else odd
    if _SUSPECT.search(odd):
        right_to_left = _RIGHT_TO_LEFT.search(text) is not None
        for found in _suspects(text, odd):
            _, rule, reading = _PATTERNS[(found.lastindex or 1) - 1]
            new = reading if isinstance(reading, str) else reading(found)
            if new != found[0] and not (right_to_left and found[0] in "\u200e\u200f\u202a\u202b\u202c"):
                yield found.start(), found.end(), new, rule, rule.certainty
    if "\xad" in odd:
        yield from _find_soft_hyphens(text)
    yield from _find_decomposed(text, odd)


def _suspects(text: str, odd: str) -> Iterator[re.Match[str]]:
    """The matches of all patterns in order, looked for only where one of the suspect characters stands."""
    suspect = re.compile(f"[{re.escape(''.join(_SUSPECT.findall(odd)))}]")
    place = suspect.search(text)
    while place is not None:
        found = _FORMS.match(text, place.start())
        if found is not None:
            yield found
        place = suspect.search(text, place.end() if found is None else found.end())


def tidy(text: str) -> str:
    """The text after `find_forms`."""
    out, place = [], 0
    for start, end, new, _, _ in sorted(find_forms(text), key=lambda finding: finding[:2]):
        if start >= place:
            out += [text[place:start], new]
            place = end
    return "".join(out) + text[place:]


def widen_katakana(text: str) -> str:
    """Half-width katakana as ordinary ones, voice marks composed.

    >>> widen_katakana("ｶﾞｸﾌﾟ")
    'ガクプ'
    """
    return unicodedata.normalize("NFC", text.translate(_TO_KATAKANA)).translate(_LONE_VOICE)


def _find_soft_hyphens(text: str) -> Iterator[Finding]:
    """Soft hyphens inside a line: dropped, but a hyphen where the text itself says so.

    Some fonts give every hyphen as U+00AD: then none of the ordinary sort stands between letters.
    """
    words = None
    for found in _SOFT_HYPHEN.finditer(text):
        if words is None:
            words = set(re.findall(rf"{_LETTER}+(?:-{_LETTER}+)*", text.lower()))
            is_ordinary = _HYPHENATED.search(text) is not None or len(words) < _MANY_WORDS
        left = found[1].lower()
        right = _WORD.match(text, found.end())
        word = right[0].lower() if right else ""
        printed = f"{left}-{word}" in words or not is_ordinary
        if printed and left + word not in words:
            yield found.end() - 1, found.end(), "-", SOFT_HYPHEN_PRINTED, SOFT_HYPHEN_PRINTED.certainty
        else:
            yield found.end() - 1, found.end(), "", SOFT_HYPHEN, SOFT_HYPHEN.certainty


def _parts(odd: str) -> re.Pattern[str] | None:
    """What NFC may change in a text: characters with marks behind them, Hangul in parts, second codes.

    U+2000 and U+2001 are blanks: their width is evidence and they stay.
    """
    changeable = [character for character in odd if character > "\x7f" and character not in "\u2000\u2001"]
    marks = "".join(character for character in changeable if unicodedata.category(character) in ("Mn", "Mc"))
    jamo = "".join(
        character for character in changeable if unicodedata.name(character, "").startswith("HANGUL JUNGSEONG")
    )
    singles = "".join(character for character in changeable if unicodedata.normalize("NFC", character) != character)
    patterns = ["[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]+"] if jamo else []
    patterns += [f"[^\\s{marks}]?[{marks}]+"] if marks else []
    patterns += [f"[{singles}]"] if singles else []
    return re.compile("|".join(patterns)) if patterns else None


def _find_decomposed(text: str, odd: str) -> Iterator[Finding]:
    parts = _parts(odd)
    for found in parts.finditer(text) if parts else ():
        new = unicodedata.normalize("NFC", found[0])
        if new != found[0]:
            rule = _rule_of(ord(found[0][0]))
            yield found.start(), found.end(), new, rule, rule.certainty


def _rule_of(code: int) -> Rule:
    """Up to U+FA0D the same ideographs are coded twice; behind it stand shapes that only a standardized
    variation sequence keeps: the collation has them."""
    if 0xF900 <= code <= 0xFA0D:
        return COMPATIBILITY
    return COMPATIBILITY_VARIANT if 0xFA0E <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F else DECOMPOSED
