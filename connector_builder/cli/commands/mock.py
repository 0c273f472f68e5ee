"""`connector-builder mock`."""

import json
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.program import DONE, is_verbose, report_defect
from connector_builder.cli.shared import variable_options, verbose_option

if TYPE_CHECKING:
    from connector_builder.app.mock import Served
    from connector_builder.mock.faults import Faults
    from connector_builder.mock.log import Entry

_PATH = click.Path(path_type=Path)
_MB = 1024 * 1024
_SLOWEST = 600.0
DEFAULT_PORT = 4010


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SPEC...", type=_PATH)
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, metavar="PORT", help=f"Serve on this port; 0 for a free one. Default: {DEFAULT_PORT}.")  # fmt: skip
@click.option("--stateful", is_flag=True, help="Keep what clients create, change and delete.")
@click.option("--dynamic", is_flag=True, help="Invent the values of all answers, instead of the samples.")
@click.option("--seed", type=int, default=0, metavar="NUMBER", help="Invent other values. The same seed gives the same answers. Default: 0.")  # fmt: skip
@click.option("--pages", type=click.IntRange(1, 1_000), default=2, metavar="NUMBER", help="The number of pages of a list. Default: 2.")  # fmt: skip
@click.option("--latency", default="0", metavar="MS[..MS]", help="Wait so many milliseconds before each answer, or between two numbers of them.")  # fmt: skip
@click.option("--rate", metavar="N[/s|/m|/h]", help="Answer 429 with Retry-After to more requests per second, minute or hour.")  # fmt: skip
@click.option("--fail-rate", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help="Let this share of the requests fail, such as 0.1.")  # fmt: skip
@click.option("--fail-code", type=click.IntRange(400, 599), default=500, metavar="STATUS", help="The status of those that fail. Default: 500.")  # fmt: skip
@click.option("--record", type=_PATH, metavar="FILE", help="Add each request, without secrets, to this file as a line of JSON.")  # fmt: skip
@click.option("--no-validate", is_flag=True, help="Answer requests that don't fit the definition, too.")
@click.option("--no-auth", is_flag=True, help="Don't require a key or a token.")
@click.option("--max-body", type=click.IntRange(1, 2_000), default=10, metavar="MB", help="The largest body of a request. Default: 10.")  # fmt: skip
@variable_options("the specs")
@click.option("-q", "--quiet", is_flag=True, help="Don't print the requests.")
@verbose_option()
def mock(paths: tuple[Path, ...], given: tuple[str, ...], vars_file: Path | None, **said: Any) -> int:
    """Serve the API of a connector on this machine, before the service exists.

    SPEC is a spec, the folder of a package, or a single definition; several are served below their names. Requests are checked against the definition, and answered from
    its samples. `Prefer: code=404` asks for another answer, `Prefer: dynamic=true` for invented values. Ctrl-C ends the command.

    \b
    connector-builder mock specs/my-connector
    connector-builder call specs/my-connector ListOrders --server http://127.0.0.1:4010
    """
    from connector_builder.app.mock import Changes, serve, served
    from connector_builder.app.shared.targets import find_targets
    from connector_builder.app.shared.variables import read_variables
    from connector_builder.mock.connector import Options
    from connector_builder.mock.server import Limits, Serving
    from connector_builder.report.escape import terminal

    fastest, slowest = _latency(said["latency"])
    checks = Options(
        not said["no_validate"], not said["no_auth"], said["dynamic"], said["stateful"], said["seed"], said["pages"], _faults(**said)
    )  # fmt: skip
    targets, variables = find_targets(paths), read_variables(given, vars_file, os.environ)
    found = served(targets, variables, checks)
    connectors = [one.connector for one in found]
    log = _Printer(said["record"], quiet=said["quiet"])
    limits = Limits(body=said["max_body"] * _MB)
    changes = Changes(targets, variables, checks, found, lambda text: console.say(terminal(text)))
    serving = Serving(
        said["port"], fastest, slowest, limits, lambda port: _ready(found, port), log.entry, log.defect, changes
    )
    count = serve(connectors, serving, log.use)
    console.say(f"\nended after {count} request{'' if count == 1 else 's'}")
    return DONE


def _latency(text: str) -> tuple[float, float]:
    """Returns the seconds of `200` or `200..500` milliseconds. Raises Misuse."""
    try:
        least, most = (float(part) / 1000 for part in (text if ".." in text else f"{text}..{text}").split(".."))
    except ValueError:
        least, most = 0.0, -1.0
    if not 0 <= least <= most <= _SLOWEST:
        raise Misuse(f"'--latency {text}' isn't a time", "write milliseconds, such as 200 or 200..500")
    return least, most


def _faults(*, rate: str | None, fail_rate: float, fail_code: int, seed: int, **_: Any) -> "Faults | None":
    """Returns what fails; None if nothing does. Raises Misuse."""
    from connector_builder.app.shared.rates import rate_of
    from connector_builder.mock.faults import Faults

    if not (rate or fail_rate):
        return None
    most = rate_of(rate) if rate else None
    if most is not None and most.number != int(most.number):
        raise Misuse(f"'--rate {rate}' isn't a whole number of requests", "choose a longer time, such as 30/m")
    number, seconds = (int(most.number), most.seconds) if most is not None else (0, 1)
    return Faults(number, seconds, fail_rate, fail_code, seed)


def _ready(found: "list[Served]", port: int) -> None:
    """Prints the addresses, and what differs from the service."""
    from connector_builder.report.escape import terminal

    for one in found:
        connector = one.connector
        address = f"http://127.0.0.1:{port}{connector.routes.base}"
        count = connector.routes.count
        console.out(f"{address}  {terminal(connector.title)}, {count} operation{'' if count == 1 else 's'}\n")
        if one.errors:
            name = terminal(one.target.path.as_posix())
            console.say(
                f"{name} has errors, so this may not be all of it: 'connector-builder validate {name}' shows them"
            )
        if one.has_script or one.policies:
            what = " and ".join(
                words for words, there in (("policies", one.policies), ("custom code", one.has_script)) if there
            )
            console.say(
                f"{terminal(connector.name)}: the mock is the service behind the platform, so it runs no {what}"
            )
    console.say(f"requests: http://127.0.0.1:{port}/__mock/log; Ctrl-C ends")


class _Printer:
    """Prints what happens to standard error, and adds it to the file of `--record`. Raises Misuse if that can't be written."""

    def __init__(self, file: Path | None, *, quiet: bool) -> None:
        self._quiet, self._file = quiet, file
        self._write("")
        self._holder: Any = None

    def use(self, holder: Any) -> None:
        self._holder = holder

    def entry(self, entry: "Entry") -> None:
        """Prints one line for a request."""
        if not self._quiet:
            from connector_builder.report.escape import terminal

            console.say(terminal(self._holder.service.log.line(entry)))
        if self._file is not None:
            self._write(json.dumps(self._holder.service.log.shown(entry)) + "\n")

    def _write(self, text: str) -> None:
        if self._file is not None:
            try:
                with self._file.open("a", encoding="ascii", newline="\n") as file:
                    file.write(text)
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else "no file can have this name"
                raise Misuse(f"'{self._file}' can't be written: {why}") from error

    def defect(self, error: Exception) -> None:
        """Prints that a request met a defect of ours. The mock goes on."""
        from connector_builder.app.shared.processes import where

        report_defect("", where(error), "".join(traceback.format_exception(error)), verbose=is_verbose())
