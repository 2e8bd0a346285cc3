"""How much of a text stands in its order in a raw text."""

from __future__ import annotations

from bisect import bisect_left

SIZE = 12  # letters of the runs that are compared


def share_in_order(text: str, raw: str) -> float:
    """The share 0..1 of the letters of `text` covered by runs that occur once in both and in the same order."""
    raw = "".join(character for character in raw if not character.isspace() and character not in "\ufffe\u00ad")
    if not text:
        return 1.0
    here, there = _unique_runs(text), _unique_runs(raw)
    pairs = [(at, there[run]) for run, at in here.items() if run in there]
    chain = [pairs[index] for index in _longest_rising([place for _, place in pairs])]
    covered = 0
    here_end = there_end = 0
    for at, place in chain:
        covered += _alike(text[here_end:at], raw[there_end:place]) + at + SIZE - max(at, here_end)
        here_end, there_end = at + SIZE, place + SIZE
    return (covered + _alike(text[here_end:], raw[there_end:])) / len(text)


def _alike(text: str, raw: str) -> int:
    """How many letters of a gap between two runs agree from its beginning and from its end."""
    most = min(len(text), len(raw))
    begin = next((at for at in range(most) if text[at] != raw[at]), most)
    end = next((at for at in range(most - begin) if text[-1 - at] != raw[-1 - at]), most - begin)
    return begin + end


def _unique_runs(text: str) -> dict[str, int]:
    """The runs of SIZE letters that occur once, in order, with their places."""
    places: dict[str, int] = {}
    for at in range(len(text) - SIZE + 1):
        run = text[at : at + SIZE]
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _longest_rising(values: list[int]) -> list[int]:
    """The indexes of the longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []  # indexes of the values in `tails`
    before = [-1] * len(values)
    for index, value in enumerate(values):
        rank = bisect_left(tails, value)
        before[index] = ends[rank - 1] if rank else -1
        tails[rank : rank + 1] = [value]
        ends[rank : rank + 1] = [index]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]
