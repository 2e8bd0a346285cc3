"""The rules of `schemas/jiaokan.sch` in one pass over each tree: what a grammar cannot say.

Each function gives the id of the assert that does not hold; sentences stand in the schema.  Files are looked
at one by one: a `Ledger` keeps the little that only another file can answer, and `settle` answers it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ROOT, BODY, PB, FW = TEI + "TEI", TEI + "body", TEI + "pb", TEI + "fw"
REF, NOTE, BACK, LINK, TITLES = TEI + "ref", TEI + "note", TEI + "back", TEI + "link", TEI + "titleStmt"
DIV, FIGURE, P = TEI + "div", TEI + "figure", TEI + "p"
ORPHAN_NOTE, ORPHAN_MARKER = "note-without-marker", "marker-without-note"  # rules of the remarks on them
FILLED = frozenset(TEI + name for name in ("p", "head", "ab", "bibl", "title", "persName"))
BLOCKS = frozenset(TEI + name for name in ("p", "head", "ab", "bibl"))
LANGUAGE = f"{TEI}teiHeader/{TEI}profileDesc/{TEI}langUsage/{TEI}language"

# The attributes that tell one element from others of its name.
SHOWN = (("xml:id", ID), ("type", "type"), ("n", "n"), ("target", "target"), ("xml:lang", LANG))

_ink = re.compile("[^ \t\r\n]").search
_BLANKS = re.compile("[ \t\r\n]+")
_ARABIC = re.compile("[0-9]+")
_WITH_ID = etree.XPath("descendant-or-self::*[@xml:id]")
_WITH_LANGUAGE = etree.XPath("descendant-or-self::*[@xml:lang]")
_IDS = etree.XPath("descendant-or-self::*/@xml:id", smart_strings=False)
_LANGUAGES = etree.XPath("descendant-or-self::*/@xml:lang", smart_strings=False)


class Part(NamedTuple):
    """A file of a source and its root."""

    file: str
    root: etree._Element


class Broken(NamedTuple):
    """A rule that does not hold: file, line, id of the rule, and the tag it is about."""

    file: str
    line: int
    rule: str
    what: str = ""


class _File(NamedTuple):
    """What the rules need to know of the file they look at."""

    article: str
    ids: Mapping[str, int]
    notes: frozenset[str]
    marked: frozenset[str]
    remarked: frozenset[str]
    running: frozenset[str]


@dataclass(slots=True)
class Ledger:
    """What one file says that only others can answer; small, as nearly everything is settled in its own file."""

    in_corpus: bool
    unreadable: set[str] = field(default_factory=set)  # articles whose files are not well formed
    roots: dict[str, list[Broken]] = field(default_factory=dict)
    pointers: list[tuple[str, bool, Broken]] = field(
        default_factory=list
    )  # id, is it a note's, what if it is not there
    strays: list[tuple[str, Broken]] = field(default_factory=list)  # ids that belong to another article
    unmarked: list[tuple[str, Broken]] = field(default_factory=list)  # notes without a marker in their own file


def note_root(part: Part, ledger: Ledger) -> None:
    """Enter the article of a file, so that others can point into it."""
    file, root = part
    broken = Broken(file, line_of(root), "id-unique", tag_of(root))
    ledger.roots.setdefault(root.get(ID, ""), []).append(broken)


def check_file(part: Part, ledger: Ledger) -> Iterator[Broken]:
    """The rules over one article or the matter; what they leave open goes into the ledger."""
    file, root = part
    known = _know(root)
    declared = _declared(root)
    note_root(part, ledger)
    for element, rule in _of_tree(root, known, declared):
        broken = Broken(file, line_of(element), rule, tag_of(element))
        if rule == "marker-target" and not element.get("target", "").startswith("#"):
            if ledger.in_corpus:
                ledger.pointers.append((element.get("target", "").partition("#")[2], True, broken))
        elif rule == "note-marked":
            ledger.unmarked.append((element.get(ID, ""), broken))
        else:
            if rule == "id-of-article":
                ledger.strays.append((element.get(ID, ""), broken._replace(rule="id-unique")))
            yield broken
    for pb in _running_back(root):
        yield Broken(file, line_of(pb), "pages-run-on", tag_of(pb))


def check_corpus(corpus: Part, order: Sequence[str], ledger: Ledger) -> Iterator[Broken]:
    """The rules over `corpus.xml` itself; `order` has the ids of the articles as they are included."""
    file, root = corpus
    known, declared = _File("", Counter(), *[frozenset[str]()] * 4), _declared(root)
    for child in root.iterchildren(etree.Element):
        if child.tag == ROOT:
            continue
        for element, rule in _of_tree(child, known, declared):
            yield Broken(file, line_of(element), rule, tag_of(element))
        for link in child.iter(LINK):
            broken = Broken(file, line_of(link), "link-target", tag_of(link))
            ledger.pointers += [(name, False, broken) for name in _pointed(link)]
    for name in order[:-1]:
        if name == "matter":
            yield from (broken._replace(rule="matter-last") for broken in ledger.roots[name])
    for name, roots in ledger.roots.items():
        yield from (one._replace(rule="file-of-article") for one in roots if one.file != f"{name}.xml")


def settle(ledger: Ledger, read: Callable[[str], etree._Element | None]) -> Iterator[Broken]:
    """What is open when all files were looked at once; `read` gives the root of an article by its id, again."""
    for roots in ledger.roots.values():
        yield from roots if len(roots) > 1 else ()
    marked = {name for name, is_note, _ in ledger.pointers if is_note}
    yield from (broken for name, broken in ledger.unmarked if name not in marked)
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in (*(name for name, _, _ in ledger.pointers), *(name for name, _ in ledger.strays)):
        wanted[name.partition("-")[0]].add(name)
    stray = Counter(name for name, _ in ledger.strays)
    there: dict[str, bool] = dict.fromkeys(stray, False)  # whether what bears the id is a note
    for article in sorted(wanted):
        root = read(article) if article in ledger.roots else None
        for element in root.iter(etree.Element) if root is not None else ():
            name = element.get(ID, "")
            if name in wanted[article]:
                there[name] = element.tag == NOTE and next(element.iterancestors(BACK), None) is not None
                if name in stray:
                    stray[name] += 1
                    yield Broken(ledger.roots[article][0].file, line_of(element), "id-unique", tag_of(element))
    yield from (broken for name, broken in ledger.strays if stray[name] > 1)
    for name, is_note, broken in ledger.pointers:
        if name.partition("-")[0] not in ledger.unreadable and not (there.get(name) if is_note else name in there):
            yield broken


def broken_rules(parts: Sequence[Part], corpus: Part | None) -> Iterator[Broken]:
    """Every rule that does not hold in files that are at hand all at once; with a corpus the parts are its own."""
    ledger = Ledger(corpus is not None)
    for part in parts:
        yield from check_file(part, ledger)
    roots = {part.root.get(ID, ""): part.root for part in parts}
    if corpus is not None:
        yield from check_corpus(corpus, list(roots), ledger)
        yield from settle(ledger, roots.get)
    else:
        yield from (broken for _, broken in ledger.unmarked)


def line_of(element: etree._Element) -> int:
    """The line an element stands in; 0 where it is not known."""
    return getattr(element, "sourceline", None) or 0


def tag_of(element: etree._Element) -> str:
    """The start tag of an element, with the attributes that tell which one it is."""
    shown = [(name, element.get(key)) for name, key in SHOWN if element.get(key) is not None]
    told = "".join(f' {name}="{value}"' for name, value in shown)
    return f"<{etree.QName(element).localname}{told}>"


def _know(root: etree._Element) -> _File:
    ids = Counter(cast(list[str], _IDS(root)))
    notes = (note.get(ID, "") for back in root.iter(BACK) for note in back.iter(NOTE))
    markers = (ref.get("target", "").partition("#")[2] for ref in root.iter(REF) if ref.get("type") == "note")
    remarks = (_remarked(p) for said in root.iter(TEI + "interpretation") for p in said.iterchildren(P))
    running = (_words(fw) for fw in root.iter(FW) if fw.get("type") in ("header", "footer"))
    sets = (frozenset(names) - {""} for names in (notes, markers, remarks, running))
    return _File(root.get(ID, ""), ids, *sets)


def _of_tree(root: etree._Element, known: _File, declared: set[str]) -> Iterator[tuple[etree._Element, str]]:
    """The elements of a tree, each with a rule that it breaks; one that nothing is asked of is not even looked at."""
    inside, own = known.article + "-", {known.article} - {""}
    ids = known.ids or dict.fromkeys(cast(list[str], _IDS(root)), 1)
    if any(times > 1 or not (name.startswith(inside) or name in own) for name, times in ids.items()):
        for element in _found(_WITH_ID, root):
            name = element.get(ID, "")
            if known.ids[name] > 1:
                yield element, "id-unique"
            if not name.startswith(inside) and element.tag != ROOT:
                yield element, "id-of-article"
    if not declared.issuperset(cast(list[str], _LANGUAGES(root))):
        for element in _found(_WITH_LANGUAGE, root):
            if element.get(LANG) not in declared:
                yield element, "language-declared"
    filled = FILLED - {P} if known.running else FILLED
    for element in root.iter(*CHECKS):
        tag = element.tag
        if tag in filled and (text := element.text) and _ink(text):
            continue  # by far the most: full, and asked no more than that
        for rule in CHECKS[tag](element, known):
            yield element, rule


def _found(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast(list[etree._Element], path(root))


def _of_filled(element: etree._Element, known: _File) -> Iterable[str]:
    text = element.text
    if (text and _ink(text)) or _has_ink(element) or next(element.iterdescendants(REF), None) is not None:
        return ()
    return ("not-empty",)


def _of_titles(statement: etree._Element, known: _File) -> Iterator[str]:
    types = [title.get("type") for title in statement.iterchildren(TEI + "title")]
    if None in types or types[:1] != ["main"]:
        yield "main-title-first"


def _of_note(note: etree._Element, known: _File) -> list[str]:
    name, n = note.get(ID), note.get("n")
    found = ["note-placed"] if name is None or note.get("place") is None else []
    if n is not None and name not in known.marked and n not in known.remarked:
        found.append("note-marked")
    return found if found and next(note.iterancestors(BACK), None) is not None else []


def _of_division(div: etree._Element, known: _File) -> Iterator[str]:
    parent = div.getparent()
    if parent is None:
        return
    if parent.tag == BACK:
        if _holds(div, TEI + "listBibl" if div.get("type") == "notes" else NOTE):
            yield "back-kind"
        return
    named, typed = div.get(ID) is not None, div.get("type") is not None
    if not typed and _holds(div, DIV) and not _holds(div, TEI + "head"):
        yield "section-headed"
    if parent.tag != BODY:
        if typed or not named:
            yield "section-id"
    elif not ((typed or not len(div)) if known.article == "matter" else (not typed and (named or not len(div)))):
        yield "division-kind"


def _holds(element: etree._Element, tag: str) -> bool:
    return next(element.iterchildren(tag), None) is not None


def _of_reference(ref: etree._Element, known: _File) -> Iterable[str]:
    target, is_marker = ref.get("target"), ref.get("type") == "note"
    if target is None:
        return _of_orphan(ref, is_marker, known)
    return _of_marker(target, known) if is_marker else ()


def _of_orphan(ref: etree._Element, is_marker: bool, known: _File) -> Iterator[str]:
    if not is_marker:
        yield "ref-points"
    if not _has_ink(ref):
        yield "orphan-printed"
    if is_marker and ORPHAN_MARKER not in known.remarked:
        yield "marker-answered"


def _of_marker(target: str, known: _File) -> list[str]:
    file, hash_mark, name = target.partition("#")
    found = []
    if not hash_mark or len(target.split()) > 1:
        found.append("marker-one-pointer")
    if name not in known.notes:
        found.append("marker-target")
    if not file and not name.startswith(known.article + "-"):
        found.append("marker-local")
    return found


def _pointed(link: etree._Element) -> tuple[str, str]:
    before, _, behind = link.get("target", "").partition(" ")
    return before.partition("#")[2], behind.partition("#")[2]


def _remarked(p: etree._Element) -> str:
    """The label of the note a remark is about, or the rule of the remark if it is about a marker."""
    rule = p.get("n", "")
    return (p.text or "").partition(" note ")[2] if rule == ORPHAN_NOTE else rule if rule == ORPHAN_MARKER else ""


def _running_back(root: etree._Element) -> Iterator[etree._Element]:
    """Page breaks of a body whose number is smaller than that of the break before; one without a number tells nothing."""
    for body in root.iter(BODY):
        last = 0
        for pb in body.iter(PB):
            n = int(pb.get("n", "")) if _ARABIC.fullmatch(pb.get("n", "")) else 0
            if 0 < n < last:
                yield pb
            last = n


def _declared(root: etree._Element) -> set[str]:
    return {language.get("ident", "") for language in root.iterfind(LANGUAGE)}


def _has_ink(element: etree._Element) -> bool:
    return any(_ink(text) for text in element.itertext())  # type: ignore[arg-type]


def _of_break(pb: etree._Element, known: _File) -> Iterator[str]:
    """Text, or anything but page breaks and forme work, stands before a break inside a block."""
    parent, before = pb.getparent(), pb.getprevious()
    if parent is None or parent.tag not in BLOCKS:
        return
    while before is not None:
        if before.tag not in (PB, FW) or (before.tail and _ink(before.tail)):
            return
        before = before.getprevious()
    if not (parent.text and _ink(parent.text)):
        yield "break-before-block"


def _of_paragraph(p: etree._Element, known: _File) -> Iterator[str]:
    yield from _of_filled(p, known)
    if known.running and _words(p) in known.running and next(p.iterancestors(BODY), None) is not None:
        yield "running-head-left"


def _words(element: etree._Element) -> str:
    """The text of an element, its blanks as XPath's normalize-space leaves them."""
    return " ".join(_BLANKS.split("".join(map(str, element.itertext())).strip(" \t\r\n")))


def _of_body(body: etree._Element, known: _File) -> Iterator[str]:
    if all(child.tag in (PB, FW, FIGURE) for child in body.iterchildren(etree.Element)):
        yield "body-filled"
    first = next(body.iter(PB), None)
    if first is None or next(body.iterchildren(etree.Element), None) is first:
        return
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element is first:
            yield "first-break"
            return
        text = element.text if event == "start" else element.tail
        if text and _ink(text):
            return


CHECKS: Mapping[str, Callable[[etree._Element, _File], Iterable[str]]] = {
    **dict.fromkeys(FILLED, _of_filled),
    P: _of_paragraph,
    REF: _of_reference,
    PB: _of_break,
    BODY: _of_body,
    DIV: _of_division,
    NOTE: _of_note,
    TITLES: _of_titles,
}
