"""The same work over one process or over many.

Results come in any order, with the number of their task.  A worker that dies takes nobody with it: the
tasks that were running are done again one by one, and only the one that kills its worker again is lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Below this many bytes of raw text a second process costs more than it saves.
ALONE = 300_000
# Tasks handed out at a time for each worker: enough to keep it busy, few enough to bound memory.
AHEAD = 2


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
    waiting = list(reversed(range(len(tasks))))
    while waiting:
        suspects: list[int] = []
        yield from _pool(work, tasks, waiting, min(jobs, len(waiting)), AHEAD, suspects)
        alone = sorted(suspects, reverse=True)
        while alone:
            culprit: list[int] = []
            yield from _pool(work, tasks, alone, 1, 1, culprit)
            for number in culprit:
                yield number, Lost("its process died")


def _pool(
    work: Callable[[Task], Result], tasks: Sequence[Task], waiting: list[int], jobs: int, ahead: int, broken: list[int]
) -> Iterator[tuple[int, Result]]:
    """Results of the tasks in `waiting`, which is emptied from its end.

    Where a worker dies, the tasks that were handed out go to `broken` and the others stay in `waiting`.
    """
    running: dict[Future[Result], int] = {}
    with ProcessPoolExecutor(jobs, mp_context=_context(work.__module__)) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < jobs * ahead:
                    running[pool.submit(work, tasks[waiting[-1]])] = waiting[-1]
                    waiting.pop()
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    result = future.result()
                    yield running.pop(future), result
        except BrokenProcessPool:
            broken.extend(running.values())


def _context(module: str) -> BaseContext:
    """Workers are forked from one clean process that has imported `module`, where the system can do that."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([module])
    return context
