"""`connector-builder deploy`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.app.shared.config import read_settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli.live_options import Live, environment_option, error_data, is_asking_possible, live_options
from connector_builder.cli.options import OUTPUT
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import variable_options
from connector_builder.report import FORMATS

if TYPE_CHECKING:
    from connector_builder.app.live.deploy import Target
    from connector_builder.app.live.plan import Deployed, Plan

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...", type=_PATH)
@environment_option
@click.option(
    "--to",
    "road",
    type=click.Choice(("powerapps", "dataverse")),
    help="Deploy by this road. Default: dataverse for an application, else powerapps.",
)
@click.option("--solution", metavar="NAME", help="Add the connector to this solution of Dataverse: its unique name.")
@click.option(
    "-o",
    "--output",
    type=_PATH,
    metavar="FOLDER",
    help="Build the packages to this folder. Default: output.",
)
@variable_options("the specs")
@click.option("-y", "--yes", is_flag=True, help="Don't ask before anything changes.")
@click.option("--dry-run", is_flag=True, help="Print the requests, and send none.")
@live_options
def deploy(
    live: Live,
    specs: tuple[Path, ...],
    environment: str,
    road: str | None,
    solution: str | None,
    output: Path | None,
    given: tuple[str, ...],
    vars_file: Path | None,
    yes: bool,
    dry_run: bool,
) -> int:
    """Build connectors, and make or change them in an environment.

    SPEC is a spec, or the folder of a package. The command validates and builds it, looks for the connector by the id in
    settings.json and then by its name, shows what will change, and asks. So a run that broke off can be repeated: it makes no second
    connector. Afterwards, settings.json has the id of the connector, as paconn keeps it.

    \b
    connector-builder deploy specs/my-connector -e "Contoso Dev" --dry-run
    connector-builder deploy specs/my-connector -e "Contoso Dev" --to dataverse --solution ContosoConnectors --yes
    """  # fmt: skip
    from connector_builder.app.live.connection import DryRun
    from connector_builder.app.live.deploy import Wanted
    from connector_builder.app.live.deploy import deploy as run_deploy
    from connector_builder.app.live.plan import plan_json, plan_lines
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.cli.options import checks_here

    variables = read_variables(given, vars_file, os.environ)
    folder = output or read_settings(Path.cwd(), FORMATS).output or OUTPUT
    wanted = Wanted(specs, environment, road, solution, folder, variables, checks_here())
    dry = DryRun() if dry_run else None
    plans: list[dict[str, Any]] = []

    def confirm(found: "list[Plan]", target: "Target") -> bool:
        plans.extend(map(plan_json, found))
        if dry is not None:
            return True
        for plan in found:
            for line in plan_lines(plan, str(target)):
                live.note(line)
        return yes or any(plan.refused for plan in found) or agreed("deploy?")

    done: list[dict[str, Any]] = []

    def tell(one: "Deployed") -> None:
        done.append(_as_json(one))
        if live.format == "text" and dry is None:
            live.show(_lines(one), {})

    if dry is not None:
        run_deploy(wanted, live.asked(dry=dry), confirm, tell)
        live.show_requests(dry)
        return DONE
    stopped = None
    try:
        result = run_deploy(wanted, live.asked(), confirm, tell)
    except Exception as error:
        stopped = error_data(error)
        raise
    finally:
        if live.format == "json" and plans:
            live.show([], {"plans": plans, "deployed": done, "error": stopped})
    return DONE if result else FOUND


def agreed(question: str) -> bool:
    """Asks at the terminal. Raises Misuse if nobody is there."""
    if not is_asking_possible():
        raise Misuse("nothing was sent: nobody is there to confirm it", "add --yes")
    return click.confirm(question, err=True)


def _as_json(one: "Deployed") -> dict[str, Any]:
    return {
        "connector": one.plan.one.slug,
        "title": one.plan.one.title,
        "did": "create" if one.plan.existing is None else "update",
        "id": one.id,
        "row": one.row or None,
        "redirect_urls": list(one.redirects),
        "left": list(one.left),
    }


def _lines(one: "Deployed") -> list[str]:
    verb = "made" if one.plan.existing is None else "changed"
    lines = [f"{verb} {one.plan.one.title}: {one.id or one.row}"]
    lines += [f"  in Dataverse: {one.row}"] if one.row else []
    lines += [f"  redirect URL: {url}" for url in one.redirects]
    return [*lines, *(f"  left to do: {step}" for step in one.left)]
