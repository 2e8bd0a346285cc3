"""What builds that follow each other cost.  `python bench/rebuilds.py [--sources 2000] [--rounds 2] [--jobs 1 2]`

Generates a corpus (the same every time) and runs the real command on it: a first build, a second one, one
with one source changed, one with another script, one with another form of TEI; for each number of workers.
Prints the least seconds of all rounds, those of the command's own processor, and the peak memory of the whole tree of
processes (each page counted once, Linux only).  `--engine dask` measures the same on a cluster on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import generated

MB = 1_000_000
ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {"another script": '[script]\ntarget = "hant"\n', "another form of TEI": '[script]\ntarget = "hant"\n\n[tei]\nchoice = true\n'}  # fmt: skip


class Run(NamedTuple):
    """Seconds on the clock, of the command's own processor (not its workers') and as the build itself says; peak
    memory in MB; what was cleaned."""

    seconds: float
    processor: float
    told: float
    memory: float
    cleaned: int


def children(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from children(int(child))
    except OSError:
        return


def memory(pid: int) -> int:
    """Bytes of a process; what it shares with others counts in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    except (OSError, IndexError):
        return 0


def run(words: Sequence[str], *, watch: bool) -> Run:
    """One command; `watch` asks for its memory twice a second, which costs time itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began, peak = monotonic(), 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipeline", "build", "--json", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        while watch and process.poll() is None:
            peak = max(peak, sum(map(memory, children(process.pid))))
            sleep(0.5)
        assert process.stdout
        told = json.loads(process.stdout.read())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(monotonic() - began, spent, told["seconds"], peak / MB, told["cleaned"])


def builds(folder: Path, options: Sequence[str], *, watch: bool) -> dict[str, Run]:
    """The builds that follow each other, from nothing."""
    raw = folder / "raw"
    for name in ("out", ".jiaokan"):
        shutil.rmtree(folder / name, ignore_errors=True)
    words = [str(raw), "-o", str(folder / "out"), *options]
    found = {"first": run(words, watch=watch), "second": run(words, watch=watch)}
    changed = min(raw.rglob("*.txt"))
    was = changed.read_bytes()
    changed.write_bytes(was + b"\nOne more line.\n")
    found["one source changed"] = run(words, watch=watch)
    changed.write_bytes(was)
    run(words, watch=False)
    for name, text in SETTINGS.items():
        (folder / "jiaokan.toml").write_text(text, "utf-8")
        found[name] = run(words, watch=watch)
    (folder / "jiaokan.toml").unlink()
    return found


def least(one: Run, other: Run) -> Run:
    """The less of all times; the memory of the first."""
    times = one.seconds, one.processor, one.told
    seconds, processor, told = map(min, times, (other.seconds, other.processor, other.told))
    return Run(seconds, processor, told, one.memory, one.cleaned)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engine", default="local")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        total = generated.write(folder / "raw", wishes.sources)
        print(f"{wishes.sources} sources, {total / MB:.1f} MB, load {os.getloadavg()[0]:.1f}")
        best: dict[tuple[int, str], Run] = {}
        for at in range(wishes.rounds + 1):  # the last round is for the memory
            for jobs in wishes.jobs:
                options = ["--jobs", str(jobs), "--engine", wishes.engine]
                for kind, found in builds(folder, options, watch=at == wishes.rounds).items():
                    best[jobs, kind] = least(found, best.get((jobs, kind), found))
                print(f"round {at + 1}, {jobs} workers: load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        print(f"{size_of(folder / 'out') / total:.2f} bytes out a byte in, {size_of(folder / '.jiaokan') / total:.2f} in the cache")  # fmt: skip
        print("workers  build                  seconds  own processor  without start    MB  cleaned")
        for (jobs, kind), ran in best.items():
            print(f"{jobs:7}  {kind:20}  {ran.seconds:8.2f}  {ran.processor:13.2f}  {ran.told:13.2f}  {ran.memory:4.0f}  {ran.cleaned:7}")  # fmt: skip
        if len(wishes.jobs) > 1:
            few, many = best[wishes.jobs[0], "first"], best[wishes.jobs[-1], "first"]
            print(f"speed-up of the first build: {few.seconds / many.seconds:.2f}")


if __name__ == "__main__":
    main()
