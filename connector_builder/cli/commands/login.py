"""`connector-builder login`, `logout` and `whoami`."""

from typing import TYPE_CHECKING, Any

import click

from connector_builder.cli.live_options import Live, common_live_options, live_options
from connector_builder.cli.program import DONE

if TYPE_CHECKING:
    from connector_builder.app.live.login import SignedIn


@click.command()
@live_options
def login(live: Live) -> int:
    """Sign in to Microsoft, for the commands that call its services.

    Without --method, the command chooses: the identity of a pipeline (GitHub Actions, Azure DevOps) or a client secret where variables
    name them, else the Azure CLI if you are signed in there, else the browser, else a code that you enter on another device.
    Secrets come from the environment (AZURE_CLIENT_SECRET), a prompt or standard input, never from an option. Tokens are kept
    encrypted if the system can do that, else in memory only. The commands require the extra: pip install "connector-builder[live]".

    \b
    connector-builder login
    connector-builder login --method device --client-id 11111111-2222-4333-8444-555555555555
    connector-builder login --method secret --tenant contoso.onmicrosoft.com --client-id 11111111-2222-4333-8444-555555555555
    """
    from connector_builder.app.live.login import login as sign_in

    done = sign_in(live.asked())
    who = _who(done)
    lines = [f"signed in: {who}, by {done.method}, cloud {done.cloud}"]
    if done.storage == "memory" and done.method in ("browser", "device"):
        lines.append(
            "tokens stay in memory, so the next command signs in again; to keep them in a file of yours: --store file"
        )
    live.show(lines, as_json(done))
    return DONE


@click.command()
@common_live_options
def logout(live: Live) -> int:
    """Forget who signed in, and remove all tokens.

    \b
    connector-builder logout
    """
    from connector_builder.app.live.login import logout as sign_out

    done = sign_out(live.asked())
    live.show(["signed out" if done else "nobody was signed in"], {"signed_out": done})
    return DONE


@click.command()
@click.option(
    "--for",
    "audience",
    default="power-apps",
    metavar="AUDIENCE",
    help="Show the token for this: power-apps, flow, graph, platform, gateway, or an audience. Default: power-apps.",
)
@live_options
def whoami(live: Live, audience: str) -> int:
    """Show who is signed in: tenant, user or application, audience, permissions and expiry, and nothing secret.

    \b
    connector-builder whoami
    connector-builder whoami --for flow
    """
    from connector_builder.app.live.login import whoami as signed_in

    done = signed_in(live.asked(), audience)
    live.show(_lines(done), as_json(done))
    return DONE


def as_json(done: "SignedIn") -> dict[str, Any]:
    """Returns who is signed in, for programs."""
    own = {"method": done.method, "cloud": done.cloud, "storage": done.storage}
    claims = done.claims
    return own if claims is None else own | {**claims._asdict(), "scopes": list(claims.scopes)}


def _who(done: "SignedIn") -> str:
    claims = done.claims
    if claims is None:
        return "the token says nothing about whom"
    return claims.user or f"the application {claims.application or claims.object_id}"


def _lines(done: "SignedIn") -> list[str]:
    claims = done.claims
    lines = [f"who:       {_who(done)}", f"how:       {done.method}, cloud {done.cloud}", f"tokens:    {done.storage}"]
    if claims is not None:
        lines += [
            f"tenant:    {claims.tenant}",
            f"app:       {claims.application}",
            f"object id: {claims.object_id}",
            f"audience:  {claims.audience}",
            f"scopes:    {' '.join(claims.scopes) or '(none)'}",
            f"expires:   {claims.expires}",
        ]
    return lines
