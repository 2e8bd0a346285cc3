"""The grammar `jiaokan.rng`, and what it says of a file in words that help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from ..resources import schema_path
from .contents import Content, contents
from .finding import Finding

_VAGUE = re.compile("failed to validate content|Internal error")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_NAME = r"(?P<{}>[\w:.-]+)"

# libxml2's messages: what is said instead of them, and which element's content is shown.
MESSAGES = tuple(
    (re.compile(pattern.replace("ELEMENT", _NAME.format("element")).replace("OTHER", _NAME.format("other"))), what)
    for pattern, what in (
        ("Did not expect element ELEMENT there", "<{element}> is not allowed here"),
        ("Did not expect text in element ELEMENT content", "text is not allowed in <{element}>"),
        ("Element ELEMENT has extra content: OTHER", "in <{element}>, <{other}> is not allowed, or not at this place"),
        ("Expecting an element ELEMENT, got nothing", "<{element}> is missing"),
        ("Expecting an element ?, got nothing", "an element is missing"),
        ("Expecting element ELEMENT, got OTHER", "<{other}> stands where <{element}> should"),
        ("Invalid attribute OTHER for element ELEMENT", "attribute {other} of <{element}>: not allowed, or not with this value"),
        ("Element ELEMENT failed to validate attributes", "attributes of <{element}>: one is missing, or has a wrong value"),
        ("Expecting a namespace for element ELEMENT", "<{element}> is not in the namespace of TEI"),
        ("Element ELEMENT has wrong namespace: .*", "<{element}> is not in the namespace of TEI"),
    )
)  # fmt: skip
FORM = "the grammar (jiaokan.rng) does not allow it"


def against_grammar(name: str, root: etree._Element) -> Iterator[Finding]:
    """What the grammar says of a file: of libxml2's messages only those that say more than `in here`."""
    if grammar().validate(root):
        return
    entries = [(entry.line, _NAMESPACE.sub("", entry.message)) for entry in grammar().error_log]
    telling = [entry for entry in entries if entry[0] and not _VAGUE.search(entry[1])]
    for line, message in dict.fromkeys(telling or entries or [(0, "not valid")]):
        yield explained(name, line, message)


@lru_cache(maxsize=1)
def grammar() -> etree.RelaxNG:
    """The compiled grammar; it cannot be pickled, so each process makes its own (in 2 ms)."""
    return etree.RelaxNG(etree.parse(schema_path("jiaokan.rng")))


def explained(name: str, line: int, message: str) -> Finding:
    """A message of libxml2 in plain words, with what the element may have."""
    for pattern, what in MESSAGES:
        found = pattern.match(message)
        if found is not None:
            names = found.groupdict()
            element = names.get("element") or ""
            return Finding(name, line, what.format(**names), FORM, _mend(element, what), "grammar")
    return Finding(name, line, message, FORM, "compare it with the example in schemas/jiaokan.odd", "grammar")


def _mend(element: str, what: str) -> str:
    known = contents().get(element)
    if known is None:
        return f"<{element}> is not used: take it out" if element else "see schemas/jiaokan.odd"
    if "attribute" in what:
        return f"<{element}> has {_attributes(known) or 'no attributes'}"
    if what.startswith("<{element}>"):
        above = sorted(parent for parent, content in contents().items() if element in content.children)
        return f"<{element}> stands in {_listed(above)}"
    return f"<{element}> holds {_listed(sorted(known.children), known.has_text)}"


def _listed(names: list[str], has_text: bool = False) -> str:
    shown = (["text"] if has_text else []) + [f"<{name}>" for name in names]
    return ", ".join(shown) or "nothing"


def _attributes(known: Content) -> str:
    told = []
    for name in sorted(known.attributes):
        values = " | ".join(sorted(known.attributes[name]))
        needed = " (always)" if name in known.required else ""
        told.append(f'{name}="{values}"{needed}' if values else f"{name}{needed}")
    return ", ".join(told)
