"""Runs the steps of a GitHub Action, a workflow or a template of Azure Pipelines as the service does: the scripts, with files and variables.

Only the expressions that our files use are known; any other raises KeyError or SyntaxError, so that a test fails instead of guessing.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_NAME = re.compile(r"'[^']*'|\b(?:inputs|github|steps|parameters|vars)\.[\w.-]+")
BASH = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]
"""How GitHub starts `shell: bash`."""


class Done(NamedTuple):
    """What a step printed, its exit status, and its summary; a step that was left out has no status."""

    name: str
    output: str = ""
    status: int | None = None
    summary: str = ""


def evaluated(expression: str, names: Mapping[str, str], *, failed: bool = False) -> Any:
    """Returns the value of an expression of GitHub's."""
    strings: list[str] = []

    def value(match: re.Match[str]) -> str:
        text = match[0]
        strings.append(text[1:-1] if text.startswith("'") else names[text])
        return f"S[{len(strings) - 1}]"

    code = _NAME.sub(value, expression).replace("&&", " and ").replace("||", " or ")
    code = code.replace("!cancelled()", "True").replace("success()", str(not failed))
    return eval(code, {"__builtins__": {}}, {"S": strings})


def filled(text: str, names: Mapping[str, str]) -> str:
    """Returns a text with the values of its expressions."""
    return _EXPRESSION.sub(lambda match: str(evaluated(match[1], names)), text)


@dataclass
class Job:
    """A job of GitHub's in a workspace: runs steps one after the other, each with the files that GitHub gives it."""

    workspace: Path
    home: Path
    names: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a step failed."""
        return any(one.status for one in self.done)

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Done]:
        """Runs the scripts of the steps, and returns what they did by their names; other actions aren't run."""
        for index, step in enumerate(steps):
            name = str(step.get("name", step.get("uses")))
            condition = _EXPRESSION.sub(lambda match: match[1], str(step.get("if", "success()")))
            self.names |= {f"steps.{step['id']}.outcome": "skipped"} if "id" in step else {}
            if not evaluated(condition, self.names, failed=self.failed) or "run" not in step:
                self.done.append(Done(name))
                continue
            assert step["shell"] == "bash"
            self.done.append(self._run(name, step, self.home / f"step{index}"))
        return {one.name: one for one in self.done}

    def _run(self, name: str, step: dict[str, Any], folder: Path) -> Done:
        folder.mkdir(parents=True)
        files = {f"GITHUB_{name.upper()}": folder / name for name in ("output", "path", "step_summary")}
        for file in files.values():
            file.touch()
        assert not _EXPRESSION.search(step["run"]), "the text of an input would be part of the script"
        script = folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        given = {key: filled(str(value), self.names) for key, value in step.get("env", {}).items()}
        environment = base_environment(self.path) | self.environment | given
        environment |= {
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(self.home),
            **{k: str(v) for k, v in files.items()},
        }
        done = run_script([*BASH, str(script)], self.workspace, environment)
        self.path = [*files["GITHUB_PATH"].read_text(encoding="utf-8").split("\n")[:-1], *self.path]
        if "id" in step:
            outputs = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
            for key, _, value in (line.partition("=") for line in outputs):
                self.names[f"steps.{step['id']}.outputs.{key}"] = value
            self.names[f"steps.{step['id']}.outcome"] = "failure" if done.returncode else "success"
        summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return Done(name, done.stdout + done.stderr, done.returncode, summary)


def base_environment(path: list[str]) -> dict[str, str]:
    """Returns the variables of this process without those of a CI system, with folders before its path."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "AGENT_", "CB_", "AZURE_"))
    }
    return kept | {"PATH": os.pathsep.join([*path, os.environ["PATH"]])}


def run_script(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a script in a folder."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=600,
        check=False,
    )
