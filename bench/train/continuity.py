"""How often Chinese characters follow one another (`pipeline/columns/continuity.py`).

    python -m bench.train.continuity --texts ../checkouts

Counts the characters and pairs of neighbours in the Chinese texts among the public ones (`bench/typeset` lists them),
traditional characters as simplified ones, and writes `pipeline/data/continuity.npz`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import opencc

from pipeline.columns.continuity import BREAK, OTHER, folded
from pipeline.evidence import WIDE

from .truth import ROOT

OUT = ROOT / "pipeline" / "data" / "continuity.npz"
KINDS = ("*.md", "*.txt")
LEAST_OF_A_LINE = 12  # Chinese characters, and half of all
LEAST_OF_A_LETTER, LEAST_OF_A_PAIR = 5, 2  # what occurs less often is left out
BMP = "\uffff"
_HAN = [chr(code) for code in range(0x4E00, 0xA000)]


def lines_of(folder: Path) -> Iterator[str]:
    """Every line of running Chinese text below a folder, once."""
    seen: set[str] = set()
    for path in sorted(path for kind in KINDS for path in folder.rglob(kind) if path.is_file()):
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            count = len(WIDE.findall(line))
            if count >= LEAST_OF_A_LINE and count * 2 > len(line) and line not in seen:
                seen.add(line)
                yield "".join(line.split())


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(description="Count which Chinese characters follow one another.")
    parser.add_argument("--texts", type=Path, required=True, help="folder of checkouts of the public texts")
    parser.add_argument("--without", nargs="*", default=[], help="checkouts to leave out")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    simplified = opencc.OpenCC("t2s")
    forms = dict(zip(_HAN, simplified.convert("\n".join(_HAN)).split("\n"), strict=True))
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for folder in sorted(options.texts.iterdir()):
        for line in lines_of(folder) if folder.name not in options.without else ():
            letters = [BREAK, *(forms.get(letter, letter) for letter in folded(line))]
            singles.update(letters)
            pairs.update(zip(letters, letters[1:], strict=False))
    names = sorted(letter for letter, count in singles.items() if count >= LEAST_OF_A_LETTER and letter <= BMP)
    number = {letter: at for at, letter in enumerate(names, OTHER + 1)}
    variants = [(old, number[new]) for old, new in forms.items() if old != new and new in number]
    width = len(names) + 1
    often = sorted(
        (number[one] * width + number[next_one], count)
        for (one, next_one), count in pairs.items()
        if one in number and next_one in number and count >= LEAST_OF_A_PAIR
    )
    most = np.iinfo(np.uint16).max
    np.savez_compressed(
        options.out,
        letters="".join(names),
        variants="".join(old for old, _ in variants),
        variant_of=np.array([new for _, new in variants], dtype=np.uint16),
        singles=np.array([0, *(singles[letter] for letter in names)], dtype=np.uint32),
        steps=np.diff([key for key, _ in often], prepend=0).astype(np.uint32),
        times=np.array([min(count, most) for _, count in often], dtype=np.uint16),
    )
    print(f"{sum(singles.values())} characters, {len(names)} different; {len(often)} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
