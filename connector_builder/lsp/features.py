"""What the server answers about a place of a spec: the protocol's requests, and the functions that answer them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from connector_builder.app.shared.targets import Target, absolute
from connector_builder.language.load import SECTIONS, Loaded
from connector_builder.language.reuse import Reuse
from connector_builder.lsp import names, outline, spec_tree
from connector_builder.lsp.answers import Answers, as_point, as_range
from connector_builder.lsp.checking import setup_of
from connector_builder.lsp.completing import Item, completed
from connector_builder.lsp.explaining import built, explained
from connector_builder.lsp.names import Sort, Use
from connector_builder.lsp.positions import Lines
from connector_builder.lsp.spec_tree import Spot

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "schema": types.CompletionItemKind.Class,
    "operation": types.CompletionItemKind.Function,
}
_SYMBOLS = {
    "class": types.SymbolKind.Class,
    "event": types.SymbolKind.Event,
    "function": types.SymbolKind.Function,
    "namespace": types.SymbolKind.Namespace,
    "property": types.SymbolKind.Property,
}


class View(NamedTuple):
    """A spec as its editor shows it: its parts, and the places of its names."""

    target: Target
    tree: Loaded
    spots: list[Spot]
    uses: list[Use]

    @property
    def folder(self) -> Path:
        return absolute(self.tree.folder.path)


def view_of(target: Target, reuse: Reuse | None = None) -> View | None:
    """Returns the view of a spec; None for a package."""
    tree = spec_tree.loaded(target, reuse)
    if tree is None:
        return None
    spots = spec_tree.spots(tree)
    return View(target, tree, spots, names.uses(spots))


def hover(view: View, answers: Answers, path: Path, position: types.Position) -> types.Hover | None:
    """Returns what a key means, or what the operation or schema that is named here builds."""
    lines = answers.lines(path)
    offset = lines.offset(as_point(position))
    use = names.use_at(view.uses, path, offset)
    spot = spec_tree.spot_at(view.spots, path, offset)
    parts = [] if spot is None else [explained(spot)]
    if use is not None and use.sort in (Sort.OPERATION, Sort.SCHEMA):
        parts.append(built(view.target, setup_of(view.folder).variables, use))
    text = "\n\n".join(filter(None, parts))
    if not text:
        return None
    span = (use.start, use.end) if use is not None else spot.node.key_span if spot is not None else None
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, text), None if span is None else answers.range(path, *span)
    )


def places(view: View, answers: Answers, path: Path, position: types.Position) -> list[Use]:
    """Returns all places of the name at a position."""
    use = names.use_at(view.uses, path, answers.lines(path).offset(as_point(position)))
    return [] if use is None else names.same(view.uses, use)


def located(answers: Answers, found: Sequence[Use]) -> list[types.Location]:
    return [answers.location(use.file, use.start, use.end) for use in found]


def to_rename(view: View, answers: Answers, path: Path, position: types.Position, new: str | None = None) -> list[Use]:
    """Returns all places of the name at a position; the first one is at it. Raises an error of the protocol.

    Without `new`, it only checks whether the name can have another one at all.
    """
    use = names.use_at(view.uses, path, answers.lines(path).offset(as_point(position)))
    if use is None:
        raise JsonRpcInvalidParams("nothing here can be renamed: no name that the spec declares")
    why = names.refusal(view.uses, use, new)
    if why is not None:
        raise JsonRpcInvalidParams(why)
    return [use, *(other for other in names.same(view.uses, use) if other != use)]


def renamed(answers: Answers, found: Sequence[Use], new: str) -> types.WorkspaceEdit:
    """Returns the edits that give these places another name."""
    changes: dict[str, list[types.TextEdit]] = {}
    for use in sorted(found, key=lambda use: (str(use.file), use.start)):
        edit = types.TextEdit(answers.range(use.file, use.start, use.end), new)
        changes.setdefault(answers.uri(use.file), []).append(edit)
    return types.WorkspaceEdit(changes=changes)


def files_at(view: View, answers: Answers, path: Path, position: types.Position) -> list[types.Location]:
    """Returns the file that is named at a position: a sample, the script, the icon."""
    offset = answers.lines(path).offset(as_point(position))
    start = types.Position(0, 0)
    return [
        types.Location(answers.uri(file), types.Range(start, start))
        for begin, end, file in outline.links(view.spots, path, view.folder)
        if begin <= offset <= end
    ]


def completion(
    text: str, unit_lines: Lines, path: Path, target: Target, position: types.Position, uses: Sequence[Use]
) -> list[types.CompletionItem]:
    """Returns the proposals at a position."""
    point = as_point(position)
    start = unit_lines.offset(point._replace(character=0))
    column = unit_lines.offset(point) - start
    section = path.parent.name if path.parent != target.path and path.parent.name in SECTIONS else None
    return [_item(each) for each in completed(text, point.line, column, section, uses)]


def _item(item: Item) -> types.CompletionItem:
    doc = types.MarkupContent(types.MarkupKind.Markdown, item.doc) if item.doc else None
    return types.CompletionItem(
        item.label, kind=_KINDS.get(item.kind), detail=item.detail or None, documentation=doc, insert_text=item.insert
    )


def document_symbols(view: View, answers: Answers, path: Path) -> list[types.DocumentSymbol]:
    """Returns the outline of a file."""

    def made(one: outline.Symbol) -> types.DocumentSymbol:
        return types.DocumentSymbol(
            one.name,
            _SYMBOLS[one.sort],
            answers.range(path, one.start, one.end),
            answers.range(path, one.name_start, one.name_end),
            one.detail or None,
            children=[made(each) for each in one.children],
        )

    return [made(one) for one in outline.symbols(view.spots, path)]


def folding(text: str) -> list[types.FoldingRange]:
    return [
        types.FoldingRange(start, end, kind=types.FoldingRangeKind.Comment if comment else None)
        for start, end, comment in outline.folds(text)
    ]


def links(view: View, answers: Answers, path: Path) -> list[types.DocumentLink]:
    """Returns the files that a file of a spec names, as links."""
    return [
        types.DocumentLink(answers.range(path, start, end), answers.uri(file))
        for start, end, file in outline.links(view.spots, path, view.folder)
    ]


def lenses(view: View, answers: Answers, path: Path) -> list[types.CodeLens]:
    """Returns the commands above each operation: `preview` and `call`. The editor's extension carries them out."""
    found = []
    for use in view.uses:
        if use.file == path and use.declares and use.sort is Sort.OPERATION:
            where = as_range(answers.lines(path).between(use.start, use.end))
            spec = str(view.target.path)
            found.append(types.CodeLens(where, types.Command("preview", "connector-builder.preview", arguments=[spec])))
            call = types.Command("call", "connector-builder.call", arguments=[spec, use.name])
            found.append(types.CodeLens(where, call))
    return found
