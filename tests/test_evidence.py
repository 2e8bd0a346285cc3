"""Lines: every visible character in exactly one, and their features."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.advances import measure
from pipeline.evidence import (
    BLANKS,
    HAN,
    LINE_END,
    Evidence,
    Lines,
    is_wide,
    letters_of,
    letters_of_lines,
    width,
)
from pipeline.model import Document, Edit, Part, Rule, Source
from pipeline.rewrite import Reading, read, rewrite

RULE = Rule("misread-letter", "emended", 90, "")
ENDS = "\n\r\f\u2028\u2029"


def evidence(*files: str) -> Evidence:
    parts, at = [], 0
    for number, text in enumerate(files):
        parts.append(Part(f"{number}.txt", "", len(text), at, at + len(text), ((at, "utf-8"),)))
        at += len(text)
    return Evidence(Document(Source("x", "".join(files), tuple(parts))))


# text (one or more files) -> rows of (text, lead, trail, gap, feeds)
CASES: list[tuple[tuple[str, ...], list[tuple[str, int, int, int, int]]]] = [
    (("a\nb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 0)]),
    (("a\r\nb\r\n",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 0)]),
    (("a\rb\r\rc",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 0), ("c", 0, 0, 1, 0)]),
    (("a\u2028b\u2029c",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 0), ("c", 0, 0, 0, 0)]),
    (("a\n\n\nb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 2, 0)]),
    (("a\r\n\r\nb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 1, 0)]),
    (("a\n \t\n\u3000\nb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 2, 0)]),
    (("a\fb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 1)]),
    (("a\n\fb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 1)]),
    (("a\r\n\fb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 1)]),
    (("a\n\f\nb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 1, 1)]),
    (("a\n\f\fb",), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 2)]),
    (("\fa",), [("a", 0, 0, 1, 1)]),
    (("\n\na",), [("a", 0, 0, 2, 0)]),
    (("  a ",), [("a", 2, 1, 0, 0)]),
    (("\u3000\u3000甲乙  \n\u00a0b",), [("甲乙", 4, 2, 0, 0), ("b", 1, 0, 0, 0)]),
    (("\ufeffa\n\x00 b\x00",), [("a", 0, 0, 0, 0), ("b", 1, 1, 0, 0)]),
    (("a\vb\x85c\x1cd",), [("a\vb\x85c\x1cd", 0, 0, 0, 0)]),
    (("a\n", "b"), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 1)]),
    (("a\n\f", "b"), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 2)]),
    (("a\n\n", "\nb"), [("a", 0, 0, 0, 0), ("b", 0, 0, 2, 1)]),
    (("a\n", "b\nc\n", "d\n"), [("a", 0, 0, 0, 0), ("b", 0, 0, 0, 1), ("c", 0, 0, 0, 0), ("d", 0, 0, 0, 1)]),
    (("",), []),
    ((" \n\f\n",), []),
]


@pytest.mark.parametrize(("files", "rows"), CASES, ids=[repr("|".join(files)) for files, _ in CASES])
def test_lines(files: tuple[str, ...], rows: list[tuple[str, int, int, int, int]]) -> None:
    lines = evidence(*files).lines
    assert list(zip(lines.text, lines.lead, lines.trail, lines.gap, lines.feeds, strict=True)) == rows
    assert len(lines) == len(rows)


@pytest.mark.parametrize("files", [("a", "b"), ("a", "", "b"), ("a", "\nb")])
def test_the_end_of_a_file_ends_a_line(files: tuple[str, ...]) -> None:
    lines = evidence(*files).lines
    assert lines.text == ["a", "b"]
    assert lines.feeds[1] >= 1


WIDTHS = [("abc", 3, 0), ("甲乙", 4, 2), ("甲，a。", 7, 1), ("ａ１", 4, 0), ("한글", 4, 2), ("かな", 4, 2), ("é—“", 3, 0),
          ("\U00020000", 2, 1), ("《甲》", 6, 1), ("", 0, 0)]  # fmt: skip


@pytest.mark.parametrize(("text", "wide", "han"), WIDTHS)
def test_widths(text: str, wide: int, han: int) -> None:
    assert width(text) == wide
    lines = evidence(text).lines
    assert (lines.width, lines.han) == (([wide], [han]) if text else ([], []))


def test_wide_characters() -> None:
    assert [character for character in "a甲，,。é “Ａ" if is_wide(character)] == ["甲", "，", "。", "Ａ"]


def test_lines_are_measured_as_each_character_by_itself() -> None:
    texts = [chr(code) for code in range(0x21, 0x110000, 7) if not chr(code).isspace()]
    texts += [chr(code) for first in (0x2E80, 0x3003, 0xFF00, 0x1FFFE, 0x3FFFE) for code in range(first, first + 4)]
    assert measure(texts)[:2] == ([bool(HAN.match(text)) for text in texts], [1 + is_wide(text) for text in texts])


TEXT = st.text("ab甲乙，é \t\u3000\u00a0\u200b\ufeff\x00" + ENDS, max_size=40)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3))
@example(["a\r", "\nb"])
def test_every_visible_character_lies_in_exactly_one_line(files: list[str]) -> None:
    found = evidence(*files)
    text, lines = found.source.text, found.lines
    held = [place for start, end in zip(lines.start, lines.end, strict=True) for place in range(start, end)]
    assert len(held) == len(set(held))
    visible = {place for place, character in enumerate(text) if character not in BLANKS + ENDS}
    assert visible <= set(held)
    for start, end, line in zip(lines.start, lines.end, lines.text, strict=True):
        assert text[start:end] == line
        assert line.strip(BLANKS) == line != ""
        assert not re.search(f"[{ENDS}]", line)
    assert lines.start == sorted(lines.start)
    assert lines.width == [width(line) for line in lines.text]
    assert lines.han == [len(HAN.findall(line)) for line in lines.text]


@settings(max_examples=300, deadline=None)
@given(st.text("a甲 \ufffe\n\r\f\u2028", max_size=12))
@example("a\ufffe\ufffea\r\n\f\fa")
def test_lines_end_where_a_line_end_is_found(text: str) -> None:
    """The scanner of `Lines` is another one than `LINE_END`, and finds the same."""
    ends = [found.span() for found in LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    pieces = [text[start:end].strip(BLANKS) for start, (end, _) in zip(starts, [*ends, (len(text), 0)], strict=True)]
    assert evidence(text).lines.text == [piece for piece in pieces if piece]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.sampled_from("aÄßİK甲 1²①Ⅳ，。“_-\x02"), max_size=8)))
def test_letters_of_many_lines_are_those_of_each(texts: list[str]) -> None:
    assert letters_of_lines(texts) == [letters_of(text) for text in texts]


@settings(max_examples=200, deadline=None)
@given(TEXT, st.data())
def test_lines_are_those_of_the_text_as_it_reads(text: str, data: st.DataObject) -> None:
    """After edits the lines are those of the new text, and their places lead back into the witness."""
    document = Document(Source("x", text, (Part("x.txt", "", len(text), 0, len(text), ((0, "utf-8"),)),)))
    edits = []
    for start in sorted(data.draw(st.sets(st.integers(0, max(0, len(text) - 1)), max_size=4))) if text else []:
        edits.append(Edit(start, start + 1, data.draw(st.sampled_from(["", "X", "\n", "fi"])), RULE, 90))
    runs = rewrite((), edits)
    reading = Reading(text, runs, [(0, len(text))])
    lines = Lines(reading, [])
    plain = Lines(read(document, [(0, len(text))]), []) if not edits else evidence(reading.text).lines
    assert lines.text == plain.text
    for column in ("lead", "trail", "width", "gap", "feeds", "han"):
        assert getattr(lines, column) == getattr(plain, column), column
    for start, end, first, last in zip(lines.start, lines.end, plain.start, plain.end, strict=True):
        assert start == reading.start(first)
        assert end == reading.end(last)
        assert 0 <= start <= end <= len(text)


def test_line_at() -> None:
    found = evidence("ab\n\ncd\nef")
    assert [found.line_at(offset) for offset in (0, 1, 2, 3, 4, 6, 7, 8, 99)] == [0, 0, 0, 0, 1, 1, 2, 2, 2]
    assert evidence("\n\nab").line_at(0) == 0


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("天地玄黄", True),
        ("The sky and the earth", False),
        ("天地 and", True),
        ("", False),
        ("天 " + "word " * 9, False),
    ],
)
def test_is_chinese(text: str, chinese: bool) -> None:
    assert evidence(text).is_chinese is chinese
