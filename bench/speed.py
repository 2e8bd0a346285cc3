"""How fast a text becomes validated output, end to end on one core.  `python bench/speed.py [FILE ...]`

Prints MB of raw bytes per second of processor time, the share of every step and its time per line, whether
time grows with the length (one text repeated), and the memory that one source takes.  Without files: the
development texts that lie beside the repository, if there are any.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline import runner, settings
from pipeline.cleaning import Cleaned, read, uncollected
from pipeline.corpus import single
from pipeline.edition import Edition
from pipeline.evidence import LINE_END
from pipeline.gathering import Stretch, gather
from pipeline.stages import STAGES
from pipeline.validation import validate
from pipeline.writers import parquet, tei

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ("../shared/bench/typeset/dev/raw/*.raw.txt", "../shared/seeds/*.txt")
STEPS = ("read", "columns", *(name for name, _ in STAGES), "tei", "validate", "tables", "store")
MB = 1_000_000
REPEATED = (1, 4, 16)
WORD = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")
T = TypeVar("T")

runner.perf_counter = process_time  # type: ignore[attr-defined]  # what else runs here must not count


class Timings(defaultdict[str, float]):
    """Seconds of processor time by step."""

    def __init__(self) -> None:
        super().__init__(float)

    def time(self, step: str, call: Callable[[], T]) -> T:
        began = process_time()
        found = call()
        self[step] += process_time() - began
        return found


class Built(NamedTuple):
    """A text that was built: its bytes and lines, and where its tables wait."""

    bytes: int
    lines: int
    doc_id: str
    tables: parquet.Stored


@uncollected()  # as `pipeline.build.work` is
def build(path: Path, folder: Path, timings: Timings) -> Built:
    """One source to its validated output in `folder`."""
    cleaned = Cleaned()
    corpus_settings = settings.load(None)
    source, remarks = timings.time("read", lambda: read(single(path), corpus_settings, cleaned))
    finished = runner.run(source, cleaned.options, remarks, timings)
    edition = Edition(finished.document, finished.unconverted)
    files = timings.time("tei", lambda: tei.write(edition, cleaned.options, cleaned.options.metadata))
    found = timings.time("validate", lambda: validate(files) if files else [])
    tables = timings.time("tables", lambda: parquet.rows_of(edition))
    stored = timings.time("store", lambda: parquet.store(parquet.pack(tables), folder))
    if found:
        timings["findings"] += len(found)
    return Built(path.stat().st_size, sum(1 for _ in LINE_END.finditer(source.text)) + 1, edition.doc_id, stored)


def measure(paths: Sequence[Path], folder: Path) -> Path | None:
    """Build every text and print the figures; returns the largest that could be built."""
    timings = Timings()
    size = lines = 0
    largest: tuple[int, Path] | None = None
    documents: dict[str, parquet.Stored] = {}
    for path in paths:
        own = Timings()
        try:
            found = build(path, folder, own)
        except Exception as error:  # one bad text must not hide the figures of the others
            print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        for step, spent in own.items():
            timings[step] += spent
        size, lines = size + found.bytes, lines + found.lines
        largest = max(largest or (0, path), (found.bytes, path))
        documents[found.doc_id] = found.tables
    seconds = sum(timings[step] for step in STEPS)
    if not seconds:
        return None
    load = f", load of the machine {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{size / MB / seconds:8.2f} MB/s   {size / MB:.2f} MB, {lines} lines, {seconds:.2f} s{load}")
    for step in STEPS:
        share, each = timings[step] / seconds, timings[step] / lines
        print(f"{share:8.1%} {each * 1e6:8.1f} µs a line {timings[step] / size * MB * 1e3:8.0f} ms/MB  {step}")
    together = [documents[doc_id] for doc_id in sorted(documents)]
    timings.time("gather", lambda: gather(folder / "parquet", folder, [Stretch(together, size)], 1))
    print(
        f"{timings['gather'] / size * MB * 1e3:39.0f} ms/MB  the Parquet files of all texts together, not in the sum above"
    )
    if timings["findings"]:
        print(f"{timings['findings']:8.0f}   findings of the validation")
    return largest[1] if largest else None


def measure_growth(path: Path, folder: Path) -> None:
    """The time per MB of one text, repeated: where it grows, something is not linear."""
    once: dict[str, float] | None = None
    build(path, folder, Timings())  # what only this text needs is loaded once
    for times in REPEATED:
        longer = repeated(path, times, folder)
        timings = Timings()
        size = build(longer, folder, timings).bytes
        each = {step: timings[step] / size * MB for step in STEPS}
        once = once or each
        growth = {step: each[step] / once[step] for step in STEPS if once[step] > 0.005}
        worst = max(growth, key=growth.__getitem__)
        print(
            f"{sum(each.values()):8.2f} s/MB   repeated {times} times, {size / MB:.2f} MB;"
            f" grows most: {worst}, {growth[worst]:.2f} times"
        )


def measure_memory(path: Path, folder: Path) -> None:
    """The peak memory of a child process with this text repeated, above one with a small text."""
    small = folder / "small.txt"
    small.write_text("A line.\n", encoding="utf-8")
    longer = repeated(path, 8, folder)
    least, most = peak(small), peak(longer)
    size = longer.stat().st_size / MB
    print(f"{(most - least) / size:8.1f} MB of memory a MB of one source ({size:.2f} MB: {most:.0f} MB, without: {least:.0f} MB)")  # fmt: skip


def repeated(path: Path, times: int, folder: Path) -> Path:
    """A text so many times, its words exchanged in every copy: repeated lines would be taken for running heads."""
    text = path.read_text(encoding="utf-8", errors="replace")
    ranks = ranked(text)
    longer = folder / f"times{times}.txt"
    with longer.open("w", encoding="utf-8", newline="") as file:
        for copy in range(times):
            other = {word: words[(rank + copy) % len(words)] for words in ranks for rank, word in enumerate(words)}
            file.write(WORD.sub(lambda found, other=other: other[found[0]], text))  # type: ignore[misc]
    return longer


def ranked(text: str) -> list[list[str]]:
    """The words that may stand for each other, the commonest first: alike long and alike in case, or one hanzi.

    The exchanged text is thus of the same language, and of the same look on the page.
    """
    kinds: dict[tuple[int, bool, bool], list[str]] = defaultdict(list)
    for word, _ in Counter(WORD.findall(text)).most_common():
        kinds[len(word), word[0].isupper(), word.isascii()].append(word)
    return list(kinds.values())


def peak(path: Path) -> float:
    """The peak memory in MB of a child that builds one text."""
    command = [sys.executable, __file__, "--peak", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def own_peak() -> int:
    """The peak memory of this process in bytes; Linux hands `ru_maxrss` down from the parent, so not that there."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().split("\n") if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments[:1] == ["--peak"]:
            build(Path(arguments[1]), folder, Timings())
            print(own_peak() / MB)
            return 0
        paths = [Path(one) for one in arguments] or [path for glob in BESIDE for path in sorted(ROOT.glob(glob))]
        warm = folder / "warm.txt"
        warm.write_text("A line.\n天地玄黄。\n", encoding="utf-8")
        build(warm, folder, Timings())  # grammars, models and word lists are loaded once a process
        largest = measure(paths, folder)
        if largest is None:
            print("no text could be built: give files", file=sys.stderr)
            return 2
        measure_growth(largest, folder)
        measure_memory(largest, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
