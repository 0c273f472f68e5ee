"""How work grows with its input, whatever the machine is doing beside it."""

import gc
import math
import sys
import time
from collections.abc import Callable

TRIES = 3
NOISE = 0.05
"""Seconds of processor time below which nothing can be said."""


def calls(work: Callable[[], object]) -> int:
    """The number of functions that `work` calls, those of Python itself included."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def processor_time(work: Callable[[], object], tries: int = TRIES) -> float:
    """The seconds of processor time that `work` takes where nothing is in its way: the least of some tries."""
    taken = []
    gc.disable()
    try:
        for _ in range(tries):
            before = time.process_time()
            work()
            taken.append(time.process_time() - before)
    finally:
        gc.enable()
    return min(taken)


def is_linear(work: Callable[[int], object], size: int, *, factor: int = 8) -> bool:
    """Whether `factor` times the size takes nearly `factor` times the processor time: quadratic work takes `factor` as often again.

    For work that is done inside of Python's own functions (regular expressions, texts), where counting calls shows nothing.
    """
    small, large = processor_time(lambda: work(size)), processor_time(lambda: work(size * factor))
    return large < math.pow(factor, 1.5) * max(small, NOISE)
