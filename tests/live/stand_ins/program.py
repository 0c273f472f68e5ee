"""Runs the program against stand-ins: in this process, or as one of its own."""

import contextlib
import os
import subprocess
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner

from connector_builder.cli import program as commands
from connector_builder.secrets import known
from tests.live.stand_ins import browser

DROPPED = (
    "AZURE", "POWER_PLATFORM_", "ACTIONS_", "SYSTEM_", "ARM_", "IDENTITY_", "MSI_", "CB_", "HTTP", "ALL_PROXY", "SSH_", "DISPLAY",
    "WAYLAND", "BROWSER", "COV_", "XDG_CONFIG", "PYTHONWARN",
)  # fmt: skip

webbrowser.register("stand-in", None, browser.Browser(), preferred=True)
Done = subprocess.CompletedProcess[str]


class Program:
    """Runs commands in a folder, with a home and a PATH of its own: no Azure CLI of the machine is there.

    A call runs in this process, which is fast; `process` starts one. Both return the same.
    """

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.home = folder, folder / "home"
        (folder / "bin").mkdir(exist_ok=True)
        (folder / ".git").mkdir(exist_ok=True)  # no configuration above counts
        self.variables = {"CB_HOME": str(self.home), "PATH": str(folder / "bin"), "NO_PROXY": "*"} | variables

    def __call__(self, *arguments: str, stdin: str = "", **variables: str) -> Done:
        known.forget()
        with contextlib.chdir(self.folder):
            runner = CliRunner(env=self._changes(variables))
            done = runner.invoke(commands, list(arguments), input=stdin, prog_name="connector-builder")
        return Done(list(arguments), done.exit_code, done.stdout, done.stderr)

    def process(self, *arguments: str, stdin: str = "", **variables: str) -> Done:
        with self.start(*arguments, **variables) as running:
            stdout, stderr = running.communicate(stdin, timeout=120)
        return Done(running.args, running.returncode, stdout, stderr)

    def start(self, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
        """Starts a process."""
        return subprocess.Popen(
            [sys.executable, "-m", "connector_builder", *arguments],
            cwd=self.folder,
            env=self.environment(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def environment(self, variables: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """Returns all variables of a process."""
        return {name: value for name, value in {**os.environ, **self._changes(variables)}.items() if value is not None}

    def _changes(self, variables: Mapping[str, str]) -> dict[str, str | None]:
        dropped = {name: None for name in os.environ if name.upper().startswith(DROPPED)}
        return {**dropped, **self.variables, **variables}

    def with_browser(self) -> "Program":
        self.variables["BROWSER"] = f'"{sys.executable}" "{browser.__file__}" %s'
        return self

    def files(self) -> dict[str, bytes]:
        """Returns the content of every file below the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }
