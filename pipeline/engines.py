"""The same work over one process or over many (over many machines: `cluster`).

Results come in any order, with the number of their task.  Each worker does one task at a time, so no more
documents are in memory than there are workers, and when a worker dies or a task takes too long it is known
which task that was: it is done once more, when nothing else runs, and only then given up.  As long as many wait, each
worker knows its next task too, so that it need not wait until its result was taken.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from time import monotonic
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Below this many bytes of raw text a second process costs more than it saves.
ALONE = 300_000
MANY = 100  # sources, from which on a first build will want its workers soon
AHEAD = 8  # tasks that wait for each worker, from which on it is given its next one early


class Lost(Exception):
    """The task killed its worker twice (mostly memory, or a crash in a library), or was never done in time."""


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare(module: str) -> None:
    """Let the process that workers are forked from begin to load `module`, beside whatever is done meanwhile."""
    if _context(module).get_start_method() == "forkserver":
        forkserver.ensure_running()


def run(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    *,
    timeout: float = 0,
    again: Callable[[int, str], None] = lambda number, why: None,
) -> Generator[tuple[int, Result | Lost], None, None]:
    """(number of the task, its result) as they are done; `work` must not raise and must be importable.

    `timeout` is in seconds for each task, 0 for none; with one job it is kept in a process of its own.
    `again` is told the number of each task that is tried a second time, and why.  Close the iterator to
    end all workers at once.
    """
    if (jobs <= 1 or len(tasks) <= 1) and not timeout:
        for number, task in enumerate(tasks):
            yield number, work(task)
        return
    lost: list[int] = []
    for number, result in _pool(work, tasks, list(range(len(tasks))), jobs, timeout):
        if isinstance(result, Lost):
            lost.append(number)
            again(number, str(result))
        else:
            yield number, result
    for number, result in _pool(work, tasks, sorted(lost), 1, timeout):
        yield number, Lost(f"{result}, tried twice") if isinstance(result, Lost) else result


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, the numbers of its task and the one after it, and when the first must be done."""

    process: BaseProcess
    pipe: Connection
    numbers: list[int] = field(default_factory=list)
    deadline: float = float("inf")

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _pool(
    work: Callable[[Task], Result], tasks: Sequence[Task], numbers: Sequence[int], jobs: int, timeout: float
) -> Iterator[tuple[int, Result | Lost]]:
    """Results of the tasks of these numbers, begun in this order by at most `jobs` workers."""
    waiting = list(reversed(numbers))
    context = _context(work.__module__)
    workers = [_begin(context, work) for _ in range(min(jobs, len(waiting)))]
    try:
        ahead = AHEAD * len(workers)
        for worker in workers:
            _give(worker, waiting, tasks, timeout, ahead)
        while busy := [worker for worker in workers if worker.numbers]:
            patience = min(worker.deadline for worker in busy) - monotonic()
            ready = wait([worker.pipe for worker in busy], None if patience == float("inf") else max(0.0, patience))
            for worker in busy:
                if worker.pipe not in ready and worker.deadline > monotonic():
                    continue
                number = worker.numbers.pop(0)
                result = _take(worker) if worker.pipe in ready else _late(timeout)
                if isinstance(result, Lost):
                    worker.end()
                    waiting += worker.numbers  # not begun
                    workers[workers.index(worker)] = worker = _begin(context, work)
                _give(worker, waiting, tasks, timeout, ahead)  # before the result is looked at: nobody waits for that
                yield number, result
    finally:
        for worker in workers:
            worker.end()


def _begin(context: BaseContext, work: Callable[..., Any]) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    try:
        ours.recv()  # it has begun: what starting takes is no task's time
    except (EOFError, OSError):
        pass  # it died: so the task it is given will tell
    except BaseException:
        process.kill()
        raise
    return _Worker(process, ours)


def _give(worker: _Worker, waiting: list[int], tasks: Sequence[Any], timeout: float, ahead: int) -> None:
    """Give a worker the next task, if there is one, and the one after it while more than `ahead` wait."""
    worker.deadline = monotonic() + timeout if timeout else float("inf")
    while waiting and len(worker.numbers) < (2 if len(waiting) > ahead else 1):
        worker.numbers.append(waiting.pop())
        try:
            worker.pipe.send(tasks[worker.numbers[-1]])
        except OSError:
            return  # it is dead: its pipe will say so


def _take(worker: _Worker) -> Any:
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        return Lost("its process died")


def _late(timeout: float) -> Lost:
    return Lost(f"was not done after {timeout:g} s")


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """The life of a worker: it ends with its parent, even where that was killed and in mid-task."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
        tasks: SimpleQueue[Any] = SimpleQueue()
        threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
        pipe.send(None)
        while True:
            pipe.send(work(tasks.get()))
    except (OSError, KeyboardInterrupt):
        os._exit(1)  # the parent is gone, or just ending us: nothing to be told


def _listen(pipe: Connection, tasks: SimpleQueue[Any]) -> None:
    try:
        while True:
            tasks.put(pipe.recv())
    finally:
        os._exit(1)


def _context(module: str) -> BaseContext:
    """Workers are forked from one clean process that has imported `module`, where the system can do that."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([module])
    return context
