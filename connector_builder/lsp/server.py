"""The language server: the protocol's requests in, answers out.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from connector_builder import __version__
from connector_builder.app.shared.targets import Target, absolute
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.lsp import features
from connector_builder.lsp.answers import Answers, path_of
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import by_file, findings, fix_all, quick_fixes, setup_of
from connector_builder.lsp.names import Use

PAUSE = 0.15
"""Seconds without a keystroke after which a spec is checked."""
_FIX_ALL = "source.fixAll.connector-builder"
_Key = tuple[Path, str]


class Found(NamedTuple):
    """What is wrong in a target, and the target as it was checked."""

    target: Target
    diagnostics: list[Diagnostic]


class Server(LanguageServer):
    """The open files of an editor and what is published of them. All state belongs to the thread of the event loop."""

    def __init__(self, pause: float = PAUSE) -> None:
        super().__init__("connector-builder", __version__, types.TextDocumentSyncKind.Full)
        self.buffers = Buffers()
        self.names: dict[Path, str] = {}
        self.found: dict[_Key, Found] = {}
        self.runs_commands = False
        """Whether the editor knows the commands of code lenses: it says `{"commands": true}` when it starts."""
        self._pause = pause
        self._published: dict[_Key, set[Path]] = {}
        self._runs: dict[_Key, asyncio.Task[None]] = {}
        self._keys: dict[Path, _Key] = {}
        self._views: dict[_Key, features.View] = {}
        self.uses: dict[_Key, list[Use]] = {}
        self._problems: set[str] = set()
        self._worker = ThreadPoolExecutor(1, "checks")

    @property
    def answers(self) -> Answers:
        unit = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding or "utf-16"))
        return Answers(self.buffers, unit, self.names)

    def changed(self, uri: str, text: str | None) -> None:
        """Notes the text of an open file, None if it is closed, and checks what the file is part of after a pause."""
        path = path_of(uri)
        if path is None:
            return
        path = absolute(path)
        before = self._keys.pop(path, None)
        if text is None:
            self.buffers.drop(path)
            self.names.pop(path, None)
        else:
            self.names[path] = uri
            self.buffers.put(path, text)
            target = self.buffers.target(path)
            if target is not None:
                self._keys[path] = (target.path, target.kind)
        for key in {before, self._keys.get(path)} - {None}:
            self._begin(key)  # type: ignore[arg-type]

    def saved(self) -> None:
        """Checks everything that is open: a sample, a script or the configuration may have changed on disk."""
        for key in set(self._keys.values()):
            self._begin(key)

    def target(self, path: Path) -> Target | None:
        return self.buffers.target(path)

    async def checked(self, path: Path) -> Found | None:
        """Returns what is wrong in the target of an open file, as its files are now."""
        target = self.target(path)
        if target is None:
            return None
        known = self.found.get((target.path, target.kind))
        if known is not None and known.target == target:
            return known
        found: Found = await self.away(lambda: Found(target, findings(target, setup_of(_folder(target)))))
        return found

    def away(self, work: Callable[[], Any]) -> Awaitable[Any]:
        """Does work in the thread of the checks, while the server goes on answering."""
        return asyncio.get_running_loop().run_in_executor(self._worker, work)

    def view(self, uri: str) -> tuple[Path, features.View] | None:
        """Returns the spec that an open file is part of, as it is now; the last one again if nothing changed."""
        path = path_of(uri)
        target = None if path is None else self.target(path)
        if path is None or target is None:
            return None
        key = (target.path, str(target.kind))
        if key not in self._views or self._views[key].target != target:
            view = features.view_of(target)
            if view is None:
                return None
            self._views = {key: view}
        return absolute(path), self._views[key]

    def _begin(self, key: _Key) -> None:
        run = self._runs.pop(key, None)
        if run is not None:
            run.cancel()
        self._runs[key] = asyncio.get_running_loop().create_task(self._run(key))

    async def _run(self, key: _Key) -> None:
        opened = next((path for path in sorted(self._keys) if self._keys[path] == key), None)
        target = None if opened is None else self.target(opened)
        if target is None:
            self._publish(key, {})
            self.found.pop(key, None)
            self._runs.pop(key, None)
            return
        await asyncio.sleep(self._pause)
        try:
            setup = setup_of(_folder(target))
            self._tell(setup.problem)
            diagnostics = await self.away(lambda: findings(target, setup))
        except Exception as error:  # a defect of ours must not end the editor's session
            self._tell(f"internal error: {type(error).__name__} while checking {target}")
            return
        # Whoever types meanwhile cancels this task, which ends at the `await` above: an old result is never shown.
        self.found[key] = Found(target, diagnostics)
        self._publish(key, by_file(diagnostics))
        self._runs.pop(key, None)

    def _publish(self, key: _Key, files: dict[Path, list[Diagnostic]]) -> None:
        """Shows the findings of a target, and removes those of files that have none any more."""
        answers = self.answers
        opened = {path for path, each in self._keys.items() if each == key}
        before = self._published.pop(key, set())
        for path in sorted(before | opened | files.keys()):
            found = answers.diagnostics(files.get(path, []))
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(answers.uri(path), found))
        if files or opened:
            self._published[key] = opened | files.keys()

    def _tell(self, problem: str) -> None:
        """Shows a problem of the configuration, or of the server, once."""
        if problem and problem not in self._problems:
            self._problems.add(problem)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, problem))


def _folder(target: Target) -> Path:
    return target.path if target.path.is_dir() else target.path.parent


def serve() -> None:
    """Serves an editor over standard input and output, until it says goodbye."""
    # The log of pygls has tracebacks of what an editor sent. They are of no use to people, who get them in red.
    log = logging.getLogger("pygls")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    server().start_io()


def server(pause: float = PAUSE) -> Server:
    """Returns a server with everything that it answers."""
    made = Server(pause)
    _add_documents(made)
    _add_actions(made)
    _add_places(made)
    _add_completion(made)
    _add_outline(made)
    return made


def _add_documents(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        ls.changed(params.text_document.uri, params.text_document.text)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        document = ls.workspace.get_text_document(params.text_document.uri)
        ls.changed(params.text_document.uri, document.source)

    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        ls.changed(params.text_document.uri, None)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_params: types.DidSaveTextDocumentParams) -> None:
        ls.saved()

    @ls.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched(_params: types.DidChangeWatchedFilesParams) -> None:
        ls.saved()


def _add_actions(ls: Server) -> None:
    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind(types.CodeActionKind.SourceFixAll)]

    @ls.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        path = path_of(params.text_document.uri)
        found = None if path is None else await ls.checked(path)
        if path is None or found is None:
            return []
        answers, only = ls.answers, params.context.only
        actions = []
        if _wants(only, [types.CodeActionKind.QuickFix]):
            first, last = params.range.start.line + 1, params.range.end.line + 1
            for repair in quick_fixes(found.diagnostics, path, first, last):
                mends = answers.diagnostics(repair.mends)
                edit = answers.workspace_edit(repair.edits)
                actions.append(
                    types.CodeAction(repair.title, types.CodeActionKind.QuickFix, mends, is_preferred=True, edit=edit)
                )
        if _wants(only, [types.CodeActionKind.SourceFixAll, _FIX_ALL]):
            setup = setup_of(_folder(found.target))
            every = await ls.away(lambda: fix_all(found.diagnostics, found.target, setup))
            if every is not None:
                edit = answers.workspace_edit(every.edits)
                actions.append(types.CodeAction(every.title, types.CodeActionKind.SourceFixAll, edit=edit))
        return actions


def _add_places(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        found = ls.view(params.text_document.uri)
        return None if found is None else features.hover(found[1], ls.answers, found[0], params.position)

    @ls.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        found = ls.view(params.text_document.uri)
        if found is None:
            return []
        every = features.places(found[1], ls.answers, found[0], params.position)
        return features.located(ls.answers, [use for use in every if use.declares])

    @ls.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        found = ls.view(params.text_document.uri)
        if found is None:
            return []
        every = features.places(found[1], ls.answers, found[0], params.position)
        kept = [use for use in every if params.context.include_declaration or not use.declares]
        return features.located(ls.answers, kept)

    @ls.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        found = ls.view(params.text_document.uri)
        if found is None:
            return None
        return features.renamed(found[1], ls.answers, found[0], params.position, params.new_name)


def _add_completion(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":"]))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        found = ls.view(params.text_document.uri)
        if found is None:
            return []
        path, view = found
        key = (view.target.path, str(view.target.kind))
        if view.tree.root is not None:
            ls.uses[key] = view.uses  # they serve while the YAML is broken, too
        lines = ls.answers.lines(path)
        return features.completion(lines.text, lines, path, view.target, params.position, ls.uses.get(key, []))


def _add_outline(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        found = ls.view(params.text_document.uri)
        return [] if found is None else features.document_symbols(found[1], ls.answers, found[0])

    @ls.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        found = ls.view(params.text_document.uri)
        return [] if found is None else features.folding(ls.answers.lines(found[0]).text)

    @ls.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        found = ls.view(params.text_document.uri)
        return [] if found is None else features.links(found[1], ls.answers, found[0])

    @ls.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def lenses(params: types.CodeLensParams) -> list[types.CodeLens]:
        found = ls.view(params.text_document.uri) if ls.runs_commands else None
        return [] if found is None else features.lenses(found[1], ls.answers, found[0])

    @ls.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        said = params.initialization_options
        ls.runs_commands = bool(said.get("commands") if isinstance(said, dict) else getattr(said, "commands", False))


def _wants(only: Iterable[Hashable] | None, kinds: Iterable[str]) -> bool:
    """Checks whether an editor asks for a kind of action; one kind stands for all below it."""
    if only is None:
        return True
    asked = [str(getattr(one, "value", one)) for one in only]
    return any(f"{getattr(kind, 'value', kind)}.".startswith(f"{one}.") for kind in kinds for one in asked)
