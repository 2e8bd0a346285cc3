"""Which encoding bytes are in: byte-order mark, NUL pattern, valid UTF-8, then the decoded text judges.

Scores are integers per 1,000 bytes that are not ASCII, so that candidates of different width compare.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .encodings import codec_of, decode

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
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
    (re.compile("[\u3000-\u301f\uff01-\uff5e\u2018\u2019\u201c\u201d\u2026\u2014\u00b7]"), 12),
    (re.compile("[\u4e00-\u9fff]"), 0),
    (re.compile("[\u2500-\u259f]"), -6),
    (re.compile("[\u0080-\u009f\ufffd\ufffe\uffff]"), -30),
    (re.compile("[\x00-\x08\x0e-\x1f\x7f]"), -30),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"), -30),
    (re.compile("[\ud800-\udfff]"), -50),
)
# A letter beside an ASCII letter, or a typographic sign between ASCII, is what Western text shows.
_WESTERN = re.compile(r"(?<![^\x00-\x7f])[\u00c0-\u024f](?=[A-Za-z .,;:!?)\]\r\n-])(?<=[A-Za-z (\[\r\n-].)")
_WESTERN_SIGN = re.compile("(?<![^\x00-\x7f])[\u00a0\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0-\u00b3\u00b5\u00b7\u00bb-\u00be\u2013-\u203a\u20ac\u2122](?![^\x00-\x7f])")  # fmt: skip
# Signs no Western text has alone; as first bytes of a pair they are common (a dash is `\u00a8C` in GBK, `\u00a1X` in Big5).
_HALF_OF_A_PAIR = re.compile("[\u00a1\u00a2\u00a4-\u00a6\u00a8\u00aa\u00ac\u00ad\u00af\u00b4\u00b8-\u00ba]")
_WESTERN_CHAIN = re.compile("[^\x00-\x7f]{2,}")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_HIGH = re.compile(rb"[\x80-\xff]+")
SAMPLE = 1 << 12
FEW = 32  # bytes that are not ASCII; of fewer a statistical vote says nothing
# In the order of how common they are: the first wins a tie.
CANDIDATES = ("gb18030", "big5hkscs", "cp1252")


class Guess(NamedTuple):
    """A codec and how far it is ahead of the next one, in points; 1000 where a mark or the form proves it."""

    codec: str
    margin: int


def detect(data: bytes) -> Guess:
    """The encoding of `data`; never fails, at worst with a margin of 0."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark) and (not codec.startswith("utf-32") or len(data) % 4 == 0):
            return Guess(codec, 1000)
    if data.isascii() and b"\0" not in data:
        return Guess("utf-8", 1000)
    wide = _by_nuls(data) if b"\0" in data else None
    if wide is not None:
        return Guess(wide, 1000)
    try:
        data.decode("utf-8")
        return Guess("utf-8", 1000)
    except UnicodeDecodeError:
        return _wide_chinese(data) or _best(_sample(data))


def _by_nuls(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: nearly all NULs stand on one side of the units."""
    head = data[: SAMPLE * 4]
    size = len(head) // 4
    if len(data) % 4 == 0 and size:
        columns = [head[at::4].count(0) * 10 for at in range(4)]
        if min(columns[2], columns[3]) >= size * 9 and columns[0] < size * 5:
            return "utf-32-le"
        if min(columns[0], columns[1]) >= size * 9 and columns[3] < size * 5:
            return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for codec, ours, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if ours > others * 4 and (ours * 3 > size * 2 or _points(decode(head, codec).text) > 0):
            return codec
    return None


def _wide_chinese(data: bytes) -> Guess | None:
    """UTF-16 of Chinese text without one NUL: an eighth of its units are frequent characters, never by chance."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = decode(data[:SAMPLE], codec).text
        if len(_PATTERNS[0][0].findall(text)) * 8 > len(text):
            return Guess(codec, 500)
    return None


def _sample(data: bytes) -> bytes:
    """Lines that are not ASCII, up to `SAMPLE` bytes each from the beginning, the middle and two thirds on."""
    if len(data) <= SAMPLE * 3:
        return data
    lines: list[bytes] = []
    for start in (0, len(data) // 3, len(data) * 2 // 3):
        place = data.find(b"\n", start, start + SAMPLE) + 1 if start else 0
        taken = 0
        for found in _HIGH_LINE.finditer(data, place or start):
            lines.append(found.group()[:SAMPLE])
            taken += len(lines[-1])
            if taken > SAMPLE:
                break
    return b"\n".join(lines)


def _best(data: bytes) -> Guess:
    high = max(1, sum(len(found) for found in _HIGH.findall(data)))
    scores = [(_utf8_points(data, high) * 1000 // high, "utf-8")]
    for codec in CANDIDATES:
        text = data.decode(codec, "surrogateescape")
        points = _western_points(text) if codec == "cp1252" else _points(text)
        scores.append((points * 1000 // high, codec))
    scores.sort(key=lambda score: -score[0])
    if scores[0][0] - scores[1][0] < 2000 and high >= FEW:
        voted = _vote(data)
        scores = sorted(((points + 1000 * (codec == voted), codec) for points, codec in scores), key=lambda s: -s[0])
    return Guess(scores[0][1], min(999, (scores[0][0] - scores[1][0]) // 10))


def _points(text: str) -> int:
    """How much a text reads like Chinese: frequent characters and punctuation against what no text has."""
    points = sum(weight * len(pattern.findall(text)) for pattern, weight in _PATTERNS)
    # An ideograph that Latin letters enclose is a pair cut out of a Western word.
    return points - 12 * len(re.findall(r"(?<=[A-Za-z])[\u3400-\u9fff](?=[a-z])", text))


def _western_points(text: str) -> int:
    points = 10 * len(_WESTERN.findall(text)) + 8 * len(_WESTERN_SIGN.findall(text))
    points -= sum(6 * len(found) for found in _WESTERN_CHAIN.findall(text))
    points -= 10 * len(_HALF_OF_A_PAIR.findall(text))
    return points - 30 * len(re.findall("[\u0080-\u009f\udc80-\udcff\x00-\x08\x0e-\x1f]", text))


def _utf8_points(data: bytes, high: int) -> int:
    """Whole sequences against stray bytes: three damaged bytes do not make a text another encoding."""
    whole = sum(len(found) for found in _MULTIBYTE.findall(data))
    return 10 * whole - 25 * (high - whole)


def _vote(data: bytes) -> str | None:
    """The opinion of charset-normalizer, asked only where our own scores are close."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: SAMPLE // 2], preemptive_behaviour=False).best()
    return codec_of(best.encoding) if best is not None else None
