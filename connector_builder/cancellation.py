"""Lets another thread cancel long work: an editor doesn't wait for a check that the next keystroke outdates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Signal(Protocol):
    """What says that work is cancelled, such as a `threading.Event`."""

    def is_set(self) -> bool:
        """Checks whether the work is cancelled."""


class Cancelled(BaseException):
    """Signals that nobody wants the result any more. Like KeyboardInterrupt, it isn't an error that a handler may take."""


_SIGNAL: ContextVar[Signal | None] = ContextVar("cancellation", default=None)


@contextmanager
def cancellable(signal: Signal) -> Iterator[None]:
    """Makes the work inside end with Cancelled soon after `signal` is set."""
    before = _SIGNAL.set(signal)
    try:
        yield
    finally:
        _SIGNAL.reset(before)


def raise_if_cancelled() -> None:
    """Raises Cancelled if the work is cancelled. Whatever repeats for each part of a file calls it."""
    signal = _SIGNAL.get()
    if signal is not None and signal.is_set():
        raise Cancelled
