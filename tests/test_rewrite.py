"""The algebra of edits, held against plain Python strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import AlgebraError
from pipeline.model import Block, Changes, Document, Edit, Part, Rule, Run, Source, Span
from pipeline.rewrite import Reading, apply, differences, pieces, read, rewrite

RULE = Rule("misread-letter", "emended", 90, "A letter read wrongly.")
OTHER = Rule("line-end-hyphen", "joined", 97, "A hyphen at a line's end.")
ALPHABET = "abc甲乙 \n"
TEXT = st.text(ALPHABET, min_size=1, max_size=24)
NEW = st.text("XYZ寅", max_size=3)

Change = tuple[int, int, str]


def source(text: str) -> Source:
    return Source("x", text, (Part("x.txt", "", len(text), 0, len(text), ((0, "utf-8"),)),))


def replaced(text: str, changes: list[Change]) -> str:
    """The oracle: the same changes on a plain string."""
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


@st.composite
def changes_of(draw: st.DrawFn, length: int) -> list[Change]:
    """Ascending disjoint changes of a text of this length, insertions included."""
    places = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    found: list[Change] = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        if not found or start > found[-1][1] or (start == found[-1][1] and start < end):
            found.append((start, end, draw(NEW)))
    return found


@st.composite
def spans_of(draw: st.DrawFn, length: int, *, ordered: bool = True) -> list[Span]:
    """Disjoint non-empty spans, some of them touching."""
    places = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=8)))
    spans = list(zip(places, places[1:], strict=False))
    kept = [span for span in spans if draw(st.booleans())] or spans[:1]
    return kept if ordered else draw(st.permutations(kept))


def stage(text: str, runs: tuple[Run, ...], reading: Reading, changes: list[Change]) -> tuple[Run, ...]:
    return rewrite(runs, reading.edits(changes, RULE))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_stages_equal_plain_replacement(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(spans_of(len(text), ordered=False))
    runs: tuple[Run, ...] = ()
    plain = "".join(text[start:end] for start, end in spans)
    for _ in range(data.draw(st.integers(1, 4))):
        reading = Reading(text, runs, spans)
        assert reading.text == plain
        changes = data.draw(changes_of(len(plain)))
        runs = stage(text, runs, reading, changes)
        plain = replaced(plain, changes)
    assert Reading(text, runs, spans).text == plain
    outside = [place for place in range(len(text)) if not any(start <= place < end for start, end in spans)]
    for place in outside:
        assert all(not run.start <= place < run.end for run in runs), "text outside the spans was changed"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_single_edits_equal_plain_replacement(data: st.DataObject) -> None:
    """One `edit` a stage: the case of a stage that decides place by place."""
    text = data.draw(TEXT)
    spans = data.draw(spans_of(len(text), ordered=False))
    runs: tuple[Run, ...] = ()
    plain = Reading(text, runs, spans).text
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(plain)))
        end = data.draw(st.integers(start, len(plain)))
        new = data.draw(NEW)
        whole = Reading(text, runs, spans).edit(0, end, new, RULE)
        assert Reading(text, runs, spans).edit_head(end, new, RULE) == whole
        runs = rewrite(runs, Reading(text, runs, spans).edit(start, end, new, RULE))
        plain = plain[:start] + new + plain[end:]
        assert Reading(text, runs, spans).text == plain


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_edits_keep_within_the_spans_they_were_read_from(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(spans_of(len(text)))
    document = apply(Document(source(text)), Changes(blocks=(Block("b", "p", tuple(spans), RULE, 90),)))
    for _ in range(3):
        reading = read(document, spans)
        changes = data.draw(changes_of(len(reading.text)))
        document = apply(document, Changes(edits=tuple(reading.edits(changes, RULE))))
        assert read(document, spans).text == replaced(reading.text, changes)


@settings(deadline=None)
@given(st.data())
def test_pieces_tile_every_span(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    runs: tuple[Run, ...] = ()
    for _ in range(2):
        reading = Reading(text, runs, [(0, len(text))])
        runs = stage(text, runs, reading, data.draw(changes_of(len(reading.text))))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if any(run.start < place < run.end for run in runs for place in (start, end)):
        if start < end:
            with pytest.raises(AlgebraError):
                list(pieces(runs, start, end))
        return
    place = start
    for left, right, run in pieces(runs, start, end):
        assert left == place
        assert right > left or run is not None
        assert run is None or (left, right) == (run.start, run.end)
        place = right
    assert place == end


@settings(deadline=None)
@given(st.data())
def test_neighbouring_spans_read_every_run_once(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    reading = Reading(text, (), [(0, len(text))])
    runs = stage(text, (), reading, data.draw(changes_of(len(text))))
    cuts = [c for c in range(1, len(text)) if not any(run.start < c < run.end for run in runs)]
    cut = data.draw(st.sampled_from([0, *cuts]))
    found = [run for span in ((0, cut), (cut, len(text))) if span[0] < span[1] for _, _, run in pieces(runs, *span)]
    assert [run for run in found if run is not None] == list(runs)


@settings(deadline=None)
@given(st.data())
def test_runs_stay_sorted_and_disjoint(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    runs: tuple[Run, ...] = ()
    for _ in range(3):
        reading = Reading(text, runs, [(0, len(text))])
        runs = stage(text, runs, reading, data.draw(changes_of(len(reading.text))))
    for left, right in zip(runs, runs[1:], strict=False):
        assert left.end <= right.start
        assert left[:2] < right[:2]
    assert all(run.start < run.end or run.new for run in runs), "an insertion of nothing is no run"


CROSSING = [
    # runs, edits that must be refused
    ([], [(3, 6, "x"), (5, 8, "y")]),
    ([], [(3, 6, "x"), (3, 6, "y")]),
    ([], [(4, 4, "x"), (4, 4, "y")]),
    ([], [(3, 6, "x"), (4, 4, "y")]),
    ([], [(6, 3, "x")]),
    ([(3, 6, "x")], [(5, 8, "y")]),
    ([(3, 6, "x")], [(2, 4, "y")]),
    ([(3, 6, "x")], [(4, 5, "y")]),
    ([(3, 6, "x")], [(4, 4, "y")]),
    ([(3, 6, "x"), (6, 8, "z")], [(4, 7, "y")]),
]


@pytest.mark.parametrize(("earlier", "edits"), CROSSING)
def test_overlaps_are_refused(earlier: list[Change], edits: list[Change]) -> None:
    runs = rewrite((), [Edit(*change, RULE, 90) for change in earlier])
    with pytest.raises(AlgebraError):
        rewrite(runs, [Edit(*change, RULE, 90) for change in edits])


TOGETHER = [
    # runs before, edits, (start, end, new) after
    ([], [(5, 8, "b"), (5, 5, "a")], [(5, 5, "a"), (5, 8, "b")]),
    ([], [(3, 5, "b"), (5, 5, "a")], [(3, 5, "b"), (5, 5, "a")]),
    ([(5, 5, "a")], [(5, 8, "b")], [(5, 5, "a"), (5, 8, "b")]),
    ([(5, 5, "a")], [(5, 5, "c")], [(5, 5, "c")]),
    ([(5, 5, "a")], [(5, 5, "")], []),
    ([(5, 5, "a")], [(4, 8, "b")], [(4, 8, "b")]),
    ([(5, 8, "b")], [(5, 5, "a")], [(5, 5, "a"), (5, 8, "b")]),
    ([(5, 8, "b")], [(8, 8, "a")], [(5, 8, "b"), (8, 8, "a")]),
    ([(2, 4, "b"), (5, 8, "c")], [(2, 8, "")], [(2, 8, "")]),
    ([(2, 4, "b"), (9, 9, "c")], [(5, 6, "d")], [(2, 4, "b"), (5, 6, "d"), (9, 9, "c")]),
    ([], [(5, 5, "")], []),
]


@pytest.mark.parametrize(("earlier", "edits", "after"), TOGETHER)
def test_rewrite(earlier: list[Change], edits: list[Change], after: list[Change]) -> None:
    runs = rewrite((), [Edit(*change, RULE, 90) for change in earlier])
    runs = rewrite(runs, [Edit(*change, RULE, 90) for change in edits])
    assert [run[:3] for run in runs] == after


def test_a_run_keeps_the_rules_in_order_and_the_lowest_certainty() -> None:
    third = Rule("third", "emended", 50, "")
    runs = rewrite((), [Edit(2, 3, "x", OTHER, 60), Edit(4, 5, "y", RULE, 80)])
    (run,) = rewrite(runs, [Edit(1, 6, "z", third, 70)])
    assert run.rules == (OTHER, RULE, third)
    assert run.certainty == 60
    (again,) = rewrite((run,), [Edit(1, 6, "zz", OTHER, 99)])
    assert again.rules == (OTHER, RULE, third)


@pytest.mark.parametrize(("start", "end"), [(0, 1), (3, 3), (40, 41), (40, 44), (43, 44), (59, 60), (60, 60)])
def test_one_edit_among_many_runs_changes_those_in_it_alone(start: int, end: int) -> None:
    runs = tuple(Run(at, at + 1, "x", (RULE,), 90) for at in range(0, 60, 4))
    inside = [run for run in runs if start <= run.start and run.end <= end and start < end]
    left, right = [[run for run in runs if run.end <= start], [run for run in runs if run.start >= end]]
    rules = (RULE, OTHER) if inside else (OTHER,)
    certainty = min([97, *(run.certainty for run in inside)])
    assert rewrite(runs, [Edit(start, end, "new", OTHER, 97)]) == (
        *left,
        Run(start, end, "new", rules, certainty),
        *right,
    )


def test_a_join_over_a_gap_puts_the_text_on_the_first_part() -> None:
    text = "develop-\n1 See Oakes.\n17\nment of"
    spans = [(0, 9), (25, 32)]
    reading = Reading(text, (), spans)
    place = reading.text.index("-\n")
    assert reading.edit(place, place + 4, "XX", OTHER) == [Edit(7, 9, "XX", OTHER, 97), Edit(25, 27, "", OTHER, 97)]
    runs = rewrite((), reading.edit(place, place + 2, "", OTHER))
    assert Reading(text, runs, spans).text == "development of"


def test_touching_spans_are_edited_each_by_itself() -> None:
    edits = Reading("abcdef", (), [(0, 3), (3, 6)]).edit(1, 5, "X", RULE)
    assert [edit[:3] for edit in edits] == [(1, 3, "X"), (3, 5, "")]


def test_several_changes_in_one_touched_run_become_one_edit() -> None:
    runs = rewrite((), [Edit(2, 5, "uvwxyz", RULE, 90)])
    reading = Reading("abcdefg", runs, [(0, 7)])
    edits = reading.edits([(2, 3, "1"), (5, 6, "2"), (7, 7, "3")], OTHER)
    assert [edit[:3] for edit in edits] == [(2, 5, "1vw2y3z")]


OUT_OF_ORDER: list[list[Change]] = [[(2, 4, "x"), (3, 5, "y")], [(4, 5, "x"), (1, 2, "y")], [(3, 2, "")], [(0, 9, "")]]


@pytest.mark.parametrize("changes", OUT_OF_ORDER)
def test_changes_out_of_order_are_refused(changes: list[Change]) -> None:
    with pytest.raises(AlgebraError):
        Reading("abcdef", (), [(0, 6)]).edits(changes, RULE)


def test_an_insertion_at_the_end_of_a_span_stays_in_it() -> None:
    text, spans = "abcdef", [(0, 3), (3, 6)]
    runs = rewrite((), Reading(text, (), spans[:1]).edit(3, 3, "X", RULE))
    assert Reading(text, runs, spans[:1]).text == "abcX"
    assert Reading(text, runs, spans[1:]).text == "def"


def test_an_insertion_between_two_spans_begins_the_second() -> None:
    """The last character of the first may be a note marker, which must not be touched."""
    text, spans = "abc--def", [(0, 3), (5, 8)]
    edits = Reading(text, (), spans).edit(3, 3, "X", RULE)
    assert [edit[:3] for edit in edits] == [(5, 5, "X")]
    again = Reading(text, rewrite((), edits), spans).edit(3, 3, "Y", RULE)
    assert [edit[:3] for edit in again] == [(5, 5, "YX")]


def test_an_insertion_into_no_span_is_refused() -> None:
    with pytest.raises(AlgebraError):
        Reading("abc", (), []).edit(0, 0, "X", RULE)


@settings(deadline=None)
@given(st.data())
def test_maps_go_there_and_back_on_untouched_text(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(spans_of(len(text), ordered=False))
    runs = stage(text, (), first := Reading(text, (), spans), data.draw(changes_of(len(first.text))))
    reading = Reading(text, runs, spans)
    for start, end, run, left, _ in reading.stretches():
        if run is None:
            for offset in range(start, end):
                witness = left + offset - start
                assert reading.text[offset] == text[witness]
                assert reading.start(offset) == witness
                assert reading.offset(witness) == offset
                assert reading.end(offset + 1) == witness + 1
    ascending = sorted(range(-1, len(text) + 2))
    assert reading.offsets(ascending) == [reading.offset(place) for place in ascending]


@settings(deadline=None)
@given(st.data())
def test_a_map_never_leaves_the_spans_nor_turns_round(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(spans_of(len(text)))
    runs = stage(text, (), first := Reading(text, (), spans), data.draw(changes_of(len(first.text))))
    reading = Reading(text, runs, spans)
    size = len(reading.text)
    starts, ends = [reading.start(at) for at in range(size)], [reading.end(at) for at in range(1, size + 1)]
    assert starts == sorted(starts) == reading.starts(range(size))
    assert ends == sorted(ends) == reading.ends(range(1, size + 1))
    for start, end in zip(starts, ends, strict=True):
        assert start <= end
        assert any(left <= start and end <= right for left, right in spans)
    found = [place for place in reading.offsets(range(len(text))) if place is not None]
    assert found == sorted(found)


def test_a_start_maps_behind_dropped_text_and_an_end_before_it() -> None:
    runs = rewrite((), [Edit(2, 4, "", RULE, 90)])
    reading = Reading("ab--cd", runs, [(0, 6)])
    assert reading.text == "abcd"
    assert (reading.end(2), reading.start(2)) == (2, 4)
    assert reading.offset(3) == 2


@settings(deadline=None)
@given(TEXT, TEXT, st.integers(0, 50))
def test_differences_lead_from_old_to_new(old: str, new: str, start: int) -> None:
    found = differences(old, new, start)
    assert replaced(old, [(left - start, right - start, text) for left, right, text in found]) == new
    assert bool(found) == (old != new)
    for (_, left, _), (right, _, _) in zip(found, found[1:], strict=False):
        assert left < right


def test_differences_of_equal_length_are_cut_position_by_position() -> None:
    assert differences("中國人民國家", "中国人民国家", 10) == [(11, 12, "国"), (14, 15, "国")]
    assert differences("xay", "xay") == []
    assert differences("abcd", "xbyz") == [(0, 1, "x"), (2, 4, "yz")]
    assert differences("a fi b", "a ffi b") == [(3, 3, "f")]
    assert differences("aaa", "aa") == [(2, 3, "")]


def block(name: str, *spans: Span) -> Block:
    return Block(name, "p", spans, RULE, 90)


REFUSED = {
    "overlapping": Changes(blocks=(block("a", (0, 5)), block("b", (4, 8)))),
    "empty span": Changes(blocks=(block("a", (3, 3)),)),
    "behind the witness": Changes(blocks=(block("a", (3, 30)),)),
    "one id twice": Changes(blocks=(block("a", (0, 3)), block("a", (4, 8)))),
    "out of a block": Changes((Edit(3, 6, "x", RULE, 90),), (block("a", (0, 5)),)),
    "into a block": Changes((Edit(3, 6, "x", RULE, 90),), (block("a", (5, 8)),)),
    "over a block": Changes((Edit(3, 9, "x", RULE, 90),), (block("a", (5, 8)),)),
    "over a border": Changes((Edit(3, 7, "x", RULE, 90),), (block("a", (2, 5)), block("b", (5, 8)))),
    "out of the witness": Changes((Edit(8, 12, "x", RULE, 90),)),
    "behind everything": Changes((Edit(10, 10, "x", RULE, 90),)),
    "before everything": Changes((Edit(-1, 2, "x", RULE, 90),)),
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_apply_refuses(changes: Changes) -> None:
    with pytest.raises(AlgebraError):
        apply(Document(source("abcdefghij")), changes)


def test_apply_takes_edits_that_keep_within_a_border_in_any_order() -> None:
    edits = (Edit(5, 8, "x", RULE, 90), Edit(9, 10, "", RULE, 90), Edit(0, 2, "", RULE, 90), Edit(5, 5, "y", RULE, 90))
    document = apply(Document(source("abcdefghij")), Changes(edits, (block("a", (2, 5)), block("b", (5, 8)))))
    assert read(document, [(2, 5), (5, 8)]).text == "cdeyx"


def test_a_change_and_an_insertion_behind_it_are_one_at_the_very_end() -> None:
    edits = Reading("abc", (), [(0, 3)]).edits([(2, 3, "X"), (3, 3, "Y")], RULE)
    assert [edit[:3] for edit in edits] == [(2, 3, "XY")]


def test_the_end_of_a_reading_maps_behind_its_last_run() -> None:
    reading = Reading("abc", rewrite((), [Edit(1, 3, "X", RULE, 90)]), [(0, 3)])
    assert (reading.start(1), reading.start(2), reading.end(2)) == (1, 3, 3)


@settings(deadline=None)
@given(st.data())
def test_readings_that_a_document_keeps_are_what_it_reads(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(st.lists(spans_of(len(text), ordered=False), max_size=4))
    changes = data.draw(changes_of(len(text)))
    document = Document(source(text))
    for stretch in spans:
        read(document, stretch)
    edits = [Edit(start, end, new, RULE, 90) for start, end, new in changes if start < len(text)]
    edited = apply(document, Changes(edits=tuple(edit for edit in edits if edit.start < edit.end or edit.new)))
    for stretch in edited.readings:
        assert read(edited, stretch).text == Reading(text, edited.runs, stretch).text
