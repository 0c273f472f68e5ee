"""Makes the language's JSON Schema for editors, from the same tables that the shape check reads."""

from typing import Any

from connector_builder.language.tables.forms import PLAIN, Form, Key, Object
from connector_builder.language.tables.nulls import refuses_null
from connector_builder.language.tables.top import FORMS, OBJECTS

_VARIABLE = {"type": "string", "pattern": "\\$\\{"}
_SHORT: dict[str, dict[str, Any]] = {
    "schema": {
        "description": "A schema: a type word, a schema's name, [X] for an array of X, or a mapping.",
        "examples": ["string"],
    },
    "field": {
        "description": "A field: a type word, a schema's name, [X] for an array of X, a description, or a mapping.",
        "examples": ["string"],
    },
    "parameterForm": {
        "description": "A parameter: a type word, [X] for an array of X, a description, or a mapping.",
        "examples": ["string"],
    },
    "responseForm": {
        "description": "A response: a schema's name, a type word, [X] for an array of X, or a mapping.",
        "examples": ["Run"],
    },
}
"""Short descriptions for the values of the author's own names."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def make_schema(part: str | None = None) -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of a spec's main file. Every key has a description and an example.

    `part` is a key of the top level such as `actions`: the schema is then that of a file in the folder of this name.
    """
    title = "A connector for Microsoft Power Platform"
    if part is None:
        described = _object(OBJECTS["spec"])
    else:
        title = f"{title}: {part}"
        described = _key(OBJECTS["spec"].keys[part]._replace(required=True))  # as a file it can't be null
    return {
        "$schema": DRAFT,
        "title": title,
        **described,
        "$defs": {
            **{name: _object(item) for name, item in OBJECTS.items() if name != "spec"},
            **{f"{name}Form": {**_form(form), **_SHORT[name]} for name, form in FORMS.items()},
        },
    }


def _object(item: Object) -> dict[str, Any]:
    out: dict[str, Any] = {
        "description": item.doc,
        "type": "object",
        "properties": {key.name: _key(key) for key in item.keys.values()},
    }
    if item.bare is None:
        out["additionalProperties"] = False
        if item.extensions:
            out["patternProperties"] = {"^x-": {}}
    else:
        out["allOf"] = [_bare(item, item.bare)]
    required = [key.name for key in item.keys.values() if key.required]
    if required and PLAIN in item.keys:
        out["if"] = {"not": {"required": [PLAIN]}}
        out["then"] = {"required": required}
    elif required:
        out["required"] = required
    return out


def _bare(item: Object, name: str) -> dict[str, Any]:
    """Returns the condition for a mapping with none of an object's keys: it is the value of the key `name`."""
    of_schema = {"enum": list(item.keys)}
    return {
        "if": {"minProperties": 1, "propertyNames": {"not": {"anyOf": [of_schema, {"pattern": "^x-"}]}}},
        "then": _form(item.keys[name].form),
        "else": {
            "properties": dict.fromkeys(item.keys, True),
            "patternProperties": {"^x-": {}},
            "additionalProperties": False,
        },
    }


def _key(key: Key) -> dict[str, Any]:
    form = FORMS[key.form] if isinstance(key.form, str) else key.form
    null = not key.required and not refuses_null(key, form)
    described = _form(form, null=null)  # null at a key means: not written
    doc = key.doc if key.doc.endswith((".", ")")) else f"{key.doc}."
    if key.without:
        doc += f" Without it: {key.without}."
    described["description"] = doc
    if key.example is not None:
        described["examples"] = [_plain(key.example)]
    return described


def _form(form: Form | str, *, null: bool = False) -> dict[str, Any]:
    if isinstance(form, str):
        return {"$ref": f"#/$defs/{form}Form"}
    if form.json and form.object is None:
        return {}
    out: dict[str, Any] = _type(form, null=null or form.null is not None)
    if form.items is not None:
        out["items"] = _form(form.items)
    if form.object is not None:
        out["if"] = {"type": "object"}
        out["then"] = {"$ref": f"#/$defs/{form.object}"}
    elif form.names is not None:
        out["additionalProperties"] = _form(form.names)
    return out


def _kinds(form: Form, *, null: bool) -> list[str]:
    """Returns the kinds of YAML that a form allows, except text."""
    kinds = []
    if form.number:
        kinds.append("integer" if form.number == "integer" and form.text is None else "number")
    if form.boolean or set(form.words) == {"true", "false"}:
        kinds.append("boolean")
    if form.items is not None:
        kinds.append("array")
    if form.object is not None or form.names is not None:
        kinds.append("object")
    return [*kinds, "null"] if null else kinds


def _type(form: Form, *, null: bool) -> dict[str, Any]:
    """Returns the kinds of YAML that a form allows. If it doesn't allow every text, it still allows a variable."""
    kinds = _kinds(form, null=null)
    if form.pattern is not None:
        others = [*(["object"] if form.object else []), *(["null"] if null else [])]
        text: list[dict[str, Any]] = [{"type": "string", "pattern": f"^{form.pattern}$"}, _VARIABLE]
        return {"anyOf": [*text, *([{"type": others}] if others else [])]}
    if form.text is not None and not form.words:
        # A number or boolean in the place of a text is the text as written.
        return {"type": ["string", *dict.fromkeys(["number", "boolean", *kinds])]}
    alternatives: list[dict[str, Any]] = [{"enum": [word for word in form.words if word]}] if form.words else []
    if "" in form.words:  # allowed, but editors must not suggest it
        alternatives.append({"type": "string", "maxLength": 0})
    if kinds:
        alternatives.append({"type": kinds})
    if form.words or form.number or form.boolean:
        alternatives.append(_VARIABLE)
    return {"type": kinds} if len(alternatives) == 1 and kinds else {"anyOf": alternatives}


def _plain(value: Any) -> Any:
    """Returns an example as JSON: its keys are texts."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
