"""Runs commands in this process, which is faster than a process for each."""

import os
import subprocess
from pathlib import Path

from click.testing import CliRunner

from connector_builder.cli import program
from connector_builder.secrets import known
from tests.live.stand_ins.program import Program


class InProcess(Program):
    """Runs commands in this process; nobody is at a terminal."""

    def __call__(self, *arguments: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        known.forget()
        kept = Path.cwd()
        os.chdir(self.folder)
        try:
            dropped = dict.fromkeys(os.environ.keys() - self.environment.keys())
            result = CliRunner(env={**dropped, **self.environment, **variables}).invoke(program, arguments, input=stdin)
        finally:
            os.chdir(kept)
        if isinstance(result.exception, Exception):
            raise result.exception
        return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)
