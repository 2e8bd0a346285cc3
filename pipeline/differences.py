"""What a library made of a text, as the stretches that are different."""

from __future__ import annotations

from itertools import compress, count
from operator import ne


def differences(old: str, new: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Where `old` must be changed to read `new`, as (start, end, text), moved by `start`.

    Of equal length: position by position, neighbours united.  Otherwise the stretch between the common
    prefix and the common suffix: meant for one line, never a general diff.
    """
    if old == new:
        return []
    if len(old) == len(new):
        found: list[tuple[int, int, str]] = []
        first = last = -1
        for at in compress(count(), map(ne, old, new)):
            if at != last:
                if last > 0:
                    found.append((start + first, start + last, new[first:last]))
                first = at
            last = at + 1
        return [*found, (start + first, start + last, new[first:last])]
    limit = min(len(old), len(new))
    head = next(compress(count(), map(ne, old, new)), limit)
    tail = min(next(compress(count(), map(ne, reversed(old), reversed(new))), limit), limit - head)
    return [(start + head, start + len(old) - tail, new[head : len(new) - tail])]
