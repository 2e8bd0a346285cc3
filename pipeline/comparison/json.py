"""Differences as one JSON object, written document by document: `schemas/diff.json` says what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from .compare import Comparison
from .model import HOWS, WHATS
from .totals import PLURALS, STATUSES, Totals

FORMAT = 1


def write(found: Comparison, most: int | None = None) -> Iterator[str]:
    """Lines that together are one object, one line a document; `most` is for people and leaves nothing out here."""
    heading = msgspec.to_builtins(found.heading)
    yield f'{{"format": {FORMAT},'
    yield f'"old": {_encoded(heading["old"])},'
    yield f'"new": {_encoded(heading["new"])},'
    yield f'"settings": {_encoded(heading["settings"])},'
    yield '"documents": ['
    before = ""
    for one in found.differences():
        if before:
            yield before + ","
        before = _encoded(one)
    if before:
        yield before
    yield "],"
    yield f'"totals": {_encoded(sums(found.totals))}}}'


def sums(totals: Totals) -> dict[str, Any]:
    """The sums with every name there is, also those of which there are none."""
    return {
        "documents": {status: totals.documents[status] for status in ("same", *STATUSES)},
        "unaffected": totals.unaffected,
        **{PLURALS[what]: {how: totals.blocks[what, how] for how in HOWS} for what in WHATS},
        "stretches": totals.stretches,
        "causes": dict(sorted(totals.causes.items())),
        "rules": [{"rule": name, "old": old, "new": new} for name, old, new in totals.by_rule()],
    }


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()
