"""Rules for what a submission for certification must have: the metadata, the contact, the texts of each operation."""

from typing import Any

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.certification.requirements import (
    CATEGORIES,
    CATEGORY_NAMES,
    CATEGORY_SEPARATOR,
    METADATA,
    REQUIRED_METADATA,
)
from connector_builder.platform.limits import CATEGORIES as MOST_CATEGORIES
from connector_builder.platform.swagger.objects import SIMPLE_PARAMETERS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, milder, rule

_NAME, _VALUE = "propertyName", "propertyValue"
_KNOWN = {name.lower(): name for name in REQUIRED_METADATA}
_CATEGORY_OF = {name.lower(): name for name in CATEGORY_NAMES}


@rule(Severity.ERROR, Scope.CERTIFICATION, "document", "info", only_certification=True)
def certification_property_missing(node: Node, _: Context) -> Defects:
    """The connector lacks `x-ms-connector-metadata` or `contact`, which only a submission for certification requires.

    The metadata are the website, the privacy policy and the categories; the contact is who answers for the connector.
    In Microsoft's validator, this is RequiredPropertyMissing.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/3407
    Published: 54 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    Finding: /info: 'contact' is missing in 'info'

    ```json good
    {"info": {"title": "Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0",
              "contact": {"name": "Contoso", "url": "https://contoso.example", "email": "help@contoso.example"}}}
    ```
    """
    if node.kind == "info":
        if "contact" not in node.value:
            yield node.says("'contact' is missing in 'info'", help="give the name, url and email of who answers for it")
    elif METADATA not in node.value:
        help_ = f"list {listed(REQUIRED_METADATA, 'and')}; in a spec, 'website', 'privacyPolicy' and 'categories'"
        yield node.says(f"{quoted(METADATA)} is missing at the top level", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", only_certification=True)
def operation_text_missing(node: Node, _: Context) -> Defects:
    """An operation that people see has no summary or no description.

    The summary is its name on the card and in the list, and the description says what it does. Without them, people see the
    operation's id. Operations that are internal need neither.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connector-string-guidance
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "description": "Lists the orders of a buyer."}}}}
    ```
    Finding: /paths/~1orders/get: 'ListOrders' has no summary

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders",
      "description": "Lists the orders of a buyer."}}}}
    ```
    """
    if node.value.get("x-ms-visibility") == "internal":
        return
    missing = [key for key in ("summary", "description") if key not in node.value]
    if missing:
        helps = {"summary": "a phrase such as 'List orders'", "description": "a sentence about what it does"}
        help_ = f"write {' and '.join(helps[key] for key in missing)}"
        yield node.says(f"{quoted(node.value.get('operationId'))} has no {' and no '.join(missing)}", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, *SIMPLE_PARAMETERS, only_certification=True)
def parameter_text_missing(node: Node, context: Context) -> Defects:
    """A parameter that people see has no `x-ms-summary` or no `description`.

    `x-ms-summary` is the label of the field and `description` the hint in it. Without them, people see the technical name.
    Internal parameters need neither, nor do those of internal operations. In Microsoft's validator, this is
    RequiredPropertyMissing.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/3407
    Published: 21 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer_id", "in": "query", "type": "string", "x-ms-summary": "Buyer"}]}}}}
    ```
    Finding: /paths/~1orders/get/parameters/0: 'buyer_id' has no 'description'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "parameters": [
      {"name": "buyer_id", "in": "query", "type": "string", "x-ms-summary": "Buyer", "description": "The id of the buyer."}]}}}}
    ```
    """
    if node.value.get("x-ms-visibility") == "internal" or _is_hidden(node):
        return
    missing = [key for key in ("x-ms-summary", "description") if key not in node.value]
    if missing:
        helps = {"x-ms-summary": "a label such as 'Buyer'", "description": "a sentence about the value"}
        help_ = f"write {' and '.join(helps[key] for key in missing)}"
        yield node.says(f"{quoted(node.value.get('name'))} has no {listed(missing, 'and no')}", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "document", fixable=True, explained_by=(LEFT_OUT,))
def connector_metadata_properties_missing(node: Node, _: Context) -> Defects:
    """`x-ms-connector-metadata` lacks the website, the privacy policy or the categories.

    The connector's public page shows them. Add an entry with `propertyName` and `propertyValue`.
    Other capitals are only a note: 77 published connectors have `Privacy Policy`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 3 of 1,013 connectors.

    ```json bad
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Categories", "propertyValue": "Data"}]}
    ```
    Finding: /x-ms-connector-metadata: the metadata lack 'Privacy policy'

    ```json bad
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy Policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Data"}]}
    ```
    Finding: /x-ms-connector-metadata/1/propertyName: the name is spelled 'Privacy Policy'

    ```json good
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Data"}]}
    ```
    """
    if METADATA not in node.value:
        return
    names = {name.lower() for _, name, _ in _entries(node.value)}
    missing = [name for name in REQUIRED_METADATA if name.lower() not in names]
    if missing:
        message = f"the metadata lack {listed(missing, 'and')}"
        yield node.says(message, METADATA, help="add an entry with 'propertyName' and 'propertyValue'")


@milder(Severity.NOTE, connector_metadata_properties_missing, "document")
def connector_metadata_name_not_exact(node: Node, _: Context) -> Defects:
    """Finds names in other capitals than those that Microsoft documents, which published connectors have."""
    for index, name, _value in _entries(node.value):
        exact = _KNOWN.get(name.lower(), name)
        if exact != name:
            help_ = f"write {quoted(exact)}"
            fix = Fix(help_, (Replace((METADATA, index, _NAME), exact),))
            yield node.says(f"the name is spelled {quoted(name)}", METADATA, index, _NAME, help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "document", fixable=True)
def invalid_connector_category(node: Node, context: Context) -> Defects:
    """A category of the connector isn't one of Microsoft's.

    People find connectors by their categories. Choose one or two of the list, with `;` between them.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 0 of 1,013 connectors.

    ```json bad
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Datas"}]}
    ```
    Finding: /x-ms-connector-metadata/2/propertyValue: there is no category 'Datas'

    ```json good
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Data;Sales and CRM"}]}
    ```
    """
    for index, name, value in _entries(node.value):
        if name.lower() != CATEGORIES.lower():
            continue
        for category in _categories(value):
            if category.lower() not in _CATEGORY_OF:
                help_ = context.suggest(category, CATEGORY_NAMES) or f"it is one of {', '.join(CATEGORY_NAMES)}"
                yield node.says(f"there is no category {quoted(category)}", METADATA, index, _VALUE, help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "document")
def too_many_connector_categories(node: Node, _: Context) -> Defects:
    """The connector has more than two categories.

    Keep the two that fit best.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 0 of 1,013 connectors.

    ```json bad
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Data;Finance;Commerce"}]}
    ```
    Finding: /x-ms-connector-metadata/2/propertyValue: the connector has 3 categories

    ```json good
    {"x-ms-connector-metadata": [{"propertyName": "Website", "propertyValue": "https://contoso.example"},
                                 {"propertyName": "Privacy policy", "propertyValue": "https://contoso.example/privacy"},
                                 {"propertyName": "Categories", "propertyValue": "Finance;Commerce"}]}
    ```
    """
    for index, name, value in _entries(node.value):
        found = _categories(value) if name.lower() == CATEGORIES.lower() else []
        if len(found) > MOST_CATEGORIES.most:
            help_ = f"keep the {MOST_CATEGORIES.most} that fit best"
            yield node.says(f"the connector has {len(found)} categories", METADATA, index, _VALUE, help=help_)


def _entries(definition: dict[str, Any]) -> list[tuple[int, str, Any]]:
    """Returns the entries of the metadata that have a name: the index, the name and the value of each."""
    metadata = definition.get(METADATA)
    listed_ = enumerate(metadata) if isinstance(metadata, list) else ()
    return [
        (index, entry[_NAME], entry.get(_VALUE))
        for index, entry in listed_
        if isinstance(entry, dict) and isinstance(entry.get(_NAME), str)
    ]


def _categories(value: Any) -> list[str]:
    parts = value.split(CATEGORY_SEPARATOR) if isinstance(value, str) else ()
    return [part.strip() for part in parts if part.strip()]


def _is_hidden(node: Node) -> bool:
    around = node.parent
    while around is not None and around.kind != "operation":
        around = around.parent
    return around is not None and around.value.get("x-ms-visibility") == "internal"
