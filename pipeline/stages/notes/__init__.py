"""Stage 9: each marker to its note, each note to its markers; what is left over is a remark.

Markers are looked for by the form of the notes' own labels, on the note's page for notes at a page's foot,
in the whole article for end notes.  Plain numbers glued to words are believed only in the order of the notes:
the best rising assignment is chosen.  A bracketed number no note answers to stays text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from ...evidence import Evidence
from ...model import Article, Block, Changes, Document, Edit, Mark, Remark, Rule
from ...options import Options
from ...rewrite import Reading, read
from ..patterns import note_value
from .assignment import assign
from .carried_over import give_back
from .labels import labels_of, take_off_label, take_off_misread
from .lone_markers import breaks_line, close_up, is_line
from .markers import ALONE, LIFTED, Place, bracketed_places, form_of, places_of, plain_label
from .misread_markers import MISREAD_MARKER, find_misread
from .shared_feet import share_feet

MARKER = Rule("note-marker", "kept", 93, "A note marker, matched with its note.")
ORPHAN_MARKER = Rule("marker-without-note", "kept", 60, "A note marker that no note answers to.")
ORPHAN_NOTE = Rule("note-without-marker", "kept", 60, "A note that no marker points to.")
CITED_LIST = Rule("cited-references", "kept", 88, "A numbered list at the end whose numbers are cited: end notes.")
AUTHOR_MARKER = Rule("author-marker", "kept", 90, "The marker of a note on an author.")

OUT_OF_ORDER = 60  # certainty of a marker that stands out of the order of the notes
BETWEEN_OTHERS = 72  # certainty of a number that nothing but the markers before and behind it shows to be one
_NEAR = 10  # added to a marker's weight on the note's own page
_PLAIN_ENOUGH = 5  # weight of a marker that is believed out of order
_FLOW = ("p", "head", "quote", "item", "caption", "abstract", "bibl")
_AUTHOR_KINDS = ("byline", "title", "subtitle")
_NUMBERED = re.compile(
    r"\s*(?:[\[〔［【]\s*(\d{1,3})\s*[\]〕］】]|[（(](\d{1,3})[)）]|([①-⑳㉑-㉟❶-❿])|([¹²³⁰⁴-⁹]{1,3})"
    r"|(\d{1,3})(?:[.．、)]?\s|[.．、)](?=[\u3400-\u9fff《“])))"
)
_BRACKET = re.compile(r"\s*\^?[\[〔［【]\s*\d")


_start = attrgetter("start")


@dataclass(slots=True)
class Ledger:
    """One article's account of notes and markers."""

    notes: list[Block]
    targets: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # witness stretch of a marker -> notes
    certainty: dict[tuple[int, int], int] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    misread: set[tuple[int, int]] = field(default_factory=set)  # stretches that show another sign


@dataclass(slots=True)
class Text:
    """A block that can hold markers, and its reading."""

    block: Block
    reading: Reading
    _places: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        return self.block.start

    def places(self, form: str) -> list[Place]:
        """Where markers of a form can stand in it."""
        if form not in self._places:
            self._places[form] = places_of(self.reading.text, form)
        return self._places[form]


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Markers as marks, notes with their labels taken off, remarks for what does not balance."""
    blocks = dict(document.blocks)
    marks: list[Mark] = list(document.marks)
    edits: list[Edit] = []
    remarks: list[Remark] = []
    articles: list[Article] = []
    page_starts = sorted(mark.start for mark in document.marks if mark.tag == "pb")
    for article in share_feet(document, give_back(document.articles, blocks, page_starts), blocks, page_starts):
        if article.seq:
            names, notes = _gather(document, blocks, article)
            article = replace(article, blocks=tuple(names))
            ledger = Ledger(notes)
            texts = [
                Text(b, read(document, b.spans)) for name in names if (b := blocks[name]).kind in _FLOW + _AUTHOR_KINDS
            ]
            _link(document, ledger, texts, page_starts)
            marks += _marks(ledger)
            edits += close_up(document.source.text, list(ledger.targets), [text.reading for text in texts])
            remarks += _unbalanced(ledger)
            for note in notes:
                blocks[note.id] = note
                edits += take_off_label(document, note)
            edits += take_off_misread(document, notes)
        articles.append(article)
    return Changes(tuple(edits), tuple(blocks.values()), tuple(sorted(marks)), tuple(articles), remarks=tuple(remarks))


def _gather(document: Document, blocks: dict[str, Block], article: Article) -> tuple[list[str], list[Block]]:
    """Names of the article's blocks with its notes at the end, and the notes with their place and labels."""
    _cited_to_notes(document, blocks, [blocks[name] for name in article.blocks])
    mine = [blocks[name] for name in article.blocks]
    last_text = _last_text(mine)
    notes = []
    for block in sorted((b for b in mine if b.kind == "note"), key=lambda block: block.start):
        if block.type != "author":
            place = "end" if block.start > last_text or block.rule is CITED_LIST else "bottom"
            n = labels_of(document, block)
            if (block.type, block.n) != (place, n):
                block = replace(block, type=place, n=n)
        notes.append(block)
        blocks[block.id] = block
    return [b.id for b in mine if b.kind != "note"] + [b.id for b in notes], notes


def _last_text(mine: Sequence[Block]) -> int:
    """Where the notes at the end begin: behind their head or the last running text, if most notes stand there."""
    heads = [b.start for b in mine if b.kind == "label" and b.type == "notes"]
    notes = [b for b in mine if b.kind == "note" and b.n and b.type != "author"]
    if heads:
        return next((head for head in heads if _first_value(notes, head) == 1), heads[-1])
    text = max((b.spans[-1][1] for b in mine if b.kind in ("p", "head", "item", "quote")), default=0)
    behind = sum(1 for b in notes if b.start > text)
    several_pages = len(notes) > 2 and behind * 10 >= len(notes) * 8
    return text if several_pages and any(not b.n.startswith(("*", "†")) for b in notes) else 1 << 62


def _first_value(notes: Iterable[Block], head: int) -> int:
    """The number of the first note behind a head; 0 where there is none."""
    return next((note_value(note.n) for note in sorted(notes, key=_start) if note.start > head), 0)


def _cited_to_notes(document: Document, blocks: dict[str, Block], mine: Sequence[Block]) -> None:
    """References that are numbered, and whose numbers stand as markers in the text, are end notes."""
    listed = [b for b in mine if b.kind == "bibl"]
    headed = any(b.kind == "label" and b.type == "notes" for b in mine)
    numbered = [b for b in listed if _NUMBERED.match(read(document, b.spans).text)]
    if len(numbered) * 10 < len(listed) * 6 or not numbered:
        return
    texts = [read(document, b.spans).text for b in mine if b.kind in _FLOW and b.kind != "bibl"]
    form = (
        "" if _BRACKET.match(read(document, numbered[0].spans).text) else form_of(_first_label(document, numbered[0]))
    )
    wanted = {plain_label(label) for b in numbered if (label := _first_label(document, b))}
    seen = {
        plain_label(place.label)
        for text in texts
        for place in (places_of(text, form) if form else bracketed_places(text))
        if not form or place.weight >= 5
    }
    if len(wanted & seen) * 2 < len(wanted) and not headed:
        return
    last = ""
    for block in listed:
        if block in numbered:
            last = block.id
            blocks[block.id] = replace(
                block,
                kind="note",
                type="end",
                rule=CITED_LIST,
                certainty=CITED_LIST.certainty,
                n=_first_label(document, block),
            )
    for block in mine:
        if last and block.kind == "label" and block.type == "references":
            blocks[block.id] = replace(block, type="notes")


def _first_label(document: Document, block: Block) -> str:
    found = _NUMBERED.match(read(document, block.spans).text)
    return next(filter(None, found.groups()), "") if found else ""


def _link(document: Document, ledger: Ledger, texts: Sequence[Text], page_starts: Sequence[int]) -> None:
    brackets = [note for note in ledger.notes if note.n and note.type != "author" and _has_brackets(document, note)]
    _link_brackets(ledger, brackets, texts)
    bracketed = {note.id for note in brackets}
    rest = [note for note in ledger.notes if note.n and note.id not in bracketed and note.type != "author"]
    rest = without_bare_labels(document, rest)
    _link_in_order(
        document.source.text,
        ledger,
        rest,
        [text for text in texts if text.block.kind not in _AUTHOR_KINDS],
        page_starts,
    )
    _link_authors(ledger, texts)
    marked = {note: start for (start, _), notes in ledger.targets.items() for note in notes}
    readings = [text.reading for text in texts if text.block.kind not in _AUTHOR_KINDS]
    for stretch, note, certainty in find_misread(ledger.notes, marked, readings, page_starts):
        if stretch not in ledger.targets:
            _enter(ledger, stretch, note, certainty)
            ledger.misread.add(stretch)


def without_bare_labels(document: Document, notes: Sequence[Block]) -> list[Block]:
    """The notes without those that are a label alone which another note has too: a key of affiliations, a scrap."""
    source = document.source.text
    bare = {note.id for note in notes if "".join(source[start:end] for start, end in note.spans).strip() == note.n}
    known = {plain_label(note.n) for note in notes if note.id not in bare}
    return [note for note in notes if note.id not in bare or plain_label(note.n) not in known]


def _has_brackets(document: Document, note: Block) -> bool:
    """Whether the note's label is printed in brackets, wherever its span stands."""
    return any(_BRACKET.match(document.source.text, start, end) for start, end in note.spans)


def _link_brackets(ledger: Ledger, notes: Sequence[Block], texts: Sequence[Text]) -> None:
    """Every bracketed number that is a note's label points to it; the nearest note behind, if labels repeat."""
    by_label: dict[str, list[Block]] = {}
    for note in notes:
        for label in note.n.split():
            by_label.setdefault(label, []).append(note)
    if not by_label:
        return
    for text in texts:
        if text.block.kind == "bibl":
            continue
        for place in bracketed_places(text.reading.text):
            start, end = text.reading.start(place.start), text.reading.end(place.end)
            labelled = by_label.get(place.label, ())
            behind = bisect_right(labelled, start, key=_start)
            if behind < len(labelled):
                _enter(ledger, (start, end), labelled[behind].id, 97)
            elif place.weight >= 9:
                ledger.targets.setdefault((start, end), [])


def _link_in_order(
    source: str, ledger: Ledger, notes: Sequence[Block], texts: Sequence[Text], page_starts: Sequence[int]
) -> None:
    """The best assignment of markers to notes, both in rising order.

    A note at a page's foot has its marker on its own page or, where a page's beginning was not seen or the
    note ran over, on the page before; if all else fails on the next one, where the text was moved on behind
    it; an end note anywhere in the article, most likely before the notes.
    """
    if not notes:
        return
    wanted = {plain_label(note.n) for note in notes}
    places = _all_places(source, texts, sorted({form_of(note.n) for note in notes}), wanted)
    by_label: dict[str, list[int]] = {}
    for at, (_, _, label, _) in enumerate(places):
        by_label.setdefault(label, []).append(at)
    starts = [place[0] for place in places]
    ends = [note.start for note in notes if note.type == "end"]
    candidates = []
    for note in notes:
        page = bisect_right(page_starts, note.start) - 1
        own = page_starts[page] if page >= 0 else 0
        low = 0 if note.type == "end" or page < 1 else page_starts[page - 1]
        high = 1 << 62 if note.type == "end" or page + 2 >= len(page_starts) else page_starts[page + 2]
        behind = 1 << 62 if page + 1 >= len(page_starts) else page_starts[page + 1]
        if note.type == "end":
            own, behind = 0, ends[0]
        ours = by_label.get(plain_label(note.n), [])
        window = ours[bisect_left(ours, bisect_left(starts, low)) : bisect_left(ours, bisect_left(starts, high))]
        nearness = [0 if starts[at] >= behind else _NEAR if starts[at] >= own else 2 for at in window]
        candidates.append([(at, places[at][3] + near) for at, near in zip(window, nearness, strict=True)])
    likely = [[(at, weight) for at, weight in window if places[at][3]] for window in candidates]
    taken = dict(assign(likely))
    for note_at, at in sorted(taken.items()):
        start, end, _, weight = places[at]
        _enter(ledger, (start, end), notes[note_at].id, min(97, 70 + 4 * weight))
    others = dict(left_over(likely, taken))
    for note_at, at in others.items():
        _enter(ledger, places[at][:2], notes[note_at].id, OUT_OF_ORDER)
    for note_at, at in between_others(candidates, taken | others):
        _enter(ledger, places[at][:2], notes[note_at].id, BETWEEN_OTHERS)


def left_over(candidates: Sequence[Sequence[tuple[int, int]]], taken: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """Notes that found no marker in order, and the one marker on their page that nothing else took: an extractor put the
    text out of order there."""
    used = set(taken.values())
    for note_at, window in enumerate(candidates):
        free = [at for at, weight in window if weight >= _NEAR + _PLAIN_ENOUGH and at not in used]
        if note_at not in taken and len(free) == 1:
            used.add(free[0])
            yield note_at, free[0]


def between_others(
    candidates: Sequence[Sequence[tuple[int, int]]], taken: Mapping[int, int]
) -> Iterable[tuple[int, int]]:
    """Notes without a marker between two that have one, and the one number between these two markers that can be theirs."""
    for note_at, window in enumerate(candidates):
        if note_at - 1 in taken and note_at not in taken and note_at + 1 in taken:
            between = [at for at, _ in window if taken[note_at - 1] < at < taken[note_at + 1]]
            if len(between) == 1:
                yield note_at, between[0]


def _all_places(
    source: str, texts: Sequence[Text], forms: Sequence[str], wanted: Collection[str]
) -> list[tuple[int, int, str, int]]:
    """Possible markers of these forms and labels in all texts: (witness start, end, label, weight), ascending."""
    found = []
    for text in texts:
        places = [place for form in forms for place in text.places(form) if plain_label(place.label) in wanted]
        if not places:
            continue
        starts = text.reading.starts([place.start for place in places])
        ends = text.reading.ends([place.end for place in places])
        for start, end, place in zip(starts, ends, places, strict=True):
            weight = ALONE if place.weight < ALONE and is_line(source, start, end) else place.weight
            if weight < LIFTED and breaks_line(source, end):
                weight = LIFTED
            found.append((start, end, plain_label(place.label), weight))
    return sorted(found)


def _same_label(marker: str, label: str) -> bool:
    return bool(label) and plain_label(marker) == plain_label(label)


def _link_authors(ledger: Ledger, texts: Sequence[Text]) -> None:
    """Symbols in bylines and titles point to the notes on authors."""
    authors = [note for note in ledger.notes if note.type == "author"]
    spare = list(authors)
    for text in texts:
        if text.block.kind not in _AUTHOR_KINDS:
            continue
        for place in places_of(text.reading.text, "symbol") + (
            places_of(text.reading.text, "digit") if authors else []
        ):
            stretch = (text.reading.start(place.start), text.reading.end(place.end))
            fitting = [note for note in spare if _same_label(place.label, note.n)]
            if fitting:
                _enter(ledger, stretch, fitting[0].id, AUTHOR_MARKER.certainty)
                spare.remove(fitting[0])


def _enter(ledger: Ledger, stretch: tuple[int, int], note: str, certainty: int) -> None:
    ledger.targets.setdefault(stretch, []).append(note)
    ledger.certainty[stretch] = certainty
    ledger.marked.add(note)


def _marks(ledger: Ledger) -> Iterable[Mark]:
    last = -1
    for (start, end), targets in sorted(ledger.targets.items()):
        if start < last or end <= start:
            continue
        last = end
        rule = MISREAD_MARKER if (start, end) in ledger.misread else MARKER if targets else ORPHAN_MARKER
        yield Mark(
            start, end, "ref", rule, ledger.certainty.get((start, end), rule.certainty), target=" ".join(targets[:1])
        )


def _unbalanced(ledger: Ledger) -> Iterable[Remark]:
    for (start, end), targets in sorted(ledger.targets.items()):
        if not targets:
            yield Remark(start, end, ORPHAN_MARKER.id, ORPHAN_MARKER.certainty, "no note has this label")
    for note in ledger.notes:
        if note.id not in ledger.marked and note.n:
            yield Remark(
                note.start, note.start, ORPHAN_NOTE.id, ORPHAN_NOTE.certainty, f"no marker points to note {note.n}"
            )
