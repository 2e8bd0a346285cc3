"""Lines that list the names of several people, as running heads over the pages of what they wrote together do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from ..evidence import letters_of
from ..model import Block, Document
from ..rewrite import read
from .front.beside import is_person
from .institutions import names_workplace

_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*")
_WORD = r"(?:[^\W\d_a-z][\w’'.-]*|van|von|de[lrn]?|di|da|la|le|zu)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")
_EDGES = re.compile(r"^\W*\d{0,4}\s*|\s*\d{0,4}\W*$")  # page numbers beside names
_PARTED = re.compile(r"[,;&]\s*[^\W\d_]")
_SEPARATORS = (",", "&", " and ", " und ", " et ")
_LONGEST = 300  # characters


def listed_names(text: str) -> list[str]:
    """The names of a line that is a list of two or more, each of more than one word; else nothing."""
    if len(text) > _LONGEST or not any(sign in text for sign in _SEPARATORS):
        return []
    names = [name for name in _BETWEEN.split(_EDGES.sub("", text)) if name]
    if len(names) < 2 or not all(map(_NAME.fullmatch, names)) or names_workplace(text):
        return []
    return names if sum(map(is_person, names)) * 2 > len(names) else []


def name_lists(document: Document) -> list[list[str]]:
    """The lists of names that stand in running heads, each once."""
    found: dict[str, list[str]] = {}
    for block in document.blocks.values():
        if block.kind == "fw" and block.type != "pageNum":
            text = read(document, block.spans).text
            found.setdefault(letters_of(text), listed_names(" ".join(text.split())))
    return [names for names in found.values() if names]


def with_separators(text: str, lists: Sequence[Sequence[str]]) -> str:
    """A byline with commas between its names, each with the keys behind it, where it has none and a list has them."""
    if _PARTED.search(text):
        return text
    letters = letters_of(text)
    for names in lists:
        keys = [letters_of(name) for name in names]
        for start in range(len(keys)):
            for end in range(start + 2, len(keys) + 1):
                if letters == "".join(keys[start:end]):
                    return ", ".join(_cut(text, map(len, keys[start:end])))
    return text


def _cut(text: str, sizes: Iterable[int]) -> Iterator[str]:
    """A text cut behind so many letters each time, and what else stands behind these."""
    at = 0
    for size in sizes:
        start = at
        while at < len(text) and (size > 0 or not text[at].isalpha()):
            size -= len(letters_of(text[at]))
            at += 1
        yield text[start:at].strip()


def names_elsewhere(document: Document, order: Sequence[Block], groups: Sequence[Sequence[Block]]) -> set[str]:
    """The ids of bylines, with institutions below them, that belong to a title block and stand elsewhere on its page.

    A running head lists them together with who is named in the block; or they are names above institutions, as those
    in the block are, below its abstract or text.
    """
    page_starts = sorted(mark.start for mark in document.marks if mark.tag == "pb")
    lists = [list(map(letters_of, names)) for names in name_lists(document)]
    on_page: dict[int, list[Block]] = {}
    for block in order:
        on_page.setdefault(bisect_right(page_starts, block.start), []).append(block)
    pages = [bisect_right(page_starts, group[0].start) for group in groups]
    found: set[str] = set()
    for group, page in zip(groups, pages, strict=True):
        named = [block for block in group if block.kind == "byline"]
        if not named:
            continue
        first, own = _letters(document, named[0]), {block.id for block in group}
        listed = {key for keys in lists if first.startswith(keys[0]) for key in keys}
        is_alone = pages.count(page) == 1 and named[0].id != group[0].id
        is_alike = is_alone and any(block.kind == "affiliation" for block in group)
        others = [block for block in on_page.get(page, []) if block.id not in own]
        found.update(_of_group(document, others, listed, is_alike=is_alike))
    return found


def _of_group(document: Document, blocks: Sequence[Block], listed: Collection[str], *, is_alike: bool) -> Iterator[str]:
    for at, block in enumerate(blocks):
        if block.kind != "byline":
            continue
        end = at + 1
        while end < len(blocks) and blocks[end].kind == "affiliation":
            end += 1
        text, below = (read(document, other.spans).text for other in (block, blocks[end - 1]))
        is_named = is_alike and end > at + 1 and is_person(text) and (names_workplace(below) or "@" in below)
        if is_named or _letters(document, block) in listed:
            yield from (other.id for other in blocks[at:end])


def _letters(document: Document, block: Block) -> str:
    return letters_of(read(document, block.spans).text)
