"""`connector-builder rules`."""

import sys

import click

from connector_builder.cli import console
from connector_builder.cli.shared import verbose_option


def _completed(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Returns the names of the rules that begin so, for the completion in a shell."""
    from connector_builder.checks.catalogue import CATALOGUE

    return [name for name in CATALOGUE if name.lower().startswith(begun.lower())]


@click.command()
@click.argument("name", required=False, metavar="[RULE]", shell_complete=_completed)
@verbose_option()
def rules(name: str | None) -> None:
    """List all rules, or explain one.

    \b
    connector-builder rules
    connector-builder rules OperationIdNotUnique
    """
    from connector_builder.app.shared.rule_names import rule_named
    from connector_builder.checks.catalogue import CATALOGUE
    from connector_builder.report.rule_list import rule_table, unchecked_page
    from connector_builder.report.rule_page import rule_page
    from connector_builder.rules.not_checked import NOT_CHECKED

    if name is None:
        console.out(rule_table(CATALOGUE.values()))
    elif name in NOT_CHECKED:
        console.out(unchecked_page(name, NOT_CHECKED[name]))
    else:
        rule = rule_named(name)
        console.out(rule_page(rule, colour=console.coloured(sys.stdout)))
