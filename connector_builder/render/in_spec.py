"""Says what an error means for a spec: the spec's own values, held beside those that a message names."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from connector_builder.findings.wording import clipped, listed, quoted
from connector_builder.package import Package
from connector_builder.package.secrets import spared
from connector_builder.platform.api_properties import GLOBAL_REDIRECT
from connector_builder.platform.auth.oauth import wrong_end
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.service_errors import About, Explanation
from connector_builder.platform.service_errors.finding import readable
from connector_builder.render.access import Access, ways_in
from connector_builder.render.sign_in import SignIn
from connector_builder.secrets import mask

LONGEST = 200
"""The most characters of a value that are shown: addresses are long."""
CONSENT_HOSTS = (".consent.azure-apim.net", ".consent.azure-apihub.us", ".consent.azure-apihub.cn")
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_AUDIENCE = re.compile(r"wrong audience or resource '([^']{1,300})'", re.IGNORECASE)
_ALLOWED = re.compile(r"allowed audiences? ((?:'[^']{1,300}'[, ]*){1,30})", re.IGNORECASE)
_ONE = re.compile(r"'([^']*)'")
_NO_RESOURCE = re.compile(r"resource (?:principal|app) named (\S{1,300}?) was not found", re.IGNORECASE)
_REDIRECT = re.compile(r"(?:redirect|reply) (?:URI|URL|address) '([^']{1,500})'", re.IGNORECASE)
_CLIENT = re.compile(r"(?:application|client)\b[^'\n]{0,60}'([0-9a-f]{8}-[0-9a-f-]{27})'", re.IGNORECASE)
_ENVIRONMENT = re.compile(r"environment(?: with name)? '([^']{1,100})'", re.IGNORECASE)


def in_spec(one: Explanation, package: Package, body: str = "") -> list[str]:
    """Returns sentences with the values of a package that an error is about; `body` is the answer that contained the error.

    Secrets in them are masked.
    """
    package, message = spared(package), readable(body)
    ways = [way for way in ways_in(package) if way.sign_in is not None]
    found = [sentence for about in one.about for sentence in _about(about, ways, package, message)]
    return [mask(sentence) for sentence in dict.fromkeys(found)]


def _about(about: About, ways: list[Access], package: Package, message: str) -> Iterator[str]:
    if about is About.HOST:
        yield from _host(package)
    elif about is About.ENVIRONMENT:
        yield from _environment(package, message)
    else:
        for way in ways:
            assert way.sign_in is not None
            before = f"{_shown(way.name)}: " if len(ways) > 1 else ""
            yield from (f"{before}{sentence}" for sentence in _SIGN_IN[about](way.sign_in, message))


def _shown(value: str) -> str:
    """Quotes a value from a spec or a message, longer ones than `quoted` takes."""
    return f"'{clipped(' '.join(value.split()), LONGEST)}'"


def _resource(sign_in: SignIn, message: str) -> Iterator[str]:
    own = sign_in.resource
    if sign_in.entra:
        name = f", which is {sign_in.api}" if sign_in.api else ""
        yield f"Your resource is {_shown(own)}{name}." if own else "Your spec names no resource."
    wrong, allowed = _AUDIENCE.search(message), _ALLOWED.search(message)
    if wrong is not None:
        yield f"The token's audience is {_shown(wrong[1])}."
    if allowed is not None:
        yield from _among(own, _ONE.findall(allowed[1]))
    missing = _NO_RESOURCE.search(message)
    if missing is not None and missing[1] != own:
        yield f"The message is about the resource {_shown(missing[1])}."


def _among(own: str, allowed: list[str]) -> Iterator[str]:
    yield f"The service accepts {listed(allowed)}."
    if not own or own in allowed:
        return
    near = next((one for one in allowed if one.rstrip("/") == own.rstrip("/")), None)
    slash = f": it differs from {_shown(near)} in the slash at the end" if near else ""
    yield f"Your resource isn't one of them{slash}."


def _scopes(sign_in: SignIn, _message: str) -> Iterator[str]:
    yield f"Your scopes are {listed(sign_in.scopes, 'and')}." if sign_in.scopes else "Your spec names no scopes."
    if sign_in.entra and sign_in.resource:
        yield f"As one scope of version 2, your resource is {_shown(sign_in.resource + '/.default')}."


def _redirect(sign_in: SignIn, message: str) -> Iterator[str]:
    said = _REDIRECT.search(message)
    if said is not None:
        yield f"The sign-in came from {_shown(said[1])}: register exactly this one{_kind_of(said[1])}."
    elif sign_in.redirect:
        yield f"Register {_shown(sign_in.redirect)}, and the connector's own redirect URI after the first save."
    else:
        yield "Your connector has only a redirect URI of its own, which its Security tab shows after the first save."


def _kind_of(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    if address == GLOBAL_REDIRECT:
        return ", which all connectors share"
    return ", which is this connector's own" if f".{host}".endswith(CONSENT_HOSTS) else ""


def _tenant(sign_in: SignIn, _message: str) -> Iterator[str]:
    if not sign_in.entra:
        return
    tenant = sign_in.tenant or "common"
    if sign_in.several_tenants:
        yield f"Your tenant is {_shown(tenant)}: it works only with an application that is registered for several tenants."
    else:
        yield f"Your tenant is {_shown(tenant)}: users of other tenants can't sign in."


def _client(sign_in: SignIn, message: str) -> Iterator[str]:
    yield f"Your client id is {_shown(sign_in.client)}." if sign_in.client else "Your spec has no client id yet."
    said = _CLIENT.search(message)
    if said is not None and sign_in.client and said[1].lower() != sign_in.client.lower():
        yield f"The message is about the client id {_shown(said[1])}, which is another one."


def _consent(sign_in: SignIn, _message: str) -> Iterator[str]:
    if sign_in.entra and sign_in.client:
        where = ", with your tenant's id for TENANT" if sign_in.several_tenants else ""
        yield f"An administrator consents at {sign_in.consent_link}{where}."


def _addresses(sign_in: SignIn, _message: str) -> Iterator[str]:
    if sign_in.entra:
        tenant = sign_in.tenant or "common"
        yield f"The platform makes the addresses itself: {_shown(f'{sign_in.login}/{tenant}/oauth2/authorize')}."
        return
    for name, address, authorizes in (
        ("authorization URL", sign_in.authorization, True),
        ("token URL", sign_in.token, False),
    ):
        if address:
            wrong = ": it ends as the other of the two should" if wrong_end(address, authorizes=authorizes) else ""
            yield f"Your {name} is {_shown(address)}{wrong}."


def _environment(package: Package, message: str) -> Iterator[str]:
    settings = mapping(package.given_settings) or package.settings
    own = text(settings.get("environment"))
    if own:
        yield f"Your settings name the environment {_shown(own)}."
    said = _ENVIRONMENT.search(message)
    if said is not None and said[1] != own:
        yield f"The message is about the environment {_shown(said[1])}."
    for one in dict.fromkeys(filter(None, (own, said and said[1]))):
        if _GUID.fullmatch(one):
            yield f"If {quoted(one)} is the id of your tenant, you mean the default environment: {_shown(f'Default-{one}')}."


def _host(package: Package) -> Iterator[str]:
    host = text(mapping(package.definition).get("host"))
    yield f"Your host is {_shown(host)}." if host else "Your definition has no host."


_SIGN_IN: dict[About, Callable[[SignIn, str], Iterator[str]]] = {
    About.RESOURCE: _resource,
    About.SCOPES: _scopes,
    About.REDIRECT: _redirect,
    About.TENANT: _tenant,
    About.CLIENT: _client,
    About.CONSENT: _consent,
    About.ADDRESSES: _addresses,
}
