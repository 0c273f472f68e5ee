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
