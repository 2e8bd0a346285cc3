"""Which sources a folder of raw files holds, and under which ids.

x.txt      one source          x.toml    its sidecar
x.pages/   one source, its files in natural order, one a page
other/     only groups         names that begin with a dot are passed over
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from .errors import JiaokanError, SettingsError, SourceError
from .places import Place, Remote, entries, name_below
from .readers import PAGES, READERS
from .settings import NAME

# Files a document has in `tei/<doc_id>/`: no other document's folder may be called so.
_OUR_FILE = re.compile(r"(?:a\d{2,}|matter|corpus)\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """A source before it is read: its raw files (paths below the root, with `/`) and its sidecar, if any."""

    doc_id: str
    suffix: str
    root: Place
    files: tuple[str, ...]
    sidecar: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What cannot be published; `path` is below the root, `doc_id` empty where it is no source.

    `files` are raw files that could be read, if any is known.
    """

    doc_id: str
    path: str
    message: str
    mend: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: sources by id, failures by path, files of kinds that are not read."""

    origins: tuple[Origin, ...]
    failures: tuple[Failure, ...]
    ignored: tuple[str, ...]


def discover(root: Place) -> Corpus:
    """The sources below `root`, sorted by id.  Never raises for a single source."""
    origins: list[Origin] = []
    failures: list[Failure] = []
    ignored: list[str] = []
    sidecars: dict[str, str] = {}
    for path in _walk(root, root, failures):
        name = name_below(path, root)
        try:
            origin = _origin(root, path, name)
        except SourceError as error:
            failures.append(failure(_doc_id(path, name), name, error))
            continue
        if origin is not None:
            origins.append(origin)
        elif path.suffix == ".toml":
            if name != NAME:
                sidecars[name[:-5]] = name
        else:
            ignored.append(name)
    origins = [_with_sidecar(origin, sidecars) for origin in origins]
    for name in sidecars.values():
        told = SettingsError("a sidecar without its source", path=name, mend="name it after the source, or remove it")
        failures.append(failure("", name, told))
    bad = _collisions(origins)
    taken = {one.doc_id for one in failures if one.doc_id}
    for origin in origins:
        if origin.doc_id in taken:
            bad[origin] = SourceError("another source with this id failed", mend="rename or remove that one")
    failures += [
        failure(origin.doc_id, _path(origin), bad[origin], origin.files) for origin in origins if origin in bad
    ]
    return Corpus(
        tuple(sorted((origin for origin in origins if origin not in bad), key=lambda origin: origin.doc_id)),
        tuple(sorted(failures, key=lambda one: (one.path, one.message))),
        tuple(sorted(ignored)),
    )


def single(file: Path) -> Origin:
    """The source a single file (or folder of pages) is, with its sidecar; raises `SourceError`."""
    if not file.exists():
        raise SourceError("is not there", path=str(file), mend="check the name")
    origin = _origin(file.parent, file, file.name)
    if origin is None:
        mend = "give one file, or use `jiaokan build`" if file.is_dir() else "rename it"
        raise SourceError(f"is not a kind that is read ({', '.join(READERS)})", path=str(file), mend=mend)
    sidecar = file.with_suffix(".toml").name
    return _with_sidecar(origin, {sidecar[:-5]: sidecar} if (file.parent / sidecar).is_file() else {})


def failure(doc_id: str, path: str, error: JiaokanError, files: tuple[str, ...] = ()) -> Failure:
    """A failure told by an error."""
    place = f"line {error.line}: " if error.line else ""
    told = f"{error.path}: " if error.path and error.path != path else ""
    return Failure(doc_id, path, told + place + error.message, error.mend, files)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts `p2` before `p10`; digits of any script count as numbers."""
    pieces = re.findall(r"\d+|\D+", name)
    return (*((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces), (-1, 0, name))


def _walk(root: Place, folder: Place, failures: list[Failure]) -> Iterable[Place]:
    """Files and folders of pages below `folder`, in a fixed order; links that lead out are failures."""
    try:
        found = entries(folder)
    except OSError as error:
        told = SourceError(f"cannot be opened: {error.strerror or error}", mend="check its permissions")
        failures.append(failure("", name_below(folder, root), told))
        return
    for path in found:
        if path.name.startswith("."):
            continue
        if (refused := _refused(root, path)) is not None:
            name = os.fsencode(name_below(path, root)).decode("utf-8", "replace")
            failures.append(failure(_doc_id(path, name), name, refused))
        elif path.is_dir() and path.suffix.lower() != PAGES and path.suffix.lower() not in READERS:
            yield from _walk(root, path, failures)
        else:
            yield path


def _refused(root: Place, path: Place) -> SourceError | None:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return SourceError("the name is not Unicode", mend="rename it")
    if any(not character.isprintable() for character in path.name):
        return SourceError("the name holds a control character", mend="rename it")
    if isinstance(path, Remote) or isinstance(root, Remote) or not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return SourceError("a symbolic link that leads nowhere", mend="replace it by the file")
    if not target.is_relative_to(root.resolve()):
        return SourceError("a symbolic link that leads out of the raw folder", mend="replace it by a copy of the file")
    if path.is_dir():
        return SourceError("a symbolic link to a folder is not followed", mend="replace it by the folder")
    return None


def _origin(root: Place, path: Place, name: str) -> Origin | None:
    """The source a path is, or `None` if it is no source."""
    suffix, doc_id = path.suffix.lower(), _doc_id(path, name)
    if suffix == PAGES and path.is_dir():
        return _pages(root, path, name, doc_id)
    if suffix not in READERS:
        return None
    if not path.is_file():
        mend = f"a folder of pages is called {path.stem}{PAGES}"
        raise SourceError("is not a file", path=name, mend=mend)
    return Origin(doc_id, suffix, root, (name,))


def _doc_id(path: Place, name: str) -> str:
    """The id of the source a path is, or would be; empty where its suffix is not one of ours."""
    suffix = path.suffix
    return normalize("NFC", name[: -len(suffix)]) if suffix.lower() in (PAGES, *READERS) else ""


def _pages(root: Place, path: Place, name: str, doc_id: str) -> Origin:
    refused: list[Failure] = []
    try:
        inside = [page for page in path.iterdir() if not page.name.startswith(".") and page.suffix.lower() in READERS]
    except OSError as error:
        raise SourceError(
            f"cannot be opened: {error.strerror or error}", path=name, mend="check its permissions"
        ) from None
    for page in inside:
        wrong = _refused(root, page)
        if wrong is None and not page.is_file():
            wrong = SourceError("is not a file", mend="remove it")
        if wrong is not None:
            refused.append(failure(doc_id, f"{name}/{page.name}", wrong))
    if refused:
        raise SourceError(f"{refused[0].path}: {refused[0].message}", path=name, mend=refused[0].mend)
    suffixes = {page.suffix.lower() for page in inside}
    if len(suffixes) != 1:
        raise SourceError("holds no pages" if not suffixes else "holds pages of different kinds", path=name, mend="add .txt files or remove it")  # fmt: skip
    files = tuple(f"{name}/{page.name}" for page in sorted(inside, key=lambda page: natural(page.name)))
    return Origin(doc_id, suffixes.pop(), root, files)


def _path(origin: Origin) -> str:
    """How a source is called in messages: its file, or its folder of pages."""
    first = PurePosixPath(origin.files[0])
    return first.parent.as_posix() if first.parent.suffix.lower() == PAGES else first.as_posix()


def _with_sidecar(origin: Origin, sidecars: dict[str, str]) -> Origin:
    """The origin with its sidecar, which is taken out of `sidecars`."""
    stem = PurePosixPath(_path(origin)).with_suffix("").as_posix()
    name = sidecars.pop(stem, "")
    return Origin(origin.doc_id, origin.suffix, origin.root, origin.files, name)


def _collisions(origins: Sequence[Origin]) -> dict[Origin, SourceError]:
    """Sources that cannot all be published: equal ids, or one's folder where another has a file."""
    bad: dict[Origin, SourceError] = {}
    by_id: dict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        by_id[normalize("NFC", origin.doc_id.casefold())].append(origin)
    for folded, same in by_id.items():
        if len(same) > 1:
            names = ", ".join(sorted(_path(origin) for origin in same))
            for origin in same:
                bad[origin] = SourceError(f"one id for several sources: {names}", mend="rename all but one")
        places = folded.split("/")
        for depth in range(1, len(places)):
            others = by_id.get("/".join(places[:depth]), [])
            if others and _OUR_FILE.fullmatch(places[depth]):
                for origin in [*same, *others]:
                    told = f"{_path(others[0])} would have a file where {_path(same[0])} needs a folder"
                    bad[origin] = SourceError(told, mend="rename one of them")
    return bad
