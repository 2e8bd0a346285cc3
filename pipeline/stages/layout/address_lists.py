"""Lists below the text of an article that say where its authors work: each entry begins with a name of the byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...evidence import Evidence, letters_of
from ..front.bylines import names_in
from ..institutions import INSTITUTION
from .features import Line, are_adjacent

_FAR = 5  # lines from a byline to what can be such a list, at the least
_MOST = 5  # lines of an entry
_SEPARATORS = (",", "，", ":", "：", "(", "（", ";")
_LEAST = 2  # entries, if the byline has several names


def find_address_lists(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    if "B" not in labels:
        return
    texts = [evidence.lines.text[line.index] for line in lines]
    for names, start, end in _bylines(texts, labels):
        first = tuple({letter for name in names for letter in (name[0], name[0].upper())})
        entries = [at for at in range(start, end) if texts[at].startswith(first) and _begins(texts, at, names)]
        if not entries or len(entries) < min(_LEAST, len(names)):
            continue
        for entry, following in zip(entries, [*entries[1:], end], strict=True):
            last = entry
            while last + 1 < min(following, entry + _MOST) and _goes_on(lines, texts, labels, last):
                last += 1
            labels[entry : last + 1] = ["B", *"A" * (last - entry)]
            if last + 1 < len(labels) and labels[last + 1] in "pnh":
                labels[last + 1] = labels[last + 1].upper()


def _bylines(texts: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[set[str], int, int]]:
    """The names of every byline right below a title, and the lines below it, to the next title with other names."""
    found: list[tuple[set[str], int, int]] = []
    known: set[str] = set()
    for at in [at for at, label in enumerate(labels) if label == "T" and labels[at + 1 : at + 2] == ["B"]]:
        last = at + 1
        while last < len(labels) and labels[last] in "BA":
            last += 1
        own = " ".join(text for text, label in zip(texts[at:last], labels[at:last], strict=True) if label == "B")
        names = {letters_of(name) for name, _, _ in names_in(own)} - {""}
        if names and not names & known:
            known = names
            found.append((names, at, last))
    for (names, _, last), (_, end, _) in pairwise((*found, (known, len(labels), 0))):
        yield names, min(last + _FAR, end), end


def _begins(texts: Sequence[str], at: int, names: set[str]) -> bool:
    """Whether a line begins with one of these names, and it or the next has an institution."""
    cut = min((place for place in map(texts[at].find, _SEPARATORS) if place > 0), default=0)
    if not cut or letters_of(texts[at][:cut]) not in names:
        return False
    return INSTITUTION.search(" ".join(texts[at : at + 2])[cut:]) is not None


def _goes_on(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> bool:
    """Whether the line behind `at` goes on with its entry."""
    return are_adjacent(lines, at) and labels[at + 1] in "pPABThHn" and not texts[at].endswith((".", "。"))
