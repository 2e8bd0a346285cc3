"""The edition as vertical text: one token a line with structural tags, as NoSketch Engine and CWB read it.

Between two tokens of a paragraph stands one blank, unless `<g/>` says that nothing does, `<lb/>` that a line
ends, or `<space code="3000"/>` that other white space does: tokens and tags give the text back exactly.
`&`, `<` and `>` are written as entities (`cwb-encode -x` reads them).  Chinese stands by characters, or in
the words of the segmenter where that is installed; each `doc` says which in its attribute `segmentation`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..edition import ArticleEdition, Division, Edition, Note, Passage
from ..options import Metadata
from .parquet import tables_of
from .tokens import Segmenter, tokenize

Row = Mapping[str, Any]
Spans = Sequence[tuple[int, int]]
# Columns of `articles` that become attributes of `doc`, in order.
COLUMNS = (
    "doc_id", "kind", "lang", "script", "title", "subtitle", "journal", "volume", "issue", "date", "doi",
    "page_first", "page_last",
)  # fmt: skip
FRONT = {"title": "head", "subtitle": "head", "alt-title": "head", "abstract": "p", "keywords": "p"}
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " ", "\f": " "}
)


def write_vertical(edition: Edition, metadata: Metadata, segmenter: Segmenter) -> str:
    """One `doc` an article, the matter last; the text is that of the tables."""
    tables = tables_of(edition, metadata)
    rows = {row["article_id"]: row for row in tables["articles"].to_pylist()}
    sentences: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in tables["sentences"].to_pylist() if "sentences" in tables else ():
        sentences[row["paragraph_id"]].append((row["start"], row["end"]))
    writer = _Writer(segmenter, sentences)
    articles = [*edition.articles, *([edition.matter] if edition.matter else [])]
    lines = [line for article in articles for line in writer.article(article, rows[article.id])]
    return "\n".join(lines) + "\n" if lines else ""


class _Writer:
    def __init__(self, segmenter: Segmenter, sentences: Mapping[str, Spans]) -> None:
        self._segmenter = segmenter
        self._sentences = sentences

    def article(self, article: ArticleEdition, row: Row) -> Iterator[str]:
        authors = "; ".join(author["name"] for author in row["authors"])
        known = {name: row[name] for name in COLUMNS}
        yield _tag("doc", id=article.id, **known, authors=authors, segmentation=self._segmenter.name)
        for kind, tag in FRONT.items():
            for passage in article.front.get(kind, ()):
                yield from self._block(tag, passage, type=kind)
        for passage, inside in article.passages():
            yield from self._passage(passage, inside)
        for note in article.notes:
            yield from self._note(note)
        for passage in article.references:
            yield from self._passage(passage, None)
        yield "</doc>"

    def _passage(self, passage: Passage, inside: Division | None) -> Iterator[str]:
        block = passage.block
        if inside is not None and inside.head is passage:
            return self._block("head", passage, type="section", level=str(inside.level))
        return self._block("p", passage, type=block.kind)

    def _note(self, note: Note) -> Iterator[str]:
        return self._block("note", note.passage, n=" ".join(note.labels), place=note.place, type=note.type)

    def _block(self, tag: str, passage: Passage, **attributes: str) -> Iterator[str]:
        if not passage.text.strip():
            return
        yield _tag(tag, id=passage.id, **attributes, lang=passage.block.lang, page=passage.page_first)
        yield from self._tokens(passage.text, self._sentences.get(passage.id, ()))
        yield f"</{tag}>"

    def _tokens(self, text: str, sentences: Spans) -> Iterator[str]:
        """The lines of a text; no token crosses the border of a sentence."""
        borders = sorted({0, len(text)}.union(*sentences))
        tokens = (
            (start + left, start + right)
            for start, end in pairwise(borders)
            for left, right in tokenize(text[start:end], self._segmenter)
        )
        waiting = list(reversed(sentences))
        at = ends = 0  # where the last token ends, and the sentence that is open
        for left, right in tokens:
            if ends and left >= ends:
                yield "</s>"
                ends = 0
            yield from _between(text[at:left], is_edge=at == 0)
            while waiting and waiting[-1][1] <= left:
                waiting.pop()
            if not ends and waiting and waiting[-1][0] <= left:
                yield "<s>"
                ends = waiting.pop()[1]
            yield text[left:right].translate(_ENTITIES)
            at = right
        if ends:
            yield "</s>"
        yield from _between(text[at:], is_edge=True)


def _between(gap: str, *, is_edge: bool) -> Iterator[str]:
    """What stands between two tokens, or at the edge of a text: there nothing and at most white space."""
    if gap == ("" if is_edge else " "):
        return
    if not gap:
        yield "<g/>"
    elif gap == "\n":
        yield "<lb/>"
    else:
        yield _tag("space", code=" ".join(f"{ord(character):04X}" for character in gap))[:-1] + "/>"


def _tag(name: str, **attributes: str | None) -> str:
    shown = "".join(f' {key}="{value.translate(_ATTRIBUTE)}"' for key, value in attributes.items() if value)
    return f"<{name}{shown}>"
