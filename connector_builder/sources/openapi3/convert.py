"""Converts an OpenAPI 3 document: its operations, the schemas that they reach, its server, and how people sign in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Finding, Pointer
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.language.derived import operation_summary
from connector_builder.platform.operations import VERBS, operations
from connector_builder.platform.plain import ABSENT, items, mapping, text
from connector_builder.platform.policy_templates import BY_ID, OPERATIONS, PARAMETER
from connector_builder.platform.texts import TITLE
from connector_builder.source.folder import InMemory
from connector_builder.source.yaml_writer import write_yaml
from connector_builder.sources import losses
from connector_builder.sources.choosing import ALL, Candidate, Wishes, choose
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.openapi3.bodies import STREAMS, Bodies, base_type
from connector_builder.sources.openapi3.finishing import finish
from connector_builder.sources.openapi3.names import Named, operation_ids
from connector_builder.sources.openapi3.origin import Original
from connector_builder.sources.openapi3.parameters import Parameters
from connector_builder.sources.openapi3.pruning import prune
from connector_builder.sources.openapi3.responses import Responses
from connector_builder.sources.openapi3.schemas import Schemas, references_in
from connector_builder.sources.openapi3.security import Security
from connector_builder.sources.openapi3.servers import Address, Servers
from connector_builder.sources.openapi3.texts import first_paragraph, label, plain_text

Entries = dict[str, Any]
_OTHER_VERBS = ("trace", "query")
_UNUSUAL = ("head", "options")
_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_WORDS = re.compile(
    r"\b(?:REST(?:ful)? )?(?:API|Connector)s?\b(?: (?:reference|specification|documentation))?", re.IGNORECASE
)
_ROUTE = BY_ID["routerequesttoendpoint"]


class Found(NamedTuple):
    """An operation of the document, with the item of its path, and where both are."""

    path: str
    verb: str
    value: Entries
    at: Pointer
    item: Entries
    item_at: Pointer


def convert(parsed: Parsed, wishes: Wishes) -> Converted:
    """Returns a document of OpenAPI 3.0, 3.1 or 3.2 as Swagger and apiProperties, and what changes as findings."""
    return _Conversion(parsed, wishes).result()


def candidates(parsed: Parsed) -> list[Candidate]:
    """Returns the operations of a document that can be chosen; none if it isn't OpenAPI 3."""
    if not isinstance(parsed.data, dict):
        return []
    return _Conversion(parsed, ALL).candidates()


class _Conversion:
    """The conversion of one document."""

    def __init__(self, parsed: Parsed, wishes: Wishes) -> None:
        self.parsed = parsed
        self.wishes = wishes
        self.original = Original(parsed)
        self.schemas = Schemas(self.original)
        self.parameters = Parameters(self.schemas)
        self.bodies = Bodies(self.schemas)
        self.responses = Responses(self.schemas)
        self.policies: list[Entries] = []
        self._places: dict[str, str] = {}

    def result(self) -> Converted:
        data = self.parsed.data
        if not isinstance(data, dict) or not isinstance(data.get("paths", {}), dict):
            return self._refused((), "OpenAPI 3 is an object with 'paths'", None)
        found = list(self._found())
        names = self._ids(found)
        chosen = choose([self._candidate(one, name) for one, name in zip(found, names, strict=True)], self.wishes)
        if chosen.refused:
            return self._refused(("paths",) if "paths" in data else (), chosen.refused, chosen.cure)
        self._tell_left_out(found, names, chosen.indices)
        kept = [(found[index], names[index]) for index in chosen.indices]
        servers = Servers(self.original, self.wishes.server)
        paths = self._paths(kept, servers)
        frame = self._frame(servers.root, kept)
        definition = {**frame.definition, "paths": paths}
        definitions = self.schemas.finish()
        finish(paths, definitions, self.schemas.nullable, self.original)
        prune(paths, definitions, self.original)
        definitions = _used(paths, definitions)
        if definitions:
            definition["definitions"] = dict(sorted(definitions.items()))
        self._tags(definition, kept)
        self._tell_unused()
        frame.properties["properties"].setdefault("policyTemplateInstances", []).extend(self.policies)
        if not frame.properties["properties"]["policyTemplateInstances"]:
            del frame.properties["properties"]["policyTemplateInstances"]
        origins: dict[Pointer, Pointer] = {("info",): ("info",), **self.original.origins(definition)}
        properties = self.parsed.built(frame.properties, {})
        sampled = {
            at: self.responses.sampled[id(schema)]
            for at, schema in _schemas(paths)
            if id(schema) in self.responses.sampled
        }
        return Converted(self.parsed.built(definition, origins), properties, sampled, self.original.findings())

    def candidates(self) -> list[Candidate]:
        found = list(self._found())
        return [self._candidate(one, name) for one, name in zip(found, self._ids(found), strict=True)]

    def _refused(self, at: Pointer, message: str, cure: str | None) -> Converted:
        finding: Finding = NOT_IMPORTABLE.at(self.parsed.places([at])[at], message, help=cure)
        return Converted(Parsed(self.parsed.path), findings=[finding])

    # --- Operations

    def _found(self) -> Iterator[Found]:
        for path, value in mapping(self.parsed.data.get("paths")).items():
            item, item_at = self.original.place(value, ("paths", path))
            if item is ABSENT:
                self.original.tell(
                    losses.REFERENCE_NOT_FOUND,
                    ("paths", path),
                    f"this reference for '{path}' leads nowhere: it is left out",
                )
            if not isinstance(item, dict) or path.startswith("x-"):
                continue
            for verb in (*_OTHER_VERBS, "additionalOperations"):
                if verb in item:
                    self.original.tell(
                        losses.VERB_LEFT_OUT,
                        (*item_at, verb),
                        f"connectors can't send {verb.upper()}: this operation of '{path}' is left out",
                    )
            for verb in item:
                if verb in VERBS and isinstance(item[verb], dict):
                    yield Found(path, verb, item[verb], (*item_at, verb), item, item_at)
        for name in mapping(self.parsed.data.get("webhooks")):
            cure = "write the operation that subscribes as a trigger with 'webhook', or use a flow with 'When an HTTP request is received'"
            self.original.tell(
                losses.WEBHOOK_LEFT_OUT,
                ("webhooks", name),
                f"the document doesn't say how to subscribe to '{name}'",
                cure,
            )

    def _ids(self, found: list[Found]) -> list[str]:
        each = [
            Named(
                one.path, one.verb, given if isinstance(given := one.value.get("operationId"), str) else None, _tag(one)
            )
            for one in found
        ]
        names = operation_ids(each)
        for one, named, name in zip(found, each, names, strict=True):
            if named.given and named.given != name:
                self.original.tell(losses.ID_RENAMED, (*one.at, "operationId"), f"'{named.given}' becomes '{name}'")
            elif not named.given:
                self.original.tell(
                    losses.ID_MADE, one.at, f"{one.verb.upper()} {one.path} has no id: it becomes '{name}'"
                )
        return names

    @staticmethod
    def _candidate(one: Found, name: str) -> Candidate:
        tags = tuple(tag for tag in items(one.value.get("tags")) if isinstance(tag, str))
        return Candidate(one.verb, one.path, name, tags, _is_usual(one))

    def _tell_left_out(self, found: list[Found], names: list[str], chosen: list[int]) -> None:
        if self.wishes.include:
            return
        for index in sorted({*range(len(found))} - {*chosen}):
            one = found[index]
            why = (
                "is deprecated"
                if one.value.get("deprecated") is True
                else "answers by a stream"
                if _is_stream(one.value)
                else f"is {one.verb.upper()}"
            )
            if not _is_usual(one):
                self.original.tell(
                    losses.OPERATION_NOT_CHOSEN,
                    one.at,
                    f"'{names[index]}' {why}: it is left out",
                    f"take it by --include 'id:{names[index]}'",
                )

    def _paths(self, kept: list[tuple[Found, str]], servers: Servers) -> Entries:
        paths: Entries = {}
        for one, name in kept:
            path, constants = self._path(one, name, servers)
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
        return paths

    def _path(self, one: Found, name: str, servers: Servers) -> tuple[str, Entries]:
        """Returns the path of an operation in the connector, and the constant queries that are in it."""
        before, other = (
            servers.before(one.value, one.at) if "servers" in one.value else servers.before(one.item, one.item_at)
        )
        path = one.path.partition("#")[0]
        path, _, query = path.partition("?")
        path = f"/{path.lstrip('/')}"
        if path != one.path:
            self.original.tell(losses.PATH_CHANGED, one.item_at, f"the path '{one.path}' becomes '{path}'")
        constants = dict(part.partition("=")[::2] for part in query.split("&") if part)
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
        if said := first_paragraph(one.value.get("description")) or plain_text(one.item.get("description")):
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
        return said or operation_summary(name)

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
        for key in mapping(one.value.get("callbacks")):
            cure = "write it as a trigger: 'webhook' with the field for the address, and what arrives as 'notification'"
            self.original.tell(
                losses.CALLBACK_LEFT_OUT,
                (*one.at, "callbacks", key),
                f"'{name}' can call an address of its user: the connector doesn't",
                cure,
            )
        for status, response in mapping(one.value.get("responses")).items():
            found, at = self.original.place(response, (*one.at, "responses", status))
            for key in mapping(mapping(found).get("links")):
                self.original.tell(
                    losses.LINK_LEFT_OUT,
                    (*at, "links", key),
                    f"the link '{key}' isn't kept",
                    "let people pick a value by dynamicValues",
                )

    # --- The rest of the document

    def _frame(self, root: Address | None, kept: list[tuple[Found, str]]) -> "_Frame":
        """Returns what the compiler makes of the connector's title, server and sign-in."""
        auth, further = Security(self.original).auth([(one.value, one.at) for one, _ in kept])
        info = mapping(self.parsed.data.get("info"))
        title = self._title(info)
        connector: Entries = {"title": title, "server": _server(root)}
        connector["version"] = str(info.get("version") or "1.0")
        connector["description"] = (
            plain_text(info.get("description")) or plain_text(info.get("summary")) or f"{title.rstrip('.')}."
        )
        spec = {
            "connector": connector,
            "auth": auth,
            **{key: value for key, value in further.items() if value},
            "actions": {},
        }
        contents = {MAIN: write_yaml(_escaped(spec)).encode()}
        package = compile_folder(InMemory(Path("openapi3"), contents), MAIN, Variables()).package
        assert package is not None
        definition = {key: value for key, value in package.definition.items() if key != "paths"}
        definition["info"] |= _info(info)
        return _Frame(definition, package.properties)

    def _title(self, info: Entries) -> str:
        given = text(info.get("title"))
        title = label(_WORDS.sub(" ", given), TITLE.most or 30) or label(given, TITLE.most or 30) or "API"
        if given and title != given:
            self.original.tell(losses.TITLE_CHANGED, ("info", "title"), f"the title '{given[:100]}' becomes '{title}'")
        return title

    def _tags(self, definition: Entries, kept: list[tuple[Found, str]]) -> None:
        used = {tag for one, _ in kept for tag in items(one.value.get("tags")) if isinstance(tag, str)}
        tags: dict[str, Entries] = {}
        for index, one in enumerate(map(mapping, items(self.parsed.data.get("tags")))):
            name, said = one.get("name"), plain_text(one.get("description"))
            if isinstance(name, str) and name in used and said:
                tags.setdefault(name, self.original.made({"name": name, "description": said}, ("tags", index)))
        if tags:
            definition["tags"] = list(tags.values())
        docs = mapping(self.parsed.data.get("externalDocs"))
        if isinstance(docs.get("url"), str):
            said = plain_text(docs.get("description"))
            definition["externalDocs"] = {**({"description": said} if said else {}), "url": docs["url"]}

    def _tell_unused(self) -> None:
        for key in self.parsed.data:
            if key.startswith("x-") and not key.startswith("x-ms-"):
                self.original.tell(losses.EXTENSION_LEFT_OUT, (key,), f"'{key}' means nothing to the platform")


class _Frame(NamedTuple):
    definition: Entries
    properties: Entries


def _tag(one: Found) -> str:
    tags = items(one.value.get("tags"))
    return tags[0] if tags and isinstance(tags[0], str) else ""


def _is_stream(operation: Entries) -> bool:
    """Whether all answers with a content are streams."""
    contents = [
        media
        for response in mapping(operation.get("responses")).values()
        for media in mapping(mapping(response).get("content"))
    ]
    return (
        bool(contents)
        and any(base_type(str(media)) in STREAMS for media in contents)
        and not any(base_type(str(media)) == "application/json" for media in contents)
    )


def _is_usual(one: Found) -> bool:
    return one.verb not in _UNUSUAL and one.value.get("deprecated") is not True and not _is_stream(one.value)


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


def _schemas(paths: Entries) -> Iterator[tuple[Pointer, Entries]]:
    """Yields the schemas of answers with their pointers."""
    for one in operations({"paths": paths}):
        for status, response in one.value["responses"].items():
            if isinstance(response.get("schema"), dict):
                yield (*one.pointer, "responses", status, "schema"), response["schema"]


def _used(paths: Entries, definitions: Entries) -> Entries:
    """Returns the definitions that operations reach: what was cut may have been the only way to one."""
    found: Entries = {}
    waiting = list(references_in(paths))
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found[name] = definitions[name]
            waiting += references_in(definitions[name])
    return {name: one for name, one in definitions.items() if name in found}


def _server(root: Address | None) -> str:
    return f"{root.scheme}://{root.host}{root.path}" if root is not None else "https://api.contoso.example"


def _info(info: Entries) -> Entries:
    """Returns the contact, the licence and the terms of a document, as far as Swagger has them."""
    out: Entries = {}
    contact = {
        key: value
        for key, value in mapping(info.get("contact")).items()
        if key in ("name", "url", "email") and isinstance(value, str)
    }
    licence = {
        key: value
        for key, value in mapping(info.get("license")).items()
        if key in ("name", "url") and isinstance(value, str)
    }
    if contact:
        out["contact"] = contact
    if "name" in licence:
        out["license"] = licence
    if isinstance(info.get("termsOfService"), str):
        out["termsOfService"] = info["termsOfService"]
    return out


def _escaped(value: Any) -> Any:
    """Escapes texts, so that none contains a variable of a spec."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {key: _escaped(part) for key, part in value.items()}
    return [_escaped(part) for part in value] if isinstance(value, list) else value
