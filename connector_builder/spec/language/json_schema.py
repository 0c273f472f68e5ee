"""The language as JSON Schema, for editors: generated from the same tables that the shape check reads."""

from typing import Any

from connector_builder.spec.language.forms import Form, Key, Object
from connector_builder.spec.language.top import FORMS, OBJECTS

_VARIABLE = {"type": "string", "pattern": "\\$\\{"}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> dict[str, Any]:
    """The JSON Schema of a spec's main file, draft 2020-12, with a description and an example on every key."""
    spec = _object(OBJECTS["spec"])
    return {
        "$schema": DRAFT,
        "title": "A connector for Microsoft Power Platform",
        **spec,
        "$defs": {
            **{name: _object(item) for name, item in OBJECTS.items() if name != "spec"},
            **{f"{name}Form": _form(form) for name, form in FORMS.items()},
        },
    }


def _object(item: Object) -> dict[str, Any]:
    out: dict[str, Any] = {
        "description": item.doc,
        "type": "object",
        "properties": {key.name: _key(key) for key in item.keys.values()},
        "additionalProperties": False,
    }
    if item.extensions:
        out["patternProperties"] = {"^x-": {}}
    required = [key.name for key in item.keys.values() if key.required]
    if required:
        out["required"] = required
    return out


def _key(key: Key) -> dict[str, Any]:
    form = key.form
    described = _form(FORMS[form] if isinstance(form, str) else form)
    if not key.required and "null" not in described.get("type", ["null"]):
        described["type"] = [*described.get("type", ()), "null"]  # null at a key means: not written
        if "anyOf" in described:
            described["anyOf"] = [*described["anyOf"], {"type": "null"}]
    doc = key.doc if key.doc.endswith((".", ")")) else f"{key.doc}."
    if key.without:
        doc += f" Without it: {key.without}."
    if key.later:
        doc += " Not supported yet."
    described["description"] = doc
    if key.example is not None:
        described["examples"] = [_plain(key.example)]
    return described


def _form(form: Form | str) -> dict[str, Any]:
    if isinstance(form, str):
        return {"$ref": f"#/$defs/{form}Form"}
    if form.json and form.text is None and form.object is None:
        return {}
    kinds = _kinds(form)
    out: dict[str, Any] = {"type": kinds}
    if form.words:
        # Variables may stand for a word, so that the list of words is only closed for texts without one.
        closed: list[Any] = list(form.words) + ([True, False] if form.boolean else [])
        if "object" in kinds or "array" in kinds:
            closed_kinds = [kind for kind in kinds if kind not in ("string", "boolean")]
            out["anyOf"] = [{"enum": closed}, {"type": closed_kinds}, _VARIABLE]
        else:
            out["anyOf"] = [{"enum": closed}, _VARIABLE]
    if form.items is not None:
        out["items"] = _form(form.items)
    if form.object is not None:
        out["if"] = {"type": "object"}
        out["then"] = {"$ref": f"#/$defs/{form.object}"}
    elif form.names is not None:
        out["additionalProperties"] = _form(form.names)
    return out


def _kinds(form: Form) -> list[str]:
    kinds = []
    if form.text is not None or form.number or form.boolean:
        kinds.append("string")  # also where a variable stands for a number or a boolean
    if (form.text is not None and not form.words) or form.number:
        kinds.append("integer" if form.number == "integer" and form.text is None else "number")
    if (form.text is not None and not form.words) or form.boolean:
        kinds.append("boolean")
    if form.items is not None:
        kinds.append("array")
    if form.object is not None or form.names is not None:
        kinds.append("object")
    if form.null is not None:
        kinds.append("null")
    return kinds


def _plain(value: Any) -> Any:
    """An example as JSON: keys as texts."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
