"""The same work on a cluster of `dask.distributed`: `engines.run` with workers on other machines.

A cluster runs a task again when a worker that did it, or held its result, is gone, and may run it twice at
once.  So a task must come out the same every time and leave nothing but whole files named from its inputs.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from queue import Empty, SimpleQueue
from secrets import token_hex
from threading import Timer
from time import monotonic
from typing import Any

from .engines import Lost, Result, Task
from .errors import JiaokanError, OutputError

REACHED = 10.0  # seconds in which a scheduler must answer
STAFFED = 60.0  # and in which a first worker must come
DESERTED = 600.0  # seconds without any worker after which a build is given up
AHEAD = 2  # tasks a thread is given, so that it need not wait for the next one
LOOK = 1.0  # seconds between two looks at the number of workers

_agreed: set[str] = set()  # builds this worker has been found fit for


class Unfit(OutputError):
    """A worker that cannot do this build."""


def run(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    *,
    timeout: float = 0,
    again: Callable[[int, str], None] = lambda number, why: None,
    scheduler: str = "",
    check: Callable[[], str] = str,
) -> Generator[tuple[int, Result | Lost], None, None]:
    """As `engines.run`, on the cluster of `scheduler`; on one of `jobs` processes here if that is empty.

    Each worker says by `check` what keeps it from this build; the empty text is nothing.  A task that is
    not done in time ends its worker.  Raises `OutputError` for a missing extra, a scheduler that cannot be
    reached, and a worker that is not fit.
    """
    build = token_hex(8)
    call = partial(_serve, build, check, work, timeout)
    with _client(scheduler, jobs) as client:
        lost: list[int] = []
        for number, result in _pool(client, call, tasks, range(len(tasks)), build):
            if isinstance(result, Lost):
                lost.append(number)
                again(number, str(result))
            else:
                yield number, result
        for number in sorted(lost):  # each alone: what died beside a task that kills is not to suffer for it
            yield from _pool(client, call, tasks, [number], f"{build}-again")


def _pool(
    client: Any, call: Callable[[Any], Any], tasks: Sequence[Any], numbers: Sequence[int], build: str
) -> Iterator[tuple[int, Any]]:
    """Results of the tasks of these numbers, begun in this order, a few for each worker at once."""
    waiting, running = deque(numbers), dict[Any, int]()
    done: SimpleQueue[Any] = SimpleQueue()
    width, looked, staffed = 0, -LOOK, monotonic()
    while waiting or running:
        if monotonic() - looked > LOOK:
            width, looked = AHEAD * sum(client.nthreads().values()), monotonic()
            staffed = looked if width else staffed
            if looked - staffed > DESERTED:
                raise OutputError("all workers are gone", mend="start some and build again: what was done is kept")
        while waiting and len(running) < width:
            number = waiting.popleft()
            future = client.submit(call, tasks[number], key=f"jiaokan-{build}-{number}", pure=False)
            running[future] = number
            future.add_done_callback(done.put)
        try:
            future = done.get(timeout=LOOK)
        except Empty:
            continue
        number = running.pop(future)
        yield number, _result(future)


def _result(future: Any) -> Any:
    from distributed.scheduler import KilledWorker

    if future.status == "finished":
        return future.result()
    if future.status != "error":
        raise OutputError("the connection to the scheduler is lost", mend="see its log, and build again")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return Lost("its workers died, or took too long")
    if isinstance(error, JiaokanError):
        raise error
    told = f"a worker cannot do it: {type(error).__name__}: {error}"
    raise Unfit(told, mend="install this very version of jiaokan on all workers") from error


def _serve(build: str, check: Callable[[], str], work: Callable[[Any], Any], timeout: float, task: Any) -> Any:
    """One task, on a worker that is fit for the build."""
    if build not in _agreed:
        if told := check():
            from distributed import get_worker

            raise Unfit(told, path=str(get_worker().address), mend="see docs/cluster.md, What all machines must share")
        _agreed.add(build)
    if not timeout:
        return work(task)
    alarm = Timer(timeout, os._exit, [1])  # a thread cannot be stopped: the whole process goes, and is started anew
    alarm.daemon = True
    alarm.start()
    try:
        return work(task)
    finally:
        alarm.cancel()


@contextmanager
def _client(scheduler: str, jobs: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise OutputError("the engine dask is not installed", mend="pip install 'jiaokan[dask]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told by us
    if not scheduler:
        with (
            LocalCluster(n_workers=jobs, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs=logging.CRITICAL) as cluster,
            Client(cluster) as client,
        ):  # fmt: skip
            yield client
        return
    try:
        client = Client(scheduler, timeout=REACHED)
    except (OSError, ValueError, TimeoutError) as error:
        told = f"the scheduler cannot be reached: {error}"
        raise OutputError(told, path=scheduler, mend="check the address; is dask-scheduler running?") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=STAFFED)
        except TimeoutError:
            raise OutputError("has no workers", path=scheduler, mend="start some and build again") from None
        yield client
