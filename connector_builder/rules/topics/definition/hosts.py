"""Rules for where the service is: a host that nothing reaches, one for tests, and one without encryption."""

import ipaddress
import re

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.patterns import regex
from connector_builder.platform.api_properties import GATEWAY_SETTING
from connector_builder.platform.certification.requirements import TEST_WORDS
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.placeholders import is_placeholder
from connector_builder.platform.policies.templates import SET_HOST
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.policy_reach import covers_all
from connector_builder.rules.rule import Defects, rule

_PLACEHOLDER = regex(
    r"\$\w+|.*(?:<|>|\$host).*|(?:your|my|replace|insert|change)[-_.].*|.*[-_.](?:yourdomain|yourcompany|placeholder|changeme)\b.*"
    r"|host(?:name)?|placeholder.*|none|n/a|tbd",
    re.IGNORECASE,
)


@rule(Severity.WARNING, Scope.PLATFORM, "document", keys="host")
def host_not_reachable(node: Node, context: Context) -> Defects:
    """The host is one that the platform can't reach: this computer, a private network, or a placeholder.

    The platform calls the service from its own data centres, so that `localhost` and `$HOST` lead nowhere. Write the
    service's host. For one in your own network, add an on-premises data gateway. If each connection has its own host, add the policy
    `dynamichosturl` for all operations: then any name will do here.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/faq
    Published: 0 of 331 connectors.

    ```json bad
    {"host": "localhost:8080"}
    ```
    Finding: /host: the platform can't reach 'localhost:8080'

    ```json good
    {"host": "api.contoso.example"}
    ```
    """
    if covers_all(SET_HOST, context) or is_placeholder(node.value):
        return  # PlaceholderLeft has the better message
    name = node.value.partition(":")[0].strip("[]").lower()
    if _is_private(name) and not _has_gateway(context):
        help_ = "write the host of the service, or add an on-premises data gateway"
        yield node.says(f"the platform can't reach {quoted(node.value)}", help=help_)
    elif _PLACEHOLDER.fullmatch(name):
        help_ = "write the host of the service, or set it for all operations with the policy 'dynamichosturl'"
        yield node.says(f"{quoted(node.value)} stands for a host, but isn't one", help=help_)


@rule(Severity.WARNING, Scope.CERTIFICATION, "document", keys="host")
def host_not_for_production(node: Node, context: Context) -> Defects:
    """The host's name says that it is for tests, development or a demonstration.

    Certification requires the host that customers use. If each connection has its own host, add the policy
    `dynamichosturl` for all operations.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 24 of 1,013 connectors.

    ```json bad
    {"host": "api-staging.contoso.example"}
    ```
    Finding: /host: 'api-staging.contoso.example' is a host for 'staging'

    ```json good
    {"host": "api.contoso.example"}
    ```
    """
    if covers_all(SET_HOST, context):
        return
    name = node.value.partition(":")[0].lower().rpartition(".")[0]  # `.dev` is a top-level domain
    words = re.split(r"[^a-z]+", name)
    found = next((word for word in words if word in TEST_WORDS), None)
    if found:
        yield node.says(f"{quoted(node.value)} is a host for {quoted(found)}", help="write the host for production")


@rule(Severity.WARNING, Scope.CERTIFICATION, "schemes", fixable=True)
def scheme_without_encryption(node: Node, context: Context) -> Defects:
    """The service is called with `http`, which sends keys and data without encryption.

    Certification requires `https`. Leave `http` out; if the service has nothing else, nothing that signs in is safe.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 15 of 1,013 connectors.

    ```json bad
    {"schemes": ["http", "https"]}
    ```
    Finding: /schemes/0: 'http' sends the data without encryption

    ```json good
    {"schemes": ["https"]}
    ```
    """
    if "http" not in node.value or _has_gateway(context):
        return
    index, has_other = node.value.index("http"), "https" in node.value
    signs_in = bool(mapping(mapping(context.package.definition).get("securityDefinitions")))
    what = "the key and the data" if signs_in else "the data"
    help_ = "leave it out" if has_other else "write 'https'"
    rest = [one for one in node.value if one != "http"] if has_other else ["https"]
    fix = Fix(help_, (Replace(node.pointer, rest),)) if has_other else None
    yield node.says(f"'http' sends {what} without encryption", index, help=help_, fix=fix)


def _is_private(name: str) -> bool:
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def _has_gateway(context: Context) -> bool:
    properties = mapping(mapping(context.package.properties).get("properties"))
    parameters = mapping(properties.get("connectionParameters"))
    return any(mapping(one).get("type") == GATEWAY_SETTING for one in parameters.values())
