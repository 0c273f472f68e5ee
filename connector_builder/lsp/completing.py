"""Completes keys and values. It finds the place by indentation, so it works while the YAML is broken."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language.tables.forms import Form, Key
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.lsp.built import Part, part_of, value_at
from connector_builder.lsp.flow import inside
from connector_builder.lsp.names import Sort, Use
from connector_builder.lsp.spec_tree import ROOT, child, form_of, object_of

_KEY = re.compile(r"""( *)((?:- +)*)(["']?[^\s:#"'{\[-][^:#"'{\[]*["']?)[ ]*:(?=\s|$)""")
_AT_KEY = re.compile(r"( *)((?:- +)*)[\w$.!-]*")
_AT_VALUE = re.compile(r"""( *)((?:- +)*)(["']?[^\s:#"'{\[-][^:#"'{\[]*["']?)[ ]*:[ ]+["']?[\w$.-]*""")
_IN_REQUEST = re.compile(
    r"(?:^|[\s:,{\"'])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /[^\s#]*[{?&][\w$.-]*$", re.IGNORECASE
)
_UNBUILT: Mapping[str, Any] = MappingProxyType({})
_CALLS = frozenset(
    {"operation", "operations", "dynamicValues", "dynamicSchema", "unsubscribe", "testConnection", "order"}
)


class Item(NamedTuple):
    """A proposal: what is shown, what is inserted, its kind (`key`, `word`, `schema`, `operation`), and its meaning."""

    label: str
    insert: str
    kind: str
    detail: str = ""
    doc: str = ""


class Cursor(NamedTuple):
    """The place of a cursor: the keys above it, the key whose value is there, and the keys beside it.

    `only_value` is True where no mapping can begin: in `[…]`.
    """

    path: Pointer
    key: str | None
    beside: frozenset[str]
    only_value: bool = False


def completed(
    text: str, line: int, column: int, section: str | None, names: Iterable[Use], built: Mapping[str, Any] = _UNBUILT
) -> list[Item]:
    """Returns the proposals at a line and column, both from 0. `section` is that of a file in a section's folder.

    `built` are the documents that the spec built last. A key that isn't written has the value there that was derived.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    if 0 <= line < len(lines) and _IN_REQUEST.search(lines[line][:column]):
        return _named(names, {Sort.PARAMETER})
    cursor = cursor_at(lines, line, column)
    if cursor is None:
        return []
    path = cursor.path if section is None else (section, *cursor.path)
    form = _form(path)
    if cursor.key is not None:
        return _values(*_below(form, cursor.key), cursor.key, names)
    owner = next((step for step in reversed(path) if isinstance(step, str)), "")
    if path and isinstance(path[-1], int):
        return _values(form, None, owner, names) + (
            [] if cursor.only_value else _keys(form, path, cursor.beside, built)
        )
    return _keys(form, path, cursor.beside, built) or _values(form, None, owner, names)


def cursor_at(lines: list[str], line: int, column: int) -> Cursor | None:
    """Returns the place of a cursor; None inside a comment, or after a value."""
    if not 0 <= line < len(lines):
        return None
    try:
        found = inside(lines, line, column)
    except ValueError:
        return None
    if found is None:
        return _in_block(lines, line, column)
    outer = _in_block(lines, found.line, found.column)
    if outer is None:
        return None
    path = outer.path if outer.key is None else (*outer.path, outer.key)
    return Cursor((*path, *found.path), found.key, found.beside, found.in_list)


def _in_block(lines: list[str], line: int, column: int) -> Cursor | None:
    begun = lines[line][:column]
    at_key, at_value = _AT_KEY.fullmatch(begun), _AT_VALUE.fullmatch(begun)
    found = at_key or at_value
    if found is None:
        return None
    path, beside = _above(lines, line, len(found[1]), len(found[2]))
    key = None if at_key else found[3].strip().strip("\"'")
    return Cursor(path, key, frozenset(beside))


def _above(lines: list[str], line: int, indent: int, dashes: int) -> tuple[Pointer, set[str]]:
    """Returns the keys above a line, outermost first, and those beside it."""
    path: list[str | int] = []
    column, beside = indent + dashes, _beside(lines, line, indent + dashes)
    if dashes:
        path.append(0)
        column = indent + 1
    for before in reversed(lines[:line]):
        head = _KEY.match(before)
        if head is None:
            continue
        own = len(head[1]) + len(head[2])
        if own < column:
            path.append(head[3].strip().strip("\"'"))
            column = own
        elif not (head[2] and own == column):
            continue
        if head[2]:
            path.append(0)
            column = len(head[1]) + 1
        if column == 0:
            break
    return tuple(reversed(path)), beside


def _beside(lines: list[str], line: int, column: int) -> set[str]:
    found: set[str] = set()
    for part in (reversed(lines[:line]), lines[line + 1 :]):
        for other in part:
            if not other.strip() or other.lstrip().startswith("#"):
                continue
            head = _KEY.match(other)
            own = len(head[1]) + len(head[2]) if head else len(other) - len(other.lstrip())
            if own < column:
                break
            if head and own == column:
                found.add(head[3].strip().strip("\"'"))
                if head[2]:
                    break
    return found


def _form(path: Pointer) -> Form:
    form = ROOT
    for step in path:
        form = form_of(form.items) if isinstance(step, int) else _below(form, step)[0]
    return form


def _below(form: Form, name: str) -> tuple[Form, Key | None]:
    return child(form, name, iter([name]))


def _keys(form: Form, path: Pointer, beside: frozenset[str], built: Mapping[str, Any]) -> list[Item]:
    known = object_of(form)
    if known is None:
        return []
    part = part_of(built, path) if built else None
    return [
        Item(key.name, f"{key.name}: ", "key", _derived(key, part), key.doc)
        for key in known.keys.values()
        if key.name not in beside
    ]


def _derived(key: Key, part: Part | None) -> str:
    """Returns the value that is derived here if the key isn't written; what is derived in general if that isn't known."""
    value = None if part is None else value_at(part, key)
    if value is not None:
        return f"derived: {value}"
    return f"derived: {key.without}" if key.without else "required" if key.required else ""


def _values(form: Form, key: Key | None, owner: str, names: Iterable[Use]) -> list[Item]:
    said = form.text or ""
    items = [Item(word, word, "word", doc=key.doc if key else "") for word in form.words]
    if form.boolean:
        items += [Item(word, word, "word", doc=key.doc if key else "") for word in ("true", "false")]
    if form.null is not None:
        items.append(Item("null", "null", "word", form.null))
    if "type word" in said:
        items += [Item(word, word, "word", "a type word") for word in TYPE_WORDS]
    sorts = {Sort.SCHEMA} if "schema's name" in said or owner in ("like", "$ref") else set()
    if "operation's id" in said or owner in _CALLS:
        sorts.add(Sort.OPERATION)
    if owner == "enum":
        sorts.add(Sort.ENUM)
    return items + _named(names, sorts)


def _named(names: Iterable[Use], sorts: set[Sort]) -> list[Item]:
    declared = sorted({(use.name, use.sort) for use in names if use.declares and use.sort in sorts})
    return [Item(name, name, str(sort), f"{sort} of this spec") for name, sort in declared]
