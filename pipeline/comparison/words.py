"""Two texts word by word: Chinese by characters, other scripts by words.

The differences of (old, new) are those of (new, old) turned round, and put into the old text they give the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# Characters that are a word by themselves: Han, kana, Hangul, and their punctuation.
_SINGLE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_SINGLE}]|(?:(?![{_SINGLE}_])\w)+|\s+|.", re.DOTALL)
MOST = 1 << 32  # product of the lengths that are compared; longer texts are cut to what differs, then taken whole
KEPT = 4  # a text of which less than one in so many characters stands in the other is another text


class Cut(NamedTuple):
    """[old_start, old_end) of the old text became [new_start, new_end) of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def tokens(text: str) -> list[str]:
    """Words, single Chinese characters, runs of blanks and single signs; joined they are the text."""
    return _TOKEN.findall(text)


def differ(old: str, new: str) -> list[Cut]:
    """What differs, in order; empty for equal texts."""
    if old == new:
        return []
    if new < old:
        return [Cut(cut[2], cut[3], cut[0], cut[1]) for cut in _differ(new, old)]
    return _differ(old, new)


def apply(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """A text with (start, end, new text) put in, in order."""
    parts, place = [], 0
    for start, end, new in changes:
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


def _differ(old: str, new: str) -> list[Cut]:
    left, right = tokens(old), tokens(new)
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    olds, news = left[head : len(left) - tail], right[head : len(right) - tail]
    start = sum(map(len, left[:head]))
    whole = Cut(start, start + sum(map(len, olds)), start, start + sum(map(len, news)))
    if not olds or not news or len(olds) * len(news) > MOST:
        return [whole]
    cuts = list(_cuts(olds, news, start))
    stays = whole.old_end - whole.old_start - sum(cut.old_end - cut.old_start for cut in cuts)
    if stays * KEPT < max(whole.old_end - whole.old_start, whole.new_end - whole.new_start):
        return [whole]
    return _united(cuts, old)


def _cuts(olds: Sequence[str], news: Sequence[str], start: int) -> Iterator[Cut]:
    """The places where a longest common sequence of tokens is interrupted."""
    old_ends, new_ends = _ends(olds, start), _ends(news, start)
    left = right = 0
    for block in [*LCSseq.opcodes(olds, news)]:
        if block.tag != "equal":
            continue
        if block.src_start > left or block.dest_start > right:
            yield Cut(old_ends[left], old_ends[block.src_start], new_ends[right], new_ends[block.dest_start])
        left, right = block.src_end, block.dest_end
    if left < len(olds) or right < len(news):
        yield Cut(old_ends[left], old_ends[-1], new_ends[right], new_ends[-1])


def _ends(words: Sequence[str], start: int) -> list[int]:
    ends = [start]
    for word in words:
        ends.append(ends[-1] + len(word))
    return ends


def _united(cuts: Sequence[Cut], old: str) -> list[Cut]:
    """Changes with only blanks between them are one."""
    found: list[Cut] = []
    for cut in cuts:
        if found and not old[found[-1].old_end : cut.old_start].strip():
            last = found.pop()
            cut = Cut(last.old_start, cut.old_end, last.new_start, cut.new_end)
        found.append(cut)
    return found


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens two sequences begin with together."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
