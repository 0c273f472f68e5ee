"""Operations, their bodies and responses."""

from connector_builder.language.tables.forms import ANY, BOOLEAN, INTEGER, TEXT, TEXTS, Form, Key, Object, keys, words
from connector_builder.language.tables.schemas import BARE, SCHEMA_FORM, SCHEMA_KEYS, as_it_stands
from connector_builder.language.tables.sugar import OPERATION, sugar_at
from connector_builder.platform.swagger.extensions import STATUS

_BODY_ONLY = keys(
    Key("name", TEXT, "The name of the body parameter.", "body", "`body`, or what `defaults.body` says"),
    Key("required", Form(boolean=True, items=TEXT, null="not written"), "`false` makes the body optional. A list names the fields in it that are required.", False, "true"),
    Key("schema", SCHEMA_FORM, "The schema, if the keys beside it belong to the parameter.", "Order"),
)  # fmt: skip

_RESPONSE_ONLY = keys(
    Key("status", Form(text="a status", number="integer"), "The status of the success response.", 201, "200"),
    Key("headers", Form(names=Form(text="a type word, or a description", object="header")), "The headers of the response.", {"Location": "string"}),
    Key("examples", ANY, "Swagger's examples by MIME type.", {"application/json": {"id": 1}}),
    Key("schema", SCHEMA_FORM, "The schema, if the keys beside it belong to the response.", "Run"),
    Key("page", SCHEMA_FORM, "A page of OData: `value`, an array of this schema, and `@odata.nextLink`. It makes the operation pageable.", "Run"),
)  # fmt: skip

RESPONSE_FORM = Form(
    text="a schema's name, or a type word", items="schema", object="response", null="there is no success response"
)
REQUEST_LINE = "a request line"
STATUS_FORM = Form(text="the description", object="response", null="not written, where every operation has it")
SHARED_FORM = Form(text="the description", object="sharedResponse")
HEADER_FORM = Form(text="the constant value", number="number", boolean=True, object="parameter")
QUERY_FORM = Form(items=TEXT, names="parameterForm")
BODY_FORM = Form(text="a schema's name, or a type word", items="schema", object="body")

OF_BODY = frozenset({"name", "description", "summary", "visibility", "schema"})
OF_RESPONSE = frozenset({"status", "description", "summary", "headers", "examples", "schema"})
"""The keys of a body, and of a response, that don't belong to the schema beside them."""
LISTS = ("consumes", "produces", "tags")
"""The lists of an operation that `defaults.operation` can set for all operations."""
OF_EVERY = {"visibility": "x-ms-visibility", "deprecated": "deprecated", "security": "security"}
"""The other keys that `defaults.operation` can set, each with its key in Swagger."""
AS_SWAGGER = ("description", "deprecated", "tags", "consumes", "produces", "schemes", "security", "externalDocs")
"""The keys of an operation that mean the same in Swagger."""

_OPERATION_ONLY = keys(
    Key("request", Form(text=REQUEST_LINE), "The request line: verb, path and query. It can be folded before `?` and `&`.", "GET /flows/{flow}?api-version=2016-11-01&$top", required=True),
    Key("operationId", Form(text="text", null="none is written"), "The ID in the Swagger, if it differs from the name.", "ListFlows_V2", "the name"),
    Key("summary", Form(text="text", null="none is written"), "The title that people see in the designer.", "List flow runs", "derived from the operation's id"),
    Key("description", Form(text="text", null="none is written"), "What the operation does, in a full sentence.", "Lists the runs of a flow, newest first."),
    Key("deprecated", BOOLEAN, "Hidden from new flows.", True, "false"),
    Key("tags", TEXTS, "Swagger's tags.", ["Flows"]),
    Key("consumes", TEXTS.also(null="none are written"), "The MIME types of the request.", ["application/json"], "what the top level says"),
    Key("produces", TEXTS.also(null="none are written"), "The MIME types of the response.", ["text/plain"], "what the top level says"),
    Key("schemes", TEXTS, "The schemes, if they differ from the connector's.", ["https"]),
    Key("security", ANY, "Swagger's security requirements, if they differ from the connector's.", []),
    Key("externalDocs", ANY, "A link to more documentation.", {"url": "https://contoso.example/help"}),
    Key("query", QUERY_FORM, "Query parameters besides those of the request line: a list, written as in the line, or a mapping that also describes them.", ["$top", "$filter", "lang!"]),
    Key("parameters", Form(names="parameterForm", json=False, items=ANY), "Descriptions of the request's parameters, by name. A list is plain Swagger and is used unchanged.", {"$filter": "An OData filter."}),
    Key("headers", Form(names=HEADER_FORM.also(null="not written, where every operation has it")), "Headers of the request. A text is a constant; a mapping describes a header that people fill in.", {"Accept": "application/json"}),
    Key("form", Form(names="parameterForm"), "Form fields of the request.", {"file!": "file", "name": "string"}),
    Key("body", BODY_FORM, "The body of the request.", {"fields": {"name!": "string"}}),
    Key("response", RESPONSE_FORM, "The success response.", "Run"),
    Key("responses", Form(names=STATUS_FORM, items=Form(number="integer", text="a status", names=STATUS_FORM)), "The other responses, by status. A list takes each from `defaults.responses`.", {404: "There is no such run."}),
    Key("order", TEXTS, "The order of the parameters: names, or `name in query`.", ["run", "flow"], "path, query, headers, form, others, body"),
    Key("webhook", Form(object="webhook"), "Makes a webhook trigger. Under `actions`, it makes an action that waits for its callback.", {"callback": "callbackUrl", "unsubscribe": "DELETE /hooks/{id}"}),
    Key("polling", Form(boolean=True, object="polling"), "Makes a polling trigger: `true`, or a mapping with its policy.", {"state": {"since": "@{triggerBody().value[0].created}"}, "items": "value"}),
)  # fmt: skip

OPERATION_KEYS = {**_OPERATION_ONLY, **{name: row.key for name, row in sugar_at(OPERATION).items()}}

OPERATION_OBJECTS = (
    Object("operation", "An operation: an action of the connector.", OPERATION_KEYS),
    Object("body", "The body of a request: a schema, with the keys of the body parameter.", {**SCHEMA_KEYS, **_BODY_ONLY}, bare=BARE),
    Object("response", "A response: a schema, with the keys of the response.", {**SCHEMA_KEYS, **_RESPONSE_ONLY}, bare=BARE),
    Object("sharedResponse", "A response that Swagger shares.", {
        **SCHEMA_KEYS, **_RESPONSE_ONLY, "swagger": as_it_stands("response", {"description": "None.", "schema": {"required": True}}),
    }, bare=BARE),
    Object("webhook", "How a webhook trigger subscribes and unsubscribes.", keys(
        Key("callback", TEXT, "The path of the body's field that receives the callback address. Leave it out if the body marks a field itself (`notificationUrl: true`).", "callbackUrl"),
        Key("unsubscribe", Form(text="an operation's id, or a request line", object="unsubscribe"), "The operation that ends the subscription: its ID, or a request line, which makes an internal operation.", "DELETE /hooks/{id}", "none"),
        Key("notification", RESPONSE_FORM.also(null=None), "What the service sends to the callback: a schema, or a sample.", {"sample": "samples/order.json"}, "nothing is described"),
    ), extensions=False),
    Object("polling", "The policy of a polling trigger.", keys(
        Key("title", TEXT, "The title in the portal.", "New runs", "Trigger configuration"),
        Key("state", Form(names=TEXT), "Query parameters, each with the expression for its value at the next poll.", {"since": "@{triggerBody().value[0].created}"}),
        Key("items", TEXT, "The path of the array in the response. Leave it out if the response is the array.", "value"),
    ), extensions=False),
    Object("unsubscribe", "The operation that ends a subscription.", {
        "id": Key("id", TEXT, "The ID of the operation.", "DeleteHook", "Delete and the trigger's id"), **OPERATION_KEYS,
    }),
    Object("pageable", "How the response is paged.", keys(Key("nextLinkName", TEXT, "The field that contains the next page's address.", "nextLink"))),
    Object(
        "apiAnnotation",
        "Family, revision and status of an operation.",
        keys(
            Key("family", TEXT, "The name of the family. Operations that replace one another share it.", "ListFlows"),
            Key("revision", INTEGER, "The number of the operation in its family, from 1.", 2),
            Key("status", words(*STATUS), "The maturity of the operation.", "Production"),
            Key("replacement", ANY, "The replacement of a deprecated operation.", {"api": "Contoso", "operationId": "ListFlows_V2"}),
        ),
    ),
)  # fmt: skip
