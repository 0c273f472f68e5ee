"""Which control the designer shows for a field, and its choices.

Source: the parser of https://github.com/Azure/LogicAppsUX.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.card import Dynamic, Option
from connector_builder.platform.view.fields import MAX_OPTIONS, SCALARS, Field, type_of

_VALUES = ("x-ms-dynamic-values", "x-ms-dynamic-list")
SCHEMA_KEYS = ("x-ms-dynamic-schema", "x-ms-dynamic-properties")
"""The extensions whose operation provides the fields of a part."""
_TREE = "x-ms-dynamic-tree"
_FILES = ("byte", "binary")


def editor_of(field: Field, references: References) -> str:
    """Returns the control of a field: `text`, `combobox`, `array`, `object`, `html`, `file`, `filepicker` or what `x-ms-editor` says."""
    part, type_ = field.part, type_of(field.part)
    own = text(part.get("x-ms-editor"))
    found = own or ("html" if part.get("format") == "html" else "")
    if not found:
        found = _dynamic_editor(part, references) if type_ != "array" else "array"
    if found:
        return found
    if type_ == "boolean" or "enum" in part:
        return "combobox"
    if type_ == "file" or part.get("format") in _FILES:
        return "file"
    return "text" if type_ in SCALARS else "object"


def _dynamic_editor(part: Mapping[str, Any], references: References) -> str:
    if any(key in part for key in SCHEMA_KEYS):
        return "fields"
    if _TREE in part or _is_old_tree(part):
        return "filepicker"
    return "combobox" if any(key in part for key in _VALUES) else ""


def _is_old_tree(part: Mapping[str, Any]) -> bool:
    """Checks for the older form of a file picker: dynamic values with a capability instead of an operation."""
    values = mapping(part.get("x-ms-dynamic-values"))
    return bool(text(values.get("capability")) or text(mapping(values.get("parameters")).get("isFolder")))


def options_of(field: Field) -> tuple[Option, ...]:
    """Returns the choices of a field, with the texts that people see: those of `x-ms-enum-values`, else the values."""
    part = field.part
    if isinstance(part.get("enum"), list):
        named = [one for one in items(part.get("x-ms-enum-values")) if isinstance(one, dict)]
        if named:
            return tuple(
                Option(_shown(one.get("displayName", one.get("value"))), one.get("value"))
                for one in named[:MAX_OPTIONS]
            )
        return tuple(Option(_shown(value), value) for value in part["enum"][:MAX_OPTIONS])
    if type_of(part) == "boolean":
        choice = (Option("Yes", True), Option("No", False))
        return choice if field.required else (Option("", ""), *choice)
    return ()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int | float) else ""


def dynamic_of(part: Mapping[str, Any], references: References) -> Dynamic | None:
    """Returns the operation that provides the values or the fields of a part; None if there is none."""
    item = mapping(references.resolved(part.get("items")))
    for holder in (part, item):
        for key, kind in (
            *((key, "values") for key in _VALUES),
            (_TREE, "tree"),
            *((key, "schema") for key in SCHEMA_KEYS),
        ):
            call = mapping(holder.get(key))
            if call:
                # The list and the properties are the newer form of values and schema, and win.
                newer = mapping(
                    holder.get({"x-ms-dynamic-values": _VALUES[1], SCHEMA_KEYS[0]: SCHEMA_KEYS[1]}.get(key, ""))
                )
                return _dynamic(newer or call, "tree" if kind == "values" and _is_old_tree(holder) else kind)
    return None


def _dynamic(call: dict[str, Any], kind: str) -> Dynamic:
    if kind == "tree" and "open" in call:
        call = mapping(call.get("open"))
    return Dynamic(kind, text(call.get("operationId")), tuple(dict.fromkeys(_needed(mapping(call.get("parameters"))))))


def _needed(parameters: dict[str, Any]) -> Iterator[str]:
    """Yields the names of the inputs that a call of an operation needs."""
    for value in parameters.values():
        if isinstance(value, dict):
            for key in ("parameter", "parameterReference"):
                if text(value.get(key)):
                    yield text(value[key])
