"""Decides what the registration of an application must be, from a connector's sign-in and what the user asks for."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from connector_builder.findings.wording import quoted
from connector_builder.platform.api_properties import GLOBAL_REDIRECT
from connector_builder.platform.auth.entra_apis import (
    API_CONNECTIONS,
    APIS,
    DATAVERSE,
    GRAPH,
    OPENID,
    POWER_APPS,
    Api,
    api_called,
    api_of,
    graph_of,
)
from connector_builder.platform.auth.kinds import ENTRA_LOGIN
from connector_builder.platform.auth.oauth import is_client, is_tenant
from connector_builder.render.registration.model import (
    EXCHANGE,
    SEVERAL,
    SINGLE,
    Credential,
    Permission,
    Registration,
    clean,
)
from connector_builder.render.sign_in import SignIn
from connector_builder.source.suggest import is_near, nearest, suggest

DEFAULT = ".default"
"""The scope that stands for all permissions of the registration."""
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][\w.:-]{0,119}")
_RESOURCE = re.compile(r"[A-Za-z][\w+.-]{0,30}://[\w.:/~-]{1,300}")
_REDIRECT = re.compile(r"https://[A-Za-z0-9.-]{3,200}(?::\d{1,5})?/[\w./~%+-]{0,400}")
_LOGIN = re.compile(r"https://[A-Za-z0-9.-]{1,200}")
_SUBJECT = re.compile(r"[\w./:@+~=-]{1,600}")
_CONSENT = re.compile(r"(?:.+\.)?consent\.azure-(?:apim\.net|apihub\.(?:us|cn))")


class RegistrationError(Exception):
    """Says why there is no registration, and what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


class Wishes(NamedTuple):
    """What the user asks for beside the spec.

    `permissions` are `API/NAME` or `API/NAME=ID`. `tenants` is `single`, `several`, or empty for what the spec says. `login`
    asks for the application of the command line instead of the connector's, `public` for one that serves both.
    `after_deploy` is the connector's own redirect URI, `subject` that of its federated credential.
    """

    name: str = ""
    permissions: tuple[str, ...] = ()
    tenants: str = ""
    login: bool = False
    public: bool = False
    after_deploy: str = ""
    subject: str = ""
    secret: bool = False
    consent: bool = False


def registration(title: str, way: str, sign_in: SignIn, wishes: Wishes) -> Registration:
    """Returns the registration for a sign-in by Microsoft Entra ID. Raises RegistrationError for what can't be."""
    if wishes.after_deploy and not _REDIRECT.fullmatch(wishes.after_deploy):
        raise RegistrationError(
            f"{quoted(wishes.after_deploy)} isn't the redirect URI of a connector",
            "copy it from the Security tab of the deployed connector: https://global.consent.azure-apim.net/redirect/...",
        )
    if wishes.subject and not _SUBJECT.fullmatch(wishes.subject):
        raise RegistrationError(f"{quoted(wishes.subject)} isn't the subject of a federated credential")
    permissions, notes = _permissions(sign_in, wishes)
    name = clean(wishes.name or (f"{title} (command line)" if wishes.login else f"{title} connector"))
    if not name:
        raise RegistrationError("the application has no name", "give it one: --name NAME")
    common = Registration(
        name,
        (),
        permissions,
        audience=_audience(sign_in, wishes),
        way=way,
        public=wishes.login or wishes.public,
        tenant=_tenant(sign_in),
        login=_login(sign_in),
        graph=graph_of(_login(sign_in)),
        secret=wishes.secret,
        consent=wishes.consent,
        notes=tuple(notes),
    )
    if wishes.login:
        return common._replace(needs_secret=False)
    return _of_connector(common, sign_in, wishes)


def _of_connector(common: Registration, sign_in: SignIn, wishes: Wishes) -> Registration:
    given = [one for one in (sign_in.redirect, sign_in.own_redirect) if _REDIRECT.fullmatch(one)]
    own = wishes.after_deploy or next((one for one in given if one == sign_in.own_redirect), "")
    shared = next((one for one in given if one != sign_in.own_redirect), GLOBAL_REDIRECT)
    return common._replace(
        redirects=tuple(dict.fromkeys(filter(None, (shared, own)))),
        client=sign_in.client if is_client(sign_in.client) else "",
        own_redirect=not own,
        needs_secret=not sign_in.federated,
        credential=_credential(sign_in, wishes),
        on_behalf_of=sign_in.on_behalf_of,
        after_deploy=bool(wishes.after_deploy or wishes.subject),
        notes=(*common.notes, *_notes(sign_in, wishes)),
    )


def _audience(sign_in: SignIn, wishes: Wishes) -> str:
    if wishes.tenants:
        return SEVERAL if wishes.tenants == "several" else SINGLE
    return SEVERAL if sign_in.several_tenants and not sign_in.federated and not wishes.login else SINGLE


def _credential(sign_in: SignIn, wishes: Wishes) -> Credential | None:
    if not sign_in.federated:
        if wishes.subject:
            raise RegistrationError(
                "this connector signs in with a secret, not with a federated credential", "leave out --subject"
            )
        return None
    tenant = _tenant(sign_in)
    issuer = (
        sign_in.issuer if _RESOURCE.fullmatch(sign_in.issuer) else f"{_login(sign_in)}/{tenant}/v2.0" if tenant else ""
    )
    subject = wishes.subject or (sign_in.subject if _SUBJECT.fullmatch(sign_in.subject) else "")
    return Credential(subject, issuer, sign_in.exchange if _RESOURCE.fullmatch(sign_in.exchange) else EXCHANGE)


def _tenant(sign_in: SignIn) -> str:
    """Returns the tenant of the sign-in; empty for several, and for what can't be one."""
    return sign_in.tenant if not sign_in.several_tenants and is_tenant(sign_in.tenant) else ""


def _login(sign_in: SignIn) -> str:
    """Returns the address of the sign-in; that of the public cloud for what can't be one, such as a placeholder."""
    return sign_in.login if _LOGIN.fullmatch(sign_in.login) else ENTRA_LOGIN


def _notes(sign_in: SignIn, wishes: Wishes) -> Iterator[str]:
    host = wishes.after_deploy.partition("://")[2].partition("/")[0].lower()
    if host and not _CONSENT.fullmatch(host):
        yield f"The host {host} isn't one that connectors are known to return to: check the redirect URI."
    if graph_of(_login(sign_in)) != graph_of(ENTRA_LOGIN):
        yield "In this cloud the redirect URI that connectors share may have another host. That on the Security tab counts."
    if sign_in.federated and sign_in.several_tenants:
        yield "A federated credential works with one tenant only: write the tenant's ID into the spec."


def _permissions(sign_in: SignIn, wishes: Wishes) -> tuple[tuple[Permission, ...], list[str]]:
    """Returns the permissions that the sign-in and the user ask for, and notes about what isn't known."""
    api = api_of(sign_in.resource)
    found = list(_of_scopes(sign_in, api))
    found += [_wished(one) for one in wishes.permissions]
    notes: list[str] = []
    if not any(one.api != GRAPH.name or api is GRAPH for one in found):
        default = _only(api, sign_in)
        found += default
        if not default and not wishes.after_deploy and not wishes.login:
            notes.append(
                f"The spec doesn't say which permissions of {api.name if api else sign_in.resource or 'the API'} it requires:"
                " add --permission API/NAME."
            )
    if wishes.login:
        found += [_known(api, name) for api in (POWER_APPS, API_CONNECTIONS, DATAVERSE) for name in api.permissions]
    distinct = {(one.looked_up_by.lower(), one.name.lower()): one for one in reversed(found)}
    return tuple(reversed(distinct.values())), notes


def _only(api: Api | None, sign_in: SignIn) -> list[Permission]:
    """Returns the permission of an API that has only one; `user_impersonation`, the usual one, is no guess of ours."""
    if api is None or not sign_in.resource or not api.complete or len(api.permissions) > 1:
        return []
    return [_known(api, name) for name in api.permissions]


def _of_scopes(sign_in: SignIn, api: Api | None) -> Iterator[Permission]:
    for scope in sign_in.scopes:
        resource, slash, name = scope.rpartition("/")
        if not slash:
            resource, name = sign_in.resource, scope
        if name == DEFAULT:
            continue
        if name in OPENID:
            yield _known(GRAPH, name)
            continue
        of = api if not slash or resource.rstrip("/") == sign_in.resource.rstrip("/") else api_of(resource)
        yield _of_api(of, resource, name)


def _of_api(api: Api | None, resource: str, name: str) -> Permission:
    if not _NAME.fullmatch(name):
        raise RegistrationError(f"{quoted(name)} isn't the name of a permission")
    if api is not None:
        return _known(api, name)
    if _GUID.fullmatch(resource):
        return Permission(resource, name, resource.lower())
    if not _RESOURCE.fullmatch(resource):
        raise RegistrationError(
            f"the API of the permission {quoted(name)} isn't known",
            "name it: --permission API/NAME, where API is a name of the portal, a resource or the id of an application",
        )
    own = resource.removeprefix("api://")
    return Permission(resource, name, own.lower() if _GUID.fullmatch(own) else "", "", resource)


def _known(api: Api, name: str) -> Permission:
    """Returns a permission of a known API. Raises RegistrationError for one that the API doesn't have, or hardly has."""
    exact = next((one for one in api.permissions if one.lower() == name.lower()), None)
    if exact is None:
        slip = any(is_near(name, one) for one in api.permissions)
        if api.complete or slip:
            meant = suggest(name, api.permissions)
            names = ", ".join(sorted(api.permissions))
            raise RegistrationError(
                f"{api.name} has no permission {quoted(name)}", meant or f"the permissions of {api.name} are {names}"
            )
        return Permission(api.name, name, api.app_id)
    return Permission(api.name, exact, api.app_id, api.permissions[exact], "", exact in api.by_admin)


def _wished(text: str) -> Permission:
    """Returns what `--permission` asks for: `Flow Service/Flows.Read.All`, `api://orders/Read=ID`, `APPID/NAME`."""
    named, _, id_ = text.partition("=")
    api, slash, name = named.rpartition("/")
    if not slash or not api or not _NAME.fullmatch(name) or (id_ and not _GUID.fullmatch(id_)):
        raise RegistrationError(
            f"{quoted(text)} isn't a permission",
            "write API/NAME, such as 'Flow Service/Flows.Read.All', or API/NAME=ID",
        )
    known = api_called(api) or api_of(api)
    if known is None and not _GUID.fullmatch(api) and not _RESOURCE.fullmatch(api):
        meant = nearest(api, (one.name for one in APIS))
        raise RegistrationError(
            f"no API is called {quoted(api)}",
            f"did you mean '{meant}'?"
            if meant
            else f"known are {_listed(APIS)}; for another, write its resource or app id",
        )
    if id_:
        other = _of_api(None, api, name) if known is None else Permission(known.name, name, known.app_id)
        return other._replace(id=id_.lower())
    return _of_api(known, api, name)


def _listed(apis: Iterable[Api]) -> str:
    return ", ".join(api.name for api in apis)
