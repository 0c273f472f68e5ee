"""The table of sugar: every friendly key for an `x-ms-` extension.

One row has the friendly key and its meaning. The platform's table of extensions has its places and values. The schema,
the shape check, the compiler, the importer and the reference page read both. A new extension in the language is one row
there and one row here. Only an extension that doesn't compile to its own value has its own form, and names a function
of the compiler.
"""

from typing import Any, NamedTuple

from connector_builder.language.tables.forms import ANY, BOOLEAN, TEXT, Form, Key, words
from connector_builder.platform.swagger.extensions import BY_NAME, EXTENSIONS, Place
from connector_builder.platform.swagger.extensions import VISIBILITY as VISIBILITY_WORDS

OPERATION, PARAMETER, SCHEMA, RESPONSE, HEADER = "operation", "parameter", "schema", "response", "header"

_LEAVES = {"text": TEXT, "text|number": TEXT, "flag": BOOLEAN}


class Sugar(NamedTuple):
    """A friendly key. `how` names what compiles it: `same` writes its value unchanged."""

    name: str
    extension: str
    places: tuple[str, ...]
    form: Form | str
    doc: str
    example: Any = None
    how: str = "same"

    @property
    def key(self) -> Key:
        return Key(self.name, self.form, f"{self.doc} (`{self.extension}`)", self.example)


def _row(name: str, extension: str, doc: str, example: Any, form: Form | None = None, how: str = "same") -> Sugar:
    """Returns a row. Its places come from the table of extensions, and so does its form by default."""
    meant = [place for place in BY_NAME[extension].places if place.meant]
    groups = (OPERATION, PARAMETER, SCHEMA, RESPONSE, HEADER)
    places = tuple(group for group in groups if any(_is_in(group, place) for place in meant))
    shape = next(place.shape for place in meant if any(_is_in(group, place) for group in places))
    return Sugar(name, extension, places, form or form_of(shape), doc, example, how)


def _is_in(group: str, place: Place) -> bool:
    """Checks whether a place in the platform's documents belongs to a part of the language.

    The language has one kind of parameter, the platform several.
    """
    return group in place.kinds or (group == PARAMETER and any(kind.endswith(" parameter") for kind in place.kinds))


def form_of(shape: str | tuple[str, ...]) -> Form:
    """Returns the form of a value of this shape.

    A spec has one spelling of closed words: small letters, even if the platform accepts capitals too.
    """
    if isinstance(shape, str):
        return _LEAVES.get(shape, ANY)
    small = {word for word in shape if word == word.lower()}
    return words(*(word for word in shape if word in small or word.lower() not in small))


SUGAR = (
    _row("summary", "x-ms-summary", "The label that people see in the designer.",
         "Start Time"),
    _row("visibility", "x-ms-visibility", "`important` is shown first, `advanced` behind a toggle, `internal` not at all.",
         "advanced"),
    _row("dynamicValues", "x-ms-dynamic-values", "A list to pick from, filled by another operation. Written with its newer twin `x-ms-dynamic-list`",
         {"operation": "ListFlows", "items": "value", "value": "name", "title": "properties/displayName"}, Form(text="the operation that returns the list", object="dynamicValues"), how="dynamic_values"),
    _row("dynamicSchema", "x-ms-dynamic-schema", "A schema that another operation returns. Written with its newer twin `x-ms-dynamic-properties`",
         {"operation": "GetTableSchema", "parameters": {"table": "{table}"}, "value": "schema"}, Form(text="the operation that returns the schema", object="dynamicSchema"), how="dynamic_schema"),
    _row("dynamicTree", "x-ms-dynamic-tree", "A tree to pick from, such as folders and files.",
         {"settings": {"canSelectLeafNodes": True}, "open": {"operationId": "ListRoots"}, "browse": {"operationId": "ListChildren"}}, ANY.also(text="a name under the top level's 'dynamicTree'"), how="dynamic_tree"),
    _row("urlEncoding", "x-ms-url-encoding", "How often the value of a path parameter is percent-encoded.",
         "double", words("single", "double").also(null="not written")),
    _row("testValue", "x-ms-test-value", "A value for testing. No secrets.",
         "42"),
    _row("localizeDefault", "x-ms-localizeDefaultValue", "Whether the default may be translated.",
         True),
    _row("mediaKind", "x-ms-media-kind", "The kind of media that a value contains, for Power Apps.",
         "image"),
    _row("editor", "x-ms-editor", "The designer's editor for an object, such as `dictionary`.",
         "dictionary"),
    _row("notificationUrl", "x-ms-notification-url", "Marks the field that receives the callback address of a webhook.",
         True),
    _row("pageable", "x-ms-pageable", "Whether the response comes in pages, and the field that contains the address of the next page.",
         "nextLink", Form(text="the name of the field with the next page's address", pattern=".+", object="pageable"), how="pageable"),
    _row("triggerValue", "x-ms-trigger-value", "Where a trigger finds the parameter's value.",
         {"value-path": "id"}),
    _row("skipUrlEncoding", "x-ms-skip-url-encoding", "Whether the value is encoded already, in AutoRest's words. The platform ignores it.",
         True),
    _row("nameForModel", "x-ms-name-for-model", "The operation's name for language models.",
         "list_runs"),
    _row("descriptionForModel", "x-ms-description-for-model", "The operation's description for language models.",
         "Lists the runs of a flow."),
    _row("agenticProtocol", "x-ms-agentic-protocol", "Marks an MCP server or an agent (A2A). `mcp` at the top level writes it too.",
         "mcp-streamable-1.0"),
    _row("safeOperation", "x-ms-safe-operation", "Whether an operation other than GET or HEAD changes nothing.",
         True),
    _row("noGenericTest", "x-ms-no-generic-test", "Leaves the operation out of automatic tests.",
         True),
    _row("apiAnnotation", "x-ms-api-annotation", "Family, revision and status, for operations that replace one another.",
         {"family": "ListFlows", "revision": 2, "status": "Production"}, Form(object="apiAnnotation")),
    _row("trigger", "x-ms-trigger", "Makes the operation a trigger.",
         "single"),
    _row("triggerHint", "x-ms-trigger-hint", "How to make the trigger fire.",
         "To see it work, place an order."),
    _row("triggerMetadata", "x-ms-trigger-metadata", "The kind of a polling trigger.",
         {"kind": "query", "mode": "polling"}),
    _row("notification", "x-ms-notification", "The webhook operation that notifies this trigger.",
         {"operationId": "WhenOrderArrives"}),
    _row("operationContext", "x-ms-operation-context", "How the platform simulates a trigger.",
         {"simulate": {"operationId": "ListOrders"}}),
    _row("capabilities", "x-ms-capabilities", "What the operation can do, such as chunked transfer.",
         {"chunkTransfer": True}),
)  # fmt: skip

BY_EXTENSION = {row.extension: row for row in SUGAR}
VISIBILITY = form_of(VISIBILITY_WORDS)
TWINS = {
    extension.name: BY_EXTENSION[extension.beside].name if extension.beside in BY_EXTENSION else extension.beside
    for extension in EXTENSIONS
    if extension.beside
}
"""Extensions that a friendly key, or a key of Swagger, writes in addition to its own."""


def sugar_at(place: str) -> dict[str, Sugar]:
    """Returns the rows that are allowed at a kind of place, by friendly key."""
    return {row.name: row for row in SUGAR if place in row.places}
