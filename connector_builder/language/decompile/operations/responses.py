"""Makes the responses of an operation: the success response, and the others in their shortest form."""

from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.entries import ordered, shortened
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.schemas.bodies import around
from connector_builder.language.decompile.schemas.schemas import schema_form, value_entries
from connector_builder.language.decompile.words import friendly, leave_out_type
from connector_builder.language.derived import response_description, shared_status
from connector_builder.language.tables.operations import OF_RESPONSE
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.sugar import HEADER, RESPONSE
from connector_builder.platform.data.differences import same
from connector_builder.platform.swagger.references import name_in
from connector_builder.source.yaml_writer import flow

_OF_NOTIFICATION = ("description", "schema", "headers", "examples")
"""The keys that a notification shares with a response, besides extensions."""


def response_entries(style: Style, swagger: Any) -> Entries:
    """Returns `response` and `responses` of an operation. Raises Unsayable."""
    if not isinstance(swagger, dict):
        raise Unsayable("responses")
    out: Entries = {}
    success = _success(swagger)
    others = {status: value for status, value in swagger.items() if status != success}
    said = {status: _other(style, status, value) for status, value in others.items()}
    if success is not None:
        form = _response(style, success, swagger[success], named=success)
        simple = form is None or (isinstance(form, dict) and form.keys() <= {"description", "status"})
        if simple and not (success == "200" and form is None):
            said = {success: _other(style, success, swagger[success]), **said}
        elif form is not None:
            out["response"] = form
        elif any(status.startswith("2") for status in said):
            said = {success: {}, **said}
    elif not any(status.startswith("2") for status in said):
        out["response"] = None
    listed = _listed(style, said, swagger)
    if listed is not None:
        out["responses"] = listed
    return out


def _success(swagger: Entries) -> str | None:
    """Returns the status of `response`: 200, else the first other status that means success."""
    if "200" in swagger:
        return "200"
    return next((status for status in sorted(swagger) if status.startswith("2") and status in PHRASES), None)


def _listed(style: Style, said: Entries, swagger: Entries) -> Any:
    """Returns `responses`: the other responses by status, and the common ones that are left out; None for neither."""
    left: Entries = {}
    for status, form in said.items():
        if form != {} or status not in style.common:
            left[status] = form
    for status in style.common:
        if status not in swagger:
            left[status] = None
    if not left:
        return None
    bare = [status for status, form in left.items() if form == {}]
    if not bare or None in left.values():
        return left
    rest = {status: form for status, form in left.items() if form != {}}
    items: list[Any] = [_number(status) for status in bare]
    if rest:
        items.append(rest)
    return items if not rest or len(flow(items)) <= _ROOM else left


_ROOM = 100
"""The most characters of a list of statuses and texts; a longer list is easier to read by status."""


def _number(status: str) -> int | str:
    return int(status) if status.isdigit() and not status.startswith("0") else status


def _other(style: Style, status: str, swagger: Any) -> Any:
    """Returns a response under `responses`: {} if its status is enough, its description as a text, or a mapping."""
    if status.startswith("x-"):
        return swagger
    form = _response(style, status, swagger)
    if form is None:
        return {}
    if isinstance(form, dict):
        if form.keys() == {"description"} and isinstance(form["description"], str):
            return form["description"]
        return form
    return {"schema": form}


def _response(style: Style, status: str, swagger: Any, named: str = "200") -> Any:
    """Returns the keys of a response that its status doesn't imply, or None.

    `named` is the status of a success response.
    """
    if not isinstance(swagger, dict):
        raise Unsayable("responses")
    default = style.responses.get(status)
    default = {"description": default} if isinstance(default, str) else default or {}
    if "$ref" in swagger:
        form: Any = _reference(style, swagger)
        if form == default:
            return None
        return {"status": int(named), **form} if named != "200" else form
    own: Entries = {"status": int(named)} if named != "200" else {}
    alike = style.alike.get(status, {})
    own.update(_own(style, swagger, response_description(status, default.get("description")), alike))
    return _with_schema(style, alike, own, swagger.get("schema"), has="schema" in swagger)


def default_responses(style: Style) -> Entries:
    """Returns `defaults.responses`. Removes parts of `style.alike` that can't be expressed, and their statuses."""
    said = dict(style.responses)
    for status, swagger in list(style.alike.items()):
        try:
            form = _own(style, {"description": "", **swagger}, "")
            if "schema" in swagger:  # always under its own key, so that an operation can replace it
                form["schema"] = schema_form(style, swagger["schema"])
        except Unsayable:
            del style.alike[status]
            continue
        said[status] = {"description": said[status], **form} if status in said else form
    return {status: said[status] for status in sorted(said)}


def _own(style: Style, swagger: Entries, said: str, alike: Entries | None = None) -> Entries:
    """Returns the keys of a response without its schema; `said` is the derived description. Raises Unsayable.

    `alike` contains the parts in the defaults for a response of its status.
    """
    own: Entries = {}
    alike = alike or {}
    if "description" not in swagger:
        own["description"] = None
    if "headers" in alike and "headers" not in swagger:
        own["headers"] = None
    for key, value in swagger.items():
        if (
            key == "schema"
            or (key == "description" and value == said)
            or (key in alike and same(value, alike[key], in_order=True))
        ):
            continue
        if key == "description" and isinstance(value, str):
            own[key] = value
        elif key == "headers":
            own["headers"] = {name: _header(style, part) for name, part in _mapping(value).items()}
        elif key == "examples":
            own["examples"] = value
        else:
            name, item = friendly(RESPONSE, key, value)
            own[name] = item
    return own


def notification_form(style: Style, content: Any) -> Any:
    """Returns the notification of a webhook: like a response, but no description is derived. Raises Unsayable.

    What `notification_rest` returns isn't part of it.
    """
    if not isinstance(content, dict) or "$ref" in content or "schema" not in content:
        raise Unsayable("notification")
    rest = notification_rest(content)
    said = {key: value for key, value in content.items() if key not in rest}
    texts = {"description": said.pop("description")} if "description" in said else {}
    own = _own(style, {**said, "description": ""}, "")
    return around(schema_form(style, content["schema"]), {**texts, **own}, OF_RESPONSE)


def notification_rest(content: Entries) -> Entries:
    """Returns the keys of a notification that a response lacks, such as `title`: `paths` has them in plain Swagger."""
    return {
        key: value
        for key, value in content.items()
        if not (key.startswith("x-") or (key in _OF_NOTIFICATION and (key != "description" or isinstance(value, str))))
    }


def _with_schema(style: Style, alike: Entries, own: Entries, schema: Any, *, has: bool) -> Any:
    inherited = "schema" in alike
    if inherited and has and same(schema, alike["schema"], in_order=True):
        return own or None
    if not has:
        if inherited:
            own["schema"] = None
        return own or None
    form = schema_form(style, schema)
    return {**own, "schema": form} if inherited else around(form, own, OF_RESPONSE)


def _mapping(value: Any) -> Entries:
    if not isinstance(value, dict):
        raise Unsayable("headers")
    return value


def _reference(style: Style, swagger: Entries) -> Entries:
    """Returns a shared response: `{$ref: Key}`."""
    target = swagger["$ref"]
    if len(swagger) > 1 or not isinstance(target, str) or not target.startswith("#/"):
        raise Unsayable("$ref")
    name = name_in("responses", target)
    return {"$ref": name if name in style.shared_responses else target}


def _header(style: Style, swagger: Any) -> Any:
    """Returns a header of a response: a type is derived, a label isn't. Raises Unsayable."""
    entries = value_entries(style, HEADER, _mapping(swagger))
    if entries.keys() != {"type"}:  # otherwise the form is a word
        leave_out_type(entries, swagger)
    return shortened(ordered(entries))


def shared_response(style: Style, key: str, swagger: Any) -> Any:
    """Returns a response that Swagger shares."""
    form = _other(style, shared_status(key), swagger)
    return form if form != {} else {"description": response_description(shared_status(key))}
