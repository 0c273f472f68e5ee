"""Turns Azure's Swagger of Logic Apps into that of the service behind Power Automate; `captures/flows.py` does it for calls."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.derived import (
    Conventions,
    field_labels,
    operation_summary,
    parameter_labels,
    url_encoding,
)
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.services import logic_apps
from connector_builder.platform.services.logic_apps import Matched, Standing, flow_operation
from connector_builder.platform.swagger.extensions import BY_NAME, PAGEABLE
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import resolve
from connector_builder.source.folder import InMemory
from connector_builder.source.yaml_writer import write_yaml
from connector_builder.sources import losses
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
SERVER = "/".join((f"https://{logic_apps.HOST}", *logic_apps.BASE))
TITLE = "Cloud Flows"
DESCRIPTION = "Operations of cloud flows in Power Automate. The service behind them is not documented and may change."
AUTH: Entries = {
    "type": "aad",
    "clientId": "00000000-0000-0000-0000-000000000000",
    "resource": logic_apps.RESOURCE,
    "scopes": [*logic_apps.SCOPES],
}
_CONVENTIONS = Conventions()
_AZURE = frozenset(("subscriptionid", "resourcegroupname", "api-version"))
_KINDS = {
    Standing.SAME: (losses.FLOW_OPERATION_SAME, "is"),
    Standing.OTHERWISE: (losses.FLOW_OPERATION_DIFFERS, "is"),
    Standing.UNPROVEN: (losses.FLOW_OPERATION_UNPROVEN, "may be"),
}


def tell(original: Original, matched: Matched, at: Pointer) -> bool:
    """Tells what an operation is in Power Automate, or that it doesn't exist there. Returns whether it does."""
    twin = matched.twin
    request = f"{twin.verb.upper()} {twin.path}"
    if twin.standing is Standing.MISSING:
        message = f"Power Automate has no '{request}'"
        original.tell(losses.FLOW_OPERATION_MISSING, at, message, twin.note or None)
        return False
    rule, verb = _KINDS[twin.standing]
    new = f"{twin.flow_verb.upper()} /environments/{logic_apps.ENVIRONMENT}{twin.flow_path}"
    note = f"; {twin.note}" if twin.note else ""
    original.tell(rule, at, f"'{request}' {verb} '{twin.name}': {new}{note}")
    return True


def with_flows(parsed: Parsed) -> Converted:
    """Returns the Swagger document of Microsoft.Logic as one of Power Automate, with the operations that exist there."""
    original = Original(parsed)
    data = parsed.data
    paths: Entries = {}
    for one in operations(data):
        at: Pointer = ("paths", one.path, one.verb)
        matched = flow_operation(one.verb, [part for part in one.path.split("/") if part])
        if matched is None or not tell(original, matched, at):
            continue
        twin = matched.twin
        path = f"/environments/{logic_apps.ENVIRONMENT}{twin.flow_path}"
        shared = items(mapping(mapping(data["paths"]).get(one.path)).get("parameters"))
        paths.setdefault(path, {})[twin.flow_verb] = original.made(_operation(data, one.value, matched, shared), at)
    definition = {
        "swagger": "2.0",
        "info": {"title": TITLE, "description": DESCRIPTION, "version": logic_apps.API_VERSION},
        "host": logic_apps.HOST,
        "basePath": "/" + "/".join(logic_apps.BASE),
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": paths,
        **{key: _plain(data[key]) for key in ("parameters", "responses") if isinstance(data.get(key), dict)},
        "definitions": _definitions(data),
    }
    built = parsed.built(definition, {(): (), **original.origins(definition)})
    return Converted(built, findings=original.findings())


def frame(definition: Entries) -> tuple[Entries, Entries]:
    """Returns a Swagger document of Power Automate with its sign-in, and its apiProperties."""
    info = definition["info"]
    connector = {
        "title": info["title"],
        "description": info["description"],
        "version": info["version"],
        "server": SERVER,
    }
    contents = {MAIN: write_yaml({"connector": connector, "auth": AUTH, "actions": {}}).encode()}
    package = compile_folder(InMemory(Path("flows"), contents), MAIN, Variables()).package
    assert package is not None
    signed = {key: package.definition[key] for key in ("securityDefinitions", "security")}
    return {**definition, **signed}, package.properties


def _definitions(data: Any) -> Entries:
    """Returns the definitions, with the fields of what a schema is by `allOf` among its own: the designer shows no others."""
    known: dict[int, Entries] = {}

    def whole(schema: Entries) -> Entries:
        if not items(schema.get("allOf")):
            return schema
        if id(schema) not in known:
            known[id(schema)] = {}  # what a circle finds
            bases = [whole(mapping(resolve(data, one))) for one in items(schema["allOf"])]
            merged: Entries = {key: part for key, part in schema.items() if key != "allOf"}
            merged["type"] = "object"
            merged["properties"] = {
                name: field for one in (*bases, schema) for name, field in mapping(one.get("properties")).items()
            }
            required = dict.fromkeys(name for one in (*bases, schema) for name in items(one.get("required")))
            known[id(schema)] = {**merged, "required": [*required]} if required else merged
        return known[id(schema)]

    return {name: _plain(whole(mapping(one))) for name, one in mapping(data.get("definitions")).items()}


def _operation(data: Any, given: Entries, matched: Matched, shared: Sequence[Any]) -> Entries:
    twin = matched.twin
    names = {own.strip("{}"): name for name, own in matched.names}
    parameters: list[Entries] = [
        {
            "name": "environment",
            "in": "path",
            "required": True,
            "type": "string",
            "description": "The environment to work in; the ID of the default environment begins with Default-.",
            **_labels("environment", "path"),
        }
    ]
    variables = set(re.findall(r"\{(\w+)\}", twin.flow_path))
    for parameter in [*shared, *items(given.get("parameters"))]:
        one = _parameter(resolve(data, parameter), names)
        if one is not None and (one["in"] != "path" or one["name"] in variables):
            parameters.append(one)
    version = {
        "name": "api-version",
        "in": "query",
        "required": True,
        "type": "string",
        "default": logic_apps.API_VERSION,
    }
    operation: Entries = {
        "operationId": twin.name,
        "summary": operation_summary(_CONVENTIONS, twin.name),
        "description": _of_flows(given.get("description")) or f"{twin.name}.",
        "parameters": [*parameters, {**version, "x-ms-visibility": "internal"}],
        "responses": _responses(given, matched),
    }
    pageable = mapping(given.get(PAGEABLE)).get("nextLinkName")
    return {**operation, **({PAGEABLE: {"nextLinkName": pageable}} if isinstance(pageable, str) else {})}


def _parameter(one: Any, names: dict[str, str]) -> Entries | None:
    """Returns a parameter of an operation of flows; None for one that only Azure has."""
    name = text(mapping(one).get("name"))
    if not name or name.lower() in _AZURE or not isinstance(one.get("in"), str):
        return None
    plain: Entries = _plain(one)
    if plain["in"] == "path":
        plain |= {"name": names.get(name, name), "required": True}
    if "description" in plain:
        plain["description"] = _of_flows(plain["description"])
    return plain if plain["in"] == "body" else {**_labels(plain["name"], plain["in"]), **plain}


def _labels(name: str, where: str) -> Entries:
    """Returns what the language derives for a parameter, so that the spec is short."""
    encoding = url_encoding(_CONVENTIONS, where)
    return {
        **parameter_labels(_CONVENTIONS, name, hidden=False),
        **({"x-ms-url-encoding": encoding} if encoding else {}),
    }


def _responses(given: Entries, matched: Matched) -> Entries:
    """Returns the answers: those that say that something went wrong without their schemas, which are Azure's."""
    out: Entries = {}
    shown: list[Any] = []
    for status, response in mapping(given.get("responses")).items():
        said: Entries = _plain(mapping(response))
        said["description"] = _of_flows(said.get("description")) or "OK"
        if not status.startswith("2"):
            said.pop("schema", None)
        elif matched.twin.name == "GetTriggerCallbackUrl" and "schema" in said:
            said["schema"] = {"type": "object", "properties": {"response": said["schema"]}}
        if said.get("schema") in shown:
            del said["schema"]  # the designer takes the first: the same again says nothing
        shown += [said["schema"]] if "schema" in said else []
        out[status] = said
    if matched.twin.name == "CancelFlowRun":
        out.setdefault("202", {"description": "Accepted"})
    return out


def _of_flows(said: Any) -> str:
    """Returns a text of Logic Apps with the words of Power Automate."""
    plain = re.sub(r"\bresource group\b", "environment", text(said))
    return re.sub(r"\b([Ww])orkflow", lambda match: "Flow" if match[1] == "W" else "flow", plain)


def _plain(value: Any) -> Any:
    """Returns a part of a document without the extensions that mean nothing to the platform."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": value["$ref"]}  # what stands beside a reference in Swagger 2.0 isn't part of it
    return {
        key: {name: _field(name, one) for name, one in part.items()}
        if key == "properties" and isinstance(part, dict)
        else _plain(part)
        for key, part in value.items()
        if not key.startswith("x-") or _is_known(key)
    }


def _field(name: str, schema: Any) -> Any:
    """Returns a field of a schema with the label that the language derives for it."""
    plain = _plain(schema)
    if not isinstance(plain, dict) or "$ref" in plain:
        return plain
    return {**plain, **field_labels(_CONVENTIONS, name, plain.get("type"), hidden=False)}


def _is_known(key: str) -> bool:
    extension = BY_NAME.get(key)
    return extension is not None and not extension.ignored
