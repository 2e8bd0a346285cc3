"""The same work on a cluster of `dask.distributed`: `engines.run` with workers on other machines.

A cluster runs a task again when a worker that did it, or held its result, is gone, and may run it twice at
once.  So a task must come out the same every time and leave nothing but whole files named from its inputs.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from secrets import token_hex
from time import monotonic
from typing import Any

from .engines import Lost, Result, Task
from .errors import JiaokanError, OutputError

PATIENCE = 60.0  # seconds in which a first worker must come
AHEAD = 2  # tasks a thread is given, so that it need not wait for the next one
LOOK = 1.0  # seconds between two looks at the clock and at the number of workers

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

    Each worker says by `check` what keeps it from this build; the empty text is nothing.  Raises
    `OutputError` for a missing extra, a scheduler that cannot be reached, and a worker that is not fit.
    """
    with _client(scheduler, jobs) as client:
        queue = _Queue(client, work, check, timeout)
        waiting = deque((number, 0) for number in range(len(tasks)))
        while waiting or queue.running:
            while waiting and len(queue.running) < queue.width():
                number, tries = waiting.popleft()
                queue.submit(number, tries, tasks[number])
            for number, tries, result in queue.results():
                if isinstance(result, Lost) and not tries:
                    again(number, str(result))
                    waiting.append((number, 1))
                else:
                    yield number, result


class _Queue:
    """Tasks on their way: `running` holds number, tries and deadline of each future."""

    def __init__(self, client: Any, work: Callable[..., Any], check: Callable[[], str], timeout: float) -> None:
        self.running: dict[Any, tuple[int, int, float]] = {}
        self._client, self._work, self._check, self._timeout = client, work, check, timeout
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._build = token_hex(8)
        self._width, self._looked = 0, -LOOK

    def width(self) -> int:
        """How many tasks may be on their way; with a timeout no more than begin at once."""
        if monotonic() - self._looked > LOOK:
            self._looked = monotonic()
            threads = sum(self._client.nthreads().values())
            self._width = max(1, threads * (1 if self._timeout else AHEAD))
        return self._width

    def submit(self, number: int, tries: int, task: Any) -> None:
        key = f"jiaokan-{self._build}-{number}-{tries}"
        future = self._client.submit(_serve, self._build, self._check, self._work, task, key=key, pure=False)
        self.running[future] = number, tries, monotonic() + (self._timeout or float("inf"))
        future.add_done_callback(self._done.put)

    def results(self) -> Iterator[tuple[int, int, Any]]:
        """What has come to an end since, one way or the other; waits for it a little."""
        with suppress(Empty):
            future = self._done.get(timeout=LOOK)
            while True:
                if future in self.running:
                    number, tries, _ = self.running.pop(future)
                    yield number, tries, _result(future)
                future = self._done.get_nowait()
        for future, (number, tries, deadline) in list(self.running.items()):
            if deadline < monotonic() and not future.done():
                del self.running[future]
                self._end(future)
                yield number, tries, Lost(f"was not done after {self._timeout:g} s")

    def _end(self, future: Any) -> None:
        """A thread cannot be stopped: the whole worker is started anew; what else it did is done again."""
        workers = [address for address, keys in self._client.processing().items() if future.key in keys]
        future.cancel()
        with suppress(Exception):  # a worker without a nanny cannot be started anew
            self._client.restart_workers(workers, timeout=PATIENCE)


def _result(future: Any) -> Any:
    from distributed.scheduler import KilledWorker

    if future.status == "finished":
        return future.result()
    if future.status != "error":
        raise OutputError("the connection to the scheduler is lost", mend="see its log, and build again")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return Lost("its process died")
    if isinstance(error, JiaokanError):
        raise error
    told = f"a worker cannot do it: {type(error).__name__}: {error}"
    raise Unfit(told, mend="install this very version of jiaokan on all workers") from error


def _serve(build: str, check: Callable[[], str], work: Callable[[Any], Any], task: Any) -> Any:
    """One task, on a worker that is fit for the build."""
    if build not in _agreed:
        if told := check():
            from distributed import get_worker

            raise Unfit(told, path=str(get_worker().address), mend="see docs/cluster.md, What all machines must share")
        _agreed.add(build)
    return work(task)


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
        client = Client(scheduler, timeout=f"{PATIENCE / 6:.0f}s")
    except (OSError, ValueError, TimeoutError) as error:
        told = f"the scheduler cannot be reached: {error}"
        raise OutputError(told, path=scheduler, mend="check the address; is dask-scheduler running?") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise OutputError("has no workers", path=scheduler, mend="start some and build again") from None
        yield client
