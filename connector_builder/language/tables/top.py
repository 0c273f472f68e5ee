"""The top level of a spec: connector, auth, defaults and the tables."""

from connector_builder.language.tables.auth import KEYS, REDIRECTS
from connector_builder.language.tables.forms import ANY, BOOLEAN, INTEGER, TEXT, TEXTS, Form, Key, Object, keys, words
from connector_builder.language.tables.operations import (
    HEADER_FORM,
    OPERATION_KEYS,
    OPERATION_OBJECTS,
    RESPONSE_FORM,
    SHARED_FORM,
)
from connector_builder.language.tables.policies import POLICY_FORM, POLICY_OBJECTS
from connector_builder.language.tables.schemas import (
    ENUM_FORM,
    FIELD_FORM,
    PARAMETER_FORM,
    SCHEMA_FORM,
    SCHEMA_OBJECTS,
    as_it_stands,
)
from connector_builder.language.tables.sugar import VISIBILITY
from connector_builder.platform.api_properties import TYPED_IN
from connector_builder.platform.solutions.environment_variables import TYPES as VARIABLE_TYPES
from connector_builder.platform.solutions.names import GUID, PREFIX, UNIQUE_NAME
from connector_builder.platform.texts import DESCRIPTION, TITLE

_NULLABLE = Form(text="text", null="none is written")

_CONNECTOR = keys(
    Key("title", _NULLABLE, f"The name of the connector, {TITLE.least} to {TITLE.most} characters.", "Flow Run Manager", required=True),
    Key("description", _NULLABLE, f"What the connector does, {DESCRIPTION.least} to {DESCRIPTION.most} characters.", "Lists, resubmits and cancels the runs of cloud flows."),
    Key("version", _NULLABLE, "The version of the definition.", "1.0.0", "1.0.0"),
    Key("server", TEXT, "The server's address: scheme, host and base path.", "https://api.contoso.example/v1"),
    Key("contact", Form(object="contact"), "The contact for questions.", {"name": "Contoso Support", "url": "https://contoso.example", "email": "help@contoso.example"}),
    Key("license", Form(object="license"), "The licence of the definition.", {"name": "MIT"}),
    Key("termsOfService", TEXT, "The address of the terms of service.", "https://contoso.example/terms"),
    Key("publisher", TEXT, "The publisher of the connector.", "Contoso"),
    Key("stackOwner", TEXT, "The owner of the service. Only certification needs it; paconn's create and update fail on it.", "Contoso"),
    Key("brandColor", Form(text='a colour such as "#0B556A"', pattern="#[0-9A-Fa-f]{6}", null="none is written"), "The colour behind the icon, as #rrggbb.", "#0B556A", "#007ee5, as the portal writes"),
    Key("icon", Form(text="a file's name", null="no icon is written"), "The icon: a square PNG of 100 to 230 pixels.", "icon.png", "drawn from title and brand colour"),
    Key("website", TEXT, "The website of the service, for certification.", "https://contoso.example"),
    Key("privacyPolicy", TEXT, "The address of the privacy policy, for certification.", "https://contoso.example/privacy"),
    Key("categories", TEXTS, "At most two categories, for certification.", ["IT Operations", "Productivity"]),
    Key("capabilities", Form(items=TEXT, null="none are written"), "The `capabilities` of apiProperties.", ["actions"], "[]"),
    Key("knownIssues", TEXTS, "What people should know before they rely on the connector, a sentence each: the README and intro.md show it among the known issues and limitations.", ["The service returns at most the last 1,000 runs."]),
    Key("solution", Form(object="solution"), "The connector in a solution, for `pack`: names and ids that aren't derived.", {"name": "AcmeParcel", "publisher": "Acme"}),
)  # fmt: skip

_CONNECTION = Form(names=Form(text="a type, or a description", object="connection"))

_AUTH = keys(
    Key("type", words(*KEYS), "The kind of authentication.", "aad"),
    Key("clientId", TEXT, "The application ID of the app registration.", "00000000-0000-0000-0000-000000000000"),
    Key("clientSecret", TEXT, "A secret is an error here. Give it to paconn by `--secret`, or enter it in the portal. In a solution, it can be a secret environment variable.", "${environment:acme_ParcelSecret}"),
    Key("tenant", TEXT, "aad: the ID of the tenant, or `common`.", "common", "common"),
    Key("resource", TEXT, "aad: the resource that the token is for. If the resource ends in a slash, write it.", "https://service.flow.microsoft.com/"),
    Key("loginUri", TEXT, "aad: the address at which people sign in.", "https://login.microsoftonline.com", "https://login.microsoftonline.com"),
    Key("scopes", Form(items=TEXT, names=TEXT), "The scopes: a list, or a mapping from each scope to its description.", ["Flows.Read.All"]),
    Key("redirect", Form(text="global or perConnector", words=tuple(REDIRECTS), object="redirect"), "The redirect URL that you register with the identity provider. `global` is the URL that all connectors share. If the platform replaces it with the connector's own URL at the first save, register that one. `perConnector` is the connector's own URL; register it after you first create the connector.", "global", "global"),
    Key("onBehalfOf", BOOLEAN.also(null="the settings are left out"), "Whether the connector may sign in on behalf of another app's user. For aad, `null` leaves out both settings. For other kinds, the setting is written only if you say so here.", True, "aad: false"),
    Key("servicePrincipal", BOOLEAN, "aad: whether a service principal may connect.", True, "false"),
    Key("tenantParameter", BOOLEAN, "aad: `false` leaves out the hidden connection parameter `token:TenantId`.", False, "true"),
    Key("authorizationUrl", TEXT, "oauth2: the address at which people sign in.", "https://login.contoso.example/authorize"),
    Key("tokenUrl", TEXT, "oauth2: the address that exchanges a code for a token.", "https://login.contoso.example/token"),
    Key("refreshUrl", _NULLABLE, "oauth2: the address that refreshes a token.", "https://login.contoso.example/token", "`tokenUrl`"),
    Key("authorizationQuery", _NULLABLE, "oauth2generic: the template of the query of `authorizationUrl`. `null` leaves a template out.", "?client_id={ClientId}&state={State}", "the usual one"),
    Key("tokenQuery", _NULLABLE, "oauth2generic: the template of the query of `tokenUrl`.", "?v=2", "empty"),
    Key("tokenBody", _NULLABLE, "oauth2generic: the template of the body that asks for a token.", "code={Code}&client_id={ClientId}", "the usual one"),
    Key("refreshQuery", _NULLABLE, "oauth2generic: the template of the query of `refreshUrl`.", "?v=2", "empty"),
    Key("refreshBody", _NULLABLE, "oauth2generic: the template of the body that asks for a new token.", "refresh_token={RefreshToken}", "the usual one"),
    Key("scopeDelimiter", _NULLABLE, "oauth2generic: the separator between scopes.", ",", "a blank"),
    Key("header", TEXT, "apiKey: the header that contains the key.", "X-API-Key"),
    Key("query", TEXT, "apiKey: the query parameter that contains the key.", "api_key"),
    Key("scheme", Form(text="text", null="none is sent"), "apiKey: the word before the key. A policy adds it, so people enter only the key.", "Bearer"),
    Key("username", Form(object="connectionParameter"), "basic: the connection parameter for the user name.", {"summary": "Login"}),
    Key("password", Form(object="connectionParameter"), "basic: the connection parameter for the password.", {"summary": "Token"}),
    Key("parameter", Form(text="the name", object="connectionParameter"), "The connection parameter: its name, or its texts and constraints. `null` writes none, for example if `connection` has it.", {"summary": "Key", "tooltip": "Find it under Account."}),
    Key("definition", Form(text="the name", names=ANY, null="none is written"), "Swagger's security definition: its name, or a mapping with `name` and other keys, which are merged into the derived definition. `null` writes no definition and no requirement.", {"name": "key", "description": "The key of your account."}, "by the type: api_key, basic_auth or oauth2_auth"),
    Key("settings", Form(names=ANY), "OAuth: keys of the platform's `oAuthSettings`. They are merged into the derived ones; `null` removes a key.", {"properties": {"IsFirstParty": "True"}}),
    Key("sets", Form(items=Form(object="authSet")), "Several ways to sign in. People choose one. Only paconn is documented to create such a connector.", [{"name": "key", "title": "API key", "type": "apiKey", "header": "X-API-Key"}]),
    Key("title", TEXT, "Several ways to sign in: the label of the choice.", "Sign in"),
    Key("description", TEXT, "Several ways to sign in: the help text of the choice.", "How to sign in."),
)  # fmt: skip

_CONNECTION_PARAMETER = keys(
    Key("type", words(*TYPED_IN), "The type of the value.", "string", "string; securestring for what authentication asks"),
    Key("summary", _NULLABLE, "The label.", "Region", "derived from the name"),
    Key("description", _NULLABLE, "The help text.", "Where your data is."),
    Key("tooltip", _NULLABLE, "The text that appears on hovering.", "Choose a region."),
    Key("required", Form(boolean=True, null="none is written"), "Whether a value is required.", False, "true"),
    Key("hidden", BOOLEAN, "Whether the parameter is hidden.", True, "false"),
    Key("default", Form(text="text", number="number", boolean=True), "The default value.", "eu"),
    Key("allowed", Form(items=ANY, names=TEXT), "The values to choose from: a list, or a mapping from each value to its label.", {"eu": "Europe", "us": "United States"}),
    Key("constraints", ANY, "Constraints in the platform's own words. They are merged into the usual ones; `null` removes one.", {"tabIndex": 3}),
    Key("allowedValues", ANY, "The platform's own `allowedValues`, unchanged. `allowed` makes those that people see.", [{"value": "eu"}]),
    Key("metadata", ANY, "The platform's `metadata`, unchanged.", {"sourceType": "AzureActiveDirectoryTenant"}),
)  # fmt: skip

_STATUS_DEFAULT = Form(text="the description", object="response")

_DEFAULTS = keys(
    Key("label", words("summary", "title", "both", "none"), "Which labels are derived for fields.", "title", "summary"),
    Key("parameterLabel", words("summary", "none"), "Which labels are derived for parameters.", "none", "summary"),
    Key("containerLabel", words("label", "none"), "Whether labels are derived for objects and arrays too.", "none", "label"),
    Key("labelCase", words("title", "sentence", "name"), "The case of derived labels: Start Time, Start time, or startTime.", "sentence", "title"),
    Key("description", words("name", "label"), "`name` makes each field's name its description, as the portal does; `label` makes its label the description.", "name", "none"),
    Key("parameterDescription", words("label", "none"), "`label` makes the label of a parameter its description, if it has no other.", "label", "none"),
    Key("optional", Form(boolean=True, text="`absent`", words=("absent",)), "`false` writes `required: false` for optional parameters. `absent` writes nothing.", "absent", "false"),
    Key("urlEncoding", words("single", "double").also(null="nothing is written"), "How path parameters are encoded.", "double", "single"),
    Key("summaryCase", words("title", "sentence", "name"), "How derived summaries of operations are written: List Flow Runs, List flow runs, or ListFlowRuns.", "title", "sentence"),
    Key("operationDescription", words("summary", "none"), "`summary` makes the summary of an operation its description, if it has no other.", "summary", "none"),
    Key("parameterOrder", Form(items=words("path", "query", "header", "form", "body")), "The order of the parameters of an operation by their places. An operation's own `order` wins.", ["header", "path", "query"], "path, query, header, form, body"),
    Key("mediaTypes", words("json", "none", "consumes", "produces", "bodies", "operations"), "Where `consumes` and `produces` say application/json: `json` for all operations, `consumes` or `produces` only one of them, `none` nowhere. `operations` at each operation: `consumes` if it has a body, `produces` if it answers with a schema that isn't a file. `bodies` does the first of these only.", "operations", "json"),
    Key("odata", BOOLEAN, "Whether OData's query options, such as `$top`, get their usual label, type and description.", False, "true"),
    Key("twins", BOOLEAN, "Whether dynamic extensions are written in both the old and the new form.", False, "true"),
    Key("body", Form(object="bodyDefault"), "The defaults of body parameters.", {"name": "item"}, "body, required"),
    Key("responses", Form(names=_STATUS_DEFAULT), "The default responses, by status.", {401: "Sign in again."}, "the status's standard phrase"),
    Key("operation", Form(object="operationDefault"), "Keys that every operation gets.", {"produces": ["application/json"]}, "nothing"),
)  # fmt: skip

_SPEC = keys(
    Key("language", INTEGER, "The version of this language.", 1, "1"),
    Key("connector", Form(object="connector"), "The connector itself: its title, server and texts.", {"title": "Flow Run Manager", "server": "https://api.contoso.example"}, required=True),
    Key("auth", Form(object="auth"), "How a connection signs in.", {"type": "none"}, "none"),
    Key("connection", _CONNECTION, "Further connection parameters, by name.", {"region": {"allowed": {"eu": "Europe"}}}),
    Key("gateway", BOOLEAN, "Whether connections go through an on-premises data gateway.", True, "false"),
    Key("defaults", Form(object="defaults"), "What the language derives, for the whole connector.", {"label": "title"}),
    Key("parameters", Form(names=Form(text="a type word, or a description", items="schema", object="template")), "Descriptions of parameters that several operations have, by name.", {"environment": "The environment of the flow."}),
    Key("fields", Form(names="field"), "Descriptions of fields that several schemas have, by name.", {"nextLink": {"type": "uri", "description": "Where the next page is."}}),
    Key("enums", Form(names=ENUM_FORM), "Enums by name, for parameters and fields that have the same.", {"Region": {".com": "US", ".eu": "Europe"}}),
    Key("dynamicValues", Form(names=Form(object="listOperation")), "What the lists to pick from have in common, by the operation that returns them.", {"ListFlows": {"items": "value", "value": "name", "title": "properties/displayName"}}),
    Key("dynamicSchema", Form(names=Form(object="schemaOperation")), "What the schemas that an operation returns have in common, by the operation.", {"GetTableSchema": {"parameters": {"table": "{table}"}, "value": "schema"}}),
    Key("dynamicTree", Form(names=ANY), "Trees to pick from by name, for parameters and fields that have the same.", {"Folders": {"open": {"operationId": "ListRoots"}, "browse": {"operationId": "ListChildren"}}}),
    Key("actions", Form(names=Form(text="a request line", object="operation")), "The operations, by id.", {"GetFlow": "GET /flows/{flow}"}),
    Key("triggers", Form(names=Form(text="a request line", object="operation")), "The triggers, by id.", {"WhenOrderArrives": {"request": "POST /hooks", "webhook": {"callback": "callbackUrl"}}}),
    Key("mcp", Form(text="a request line", object="mcp"), "An MCP server: the operation `InvokeMCP`, as Copilot Studio expects it.", "POST /mcp"),
    Key("policies", Form(items=POLICY_FORM), "Policies: changes that the platform makes to requests and responses, in this order.", [{"setHeader": {"name": "x-client", "value": "flow"}}]),
    Key("schemas", Form(names="schema"), "Schemas by name. They become Swagger's `definitions`.", {"Run": {"fields": {"name": "string"}}}),
    Key("components", Form(object="components"), "Shared parameters and responses of Swagger.", {"responses": {"NotFound": {"description": "There is none."}}}),
    Key("script", Form(text="a file's name", object="script"), "Custom code: one C# file. By default it runs for every operation.", {"file": "script.csx", "operations": ["ListFlows"]}),
    Key("capabilities", Form(object="capabilities"), "What the connector can do (`x-ms-capabilities`).", {"testConnection": "GetMe"}),
    Key("environmentVariables", Form(names=Form(text="the default value", number="number", boolean=True, null="no default", object="environmentVariable")), "The environment variables of a solution by name, for `pack`. A value of the spec names one as `${environment:acme_ParcelHost}`.", {"acme_ParcelHost": "api.acme.example"}),
    Key("settings", Form(object="settings"), "The first contents of settings.json.", {"environment": "${ENVIRONMENT_ID:-}"}),
    Key("order", TEXTS, "The order of operations: ids, paths, and `/flows*` for all paths that begin with `/flows`.", ["GetFlow", "/flows*"], "actions as written"),
    Key("paths", Form(names=ANY), "Plain Swagger, which is merged with the operations.", {"/flows": {"x-note": "internal"}}),
    Key("properties", ANY, "Keys of apiProperties. They are merged into the derived ones; `null` removes a key. The sets of `connectionParameterSets` are merged by name.", {"policyTemplateInstances": []}),
    Key("info", Form(names=ANY), "Keys of Swagger's `info`. They are merged into what `connector` gives; `null` removes a key.", {"contact": {"phone": "12345"}}),
    Key("host", _NULLABLE, "Swagger's host. It replaces the one from `connector.server`.", '@environmentVariables("contoso_Host")'),
    Key("basePath", _NULLABLE, "Swagger's base path. It replaces the one from `connector.server`.", "/v1"),
    Key("schemes", Form(items=ANY, null="removed"), "Swagger's schemes. They replace the one from `connector.server`.", ["https"]),
    Key("consumes", Form(items=ANY, null="removed"), "The MIME types of requests.", ["application/json"], "[application/json]"),
    Key("produces", Form(items=ANY, null="removed"), "The MIME types of responses.", ["application/json"], "[application/json]"),
    Key("securityDefinitions", Form(names=ANY, null="removed"), "Swagger's security definitions. They are merged into what `auth` gives.", {"oauth2_auth": {"x-note": "internal"}}),
    Key("security", Form(items=ANY, null="removed"), "Swagger's security requirements. They replace those from `auth`.", []),
    Key("tags", Form(items=ANY), "Swagger's tags.", [{"name": "Flows"}]),
    Key("externalDocs", ANY, "A link to more documentation.", {"url": "https://contoso.example/help"}),
)  # fmt: skip

OBJECTS = {
    item.name: item
    for item in (
        Object("spec", "A connector.", _SPEC),
        Object("connector", "The connector itself. It can have every key of Swagger's `info`.", _CONNECTOR),
        Object("contact", "The contact for questions.", keys(
            Key("name", TEXT, "The name.", "Contoso Support"),
            Key("url", TEXT, "The address of a page.", "https://contoso.example/help"),
            Key("email", TEXT, "The mail address.", "help@contoso.example"),
        )),
        Object("solution", "The connector in a solution.", keys(
            Key("name", Form(text="letters, digits and _", pattern=UNIQUE_NAME.pattern), "The unique name of the solution.", "AcmeParcel", "the title without blanks"),
            Key("title", TEXT, "The name of the solution that people see.", "Acme Parcel", "the title of the connector"),
            Key("description", TEXT, "The description of the solution.", "Connectors of the Acme courier service."),
            Key("version", TEXT, "The version of the solution. A managed solution is only replaced by a higher one.", "1.0.0.1", "the version of the connector"),
            Key("prefix", Form(text="two to eight small letters and digits", pattern=PREFIX.pattern), "The publisher's prefix of names.", "acme", "the first eight letters of the publisher's name"),
            Key("publisher", Form(text="the publisher's name", object="solutionPublisher"), "The publisher of the solution, such as an own company.", "Acme", "`connector.publisher`"),
            Key("connectorName", Form(text="a prefix, _ and a name", pattern=r"[A-Za-z0-9]+_[A-Za-z0-9_-]+"), "The name of the connector in Dataverse. Keep it: an update finds the connector by it.", "acme_parcel-20tracker", "the prefix and the title"),
            Key("connectorId", Form(text="a GUID", pattern=f"(?i:{GUID.pattern})"), "The id of the connector in Dataverse.", "5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711", "made of `connectorName`"),
        ), extensions=False),
        Object("solutionPublisher", "The publisher of a solution.", keys(
            Key("name", Form(text="letters, digits and _", pattern=UNIQUE_NAME.pattern), "The unique name.", "acme", "made of `title`"),
            Key("title", TEXT, "The name that people see.", "Acme", "`name`"),
            Key("optionPrefix", INTEGER, "The prefix of the values of choices, 10000 to 99999.", 27433, "made of `name`"),
        ), extensions=False),
        Object("environmentVariable", "An environment variable of a solution.", keys(
            Key("type", words(*VARIABLE_TYPES), "The type of the value. The value of a `secret` is the address of a secret in Azure Key Vault.", "string", "by the default; else string"),
            Key("title", TEXT, "The name that people see.", "Parcel API host", "derived from the name"),
            Key("description", TEXT, "What the variable is for.", "The host of the parcel API."),
            Key("default", Form(text="text", number="number", boolean=True), "The value where an environment has none of its own.", "api.acme.example"),
            Key("required", BOOLEAN, "Whether an import asks for a value.", True, "false"),
        ), extensions=False),
        Object("license", "The licence of the definition.", keys(
            Key("name", TEXT, "The name.", "MIT"),
            Key("url", TEXT, "The address of the licence's text.", "https://contoso.example/licence"),
        )),
        Object("auth", "How a connection signs in.", _AUTH, extensions=False),
        Object("authSet", "One of several ways to sign in.", {
            "name": Key("name", TEXT, "The name of the set, which must be unique.", "key", required=True),
            **{name: key for name, key in _AUTH.items() if name != "sets"},
            "connection": Key("connection", _CONNECTION, "Further connection parameters of this way to sign in, by name.", {"region": {"allowed": {"eu": "Europe"}}}),
            "allowSharing": Key("allowSharing", BOOLEAN, "Whether people may share such a connection.", False),
        }, extensions=False),
        Object("connection", "A further connection parameter.", _CONNECTION_PARAMETER),
        Object("redirect", "The redirect URL, if a word can't say it. The connector's Security tab in the portal shows the URL that counts.", keys(
            Key("mode", TEXT, "`global`, `perConnector`, or a mode in the platform's own words.", "Direct", "global"),
            Key("url", Form(text="an address", null="none is written"), "The redirect URL itself.", "https://global.consent.azure-apim.net/redirect", "by the mode"),
        ), extensions=False),
        Object("connectionParameter", "A connection parameter that `auth` makes. `null` removes a derived key.", {
            "name": Key("name", TEXT, "The name of the parameter, if it isn't the usual one.", "api_key"), **_CONNECTION_PARAMETER,
        }),
        Object("defaults", "What the language derives, for the whole connector.", _DEFAULTS, extensions=False),
        Object("bodyDefault", "Body parameters.", keys(
            Key("name", TEXT, "The name of body parameters.", "item", "body"),
            Key("required", Form(boolean=True, null="not written"), "Whether bodies are required.", False, "true"),
            Key("consumes", TEXTS, "The MIME types of requests with a body, unless the operation has its own.", ["application/json"]),
        ), extensions=False),
        Object("operationDefault", "Keys that every operation gets.", keys(
            Key("consumes", TEXTS, "The MIME types of the request.", ["application/json"]),
            Key("produces", TEXTS, "The MIME types of the response.", ["application/json"]),
            Key("tags", Form(items=TEXT, names=Form(text="a path such as /flows, or /flows*,", items=TEXT)), "Swagger's tags: a list for all operations, or a mapping from each tag to the paths that have it. Of several entries that fit a path, the longest counts.", {"Flows": "/flows*", "Admin": ["/users*", "/roles"]}),
            Key("visibility", VISIBILITY, "Where the designer shows the operations.", "important"),
            Key("deprecated", BOOLEAN, "Whether they are hidden from new flows.", False),
            Key("security", ANY, "Swagger's security requirements, where they differ from the connector's.", []),
            Key("parameters", Form(items=ANY), "`[]` writes an empty list for operations without parameters.", []),
            Key("headers", Form(names=HEADER_FORM), "Headers of every request. They come before the request's own headers. `X-Client: null` at an operation leaves one out.", {"Accept": "application/json"}),
            Key("query", Form(text="query parameters as in a request line", items=TEXT), "Query parameters of every request, written as in a request line or as a list. A parameter that a request line contains already isn't added.", "api-version=2016-11-01"),
            Key("responses", Form(items=Form(number="integer", text="a status")), "Statuses that every operation can return besides its own. `defaults.responses` describes them. `404: null` at an operation leaves one out.", [401, 403]),
        )),
        Object("components", "Shared parameters and responses of Swagger.", keys(
            Key("parameters", Form(names=Form(object="component")), "Swagger's shared parameters by key.", {"PageSize": {"name": "$top", "in": "query", "type": "int"}}),
            Key("responses", Form(names=SHARED_FORM), "Swagger's shared responses by key.", {"NotFound": "There is none."}),
        ), extensions=False),
        Object("mcp", "An MCP server: an operation with the platform's mark. Its response isn't described.", {
            "id": Key("id", TEXT, "The ID of the operation.", "InvokeServer", "InvokeMCP"), **OPERATION_KEYS,
        }),
        Object("script", "Custom code (https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code).", keys(
            Key("file", TEXT, "The file, at most 1 MB, with a class `Script : ScriptBase`.", "script.csx", required=True),
            Key("operations", Form(items=TEXT, null="not written"), "The operations that it runs for; `[]`: all of them.", ["ListFlows"], "[]"),
        ), extensions=False),
        Object("testConnection", "The operation that tests a connection, in the platform's own words.", keys(
            Key("operationId", TEXT, "The ID of the operation.", "GetMe", required=True),
            Key("parameters", ANY, "The arguments of the operation.", {"id": "me"}),
        )),
        Object("capabilities", "What the connector can do (`x-ms-capabilities`).", keys(
            Key("testConnection", Form(text="an operation's id", object="testConnection"), "The operation that tests a connection.", "GetMe"),
            Key("file-picker", ANY, "The operations that list files to pick.", {"open": {"operationId": "ListRoots"}, "browse": {"operationId": "ListChildren"}}),
        )),
        Object("settings", "The first contents of settings.json (https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli).", keys(
            Key("connectorId", TEXT, "The connector that paconn updates.", "shared_contoso-5f1234"),
            Key("environment", TEXT, "The environment that paconn creates it in.", "${ENVIRONMENT_ID:-}"),
            Key("powerAppsUrl", TEXT.also(null="null is written"), "The service that paconn calls.", "https://api.powerapps.com", "https://api.powerapps.com"),
            Key("powerAppsApiVersion", TEXT.also(null="null is written"), "The version of that service.", "2016-11-01", "2016-11-01"),
            Key("flowUrl", TEXT, "The service that paconn lists environments from.", "https://api.flow.microsoft.com"),
            Key("flowApiVersion", TEXT, "The version of that service.", "2016-11-01"),
            Key("clientId", TEXT, "The application ID that paconn signs in with.", "00000000-0000-0000-0000-000000000000"),
            Key("tenant", TEXT, "The tenant that paconn signs in to.", "common"),
            Key("authorityUrl", TEXT, "The address at which paconn signs in.", "https://login.microsoftonline.com/"),
            Key("resource", TEXT, "The resource that paconn's token is for.", "https://service.powerapps.com/"),
        ), extensions=False),
        *POLICY_OBJECTS,
        *OPERATION_OBJECTS,
        *SCHEMA_OBJECTS,
    )
}  # fmt: skip

_parameter = OBJECTS["parameter"]
OBJECTS["component"] = Object(
    "component",
    "A shared parameter: one of Swagger's, with friendly keys and type words.",
    {
        **_parameter.keys,
        "name": Key("name", TEXT, "The name of the parameter in the request.", "$top", required=True),
        "in": Key(
            "in",
            words("path", "query", "header", "formData", "body"),
            "Where the parameter goes.",
            "query",
            required=True,
        ),
        "schema": Key("schema", SCHEMA_FORM, "The schema of a body parameter.", "Order"),
        "swagger": as_it_stands("parameter", {"name": "$top", "type": "integer"}),
    },
)

FORMS: dict[str, Form] = {
    "schema": SCHEMA_FORM,
    "field": FIELD_FORM,
    "parameterForm": PARAMETER_FORM,
    "responseForm": RESPONSE_FORM,
}
"""The forms that other forms name."""

LANGUAGE_VERSION = 1


def form(of: Form | str) -> Form:
    """Returns a form, looked up if `of` is a name."""
    return FORMS[of] if isinstance(of, str) else of
