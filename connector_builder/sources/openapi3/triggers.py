"""Operations that subscribe to something: a callback whose address is a field of the body makes a trigger.

What a trigger requires: https://learn.microsoft.com/connectors/custom-connectors/create-webhook-trigger. The platform ends a
subscription by DELETE of the address in the `Location` header that answered it, which must be an operation of the connector.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.sources import losses
from connector_builder.sources.openapi3.bodies import chosen_media, is_json
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.shapes import One

Entries = dict[str, Any]
NOTIFICATION = "x-ms-notification-content"
_FIELD = re.compile(r"\{\$request\.body#/([^/{}]+)\}")
_CURE = "write it as a trigger: 'webhook' with the field for the address, and what arrives as 'notification'"


class _Callback(NamedTuple):
    """What calls an address: the expression for the address, and the operation, with its place."""

    expression: str
    operation: Any
    at: Pointer
    key: Pointer


class Request(NamedTuple):
    """The verb and the path of an operation, as the document has it."""

    verb: str
    path: str


class Triggers:
    """Makes triggers of the operations of one document. `deletes` are the paths of its DELETE operations that are kept."""

    def __init__(self, schemas: Schemas, deletes: Sequence[str]) -> None:
        self._schemas = schemas
        self._original = schemas.original
        self._deletes = deletes

    def notification(self, operation: Entries, value: Entries, at: Pointer, request: Request) -> Entries | None:
        """Turns an operation that subscribes into a trigger, in place. Returns what is sent to the flow; else None.

        A callback that makes no trigger is told, with what it lacks.
        """
        callbacks = list(self._callbacks(value, at))
        name = operation["operationId"]
        if not callbacks:
            return None
        why = self._reason_against(callbacks, operation, value, at, request)
        if why:
            for key in dict.fromkeys(one.key for one in callbacks):
                message = f"'{name}' can call an address of its user: the connector doesn't, because {why}"
                self._original.tell(losses.CALLBACK_LEFT_OUT, key, message, _CURE)
            return None
        [callback] = callbacks
        field = _field(callback.expression)
        message = f"'{name}' becomes a trigger: a flow gives its address in '{field}'"
        self._original.tell(losses.CALLBACK_AS_TRIGGER, callback.key, message)
        operation["x-ms-trigger"] = "single"
        self._mark(operation, value, at, field)
        return self._content(callback, name)

    def _callbacks(self, value: Entries, at: Pointer) -> Iterator[_Callback]:
        for key, given in mapping(value.get("callbacks")).items():
            place = (*at, "callbacks", key)
            found, found_at = self._original.place(given, place)
            expressions = (
                {}
                if not isinstance(found, dict)
                else {key: one for key, one in found.items() if not key.startswith("x-")}
            )
            for expression, item in expressions.items():
                inner, inner_at = self._original.place(item, (*found_at, expression))
                verbs = [verb for verb in VERBS if verb in mapping(inner)]
                yield _Callback(
                    expression, mapping(inner).get("post") if verbs == ["post"] else None, (*inner_at, "post"), place
                )
            if not expressions:
                yield _Callback("", None, place, place)

    def _reason_against(
        self, callbacks: Sequence[_Callback], operation: Entries, value: Entries, at: Pointer, request: Request
    ) -> str:
        """Returns why an operation can't be a trigger; empty if it can."""
        callback, *others = callbacks
        field = _field(callback.expression)
        if others:
            return "it has several callbacks"
        if not field:
            return "the address isn't a field of the body"
        if not isinstance(callback.operation, dict) or request.verb != "post":
            return "the subscription and the call aren't both POST"
        body = self._body(operation, value, at)
        shape = None if body is None else self._schemas.shape(body[1])
        known = None if shape is None else shape.properties.get(field)
        if known is None or self._schemas.shape(known).kind != "string":
            return f"the body has no text '{field}'"
        if not self._has_location(value, at):
            return "no answer has a 'Location' header, by which the platform ends a subscription"
        if not any(one.startswith(f"{request.path.rstrip('/')}/{{") for one in self._deletes):
            return f"no DELETE below '{request.path}' is imported, by which the platform ends a subscription"
        return ""

    def _body(self, operation: Entries, value: Entries, at: Pointer) -> tuple[Entries, One] | None:
        """Returns the parameter for a JSON body, and its schema in the document."""
        parameter = next((one for one in items(operation.get("parameters")) if one.get("in") == "body"), None)
        body, place = self._original.place(value.get("requestBody"), (*at, "requestBody"))
        part = self._schema(body, place)
        return None if parameter is None or part is None else (parameter, part)

    def _schema(self, body: Any, at: Pointer) -> One | None:
        """Returns the schema of the JSON that a body has; None if it has none."""
        content = mapping(mapping(body).get("content"))
        media = chosen_media(content)
        if media is None or not is_json(media):
            return None
        described, place = self._original.place(content[media], (*at, "content", media))
        return One(mapping(described).get("schema", {}), (*place, "schema"))

    def _has_location(self, value: Entries, at: Pointer) -> bool:
        for status, response in mapping(value.get("responses")).items():
            found, _ = self._original.place(response, (*at, "responses", status))
            names = (str(name).lower() for name in mapping(mapping(found).get("headers")))
            if str(status).startswith("2") and "location" in names:
                return True
        return False

    def _mark(self, operation: Entries, value: Entries, at: Pointer, field: str) -> None:
        """Marks the field for the address. The body gets a schema of its own, so that answers aren't changed."""
        body = self._body(operation, value, at)
        assert body is not None
        parameter, part = body
        schema = self._schemas.inline(part, f"{operation['operationId']}Request")
        marked = schema["properties"][field]
        marked.pop("x-ms-summary", None)
        marked |= {"x-ms-visibility": "internal", "x-ms-notification-url": True}
        required = schema.get("required", [])
        schema["required"] = required if field in required else [*required, field]
        parameter |= {"required": True, "schema": schema}

    def _content(self, callback: _Callback, name: str) -> Entries:
        body, at = self._original.place(mapping(callback.operation).get("requestBody"), (*callback.at, "requestBody"))
        part = self._schema(body, at)
        schema = None if part is None else self._schemas.written(part, f"{name}Notification")
        out = self._original.made(Entries(), at)
        if said := self._original.text(mapping(body).get("description"), (*at, "description")):
            out["description"] = said
        out["schema"] = schema or {"type": "object"}
        return out


def _field(expression: str) -> str:
    """Returns the field of the body that a callback takes its address from; empty if it takes it from elsewhere."""
    match = _FIELD.fullmatch(expression.strip())
    return "" if match is None else match[1].replace("~1", "/").replace("~0", "~")
