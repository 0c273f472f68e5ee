"""Derives the parts that the author leaves out. Each derivation has one function.

`compile` writes what a function here returns; `decompile` leaves it out of a spec. The functions take and return plain
data. They are part of language 1: a change here changes what specs build.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.types import TYPE_WORDS, type_of_values
from connector_builder.platform.policies.templates import BY_ID, OPERATIONS, PARAMETER, POLLING
from connector_builder.platform.solutions.environment_variables import KEY_VAULT
from connector_builder.platform.swagger.media_types import JSON
from connector_builder.source.scalars import plain

LabelCase = Literal["title", "sentence", "name"]


@dataclass(slots=True)
class Conventions:
    """The settings of `defaults` for derivations. The values here are those of a spec without `defaults`."""

    label: str = "summary"
    parameter_label: str = "summary"
    label_case: LabelCase = "title"
    summary_case: LabelCase = "sentence"
    media_types: str = "json"
    containers: bool = True
    description: str = "none"
    parameter_description: str = "none"
    optional_absent: bool = False
    url_encoding: str | None = "single"
    twins: bool = True
    body_name: str = "body"
    body_required: bool | None = True
    odata: bool = True
    parameter_order: tuple[str, ...] = ()
    operation_description: str = "none"


# --- Labels, summaries, descriptions

# Between a small letter or digit and a capital, and before the last capital of a run that a small letter follows.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\W_]+")
_KNOWN = {"id": "ID", "ids": "IDs", "url": "URL", "uri": "URI", "api": "API"}

MAX_NAME = 1000
"""The most characters of a name that gets a label: the words of a name of 1 MB take 100 MB."""
LABEL_KEYS = {"summary": ("x-ms-summary",), "title": ("title",), "both": ("x-ms-summary", "title"), "none": ()}
"""The keys of Swagger that contain the label of a field, by the value of `defaults.label`."""
CONTAINERS = ("object", "array")
"""The types that `defaults.containerLabel` applies to."""
HIDDEN = "internal"
"""The visibility of parts that nobody sees: constants, callback addresses, polling state, unsubscribe operations."""


def split_name(name: str) -> list[str]:
    """Splits a name into words: `startTime` is `start`, `Time`; `$top` is `top`; `HTTPStatus` is `HTTP`, `Status`."""
    return [word for part in _SEPARATOR.split(name) for word in _HUMP.split(part) if word]


def label(name: str, case: LabelCase = "title") -> str | None:
    """Derives a label: `startTime` is Start Time, Start time, or startTime. None for `$`, `_`, and very long names."""
    words = split_name(name) if len(name) <= MAX_NAME else []
    if not words:
        return None
    if case == "name":
        return name
    if case == "sentence":
        return " ".join([_capital(words[0]), *(_small(word) for word in words[1:])])
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    return _KNOWN.get(word.lower()) or word[0].upper() + word[1:]


def _small(word: str) -> str:
    known = _KNOWN.get(word.lower())
    if known:
        return known
    return word if len(word) > 1 and word.isupper() else word[0].lower() + word[1:]


def field_labels(conventions: Conventions, name: str, kind: Any, *, hidden: bool) -> dict[str, str]:
    """Derives the labels of a field of the type `kind`: `{"x-ms-summary": "Start Time"}`. {} if it has none."""
    if hidden or (kind in CONTAINERS and not conventions.containers):
        return {}
    keys = LABEL_KEYS[conventions.label]
    text = label(name, conventions.label_case) if keys else None
    return {} if text is None else dict.fromkeys(keys, text)


def parameter_labels(
    conventions: Conventions, name: str, *, hidden: bool, option: "OData | None" = None
) -> dict[str, str]:
    """Derives the label of a parameter: `{"x-ms-summary": "Start Time"}`. {} if it has none.

    `option` contains OData's name for it: Order By, where `$orderby` alone would be Orderby.
    """
    keys = () if hidden else LABEL_KEYS[conventions.parameter_label]
    spelled = name if option is None or conventions.label_case == "name" else option.name
    text = label(spelled, conventions.label_case) if keys else None
    return {} if text is None else dict.fromkeys(keys, text)


def field_description(conventions: Conventions, name: str, swagger: dict[str, Any]) -> str | None:
    """Derives the description of a field: its name, its label, or none. `swagger` has the labels of the field."""
    return name if conventions.description == "name" else _labelled(conventions.description, swagger)


def parameter_description(
    conventions: Conventions, swagger: dict[str, Any], *, option: "OData | None" = None
) -> str | None:
    """Derives the description of a parameter: OData's for its `option`, its label, or none."""
    return _labelled(conventions.parameter_description, swagger) if option is None else option.description


def _labelled(mode: str, swagger: dict[str, Any]) -> str | None:
    label = swagger.get("x-ms-summary", swagger.get("title")) if mode == "label" else None
    return label if isinstance(label, str) else None


def connection_texts(customary: Mapping[str, str | None], summary: str | None) -> dict[str, str | None]:
    """Derives the texts of a connection parameter: the customary ones, with the author's `summary` as its name.

    With the summary Token, "Enter your API key." becomes "Enter your Token.".
    """
    usual = customary.get("summary")
    if not usual or summary is None:
        return dict(customary)
    known = re.compile(re.escape(usual), re.IGNORECASE)
    return {key: None if text is None else known.sub(lambda _: summary, text) for key, text in customary.items()}


def is_hidden(swagger: dict[str, Any]) -> bool:
    """Checks whether a parameter, field or operation is hidden from users, so that it has no derived label."""
    return bool(swagger.get("x-ms-visibility") == HIDDEN)


def is_description(text: str) -> bool:
    """Checks whether the text of a field or parameter is a description, and not a type word or a schema's name."""
    return " " in text.strip() or "\n" in text


def operation_summary(conventions: Conventions, operation_id: str) -> str:
    """Derives the summary of an operation: `ListFlowRuns` is List flow runs."""
    return label(operation_id, conventions.summary_case) or operation_id


def operation_description(conventions: Conventions, summary: Any) -> str | None:
    """Derives the description of an operation from its summary, None if it isn't written."""
    return summary if conventions.operation_description == "summary" and isinstance(summary, str) else None


def variable_title(name: str) -> str:
    """Derives the title of an environment variable from its name without the prefix: `acme_ParcelHost` is Parcel Host."""
    own = name.partition("_")[2] or name
    return label(own) or own


# --- Types

_WORDS = {(said.get("type"), said.get("format")): word for word, said in reversed(TYPE_WORDS.items())}


def type_word(kind: str | None, of: str | None = None) -> str | None:
    """Returns the word for a type and a format, or None. Of two words it is the shorter: `bool`, not `boolean`."""
    return _WORDS.get((kind, of))


def type_of_word(word: str) -> str:
    """Returns the Swagger type of a type word; `string` for `any` and for other words."""
    return TYPE_WORDS.get(word, {}).get("type", "string")


def telling_values(swagger: dict[str, Any]) -> list[Any]:
    """Returns the values that show the type of a part without one: those of its enum, else its default."""
    return list(swagger.get("enum") or ()) or ([swagger["default"]] if "default" in swagger else [])


def variable_type(default: Any) -> str:
    """Derives the type of an environment variable from its default."""
    if isinstance(default, bool):
        return "boolean"
    if isinstance(default, int | float):
        return "number"
    return "secret" if isinstance(default, str) and KEY_VAULT.fullmatch(default) else "string"


def value_type(swagger: dict[str, Any], *, fields: bool = False, items: bool = False) -> str:
    """Derives the type of a part without one from its fields, items, enum or default; else it is a string."""
    if fields:
        return "object"
    return "array" if items else type_of_values(telling_values(swagger))


def enum_value(key: str, word: str) -> Any:
    """Returns the value of an enum key or a constant for the type `word`; None if it isn't of that type."""
    kind = type_of_word(word)
    if kind == "string":
        return key
    try:
        item = plain(key)
    except ValueError:
        return None
    if kind == "boolean":
        return item if isinstance(item, bool) else None
    number = isinstance(item, int if kind == "integer" else int | float) and not isinstance(item, bool)
    return item if number or kind not in ("integer", "number") else None


def enum_key(value: Any, word: str) -> str | None:
    """Returns the key from which `enum_value` derives a value; None if there is none."""
    key = value if isinstance(value, str) else json.dumps(value)
    read = enum_value(key, word)
    return key if read is not None and type(read) is type(value) and read == value else None


# --- OData


class OData(NamedTuple):
    """A query option of OData: the name that its label is derived from, its type as a word, its description."""

    name: str
    word: str
    description: str


_ODATA = {
    "$top": OData("$top", "int", "The largest number of items to return."),
    "$skip": OData("$skip", "int", "The number of items to leave out at the beginning."),
    "$filter": OData("$filter", "string", "The condition that items must meet, such as name eq 'Contoso'."),
    "$select": OData("$select", "string", "The fields to return, separated by commas."),
    "$orderby": OData("$orderBy", "string", "The fields to sort by, separated by commas. For the reverse order, write desc after a field."),
    "$expand": OData("$expand", "string", "The related items to include, separated by commas."),
    "$count": OData("$count", "bool", "Whether the answer contains the total number of items."),
    "$search": OData("$search", "string", "The words to search for."),
    "$skiptoken": OData("$skipToken", "string", "Where to continue: the token in the address of the next page."),
}  # fmt: skip
"""The common query options (https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html)."""


def odata(conventions: Conventions, name: str, place: Any, *, hidden: bool) -> OData | None:
    """Returns the OData query option that a parameter is; None for other parameters and hidden ones."""
    return _ODATA.get(name) if conventions.odata and place == "query" and not hidden else None


def parameter_type(swagger: dict[str, Any], option: OData | None = None, *, items: bool = False) -> dict[str, str]:
    """Derives the type of a parameter without one: `{"type": "integer", "format": "int32"}` for OData's `$top`.

    The parameter's own format, items and values take precedence over OData's type.
    """
    kind = value_type(swagger, items=items)
    if option is None or items or "format" in swagger:
        return {"type": kind}
    known = TYPE_WORDS[option.word]
    return known if kind == known["type"] or not telling_values(swagger) else {"type": kind}


# --- Parameters and bodies


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


# --- Responses


def response_description(status: str, said: Any = None) -> str:
    """Derives the description of a response; `said` is the text that `defaults.responses` has for its status."""
    return said if isinstance(said, str) else PHRASES.get(status, f"Status {status}")


def shared_status(key: str) -> str:
    """Returns the status that the key of a shared response means."""
    return key if key in PHRASES else "200"


PAGE_ITEMS, PAGE_LINK = "value", "@odata.nextLink"
"""The fields of a page of OData: its items, and the address of the next page."""
PAGE_LINK_TYPE = "uri"

# --- Triggers

TRIGGERS = {"webhook": "single", "polling": "batch"}
"""The value of `x-ms-trigger`, by the key that makes a trigger."""
_POLICY = BY_ID[POLLING]
POLLING_TITLE = _POLICY.title
"""The portal's title for the policy of a polling trigger."""
POLLING_STATE, POLLING_PATH = f"{PARAMETER}triggerConfig", f"{PARAMETER}triggerDataPath"
"""The parameters of a polling policy for the query of the next poll, and for the path of the array in the answer."""
POLLED = "@triggerBody()"
"""The expression for the answer of a polling trigger."""


def polling_metadata() -> dict[str, str]:
    """Returns the `x-ms-trigger-metadata` of a polling trigger."""
    return {"kind": "query", "mode": "polling"}


def polling_policy(operation_id: Any, title: str, state: dict[str, Any], items: str) -> dict[str, Any]:
    """Returns the policy of a polling trigger.

    `items` is the path of the array in the answer, empty if the answer is the array.
    """
    path = items.replace("/", ".")
    parameters = {
        POLLING_STATE: state,
        POLLING_PATH: f"{POLLED}.{path}" if path else POLLED,
        OPERATIONS: [operation_id],
    }
    return {"templateId": _POLICY.id, "title": title, "type": _POLICY.type, "parameters": parameters}


def unsubscribe_id(trigger: str) -> str:
    """Derives the id of the unsubscribe operation that a webhook's request line makes."""
    return f"Delete{trigger}"
