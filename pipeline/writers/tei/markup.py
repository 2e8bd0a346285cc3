"""Strings into XML: escaping, attributes, addresses, and the content of a passage with one clause a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from ...edition import Break, Choice, Foreign, Inline, Pointer, Url
from .scope import Scope, language

TEI = "http://www.tei-c.org/ns/1.0"
XINCLUDE = "http://www.w3.org/2001/XInclude"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

# What no XML document can hold; the letters stage has dealt with it, this is the last resort.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_LINE_END = re.compile("\r\n?|\n")
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
# An address a parser of URIs takes: scheme, host and port in order, or a path without a colon before its slash.
_ADDRESS = re.compile(
    r"""(?:[A-Za-z][A-Za-z0-9+.-]*:(?://(?:[^@/?\#:\[\]]*@)?[^@:/?\#\[\]]+(?::[0-9]{1,5})?(?=[/?\#]|\Z)
          |(?!//)(?=[^?\#]))
       |(?!/)[^:/?\#]+(?=[/?\#]|\Z))
       [^?\#\[\]]*(?:\?[^\#\[\]]*)?(?:\#[^\#\[\]]*)?""",
    re.VERBOSE,
)


def escape(text: str) -> str:
    """Text as character data; what XML cannot hold is left to `encode`."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r", "&#13;")
    return text


def encode(lines: Iterable[str]) -> bytes:
    """The lines of a file; what XML cannot hold, looked for once in all of it, becomes U+FFFD."""
    text = "\n".join(lines) + "\n"
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return _UNWRITABLE.sub("\ufffd", text).encode("utf-8")
    if len(data.translate(None, _CONTROLS)) == len(data) and not any(sign in data for sign in _NONCHARACTERS):
        return data
    return _UNWRITABLE.sub("\ufffd", text).encode("utf-8")


def attributes(**values: str) -> str:
    """Attributes in the order given, those without a value left out; `xml_id` is written `xml:id`."""
    written = ""
    for name, value in values.items():
        if value:
            written += f' {name.replace("xml_", "xml:")}="{_quoted(value)}"'
    return written


def element(name: str, content: str, **values: str) -> str:
    """An element of markup; the empty string where there is no content."""
    return f"<{name}{attributes(**values)}>{content}</{name}>" if content and not content.isspace() else ""


def address(target: str) -> str:
    """A URI in ASCII, percent-encoded where it must be; the empty string for what cannot be one."""
    encoded = _PERCENT.sub("%25", quote(target.strip(), safe="!#$%&'()*+,-./:;=?@_~", errors="replace"))
    return encoded if _ADDRESS.fullmatch(encoded) else ""


def lines(text: str) -> str:
    """Text whose line ends matter: each becomes an `lb`."""
    return "<lb/>".join(escape(line) for line in _LINE_END.split(text))


def page_break(scope: Scope, piece: Break) -> str:
    """A `pb`, and where the options ask for it the forme work of its page."""
    n = f' n="{_quoted(piece.n)}"' if piece.n else ""
    written = f'<pb{n} cert="medium"/>' if piece.inferred and n else f"<pb{n}/>"
    for kind, place, text in scope.forme_work.get(piece.start, ()):
        written += element("fw", lines(text), type=kind, place=place)
    return written


def inline(scope: Scope, content: Iterable[Inline], *, lined: bool = False) -> str:
    """The content of a passage; with `lined` line ends become `lb`."""
    text = lines if lined else escape
    out: list[str] = []
    for piece in content:
        if isinstance(piece, str):
            out.append(text(piece))
        elif isinstance(piece, Break):
            out.append(page_break(scope, piece))
        elif isinstance(piece, Pointer):
            out.append(pointer(scope, piece))
        elif isinstance(piece, Url):
            target = address(piece.target)
            out.append(f'<ref target="{_quoted(target)}">{text(piece.text)}</ref>' if target else text(piece.text))
        elif isinstance(piece, Foreign):
            out.append(f"<foreign{scope.foreign(language(piece.lang))}>{text(piece.text)}</foreign>")
        else:
            out.append(_choice(piece))
    return "".join(out)


def pointer(scope: Scope, piece: Pointer) -> str:
    """A note marker: one `ref` a note, the marker as printed in the first; an orphan has no target."""
    if not piece.targets:
        return f'<ref type="note">{escape(piece.text)}</ref>'
    first, *others = (scope.target(target) for target in piece.targets)
    printed = f'<ref type="note" target="{first}">{escape(piece.text)}</ref>'
    return printed + "".join(f'<ref type="note" target="{other}"/>' for other in others)


def split_breaks(content: Sequence[Inline]) -> tuple[Sequence[Break], Sequence[Inline]]:
    """Page breaks before the first text (blanks apart), and the rest."""
    if content and isinstance(content[0], str) and content[0] and not content[0].isspace():
        return (), content
    breaks: list[Break] = []
    rest: list[Inline] = []
    for at, piece in enumerate(content):
        if isinstance(piece, Break):
            breaks.append(piece)
        elif isinstance(piece, str) and not piece.strip():
            rest.append(piece)
        else:
            return breaks, [*rest, *content[at:]]
    return breaks, rest


def says_something(content: Iterable[Inline]) -> bool:
    """Whether there is more than blanks and page breaks."""
    for piece in content:
        if isinstance(piece, str):
            if piece and not piece.isspace():
                return True
        elif not isinstance(piece, Break):
            return True
    return False


def _choice(piece: Choice) -> str:
    before, after = ("sic", "corr") if piece.by_hand else ("orig", "reg")
    return f"<choice><{before}>{lines(piece.orig)}</{before}><{after}>{lines(piece.reg)}</{after}></choice>"


def _quoted(value: str) -> str:
    if value.isalnum():
        return value
    return escape(value).replace('"', "&quot;").replace("\t", " ").replace("\n", " ").replace("&#13;", " ")
