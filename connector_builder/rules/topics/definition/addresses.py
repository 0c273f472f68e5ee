"""Rules for addresses: of pages, of OAuth 2.0, and of e-mail."""

import re
from collections.abc import Iterator

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.hosts import is_address, is_email
from connector_builder.platform.swagger.objects import SECURITY
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

METADATA = "x-ms-connector-metadata"
_METADATA_URLS = ("website", "privacy policy")


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
    keys=("url", "authorizationUrl", "tokenUrl", METADATA, "x-ms-docs"),
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


def _addresses(node: Node) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields the addresses that a key contains, each with the steps to it."""
    if node.key == METADATA:
        for index, part in enumerate(items(node.value)):
            one = mapping(part)
            if str(one.get("propertyName")).lower() in _METADATA_URLS and text(one.get("propertyValue")):
                yield (index, "propertyValue"), one["propertyValue"]
    elif isinstance(node.value, str):
        yield (), node.value
    elif node.key == "x-ms-docs":
        for name, address in mapping(node.value).items():
            if name.lower().endswith("url") and isinstance(address, str):
                yield (name,), address
