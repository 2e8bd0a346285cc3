"""The output folder in an object store: what `publishing` is for a folder here.

    OUT/manifest.json      the manifest of the current build: written last, in one step
    OUT/builds/<16>/…      a whole build, named by the first 16 digits of its manifest's SHA-256
    OUT/locks/<token>      who builds at the moment

Nothing that the manifest stands for is ever changed.  A new build goes into a folder of its own; what has not
changed is copied there inside the store.  The build before the current one stays for whoever is reading it.
Other objects in OUT are not touched.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from . import manifest
from .errors import OutputError
from .manifest import MANIFEST
from .places import Place, Remote

BUILDS, LOCKS = "builds", "locks"
THREADS = 16  # requests at once: each mostly waits
RENEWED = 30.0  # seconds after which a lock is written again
DEAD = 300.0  # seconds after which one that was not is nobody's
_NAME = re.compile(r"[0-9a-f]{16}")

One = TypeVar("One")
Answer = TypeVar("Answer")


@contextmanager
def holding(out: Remote, *, wait: bool = False) -> Iterator[None]:
    """As long as the block runs no other build writes to `out`.

    Whoever wants it first writes a lock of his own and then looks for others: so of two at once at least
    one sees the other and steps back.  A lock is written again and again; one that is old was left by a
    killed build.  Raises `OutputError` as `publishing.holding` does.
    """
    try:
        _check_ours(out)
        lock = _lock(out)
        while lock is None:
            if not wait:
                raise OutputError("another build is at work on it", path=str(out), mend="wait for it, or build with --wait")  # fmt: skip
            time.sleep(0.5 + secrets.randbelow(1000) / 1000)
            lock = _lock(out)
        ended = threading.Event()
        renewal = threading.Thread(target=_renew, args=(lock, ended), daemon=True)
        renewal.start()
        try:
            yield
        finally:
            ended.set()
            renewal.join()
            lock.unlink(missing_ok=True)
    except OSError as error:
        raise _unreachable(out, error) from error


@contextmanager
def staging(out: Remote) -> Iterator[Path]:
    """A folder on this machine to write into; it is gone afterwards."""
    with TemporaryDirectory(prefix="jiaokan-") as folder:
        stage = Path(folder) / "out"
        stage.mkdir()
        yield stage


def publish(stage: Path, out: Remote) -> None:
    """Make what lies in `stage` the current build."""
    data = (stage / MANIFEST).read_bytes()
    old, new = current(out), _folder(out, data)
    entries = json.loads(data)["files"]
    known = {one["sha256"]: path for path, one in _whole(old, manifest.read(old)["files"])} if old else {}
    there = {path for path, _ in _whole(new, entries)}

    def bring(entry: dict[str, Any]) -> None:
        target = new / entry["path"]
        if target in there:
            return  # an upload that was broken off had come so far
        if entry["sha256"] in known:
            target.copy_from(known[entry["sha256"]])
        else:
            target.write_bytes((stage / entry["path"]).read_bytes())

    each(bring, entries)
    (new / MANIFEST).write_bytes(data)
    (out / MANIFEST).write_bytes(data)
    _remove_all_but(out, {one.name for one in (old, new) if one})


def _whole(folder: Remote, entries: Iterable[dict[str, Any]]) -> list[tuple[Remote, dict[str, Any]]]:
    """The objects of a build, with their entries, that are there with as many bytes as they should have."""
    sizes = {path.path: path.stat().st_size for path in folder.files()}
    places = ((folder / one["path"], one) for one in entries)
    return [(path, one) for path, one in places if sizes.get(path.path) == one["bytes"]]


def current(out: Remote) -> Remote | None:
    """The folder of the current build, if there is one."""
    try:
        return _folder(out, (out / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None


def stands(out: Remote) -> bool:
    """Whether every object of the current build is there, with as many bytes as it should have."""
    folder = current(out)
    if folder is None:
        return False
    entries = manifest.read(folder)["files"]
    return len(_whole(folder, entries)) == len(entries)


@contextmanager
def fetched(out: Place, below: str = "") -> Iterator[Path]:
    """An output folder on this machine: itself, or a copy of the current build as long as the block runs.

    `below` names the one folder of it that is wanted besides the manifest.  Raises `OutputError`.
    """
    if isinstance(out, Path):
        yield out
        return
    try:
        folder = current(out)
        if folder is None:
            raise OutputError("holds no output of jiaokan", path=str(out), mend="run `jiaokan build`")
        with TemporaryDirectory(prefix="jiaokan-") as name:
            copy = Path(name) / out.name

            def bring(one: Remote) -> None:
                path = copy / one.relative_to(folder)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(one.read_bytes())

            each(bring, [folder / MANIFEST, *(folder / below if below else folder).files()])
            yield copy
    except OSError as error:
        raise _unreachable(out, error) from error


def each(call: Callable[[One], Answer], things: Iterable[One]) -> list[Answer]:
    """The answers for all things, several at once; the first error is raised."""
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(call, things))


def _folder(out: Remote, data: bytes) -> Remote:
    return out / BUILDS / sha256(data).hexdigest()[:16]


def _remove_all_but(out: Remote, names: set[str]) -> None:
    for folder in (out / BUILDS).iterdir():
        if _NAME.fullmatch(folder.name) and folder.name not in names:
            folder.remove_tree()


def _check_ours(out: Remote) -> None:
    """Refuse a folder that is somebody else's: things in it, and no manifest of ours."""
    if (out / MANIFEST).is_file():
        return
    others = sorted(path.name for path in out.iterdir() if not path.name.startswith(".") and path.name not in (BUILDS, LOCKS))  # fmt: skip
    if others:
        told = f"holds {others[0]} and was not made by jiaokan"
        raise OutputError(told, path=str(out), mend="choose an empty folder with -o")


def _lock(out: Remote) -> Remote | None:
    """A lock of our own; `None` where somebody else has one that is alive, by the store's own clock."""
    lock = out / LOCKS / secrets.token_hex(8)
    _write_lock(lock)
    now = lock.stat().st_mtime
    others = {other: now - other.stat().st_mtime < DEAD for other in (out / LOCKS).files() if other != lock}
    for gone in [lock] if any(others.values()) else others:
        gone.unlink(missing_ok=True)
    return None if any(others.values()) else lock


def _write_lock(lock: Remote) -> None:
    lock.write_bytes(f"{socket.gethostname()} {os.getpid()}\n".encode())


def _renew(lock: Remote, ended: threading.Event) -> None:
    while not ended.wait(RENEWED):
        try:
            _write_lock(lock)
        except OSError:
            continue


def _unreachable(out: Remote, error: OSError) -> OutputError:
    told = " ".join(str(error).split())[:300]
    return OutputError(f"cannot be reached or written: {told}", path=str(out), mend="check the address, the rights and the credentials")  # fmt: skip
