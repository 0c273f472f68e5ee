"""Checks whether a document is Swagger 2.0 that can be imported; if not, says what it is and what to do."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Finding, Pointer
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.platform.api_properties import TABLE as PROPERTIES_TABLE
from connector_builder.platform.data.plain import mapping
from connector_builder.source.suggest import suggest
from connector_builder.sources.documents import Parsed
from connector_builder.sources.foreign import foreign
from connector_builder.sources.rules import MENDED, PART_LEFT_OUT

_TEXT, _LIST, _OBJECT = (str, "a text"), (list, "a list"), (dict, "an object")
_TOP = {
    "swagger": _TEXT, "info": _OBJECT, "host": _TEXT, "basePath": _TEXT, "schemes": _LIST, "consumes": _LIST, "produces": _LIST,
    "paths": _OBJECT, "definitions": _OBJECT, "parameters": _OBJECT, "responses": _OBJECT, "securityDefinitions": _OBJECT,
    "security": _LIST, "tags": _LIST, "externalDocs": _OBJECT,
}  # fmt: skip
"""The keys of Swagger's top level (https://swagger.io/specification/v2/#swagger-object)."""
_REQUIRED = ("info", "paths")
_SCHEMA = "$schema"
_READ_OTHERWISE = "leave out --from, or name its kind: --from {}"
_CURES = {"swagger1": "convert it to Swagger 2.0", "postman1": "export it from Postman as Collection v2.1"}


def definition_refused(parsed: Parsed) -> list[Finding]:
    """Returns the findings for why a document can't be imported as a definition; none if it can."""
    return [_placed(parsed, *refusal) for refusal in _of_definition(parsed.data)]


def properties_refused(parsed: Parsed) -> list[Finding]:
    """Returns the findings for why a document can't be imported as apiProperties; none if it can."""
    return [_placed(parsed, *refusal) for refusal in _of_properties(parsed.data)]


def beside_properties(parsed: Parsed) -> list[Finding]:
    """Returns the findings about keys beside the `properties` of apiProperties, which nothing reads."""
    keys = [key for key in parsed.data if key != "properties"]
    places = parsed.places((key,) for key in keys)
    message = "'{}' beside 'properties' means nothing to the platform, and isn't imported"
    return [PART_LEFT_OUT.at(places[(key,)], message.format(key), help=_keeping(key)) for key in keys]


def _keeping(key: str) -> str | None:
    """How a part beside `properties` can be kept."""
    if key == _SCHEMA:
        return None
    if key in mapping(PROPERTIES_TABLE["connector properties"]):
        return f"move '{key}' into 'properties' to keep it, and import again"
    return "write it as a comment into the spec to keep it"


def corrected_top(parsed: Parsed) -> tuple[Parsed, list[Finding]]:
    """A definition whose top has no hint for editors (`$schema`), and no key of Swagger's in another case (`basepath`).

    Returns it with what was changed, as findings; the document itself where nothing was.
    """
    if not isinstance(parsed.data, dict):
        return parsed, []
    data: dict[str, Any] = parsed.data
    by_lower = {key.lower(): key for key in _TOP}
    meant: dict[str, str] = {key: by_lower.get(key.lower(), key) for key in data}
    names = {key: key if name in data else name for key, name in meant.items()}
    changed = [key for key, name in names.items() if name != key or key == _SCHEMA]
    if not changed or len(set(names.values())) < len(names):
        return parsed, []
    places = parsed.places((key,) for key in changed)
    findings = [
        PART_LEFT_OUT.at(places[(key,)], "'$schema' is a hint for editors, and isn't imported")
        if key == _SCHEMA
        else MENDED.at(places[(key,)], f"'{key}' was read as '{names[key]}'")
        for key in changed
    ]
    rest: dict[str, Any] = {name: data[key] for key, name in names.items() if key != _SCHEMA}
    origins: dict[Pointer, Pointer] = {(): ()}
    origins.update(((names[key],), (key,)) for key in changed if key != _SCHEMA)
    return parsed.built(rest, origins), findings


_Refusal = tuple[Pointer, str, str | None]


def _placed(parsed: Parsed, pointer: Pointer, message: str, cure: str | None) -> Finding:
    return NOT_IMPORTABLE.at(parsed.places([pointer])[pointer], message, help=cure)


def _of_definition(data: Any) -> Iterator[_Refusal]:
    if data is None:
        yield (), "the file is empty", None
        return
    if not isinstance(data, dict):
        yield (), f"a Swagger 2.0 definition must be an object, not {_kind(data)}", None
        return
    other = next(_something_else(data), None) or _other_version(data)
    if other is not None:
        yield other
        return
    for key, value in data.items():
        if key.startswith("x-") or key == "swagger":
            continue
        if key not in _TOP:
            unknown = suggest(key, _TOP) or "remove it, or let its name begin with 'x-'"
            yield (key,), f"Swagger has no top-level key '{key}'", unknown
        elif not isinstance(value, _TOP[key][0]):
            cure = f"correct it, or remove '{key}'" if key not in _REQUIRED else None
            yield (key,), f"'{key}' must be {_TOP[key][1]}, not {_kind(value)}", cure
    for key in _REQUIRED:
        if key not in data:
            yield (), f"'{key}' is missing", f'add it: "{key}": {{}}'


def _something_else(data: dict[str, Any]) -> Iterator[_Refusal]:
    """Yields the refusals of known kinds of documents that aren't Swagger."""
    known = foreign(data)
    if known is not None:
        yield known.at, known.message, _CURES.get(known.kind) or _READ_OTHERWISE.format(known.kind)
    if "swagger" in data:
        return
    if "connector" in data:
        yield ("connector",), "this is a spec already", "'connector-builder build' makes a package of it"
    if "properties" in data and "paths" not in data:
        yield (
            ("properties",),
            "this is an apiProperties.json, not a definition",
            "name the folder that also contains the definition",
        )


def _other_version(data: dict[str, Any]) -> _Refusal | None:
    if "swagger" not in data:
        return (), "this isn't Swagger: it has no 'swagger' at the top", 'Swagger 2.0 begins with "swagger": "2.0"'
    version = data["swagger"]
    if version == "2.0" or (isinstance(version, float) and version == 2):  # a number, as in YAML without quotes
        return None
    shown = f"'{version}'" if isinstance(version, str | int | float) else _kind(version)
    return ("swagger",), f'the version of Swagger must be "2.0", not {shown}', "convert it to Swagger 2.0"


def _of_properties(data: Any) -> Iterator[_Refusal]:
    if not isinstance(data, dict):
        yield (), f"apiProperties.json must be an object, not {_kind(data)}", None
    elif not isinstance(data.get("properties"), dict):
        there = "properties" in data
        found = (
            f"'properties' must be an object, not {_kind(data['properties'])}" if there else "'properties' is missing"
        )
        yield ("properties",) if there else (), found, 'write {"properties": {}}, or remove the file'


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")
