"""How fast the text core is, and that it is linear.  `python bench/core.py`

Every figure is the median of several runs in milliseconds, for 1 MB of text, beside the limit it is held to.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline import storage
from pipeline.collation import collate
from pipeline.evidence import Lines
from pipeline.model import Block, Changes, Document, Edit, Part, Rule, Source
from pipeline.rewrite import Reading, apply, differences, read, rewrite

RULE = Rule("ligature", "emended", 90, "A ligature.")
ENGLISH = "They went down to the river and counted the boats\n" * 20_000
CHINESE = "远山如黛，近水含烟，渡口的船夫把旧帆收进舱里，等着雨停。\n" * 12_300  # 1 MB of UTF-8
SIZE = len(ENGLISH)
BLOCKS = 20_000


def milliseconds(call: Callable[[], object], runs: int = 7) -> float:
    """The median processor time of a call; what the benchmark itself holds is kept from the garbage collector."""
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(runs):
        began = process_time()
        call()
        times.append(process_time() - began)
    return median(times) * 1000


def document_of(text: str) -> Document:
    return Document(Source("x", text, (Part("x.txt", "", len(text), 0, len(text), ((0, "utf-8"),)),)))


def edits_of(count: int) -> tuple[Edit, ...]:
    """Edits spread evenly over the text."""
    step = SIZE // count
    return tuple(Edit(at * step + 3, at * step + 5, "fi", RULE, 90) for at in range(count))


def blocks_of(count: int) -> tuple[Block, ...]:
    step = SIZE // count
    return tuple(Block(f"b{at}", "p", ((at * step, (at + 1) * step - 1),), RULE, 90) for at in range(count))


def figures() -> list[tuple[str, Callable[[], object], float]]:
    """(what, call, limit in milliseconds; 0 for none)."""
    few, many, blocks = edits_of(10_000), edits_of(100_000), blocks_of(BLOCKS)
    touched = rewrite((), few)
    plain, blocked = document_of(ENGLISH), apply(document_of(ENGLISH), Changes(blocks=blocks))
    in_blocks = edits_of(BLOCKS)
    full = apply(blocked, Changes(edits=in_blocks))
    english, chinese = read(plain, [(0, SIZE)]), Reading(CHINESE, (), [(0, len(CHINESE))])
    through = Reading(ENGLISH, touched, [(0, SIZE)])
    changes = [(at * 100 + 7, at * 100 + 8, "x") for at in range(10_000)]
    stored = storage.dump(Changes(many, blocks))
    return [
        ("rewrite, 10,000 edits", lambda: rewrite((), few), 20),
        ("rewrite, 100,000 edits", lambda: rewrite((), many), 150),
        ("rewrite, 10,000 edits over 10,000 runs", lambda: rewrite(touched, changes_as_edits(changes)), 30),
        ("Reading through 10,000 runs", lambda: Reading(ENGLISH, touched, [(0, SIZE)]), 30),
        ("Reading.edits, 10,000 changes through 10,000 runs", lambda: through.edits(changes, RULE), 50),
        ("Lines, English, 20,000 lines", lambda: Lines(english, []), 60),
        ("Lines, Chinese, 12,300 lines", lambda: Lines(chinese, []), 60),
        ("Lines through 10,000 runs", lambda: Lines(through, []), 100),
        ("apply, 20,000 blocks", lambda: apply(plain, Changes(blocks=blocks)), 30),
        ("apply, 20,000 edits in 20,000 blocks", lambda: apply(blocked, Changes(edits=in_blocks)), 60),
        ("collate, 20,000 blocks, 80,000 rows", lambda: collate(full), 0),
        ("collate, 1 block, 20,001 rows", lambda: collate(one_block(touched)), 0),
        ("differences, equal length", lambda: differences(CHINESE, CHINESE.replace("山", "川")), 0),
        ("storage.dump, 100,000 edits, 20,000 blocks", lambda: storage.dump(Changes(many, blocks)), 0),
        ("storage.load of the same", lambda: storage.load(stored), 0),
    ]


def changes_as_edits(changes: list[tuple[int, int, str]]) -> list[Edit]:
    return [Edit(start, end, new, RULE, 90) for start, end, new in changes]


def one_block(runs: tuple[object, ...]) -> Document:
    """The whole text as one block, read through these runs."""
    block = Block("b", "p", ((0, SIZE),), RULE, 90)
    return Document(document_of(ENGLISH).source, runs, {"b": block})  # type: ignore[arg-type]


def main() -> int:
    failed = 0
    found: dict[str, float] = {}
    for what, call, limit in figures():
        found[what] = milliseconds(call)
        wrong = bool(limit) and found[what] > limit
        failed += wrong
        told = f"   limit {limit:.0f}{'   MISSED' if wrong else ''}" if limit else ""
        print(f"{found[what]:8.1f} ms  {what}{told}")
    ratio = found["rewrite, 100,000 edits"] / found["rewrite, 10,000 edits"]
    print(f"{ratio:8.1f}     times as long for ten times the edits (10 is linear)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
