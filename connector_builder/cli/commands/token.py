"""`connector-builder token`."""

import os
from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.live_options import Live, live_options
from connector_builder.cli.program import DONE
from connector_builder.cli.shared import variable_options

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("spec", metavar="SPEC", type=_PATH)
@click.option("--show", is_flag=True, help="Print the requests by which a token is got, and send none.")
@click.option("--auth", "way", metavar="NAME", help="The way to sign in, if the connector has several.")
@click.option(
    "--redirect",
    default="http://localhost",
    metavar="URI",
    help="With --show: the redirect URI. Default: http://localhost.",
)
@variable_options("the spec")
@live_options
def token(
    live: Live, spec: Path, show: bool, way: str | None, redirect: str, given: tuple[str, ...], vars_file: Path | None
) -> int:
    """Print a token for the sign-in of a connector, for use elsewhere.

    SPEC is a spec or a package that signs in by Microsoft Entra ID. The token is for its own client, tenant, resource and scopes. The
    client's app must have the redirect URI http://localhost (Mobile and desktop applications); `--method az` takes a token of the
    Azure CLI instead. With --show, the command prints the addresses and forms of the authorization-code flow with PKCE, and of the
    implicit flow, ready for a browser or Postman.

    \b
    connector-builder token specs/my-connector --show
    """  # fmt: skip
    from connector_builder.app.live.token import flow_lines, flows, flows_json
    from connector_builder.app.live.token import token as get_token
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.report.escape import json_text

    variables = read_variables(given, vars_file, os.environ)
    if show:
        found = flows(spec, variables, way, redirect)
        text = json_text(flows_json(found)) if live.format == "json" else "\n".join(flow_lines(found)).rstrip("\n")
        console.out(f"{text}\n")  # a verifier is no secret of anybody, and the requests don't work without it
        return DONE
    done = get_token(spec, variables, live.asked(), way)
    own = {"access_token": done.token} | (
        {} if done.claims is None else {**done.claims._asdict(), "scopes": list(done.claims.scopes)}
    )
    console.out(f"{json_text(own) if live.format == 'json' else done.token}\n")  # the only command that prints a token
    return DONE
