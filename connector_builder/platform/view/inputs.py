"""The fields of an operation's card, in the order of the designer.

Source: the parser of https://github.com/Azure/LogicAppsUX.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.card import Input
from connector_builder.platform.view.editors import dynamic_of, editor_of, options_of
from connector_builder.platform.view.fields import SCALARS, Budget, Field, Flattening, type_of
from connector_builder.platform.view.keys import encoded
from connector_builder.platform.view.types import items_type

SIMPLE = ("path", "query", "header", "formData")
_SIMPLE_TYPES = (*SCALARS, "array", "file")
_IMPORTANT, _ADVANCED = "important", "advanced"
Parameter = tuple[dict[str, Any], Pointer]


def parameters_of(operation: Operation, references: References) -> list[Parameter]:
    """Returns the parameters of an operation and its path, each with its pointer. An operation's own replaces one of its path."""
    found: dict[tuple[str, str], Parameter] = {}
    for at, part in (
        ((*operation.pointer[:2], "parameters"), operation.item),
        ((*operation.pointer, "parameters"), operation.value),
    ):
        for index, one in enumerate(items(part.get("parameters"))):
            value, pointer = references.place(one, (*at, index))
            if isinstance(value, dict):
                found[text(value.get("name")), text(value.get("in"))] = value, pointer
    return list(found.values())


def input_fields(
    parameters: Iterable[Parameter], references: References, budget: Budget, *, whole: bool = False
) -> tuple[list[Field], bool]:
    """Returns the inputs of an operation as one list, and whether some were left out, since there are too many.

    The list includes what the designer doesn't show: hidden fields, and objects that it shows as their fields.
    """
    flattening = Flattening(references, budget, inputs=True, whole=whole)
    found = [field for one in parameters for field in _fields(*one, flattening, references)]
    return found, flattening.full


def _fields(
    parameter: dict[str, Any], pointer: Pointer, flattening: Flattening, references: References
) -> Iterator[Field]:
    place, name = text(parameter.get("in")), text(parameter.get("name"))
    if place == "body":
        yield from _body(parameter, pointer, flattening, references)
    elif place in SIMPLE and flattening.takes(parameter):
        yield from _simple(parameter, pointer, place, name)


def _simple(parameter: dict[str, Any], pointer: Pointer, place: str, name: str) -> Iterator[Field]:
    summary = parameter.get("x-ms-summary")
    label = text(summary) or (str(summary) if isinstance(summary, int) and not isinstance(summary, bool) else name)
    visibility = text(parameter.get("x-ms-visibility")).lower()
    field = Field(
        f"{place}.$.{encoded(name)}",
        name,
        place,
        (),
        label,
        parameter,
        pointer,
        parameter.get("required") is True,
        visibility,
        hidden=visibility == "internal" or type_of(parameter) not in _SIMPLE_TYPES,
    )
    if place == "formData" and type_of(parameter) == "file":
        yield field._replace(key=f"{field.key}.$content")
        # Its content is one field, and the name that the file gets is another.
        named = {"type": "string", "x-ms-summary": f"{label} (file name)"}
        yield field._replace(
            key=f"{field.key}.$filename", label=f"{label} (file name)", part=named, required=False, whole=True
        )
    else:
        yield field


def _body(
    parameter: dict[str, Any], pointer: Pointer, flattening: Flattening, references: References
) -> Iterator[Field]:
    name, required = text(parameter.get("name")), parameter.get("required") is True
    internal = text(parameter.get("x-ms-visibility")).lower() == "internal"
    schema, at = references.place(parameter.get("schema"), (*pointer, "schema"))
    visibility = (
        text(parameter.get("x-ms-visibility")).lower() if type_of(mapping(schema)) != "object" or internal else ""
    )
    label = first_text(parameter.get("x-ms-summary"), name)
    fields = flattening.schema(schema, at, "body.$", "body", required=required, visibility=visibility, hidden=internal)
    for field in fields:
        if field.key == "body.$":
            # The label of an array is that of its schema; anything else is shown as the parameter.
            if type_of(field.part) != "array":
                described = {**field.part, "description": parameter.get("description", field.part.get("description"))}
                field = field._replace(label=label, part={**parameter_extensions(parameter), **described})
            field = field._replace(name=name)
        yield field


def parameter_extensions(parameter: dict[str, Any]) -> dict[str, Any]:
    """Returns what a body parameter says of itself and its schema doesn't: its dynamic values, and the like."""
    return {key: value for key, value in parameter.items() if key.startswith("x-ms-dynamic")}


def inputs_of(fields: Sequence[Field], references: References) -> tuple[Input, ...]:
    """Returns the fields that the designer shows, in its order: what others need first, then required, then important ones."""
    shown = [field for field in fields if not field.hidden and not field.group]
    made = [
        _input(field, references)
        for field in shown
        if not (field.path and field.path[-1] == "[*]" and field.part.get("type") == "object")
    ]
    needed = {name for one in made if one.dynamic for name in one.dynamic.depends_on}
    return tuple(sorted(made, key=lambda one: _rank(one, needed)))


def _rank(one: Input, needed: set[str]) -> int:
    if not one.in_array_of and (one.wire_name in needed or one.full_path in needed):
        return 0
    if one.required:
        return 1
    # The designer's own sorting has advanced ones before those without a visibility.
    return {_IMPORTANT: 2, _ADVANCED: 3}.get(one.visibility, 4)


def _input(field: Field, references: References) -> Input:
    part = field.part
    default = part.get("default")
    editor = editor_of(field, references)
    first = field.required or field.visibility == _IMPORTANT or default is not None
    return Input(
        field.key,
        field.name,
        field.place,
        "/".join(field.path) if field.place == "body" else field.name,
        field.label,
        text(part.get("description")),
        field.required,
        field.visibility,
        field.type,
        field.format,
        editor,
        options_of(field) if editor == "combobox" else (),
        default,
        dynamic_of(part, references),
        "shown" if first else "advanced",
        "advanced" if field.visibility == _ADVANCED and not field.required else "shown",
        field.array,
        items_type(part, references),
    )
