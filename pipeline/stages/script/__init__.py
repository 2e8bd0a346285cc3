"""Stage 11, `script`: the Chinese script of each article and passage, and its normalization.

With `auto` an article stays in its own script and only characters that exist solely in the other one
are brought over; a target converts every article with OpenCC's standard configuration.  Names of
authors and protected terms are left alone wherever they stand, and so is Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from ...evidence import Evidence
from ...model import Article, Block, Changes, Document, Edit
from ...options import Options
from ...rewrite import differences, read
from ..stretches import Change, Guards, place_changes
from .names import find_names
from .tables import characters, converter, rule_of, telling

AMBIGUOUS_CERTAINTY = 85  # one simplified character for several traditional ones
# A passage of these kinds may be in another script on purpose, and keeps it.
FOREIGN_KINDS = ("abstract", "keywords", "alt-title", "quote")
SURE = 4  # characters of one script only that settle a passage
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_SENTENCE = re.compile("[^。！？\n]+")
_CLAUSE = re.compile(r"[^\s，。、；：！？]+|[\s，。、；：！？]+")


class Passage(NamedTuple):
    """How a block reads, how many of its characters exist in one script only, and whether any is Chinese."""

    text: str
    hans: int
    hant: int
    holds_han: bool


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Edits for characters of another script; articles and blocks with their script as `lang`."""
    passages = {
        block.id: read_passage(read(document, block.spans).text)
        for block in document.blocks.values()
        if block.kind != "fw"
    }
    whole = script_of(passages.values())
    home: dict[str, Home] = dict.fromkeys(passages, Home("", whole, "tw"))
    articles = []
    for article in document.articles:
        mine = [name for name in article.blocks if name in passages]
        chinese = [passages[name] for name in mine if _is_chinese(document.blocks[name], article.lang)]
        script = script_of(chinese) or whole
        home.update(dict.fromkeys(mine, Home(article.lang, script, region_of(chinese))))
        articles.append(_with_lang(article, script, options.script.target, chinese))
    edits, blocks = _edit(document, options, passages, home)
    return Changes(
        edits=tuple(edits),
        articles=tuple(articles) if tuple(articles) != document.articles else None,
        blocks=blocks,
    )


class Home(NamedTuple):
    """What an article gives its blocks: language, script, whose traditional forms it has."""

    lang: str
    script: str
    region: str


def read_passage(text: str) -> Passage:
    """A text with its counts of characters that exist in one script only."""
    if text.isascii() or not _HAN.search(text):
        return Passage(text, 0, 0, False)
    patterns = telling()
    return Passage(text, len(patterns.hans.findall(text)), len(patterns.hant.findall(text)), True)


def script_of(passages: Iterable[Passage]) -> str:
    """`Hans` or `Hant` by the characters that exist in one script only; empty where there are none."""
    hans = hant = 0
    for passage in passages:
        hans += passage.hans
        hant += passage.hant
    return "" if hans == hant == 0 else "Hans" if hans >= hant else "Hant"


def region_of(passages: Iterable[Passage]) -> str:
    """Whose traditional forms a text has: `tw`, `hk`, or none (OpenCC's own standard)."""
    text = "".join(passage.text for passage in passages if passage.hant)
    if text.count("爲") > text.count("為") or text.count("羣") > text.count("群"):
        return ""
    return "hk" if text.count("裏") + text.count("説") > text.count("裡") + text.count("說") else "tw"


def configuration(script: str, target: str, region: str) -> str:
    """OpenCC's configuration that brings text of a script to the target; empty: nothing to convert.

    Text that is in the target's script already gets single stray characters only.
    """
    base, _, option = target.partition("-")
    phrases = "p" if target.endswith("-phrases") else ""
    if base == "hans":
        return "" if script != "Hant" else f"{region or 'tw'}2s{phrases}" if phrases or region else "t2s"
    wanted = option.removesuffix("phrases").strip("-")
    if base == "hant" and script != "Hant":
        return f"s2{wanted}{phrases}" if wanted else "s2t"
    return f"t2{wanted}" if base == "hant" and wanted else ""


def _is_chinese(block: Block, article_lang: str) -> bool:
    return (block.lang or article_lang or "zh").startswith("zh")


def _with_lang(article: Article, script: str, target: str, chinese: list[Passage]) -> Article:
    """The article with its script: that of the target where one is set."""
    if article.lang.split("-")[0] != "zh" and (article.lang or not any(passage.holds_han for passage in chinese)):
        return article
    script = {"hans": "Hans", "hant": "Hant"}.get(target.split("-")[0], script)
    return replace(article, lang=f"zh-{script}" if script else article.lang)


def _edit(
    document: Document, options: Options, passages: Mapping[str, Passage], home: Mapping[str, Home]
) -> tuple[list[Edit], tuple[Block, ...] | None]:
    """Edits of all blocks, and the blocks where the language of one became clearer."""
    target, guards = options.script.target, Guards(document)
    names = find_names(document, options.script.protect)
    edits: list[Edit] = []
    changed: dict[str, Block] = {}
    for name, passage in passages.items():
        block, (article_lang, script, region) = document.blocks[name], home[name]
        if (block.lang or article_lang)[:2] == "ja" or not passage.holds_han:
            continue
        own = _script_of_passage(block, passage, script)
        final = {"hans": "Hans", "hant": "Hant"}.get(target.split("-")[0], own)
        if final and (block.lang == "zh" or (final != script and target == "auto")):
            changed[name] = replace(block, lang=f"zh-{final}")
        if target == "keep" or (target == "auto" and not _is_chinese(block, article_lang)):
            continue
        config = configuration(own, target, region)
        if config or (passage.hant if final == "Hans" else passage.hans):
            stray = "t2s" if final == "Hans" else f"s2{region or 't'}"
            edits += _convert(document, block, guards, names, config, stray)
    if not changed:
        return edits, None
    return edits, tuple(changed.get(block.id, block) for block in document.blocks.values())


def _script_of_passage(block: Block, passage: Passage, script: str) -> str:
    """The script of a block: its article's, unless it is a passage that is all in the other one."""
    own = script_of([passage])
    if block.kind not in FOREIGN_KINDS or not own or own == script:
        return script or own
    sure, rest = (passage.hans, passage.hant) if own == "Hans" else (passage.hant, passage.hans)
    return own if sure >= SURE and rest * 10 < sure else script


def _convert(
    document: Document, block: Block, guards: Guards, names: re.Pattern[str] | None, config: str, stray: str
) -> list[Edit]:
    reading = read(document, block.spans)
    text = reading.text
    closed = [span for span in guards.covered(reading) if span[0] < span[1]]
    closed += [found.span() for found in names.finditer(text)] if names else []
    closed += _japanese(text)
    changes: list[Change] = []
    for start, end in _open(len(text), closed):
        found = _conversions(text[start:end], config) if config else _stray_conversions(text[start:end], stray)
        rule = rule_of(config or stray)
        for left, right, new in found:
            old = text[start + left : start + right]
            certainty = rule.certainty if characters().ambiguous.isdisjoint(old) else AMBIGUOUS_CERTAINTY
            changes.append((start + left, start + right, new, rule, certainty))
    return place_changes(reading, changes)


def _japanese(text: str) -> list[tuple[int, int]]:
    """The sentences that have kana in them."""
    if not _KANA.search(text):
        return []
    return [found.span() for found in _SENTENCE.finditer(text) if _KANA.search(found[0])]


def _open(length: int, closed: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches between the closed ones."""
    place = 0
    for start, end in sorted(closed):
        if place < start:
            yield place, start
        place = max(place, end)
    if place < length:
        yield place, length


def _conversions(text: str, config: str) -> list[tuple[int, int, str]]:
    """What OpenCC changes; where it changes the length (words of another region), clause by clause."""
    new = converter(config).convert(text)
    if len(new) == len(text):
        return differences(text, new)
    return [
        change
        for clause in _CLAUSE.finditer(text)
        for change in differences(clause[0], converter(config).convert(clause[0]), clause.start())
    ]


def _stray_conversions(text: str, config: str) -> list[tuple[int, int, str]]:
    """What OpenCC changes of characters that exist solely in the other script."""
    solely = characters().hant if config == "t2s" else characters().hans
    new = converter(config).convert(text)
    if len(new) != len(text):
        return []
    found: list[tuple[int, int, str]] = []
    for at in compress(count(), map(ne, text, new)):
        if text[at] in solely:
            start, before = (found.pop()[::2]) if found and found[-1][1] == at else (at, "")
            found.append((start, at + 1, before + new[at]))
    return found
