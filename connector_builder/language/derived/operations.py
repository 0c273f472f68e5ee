"""Derives parts of operations: `required`, encoding and order of parameters, bodies, media types, responses."""

from collections.abc import Iterable
from typing import Any

from connector_builder.language.derived.conventions import Conventions
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.platform.swagger.media_types import JSON


def parameter_required(conventions: Conventions, place: Any, *, marked: bool) -> bool | None:
    """Derives `required` of a parameter; None if it isn't written.

    `marked` is True for a `!` in the request line, and for a constant.
    """
    if marked or place == "path":
        return True
    return None if conventions.optional_absent else False


def shared_key(name: str, said: Any) -> str | None:
    """Returns the key by which Swagger shares a parameter: what a template says, or for `true` the parameter's name.

    `name` is that of the template, such as `$top` or `$top in query`.
    """
    key = name.partition(" in ")[0] if said is True else said
    return key if isinstance(key, str) and key else None


PLACES = {"path": "path", "query": "query", "header": "header", "form": "formData", "body": "body"}
"""Swagger's places of parameters by the words of `defaults.parameterOrder`, in the usual order."""


def place_rank(conventions: Conventions, place: Any) -> int:
    """Returns the rank of a place in `defaults.parameterOrder`; parameters of equal rank keep their order.

    Without that default all are equal. Places that it doesn't name come last, as they usually follow each other.
    """
    named = [PLACES[word] for word in conventions.parameter_order]
    if not named:
        return 0
    listed = [*named, *(one for one in PLACES.values() if one not in named)]
    return listed.index(place) if place in listed else len(listed)


def url_encoding(conventions: Conventions, place: Any) -> str | None:
    """Derives `x-ms-url-encoding` of a parameter; None if it isn't written."""
    return conventions.url_encoding if place == "path" else None


def body_required(conventions: Conventions) -> bool | None:
    """Derives `required` of a body; None if it isn't written."""
    return None if conventions.body_required is False and conventions.optional_absent else conventions.body_required


def media_types(conventions: Conventions, key: str) -> list[str]:
    """Returns the `consumes` or the `produces` of a connector; [] if nothing is written."""
    return [JSON] if conventions.media_types in ("json", key) else []


def operation_media_types(conventions: Conventions, operation: dict[str, Any]) -> dict[str, list[str]]:
    """Derives the `consumes` and `produces` of an operation of Swagger if each operation has its own.

    They are JSON for a body that isn't shared, and for a success response with a schema that isn't a file. With
    `bodies`, only those for bodies are derived.
    """
    if conventions.media_types not in ("operations", "bodies"):
        return {}
    listed, responses = operation.get("parameters"), operation.get("responses")
    derived = {}
    if isinstance(listed, list) and any(isinstance(one, dict) and one.get("in") == "body" for one in listed):
        derived["consumes"] = [JSON]
    if conventions.media_types == "bodies":
        return derived
    if isinstance(responses, dict) and any(_is_json(str(key), one) for key, one in responses.items()):
        derived["produces"] = [JSON]
    return derived


def _is_json(status: str, response: Any) -> bool:
    schema = response.get("schema") if status.startswith("2") and isinstance(response, dict) else None
    return isinstance(schema, dict) and schema.get("type") != "file" and schema.get("format") != "binary"


def form_media_types(kinds: Iterable[Any]) -> list[str]:
    """Derives the `consumes` of an operation with fields under `form` from the types of its parameters."""
    return ["multipart/form-data" if "file" in kinds else "application/x-www-form-urlencoded"]


def response_description(status: str, said: Any = None) -> str:
    """Derives the description of a response; `said` is the text that `defaults.responses` has for its status."""
    return said if isinstance(said, str) else PHRASES.get(status, f"Status {status}")


def shared_status(key: str) -> str:
    """Returns the status that the key of a shared response means."""
    return key if key in PHRASES else "200"


PAGE_ITEMS, PAGE_LINK = "value", "@odata.nextLink"
"""The fields of a page of OData: its items, and the address of the next page."""


PAGE_LINK_TYPE = "uri"
