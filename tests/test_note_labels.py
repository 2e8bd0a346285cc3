"""Labels of notes that an extractor set elsewhere: at the end of a line of text, or on lines of their own."""

from __future__ import annotations

import pytest
from drafts import Draft

from pipeline.model import Block, Document
from pipeline.stages.glued_labels import free_labels
from pipeline.stages.notes.markers import form_of, places_of
from pipeline.stages.pairs import pair_labels
from pipeline.stages.patterns import label_shown, symbol_value

MARKED = "The mill stood idle for a year*. Nobody came to see the whe"


def notes_of(document: Document) -> list[Block]:
    return [block for block in document.blocks.values() if block.kind == "note"]


def text_of(document: Document, block: Block) -> list[str]:
    return [document.source.text[start:end] for start, end in block.spans]


@pytest.mark.parametrize(
    ("above", "note", "label"),
    [
        (MARKED + "*", "See the parish book.", "*"),
        (MARKED + "†", "See the parish book.", ""),  # the text has no such marker
        ("The mill stood idle*", "See the parish book.", ""),  # the mark is the marker itself
        ("A year passed.1 Nobody came to see the whe1", "See the parish book.", "1"),
        ("A year passed.2 Nobody came to see the whe2", "See the parish book.", ""),  # 1 is due
        (MARKED, "See the parish book.", ""),
    ],
)
def test_label_at_the_end_of_the_line_above(above: str, note: str, label: str) -> None:
    document = Draft().add("p1", "p", above).add("n1", "note", note).document()
    freed = {block.id: block for block in free_labels(document, list(document.blocks.values()), ())}
    if not label:
        assert not freed
        return
    assert text_of(document, freed["p1"]) == [above.removesuffix(label)]
    assert text_of(document, freed["n1"]) == [label, note]
    assert freed["n1"].n == label


@pytest.mark.parametrize(
    ("blocks", "labels"),
    [
        (["*\n†", "One book.", "Two books."], ["*", "†"]),
        (["†", "‡", "One book.", "Two books.", "Three books."], ["", "†", "‡"]),  # the first was not seen
        (["*", "‡", "One book.", "Two books.", "Three books."], ["*", "", "‡"]),
        (["*", "†", "One book.", "Two books.", "Three books."], ["*", "†", ""]),
    ],
)
def test_labels_on_lines_of_their_own(blocks: list[str], labels: list[str]) -> None:
    draft = Draft()
    for at, text in enumerate(line for block in blocks for line in block.split("\n")):
        draft.add(f"n{at}", "note", text)
    document = draft.document()
    paired = pair_labels(document, notes_of(document), [1] * len(notes_of(document)))
    assert [note.n for note in sorted(paired, key=lambda note: note.spans[-1])] == labels


def test_labels_go_on_from_the_page_before() -> None:
    draft = Draft().add("n1", "note", "*").add("n2", "note", "One book.")
    document = draft.add("n3", "note", "†").add("n4", "note", "Two books.").add("n5", "note", "Three books.").document()
    paired = pair_labels(document, notes_of(document), [1, 1, 2, 2, 2])
    assert [note.n for note in sorted(paired, key=lambda note: note.spans[-1])] == ["*", "†", ""]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("It was 19042 then", ["2"]),
        ("It was 1904", []),
        ("19042.5 acres", []),
        ("to 0mm,001 of", []),
    ],
)
def test_a_marker_behind_a_year(text: str, labels: list[str]) -> None:
    assert [place.label for place in places_of(text, "digit")] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The mill stood.12 It fell", ["12"]),
        ("the mill12 stood", ["12"]),
        ("he called it.12They went", ["12"]),  # the blank got lost
        ("he called it12they went", []),
        ("“The mill”3 stood", ["3"]),
        ("磨坊建于河边。3此后", ["3"]),
        ("磨坊建于（北岸）3月", []),
        ("共有磨坊3座", []),
        ("（见注3）", ["3"]),
        ("5% of 1.5 acres, 3-4 mills, No. 7, 12", []),
        ("at 3.15 and 20°", []),
        ("12", []),
        ("磨坊建于北岸，3他在那里", ["3"]),  # no blank is set behind a marker in Chinese
        ("水磨、3水堰", ["3"]),
        ("有水磨，3座水堰", []),
        ("这座水磨3建于北岸", ["3"]),
        ("共3水磨，第3水堰，在3岸", []),  # the number counts
        ("see Oakes, p.3 and No. 4; pp. 5; Bd. 6; chap. 7", []),
        ("the mill stood.(3) It fell", ["3"]),
        ("first (3) the mill, f(x)", []),
    ],
)
def test_plain_numbers_that_can_be_markers(text: str, labels: list[str]) -> None:
    assert sorted({place.label for place in places_of(text, "digit") if place.weight > 1}) == labels


@pytest.mark.parametrize(
    ("text", "form", "labels"),
    [
        ("The mill stood.(a) It fell,(b) and", "letter", ["a", "b"]),
        ("either (a) the mill or (b) the weir", "letter", []),
        ("the mill(s) and the weir(A)", "letter", ["s"]),  # one that no note bears is never asked for
        ("The mill stood.‖ It fell.∥", "symbol", ["‖", "∥"]),
        ("The mill stood. * It fell", "symbol", ["*"]),
        ("a * b, 2 * 3", "symbol", ["*"]),
        ("* The mill", "symbol", []),
    ],
)
def test_letters_and_symbols(text: str, form: str, labels: list[str]) -> None:
    assert [place.label for place in places_of(text, form)] == labels


@pytest.mark.parametrize(
    ("label", "form"), [("a", "letter"), ("‖", "symbol"), ("①", "circle"), ("12", "digit"), ("²", "raised")]
)
def test_forms(label: str, form: str) -> None:
    assert form_of(label) == form


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("(a)See the parish book.", "a"),
        ("（b） See", "b"),
        ("c) See", "c"),
        ("(a)", "a"),
        ("a)See", ""),
        ("(ab) See", ""),
        ("(A) See", ""),
        ("12 See", "12"),
        ("‖ See", "‖"),
    ],
)
def test_label_shown(text: str, label: str) -> None:
    assert label_shown(text) == label


def test_symbols_in_their_order() -> None:
    order = ["*", "†", "‡", "§", "‖", "¶", "**", "††"]
    assert [symbol_value(symbol) for symbol in order] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert symbol_value("＊") == symbol_value("*")
    assert [symbol_value(letter) for letter in "abz"] == [1, 2, 26]


@pytest.mark.parametrize(
    ("line", "label"), [("* * *", ""), ("＊ ＊ ＊", ""), ("* The mill", "*"), ("*", "*"), ("*** See", "***")]
)
def test_a_row_of_asterisks_is_no_label(line: str, label: str) -> None:
    assert label_shown(line) == label
