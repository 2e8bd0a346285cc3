"""Stage 11, `script`: the Chinese script of each article and passage, and its normalization.

With `auto` an article stays in its own script and only characters that exist solely in the other one
are brought over; passages that are in the other script altogether keep it.  A target converts all with
OpenCC's standard configuration.  Names, protected terms and titles of works are left alone, and so is
Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...evidence import Evidence
from ...model import Article, Block, Changes, Document, Edit, Mark, Rule
from ...options import Options
from ...rewrite import Reading, read
from ..stretches import Change, Guards, is_free, place_changes
from .conversion import configuration, find_conversions, find_strays
from .names import find_names
from .passages import (
    SURE,
    SURE_RUNNING,
    Passage,
    Stretch,
    declared,
    find_japanese,
    find_quotations,
    find_titles,
    read_passage,
    region_of,
    script_of,
    settled,
)

OTHER_SCRIPT = Rule(
    "passage-in-other-script", "kept", 90, "A quotation that is in the other Chinese script and keeps it."
)
# Blocks that are short and may be in another script on purpose.
FOREIGN_KINDS = ("abstract", "keywords", "alt-title", "quote")
NOT_CHINESE = ("ja", "ko")
_SCRIPTS = {"hans": "Hans", "hant": "Hant"}


class Home(NamedTuple):
    """What an article gives its blocks: language, script, whose traditional forms it has."""

    lang: str
    script: str
    region: str


class Found(NamedTuple):
    """What the blocks of a document got: edits, the blocks whose language became clearer, new marks."""

    edits: list[Edit]
    blocks: dict[str, Block]
    marks: list[Mark]


def find(document: Document, evidence: Evidence | None, options: Options) -> Changes:
    """Edits for characters of another script; articles and blocks with their script as `lang`."""
    passages = {
        block.id: read_passage(read(document, block.spans).text)
        for block in document.blocks.values()
        if block.kind != "fw"
    }
    said, said_region = declared(options.metadata.language)
    whole = said or script_of(passages.values())
    home: dict[str, Home] = dict.fromkeys(passages, Home("", whole, said_region or "tw"))
    names = find_names(document, passages, options.script.protect)
    articles = []
    for article in document.articles:
        mine = [name for name in article.blocks if name in passages]
        chinese = [passages[name] for name in mine if _is_chinese(document.blocks[name], article.lang)]
        script = said or script_of(chinese) or whole
        own = Home(article.lang, script, said_region or region_of(chinese))
        home.update(dict.fromkeys(mine, own))
        article = _with_affiliations(article, own, options.script.target, names)
        articles.append(_with_lang(article, script, options.script.target, chinese))
    found = _convert_blocks(document, options, passages, home, names)
    return Changes(
        edits=tuple(found.edits),
        articles=tuple(articles) if tuple(articles) != document.articles else None,
        blocks=tuple(found.blocks.get(block.id, block) for block in document.blocks.values()) if found.blocks else None,
        marks=tuple(sorted([*document.marks, *found.marks])) if found.marks else None,
    )


def _is_chinese(block: Block, article_lang: str) -> bool:
    return (block.lang or article_lang or "zh").startswith("zh")


def _with_lang(article: Article, script: str, target: str, chinese: Sequence[Passage]) -> Article:
    """The article with its script: that of the target where one is set."""
    if article.lang.split("-")[0] != "zh" and (article.lang or not any(passage.holds_han for passage in chinese)):
        return article
    script = _SCRIPTS.get(target.split("-")[0], script)
    return replace(article, lang=f"zh-{script}" if script else article.lang)


def _with_affiliations(article: Article, home: Home, target: str, names: re.Pattern[str] | None) -> Article:
    """The article with the affiliations of its authors, which are read before, in the script of their blocks."""
    if target == "keep" or (target == "auto" and home.lang[:2] not in ("zh", "")):
        return article
    config = configuration(home.script, target, home.region)
    stray = _stray(_SCRIPTS.get(target.split("-")[0], home.script), home.region)

    def convert(text: str) -> str:
        closed = [*(found.span() for found in names.finditer(text)), *find_titles(text)] if names else find_titles(text)
        out, place = "", 0
        for start, end, new, _, _ in _changes(text, closed, (), config, stray) if read_passage(text).holds_han else ():
            out, place = out + text[place:start] + new, end
        return out + text[place:]

    authors = tuple(
        replace(author, affiliations=tuple(convert(text) for text in author.affiliations)) for author in article.authors
    )
    return replace(article, authors=authors) if authors != article.authors else article


def _stray(script: str, region: str) -> str:
    """The configuration that single characters of the other script are brought over with."""
    return "t2s" if script == "Hans" else f"s2{region or 't'}"


def _convert_blocks(
    document: Document,
    options: Options,
    passages: Mapping[str, Passage],
    home: Mapping[str, Home],
    names: re.Pattern[str] | None,
) -> Found:
    """What becomes of every block."""
    target, guards = options.script.target, Guards(document)
    found = Found([], {}, [])
    for name, passage in passages.items():
        block, (article_lang, script, region) = document.blocks[name], home[name]
        if not passage.holds_han or (block.lang or article_lang)[:2] in NOT_CHINESE:
            continue
        own = _script_of_passage(block, passage, script)
        final = _SCRIPTS.get(target.split("-")[0], own)
        if final and (block.lang == "zh" or (final != script and target in ("auto", "keep"))):
            found.blocks[name] = replace(block, lang=f"zh-{final}")
        if target == "auto" and not _is_chinese(block, article_lang):
            continue
        strays = passage.hant if final == "Hans" else passage.hans
        reading = read(document, block.spans)
        quoted = _quotations(reading, guards, own) if strays >= SURE else []
        if target in ("auto", "keep"):
            found.marks.extend(_mark(reading, quoted))
        config = configuration(own, target, region)
        if target != "keep" and (config or strays):
            wholes = [(start, end, configuration(script, target, region)) for start, end, script in quoted]
            closed = [(start, end) for start, end, config in wholes if not config] + _closed(reading, guards, names)
            changes = _changes(reading.text, closed, wholes, config, _stray(final, region))
            found.edits.extend(place_changes(reading, changes))
    return found


def _script_of_passage(block: Block, passage: Passage, script: str) -> str:
    """The script of a block: its article's, unless it is a passage that is all in the other one."""
    return settled(passage, SURE if block.kind in FOREIGN_KINDS else SURE_RUNNING) or script or script_of([passage])


def _quotations(reading: Reading, guards: Guards, script: str) -> list[tuple[int, int, str]]:
    covered = guards.covered(reading)
    return [found for found in find_quotations(reading.text, script) if is_free(covered, found[0], found[1])]


def _mark(reading: Reading, quoted: Sequence[tuple[int, int, str]]) -> Iterator[Mark]:
    """Marks for quotations in another script that lie in one span of the witness."""
    for start, end, script in quoted:
        left, right = reading.start(start), reading.end(end)
        if any(first <= left < right <= last for first, last in reading.spans):
            yield Mark(left, right, "foreign", OTHER_SCRIPT, OTHER_SCRIPT.certainty, target=f"zh-{script}")


def _closed(reading: Reading, guards: Guards, names: re.Pattern[str] | None) -> list[Stretch]:
    """The stretches that stay as they are set."""
    text = reading.text
    closed = [span for span in guards.covered(reading) if span[0] < span[1]]
    closed += [found.span() for found in names.finditer(text)] if names else []
    return closed + find_titles(text) + find_japanese(text)


def _changes(
    text: str, closed: Sequence[Stretch], wholes: Sequence[tuple[int, int, str]], config: str, stray: str
) -> Iterator[Change]:
    """What is changed between the closed stretches: all that the configuration says, or strays only.

    `wholes` are stretches with a configuration of their own.
    """
    borders = [border for start, end, _ in wholes for border in ((start, start), (end, end))]
    for start, end in _open(len(text), [*closed, *borders]):
        own = next((one for left, right, one in wholes if left <= start and end <= right), config)
        if own:
            yield from find_conversions(text[start:end], own, start)
        else:
            yield from find_strays(text[start:end], stray, start)


def _open(length: int, closed: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches between the closed ones."""
    place = 0
    for start, end in sorted(closed):
        if place < start:
            yield place, start
        place = max(place, end)
    if place < length:
        yield place, length
