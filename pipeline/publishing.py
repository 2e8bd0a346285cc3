"""The output folder: written beside its place, then swapped in by one step.

Only files that the folder's own `manifest.json` names are ours.  Whatever else lies in it is carried
over as it is; a folder that holds other things and no manifest is refused.
"""

from __future__ import annotations

import ctypes
import errno
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

# Beside `x` lie, as long as it is built, `.x.jiaokan-lock`, `.x.jiaokan-<process>` and perhaps `….old`.
_OURS = ".jiaokan-"
_LOCK = "lock"
_OLD = ".old"


@contextmanager
def holding(out: Path, *, wait: bool = False) -> Iterator[None]:
    """As long as the block runs no other build writes to `out`; what killed ones left is put in order first.

    Raises `OutputError` for an `out` that is not ours, that another build holds (unless `wait`: then it is
    waited for), or whose parent cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = _lock(_beside(out, _LOCK), wait)
    except OSError as error:
        raise _unwritable(out, error) from error
    if lock is None:
        raise OutputError("another build is at work on it", path=str(out), mend="wait for it, or build with --wait")
    try:
        _recover(out)
        _check_ours(out)
        yield
    finally:
        _beside(out, _LOCK).unlink(missing_ok=True)
        os.close(lock)


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write into; it is gone afterwards, whatever happens.  `out` must be held.

    Raises `OutputError` for what cannot be written, then and inside the block.
    """
    stage = _beside(out, str(os.getpid()))
    try:
        stage.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise _unwritable(out, error) from error


def publish(stage: Path, out: Path) -> None:
    """Put `stage` in the place of `out` with everything there that is not ours; `stage` then holds the old."""
    if not out.exists():
        stage.rename(out)
        return
    for path in foreign_files(out):
        target = stage / path
        if target.exists():
            raise OutputError("is in the way and was not made by jiaokan", path=str(out / path), mend="move it away")
        _carry(out / path, target)
    shutil.copymode(out, stage)
    if not _exchange(stage, out):
        old = stage.with_name(stage.name + _OLD)
        out.rename(old)
        stage.rename(out)
        old.rename(stage)
    _carry_late(stage, out)


def foreign_files(out: Path) -> list[Path]:
    """Files below `out` (relative) that its manifest does not name."""
    ours = _ours(out)
    found: list[Path] = []
    for folder, folders, names in os.walk(out):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        below = folder[len(str(out)) + 1 :]
        inside = (f"{below}/{name}" if below else name for name in [*names, *links])
        found += [Path(name) for name in inside if name not in ours]
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
    target.parent.mkdir(parents=True, exist_ok=True)
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


def _carry_late(old: Path, out: Path) -> None:
    """Carry over what others put into the old folder while the new one was made ready."""
    for path in foreign_files(old):
        if not os.path.lexists(out / path):
            _carry(old / path, out / path)


def _beside(out: Path, ending: str) -> Path:
    return out.parent / f".{out.name}{_OURS}{ending}"


def _lock(path: Path, wait: bool) -> int | None:
    """A lock file, locked; `None` where somebody else holds it.  A lock whose file was removed is none."""
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if os.path.exists(path) and os.path.samestat(os.fstat(lock), os.stat(path)):
                return lock
        except BlockingIOError:
            os.close(lock)
            return None
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _recover(out: Path) -> None:
    """Put back an `out` that was on its way to be swapped, and remove what else killed builds left."""
    prefix = _beside(out, "").name
    for path in sorted(out.parent.iterdir()):
        if not path.name.startswith(prefix) or path == _beside(out, _LOCK):
            continue
        if not path.is_dir():
            path.unlink(missing_ok=True)
        elif path.name.endswith(_OLD) and not out.exists():
            path.rename(out)
        else:
            if _ours(path) and out.is_dir():
                _carry_late(path, out)
            shutil.rmtree(path, ignore_errors=True)


def _unwritable(out: Path, error: OSError) -> OutputError:
    told = f"cannot be written: {error.strerror or error}"
    mend = "choose a folder with -o whose parent can be written and which is no mount point"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        mend = "make room; what was there before is untouched"
    return OutputError(told, path=str(out), mend=mend)
