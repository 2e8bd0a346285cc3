"""Chinese of one two-byte encoding that was read in another: Big5 shown as GBK, GBK shown as Big5.

Both write a character as a pair of bytes, so that one character stands for one: an exact inverse.  What
tells damage from a text of rare characters is how common the characters are, on either side: the few
hundred commonest are half of any prose, and hardly one of those put together by chance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ...model import Rule
from ...readers.encodings import private_of_big5
from ...readers.scores import FREQUENT as COMMONEST
from .forms import Finding
from .frequent import FREQUENT, PUNCTUATION, is_ordinary

BIG5_AS_GBK = Rule("big5-read-as-gbk", "emended", 93, "Big5 bytes that were read as GBK.")
GBK_AS_BIG5 = Rule("gbk-read-as-big5", "emended", 93, "GBK bytes that were read as Big5.")

# How much likelier a character is in running Chinese than in one put together by chance (ten times the logarithm).
COMMONEST_GAINS, FREQUENT_GAINS, SIGN_GAINS = 18, 4, 12
ORDINARY_LOSES, RARE_LOSES = -18, -45
CLEARLY = 40  # what a stretch must gain that speaks for itself
CLEARLY_EACH = 3  # and each of its characters
STRANGE_EACH = -12  # and what each loses that stands there, at the least
LEAST = 4  # characters of such a stretch
BETTER_ALONE = 16  # what each character of a line gains on what stands there, if part of the line speaks for itself
MANY = 30  # characters of such stretches in a text with much of such damage
BETTER = 8  # and what each character of another line must gain there

LOST = "\ufffd"
_HAN = "\u3400-\u9fff\ue000-\uf8ff"
_ANY_HAN = re.compile(f"[{_HAN}]")
_LINE = re.compile("[^\n\r\f\v\u2028\u2029]+")
# Letters of kana, Greek, Cyrillic, bopomofo: what stands there may be a text of these.
_LETTERS = re.compile("[\u00a0-\u052f\u2010-\u2bff\u3041-\u30fe\u3105-\u3129\uac00-\ud7a3\uff01-\uff5e]")


# The codecs that a text was written in, and those that a wrong reading was made with; the usual one first.
_WRITTEN = {"gbk": ("gbk",), "big5": ("big5", "cp950", "big5hkscs")}
_SHOWN = {"gbk": ("gbk", "gb18030"), "big5": ("big5", "cp950", "big5hkscs")}


class _Table(NamedTuple):
    """What every character of one encoding reads in the other, as `str.translate` takes it, and a stretch of them."""

    rule: Rule
    reads: dict[int, str]
    stretch: re.Pattern[str]


class _Run(NamedTuple):
    start: int
    old: str
    new: str


def find_pairs(text: str, characters: str) -> list[Finding]:
    """Stretches of one encoding that read clearly better in the other; `characters` are the kinds of the text.

    >>> "".join(new for _, _, new, _, _ in find_pairs("扂岆弊卼ㄛ斕硐岆珨跺", "扂岆弊卼ㄛ斕硐岆珨跺"))
    '我是国王，你只是一个'
    """
    rare = "".join(filter(_is_rare, characters))
    if len(rare) < LEAST - 1:
        return []
    lines = list(_strange_lines(text, rare))
    best: tuple[int, list[_Run], _Table] | None = None
    for table in (_table("gbk", "big5"), _table("big5", "gbk")) if lines else ():
        runs = [run for line in lines for run in _read_line(line, table)]
        gain = sum(_gain(run.new) - _gain(run.old) for run in runs)
        if gain > (best[0] if best else 0):
            best = (gain, runs, table)
    if best is None:
        return []
    _, runs, table = best
    if sum(len(run.old) for run in runs) >= MANY:
        runs = list(_read_more(text, runs, table))
    return sorted((run.start, run.start + len(run.old), run.new, table.rule, table.rule.certainty) for run in runs)


def _strange_lines(text: str, rare: str) -> Iterator[re.Match[str]]:
    """The lines in which three of the rare characters of the text stand close together."""
    gap = "[^\n\r\f\v\u2028\u2029]{0,2}?"
    strange = re.compile(f"[{rare}]{gap}[{rare}]{gap}[{rare}]")
    place = 0
    while found := strange.search(text, place):
        start = max(text.rfind(end, place, found.start()) for end in "\n\r\f\v\u2028\u2029") + 1
        line = _LINE.match(text, start or place)
        if line is None:
            return
        yield line
        place = line.end()


def _read_line(line: re.Match[str], table: _Table) -> list[_Run]:
    """What speaks for itself in a line; all of a line of which most does."""
    runs = _runs(line, table)
    clear = [part for run in runs if _is_clear(part := _best_part(run))]
    is_whole = clear and _is_better(runs, BETTER_ALONE) and all(_is_better([run], 0) for run in runs)
    return runs if is_whole and _is_readable(line[0], runs) else clear


def _read_more(text: str, found: Sequence[_Run], table: _Table) -> Iterator[_Run]:
    """In a text with much of such damage, whole lines that read better so, short as they may be."""
    places = [run.start for run in found]
    for line in _LINE.finditer(text):
        own = found[bisect_left(places, line.start()) : bisect_left(places, line.end())]
        if own or not line[0].isascii():
            runs = _runs(line, table)
            yield from runs if _is_readable(line[0], runs) and _is_better(runs, BETTER) else own


def _runs(line: re.Match[str], table: _Table) -> list[_Run]:
    return [
        _Run(line.start() + found.start(), found[0], found[0].translate(table.reads))
        for found in table.stretch.finditer(line[0])
        if line[0][found.start() - 1 : found.start()] != LOST  # what follows may begin in the midst of a pair
    ]


def _is_readable(line: str, runs: Sequence[_Run]) -> bool:
    """Whether every Chinese character of a line can be read, and one is there, or signs of Chinese come out."""
    olds, news = "".join(run.old for run in runs), "".join(run.new for run in runs)
    han = len(_ANY_HAN.findall(olds))
    return han == len(_ANY_HAN.findall(line)) and (han > 0 or all(map(PUNCTUATION.__contains__, news)))


def _is_better(runs: Sequence[_Run], least: int) -> bool:
    """Whether a whole line gains so much a character by the other reading."""
    size = sum(len(run.old) for run in runs)
    gain = sum(_weight(new) - _weight_shown(old) for run in runs for old, new in zip(run.old, run.new, strict=True))
    return gain > size * least


def _best_part(run: _Run) -> _Run:
    """The part of a run that gains most by the other reading."""
    gains = [_weight(new) - _weight_shown(old) for old, new in zip(run.old, run.new, strict=True)]
    sums = list(accumulate(gains, initial=0))
    lowest = best = start = end = 0
    for at, total in enumerate(sums):
        if total - sums[lowest] > best:
            best, start, end = total - sums[lowest], lowest, at
        if total <= sums[lowest]:
            lowest = at
    # Beside sound text the first and the last must be what nobody uses: all others may be sound as well.
    while 0 < start < end and not _is_rare(run.old[start]):
        start += 1
    while start < end < len(run.old) and not _is_rare(run.old[end - 1]):
        end -= 1
    return _Run(run.start + start, run.old[start:end], run.new[start:end])


def _is_clear(run: _Run) -> bool:
    size, gain = len(run.new), _gain(run.new)
    if size < LEAST or gain < CLEARLY or gain < size * CLEARLY_EACH:
        return False
    return sum(map(_weight_shown, run.old)) <= size * STRANGE_EACH


def _gain(text: str) -> int:
    return sum(map(_weight, text))


@cache
def _weight(character: str) -> int:
    if character in COMMONEST:
        return COMMONEST_GAINS
    if character in FREQUENT:
        return FREQUENT_GAINS
    if character in PUNCTUATION:
        return SIGN_GAINS
    return ORDINARY_LOSES if is_ordinary(character) or "①" <= character <= "⑩" else RARE_LOSES


@cache
def _weight_shown(character: str) -> int:
    return 0 if _LETTERS.match(character) else _weight(character)


@cache
def _is_rare(character: str) -> bool:
    """Whether a Chinese or private character is none of everyday use."""
    return _ANY_HAN.match(character) is not None and _weight(character) == RARE_LOSES


@cache
def _table(shown: str, written: str) -> _Table:
    pairs = [bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF))]
    news = dict.fromkeys(pairs, "")
    for codec in reversed(_WRITTEN[written]):
        news.update(_decode(pairs, codec))
    reads: dict[int, str] = {}
    for codec in _SHOWN[shown]:
        for pair, old in _decode(pairs, codec).items():
            if news[pair]:
                reads.setdefault(ord(old), news[pair])
    for pair in pairs if shown == "big5" else ():
        private = private_of_big5(*pair)
        if private and news[pair]:
            reads[ord(private)] = news[pair]
    rule = BIG5_AS_GBK if shown == "gbk" else GBK_AS_BIG5
    return _Table(rule, reads, re.compile(f"[{_ranges(reads)}]+"))


def _decode(pairs: Sequence[bytes], codec: str) -> dict[bytes, str]:
    """The pairs that are one character in a codec and encode back, with these."""
    texts = b"\n".join(pairs).decode(codec, "replace").split("\n")
    found = {pair: text for pair, text in zip(pairs, texts, strict=True) if len(text) == 1 and text != "\ufffd"}
    backs = "\n".join(found.values()).encode(codec).split(b"\n")
    return {pair: text for (pair, text), back in zip(found.items(), backs, strict=True) if pair == back}


def _ranges(codes: Iterable[int]) -> str:
    """Code points as they stand in a class of a pattern, neighbours in one range: a class of single characters is
    slow to compile."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in found)
