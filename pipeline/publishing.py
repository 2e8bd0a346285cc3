"""The output folder: written beside its place, then swapped in by one step.

Only files that the folder's own `manifest.json` names are ours.  Whatever else lies in it is carried
over as it is; a folder that holds other things and no manifest is refused.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import OutputError
from .manifest import MANIFEST

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write into; it is gone afterwards, whatever happens.

    Raises `OutputError` for an `out` that is not ours or cannot be written, then and inside the block.
    Leftovers of builds that were killed are swept away: nobody holds their lock.
    """
    _check_ours(out)
    try:
        yield from _stage(out)
    except OSError as error:
        told = f"cannot be written: {error.strerror or error}"
        mend = "choose a folder with -o whose parent can be written and which is no mount point"
        raise OutputError(told, path=str(out), mend=mend) from error


def _stage(out: Path) -> Iterator[Path]:
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}.jiaokan-"
    for old in sorted(out.parent.glob(prefix + "*.lock")):
        _sweep(old)
    stage = out.parent / f"{prefix}{os.getpid()}"
    lock_path = stage.with_name(stage.name + ".lock")
    with lock_path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            lock_path.unlink(missing_ok=True)


def publish(stage: Path, out: Path) -> None:
    """Put `stage` in the place of `out` with everything there that is not ours; `stage` then holds the old."""
    if not out.exists():
        stage.rename(out)
        return
    for path in foreign_files(out):
        target = stage / path
        if target.exists():
            raise OutputError("is in the way and was not made by jiaokan", path=str(out / path), mend="move it away")
        target.parent.mkdir(parents=True, exist_ok=True)
        _carry(out / path, target)
    shutil.copymode(out, stage)
    if not _exchange(stage, out):
        old = stage.with_name(stage.name + ".old")
        out.rename(old)
        stage.rename(out)
        old.rename(stage)


def foreign_files(out: Path) -> list[Path]:
    """Files below `out` (relative) that its manifest does not name."""
    ours = _ours(out)
    found: list[Path] = []
    for folder, folders, names in os.walk(out):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        found += [path for name in [*names, *links] if (path := (Path(folder) / name).relative_to(out)).as_posix() not in ours]  # fmt: skip
    return sorted(found)


def _ours(out: Path) -> set[str]:
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        return {MANIFEST, *(entry["path"] for entry in manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _check_ours(out: Path) -> None:
    """Refuse a folder that is somebody else's: things in it, and no manifest of ours."""
    if out.exists() and not out.is_dir():
        raise OutputError("is not a folder", path=str(out), mend="choose another -o")
    if not out.exists() or _ours(out):
        return
    others = sorted(path.name for path in out.iterdir() if not path.name.startswith("."))
    if others:
        told = f"holds {others[0]} and was not made by jiaokan"
        raise OutputError(told, path=str(out), mend="choose an empty folder with -o")


def _carry(source: Path, target: Path) -> None:
    """The very file by a hard link; a copy where links are not possible."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; false where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _sweep(lock_path: Path) -> None:
    try:
        with lock_path.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock_path.with_name(lock_path.name.removesuffix(".lock")), ignore_errors=True)
            lock_path.unlink(missing_ok=True)
    except OSError:
        return
