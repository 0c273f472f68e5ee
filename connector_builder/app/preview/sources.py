"""Keeps the data of each connector, and makes it again when one of its files changes."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.app.preview.connector import Connector
from connector_builder.app.preview.watched import Stamp, read_watched, stamps
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.processes import where
from connector_builder.app.shared.targets import Kind, Target, absolute
from connector_builder.app.shared.variables import refuse_unused
from connector_builder.checks.engine import Checks, examine
from connector_builder.findings.diagnostic import Locator
from connector_builder.language import Variables


class Options(NamedTuple):
    """How to read connectors: with which variables, read anew each time, from which file of them, and with which checks."""

    variables: Callable[[], Variables]
    vars_file: Path | None
    checks: Checks


class Source:
    """One target as data for the page. `version` counts how often it was made.

    While its files can't be read, as in the middle of an edit, it stays what it was last, with the findings of now.
    """

    def __init__(self, target: Target, options: Options, locator: Locator) -> None:
        self.name = locator.name(target.path)
        self.version = 0
        self._target = target
        self._options = options
        self._locator = locator
        self._lock = threading.RLock()
        self._stamps: dict[Path, Stamp] = {}
        self._files: dict[str, int] = {}
        self._shown: Connector | None = None
        self._newest: Connector | None = None
        self._failure = ""
        self._used: frozenset[str] | None = None

    @property
    def connector(self) -> Connector:
        """Returns the connector as it was last when it could be read; reads it first if it never was."""
        with self._lock:
            if self._shown is None:
                self._make()
            assert self._shown is not None
            return self._shown

    @property
    def used(self) -> frozenset[str] | None:
        """Returns the variables that the connector's spec uses; None if not all of it was read."""
        with self._lock:
            self.connector  # noqa: B018 - reads it
            return self._used

    def overview(self) -> dict[str, Any]:
        """Returns what all operations have in common. `failure` is set if the files can't be read now."""
        with self._lock:
            found = {**self.connector.overview(), "made": self.version}
            if self._newest is not self._shown and self._newest is not None:
                now = self._newest.overview()
                found |= {key: now[key] for key in ("findings", "more", "files")}
                found["operations"] = [_without(one, "findings") for one in found["operations"]]
            return {**found, "failure": self._failure} if self._failure else found

    def detail(self, index: int) -> dict[str, Any]:
        """Returns an operation in full. Raises IndexError if there is none with this index."""
        with self._lock:
            found = {**self.connector.detail(index), "made": self.version}
            return found if self._newest is self._shown else {**found, "found": []}

    def refresh(self) -> bool:
        """Makes the data again if a file changed since. Returns whether one did; what nobody looked at yet stays unread."""
        if self._shown is None or stamps(self._stamps) == self._stamps:
            return False
        with self._lock:
            self._make()
        return True

    def _make(self) -> None:
        """Makes the data. What was stamped before the files were read is what is compared with later."""
        before = stamps({*self._stamps, absolute(self._target.path)})
        seen = frozenset(before)
        self._failure = ""
        try:
            reading, seen = read_watched(self._target, self._options.variables())
            checked = examine(reading, self._options.checks, is_spec=self._target.kind is Kind.SPEC)
            self._used = reading.variables
            made = Connector(self.name, reading, checked.diagnostics, self._locator, self._files)
            self._show(made)
        except Misuse as error:
            self._failed(error, error.message)
        except Exception as error:
            self._failed(error, f"internal error: {where(error)}")
        file = self._options.vars_file
        watched = {*seen, *([absolute(file)] if file is not None else [])}
        self._stamps = stamps(watched) | {path: stamp for path, stamp in before.items() if path in watched}
        self.version += 1

    def _show(self, made: Connector) -> None:
        self._newest = made
        if made.readable or self._shown is None or not self._shown.readable:
            self._shown = made
        else:
            self._failure = "The files can't be read as they are now. This is what they said before."

    def _failed(self, error: Exception, message: str) -> None:
        """Remembers why the newest version isn't shown. Raises the error if there is no older one."""
        if self._shown is None:
            raise error
        self._failure = message


def _without(entry: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != key}


class Sources:
    """All connectors of a page. Others can wait until one of them changed."""

    def __init__(self, targets: Sequence[Target], options: Options, locator: Locator) -> None:
        self.all = [Source(target, options, locator) for target in targets]
        self._changed = threading.Condition()

    def refuse_unused(self, variables: Variables) -> None:
        """Raises Misuse for a variable that none of the connectors uses. Reads all of them."""
        refuse_unused(variables, [source.used for source in self.all], all_specs=False)

    def watch(self, stop: threading.Event, seconds: float) -> None:
        """Looks for changes every so many seconds until `stop` is set.

        It reads the first connector at once, while a browser still starts: the first page then waits for less.
        """
        with suppress(Exception):  # whoever asks for it gets the error
            self.all[0].connector  # noqa: B018 - reads it
        while not stop.wait(seconds):
            changed = [source.name for source in self.all if source.refresh()]
            if changed:
                with self._changed:
                    self._changed.notify_all()

    def versions(self) -> list[int]:
        """Returns the version of each connector; 0 for one that nobody looked at."""
        return [source.version for source in self.all]

    def wait(self, known: Sequence[int], seconds: float) -> list[int]:
        """Waits until the versions differ from those that are known, at most so many seconds. Returns them."""
        with self._changed:
            self._changed.wait_for(lambda: self.versions() != known, seconds)
            return self.versions()
