"""What is found in columns side by side, put back on the witness: nothing lost, all in the order of reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import CHINESE, ENGLISH, lines_of, set_columns, source_of
from views import check_rows, check_view

from pipeline import columns, sidecar
from pipeline.audit.check import check as check_all
from pipeline.audit.restore import restore
from pipeline.build import build
from pipeline.collation import BLANK, collate
from pipeline.edition import Edition, Passage, Url
from pipeline.errors import SettingsError
from pipeline.model import Document
from pipeline.options import Options
from pipeline.reading_order import ReadingOrder
from pipeline.runner import Finished, run
from pipeline.sidecar import Correction
from pipeline.validation import errors, validate
from pipeline.writers.tei import write

MEASURE = 46


def hyphenated(text: str) -> list[str]:
    """Lines of a text, one in four with a word cut at its end."""
    lines: list[str] = []
    words = text.split()
    line = ""
    for word in words:
        if len(line) + len(word) + 1 <= MEASURE:
            line = f"{line} {word}".strip()
        elif len(word) > 7 and len(lines) % 4 == 1:
            lines.append(f"{line} {word[:3]}-")
            line = word[3:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


LINES = hyphenated(ENGLISH)
ASIAN = lines_of(CHINESE, 36)
TOP = 20
LEFT, RIGHT = LINES[:TOP], LINES[TOP:]
HEAD = "                    The Sisters of Low Harrow\n                        By Ada Lin\n\n\n"
PAGE = HEAD + set_columns([LEFT, RIGHT], [0, 52]) + "\n\n                                                 17\n"


def finished(text: str, options: Options | None = None) -> Finished:
    return run(source_of(text), options or Options())


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A few pages of columns, with and without page marks, heads, other baselines and doubled line ends."""
    lines = lines_of(*draw(st.sampled_from([(ENGLISH, MEASURE), (CHINESE, 40)])))
    text = ""
    for number in range(draw(st.integers(1, 3))):
        count = draw(st.integers(2, 3))
        heights = [draw(st.integers(9, 14)) for _ in range(count)]
        start = draw(st.integers(0, max(0, len(lines) - sum(heights))))
        cut = [lines[start + sum(heights[:at]) :][:height] for at, height in enumerate(heights)]
        if draw(st.booleans()):
            cut = [["   " + line if draw(st.integers(0, 5)) == 0 else line for line in column] for column in cut]
        if draw(st.booleans()):
            cut[1] = ["", *cut[1]]
        if draw(st.booleans()):
            text += f"{' ' * draw(st.integers(0, 60))}{number + 3}\n\n"
        text += set_columns(cut, [place * 54 for place in range(count)])
        text += draw(st.sampled_from(["\n\n", "\f", f"\n{ENGLISH[:120]}\n\n"]))
    return text.replace("\n", "\n\n") if draw(st.booleans()) else text


@settings(max_examples=60, deadline=None)
@given(pages())
def test_every_character_once(text: str) -> None:
    check_view(text)


@settings(max_examples=25, deadline=None)
@given(pages())
def test_tiled(text: str) -> None:
    found = finished(text)
    check_rows(found.document, text)
    assert all(row.reading is None or row.fate != "kept" for row in collate(found.document).rows())


def passages(document: Document) -> list[Passage]:
    return [passage for article in Edition(document).articles for passage in article.all_passages()]


def test_paragraph_over_columns() -> None:
    """One paragraph over two columns: words joined, no gutter in it, the title above; and the account of it."""
    found = finished(PAGE)
    check_rows(found.document, PAGE)
    body = [passage.text for passage in passages(found.document) if passage.block.kind == "p"]
    assert body == [" ".join(ENGLISH.split())]
    rules = {rule for row in collate(found.document).rows() for rule in row.rules}
    assert columns.COLUMN_GUTTER.id in rules
    (remark,) = [one for one in found.document.remarks if one.rule == "column-order"]
    assert PAGE[remark.start :].startswith(LEFT[0][:1])


def test_tei_is_valid() -> None:
    document = finished(PAGE).document
    files = write(Edition(document), Options())
    assert not errors(validate(files))


def test_replay() -> None:
    """What the stages found is found again from what was kept of it."""
    first = finished(PAGE)
    again = run(source_of(PAGE), Options(), known=first.changes)
    assert again.document.blocks == first.document.blocks
    assert again.document.runs == first.document.runs


def test_page_breaks() -> None:
    """A page begins with what is read first on it, though the other column begins above that."""
    sentences = " ".join(ENGLISH.split()).removesuffix(".").split(". ")
    last = hyphenated(". ".join(sentences[::-1]) + ".")
    second = set_columns([["", "", *last[:TOP]], last[TOP:]], [0, 52])
    text = PAGE + "\f" + second + "\n\n" + " " * 49 + "18\n"
    edition = Edition(finished(text).document)
    page = edition.pages[1]
    (held,) = [passage for passage in passages(edition.document) if passage.id == page.block_id]
    assert [one.n for one in edition.pages] == ["17", "18"]
    assert text[page.raw_start :].lstrip().startswith(last[TOP])
    assert held.text[page.block_start or 0 :].startswith(last[0])


def test_address_over_lines() -> None:
    """An address that goes over a line's end in a column is one."""
    left = [
        *LEFT[:6],
        "It is told at https://ferry.example.org/the/acc",
        "ount/of/it.html and elsewhere, with a picture",
        *LEFT[6:],
    ]
    found = finished(HEAD + set_columns([left, RIGHT], [0, 54]))
    urls = [piece for passage in passages(found.document) for piece in passage.content if isinstance(piece, Url)]
    assert [url.target for url in urls] == ["https://ferry.example.org/the/account/of/it.html"]
    assert [url.text for url in urls] == ["https://ferry.example.org/the/account/of/it.html"]


def by_hand(text: str, **keys: object) -> Options:
    correction = Correction(**{"action": "replace", "path": "page.toml", "line": 3, **keys})  # type: ignore[arg-type]
    return Options(verdicts=sidecar.resolve([correction], source_of(text)))


def test_correction_over_lines() -> None:
    """A quotation may go over a line's end in a column, and stands where it is read."""
    quote = f"{LEFT[3][-20:]} {LEFT[4][:20]}"
    found = finished(PAGE, by_hand(PAGE, quote=quote, with_="SO IT READS"))
    check_rows(found.document, PAGE)
    assert any("SO IT READS" in passage.text for passage in passages(found.document))
    assert any("hand" in row.rules for row in collate(found.document).rows())


def test_correction_of_lines() -> None:
    """Lines that hold two columns name no stretch of one text; others do."""
    with pytest.raises(SettingsError, match="two columns"):
        by_hand(PAGE, action="drop", lines=(7, 8))
    options = by_hand(PAGE, action="not-heading", lines=(1, 1))
    assert PAGE[options.verdicts[0].start : options.verdicts[0].end] == "The Sisters of Low Harrow"


def test_refusal_names_the_line_of_the_witness() -> None:
    last = RIGHT[-1]
    row = next(number for number, line in enumerate(PAGE.split("\n"), 1) if line.endswith(last))
    with pytest.raises(SettingsError) as error:
        finished(PAGE, by_hand(PAGE, action="join", quote=last))
    assert error.value.line == row


def test_reading_order() -> None:
    order = ReadingOrder([(10, 14), (2, 6), (7, 9), (16, 20)])
    assert [order.position(place) for place in (10, 13, 2, 5, 7, 16)] == [0, 3, 4, 7, 8, 10]
    assert order.position(15) == order.position(16)
    assert ReadingOrder(()).position(7) == 7


@pytest.mark.parametrize("page", [PAGE, "渡口旧事\n\n" + set_columns([ASIAN[:14], ASIAN[14:]], [0, 26])])
def test_build(page: str, tmp_path: Path) -> None:
    """A whole build: the tables agree with each other, and the bytes come back.

    In Chinese a column's last line end becomes nothing, and stands behind the next column's first line.
    """
    (tmp_path / "raw").mkdir()
    data = page.encode("utf-16")
    (tmp_path / "raw" / "ferry.txt").write_bytes(data)
    build(tmp_path / "raw", tmp_path / "out", jobs=1)
    assert not errors(list(check_all(tmp_path / "out")))
    assert restore(tmp_path / "out", "ferry") == [("ferry.txt", data)]


def test_only_blanks_are_dropped() -> None:
    """What stands in no block is blank."""
    document = finished(PAGE).document
    held = [span for block in document.blocks.values() for span in block.spans]
    left = [c for at, c in enumerate(PAGE) if not any(start <= at < end for start, end in held)]
    assert not "".join(left).strip(BLANK)
