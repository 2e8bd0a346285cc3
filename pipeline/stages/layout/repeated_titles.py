"""Lines of a title that a running head or the page of contents repeats, whatever they were labelled.

A title of several lines, or of one word above a subtitle, can be taken for text, a note, an institution or a line of
the journal's own.  Where the lines down to one that was told to be of the title, or to the byline, begin with what
a running head behind them or an entry of the contents has, they are the title.  So is a line at a page's edge that
was taken for text or a note and is an entry of the contents.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import Evidence, letters_of
from ..front.bylines import BY, are_names
from ..mail import is_mail_line
from .features import Line, are_adjacent, left_out
from .title_parts import IMPRINT

_MOST = 4  # lines above the one that was told
_LEAST, _LEAST_HAN = 6, 4  # letters of what is repeated
_LEAST_OF_NAMES = 15  # of what was taken for names
_MISTAKEN = "IPpNnHhAX"
_MISTAKEN_ALONE = "PpNn"


def find_repeated_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    _find_titles_among_names(evidence, lines, labels)
    told = [at for at, label in enumerate(labels) if label in "TB" and at and labels[at - 1] in _MISTAKEN]
    repeats = _Repeats(evidence, lines, labels) if told or "C" in labels else None
    if repeats is None:
        return
    texts = evidence.lines.text
    for at in told:
        start = found = at
        while start and at - start < _MOST and are_adjacent(lines, start - 1):
            start -= 1
            if labels[start] not in _MISTAKEN:
                break
            end = at + (labels[at] == "T")
            if labels[start] == IMPRINT:
                # Rubrics and the journal's name stand in the contents, too, but beside no author.
                name = next((line for line in range(at, min(at + _MOST, len(labels))) if labels[line] == "B"), None)
                is_repeated = name is not None and repeats.is_listed_beside(start, texts[lines[name].index])
            else:
                is_repeated = repeats.is_listed(start) or repeats.is_run(start, end)
            if is_repeated:
                found = start
        labels[found:at] = ["T"] * (at - found)
    for at, line in enumerate(lines):
        if not (line.place and line.left) and labels[at] in _MISTAKEN_ALONE and repeats.has_entry(at):
            labels[at] = "T"
            if at + 1 < len(labels) and labels[at + 1] in "pn" and lines[at + 1].page == line.page:
                labels[at + 1] = labels[at + 1].upper()


def _find_titles_among_names(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """A byline that is nobody's name, the first of a title block, with which a running head begins: the title."""
    firsts = [at for at, label in enumerate(labels[:-1]) if label == "B" and labels[at + 1] in "BAT"]
    firsts = [at for at in firsts if not at or labels[at - 1] not in "TBA" or lines[at].place == 0]
    if not firsts:
        return
    heads = [evidence.keys[index] for index in left_out(evidence, lines)]
    for at in firsts:
        key, text = evidence.keys[lines[at].index], evidence.lines.text[lines[at].index]
        is_repeated = len(key) >= _LEAST_OF_NAMES and any(head.startswith(key) for head in heads)
        below = evidence.lines.text[lines[at + 1].index]
        is_above_mails = "@" in below and "@" not in text and not is_mail_line(below)  # as names have, and it has not
        if is_repeated and (is_above_mails or not (are_names(text) or BY.match(text))):
            labels[at] = "T"


class _Repeats:
    """The running heads and the entries of the contents, reduced to their letters."""

    def __init__(self, evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> None:
        self._keys = evidence.keys
        self._lines = lines
        self._heads: dict[str, list[int]] = {}  # where those stand that begin with these letters
        for index in left_out(evidence, lines):
            if _is_long(self._keys[index]):
                self._heads.setdefault(self._keys[index][:_LEAST_HAN], []).append(index)
        entries = [self._keys[line.index] for line, label in zip(lines, labels, strict=True) if label == "C"]
        self._entries, self._listed = entries, "".join(entries)

    def is_listed(self, at: int) -> bool:
        """Whether the contents have a line."""
        key = self._keys[self._lines[at].index]
        return _is_long(key) and key in self._listed

    def is_listed_beside(self, at: int, name: str) -> bool:
        """Whether an entry of the contents has a line, and it has a name too, or one beside it is the name."""
        key, of_name = self._keys[self._lines[at].index], letters_of(BY.sub("", name))
        for one, entry in enumerate(self._entries):
            beside = (entry, *self._entries[max(0, one - 1) : one], *self._entries[one + 1 : one + 2])
            if key in entry and _is_long(key) and (of_name in entry or of_name in beside):
                return True
        return False

    def is_run(self, start: int, end: int) -> bool:
        """Whether the lines from `start` to `end` begin with what running heads behind them have, and none before."""
        own = [self._keys[line.index] for line in self._lines[start:end]]
        first, last = self._lines[start].index, self._lines[end - 1].index
        alike = self._heads.get(own[0][:_LEAST_HAN], []) if _is_long(own[0]) else []
        places = [place for place in alike if _is_same(own, self._keys[place])]
        return any(place > last for place in places) and all(place > first for place in places)

    def has_entry(self, at: int) -> bool:
        """Whether a line is an entry of the contents by itself."""
        key = self._keys[self._lines[at].index]
        return _is_long(key) and key in self._entries


def _is_long(key: str) -> bool:
    return len(key) >= (_LEAST_HAN if key[:1] >= "\u2e80" else _LEAST)


def _is_same(title: Sequence[str], head: str) -> bool:
    """Whether a running head begins as a title does, with its whole first line or as far as it goes itself."""
    return head.startswith(title[0]) or "".join(title).startswith(head)
