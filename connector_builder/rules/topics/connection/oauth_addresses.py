"""Rules for the addresses of a sign-in by OAuth."""

import re

from connector_builder.findings import Fix, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import quoted
from connector_builder.platform.auth.kinds import OF_ENTRA, OF_TOKEN, PLACES
from connector_builder.platform.auth.oauth import (
    CLIENT_CREDENTIALS,
    is_address,
    is_open,
    unknown_places,
    wrong_end,
)
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.swagger.objects import FLOWS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.sign_in import own_places, sign_ins
from connector_builder.rules.topics.connection.security import definitions
from connector_builder.source.suggest import DidYouMean

_ADDRESSES = {
    "authorizationurl": "authorizationUrl",
    "authorizationurltemplate": "authorizationUrl",
    "tokenurl": "tokenUrl",
    "tokenurltemplate": "tokenUrl",
    "refreshurl": "",
    "refreshurltemplate": "",
}
"""The custom parameters that are addresses, with the key of Swagger's security definition that says the same."""


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "custom parameter",
    keys="value",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
    fixable=True,
)
def o_auth_address_not_valid(node: Node, context: Context) -> Defects:
    """An address of a sign-in by OAuth isn't a whole address with `https://`.

    The platform doesn't add the server's address. Write all of it.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {"authorizationUrl": {"value": "/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters/authorizationUrl/value: '/authorize' isn't a whole address

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {"authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    """
    value = node.value
    if str(node.owner.key).lower() not in _ADDRESSES or not isinstance(value, str) or not value:
        return
    value = value.strip()  # another rule finds white space around it
    help_ = "write it with https://, such as https://login.contoso.example/token"
    if str(node.owner.key) in own_places(context):
        return  # the address comes from the connection, and the text here is only a part of it
    if not is_address(value) and (value.startswith("/") or not is_open(value)):
        whole = f"https://{value}"
        certain = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+/[^\s{}]*", value) is not None and is_address(whole)
        fix = node.becoming(f"write {whole}", whole) if certain else None
        yield node.says(f"{quoted(value)} isn't a whole address", help=help_, fix=fix)
    elif value.lower().startswith("http://"):
        yield node.says(
            f"people sign in without encryption at {quoted(value)}",
            help="write https://",
            fix=node.becoming("write https://", f"https{value[4:]}"),
        )


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    "custom parameter",
    keys="value",
    explained_by=("NameNotFound", "AuthNotValid"),
    fixable=True,
    told_once=True,
)
def o_auth_template_not_valid(node: Node, context: Context) -> Defects:
    """A template of a sign-in has a place such as `{Host}` that nothing fills, or signs in without people.

    The platform fills `{ClientId}`, `{ClientSecret}`, `{RedirectUrl}`, `{Scopes}`, `{State}`, `{Code}` and `{RefreshToken}`, and
    `{Host}` with the connection parameter `token:Host`. It can't sign in by client credentials.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2generic", "customParameters": {
        "authorizationUrlTemplate": {"value": "https://{Site}.contoso.example/authorize"},
        "tokenUrlTemplate": {"value": "https://login.contoso.example/token"},
        "refreshUrlTemplate": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters/authorizationUrlTemplate/value: there is no connection parameter 'token:Site'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2generic", "customParameters": {
        "authorizationUrlTemplate": {"value": "https://{Site}.contoso.example/authorize"},
        "tokenUrlTemplate": {"value": "https://login.contoso.example/token"},
        "refreshUrlTemplate": {"value": "https://login.contoso.example/token"}}}},
      "token:Site": {"type": "string"}}}}
    ```
    """
    provider = text(node.owner.owner.owner.value.get("identityProvider")).lower()
    value = node.value
    if provider != "oauth2generic" or not isinstance(value, str) or value.startswith("{{"):
        return
    if CLIENT_CREDENTIALS in value:
        help_ = "write grant_type=authorization_code: only 'aad' knows service principals"
        yield node.says("the platform can't sign in by client credentials", help=help_)
    own = own_places(context)
    for name in unknown_places(value, own):
        help_ = context.suggest(name, [*PLACES, *own]) or f"add the connection parameter '{OF_TOKEN}{name}'"
        meant = help_.name if isinstance(help_, DidYouMean) else None
        fix = node.becoming(str(help_), value.replace("{" + name + "}", "{" + meant + "}")) if meant else None
        yield node.says(f"there is no connection parameter '{OF_TOKEN}{name}'", help=help_, fix=fix)


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    *FLOWS.values(),
    "custom parameter",
    keys=("authorizationUrl", "tokenUrl", "value"),
    fixable=True,
)
def o_auth_addresses_swapped(node: Node, context: Context) -> Defects:
    """An address of a sign-in is that of the other step: people are sent to the one for tokens, or the reverse.

    `authorizationUrl` is the page where people sign in, and often ends in `/authorize`. `tokenUrl` is where the platform
    gets tokens, and often ends in `/token`. Microsoft Entra ID answers AADSTS900561 where they are swapped.

    Published: 0 of 335 connectors.

    ```json bad
    {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode", "tokenUrl": "https://login.contoso.example/token",
      "authorizationUrl": "https://login.contoso.example/token", "scopes": {}}}, "security": [{"login": []}]}
    ```
    Finding: /securityDefinitions/login/authorizationUrl: people can't sign in at 'https://login.contoso.example/token'

    ```json good
    {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode", "tokenUrl": "https://login.contoso.example/token",
      "authorizationUrl": "https://login.contoso.example/authorize", "scopes": {}}}, "security": [{"login": []}]}
    ```
    """
    key, beside = _pair(node)
    if not key or not isinstance(node.value, str) or _said_in_definition(node, key, context):
        return
    authorizes = key == "authorizationUrl"
    other = "tokenUrl" if authorizes else "authorizationUrl"
    if not wrong_end(node.value, authorizes=authorizes):
        return
    # For Microsoft Entra ID the portal writes one address at both keys, and uses neither.
    both = beside is not None and wrong_end(beside.value, authorizes=not authorizes)
    entra = any(one.provider in OF_ENTRA for one in sign_ins(context))
    if not authorizes and (entra or both or (beside is not None and beside.value == node.value)):
        return
    fix = None
    if beside is not None and both:
        fix = Fix("swap the two", (node.becomes(beside.value), beside.becomes(node.value)))
    said = "people can't sign in at" if authorizes else "nobody gets tokens at"
    help_ = "swap the two addresses" if both else f"this looks like the '{other}': write the address for this step"
    yield node.says(f"{said} {quoted(node.value)}", help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PRACTICE, "custom parameter", keys="value")
def o_auth_addresses_differ(node: Node, context: Context) -> Defects:
    """An address of a sign-in in apiProperties.json isn't that of the security definition.

    People sign in at the address in apiProperties.json. The other one is often a placeholder, or an old address. Write the
    same in both. A template with places such as `{Host}` may differ.

    Published: 7 of 1,013 connectors.

    ```json bad documents
    {"apiDefinition.swagger.json": {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode",
      "authorizationUrl": "https://login.contoso.example/authorize", "tokenUrl": "https://login.contoso.example/token",
      "scopes": {"read": "Read orders"}}}, "security": [{"login": ["read"]}]},
     "apiProperties.json": {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "scopes": ["read"], "customParameters": {
        "authorizationUrl": {"value": "https://login.fabrikam.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters/authorizationUrl/value: the security definition has another 'authorizationUrl': 'https://login.contoso.example/authorize'

    ```json good documents
    {"apiDefinition.swagger.json": {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode",
      "authorizationUrl": "https://login.contoso.example/authorize", "tokenUrl": "https://login.contoso.example/token",
      "scopes": {"read": "Read orders"}}}, "security": [{"login": ["read"]}]},
     "apiProperties.json": {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "scopes": ["read"], "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}}
    ```
    """
    key = _ADDRESSES.get(str(node.owner.key).lower())
    value = node.value
    if (
        not key
        or not isinstance(value, str)
        or "{" in value
        or not is_address(value.strip())
        or wrong_end(value, authorizes=key == "authorizationUrl")
    ):
        return
    described = [mapping(one) for one in definitions(context).values() if mapping(one).get("type") == "oauth2"]
    if len(described) != 1 or not isinstance(there := described[0].get(key), str) or "{{" in there:
        return
    if _compared(there) != _compared(value) and not wrong_end(there, authorizes=key == "authorizationUrl"):
        yield node.says(
            f"the security definition has another {quoted(key)}: {quoted(there)}",
            help="write the address at which people sign in, in both files",
        )


def _compared(address: str) -> str:
    """Returns what two equal addresses have in common."""
    return address.strip().rstrip("/").lower()


def _pair(node: Node) -> tuple[str, Node | None]:
    """Returns what an address is for, and the address for the other step beside it; None if there is no text."""
    if node.key != "value":
        other = "tokenUrl" if node.key == "authorizationUrl" else "authorizationUrl"
        value = node.owner.value.get(other)
        return str(node.key), Node(value, node.shape, node.owner, other) if isinstance(value, str) else None
    key = _ADDRESSES.get(str(node.owner.key).lower(), "")
    for name, one in node.owner.owner.value.items():
        value = mapping(one).get("value")
        if isinstance(value, str) and _ADDRESSES.get(name.lower()) not in ("", key, None):
            return key, Node(value, node.shape, Node(one, node.owner.shape, node.owner.owner, name), "value")
    return key, None


def _said_in_definition(node: Node, key: str, context: Context) -> bool:
    """Checks whether the security definition has the same address, where the same finding is already."""
    if node.key != "value":
        return False
    return any(mapping(one).get(key) == node.value for one in definitions(context).values())
