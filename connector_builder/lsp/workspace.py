"""The open files of an editor: which specs and packages they are part of, what is wrong in these, and what they say."""

import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from connector_builder.app.shared.config import OWN, PYPROJECT
from connector_builder.app.shared.targets import Kind, Target, absolute
from connector_builder.cancellation import Cancelled, cancellable, raise_if_cancelled
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import Found, Setup, by_file, find, setup_of
from connector_builder.lsp.features import View, view_of
from connector_builder.lsp.names import Use
from connector_builder.lsp.runs import Runs

MAX_FOUND = 8
"""The targets whose corrections can be made without another check: each keeps its package in memory."""
MAX_VIEWS = 4
T = TypeVar("T")


class Key(NamedTuple):
    """What a target is known by, while its files change."""

    path: Path
    kind: Kind


class Editor(Protocol):
    """What the workspace tells an editor, and the thread in which it checks."""

    def publish(self, path: Path, found: list[Diagnostic]) -> None:
        """Shows what is wrong in a file, instead of what was shown before."""

    def tell(self, problem: str) -> None:
        """Shows a problem that no file has."""

    def away(self, work: Callable[[], T]) -> Awaitable[T]:
        """Does work in the thread of the checks."""


class Known(NamedTuple):
    """A spec as an editor has it, with its names and the documents that it built when either could be read last."""

    target: Target
    names: list[Use]
    built: Mapping[str, Any]


class Dependencies(NamedTuple):
    """What the findings of a target depend on besides the files that are open."""

    seen: frozenset[Path]
    setup: frozenset[Path]


class Workspace:
    """The open files. All state belongs to the thread of the event loop."""

    def __init__(self, editor: Editor, pause: float) -> None:
        self.buffers = Buffers()
        self.reuse = Reuse()
        self.checks = 0
        """How many checks were begun."""
        self.uses: dict[Key, list[Use]] = {}
        """The names of each spec when it could be read last."""
        self._built: OrderedDict[Key, Mapping[str, Any]] = OrderedDict()
        self._editor = editor
        self._keys: dict[Path, Key] = {}
        self._members: dict[Key, set[Path]] = {}
        self._published: dict[Key, set[Path]] = {}
        self._depends: dict[Key, Dependencies] = {}
        self._found: OrderedDict[Key, Found] = OrderedDict()
        self._views: OrderedDict[Key, View] = OrderedDict()
        self._runs: Runs[Key] = Runs(pause, self._check)

    def changed(self, path: Path, text: str | None) -> None:
        """Notes the text of an open file, None if it is closed.

        What it is part of is checked after a pause, and what reads it: a sample, or code, is part of the specs that name it.
        """
        path = absolute(path)
        before = self._keys.pop(path, None)
        if before is not None:
            self._members[before].discard(path)
        if text is None:
            self.buffers.drop(path)
        else:
            self.buffers.put(path, text)
        target = None if text is None else self.buffers.target(path)
        now = None if target is None else Key(target.path, target.kind)
        if now is not None:
            self._keys[path] = now
            self._members.setdefault(now, set()).add(path)
        readers = (key for key, known in self._depends.items() if path in known.seen)
        for key in dict.fromkeys((before, now, *readers)):
            if key is not None:
                self._runs.ask(key)

    def on_disk(self, paths: Iterable[Path], *, names: bool = False) -> None:
        """Checks again what depends on files that changed on disk; `names`: they are new, or gone."""
        changed = {absolute(path) for path in paths}
        setups = {path for path in changed if path.name in (OWN, PYPROJECT)}
        changed = {path for path in changed if path not in self.buffers.texts or path in setups}
        folders = {path.parent for path in changed} if names else set()
        for key in [key for key, members in self._members.items() if members]:
            known = self._depends.get(key)
            if (
                known is None
                or not changed.isdisjoint(known.seen | known.setup)
                or not folders.isdisjoint(known.seen)
                or any(key.path.is_relative_to(path.parent) for path in setups)
                or (key.kind is not Kind.SPEC and any(path.is_relative_to(key.path) for path in changed))
            ):
                self._runs.ask(key)

    def stop(self) -> None:
        """Stops all checks: the editor goes."""
        self._runs.stop()

    async def checked(self, path: Path) -> Found | None:
        """Returns what is wrong in the target of an open file, as its files are now; None if they change meanwhile."""
        target = self.buffers.target(path)
        if target is None:
            return None
        key = Key(target.path, target.kind)
        if key not in self._found or self._found[key].target != target:
            await self._runs.finish(key)
        found = self._found.get(key)
        return found if found is not None and found.target == target else None

    def view(self, path: Path) -> View | None:
        """Returns the spec that an open file is part of, as it is now; None for anything else."""
        target = self.buffers.target(path)
        if target is None or target.kind is not Kind.SPEC:
            return None
        key = Key(target.path, target.kind)
        view = self._views.pop(key, None)
        if view is None or view.target != target:
            view = view_of(target, self.reuse)
        return None if view is None else self._looked(key, view)

    def _looked(self, key: Key, view: View) -> View:
        _keep(self._views, key, view, MAX_VIEWS)
        if view.tree.root is not None:
            self.uses[key] = view.uses  # they serve while the YAML is broken, too
        return view

    def known(self, path: Path) -> Known | None:
        """Returns what completion asks about the spec of an open file; None for anything else.

        It is what the last check found: nobody waits for a new one with every letter.
        """
        target = self.buffers.target(path)
        if target is None or target.kind is not Kind.SPEC:
            return None
        key = Key(target.path, target.kind)
        if key not in self.uses:
            self.view(path)
        return Known(target, self.uses.get(key, []), self._built.get(key, {}))

    async def _check(self, key: Key, signal: threading.Event) -> None:
        opened = min(self._members.get(key, ()), default=None)
        target = None if opened is None else self.buffers.target(opened)
        if target is None:
            self._forget(key)
            return
        try:
            await self._check_target(key, target, signal)
        except Exception as error:  # a defect of ours must not end the editor's session
            self._editor.tell(f"internal error: {type(error).__name__} while checking {target.path}")

    async def _check_target(self, key: Key, target: Target, signal: threading.Event) -> None:
        made = await self._editor.away(lambda: self._made(target, signal))
        if made is None or signal.is_set():
            return
        found, setup = made
        if setup.problem:
            self._editor.tell(setup.problem)
        self._depends[key] = Dependencies(found.seen, setup.files)
        _keep(self._found, key, found, MAX_FOUND)
        if found.later.package is not None:
            _keep(self._built, key, found.later.package.documents, MAX_FOUND)
        self._publish(key, by_file(found.diagnostics))
        view = await self._editor.away(lambda: _viewed(target, self.reuse, signal))
        if view is not None and not signal.is_set():
            self._looked(key, view)

    def _made(self, target: Target, signal: threading.Event) -> tuple[Found, Setup] | None:
        """Checks a target, in the thread of the checks. Returns None if it was stopped."""
        if signal.is_set():
            return None
        self.checks += 1
        try:
            with cancellable(signal):
                setup = setup_of(folder_of(target))
                return find(target, setup, self.reuse), setup
        except Cancelled:
            return None

    def _publish(self, key: Key, files: dict[Path, list[Diagnostic]]) -> None:
        """Shows the findings of a target, and removes those of files that have none any more."""
        opened = self._members.get(key, set())
        for path in sorted(self._published.get(key, set()) | opened | files.keys()):
            self._editor.publish(path, files.get(path, []))
        self._published[key] = opened | files.keys()

    def _forget(self, key: Key) -> None:
        self._publish(key, {})
        known: tuple[dict[Key, Any], ...] = (
            self._published, self._members, self._depends, self._found, self._views, self._built, self.uses,
        )  # fmt: skip
        for each in known:
            each.pop(key, None)


def _viewed(target: Target, reuse: Reuse, signal: threading.Event) -> View | None:
    """Returns the view of a target, in the thread of the checks: None for a package, and if it was stopped."""
    try:
        with cancellable(signal):
            raise_if_cancelled()
            return None if target.kind is not Kind.SPEC else view_of(target, reuse)
    except Cancelled:
        return None


def folder_of(target: Target) -> Path:
    """Returns the folder whose configuration counts for a target."""
    return target.path if target.path.is_dir() else target.path.parent


def _keep(kept: "OrderedDict[Key, T]", key: Key, value: T, most: int) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)
