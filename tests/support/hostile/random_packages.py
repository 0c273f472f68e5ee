"""Makes random packages that look like real ones, and spoils them. The same seed gives the same packages."""

from random import Random
from typing import Any

NICE = (
    "id",
    "name",
    "startTime",
    "value",
    "items",
    "owner",
    "nextLink",
    "displayName",
    "callbackUrl",
    "count",
    "tags",
    "status",
)
ODD = (
    "", "a.b", "a[]", "a[0]", "it's", 'say "x"', "with space", "ends!", "what?", "@odata.type", "$top", "x-ms-y", "${X}", "$${", "date", "string",
    "any", "file", "2016-11-01", "1", "1.0", "true", "null", "~", "a/b", "a~b", "a~1b", "a%20b", "é", "日本", "🙂", "\u202e", "\x00", "\x85", "\ufeff",
    "tab\t", "line\nline", "properties", "type", "required", "in", "name in query", "a in b", "#/definitions/A", "#", "*", "&a", "- x", ": ", "{x}", "{", "}",
    "=", "a=b", "a&b", "+", "%", "%41", "on", "y", "<<", "[x]", "'", '"', "\\", "..", "$ref", "200", "default", "body", "x-", "A", "B", " ", " a", "a ", "!",
    "?", "a!!", "é" * 130, "a" * 2000, "a-b", "a_b", "ID", "id2", "Get", "swagger", "fields", "sample", "inherit", "shared", "status", "description", "summary",
)  # fmt: skip
SCHEMAS = (
    "Run",
    "Order",
    "date",
    "string",
    "any",
    "A",
    "a/b",
    "two words",
    "",
    "#/definitions/Run",
    "x-y",
    "Order.Line",
    "object",
    "Order2",
    "200",
)
TEXTS = (
    "", "Id", "ID", "The identifier.", "Start Time", "Start time", "startTime", "Two lines\nof text.", "Ends in a blank ", " begins", "trailing\n", "\n\n", "\ttab",
    "2016-11-01", "1:30", "010", "0x1F", "1_000", "1e3", "yes", "No", "null", "~", ".inf", "true", "${X}", "$${X}", "${X:-y}", "${", "$$$", "@{body()}", "a: b",
    "a #b", "- a", "? a", "'q'", '"q"', "\x00\x1b\x7f", "\x85\u2028", "\ufeff", "🙂 ä 漢", "x" * 300, "word " * 60, "important", "advanced", "internal", "none",
    "single", "double", "#ff0000", "string", "date-time", "OK", "Created", "https://api.example.com/v1?x=1", "{", "}", "{id}", "{x", "a\r\nb", "\r",
)  # fmt: skip
NUMBERS = (0, 1, -1, 1.0, -0.0, 0.5, 1e16, 1e300, 5e-324, 2**31, 2**63, 10**30, 200, 404)
SCALARS = (*NUMBERS, True, False, None)
PATHS = (
    "/runs",
    "/runs/{id}",
    "/runs/{id}/{name}",
    "/",
    "/a b",
    "/{id}",
    "",
    "runs",
    "/a?x=1",
    "/a#b",
    "/:id",
    "/{",
    "/{}",
    "/{id}/{id}",
    "/ä/{é}",
    "/{a b}",
    "x-path",
)
EXTENSIONS = (
    "x-ms-visibility", "x-ms-summary", "x-ms-url-encoding", "x-ms-test-value", "x-ms-dynamic-values", "x-ms-dynamic-list", "x-ms-dynamic-schema",
    "x-ms-dynamic-properties", "x-ms-dynamic-tree", "x-ms-enum-values", "x-ms-media-kind", "x-ms-notification-url", "x-ms-trigger", "x-ms-trigger-hint",
    "x-ms-trigger-metadata", "x-ms-pageable", "x-ms-api-annotation", "x-ms-editor", "x-ms-capabilities", "x-ms-localizeDefaultValue", "x-nullable", "x-",
    "x-ms-notification-content", "x-ms-connector-metadata", "x-ms-trigger-value", "x-ms-skip-url-encoding", "x-ms-notification", "x-ms-openai",
)  # fmt: skip
KEYS = (
    "type", "format", "title", "description", "default", "enum", "items", "required", "properties", "additionalProperties", "allOf", "$ref", "schema", "name", "in",
    "responses", "parameters", "operationId", "summary", "tags", "consumes", "produces", "security", "deprecated", "examples", "example", "headers", "maxLength",
    "maximum", "pattern", "readOnly", "xml", "discriminator", "externalDocs", "schemes", "collectionFormat", "allowEmptyValue", "uniqueItems", "get", "post",
    "inline", "inherit", "fields", "sample", "samples", "swagger", "shared", "status", "request", "webhook", "polling", "label", "null", "connector", "not", "anyOf",
)  # fmt: skip
TYPES: tuple[dict[str, str], ...] = (
    {"type": "string"}, {"type": "string"}, {"type": "integer", "format": "int32"}, {"type": "integer"}, {"type": "boolean"}, {"type": "number", "format": "double"},
    {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}, {"type": "object"}, {"type": "number"}, {},
    {"type": "string", "format": "odd"}, {"type": "integer", "format": "int64"}, {"type": "file"}, {"type": "datetime"}, {"type": "int"}, {"type": "array"},
    {"type": "any"}, {"format": "int32"}, {"type": "null"}, {"type": "string", "format": ""}, {"type": ""}, {"type": "two words"},
)  # fmt: skip


class Packages:
    """Makes packages from one random source. `odd` is the share of names and parts that nobody would expect."""

    def __init__(self, random: Random, odd: float = 0.1) -> None:
        self.random = random
        self.odd = odd

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, choices: Any) -> Any:
        return choices[int(self.random.random() * len(choices))]

    def many(self, most: int) -> range:
        return range(int(self.random.random() * (most + 1)))

    def name(self) -> str:
        name: str = self.one(ODD if self.often(self.odd) else NICE)
        return name

    def text(self) -> str:
        text: str = self.one(TEXTS)
        return text

    def anything(self, depth: int = 0) -> Any:
        """Returns any JSON value."""
        if depth > 2 or self.often(0.6):
            return self.one(TEXTS + ODD if self.often(0.5) else SCALARS)
        if self.often(0.5):
            return [self.anything(depth + 1) for _ in self.many(3)]
        return {self.one(KEYS + EXTENSIONS + ODD): self.anything(depth + 1) for _ in self.many(3)}

    def package(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Returns a definition, and apiProperties or None."""
        self.style = self.one(("summary", "title", "both", "none"))
        definition = self.definition()
        return definition, self.properties() if self.often(0.8) else None

    def definition(self) -> dict[str, Any]:
        definition: dict[str, Any] = {"swagger": "2.0", "info": self.info()}
        if self.often(0.9):
            definition |= {"host": "api.example.com", "basePath": self.one(("/", "/v1", "", "v1", "/v1/"))}
        definition["schemes"] = self.one((["https"], ["https"], ["http", "https"], []))
        definition |= {key: self.one((["application/json"], [], ["text/xml"])) for key in ("consumes", "produces")}
        self.ids: list[str] = []
        self.path_names = dict.fromkeys(self.one(PATHS if self.often(self.odd) else PATHS[:4]) for _ in self.many(4))
        self.schema_names = dict.fromkeys(self.one(SCHEMAS) for _ in self.many(5))
        self.shared = dict.fromkeys(self.name() for _ in self.many(2))
        self.answers = dict.fromkeys(
            self.one(("NotFound", "200", "404", "default", "x-a", "a/b")) for _ in self.many(2)
        )
        definition["parameters"] = {key: self.parameter("/{id}") for key in self.shared}
        definition["responses"] = {key: self.response() for key in self.answers}
        definition["paths"] = {path: self.path(path) for path in self.path_names}
        definition["definitions"] = {name: self.schema(0) for name in self.schema_names}
        definition |= self.one((
            {}, {"securityDefinitions": {}, "security": []}, {"security": [{"key": []}], "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X"}}},
            {"securityDefinitions": {"a": {"type": "basic"}}}, {"tags": [{"name": "T"}]}, {"externalDocs": {"url": "u"}},
            {"securityDefinitions": {"oauth2_auth": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://l.example/a", "tokenUrl": "https://l.example/t", "scopes": {"s": "s"}}},
             "security": [{"oauth2_auth": ["s"]}]},
        ))  # fmt: skip
        if self.often(0.2):
            definition[self.one(EXTENSIONS)] = self.anything()
        if self.often(0.2):
            listed = [
                {
                    "propertyName": self.one(("Website", "Privacy policy", "Categories", "Odd")),
                    "propertyValue": self.text(),
                }
                for _ in self.many(3)
            ]
            definition["x-ms-connector-metadata"] = listed
        return definition

    def info(self) -> dict[str, Any]:
        info: dict[str, Any] = {
            "title": self.text(),
            "description": self.text(),
            "version": self.one(("1.0", "1.0.0", "2016-11-01", 1.0)),
        }
        if self.often(0.3):
            info["contact"] = self.one(
                ({}, {"name": "N", "url": "u", "email": "e"}, {"name": self.text()}, "text", {"x-a": 1})
            )
        if self.often(0.1):
            info[self.one((*EXTENSIONS, "termsOfService", "license"))] = self.anything()
        return info

    def path(self, path: str) -> dict[str, Any]:
        item: dict[str, Any] = {
            self.one(("get", "post", "put", "patch", "delete", "head", "options")): None
            for _ in range(1 + self.one((0, 0, 1, 2)))
        }
        for verb in item:
            item[verb] = self.operation(path)
        if self.often(0.1):
            item["parameters"] = [self.parameter(path) for _ in self.many(2)]
        if self.often(0.15):
            item["x-ms-notification-content"] = self.response()
        if self.often(self.odd / 2):
            item[self.one(EXTENSIONS + KEYS)] = self.anything()
        return item

    def operation(self, path: str) -> dict[str, Any]:
        out = self.about()
        for key in ("consumes", "produces", "tags"):
            if self.often(0.2):
                out[key] = self.one(
                    (
                        ["application/json"],
                        [],
                        ["a", "b"],
                        ["multipart/form-data"],
                        ["application/x-www-form-urlencoded"],
                    )
                )
        if self.often(0.85):
            wanted = [
                self.parameter(path, name) for name in ("id", "name") if f"{{{name}}}" in path and self.often(0.95)
            ]
            out["parameters"] = [*wanted, *(self.use(path) for _ in self.many(4))]
        statuses = ("200", "200", "201", "default", "404", "401", "x-a", "2XX", "600", "0200")
        out["responses"] = {self.one(statuses): self.answer() for _ in range(1 + self.one((0, 1, 2)))}
        if self.often(0.15):
            pageable: tuple[dict[str, Any], ...] = (
                {"nextLinkName": "nextLink"},
                {"nextLinkName": ""},
                {"nextLinkName": "a", "x": 1},
                {},
            )
            out["x-ms-pageable"] = self.one(pageable)
        if self.often(self.odd):
            out[self.one(EXTENSIONS + KEYS)] = self.anything()
        return out

    def about(self) -> dict[str, Any]:
        """Returns the keys of an operation, without its inputs and outputs."""
        ids = ("ListRuns", "GetRun", "list_runs", "Get", "Op", "when x", "date", "DeleteRun", "é")
        out: dict[str, Any] = {"operationId": self.one(ids)}
        if self.often(0.8):
            out["operationId"] += str(len(self.ids))
        self.ids.append(out["operationId"])
        if self.often(0.8):
            out["summary"] = self.one(("List runs", "Get run", "List runs1", "Get run0", self.text()))
        if self.often(0.8):
            out["description"] = self.text()
        if self.often(0.3):
            out["x-ms-visibility"] = self.one(("important", "advanced", "internal", "none", "", "odd"))
        if self.often(0.2):
            out["x-ms-trigger"] = self.one(("single", "batch", "batch", "odd"))
            out["x-ms-trigger-metadata"] = {"kind": "query", "mode": self.one(("polling", "polling", "other"))}
        if self.often(0.1):
            out["deprecated"] = self.one((True, False))
        return out

    def use(self, path: str) -> dict[str, Any]:
        if self.shared and self.often(0.2):
            return {"$ref": "#/parameters/" + self.one(list(self.shared)).replace("~", "~0").replace("/", "~1")}
        return self.parameter(path)

    def parameter(self, path: str, name: str | None = None) -> dict[str, Any]:
        place = "path" if name else self.one(("query", "query", "query", "header", "formData", "body", "body", "path"))
        out: dict[str, Any] = {
            "name": name or ("body" if place == "body" and self.often(0.8) else self.name()),
            "in": place,
        }
        if self.often(0.8):
            out["required"] = place == "path" or self.often(0.5)
        self.said(out, out["name"])
        if place == "body":
            out.pop("title", None)
            out["schema"] = self.schema(0)
            return out
        out |= self.one(TYPES[:9])
        self.values(out)
        if place == "path" and self.often(0.9):
            out["x-ms-url-encoding"] = self.one(("single", "single", "double", "odd"))
        if self.often(0.1):
            out |= {"type": "array", "items": self.schema(2), "collectionFormat": self.one(("csv", "multi"))}
        if self.often(0.2):
            out |= {"required": True, "x-ms-visibility": "internal", "type": "string", "default": self.text()}
        self.dynamic(out)
        return out

    def said(self, out: dict[str, Any], name: str) -> None:
        """Adds texts and visibility, mostly as they are derived."""
        derived = name[:1].upper() + name[1:]
        title = "Start Time" if name == "startTime" else "ID" if name == "id" else derived
        for key, styles in (("x-ms-summary", ("summary", "both")), ("title", ("title", "both"))):
            if (self.style in styles) == self.often(0.9):
                out[key] = title if self.often(0.8) else self.text()
        if self.often(0.5):
            out["description"] = self.one((name, "The thing.", self.text()))
        if self.often(0.2):
            out["x-ms-visibility"] = self.one(("important", "advanced", "internal", "internal", "none", ""))

    def values(self, out: dict[str, Any]) -> None:
        if self.often(0.15):
            out["default"] = self.one((*SCALARS, self.text(), [], {}, ["a"], {"a": None}))
        if self.often(0.15):
            enum = self.one(
                (
                    ["a", "b"],
                    [1, 2],
                    [1.0, 2],
                    [True],
                    [],
                    ["1", 1],
                    ["a", None],
                    ["true", "2016-11-01", ""],
                    [self.text(), self.text()],
                )
            )
            out["enum"] = enum
            if self.often(0.5):
                out["x-ms-enum-values"] = [{"value": item, "displayName": self.text()} for item in enum]
        if self.often(0.1):
            out[self.one(("minimum", "maximum", "maxLength", "minItems", "multipleOf"))] = self.one(NUMBERS)
        if self.often(self.odd / 2):
            out[self.one(EXTENSIONS + KEYS)] = self.anything()

    def dynamic(self, out: dict[str, Any]) -> None:
        if not self.often(0.08):
            return
        argument = self.one(
            (
                {"parameter": "id"},
                "text",
                {"value": "{id}"},
                "{id}",
                1,
                {"parameterReference": "body/a"},
                {"value": {"value": 1}},
                None,
            )
        )
        parameters = {self.name(): argument}
        old = {
            "operationId": "ListRuns",
            "value-collection": "value",
            "value-path": "id",
            "value-title": "name",
            "parameters": parameters,
        }
        new = {
            "operationId": "ListRuns",
            "itemsPath": "value",
            "itemValuePath": "id",
            "itemTitlePath": "name",
            "parameters": parameters,
        }
        schema = {"operationId": "GetSchema", "value-path": "schema", "parameters": parameters}
        properties = {"operationId": "GetSchema", "itemValuePath": "schema", "parameters": parameters}
        out |= self.one((
            {"x-ms-dynamic-values": old}, {"x-ms-dynamic-values": old, "x-ms-dynamic-list": new}, {"x-ms-dynamic-list": new},
            {"x-ms-dynamic-schema": schema}, {"x-ms-dynamic-schema": schema, "x-ms-dynamic-properties": properties}, {"x-ms-dynamic-properties": properties},
            {"x-ms-dynamic-values": {}}, {"x-ms-dynamic-values": None}, {"x-ms-dynamic-list": {**new, "operationId": "Other", "x": 1}, "x-ms-dynamic-values": old},
        ))  # fmt: skip

    def schema(self, depth: int) -> dict[str, Any]:
        if self.schema_names and self.often(0.15):
            name = self.one(list(self.schema_names))
            out: dict[str, Any] = {"$ref": "#/definitions/" + name.replace("~", "~0").replace("/", "~1")}
            if self.often(0.2):
                self.said(out, "id")
            return out
        if depth < 4 and self.often(0.5 - depth / 10):
            return self.object(depth)
        if depth < 5 and self.often(0.2):
            out = {"type": "array", "items": self.schema(depth + 1)}
        else:
            out = dict(self.one(TYPES if self.often(self.odd) else TYPES[:12]))
        self.values(out)
        if self.often(0.2):
            self.said(out, self.name())
        if self.often(0.1):
            out[self.one(("readOnly", "additionalProperties", "example", "allOf"))] = self.one(
                (True, False, {"type": "string"}, [{"type": "object"}], {}, [])
            )
        self.dynamic(out)
        return out

    def object(self, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "object"} if self.often(0.9) else {}
        names = dict.fromkeys(self.name() for _ in self.many(5))
        out["properties"] = {}
        for name in names:
            part = out["properties"][name] = self.schema(depth + 1)
            if "$ref" not in part or self.often(0.1):
                self.said(part, name)
            if self.often(0.03):
                part |= {"type": "string", "x-ms-notification-url": True, "x-ms-visibility": "internal"}
        if self.often(0.5):
            listed = [name for name in names if self.often(0.5)]
            if self.often(0.2):
                listed.reverse()
            if self.often(self.odd):
                listed = self.one(([], ["nowhere"], listed * 2, True, [*listed, ""]))
            out["required"] = listed
        self.dynamic(out)
        return out

    def answer(self) -> Any:
        if self.answers and self.often(0.2):
            return {"$ref": "#/responses/" + self.one(list(self.answers)).replace("/", "~1")}
        return self.response()

    def response(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        if self.often(0.9):
            out["description"] = self.one(("OK", "Created", "Not Found", "The operation failed.", "Run", self.text()))
        if self.often(0.6):
            out["schema"] = self.schema(0)
        if self.often(0.1):
            header: dict[str, Any] = dict(self.one(TYPES[:9]))
            self.values(header)
            out["headers"] = {self.name(): header}
        if self.often(0.1):
            out["examples"] = self.one(({}, {"application/json": {"a": None}}, {"application/json": self.anything()}))
        if self.often(self.odd):
            out[self.one(EXTENSIONS + KEYS)] = self.anything()
        return out

    def properties(self) -> dict[str, Any]:
        inner: dict[str, Any] = {}
        if self.often(0.8):
            inner["connectionParameters"] = self.one((
                {}, {"api_key": {"type": "securestring", "uiDefinition": {"displayName": "Key", "constraints": {"required": "true"}}}},
                {"region": {"type": "string", "uiDefinition": {"constraints": {"allowedValues": [{"text": "Europe", "value": "eu"}]}}}, "gateway": {"type": "gatewaySetting"}},
                {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "oauth2", "clientId": self.text(), "clientSecret": "verysecretvalue", "scopes": ["s"]}}},
            ))  # fmt: skip
        if self.often(0.8):
            inner |= {
                "iconBrandColor": self.one(("#007ee5", "#0B556A", "red", "#fff")),
                "capabilities": self.one(([], ["actions"], [1])),
            }
        if self.often(0.5):
            inner["policyTemplateInstances"] = [self.policy() for _ in self.many(3)]
        if self.often(0.3):
            inner |= {"publisher": self.text(), "stackOwner": self.one(("Contoso", None, 1, self.text()))}
        if self.often(0.1):
            inner["scriptOperations"] = self.one(([], self.ids[:1], "all", [1]))
        if self.often(self.odd):
            inner[self.one(("odd", "x-a", *EXTENSIONS))] = self.anything()
        return {"properties": inner}

    def policy(self) -> dict[str, Any]:
        parameters = self.one((
            ("setheader", {"x-ms-apimTemplateParameter.name": "X", "x-ms-apimTemplateParameter.value": self.text(), "x-ms-apimTemplateParameter.existsAction": "override"}),
            ("routerequesttoendpoint", {"x-ms-apimTemplateParameter.newPath": "/a", "x-ms-apimTemplateParameter.httpMethod": "@Request.OriginalHTTPMethod"}),
            ("dynamichosturl", {"x-ms-apimTemplateParameter.urlTemplate": "https://@connectionParameters('host')"}),
            ("pollingtrigger", {"x-ms-apimTemplateParameter.triggerConfig": {"id": "@{x}"}, "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody().value"}),
            ("odd", {"a": self.anything()}),
        ))  # fmt: skip
        template, said = parameters
        if self.often(0.7):
            said["x-ms-apimTemplate-operationName"] = self.ids[:1]
        if self.often(0.4):
            said["x-ms-apimTemplate-policySection"] = self.one(("Request", "Response", "odd"))
        out: dict[str, Any] = {
            "templateId": template,
            "title": self.one(("Title", "Trigger configuration", self.text())),
            "parameters": said,
        }
        if template == "pollingtrigger":
            out["type"] = "PollingTrigger"
        if self.often(self.odd / 2):
            out[self.one(("x-a", "odd", "title"))] = self.anything()
        return out

    def spoil(self, value: Any, times: int = 1) -> Any:
        """Returns a copy with this many defects at any depth: changed values, removed or added keys, repeated items."""
        for _ in range(times):
            value = self._spoilt(value)
        return value

    def _spoilt(self, value: Any) -> Any:
        steps = list(_places(value))
        return self._at(value, self.one(steps)) if steps else self.anything()

    def _at(self, value: Any, at: tuple[str | int, ...]) -> Any:
        step, *rest = at
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        if rest:
            copy[step] = self._at(copy[step], tuple(rest))
            return copy
        match self.one(("other", "other", "remove", "add", "twin")):
            case "other":
                copy[step] = self.anything()
            case "remove":
                del copy[step]
            case "add" if isinstance(copy, dict):
                copy[self.one(KEYS + EXTENSIONS + ODD)] = self.anything()
            case "add":
                copy.insert(int(step), self.anything())
            case _ if isinstance(copy, dict):
                copy[self.one(list(copy))] = copy[str(step)]
            case _:
                copy.append(copy[int(step)])
        return copy


def _places(value: Any, at: tuple[str | int, ...] = ()) -> Any:
    """Yields the way to every part of a value, without the value itself."""
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*at, step)
        yield from _places(part, (*at, step))
