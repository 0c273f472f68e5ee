"""Runs the real paconn in its own environment, where it reaches only the stand-ins."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.support.ci_systems.ci_tools import run_pip
from tests.support.programs.stand_in import LOOPBACK, BlobStorage

VERSION = "0.0.21"
TOKEN = "not-a-token"
USER = "00000000-0000-0000-0000-000000000001"


class NotInstalledError(Exception):
    """paconn can't be installed here, or doesn't start; the message says why."""


def install(folder: Path) -> Path:
    """Returns the Python of an environment with paconn in `folder`. Makes the environment if needed.

    It is made elsewhere and moved in whole, so that an interrupted install leaves nothing incomplete behind, and two
    runs at once don't collide. A moved environment works through its Python, not through its scripts.
    """
    home = folder / f"paconn-{VERSION}-{sys.implementation.cache_tag}"
    if starts(home):
        return python_of(home)
    shutil.rmtree(home, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as staging:
        made = Path(staging) / "environment"
        try:
            venv.create(made, symlinks=os.name != "nt")
            run_pip("--python", python_of(made), "install", f"paconn=={VERSION}").check_returncode()
        except (subprocess.SubprocessError, OSError) as error:
            reason = last_line(getattr(error, "stderr", None) or str(error))
            raise NotInstalledError(f"paconn {VERSION} can't be installed: {reason}") from error
        with contextlib.suppress(OSError):  # another run was faster
            made.rename(home)
    if not starts(home):
        raise NotInstalledError(f"paconn {VERSION} does not start on Python {sys.version.split()[0]}")
    return python_of(home)


def starts(home: Path) -> bool:
    """Checks whether `home` is an environment that can import paconn in our version."""
    if not python_of(home).exists():
        return False
    check = "import importlib.metadata, paconn.__main__, paconn.commands.create; print(importlib.metadata.version('paconn'))"
    run = subprocess.run([python_of(home), "-I", "-c", check], capture_output=True, encoding="utf-8", check=False)
    return run.returncode == 0 and run.stdout.strip() == VERSION


def python_of(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no message"])[-1]


@dataclass(frozen=True, slots=True)
class Run:
    """The exit status of a run of paconn, and all that it printed."""

    status: int
    output: str


@dataclass(frozen=True, slots=True)
class Paconn:
    """Runs paconn as a signed-in user with the home `home`, whose only way out is the stand-in's proxy."""

    python: Path
    home: Path
    storage: BlobStorage

    def sign_in(self) -> None:
        """Writes what `paconn login` leaves behind. Without `expires_on` the token never expires."""
        folder = self.home / ".paconn"
        folder.mkdir(parents=True)
        credentials = {"token_type": "Bearer", "access_token": TOKEN, "oid": USER}
        (folder / "accessTokens.json").write_text(json.dumps(credentials), encoding="ascii")

    def __call__(self, folder: Path, *arguments: str) -> Run:
        """Runs one command in `folder`, without a terminal for questions.

        The system's encoding is ASCII if it can be chosen: what paconn can read with it, it can read with any other.
        """
        run = subprocess.run(
            [str(self.python), "-I", "-X", "utf8=0", "-m", "paconn", *arguments],
            cwd=folder,
            env=self.environment(),
            input="",  # not the null device: Python on Windows takes it for a terminal
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
        return Run(run.returncode, run.stdout)

    def environment(self) -> dict[str, str]:
        proxies = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
        kept = {name: value for name, value in os.environ.items() if name.upper() not in proxies}
        return kept | {
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "HTTP_PROXY": self.storage.url,
            "HTTPS_PROXY": self.storage.url,
            "NO_PROXY": LOOPBACK,
            "REQUESTS_CA_BUNDLE": str(self.storage.certificate),
            "LC_ALL": "C",
        }
