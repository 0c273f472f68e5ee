"""Measures how work grows with its input, whatever else the machine is doing."""

import cProfile
import gc
import math
import time
from collections.abc import Callable

TRIES = 3
NOISE = 0.05
"""The least seconds of processor time that mean anything."""


def calls(work: Callable[[], object]) -> int:
    """Returns the number of functions that `work` calls, with those of Python itself."""
    counted = cProfile.Profile()
    counted.enable()
    try:
        work()
    finally:
        counted.disable()
    return sum(entry.callcount for entry in counted.getstats())


def processor_time(work: Callable[[], object], tries: int = TRIES) -> float:
    """Returns the seconds of processor time that `work` takes undisturbed: the least of several tries."""
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
    """Checks whether `factor` times the size takes about `factor` times the processor time.

    Quadratic work takes `factor` times that again. This is for work inside Python's own functions (regular expressions,
    texts), where counting calls shows nothing.
    """
    most = math.pow(factor, 1.5) * max(processor_time(lambda: work(size)), NOISE)
    return any(processor_time(lambda: work(size * factor), tries=1) < most for _ in range(TRIES))
