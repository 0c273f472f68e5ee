"""Lets long work be stopped from another thread: an editor doesn't wait for what was outdated while it was made."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Signal(Protocol):
    """What says that work is to stop, such as a `threading.Event`."""

    def is_set(self) -> bool:
        """Checks whether it is to stop."""


class Stopped(BaseException):
    """Signals that nobody wants the result any more. Like KeyboardInterrupt, it isn't an error that a handler may take."""


_SIGNAL: ContextVar[Signal | None] = ContextVar("stopping", default=None)


@contextmanager
def stoppable(signal: Signal) -> Iterator[None]:
    """Makes the work inside end with Stopped soon after `signal` is set."""
    before = _SIGNAL.set(signal)
    try:
        yield
    finally:
        _SIGNAL.reset(before)


def go_on() -> None:
    """Raises Stopped if the work is to stop. Whatever repeats for each part of a file calls it."""
    signal = _SIGNAL.get()
    if signal is not None and signal.is_set():
        raise Stopped
