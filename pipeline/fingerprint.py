"""A digest of everything but the sources and settings that decides what comes out: our own files, and libraries."""

from __future__ import annotations

import platform
import unicodedata
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lxml import etree

from .resources import schema_path

# Libraries whose answers reach the output; those that only show or read options are left out.
LIBRARIES = ("ftfy", "lxml", "msgspec", "numpy", "opencc", "pyarrow", "wcwidth")
# Kinds of files that are no part of the program.
_PASSED_OVER = (".pyc", ".pyo")


@cache
def fingerprint() -> str:
    """SHA-256 over the package's files, the schemas, and the versions of Python and of `LIBRARIES`."""
    digest = sha256()
    for root in (Path(__file__).parent, schema_path("dataset.json").parent):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix not in _PASSED_OVER:
                name = path.relative_to(root).as_posix()
                digest.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode("utf-8", "surrogateescape"))
    for name in LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    python = ".".join(platform.python_version_tuple()[:2])
    digest.update(f"{python} {unicodedata.unidata_version} {etree.LIBXML_VERSION}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
