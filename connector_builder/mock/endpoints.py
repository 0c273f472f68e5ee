"""What is known of an operation before any request comes, so that each request takes little work."""

from functools import cached_property
from typing import Any, NamedTuple

from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.requests.inputs import BODY, QUERY, Input, inputs_of
from connector_builder.platform.requests.inputs import FORM as IN_FORM
from connector_builder.platform.requests.values import Shape
from connector_builder.platform.swagger.media_types import FORM, JSON, MULTIPART, base, is_binary
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.outputs import answer_of
from connector_builder.platform.view.triggers import kind_of, split_of

_PATH_OF_ITEMS = 3
"""How deep the list of an answer may be."""


class Response(NamedTuple):
    """A response of the definition: its key, such as `200` or `default`, and its value without a reference."""

    key: str
    value: dict[str, Any]

    @property
    def schema(self) -> Any:
        return self.value.get("schema")


class Endpoint:
    """An operation with its inputs, media types and responses. `references` belong to its definition."""

    def __init__(self, operation: Operation, definition: dict[str, Any], references: References) -> None:
        self.operation, self.definition, self.references = operation, definition, references
        self.name = text(operation.value.get("operationId")) or f"{operation.verb.upper()} {operation.path}"
        self.inputs = inputs_of(operation, references)
        self.body: Input | None = next((one for one in self.inputs if one.place == BODY), None)
        self.form = [one for one in self.inputs if one.place == IN_FORM]
        self.queries = frozenset(one.name for one in self.inputs if one.place == QUERY)
        self.consumes = _media(operation, definition, "consumes")
        self.produces = _media(operation, definition, "produces")
        self.kind = kind_of(operation)

    @cached_property
    def responses(self) -> dict[str, Response]:
        found = mapping(self.operation.value.get("responses"))
        return {
            str(key): Response(str(key), mapping(self.references.resolved(value)))
            for key, value in found.items()
            if not str(key).startswith("x-")
        }

    @cached_property
    def success(self) -> Response | None:
        """Returns the response of a request that works: the first of 2xx with a schema, else the first, else `default`."""
        good = [self.responses[key] for key in sorted(self.responses) if key.startswith("2")]
        with_schema = [one for one in good if "schema" in one.value]
        return next(iter([*with_schema, *good]), self.responses.get("default"))

    def response(self, status: int) -> Response | None:
        """Returns what the definition says of a status: its own response, else `default`."""
        return self.responses.get(str(status)) or self.responses.get("default")

    @cached_property
    def next_link(self) -> str:
        """Returns the field of an answer that contains the address of the next page; empty for a list of one page."""
        return text(mapping(self.operation.value.get("x-ms-pageable")).get("nextLinkName"))

    @cached_property
    def items_at(self) -> tuple[str, ...] | None:
        """Returns the way to the list in the answer of the operation; None if it has none."""
        if self.success is None:
            return None
        if self.kind == "poll":
            split = split_of(self.operation, answer_of(self.operation, self.references), self.references)
            if split is not None:
                return split
        return list_in(self.success.schema, self.references)

    def media_of(self, schema: Any) -> str:
        """Returns the media type of an answer with a schema: a binary one for a file, else one of JSON, else the first."""
        shape = Shape(schema, self.references)
        if shape.type == "file" or shape.said("format") == "binary":
            return next((one for one in self.produces if is_binary(one)), "application/octet-stream")
        return next((one for one in self.produces if is_json(one)), next(iter(self.produces), JSON))

    @property
    def takes_form(self) -> bool:
        return bool(self.form)


def is_json(media: str) -> bool:
    """Checks whether a media type is one of JSON."""
    name = base(media)
    return name in (JSON, "text/json") or name.endswith("+json")


def is_form(media: str) -> bool:
    """Checks whether a media type is one of forms."""
    return base(media) in (FORM, MULTIPART)


def list_in(schema: Any, references: References) -> tuple[str, ...] | None:
    """Returns the way to the first list in a schema, level by level: `()` if it is one itself."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(schema, ())]
    seen: set[int] = set()
    while waiting:
        one, path = waiting.pop(0)
        resolved = references.resolved(one)
        if not isinstance(resolved, dict) or id(resolved) in seen:
            continue
        seen.add(id(resolved))
        shape = Shape(resolved, references)
        if shape.type == "array":
            return path
        if len(path) < _PATH_OF_ITEMS:
            waiting += [(part.schema, (*path, name)) for name, part in shape.properties.items()]
    return None


def _media(operation: Operation, definition: dict[str, Any], key: str) -> list[str]:
    said = operation.value.get(key, definition.get(key))
    return [one for one in items(said) if isinstance(one, str) and one.isprintable() and one.isascii()]
