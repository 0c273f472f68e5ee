"""Checks the shape of a spec: every value against the form that the language allows there.

A wrong part is reported and left out, so that the compiler sees only well-formed parts and one run shows everything.
Variables are replaced here, because the form shows whether a text, a number or a boolean is required.
"""

import re
from collections.abc import Container
from typing import Any

from connector_builder.findings import Finding, Fix, Place, TextEdit
from connector_builder.language.bare import are_fields
from connector_builder.language.cures import cure_of, key_in_query, listed_fix, schema_cure, word_cure
from connector_builder.language.mending import meant
from connector_builder.language.rules import (
    KEY_MISSING,
    SECRET_IN_SPEC,
    VALUE_MISSING,
    VALUE_NOT_VALID,
    VALUE_TYPE_NOT_VALID,
    VARIABLE_NOT_SET,
)
from connector_builder.language.tables.forms import PLAIN, Form, Key, Object
from connector_builder.language.tables.nulls import refuses_null
from connector_builder.language.tables.schemas import ENUM_FORM, LIKE, USED_ENUM_FORM, WITHOUT
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.language.unknown_keys import UnknownKeys, keys_after_comma, spelled_twice
from connector_builder.language.variables import Variables
from connector_builder.language.wording import alternatives, kind, listed, wanted
from connector_builder.language.written import blank_cure, inside, is_bare, is_empty, read_scalar
from connector_builder.source.node import Node
from connector_builder.source.suggest import Suggestions

_LIKES = frozenset({LIKE, WITHOUT})
_SECRETS = frozenset({"clientSecret", "client_secret", "secret"})
_COLOUR_COMMENT = re.compile(r"[ \t]*(#[0-9A-Fa-f]{3,8})\b")
_WANTED = {
    "parameters": "a type word or a description",
    "query": "a type word or a description",
    "fields": "a type word, such as 'string', or a description",
    "actions": "a request line, such as 'GET /flows'",
    "triggers": "a request line, such as 'POST /hooks', with 'webhook' or 'polling'",
    "schemas": "a schema, such as 'object', or 'fields:'",
    "responses": "a description",
}

_ENUMS = (ENUM_FORM, USED_ENUM_FORM)
"""In these, `{open, closed}` is a slip for a list."""


class Shape:
    """Checks a tree against the language.

    `broken` contains, by table, the names of the parts that were left out. `likes` are the parts
    that are like a schema, each with the name of its object.
    """

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.findings: list[Finding] = []
        self.broken: dict[str, set[str]] = {}
        self.suggestions = Suggestions()
        self.root: Node | None = None
        self.schemas: Container[str] = ()
        self.likes: list[tuple[Node, str]] = []
        self.around: list[tuple[Object, str | None]] = []

    def check(self, root: Node) -> Node:
        """Returns the tree of a spec, normalised: variables replaced, texts as written, broken parts left out."""
        self.root = root
        schemas = root.entries.get("schemas")
        self.schemas = schemas.entries if schemas is not None else ()
        checked = self._object(root, OBJECTS["spec"])
        return checked if checked is not None else root.with_value({})

    def _value(self, node: Node, expected: Form, table: str | None = None) -> Node | None:
        value = node.value
        if isinstance(value, str) and not (expected.json and not expected.text):
            return self._text(node, expected)
        if isinstance(value, dict) and expected.object:
            return self._object(node, OBJECTS[expected.object])
        if expected in _ENUMS and isinstance(value, dict) and value and all(one is None for one in value.values()):
            return self._wrong(node, Form(items=expected.items))
        if isinstance(value, dict) and expected.names:
            return self._names(node, form(expected.names))
        if isinstance(value, list) and expected.items:
            return self._list(node, form(expected.items))
        if expected.json:
            return self._json(node)
        if value is None:
            return self._null(node, expected, table)
        if isinstance(value, bool):
            return node if expected.boolean else self._as_text(node, expected)
        if isinstance(value, int | float):
            return self._number(node, expected)
        return self._wrong(node, expected)

    def _text(self, node: Node, expected: Form) -> Node | None:
        text = self._substituted(node, node.value)
        if text is None:
            return None
        if text != node.value:
            node = node.with_value(text)
            if expected.text is None:
                read = read_scalar(text)
                node = node.with_value(read)
                return self._wrong(node, expected) if isinstance(read, str | None) else self._value(node, expected)
        if expected.text is None and not expected.json:
            return self._wrong(node, expected)
        if expected.words and text not in expected.words:
            help_ = word_cure(node.key or "", text) or self.suggestions.of(text, expected.words)
            help_ = help_ or f"use one of {listed(expected.words)}"
            fix = meant(node, help_, self.suggestions)
            self.findings.append(VALUE_NOT_VALID.at(node.place, f"'{node.key}' can't be '{text}'", help=help_, fix=fix))
            return None
        return self._matching(node, expected)

    def _matching(self, node: Node, expected: Form) -> Node | None:
        """Returns a text if it has the form that is expected there."""
        if expected.pattern and not re.fullmatch(expected.pattern, node.value):
            message = f"'{node.key}' can't be '{node.value}'"
            self.findings.append(VALUE_NOT_VALID.at(node.place, message, help=f"write {expected.text}"))
            return None
        return node

    def _substituted(self, node: Node, text: str) -> str | None:
        if "${" not in text:
            return text
        replaced, missing = self.variables.substitute(text)
        for name in missing:
            help_ = key_in_query(text, name) or f"set it with --var {name}=…, or write a default: ${{{name}:-…}}"
            place = inside(node, f"${{{name}}}")
            self.findings.append(VARIABLE_NOT_SET.at(place, f"the variable '{name}' isn't set", help=help_))
        return None if missing else replaced

    def _as_text(self, node: Node, expected: Form) -> Node | None:
        """Reads a number or boolean as the text that was written, where only text is allowed."""
        if expected.text is None or expected.pattern or (expected.words and node.raw() not in expected.words):
            return self._wrong(node, expected)
        return node.with_value(node.raw())

    def _number(self, node: Node, expected: Form) -> Node | None:
        if expected.number == "number" or (expected.number == "integer" and isinstance(node.value, int)):
            return node
        return self._as_text(node, expected)

    def _null(self, node: Node, expected: Form, table: str | None) -> Node | None:
        colour = _COLOUR_COMMENT.match(node.text.content, node.place.end) if not node.raw() else None
        if colour:
            message = f"'{node.key}' has no value: '#' begins a comment"
            help_ = f'quote it: "{colour[1]}"'
            edit = TextEdit(Place(node.text, node.place.end, colour.end()), f' "{colour[1]}"')
            fix = Fix(help_, (edit,))
            self.findings.append(VALUE_MISSING.at(node.key_place, message, help=help_, fix=fix))
            return None
        if table is None and is_bare(node):
            self.findings.append(
                VALUE_MISSING.at(node.key_place, f"'{node.key}' has no value", help=f"write '{node.key}: …'")
            )
            return None
        if table is None or expected.null:
            return node  # at a key: not written
        help_ = blank_cure(node) or f"write {_WANTED.get(table, 'a value')}"
        place = node.place if node.raw() else node.key_place
        self.findings.append(VALUE_MISSING.at(place, f"'{node.key}' has no value", help=help_))
        return None

    def _json(self, node: Node) -> Node | None:
        findings = len(self.findings)
        value = self._replaced(node)
        if len(self.findings) > findings:
            return None
        return node if value is node.value else node.with_value(value)

    def _replaced(self, node: Node) -> Any:
        """Returns a JSON value with its variables replaced; the value itself if it contains none."""
        value = node.value
        if isinstance(value, str):
            return self._substituted(node, value)
        if not isinstance(value, dict | list):
            return value
        parts = [(part, self._replaced(part)) for part in (node.entries.values() if node.is_mapping else node.items)]
        if all(new is part.value for part, new in parts):
            return value
        if node.is_mapping:
            return {part.key: new for part, new in parts}
        return [new for _, new in parts]

    def _list(self, node: Node, expected: Form) -> Node | None:
        checked = []
        for index, item in enumerate(node.items):
            item.key = item.key or f"{node.key or 'item'}[{index}]"
            if item.value is None and not expected.json and not expected.null:
                self._wrong(item, expected)
            elif (good := self._value(item, expected)) is not None:
                checked.append(good)
        if node.items and not checked:
            return None
        node = node.with_value([item.value for item in checked])
        node.items = checked
        return node

    def _names(self, node: Node, expected: Form) -> Node:
        table = node.key or ""
        checked = {}
        for name, entry in node.entries.items():
            if name.startswith("x-") and table in ("responses", "paths"):
                good = self._json(entry)
            else:
                good = self._value(entry, expected, table)
            if good is not None:
                checked[name] = good
            else:
                self.broken.setdefault(table, set()).add(name)
        return _mapping(node, checked)

    def _object(self, node: Node, expected: Object) -> Node | None:
        if not node.is_mapping:
            self._wrong(node, Form(object=expected.name))
            return None
        if expected.bare is not None and are_fields(node.value, expected, self.schemas):
            return self._bare(node, expected, expected.bare)
        misplaced = None if keys_after_comma(node, expected) else schema_cure(node, expected, self.suggestions)
        if misplaced is not None:
            self.findings.append(VALUE_NOT_VALID.at(node.place, misplaced[0], help=misplaced[1]))
            return None
        self.around.append((expected, node.key))
        checked = self._entries(node, expected)
        self.around.pop()
        if checked is None:
            return None
        good = _mapping(node, checked)
        if not _LIKES.isdisjoint(checked) and LIKE in expected.keys:
            self.likes.append((good, expected.name))
        return good

    def _bare(self, node: Node, expected: Object, name: str) -> Node | None:
        """Returns a mapping with the key that it is written without: `{id: string}` is `{fields: {id: string}}`."""
        inner = node.with_value(node.value)
        inner.entries, inner.key = node.entries, name
        self.around.append((expected, node.key))
        checked = self._value(inner, form(expected.keys[name].form))
        self.around.pop()
        return _mapping(node, {name: checked}) if checked is not None else None

    def _entries(self, node: Node, expected: Object) -> dict[str, Node] | None:
        """Returns the valid entries of a mapping with known keys; None if a required key is missing."""
        checked: dict[str, Node] = {}
        unknown: list[Node] = []
        entries = node.entries
        for name, entry in entries.items():
            key = expected.keys.get(name)
            if key is None:
                good = self._unknown(entry, name, expected, unknown)
            elif name in ("sample", "default") and entry.value is None:
                good = entry
            else:
                good = self._at_key(entry, key)
            if good is not None:
                checked[name] = good
            else:
                self.broken.setdefault(f"{expected.name} keys", set()).add(name)
            self.findings += spelled_twice(node, entry, name, expected)
        meant: set[str] = set()
        if unknown:
            reported = UnknownKeys(node, expected, self.around, self.suggestions, self.broken)
            self.findings += reported.findings(unknown)
            meant = reported.meant
        return checked if self._complete(node, checked, expected, meant) else None

    def _at_key(self, entry: Node, key: Key) -> Node | None:
        """Checks the value of a known key; null is an error where the default would be used all the same.

        Where null means that something isn't written, it must be written: nobody loses a sign-in or an icon by an empty key.
        """
        expected = form(key.form)
        good = self._value(entry, expected)
        if good is None or good.value is not None:
            return good
        if is_empty(entry) and not key.required and (expected.null or key.name == "auth"):
            help_ = f"write '{key.name}: …'" + (f", or '{key.name}: null' for none" if expected.null else "")
            self.findings.append(VALUE_MISSING.at(entry.key_place, f"'{key.name}' has no value", help=help_))
            return None
        if not refuses_null(key, expected):
            return good
        place, wrong = (entry.place, "can't be null") if entry.raw() else (entry.key_place, "has no value")
        help_ = f"write {wanted(key)}, or remove the key (default: {key.without})"
        self.findings.append(VALUE_MISSING.at(place, f"'{key.name}' {wrong}", help=help_))
        return None

    def _complete(self, node: Node, checked: dict[str, Node], expected: Object, meant: set[str]) -> bool:
        """Checks whether a mapping has its required keys. A key that an unknown one is `meant` to be isn't missing too."""
        if PLAIN in checked and PLAIN in expected.keys:
            return True  # it is the whole part
        complete = True
        for key in expected.keys.values():
            if not key.required or (key.name in checked and _says(checked[key.name], form(key.form))):
                continue
            complete = False
            if (
                key.name not in meant
                and not self._is_higher(key.name)
                and (key.name not in node.entries or node.entries[key.name].value is None)
            ):
                message = f"'{key.name}' is missing" + (f" in '{node.key}'" if node.key else "")
                place = node.entries.get(key.name, node).key_place  # the key without a value, if it is there
                self.findings.append(KEY_MISSING.at(place, message, help=f"write {wanted(key)}"))
        return complete or expected.name in ("spec", "connector")

    def _is_higher(self, name: str) -> bool:
        """Checks whether the top level contains a key that belongs here: the finding is there."""
        return self.root is not None and name in self.root.entries and name not in OBJECTS["spec"].keys

    def _unknown(self, entry: Node, name: str, expected: Object, unknown: list[Node]) -> Node | None:
        if name.startswith("x-") and expected.extensions:
            return self._json(entry)
        if name in _SECRETS:
            entry.text.hide(entry.place.start, entry.place.end)
            message = f"'{name}' doesn't belong in a spec"
            self.findings.append(
                SECRET_IN_SPEC.at(
                    entry.place, message, help="pass it to paconn with --secret, or enter it in the portal"
                )
            )
            return None
        unknown.append(entry)
        return None

    def _wrong(self, node: Node, expected: Form) -> Node | None:
        name = f"'{node.key}'" if node.key else "this"
        message = f"{name} must be {alternatives(expected)}, not {kind(node.value)}"
        help_ = cure_of(node, expected)
        fix = meant(node, help_, self.suggestions) or listed_fix(node, help_)
        self.findings.append(VALUE_TYPE_NOT_VALID.at(node.place, message, help=help_, fix=fix))
        return None


def _says(node: Node, expected: Form) -> bool:
    """Checks whether a required key has a value. Null counts if it has a meaning there and the author wrote it."""
    return node.value is not None or (bool(expected.null) and bool(node.raw()))


def _mapping(node: Node, entries: dict[str, Node]) -> Node:
    checked = node.with_value({name: entry.value for name, entry in entries.items()})
    checked.entries = entries
    return checked
