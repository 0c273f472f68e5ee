"""The container file: what it copies exists, and what it installs can be installed."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "pipelines/Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
LINES = [line.split(maxsplit=1) for line in TEXT.splitlines()]
STEPS = [(line[0], line[1]) for line in LINES if line and line[0] != "#"]


def test_what_it_copies_exists() -> None:
    copied = [source for step, said in STEPS if step == "COPY" and "--from" not in said for source in said.split()[:-1]]
    assert copied == ["pyproject.toml", "README.md", "LICENSE", "constraints.txt", "connector_builder", "templates"]
    assert all((ROOT / source).exists() for source in copied)
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    assert (sent[0], {line for line in sent if line.startswith("!")}) == ("*", {f"!{source}" for source in copied})


def test_its_entry_point_is_our_command() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    [entry] = [said for step, said in STEPS if step == "ENTRYPOINT"]
    [copied] = [said.split()[-1] for step, said in STEPS if step == "COPY" and "--from" in said]
    assert [entry] == [f'["{copied}/bin/{name}"]' for name in scripts]


def test_it_runs_as_a_user_without_rights() -> None:
    assert [said for step, said in STEPS if step == "USER"] == ["connectors"]


def test_git_is_there_for_a_comparison_and_reads_what_is_mounted() -> None:
    [command] = [said for step, said in STEPS if step == "RUN" and "apt-get" in said]
    parts = [part.split() for part in command.split("&&")]
    assert "git" in parts[1]
    assert parts[-1] == ["git", "config", "--system", "--add", "safe.directory", '"*"']


@pytest.mark.installs
def test_pip_accepts_what_it_installs() -> None:
    [command] = [said for step, said in STEPS if step == "RUN" and "pip install" in said]
    arguments = [re.sub(r"^/src", lambda _: str(ROOT), one) for one in shlex.split(command)[1:]]
    done = subprocess.run(
        [sys.executable, *arguments, "--dry-run", "--ignore-installed"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^Would install .*connector-builder-.*msal-", done.stdout, re.MULTILINE)
