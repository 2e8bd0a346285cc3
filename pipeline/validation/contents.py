"""What the grammar allows in each element, read from `jiaokan.rng`: for messages, and to keep the ODD in step.

An element that is described in several contexts (`p` in a header and in a body) has all of them together here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from ..resources import schema_path

_RNG = "{http://relaxng.org/ns/structure/1.0}"
ELEMENT, ATTRIBUTE, REF, DEFINE = _RNG + "element", _RNG + "attribute", _RNG + "ref", _RNG + "define"
OPTIONAL = frozenset(_RNG + name for name in ("optional", "zeroOrMore"))


@dataclass(slots=True)
class Content:
    """Children, attributes with their listed values (none: free), and those that stand in every context."""

    children: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    has_text: bool = False


@lru_cache(maxsize=1)
def contents() -> dict[str, Content]:
    """What each TEI element may have, by its name."""
    root = etree.parse(schema_path("jiaokan.rng")).getroot()
    defines = {define.get("name", ""): define for define in root.iter(DEFINE)}
    found: dict[str, Content] = {}
    for element in root.iter(ELEMENT):
        if element.get("ns") is not None:
            continue  # xi:include is no element of TEI
        one = Content()
        for child in element:
            _gather(child, one, defines, needed=True)
        name = element.get("name", "")
        known = found.get(name)
        found[name] = one if known is None else _united(known, one)
    return found


def _gather(pattern: etree._Element, into: Content, defines: dict[str, etree._Element], *, needed: bool) -> None:
    """Add what a pattern allows, without going into the elements it names."""
    if pattern.tag == ELEMENT:
        if pattern.get("ns") is None:
            into.children.add(pattern.get("name", ""))
    elif pattern.tag == ATTRIBUTE:
        name = pattern.get("name", "")
        values = {value.text or "" for value in pattern.iter(_RNG + "value")}
        into.attributes.setdefault(name, set()).update(values)
        if needed:
            into.required.add(name)
    elif pattern.tag == REF:
        for child in defines[pattern.get("name", "")]:
            _gather(child, into, defines, needed=needed)
    elif pattern.tag in (_RNG + "text", _RNG + "data"):
        into.has_text = True
    elif pattern.tag == _RNG + "choice":
        _gather_choice(pattern, into, defines, needed=needed)
    else:
        for child in pattern.iterchildren(etree.Element):
            _gather(child, into, defines, needed=needed and pattern.tag not in OPTIONAL)


def _gather_choice(pattern: etree._Element, into: Content, defines: dict[str, etree._Element], *, needed: bool) -> None:
    """Of alternatives everything is allowed, and needed what all of them need."""
    branches = []
    for child in pattern.iterchildren(etree.Element):
        branch = Content()
        _gather(child, branch, defines, needed=needed)
        branches.append(branch)
    for branch in branches:
        into.children |= branch.children
        into.has_text |= branch.has_text
        for name, values in branch.attributes.items():
            into.attributes.setdefault(name, set()).update(values)
    into.required |= set.intersection(*(branch.required for branch in branches)) if branches else set()


def _united(one: Content, other: Content) -> Content:
    """Both contexts of an element; a list of values ends where one of them is free."""
    attributes = dict(one.attributes)
    for name, values in other.attributes.items():
        known = attributes.get(name)
        attributes[name] = values if known is None else (known | values if known and values else set())
    return Content(
        one.children | other.children, attributes, one.required & other.required, one.has_text or other.has_text
    )
