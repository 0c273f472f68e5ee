"""Does the same work for many items, in several processes where that is faster."""

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connector_builder.app.shared.misuse import Misuse

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

WORTH = 64
"""The number of items from which processes are faster: a process takes about 0.5 s to start, a connector 5 to 50 ms."""
AHEAD = 8
"""Items in progress per process: enough to keep each busy while another has an item that takes thirty times as long as most,
and few enough to limit memory."""
LAST_WORK = 2.0
"""Seconds that a worker may take to finish what it does after the run was stopped."""
MAX_JOBS = 61
"""The most processes on Windows (https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor)."""
_SAFE_PATH = "PYTHONSAFEPATH"
_ENDED = "the usual reason is too little memory: give the process more, or use fewer processes with --jobs 1"

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crash(Exception):  # noqa: N818 - not an error of the input: a defect of ours, and what shows it
    """A defect of ours.

    `item` is the input that shows it, `where` the kind of error and its line in our code, `details` the traceback.
    """

    def __init__(self, item: str, where: str, details: str) -> None:
        super().__init__(item, where, details)
        self.item, self.where, self.details = item, where, details


def processors() -> int:
    """Returns how many processors this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int | None = None) -> Iterator[Result]:
    """Yields the results of `work` in the order of the items, each as soon as it is ready.

    It uses at most `jobs` processes, by default one per processor, and none for a few items. `work`, items and results
    must be picklable. Raises Misuse and MemoryError as `work` does, Misuse too if a process ends before its work does,
    and Crash for any other exception of `work`.
    """
    processes = min(jobs or processors(), MAX_JOBS, len(items))
    if processes < 2 or len(items) < WORTH or not _can_isolate():
        return (_guarded(work, item) for item in items)
    return _in_processes(work, items, processes)


def _in_processes(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    from concurrent.futures.process import BrokenProcessPool

    with _isolated():
        pool = _pool(processes)
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    rest = iter(items)
    item, finished = items[0], False
    try:
        while True:
            for following in islice(rest, processes * AHEAD - len(waiting)):
                with _isolated(), _interrupts_held():
                    waiting.append((following, pool.submit(_guarded, work, following)))
            if not waiting:
                finished = True
                return
            item, future = waiting.popleft()
            yield future.result()
    except BrokenProcessPool:
        raise Misuse(f"the system ended a worker process at '{item}'", _ENDED) from None
    finally:
        pool.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            _end_workers()


def _end_workers() -> None:
    """Waits for workers whose results nobody wants any more, and ends those that don't end by themselves.

    After Ctrl-C at an unlucky moment a pool waits for workers that wait for the pool.
    """
    import multiprocessing

    for worker in multiprocessing.active_children():
        worker.join(LAST_WORK)
        if worker.is_alive():
            worker.terminate()


def _pool(processes: int) -> "ProcessPoolExecutor":
    # Imported here, because most runs need no processes.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Every system spawns: what works on one then works on all, and forking a process with threads may hang.
    return ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin_as_parent,
        initargs=(gc.get_threshold(),),
    )


def _can_isolate() -> bool:
    """Checks whether a new interpreter can be kept from looking for modules in the current folder.

    A new interpreter inherits `-E`, with which it ignores the environment variable for that. With `-P` and `-I` it
    doesn't need the variable.
    """
    return bool(sys.flags.safe_path or not sys.flags.ignore_environment)


@contextmanager
def _isolated() -> Iterator[None]:
    """Keeps processes that start in the block from looking for modules in the current folder.

    A new interpreter puts that folder first, before `multiprocessing` hands it our `sys.path`, so it would run the
    `struct.py` of a stranger's repository. The variable prevents this
    (https://docs.python.org/3/using/cmdline.html#envvar-PYTHONSAFEPATH). It must be set while the processes of the pool
    and the resource tracker of `multiprocessing` start.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Delays Ctrl-C until the block ends. A process that starts in the block doesn't see one while it gets ready.

    Windows can't delay it, so a starting process may report the interrupt there.
    """
    if sys.platform == "win32":
        yield
    else:
        import signal  # as all that only several processes need

        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_as_parent(threshold: tuple[int, int, int]) -> None:
    """Sets up a worker: it collects garbage as rarely as its parent does, and leaves interrupts to it."""
    import signal

    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _guarded(work: Callable[[Item], Result], item: Item) -> Result:
    try:
        return work(item)
    except (Misuse, MemoryError):
        raise
    except Exception as error:
        import traceback

        raise Crash(str(item), where(error), "".join(traceback.format_exception(error))) from None


def where(error: BaseException) -> str:
    """Returns the kind of an error and the innermost line of our code; not the message, which may contain a secret."""
    import traceback

    package = Path(__file__).parents[2]
    frames = [
        f"{Path(frame.filename).relative_to(package).as_posix()}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(package)
    ]
    return f"{type(error).__name__} in {frames[-1]}" if frames else type(error).__name__
