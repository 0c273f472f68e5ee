"""Converts an OpenAPI 3 document: its operations, the schemas that they reach, its server, and how people sign in."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Finding, Pointer
from connector_builder.language.decompile.rules import NOT_IMPORTABLE
from connector_builder.platform.data.plain import ABSENT, items, mapping
from connector_builder.platform.swagger.extensions import BY_NAME, extensions_of
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.platform.swagger.operations import operations as operations_of_all
from connector_builder.platform.swagger.references import name_in, references_in
from connector_builder.sources import losses
from connector_builder.sources.choosing import ALL, Candidate, Wishes, choose
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.names import Named, operation_ids
from connector_builder.sources.openapi3.bodies import STREAMS, base_type
from connector_builder.sources.openapi3.bundle import FILES
from connector_builder.sources.openapi3.finishing import finish
from connector_builder.sources.openapi3.frame import frame_of, is_complete
from connector_builder.sources.openapi3.operations import Found, Operations
from connector_builder.sources.openapi3.pruning import prune
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.servers import Servers
from connector_builder.sources.origin import Original, TooMuch

Entries = dict[str, Any]
_OTHER_VERBS = ("trace", "query")
_UNUSUAL = ("head", "options")
_VERSIONS = ("3.0", "3.1", "3.2")
_OF_DOCUMENTS = frozenset(name for name in extensions_of("document") if not BY_NAME[name].ignored)


def convert(parsed: Parsed, wishes: Wishes) -> Converted:
    """Returns a document of OpenAPI 3.0, 3.1 or 3.2 as Swagger and apiProperties, and what changes as findings."""
    conversion = _Conversion(parsed, wishes)
    try:
        return conversion.result()
    except TooMuch as reason:
        return conversion.refused((), str(reason), "choose fewer operations by --include")


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

    def result(self) -> Converted:
        data = self.parsed.data
        if not isinstance(data, dict) or not isinstance(data.get("paths", {}), dict):
            return self.refused((), "OpenAPI 3 is an object with 'paths'", None)
        self._check_version()
        found = list(self._found())
        names = self._ids(found)
        chosen = choose([self._candidate(one, name) for one, name in zip(found, names, strict=True)], self.wishes)
        if chosen.refused:
            return self.refused(("paths",) if "paths" in data else (), chosen.refused, chosen.cure)
        self._tell_left_out(found, names, chosen.indices)
        kept = [(found[index], names[index]) for index in chosen.indices]
        servers = Servers(self.original, self.wishes.server, self.wishes.origin)
        operations = Operations(self.schemas, servers)
        paths = operations.paths(kept)
        frame = frame_of(self.original, servers, [(one.value, one.at) for one, _ in kept])
        definition = {**frame.definition, "paths": paths}
        definitions = self.schemas.finish()
        finish(paths, definitions, self.schemas.nullable, self.schemas.only_sent, self.original)
        prune(paths, definitions, self.original)
        definitions = _used(paths, definitions)
        if definitions:
            definition["definitions"] = dict(sorted(definitions.items()))
        self._tags(definition, kept)
        self._extensions(definition)
        if operations.policies:
            frame.properties["properties"].setdefault("policyTemplateInstances", []).extend(operations.policies)
        origins: dict[Pointer, Pointer] = {("info",): ("info",), **self.original.origins(definition)}
        properties = self.parsed.built(frame.properties, {})
        sampled = {
            at: operations.examples.sampled[id(schema)]
            for at, schema in _schemas(paths)
            if id(schema) in operations.examples.sampled
        }
        return Converted(self.parsed.built(definition, origins), properties, sampled, self.original.findings())

    def _check_version(self) -> None:
        said = str(self.parsed.data.get("openapi", ""))
        if not said.startswith(_VERSIONS):
            message = f"OpenAPI {said[:20]} isn't known: it is read as 3.2"
            self.original.tell(losses.VERSION_UNKNOWN, ("openapi",), message)

    def candidates(self) -> list[Candidate]:
        found = list(self._found())
        return [self._candidate(one, name) for one, name in zip(found, self._ids(found), strict=True)]

    def refused(self, at: Pointer, message: str, cure: str | None) -> Converted:
        """Returns the result for a document that isn't converted."""
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
            yield from self._of_item(path, item, item_at)
        for name in mapping(self.parsed.data.get("webhooks")):
            cure = "write the operation that subscribes as a trigger with 'webhook', or use a flow with 'When an HTTP request is received'"
            self.original.tell(
                losses.WEBHOOK_LEFT_OUT,
                ("webhooks", name),
                f"the document doesn't say how to subscribe to '{name}'",
                cure,
            )

    def _of_item(self, path: str, item: Entries, item_at: Pointer) -> Iterator[Found]:
        """Yields the operations of a path. One may be a reference: documents of many files are written so."""
        for verb in item:
            if verb not in VERBS or not isinstance(item[verb], dict):
                continue
            operation, at = self.original.place(item[verb], (*item_at, verb))
            if isinstance(operation, dict):
                yield Found(path, verb, operation, at, item, item_at)
            else:
                self.original.tell(
                    losses.REFERENCE_NOT_FOUND,
                    (*item_at, verb),
                    f"this reference for {verb.upper()} '{path}' leads nowhere: it is left out",
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
            if self.wishes.only is not None and (one.verb, one.path) not in self.wishes.only:
                continue
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

    def _tags(self, definition: Entries, kept: list[tuple[Found, str]]) -> None:
        used = {tag for one, _ in kept for tag in items(one.value.get("tags")) if isinstance(tag, str)}
        tags: dict[str, Entries] = {}
        for index, one in enumerate(map(mapping, items(self.parsed.data.get("tags")))):
            name = one.get("name")
            if not isinstance(name, str) or name not in used:
                continue
            if said := self.original.text(one.get("description"), ("tags", index, "description")):
                tags.setdefault(name, self.original.made({"name": name, "description": said}, ("tags", index)))
        if tags:
            definition["tags"] = list(tags.values())
        docs = mapping(self.parsed.data.get("externalDocs"))
        url = docs.get("url")
        if isinstance(url, str) and is_complete(self.original, "url", url, ("externalDocs", "url")):
            said = self.original.text(docs.get("description"), ("externalDocs", "description"))
            definition["externalDocs"] = {**({"description": said} if said else {}), "url": url}

    def _extensions(self, definition: Entries) -> None:
        """Keeps the extensions of the document that the platform knows, and notes the others."""
        data = self.parsed.data
        definition |= {key: value for key, value in data.items() if key in _OF_DOCUMENTS}
        self.original.extensions(data, (), (FILES, *_OF_DOCUMENTS))
        self.original.extensions(mapping(data.get("info")), ("info",))


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


def _schemas(paths: Entries) -> Iterator[tuple[Pointer, Entries]]:
    """Yields the schemas of bodies and answers with their pointers."""
    for one in operations_of_all({"paths": paths}):
        for index, parameter in enumerate(one.value.get("parameters", ())):
            if isinstance(parameter.get("schema"), dict):
                yield (*one.pointer, "parameters", index, "schema"), parameter["schema"]
        for status, response in one.value["responses"].items():
            if isinstance(response.get("schema"), dict):
                yield (*one.pointer, "responses", status, "schema"), response["schema"]


def _used(paths: Entries, definitions: Entries) -> Entries:
    """Returns the definitions that operations reach: what was cut may have been the only way to one."""
    found: Entries = {}
    waiting = [*references_in(paths)]
    while waiting:
        name = name_in("definitions", waiting.pop())
        if name is not None and name not in found and name in definitions:
            found[name] = definitions[name]
            waiting += references_in(definitions[name])
    return {name: one for name, one in definitions.items() if name in found}
