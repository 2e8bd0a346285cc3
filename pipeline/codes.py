"""Numbers for values that come again and again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


class Codes(dict[K, int]):
    """A number for every value, in the order of first use: its place in `listed`."""

    __slots__ = ("listed",)

    def __init__(self, values: Iterable[K] = ()) -> None:
        super().__init__()
        self.listed: list[K] = []
        for value in values:
            self[value]

    def __missing__(self, value: K) -> int:
        self[value] = code = len(self)
        self.listed.append(value)
        return code
