"""Plain note markers: the chosen ones are, in order, those of the greatest total weight."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.notes import _assign, _same_label

Place = tuple[int, int, str, int]
LABELS = st.sampled_from(["1", "2", "3", "4", "*", "＊", "①", "0"])


@dataclass
class Note:
    n: str
    id: int


def by_table(places: list[Place], notes: list[Note]) -> list[tuple[Place, Note]]:
    """The same by a full table, row by row."""
    rows = [[0] * (len(places) + 1)]
    for note in notes:
        above, row = rows[-1], [0]
        for at, place in enumerate(places):
            take = above[at] + place[3] + 4 if _same_label(place[2], note.n) else -1
            row.append(max(above[at + 1], row[at], take))
        rows.append(row)
    at, chosen = len(places), []
    for line in range(len(notes), 0, -1):
        while at and rows[line][at] == rows[line][at - 1] and rows[line][at] != rows[line - 1][at]:
            at -= 1
        if at and rows[line][at] != rows[line - 1][at]:
            chosen.append((places[at - 1], notes[line - 1]))
            at -= 1
    return chosen[::-1]


@given(st.lists(st.tuples(LABELS, st.integers(1, 3)), max_size=14), st.lists(LABELS, max_size=9))
def test_the_best_chain_is_that_of_the_full_table(found: list[tuple[str, int]], labels: list[str]) -> None:
    places = [(at, at + 1, label, weight) for at, (label, weight) in enumerate(found)]
    notes = [Note(label, number) for number, label in enumerate(labels)]
    assert list(_assign(places, notes)) == by_table(places, notes)  # type: ignore[arg-type, comparison-overlap]


def test_a_marker_without_a_note_is_passed_over() -> None:
    places = [(0, 1, "1", 5), (4, 5, "7", 5), (8, 9, "2", 5)]
    notes = [Note("1", 0), Note("2", 1)]
    assert [place[2] for place, _ in _assign(places, notes)] == ["1", "2"]  # type: ignore[arg-type]
