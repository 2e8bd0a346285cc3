"""What the readers of TEI and JATS share."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from .drafting import tidy


def read_root(path: Path, *, is_huge: bool = False, is_mended: bool = False) -> etree._Element:
    """The root of an XML file, comments left out; of one that is not well formed, what can be read, if it is mended.

    Raises FileNotFoundError.
    """
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, huge_tree=is_huge, recover=is_mended)
    return etree.fromstring(path.read_bytes(), parser)


def find(element: etree._Element, path: str) -> etree._Element:
    """The first element at a path.  Raises ValueError where there is none."""
    found = element.find(path)
    if found is None:
        raise ValueError(f"no {path} in <{element.tag}>")
    return found


def text_of(element: etree._Element | None) -> str:
    """All text of an element, its blanks single; nothing of none."""
    return "" if element is None else tidy("".join(str(text) for text in element.itertext()))
