"""What `token` does: a token for the sign-in of a spec, or the requests by which one is got."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from connector_builder.app.live.connection import Asked, Wish, connected
from connector_builder.app.live.spec_auth import OAuth, oauth_of
from connector_builder.app.live.specs import one
from connector_builder.app.shared.misuse import Misuse
from connector_builder.language import Variables
from connector_builder.live.clouds import CLOUDS, scope_of
from connector_builder.live.errors import SignInRefused
from connector_builder.live.pkce import challenge_of
from connector_builder.live.sign_in.azure_cli import has_azure_cli
from connector_builder.live.sign_in.claims import Claims, claims_of
from connector_builder.live.sign_in.methods import OF_APPS, Method, has_browser

REDIRECT = "http://localhost"
_OPEN = {"client": "<the id of the app>", "code": "<the code>"}
_FORM = "POST, with Content-Type: application/x-www-form-urlencoded"


class Token(NamedTuple):
    """A token, and what it says; None if it can't be read."""

    token: str
    claims: Claims | None


def token(spec: Path, variables: Variables, asked: Asked, way: str | None = None) -> Token:
    """Returns a token for the sign-in of a spec, from Microsoft Entra ID.

    It is of the spec's own client, tenant, resource and scopes; by `--method az`, of the Azure CLI's client. Raises Misuse,
    and LiveError.
    """
    auth = oauth_of(one(spec, variables).package, way)
    if not auth.entra:
        raise Misuse("this connector doesn't sign in by Microsoft Entra ID", f"token {spec} --show prints the requests")
    if not auth.resource:
        raise Misuse("the sign-in of this connector names no resource", "write 'resource' under 'auth'")
    with connected(replace(asked, wish=wish_of(auth, asked))) as connection:
        scopes = list(auth.scopes)
        if connection.choice.method in OF_APPS:
            scopes = [scope_of(auth.resource)]
        text = connection.tokens.scoped(scopes, auth.resource)
    return Token(text, claims_of(text))


def wish_of(auth: OAuth, asked: Asked) -> Wish:
    """Returns the wish of the user, completed by the spec: only the spec's own client is in its authority."""
    wish = asked.wish
    cloud = wish.cloud or next((one.name for one in CLOUDS.values() if one.authority == auth.login), None)
    client = wish.client_id or auth.client
    method = wish.method
    if method is None:
        if client:
            method = Method.BROWSER if has_browser(asked.environment) else Method.DEVICE
        elif has_azure_cli():
            method = Method.AZ
        else:
            help_ = "set the variable of the spec, or name one: --client-id ID; or sign in to the Azure CLI"
            raise SignInRefused("the spec names no client", help_)
    if method in (Method.AZ, Method.MANAGED_IDENTITY):
        return replace(wish, cloud=cloud, method=str(method))
    tenant = wish.tenant or (auth.tenant if auth.tenant != "common" or method not in OF_APPS else None)
    return replace(wish, cloud=cloud, method=str(method), client_id=client or None, tenant=tenant)


class Step(NamedTuple):
    """One step of a flow: what to do, an address, and the fields of a form."""

    what: str
    url: str
    form: dict[str, str]


class Flow(NamedTuple):
    """A flow: its name, a remark, and its steps."""

    name: str
    remark: str
    steps: tuple[Step, ...]


def flows(spec: Path, variables: Variables, way: str | None = None, redirect: str = REDIRECT) -> list[Flow]:
    """Returns the requests of the authorization-code flow with PKCE, and of the implicit flow. Nothing is sent. Raises Misuse."""
    auth = oauth_of(one(spec, variables).package, way)
    verifier = secrets.token_urlsafe(48)
    client = auth.client or _OPEN["client"]
    scope = " ".join(auth.scopes)
    shared = {"client_id": client, "redirect_uri": redirect, "scope": scope, "state": secrets.token_urlsafe(12)}
    query = {"response_type": "code", **shared, **challenge_of(verifier)}
    form = {
        "grant_type": "authorization_code",
        "client_id": client,
        "code": _OPEN["code"],
        "redirect_uri": redirect,
        "code_verifier": verifier,
        "scope": scope,
    }
    code = Flow(
        "authorization code with PKCE",
        f"the app needs the redirect URI {redirect} (Mobile and desktop applications); "
        "a web app also sends client_secret in step 2",
        (
            Step("open in a browser, sign in, and copy 'code' from the address at which the browser ends", _url(auth.authorization, query), {}),
            Step(_FORM + "; a GET is AADSTS900561", auth.token, form),
        ),
    )  # fmt: skip
    implicit = {"response_type": "token", **shared, **({"nonce": secrets.token_urlsafe(12)} if auth.entra else {})}
    remark = (
        "Microsoft advises against it: the token is in the address, where history and logs keep it, and there is no refresh token. "
        "See https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-implicit-grant-flow"
    )
    step = Step(
        "open in a browser, sign in, and copy 'access_token' from the address", _url(auth.authorization, implicit), {}
    )
    return [code, Flow("implicit", remark, (step,))]


def flow_lines(all_flows: list[Flow]) -> Iterator[str]:
    """Yields the flows as lines, ready for a browser and Postman."""
    for flow in all_flows:
        yield f"# {flow.name}: {flow.remark}"
        for number, step in enumerate(flow.steps, 1):
            yield f"# {number}. {step.what}"
            yield step.url
            yield from (f"{name}={value}" for name, value in step.form.items())
        yield ""


def flows_json(all_flows: list[Flow]) -> dict[str, Any]:
    """Returns the flows as data."""
    return {"flows": [{**flow._asdict(), "steps": [step._asdict() for step in flow.steps]} for flow in all_flows]}


def _url(address: str, query: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
