"""Columns side by side: in what order they are read, and what is left as it stands."""

from __future__ import annotations

import pytest
from printed import CHINESE, ENGLISH, lines_of, set_columns, source_of

from pipeline import columns

EN = lines_of(ENGLISH, 46)
ZH = lines_of(CHINESE, 36)
HALF = len(EN) // 2
LEFT, RIGHT = EN[:HALF], EN[HALF:]
TITLE = "                 How the River Was Crossed Before There Was a Bridge at Low Harrow\n"


def read(text: str) -> str:
    """The text as it is read; as it stands where no columns are found."""
    view = columns.find(source_of(text))
    return view.source.text if view else text


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def alternating(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Columns whose lines do not stand on the same baselines."""
    return [part for line in left for part in (line, "")], [part for line in right for part in ("", line)]


POSITIVE = {
    "two": (set_columns([LEFT, RIGHT], [0, 52]), LEFT + RIGHT),
    "three": (
        set_columns([EN[: len(EN) // 3], EN[len(EN) // 3 : 2 * len(EN) // 3], EN[2 * len(EN) // 3 :]], [2, 54, 105]),
        EN,
    ),
    "other baselines": (set_columns(alternating(LEFT, RIGHT), [0, 52]), LEFT + RIGHT),
    "left shorter": (set_columns([LEFT[:-8], RIGHT], [0, 52]), LEFT[:-8] + RIGHT),
    "right shorter": (set_columns([LEFT, RIGHT[:-8]], [0, 52]), LEFT + RIGHT[:-8]),
    "title above": (TITLE + "\n\n" + set_columns([LEFT, RIGHT], [0, 52]), [TITLE.strip(), *LEFT, *RIGHT]),
    "Chinese by characters": (set_columns([ZH[:14], ZH[14:28]], [0, 26]), ZH[:28]),
    "Chinese by half ems": (set_columns([ZH[:14], ZH[14:28]], [0, 42], in_half_ems=True), ZH[:28]),
    "full-width blanks": ("".join(f"{a}　　　{b}\n" for a, b in zip(ZH[:13], ZH[13:26], strict=True)), ZH[:26]),
    "two bands": (
        set_columns([LEFT[:10], LEFT[10:20]], [0, 52])
        + "\n\n"
        + TITLE
        + "\n\n"
        + set_columns([RIGHT[:10], RIGHT[10:20]], [0, 52]),
        [*LEFT[:20], TITLE.strip(), *RIGHT[:20]],
    ),
    "doubled line ends": (set_columns([LEFT, RIGHT], [0, 52]).replace("\n", "\n\n"), LEFT + RIGHT),
    "gutter of another page elsewhere": (
        set_columns([LEFT[:10], LEFT[10:20]], [0, 52]) + "\f" + set_columns([RIGHT[:10], RIGHT[10:20]], [6, 60]),
        LEFT[:20] + RIGHT[:20],
    ),
    "page of one column": (
        set_columns([LEFT, RIGHT], [0, 52]) + "\f" + "\n".join(lines_of(ENGLISH, 90)) + "\n",
        LEFT + RIGHT + lines_of(ENGLISH, 90),
    ),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_order(name: str) -> None:
    text, wanted = POSITIVE[name]
    assert lines(text) != wanted
    assert lines(read(text)) == wanted


def test_squeezed_gutter() -> None:
    """Some lines of the left column leave one blank only."""
    wide = [f"{line:.<50}" + "," if number % 5 == 2 else line for number, line in enumerate(LEFT)]
    text = set_columns([wide, RIGHT], [0, 52])
    assert sum(", " in row[50:53] for row in text.split("\n")) >= 4
    assert lines(read(text)) == wide + RIGHT


def test_indents_stay() -> None:
    """A paragraph's indent is measured from the margin of its own column."""
    indented = ["   " + line if number in (4, 11) else line for number, line in enumerate(RIGHT)]
    shown = read(set_columns([LEFT, indented], [4, 52])).split("\n")
    assert shown == [*LEFT, *indented, ""]


@pytest.mark.parametrize("mark", ["\f", ""])
def test_forme_work_across(mark: str) -> None:
    """Running heads and page numbers stand above and below both columns, with page marks and without."""
    pages, wanted = [], []
    for number in range(3):
        cut = EN[number * 20 : number * 20 + 20]
        head = f"  {60 + number}" + " " * 36 + "The Low Harrow Review"
        pages.append(head + "\n\n" + set_columns([cut[:10], cut[10:]], [number, 52]) + "\n")
        wanted += [head.strip(), *cut]
    assert lines(read(mark.join(pages))) == wanted


def test_notes_of_a_column() -> None:
    """A note at the foot of a column stands below that column's text."""
    notes = ["  1 Account book of the ferry, second volume.", "  2 The umbrella is in the museum."]
    left = [*LEFT[:18], "", notes[0]]
    text = set_columns([left, [*RIGHT[:17], "", "", notes[1]]], [0, 52])
    assert lines(read(text)) == [*LEFT[:18], notes[0].strip(), *RIGHT[:17], notes[1].strip()]
    assert f"{LEFT[17]}\n\n{notes[0]}\n" in read(text)


def test_notes_across() -> None:
    """A note below both columns comes behind them."""
    note = "1 The account book was lent to the county office in the year of the flood and never came back from there."
    text = set_columns([LEFT, RIGHT], [0, 52]) + "\n\n" + note + "\n"
    assert lines(read(text)) == [*LEFT, *RIGHT, note]


WORDS = ENGLISH.replace(",", "").replace(".", "").split()
NEGATIVE = {
    "one column": "\n".join(f"   {line}" if n % 7 == 0 else line for n, line in enumerate(lines_of(ENGLISH, 90))),
    "table of words": "".join(f"{a:<26}{b:<26}{c}\n" for a, b, c in zip(WORDS[::5], WORDS[1::5], WORDS[2::5], strict=False)),
    "table of numbers": "".join(f"{w:<30}{n * 37 % 1000:>12}{n * 91 % 777:>24}\n" for n, w in enumerate(WORDS[:50])),
    "contents": "".join(
        f"{' '.join(WORDS[n * 6 : n * 6 + 6]) + ' ':.<70} {n * 4 + 3:>12}\n" for n in range(30)
    ),
    "contents without dots": "".join(f"{' '.join(WORDS[n * 6 : n * 6 + 6]):<70}    {n * 4 + 3:>4}\n" for n in range(30)),
    "list in two languages": "".join(
        f"{ZH[n][: 4 + n % 5]}{' ' * (30 - (4 + n % 5) * 2)}{' '.join(WORDS[n * 3 : n * 3 + 2])}\n" for n in range(26)
    ),
    "glossary": "".join(f"{word:<24}{line}\n" for word, line in zip(WORDS[::9], EN, strict=False)),
    "bylines": "\n\n".join(
        f"          {a.title()} {b.title()}                                    {c.title()} {d.title()}"
        for a, b, c, d in zip(*[iter(WORDS[:80])] * 4, strict=True)
    ),
    "half-lines of verse": "".join(f"      {' '.join(WORDS[n * 6 : n * 6 + 3])}     {' '.join(WORDS[n * 6 + 3 : n * 6 + 6])}\n" for n in range(40)),
    "couplets": "".join(f"        {ZH[n][:7]}，    {ZH[n][7:14]}。\n" for n in range(26)),
    "spread heads": "".join(f"{'   '.join(ZH[n][:3])}\n\n{ZH[n]}\n{ZH[n][:9]}\n\n" for n in range(26)),
    "centred lines": "".join(f"{line[: 14 + n % 9]:^100}\n" for n, line in enumerate(EN)),
    "line numbers": "".join(f"{line:<60}{n if n % 5 == 0 else '':>6}\n" for n, line in enumerate(EN)),
    "table of sentences": "\n".join(
        set_columns([lines_of(ENGLISH[at : at + 90].capitalize(), 34), lines_of(ENGLISH[at + 300 : at + 380].capitalize(), 34)], [0, 40])
        for at in range(0, 1100, 90)
    ),
    "speakers": "".join(f"{'MILLER' if n % 2 else 'SISTER':<12}{line}\n" for n, line in enumerate(EN)),
    "few rows": set_columns([LEFT[:6], RIGHT[:6]], [0, 52]),
}  # fmt: skip


@pytest.mark.parametrize("name", NEGATIVE)
def test_left_alone(name: str) -> None:
    assert columns.find(source_of(NEGATIVE[name])) is None


def test_table_among_columns() -> None:
    """A table across a page that has columns stays as it is."""
    table = NEGATIVE["table of words"][:1200].rpartition("\n")[0] + "\n"
    text = set_columns([LEFT, RIGHT], [0, 52]) + "\f" + table
    assert read(text).endswith("\f" + table)
