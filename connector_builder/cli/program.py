"""The command group: the exit statuses, and the messages when an error stops a command."""

import errno
import os
import signal
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.cli import console
from connector_builder.effects import forget, unfinished, written
from connector_builder.findings.diagnostic import Locator
from connector_builder.findings.wording import listed
from connector_builder.report.escape import terminal
from connector_builder.secrets.known import masked

if TYPE_CHECKING:
    from connector_builder.app.live.errors import LiveError
    from connector_builder.platform.service_errors import Explanation

DONE, FOUND, MISUSED, INTERNAL, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 5, 130
_UNWRITABLE = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_VERBOSE = "connector_builder.verbose"
COMPLETING = "_CONNECTOR_BUILDER_COMPLETE"
"""The variable by which a shell asks the command for completions; click derives its name from the command's."""


class Commands(MutableMapping[str, click.Command]):
    """The commands by name, each with its module, which is imported when the command is asked for: a run has one."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._known: dict[str, str | click.Command] = dict(modules)

    def __getitem__(self, name: str) -> click.Command:
        known = self._known[name]
        if isinstance(known, str):
            values = vars(import_module(f"connector_builder.cli.commands.{known}")).values()
            known = next(value for value in values if isinstance(value, click.Command) and value.name == name)
            self._known[name] = known
        return known

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Signalled(KeyboardInterrupt):
    """The signal that asks the process to end: what Ctrl-C undoes and removes, this does too."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def heed_signals() -> None:
    """Makes signals that end the process undo what it has begun, once; a second one ends it at once. What is ignored stays so (nohup)."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Signalled(number)


def stopped(reason: BaseException) -> int:
    """Returns the exit status of a run that was stopped. Says what was done before, or maybe, so that nobody takes it for undone."""
    places = written()
    if places:
        name = Locator(Path.cwd()).name
        console.say(f"stopped, but {terminal(listed([name(place) for place in places], 'and'))} had been written")
    for what in unfinished():
        console.say(f"stopped while {terminal(what)}")
    return 128 + reason.number if isinstance(reason, Signalled) else INTERRUPTED


class Program(click.Group):
    """Turns what commands return or raise into an exit status.

    2 is for misuse, 3 for a defect of ours, 4 for a sign-in, 5 for a service that refuses, and 130 for Ctrl-C.
    """

    def main(self, *args: Any, **further: Any) -> Any:
        """Runs as click's `main` does.

        Prints one line if click can't write `--help` or `--version`, as on a full disk.
        """
        if COMPLETING in os.environ:
            from connector_builder.cli import shells  # noqa: F401 - makes PowerShell known to click
        try:
            return super().main(*args, **further)
        except OSError as reason:
            if not _is_of_output(reason):
                raise
            console.silence(sys.stdout)
            console.error(f"can't write to '<stdout>': {reason.strerror}")
        except MemoryError:
            console.out_of_memory()
        sys.exit(MISUSED)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command, and exits with its status, or with the status for the error that it raises."""
        forget()
        try:
            status = super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (KeyboardInterrupt, click.Abort) as reason:
            status = stopped(reason)
        except MemoryError:
            status = MISUSED
            console.out_of_memory()
        except Exception as error:
            if _is_of_output(error):
                raise
            status = self._failed(error, verbose=bool(ctx.meta.get(_VERBOSE)))
        ctx.exit(status or DONE)

    def _failed(self, error: Exception, *, verbose: bool) -> int:
        import traceback

        from connector_builder.app.live.errors import LiveError
        from connector_builder.app.shared.misuse import Misuse
        from connector_builder.app.shared.processes import Crash, where
        from connector_builder.output.errors import OutputError

        if isinstance(error, Misuse | OutputError):
            console.error(error.message, error.help)
            return MISUSED
        if isinstance(error, LiveError):
            console.error(masked(error.message), error.help)
            _explain(error)
            return error.exit_status
        if isinstance(error, Crash):
            place, item, details = error.where, f" at '{error.item}'", error.details
        else:
            place, item, details = where(error), "", "".join(traceback.format_exception(error))
        report_defect(item, place, details, verbose=verbose)
        return INTERNAL


def explanation_of(error: "LiveError") -> "Explanation | None":
    """Returns what the error of a service means, by its code, or by a phrase of its message, which may say more; None if that isn't known."""
    from connector_builder.platform.service_errors import explain, find

    known = explain(error.code) if error.code else None
    if known is not None and not known.general:
        return known
    said = next((one for one in find(error.message) if one.phrases), None)  # what is general comes last
    return said if said is not None and not said.general else known or said


def _explain(error: "LiveError") -> None:
    """Prints what the error of a service means, as `explain` does, if it is known."""
    from connector_builder.render.explanations import explanation_lines

    explanation = explanation_of(error)
    if explanation is not None:
        console.say("\n".join(["", *explanation_lines(explanation, [], bold=str)]))


def _is_of_output(error: Exception) -> bool:
    """Checks whether click failed to write to a stream: an error about a file has the file's name."""
    return isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITABLE


def report_defect(item: str, place: str, details: str, *, verbose: bool) -> None:
    """Prints that the error is a defect of ours, with `verbose` also its details."""
    console.error(
        f"internal error{item}: {place}",
        "this is a defect of connector-builder: please open an issue with the output of the same command with --verbose",
    )
    if verbose:
        console.say("\n".join(map(terminal, masked(details).splitlines())))


def note_verbose(ctx: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    """Remembers `--verbose` (its callback), so that the group knows it when a command fails."""
    ctx.meta[_VERBOSE] = value
    return value


def is_verbose() -> bool:
    """Returns whether the command that runs has `--verbose`."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(_VERBOSE))
