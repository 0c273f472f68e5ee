"""Rules for the settings of a sign-in by OAuth: the provider, its custom parameters, the redirect, scopes."""

from connector_builder.findings import Fix, Rename, Scope, Severity
from connector_builder.findings.finding import LEFT_OUT
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.api_properties import REDIRECT_MODES
from connector_builder.platform.auth.kinds import BY_PROVIDER, OF_ENTRA, OTHER_PROVIDERS, RARE_CUSTOM, REQUIRED_CUSTOM
from connector_builder.platform.auth.oauth import FLOW, is_address, is_open
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.swagger.objects import FLOWS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.topics.connection.security import definitions

_PROVIDERS = (*(kind.provider for kind in BY_PROVIDER.values()), *OTHER_PROVIDERS)


@rule(Severity.WARNING, Scope.PLATFORM, "oauth settings", keys="identityProvider", fixable=True)
def identity_provider_not_known(node: Node, context: Context) -> Defects:
    """The identity provider isn't one that the platform is known to have.

    `oauth2` and `oauth2generic` sign in at any service, `aad` by Microsoft Entra ID. Solution checker refuses a provider
    that doesn't exist.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 0 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "azuread"}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/identityProvider: there is no identity provider 'azuread'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "github"}}}}}
    ```
    """
    word = node.value
    if word.lower() in map(str.lower, _PROVIDERS):
        return
    meant = {"azuread": "aad", "azureactivedirectory": "aad", "entra": "aad", "oauth": "oauth2", "generic": "oauth2"}
    certain = meant.get(word.lower())
    help_ = f"write '{certain}'" if certain else context.suggest(word, _PROVIDERS)
    known = listed(kind.provider for kind in BY_PROVIDER.values())
    yield node.says(f"there is no identity provider {quoted(word)}", help=help_ or f"write {known}")


@rule(Severity.WARNING, Scope.PLATFORM, "oauth settings", keys="redirectMode", fixable=True)
def redirect_mode_not_known(node: Node, context: Context) -> Defects:
    """The redirect mode isn't one of the platform's.

    It is `GlobalPerConnector` for a new connector, whose address the platform makes when it saves; `Global` for the
    address that connectors shared until 2024, and `Direct` for the one in `redirectUrl`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 0 of 1,013 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "github", "redirectMode": "PerConnector"}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/redirectMode: there is no redirect mode 'PerConnector'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "github", "redirectMode": "GlobalPerConnector"}}}}}
    ```
    """
    if node.value.lower() not in map(str.lower, REDIRECT_MODES):
        help_ = context.suggest(node.value, REDIRECT_MODES) or f"it is {listed(REDIRECT_MODES)}"
        yield node.says(f"there is no redirect mode {quoted(node.value)}", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "oauth settings")
def redirect_url_not_valid(node: Node, _: Context) -> Defects:
    """The redirect URL isn't an address, or is missing though the mode `Direct` requires it.

    The service sends people back to this address after they have signed in. In the other modes leave it out: the platform
    knows it.

    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "github", "redirectMode": "Direct"}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings: 'redirectUrl' is missing for the mode 'Direct'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "github", "redirectMode": "Direct", "redirectUrl": "https://flow.contoso.example/back"}}}}}
    ```
    """
    url = node.value.get("redirectUrl")
    if not url and text(node.value.get("redirectMode")).lower() == "direct":
        help_ = "add the address, or write 'GlobalPerConnector'"
        yield node.says("'redirectUrl' is missing for the mode 'Direct'", help=help_)
    elif isinstance(url, str) and url and not (is_address(url.strip()) or is_open(url)):
        help_ = "write it with https://, or leave it out"
        yield node.says(f"the redirect URL {quoted(url)} isn't an address", "redirectUrl", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "custom parameters", fixable=True)
def custom_parameter_not_known(node: Node, context: Context) -> Defects:
    """A custom parameter isn't one that the identity provider reads.

    Each provider has names of its own: `oauth2` reads `tokenUrl`, `oauth2generic` reads `tokenUrlTemplate`. The platform
    ignores others. Correct the name, or the provider.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}, "scopeDelimiter": {"value": " "}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters/scopeDelimiter: 'oauth2' has no custom parameter 'scopeDelimiter'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    """
    provider = text(node.owner.value.get("identityProvider"))
    kind = BY_PROVIDER.get(provider.lower())
    if kind is None or (kind.authorization and provider.lower() not in OF_ENTRA):
        return  # nobody knows what a provider with a name of its own reads
    known = (*kind.custom, *RARE_CUSTOM)
    lower, given = {name.lower() for name in known}, {name.lower() for name in node.value}
    for name in node.value:
        if name.lower() in lower:
            continue
        open_ = [one for one in known if one.lower() not in given]
        suggestion = context.suggest(name, open_)
        near = suggestion.split("'")[1] if suggestion else None
        fix = Fix(f"write '{near}'", (Rename((*node.pointer, name), near),)) if near else None
        help_ = suggestion or f"it reads {listed(kind.custom, 'and')}"
        yield node.says(f"{quoted(provider)} has no custom parameter {quoted(name)}", name, help=help_, fix=fix)


@rule(
    Severity.ERROR,
    Scope.PLATFORM,
    "oauth settings",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def custom_parameter_missing(node: Node, context: Context) -> Defects:
    """A sign-in by OAuth lacks an address: where people sign in, where tokens come from, or where they are renewed.

    Nobody can make a connection, or connections end after an hour. The address for renewing is usually the token's.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters
    Published: 2 of 149 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/customParameters: 'refreshUrl' is missing for 'oauth2'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}
    ```
    """
    provider = text(node.value.get("identityProvider"))
    custom = {
        name.lower(): one.get("value") if isinstance(one, dict) else one
        for name, one in mapping(node.value.get("customParameters")).items()
    }
    required = REQUIRED_CUSTOM.get(provider.lower(), ())
    missing = [name for name in required if not custom.get(name.lower()) and not _misspelt(name, custom, context)]
    at = ("customParameters",) if isinstance(node.value.get("customParameters"), dict) else ()
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        help_ = f'add it as {{"{missing[0]}": {{"value": "https://…"}}}}'
        yield node.says(f"{listed(missing, 'and')} {verb} missing for {quoted(provider)}", *at, help=help_)


@rule(
    Severity.WARNING,
    Scope.PLATFORM,
    *FLOWS.values(),
    keys="flow",
    explained_by=(
        LEFT_OUT,
        "AuthNotValid",
    ),
)
def o_auth_flow_not_supported(node: Node, _: Context) -> Defects:
    """A security definition has a flow of OAuth by which nobody can sign in to a connection.

    The platform knows only the authorization code flow, `accessCode`. For an app of its own without a user, only Microsoft
    Entra ID has a way: service principals.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/faq
    Published: 1 of 335 connectors.

    ```json bad
    {"securityDefinitions": {"login": {"type": "oauth2", "flow": "application", "tokenUrl": "https://login.contoso.example/token",
      "scopes": {}}}, "security": [{"login": []}]}
    ```
    Finding: /securityDefinitions/login/flow: people can't sign in by the flow 'application'

    ```json good
    {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode", "tokenUrl": "https://login.contoso.example/token",
      "authorizationUrl": "https://login.contoso.example/authorize", "scopes": {}}}, "security": [{"login": []}]}
    ```
    """
    if node.value != FLOW:
        help_ = f"write '{FLOW}', with 'authorizationUrl' and 'tokenUrl'"
        yield node.says(f"people can't sign in by the flow {quoted(node.value)}", help=help_)


@rule(Severity.NOTE, Scope.PRACTICE, "oauth settings")
def o_auth_scopes_differ(node: Node, context: Context) -> Defects:
    """The scopes in apiProperties.json aren't those of the security definition.

    The platform asks for those in apiProperties.json; who reads the definition sees others. Write the same scopes in both.

    Published: 2 of 335 connectors.

    ```json bad documents
    {"apiDefinition.swagger.json": {"securityDefinitions": {"login": {"type": "oauth2", "flow": "accessCode",
      "authorizationUrl": "https://login.contoso.example/authorize", "tokenUrl": "https://login.contoso.example/token",
      "scopes": {"read": "Read orders"}}}, "security": [{"login": ["read"]}]},
     "apiProperties.json": {"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
      "identityProvider": "oauth2", "scopes": ["write"], "customParameters": {
        "authorizationUrl": {"value": "https://login.contoso.example/authorize"},
        "tokenUrl": {"value": "https://login.contoso.example/token"},
        "refreshUrl": {"value": "https://login.contoso.example/token"}}}}}}}}
    ```
    Finding: /properties/connectionParameters/token/oAuthSettings/scopes: the scopes aren't those of the security definition

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
    described = [mapping(mapping(one).get("scopes")) for one in definitions(context).values() if _is_oauth(one)]
    if len(described) != 1 or "scopes" not in node.value:
        return
    there = set(" ".join(described[0]).split())
    here = {
        word
        for one in items(node.value.get("scopes"))
        if isinstance(one, str)
        for word in one.replace(",", " ").split()
    }
    differing = sorted(here ^ there)
    if differing and here and there:
        help_ = f"write {listed(differing[:3], 'and')} in both, or in neither"
        yield node.says("the scopes aren't those of the security definition", "scopes", help=help_)


def _misspelt(name: str, custom: dict[str, object], context: Context) -> bool:
    """Checks whether another custom parameter is a slip of the pen for this one: then that is what the finding is about."""
    return any(
        (said := context.suggest(other, [name])) is not None and f"'{name}'" in said
        for other in custom
        if other not in (one.lower() for names in REQUIRED_CUSTOM.values() for one in names)
    )


def _is_oauth(one: object) -> bool:
    return mapping(one).get("type") == "oauth2"
