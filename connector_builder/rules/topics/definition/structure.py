"""The rules that read the table for keys: those that are missing, unknown or empty, and lists with a value twice."""

from collections import Counter
from typing import Any

from connector_builder.findings import Add, Edit, Fix, Remove, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.data.differences import same
from connector_builder.platform.swagger.extensions import KNOWN_EXTENSIONS, UNPLACED
from connector_builder.platform.swagger.objects import SIMPLE_PARAMETERS
from connector_builder.rules.context import Context, once
from connector_builder.rules.levels import belongs, moved
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, milder, rule
from connector_builder.source.suggest import DidYouMean

_OPENAPI_3 = {
    "openapi": "connectors are Swagger 2.0: write 'swagger: \"2.0\"'",
    "components": "Swagger 2.0 has 'definitions', 'parameters' and 'responses' at the top level",
    "servers": "Swagger 2.0 has 'host', 'basePath' and 'schemes'",
    "requestBody": "Swagger 2.0 has a parameter with 'in: body' and a 'schema'",
    "content": "Swagger 2.0 has one 'schema', and 'consumes' or 'produces'",
    "nullable": "write 'x-nullable' instead",
    "oneOf": "Swagger 2.0 has no alternatives: describe one, or leave the type out",
    "anyOf": "Swagger 2.0 has no alternatives: describe one, or leave the type out",
    "not": "Swagger 2.0 has no such keyword: leave it out",
    "const": "write an 'enum' with one value",
    "examples": "a schema has one 'example'",
}
_WHY_NEEDED = {
    ("parameter set", "parameters"): "paconn stops without it; if there are none write '{}'",
    ("response", "description"): "write at least the status's meaning, such as 'OK'",
    ("unplaced parameter", "in"): "it is 'path', 'query', 'header', 'formData' or 'body'",
}
_MANDATORY_TEXTS = {
    "info": ("title", "version"),
    "operation": ("operationId",),
    "tag": ("name",),
    "license": ("name",),
    **dict.fromkeys(
        ("body parameter", "path parameter", "query parameter", "header parameter", "form parameter", "key security"),
        ("name",),
    ),
}
_EMPTY = {
    ("info", "title"): ", the name of the connector",
    ("info", "version"): " such as 1.0",
    ("operation", "operationId"): " such as ListOrders, which stays the same for ever",
}
_NAMES_IN_PROPERTIES = ("properties texts", "script operations")
_UNIQUE = ("schemes", "media types", "names", "enum", "required names", "scope names", "security")


@rule(Severity.ERROR, Scope.PLATFORM, faults=Fault.MISSING, explained_by=("KeyUnknown",), fixable=True)
def required_property_missing(node: Node, _: Context) -> Defects:
    """An object lacks a key that it requires.

    The platform can't save the connector, and its message usually doesn't name the place. Add the key.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "description": "Reads orders."}}
    ```
    Finding: /info: 'version' is missing in 'info'

    ```json good
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}}
    ```
    """
    owner = node.owner
    if node.key == "type" and "schema" in owner.value and owner.kind in (*SIMPLE_PARAMETERS, UNPLACED):
        return  # NonBodyParameterSchemaNotValid has the better message, or what 'in' lacks
    help_ = _WHY_NEEDED.get((owner.kind, str(node.key))) or f"add {quoted(node.key)}{_for_example(node)}"
    if node.key == "in" and _is_in_path(owner):
        yield node.says(
            "'in' is missing in this parameter", help="write 'in: path'", fix=node.becoming("write 'in: path'", "path")
        )
        return
    yield node.says(f"{quoted(node.key)} is missing {_where(owner)}", help=help_)


def _is_in_path(parameter: Node) -> bool:
    """Checks whether the path around a parameter has its name in braces."""
    around: Node | None = parameter
    while around is not None and around.kind != "path item":
        around = around.parent
    return around is not None and f"{{{parameter.value.get('name')}}}" in str(around.key)


@rule(Severity.ERROR, Scope.PLATFORM, faults=Fault.UNKNOWN, fixable=True)
def additional_property_not_allowed(node: Node, context: Context) -> Defects:
    """An object has a key that Swagger 2.0 doesn't define for it.

    The key is usually a typing mistake, a key one level too high or too deep, or a key of OpenAPI 3. Correct it, move
    it or remove it.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "sumary": "List orders"}}}}
    ```
    Finding: /paths/~1orders/get/sumary: unknown key 'sumary' in this operation

    ```json bad
    {"definitions": {"Order": {"type": "object", "nullable": true}}}
    ```
    Finding: /definitions/Order/nullable: unknown key 'nullable' in this schema

    ```json good
    {"definitions": {"Order": {"type": "object", "x-nullable": true}}}
    ```
    """
    if _meant_extension(str(node.key)) is not None:
        return
    owner = node.owner
    if "$ref" in owner.shape.required:
        yield node.says(f"{quoted(node.key)} can't be beside '$ref'", help="put it where '$ref' leads, or leave it out")
        return
    if _is_reference(node):
        yield node.says(
            f"unknown key {quoted(node.key)} {_where(owner)}",
            help="write '$ref'",
            fix=node.called("write '$ref'", "$ref"),
        )
        return
    help_ = _OPENAPI_3.get(str(node.key)) or belongs(node) or context.suggest(str(node.key), owner.shape.keys)
    help_ = help_ or "remove it, or begin its name with 'x-'"
    fix = node.called(help_, "x-nullable") if node.key == "nullable" else moved(node)
    yield node.says(f"unknown key {quoted(node.key)} {_where(owner)}", help=help_, fix=fix)


def _is_reference(node: Node) -> bool:
    """Checks whether a key with a pointer as its value is a slip of the pen for `$ref`, which would choose another shape."""
    is_pointer = isinstance(node.value, str) and node.value.startswith("#/")
    return is_pointer and sorted(str(node.key).lower().lstrip("$")) == sorted("ref")


@rule(Severity.ERROR, Scope.PLATFORM, faults=Fault.UNKNOWN, fixable=True)
def extension_name_not_valid(node: Node, _: Context) -> Defects:
    """The name of an extension doesn't begin with `x-`.

    Swagger allows other keys only if they begin with a small `x` and a hyphen. Correct the name.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "ms-visibility": "important"}}}}
    ```
    Finding: /paths/~1orders/get/ms-visibility: 'ms-visibility' isn't a name of an extension

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-visibility": "important"}}}}
    ```
    """
    meant = _meant_extension(str(node.key))
    if meant is not None:
        fix = node.called(f"write '{meant}'", meant)
        yield node.says(f"{quoted(node.key)} isn't a name of an extension", help=f"did you mean '{meant}'?", fix=fix)


@rule(Severity.WARNING, Scope.PRACTICE, faults=Fault.EXTENSION, told_once=True, fixable=True)
def extension_name_not_known(node: Node, context: Context) -> Defects:
    """The name of an extension is almost one of the platform's.

    The platform ignores extensions that it doesn't know, so a misspelt extension silently does nothing. Correct the
    name. One finding stands for all places of a document that have the name. The rule knows the extensions of AutoRest,
    which have no effect in a connector, and finds nothing there.

    Source: https://spec.openapis.org/oas/v2.0

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-visbility": "important"}}}}
    ```
    Finding: /paths/~1orders/get/x-ms-visbility: the platform has no extension 'x-ms-visbility'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "x-ms-visibility": "internal"}}}}
    ```
    """
    # All of them share the beginning, which would make any two names similar.
    endings = {name.removeprefix("x-ms-"): name for name in KNOWN_EXTENSIONS}
    meant = context.suggest(str(node.key).removeprefix("x-ms-"), sorted(endings))
    if meant is not None:
        message, help_ = f"the platform has no extension {quoted(node.key)}", meant.replace("'", "'x-ms-", 1)
        name = meant.name if isinstance(meant, DidYouMean) else None
        yield node.says(message, help=help_, fix=node.called(help_, f"x-ms-{name}") if name else None)


@rule(Severity.WARNING, Scope.PLATFORM, "schema reference", fixable=True)
def additional_property_not_allowed_adjacent_to_ref(node: Node, context: Context) -> Defects:
    """A schema has other keys beside `$ref`.

    Swagger ignores every key beside `$ref`: nobody ever sees a description or a visibility there. Write the key in the
    schema that the reference leads to. If one place needs its own, write the schema out there. No other rule looks at
    the keys beside `$ref`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 31 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "properties": {"buyer": {"$ref": "#/definitions/Person", "title": "Buyer"}}},
                     "Person": {"type": "object"}}}
    ```
    Finding: /definitions/Order/properties/buyer/title: 'title' beside '$ref' is ignored

    ```json good
    {"definitions": {"Order": {"type": "object", "properties": {"buyer": {"$ref": "#/definitions/Person"}}},
                     "Person": {"type": "object"}}}
    ```
    """
    beside = [key for key in node.value if key != "$ref"]
    if beside:
        are = "is" if len(beside) == 1 else "are"
        it = "it" if len(beside) == 1 else "them"
        help_ = f"write {it} at {quoted(node.value['$ref'])}, or write the schema out here"
        message, fix = (
            f"{listed(beside, 'and')} beside '$ref' {are} ignored",
            _moved_to_definition(node, beside, context),
        )
        yield node.says(message, beside[0], help=help_, fix=fix)


def _moved_to_definition(node: Node, keys: list[str], context: Context) -> Fix | None:
    """Returns the fix that writes keys in the definition that only this reference leads to, if that lacks them."""
    reference = node.value["$ref"]
    if not isinstance(reference, str) or "~" in reference or not reference.startswith("#/definitions/"):
        return None
    target = context.references.target(reference).value
    if not isinstance(target, dict) or "$ref" in target or _uses(context)[reference] != 1:
        return None
    edits: list[Edit] = []
    for key in keys:
        if key in target and not same(target[key], node.value[key]):
            return None
        if key not in target:
            edits.append(Add(("definitions", reference.removeprefix("#/definitions/"), key), node.value[key]))
        edits.append(Remove((*node.pointer, key)))
    return Fix(f"write it at {quoted(reference)}", tuple(edits))


@once
def _uses(context: Context) -> Counter[str]:
    """Counts the references of a definition, by what they lead to."""
    counts: Counter[str] = Counter()
    waiting: list[Any] = [context.package.definition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            counts.update([part["$ref"]] if isinstance(part.get("$ref"), str) else ())
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return counts


@rule(Severity.ERROR, Scope.PLATFORM, *_MANDATORY_TEXTS)
def required_value_empty(node: Node, _: Context) -> Defects:
    """A required text is empty.

    Swagger requires the key because people or programs use its value, and the platform refuses an empty one. Write a
    text.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "", "description": "Reads orders.", "version": "1.0"}}
    ```
    Finding: /info/title: 'title' is empty

    ```json good
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}}
    ```
    """
    for key in _MANDATORY_TEXTS[node.kind]:
        if node.value.get(key) == "":
            yield node.says(f"'{key}' is empty", key, help=f"write a text{_EMPTY.get((node.kind, key), '')}")


@rule(Severity.ERROR, Scope.PLATFORM, *_UNIQUE, fixable=True)
def array_duplicate_value(node: Node, _: Context) -> Defects:
    """A list contains the same value twice, although its values must be different.

    Swagger requires different values in this list, and the second one means nothing. Remove one of the two. In
    apiProperties.json, a capability, a scope or an operation that is listed twice is only a note.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 1 of 1,013 connectors.

    ```json bad
    {"schemes": ["https", "https"]}
    ```
    Finding: /schemes/1: 'https' is in the list already

    ```json good
    {"schemes": ["https"]}
    ```
    """
    yield from _twice(node)


@milder(Severity.NOTE, array_duplicate_value, *_NAMES_IN_PROPERTIES)
def name_listed_twice(node: Node, _: Context) -> Defects:
    """Finds names that apiProperties.json lists twice, which does no harm."""
    yield from _twice(node)


def _twice(node: Node) -> Defects:
    seen: dict[Any, int] = {}
    for index, value in enumerate(node.value):
        first = seen.setdefault(identity(value), index)
        if first != index:
            related = (((*node.pointer, first), "first here"),)
            message, fix = f"{quoted(value)} is in the list already", node.without("remove it", index)
            yield node.says(message, index, help="remove it", related=related, fix=fix)


def _for_example(node: Node) -> str:
    shape = node.owner.shape.keys.get(str(node.key))
    if shape is None:
        return ""
    return f": it is {listed(shape.values)}" if shape.values else f", {shape.words}"


def _where(owner: Node) -> str:
    if owner.parent is None:
        return "at the top level"
    return f"in '{owner.key}'" if owner.key == owner.kind else f"in this {owner.kind}"


def identity(value: Any) -> Any:
    """Returns a key that is equal for equal JSON values; true differs from 1."""
    if isinstance(value, list):
        return ("list", *(identity(item) for item in value))
    if isinstance(value, dict):
        return ("mapping", frozenset((key, identity(item)) for key, item in value.items()))
    return (isinstance(value, bool), value)


def _meant_extension(key: str) -> str | None:
    """Returns the platform's extension that a key would be with the correct `x-`; None if there is none."""
    spelled = key.lower().replace("_", "-")
    for name in (spelled, f"x-{spelled}", spelled.replace("xms", "x-ms", 1)):
        if name in KNOWN_EXTENSIONS and name != key:
            return name
    return None
