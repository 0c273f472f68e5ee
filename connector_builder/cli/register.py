"""`connector-builder register`."""

import os
from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.program import DONE, FOUND, note_verbose

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
@click.option("--secret", is_flag=True, help="Make a client secret too, in az and graph.")
@click.option("--consent", is_flag=True, help="Consent for all users too, in az and graph. Needs an administrator.")
@click.option("--var", "given", multiple=True, metavar="NAME=VALUE", help="Set a variable of the spec.")
@click.option("--vars-file", type=_PATH, metavar="FILE", help="Read variables from this file, a YAML mapping.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=note_verbose,
    help="Print the details of internal errors.",
)
def register(
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
) -> int:
    """Print how to register the application of a connector: redirect URIs, permissions and the rest, as the spec requires them.

    SPEC is a spec or a package. A sign-in by Microsoft Entra ID has an application; for others the command says what to register instead, or
    that nothing is needed. It works without a network, and changes nothing.

    \b
    connector-builder register specs/my-connector
    connector-builder register specs/my-connector --as az > register.sh
    """
    from connector_builder.app.one_package import package_of
    from connector_builder.app.register import Wanted
    from connector_builder.app.register import register as document
    from connector_builder.app.variables import read_variables
    from connector_builder.checks.engine import fails
    from connector_builder.cli.reporting import Reports, run_of, show
    from connector_builder.render.registration import Wishes
    from connector_builder.report.escape import terminal

    package, checked = package_of(spec, read_variables(given, vars_file, os.environ))
    if package is None or fails(checked.diagnostics, "error"):
        show(run_of(checked.diagnostics, checked.files, []), Reports("text"))
        return FOUND
    wishes = Wishes(name, permissions, tenants or "", login, public_client, after_deploy, subject, secret, consent)
    text = document(package, Wanted(form, shell, way, wishes))
    if form == "table":
        text = "".join(f"{terminal(line)}\n" for line in text.splitlines())
    console.out(text)
    return DONE
