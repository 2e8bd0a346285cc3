"""Where raw files, outputs and results lie: a folder here, or a folder in an object store.

    place("raw"), place("file:///data/raw")   a `pathlib.Path`
    place("s3://bucket/raw")                  a `Remote`, which has the few methods of a `Path` that we use

Stores are spoken to by Arrow's file systems; credentials and endpoints come from the environment
(`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` …) or stand in the address (`s3://bucket/raw?region=…`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .errors import OutputError

if TYPE_CHECKING:  # loaded only where a store is spoken to: a folder here does without
    from pyarrow import fs

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss")


class Stat(NamedTuple):
    """Bytes of an object, and when it was written (seconds, by the store's clock)."""

    st_size: int
    st_mtime: float


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder or an object in a store: `path` is the bucket and the key.  Raises `OSError` as a `Path` does.

    An object is there whole or not at all.  Folders need not be made, and are there as long as they hold something.
    """

    scheme: str
    path: str
    query: str = ""
    info: fs.FileInfo | None = field(default=None, compare=False, repr=False)  # what a listing said

    def __str__(self) -> str:
        return f"{self.scheme}://{self.path}" + (f"?{self.query}" if self.query else "")

    def __truediv__(self, name: str | PurePosixPath) -> Remote:
        return replace(self, path=f"{self.path}/{name}", info=None)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @property
    def parent(self) -> Remote:
        return replace(self, path=PurePosixPath(self.path).parent.as_posix(), info=None)

    @property
    def parents(self) -> tuple[Remote, ...]:
        return tuple(replace(self, path=path.as_posix(), info=None) for path in PurePosixPath(self.path).parents)

    def resolve(self) -> Remote:
        return self

    def relative_to(self, root: Remote) -> PurePosixPath:
        return PurePosixPath(self.path).relative_to(root.path)

    def iterdir(self) -> Iterator[Remote]:
        for info in self._listed():
            yield replace(self, path=info.path, info=info)

    def files(self) -> Iterator[Remote]:
        """All objects below."""
        for info in self._listed(recursive=True):
            if info.is_file:
                yield replace(self, path=info.path, info=info)

    def is_dir(self) -> bool:
        return str(self._looked.type.name) == "Directory"

    def is_file(self) -> bool:
        return bool(self._looked.is_file)

    def exists(self) -> bool:
        return str(self._looked.type.name) != "NotFound"

    def is_symlink(self) -> bool:
        return False

    def stat(self) -> Stat:
        found = self._looked
        if not found.is_file:
            raise FileNotFoundError(2, "is not there", str(self))
        return Stat(found.size, found.mtime.timestamp() if found.mtime else 0.0)

    def read_bytes(self) -> bytes:
        with self._system.open_input_stream(self.path) as stream:
            return bytes(stream.read())

    def write_bytes(self, data: bytes) -> None:
        with self._system.open_output_stream(self.path) as stream:
            stream.write(data)

    def copy_from(self, other: Remote) -> None:
        """Become a copy of another object of the same store; the bytes do not come here."""
        self._system.copy_file(other.path, self.path)

    def unlink(self, missing_ok: bool = False) -> None:
        try:
            self._system.delete_file(self.path)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def remove_tree(self) -> None:
        """Remove all objects below."""
        self._system.delete_dir(self.path)

    def _listed(self, *, recursive: bool = False) -> list[fs.FileInfo]:
        from pyarrow import fs

        selector = fs.FileSelector(self.path, recursive=recursive, allow_not_found=True)
        found: list[fs.FileInfo] = self._system.get_file_info(selector)
        return found

    @property
    def _looked(self) -> fs.FileInfo:
        return self.info or self._system.get_file_info(self.path)

    @property
    def _system(self) -> fs.FileSystem:
        return _system(self.scheme, self.path.split("/")[0], self.query)


Place = Path | Remote


def place(text: str | Path) -> Place:
    """The place an argument names; raises `OutputError` for an address that cannot be used."""
    text = str(text)
    if "://" not in text:
        return Path(text)
    address = urlsplit(text)
    if address.scheme == "file":
        return Path(url2pathname(address.path))
    path = f"{address.netloc}{address.path}".strip("/")
    if address.scheme not in SCHEMES:
        mend = f"known: file, {', '.join(SCHEMES)}"
        raise OutputError(f"an address of an unknown kind, {address.scheme!r}", path=text, mend=mend)
    if "/" not in path:
        raise OutputError("names no folder in the bucket", path=text, mend=f"write {text.rstrip('/')}/FOLDER")
    return Remote(address.scheme, path, address.query)


def entries(folder: Place) -> list[Place]:
    """What lies in a folder, by name."""
    return sorted(folder.iterdir(), key=lambda path: path.name)


def name_below(path: Place, root: Place) -> str:
    """How a place is called from another that holds it: with `/`, whatever the system."""
    assert isinstance(path, Path) == isinstance(root, Path)
    return path.relative_to(root).as_posix()  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def _system(scheme: str, bucket: str, query: str) -> fs.FileSystem:
    """The file system of a bucket; raises `OutputError` where the address is refused."""
    import pyarrow as pa
    from pyarrow import fs

    if scheme == "s3" and "allow_delayed_open" not in query:
        query = "&".join([*query.split("&"), "allow_delayed_open=true"]).lstrip(
            "&"
        )  # one request for a small object, not three
    address = f"{scheme}://{bucket}" + (f"?{query}" if query else "")
    try:
        return fs.FileSystem.from_uri(address)[0]
    except (pa.ArrowException, OSError) as error:
        raise OutputError(f"cannot be used: {error}", path=address, mend="check the address") from error
