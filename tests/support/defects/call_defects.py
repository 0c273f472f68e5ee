"""Defects of what operations call, of triggers, webhooks, revisions and security."""

from collections.abc import Iterator
from typing import Any

from connector_builder.findings import Pointer
from tests.support.defects.defects import Change, Mutator, Spot, adds, at, calls, drops, operations, part, puts, root

_VALUES, _LIST = "x-ms-dynamic-values", "x-ms-dynamic-list"
_SCHEMA, _PROPERTIES = "x-ms-dynamic-schema", "x-ms-dynamic-properties"
_ALL = (_VALUES, _LIST, _SCHEMA, _PROPERTIES)
_SHOP = ("paths", "/orders", "get", "parameters", 1)
_HOOK = ("paths", "/hooks", "post")
_URL = (*_HOOK, "parameters", 0, "schema", "properties", "url")
_OLD = ("paths", "/v1reports", "get")
_NEW = ("paths", "/reports", "get")
_NOTE = "x-ms-api-annotation"
_TREE = ("paths", "/folder", "get", "parameters", 0, "x-ms-dynamic-tree")
_OPEN: tuple[Pointer, ...] = (
    ("paths", "/orders", "get", "x-ms-pageable", "nextLinkName"),
    ("x-ms-capabilities", "testConnection"),
    ("x-ms-capabilities", "testConnection", "operationId"),
    ("x-ms-connector-metadata", 0, "propertyName"),
    ("x-ms-connector-metadata", 1, "propertyValue"),
    ("paths", "/hooks", "x-ms-notification-content", "schema"),
    (*_TREE, "open", "itemValuePath"),
    (*_OLD, _NOTE, "family"),
    (*_NEW, _NOTE, "revision"),
    (*_OLD, _NOTE, "replacement", "api"),
)
"""Keys of the extensions' objects."""
_LOGIN = ("securityDefinitions", "login")


def _elsewhere(change: Change, *pointer: str | int) -> Change:
    """Makes a change whose finding is at another place."""

    def changed(spot: Spot) -> Pointer:
        change(spot)
        return pointer

    return changed


def _does(action: Any, *pointer: str | int) -> Change:
    def changed(spot: Spot) -> Pointer:
        action(spot.root)
        return pointer

    return changed


def _passes(name: str, value: Any) -> Change:
    def changed(spot: Spot) -> Pointer:
        spot.node.setdefault("parameters", {})[name] = value
        return (*spot.at, "parameters", name)

    return changed


def _drops_input(spot: Spot) -> Pointer:
    del spot.node["parameters"]
    return spot.at


def _same_revision(spot: Spot) -> Pointer:
    twin = {**at(spot.root, _NEW), "operationId": "ListAllReports_V2", "summary": "List more"}
    spot.root["paths"]["/reports3"] = {"get": {**twin, _NOTE: {"family": "ListReports", "revision": 2}}}
    return ("paths", "/reports3", "get", _NOTE, "revision")


def _webhook_pair(**more: Any) -> Change:
    def changed(spot: Spot) -> Pointer:
        spot.node["x-ms-notification"] = more
        return (*spot.at, "x-ms-notification")

    return changed


def _picks_files(spot: Spot) -> Pointer:
    del spot.node["x-ms-dynamic-tree"]
    spot.root["paths"]["/folders"]["get"].pop("x-ms-visibility")
    picker = {"capability": "file-picker", "parameters": {"isFolder": True}, "value-path": "id"}
    return puts(_VALUES, picker, "capability")(spot)


def _tests_by_post(spot: Spot) -> Pointer:
    ping = spot.root["paths"]["/ping"]
    ping["post"] = ping.pop("get")
    return spot.at


def _returns_nothing(spot: Spot) -> Pointer:
    spot.node["x-ms-visibility"] = "internal"
    del spot.node["responses"]["200"]["schema"]
    return spot.at


def _hides_source(spot: Spot) -> Pointer:
    spot.node.update({"x-ms-visibility": "internal", "default": "eu"})
    return (*_SHOP, _VALUES, "parameters", "region")


def _adds_report(number: int, **annotation: Any) -> Any:
    def changed(spot: Spot) -> Pointer:
        name = f"ListReports_V{number}"
        new = {**at(spot.root, _NEW), "operationId": name, "summary": name}
        spot.root["paths"][f"/v{number}reports"] = {"get": new}
        new[_NOTE] = {"family": "ListReports", "revision": number, **annotation}
        return _NEW

    return changed


def _two_in_production(spot: Spot) -> Pointer:
    at(spot.root, _NEW)[_NOTE]["status"] = "Production"
    return _adds_report(3, status="Production")(spot)  # type: ignore[no-any-return]


def _two_without_revision(spot: Spot) -> Pointer:
    made = {**at(spot.root, _NEW)}
    del made[_NOTE]
    spot.root["paths"]["/some"] = {"get": {**made, "operationId": "Some", "summary": "Some"}}
    noted = {**made, "operationId": "Some_V2", "summary": "Some more", _NOTE: {"family": "Some"}}
    spot.root["paths"]["/more"] = {"get": noted}
    return ("paths", "/more", "get", _NOTE)


def _refers_to_number(spot: Spot) -> Pointer:
    name = next(iter(spot.node["parameters"]))
    spot.node["parameters"][name] = {"parameterReference": 5}
    return (*spot.at, "parameters", name, "parameterReference")


def _objects(definition: dict[str, Any]) -> Iterator[Spot]:
    """Yields the keys of the extensions' objects in which a misspelt key is a warning."""
    for way in _OPEN:
        owner = at(definition, way[:-1])
        yield Spot(way, owner, definition)


def _misspells(spot: Spot) -> Pointer:
    key = str(spot.at[-1])
    spot.node[f"{key}s"] = spot.node.pop(key)
    return (*spot.at[:-1], f"{key}s")


def _key_with_scopes(spot: Spot) -> Pointer:
    spot.node["login"] = {"type": "apiKey", "in": "header", "name": "X-Key"}
    return ("security", 0, "login")


def _into_properties(spot: Spot) -> Pointer:
    del spot.node[_PROPERTIES]
    spot.node[_SCHEMA]["value-path"] = "schema/properties"
    return (*spot.at, _SCHEMA, "value-path")


CALLS = [
    Mutator("SourcePropertyInternal", part("paths", "/orders", "get", "parameters", 0), _hides_source),
    Mutator("DynamicPropertiesExtensionRequiredForPropertiesValuePath", part("paths", "/forms", "post", "parameters", 1, "schema"), _into_properties),
    Mutator("OperationIdNotFound", calls(*_ALL), puts("operationId", "ListShop")),
    Mutator("OperationIdNotFound", part("x-ms-capabilities", "testConnection"), puts("operationId", "Pong")),
    Mutator("OperationParameterNameNotFound", calls(*_ALL), _passes("market", {"value": "eu"})),
    Mutator("OperationMissingRequiredProperty", calls(*_ALL), _drops_input),
    Mutator("OneOfPropertiesRequired", calls(_VALUES), drops("operationId")),
    Mutator("InvokedOperationShouldProduceArray", calls(_VALUES), puts("value-collection", "values")),
    Mutator("InvokedOperationShouldProduceProperty", calls(_VALUES), puts("value-title", "title")),
    Mutator("InvokedOperationShouldProduceProperty", calls(_VALUES), puts("value-path", "key")),
    Mutator("InvokedOperationShouldProduceProperty", calls(_LIST), puts("itemTitlePath", "title")),
    Mutator("OperationParameterTypeMismatch", part("paths", "/orders", "get", "parameters", 0), lambda spot: (puts("type", "boolean")(spot), (*_SHOP, _VALUES, "parameters", "region"))[1]),
    Mutator("OperationParameterStaticTypeMismatch", calls(_VALUES), _passes("region", 7)),
    Mutator("OperationParameterRequiredMismatch", calls(_VALUES), lambda spot: (spot.root["paths"]["/orders"]["get"]["parameters"][0].pop("required"), (*_SHOP, _VALUES, "parameters", "region"))[1]),
    Mutator("DynamicValueTypeMismatch", part(*_SHOP), lambda spot: (puts("type", "boolean")(spot), (*_SHOP, _VALUES, "value-path"))[1]),
    Mutator("DynamicValuesFromNothing", part("paths", "/shops", "get"), _elsewhere(_returns_nothing, *_SHOP, _VALUES)),
    Mutator("DynamicTreeExtensionMissing", part("paths", "/folder", "get", "parameters", 0), _picks_files),
    Mutator("SelectedItemValuePathNotAllowedInThisPosition", part(*_TREE, "open"), _passes("id", {"selectedItemValuePath": "id"})),
    Mutator("DynamicPropertiesItemValuePathMismatch", calls(_PROPERTIES), drops("itemValuePath")),
    Mutator("DynamicExtensionDefinitionNotAllowedInParameter", part("paths", "/forms", "post", "parameters", 1), puts(_SCHEMA, {"operationId": "Ping"})),
    Mutator("InvalidNextLinkNameValue", part("paths", "/orders", "get", "x-ms-pageable"), puts("nextLinkName", "next")),
    Mutator("NextLinkNotReturned", part("paths", "/orders", "get", "x-ms-pageable"), puts("nextLinkName", "@odata.nextLink")),
    Mutator("OneOfPropertiesRequired", calls(_LIST, _PROPERTIES), _refers_to_number),
    Mutator("ExtensionKeyNotKnown", _objects, _misspells),
    Mutator("TestConnectionNotGet", part("x-ms-capabilities", "testConnection"), _tests_by_post),
]  # fmt: skip
TRIGGERS = [
    Mutator("OperationMustHaveNotificationContentExtension", part("paths", "/hooks"), lambda spot: (*drops("x-ms-notification-content")(spot), "post")),
    Mutator("SchemaDefinitionSetIncorrectly", part("paths", "/changes", "get", "responses", "200"), lambda spot: drops("schema")(spot)[:-2]),
    Mutator("WebhookOperationsMissingNotificationUrlProperty", part(*_URL), _elsewhere(drops("x-ms-notification-url"), "paths", "/hooks", "x-ms-notification-content")),
    Mutator("NotificationUrlNotAllowedInThisPosition", part("paths", "/ping", "get"), adds("parameters", "x-ms-notification-url", name="url", **{"in": "query", "x-ms-summary": "Url", "description": "An address.", "type": "string", "x-ms-notification-url": True})),
    Mutator("NotificationUrlNotString", part(*_URL), lambda spot: puts("type", "object")(spot)[:-1]),
    Mutator("NotificationUrlNotInternal", part(*_URL), drops("x-ms-visibility")),
    Mutator("NotificationUrlNotRequired", part(*_URL[:-2]), _elsewhere(drops("required"), *_URL)),
    Mutator("NotificationExtensionSupportedForTriggerOnly", operations(lambda spot: "x-ms-trigger" not in spot.node and "x-ms-visibility" not in spot.node), _webhook_pair(operationId="WhenOrdered")),
    Mutator("NotificationOperationMustBeWebhook", part("paths", "/changes", "get"), lambda spot: (*_webhook_pair(operationId="Ping")(spot), "operationId")),
    Mutator("NotificationExtensionNotSupportedInWebhookOperation", part(*_HOOK), _webhook_pair(operationId="WhenOrdered")),
    Mutator("WebhookNeverEnds", root, _does(lambda root_: root_["paths"].pop("/hooks/{hook}"), *_HOOK)),
    Mutator("PollingReturnsNoList", part("paths", "/ping", "get"), puts("x-ms-trigger", "batch")),
    Mutator("TriggerNeverFires", part("paths", "/orders", "post"), puts("x-ms-trigger", "single")),
]  # fmt: skip
REVISIONS = [
    Mutator("OperationFamilyHasManyActiveOperations", root, lambda spot: (_adds_report(3)(spot), _adds_report(4)(spot))[1]),
    Mutator("OperationFamilyHasManyActiveProductionOperations", root, _two_in_production),
    Mutator("OperationFamilyHasManyEmptyRevisions", root, _two_without_revision),
    Mutator("ApiAnnotationExtensionReplacementInfoForNonDeprecatedOperations", part(*_OLD), lambda spot: (*drops("deprecated")(spot), _NOTE, "replacement")),
    Mutator("ApiAnnotationExtensionReplacementInfoMissingApiProperty", part(*_OLD, _NOTE, "replacement"), drops("api")),
    Mutator("ApiAnnotationExtensionReplacementInfoMissingOperationIdProperty", part(*_OLD, _NOTE, "replacement"), drops("operationId")),
    Mutator("OperationFamilyHasDuplicateRevisions", root, _same_revision),
    Mutator("OperationRevisionEmpty", part(*_NEW, _NOTE), drops("revision")),
    Mutator("OperationIdShouldEndWithRevision", part(*_NEW, _NOTE), puts("revision", 3)),
    Mutator("OperationStatusAheadOfConnector", part(*_NEW), lambda spot: (spot.root["info"].update({_NOTE: {"status": "Preview"}}), spot.node[_NOTE].update(status="Production"), (*spot.at, _NOTE, "status"))[2]),
]  # fmt: skip
SECURITY = [
    Mutator("SecurityRequirementMustHaveEmptyValue", part("securityDefinitions"), _key_with_scopes),
    Mutator("SecuritySchemePropertyRequired", part(*_LOGIN), drops("tokenUrl")),
    Mutator("OAuthSecurityRequirementValueMustBeScopeName", part(*_LOGIN), _elsewhere(drops("scopes"), "security", 0, "login", 0)),
    Mutator("SecuritySchemePropertyNotValid", part(*_LOGIN), puts("in", "header")),
    Mutator("SecurityRequirementMustBeDefined", operations(), puts("security", [{"key": []}], 0, "key")),
    Mutator("SecurityRequirementMustHaveValue", operations(), puts("security", [{"login": None}], 0, "login")),
    Mutator("OAuthSecurityRequirementValueMustBeScopeName", operations(), puts("security", [{"login": ["delete"]}], 0, "login", 0)),
    Mutator("SecurityNotRequired", root, lambda spot: (*drops("security")(spot), "securityDefinitions")),
    Mutator("OAuthAddressesSwapped", part(*_LOGIN), puts("authorizationUrl", "https://login.contoso.example/token")),
    Mutator("OAuthFlowNotSupported", part(*_LOGIN), puts("flow", "application")),
    Mutator("JsonValueNotInEnum", part(*_LOGIN), puts("type", "oauth")),
    Mutator("SecurityDefinitionsAmbiguous", part("securityDefinitions"), puts("second", {"type": "basic"})),
]  # fmt: skip
MUTATORS = [*CALLS, *TRIGGERS, *REVISIONS, *SECURITY]
