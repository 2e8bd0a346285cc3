"""Where the way of a source through the stages can be taken up again: before `script`, and at its end.

What is kept is what each stage found, under the digest of all it could depend on.  So another script sends
nobody back to the pages, and another form of TEI asks no stage at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from . import storage
from .cache import Cache
from .errors import AlgebraError
from .keys import Keys
from .model import Changes
from .runner import CONVERTS
from .stages import STAGES

SPLIT = [name for name, _ in STAGES].index(CONVERTS)


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
