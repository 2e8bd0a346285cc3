"""Sentences of a paragraph, as places in its text: Chinese, English, German, French.

    split(text, lang) -> [(start, end), ...]

Sentences lie in order and apart, and only blanks lie outside them.  A stop ends a sentence unless what
stands around it says otherwise: an abbreviation, an initial or an ordinal before it; small letters, or who
is speaking (`他说`), behind it; brackets or a title (`《…？》`) round it.

>>> text = "See Oakes, p. 12. The figure is wrong."
>>> [text[start:end] for start, end in split(text, "en")]
['See Oakes, p. 12.', 'The figure is wrong.']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from .abbreviations import AFTER_ORDINALS, EITHER, LONGEST, NEVER, NUMBERED, OPENERS

Span = tuple[int, int]

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_CLOSERS = "\"'”’»›」』）)】〕\\]》〉"
# Stops with all that closes behind them.  German closes with `“`; French sets a blank before `»`, and none
# behind it.  The pattern begins with one set, which is what the engine can look for fast.
_STOP = re.compile(
    r"([。｡！？!?…⋯.．](?:[。｡！？!?…⋯.]|[ \u00a0]\.)*)"
    rf"((?:[{_CLOSERS}]|“(?=\s|$)|[ \u00a0\u202f]?»(?=\s|$|[,.]))*)(\s*)"
)
_LOUD, _FULL = frozenset("。｡！？!?"), frozenset(".．")
# The same for a full stop between two letters that are Chinese.
_BETWEEN = re.compile(rf"[.．](?<=[{_HAN}].)(?=[{_HAN}])")
_IS_HAN = re.compile(f"[{_HAN}]")
_EAST_ASIAN = "\u3000"
_OPENING = "“‘「『《（"
_TITLE_ENDS = frozenset("》〉")
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕", "《": "》", "〈": "〉"}
_BRACKET = re.compile("[()（）\\[\\]【】〔〕《》〈〉]")
_LONGEST = 400  # characters in brackets; what is longer was hardly ever closed where it seems to be
_WITH_STOP = re.compile(rf"[(（\[【〔《〈][^)）\]】〕》〉。！？!?.．]{{0,{_LONGEST}}}[。！？!?.．]")

_WORD_BEFORE = re.compile(r".*(?:[\s(（\[„“\"‘«»—–/，。、；：]|(?<!\w)\w?['’])(.*)", re.S)
_WORD_BEHIND = re.compile(r"[\"'“”‘’„«»‹›「『(\[（]*[ \u00a0\u202f]?(\w+)")
_REACH = 40  # characters before a stop in which its word is looked for
_NUMBER = re.compile(r"[\[(]?(?:\d|[IVXLC]+\b|[ivxlc]+\b|[A-Za-z]\d)")
_NUMERAL = re.compile(r"\d[\d.]*|[IVXLC]+")
_DOTTED = re.compile(r"\w{1,2}(?:\.-?\w{1,2})+")
_LETTERED = re.compile(r"\([a-z]{1,2}\)\s")  # the label of an item
_STREETS = ("str",)  # ends of German words that are abbreviated
# What goes on behind a quotation: a sign, a particle, or the one who speaks.
_GOES_ON = re.compile(
    rf"[，。、；：）)》】,;的之地得等与與和及或是为為]|[{_HAN}]{{0,5}}(?:说|說|道|问|問|喊|叫|答|嚷|想|写道|寫道)(?=[，。：！？,:]|$)"
)


def split(text: str, lang: str | None = None) -> list[Span]:
    """The sentences of a text, as half-open places in code points; none in a blank text.

    `lang` is a BCP 47 tag; it matters for ordinals only, which have a stop in German.
    """
    kept = text.rstrip()
    found: list[Span] = []
    start = len(text) - len(text.lstrip())
    for close, end in _ends(text, (lang or "").partition("-")[0] == "de"):
        found.append((start, close))
        start = end
    if start < len(kept):
        found.append((start, len(kept)))
    return found


def _ends(text: str, is_german: bool) -> Iterator[Span]:
    """Where a sentence ends, and where another begins, behind the blanks."""
    brackets = _brackets(text) if any(map(text.__contains__, _PAIRS)) and _WITH_STOP.search(text) else []
    start, size = 0, len(text)
    for found in _stops(text):
        at, end = found.span()
        if end == size:
            return
        close = found.end(2)
        opened = _around(brackets, at, close) if brackets else None
        if opened is None or (opened[1] < close and not text[start : opened[0]].strip()):
            is_end = _is_end(text, found, start, is_german)
        else:  # inside brackets; one that closes here may end the sentence where capitals can tell
            is_end = opened[1] < close and not _IS_HAN.match(text, end) and _is_end(text, found, start, is_german)
        if is_end:
            yield close, end
            start = end


def _stops(text: str) -> Iterator[re.Match[str]]:
    """All places that look like an end.

    Where a paragraph has no Chinese full stop, a Western one between two Chinese letters stands for it; else
    it is a point in a name.
    """
    if "。" not in text and not text.isascii():
        text = _BETWEEN.sub("。", text)
    return _STOP.finditer(text)


def _is_end(text: str, found: re.Match[str], start: int, is_german: bool) -> bool:
    """Whether a sentence that begins at `start` ends with this stop; brackets are not looked at."""
    stop, close, gap = found.groups()
    end = found.end()
    behind = text[end]
    if stop == "。" and not close:
        return behind not in _CLOSERS
    if behind.islower() or (close and not _TITLE_ENDS.isdisjoint(close)):
        return False
    is_full = stop in _FULL
    is_loud = not is_full and not _LOUD.isdisjoint(stop)
    if not gap or behind >= _EAST_ASIAN:
        if not (is_full and gap):
            return _is_end_in_chinese(text, found, is_loud, is_full)
    elif not behind.isalnum():
        following = _WORD_BEHIND.match(text, end)
        if following and following[1][0].islower() and not _LETTERED.match(text, end):
            return False
    if is_full:
        return _is_full_stop(text, found.start(), end, start, is_german)
    return is_loud or _is_opener(text, end)


def _is_end_in_chinese(text: str, found: re.Match[str], is_loud: bool, is_full: bool) -> bool:
    """The same where Chinese follows, or no blank."""
    stop, close, gap = found.groups()
    end = found.end()
    if close and _GOES_ON.match(text, end):
        return False
    if is_loud and (gap or not stop.isascii()):
        return text[end] not in _CLOSERS
    if text[end] not in _OPENING and not _IS_HAN.match(text, end):
        return False
    if is_loud:
        return bool(close or _IS_HAN.match(text, found.start() - 1))
    return bool(close) or (text[end] in _OPENING and not is_full)


def _is_full_stop(text: str, at: int, end: int, start: int, is_german: bool) -> bool:
    """Whether the stop at `at` belongs to the sentence, not to the word before it; `end` is behind it."""
    first = max(start, at - _REACH)
    word = text[text.rfind(" ", first, at) + 1 or first : at]
    if len(word) > LONGEST and word.isalpha():
        return not word.endswith(_STREETS)
    if not word.isalpha() and (before := _WORD_BEFORE.match(word)):
        word = before[1]
    if _NUMERAL.fullmatch(word):
        return _ends_with_number(text, word, end, start, at, is_german)
    if len(word) == 1 and word.isalpha():
        return at - 1 > start and _is_opener(text, end)
    lower = word.lower()
    if lower in NEVER:
        return False
    if lower in NUMBERED or lower.endswith(_STREETS):
        return not _NUMBER.match(text, end) and (lower not in EITHER or _is_opener(text, end))
    return (lower not in EITHER and not _DOTTED.fullmatch(word)) or _is_opener(text, end)


def _ends_with_number(text: str, word: str, end: int, start: int, at: int, is_german: bool) -> bool:
    """Whether a number ends its sentence: it may also be the sentence's label, or an ordinal."""
    if not text[start : at - len(word)].strip():
        return False
    if len(word) == 1 and word.isalpha():
        return _is_opener(text, end)
    following = _WORD_BEHIND.match(text, end)
    if following and following[1].lower() in AFTER_ORDINALS:
        return False
    return not is_german or len(word) > 2 + word.isalpha() or _is_opener(text, end)


def _is_opener(text: str, at: int) -> bool:
    found = _WORD_BEHIND.match(text, at)
    return found is not None and found[1].lower() in OPENERS


def _brackets(text: str) -> list[Span]:
    """Outermost pairs of brackets: places of the opening and the closing one, in order."""
    opened: list[tuple[int, str]] = []
    pairs: list[Span] = []
    for found in _BRACKET.finditer(text):
        sign = found[0]
        if sign in _PAIRS:
            opened.append((found.start(), _PAIRS[sign]))
        else:
            at = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][1] == sign), None)
            if at is not None:
                if found.start() - opened[at][0] <= _LONGEST:
                    pairs.append((opened[at][0], found.start()))
                del opened[at:]
    outermost: list[Span] = []
    for pair in sorted(pairs):
        if not outermost or pair[0] > outermost[-1][1]:
            outermost.append(pair)
    return outermost


def _around(brackets: Sequence[Span], at: int, close: int) -> Span | None:
    """The pair that a stop stands in; `close` is the end of what closes behind it."""
    number = bisect_right(brackets, (at, close)) - 1
    return brackets[number] if number >= 0 and brackets[number][0] < at < brackets[number][1] else None
