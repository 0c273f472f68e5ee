import errno
import io
import threading

import pytest

from connector_builder.cli import console
from connector_builder.cli.console import Progress, is_closed_pipe, use_colour


@pytest.mark.parametrize(
    ("terminal", "environment", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm-256color"}, True),
        (False, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert use_colour(on_terminal=terminal, environment=environment) is expected


@pytest.mark.parametrize(
    ("error", "on_windows", "elsewhere"),
    [
        (BrokenPipeError(errno.EPIPE, "closed"), True, True),
        (OSError(errno.EINVAL, "invalid argument"), True, False),
        (OSError(errno.ENOSPC, "full"), False, False),
    ],
)
def test_what_a_closed_pipe_looks_like(error: OSError, on_windows: bool, elsewhere: bool) -> None:
    assert is_closed_pipe(error, windows=True) is on_windows
    assert is_closed_pipe(error, windows=False) is elsewhere


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert not console.is_terminal(stream)


def test_without_any_stream_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    console.out("found\n")
    console.error("stopped", "go on")
    assert not console.coloured(None)
    with console.progress("checking", 1) as progress:
        progress.step("a.yaml")


def test_progress_shows_after_a_while_and_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "WAIT", 0.0)
    monkeypatch.setattr(console, "_PAUSE", 0.001)
    written: list[str] = []
    shown = threading.Event()

    def write(line: str) -> None:
        written.append(line)
        if line.rstrip() == "\rchecking: 2 of 3 (b.yaml)":
            shown.set()

    with Progress("checking", 3, show=True, write=write) as progress:
        progress.step("a\x1b.yaml")
        progress.step("b.yaml")
        shown.wait()
    assert "\rchecking: 2 of 3 (b.yaml)" in [line.rstrip() for line in written]
    assert written[-1].strip(" \r") == ""
    assert written[-1].endswith("\r")
    assert not any("\x1b" in line for line in written)


class Terminal(io.StringIO):
    """A terminal that remembers what is on its current line."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        shown = ""
        for part in self.getvalue().rpartition("\n")[2].split("\r"):
            shown = part + shown[len(part) :]
        return shown


def test_a_message_comes_in_place_of_the_line_and_the_line_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "WAIT", 0.0)
    monkeypatch.setattr(console, "_PAUSE", 0.001)
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with console.progress("calling", 2) as progress, console.waiting("waiting for api.contoso.example"):
        wait_for(stream, "calling: 0 of 2")
        progress.step("item 1")
        console.say("item 1: failed")
        wait_for(stream, "calling: 1 of 2 (item 1)")
    assert stream.line().strip() == ""
    told = [line.rpartition("\r")[2] for line in stream.getvalue().split("\n")[:-1]]
    assert told == ["item 1: failed"]
    assert "waiting" not in stream.getvalue()
    assert stream.getvalue().count("calling: 0 of 2") == 1  # it is written when it changes
    with console.waiting("waiting for api.contoso.example"):
        wait_for(stream, "waiting for api.contoso.example")


def wait_for(stream: Terminal, line: str) -> None:
    for _ in range(10_000):
        if stream.line().rstrip() == line:
            return
        threading.Event().wait(0.001)
    raise AssertionError(stream.line())


def test_short_work_shows_nothing() -> None:
    written: list[str] = []
    with Progress("checking", 1, show=True, write=written.append) as progress:
        progress.step("a.yaml")
    assert written == []


def test_the_line_fits_a_terminal() -> None:
    progress = Progress("checking", 1000, show=False)
    assert progress.line() == "checking: 0 of 1000"
    progress.step("x" * 200)
    assert progress.line() == "checking: 1 of 1000 (" + "x" * 58
