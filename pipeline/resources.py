"""Files that travel with the package: the schemas, and the tables under `data/`."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def schema_path(name: str) -> Path:
    """Path of a file of `schemas/`: beside the code when installed, at the project's root in a checkout.

    Raises `FileNotFoundError`.
    """
    for folder in (_HERE / "schemas", _HERE.parent / "schemas"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"schemas/{name} is missing from this installation")


def data_path(name: str) -> Path:
    """Path of a file of `data/`."""
    return _HERE / "data" / name


def data_text(name: str) -> str:
    """Text of a file of `data/`."""
    return data_path(name).read_text(encoding="utf-8")
