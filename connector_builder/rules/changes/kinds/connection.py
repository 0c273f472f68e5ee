"""Changes of how people sign in."""

from connector_builder.rules.changes.change import kind

_REST = "\nactions:\n  ListOrders: {request: GET /orders, description: Lists the orders.}"
_KEY = "auth: {type: apiKey, header: X-Key}" + _REST
_OAUTH = (
    "auth: {type: oauth2, clientId: orders, authorizationUrl: https://contoso.example/authorize,"
    " tokenUrl: https://contoso.example/token, scopes: [read]}" + _REST
)

SIGN_IN_CHANGED = kind(
    "SignInChanged",
    "BBBB",
    "The kind of authentication is another now, or a way to sign in was removed. A key in another header or query parameter is risky.",
    happens="people must make their connections anew",
    cure="add a second way to sign in beside the old one",
    old=_KEY,
    new=_KEY.replace("{type: apiKey, header: X-Key}", "{type: basic}"),
    found="new.yaml:1:1: the way to sign in is 'basic' instead of 'apiKey' now: breaking for flows, triggers, Logic Apps and apps",
    good=_KEY,
)
KEY_MOVED = SIGN_IN_CHANGED._replace(
    happens="connections that exist send it there at once",
    cure="make sure that the service takes it there",
)
"""The same kind of change, for a key that is sent in another place."""
PARAMETER_ADDED = kind(
    "ConnectionParameterAdded",
    "RRRR",
    "A connection parameter is new, or required now. An optional one is safe.",
    happens="connections that exist don't have it, and policies that read it get an empty text",
    cure="make it optional, and do without it",
    old=_KEY,
    new="connection: {region: The region of the shop.}\n" + _KEY,
    found="new.yaml:1:14: the connection parameter 'region' is new and required: risky for flows, triggers, Logic Apps and apps",
    good=_KEY,
)
PARAMETER_CHANGED = kind(
    "ConnectionParameterChanged",
    "BBBB",
    "A connection parameter was removed or renamed, or has another type.",
    happens="connections that exist have the old one",
    cure="keep it beside the new one",
    old="connection: {region: The region of the shop.}\n" + _KEY,
    new="connection: {area: The region of the shop.}\n" + _KEY,
    found="new.yaml:1:14: the connection parameter 'region' is called 'area' now: breaking for flows, triggers, Logic Apps and apps",
    good="connection: {region: The area of the shop.}\n" + _KEY,
)
OAUTH_CHANGED = kind(
    "OAuthChanged",
    "RRRR",
    "The client, the addresses or the resource of a sign-in by OAuth are others now, or it asks for more scopes.",
    happens="people must consent again, and tokens are refreshed with the old scopes",
    cure="tell people to sign in again",
    old=_OAUTH,
    new=_OAUTH.replace("[read]", "[read, write]"),
    found="new.yaml:1:14: the sign-in by OAuth asks for the scope 'write' too: risky for flows, triggers, Logic Apps and apps",
    good=_OAUTH,
)
PROVIDER_CHANGED = kind(
    "OAuthProviderChanged",
    "BBBB",
    "The identity provider of a sign-in by OAuth is another now, or it asks for fewer scopes. Fewer scopes are safe.",
    happens="people must make their connections anew if the provider is another",
    cure="add a second way to sign in beside the old one",
    old=_OAUTH,
    new=_OAUTH.replace("type: oauth2,", "type: github,").replace(
        " authorizationUrl: https://contoso.example/authorize, tokenUrl: https://contoso.example/token,", ""
    ),
    found="new.yaml:1:14: the sign-in by OAuth has the identity provider 'github' instead of 'oauth2' now: breaking for flows, triggers, Logic Apps and apps",
    good=_OAUTH,
)
KINDS = (SIGN_IN_CHANGED, PARAMETER_ADDED, PARAMETER_CHANGED, OAUTH_CHANGED, PROVIDER_CHANGED)
