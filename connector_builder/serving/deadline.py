"""Reads from a connection until a deadline, however slowly its bytes come."""

import io
import time
from collections.abc import Callable
from typing import Any


class UntilDeadline(io.RawIOBase):
    """What a socket receives, as a stream. A read raises TimeoutError after the deadline: a client that sends a byte now and then can't hold a thread."""

    def __init__(self, connection: Any, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._seconds = seconds
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Sets the deadline anew, for the next request."""
        self._end = self._clock() + self._seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        received: int = self._connection.recv_into(buffer)
        return received
