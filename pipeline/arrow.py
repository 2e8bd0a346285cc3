"""Arrow without pandas."""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import ModuleSpec

import pyarrow as pa


@cache
def leave_pandas_out() -> None:
    """Let Arrow find that there is no pandas, once and for all lists that it is given.

    Where pandas is installed Arrow loads it at the first list, to see whether that is one of its columns; that takes
    longer than all the tables of a small corpus.  What is asked to make something of pandas loads it all the same.
    """
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _Without)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(_Without)


class _Without:
    """Finds no pandas."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return None
