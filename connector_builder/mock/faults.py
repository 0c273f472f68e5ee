"""What goes wrong with a service that works: too many requests, and failures now and then."""

import math
import random
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

MOST = 100_000
"""The most requests that one rate remembers."""


class Fault(NamedTuple):
    """A status to answer instead, why, and the seconds to wait; 0 if the answer says nothing of that."""

    status: int
    why: str
    wait: int = 0


class Faults:
    """Decides which requests fail. The same seed lets the same requests fail.

    At most `number` requests pass in `seconds`; 0 for any. Of those that pass, the share `failing` gets the status `code`.
    """

    def __init__(
        self,
        number: int = 0,
        seconds: int = 1,
        failing: float = 0.0,
        code: int = 500,
        seed: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._number, self._seconds, self._clock = min(number, MOST), seconds, clock
        self._failing, self._code = failing, code
        self._random = random.Random(f"{seed} failing")  # noqa: S311 - the same for the same seed
        self._passed: deque[float] = deque()

    def next(self) -> Fault | None:
        """Returns what is wrong with the request that comes now; None if it is answered as usual."""
        if self._number:
            now = self._clock()
            while self._passed and self._passed[0] <= now - self._seconds:
                self._passed.popleft()
            if len(self._passed) >= self._number:
                wait = math.ceil(self._passed[0] + self._seconds - now)
                return Fault(429, f"more than {self._number} requests in {self._seconds} s (--rate)", max(wait, 1))
            self._passed.append(now)
        if self._failing and self._random.random() < self._failing:
            return Fault(self._code, f"{self._failing:.0%} of the requests fail (--fail-rate)")
        return None

    def reset(self) -> None:
        """Forgets the requests that passed."""
        self._passed.clear()
