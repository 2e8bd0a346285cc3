"""Note markers that an extractor lifted out of their lines go back into them.

A reader by place sets a raised number on a line of its own above the line it stands in; one that follows the order of
printing cuts the line at the number, and there the number stands right.  Which of the two it was, all lines that are
nothing but a marker tell together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..evidence import Evidence
from ..model import Block, Document, Span
from ..rewrite import read
from .marker_places import find_places
from .pairs import is_label_alone
from .patterns import label_shown
from .printed_columns import columns_of

_TEXT = ("p", "quote", "item")
_FULL = 85  # per cent of the measure
_WHOLE, _OVER = 80, 110  # per cent of the measure that the halves of one line reach, and do not pass
_ENDED = tuple(".!?。！？…”’\"'」』:：")
_LABEL = 5  # characters of a marker


@dataclass(frozen=True, slots=True)
class Lifted:
    """Markers on lines of their own: the lines [first, behind), and the lines of text around them, -1 without one."""

    first: int
    behind: int
    above: int


def lower_markers(
    document: Document, evidence: Evidence, articles: Iterable[Sequence[Block]], page_starts: Sequence[int]
) -> list[Block]:
    """The blocks of articles that change: markers lifted out of a line of text, set into it again."""
    known: dict[str, Block] = {}
    at_line: dict[int, str] = {}
    found: list[Lifted] = []
    for blocks in articles:
        labels: dict[str, list[int]] = {}
        for note in blocks:
            if note.kind == "note" and note.n:
                labels.setdefault(note.n, []).append(note.spans[-1][0])
        texts = sorted((block for block in blocks if block.kind in _TEXT), key=_start) if labels else []
        own = _lines_of(evidence, texts)
        known.update({block.id: block for block in texts})
        at_line.update(own)
        found += [
            lifted
            for lifted in _find(evidence, own, labels, page_starts)
            if lifted.behind in own and _are_on_one_page(evidence, lifted.first, lifted.behind, page_starts)
        ]
    if not _are_lifted(evidence, found):
        return []
    changed = dict(known)
    for lifted in reversed(found):
        _lower(document, evidence, lifted, changed, at_line, page_starts)
    return [block for name, block in changed.items() if block is not known[name]]


def _start(block: Block) -> int:
    return block.start


def _page(evidence: Evidence, line: int, page_starts: Sequence[int]) -> int:
    return bisect_right(page_starts, evidence.lines.start[line])


def _are_on_one_page(evidence: Evidence, one: int, other: int, page_starts: Sequence[int]) -> bool:
    return _page(evidence, one, page_starts) == _page(evidence, other, page_starts)


def _lines_of(evidence: Evidence, texts: Sequence[Block]) -> dict[int, str]:
    """The lines of running text, each with its block."""
    return {
        line: block.id
        for block in texts
        for start, end in block.spans
        for line in range(evidence.line_at(start), evidence.line_at(end - 1) + 1)
    }


def _find(
    evidence: Evidence, at_line: dict[int, str], labels: dict[str, list[int]], page_starts: Sequence[int]
) -> Iterable[Lifted]:
    """Lines of text that are nothing but a marker which a note bears, one below the other together."""
    texts = evidence.lines.text
    alone = [
        line
        for line in sorted(at_line)
        if len(texts[line]) <= _LABEL
        and is_label_alone(texts[line])
        and _is_answered(evidence.lines.start[line], labels.get(label_shown(texts[line]), ()), page_starts)
    ]
    known = set(alone)
    for line in alone:
        if line - 1 in known:
            continue
        behind = line
        while behind in known:
            behind += 1
        above = line - 1
        same_page = above in at_line and _are_on_one_page(evidence, above, line, page_starts)
        yield Lifted(line, behind, above if same_page else -1)


def _is_answered(marker: int, notes: Sequence[int], page_starts: Sequence[int]) -> bool:
    """Whether a note stands behind a marker on its page, or far behind it as the only one with its label."""
    page = bisect_right(page_starts, marker)
    return any(marker < note and (len(notes) == 1 or bisect_right(page_starts, note) == page) for note in notes)


def _are_lifted(evidence: Evidence, found: Sequence[Lifted]) -> bool:
    """Whether markers were lifted out of whole lines, or the lines were cut at them.

    Two parts that make a full line together were one, unless the first is the end of a paragraph.
    """
    columns, votes = evidence.lines, 0
    for lifted in found:
        below, measure = lifted.behind, evidence.measures[lifted.behind] * 100
        if columns.lead[lifted.first] > columns.lead[below] + 1:
            votes += 2
        if lifted.above < 0:
            continue
        above = columns.advance[lifted.above]
        if above * 10_000 >= measure * _FULL:
            votes += 1
            continue
        both = (above + columns.advance[below]) * 10_000
        is_ended = columns.text[lifted.above].endswith(_ENDED) and both < measure * _WHOLE
        votes -= 2 * (both <= measure * _OVER and not is_ended)
    return votes > 0


def _lower(
    document: Document,
    evidence: Evidence,
    lifted: Lifted,
    changed: dict[str, Block],
    at_line: dict[int, str],
    page_starts: Sequence[int],
) -> None:
    """Set the markers above a line into it, in place."""
    columns, line = evidence.lines, lifted.behind
    own, into = changed[at_line[lifted.first]], changed[at_line[line]]
    whole = (columns.start[line], columns.end[line])
    reading = read(document, (whole,))
    if reading.text != columns.text[line]:
        return
    page = _page_of(evidence, line, page_starts)
    leads = [columns.lead[marker] or -1 for marker in range(lifted.first, line)]
    places = find_places(reading.text, leads, columns_of(columns, line, page) if min(leads) >= 0 else [])
    if not places:
        return
    markers = [(columns.start[at], columns.end[at]) for at in range(lifted.first, line)]
    taken = _cut_out(own.spans, markers[0][0], whole[0] if own.id == into.id else markers[-1][1])
    if not taken:
        return
    changed[own.id] = replace(own, spans=_closed(document, taken, markers[0][0]))
    spans = list(changed[into.id].spans)
    for place, marker in sorted(zip(places, markers, strict=True), reverse=True):
        spans = _put_in(spans, reading.end(place), marker)
    changed[into.id] = replace(changed[into.id], spans=tuple(spans))


def _page_of(evidence: Evidence, line: int, page_starts: Sequence[int]) -> range:
    """The lines of the page of a line."""
    page = _page(evidence, line, page_starts)
    starts = evidence.lines.start
    first = bisect_left(starts, page_starts[page - 1]) if page else 0
    return range(first, bisect_left(starts, page_starts[page]) if page < len(page_starts) else len(starts))


def _cut_out(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The spans without [start, end)."""
    return [
        piece
        for left, right in spans
        for piece in ((left, min(right, start)), (max(left, end), right))
        if piece[0] < piece[1]
    ]


def _closed(document: Document, spans: Sequence[Span], before: int) -> tuple[Span, ...]:
    """The spans, without the blanks and line ends at the end of the one that ends at `before`."""
    text = document.source.text
    return tuple(
        (start, start + len(text[start:end].rstrip())) if end == before else (start, end) for start, end in spans
    )


def _put_in(spans: Sequence[Span], place: int, marker: Span) -> list[Span]:
    """The spans with one more set in at a place of theirs."""
    found: list[Span] = []
    for start, end in spans:
        if start < place <= end and marker not in found:
            found += [(start, place), marker, *([(place, end)] if place < end else [])]
        else:
            found.append((start, end))
    return found
