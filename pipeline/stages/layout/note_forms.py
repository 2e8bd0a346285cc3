"""Numbered items of a text that look like notes, in a form that labels notes only in some sources: `(2)`, `2．`.

The notes of a source have labels of one form.  Where most have another, or where the numbers lack those before
them, such lines are items, unless they are not rare and their markers stand above them on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ...evidence import Evidence
from ..patterns import note_label_of
from .features import Line
from .note_marks import Marks

_BARE = ("note-alone", "note-symbol")  # markers on lines of their own, and notes on authors: no form of the notes
_WEAK = ("note-round", "item")
_NUMBERS = ("note-dotted", "note-blank", "note-glued")  # forms that any number at a line's beginning has
_RARE, _LEAST = 3, 10  # times that another form is commoner, and notes of that form, where such a number is no note's
_ROUND = "note-round"
_SIGN = re.compile(r"\d{1,3} ?([.．、)）])")
_WITHOUT_BLANK = re.compile(r"\d{1,3}[.．、)]\S")
_ENDED = tuple(".!?。！？…”’\"'」』)）]】:：;；")


def give_back_items(
    evidence: Evidence,
    lines: Sequence[Line],
    texts: Sequence[str],
    labels: list[str],
    marks: Marks,
    listed: set[int],
) -> None:
    """Labels of such items and of what goes on with them set in place; those of lists with a head are kept."""
    forms = {at: form for at, label in enumerate(labels) if label == "N" and (form := _form(texts[at]))}
    counts = Counter(forms.values())
    known: set[tuple[str, int]] = set()
    rare_forms = _rare_forms([texts[at] for at in forms])
    is_called = _is_called(lines, texts, [at for at, form in forms.items() if form == _ROUND], marks)
    for at, form in forms.items():
        if form not in _WEAK:
            if at not in listed and _sign_of(texts[at]) in rare_forms:
                make_item(evidence, lines, texts, labels, at)
            continue
        value = marks.of[at].value
        usual = all(counts[form] > count for other, count in counts.items() if other != form)
        follows = value == 1 or (form, value - 1) in known
        uncalled = form == _ROUND and not is_called
        rare = uncalled or any(count > 2 * counts[form] for count in counts.values())
        if at in listed or (usual and follows and not uncalled) or (not rare and _is_marked(lines, texts, at, value)):
            known.add((form, value))
        else:
            make_item(evidence, lines, texts, labels, at)


def _is_called(lines: Sequence[Line], texts: Sequence[str], numbered: Sequence[int], marks: Marks) -> bool:
    """Whether the number of some of these lines stands as a marker above it on its page, in brackets too."""
    for at in numbered:
        value = marks.of[at].value
        above = texts[at - lines[at].place : at]
        if _is_marked(lines, texts, at, value) or any(re.search(rf"[^ ]\({value}\)", text) for text in above):
            return True
    return False


def find_items(texts: Sequence[str], noted: Mapping[int, tuple[str, str]], marked: set[int]) -> list[int]:
    """Lines in such a form, where most of the lines whose markers stand above them have another, or none is there.

    noted   by line the form and the text of the label that it begins with
    marked  those whose markers stand above
    """
    forms = {at: _form(texts[at]) for at in noted}
    weak = [at for at, form in forms.items() if form in _WEAK]
    counts = Counter(forms[at] for at in marked if forms[at]) if weak else Counter()
    most = max(counts.values(), default=1)
    return [at for at in weak if counts[forms[at]] < most]


def _rare_forms(texts: Sequence[str]) -> set[str]:
    """The signs behind the numbers of lines taken for notes that are rare beside another sign."""
    counts = Counter(sign for text in texts if (sign := _sign_of(text)))
    most = max(counts.values(), default=0)
    return {sign for sign, count in counts.items() if most >= max(_LEAST, _RARE * count)}


def _sign_of(text: str) -> str:
    """What stands behind the number that labels a line, a blank if nothing does; empty for other labels."""
    found = _SIGN.match(text)
    if found is not None:
        return found[1]
    return " " if note_label_of(text)[0] in _NUMBERS else ""


def _form(text: str) -> str:
    """The form of the label that a line begins with: `item` for one with a stop right before the text."""
    name = note_label_of(text)[0]
    if name == "note-dotted" and _WITHOUT_BLANK.match(text):
        return "item"
    return "" if name in _BARE else name


def _is_marked(lines: Sequence[Line], texts: Sequence[str], at: int, value: int) -> bool:
    """Whether the number stands behind a word, or alone, above a line on its page."""
    marker = re.compile(rf"(?<=[^\s\d(（])(?<!\d[.,]){value}(?!\d|[.,．、]\d|[)）])|^{value}$")
    return any(marker.search(text) for text in texts[at - lines[at].place : at])


def make_item(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int) -> None:
    """A line taken for a note as text, with the lines that go on with it."""
    above = labels[at - 1] if at else ""
    goes_on = above in ("P", "p") and lines[at].page == lines[at - 1].page and not texts[at - 1].endswith(_ENDED)
    labels[at] = "p" if goes_on else "P"
    below = at + 1
    while below < len(texts) and labels[below] == "n" and lines[below].page == lines[at].page:
        labels[below] = "P" if evidence.is_apart(lines[below].index) else "p"
        below += 1
