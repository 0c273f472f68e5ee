"""Renders the README of a package, with the headings that Microsoft's certification requires.

Headings: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/templates
Commands of paconn: https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli
Commands of pac, which take no client secret: https://learn.microsoft.com/en-us/power-platform/developer/cli/reference/connector
and https://learn.microsoft.com/en-us/power-platform/developer/cli/reference/auth
Several ways to sign in, which only paconn is documented for: https://learn.microsoft.com/en-us/connectors/custom-connectors/multi-auth
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from connector_builder.package import README, Package
from connector_builder.package.read import MAX_README
from connector_builder.platform.certification.requirements import METADATA, PRIVACY_POLICY, WEBSITE
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.platform.policies.templates import OPERATIONS, PARAMETER, SET_HOST
from connector_builder.platform.swagger.operations import operations as definition_operations
from connector_builder.platform.swagger.references import References
from connector_builder.render.access import Access, inner_properties, needs_gateway, ways_in
from connector_builder.render.operations import Operation, operations, shortened
from connector_builder.render.templates import markdown_templates

_FEWER = (50, 20, 5, 0)
"""The most fields of an operation on a page that would be too large with more of them."""
_HOST_URL = f"{PARAMETER}urlTemplate"
_CONNECTION = re.compile(r"@(?:\{)?connectionParameters\(['\"]([^'\"()]{1,100})['\"][^()]{0,100}\)\}?")


class _Connector(NamedTuple):
    """The data for the template, beside the operations and the ways to connect."""

    title: str
    description: str
    publisher: str
    hosts: tuple[str, ...]
    links: dict[str, str]
    gateway: bool
    secret: bool
    submission: bool
    script: bool
    icon: bool
    client_variable: str
    known_issues: tuple[str, ...]


def readme(package: Package) -> bytes:
    """Returns the README of a package in Markdown, UTF-8. It leaves out what the package lacks or has malformed.

    A page that `validate` couldn't read shows fewer fields of each operation, and says so; in the end, no descriptions.
    """
    every = list(operations(package.definition))
    page = _page(package, README, every)
    for most in _FEWER:
        if len(page) <= MAX_README:
            return page
        page = _page(package, README, [shortened(operation, most) for operation in every])
    return page


def intro(package: Package) -> bytes:
    """Returns the intro.md of a submission for certification, with the headings that it wants. It lists no operations.

    Headings: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    """
    return _page(package, "intro.md", list(operations(package.definition)), errors=_errors(package.definition))


def _page(package: Package, name: str, every: Sequence[Operation], **further: Any) -> bytes:
    """Returns the page that a template makes."""
    shown = [operation for operation in every if not operation.internal]
    ways = ways_in(package)
    page = (
        markdown_templates("readme")
        .get_template(f"{name}.jinja")
        .render(
            connector=_connector(package, ways),
            operations=shown,
            helpers=[operation for operation in every if operation.internal],
            deprecated=[operation for operation in shown if operation.deprecated],
            first=_first(shown),
            ways=ways,
            **further,
        )
    )
    return page.encode("utf-8")


def _errors(definition: Any) -> dict[str, str]:
    """Returns the errors that operations describe, by status: the first description of each."""
    found: dict[str, str] = {}
    references = References(definition)
    for one in definition_operations(definition):
        for status, response in mapping(one.value.get("responses")).items():
            said = text(mapping(references.resolved(response)).get("description"))
            if str(status).startswith(("4", "5")) and said:
                found.setdefault(str(status), said)
    return dict(sorted(found.items()))


def _connector(package: Package, ways: list[Access]) -> _Connector:
    definition, properties = mapping(package.definition), inner_properties(package)
    info = mapping(definition.get("info"))
    contact = mapping(info.get("contact"))
    return _Connector(
        title=first_text(info.get("title"), package.name),
        description=text(info.get("description")),
        publisher=first_text(properties.get("publisher"), contact.get("name")),
        hosts=_hosts(definition, properties),
        links=_links(definition, contact),
        gateway=needs_gateway(package),
        secret=any(way.sign_in and way.sign_in.secret for way in ways),
        submission="stackOwner" in properties,
        script=package.script is not None,
        icon=package.icon is not None or package.draws_icon,
        client_variable=package.client_variable,
        known_issues=package.known_issues,
    )


def _hosts(definition: dict[str, Any], properties: dict[str, Any]) -> tuple[str, ...]:
    """Where requests go: the host of the definition, or what policies set instead, such as `https://{site}.contoso.example`."""
    policies = [mapping(part) for part in items(properties.get("policyTemplateInstances"))]
    of_policies = [part for part in policies if part.get("templateId") == SET_HOST]
    urls = (text(mapping(part.get("parameters")).get(_HOST_URL)) for part in of_policies)
    set_ = list(dict.fromkeys(_CONNECTION.sub(r"{\1}", url) for url in urls if url))
    everywhere = any(not mapping(part.get("parameters")).get(OPERATIONS) for part in of_policies)
    host = text(definition.get("host"))
    return tuple(set_ if everywhere and set_ else [one for one in (host, *set_) if one])


def _links(definition: dict[str, Any], contact: dict[str, Any]) -> dict[str, str]:
    """Returns the addresses for further reading that exist, by name."""
    given = [mapping(part) for part in items(definition.get(METADATA))]
    found = {text(part.get("propertyName")): text(part.get("propertyValue")) for part in given}
    links = {
        WEBSITE: found.get(WEBSITE, ""),
        PRIVACY_POLICY: found.get(PRIVACY_POLICY, ""),
        "Support": first_text(contact.get("url"), contact.get("email")),
    }
    return {name: address for name, address in links.items() if address}


def _first(shown: list[Operation]) -> Operation | None:
    """The operation to try first: a trigger if there is one, else an action; of these an important one if there is any."""
    current = [operation for operation in shown if not operation.deprecated]
    kinds = [operation for operation in current if operation.kind != "Action"] or current
    return next((operation for operation in kinds if operation.important), kinds[0] if kinds else None)
