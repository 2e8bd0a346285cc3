"""What OpenCC makes of a text, as changes: one for every character, with the configuration that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, count
from operator import ne

from ...rewrite import differences
from ..stretches import Change
from .tables import characters, converter, rule_of

_CLAUSE = re.compile(r"[^\s，。、；：！？]+|[\s，。、；：！？]+")


def configuration(script: str, target: str, region: str) -> str:
    """OpenCC's configuration that brings text of a script to the target; empty: nothing to convert.

    Text that is in the target's script already gets single stray characters only; text that could be in
    either is converted.
    """
    base, _, option = target.partition("-")
    phrases = "p" if target.endswith("-phrases") else ""
    if base == "hans":
        return "" if script == "Hans" else f"{region or 'tw'}2s{phrases}" if phrases or region else "t2s"
    wanted = option.removesuffix("phrases").strip("-")
    if base == "hant" and script != "Hant":
        return f"s2{wanted}{phrases}" if wanted else "s2t"
    return f"t2{wanted}" if base == "hant" and wanted else ""


def find_conversions(text: str, config: str, start: int = 0) -> Iterator[Change]:
    """What OpenCC changes in a text that begins at `start`.

    A character stands for a character; where words of another region change the length, a change is the
    stretch of a clause that differs.

    >>> [change[:3] for change in find_conversions("头发和国家", "s2t")]
    [(0, 1, '頭'), (1, 2, '髮'), (3, 4, '國')]
    """
    new = converter(config).convert(text)
    if len(new) == len(text):
        yield from _by_character(text, new, config, start)
        return
    for clause in _CLAUSE.finditer(text):
        old, new = clause[0], converter(config).convert(clause[0])
        if len(new) == len(old):
            yield from _by_character(old, new, config, start + clause.start())
            continue
        for left, right, words in differences(old, new, start + clause.start()):
            rule = rule_of(config)
            yield left, right, words, rule, rule.certainty


def find_strays(text: str, config: str, start: int = 0) -> Iterator[Change]:
    """What OpenCC changes of characters that exist solely in the other script."""
    solely = characters().hant if config == "t2s" else characters().hans
    if solely.isdisjoint(text):
        return
    new = converter(config).convert(text)
    if len(new) == len(text):
        yield from (change for change in _by_character(text, new, config, start) if text[change[0] - start] in solely)


def _by_character(old: str, new: str, config: str, start: int) -> Iterator[Change]:
    ambiguous, one, several = characters().ambiguous, rule_of(config), rule_of(config, several=True)
    for at in compress(count(), map(ne, old, new)):
        if old[at] in ambiguous:
            yield start + at, start + at + 1, new[at], several, several.certainty
        else:
            yield start + at, start + at + 1, new[at], one, one.certainty
