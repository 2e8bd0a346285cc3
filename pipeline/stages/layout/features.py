"""What can be said of each line for the labelling: names of plain features.

Geometry counts in relation to the page and the source (a line is short against its page's measure, a gap
wide against the usual gap), so that a layout never seen is described in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...evidence import Evidence
from ..patterns import label_of, note_label_of, note_value
from ..signs import find_signs

_TERMINAL = ".。!！?？…"
_CLOSING = "”’\"')）]」』》"
_HYPHENS = "-\u00ad\u2010\ufffe¬"
# What looks like a note marker, and what it is glued to: a letter, or signs behind one.
_MARKER_SIGN = re.compile(r"[\d*†‡§¶①-⑳\[〔［]")
_MARKER = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,6}|[①-⑳]|[\[〔［]\d{1,3}[\]〕］])(?![\w%])")
_GLUED_TO = re.compile(r"[^\W\d_][,.;:!?，。；：！？”’\"'）)》」]{0,3}\s?\Z")


@dataclass(slots=True)
class Line:
    """A line of running text (forme work is out): its index in `Lines`, page, and place on the page."""

    index: int
    page: int
    place: int
    left: int


def text_lines(page_of: Sequence[int], is_forme: Sequence[bool]) -> list[Line]:
    """The lines that are not forme work, with their place on the page from the top and from the foot."""
    lines: list[Line] = []
    counts: dict[int, int] = {}
    for index, page in enumerate(page_of):
        if not is_forme[index]:
            lines.append(Line(index, page, counts.get(page, 0), 0))
            counts[page] = counts.get(page, 0) + 1
    for line in lines:
        line.left = counts[line.page] - 1 - line.place
    return lines


class Regime:
    """Habits of the source: its measure by page, the usual gap, blanks left at line ends, indents."""

    def __init__(self, evidence: Evidence, lines: Sequence[Line]) -> None:
        columns = evidence.lines
        widths: dict[int, list[int]] = {}
        leads: dict[int, list[int]] = {}
        for line in lines:
            widths.setdefault(line.page, []).append(columns.width[line.index])
            leads.setdefault(line.page, []).append(columns.lead[line.index])
        self.measure = {page: _upper(found, evidence.measure) for page, found in widths.items()}
        self.base = {page: sorted(found)[len(found) // 4] for page, found in leads.items()}
        self.whole = evidence.measure
        self.gap = evidence.usual_gap
        trailing = sum(1 for line in lines if columns.trail[line.index])
        share = 100 * trailing // max(1, len(lines))
        self.trails = 35 <= share <= 97
        indented = sum(1 for line in lines if 1 < columns.lead[line.index] - self.base[line.page] <= 12)
        self.indents = 3 <= 100 * indented // max(1, len(lines)) <= 45
        gaps = sum(1 for line in lines if line.place and columns.gap[line.index] > self.gap)
        self.spaced = "rare" if gaps * 25 < len(lines) else "some" if gaps * 5 < len(lines) else "many"


def _upper(widths: list[int], whole: int) -> int:
    """Measure of a page: a width that few of its longer lines pass; the source's own where there are few."""
    longer = sorted(width for width in widths if width >= 16)
    return longer[len(longer) * 17 // 20] if len(longer) >= 8 else whole


def describe(evidence: Evidence, lines: Sequence[Line]) -> list[list[str]]:
    """Names of the features of every line."""
    regime = Regime(evidence, lines)
    signs = find_signs([evidence.lines.text[line.index] for line in lines])
    own = [_own(evidence, regime, line, found) for line, found in zip(lines, signs, strict=True)]
    markers = _markers_above(evidence, lines, own)
    shapes = _title_shapes(evidence, regime, lines, own)
    farther = _farther(lines, own)
    contents = {line.page for line, shown in zip(lines, own, strict=True) if _CONTENTS.intersection(shown.signs)}
    around = _notes_around(lines, own, markers, shapes)
    out: list[list[str]] = []
    nothing = _Own("edge", "edge", "edge", "edge", "", "", "", 0, 0, False, (), False)
    for at, line in enumerate(lines):
        before = own[at - 1] if at else nothing
        behind = own[at + 1] if at + 1 < len(lines) else nothing
        same_page = at > 0 and lines[at - 1].page == line.page
        names = _names(evidence, regime, line, own[at], before, behind, same_page, markers[at])
        names += farther[at]
        if at in shapes:
            names.append(shapes[at])
        names.append(f"notes-around={around[at]}")
        names.append(f"notes-around={around[at]}/{own[at].begins}")
        names.append(f"page-of-contents={line.page in contents}")
        if line.left == 0 and own[at].short > 12 and own[at].ends in ("letter", "closing"):
            names.append(f"last-and-short={before.ends}/{behind.begins}")
        out.append(names)
    return out


def _notes_around(
    lines: Sequence[Line], own: Sequence[_Own], markers: Sequence[str], shapes: Mapping[int, str]
) -> list[str]:
    """For every line: whether notes with markers begin above or below it on its page, or a head of notes
    stands above it with no title group since."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, line in enumerate(lines):
        if markers[at].startswith("marked"):
            first.setdefault(line.page, at)
            last[line.page] = at
    out: list[str] = []
    headed = False
    for at, line in enumerate(lines):
        if "notes-head" in own[at].signs:
            headed = True
        elif shapes.get(at, "").startswith("shape=byline"):
            headed = False
        above = "above" if first.get(line.page, at) < at else ""
        below = "below" if last.get(line.page, at) > at else ""
        out.append(f"{above}/{below}/{'headed' if headed else ''}")
    return out


def _title_shapes(evidence: Evidence, regime: Regime, lines: Sequence[Line], own: Sequence[_Own]) -> dict[int, str]:
    """Lines that together have the shape of a title group: up to five short open lines above a byline."""
    columns = evidence.lines
    shapes: dict[int, str] = {}
    for at, line in enumerate(lines):
        if own[at].width in ("nearly", "full", "over") or not _is_byline(own, at):
            continue
        first = at
        while first > 0 and at - first < 5 and lines[first - 1].page == line.page and _is_open(own[first - 1]):
            first -= 1
            if columns.gap[lines[first].index] > regime.gap:
                break
        if first == at:
            continue
        place = "foot" if line.left < 2 else "top" if lines[first].place < 3 else "inside"
        for row in range(first, at):
            shapes.setdefault(row, f"shape=title/{place}")
        shapes[at] = f"shape=byline/{place}"
    return shapes


def _is_open(own: _Own) -> bool:
    """Whether a line can belong to a title: neither full nor ending a sentence, no note, no numbering."""
    return (
        own.width not in ("full", "over")
        and own.ends not in ("stop", "quoted-stop", "hyphen")
        and not own.note
        and not own.label
    )


def _is_byline(own: Sequence[_Own], at: int) -> bool:
    """A byline by its own form, or a name with an affiliation below it or a star behind it."""
    signs = own[at].signs
    if _BYLINES.intersection(signs):
        return True
    if not _NAMES.intersection(signs):
        return False
    below = own[at + 1].signs if at + 1 < len(own) else ()
    return "affiliation" in below or own[at].starred


_BYLINES = {"by-name", "byline-han"}


def _farther(lines: Sequence[Line], own: Sequence[_Own]) -> list[list[str]]:
    """What stands two to four lines away on the same page: a byline below a title, a note's star above."""
    found: list[list[str]] = [[] for _ in lines]
    ahead = len(lines)  # the next line that looks like a name
    for at in range(len(lines) - 1, -1, -1):
        if ahead - at <= 4 and ahead < len(lines) and lines[ahead].page == lines[at].page:
            shape = f"{'short' if own[at].short > 12 else 'full'}/{own[at].ends}/{lines[ahead].left < 3}"
            found[at] += f"name-ahead={ahead - at}/{own[at].size}", f"name-ahead/{shape}"
        if not _NAMES.isdisjoint(own[at].signs):
            ahead = at
    above = -1  # the last note with a star
    for at, line in enumerate(lines):
        if above >= 0 and at - above <= 5 and lines[above].page == line.page:
            found[at].append(f"star-above={min(at - above, 3)}/{line.left < 6}")
        if own[at].note == "note-symbol":
            above = at
    return found


_CONTENTS = {"leader", "contents"}
_NAMES = {"by-name", "byline-han", "name", "names", "name-han"}


@dataclass(slots=True)
class _Own:
    """A line described by itself."""

    width: str
    begins: str
    ends: str
    size: str
    label: str
    note: str
    note_label: str
    short: int
    lead: int
    trail: bool
    signs: tuple[str, ...]
    starred: bool


def _own(evidence: Evidence, regime: Regime, line: Line, signs: tuple[str, ...]) -> _Own:
    columns = evidence.lines
    text, width = columns.text[line.index], columns.width[line.index]
    measure = max(16, regime.measure[line.page])
    share = 100 * width // measure
    note, note_label = note_label_of(text)
    return _Own(
        _share(share),
        _begins(text),
        _ends(text),
        _size(text, columns.han[line.index]),
        label_of(text),
        note,
        note_label,
        measure - width,
        columns.lead[line.index] - regime.base[line.page],
        columns.trail[line.index] > 0,
        signs,
        text[-1] in "*＊†",
    )


def _share(share: int) -> str:
    for limit, name in ((20, "tiny"), (40, "quarter"), (60, "half"), (75, "short"), (86, "shortish"), (94, "nearly")):
        if share < limit:
            return name
    return "full" if share <= 106 else "over"


def _begins(text: str) -> str:
    first = text[0]
    if first.islower():
        return "lower"
    if first.isdigit():
        return "digit"
    if first.isupper():
        return "upper"
    if first in "“\"‘'「『《〈":
        return "quote"
    if first in "([（〔［【":
        return "bracket"
    if first.isalpha():
        return "han" if first >= "\u2e80" else "letter"
    return "closing" if first in "，。、；：）」』”’,.;:)]!?" else "sign"


def _ends(text: str) -> str:
    last = text[-1]
    if last in _CLOSING and len(text) > 1:
        return "quoted-stop" if text[-2] in _TERMINAL else "closing"
    if last in _TERMINAL:
        return "stop"
    if last in _HYPHENS:
        return "hyphen"
    if last in ",，、;；":
        return "comma"
    if last in ":：":
        return "colon"
    if last.isdigit() or last in "*†‡§¶①②③④⑤⑥⑦⑧⑨⑩":
        return "stop-digit" if _stops_before_marker(text) else "digit"
    if last in "—–":
        return "dash"
    return "letter" if last.isalpha() else "sign"


def _stops_before_marker(text: str) -> bool:
    rest = text.rstrip("0123456789*†‡§¶①②③④⑤⑥⑦⑧⑨⑩[]〔〕")
    return bool(rest) and (rest[-1] in _TERMINAL or (rest[-1] in _CLOSING and rest[-2:-1] in tuple(_TERMINAL)))


def _size(text: str, han: int) -> str:
    if han * 2 >= len(text):
        return "han-name" if len(text) <= 4 else "han-short" if len(text) <= 20 else "han"
    words = text.count(" ") + 1
    return "word" if words == 1 else "words-2-4" if words <= 4 else "words-5-9" if words <= 9 else "words"


def _markers_above(evidence: Evidence, lines: Sequence[Line], own: Sequence[_Own]) -> list[str]:
    """For lines that begin like a note: whether its marker stands in the text above, and whether it follows
    the note before it."""
    out: list[str] = []
    seen: dict[str, int] = {}
    last = 0
    for at, line in enumerate(lines):
        answer = ""
        if own[at].note:
            label = own[at].note_label
            place = seen.get(label)
            near = place is not None and at - place < 90
            value = note_value(label)
            follows = value and (value == last + 1 or (value == 1 and last != 0))
            answer = ("marked" if near else "unmarked") + ("-next" if follows else "")
            if near or follows:
                last = value or last
        for marker in _glued_markers(evidence.lines.text[line.index]):
            seen[marker.strip("[]〔〕［］")] = at
        out.append(answer)
    return out


def _glued_markers(text: str) -> Iterator[str]:
    """What may be note markers in a line: figures and signs right behind a word."""
    if not _MARKER_SIGN.search(text):
        return
    last = 0
    for found in _MARKER.finditer(text):
        start = found.start()
        if _GLUED_TO.search(text[max(last, start - 5) : start]):
            last = found.end()
            yield found.group()


def _names(
    evidence: Evidence, regime: Regime, line: Line, own: _Own, before: _Own, behind: _Own, same_page: bool, marked: str
) -> list[str]:
    columns = evidence.lines
    gap = min(2, max(-1, columns.gap[line.index] - regime.gap)) if same_page else 9
    gap_name = {-1: "less", 0: "usual", 1: "one", 2: "more", 9: "page"}[gap]
    after = line.index + 1
    gap_behind = "edge" if line.left == 0 or after >= len(columns) else _gap_name(columns.gap[after] - regime.gap)
    lead = "none" if own.lead <= 0 else "one" if own.lead == 1 else "indent" if own.lead <= 8 else "far"
    short_before = "first" if not same_page and line.page == 0 else before.width
    names = [
        *_by_itself(own.width, own.begins, own.ends, own.size, own.label, gap_name),
        *_widths(before.width, own.width, behind.width, before.label),
        *_turns(before.ends, own.begins, own.ends, behind.begins, short_before),
        *_spaces(gap_name, regime.spaced, gap_behind, lead, regime.indents),
    ]
    add = names.append
    if own.note:
        add(f"note={own.note}")
        add(f"note={own.note}/{marked}")
        add(f"noted={marked}")
        add(f"note-gap={marked}/{gap_name}")
        add(f"note-after={marked}/{before.ends}")
    if before.note:
        add(f"before-note={before.note}")
        add("before-noted")
    for sign in own.signs:
        add(f"is={sign}")
    for sign in before.signs:
        add(f"after={sign}")
    for sign in behind.signs:
        add(f"ahead={sign}")
    if regime.trails:
        add(f"trail={before.trail}>{own.trail}")
        add(f"trail-end={before.trail}/{before.ends}/{same_page}")
    if regime.indents:
        add(f"indent={lead}/{before.ends}")
        add(f"indent-turn={_sign(own.lead - before.lead)}/{before.width}")
    if own.begins == "han" or own.size.startswith("han"):
        add(f"han-short={min(6, max(-1, own.short // 2))}")
        add(f"han-turn={min(6, max(-1, before.short // 2))}/{before.ends}")
        add(f"han-indent={1 if 3 <= own.short <= 5 else 0}/{before.ends}/{min(3, max(0, before.short // 2))}")
    add(f"place={'top' if line.place == 0 else 'near-top' if line.place < 4 else 'foot' if line.left < 6 else 'inside'}"
        f"/{'first' if line.page == 0 else 'later'}")  # fmt: skip
    if line.index < 12:
        add(f"opening={min(line.index, 6)}")
        add(f"opening-size={own.size}/{min(line.index, 3)}")
    if columns.width[line.index] * 20 > regime.whole * 21:
        add("wider-than-source")
    if len(evidence.lines.text[line.index]) == 1:
        add(f"single={own.begins}>{behind.begins}")
    return names


# The commonest names: made once for all lines that are alike.
@lru_cache(maxsize=1 << 14)
def _by_itself(width: str, begins: str, ends: str, size: str, label: str, gap: str) -> tuple[str, ...]:
    names = (
        f"w={width}", f"begins={begins}", f"ends={ends}", f"size={size}", f"w+begins={width}/{begins}",
        f"w+size={width}/{size}", f"fit={width}/{ends}/{gap}", f"label={label}",
    )  # fmt: skip
    if not label:
        return names
    return (
        *names, f"label={label}/{width}/{ends}", f"label-gap={label}/{gap}",
        f"labelled={width}/{ends}", f"labelled-gap={gap}",
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _widths(before: str, own: str, behind: str, label_before: str) -> tuple[str, ...]:
    return f"before={before}", f"behind={behind}", f"trio={before}>{own}>{behind}", f"label-before={label_before}"


@lru_cache(maxsize=1 << 14)
def _turns(before: str, begins: str, ends: str, behind: str, width_before: str) -> tuple[str, ...]:
    return (
        f"before-ends={before}", f"turn={before}>{begins}", f"turn-behind={ends}>{behind}",
        f"break={width_before}/{before}/{begins}",
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _spaces(gap: str, spaced: str, gap_behind: str, lead: str, indents: bool) -> tuple[str, ...]:
    return f"gap={gap}/{spaced}", f"gap-behind={gap_behind}", f"lead={lead}/{indents}"


def _gap_name(gap: int) -> str:
    return ("less", "usual", "one", "more")[min(3, max(0, gap + 1))]


def _sign(number: int) -> str:
    return "more" if number > 1 else "less" if number < -1 else "same"
