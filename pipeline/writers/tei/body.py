"""The text of an article: divisions, paragraphs, lists; notes and references behind it.

One line a block, so that differences between two editions can be read; nothing is indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ...edition import Break, Division, Inline, Note, Passage
from .citations import is_reference
from .markup import attributes, element, inline, page_break, says_something, split_breaks
from .scope import Scope

# By kind of block: what stands before the attributes, between them and the text, and behind the text.
SHAPES = {
    "p": ("<p", ">", "</p>"),
    "matter": ("<p", ">", "</p>"),
    "quote": ("<quote", "><p>", "</p></quote>"),
    "item": ("<item", "><p>", "</p></item>"),
    "caption": ("<figure", "><head>", "</head></figure>"),
    "table": ("<ab", ' type="table">', "</ab>"),
    "formula": ("<ab", ' type="formula">', "</ab>"),
    "bibl": ("<bibl", ">", "</bibl>"),
}
LINED = ("table", "formula")
MATTER = ("cover", "contents", "colophon", "advertisement", "other")


def text(scope: Scope) -> list[str]:
    """The lines of `text`: body, and back where there are notes or references."""
    body: list[str] = []
    (_matter if scope.article.xml_id == "matter" else _children)(scope, scope.article.body, body)
    _lead_with_break(body)
    if all(line.startswith(("<pb", "<figure")) for line in body):
        body.append("<div/>")  # TEI wants more in a body than what can stand anywhere
    back = _back(scope)
    if back:
        back = ["<back>", *back, "</back>"]
    return [f"<text{scope.foreign(scope.lang)}>", "<body>", *body, "</body>", *back, "</text>"]


def _lead_with_break(body: list[str]) -> None:
    """A page break behind nothing but the tags of divisions (whose heads say nothing) is the first of all."""
    opened = 0
    while opened < len(body) and body[opened].startswith("<div"):
        opened += 1
    first = opened
    while first < len(body) and body[first].startswith("<pb"):
        first += 1
    if opened:
        body[:first] = body[opened:first] + body[:opened]


def _children(scope: Scope, children: Sequence[Passage | Division], out: list[str]) -> None:
    """Passages and divisions in order; neighbouring items are one list."""
    in_list = False
    for child in children:
        is_item = isinstance(child, Passage) and child.block.kind == "item"
        if in_list and not is_item:
            out.append("</list>")
            in_list = False
        if isinstance(child, Division):
            _division(scope, child, out)
            continue
        written = _passage(scope, child, out)
        if written and is_item and not in_list:
            out.append("<list>")
            in_list = True
        if written:
            out.append(written)
    if in_list:
        out.append("</list>")


def _division(scope: Scope, division: Division, out: list[str], kind: str = "") -> None:
    head = division.head
    content = _breaks_first(scope, head, out)
    first = next((at for at, child in enumerate(division.children) if isinstance(child, Division)), None)
    said = says_something(content)
    if not said:
        out.extend(page_break(scope, piece) for piece in content if isinstance(piece, Break))
    # sections are not held by one without a head
    first = len(division.children) if said else _first_division(division.children)
    own, sections = division.children[:first], division.children[first:]
    if own or not sections:
        _held(scope, division, own, content if said else (), out, kind)
    for section in sections:
        _division(scope, section, out, kind)  # type: ignore[arg-type]


def _first_division(children: Sequence[Passage | Division]) -> int:
    """How many passages stand before the first division."""
    return next((at for at, child in enumerate(children) if isinstance(child, Division)), len(children))


def _held(
    scope: Scope,
    division: Division,
    children: Sequence[Passage | Division],
    content: Sequence[Inline],
    out: list[str],
    kind: str,
) -> None:
    """A `div` with some of its children; without a `head` where there is no content for it."""
    head = division.head
    out.append(f"<div{attributes(xml_id=scope.id(head.id), type=kind)}>")
    if content:
        run_in = attributes(type="run-in" if head.block.type == "run-in" else "")
        out.append(f"<head{run_in}{scope.lang_of(head.block.lang)}>{inline(scope, content)}</head>")
    _children(scope, children, out)
    out.append("</div>")


def _passage(scope: Scope, passage: Passage, out: list[str]) -> str:
    """The passage as a line, its first page breaks put out; the empty string if it says nothing."""
    content = _breaks_first(scope, passage, out)
    if not says_something(content):
        out.extend(page_break(scope, piece) for piece in content if isinstance(piece, Break))
        return ""
    kind = passage.block.kind
    before, between, behind = SHAPES.get(kind, SHAPES["p"])
    names = f' xml:id="{scope.id(passage.id)}"{scope.lang_of(passage.block.lang)}'
    return f"{before}{names}{between}{inline(scope, content, lined=kind in LINED)}{behind}"


def _breaks_first(scope: Scope, passage: Passage, out: list[str]) -> Sequence[Inline]:
    """Put out the page breaks a passage begins with; its content without them."""
    breaks, content = split_breaks(passage.content)
    out.extend(page_break(scope, piece) for piece in breaks)
    return content


def _matter(scope: Scope, children: Sequence[Passage | Division], out: list[str]) -> None:
    """What belongs to no article: a division for each stretch of one type."""
    for kind, group in groupby(children, key=_type_of):
        members = list(group)
        if isinstance(members[0], Division):
            for member in members:
                _division(scope, member, out, kind)  # type: ignore[arg-type]
            continue
        inner: list[str] = []
        _children(scope, members, inner)
        first = next((at for at, line in enumerate(inner) if not line.startswith("<pb")), len(inner))
        out += inner[:first]
        if inner[first:]:
            out += [f'<div type="{kind}">', *inner[first:], "</div>"]


def _type_of(child: Passage | Division) -> str:
    while isinstance(child, Division):
        if not child.children:
            return child.head.block.type if child.head.block.type in MATTER else "other"
        child = child.children[0]
    return child.block.type if child.block.type in MATTER else "other"


def _back(scope: Scope) -> list[str]:
    """Notes and references, in the order their first running text stands in the source."""
    article = scope.article
    position = scope.edition.position
    ends = [position(note.passage.block.start) if note.place == "end" else -1 for note in article.notes]
    first_note = min(ends, default=-1)
    first_reference = min((position(passage.block.start) for passage in article.references), default=-1)
    parts = [(first_note, _notes(scope)), (first_reference, _references(scope))]
    if 0 <= first_reference < first_note:
        parts.reverse()
    return [line for _, part in parts for line in part]


def _notes(scope: Scope) -> list[str]:
    notes, labels = scope.article.notes, scope.article.labels.get("notes", ())
    if not notes and not labels:
        return []
    out: list[str] = []
    head = _labels(scope, labels, out)
    out += ['<div type="notes">', *head]
    for note in notes:
        out.extend(_note(scope, note))
    return [*out, "</div>"]


def _note(scope: Scope, note: Note) -> Iterable[str]:
    """A note holds no page break: one at its beginning stands before it, one inside it behind it.

    An end note that is a reference and nothing else is a `bibl`.
    """
    passage = note.passage
    breaks, content = split_breaks(passage.content)
    names = attributes(
        xml_id=scope.id(passage.id), n=" ".join(note.labels), place=note.place, type=note.type
    ) + scope.lang_of(passage.block.lang)
    yield from (page_break(scope, piece) for piece in breaks)
    inner = [piece for piece in content if not isinstance(piece, Break)]
    text = inline(scope, inner)
    if note.place == "end" and is_reference(passage.text):
        text = f"<bibl>{text}</bibl>"
    yield f"<note{names}>{text}</note>"
    yield from (page_break(scope, piece) for piece in content if isinstance(piece, Break))


def _references(scope: Scope) -> list[str]:
    references, labels = scope.article.references, scope.article.labels.get("references", ())
    if not references and not labels:
        return []
    out: list[str] = []
    head = _labels(scope, labels, out)
    out += ['<div type="references">', *head]
    inner: list[str] = []
    for passage in references:
        written = _passage(scope, passage, inner)
        inner += [written] if written else []
    if any(line.startswith("<bibl") for line in inner):
        out += ["<listBibl>", *inner, "</listBibl>"]
    else:
        out += inner
    return [*out, "</div>"]


def _labels(scope: Scope, labels: Sequence[Passage], out: list[str]) -> list[str]:
    """The printed heads of a division of the back: notes that begin anew behind each page may have several."""
    heads = []
    for label in labels:
        content = _breaks_first(scope, label, out)
        if says_something(content):
            heads.append(element("head", inline(scope, content), xml_id=scope.id(label.id)))
    return heads
