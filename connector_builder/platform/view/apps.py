"""How Power Apps shows an operation: as a function, or not at all.

Source: Microsoft.PowerFx.Connectors in https://github.com/microsoft/Power-Fx.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connector_builder.numbering import Numbers
from connector_builder.platform.data.plain import first_text, mapping, text
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import combined, has_properties, properties_of
from connector_builder.platform.view.fields import Budget, type_of
from connector_builder.platform.view.inputs import Parameter
from connector_builder.platform.view.model import App, Argument

_ORDER = {"path": 0, "query": 1, "header": 2, "formData": 3, "body": 4}
_TEXTS = {"date": "Date", "date-time": "DateTime", "date-no-tz": "DateTime", "byte": "Blob", "binary": "Blob"}
_NUMBER = frozenset({"", "float", "double", "integer", "byte", "number", "int32", "decimal", "currency"})
_WHOLE = frozenset({"", "byte", "integer", "int32", "int64", "uint64", "unixtime", "enum"})
_TYPES = ("string", "integer", "number", "boolean", "array", "object", "file", "any")
_MEDIA = re.compile(
    r"application/json|application/[\w.-]+\+json|text/(?:plain|json|csv|html)|text/\*|application/octet-stream|\*/\*"
)
_NOT_IN_NAMES = re.compile("[^A-Za-z0-9]")
MAX_DEPTH = 5


class _Part(NamedTuple):
    """A parameter, or a property of the body."""

    name: str
    part: Mapping[str, Any]
    required: bool
    place: str


def function_name(operation_id: str) -> str:
    """Returns the name of an operation's function: the letters and digits of its id, with `_` before a digit."""
    name = _NOT_IN_NAMES.sub("", operation_id)
    return f"_{name}" if name[:1].isdigit() else name


def is_offered(operation: Operation) -> bool:
    """Checks whether apps can have an operation at all: they have no triggers, and none that is internal."""
    return not operation.value.get("x-ms-trigger") and operation.value.get("x-ms-visibility") != "internal"


def app_of(
    operation: Operation,
    parameters: Sequence[Parameter],
    references: References,
    answer: Callable[[], Mapping[str, Any] | None],
    budget: Budget,
    media: str = "",
) -> App:
    """Returns the function of an operation. `answer` returns the schema of the answer that an app gets.

    `budget` counts the arguments, their texts and the schemas that a body includes by `allOf`. Without room for them, the function is
    shown without arguments.
    `media` is the type of the answer if apps can't read it.
    """
    parts = list(app_parts(parameters, references, budget))
    for one in parts:
        budget.take(one.part, len(one.name))
    if budget.left <= 0:
        parts = []
    required = required_order(parts)
    optional = [one for one in parts if not one.required and not _is_internal(one.part)]
    reasons = tuple(dict.fromkeys(_unsupported(operation, parameters, parts, references, budget, media)))
    arguments = tuple(_arguments(required, optional, references))
    name = function_name(text(operation.value.get("operationId")))
    schema = answer()
    returns = _type(schema, references) if schema is not None else "Boolean"
    return App(name, _signature(name, arguments), arguments, returns, not reasons, reasons)


def app_parts(parameters: Sequence[Parameter], references: References, budget: Budget) -> Iterator[_Part]:
    """Yields the parameters of a function in the order of the definition: the properties of an object body one by one."""
    for parameter, _ in parameters:
        name, place, required = (
            text(parameter.get("name")),
            text(parameter.get("in")),
            parameter.get("required") is True,
        )
        if place != "body":
            yield _Part(name, parameter, required, place)
            continue
        schema = mapping(references.resolved(parameter.get("schema")))
        has_fields = type_of(schema) in ("object", "any") and budget.left > 0
        properties = properties_of(schema, references) if has_fields else {}
        budget.left -= len(properties)
        if not properties or _is_internal(parameter):
            kind = "file" if schema.get("format") == "binary" else "body"
            hidden = {"x-ms-visibility": "internal"} if _is_internal(parameter) else {}
            yield _Part(kind, {**schema, **hidden}, required, place)
        for key, one in properties.items():
            yield _Part(key, mapping(references.resolved(one.schema)), one.required, place)


def required_order(parts: Sequence[_Part]) -> list[_Part]:
    """Returns the required parts in the order of their positions. Internal ones have none."""
    required = [one for one in parts if one.required and not _is_internal(one.part)]
    return sorted(required, key=lambda one: _ORDER.get(one.place, 5))


def _is_internal(part: Mapping[str, Any]) -> bool:
    return text(part.get("x-ms-visibility")).lower() == "internal"


def _arguments(required: Sequence[_Part], optional: Sequence[_Part], references: References) -> Iterator[Argument]:
    taken: set[str] = set()
    numbers = Numbers("_", 1)
    for one in (*required, *optional):
        name = numbers.free(one.name, taken)
        taken.add(name)
        label = first_text(one.part.get("title"), one.part.get("x-ms-summary"), one.name)
        yield Argument(name, _type(one.part, references), one.required, label, text(one.part.get("description")))


def _signature(name: str, arguments: Sequence[Argument]) -> str:
    required = [one.name for one in arguments if one.required]
    optional = ", ".join(f"{one.name}: {one.type}" for one in arguments if not one.required)
    return f"{name}({', '.join([*required, *([f'{{{optional}}}'] if optional else [])])})"


def _type(schema: Any, references: References, depth: int = 0) -> str:
    """Returns the type of a value in an app."""
    part = mapping(references.resolved(schema))
    type_, format_ = type_of(part), text(part.get("format"))
    if type_ == "string":
        return _TEXTS.get(format_, "Text")
    if type_ in ("number", "integer"):
        return "Decimal"
    if type_ == "array":
        return "Table" if isinstance(part.get("items"), dict) else "Untyped object"
    properties = type_ in ("object", "any") and has_properties(part, references)
    named = {"boolean": "Boolean", "file": "Blob"}
    return named.get(type_) or ("Record" if properties and "discriminator" not in part else "Untyped object")


def _unsupported(
    operation: Operation,
    parameters: Sequence[Parameter],
    parts: Sequence[_Part],
    references: References,
    budget: Budget,
    media: str,
) -> Iterator[str]:
    """Yields the reasons for which Power Apps drops the function."""
    if operation.value.get("x-ms-trigger"):
        yield "apps have no triggers"
    if text(operation.value.get("x-ms-visibility")).lower() == "internal":
        yield "it is internal"
    for parameter, _ in parameters:
        yield from _odd_parameter(parameter, references, budget)
    if "callbacks" in operation.value:
        yield "it has callbacks"
    for one in parts:
        yield from _odd_type(one, references)
    if media:
        yield f"it answers with '{media}' only"


def odd_media(produces: Sequence[Any]) -> str:
    """Returns the first of some media types if apps can read none of them; empty if they can."""
    media = [one for one in produces if isinstance(one, str)]
    readable = any(_MEDIA.fullmatch(one.partition(";")[0].strip().lower()) for one in media)
    return "" if readable or not media else media[0]


def _odd_parameter(parameter: Mapping[str, Any], references: References, budget: Budget) -> Iterator[str]:
    name = text(parameter.get("name"))
    if parameter.get("deprecated") is True:
        yield f"the parameter '{name}' is deprecated"
    yield from (f"the parameter '{name}' has '{key}'" for key in ("allowReserved", "content") if key in parameter)
    if parameter.get("in") == "body":
        schema = parameter.get("schema")
        parts = combined(schema, references) if budget.left > 0 else [schema]
        budget.left -= len(parts) - 1
        for part in parts:
            yield from (f"the body has '{key}'" for key in ("anyOf", "not") if key in mapping(part))


def _odd_type(one: _Part, references: References) -> Iterator[str]:
    part = mapping(references.resolved(one.part))
    type_, format_ = type_of(part), text(part.get("format"))
    known = {"number": _NUMBER, "integer": _WHOLE}.get(type_)
    if known is not None and format_.lower() not in known:
        yield f"'{one.name}' has the format '{format_}', which numbers don't have"
    if type_ not in _TYPES:
        yield f"'{one.name}' has the unknown type '{type_}'"
