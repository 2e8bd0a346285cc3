"""Line ends inside blocks: a blank, nothing, or a hyphen kept or closed up.

Every line end of a block, with the blanks and blank lines around it, and every border between two of its
spans is decided; tables, formulas and forme work keep theirs.  Hyphens wait until all of the source have
been seen, because the source as a whole decides first whether it cuts words at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...evidence import Evidence
from ...model import Changes, Document, Edit, Remark
from ...options import Options
from ...options import Verdict as Correction
from ...vocabulary import LINE_END_MARKS, corpus_words, vocabulary
from . import by_hand
from .draft import Draft
from .habits import Habits
from .hyphens import Cut, Verdict, decide
from .joints import PLAIN_BEFORE, PLAIN_BEHIND, find_joints, join
from .marks import HYPHENS, PRINTED, Place, find_marks, look_at
from .rules import AS_SET, BROKEN_URL, KEPT, LINE_END, LINE_END_HAN, LINE_END_HYPHEN, SOFT_HYPHEN, UNDECIDED
from .urls import find_urls
from .words import Words, are_mixed, tongue_of

SKIPPED = frozenset({"fw", "table", "formula"})


class Waiting(NamedTuple):
    """A cut word that waits for the verdict of the whole source."""

    draft: Draft
    place: Place


def find(document: Document, evidence: Evidence, options: Options) -> Changes:
    """Edits for every line end inside the blocks; remarks where a hyphen could not be decided.

    Raises `SettingsError` where the settings name a word list that cannot be read.
    """
    edits: list[Edit] = []
    waiting: list[Waiting] = []
    habits = Habits(evidence)
    run_starts = [run.start for run in document.runs]
    drafts = [
        Draft(document, block, edits, run_starts) for block in document.blocks.values() if block.kind not in SKIPPED
    ]
    corrections = [one for one in options.verdicts if one.action in ("join", "keep-hyphen")]
    for draft in drafts:
        waiting += _join_lines(draft, habits, corrections)
    remarks = _join_words(waiting, evidence, options)
    for draft in drafts:
        draft.finish()
    return Changes(edits=tuple(edits), remarks=tuple(remarks))


def _join_lines(draft: Draft, habits: Habits, corrections: Sequence[Correction]) -> list[Waiting]:
    """Decide all of a block but its cut words, which are returned."""
    text = draft.text
    joints = find_joints(text)
    has_marks = any(map(text.__contains__, "\x02" if text.isascii() else LINE_END_MARKS))
    if not joints and not has_marks:
        return []
    urls = find_urls(text)
    places: list[Place] = []
    ruled: set[int] = set()  # ends of places decided by hand
    if corrections:
        for ruling in by_hand.find_rulings(draft, joints, find_marks(text, joints), corrections):
            by_hand.obey(draft, ruling)
            ruled.add(ruling.end)
    for start, end in joints:
        if end in ruled:
            continue
        before, behind = text[start - 1 : start], text[end : end + 1]
        if urls and _is_inside(urls, start):
            is_mark = before in LINE_END_MARKS
            draft.edit(start - is_mark, end, "-" if is_mark else "", BROKEN_URL, BROKEN_URL.certainty)
        elif before in PLAIN_BEFORE and behind in PLAIN_BEHIND:
            draft.edit(start, end, " ", LINE_END, LINE_END.certainty)
        elif "\u4e00" <= before <= "\u9fff" and "\u4e00" <= behind <= "\u9fff" and draft.block.kind != "byline":
            draft.edit(start, end, "", LINE_END_HAN, LINE_END_HAN.certainty)
        elif before in HYPHENS and behind and text[start - 2 : start] != "--":
            places.append(look_at(text, start - 1, end))
        else:
            draft.edit(start, end, *join(text, (start, end), draft.block.kind, habits))
    if has_marks:
        places += [place for place in find_marks(text, joints) if place.end not in ruled]
    return [Waiting(draft, place) for place in places if not _keep_at_once(draft, place, urls)]


def _is_inside(urls: list[tuple[int, int]], offset: int) -> bool:
    return any(start < offset < end for start, end in urls)


def _keep_at_once(draft: Draft, place: Place, urls: list[tuple[int, int]]) -> bool:
    """Keep a hyphen that cuts no word: between figures, beside Chinese, in a URL."""
    if any(start < place.start and place.end <= end for start, end in urls):
        if draft.text[place.start] not in PRINTED:
            draft.edit(place.start, place.start + 1, "-", BROKEN_URL, BROKEN_URL.certainty)
        return True
    if place.cut is not None:
        return False
    if draft.text[place.start] == "\u00ad" and place.end == place.start + 1:
        draft.close_up(place, SOFT_HYPHEN, SOFT_HYPHEN.certainty)
    else:
        draft.keep(place, KEPT, KEPT.certainty)
    return True


def _join_words(waiting: list[Waiting], evidence: Evidence, options: Options) -> list[Remark]:
    """Decide the cut words of the whole source; remarks where that is not possible."""
    settings = options.line_ends
    if not waiting:
        return []
    cuts = [place.cut for _, place in waiting if place.cut is not None]
    if settings.hyphens != "evidence":
        verdicts = [_as_set(cut, settings.hyphens) for cut in cuts]
    else:
        words = vocabulary(evidence)
        if are_mixed(words):
            drafts = {id(draft): draft for draft, _ in waiting}
            tongues = {key: tongue_of(draft.text) for key, draft in drafts.items()}
            cuts = [cut._replace(lang=tongues[id(draft)]) for cut, (draft, _) in zip(cuts, waiting, strict=True)]
        verdicts = decide(cuts, Words(words, corpus_words(settings.words), evidence.reading.text))
    remarks: list[Remark] = []
    for (draft, place), verdict in zip(waiting, verdicts, strict=True):
        as_set = settings.hyphens != "evidence"
        if verdict.decision == "join":
            soft = draft.text[place.start] in "\u00ad¬" and place.end == place.start + 1
            rule = AS_SET if as_set else SOFT_HYPHEN if soft else LINE_END_HYPHEN
            draft.close_up(place, rule, verdict.certainty)
        elif verdict.decision == "keep":
            draft.keep(place, AS_SET if as_set else KEPT, verdict.certainty)
        else:
            draft.keep(place, UNDECIDED, verdict.certainty)
            remarks.append(_remark(draft, place, verdict))
    return remarks


def _as_set(cut: Cut, hyphens: str) -> Verdict:
    """All hyphens kept, or all closed up but those before a capital."""
    closes = hyphens == "join" and (cut.right[0].islower() or cut.left[-1].isupper())
    return Verdict("join" if closes else "keep", 100)


def _remark(draft: Draft, place: Place, verdict: Verdict) -> Remark:
    assert place.cut is not None
    word = f"{place.cut.left}-|{place.cut.right}"
    start = draft.witness(place.start)
    return Remark(start, start + 1, UNDECIDED.id, verdict.certainty, f"{word}: the hyphen is kept; nothing tells whether it belongs to the word")  # fmt: skip
