"""Sources made by rule: the same number always gives the same text.

Each is an article of some pages as a PDF dump has them: running head, hard line ends with cut words, notes
at the foot, a page number and a form feed; two of three in English, one in Chinese.  The words mean nothing.
"""

from __future__ import annotations

import random
from pathlib import Path

ONSETS, NUCLEI, CODAS = (
    "b c d f g h l m n p r s t v br st tr gl".split(),
    "a e i o u ea ou".split(),
    "n r l s t nd".split(),
)
LITTLE = "the of and to in a that was for on with as by at from".split()
HANZI = "山水城门书院旧事江湖渡口商人船只年代记录地方官府桥梁道路学堂先生文字田野村落税册历史研究方法认为可以这些关系变化中心"
LINE, ROWS = 72, 34
HAN_LINE = 34


def word(chance: random.Random) -> str:
    """A word of one to four syllables; short ones are the common little words."""
    if chance.random() < 0.4:
        return chance.choice(LITTLE)
    return "".join(
        chance.choice(ONSETS) + chance.choice(NUCLEI) + (chance.choice(CODAS) if chance.random() < 0.4 else "")
        for _ in range(chance.randint(1, 4))
    )


def sentence(chance: random.Random) -> str:
    words = [word(chance) for _ in range(chance.randint(8, 24))]
    words[len(words) // 2] += ","
    return " ".join(words).capitalize() + "."


def wrap(text: str, chance: random.Random) -> list[str]:
    """Hard lines; a long word at a line's end is cut now and then."""
    lines = [""]
    for one in text.split(" "):
        room = LINE - len(lines[-1]) - 1
        if len(one) <= room:
            lines[-1] = f"{lines[-1]} {one}".strip()
        elif len(one) > 7 and 3 < room < len(one) - 2 and chance.random() < 0.7:
            lines[-1] += f" {one[: room - 1]}-"
            lines.append(one[room - 1 :])
        else:
            lines.append(one)
    return lines


def han_lines(chance: random.Random) -> list[str]:
    parts = ["".join(chance.choice(HANZI) for _ in range(chance.randint(6, 16))) for _ in range(chance.randint(8, 20))]
    text = "　　" + "，".join(parts) + "。"
    return [text[at : at + HAN_LINE] for at in range(0, len(text), HAN_LINE)]


def pages(lines: list[str], notes: list[str], head: str, first: int) -> str:
    """Lines cut into pages, each with its running head, one note and its number."""
    out = []
    for number, at in enumerate(range(0, len(lines), ROWS)):
        note = [f"{number + 1} {notes[number % len(notes)]}"]
        out.append("\n".join([head, "", *lines[at : at + ROWS], "", *note, "", str(first + number)]) + "\n")
    return "\f".join(out)


def text_of(number: int, size: int = 9_500) -> str:
    """Source `number`, about `size` characters (a third of that if Chinese, which takes as many bytes)."""
    chance = random.Random(number)
    first = chance.randint(1, 400)
    if number % 3 == 2:
        title = "".join(chance.choice(HANZI) for _ in range(9))
        lines, notes = [title, "", "林岸", ""], [f"《{title[:4]}》，第{at}页。" for at in range(2, 9)]
        while sum(map(len, lines)) < size // 3:
            lines += han_lines(chance)
        return pages(lines, notes, "河港学刊　二〇二四年", first)
    title = " ".join(word(chance).capitalize() for _ in range(5))
    lines, notes = [title, "", "Ada Lin", ""], [f"See {sentence(chance)}" for _ in range(7)]
    while sum(map(len, lines)) < size:
        lines += ["", *wrap(" ".join(sentence(chance) for _ in range(chance.randint(3, 7))), chance)]
        if chance.random() < 0.1:
            lines += ["", " ".join(word(chance).capitalize() for _ in range(4))]
    return pages(lines, notes, "Annals of the Harbour · 2024", first)


def write(folder: Path, sources: int, size: int = 9_500) -> int:
    """Write so many sources into a folder, 100 in each folder below; returns their bytes."""
    total = 0
    for number in range(sources):
        path = folder / f"{number // 100:03}" / f"s{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text_of(number, size).encode()
        path.write_bytes(data)
        total += len(data)
    return total
