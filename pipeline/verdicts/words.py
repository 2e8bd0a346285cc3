"""Verdicts on words: what should be read instead."""

from __future__ import annotations

from ..model import Changes, Document
from ..options import Verdict
from ..rewrite import read
from .blocks import inside, trim
from .proof import refusal
from .rules import HAND_EMENDED


def replace_words(document: Document, verdict: Verdict) -> Changes:
    """The stretch reads as the verdict says.  Raises `SettingsError` where it reaches over blocks."""
    start, end = trim(document.source.text, verdict.start, verdict.end)
    found = {block.id: block for block, _ in inside(document, start, end)}
    if len(found) != 1:
        told = "reaches over more than one paragraph" if found else "lies in text that is dropped"
        raise refusal(document, verdict, told, "quote words of one paragraph")
    (block,) = found.values()
    reading = read(document, block.spans)
    first, last = reading.offset(start), reading.offset(end)
    if first is None or last is None or last < first:
        raise refusal(document, verdict, "does not lie in one paragraph", "quote words of one paragraph")
    return Changes(edits=tuple(reading.edits([(first, last, verdict.with_)], HAND_EMENDED)))
