"""Does something in place of operations on the file system: fails, interrupts, kills."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

END = 10_000
"""More operations than any run has."""
OPERATIONS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "os.chmod"}
)


class Faults:
    """An audit hook that does something in place of operations on the file system below a folder."""

    def __init__(self) -> None:
        self.act: Callable[[], object] | None = None
        self.folder = ""
        self.steps = range(0)
        self.operations: frozenset[str] = OPERATIONS
        self.count = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.act is not None and event in self.operations and self._is_below(arguments[0]):
            self.count += 1
            if self.count - 1 in self.steps:
                self.act()

    def _is_below(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.path.abspath(path).startswith(self.folder)  # noqa: PTH100

    @contextmanager
    def at(
        self, folder: Path, act: Callable[[], object], steps: range, operations: frozenset[str] = OPERATIONS
    ) -> Iterator[None]:
        """Within the block `act` is called right before the operations of these numbers; `count` tells how many came."""
        self.folder, self.act, self.steps, self.operations, self.count = str(folder), act, steps, operations, 0
        try:
            yield
        finally:
            self.act = None


FAULTS = Faults()
sys.addaudithook(FAULTS)


def raising(error: BaseException) -> Callable[[], NoReturn]:
    def act() -> NoReturn:
        raise error

    return act
