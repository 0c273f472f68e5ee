"""`connector-builder call`."""

import os
from pathlib import Path

import click

from connector_builder.cli import console
from connector_builder.cli.calling import Options, call_each, call_once, report_not_sent
from connector_builder.cli.live_options import Live, live_options
from connector_builder.cli.shared import variable_options

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("spec", metavar="SPEC", type=_PATH)
@click.argument("operation", metavar="OPERATION")
@click.argument("values", metavar="[NAME=VALUE]...", nargs=-1)
@click.option("--body", metavar="FILE", help="Send this file as the body; - for standard input.")
@click.option(
    "--content-type",
    "media",
    default="",
    metavar="TYPE",
    help="The media type of --body. Default: that of the operation.",
)
@click.option("--auth", metavar="NAME", help="The way to sign in, if the connector has several.")
@click.option("--from-url", metavar="ADDRESS", help="Take environment, flow and run from an address of the portal.")
@click.option(
    "--all", "all_pages", is_flag=True, help="Follow the pages of a list, and print all items as one JSON array."
)
@click.option(
    "--each", metavar="FILE", help="Call once for each item of a JSON array or of JSON lines; - for standard input."
)
@click.option(
    "--done",
    type=_PATH,
    metavar="FILE",
    help="With --each: the record of what succeeded, which isn't sent again. Default: the name of the list with .done.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    metavar="N",
    help="With --each: the most calls at a time. Default: 1.",
)
@click.option("--rate", metavar="N[/s|/m|/h]", help="With --each: the most calls per second, minute or hour.")
@click.option(
    "--record",
    is_flag=True,
    help="Keep the answer, without secrets, people and ids, as the sample of the response in the spec.",
)
@click.option("--keep-values", is_flag=True, help="With --record: keep names, mail addresses and ids; secrets never.")
@click.option("--diff", is_flag=True, help="With --record: print what would change, and write nothing.")
@click.option("--dry-run", is_flag=True, help="Print the exact requests without secrets, and send none.")
@click.option(
    "--yes", is_flag=True, help="Don't ask before a request that may change something, and before --record writes."
)
@click.option(
    "--via-connection",
    "via",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    help="Call through the platform's gateway and a connection, so that policies and code run.",
)
@click.option("--invoke", is_flag=True, help="With --via-connection: send it as POST /invoke, as canvas apps do.")
@click.option(
    "--environment",
    metavar="ID",
    help="With --via-connection: the environment. Default: that of --from-url, or of the spec's settings.",
)
@click.option(
    "--connector", metavar="NAME", help="With --via-connection: the name of the connector, if its title isn't enough."
)
@click.option(
    "--output-file", type=_PATH, metavar="FILE", help="Write the body of the answer to this file, as it came."
)
@click.option(
    "--server", metavar="URL", help="Send to this server instead of the connector's, such as http://127.0.0.1:8080."
)
@click.option("--show-secrets", is_flag=True, help="Show in an answer what looks like a secret.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "never")),
    default="error",
    help="Exit with 1 if the answer contradicts its schema (error), or also if the schema lacks something (warning). Default: error.",
)
@variable_options("the spec", name="variables")
@live_options
def call(
    live: Live,
    spec: Path,
    operation: str,
    values: tuple[str, ...],
    body: str | None,
    media: str,
    auth: str | None,
    variables: tuple[str, ...],
    vars_file: Path | None,
    **options: object,
) -> int:
    """Call an operation of a connector, and check the answer against its description.

    Values are those of the designer: parameters by name, fields of the body by their paths (customer.name=Ann, lines[0].sku=A1), files
    as name=@FILE. All of them are checked before anything is sent. The command signs in as the spec says; keys and passwords come
    from variables such as CB_CONNECTION_API_KEY, a prompt or standard input. It asks before anything but GET.

    \b
    connector-builder call specs/my-connector GetOrder order=17 --dry-run
    """  # fmt: skip
    from connector_builder.app.live.call.prepared import NotSent, Wanted, prepare, read_body
    from connector_builder.app.live.call.recording import check_recordable
    from connector_builder.app.shared.variables import read_variables

    own = Options(**options)  # type: ignore[arg-type]
    _check(own, body)
    try:
        raw = read_body(body, media, console.read_stdin) if body is not None else None
        wanted = Wanted(spec, operation, values, raw, auth, own.from_url)
        prepared = prepare(wanted, read_variables(variables, vars_file, os.environ))
        if own.record:
            check_recordable(prepared)
        return call_each(prepared, own, live) if own.each is not None else call_once(prepared, own, live)
    except NotSent as error:
        return report_not_sent(error, live)


def _check(own: Options, body: str | None) -> None:
    """Raises Misuse for options that exclude each other."""
    from connector_builder.app.shared.misuse import Misuse

    pairs = (
        (own.each and own.record, "--each and --record", "record one answer"),
        (own.each and own.output_file, "--each and --output-file", "the answers of a list aren't kept"),
        (own.all_pages and own.record, "--all and --record", "record the first page: leave --all out"),
        (own.each == "-" and body == "-", "--each - and --body -", "name a file for one of them"),
        ((own.diff or own.keep_values) and not own.record, "--diff and --keep-values without --record", "add --record"),
        (own.invoke and own.via is None, "--invoke without --via-connection", "add --via-connection"),
        (own.server and own.via is not None, "--server and --via-connection", "the gateway has its own servers"),
        (own.dry_run and own.record, "--dry-run and --record", "a dry run has no answer; --diff writes nothing"),
    )  # fmt: skip
    for wrong, what, help_ in pairs:
        if wrong:
            raise Misuse(f"{what} can't be used together" if " and " in what else what, help_)
