"""Finds what each place of a spec is: its key in the tables of the language, and the form of its value."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.shared.targets import Kind, Target, absolute
from connector_builder.findings import Pointer
from connector_builder.language.load import Loaded, folder_of, load
from connector_builder.language.reuse import Reuse
from connector_builder.language.tables.forms import ANY, Form, Key, Object
from connector_builder.language.tables.top import FORMS, OBJECTS
from connector_builder.source.folder import Over
from connector_builder.source.node import MappingMarks, Marks, Node, SequenceMarks

ROOT = Form(object="spec")


class Spot(NamedTuple):
    """A part of a spec. `key` is its row in the tables; None for a name that the author chose, and in plain JSON."""

    path: Pointer
    node: Node
    form: Form
    key: Key | None

    @property
    def file(self) -> Path:
        return absolute(Path(self.node.text.path))

    @property
    def end(self) -> int:
        """Returns the end of the value in its text."""
        return _end(self.node.marks)


def loaded(target: Target, reuse: Reuse | None = None) -> Loaded | None:
    """Returns the tree of a spec with what its editor shows; None for a package."""
    if target.kind is not Kind.SPEC:
        return None
    folder, main = folder_of(target.path)
    here = absolute(folder.path)
    held = {path.relative_to(here).as_posix(): content for path, content in target.held}
    return load(Over(held, folder) if held else folder, main, reuse)


def spots(tree: Loaded) -> list[Spot]:
    """Returns all parts of a spec, each before what it contains."""
    return [] if tree.root is None else list(_walk(tree.root, ROOT, None, ()))


def spot_at(every: list[Spot], path: Path, offset: int) -> Spot | None:
    """Returns the innermost part whose key or value is at an offset of a file."""
    best: Spot | None = None
    for spot in every:
        if spot.file == path and any(start <= offset <= end for start, end in _spans(spot)):
            best = spot
    return best


def form_of(form: Form | str | None) -> Form:
    """Returns a form, or the one that another form names."""
    return FORMS[form] if isinstance(form, str) else form or ANY


def object_of(form: Form) -> Object | None:
    return OBJECTS.get(form.object) if form.object else None


def child(form: Form, name: str, names: Iterator[str] | None = None) -> tuple[Form, Key | None]:
    """Returns the form of an entry of a mapping of this form, and its row. `names` are all keys of the mapping."""
    found = object_of(form)
    if found is None:
        return form_of(form.names), None
    bare = found.keys.get(found.bare) if found.bare else None
    if bare is not None and found.keys.keys().isdisjoint(names if names is not None else [name]):
        return form_of(form_of(bare.form).names), None
    key = found.keys.get(name)
    return (ANY, None) if key is None else (form_of(key.form), key)


def _walk(node: Node, form: Form, key: Key | None, path: Pointer) -> Iterator[Spot]:
    yield Spot(path, node, form, key)
    if node.is_mapping:
        for name, entry in node.entries.items():
            below, row = child(form, name, iter(node.entries))
            yield from _walk(entry, below, row, (*path, name))
    elif node.is_list:
        for index, item in enumerate(node.items):
            yield from _walk(item, form_of(form.items), None, (*path, index))


def _spans(spot: Spot) -> list[tuple[int, int]]:
    spans = [] if spot.node.key_span is None else [spot.node.key_span]
    return [*spans, spot.node.marks] if isinstance(spot.node.marks, tuple) else spans


def _end(marks: Marks) -> int:
    if isinstance(marks, MappingMarks):
        return max((_end(each) for each in marks.values.values()), default=marks.end or marks.start)
    if isinstance(marks, SequenceMarks):
        return max(map(_end, marks.items), default=marks.end or marks.start)
    return marks[1]
