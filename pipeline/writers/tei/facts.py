"""What was really done to an article, or to a whole source: script converted, places put right by hand, remarks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ...edition import Edition, article_id
from ...model import Remark
from ...options import Options

# How the rules of the script stage name what converts, and those whose answer hangs on the words around.
_CONVERTER = re.compile(r"OpenCC (\S+), (\w+)\.json")
_OF_SEVERAL = "-of-several-"


class Conversion(NamedTuple):
    """A configuration of OpenCC: its version, its name, how many places it changed, how many of them in doubt."""

    version: str
    name: str
    places: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Facts:
    """`encodings` of the source; `corrections` by hand; nothing is in it that did not happen."""

    encodings: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    corrections: int = 0
    remarks: tuple[Remark, ...] = ()


def find_facts(edition: Edition, options: Options) -> tuple[Facts, dict[str, Facts]]:
    """The facts of the source, and those of each article by its id.

    A place belongs to the article it stands in, or, between two, to the one before it.
    """
    document = edition.document
    encodings = tuple(dict.fromkeys(name for part in document.source.parts for _, name in part.encodings))
    owner = _Owner(edition)
    remarks: dict[str, list[Remark]] = defaultdict(list)
    for remark in sorted(document.remarks, key=lambda remark: (remark.start, remark.end, remark.rule, remark.message)):
        remarks[owner.of(remark.start)].append(remark)
    corrections = Counter(owner.of(verdict.start) for verdict in options.verdicts)
    places: dict[str, Counter[tuple[str, str, bool]]] = defaultdict(Counter)
    for start, source in _conversions(edition):
        places[owner.of(start)][source] += 1
    whole = Facts(encodings, _counted(sum(places.values(), Counter())), len(options.verdicts))
    return whole, {
        name: Facts(encodings, _counted(places[name]), corrections[name], tuple(remarks[name])) for name in owner.names
    }


class _Owner:
    """The article a witness offset belongs to."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._starts: list[int] | None = None
        self._articles: list[str] = []
        self.names = [article_id(edition.doc_id, article) for article in edition.document.articles]

    def of(self, place: int) -> str:
        if self._starts is None:
            blocks = self._edition.document.blocks
            spans = sorted(
                (start, name)
                for name, article in zip(self.names, self._edition.document.articles, strict=True)
                for block in article.blocks
                for start, _ in blocks[block].spans
            )
            self._starts = [start for start, _ in spans]
            self._articles = [name for _, name in spans]
        return self._articles[max(0, bisect_right(self._starts, place) - 1)] if self._articles else ""


def _conversions(edition: Edition) -> Iterator[tuple[int, tuple[str, str, bool]]]:
    """(witness offset, (version, configuration, in doubt)) of every change of script."""
    runs = edition.document.runs
    several = {id(run[3]): run[3] for run in runs}  # most runs share theirs
    rules = {id(rule): rule for rules in several.values() for rule in rules}
    sources = {
        key: (found[1], found[2], _OF_SEVERAL in rule.id)
        for key, rule in rules.items()
        if (found := _CONVERTER.search(rule.sentence))
    }
    for run in runs if sources else ():
        for rule in run.rules:
            source = sources.get(id(rule))
            if source is not None:
                yield run.start, source


def _counted(places: Counter[tuple[str, str, bool]]) -> tuple[Conversion, ...]:
    names = sorted({(version, name) for version, name, _ in places})
    return tuple(
        Conversion(*source, places[*source, False] + places[*source, True], places[*source, True]) for source in names
    )
