"""Prints, as the only module that does.

Never fails because of an encoding, and stops quietly when nobody reads any more.
"""

import errno
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.report.escape import encodable, terminal

WAIT = 1.0
"""Seconds of work before progress is shown."""
_PAUSE = 0.1
_PRINTED = "connector_builder.printed"
_line = threading.RLock()
"""Held by who writes on the terminal, so that a line of progress and a message never mix."""
_showing: list["Progress"] = []
"""The progress that has the line, at most one: an inner one, or one of another thread, shows nothing."""


def use_colour(*, on_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Checks whether to use colour: only on a terminal, and not if NO_COLOR is set (https://no-color.org)."""
    return on_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def coloured(stream: TextIO | None) -> bool:
    """Checks whether to use colour on this stream now."""
    return use_colour(on_terminal=is_terminal(stream), environment=os.environ)


def is_closed_pipe(error: OSError, *, windows: bool) -> bool:
    """Checks whether writing failed because nobody reads any more. Windows then reports an invalid argument."""
    return isinstance(error, BrokenPipeError) or (windows and error.errno == errno.EINVAL)


def is_terminal(stream: TextIO | None) -> bool:
    """Checks whether a stream is a terminal. A process started without one (`>&-`, pythonw) has None as its stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # the stream is closed
        return False


def out(text: str) -> None:
    """Prints a text to standard output, with its own line ends. The text must be escaped already."""
    ctx = click.get_current_context(silent=True)
    if ctx is not None:
        ctx.meta[_PRINTED] = True
    _print(text, sys.stdout)


def has_printed() -> bool:
    """Checks whether the command that runs has printed something to standard output."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_PRINTED))


def out_bytes(content: bytes) -> None:
    """Writes bytes to standard output, as they are. Raises Misuse if they can't be written."""
    stream = sys.stdout
    buffer = getattr(stream, "buffer", None)
    if stream is None or buffer is None:
        return
    try:
        stream.flush()
        buffer.write(content)
        buffer.flush()
    except OSError as reason:
        silence(stream)
        if not is_closed_pipe(reason, windows=os.name == "nt"):
            raise Misuse(f"can't write to '{stream.name}': {reason.strerror}") from reason


def say(text: str) -> None:
    """Prints lines for people to standard error. Does nothing if that can't be written."""
    with suppress(Misuse):
        _print(f"{text}\n", sys.stderr)


def error(message: str, help: str | None = None) -> None:
    """Prints to standard error why nothing was done."""
    say(f"error: {terminal(message)}")
    if help:
        say(f"help: {terminal(help)}")


def out_of_memory() -> None:
    """Prints that the machine, or a limit that somebody set, has too little memory."""
    error("out of memory", "give the process more, or name fewer files, and fewer processes with --jobs 1")


def _print(text: str, stream: TextIO | None) -> None:
    if stream is None:
        return
    text = encodable(text, stream.encoding)
    try:
        if is_terminal(stream):
            with _line:
                for one in _showing:
                    one.clear()
                click.echo(text, file=stream, nl=False)  # click knows the consoles of Windows
        else:
            _write(text, stream)
        stream.flush()
    except OSError as reason:
        silence(stream)
        if not is_closed_pipe(reason, windows=os.name == "nt"):
            raise Misuse(f"can't write to '{stream.name}': {reason.strerror}") from reason


def _write(text: str, stream: TextIO) -> None:
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
    else:  # past the text layer, which would write `\r\n` on Windows
        stream.flush()
        buffer.write(text.encode(stream.encoding))


def silence(stream: TextIO | None) -> None:
    """Sends further output of a stream nowhere, so that the interpreter's last flush raises nothing."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def read_stdin(most: int, most_of_zip: int = 0) -> bytes:
    """Returns the bytes of standard input. Raises Misuse if there is none, or if there are more than `most`.

    A zip may have `most_of_zip`.
    """
    from connector_builder.source.files import ZIP

    stream = sys.stdin
    if stream is None:
        raise Misuse("there is no standard input")
    buffer, read = getattr(stream, "buffer", None), max(most, most_of_zip) + 1
    try:
        content: bytes = buffer.read(read) if buffer is not None else stream.read(read).encode()
    except (OSError, ValueError) as reason:
        raise Misuse(f"standard input can't be read: {reason}") from reason
    most = max(most, most_of_zip) if content.startswith(ZIP) else most
    if len(content) > most:
        raise Misuse(f"standard input is larger than {most // (1024 * 1024)} MB")
    return content


def write_files(texts: Mapping[Path, str]) -> None:
    """Writes texts as UTF-8 with LF on every system: all, or none where one can't be written, which raises Misuse."""
    if not texts:
        return
    from connector_builder.output.replacing import WriteError, replace_files

    try:
        replace_files({path: text.encode("utf-8", "backslashreplace") for path, text in texts.items()})
    except WriteError as error:
        raise Misuse(f"'{error.path}' can't be written: {error.reason}") from error


class Progress:
    """A line on a terminal that shows the item in progress.

    It appears after WAIT seconds, makes room for messages, and goes when the work is done. The first of several has the line.
    """

    def __init__(self, verb: str, total: int, *, show: bool, write: Callable[[str], None] | None = None) -> None:
        self._verb, self._total = verb, total
        self._write = write or _to_terminal
        self._done, self._item = 0, ""
        self._shown = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True) if show else None

    def __enter__(self) -> "Progress":
        with _line:
            if self._thread and not _showing:
                _showing.append(self)
                self._thread.start()
            else:
                self._thread = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread:
            self._stop.set()
            self._thread.join()
            self.clear()
            _showing.remove(self)

    def clear(self) -> None:
        """Takes the line away; the next look shows it again."""
        with _line:
            if self._shown:
                self._write("\r" + " " * len(self._shown) + "\r")
            self._shown = ""

    def step(self, item: str) -> None:
        """Counts one more item as done; `item` is its name."""
        self._done, self._item = self._done + 1, item

    def line(self) -> str:
        """Returns a line such as `checking: 120 of 1000 (specs/runs.yaml)`."""
        item = f" ({terminal(self._item)})" if self._item else ""
        return f"{self._verb}: {self._done} of {self._total}{item}"[:79]

    def _run(self) -> None:
        wait = WAIT
        while not self._stop.wait(wait):
            with _line:
                line = self.line()
                if line != self._shown:
                    self._write("\r" + line.ljust(len(self._shown)))
                self._shown, wait = line, _PAUSE


def progress(verb: str, total: int, *, quiet: bool = False) -> Progress:
    """Returns a progress line on standard error; it shows nothing if that isn't a terminal."""
    return Progress(verb, total, show=not quiet and is_terminal(sys.stderr))


class Waiting(Progress):
    """A line on a terminal that shows what the program waits for."""

    def line(self) -> str:
        """Returns a line such as `waiting for api.powerapps.com`."""
        return terminal(self._verb)[:79]


def waiting(text: str, *, quiet: bool = False) -> Waiting:
    """Returns a line about waiting on standard error; it shows nothing if that isn't a terminal."""
    return Waiting(text, 0, show=not quiet and is_terminal(sys.stderr))


def hidden_prompt() -> Callable[[str], str] | None:
    """Returns a function that asks for a secret without an echo; None if nobody is at a terminal."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return None
    return lambda what: str(click.prompt(what, hide_input=True, err=True))


def _to_terminal(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(encodable(text, sys.stderr.encoding))
        sys.stderr.flush()
