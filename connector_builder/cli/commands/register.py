"""`connector-builder register`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.live_options import Live, is_asking_possible, live_options
from connector_builder.cli.program import DONE, FOUND, INTERRUPTED
from connector_builder.cli.shared import variable_options

if TYPE_CHECKING:
    from connector_builder.app.live.register import Registered
    from connector_builder.app.register import Wanted
    from connector_builder.package import Package

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("spec", metavar="SPEC", type=_PATH)
@click.option(
    "--as",
    "form",
    type=click.Choice(("table", "az", "graph", "bicep", "terraform")),
    default="table",
    help="The form: steps in the portal, a script for the Azure CLI, requests to Microsoft Graph, Bicep or Terraform. Default: table.",
)
@click.option(
    "--shell",
    type=click.Choice(("bash", "powershell")),
    default="powershell" if os.name == "nt" else "bash",
    help="The shell of the script of --as az. Default: powershell on Windows, else bash.",
)
@click.option("--set", "way", metavar="NAME", default="", help="The way to sign in, for a connector with several.")
@click.option("--name", metavar="TEXT", default="", help="The name of the application. Default: made from the title.")
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    metavar="API/NAME",
    help="Add a permission, such as 'Flow Service/Flows.Read.All' or api://orders/Read; may be repeated.",
)
@click.option(
    "--tenants",
    type=click.Choice(("single", "several")),
    help="Users of one tenant, or of several. Default: what the spec says.",
)
@click.option(
    "--login", is_flag=True, help="An application for signing in on the command line, instead of the connector's."
)
@click.option("--public-client", is_flag=True, help="Let the command line sign in by the connector's application too.")
@click.option(
    "--after-deploy",
    metavar="REDIRECT",
    default="",
    help="Add the deployed connector's own redirect URI, which its Security tab shows.",
)
@click.option(
    "--subject", metavar="TEXT", default="", help="The subject of the deployed connector's federated credential."
)
@click.option("--secret", is_flag=True, help="Make a client secret too: with --apply, and in az and graph.")
@click.option(
    "--consent",
    is_flag=True,
    help="Consent for all users too: with --apply, and in az and graph. Needs an administrator.",
)
@variable_options("the spec")
@click.option(
    "--apply",
    is_flag=True,
    help="Register it, through Microsoft Graph, after a question. The options below are for this.",
)
@click.option("--yes", is_flag=True, help="Don't ask before the application is changed.")
@click.option("--dry-run", is_flag=True, help="With --apply: print the requests, and send none.")
@live_options
def register(
    live: Live,
    spec: Path,
    form: str,
    shell: str,
    way: str,
    name: str,
    permissions: tuple[str, ...],
    tenants: str | None,
    login: bool,
    public_client: bool,
    after_deploy: str,
    subject: str,
    secret: bool,
    consent: bool,
    given: tuple[str, ...],
    vars_file: Path | None,
    apply: bool,
    yes: bool,
    dry_run: bool,
) -> int:
    """Print how to register the application of a connector: redirect URIs, permissions and the rest, as the spec requires them.

    SPEC is a spec or a package. A sign-in by Microsoft Entra ID has an application; for others the command says what to register instead, or
    that nothing is needed. It works without a network, and changes nothing.

    With --apply, the command signs in and registers the application itself: it shows what it will do, asks, creates the application or
    completes the one of this name, and keeps what that has. A client secret is made only with --secret, and shown once, on a terminal only.

    \b
    connector-builder register specs/my-connector
    connector-builder register specs/my-connector --as az > register.sh
    connector-builder register specs/my-connector --apply --dry-run
    """
    from connector_builder.app.register import Wanted
    from connector_builder.app.register import register as document
    from connector_builder.app.shared.one_package import package_of
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.checks.engine import fails
    from connector_builder.cli.reporting import Reports, run_of, show
    from connector_builder.render.registration import Wishes
    from connector_builder.report.escape import terminal

    package, checked = package_of(spec, read_variables(given, vars_file, os.environ))
    if package is None or fails(checked.diagnostics, "error"):
        show(run_of(checked.diagnostics, checked.files, []), Reports("text"))
        return FOUND
    wishes = Wishes(name, permissions, tenants or "", login, public_client, after_deploy, subject, secret, consent)
    wanted = Wanted(form, shell, way, wishes)
    if apply or yes or dry_run:
        return _apply(live, package, wanted, Switches(apply, yes, dry_run))
    text, notes = document(package, wanted)
    if live.format == "json":
        live.show([], {"form": form, "document": text, "notes": list(notes)})
        return DONE
    if form == "table":
        text = "".join(f"{terminal(line)}\n" for line in text.splitlines())
    console.out(text)
    for note in notes:
        console.say(f"note: {terminal(note)}")
    return DONE


class Switches(NamedTuple):
    """Whether to register, without a question, and without sending anything."""

    apply: bool
    yes: bool
    dry_run: bool


def _apply(live: Live, package: "Package", wanted: "Wanted", switches: Switches) -> int:
    """Registers the application, and prints what was done. Raises Misuse for options that don't fit."""
    from connector_builder.app.live.connection import DryRun
    from connector_builder.app.live.register import apply

    if not switches.apply:
        raise Misuse("'--yes' and '--dry-run' belong to '--apply'", "add --apply")
    if wanted.form != "table":
        raise Misuse("'--as' prints a document, '--apply' registers the application", "use one of the two")
    if not switches.dry_run:
        _refuse(wanted, switches)
    dry = DryRun() if switches.dry_run else None
    sure = switches.yes or switches.dry_run
    done = apply(package, wanted, live.asked(dry=dry), lambda plan: _agreed(live, plan, sure=sure))
    if dry is not None:
        live.show(list(dry.as_lines()), {"requests": dry.as_json()})
        return DONE
    if done is None:
        return INTERRUPTED
    live.show(_lines(done), _data(done))
    if done.secret:  # past the masking of secrets: this is the one place where the user wants to see it
        console.out(f"client secret, shown this once: {done.secret}\n")
    return DONE


def _refuse(wanted: "Wanted", switches: Switches) -> None:
    if wanted.wishes.secret and not console.is_terminal(sys.stdout):
        raise Misuse("a client secret is shown on a terminal only", "run this at a terminal, or leave out --secret")
    if not switches.yes and not is_asking_possible():
        raise Misuse("nobody can be asked whether to go on", "add --yes, or look first with --dry-run")


def _agreed(live: Live, plan: list[str], *, sure: bool) -> bool:
    from connector_builder.report.escape import terminal

    if not sure or not live.quiet:
        console.say("\n".join(f"- {terminal(line)}" for line in plan))
    return sure or click.confirm("go on?", err=True)


def _lines(done: "Registered") -> list[str]:
    state = "created" if done.created else "completed" if done.changes else "has all it needs"
    return [f"{state}: {done.name}", f"application (client) ID: {done.client}"]


def _data(done: "Registered") -> dict[str, object]:
    return {
        "name": done.name,
        "client_id": done.client,
        "object_id": done.object,
        "created": done.created,
        "changes": done.changes,
    }
