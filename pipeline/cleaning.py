"""One source from its raw files to its edition: what `build` and `clean` both do."""

from __future__ import annotations

import gc
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from . import sidecar
from .corpus import Origin
from .edition import Edition
from .errors import SourceError
from .manifest import Entry, entry
from .model import Changes, Remark, Source
from .options import Options
from .readers import READERS
from .runner import Finished, run
from .settings import Settings, read_bytes


@dataclass(slots=True)
class Cleaned:
    """A source as far as it came: the files read so far, and its edition if it came to one."""

    files: list[Entry] = field(default_factory=list)
    sidecar: Entry | None = None
    options: Options = field(default_factory=Options)
    edition: Edition | None = None
    timings: MutableMapping[str, float] = field(default_factory=dict)


@contextmanager
def uncollected() -> Iterator[None]:
    """As long as a source is at work nobody searches for objects that refer to each other in a circle.

    A source makes next to none, and the search goes over all its lines and rows again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def clean(origin: Origin, settings: Settings, cleaned: Cleaned) -> Edition:
    """The edition of a source; `cleaned` is filled on the way, so that a failure can be told with its files.

    Raises `JiaokanError`.
    """
    return finish(*read(origin, settings, cleaned), cleaned)[0]


def read(origin: Origin, settings: Settings, cleaned: Cleaned) -> tuple[Source, tuple[Remark, ...]]:
    """The witness of a source and its reader's remarks; options and corrections go into `cleaned`."""
    contents = []
    for name in origin.files:
        try:
            data = (origin.root / name).read_bytes()
        except OSError as error:
            raise SourceError(
                f"cannot be read: {error.strerror or error}", path=name, mend="check its permissions"
            ) from None
        contents.append((name, data))
        cleaned.files.append(entry(name, data))
    cleaned.options = settings.options
    corrections: tuple[sidecar.Correction, ...] = ()
    if origin.sidecar:
        data = read_bytes(origin.root / origin.sidecar, origin.sidecar)
        cleaned.sidecar = entry(origin.sidecar, data)
        beside = sidecar.read(data, origin.sidecar, settings)
        cleaned.options, corrections = beside.options, beside.corrections
    source, remarks = READERS[origin.suffix](origin.doc_id, contents, cleaned.options.encoding)
    cleaned.options = replace(cleaned.options, verdicts=sidecar.resolve(corrections, source))
    return source, remarks


def finish(
    source: Source, remarks: tuple[Remark, ...], cleaned: Cleaned, known: Sequence[Changes] = ()
) -> tuple[Edition, Finished]:
    """The edition of a source that was read; `known` is what the first stages found before."""
    finished = run(source, cleaned.options, remarks, cleaned.timings, known=known)
    cleaned.edition = Edition(finished.document, finished.unconverted, choice=cleaned.options.tei.choice)
    return cleaned.edition, finished
