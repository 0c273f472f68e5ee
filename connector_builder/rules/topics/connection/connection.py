"""Rules for apiProperties.json: the requirements of paconn and the portal."""

from connector_builder.findings import Fix, Rename, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform import api_properties
from connector_builder.platform.api_properties import GATEWAY_SETTING, OAUTH
from connector_builder.platform.auth.kinds import GATEWAY_SIGN_INS, TOKEN
from connector_builder.platform.placeholders import is_placeholder
from connector_builder.platform.swagger.objects import FLOWS
from connector_builder.rules.context import Context
from connector_builder.rules.levels import belongs, moved
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, rule
from connector_builder.rules.topics.connection.security import definitions

_KINDS = tuple(api_properties.TABLE)
_RESOURCE = "resourceUri"
_RENAMED = {"script": "scriptOperations", "policies": "policyTemplateInstances", "brandColor": "iconBrandColor"}
"""Keys that published files have, and what the platform calls them."""


@rule(Severity.WARNING, Scope.PRACTICE, *_KINDS, faults=Fault.UNKNOWN, fixable=True)
def connection_property_not_known(node: Node, context: Context) -> Defects:
    """A key of apiProperties.json isn't one that the platform is known to read.

    The platform ignores such a key, or a later step refuses it. The key is usually misspelt: correct it, or remove it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 9 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColour": "#0078d4"}}
    ```
    Finding: /properties/iconBrandColour: unknown key 'iconBrandColour'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#0078d4"}}
    ```
    """
    key, known = str(node.key), node.owner.shape.keys
    help_ = _RENAMED.get(key) if _RENAMED.get(key) in known else None
    help_ = f"it is called '{help_}'" if help_ else None
    if ":" in key and "connectionParameters" in known:  # such as token:clientId, beside the parameter token
        help_ = "it belongs in 'connectionParameters'"
    fix = moved(node) if help_ is None else None
    help_ = help_ or belongs(node) or context.suggest(key, known)
    yield node.says(f"unknown key {quoted(key)}", help=help_ or "remove it: the platform ignores it", fix=fix)


@rule(Severity.WARNING, Scope.PRACTICE, "connection parameters", fixable=True)
def o_auth_parameter_should_be_called_token(node: Node, _: Context) -> Defects:
    """The connection parameter for OAuth isn't called `token`.

    paconn writes the client secret from `--secret` into the parameter `token`, and nowhere else. With any other name,
    the platform receives the connector without its secret. Rename the parameter to `token`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 0 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"login": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "aad"}}}}}
    ```
    Finding: /properties/connectionParameters/login: the OAuth parameter is called 'login'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "aad"}}}}}
    ```
    """
    for name, parameter in node.value.items():
        if isinstance(parameter, dict) and parameter.get("type") == OAUTH and name != TOKEN:
            help_ = "call it 'token': paconn writes the client secret only there"
            free = TOKEN not in node.value and not any(other.startswith(f"{name}:") for other in node.value)
            fix = Fix(help_, (Rename((*node.pointer, name), TOKEN),)) if free else None
            yield node.says(f"the OAuth parameter is called {quoted(name)}", name, help=help_, fix=fix)


@rule(
    Severity.WARNING,
    Scope.PRACTICE,
    "document",
    "custom parameter",
    "oauth settings",
    *FLOWS.values(),
    keys=("host", "clientId", "authorizationUrl", "tokenUrl", "value"),
)
def placeholder_left(node: Node, _: Context) -> Defects:
    """A value that a starter of `init` wrote, and that only you know: the server, an address to sign in at, the client id.

    Nothing answers at `your-server.example`, and nobody can sign in with the client `your-client-id`. Write your own values, or set the
    variable that stands for one. `init --server … --client-id …` writes them at once.

    ```json bad
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
     "host": "api.your-server.example", "schemes": ["https"], "paths": {}}
    ```
    Finding: /host: 'api.your-server.example' is a placeholder

    ```json good
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
     "host": "api.contoso.example", "schemes": ["https"], "paths": {}}
    ```
    """
    if node.key == "value" and node.owner.key != _RESOURCE:
        return  # what the other addresses are, the security definition says too
    if isinstance(node.value, str) and is_placeholder(node.value):
        yield node.says(f"{quoted(node.value)} is a placeholder", help="write the value of your service")


@rule(Severity.NOTE, Scope.PRACTICE, "connector properties", keys="stackOwner", only_packages=True, only_uploads=True)
def stack_owner_prevents_upload(node: Node, _: Context) -> Defects:
    """`stackOwner` makes paconn's `create` and `update` fail.

    A submission for certification requires `stackOwner`, so with `--certification` the rule finds nothing. To upload the
    same folder with paconn, remove the key before, and add it again for certification.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/614
    Published: 939 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "stackOwner": "Contoso"}}
    ```
    Finding: /properties/stackOwner: paconn can't upload a connector with 'stackOwner'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "publisher": "Contoso"}}
    ```
    """
    help_ = "remove it before 'paconn create' and 'paconn update'; certification requires it"
    yield node.says("paconn can't upload a connector with 'stackOwner'", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "connection parameters")
def gateway_authentication_not_supported(node: Node, context: Context) -> Defects:
    """Connections use an on-premises data gateway, and sign in with OAuth or with an API key.

    A gateway, which leads to a service in a private network, can sign in only anonymously, with a user name and a
    password, or as Windows does. Choose one of these ways to sign in. If the service is on the internet, no gateway is
    necessary: remove it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/faq
    Published: 0 of 1,031 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {
      "gateway": {"type": "gatewaySetting", "gatewaySettings": {"dataSourceType": "CustomConnector", "connectionDetails": []}},
      "token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "aad"}}}}}
    ```
    Finding: /properties/connectionParameters/gateway: a gateway can't sign in by OAuth

    ```json good apiProperties
    {"properties": {"connectionParameters": {
      "gateway": {"type": "gatewaySetting", "gatewaySettings": {"dataSourceType": "CustomConnector", "connectionDetails": []}},
      "username": {"type": "securestring"}, "password": {"type": "securestring"}}}}
    ```
    """
    types = {name: part.get("type") for name, part in node.value.items() if isinstance(part, dict)}
    gateway = next((name for name, kind in types.items() if kind == GATEWAY_SETTING), None)
    if gateway is None:
        return
    help_ = f"sign in by {listed(GATEWAY_SIGN_INS)}; a service on the internet requires no gateway"
    if OAUTH in types.values():
        yield node.says("a gateway can't sign in by OAuth", gateway, help=help_)
    elif any(isinstance(one, dict) and one.get("type") == "apiKey" for one in definitions(context).values()):
        yield node.says("a gateway can't sign in with an API key", gateway, help=help_)
