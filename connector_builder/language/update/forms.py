"""Writes parts of a package in the language, with the defaults and templates of a spec that exists."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.compile.context import Defaults
from connector_builder.language.compile.operations.triggers import CONTENT
from connector_builder.language.compile.schemas.dynamic import TABLES
from connector_builder.language.compile.schemas.forms import long_form
from connector_builder.language.decompile.choices.named import NAMED
from connector_builder.language.decompile.choices.responses import alike_responses
from connector_builder.language.decompile.choices.tags import tags_of
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.language.decompile.decisions import Style
from connector_builder.language.decompile.layout import escaped
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.operations import operation_form
from connector_builder.language.decompile.operations.parameter_entries import Use, parameter_entries, parameter_form
from connector_builder.language.decompile.operations.parameters import Around
from connector_builder.language.decompile.operations.polling import polling_forms
from connector_builder.language.decompile.operations.responses import shared_response
from connector_builder.language.decompile.schemas.sampled import is_short, samples_of
from connector_builder.language.decompile.schemas.schemas import schema_form
from connector_builder.language.decompile.schemas.short_fields import with_short_fields_in
from connector_builder.language.update.alignment import Documents, Entries
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.key_order import in_order
from connector_builder.platform.swagger.operations import operations, operations_of
from connector_builder.source.node import Node
from connector_builder.source.yaml_writer import Block

_PLACES = {"path": "path", "query": "query", "header": "header", "formData": "form"}
NOT_SAID = object()
"""The form of a part that only plain Swagger expresses."""


class Forms:
    """The parts of one package, each in the form in which a spec with the top level `root` would say it.

    `root` is the checked tree of the spec, which may be one that builds another package: then `own` are the forms of the
    one that it builds, which know what its `defaults` mean. Of the operations that those lack, `sampled` are the samples
    that schemas were made from, by their pointers; short ones are written.
    """

    def __init__(
        self,
        documents: Documents,
        root: Node,
        *,
        script: bool,
        own: "Forms | None" = None,
        sampled: Mapping[Pointer, Any] | None = None,
    ) -> None:
        self.definition: Entries = in_order(documents.definition)
        self.properties = documents.properties
        self.policies, self.polling = polling_forms(self.definition, self.properties)
        self._style = _style(self.definition, root)
        if own is not None:
            self._style.alike = own._style.alike
        known = own.definition if own is not None else self.definition
        short = {at: one for at, one in (sampled or {}).items() if _is_new(at, known) and is_short(one)}
        self._style.samples = samples_of(self.definition, short)
        self._script = script

    def operation(self, name: str, path: str, verb: str, *, long: bool = False) -> Any:
        """Returns the form of an operation by the name that the spec has for it; NOT_SAID for plain Swagger."""
        item = self.definition["paths"][path]
        swagger = item[verb]
        around = Around(self.definition, mapping(self.definition.get("parameters")), items(item.get("parameters")))
        around.polling = self.polling.get(str(swagger.get("operationId")))
        around.notification = item.get(CONTENT) if _notifies(verb, path, item) else None
        with suppress(Unsayable):
            return escaped(operation_form(replace(self._style, plain=long), name, path, verb, swagger, around))
        return NOT_SAID

    def short(self, form: Any, table: str) -> Any:
        """Returns the form of a part that comes into a table, as an import writes it."""
        return with_short_fields_in(form, table, self._style.schemas)

    def schema(self, name: str, *, long: bool = False) -> Any:
        """Returns the form of a schema; NOT_SAID for plain Swagger."""
        with suppress(Unsayable):
            return escaped(schema_form(replace(self._style, plain=long), self.definition["definitions"][name]))
        return NOT_SAID

    def parameter(self, key: str, *, template: bool, long: bool = False) -> Any:
        """Returns the form of a shared parameter: that of a template with `shared`, or one of `components`."""
        swagger = self.definition["parameters"][key]
        place = _PLACES.get(str(mapping(swagger).get("in")))
        if long or place is None or not isinstance(swagger.get("name"), str):
            return NOT_SAID
        head = (
            {"shared": True if key == swagger["name"] else key}
            if template
            else {"name": swagger["name"], "in": swagger["in"]}
        )
        required = template and place != "path" and swagger.get("required") is True
        with suppress(Unsayable):
            entries = parameter_entries(self._style, Use(swagger["name"], swagger, place, {}, required))
            return escaped(parameter_form({**head, **entries}))
        return NOT_SAID

    def response(self, key: str, *, long: bool = False) -> Any:
        """Returns the form of a shared response; NOT_SAID for plain Swagger."""
        with suppress(Unsayable):
            if not long:
                return escaped(shared_response(self._style, key, self.definition["responses"][key]))
        return NOT_SAID

    def top(self) -> Entries:
        """Returns the sections of the top level without operations, their parameters and schemas."""
        sections: Entries = escaped(
            top_sections(
                self.definition,
                self.properties,
                script=self._script,
                polling=self.policies,
                media_types=self._style.defaults.media_types,
            )
        )
        if "policies" in sections:  # each on a line of its own
            sections["policies"] = [Block(one) if isinstance(one, dict) else one for one in sections["policies"]]
        return sections


def _is_new(at: Pointer, definition: Entries) -> bool:
    return at[:1] == ("paths",) and at[2] not in mapping(mapping(definition.get("paths")).get(str(at[1])))


def swagger_of(value: Any) -> Any:
    """Returns plain Swagger as a spec contains it."""
    return escaped(value)


def plain_of(node: Node) -> Any:
    """Returns the value of a checked node, in which the shape check may have replaced parts."""
    if node.is_mapping:
        return {key: plain_of(part) for key, part in node.entries.items()}
    return [plain_of(part) for part in node.items] if node.is_list else node.value


def _style(definition: Entries, root: Node) -> Style:
    section = root.entries.get("defaults")
    said: Entries = plain_of(section) if section is not None else {}
    operation = mapping(said.get("operation"))
    headers = mapping(operation.get("headers"))
    style = Style(
        defaults=Defaults.read(section.entries if section is not None else {}),
        schemas=frozenset(mapping(definition.get("definitions"))),
        responses=mapping(said.get("responses")),
        shared_responses=frozenset(mapping(definition.get("responses"))),
        common=[str(status) for status in items(operation.get("responses"))],
        path_tags=tags_of(operation),
        operation={key: part for key, part in operation.items() if key not in ("headers", "responses")},
        headers={name.removesuffix("!"): (name, value) for name, value in headers.items()},
    )
    listed = [one.value for one in operations(definition)]
    style.alike = {
        status: {key: value for key, value in keys.items() if key in style.responses[status]}
        for status, keys in alike_responses(listed, {}).items()
        if isinstance(style.responses.get(status), dict)
    }
    style.parameters = {name: _entries(one) for name, one in _table(root, "parameters").items()}
    style.fields = {name: _entries(one) for name, one in _table(root, "fields").items()}
    style.enums, style.trees = (
        {repr(plain_of(one)): name for name, one in _table(root, table).items()} for table in NAMED
    )
    for table in TABLES:
        style.calls |= {(table, name): plain_of(one) for name, one in _table(root, table).items()}
    return style


def _table(root: Node, name: str) -> dict[str, Node]:
    return root.entries[name].entries if name in root.entries else {}


def _entries(node: Node) -> Entries:
    """Returns the keys that a template means, in its long form."""
    if node.is_list:
        return {"items": plain_of(node.items[0])} if node.items else {}
    return {key: plain_of(part) for key, part in long_form(node).items()}


def _notifies(verb: str, path: str, item: Entries) -> bool:
    """Checks whether a path's notification belongs to this operation: the path's first trigger, else its first one."""
    listed = list(operations_of(path, item))
    triggers = [one for one in listed if "x-ms-trigger" in one.value]
    return [one.verb for one in (triggers or listed)[:1]] == [verb]
