"""The places to look at first where a gate does not hold: document, page, offset, what is there, and the mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..audit.tables import Row, rows
from ..evidence import LINE_END
from .broken import Place
from .figures import UNBALANCED, Figures

MOST = 5  # places named for each gate

_BY_HAND = "look with `jiaokan explain`, and correct it by hand in the sidecar"
# What to do about a kind of remark, where it is not the usual.
MENDS = {
    "undecided-hyphen": "settle it in the sidecar (`join`, `keep-hyphen`), or give a word list (`jiaokan words`)",
    "marker-without-note": "see whether its note is there: `not-heading`, `keep` or `paragraph` in the sidecar",
    "note-without-marker": "see whether its marker was misread: `replace` in the sidecar",
}
_TITLE = "say which line is the title: `article` in the sidecar, or `metadata.title` there"
_ARTICLE = "say where the article begins: `article` in the sidecar"


Find = Callable[[Path, Figures, int], Iterable[Place]]


def of_remarks(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """The first remark of the most frequent kind."""
    rule, count = min(found.remarks.items(), key=lambda one: (-one[1], one[0]))
    first = min((row for row in rows(out, "remarks", found.doc_id) if row["rule"] == rule), key=_start)
    total = sum(found.remarks.values())
    remarks = f"{total} remark{'' if total == 1 else 's'} in {found.characters:,} characters"
    what = f"{remarks}, {count} of them {rule}; the first: {first['message']}"
    yield _place(out, found, first["raw_start"], what, MENDS.get(rule, _BY_HAND))


def of_median(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """The longest of the least certain stretches of a document."""
    yield from _doubtful(
        out, found, found.median + 1, f"half of its characters are at {found.median / 100:.2f} or less"
    )


def of_doubtful(below: int) -> Find:
    """The same for characters below a certainty in per cent."""
    return lambda out, found, most: _doubtful(
        out, found, below, f"{found.below(below):,} of {found.characters:,} characters are below {below / 100:.2f}"
    )


def of_notes(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """Every note and marker that stands alone."""
    remarks = sorted((row for row in rows(out, "remarks", found.doc_id) if row["rule"] in UNBALANCED), key=_start)
    for row in remarks[:most]:
        yield _place(out, found, row["raw_start"], f"{row['rule']}: {row['message']}", MENDS[row["rule"]])


def of_titles(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """Every article without a title, where its first paragraph stands."""
    columns = ["doc_id", "article_id", "seq", "title"]
    articles = [row for row in rows(out, "articles", found.doc_id, columns) if row["seq"] and not (row["title"] or "").strip()]  # fmt: skip
    firsts = _firsts(out, found.doc_id, [row["article_id"] for row in articles[:most]])
    for row in articles[:most]:
        yield _place(out, found, firsts.get(row["article_id"], -1), f"{row['article_id']} has no title", _TITLE)


def of_documents(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """A document that holds text but no article."""
    yield _place(out, found, 0, f"no article in {found.characters:,} characters", _ARTICLE)


def of_failures(out: Path, found: Figures, most: int) -> Iterator[Place]:
    """A document that failed."""
    yield Place(found.doc_id, found.path, 0, "", -1, f"failed: {found.error}", "mend it or take it out")


def _doubtful(out: Path, found: Figures, below: int, what: str) -> Iterator[Place]:
    columns = ["doc_id", "raw_start", "raw_end", "certainty", "rules"]
    spans = [row for row in rows(out, "collation", found.doc_id, columns) if round(row["certainty"] * 100) < below]
    if spans:
        worst = min(spans, key=lambda row: (row["certainty"], row["raw_start"] - row["raw_end"], row["raw_start"]))
        told = f"{what}; least certain: {', '.join(worst['rules'])} at {worst['certainty']:.2f}"
        yield _place(out, found, worst["raw_start"], told, _BY_HAND)


def _firsts(out: Path, doc_id: str, articles: Iterable[str]) -> Mapping[str, int]:
    """Where the text of articles begins."""
    wanted = {f"{name}/" for name in articles}
    found: Counter[str] = Counter()
    for row in rows(out, "collation", doc_id, ["doc_id", "raw_start", "block_id"]):
        block = row["block_id"] or ""
        article = block[: block.find("/", len(doc_id) + 1) + 1]
        if article in wanted and article[:-1] not in found:
            found[article[:-1]] = row["raw_start"]
    return found


def _start(row: Row) -> tuple[int, str]:
    return row["raw_start"], row["message"]


def _place(out: Path, found: Figures, offset: int, what: str, mend: str) -> Place:
    pages = rows(out, "pages", found.doc_id, ["doc_id", "raw_start", "raw_end", "n"])
    page = next((row["n"] for row in pages if row["raw_start"] <= offset < row["raw_end"]), None)
    files = sorted(
        rows(out, "sources", found.doc_id, ["doc_id", "seq", "path", "raw_start"]), key=lambda row: row["seq"]
    )
    file = next((row for row in reversed(files) if (row["raw_start"] or 0) <= offset), files[0])
    spans = rows(out, "collation", found.doc_id, ["doc_id", "raw_start", "raw"])
    start = file["raw_start"] or 0
    before = sorted((row["raw_start"], row["raw"] or "") for row in spans if start <= row["raw_start"] < offset)
    text = "".join(raw[: offset - begin] for begin, raw in before)
    line = 1 + sum(1 for _ in LINE_END.finditer(text)) if offset >= 0 else 0
    return Place(found.doc_id, file["path"], line, page or "", offset, what, mend)
