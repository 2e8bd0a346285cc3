"""Corrections by hand, obeyed: each verdict is carried out right behind the stage that owns its action.

    after `pages`       keep, heading, article: no forme work there
    after `layout`      keep, drop, heading, not-heading, article: blocks are cut out or get another kind
    after `articles`    article, not-heading: whatever that stage thought of it
    after `flows`       paragraph, no-paragraph
    in `line_ends`      join, keep-hyphen (behind `flows`: both halves of the word in one paragraph)
    after `line_ends`   replace; no later stage touches what was replaced
    after `sections`    not-heading: also a run-in head

At the end `sign` leaves a row with rule `hand` for a verdict that changed nothing, and `proof.prove` fails
where one was not obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..model import Changes, Document, Edit
from ..options import Verdict
from ..rewrite import apply, read
from . import articles, blocks, words
from .proof import prove
from .rules import HAND_KEPT

__all__ = ["obey", "protect", "prove", "sign"]

# By stage and action, in order: what is done behind that stage.
_DUTIES: dict[str, tuple[tuple[str, Callable[[Document, Verdict], Changes]], ...]] = {
    "pages": (("keep", blocks.keep), ("heading", blocks.keep), ("article", blocks.keep)),
    "layout": (
        ("keep", blocks.keep_labelled),
        ("heading", blocks.keep_labelled),
        ("article", blocks.keep_labelled),
        ("drop", blocks.drop),
        ("heading", blocks.make_heading),
        ("not-heading", blocks.unmake_heading),
        ("article", blocks.make_title),
    ),
    "articles": (("article", articles.open_article), ("not-heading", blocks.unmake_heading)),
    "flows": (
        ("paragraph", blocks.split_paragraph),
        ("no-paragraph", blocks.join_paragraphs),
        ("join", blocks.join_halves),
        ("keep-hyphen", blocks.join_halves),
    ),
    "line_ends": (("replace", words.replace_words),),
    "sections": (("not-heading", blocks.unmake_heading),),
}
# Stages whose edits `replace` overrules; it is obeyed behind the last of them.
_BEFORE = ("letters", "pages", "layout", "articles", "flows", "line_ends")


def obey(stage: str, document: Document, verdicts: Sequence[Verdict]) -> Document:
    """The document with what is to be done by hand behind this stage.  Raises `SettingsError`."""
    for action, duty in _DUTIES.get(stage, ()):
        for verdict in verdicts:
            if verdict.action == action:
                document = apply(document, duty(document, verdict))
    return document


def protect(stage: str, changes: Changes, verdicts: Sequence[Verdict]) -> Changes:
    """What a stage found; behind `line_ends` without edits of words that were replaced by hand."""
    spans = [(verdict.start, verdict.end) for verdict in verdicts if verdict.action == "replace"]
    if not spans or not changes.edits or stage in _BEFORE:
        return changes
    edits = tuple(edit for edit in changes.edits if not any(_meet(edit, *span) for span in spans))
    return replace(changes, edits=edits)


def sign(document: Document, verdicts: Sequence[Verdict]) -> Document:
    """The document with a row of rule `hand` for every verdict that has left none: one character that stays as it is."""
    if not verdicts:
        return document
    signed = [run for run in document.runs if any(rule.id == HAND_KEPT.id for rule in run.rules)]
    own = [block for block in document.blocks.values() if block.rule.id == HAND_KEPT.id]
    edits: dict[tuple[int, int], Edit] = {}
    for verdict in verdicts:
        if any(_meet(run, verdict.start, verdict.end) for run in signed):
            continue
        if any(start < verdict.end and verdict.start < end for block in own for start, end in block.spans):
            continue
        edit = _signature(document, verdict)
        if edit is not None:
            edits[edit.start, edit.end] = edit
    return apply(document, Changes(edits=tuple(edits.values()))) if edits else document


def _meet(edit: Sequence[object], start: int, end: int) -> bool:
    """Whether an edit or a run lies, at least partly, in [start, end)."""
    left, right = edit[0], edit[1]
    assert isinstance(left, int)
    assert isinstance(right, int)
    return (left < end and start < right) or (left == right and start < left < end)


def _signature(document: Document, verdict: Verdict) -> Edit | None:
    for block, (left, right) in blocks.inside(document, verdict.start, verdict.end, forme_work=True):
        reading = read(document, block.spans)
        for start, end, run, w_start, w_end in reading.stretches():
            if run is not None and left <= w_start < w_end <= right:
                return Edit(w_start, w_end, reading.text[start:end], HAND_KEPT, run.certainty)
            if run is None and max(left, w_start) < min(right, w_end):
                place = max(left, w_start)
                return Edit(place, place + 1, document.source.text[place], HAND_KEPT, HAND_KEPT.certainty)
    return None
