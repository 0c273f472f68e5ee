"""Answers: the one that makers see gets its schema, the others keep their descriptions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.language.derived import response_description
from connector_builder.platform.data.plain import ABSENT, mapping
from connector_builder.platform.swagger.media_types import is_binary
from connector_builder.sources import losses
from connector_builder.sources.openapi3.bodies import STREAMS, base_type, chosen_media, is_json, read_media
from connector_builder.sources.openapi3.examples import Examples
from connector_builder.sources.openapi3.schemas import Schemas
from connector_builder.sources.openapi3.shapes import One

Entries = dict[str, Any]
_SEEN = ("200", "201")
"""The statuses that the designer looks for, in this order, if there are several answers; then `default`."""
_TRANSPORT = (
    "ratelimit",
    "x-ratelimit",
    "x-rate-limit",
    "retry-after",
    "date",
    "etag",
    "cache-control",
    "content-",
    "connection",
    "link",
    "x-request-id",
    "location",
)
"""Beginnings of headers that no maker has a use for."""
_SHOWN = 5


class Responses:
    """Writes the answers of operations."""

    def __init__(self, schemas: Schemas, examples: Examples) -> None:
        self._schemas = schemas
        self._original = schemas.original
        self._examples = examples

    def of(self, operation: Entries, at: Pointer, name: str) -> tuple[Entries, list[str] | None]:
        """Returns the answers of an operation, and what it produces if that isn't JSON."""
        each = dict(self._found(operation, (*at, "responses")))
        success = self._success(each, at, name)
        out = self._original.made(Entries(), (*at, "responses"))
        produces: list[str] | None = None
        for status, (response, place) in each.items():
            kept = status if status != success else self._moved(success, each, place, name)
            written = self._response(response, place, kept)
            if status == success:
                produces = self._schema(written, response, place, name)
                self._headers(written, response, place, subscribes="callbacks" in operation)
            else:
                self._tell_headers([*mapping(response.get("headers"))], place, status)
            if status != success and chosen_media(mapping(response.get("content"))) is not None and status[:1] != "2":
                self._original.tell(
                    losses.ERROR_SCHEMA_LEFT_OUT,
                    (*place, "content"),
                    f"'{name}' keeps only the description of {status}",
                )
            if status == success or kept not in out:
                out[kept] = written
        if not out:
            out["200"] = {"description": response_description("200")}
        return dict(sorted(out.items(), key=lambda one: (one[0] == "default", one[0]))) if len(
            out
        ) > 1 else out, produces

    def _found(self, operation: Entries, at: Pointer) -> Iterator[tuple[str, tuple[Entries, Pointer]]]:
        """Yields the answers by status. `2XX` is 200; the other ranges are left out."""
        taken = set()
        for key, value in mapping(operation.get("responses")).items():
            found, place = self._original.place(value, (*at, key))
            if found is ABSENT:
                self._original.tell(
                    losses.REFERENCE_NOT_FOUND, (*at, key), "this reference to an answer leads nowhere: it is left out"
                )
                continue
            status = "200" if str(key).upper() == "2XX" else str(key)
            if not (status == "default" or (status.isascii() and status.isdigit() and len(status) == 3)):
                if not status.startswith("x-"):
                    self._original.tell(
                        losses.STATUS_RANGE_LEFT_OUT,
                        (*at, key),
                        f"the platform knows no range of statuses: {key} is left out",
                    )
            elif status not in taken and isinstance(found, dict):
                taken.add(status)
                yield status, (found, place)

    def _success(self, each: Mapping[str, tuple[Entries, Pointer]], at: Pointer, name: str) -> str | None:
        """Returns the status of the answer that gets its schema: 200, 201, or the lowest with a schema; else `default`."""
        good = sorted(status for status in each if status[0] == "2")
        with_schema = [status for status in good if mapping(each[status][0].get("content"))]
        chosen = next((status for status in _SEEN if status in with_schema), None)
        found = (
            chosen
            or next(iter(with_schema), None)
            or next(iter(good), None)
            or ("default" if "default" in each else None)
        )
        others = [status for status in with_schema if status != found]
        if others:
            self._original.tell(
                losses.ANSWER_CHOSEN,
                (*at, "responses"),
                f"'{name}' shows the fields of {found}, not of {', '.join(others)}",
            )
        return found

    def _moved(self, status: str, each: Mapping[str, Any], at: Pointer, name: str) -> str:
        """Returns the status under which the success is written: the designer looks for 200 and 201 only."""
        unseen = status == "default" or (len(each) > 1 and status not in (*_SEEN, "204") and "200" not in each)
        if unseen and mapping(each[status][0].get("content")):
            said = f"the fields of '{name}' are written under 200: makers see none under {status}"
            self._original.tell(losses.STATUS_MOVED, at, said)
            return "200"
        return "200" if status == "default" and len(each) == 1 else status

    def _response(self, response: Entries, at: Pointer, status: str) -> Entries:
        said = self._original.text(response.get("description"), (*at, "description"))
        self._original.extensions(response, at)
        return self._original.made(Entries(description=said or response_description(status)), at)

    def _schema(self, out: Entries, response: Entries, at: Pointer, name: str) -> list[str] | None:
        content = mapping(response.get("content"))
        chosen = chosen_media(content)
        if chosen is None:
            return None
        media = read_media(self._original, chosen, (*at, "content", chosen), name)
        if len(content) > 1:
            rest = ", ".join(other for other in content if other != chosen)
            self._original.tell(losses.MEDIA_TYPE_CHOSEN, (*at, "content"), f"'{name}' takes {media}, not {rest}")
        described, place = self._original.place(content[chosen], (*at, "content", chosen))
        known = mapping(described)
        part = One(known.get("schema", {}), (*place, "schema") if "schema" in known else place)
        base = base_type(media)
        sample = self._examples.schema(known, place, f"what '{name}' answers", json=is_json(media))
        if base in STREAMS or "itemSchema" in known:
            self._original.tell(
                losses.STREAM_AS_TEXT, place, f"'{name}' answers by a stream: a flow gets it as one text, when it ends"
            )
            out["schema"] = {"type": "string"}
        elif is_json(media) or (base == "*/*" and self._schemas.shape(part).kind in ("object", "array")):
            schema = sample if "schema" not in known else self._schemas.written(part, f"{name}Response")
            if schema is not None:
                out["schema"] = schema
            return None
        else:
            binary = is_binary(base) or self._schemas.shape(part).keywords.get("format") == "binary"
            out["schema"] = {"type": "string", "format": "binary"} if binary else {"type": "string"}
            if not binary and self._schemas.shape(part).kind in ("object", "array"):
                self._original.tell(losses.BODY_AS_TEXT, part.at, f"flows get the answer as {base}, without fields")
        return None if base in ("*/*", "application/json") else [base]

    def _headers(self, out: Entries, response: Entries, at: Pointer, *, subscribes: bool) -> None:
        """Writes the headers of the success that makers may use. Their labels are their descriptions.

        The platform itself reads the `Location` of what `subscribes`.
        """
        headers = self._original.made(Entries(), (*at, "headers"))
        left: list[str] = []
        for name, value in mapping(response.get("headers")).items():
            found, place = self._original.place(value, (*at, "headers", name))
            if not isinstance(found, dict) or name.lower().startswith(_TRANSPORT):
                left += [] if subscribes and name.lower() == "location" else [name]
                continue
            shape = self._schemas.shape(
                One(found.get("schema", {}), (*place, "schema") if "schema" in found else place)
            )
            if shape.kind in ("object", "array", ""):
                shape.types = ["string"]
            header = self._schemas.simple(shape)
            if said := self._original.text(found.get("description"), (*place, "description")):
                header = {"description": said, **header}
            headers[name] = header
        if headers:
            out["headers"] = headers
        self._tell_headers(left, at)

    def _tell_headers(self, left: Sequence[str], at: Pointer, status: str = "") -> None:
        if left:
            more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
            of = f" of {status}" if status else ""
            message = f"the answer{of} is shown without {', '.join(left[:_SHOWN])}{more}"
            self._original.tell(losses.HEADER_LEFT_OUT, (*at, "headers"), message)
