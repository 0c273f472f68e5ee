"""The table of sugar: every friendly key that stands for an `x-ms-` extension.

One row says where it may stand, what it may hold and what it means; the schema, the shape check, the compiler, the
reference page (and the importer) all read it. An extension of the platform that the language is to know is one row here;
only what compiles to something else than its own value names a function of the compiler.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
"""

from typing import Any, NamedTuple

from connector_builder.language.tables.forms import ANY, BOOLEAN, TEXT, Form, Key, words

OPERATION, PARAMETER, SCHEMA, RESPONSE, HEADER = "operation", "parameter", "schema", "response", "header"


class Sugar(NamedTuple):
    """A friendly key. `how` names what compiles it: `same` writes its value as it is."""

    name: str
    extension: str
    places: tuple[str, ...]
    form: Form | str
    doc: str
    example: Any = None
    how: str = "same"
    later: bool = False

    @property
    def key(self) -> Key:
        return Key(self.name, self.form, f"{self.doc} (`{self.extension}`)", self.example, later=self.later)


VISIBILITY = words("important", "advanced", "internal", "none", "")

SUGAR = (
    Sugar("summary", "x-ms-summary", (PARAMETER, SCHEMA, RESPONSE, HEADER), TEXT,
          "The label that people see in the designer.", "Start Time"),
    Sugar("visibility", "x-ms-visibility", (OPERATION, PARAMETER, SCHEMA, HEADER), VISIBILITY,
          "`important` is shown first, `advanced` behind a toggle, `internal` not at all.", "advanced"),
    Sugar("dynamicValues", "x-ms-dynamic-values", (PARAMETER, SCHEMA), Form(object="dynamicValues"),
          "A list to pick from, filled by another operation. Written with its newer twin `x-ms-dynamic-list`",
          {"operation": "ListFlows", "items": "value", "value": "name", "title": "properties/displayName"}, how="dynamic_values"),
    Sugar("dynamicSchema", "x-ms-dynamic-schema", (SCHEMA,), Form(object="dynamicSchema"),
          "A schema that another operation returns. Written with its newer twin `x-ms-dynamic-properties`",
          {"operation": "GetTableSchema", "parameters": {"table": "{table}"}, "value": "schema"}, how="dynamic_schema"),
    Sugar("dynamicTree", "x-ms-dynamic-tree", (PARAMETER, SCHEMA), ANY,
          "A tree to pick from, such as folders and files.", {"settings": {"canSelectLeafNodes": True}, "open": {"operationId": "ListRoots"}, "browse": {"operationId": "ListChildren"}}),
    Sugar("urlEncoding", "x-ms-url-encoding", (PARAMETER,), words("single", "double").also(null="not written"),
          "How often the value of a path parameter is percent-encoded.", "double"),
    Sugar("testValue", "x-ms-test-value", (PARAMETER, SCHEMA), ANY, "A value for testing. No secrets.", "42"),
    Sugar("localizeDefault", "x-ms-localizeDefaultValue", (PARAMETER, SCHEMA), BOOLEAN,
          "Whether the default may be translated.", True),
    Sugar("mediaKind", "x-ms-media-kind", (PARAMETER, SCHEMA), words("image", "audio"),
          "What kind of media a value holds, for Power Apps.", "image"),
    Sugar("editor", "x-ms-editor", (SCHEMA,), TEXT, "The designer's editor for an object, such as `dictionary`.", "dictionary"),
    Sugar("notificationUrl", "x-ms-notification-url", (SCHEMA,), BOOLEAN,
          "Marks the field that receives the callback address of a webhook.", True),
    Sugar("pageable", "x-ms-pageable", (OPERATION,), Form(text="the name of the field with the next page's address", pattern=".+", object="pageable"),
          "The answer comes in pages; names the field that holds the address of the next one.", "nextLink", how="pageable"),
    Sugar("triggerValue", "x-ms-trigger-value", (PARAMETER,), ANY,
          "Where a trigger's value for the parameter is found.", {"value-path": "id"}),
    Sugar("skipUrlEncoding", "x-ms-skip-url-encoding", (PARAMETER,), BOOLEAN,
          "AutoRest's word for a value that is encoded already; the platform ignores it.", True),
    Sugar("nameForModel", "x-ms-name-for-model", (OPERATION,), TEXT, "What a language model calls the operation.", "list_runs"),
    Sugar("descriptionForModel", "x-ms-description-for-model", (OPERATION,), TEXT,
          "What a language model is told about the operation.", "Lists the runs of a flow."),
    Sugar("agenticProtocol", "x-ms-agentic-protocol", (OPERATION,), words("mcp-streamable-1.0", "a2a-1.0"),
          "Marks an MCP server, which `mcp` at the top level writes, or an agent (A2A).", "mcp-streamable-1.0"),
    Sugar("safeOperation", "x-ms-safe-operation", (OPERATION,), BOOLEAN,
          "An operation other than GET or HEAD that changes nothing.", True),
    Sugar("noGenericTest", "x-ms-no-generic-test", (OPERATION,), BOOLEAN, "Leaves the operation out of automatic tests.", True),
    Sugar("apiAnnotation", "x-ms-api-annotation", (OPERATION,), Form(object="apiAnnotation"),
          "Family, revision and status, for operations that replace one another.", {"family": "ListFlows", "revision": 2, "status": "Production"}),
    Sugar("trigger", "x-ms-trigger", (OPERATION,), words("single", "batch"), "Makes the operation a trigger.", "single"),
    Sugar("triggerHint", "x-ms-trigger-hint", (OPERATION,), TEXT, "How to make the trigger fire.", "To see it work, place an order."),
    Sugar("triggerMetadata", "x-ms-trigger-metadata", (OPERATION,), ANY, "The kind of a polling trigger.", {"kind": "query", "mode": "polling"}),
    Sugar("notification", "x-ms-notification", (OPERATION,), ANY, "The webhook operation that notifies this trigger.", {"operationId": "WhenOrderArrives"}),
    Sugar("operationContext", "x-ms-operation-context", (OPERATION,), ANY, "How a trigger is simulated.", {"simulate": {"operationId": "ListOrders"}}),
    Sugar("capabilities", "x-ms-capabilities", (OPERATION,), ANY, "What the operation can do, such as chunked transfer.", {"chunkTransfer": True}),
)  # fmt: skip

PAGEABLE = "x-ms-pageable"
AGENTIC = "x-ms-agentic-protocol"
MCP = "mcp-streamable-1.0"
"""What marks an operation as an MCP server: the only protocol of MCP that Copilot Studio still speaks."""

BY_EXTENSION = {row.extension: row for row in SUGAR}
TWINS = {"x-ms-dynamic-list": "dynamicValues", "x-ms-dynamic-properties": "dynamicSchema", "x-ms-enum-values": "enum"}
"""Extensions that a friendly key writes beside its own."""


def sugar_at(place: str) -> dict[str, Sugar]:
    """The rows that may stand at a kind of place, by friendly key."""
    return {row.name: row for row in SUGAR if place in row.places}
