"""The edition as CommonMark with foot notes: what a reader shows of it is the text of the edition, exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..edition import ArticleEdition, Break, Choice, Edition, Foreign, Inline, Passage, Pointer, Url
from .tei.markup import address

# Signs that mean something wherever they stand, `&` where an entity would begin, and what would make a marker
# behind it something else.
_SIGNS = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w*(?:;|\Z))|[!^]\Z")
# What means something at the beginning of a line: heads, lists, rules, underlines of heads.
_AT_LINE = re.compile(r"(#{1,6}(?=[ \t]|$)|[-+](?=[ \t]|$)|(?:-[ \t]*){2,}$|=+[ \t]*$|\d{1,9}(?=[.)](?:[ \t]|$)))")
_FENCE = re.compile("`{3,}")
_LINE_END = re.compile("\r\n?|\n")
FRONT = ("title", "subtitle", "alt-title", "abstract", "keywords")
FENCED = ("table", "formula")
BEFORE = {"quote": "> ", "item": "- ", "bibl": "* "}
RULE = "---"  # between two articles


def write_markdown(edition: Edition) -> str:
    """Title, authors, abstracts, body, notes and works cited of every article, the matter last."""
    articles = [*edition.articles, *([edition.matter] if edition.matter else [])]
    writer = _Writer(edition, articles)
    parts: list[str] = []
    for article in articles:
        written = list(writer.article(article))
        if written:
            parts += [RULE, *written] if parts else written
    return "\n\n".join(parts) + "\n" if parts else ""


class _Writer:
    """Numbers the notes through the file, as each number can stand only once."""

    def __init__(self, edition: Edition, articles: Sequence[ArticleEdition]) -> None:
        pointed = {
            target
            for article in articles
            for content in _outside_notes(article)
            for piece in content
            if isinstance(piece, Pointer)
            for target in piece.targets
        }
        notes = [note.passage.id for article in articles for note in article.notes if note.passage.text.strip()]
        self._numbers = {name: number for number, name in enumerate((one for one in notes if one in pointed), 1)}

    def article(self, article: ArticleEdition) -> Iterator[str]:
        yield from self._front(article)
        for passage, division in article.passages():
            if division is not None and division.head is passage:
                yield from self._head(passage, division.level + 1)
            else:
                yield from self._passage(passage)
        for note in article.notes:
            number = self._numbers.get(note.passage.id)
            if number is not None:
                yield f"[^{number}]: {self._inline(note.passage.content)}"
            elif note.passage.text.strip():  # nothing points to it: readers would leave a foot note out
                yield self._inline([" ".join((*note.labels, "")), *note.passage.content])
        for passage in article.references:
            yield from self._passage(passage)

    def _front(self, article: ArticleEdition) -> Iterator[str]:
        for passage in article.front.get("title", ()):
            yield from self._head(passage, 1)
        for kind in ("subtitle", "alt-title"):
            for passage in article.front.get(kind, ()):
                if passage.text.strip():
                    yield f"**{self._inline(passage.content)}**"
        names: list[list[Inline]] = [[one.author.name, *one.pointers] for one in article.bylines if one.author.name]
        if names:
            yield ", ".join(self._inline(name) for name in names)
        for kind in ("abstract", "keywords"):
            for passage in article.front.get(kind, ()):
                if passage.text.strip():
                    yield "> " + self._inline(passage.content)

    def _head(self, passage: Passage, level: int) -> Iterator[str]:
        if passage.text.strip():
            text = _LINE_END.sub(" ", self._pieces(passage.content)).replace("#", "\\#")
            yield "#" * min(6, level) + " " + _line(text, is_first=False)

    def _passage(self, passage: Passage) -> Iterator[str]:
        if not passage.text.strip():
            return
        kind = passage.block.kind
        if kind in FENCED:
            yield _fenced(passage.text)
            markers = [piece for piece in passage.content if isinstance(piece, Pointer)]
            if markers:
                yield self._inline(markers)
            return
        before = BEFORE.get(kind, "")
        text = self._inline(passage.content)
        yield before + text.replace("\n", "\n" + (before if before == "> " else " " * len(before)))

    def _inline(self, content: Iterable[Inline]) -> str:
        """Content as one paragraph: its lines parted by hard breaks."""
        text = _LINE_END.sub("\n", self._pieces(content))
        inner = text.strip("\n")  # a break at the edge would be none
        before, after = (text.find(inner), len(text) - len(inner) - text.find(inner)) if inner else (len(text), 0)
        return "&#10;" * before + "\\\n".join(map(_line, inner.split("\n"))) + "&#10;" * after

    def _pieces(self, content: Iterable[Inline]) -> str:
        """Content with signs escaped, markers as those of foot notes, addresses as links."""
        shown: list[str] = []
        behind_marker = False
        for piece in content:
            if isinstance(piece, Pointer):
                numbers = [self._numbers[target] for target in piece.targets if target in self._numbers]
                shown.append("".join(f"[^{number}]" for number in numbers) or escape(piece.text))
                behind_marker = bool(numbers)
            elif not isinstance(piece, Break):
                text = _shown(piece)
                # Behind a marker these would make it a definition or the text of a link.
                shown.append(f"\\{text}" if behind_marker and text[:1] in (":", "(") else text)
                behind_marker = behind_marker and not text
        return "".join(shown)


def _outside_notes(article: ArticleEdition) -> Iterator[Sequence[Inline]]:
    """What is written of an article beside its notes: a note that only another one points to is no foot note."""
    front = (passage for kind in FRONT for passage in article.front.get(kind, ()))
    body = (passage for passage, _ in article.passages())
    for passage in (*front, *body, *article.references):
        if passage.text.strip():
            yield passage.content
    for byline in article.bylines:
        if byline.author.name:
            yield byline.pointers


def escape(text: str) -> str:
    """Text with a stroke before every sign that means something to Markdown in the middle of a line."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _shown(piece: str | Url | Foreign | Choice) -> str:
    if isinstance(piece, str):
        return escape(piece)
    if isinstance(piece, Choice):
        return escape(piece.reg)
    target = address(piece.target) if isinstance(piece, Url) else ""
    return f"[{escape(piece.text)}](<{target}>)" if target else escape(piece.text)


def _line(line: str, *, is_first: bool = True) -> str:
    """A line with white space at its edges as entities; with `is_first` its beginning means nothing."""
    inner = line.strip()
    begin, end = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :] if inner else ""
    if is_first and not begin:
        inner = _AT_LINE.sub(_stroke, inner, count=1) if _AT_LINE.match(inner) else inner
    return _coded(begin) + inner + _coded(end)


def _stroke(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _coded(blanks: str) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks)


def _fenced(text: str) -> str:
    longest = max((len(found[0]) for found in _FENCE.finditer(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{_LINE_END.sub(chr(10), text)}\n{fence}"
