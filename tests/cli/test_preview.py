"""The command `preview`: its options and its messages. `tests/preview` has what the page shows."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.cli.commands.preview import has_desktop

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("platform", "environment", "has"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("freebsd14", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_browser_is_opened_where_it_can_have_a_window(
    platform: str, environment: dict[str, str], *, has: bool
) -> None:
    assert has_desktop(platform, environment) is has


def test_html_is_written_and_nothing_is_served(run: Run, spec: Path, here: Path) -> None:
    result = run("preview", "--html", "preview.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "wrote preview.html\n", "")
    page = (here / "preview.html").read_bytes()
    assert page.startswith(b"<!doctype html>\n")
    assert b"<title>Contoso Orders \xc2\xb7 Preview</title>" in page
    assert b"\r" not in page


@pytest.mark.parametrize("name", ["specs/orders.yaml", "orders.json"])
def test_html_is_no_document_that_is_there(run: Run, spec: Path, here: Path, name: str) -> None:
    (here / "orders.json").touch()
    result = run("preview", "--html", name)
    assert result.exit_code == 2
    assert result.stderr == f"error: '{Path(name)}' would be overwritten\nhelp: name a file such as preview.html\n"


def test_a_port_in_use_says_so(run: Run, spec: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("preview", "--no-open", "--port", str(port))
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: the port {port} is in use\nhelp: name another with --port, or leave it out for a free one\n"
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "JavaScript:x", "editor", "data:x", "vscode://a b"])
def test_an_editor_link_is_an_address_of_an_editor(run: Run, spec: Path, link: str) -> None:
    result = run("preview", "--editor-link", link)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: '--editor-link' must be an address with a scheme\n")


def test_what_isnt_there(run: Run, here: Path) -> None:
    result = run("preview", "nothing")
    assert (result.exit_code, result.stderr) == (2, "error: there is no file or folder 'nothing'\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_it_serves_until_it_is_interrupted(spec: Path, here: Path) -> None:
    # Whoever runs the tests in the background may ignore the signal, and a child inherits that.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from connector_builder.cli import main; main()"
    command = [sys.executable, "-c", start, "preview", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert b"Contoso Orders" in answer.read()
        with urllib.request.urlopen(f"{address}events", timeout=30) as events:
            assert events.readline() == b"retry: 500\n"
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, said) == (0, "Ctrl-C ends the preview\nthe preview has ended\n")
