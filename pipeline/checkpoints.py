"""Where the way of a source through the stages can be taken up again: before `script`, and at its end.

What is kept is what each stage found, under the digest of all it could depend on.  So another script sends
nobody back to the pages, and another form of TEI asks no stage at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import msgspec

from . import storage
from .cache import Cache
from .corpus import Origin
from .errors import AlgebraError
from .fingerprint import fingerprint
from .manifest import Entry
from .model import Changes
from .options import Options, only
from .runner import CONVERTS, SCRIPT, TEXT
from .settings import Settings, digest
from .stages import STAGES

SPLIT = [name for name, _ in STAGES].index(CONVERTS)


class Keys(NamedTuple):
    """Under which the cache has a source as it was before `script`, at the end of the stages, and written."""

    text: str
    document: str
    output: str


def keys_of(origin: Origin, entries: Sequence[Entry], settings: Settings) -> Keys | None:
    """The keys of a source; `None` where not all its files could be read."""
    if len(entries) < len(origin.files) + bool(origin.sidecar):
        return None
    about = [fingerprint(), origin.doc_id, origin.suffix, len(origin.files), list(entries)]
    base = sha256(json.dumps(about).encode()).hexdigest()
    whole = zip(Keys._fields, _digests(settings.options), strict=True)
    return Keys(*(sha256(f"{base} {name} {one}".encode()).hexdigest() for name, one in whole))


def recall(cache: Cache, keys: Keys) -> tuple[Changes, ...]:
    """What the first stages found, as far as it is known; nothing where it is not whole."""
    first = _load(cache, keys.text)
    return (*first, *(_load(cache, keys.document) if len(first) == SPLIT else ()))


def keep(cache: Cache, keys: Keys, changes: Sequence[Changes], known: int) -> None:
    """Keep what the stages found, all but the first `known` that were kept before."""
    if known < min(SPLIT, len(changes)):
        _store(cache, keys.text, changes[:SPLIT])
    if known < len(STAGES) == len(changes):
        _store(cache, keys.document, changes[SPLIT:])


@lru_cache(maxsize=16)
def _digests(options: Options) -> tuple[str, str, str]:
    """What of the settings matters to each key."""
    return digest(only(options, TEXT)), digest(only(options, SCRIPT)), digest(options)


def _store(cache: Cache, key: str, changes: Sequence[Changes]) -> None:
    cache.put(key, msgspec.msgpack.encode([storage.dump(one) for one in changes]))


def _load(cache: Cache, key: str) -> tuple[Changes, ...]:
    data = cache.get(key)
    if data is None:
        return ()
    try:
        return tuple(storage.load(one) for one in msgspec.msgpack.decode(data, type=list[bytes]))
    except (msgspec.DecodeError, AlgebraError):
        return ()
