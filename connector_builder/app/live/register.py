"""Registers the application of a connector through Microsoft Graph: finds it or creates it, and adds what it lacks.

What the application has, it keeps: lists are read, completed and written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from connector_builder.app.live.connection import Asked, connected
from connector_builder.app.register import Wanted, one_registration, title_and_ways
from connector_builder.app.shared.misuse import Misuse
from connector_builder.effects import doing
from connector_builder.live.errors import LiveError, ServiceRefused
from connector_builder.live.graph import Graph
from connector_builder.package import Package
from connector_builder.platform.auth.entra_apis import API_CONNECTIONS
from connector_builder.platform.data.plain import items, mapping
from connector_builder.render.registration import Permission, Registration
from connector_builder.render.registration.model import (
    ACCESS,
    LOOPBACK,
    allowed,
    application,
    by_api,
    own_credential,
    own_scope,
)
from connector_builder.source.suggest import suggest

SECRET_NAME = "connector"  # noqa: S105 - a name in the portal, not a secret


class Step(NamedTuple):
    """A change, as people read it, and what makes it."""

    text: str
    do: Callable[[], object]


@dataclass(slots=True)
class Registered:
    """The result: the application's name and ids, whether it is new, and what was changed.

    `secret` is the new client secret, if one was asked for.
    """

    name: str
    client: str = ""
    object: str = ""
    created: bool = False
    changes: list[str] = field(default_factory=list)
    secret: str = ""


def apply(package: Package, wanted: Wanted, asked: Asked, agreed: Callable[[list[str]], bool]) -> Registered | None:
    """Registers the application, or completes it. `agreed` gets the plan and says whether to go on.

    Returns None if the user doesn't agree. Raises Misuse as `register` does, and LiveError.
    """
    one = one_registration(*title_and_ways(package, wanted), wanted)
    with connected(asked) as connection:
        work = _Work(Graph(connection.http, connection.cloud.graph), one, dry=asked.dry is not None)
        plan = work.plan(connection.choice.tenant)
        if not plan:
            return work.done
        if not agreed([step.text for step in plan]):
            return None
        for step in plan:
            with doing(f"it was to {step.text}: the same command looks first whether that is done"):
                try:
                    step.do()
                except LiveError as error:
                    raise _in_the_middle(error, work.done) from error
            work.done.changes.append(step.text)
        return work.done


def _in_the_middle(error: LiveError, done: Registered) -> LiveError:
    """Adds to an error what was done before it: a second run goes on from there."""
    if done.changes:
        before = f"done so far: {'; '.join(done.changes)}; run the command again to go on"
        error.help = f"{error.help}; {before}" if error.help else before
    return error


class _Work:
    """One run: what is there, and the steps that lead to what must be."""

    def __init__(self, graph: Graph, one: Registration, *, dry: bool) -> None:
        self._graph, self._dry = graph, dry
        self.one = one
        self.done = Registered(one.name)
        self._app: dict[str, Any] = {}
        self._own: dict[str, Any] | None = None
        """The application's service principal."""

    def plan(self, tenant: str | None) -> list[Step]:
        """Looks what is there, and returns the steps; none if nothing is missing."""
        if not self.one.after_deploy:
            self.one = self.one._replace(permissions=tuple(map(self._known, self.one.permissions)))
        found = self._found()
        if found is None:
            if self.one.after_deploy:
                raise ServiceRefused(
                    f"the tenant has no application '{self.one.name}'", "register it first, without --after-deploy"
                )
            return [Step(f"create the application '{self.one.name}'", self._create), *self._further(tenant)]
        self._take(found)
        return [*self._missing(), *self._further(tenant)]

    def _take(self, app: dict[str, Any]) -> None:
        self._app = app
        self.done.client, self.done.object = str(app.get("appId", "")), str(app.get("id", ""))

    def _found(self) -> dict[str, Any] | None:
        """Returns the application that exists, by the client id of the spec, else by its name."""
        one = self.one
        if one.client:
            dry = {"id": "{id}", "appId": one.client, "displayName": one.name} if one.after_deploy else None
            found = self._graph.application(one.client, dry=dry)
            if found is not None:
                return found
        named = self._graph.applications(one.name)
        if self._dry and one.after_deploy and not named:
            return {"id": "{id}", "appId": one.client or "{appId}", "displayName": one.name}
        if len(named) > 1:
            raise Misuse(
                f"the tenant has {len(named)} applications '{one.name}'", "write the clientId of one into the spec"
            )
        if one.client and not self._dry:
            other = f", but '{one.name}' has {named[0].get('appId')}" if named else ""
            raise Misuse(
                f"the tenant has no application with the client id {one.client} of the spec{other}",
                "correct clientId, or leave it out to register a new application",
            )
        return named[0] if named else None

    def _known(self, one: Permission) -> Permission:
        """Returns a permission with both ids, looked up if they aren't known. Raises Misuse for one that the API lacks."""
        if one.is_known:
            return one
        dry = {
            "appId": one.app_id or f"{{appId of {one.resource}}}",
            "oauth2PermissionScopes": [{"value": one.name, "id": f"{{id of {one.name}}}"}],
        }
        by = self._graph.principal if one.app_id else self._graph.principal_of
        api = by(one.looked_up_by, dry=dry)
        if api is None:
            raise Misuse(
                f"the tenant knows no API '{one.api}'", "an administrator adds it: az ad sp create --id APP_ID"
            )
        if one.id:
            return one._replace(app_id=str(api.get("appId")))
        scopes = {str(part.get("value")): str(part.get("id")) for part in items(api.get("oauth2PermissionScopes"))}
        if one.name not in scopes:
            names = ", ".join(sorted(scopes)) or "none"
            raise Misuse(f"{one.api} has no permission '{one.name}'", suggest(one.name, scopes) or f"it has {names}")
        return one._replace(app_id=str(api.get("appId")), id=scopes[one.name])

    def _create(self) -> None:
        self._take(self._graph.create(application(self.one)))
        self.done.created = True

    def _missing(self) -> Iterator[Step]:
        """Yields what an existing application lacks."""
        yield from self._uris("web", self.one.redirects)
        if self.one.after_deploy:
            return
        if self.one.public:
            yield from self._uris("publicClient", (LOOPBACK,))
            if self._app.get("isFallbackPublicClient") is not True:
                yield Step("allow public client flows", lambda: self._change({"isFallbackPublicClient": True}))
        yield from self._permissions()

    def _uris(self, part: str, wanted: tuple[str, ...]) -> Iterator[Step]:
        present = items(mapping(self._app.get(part)).get("redirectUris"))
        missing = [uri for uri in wanted if uri not in present]
        if missing:
            body = {part: {"redirectUris": [*present, *missing]}}
            yield Step(f"add the redirect URI {', '.join(missing)}", lambda: self._change(body))

    def _permissions(self) -> Iterator[Step]:
        access = [dict(mapping(part)) for part in items(self._app.get("requiredResourceAccess"))]
        missing = []
        for app_id, some in by_api(self.one.permissions):
            entry = next((part for part in access if part.get("resourceAppId") == app_id), None)
            present = [mapping(part) for part in items((entry or {}).get("resourceAccess"))]
            new = [one for one in some if not any(part.get("id") == one.id for part in present)]
            missing += new
            whole = [*present, *({"id": one.id, "type": "Scope"} for one in new)]
            if entry is None:
                access.append({"resourceAppId": app_id, "resourceAccess": whole})
            else:
                entry["resourceAccess"] = whole
        if missing:
            named = ", ".join(f"{one.api}/{one.name}" for one in missing)
            yield Step(f"add the permissions {named}", lambda: self._change({"requiredResourceAccess": access}))

    def _change(self, body: dict[str, Any]) -> None:
        self._graph.change(self.done.object, body)

    def _further(self, tenant: str | None) -> Iterator[Step]:
        """Yields the steps beside the application itself: its service principal, credential, secret and consent."""
        one = self.one
        if not one.after_deploy:
            yield from self._principal()
        if one.on_behalf_of and not one.after_deploy:
            yield from self._own_api()
        if one.credential is not None and one.credential.subject:
            yield from self._credential(tenant)
        if one.consent and not one.after_deploy:
            yield from self._consent()
        if one.secret and one.needs_secret and not one.after_deploy:  # last: nothing may fail while nobody has seen it
            yield Step("make a client secret", self._secret)

    def _own_api(self) -> Iterator[Step]:
        """Yields the steps to an API of the application that Azure API Connections may use for users.

        Graph refuses to allow a permission that the same request adds, so there are two steps.
        """
        api = mapping(self._app.get("api"))
        scopes = [mapping(part) for part in items(api.get("oauth2PermissionScopes"))]
        own = next((part for part in scopes if part.get("value") == ACCESS), None) or own_scope(self.one)
        uris = items(self._app.get("identifierUris"))
        if own not in scopes or not uris:
            yield Step(f"add the permission {ACCESS} of its own API", lambda: self._expose(uris, [*scopes, own]))
        entry = allowed(str(own["id"]))
        clients = [dict(mapping(part)) for part in items(api.get("preAuthorizedApplications"))]
        there = next((part for part in clients if part.get("appId") == entry["appId"]), None)
        present = items((there or {}).get("delegatedPermissionIds"))
        if own["id"] not in present:
            others = [part for part in clients if part is not there]
            whole = {**entry, "delegatedPermissionIds": [*present, own["id"]]}
            body = {"api": {"preAuthorizedApplications": [*others, whole]}}
            yield Step(f"allow {API_CONNECTIONS.name} to use it for users", lambda: self._change(body))

    def _expose(self, uris: list[Any], scopes: list[Any]) -> None:
        unique = [part for number, part in enumerate(scopes) if part not in scopes[:number]]
        body = {"identifierUris": uris or [f"api://{self.done.client}"], "api": {"oauth2PermissionScopes": unique}}
        self._change(body)

    def _principal(self) -> Iterator[Step]:
        self._own = self._graph.principal(self.done.client) if self.done.client else None
        if self._own is None:
            yield Step("create its service principal", self._create_principal)

    def _create_principal(self) -> None:
        self._own = self._graph.create_principal(self.done.client)

    def _credential(self, tenant: str | None) -> Iterator[Step]:
        one = self.one
        assert one.credential is not None
        if not one.credential.issuer:
            if not tenant or "-" not in tenant:
                raise Misuse(
                    "the tenant of the federated credential isn't known", "write its id into the spec as tenant"
                )
            issuer = f"{one.login}/{tenant}/v2.0"
            self.one = one = one._replace(credential=one.credential._replace(issuer=issuer))
        body = own_credential(one)
        present = self._graph.credentials(self.done.object) if self.done.object else []
        if any(part.get("subject") == body["subject"] and part.get("issuer") == body["issuer"] for part in present):
            return
        text = f"add the federated credential for {body['subject']}"
        yield Step(text, lambda: self._graph.add_credential(self.done.object, body))

    def _secret(self) -> None:
        self.done.secret = self._graph.add_secret(self.done.object, SECRET_NAME)

    def _consent(self) -> Iterator[Step]:
        grants = self._graph.grants(str(self._own["id"])) if self._own is not None else []
        for app_id, some in by_api(self.one.permissions):
            api = self._graph.principal(app_id, dry={"id": f"{{id of {some[0].api}}}"})
            grant = _of(grants, api)
            present = str((grant or {}).get("scope") or "").split()
            missing = [one.name for one in some if one.name not in present]
            if missing:
                text = f"consent for all users to {some[0].api}: {', '.join(missing)}"
                yield Step(text, partial(self._grant, app_id, api, grant, [*present, *missing]))

    def _grant(self, app_id: str, api: dict[str, Any] | None, grant: dict[str, Any] | None, scopes: list[str]) -> None:
        """Consents to an API, whose service principal is created where the tenant has none."""
        assert self._own is not None
        there = api or self._graph.create_principal(app_id)
        self._graph.grant(str(self._own["id"]), str(there["id"]), scopes, str(grant["id"]) if grant else None)


def _of(grants: list[dict[str, Any]], api: dict[str, Any] | None) -> dict[str, Any] | None:
    """Returns the consent for all users to an API."""
    if api is None:
        return None
    wanted = ("AllPrincipals", api.get("id"))
    return next((one for one in grants if (one.get("consentType"), one.get("resourceId")) == wanted), None)
