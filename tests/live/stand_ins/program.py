"""Runs the program as a process, against stand-ins."""

import os
import subprocess
import sys
from pathlib import Path

from tests.live.stand_ins import browser

DROPPED = (
    "AZURE", "POWER_PLATFORM_", "ACTIONS_", "SYSTEM_", "ARM_", "IDENTITY_", "MSI_", "CB_", "HTTP", "ALL_PROXY", "SSH_", "DISPLAY",
    "WAYLAND", "BROWSER", "COV_",
)  # fmt: skip


class Program:
    """Runs commands in a folder, with a home and a PATH of its own: no Azure CLI of the machine is there."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.home = folder, folder / "home"
        (folder / "bin").mkdir(exist_ok=True)
        inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(DROPPED)}
        self.environment = (
            inherited | {"CB_HOME": str(self.home), "PATH": str(folder / "bin"), "NO_PROXY": "*"} | variables
        )

    def __call__(self, *arguments: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "connector_builder", *arguments],
            cwd=self.folder,
            env=self.environment | variables,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    def with_browser(self) -> "Program":
        self.environment["BROWSER"] = f'"{sys.executable}" "{browser.__file__}" %s'
        return self

    def files(self) -> dict[str, bytes]:
        """Returns the content of every file below the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }
