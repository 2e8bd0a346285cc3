"""Under which keys a source is kept: digests of all that what is kept could depend on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from .corpus import Origin
from .fingerprint import fingerprint
from .manifest import Entry
from .options import SCRIPT, TEXT, Options, only
from .settings import Settings, digest


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


@lru_cache(maxsize=16)
def _digests(options: Options) -> tuple[str, str, str]:
    """What of the settings matters to each key."""
    return digest(only(options, TEXT)), digest(only(options, SCRIPT)), digest(options)
