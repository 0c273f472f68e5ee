"""`connector-builder pull`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.cli.live_options import Live, environment_option, is_asking_possible, live_options, say
from connector_builder.cli.program import DONE, FOUND

if TYPE_CHECKING:
    from connector_builder.app.import_.update import Refreshed
    from connector_builder.app.live.pull import Pulled


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@environment_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("specs"),
    metavar="FOLDER",
    help="Write the specs to this folder. Default: specs.",
)
@click.option("--raw", is_flag=True, help="Write the packages, and import nothing.")
@click.option(
    "--from",
    "road",
    type=click.Choice(("powerapps", "dataverse")),
    help="Download by this road. Default: dataverse for an application, else powerapps.",
)
@click.option("-y", "--yes", is_flag=True, help="Don't ask before a spec changes.")
@click.option("--dry-run", is_flag=True, help="Print the requests, and send none.")
@live_options
def pull(
    live: Live,
    names: tuple[str, ...],
    environment: str,
    output: Path,
    raw: bool,
    road: str | None,
    yes: bool,
    dry_run: bool,
) -> int:
    """Download the custom connectors of an environment, and import them as specs.

    NAME is the name or the id of a connector; without one, the command takes all. For a spec that exists already, it shows what
    changed since the last import, and asks: what you wrote stays, as by `import --update`.

    \b
    connector-builder pull -e "Contoso Dev" --dry-run
    connector-builder pull -e "Contoso Dev" "Contoso Orders" -o specs
    """  # fmt: skip
    from connector_builder.app.live.connection import DryRun
    from connector_builder.app.live.pull import Wanted, download, import_downloads, write_packages
    from connector_builder.cli.options import checks_here

    checks = checks_here()
    dry = DryRun() if dry_run else None
    found = download(Wanted(environment, names, road), live.asked(dry=dry))
    if dry is not None:
        live.show_requests(dry)
        return DONE

    def agree(question: str) -> bool:
        if yes or not is_asking_possible():
            return yes
        return click.confirm(question, err=True)

    def agree_to(planned: "Refreshed") -> bool:
        from connector_builder.cli.update_report import diff_lines

        for line in () if live.quiet else diff_lines(planned):
            say(line)
        return agree(f"update '{planned.spec.as_posix()}'?")

    pulled = list(write_packages(found, output, agree) if raw else import_downloads(found, output, checks, agree_to))
    lines = [line for one in pulled for line in _lines(one)] or ["there is no custom connector"]
    live.show(lines, {"pulled": [_as_json(one) for one in pulled]})
    return FOUND if any(one.path is None for one in pulled) else DONE


def _lines(one: "Pulled") -> list[str]:
    place = f": {one.path.as_posix()}" if one.path is not None else ""
    hint = " (add --yes to change it)" if one.did == "kept" else ""
    return [f"{one.did} {one.title}{place}{hint}", *(f"  {reason}" for reason in one.reasons)]


def _as_json(one: "Pulled") -> dict[str, Any]:
    path = one.path.as_posix() if one.path is not None else None
    return {"title": one.title, "did": one.did, "path": path, "reasons": list(one.reasons)}
