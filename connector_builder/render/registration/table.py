"""The registration as steps to click by, and what to register for a sign-in that isn't of Microsoft Entra ID."""

from collections.abc import Iterator

from connector_builder.platform.api_properties import GLOBAL_REDIRECT
from connector_builder.platform.auth.entra_apis import API_CONNECTIONS
from connector_builder.render.access import Access
from connector_builder.render.registration.model import LOOPBACK, SEVERAL, Permission, Registration
from connector_builder.render.sign_in import SignIn

PORTAL = "https://entra.microsoft.com"
_LOOK_UP = "(no id known here: pick it by its name)"


def table_lines(one: Registration) -> list[str]:
    """Returns the lines of the steps in the Microsoft Entra admin center, with every value to enter."""
    lines = [f"App registration: {one.name}", *_steps(one)]
    lines += [f"Note: {note}" for note in one.notes]
    return lines


def _steps(one: Registration) -> Iterator[str]:
    steps = [_application(one), _redirects(one), _permissions(one), _consent(one), _secret(one), _spec(one)]
    for number, step in enumerate(filter(None, steps), 1):
        yield f"{number}. {step[0]}"
        yield from (f"   {line}" for line in step[1:])


def _application(one: Registration) -> list[str]:
    if one.after_deploy and one.client:
        return [f"{PORTAL}: App registrations, the application with the client ID {one.client}"]
    accounts = (
        "any organizational directory (multitenant)"
        if one.audience == SEVERAL
        else "this organizational directory only"
    )
    return [
        f"{PORTAL}: App registrations. If there is none of this name yet: New registration",
        f"Name:                     {one.name}",
        f"Supported account types:  accounts in {accounts} ({one.audience})",
    ]


def _redirects(one: Registration) -> list[str]:
    lines = ["Authentication"]
    lines += [f"Platform Web, redirect URI:                  {redirect}" for redirect in one.redirects]
    if one.public:
        lines += [
            f"Platform Mobile and desktop, redirect URI:   {LOOPBACK}",
            "Allow public client flows:                   Yes",
        ]
    if one.redirects and one.own_redirect:
        lines += [
            "Once the connector is deployed, add the redirect URI on its Security tab. It is another one in each environment:",
            "connector-builder register SPEC --after-deploy REDIRECT",
        ]
    return lines


def _permissions(one: Registration) -> list[str]:
    if not one.permissions:
        return []
    return ["API permissions, Add a permission, Delegated permissions", *map(_permission, one.permissions)]


def _permission(one: Permission) -> str:
    ids = f"{one.app_id} {one.id}" if one.is_known else _LOOK_UP
    admin = ", only an administrator can allow it" if one.by_admin else ""
    return f"{one.api}: {one.name}  {ids}{admin}"


def _consent(one: Registration) -> list[str]:
    if not one.permissions:
        return []
    tenant = one.tenant or "TENANT"
    return [
        "Consent: users can allow most permissions when they sign in. An administrator allows all for everybody:",
        f"{one.login}/{tenant}/adminconsent?client_id={one.client or 'CLIENT_ID'}",
    ]


def _secret(one: Registration) -> list[str]:
    if one.credential is not None:
        issuer = one.credential.issuer or f"{one.login}/TENANT/v2.0"
        subject = (
            one.credential.subject or "(the connector has it once it is deployed: add --after-deploy and --subject)"
        )
        return [
            "Certificates & secrets, Federated credentials, Add credential, Other issuer. There is no client secret.",
            f"Issuer:     {issuer}",
            f"Subject:    {subject}",
            f"Audience:   {one.credential.audience}",
        ]
    if not one.needs_secret:
        return []
    return [
        "Certificates & secrets, New client secret",
        "Copy its value at once. It belongs on the connector's Security tab, or behind --secret of paconn, and in no file.",
    ]


def _spec(one: Registration) -> list[str]:
    lines = []
    if one.on_behalf_of:
        client = f"{API_CONNECTIONS.app_id} ({API_CONNECTIONS.name})"
        lines += [f"Expose an API: set the URI api://CLIENT_ID, add a scope, and add the client application {client}"]
    if not one.redirects:
        return ["Overview: take the application (client) ID for 'login --client-id'"]
    return [*lines, *(() if one.client else ("Overview: write the application (client) ID into the spec as clientId",))]


def other_lines(title: str, way: Access) -> list[str]:
    """Returns what to register for a way to sign in that isn't of Microsoft Entra ID, or that there is nothing to register."""
    name = f" ({way.name})" if way.name else ""
    if way.sign_in is None:
        nothing = {
            "none": "the connector has no sign-in",
            "key": "the provider of the service gives out the key",
            "basic": "the provider of the service gives out the user name and the password",
        }
        return [
            f"{title}{name}: there is nothing to register, {nothing.get(way.kind, 'the connection asks for what it needs')}."
        ]
    return [f"{title}{name}: register an application with the provider{_provider(way.sign_in)}", *_oauth(way.sign_in)]


def _provider(one: SignIn) -> str:
    return f" {one.provider}" if one.provider not in ("", "oauth2", "oauth2generic") else ""


def _oauth(one: SignIn) -> Iterator[str]:
    yield f"1. Redirect URL:  {one.redirect or GLOBAL_REDIRECT}"
    if one.own_redirect and one.own_redirect != one.redirect:
        yield f"                  {one.own_redirect}"
    yield "   Once the connector is deployed, add the redirect URL on its Security tab. It is another one in each environment."
    if one.scopes:
        yield f"2. Scopes:        {' '.join(one.scopes)}"
    for name, address in (("Authorization", one.authorization), ("Token", one.token)):
        if address:
            yield f"   {name + ' URL:':<18} {address}"
    yield "3. Write the client ID into the spec as clientId. The client secret belongs on the connector's Security tab, in no file."
