"""Writes operations: their paths, summaries, inputs and answers, and the policies that call another path than theirs."""

import re
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language.derived import Conventions, operation_summary
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.policies.templates import BY_ID, OPERATIONS, PARAMETER
from connector_builder.platform.swagger.extensions import BY_NAME, extensions_of
from connector_builder.sources import losses
from connector_builder.sources.openapi3.bodies import Bodies
from connector_builder.sources.openapi3.examples import Examples
from connector_builder.sources.openapi3.parameters import Parameters
from connector_builder.sources.openapi3.responses import Responses
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.servers import Servers
from connector_builder.sources.openapi3.triggers import NOTIFICATION, Request, Triggers
from connector_builder.sources.texts import first_paragraph, label

Entries = dict[str, Any]
_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_CONVENTIONS = Conventions()
_OF_OPERATIONS = frozenset(name for name in extensions_of("operation") if not BY_NAME[name].ignored)
_ROUTE = BY_ID["routerequesttoendpoint"]


class Found(NamedTuple):
    """An operation of the document, with the item of its path, and where both are."""

    path: str
    verb: str
    value: Entries
    at: Pointer
    item: Entries
    item_at: Pointer


class Operations:
    """Writes the chosen operations of a document."""

    def __init__(self, schemas: Schemas, servers: Servers) -> None:
        self.original = schemas.original
        self.schemas = schemas
        self.parameters = Parameters(schemas)
        self.examples = Examples(schemas.original)
        self.bodies = Bodies(schemas, self.examples)
        self.responses = Responses(schemas, self.examples)
        self.servers = servers
        self.policies: list[Entries] = []
        self._places: dict[str, str] = {}

    def paths(self, kept: list[tuple[Found, str]]) -> Entries:
        """Returns the paths with these operations, each given with its id."""
        paths: Entries = {}
        triggers = Triggers(self.schemas, [one.path for one, _ in kept if one.verb == "delete"])
        for one, name in kept:
            self.original.operation = name
            path, constants = self._path(one, name)
            operation = self._operation(one, name, constants, path)
            verb = one.verb
            if verb in ("get", "head") and any(
                parameter["in"] in ("body", "formData") for parameter in operation["parameters"]
            ):
                self.original.tell(
                    losses.BODY_ON_GET,
                    (*one.at, "requestBody"),
                    f"'{name}' sends a body by {verb.upper()}: the connector calls POST, and a policy {verb.upper()}",
                )
                path, verb = self._invented(path, name, path, verb.upper()), "post"
            elif verb in mapping(paths.get(path)):
                path = self._invented(path, name, path)
            if not operation["parameters"]:
                del operation["parameters"]
            paths.setdefault(path, self.original.made(Entries(), one.item_at))[verb] = operation
            content = triggers.notification(operation, one.value, one.at, Request(verb, one.path))
            if content is not None:
                paths[path][NOTIFICATION] = content
        self.original.operation = None
        return paths

    def _path(self, one: Found, name: str) -> tuple[str, Entries]:
        """Returns the path of an operation in the connector, and the constant queries that are in it."""
        before, other = (
            self.servers.before(one.value, one.at)
            if "servers" in one.value
            else self.servers.before(one.item, one.item_at)
        )
        path = one.path.partition("#")[0]
        path, _, query = path.partition("?")
        path = f"/{path.lstrip('/')}"
        if path != one.path:
            self.original.tell(losses.PATH_CHANGED, one.item_at, f"the path '{one.path}' becomes '{path}'")
        constants = dict(part.partition("=")[::2] for part in query.split("&") if part)
        if before:
            message = f"'{one.path}' is on another server of this host: its path becomes '{before}{path}'"
            self.original.tell(losses.PATH_CHANGED, one.at, message)
        path = before + path
        known = self._places.setdefault(_VARIABLE.sub("{}", path).lower(), path)
        if other is not None:
            self.original.tell(
                losses.OTHER_SERVER,
                one.at,
                f"'{name}' is on https://{other.host}{other.path}: a policy routes it there",
            )
            path = self._invented(path, name, f"{other.scheme}://{other.host}{other.path}{path}")
        elif known != path:
            self.original.tell(
                losses.PATHS_ALIKE,
                one.item_at,
                f"'{path}' and '{known}' are one path for the platform: a policy routes '{name}'",
            )
            path = self._invented(path, name, path)
        return path, constants

    def _invented(self, path: str, name: str, real: str, verb: str | None = None) -> str:
        """Returns a path that only the connector knows, with a policy that calls the real one."""
        parameters = {
            f"{PARAMETER}newPath": real,
            f"{PARAMETER}httpMethod": verb or "@Request.OriginalHTTPMethod",
            OPERATIONS: [name],
        }
        self.policies.append({"templateId": _ROUTE.id, "title": f"Route {name}", "parameters": parameters})
        return f"{path.rstrip('/')}/{name}"

    def _operation(self, one: Found, name: str, constants: Entries, path: str) -> Entries:
        out = self.original.made(Entries(operationId=name), one.at)
        out["summary"] = self._summary(one, name)
        said = self.original.text(one.value.get("description"), (*one.at, "description"), first_paragraph)
        if said := said or self.original.text(one.item.get("description"), (*one.item_at, "description")):
            out["description"] = said
        if tags := [tag for tag in items(one.value.get("tags")) if isinstance(tag, str)]:
            out["tags"] = tags
        if one.value.get("deprecated") is True:
            out["deprecated"] = True
        parameters = list(self.parameters.of(one.value, one.at, one.item, one.item_at))
        parameters += [_constant(key, value) for key, value in constants.items()]
        self._check_variables(parameters, one, path)
        body, consumes = self.bodies.of(one.value, one.at, name)
        out["parameters"] = _distinct([*parameters, *body])
        responses, produces = self.responses.of(one.value, one.at, name)
        out["responses"] = responses
        out |= {key: value for key, value in (("consumes", consumes), ("produces", produces)) if value}
        out |= {key: value for key, value in one.value.items() if key in _OF_OPERATIONS}
        self.original.extensions(one.value, one.at, _OF_OPERATIONS)
        self.original.extensions(one.item, one.item_at)
        self._tell_rest(one, name)
        return out

    def _summary(self, one: Found, name: str) -> str:
        given = text(one.value.get("summary")) or text(one.item.get("summary"))
        said = label(given)
        if given and said != given.rstrip("."):
            self.original.tell(
                losses.SUMMARY_CHANGED,
                (*one.at, "summary") if "summary" in one.value else one.at,
                f"the summary of '{name}' becomes '{said}'",
            )
        return said or operation_summary(_CONVENTIONS, name)

    def _check_variables(self, parameters: list[Entries], one: Found, path: str) -> None:
        names = dict.fromkeys(_VARIABLE.findall(path))
        described = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
        for extra in described - names.keys():
            self.original.tell(
                losses.PARAMETER_LEFT_OUT, one.at, f"'{extra}' isn't in the path '{path}': it is left out"
            )
        parameters[:] = [
            parameter for parameter in parameters if parameter["in"] != "path" or parameter["name"] in names
        ]
        for name in names:
            if name not in described:
                self.original.tell(
                    losses.PARAMETER_ADDED, one.at, f"'{name}' in the path isn't described: it becomes a text"
                )
                parameters.append(self.parameters.missing(name, one.at))

    def _tell_rest(self, one: Found, name: str) -> None:
        for status, response in mapping(one.value.get("responses")).items():
            found, at = self.original.place(response, (*one.at, "responses", status))
            for key in mapping(mapping(found).get("links")):
                self.original.tell(
                    losses.LINK_LEFT_OUT,
                    (*at, "links", key),
                    f"the link '{key}' isn't kept",
                    "let people pick a value by dynamicValues",
                )


def _constant(name: str, value: str) -> Entries:
    return {
        "name": name,
        "in": "query",
        "required": True,
        "type": "string",
        "default": value,
        "x-ms-visibility": "internal",
    }


def _distinct(parameters: list[Entries]) -> list[Entries]:
    """Returns the parameters without those that repeat another's name and place."""
    found: dict[tuple[str, str], Entries] = {}
    for one in parameters:
        found.setdefault((one["in"], one["name"].lower() if one["in"] == "header" else one["name"]), one)
    return list(found.values())
