"""Sends what `call` prepared, once or for each item of a list: asks before, and shows the answers."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.cli import console
from connector_builder.cli.live_options import Live, is_asking_possible
from connector_builder.cli.program import DONE, FOUND, MISUSED
from connector_builder.report.escape import log_line, terminal

if TYPE_CHECKING:
    from connector_builder.app.live.call.calling import Line
    from connector_builder.app.live.call.each import One, Summary
    from connector_builder.app.live.call.gateway import Wish
    from connector_builder.app.live.call.prepared import NotSent, Prepared
    from connector_builder.app.live.call.recording import Recorded
    from connector_builder.app.live.call.sending import Answered
    from connector_builder.app.live.connection import DryRun


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


def report_not_sent(error: "NotSent", live: Live) -> int:
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


def call_once(prepared: "Prepared", own: Options, live: Live) -> int:
    """Sends one request, and shows the answer."""
    from connector_builder.app.live.call.calling import opened
    from connector_builder.app.live.connection import DryRun
    from connector_builder.effects import doing
    from connector_builder.secrets.known import hide

    request = prepared.request()
    for one in request.passwords:
        hide(one)
    dry = DryRun() if own.dry_run else None
    if dry is None:
        _confirm(prepared, own, f"send {request.verb} {request.url}?")
        _confirm_record(own)
    changes = dry is None and not prepared.is_safe
    way = doing(f"'{prepared.id}' was on its way: the service may have done it") if changes else nullcontext()
    via = _via(prepared, own)
    with opened(prepared, live.asked(dry=dry), via, all_pages=own.all_pages, server=own.server) as line, way:
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


def call_each(prepared: "Prepared", own: Options, live: Live) -> int:
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
    from connector_builder.app.live.call.each import Done, Outcome, Pace, State, run
    from connector_builder.app.shared.rates import rate_of
    from connector_builder.cli.call_report import each_line
    from connector_builder.effects import doing

    assert isinstance(done, Done)
    pace = Pace(rate_of(own.rate).per_second if own.rate else 0.0)
    with console.progress("calling", len(ones), quiet=live.quiet) as progress:

        def step(outcome: Outcome) -> None:
            progress.step(f"item {outcome.one.number}")
            if outcome.state in (State.FAILED, State.UNKNOWN):
                live.note(each_line(outcome))

        with doing("calls were on their way: the same command repeats those without an answer, and no others"):
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
