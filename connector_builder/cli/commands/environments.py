"""`connector-builder environments`."""

import click

from connector_builder.cli.live_options import Live, live_options
from connector_builder.cli.program import DONE


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the requests, and send none.")
@live_options
def environments(live: Live, dry_run: bool) -> int:
    """List the environments that you may see, with their ids and the addresses of their Dataverse.

    \b
    connector-builder environments
    """
    from connector_builder.app.live.connection import DryRun
    from connector_builder.app.live.environments import list_environments

    dry = DryRun() if dry_run else None
    found = list_environments(live.asked(dry=dry))
    if dry is not None:
        live.show_requests(dry)
        return DONE
    width = max((len(one.name) for one in found), default=0)
    wide = max((len(one.id) for one in found), default=0)
    lines = [
        f"{one.name:<{width}}  {one.id:<{wide}}  {one.dataverse or '(no Dataverse)'}{'  default' if one.is_default else ''}"
        for one in found
    ]
    live.show(lines or ["there is no environment that you may see"], {"environments": [one._asdict() for one in found]})
    return DONE
