"""Decides what is checked next: one target at a time, the one that changed last first, and never what is outdated."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Runs(Generic[K]):
    """The targets that are to be checked.

    `check` checks one. It gets a signal that is set when the target changes meanwhile: then it is to stop, and its result
    counts no more. All of this belongs to the thread of the event loop.
    """

    def __init__(self, pause: float, check: Callable[[K, threading.Event], Awaitable[None]]) -> None:
        self._pause = pause
        self._check = check
        self._wanted: dict[K, float] = {}  # the time from which each may be checked; the last one changed last
        self._running: tuple[K, threading.Event] | None = None
        self._settled: dict[K, asyncio.Event] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def ask(self, key: K) -> None:
        """Has a target checked after a pause, since it changed. A check that runs is stopped."""
        if self._running is not None and self._running[0] == key:
            self._running[1].set()
        self._want(key, self._pause)

    async def finish(self, key: K) -> None:
        """Waits until a target is checked. It needs no pause any more; one that wasn't to be checked is checked now."""
        if self._running is None or self._running[0] != key or key in self._wanted:
            self._want(key, 0)
        await self._settled.setdefault(key, asyncio.Event()).wait()

    def stop(self) -> None:
        """Stops what runs, and forgets what was to be checked."""
        self._wanted.clear()
        if self._running is not None:
            self._running[1].set()

    def _want(self, key: K, pause: float) -> None:
        loop = asyncio.get_running_loop()
        self._wanted.pop(key, None)
        self._wanted[key] = loop.time() + pause
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._go())

    async def _go(self) -> None:
        while self._wanted:
            now = asyncio.get_running_loop().time()
            key = next((one for one in reversed(self._wanted) if self._wanted[one] <= now), None)
            if key is None:
                self._wake.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), min(self._wanted.values()) - now)
                continue
            del self._wanted[key]
            self._running = (key, threading.Event())
            try:
                await self._check(*self._running)
            finally:
                self._running = None
                if key not in self._wanted and key in self._settled:
                    self._settled.pop(key).set()
