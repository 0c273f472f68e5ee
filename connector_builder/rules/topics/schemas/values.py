"""Rules for the values that a schema or parameter lists: its enum, and its default."""

from itertools import islice
from typing import Any

from connector_builder.findings import Fix, Pointer, Rename, Replace, Scope, Severity
from connector_builder.findings.wording import found, typed
from connector_builder.patterns import regex
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, milder, rule
from connector_builder.rules.values import Kind, Misfit, converted, has_type, misfits, written_as

_INSTEAD = regex(r"write '([^']+)' instead of '([^']+)'")
MAX_MISFITS = 1000
"""The most differences between a default and its schema that are told."""


@rule(Severity.ERROR, Scope.PLATFORM, "enum", fixable=True)
def enum_must_contain_at_least_one_element(node: Node, _: Context) -> Defects:
    """The list of `enum` is empty.

    An enum lists all possible values, so with an empty list no value is possible. Add the values, or leave `enum` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"State": {"type": "string", "enum": []}}}
    ```
    Finding: /definitions/State/enum: 'enum' is empty

    ```json good
    {"definitions": {"State": {"type": "string", "enum": ["open", "closed"]}}}
    ```
    """
    if not node.value:
        yield node.says("'enum' is empty", help="leave the key out", fix=node.without("leave the key out"))


@rule(Severity.WARNING, Scope.PLATFORM, "enum", fixable=True)
def invalid_enum_value(node: Node, _: Context) -> Defects:
    """A value of an enum doesn't have the type of its schema or parameter.

    Whoever chooses the value may send a text where the service expects a number. Write the values in the JSON type of
    `type`, for example `1` without quotes for an integer, or correct `type`. One finding stands for all values of an
    enum. The enum `["true", "false"]` of a boolean is only a note: the portal writes it.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 20 of 1,013 connectors.

    ```json bad
    {"definitions": {"State": {"type": "integer", "enum": ["1", "2"]}}}
    ```
    Finding: /definitions/State/enum: the enum has texts, but the type is integer

    ```json bad
    {"definitions": {"Open": {"type": "boolean", "enum": ["true", "false"]}}}
    ```
    Finding: /definitions/Open/enum: the enum has texts, but the type is boolean

    ```json good
    {"definitions": {"State": {"type": "integer", "enum": [1, 2]}}}
    ```
    """
    if not _is_boolean_of_texts(node):
        yield from _of_another_type(node)


@milder(Severity.NOTE, invalid_enum_value, "enum")
def boolean_enum_has_texts(node: Node, _: Context) -> Defects:
    """Finds the enum `["true", "false"]` of a boolean, which the portal writes."""
    if _is_boolean_of_texts(node):
        yield from _of_another_type(node)


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="default", fixable=True)
def default_value_must_match_type(node: Node, context: Context) -> Defects:
    """A default doesn't have the type of its parameter or schema.

    The designer shows the default as it is written, and a service that expects a number may refuse a text. The JSON
    type of a default must be that of `type`: `true` without quotes for a boolean, `10` for an integer.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 23 of 1,013 connectors.

    ```json bad
    {"definitions": {"Page": {"type": "integer", "default": "1"}}}
    ```
    Finding: /definitions/Page/default: the default doesn't fit: the text '1' isn't an integer

    ```json good
    {"definitions": {"Page": {"type": "integer", "default": 1}}}
    ```
    """
    yield from _unfit(node, context, Kind.TYPE)


@rule(Severity.NOTE, Scope.PLATFORM, *TYPED, keys="default", fixable=True)
def default_value_is_null(node: Node, context: Context) -> Defects:
    """A default is null.

    A default of null means the same as no default, and Swagger has no null. Leave `default` out. If null is a value
    that the service knows, write `x-nullable: true` beside it.

    Source: https://spec.openapis.org/oas/v2.0
    Published: 8 of 1,013 connectors.

    ```json bad
    {"definitions": {"Page": {"type": "integer", "default": null}}}
    ```
    Finding: /definitions/Page/default: the default is null

    ```json good
    {"definitions": {"Page": {"type": "integer"}}}
    ```
    """
    for one in _misfits(node.owner.value, context):
        if one.kind is Kind.NULL:
            key = "a value of the default" if one.pointer else "the default"
            help_ = one.help if one.pointer else "leave 'default' out"
            fix = None if one.pointer else node.without(help_)
            yield node.says(f"{key} is null", *one.pointer, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="default", fixable=True)
def default_value_not_in_enum(node: Node, context: Context) -> Defects:
    """A default isn't one of the values of the enum.

    The designer offers the values of the enum, and the default isn't among them. Capitals count. Correct the default,
    or add the value to the enum.

    Source: https://spec.openapis.org/oas/v2.0

    ```json bad
    {"definitions": {"State": {"type": "string", "enum": ["open", "closed"], "default": "Open"}}}
    ```
    Finding: /definitions/State/default: the default doesn't fit: the text 'Open' is none of 'open' or 'closed'

    ```json good
    {"definitions": {"State": {"type": "string", "enum": ["open", "closed"], "default": "open"}}}
    ```
    """
    yield from _unfit(node, context, Kind.ENUM)


@rule(Severity.NOTE, Scope.PLATFORM, *TYPED, keys="default", fixable=True)
def default_value_not_in_format(node: Node, context: Context) -> Defects:
    """A default doesn't have the format of its parameter or schema.

    The service may refuse the value that the designer proposes. Write the default in its format, such as
    `2016-01-01T06:30:30Z` for `date-time`, which requires a time zone. Expressions such as `utcNow()` are exempt.

    Source: https://spec.openapis.org/oas/v2.0

    ```json bad
    {"definitions": {"Since": {"type": "string", "format": "date-time", "default": "2016-01-01T06:30:30"}}}
    ```
    Finding: /definitions/Since/default: the default doesn't fit: '2016-01-01T06:30:30' isn't of the format 'date-time'

    ```json good
    {"definitions": {"Since": {"type": "string", "format": "date-time", "default": "2016-01-01T06:30:30Z"}}}
    ```
    """
    yield from _unfit(node, context, Kind.FORMAT)


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="default")
def default_value_outside_limits(node: Node, context: Context) -> Defects:
    """A default breaks a limit of its parameter or schema, such as `maximum` or `maxLength`.

    Whoever leaves the input alone sends a value that its own description forbids. Correct the default or the limit.

    Source: https://spec.openapis.org/oas/v2.0
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Page": {"type": "integer", "minimum": 1, "default": 0}}}
    ```
    Finding: /definitions/Page/default: the default doesn't fit: the number 0 is below the minimum

    ```json good
    {"definitions": {"Page": {"type": "integer", "minimum": 1, "default": 1}}}
    ```
    """
    yield from _unfit(node, context, Kind.LIMIT)


@rule(Severity.NOTE, Scope.PLATFORM, *TYPED, keys="default", fixable=True)
def default_value_incomplete(node: Node, context: Context) -> Defects:
    """The default of an object lacks a field that its schema requires.

    The platform accepts such a default, and people fill in the rest. Add the field, or leave it out of `required`.

    Source: https://spec.openapis.org/oas/v2.0
    Published: 6 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}, "default": {}}}}
    ```
    Finding: /definitions/Order/default: the default doesn't fit: the required 'id' is missing

    ```json good
    {"definitions": {"Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}, "default": {"id": "1"}}}}
    ```
    """
    yield from _unfit(node, context, Kind.INCOMPLETE)


def _unfit(node: Node, context: Context, kind: Kind) -> Defects:
    for one in _misfits(node.owner.value, context):
        if one.kind is kind:
            place = (*node.pointer, *one.pointer)
            certain = one.meant is not ABSENT
            fix = Fix(one.help, (Replace(place, one.meant),)) if certain else _renamed(place, one.help)
            yield node.says(f"the default doesn't fit: {one.message}", *one.pointer, help=one.help, fix=fix)


def _renamed(place: Pointer, help_: str) -> Fix | None:
    """Returns the fix that writes a field in the capitals of its schema, where the help says so."""
    words = _INSTEAD.fullmatch(help_)
    return None if words is None else Fix(help_, (Rename((*place, words[2]), words[1]),))


@once
def _misfits(described: dict[str, Any], context: Context) -> list[Misfit]:
    return list(islice(misfits(described["default"], described, context), MAX_MISFITS))


def _is_boolean_of_texts(node: Node) -> bool:
    texts = {value.lower() for value in node.value if isinstance(value, str)}
    return node.owner.value.get("type") == "boolean" and bool(texts) and texts <= {"true", "false"}


def _of_another_type(node: Node) -> Defects:
    type_ = node.owner.value.get("type")
    wrong = [value for value in node.value if value is not None and not has_type(value, type_)]
    if not wrong:
        return
    texts = len(wrong) > 1 and all(isinstance(value, str) for value in wrong)
    what = "texts" if texts else found(wrong[0])
    help_, meant = _cure(wrong, str(type_)), [_in_type(value, type_) for value in node.value]
    fix = None if any(value is ABSENT for value in meant) else node.becoming(help_, meant)
    if isinstance(wrong[0], dict):
        help_ = "write the values alone; 'x-ms-enum-values' has their names, in a spec enum: {open: Open}"
    yield node.says(f"the enum has {what}, but the type is {type_}", help=help_, fix=fix)


def _in_type(value: Any, type_: Any) -> Any:
    return value if value is None or has_type(value, type_) else converted(value, type_)


def _cure(wrong: list[Any], type_: str) -> str:
    if type_ == "boolean":
        return "write [true, false], or leave the enum out"
    cures = {written_as(value, type_) for value in wrong}
    if len(cures) == 1:
        return cures.pop()
    quotes = "with" if type_ == "string" else "without"
    return f"write each value as {typed(type_)}, {quotes} quotes, or correct 'type'"
