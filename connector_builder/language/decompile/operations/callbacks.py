"""Finds webhooks: the field that receives the callback address, and the notification that the service sends."""

from contextlib import suppress
from typing import Any

from connector_builder.language.compile.operations.triggers import CALLBACK
from connector_builder.language.compile.schemas.field_paths import Step, write_field_path
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.responses import notification_form
from connector_builder.language.derived import is_hidden
from connector_builder.platform.swagger.references import resolve

MAX_DEPTH = 20
"""The most levels to search for the field that receives the address."""


def webhook_of(style: Style, swagger: Entries, content: Any, definition: Entries) -> tuple[Entries, Entries | None]:
    """Returns the operation without the parts that `webhook` makes, and the webhook; None if it isn't one."""
    if "x-ms-trigger" not in swagger and content is None:
        return swagger, None
    listed = swagger.get("parameters")
    bodies = [one for one in (listed if isinstance(listed, list) else ()) if _is_body(one)]
    path = _path(bodies[0]["schema"], definition, 0, set()) if bodies else None
    if path is None and content is None:
        return swagger, None
    webhook: Entries = {} if path is None else {"callback": write_field_path(tuple(Step(name) for name in path))}
    if content is not None:
        with suppress(Unsayable):  # then it stays under `paths`
            webhook["notification"] = notification_form(style, content)
    if path is None or not isinstance(listed, list):
        return swagger, webhook or None
    schema = bodies[0]["schema"]
    if not style.plain:
        schema = _without_marks(style, schema, path)
    parameters = [{**one, "schema": schema} if one is bodies[0] else one for one in listed]
    return {**swagger, "parameters": parameters}, webhook


def _is_body(one: Any) -> bool:
    return isinstance(one, dict) and one.get("in") == "body" and isinstance(one.get("schema"), dict)


def _path(schema: Any, definition: Entries, depth: int, seen: set[int]) -> list[str] | None:
    """Returns the names that lead to the marked field if all of them are required; else None.

    Schemas in `seen` don't contain it: schemas that refer to each other have more ways through them than a search can
    follow. This isn't `walk`, because `callback` is a path of names that leads only through properties.
    """
    schema = resolve(definition, schema)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict) or depth > MAX_DEPTH or id(schema) in seen:
        return None
    seen.add(id(schema))
    required = _names(schema.get("required"))
    for name, part in properties.items():
        if not isinstance(part, dict) or not name or name not in required:
            continue
        marked = part.get(CALLBACK) is True and part.get("type") == "string" and "x-ms-visibility" in part
        below = [] if marked else _path(part, definition, depth + 1, seen)
        if below is not None:
            return [name, *below]
    return None


def _names(required: Any) -> set[str]:
    return {one for one in required if isinstance(one, str)} if isinstance(required, list) else set()


def _without_marks(style: Style, schema: Entries, path: list[str]) -> Entries:
    """Copies a schema without the marks of the field: `callback` marks it, hides it, and makes it required."""
    if "$ref" in schema:
        return schema
    name, below = path[0], path[1:]
    properties = schema["properties"]
    part = dict(properties[name]) if not below else _without_marks(style, properties[name], below)
    if not below:
        del part[CALLBACK]
        if is_hidden(part):
            del part["x-ms-visibility"]
            style.callbacks[id(part)] = part
    copy = {**schema, "properties": {**properties, name: part}}
    listed = _names(schema["required"])
    required = [one for one in properties if one in listed]
    if required == schema["required"]:
        left = [one for one in required if one != name]
        copy["required"] = left
        if not left:
            del copy["required"]
    return copy
