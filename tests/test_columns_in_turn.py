"""Lines of two columns that stand in turn: in what order they are read, what is left as it stands, nothing lost."""

from __future__ import annotations

from itertools import chain, zip_longest
from math import log2
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import CHINESE, ENGLISH, lines_of, source_of
from views import check_rows, check_view

from pipeline import columns
from pipeline.audit.check import check as check_all
from pipeline.audit.restore import restore
from pipeline.build import build
from pipeline.columns.continuity import BITS, Continuity, _logarithm, load_table
from pipeline.columns.signposts import signposts
from pipeline.columns.units import cut_lines, units_of
from pipeline.edition import Edition
from pipeline.model import Part, Source
from pipeline.options import Options
from pipeline.runner import run
from pipeline.validation import errors


def set_lines(text: str, measure: int) -> list[str]:
    """A text in lines of so many characters, none of which begins with a stop."""
    text = "".join(text.split())
    found: list[str] = []
    while text:
        length = measure + (text[measure : measure + 1] in tuple("，。；："))
        found.append(text[:length])
        text = text[length:]
    return found


ZH = set_lines(CHINESE, 18)[:26]
LEFT, RIGHT = ZH[:13], ZH[13:]
HANT = opencc.OpenCC("s2t").convert("\n".join(ZH)).split("\n")
FRONT = ["渡口记事", "林阿达", "（低哈罗师范学院）"]


def in_turn(left: list[str], right: list[str]) -> list[str]:
    return [line for line in chain.from_iterable(zip_longest(left, right)) if line]


def read(text: str) -> list[str]:
    """The lines as they are read; as they stand where no columns are found."""
    view = columns.find(source_of(text))
    return [line.strip() for line in (view.source.text if view else text).split("\n") if line.strip("\f ")]


def page(lines: list[str], between: str = "\n") -> str:
    return between.join(lines) + "\n"


BROKEN = [*LEFT[:4], f"{LEFT[4][:8]}，", f"“{LEFT[4][8:-1]}”", *LEFT[5:]]
READ = {
    "left first": (page(in_turn(LEFT, RIGHT)), ZH),
    "right first": (page(FRONT[:1] + in_turn(RIGHT, LEFT)), FRONT[:1] + ZH),
    "in traditional script": (page(in_turn(HANT[:13], HANT[13:])), HANT),
    "a blank line between lines in turn": (page(in_turn(LEFT, RIGHT), "\n\n"), ZH),
    "lines of both columns in one": (
        page([f"{a} {b}" if at % 6 == 5 else f"{a}\n{b}" for at, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))]),
        ZH,
    ),
    "right longer": (page(in_turn(ZH[:11], ZH[11:])), ZH),
    "below a title": (page(FRONT) + "\n" + page(in_turn(LEFT, RIGHT)), FRONT + ZH),
    "above a page number": (page(in_turn(LEFT, RIGHT)) + "\n· 17 ·\n", [*ZH, "· 17 ·"]),
    "two pages": (
        page(in_turn(ZH[:7], ZH[7:14])) + "\f" + page(in_turn(ZH[14:20], ZH[20:])),
        ZH,
    ),
    "a marker in a line of its own": (
        page([*in_turn(LEFT, RIGHT)[:9], "[1]", *in_turn(LEFT, RIGHT)[9:]]),
        [*LEFT[:5], "[1]", *LEFT[5:], *RIGHT],
    ),
    "a line broken before a quotation": (
        page([part for a, b in zip(LEFT, RIGHT, strict=True) for part in (a, b)]).replace(
            LEFT[4] + "\n", "\n".join(BROKEN[4:6]) + "\n"
        ),
        [*BROKEN, *RIGHT],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_order(name: str) -> None:
    text, expected = READ[name]
    assert read(text) == expected


VERSE = ["月光照在渡口上", "船夫还没有回家", "姊妹三人点着灯", "等到河水又结冰"] * 5
LEFT_ALONE = {
    "one column": page(ZH),
    "one column with blank lines": page(ZH, "\n\n"),
    "verse": page(VERSE),
    "a list": page([f"{at}. 第{at}次渡河的账目与缘由" for at in range(1, 30)]),
    "few lines": page(in_turn(ZH[:3], ZH[3:6])),
    "English": page(in_turn(lines_of(ENGLISH, 46)[:14], lines_of(ENGLISH, 46)[14:])),
    "addresses": page([f"https://ferry.example/{at}/accounts" for at in range(30)] + ZH),
    "nothing": "",
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_left_alone(name: str) -> None:
    assert columns.find(source_of(LEFT_ALONE[name])) is None


def test_no_column_passes_the_end_of_a_file() -> None:
    halves = [page(in_turn(ZH[:7], ZH[7:14])), page(in_turn(ZH[14:20], ZH[20:]))]
    text = "".join(halves)
    parts = tuple(
        Part(f"{number}.txt", "", len(half.encode()), start, start + len(half), ((0, "utf-8"),))
        for number, (half, start) in enumerate(zip(halves, (0, len(halves[0])), strict=True))
    )
    view = columns.find(Source("page", text, parts))
    assert view is not None
    assert view.source.text.split() == ZH
    assert [(part.start, part.end) for part in view.source.parts] == [(part.start, part.end) for part in parts]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pages with lines of two columns in turn, columns of any height, lines pasted together, marks of pages."""
    text = ""
    for number in range(draw(st.integers(1, 3))):
        heights = draw(st.integers(7, 13)), draw(st.integers(7, 13))
        start = draw(st.integers(0, len(ZH) - sum(heights)))
        left, right = ZH[start : start + heights[0]], ZH[start + heights[0] : start + sum(heights)]
        lines = in_turn(*draw(st.permutations([left, right])))
        if draw(st.booleans()):
            at = draw(st.integers(0, len(lines) - 2))
            lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
        if draw(st.booleans()):
            lines.insert(
                draw(st.integers(0, len(lines))), draw(st.sampled_from(["[2]", "《", "，", "②", "12", "一、"]))
            )
        text += page(lines, draw(st.sampled_from(["\n", "\n\n", "\r\n"])))
        text += draw(st.sampled_from(["", "\f", f"\n· {number} ·\n\n ", "\n\n"]))
    return text.rstrip() if draw(st.booleans()) else text


@settings(max_examples=60, deadline=None)
@given(pages())
def test_every_character_once(text: str) -> None:
    check_view(text)
    view = columns.find(source_of(text))
    assert view is None or view.source.text.count("\f") == text.count("\f")


@settings(max_examples=25, deadline=None)
@given(pages())
def test_tiled(text: str) -> None:
    check_rows(run(source_of(text), Options()).document, text)


def test_build(tmp_path: Path) -> None:
    """One paragraph over both columns, a remark of its own, valid, and the raw bytes again."""
    (tmp_path / "raw").mkdir()
    raw = (page(FRONT) + "\n" + page(in_turn(LEFT, RIGHT))).encode()
    (tmp_path / "raw" / "渡口.txt").write_bytes(raw)
    build(tmp_path / "raw", tmp_path / "out", jobs=1)
    assert not errors(list(check_all(tmp_path / "out")))
    assert restore(tmp_path / "out", "渡口") == [("渡口.txt", raw)]
    document = run(source_of(raw.decode()), Options()).document
    texts = [passage for article in Edition(document).articles for passage in article.all_passages()]
    (body,) = [one.text for one in texts if one.block.kind == "p"]
    assert body == "".join(ZH)


def test_remark() -> None:
    document = run(source_of(page(in_turn(LEFT, RIGHT))), Options()).document
    (remark,) = [one for one in document.remarks if one.rule.startswith("column")]
    assert remark.rule == "column-turns"
    assert "1 place" in remark.message


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[3] 某某：《渡口考》", [("note", 3)]),
        ("一、渡口", [("han", 1)]),
        ("（十二）论船钱", [("round han", 12)]),
        ("第三章 冬天", [("part", 3)]),
        ("2. 报告", [("point", 2)]),
        ("2.5 倍", []),
        ("账簿[4]上写着名字[5]", [("marker", 4), ("marker", 5)]),
        ("⑥同上注", [("circled label", 6)]),
        ("冬天付钱⑦。", [("circled", 7)]),
        ("冬天付钱7。", [("raised", 7)]),
        ("到了冬天。8她说", [("raised", 8)]),
        ("从前，12月里结冰", []),
        ("一共16次", []),
    ],
)
def test_signposts(line: str, expected: list[tuple[str, int]]) -> None:
    assert list(signposts(line)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一条长的线写在这里 另一条长的线也在这里\n", ["一条长的线写在这里", "另一条长的线也在这里"]),
        ("像《水经》、\n《渡口》\n", ["像《水经》、\n《渡口》"]),
        ("账簿\n，这一类\n", ["账簿\n，这一类"]),
        ("账簿\n\n，这一类\n", ["账簿", "，这一类"]),
        ("这一行是完整的一行。\n《另一行》也是完整的一行\n", ["这一行是完整的一行。", "《另一行》也是完整的一行"]),
        ("短 线\n", ["短 线"]),
    ],
)
def test_cut_lines(text: str, expected: list[str]) -> None:
    assert [text[unit.begin : unit.end].strip() for unit in cut_lines(text, list(units_of(text)), 20)] == expected


@given(st.integers(1, 10**15))
def test_logarithm(number: int) -> None:
    assert abs(_logarithm(number) - BITS * log2(number)) <= 1


def test_both_scripts_are_one() -> None:
    table = load_table()
    assert table.numbers("\n".join(HANT)).tolist() == table.numbers("\n".join(ZH)).tolist()


def test_a_text_adds_its_own_words() -> None:
    """What stands together in the lines of a text counts there, and nowhere else."""
    table = load_table()
    end, begin = (int(table.numbers(one)[0]) for one in "渡簿")
    elsewhere = Continuity(table, ["河水"]).score(end, begin)
    assert Continuity(table, ["渡簿上写着", "那本渡簿"]).score(end, begin) > elsewhere + BITS
