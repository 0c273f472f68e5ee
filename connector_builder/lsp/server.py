"""The language server: the protocol's requests in, answers out.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from connector_builder import __version__
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.lsp import features
from connector_builder.lsp.answers import Answers, path_of
from connector_builder.lsp.checking import FIX_ALL, fix_all, may_mend, quick_fixes, setup_of
from connector_builder.lsp.explaining import here
from connector_builder.lsp.positions import Lines
from connector_builder.lsp.protocol import Protocol
from connector_builder.lsp.renaming import unproven
from connector_builder.lsp.workspace import Workspace, folder_of

PAUSE = 0.15
"""Seconds without a keystroke after which a spec is checked."""
_FIX_ALL = "source.fixAll.connector-builder"
_WATCHED = ("**/*.{yaml,yml,json,csx,png}", "**/pyproject.toml")
"""The files that findings depend on beside the open ones: the editor tells when one changes on disk."""
_FILE_TYPES = (types.FileChangeType.Created, types.FileChangeType.Deleted)
T = TypeVar("T")


class Server(LanguageServer):
    """A connection to an editor. `open` are its files."""

    def __init__(self, pause: float = PAUSE) -> None:
        super().__init__("connector-builder", __version__, types.TextDocumentSyncKind.Full, protocol_cls=Protocol)
        self.open = Workspace(self, pause)
        self.runs_commands = False
        """Whether the editor knows the commands of code lenses: it says `{"commands": true}` when it starts."""
        self.resolves = False
        """Whether the editor asks for the edit of an action when someone chose it."""
        self.watches = False
        """Whether the editor can be asked to watch files."""
        self._names: dict[Path, str] = {}
        self._problems: set[str] = set()
        self._lines: dict[Path, Lines] = {}
        self._worker = ThreadPoolExecutor(1, "checks")

    @property
    def answers(self) -> Answers:
        encoding = self.workspace.position_encoding
        unit = str(getattr(encoding, "value", encoding or "utf-16"))
        return Answers(self.open.buffers, unit, self._names, self._lines)

    def changed(self, uri: str, text: str | None) -> None:
        """Notes the text of an open file, None if it is closed."""
        path = path_of(uri)
        if path is None:
            return
        if text is None:
            self._names.pop(path, None)
            self._lines.pop(path, None)
        else:
            self._names[path] = uri
        self.open.changed(path, text)

    def view(self, uri: str) -> tuple[Path, features.View] | None:
        """Returns an open file of a spec, and the spec as it is now."""
        path = path_of(uri)
        view = None if path is None else self.open.view(path)
        return None if path is None or view is None else (path, view)

    def publish(self, path: Path, found: list[Diagnostic]) -> None:
        answers = self.answers
        shown = types.PublishDiagnosticsParams(answers.uri(path), answers.diagnostics(found))
        self.text_document_publish_diagnostics(shown)

    def tell(self, problem: str) -> None:
        """Shows a problem of the configuration, or of the server, once."""
        if problem not in self._problems:
            self._problems.add(problem)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, problem))

    def away(self, work: Callable[[], T]) -> Awaitable[T]:
        """Does work in the thread of the checks, while the server goes on answering."""
        return asyncio.get_running_loop().run_in_executor(self._worker, work)


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
    _add_renaming(made)
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
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        ls.open.on_disk([] if path is None else [path])

    @ls.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        ls.open.stop()

    @ls.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched(params: types.DidChangeWatchedFilesParams) -> None:
        for names in (True, False):
            each = [path_of(one.uri) for one in params.changes if (one.type in _FILE_TYPES) is names]
            ls.open.on_disk([path for path in each if path is not None], names=names)


def _add_actions(ls: Server) -> None:
    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind(types.CodeActionKind.SourceFixAll)]

    @ls.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        path = path_of(params.text_document.uri)
        found = None if path is None else await ls.open.checked(path)
        if path is None or found is None:
            return []
        answers, only, actions = ls.answers, params.context.only, []
        if _wants(only, [types.CodeActionKind.QuickFix]):
            first, last = params.range.start.line + 1, params.range.end.line + 1
            for repair in await ls.away(lambda: quick_fixes(found, path, first, last)):
                edit = answers.workspace_edit(repair.edits)
                mends = answers.diagnostics(repair.mends)
                actions.append(
                    types.CodeAction(repair.title, types.CodeActionKind.QuickFix, mends, is_preferred=True, edit=edit)
                )
        if _wants(only, [types.CodeActionKind.SourceFixAll, _FIX_ALL]) and may_mend(found):
            every = types.CodeAction(FIX_ALL, types.CodeActionKind.SourceFixAll, data=params.text_document.uri)
            if not ls.resolves:
                every = await resolve(every)
            if ls.resolves or every.edit is not None:
                actions.append(every)
        return actions

    @ls.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        path = path_of(action.data) if isinstance(action.data, str) else None
        found = None if path is None else await ls.open.checked(path)
        if found is not None:
            setup = setup_of(folder_of(found.target))
            every = await ls.away(lambda: fix_all(found, setup, ls.open.reuse))
            action.edit = None if every is None else ls.answers.workspace_edit(every.edits)
        return action


def _add_places(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        found = ls.view(params.text_document.uri)
        about = None if found is None else features.asked(found[1], ls.answers, found[0], params.position)
        if found is None or about is None:
            return None
        target, reuse = found[1].target, ls.open.reuse
        built = await ls.away(lambda: here(target, setup_of(folder_of(target)).variables, about.spot, reuse))
        return features.hover(ls.answers, found[0], about, built)

    @ls.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        found = ls.view(params.text_document.uri)
        if found is None:
            return []
        every = features.places(found[1], ls.answers, found[0], params.position)
        declared = features.located(ls.answers, [use for use in every if use.declares])
        return declared or features.files_at(found[1], ls.answers, found[0], params.position)

    @ls.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        found = ls.view(params.text_document.uri)
        if found is None:
            return []
        every = features.places(found[1], ls.answers, found[0], params.position)
        kept = [use for use in every if params.context.include_declaration or not use.declares]
        return features.located(ls.answers, kept)


def _add_renaming(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        found = ls.view(params.text_document.uri)
        if found is None:
            return None
        path, view = found
        every = features.to_rename(view, ls.answers, path, params.position, params.new_name)
        setup = setup_of(folder_of(view.target))
        why = await ls.away(lambda: unproven(view.target, every, params.new_name, setup, ls.open.reuse))
        if why is None and ls.open.buffers.target(path) != view.target:
            why = "the files changed meanwhile"
        if why is not None:
            raise JsonRpcInvalidParams(why)
        return features.renamed(ls.answers, every, params.new_name)

    @ls.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        found = ls.view(params.text_document.uri)
        if found is None:
            return None
        use = features.to_rename(found[1], ls.answers, found[0], params.position)[0]
        return types.PrepareRenamePlaceholder(ls.answers.range(use.file, use.start, use.end), use.name)


def _add_completion(ls: Server) -> None:
    @ls.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(" :{[,?&")))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        path = path_of(params.text_document.uri)
        known = None if path is None else ls.open.known(path)
        if path is None or known is None:
            return []
        lines = ls.answers.lines(path)
        return features.completion(lines, path, known.target, params.position, known.names, known.built)


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
        documents = params.capabilities.text_document
        actions = None if documents is None else documents.code_action
        support = None if actions is None else actions.resolve_support
        ls.resolves = support is not None and "edit" in support.properties
        workspace = params.capabilities.workspace
        files = None if workspace is None else workspace.did_change_watched_files
        ls.watches = files is not None and bool(files.dynamic_registration)

    @ls.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        if ls.watches:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            watch = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            ls.client_register_capability(types.RegistrationParams([watch]))


def _wants(only: Iterable[Hashable] | None, kinds: Iterable[str]) -> bool:
    """Checks whether an editor asks for a kind of action; one kind stands for all below it."""
    if only is None:
        return True
    asked = [str(getattr(one, "value", one)) for one in only]
    return any(f"{getattr(kind, 'value', kind)}.".startswith(f"{one}.") for kind in kinds for one in asked)
