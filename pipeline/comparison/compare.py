"""All documents of two builds, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .builds import READ, Build
from .differences import compare_documents
from .documents import load
from .model import About, Cause, Counts, Difference, Heading, How, Status, Value
from .pairs import Entry, Pair, pair_documents
from .reasons import order_of
from .totals import Totals

FAILED = "failed"
_COUNTED = (("article", "articles"), ("head", "sections"), ("paragraph", "paragraphs"), ("note", "notes"))


class Comparison:
    """Two builds; `totals` is complete when all `differences` were taken.

    Raises `OutputError` where one of them is no output of ours or is damaged.
    """

    def __init__(self, old: Path, new: Path) -> None:
        self._old, self._new = Build(old), Build(new)
        self._old.restrict(self._new)
        self._new.restrict(self._old)
        self.heading = _heading(self._old, self._new)
        self.totals = Totals()

    def differences(self) -> Iterator[Difference]:
        """Every document that differs, in the order of ids; one is in memory at a time."""
        for pair in pair_documents(self._old, self._new):
            found = self._compare(pair)
            if found is None:
                self.totals.documents["same"] += 1
            else:
                self.totals.add(found)
                yield found

    def _compare(self, pair: Pair) -> Difference | None:
        old, new = pair
        if old is None or new is None:
            return self._alone(pair)
        files = tuple(self._files(old, new))
        causes = self._causes(old, new, files)
        is_failed = old.status == FAILED, new.status == FAILED
        if is_failed[0] != is_failed[1]:
            build, entry = (self._new, new) if is_failed[0] else (self._old, old)
            status: Status = "recovered" if is_failed[0] else "failed"
            counts = self._counts(build, entry.doc_id)
            return Difference(new.doc_id, old.doc_id, status, causes, files, counts=counts, error=new.error)
        status = "changed" if old.doc_id == new.doc_id else "renamed"
        if old.doc_id == new.doc_id and self._is_equal(old.doc_id):
            self.totals.unaffected += bool(files)
            return None
        changes = compare_documents(
            load(self._old, old.doc_id), load(self._new, new.doc_id), causes, is_same_witness=old.witness == new.witness
        )
        if not changes and status == "changed":
            self.totals.unaffected += bool(files)
            return None
        return Difference(new.doc_id, old.doc_id, status, causes, files, changes)

    def _alone(self, pair: Pair) -> Difference:
        entry = pair.new or pair.old
        assert entry is not None
        status: Status = "added" if pair.new else "removed"
        counts = self._counts(self._new if pair.new else self._old, entry.doc_id)
        error = pair.new.error if pair.new else ""
        files = tuple((file.path, status) for file in entry.files)
        return Difference(entry.doc_id, entry.doc_id, status, ("source",), files, counts=counts, error=error)  # type: ignore[arg-type]

    def _counts(self, build: Build, doc_id: str) -> Counts:
        rows = {name: build.rows(table, doc_id) for name, table in _COUNTED}
        matter = sum(seq == 0 for seq in rows["article"].column("seq").to_pylist())
        return Counts(**{name: table.num_rows - (matter if name == "article" else 0) for name, table in rows.items()})

    def _is_equal(self, doc_id: str) -> bool:
        """Whether nothing that is compared differs: told without the collation, and without Python values."""
        return all(
            self._old.rows(table, doc_id).equals(self._new.rows(table, doc_id))
            for table in READ
            if table != "collation"
        )

    def _files(self, old: Entry, new: Entry) -> Iterator[tuple[str, How]]:
        """Files of a document that differ: by path, or, of one that was renamed, in order."""
        if old.doc_id == new.doc_id:
            before, after = ({file.path: file.sha256 for file in entry.files} for entry in (old, new))
            for path in sorted({*before, *after}):
                if path not in after:
                    yield path, "removed"
                elif before.get(path) != after[path]:
                    yield path, "changed" if path in before else "added"
        digests = self._old.sidecars.get(old.sidecar), self._new.sidecars.get(new.sidecar)
        if digests[0] != digests[1]:
            yield new.sidecar, "changed" if None not in digests else "added" if digests[1] else "removed"

    def _causes(self, old: Entry, new: Entry, files: tuple[tuple[str, How], ...]) -> tuple[Cause, ...]:
        """What can have changed a document; where nothing else did it was the program, or a library."""
        found: list[Cause] = []
        if old.digests != new.digests:
            found.append("source")
        if any(path == new.sidecar for path, _ in files):
            found.append("sidecar")
        if self._old.facts.settings != self._new.facts.settings:
            found.append("settings")
        if self._old.facts.jiaokan != self._new.facts.jiaokan or not found:
            found.append("program")
        return order_of(found)


def compare(old: Path, new: Path) -> Comparison:
    """Two builds, compared as their differences are asked for."""
    return Comparison(old, new)


def _heading(old: Build, new: Build) -> Heading:
    before, after = old.facts.options, new.facts.options
    values: tuple[Value, ...] = ()
    if before is not None and after is not None and old.facts.settings != new.facts.settings:
        names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        values = tuple(Value(name, _shown(before.get(name)), _shown(after.get(name))) for name in names)
    facts = [About(build.facts.jiaokan, build.facts.settings) for build in (old, new)]
    return Heading(facts[0], facts[1], values)


def _shown(value: object) -> str | None:
    """A setting as it is written in `jiaokan.toml`, but for the quotation marks; `None` where it is not named."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
