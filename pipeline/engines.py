"""The same work over one process or over many.

Results come in any order, with the number of their task.  A worker that dies takes nobody with it: what
was not finished is done again, each task alone, and only the task that kills its worker twice is lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Below this many bytes of raw text a second process costs more than it saves.
ALONE = 300_000
# Tasks handed out at a time for each worker: enough to keep it busy, few enough to bound memory.
AHEAD = 3


class Lost(Exception):
    """The worker died over this task: mostly memory, or a crash in a library."""


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Result | Lost]]:
    """(number of the task, its result) as they are done; `work` must not raise and must be importable."""
    if jobs <= 1 or len(tasks) <= 1:
        for number, task in enumerate(tasks):
            yield number, work(task)
        return
    unfinished: list[int] = []
    yield from _pool(work, tasks, range(len(tasks)), min(jobs, len(tasks)), unfinished)
    for number in sorted(unfinished):
        lost: list[int] = []
        yield from _pool(work, tasks, [number], 1, lost)
        if lost:
            yield number, Lost("the process died")


def _pool(
    work: Callable[[Task], Result], tasks: Sequence[Task], numbers: Sequence[int], jobs: int, unfinished: list[int]
) -> Iterator[tuple[int, Result]]:
    """Results of these tasks; what a broken pool left undone is added to `unfinished`."""
    waiting = list(reversed(numbers))
    running: dict[Future[Result], int] = {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < jobs * AHEAD:
                    number = waiting.pop()
                    try:
                        running[pool.submit(work, tasks[number])] = number
                    except BrokenProcessPool:
                        waiting.append(number)
                        raise
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    result = future.result()
                    yield running.pop(future), result
        except BrokenProcessPool:
            unfinished.extend([*running.values(), *waiting])
