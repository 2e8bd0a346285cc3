"""Why the text at a place is as it is: the collation around it, told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from .. import __path__ as package_path
from ..errors import OutputError, UsageError
from ..model import Rule
from .tables import Row, load, require_document, rows

AROUND = 2  # rows shown before and after the place
MOST = 40  # rows shown of a long block
_FATES = {
    "kept": "kept as it is",
    "joined": "a line end was closed up",
    "emended": "emended",
    "dropped": "left out of the text",
}


def explain(out: Path, where: str) -> Iterator[str]:
    """Lines for a reader about `DOC_ID:OFFSET` or the id of a paragraph, section, note, article or document."""
    found = re.fullmatch(r"(.+):(\d+)", where)
    if found:
        yield from _explain_offset(out, found[1], int(found[2]))
    else:
        yield from _explain_id(out, where)


def rules() -> dict[str, Rule]:
    """Every rule the program knows, by id."""
    known: dict[str, Rule] = {}
    for module in walk_packages(package_path, "pipeline."):
        if module.name != "pipeline.__main__":
            for value in vars(import_module(module.name)).values():
                known.update((rule.id, rule) for rule in _rules_in(value))
    return known


def _rules_in(value: object) -> Iterable[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, (tuple, list)):
        yield from (one for one in value if isinstance(one, Rule))
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, Rule))


def _explain_offset(out: Path, doc_id: str, offset: int) -> Iterator[str]:
    sources = require_document(out, doc_id)
    table = _collation(out, doc_id)
    at = next((number for number, row in enumerate(table) if row["raw_start"] <= offset < row["raw_end"]), -1)
    if at < 0:
        end = table[-1]["raw_end"] if table else 0
        raise OutputError(f"{doc_id!r} has no offset {offset}: it ends at {end}", path=str(out))
    file = next((row for row in sources if (row["raw_start"] or 0) <= offset < (row["raw_end"] or 0)), sources[0])
    yield f"{doc_id}, offset {offset}, in {file['path']}"
    yield from _tell(out, doc_id, table, range(max(0, at - AROUND), min(len(table), at + AROUND + 1)), at)


def _explain_id(out: Path, name: str) -> Iterator[str]:
    doc_id, table = _document_of(out, name)
    at = [number for number, row in enumerate(table) if _is_in(row["block_id"], name)]
    if not at:
        known = sorted({row["block_id"] for row in table if row["block_id"]})
        close = get_close_matches(name, known, 1, 0.5)
        mend = f"did you mean {close[0]!r}?" if close else ""
        raise OutputError(f"nothing in {doc_id!r} has the id {name!r}", path=str(out), mend=mend)
    yield f"{name}, offsets {table[at[0]]['raw_start']} to {table[at[-1]]['raw_end']} of {doc_id}"
    last = min(at[-1], at[0] + MOST - 1)
    yield from _tell(out, doc_id, table, range(at[0], last + 1))
    if last < at[-1]:
        yield f"… and {at[-1] - last} more; ask for {doc_id}:{table[last]['raw_end']}"


def _document_of(out: Path, name: str) -> tuple[str, list[Row]]:
    """The document an id belongs to: the longest known doc_id it begins with."""
    known = set(load(out, "sources", columns=["doc_id"]).column("doc_id").to_pylist())
    parts = name.split("/")
    for size in range(len(parts), 0, -1):
        doc_id = "/".join(parts[:size])
        if doc_id in known:
            return doc_id, _collation(out, doc_id)
    if name.rpartition(":")[0] in known:
        told = f"{name!r} is no place: behind the colon stands an offset, a number"
        raise UsageError(told, mend="give DOC_ID:OFFSET, or an id alone")
    require_document(out, name)
    raise AssertionError("require_document raises for an unknown id")


def _is_in(block_id: str | None, name: str) -> bool:
    return block_id is not None and (block_id == name or block_id.startswith(name + "/"))


def _collation(out: Path, doc_id: str) -> list[Row]:
    return sorted(rows(out, "collation", doc_id), key=lambda row: row["raw_start"])


def _tell(out: Path, doc_id: str, table: list[Row], numbers: range, here: int = -1) -> Iterator[str]:
    known = rules()
    told: set[str] = set()
    for number in numbers:
        row = table[number]
        yield ("→ " if number == here else "  ") + _sentence(row)
        for rule in row["rules"]:
            if rule not in told:
                told.add(rule)
                yield f"      {rule}: {known[rule].sentence if rule in known else 'a rule of another version'}"
    start, end = table[numbers[0]]["raw_start"], table[numbers[-1]]["raw_end"]
    for remark in rows(out, "remarks", doc_id):
        if remark["raw_start"] < end and start < max(remark["raw_end"], remark["raw_start"] + 1):
            yield f"  ! [{remark['raw_start']}, {remark['raw_end']}) {remark['rule']}: {remark['message']}"


def _sentence(row: Row) -> str:
    raw = _quoted(row["raw"]) if row["raw"] is not None else f"bytes {row['raw_bytes'].hex(' ')}"
    what = _FATES[row["fate"]]
    if row["fate"] in ("emended", "joined") and row["reading"] is not None:
        what += f" and reads {_quoted(row['reading'])}"
    tag = f" {row['tag']}" + (f" ({row['type']})" if row["type"] else "") if row["tag"] else ""
    place = f", in {row['block_id']}" if row["block_id"] else ""
    page = f", page {row['page']}" if row["page"] else ""
    by = f" by {', '.join(row['rules'])}" if row["rules"] else ""
    return (
        f"[{row['raw_start']}, {row['raw_end']}){tag} {raw}: {what}{by}, certainty {row['certainty']:.2f}{place}{page}"
    )


def _quoted(text: str) -> str:
    shown = text if len(text) <= 72 else f"{text[:40]} … {text[-24:]}"
    return '"' + "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in shown) + '"'
