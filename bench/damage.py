"""Ways in which clean text is damaged, and how much of the damage `letters` undoes.

Only damage that has an inverse is made: a stretch of which a wrong reading loses characters is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random
from typing import Literal, NamedTuple

import ftfy.bad_codecs  # noqa: F401  # `sloppy-windows-1252`, which shows undefined bytes as controls

from pipeline.model import Document, Edit, Source
from pipeline.options import Characters, Options
from pipeline.rewrite import apply, read
from pipeline.stages.letters import find
from pipeline.stages.letters.shadows import LETTERS

CHINESE = ("hans", "hant")
WESTERN = ("fr", "de", "en")
_SHADOWS: dict[str, str | int | None] = {letter: shadow for shadow, letter in LETTERS.items() if letter.isalpha()}
_HAN_WORD = re.compile("[\u4e00-\u9fff，、]{4,8}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_ASCII = re.compile("[^\x00-\x7f]")

SIZES = ("word", "line", "text")
AROUND = 30  # lines of clean text around a damaged word or line


def misread(text: str, written: str, shown: str) -> str:
    """A text in one encoding read in another; empty where characters would be lost."""
    try:
        damaged = text.encode(written).decode(shown)
        return damaged if damaged.encode(shown).decode(written) == text else ""
    except UnicodeError:
        return ""


def shadowed(text: str) -> str:
    """The Latin letters of a text as shadow letters; a text that holds shadows already has no inverse."""
    return "" if any(letter in LETTERS for letter in text) else text.translate(str.maketrans(_SHADOWS))


class Kind(NamedTuple):
    """A way of damaging: its name, the languages it happens to, and what it makes of a stretch."""

    name: str
    languages: tuple[str, ...]
    damage: Callable[[str], str]


def _kind(written: str, shown: str, languages: tuple[str, ...], names: tuple[str, str]) -> Kind:
    return Kind(f"{names[0]} read as {names[1]}", languages, partial(misread, written=written, shown=shown))


KINDS = (
    _kind("utf-8", "sloppy-windows-1252", (*CHINESE, *WESTERN), ("UTF-8", "Windows-1252")),
    _kind("utf-8", "latin-1", (*CHINESE, *WESTERN), ("UTF-8", "Latin-1")),
    _kind("utf-8", "mac-roman", WESTERN, ("UTF-8", "MacRoman")),
    _kind("utf-8", "gbk", (*CHINESE, *WESTERN), ("UTF-8", "GBK")),
    _kind("utf-8", "big5", (*CHINESE, *WESTERN), ("UTF-8", "Big5")),
    _kind("gbk", "latin-1", CHINESE, ("GBK", "Latin-1")),
    _kind("gbk", "sloppy-windows-1252", CHINESE, ("GBK", "Windows-1252")),
    _kind("big5", "latin-1", ("hant",), ("Big5", "Latin-1")),
    _kind("big5", "sloppy-windows-1252", ("hant",), ("Big5", "Windows-1252")),
    _kind("gbk", "utf-8", CHINESE, ("GBK", "UTF-8")),
    _kind("big5", "utf-8", ("hant",), ("Big5", "UTF-8")),
    _kind("big5", "gb18030", ("hant",), ("Big5", "GBK")),
    _kind("gbk", "big5", CHINESE, ("GBK", "Big5")),
    Kind("shadow letters", ("en",), shadowed),
)


class Case(NamedTuple):
    """A clean text, the same with a stretch damaged, and where that stretch stands in it."""

    clean: str
    damaged: str
    start: int
    end: int


def cases(kind: Kind, language: str, size: str, texts: Sequence[str], count: int) -> Iterator[Case]:
    """Up to `count` damaged stretches of that size, each inside clean lines of its own language."""
    random = Random(16)
    lines = [line for text in texts for line in re.split("[\n\f]", text) if line.strip()]
    for _ in range(count * 8 if len(lines) > AROUND else 0):
        at = random.randrange(len(lines) - AROUND)
        clean = "\n".join(lines[at : at + AROUND])
        start, end = _stretch(clean, language, size, random, kind.name)
        damaged = _damage(kind, clean[start:end])
        if damaged and damaged != clean[start:end]:
            yield Case(clean, clean[:start] + damaged + clean[end:], start, start + len(damaged))
            count -= 1
        if not count:
            return


def _damage(kind: Kind, stretch: str) -> str:
    """Line by line, so that one line with a character too many does not spare all the others."""
    lines = stretch.split("\n")
    damaged = [kind.damage(line) for line in lines]
    return "\n".join(new or line for new, line in zip(damaged, lines, strict=True)) if any(damaged) else ""


def _stretch(clean: str, language: str, size: str, random: Random, kind: str) -> tuple[int, int]:
    if size == "text":
        return 0, len(clean)
    if size == "line":
        starts = [0, *(found.end() for found in re.finditer("\n", clean))]
        start = random.choice(starts)
        return start, (clean + "\n").index("\n", start)
    if kind.endswith("read as UTF-8") and language in CHINESE:
        words = _valid_by_chance(clean, kind.split()[0].lower())
        return random.choice(words) if words else (0, 0)
    words = [found.span() for found in (_HAN_WORD if language in CHINESE else _WORD).finditer(clean)]
    if kind != "shadow letters":
        words = [(left, right) for left, right in words if _NOT_ASCII.search(clean, left, right)]
    return random.choice(words) if words else (0, 0)


def _valid_by_chance(clean: str, codec: str) -> list[tuple[int, int]]:
    """Two and more characters whose pairs of bytes are all UTF-8 of two bytes: what this damage leaves whole."""
    is_valid = ["x" if misread(character, codec, "utf-8") and character > "\x7f" else " " for character in clean]
    return [found.span() for found in re.finditer("x{2,}", "".join(is_valid))]


def cleaned(text: str) -> str:
    """The text after `letters`."""
    document = Document(Source("x", text, ()))
    return read(apply(document, find(document, None, Options())), [(0, len(text))]).text


def judge(case: Case) -> str:
    """`repaired`, `left`, `partly` (what was changed is right, but not all was), `harmed`."""
    clean, new = cleaned(case.clean), cleaned(case.damaged)
    if new == clean:
        return "repaired"
    if new == case.damaged:
        return "left"
    whole = case.clean[case.start : len(case.clean) - len(case.damaged) + case.end]
    due = {_what(edit, case.clean) for edit in _edits(case.clean)}  # what the clean text gets too
    edits = [edit for edit in _repairs(case.damaged) if _what(edit, case.damaged) not in due]
    if not edits:
        return "left"
    inside = all(case.start <= edit.start and edit.end <= case.end and edit.new in whole for edit in edits)
    return "partly" if inside else "harmed"


def _edits(text: str, mojibake: Literal["repair", "keep"] = "repair") -> tuple[Edit, ...]:
    options = Options(characters=Characters(mojibake=mojibake))
    return find(Document(Source("x", text, ())), None, options).edits


def _repairs(text: str) -> list[Edit]:
    """The edits that undo a wrong reading; not those of forms (a sign of another width in what is left)."""
    forms = set(_edits(text, "keep"))
    return [edit for edit in _edits(text) if edit not in forms]


def _what(edit: Edit, text: str) -> tuple[str, str]:
    return text[edit.start : edit.end], edit.new


def measure(texts: Mapping[str, Sequence[str]], count: int) -> Iterator[tuple[str, str, str, Counter[str]]]:
    """(kind, language, size, how many cases were judged how), in order."""
    for kind in KINDS:
        for language in kind.languages:
            for size in SIZES:
                found = Counter(judge(case) for case in cases(kind, language, size, texts[language], count))
                if found:
                    yield kind.name, language, size, found


def lossy(kind: tuple[str, str], texts: Sequence[str], count: int) -> Counter[str]:
    """Lines that lost characters by a wrong reading (written, shown): how many are said to have, and how many are
    changed in a way that is not right."""
    random, found = Random(17), Counter[str]()
    lines = [line for text in texts for line in re.split("[\n\f]", text) if _HAN_WORD.search(line)]
    for line in random.sample(lines, min(count, len(lines))):
        try:
            damaged = line.encode(kind[0]).decode(kind[1], "replace")
        except UnicodeEncodeError:
            continue
        if "\ufffd" not in damaged:
            continue
        changes = find(Document(Source("x", damaged, ())), None, Options())
        found["lost"] += 1
        found["said"] += any(remark.rule == "replacement-character" for remark in changes.remarks)
        found["harmed"] += any(edit.new not in line for edit in _repairs(damaged))
    return found


LOSSY = (("gbk", "utf-8"), ("big5", "utf-8"), ("utf-8", "gbk"), ("utf-8", "big5"), ("gbk", "big5"))


def table(rows: Iterator[tuple[str, str, str, Counter[str]]]) -> Iterator[str]:
    yield "| damage | text | stretch | cases | repaired exactly | partly | left | harmed |"
    yield "| --- " * 8 + "|"
    for kind, language, size, found in rows:
        counts = " | ".join(str(found[how]) for how in ("repaired", "partly", "left", "harmed"))
        yield f"| {kind} | {language} | {size} | {sum(found.values())} | {counts} |"
