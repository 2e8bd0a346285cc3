"""`manifest.json`: version, settings, every source and every other output with its digest.  No clock, no path of a machine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import __version__
from .errors import OutputError
from .places import Place

MANIFEST = "manifest.json"
FORMAT = 1


class Entry(NamedTuple):
    """A file: its path (below the raw folder, or below the output), SHA-256 and size in bytes."""

    path: str
    sha256: str
    bytes: int


def entry(path: str, data: bytes) -> Entry:
    """The entry of a file with these bytes."""
    return Entry(path, sha256(data).hexdigest(), len(data))


def write(
    out: Path, settings: str, options: Mapping[str, Any], sources: Iterable[Entry], written: Iterable[Entry] = ()
) -> None:
    """Write the manifest of everything below `out`; `settings` is the digest of the settings, `options` their values.

    `written` are the entries of files that are known already; the others are read.
    """
    known = {one.path: one for one in written}
    files = [
        known.get(path) or entry(path, (out / path).read_bytes()) for path in _files_below(out) if path != MANIFEST
    ]
    content = {
        "jiaokan": __version__,
        "format": FORMAT,
        "settings": settings,
        "options": dict(options),
        "sources": [one._asdict() for one in sorted(set(sources))],
        "files": [one._asdict() for one in sorted(files)],
    }
    (out / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")


def _files_below(out: Path) -> Iterator[str]:
    for folder, _, names in os.walk(out):
        below = folder[len(str(out)) + 1 :]
        yield from (f"{below}/{name}" for name in names) if below else names


def read(out: Place) -> dict[str, Any]:
    """The manifest of an output folder; raises `OutputError`."""
    path = out / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise OutputError(f"has format {content['format']}, not {FORMAT}", path=str(path), mend="build it again")
    except OSError:
        raise OutputError("is no output of jiaokan: it has no manifest.json", path=str(out), mend="run `jiaokan build`") from None  # fmt: skip
    except (ValueError, KeyError, TypeError):
        raise OutputError("is damaged", path=str(path), mend="build it again") from None
    return dict(content)


def differences(out: Path) -> Iterable[tuple[str, str]]:
    """(path, what is wrong) for every file that is missing or not as the manifest says."""
    for one in read(out)["files"]:
        path = out / one["path"]
        if not path.is_file():
            yield one["path"], "is missing"
        elif sha256(path.read_bytes()).hexdigest() != one["sha256"]:
            yield one["path"], "is not as the manifest says (SHA-256)"
