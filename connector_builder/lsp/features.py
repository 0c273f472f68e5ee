"""What the server answers about a place of a spec: the protocol's requests, and the functions that answer them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from connector_builder.app.shared.targets import Target, absolute
from connector_builder.language.load import SECTIONS, Loaded
from connector_builder.language.reuse import Reuse
from connector_builder.lsp import names, outline, spec_tree
from connector_builder.lsp.answers import Answers, as_point, as_range
from connector_builder.lsp.completing import Item, completed
from connector_builder.lsp.explaining import explained
from connector_builder.lsp.names import Sort, Use, declared_by
from connector_builder.lsp.positions import Lines
from connector_builder.lsp.spec_tree import Spot

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "schema": types.CompletionItemKind.Class,
    "operation": types.CompletionItemKind.Function,
    "parameter": types.CompletionItemKind.Variable,
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


class Question(NamedTuple):
    """What a hover is about: a part of a spec, a range of the text, and what is said of it so far."""

    spot: Spot
    span: tuple[int, int] | None
    said: str


def asked(view: View, answers: Answers, path: Path, position: types.Position) -> Question | None:
    """Returns what a hover at a position is about: a key, or what the name there names."""
    offset = answers.lines(path).offset(as_point(position))
    spot = spec_tree.spot_at(view.spots, path, offset)
    said = "" if spot is None else explained(spot)
    use = names.use_at(view.uses, path, offset)
    if use is not None:
        spot = next((one for one in view.spots if declared_by(one) == (use.sort, use.name)), spot)
        return None if spot is None else Question(spot, (use.start, use.end), said)
    return None if spot is None else Question(spot, spot.node.key_span, said)


def hover(answers: Answers, path: Path, about: Question, built: str) -> types.Hover | None:
    """Returns what a key means, and what is built there."""
    text = "\n\n".join(filter(None, (about.said, built)))
    span = None if about.span is None else answers.range(path, *about.span)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), span) if text else None


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
    unit_lines: Lines,
    path: Path,
    target: Target,
    position: types.Position,
    uses: Sequence[Use],
    built: Mapping[str, Any],
) -> list[types.CompletionItem]:
    """Returns the proposals at a position. `built` are the documents that the spec built last."""
    point = as_point(position)
    start = unit_lines.offset(point._replace(character=0))
    column = unit_lines.offset(point) - start
    section = path.parent.name if path.parent != target.path and path.parent.name in SECTIONS else None
    every = completed(unit_lines.text, point.line, column, section, uses, built)
    return [_item(each) for each in every]


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
