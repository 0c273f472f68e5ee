"""The same work for many items, in processes where that pays."""

import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connector_builder.app.misuse import Misuse

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

WORTH = 64
"""Items from which on processes pay: each takes some 0.5 s to start, and a connector 5 to 50 ms."""
AHEAD = 4
"""Items under way for each process: enough to keep it busy, few enough to keep memory bounded."""
MAX_JOBS = 61
"""What a pool can have on Windows (https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor)."""
_SAFE_PATH = "PYTHONSAFEPATH"

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crash(Exception):  # noqa: N818 - it is no error of the input: a defect of ours, and what shows it
    """`item` is what was worked on, `where` the kind of error and its line in our code, `details` the traceback."""

    def __init__(self, item: str, where: str, details: str) -> None:
        super().__init__(item, where, details)
        self.item, self.where, self.details = item, where, details


def processors() -> int:
    """How many processors this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int | None = None) -> Iterator[Result]:
    """The results of `work` in the order of the items, each as soon as it is there.

    At most `jobs` processes, by default one a processor; none are started for few items. `work` must be picklable, as
    must be items and results. Raises Misuse and MemoryError as `work` does, and Crash for any other exception of it.
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
    item = items[0]
    try:
        while True:
            for following in islice(rest, processes * AHEAD - len(waiting)):
                with _isolated(), _interrupts_held():
                    waiting.append((following, pool.submit(_guarded, work, following)))
            if not waiting:
                return
            item, future = waiting.popleft()
            yield future.result()
    except BrokenProcessPool as error:
        raise Crash(str(item), "a process that ended by itself", str(error)) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> "ProcessPoolExecutor":
    # Imported here, because most runs need no processes.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned on every system: what works on one then works on all, and a fork of a process with threads may hang.
    return ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_parent
    )


def _can_isolate() -> bool:
    """Whether a new interpreter can be kept from looking for modules in the current folder.

    It inherits `-E`, with which it doesn't read the environment variable that says so; with `-P` and `-I` it needs none.
    """
    return bool(sys.flags.safe_path or not sys.flags.ignore_environment)


@contextmanager
def _isolated() -> Iterator[None]:
    """Keeps processes that start in the block from looking for modules in the current folder.

    A new interpreter puts that folder first, before `multiprocessing` hands it the path of this one: the `struct.py` of a
    stranger's repository would be run. The variable prevents it
    (https://docs.python.org/3/using/cmdline.html#envvar-PYTHONSAFEPATH); it is set while processes of the pool and the
    resource tracker of `multiprocessing` start.
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
    """Ctrl-C waits until the block is left, and a process that is started in it never sees one while it gets ready.

    Windows can't hold it back: there such a process may say that it was interrupted.
    """
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _guarded(work: Callable[[Item], Result], item: Item) -> Result:
    try:
        return work(item)
    except (Misuse, MemoryError):
        raise
    except Exception as error:
        raise Crash(str(item), where(error), "".join(traceback.format_exception(error))) from None


def where(error: BaseException) -> str:
    """The kind of an error and the innermost line of ours, without its message, which may hold what nobody should read."""
    package = Path(__file__).parent.parent
    frames = [
        f"{Path(frame.filename).relative_to(package).as_posix()}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(package)
    ]
    return f"{type(error).__name__} in {frames[-1]}" if frames else type(error).__name__
