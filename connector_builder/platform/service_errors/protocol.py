"""The errors that OAuth 2 itself names, of any provider. A code beside them in the same body explains more.

Sources: https://datatracker.ietf.org/doc/html/rfc6749#section-5.2, https://datatracker.ietf.org/doc/html/rfc8628#section-3.5 and
https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
"""

from connector_builder.platform.service_errors.model import ENTRA_DOCS, About, Area, Evidence, Explanation

_RFC = "https://datatracker.ietf.org/doc/html/rfc6749#section-5.2"
_DEVICE = "https://datatracker.ietf.org/doc/html/rfc8628#section-3.5"


def _error(
    code: str,
    title: str,
    meaning: str,
    causes: tuple[str, ...],
    cures: tuple[str, ...],
    *about: About,
    source: str = _RFC,
) -> Explanation:
    return Explanation(
        code, title, meaning, causes, cures, Area.SIGN_IN, Evidence.DOCUMENTED, (source,), about, general=True
    )


PROTOCOL = (
    _error(
        "invalid_grant", "the code or the token isn't valid any more",
        "The authorization code or the refresh token was refused.",
        ("It has expired, was revoked, or was used already.", "It belongs to another client or another redirect URI."),
        ("Sign in again: create the connection anew.",), About.CLIENT, About.REDIRECT,
    ),
    _error(
        "invalid_client", "the client id or the client secret is wrong",
        "The provider doesn't accept the client's credentials.",
        ("The secret is wrong, expired or missing.", "The secret is sent in another place than the provider expects: in the body or in a header."),
        ("Enter the client secret again on the connector's *Security* tab, and create the connection anew.",), About.CLIENT,
    ),
    _error(
        "invalid_scope", "a scope isn't valid",
        "The provider doesn't know a scope, or doesn't allow it to this client.",
        ("A scope is misspelt.", "The client isn't registered for the scope.", "The scopes are divided in another way than the provider expects: by blanks or by commas."),
        ("Compare the scopes with the provider's documentation.",), About.SCOPES,
    ),
    _error(
        "invalid_request", "the request isn't well formed",
        "A parameter is missing, there twice, or not valid. The description says which.", ("An address or a template of the sign-in is wrong.",),
        ("Compare the addresses and templates of the spec with the provider's documentation.",), About.ADDRESSES, About.REDIRECT,
    ),
    _error(
        "unauthorized_client", "the client may not sign in this way",
        "The provider doesn't allow this client the authorization code, or doesn't know the client.", ("The application isn't registered for this, or not in this tenant.",),
        ("Check the registration of the application, and the client id.",), About.CLIENT, About.TENANT,
    ),
    _error(
        "unsupported_grant_type", "the provider doesn't know this kind of grant",
        "The address for tokens doesn't take this `grant_type`.", ("The token URL is wrong, or a template sends another grant.",), ("Check the token URL and the templates.",), About.ADDRESSES,
    ),
    _error(
        "access_denied", "the sign-in was declined",
        "The user or the provider declined.", ("The user cancelled.", "An administrator has to consent first.", "A policy forbids it."), ("Sign in again, and accept.", "Ask an administrator for consent."), About.CONSENT,
        source="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1",
    ),
    _error(
        "invalid_resource", "the resource isn't valid",
        "The resource doesn't exist in the tenant, or isn't set up.", ("The resource is misspelt.", "The API has no service principal in the tenant."), ("Write the exact resource of the API, with its slash at the end if it has one.",), About.RESOURCE,
        source=ENTRA_DOCS,
    ),
    _error(
        "interaction_required", "the user has to do something in a browser",
        "The sign-in needs the user: a second factor, consent, or another choice.", ("A saved token was used where a policy wants the user.",), ("Sign in in a browser; pass `claims` on if the answer has some.",),
        source=ENTRA_DOCS,
    ),
    _error(
        "consent_required", "somebody has to consent",
        "The user or an administrator has to allow the application to use the API.", ("Nobody has consented to the application's permissions.",), ("Sign in in a browser and accept, or ask an administrator for consent.",),
        About.CLIENT, About.CONSENT, source=ENTRA_DOCS,
    ),
    _error(
        "login_required", "nobody is signed in",
        "The sign-in may not show a page, and there is no session.", ("The browser has no session.",), ("Sign in in a browser.",), source=ENTRA_DOCS,
    ),
    _error(
        "authorization_pending", "the device code waits for the user", "Nobody has entered the code yet.", ("The user hasn't finished.",), ("Open the page, enter the code, and wait.",), source=_DEVICE,
    ),
    _error(
        "expired_token", "the device code has expired", "The code was entered too late.", ("The user took too long.",), ("Start the sign-in again.",), source=_DEVICE,
    ),
    _error(
        "slow_down", "the device code is asked for too often", "The program asks more often than the service allows.", ("The interval between two requests is too short.",), ("Wait five seconds longer between requests.",), source=_DEVICE,
    ),
    _error(
        "temporarily_unavailable", "the sign-in is busy", "The service can't answer at the moment.", ("The service is busy.",), ("Try again in a minute.",), source=ENTRA_DOCS,
    ),
)  # fmt: skip
