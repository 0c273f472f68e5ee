"""Rules for addresses: of pages, of OAuth 2.0, and of e-mail; and for white space around what is read as it is."""

import re
from collections.abc import Iterator

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.hosts import is_address, is_email
from connector_builder.platform.swagger.objects import SECURITY
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_METADATA_URLS = ("website", "privacy policy")
_READ_AS_THEY_ARE = (
    "url", "authorizationUrl", "tokenUrl", "propertyValue", "basePath", "name", "version", "publisher", "clientId", "redirectUrl",
    "value", "connectorId", "environment", "powerAppsUrl", "flowUrl", "authorityUrl", "resource",
)  # fmt: skip
"""Keys of addresses, names and ids."""
_TEMPLATE = regex(r"delimiter|body|headers|querystring", re.IGNORECASE)
"""The custom parameters of a sign-in whose white space may be meant."""


@rule(Severity.ERROR, Scope.PLATFORM, "contact", keys="email", fixable=True)
def contact_email_not_valid(node: Node, _: Context) -> Defects:
    """The contact's e-mail isn't an e-mail address.

    Microsoft and the people who use the connector write to this address. Write an address such as
    `help@contoso.example`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0", "contact": {"email": "help"}}}
    ```
    Finding: /info/contact/email: 'help' isn't an e-mail address

    ```json good
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0", "contact": {"email": "help@contoso.example"}}}
    ```
    """
    if not is_email(node.value):
        meant = node.value.strip().removeprefix("mailto:")
        address = meant if is_email(meant) else None
        help_ = f"write '{address}'" if address else "write an address such as 'help@contoso.example'"
        yield node.says(f"{quoted(node.value)} isn't an e-mail address", help=help_)


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "document",
    "contact",
    "license",
    "external docs",
    *SECURITY,
    "metadata entry",
    keys=("url", "authorizationUrl", "tokenUrl", "propertyValue", "x-ms-docs"),
    fixable=True,
)
def url_not_valid(node: Node, _: Context) -> Defects:
    """An address isn't complete.

    The rule looks at each `url`, at the addresses of OAuth 2.0, and at the website and the privacy policy of
    `x-ms-connector-metadata`. People and programs open these addresses as they are. Write an address that begins with
    `https://`.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules

    ```json bad
    {"externalDocs": {"url": "www.contoso.example"}}
    ```
    Finding: /externalDocs/url: 'www.contoso.example' isn't a complete address

    ```json good
    {"externalDocs": {"url": "https://www.contoso.example"}}
    ```
    """
    for steps, address in _addresses(node):
        if not is_address(address):
            help_ = "it begins with 'https://'"
            if re.match(r"[\w.-]+\.\w+(?:[/?#]|$)", address):
                help_ = f"write {quoted('https://' + address)}"
            yield node.says(f"{quoted(address)} isn't a complete address", *steps, help=help_)


def _addresses(node: Node) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields the addresses that a key contains, each with the steps to it."""
    if node.key == "propertyValue":
        if str(node.owner.value.get("propertyName")).lower() in _METADATA_URLS and text(node.value):
            yield (), node.value
    elif isinstance(node.value, str):
        yield (), node.value
    elif node.key == "x-ms-docs":
        for name, address in mapping(node.value).items():
            if name.lower().endswith("url") and isinstance(address, str):
                yield (name,), address


@rule(
    Severity.WARNING,
    Scope.PRACTICE,
    "document",
    "info",
    "contact",
    "license",
    "external docs",
    "metadata entry",
    "query parameter",
    "header parameter",
    "form parameter",
    *SECURITY,
    "connector properties",
    "oauth settings",
    "custom parameter",
    "settings file",
    keys=_READ_AS_THEY_ARE,
    fixable=True,
)
def white_space_around_value(node: Node, _: Context) -> Defects:
    """An address, a name or an id begins or ends with white space.

    Programs read it as it is: they look for a page, a header or a client with the white space. It usually comes from copying.
    Remove it.

    Published: 0 of 335 connectors.

    ```json bad
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key "}}}
    ```
    Finding: /securityDefinitions/key/name: there is white space around 'X-API-Key'

    ```json good
    {"securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}
    ```
    """
    value = node.value
    meant = value.strip() if isinstance(value, str) else value
    if value != meant and meant and not _is_free(node):
        help_ = "remove the white space"
        yield node.says(f"there is white space around {quoted(meant)}", help=help_, fix=node.becoming(help_, meant))


def _is_free(node: Node) -> bool:
    """Checks whether the white space may be meant, or is read away: in a template, and in a list of categories."""
    if node.key == "value":
        return _TEMPLATE.search(str(node.owner.key)) is not None
    return node.key == "propertyValue" and "://" not in node.value
