"""`connector-builder call`."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli import console
from connector_builder.cli.live_options import Live, is_asking_possible, live_options
from connector_builder.cli.program import DONE, FOUND, MISUSED
from connector_builder.cli.shared import variable_options
from connector_builder.report.escape import log_line, terminal

if TYPE_CHECKING:
    from connector_builder.app.live.call.calling import Line
    from connector_builder.app.live.call.each import One, Summary
    from connector_builder.app.live.call.gateway import Wish
    from connector_builder.app.live.call.prepared import NotSent, Prepared
    from connector_builder.app.live.call.recording import Recorded
    from connector_builder.app.live.call.sending import Answered
    from connector_builder.app.live.connection import DryRun

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a call that say how to send it, and what to do with the answer."""

    each: str | None
    done: Path | None
    jobs: int
    rate: str | None
    all_pages: bool
    dry_run: bool
    yes: bool
    record: bool
    keep_values: bool
    diff: bool
    output_file: Path | None
    show_secrets: bool
    fail_on: str
    via: str | None
    invoke: bool
    environment: str | None
    connector: str | None
    from_url: str | None
    server: str | None


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
        return _each(prepared, own, live) if own.each is not None else _one(prepared, own, live)
    except NotSent as error:
        return _not_sent(error, live)


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


def _not_sent(error: "NotSent", live: Live) -> int:
    """Reports why nothing was sent."""
    if live.format == "json":
        from connector_builder.cli.call_report import show_json

        show_json({"problems": [one._asdict() for one in error.told]})
        return MISUSED
    for one in error.told:
        console.say(terminal(f"{one.place}: error: {one.message}" if one.place else f"error: {one.message}"))
        if one.help:
            console.say(terminal(f"help: {one.help}"))
    console.say("nothing was sent")
    return MISUSED


def _via(prepared: "Prepared", own: Options) -> "Wish | None":
    """Returns the connection of the platform that is asked for. Raises Misuse."""
    if own.via is None:
        return None
    from connector_builder.app.live.call.gateway import Wish
    from connector_builder.app.shared.misuse import Misuse
    from connector_builder.platform.services.portal import parts_of

    settings = prepared.package.given_settings or prepared.package.settings or {}
    shown = parts_of(own.from_url or "").get("environments", "")
    environment = own.environment or shown or str(settings.get("environment") or "")
    if not environment:
        raise Misuse("--via-connection requires the environment", "name it with --environment ID")
    return Wish(environment, own.via, own.connector or str(settings.get("connectorId") or ""), own.invoke)


def _one(prepared: "Prepared", own: Options, live: Live) -> int:
    """Sends one request, and shows the answer."""
    from connector_builder.app.live.call.calling import opened
    from connector_builder.app.live.connection import DryRun

    request = prepared.request()
    dry = DryRun() if own.dry_run else None
    if dry is None:
        _confirm(prepared, own, f"send {request.verb} {request.url}?")
        _confirm_record(own)
    with opened(prepared, live.asked(dry=dry), _via(prepared, own), all_pages=own.all_pages, server=own.server) as line:
        answered = line(request)
    return _dry(dry, live) if dry is not None else _answered(prepared, answered, own, live)


def _confirm(prepared: "Prepared", own: Options, question: str) -> None:
    """Asks before a request that may change something. Raises Misuse if nobody can answer, and Abort for no."""
    if prepared.is_safe or own.yes:
        return
    from connector_builder.app.shared.misuse import Misuse
    from connector_builder.secrets.known import masked

    if not is_asking_possible():
        raise Misuse(
            f"{prepared.operation.verb.upper()} may change something, and nobody is there to be asked", "add --yes"
        )
    if not click.confirm(terminal(masked(question)), err=True):
        raise Misuse("nothing was sent")


def _confirm_record(own: Options) -> None:
    from connector_builder.app.shared.misuse import Misuse

    if own.record and not own.diff and not own.yes and not is_asking_possible():
        raise Misuse("--record asks before it writes, and nobody is there to be asked", "add --yes, or --diff")


def _dry(dry: "DryRun", live: Live) -> int:
    """Shows the requests that would be sent."""
    live.show(list(dry.as_lines()), {"requests": dry.as_json()})
    return DONE


def _answered(prepared: "Prepared", answered: "Answered", own: Options, live: Live) -> int:
    """Shows an answer, and records it. Raises LiveError for an answer that says that the service refused."""
    from connector_builder.cli.call_report import Shown, as_json, lines, show_body, show_json, written_to

    shown = Shown(secrets=own.show_secrets)
    if own.output_file is not None:
        written_to(own.output_file, answered.body)
    if live.format == "json":
        show_json(as_json(answered, shown))
    else:
        for text in lines(answered, shown):
            live.note(text)
        if own.output_file is None:
            show_body(answered, shown)
    if shown.hidden:
        live.note("what looks like a secret is hidden; --show-secrets shows what the service answered")
    status = _status(answered, own)
    if own.record:
        status = _record(prepared, answered, own, live)
    if answered.error is not None and not own.record:
        raise answered.error
    return status


def _status(answered: "Answered", own: Options) -> int:
    """Returns 1 for an answer that its description contradicts, or, if the user says so, lacks something of."""
    if own.fail_on == "never":
        return DONE
    lacks = own.fail_on == "warning" and (bool(answered.differences) or not answered.response.status)
    return FOUND if answered.is_wrong or lacks else DONE


def _record(prepared: "Prepared", answered: "Answered", own: Options, live: Live) -> int:
    """Shows how the spec changes, asks, and writes."""
    from connector_builder.app.live.call.recording import record
    from connector_builder.cli.update_report import diff_of

    done = record(prepared, answered, keep_values=own.keep_values)
    if done.checked is not None:
        for one in done.checked.diagnostics:
            place = f"{one.location.file}:{one.location.line}:{one.location.column}"
            console.say(terminal(f"{place}: {one.severity}: {one.defect.message}"))
            if one.defect.help:
                console.say(terminal(f"help: {one.defect.help}"))
        console.say("nothing was recorded")
        return FOUND
    if not done.files:
        live.note(f"the sample of {prepared.id} {done.status} is up to date")
        return DONE
    for text in diff_of(done.spec.parent, done.files):
        console.say(log_line(text))
    if own.diff:
        return DONE
    if not own.yes and not click.confirm("write this?", default=True, err=True):
        live.note("nothing was written")
        return DONE
    _written(done, prepared, live)
    return DONE


def _written(done: "Recorded", prepared: "Prepared", live: Live) -> None:
    done.write()
    live.note(f"recorded {prepared.id} {done.status}: {', '.join(done.files)}")


def _each(prepared: "Prepared", own: Options, live: Live) -> int:
    """Sends a request for each item of a list. Raises the error that ended the run, or LiveError if one failed."""
    from connector_builder.app.live.call.calling import opened
    from connector_builder.app.live.call.each import Done, read_items, requests_of
    from connector_builder.app.live.connection import DryRun

    assert own.each is not None
    ones = requests_of(prepared, read_items(own.each, console.read_stdin))
    path = own.done or (None if own.each == "-" else Path(f"{own.each}.done"))
    done = Done(path)
    left = [one for one in ones if one not in done]
    dry = DryRun() if own.dry_run else None
    if dry is None and left:
        _confirm(prepared, own, f"send {left[0].request.verb} {len(left)} times, first {left[0].request.url}?")
    with opened(prepared, live.asked(dry=dry), _via(prepared, own), all_pages=own.all_pages, server=own.server) as line:
        if dry is not None:
            for one in left:
                line(one.request)
            return _dry(dry, live)
        return _summed(_run(line, ones, done, own, live), own, live)


def _run(line: "Line", ones: "list[One]", done: object, own: Options, live: Live) -> "Summary":
    from connector_builder.app.live.call.each import Done, Outcome, Pace, State, rate_of, run
    from connector_builder.cli.call_report import each_line

    assert isinstance(done, Done)
    pace = Pace(rate_of(own.rate) if own.rate else 0.0)
    with console.progress("calling", len(ones), quiet=live.quiet) as progress:

        def step(outcome: Outcome) -> None:
            progress.step(f"item {outcome.one.number}")
            if outcome.state in (State.FAILED, State.UNKNOWN):
                live.note(each_line(outcome))

        return run(ones, line, done, pace, own.jobs, step)


def _summed(summary: "Summary", own: Options, live: Live) -> int:
    """Shows what became of the items."""
    from connector_builder.app.live.call.each import State
    from connector_builder.app.live.errors import LiveError
    from connector_builder.cli.call_report import Shown, show_json, summary_json, summary_line

    if live.format == "json":
        show_json(summary_json(summary, Shown(secrets=own.show_secrets)))
    else:
        console.out(f"{terminal(summary_line(summary))}\n")
    if summary.stopped is not None:
        raise summary.stopped
    answers = [one.answer for one in summary.outcomes if one.answer is not None and one.state is State.DONE]
    if not summary.is_good:
        failed = summary.counts[State.FAILED] + summary.counts[State.UNKNOWN]
        raise LiveError(
            f"{failed} of {len(summary.outcomes)} calls failed", "run the command again: it leaves out what is done"
        )
    return max((_status(one, own) for one in answers), default=DONE)
