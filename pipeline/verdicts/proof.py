"""The proof that every verdict was obeyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from ..collation import BLANK
from ..errors import AlgebraError, SettingsError
from ..evidence import LINE_END
from ..model import Document, Source
from ..options import Verdict
from ..rewrite import pieces, read
from .blocks import HEADINGS, RUNNING, inside, place_of, trim

HYPHENS = "-\u00ad\u00ac\u2010\u2011\ufffe\x02"


def prove(document: Document, verdicts: Sequence[Verdict]) -> None:
    """Raises `SettingsError` for the first verdict that was not obeyed."""
    for verdict in verdicts:
        if not _PROOFS[verdict.action](document, verdict):
            raise refusal(
                document, verdict, "could not be obeyed", "take it out, or choose other words around the place"
            )


def refusal(document: Document, verdict: Verdict, told: str, mend: str) -> SettingsError:
    """The error for a verdict, with the raw file and line it is about."""
    source = document.source
    part = next((part for part in source.parts if part.start <= verdict.start < part.end), None)
    line = verdict.line or line_of(source, verdict.start)
    shown = " ".join(source.text[verdict.start : verdict.end].split())[:60]
    message = f"the correction `{verdict.action}` at {shown!r} {told}"
    return SettingsError(message, path=part.path if part else source.doc_id, line=line, mend=mend)


def line_of(source: Source, place: int) -> int:
    """The line of its raw file, counted from 1, in which a witness offset stands."""
    begin = next((part.start for part in source.parts if part.start <= place < part.end), 0)
    return 1 + sum(1 for _ in LINE_END.finditer(source.text, begin, place))


def _text(document: Document, start: int, end: int) -> str | None:
    """What a stretch reads inside its blocks, forme work left out; `None` where a run is cut by its edges."""
    try:
        return "".join(
            "".join(document.source.text[a:b] if run is None else run.new for a, b, run in pieces(document.runs, *span))
            for _, span in inside(document, start, end)
        )
    except AlgebraError:
        return None


def _is_replaced(document: Document, verdict: Verdict) -> bool:
    return _text(document, *trim(document.source.text, verdict.start, verdict.end)) == verdict.with_


def _is_dropped(document: Document, verdict: Verdict) -> bool:
    return not (_text(document, *trim(document.source.text, verdict.start, verdict.end)) or "").strip(BLANK)


def _is_kept(document: Document, verdict: Verdict) -> bool:
    start, end = trim(document.source.text, verdict.start, verdict.end)
    held = sum(right - left for _, (left, right) in inside(document, start, end))
    return held > 0 and not any(b.kind == "fw" for b, _ in inside(document, start, end, forme_work=True))


def _is_heading(document: Document, verdict: Verdict) -> bool:
    kinds = [block.kind for block, _ in inside(document, verdict.start, verdict.end)]
    return bool(kinds) and all(kind in HEADINGS for kind in kinds)


def _is_no_heading(document: Document, verdict: Verdict) -> bool:
    return not any(block.kind in HEADINGS for block, _ in inside(document, verdict.start, verdict.end))


def _begins_paragraph(document: Document, verdict: Verdict) -> bool:
    place = place_of(document, verdict)
    return any(block.start == place for block, _ in inside(document, place, place + 1))


def _is_one_paragraph(document: Document, verdict: Verdict) -> bool:
    found = {block.id for block, _ in inside(document, verdict.start, verdict.end) if block.kind in RUNNING}
    return len(found) == 1


def _begins_article(document: Document, verdict: Verdict) -> bool:
    names = {block.id for block, _ in inside(document, verdict.start, verdict.end) if block.kind == "title"}
    return any(article.seq and names.intersection(article.blocks[:1]) for article in document.articles)


def _line_ends(document: Document, verdict: Verdict) -> list[str]:
    """What stands at the line ends of a stretch: between the last letter before and the first behind."""
    text = document.source.text
    found = []
    for block in {block.id: block for block, _ in inside(document, verdict.start, verdict.end)}.values():
        cut = [
            (max(a, verdict.start), min(b, verdict.end))
            for a, b in block.spans
            if a < verdict.end and verdict.start < b
        ]
        reading = read(document, block.spans)
        visible = [at for a, b in cut for at in range(a, b) if text[at] not in BLANK and text[at] not in HYPHENS]
        for left, right in pairwise(visible):
            if right - left > 1 and (LINE_END.search(text, left, right) or any(c in HYPHENS for c in text[left:right])):
                first, last = reading.offset(left), reading.offset(right)
                if first is not None and last is not None:
                    found.append(reading.text[first + 1 : last])
    return found


def _is_joined(document: Document, verdict: Verdict) -> bool:
    return "" in _line_ends(document, verdict)


def _keeps_hyphen(document: Document, verdict: Verdict) -> bool:
    return any(between.strip() and between.strip() in HYPHENS for between in _line_ends(document, verdict))


_PROOFS: dict[str, Callable[[Document, Verdict], bool]] = {
    "replace": _is_replaced,
    "drop": _is_dropped,
    "keep": _is_kept,
    "heading": _is_heading,
    "not-heading": _is_no_heading,
    "paragraph": _begins_paragraph,
    "no-paragraph": _is_one_paragraph,
    "article": _begins_article,
    "join": _is_joined,
    "keep-hyphen": _keeps_hyphen,
}
