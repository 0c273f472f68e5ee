"""Defects of a document, its operations, paths and parameters."""

from typing import Any

from connector_builder.findings import Pointer
from tests.support.defects.defects import (
    Mutator,
    Places,
    Spot,
    adds,
    adds_parameter,
    at,
    drops,
    operations,
    parameters,
    part,
    paths,
    puts,
    references,
    responses,
    root,
)

_INFO = part("info")
_STRING = {"type": "string"}
_LISTS = ("schemes", "consumes", "produces")


def _verb(*verbs: str) -> Places:
    return operations(lambda spot: spot.at[-1] in verbs)


def _renames_path(change: Any) -> Any:
    def renamed(spot: Spot) -> Pointer:
        new = change(spot.at[-1])
        items = spot.root["paths"]
        spot.root["paths"] = {new if name == spot.at[-1] else name: item for name, item in items.items()}
        return ("paths", new)

    return renamed


def _adds_path(name: str, *steps: str, **item: Any) -> Any:
    def change(spot: Spot) -> Pointer:
        spot.root["paths"][name] = item or {"get": _answering("Another")}
        return ("paths", name, *steps)

    return change


_DATE = {"type": "string", "title": "Date", "description": "When it was."}
_TWICE = {"ordered": _DATE, "paid": _DATE}


def _answering(name: str, *parameters_: Any, **schema: Any) -> dict[str, Any]:
    answer = {"description": "Done.", "schema": schema or {"type": "string"}}
    more = {"parameters": list(parameters_)} if parameters_ else {}
    return {
        "operationId": name,
        "summary": name,
        "description": f"What {name} does.",
        "responses": {"200": answer},
        **more,
    }


def _twin_path(spot: Spot) -> Pointer:
    path = str(spot.at[-1]).upper()
    spot.root["paths"][path] = {"options": _answering("Another")}
    return ("paths", path)


def _copies_path(spot: Spot) -> Pointer:
    inside = {"name": "other", "in": "path", "type": "string", "required": True, "x-ms-url-encoding": "single"}
    texts = {"x-ms-summary": "Other", "description": "Another name."}
    name = str(spot.at[-1]).replace("{" + str(spot.at[-1]).split("{")[1].split("}")[0] + "}", "{other}")
    verb = next(iter(spot.node))
    spot.root["paths"][name] = {verb: _answering("Another", {**inside, **texts})}
    return ("paths", name, verb)


def _duplicate_id(spot: Spot) -> Pointer:
    spot.root["paths"]["/zzz"] = {"post": {**_answering(spot.node["operationId"])}}
    return ("paths", "/zzz", "post", "operationId")


def _duplicate_parameter(spot: Spot) -> Pointer:
    inline = next(one for one in spot.node["parameters"] if "name" in one and one["in"] in ("query", "header"))
    spot.node["parameters"].append({**inline})
    return (*spot.at, "parameters", len(spot.node["parameters"]) - 1)


def _path_parameters(*names: str) -> Any:
    def change(spot: Spot) -> Pointer:
        texts = {"x-ms-summary": "More", "description": "More of it."}
        spot.node["parameters"] = [{"name": name, "in": "header", "type": "string", **texts} for name in names]
        return (*spot.at, "parameters", 1)

    return change


def _path_bodies(spot: Spot) -> Pointer:
    spot.node["parameters"] = [{"name": name, "in": "body", "schema": {"type": "object"}} for name in ("one", "two")]
    return (*spot.at, "parameters", 1)


def _many_operations(spot: Spot) -> Pointer:
    spot.root["paths"].update({f"/zz{number}": {"get": _answering(f"Zz{number}")} for number in range(256)})
    return ("paths",)


def _shared_reference(among: str, name: str) -> Any:
    def change(spot: Spot) -> Pointer:
        shared = spot.root[among]
        shared["Other"] = shared[name]
        shared[name] = {"$ref": f"#/{among}/Other"}
        return (among, name, "$ref")

    return change


def _has(kind: str) -> Any:
    return lambda spot: any(one.get("in") == kind for one in spot.node.get("parameters", []))


def _with(*kinds: str) -> Places:
    return operations(lambda spot: any(_has(kind)(spot) for kind in kinds))


def _operation_of(spot: Spot) -> dict[str, Any]:
    return at(spot.root, spot.at[:3]) if spot.at[0] == "paths" else {}


def _metadata(name: str) -> Any:
    return lambda spot: next(number for number, one in enumerate(spot.node) if one["propertyName"] == name)


def _sets_categories(value: str) -> Any:
    def change(spot: Spot) -> Pointer:
        spot.node[_metadata("Categories")(spot)]["propertyValue"] = value
        return (*spot.at, _metadata("Categories")(spot), "propertyValue")

    return change


def _renames_metadata(spot: Spot) -> Pointer:
    spot.node[1]["propertyName"] = "privacy Policy"
    return (*spot.at, 1, "propertyName")


def _drops_metadata(spot: Spot) -> Pointer:
    del spot.node[1]
    return spot.at


_VISIBLE = operations(lambda spot: "x-ms-visibility" not in spot.node)
_SHOWN = ("query", "path", "formData", "header")
_seen = parameters(*_SHOWN, where=lambda spot: "x-ms-visibility" not in {**spot.node, **_operation_of(spot)})
_own_answers = operations(lambda spot: all("$ref" not in one for one in spot.node["responses"].values()))

DOCUMENT = [
    Mutator("RequiredPropertyMissing", _INFO, drops("version")),
    Mutator("RequiredPropertyMissing", responses(lambda spot: "description" in spot.node), drops("description")),
    Mutator("JsonTypeIncorrect", operations(), puts("summary", 7)),
    Mutator("JsonTypeIncorrect", _INFO, puts("version", 1.0)),
    Mutator("JsonValueNotInEnum", operations(), puts("x-ms-visibility", "hidden")),
    Mutator("AdditionalPropertyNotAllowed", operations(), puts("sumary", "List")),
    Mutator("AdditionalPropertyNotAllowed", _INFO, puts("name", "Orders")),
    Mutator("ExtensionNameNotValid", operations(), puts("ms-visibility", "internal")),
    Mutator("ExtensionNameNotKnown", operations(), puts("x-ms-visbility", "internal")),
    Mutator("ExtensionWithoutEffect", paths(), puts("x-ms-visibility", "internal")),
    Mutator("RequiredValueEmpty", _INFO, puts("title", "")),
    Mutator("ArrayDuplicateValue", root, puts("schemes", ["https", "https"], 1)),
    Mutator("ArrayDuplicateValue", root, puts("consumes", ["application/json"] * 2, 1)),
    Mutator("SpecificationVersionIncorrect", root, puts("swagger", 2.0)),
    Mutator("InfoDescriptionMissing", _INFO, drops("description")),
    Mutator("ServiceAddressIncomplete", root, drops("schemes")),
    Mutator("ServiceAddressIncomplete", root, drops("host")),
    Mutator("HostNameNotValid", root, puts("host", "https://api.contoso.example/v1")),
    Mutator("HostNotReachable", root, puts("host", "localhost:8080")),
    Mutator("HostNotForProduction", root, puts("host", "api-staging.contoso.example")),
    Mutator("PlaceholderLeft", root, puts("host", "api.your-server.example")),
    Mutator("BasePathNotValid", root, puts("basePath", "v1")),
    Mutator("SchemesArrayEmpty", root, puts("schemes", [])),
    Mutator("SchemeNotValid", root, puts("schemes", ["https://"], 0)),
    Mutator("SchemeNotSupported", root, puts("schemes", ["https", "wss"], 1)),
    Mutator("SchemeWithoutEncryption", root, puts("schemes", ["http"], 0)),
    Mutator("ContactEmailNotValid", part("info", "contact"), puts("email", "help")),
    Mutator("UrlNotValid", part("info", "contact"), puts("url", "www.contoso.example")),
    Mutator("UrlNotValid", part("externalDocs"), puts("url", "contoso")),
    Mutator("UrlNotValid", part("securityDefinitions", "login"), puts("tokenUrl", "login.contoso.example")),
    Mutator("TagRedefined", root, adds("tags", "name", name="orders")),
    Mutator("FieldLengthExceeded", _INFO, puts("title", "Orders of Contoso for Wholesale Buyers")),
    Mutator("FieldLengthExceeded", parameters("query", "path"), puts("x-ms-summary", "Word " * 17)),
    Mutator("FieldLengthNotInRange", _INFO, puts("description", "Reads the orders.")),
    Mutator("FieldLengthNotInRange", _INFO, puts("description", "Reads the orders. " * 30)),
    Mutator("ValueContainsRestrictedWords", _INFO, puts("title", "Orders API")),
    Mutator("ValueContainsRestrictedWords", _INFO, puts("description", "Orders for Power Automate and for others.")),
    Mutator("ValueMustBeInEnglish", _INFO, puts("title", "Заказы")),
    Mutator("ValueMustEndWithAlphanumeric", _INFO, puts("title", "Orders!")),
    Mutator("CertificationPropertyMissing", root, drops("x-ms-connector-metadata")),
    Mutator("CertificationPropertyMissing", _INFO, drops("contact")),
    Mutator("ConnectorMetadataPropertiesMissing", part("x-ms-connector-metadata"), _drops_metadata),
    Mutator("ConnectorMetadataPropertiesMissing", part("x-ms-connector-metadata"), _renames_metadata),
    Mutator("InvalidConnectorCategory", part("x-ms-connector-metadata"), _sets_categories("Datas")),
    Mutator("TooManyConnectorCategories", part("x-ms-connector-metadata"), _sets_categories("Data;Finance;Commerce")),
    Mutator("TotalOperationsCountExceedsMaxAllowed", root, _many_operations),
]
OPERATIONS = [
    Mutator("OperationIdRequired", _verb("put", "get"), drops("operationId")),
    Mutator("OperationIdNotUnique", operations(), _duplicate_id),
    Mutator("OperationIdSanitized", root, _adds_path("/zz", "get", "operationId", get=_answering("list-orders"))),
    Mutator("OperationIdTooLong", root, _adds_path("/zz", "get", "operationId", get={**_answering("List" * 21), "summary": "List"})),
    Mutator("OperationMustHaveResponse", _own_answers, puts("responses", {})),
    Mutator("OperationShouldHaveSuccessfulResponse", _own_answers, puts("responses", {"404": {"description": "None."}})),
    Mutator("OperationShouldHaveSuccessfulResponse", _verb("post"), puts("responses", {"default": {"description": "Done."}})),
    Mutator("ResponseMustBeDefaultOrHttpStatusCode", operations(), lambda spot: puts("OK", {"description": "Done."})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root))),
    Mutator("ResponseHeadersAreNotUnique", responses(lambda spot: "$ref" not in spot.node), puts("headers", {"ETag": _STRING, "Etag": _STRING}, "Etag")),
    Mutator("BodyOrFormDataParameterInFetchOperationNotAllowed", _verb("get"), adds("parameters", name="body", **{"in": "body"}, schema={"type": "object"})),
    Mutator("OperationTextMissing", _VISIBLE, drops("description")),
    Mutator("OperationTextMissing", _VISIBLE, drops("summary")),
    Mutator("OperationSummaryTooLong", operations(), puts("summary", "List orders " * 8)),
    Mutator("RestrictedCharactersInSummary", operations(), puts("summary", "Orders & returns")),
    Mutator("LabelEmpty", operations(lambda spot: "x-ms-visibility" in spot.node), puts("summary", "")),
    Mutator("LabelEmpty", parameters("query", "path", "formData"), puts("x-ms-summary", "")),
    Mutator("SummaryIsDescription", operations(), puts("description", "Same text", summary="Same text")),
    Mutator("OutputSchemaMissing", responses(lambda spot: spot.at[2] == "get" and "schema" in spot.node and spot.at[1] == "/ping"), drops("schema")),
    Mutator("DefaultResponseHasSchema", operations(), lambda spot: puts("default", {"description": "Error.", "schema": {"type": "object"}})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root))),
    Mutator("EmptyResponseHasSchema", operations(lambda spot: not any("schema" in one for one in spot.node["responses"].values())), lambda spot: puts("205", {"description": "Done.", "schema": {"type": "object"}})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root))),
    Mutator("ErrorResponseHasSchema", operations(lambda spot: any("schema" in one for one in spot.node["responses"].values())), lambda spot: puts("409", {"description": "Error.", "schema": {"type": "object"}})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root))[:-1]),
    Mutator("OperationHasManyResponsesWithSchema", _verb("get"), lambda spot: puts("202", {"description": "Later.", "schema": {"type": "object"}})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root))[:-1]),
    Mutator("OutputWithoutFields", root, _adds_path("/zz", "get", "responses", "200", get=_answering("Open", type="object"))),
    Mutator("OutputWithoutFields", root, _adds_path("/zz", "get", "responses", "200", get=_answering("Open", type="array", items={"type": "object"}))),
    Mutator("TokenRepeated", root, _adds_path("/zz", "get", get=_answering("Twice", type="object", properties=_TWICE))),
    Mutator("InternalOperationNotCalled", root, _adds_path("/zz", "get", get={**_answering("Lost"), "x-ms-visibility": "internal"})),
    Mutator("AgenticOperationNotPost", _verb("get"), puts("x-ms-agentic-protocol", "mcp-streamable-1.0")),
]  # fmt: skip
PATHS = [
    Mutator("OperationPathMustStartWithSlash", paths(), _renames_path(lambda name: name[1:])),
    Mutator("OperationPathMayNotContainQueryOrFragment", paths(), _renames_path(lambda name: f"{name}?state=open")),
    Mutator("OperationPathContainsUnsupportedCharacters", paths(), _renames_path(lambda name: f"{name}/*")),
    Mutator("OperationPathTemplateNotValid", paths(), _renames_path(lambda name: f"{name}/{{id")),
    Mutator("OperationPathVariablesContainDefaults", root, _adds_path("/{zz=v1}/orders", get=_answering("Zz", {"name": "zz=v1", "in": "path", "type": "string", "required": True, "x-ms-summary": "Version", "description": "The version.", "x-ms-url-encoding": "single"}))),
    Mutator("PathRedefined", paths(lambda spot: "{" not in str(spot.at[-1])), _twin_path),
    Mutator("DuplicateOperationPath", paths(lambda spot: str(spot.at[-1]).count("{") == 1), _copies_path),
    Mutator("PartialDuplicateOperationPath", root, _adds_path("/orders/open", get=_answering("Zz"))),
    Mutator("PathItemRefNotSuppored", root, _adds_path("/zz", "$ref", **{"$ref": "#/paths/~1ping"})),
    Mutator("PathWithoutOperations", root, _adds_path("/zz", **{"x-note": 1})),
    Mutator("BasePathRepeatedInPaths", paths(), _renames_path(lambda name: f"/v1{name}")),
    Mutator("OperationMissingPathParameter", paths(lambda spot: len(spot.node) == 1), lambda spot: (*_renames_path(lambda name: f"{name}/{{zz}}")(spot), next(iter(spot.node)))),
    Mutator("PathParameterNotDefinedInTemplate", operations(), adds_parameter("path", "zz", type="string", required=True, x_ms_url_encoding="single")),
    Mutator("PathParameterMustBeRequired", parameters("path"), drops("required")),
    Mutator("PathParameterMustBeRequired", parameters("path"), puts("required", False)),
    Mutator("PathParameterMissingEncoding", parameters("path"), drops("x-ms-url-encoding")),
]  # fmt: skip
PARAMETERS = [
    Mutator("OperationParametersContainDuplicateParameter", operations(lambda spot: any(one.get("in") in ("query", "header") for one in spot.node.get("parameters", []))), _duplicate_parameter),
    Mutator("PathParametersContainDuplicateParameter", paths(), _path_parameters("x-more", "x-more")),
    Mutator("PathParametersContainMultipleBodyParameters", root, lambda spot: _path_bodies(Spot(_adds_path("/zz", post={"operationId": "Zz", "summary": "Zz", "description": "What it does.", "responses": {"204": {"description": "Done."}}})(spot), spot.root["paths"]["/zz"], spot.root))),
    Mutator("OperationParametersContainMultipleBodyParameters", _with("body"), adds("parameters", name="more", **{"in": "body"}, schema={"type": "object"})),
    Mutator("ParameterListContainsFormDataAndBody", _with("body"), adds_parameter("formData", "zz", type="string")),
    Mutator("BodyParameterSchemaRequired", root, lambda spot: (*_adds_path("/zz", "post", "parameters", post=_answering("Zz", {"name": "body", "in": "body"}))(spot), 0)),
    Mutator("BodyParameterPropertyNotValid", parameters("body"), puts("type", "object")),
    Mutator("NonBodyParameterSchemaNotValid", parameters("query", "path", "header"), puts("schema", _STRING)),
    Mutator("FileParameterMustBeInFormData", operations(), adds_parameter("query", "zz", "type", type="file")),
    Mutator("InvalidFormDataParameterName", parameters("formData"), puts("name", "größe")),
    Mutator("AllowEmptyValueOnlyValidForQueryFormData", parameters("header", "path"), puts("allowEmptyValue", True)),
    Mutator("CollectionFormatValueNotSupported", parameters("query", where=lambda spot: spot.node["type"] == "array"), puts("collectionFormat", "multi")),
    Mutator("ConnectionIdParameterNotAllowed", operations(), adds_parameter("query", "connectionId", "name", type="string")),
    Mutator("QueryParameterEncodingNotSupported", parameters("query"), puts("x-ms-url-encoding", "double")),
    Mutator("ReservedParameterIsUsed", operations(), adds_parameter("header", "Authorization", "name", type="string")),
    Mutator("ReservedParameterIsUsed", operations(), adds_parameter("header", "host", "name", type="string")),
    Mutator("ParameterTextMissing", _seen, drops("x-ms-summary")),
    Mutator("ParameterTextMissing", _seen, drops("description")),
    Mutator("LabelRepeated", operations(lambda spot: any("x-ms-summary" in one and "x-ms-visibility" not in one for one in spot.node.get("parameters", []))), lambda spot: adds_parameter("query", "zz", type="string", x_ms_summary=next(one["x-ms-summary"] for one in spot.node["parameters"] if "x-ms-summary" in one))(spot)[:3]),
    Mutator("InternalPropertyWithDefaultOptional", operations(), adds_parameter("query", "zz", type="string", default="1", x_ms_visibility="internal")),
    Mutator("InternalParameterRequiresDefault", _VISIBLE, adds_parameter("query", "zz", type="string", required=True, x_ms_visibility="internal")),
    Mutator("ParameterReferenceNotFound", references("parameters"), puts("$ref", "#/parameters/Trac")),
    Mutator("ParameterReferenceNotValid", operations(), adds("parameters", "$ref", **{"$ref": "#/definitions/Line"})),
    Mutator("ParameterRefLoopNotAllowed", root, _shared_reference("parameters", "Trace")),
    Mutator("ResponseRefLoopNotAllowed", root, _shared_reference("responses", "NotFound")),
    Mutator("ResponseReferenceNotFound", references("responses"), puts("$ref", "#/responses/None")),
    Mutator("ResponseReferenceNotValid", operations(lambda spot: "409" not in spot.node["responses"]), lambda spot: (*puts("409", {"$ref": "errors.json#/NotFound"})(Spot((*spot.at, "responses"), spot.node["responses"], spot.root)), "$ref")),
]  # fmt: skip
MEDIA = [
    Mutator("MimeTypeNotValid", root, puts("consumes", ["application/json", "json"], 1)),
    Mutator("MimeTypeNotSupported", operations(), puts("produces", ["application/json", "text/xml"], 1)),
    Mutator("ConsumesMissing", root, lambda spot: drops("consumes")(spot)),
    Mutator("MimeTypeNotCompatibleWithRequestContentSchemaType", _with("formData"), lambda spot: (*puts("consumes", ["application/json"])(spot)[:-1], "parameters", 0)),
    Mutator("MimeTypeNotCompatibleWithRequestContentSchemaType", _with("body"), lambda spot: (*puts("consumes", ["multipart/form-data"])(spot)[:-1], "parameters", next(number for number, one in enumerate(spot.node["parameters"]) if one["in"] == "body"))),
    Mutator("StringBinaryNotSupportedForFormUrlEncoded", _with("formData"), lambda spot: (*puts("consumes", ["application/x-www-form-urlencoded"])(spot)[:-1], "parameters", 0)),
    Mutator("ResponseExampleMustBeProducedByOperation", responses(lambda spot: "$ref" not in spot.node), puts("examples", {"text/plain": "A-17"}, "text/plain")),
]  # fmt: skip
MUTATORS = [*DOCUMENT, *OPERATIONS, *PATHS, *PARAMETERS, *MEDIA]
