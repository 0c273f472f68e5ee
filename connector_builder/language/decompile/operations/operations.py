"""Makes the form of an operation: a request line, and the keys that aren't derived from it."""

from collections import Counter
from typing import Any

from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.callbacks import webhook_of
from connector_builder.language.decompile.operations.derived_overrides import said_over
from connector_builder.language.decompile.operations.parameter_entries import Use, parameter_form
from connector_builder.language.decompile.operations.parameters import (
    Around,
    Parameters,
    order_of_parameters,
    read_parameters,
)
from connector_builder.language.decompile.operations.request_lines import path_names, request_entries
from connector_builder.language.decompile.operations.responses import response_entries
from connector_builder.language.decompile.schemas.bodies import body_form
from connector_builder.language.decompile.words import fits, friendly
from connector_builder.language.derived import (
    PAGE_ITEMS,
    PAGE_LINK,
    PAGE_LINK_TYPE,
    TRIGGERS,
    form_media_types,
    is_description,
    operation_description,
    operation_media_types,
    operation_summary,
    polling_metadata,
)
from connector_builder.language.tables.operations import AS_SWAGGER, LISTS, OF_EVERY, OPERATION_KEYS
from connector_builder.language.tables.sugar import OPERATION
from connector_builder.platform.data.differences import same
from connector_builder.source.yaml_writer import Block

_ORDER = (
    "request", "operationId", "summary", "description", "visibility", "deprecated", "tags", "trigger", "triggerHint",
    "consumes", "produces", "query", "parameters", "headers", "form", "body", "order", "pageable", "response", "responses", "webhook", "polling",
)  # fmt: skip


def operation_form(style: Style, name: str, path: str, verb: str, swagger: Entries, around: Around) -> Any:
    """Returns an operation in its shortest form: only its request line if that is enough. Raises Unsayable."""
    swagger, webhook = webhook_of(style, swagger, around.notification, around.definition)
    path_names(path)
    listed = swagger.get("parameters", [])
    if not isinstance(listed, list) or "responses" not in swagger:
        raise Unsayable("operation")
    plain = style.plain or ("parameters" in swagger and not listed and "parameters" not in style.operation)
    read = Parameters(plain=listed) if plain else around.read or read_parameters(style, path, swagger, around)
    entries = request_entries(verb, path, read.uses)
    entries.update(_texts(style, name, swagger))
    _rest(style, swagger, entries, path, body=read.body is not None)
    _parameters(style, swagger, read, entries)
    entries.update(response_entries(style, swagger["responses"]))
    _page(entries)
    _trigger(swagger, entries, webhook, around.polling)
    if entries.keys() == {"request"}:
        return entries["request"]
    return Block({key: entries[key] for key in sorted(entries, key=_rank)})


def _rank(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


def _texts(style: Style, name: str, swagger: Entries) -> Entries:
    entries: Entries = {}
    if swagger.get("operationId") != name:
        entries["operationId"] = _text(swagger, "operationId")
    if "summary" not in swagger:
        entries["summary"] = None
    elif swagger["summary"] != operation_summary(style.defaults, name):
        entries["summary"] = _text(swagger, "summary")
    if "description" not in swagger and operation_description(style.defaults, swagger.get("summary")) is not None:
        entries["description"] = None
    return entries


def _text(swagger: Entries, key: str) -> str | None:
    value = swagger.get(key)
    if key in swagger and not isinstance(value, str):
        raise Unsayable(key)
    return value


def _rest(style: Style, swagger: Entries, entries: Entries, path: str, *, body: bool) -> None:
    """Writes the other keys, without those that every operation has; `body` says that the operation has a body."""
    derived = {**operation_media_types(style.defaults, swagger), **style.operation}
    if style.path_tags is not None:
        derived["tags"] = style.path_tags.of(path)
    for key in LISTS:
        default = derived.get(key)
        if key == "consumes" and body and style.defaults.body_consumes is not None:
            default = style.defaults.body_consumes.value
        if key in swagger and swagger[key] != default:
            if not fits(OPERATION_KEYS[key].form, swagger[key]):
                raise Unsayable(key)
            entries[key] = swagger[key]
        elif key not in swagger and default is not None:
            entries[key] = None
    _others(style, swagger, entries)


def _others(style: Style, swagger: Entries, entries: Entries) -> None:
    common = {OF_EVERY[key]: value for key, value in style.operation.items() if key in OF_EVERY}
    for key, value in swagger.items():
        if key in ("operationId", "summary", "parameters", "responses", *LISTS):
            continue
        if key == "description" and value == operation_description(style.defaults, swagger.get("summary")):
            continue
        if key not in common or not same(common[key], value, in_order=True):
            said, item = _said(key, value)
            entries[said] = item
    for key, extension in OF_EVERY.items():
        if extension in common and extension not in swagger:
            entries[key] = None


def _said(key: str, value: Any) -> tuple[str, Any]:
    """Returns one of the other keys in the language's form. Raises Unsayable."""
    match key, value:
        case "x-ms-pageable", {"nextLinkName": str(name), **rest} if name and not rest:
            return "pageable", name
    if key not in OPERATION_KEYS or key.startswith("x-"):
        return friendly(OPERATION, key, value)
    if key not in AS_SWAGGER or not fits(OPERATION_KEYS[key].form, value):
        raise Unsayable(key)
    return key, value


def _parameters(style: Style, swagger: Entries, read: Parameters, entries: Entries) -> None:
    if read.plain is not None:
        if "parameters" in swagger:
            entries["parameters"] = read.plain
        elif "parameters" in style.operation:
            entries["parameters"] = None
        return
    if "parameters" in style.operation and "parameters" not in swagger:
        entries["parameters"] = None
    said: Entries = {}
    derived = form_media_types(use.swagger.get("type") for use in read.uses)
    has_form = any(use.place == "form" for use in read.uses)
    if has_form and "consumes" not in style.operation and entries.get("consumes") == derived:
        del entries["consumes"]
    times = Counter(use.name for use in read.uses)
    for use in read.uses:
        _parameter(style, use, times[use.name] > 1, entries, said)
    if said:
        entries["parameters"] = said if len(said) == 1 else Block(said)
    body = [one for one in swagger.get("parameters", ()) if isinstance(one, dict) and one.get("in") == "body"]
    if body:
        entries["body"] = body_form(style, body[0])
    _common_headers(style, read, entries)
    order = order_of_parameters(style, read, list(style.headers))
    if order:
        entries["order"] = order


def _common_headers(style: Style, read: Parameters, entries: Entries) -> None:
    """Leaves out the headers that every operation has, and names those that this operation lacks."""
    headers = entries.get("headers", {})
    there = {use.name for use in read.uses if use.place == "header"}
    for name, (written, value) in style.headers.items():
        if name not in there:
            headers[name] = None
        elif written in headers and same(headers[written], value, in_order=True):
            del headers[written]
    if headers:
        entries["headers"] = headers
    else:
        entries.pop("headers", None)


def _parameter(style: Style, use: Use, twice: bool, entries: Entries, said: Entries) -> None:
    """Writes a parameter under the key for its place, without the keys in the top level's template."""
    place = "formData" if use.place == "form" else use.swagger["in"]
    key = f"{use.name} in {place}" if twice else use.name
    own = said_over(style, use)
    if use.place == "other":
        if "$ref" in own:
            said[key] = own
            return
        own = {**own, "in": place} if not twice else {k: v for k, v in own.items() if k != "in"}
        said[key] = parameter_form(own) if own else {}
        return
    if use.place == "header":
        headers = entries.setdefault("headers", {})
        if use.constant is not None:
            headers[use.name] = use.constant
            if own:
                said[key] = parameter_form(own)
        else:
            headers[use.name + "!" * use.required] = own
        return
    query = entries.get("query")
    if use.place == "form" or (use.place == "query" and isinstance(query, dict) and use.constant is None):
        form = entries.setdefault(use.place, {})
        plain: Any = {} if use.name in style.parameters else "string"
        form[use.name + "!" * use.required] = parameter_form(own) if own else plain
        return
    if own:
        said[key] = parameter_form(own)


def _page(entries: Entries) -> None:
    """Replaces the fields of a page of OData with `page`."""
    match entries.get("response"), entries.get("pageable"):
        case {"fields": fields, **rest}, name if name == PAGE_LINK and list(fields) == [f"{PAGE_ITEMS}[]", PAGE_LINK]:
            item, link = fields.values()
            if link == PAGE_LINK_TYPE and isinstance(item, str) and not is_description(item):
                entries["response"] = {**rest, "page": item}
                del entries["pageable"]


def _trigger(swagger: Entries, entries: Entries, webhook: Entries | None, polling: Any) -> None:
    """Writes the key that makes a trigger, as one word if there is one."""
    word = swagger.get("x-ms-trigger")
    if webhook is not None:
        entries["webhook"] = webhook
        if word == TRIGGERS["webhook"]:
            entries.pop("trigger", None)
    elif word == TRIGGERS["polling"] and swagger.get("x-ms-trigger-metadata") == polling_metadata():
        entries["polling"] = polling if polling is not None else True
        entries.pop("trigger", None)
        entries.pop("triggerMetadata", None)
