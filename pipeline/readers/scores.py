"""How well bytes read in an encoding: whole numbers, so that encodings of the same bytes compare.

Chinese readings gain by frequent characters and punctuation, Western ones by letters and signs beside
ASCII, UTF-8 by whole sequences; all lose by what no text holds.
"""

from __future__ import annotations

import re

from .encodings import UNIT, decode

# The commonest characters of running Chinese text, in both scripts: about half of any page.
FREQUENT = frozenset(
    "的一是不了在人有我他这個个們们中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主"
    "样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外"
    "将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內"
    "研究论論际際社史会化政治经济經濟资資料题題说明报報刊卷期页頁市省研"
)
_PATTERNS = (
    (re.compile("[" + "".join(sorted(FREQUENT)) + "]"), 20),
    (re.compile("[、。〈〉《》「」『』【】〔〕！（），：；？‘’“”…—·]"), 12),
    (re.compile("[\u4e00-\u9fff]"), 0),
    (re.compile("[\u2500-\u259f]"), -6),
    (re.compile("[\u0080-\u009f\ufffd\ufffe\uffff]"), -30),
    (re.compile("[\x00-\x08\x0e-\x1f\x7f]"), -30),
    (re.compile("[\ue000-\uf8ff\U00040000-\U0010ffff]"), -30),
    (re.compile("[\ud800-\udfff]"), -50),
)
# A letter or two beside an ASCII letter, or a typographic sign between ASCII, is what Western text shows.
_WESTERN = re.compile(
    r"(?<![^\x00-\x7f])[\u00c0-\u024f](?=[A-Za-z .,;:!?')\]\r\n-])(?<=[A-Za-z '(\[\r\n-].)|(?<=[A-Za-z])[\u00c0-\u024f]{2}(?=[a-z])"
)
_WESTERN_SIGN = re.compile("(?<![^\x00-\x7f])[\u00a0\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0-\u00b3\u00b5\u00b7\u00bb-\u00be\u2013-\u203a\u20ac\u2122](?![^\x00-\x7f])")  # fmt: skip
# Signs no Western text has alone; as first bytes of a pair they are common (a dash is `\u00a8C` in GBK, `\u00a1X` in Big5).
_HALF_OF_A_PAIR = re.compile("[\u00a1\u00a2\u00a4-\u00a6\u00a8\u00aa\u00ac\u00ad\u00af\u00b4\u00b8-\u00ba]")
_WESTERN_CHAIN = re.compile("[^\x00-\x7f]{2,}")
_WESTERN_SIGNS = re.compile("[\u00a0\u00ab\u00bb\u2013-\u2026]+")  # such as stand side by side
# One byte between ASCII on both sides: a letter with an accent, hardly ever half of a character.
# (0xA1 is the lead of Big5's comma and full stop.)
SINGLE = re.compile(rb"(?<![\x80-\xff].)(?<![\x80-\xff])[\x80-\xa0\xa2-\xff](?![\x80-\xff]|.[\x80-\xff])", re.DOTALL)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# An ideograph that Latin letters enclose is a pair cut out of a Western word.
_ENCLOSED = re.compile("(?<=[A-Za-z])[\u3400-\u9fff](?=[a-z])")
_NO_WESTERN = re.compile("[\u0080-\u009f\udc80-\udcff\x00-\x08\x0e-\x1f]")
ASCII = bytes(range(0x80))
# In the order of how common they are: the first wins a tie.
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp1252")


def points(data: bytes, codec: str) -> int:
    """How well `data` reads in `codec`; comparable between codecs for the same bytes."""
    if codec == "utf-8":
        return _utf8_points(data)
    if codec in ("cp1252", "latin-1"):
        return _western_points(data.decode("cp1252", "surrogateescape"))
    text = decode(data, codec).text if codec in UNIT else data.decode(codec, "surrogateescape")
    return _chinese_points(text) - 24 * len(SINGLE.findall(data))


def is_frequent_chinese(text: str) -> bool:
    """Whether an eighth of the characters are of the commonest: of characters put together by chance, never."""
    return len(_PATTERNS[0][0].findall(text)) * 8 > len(text)


def _chinese_points(text: str) -> int:
    """How much a text reads like Chinese: frequent characters and punctuation against what no text has."""
    points = sum(weight * len(pattern.findall(text)) for pattern, weight in _PATTERNS)
    return points - 12 * len(_ENCLOSED.findall(text))


def _western_points(text: str) -> int:
    points = 10 * len(_WESTERN.findall(text)) + 8 * len(_WESTERN_SIGN.findall(text))
    points -= sum(6 * len(found) for found in _WESTERN_CHAIN.findall(text) if not _WESTERN_SIGNS.fullmatch(found))
    points -= 10 * len(_HALF_OF_A_PAIR.findall(text))
    return points - 30 * len(_NO_WESTERN.findall(text))


def _utf8_points(data: bytes) -> int:
    """Whole sequences against stray bytes: three damaged bytes do not make a text another encoding."""
    high = len(data.translate(None, ASCII))
    sizes = [len(found) for found in _MULTIBYTE.findall(data)]
    return 10 * sum(sizes) - 8 * sizes.count(2) - 25 * (high - sum(sizes))
