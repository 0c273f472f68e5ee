"""Expands a template of Azure Pipelines and runs its scripts, as far as our template uses the service."""

import re
from pathlib import Path
from typing import Any

from tests.support.ci_systems.pipelines import Done, base_environment, run_script

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_PREPEND = re.compile(r"^##vso\[task\.prependpath\](.+)$", re.MULTILINE)
_SUMMARY = re.compile(r"^##vso\[task\.uploadsummary\](.+)$", re.MULTILINE)


def expanded(value: Any, parameters: dict[str, Any]) -> Any:
    """Returns a part of a template with the values of its expressions. Raises KeyError for one that isn't known."""
    if isinstance(value, dict):
        return {key: expanded(one, parameters) for key, one in value.items()}
    if isinstance(value, list):
        return [expanded(one, parameters) for one in value]
    return _EXPRESSION.sub(lambda match: _said(match[1], parameters), value) if isinstance(value, str) else value


def _said(expression: str, parameters: dict[str, Any]) -> str:
    if joined := re.fullmatch(r"join\('(.)', parameters\.(\w+)\)", expression):
        return joined[1].join(parameters[joined[2]])
    if lower := re.fullmatch(r"lower\(parameters\.(\w+)\)", expression):
        return str(parameters[lower[1]]).lower()
    return str(parameters[expression.removeprefix("parameters.")])


def run_template(
    template: dict[str, Any], workspace: Path, home: Path, given: dict[str, Any], reason: str
) -> list[Done]:
    """Runs the scripts of a template's steps with parameters, and returns what they did."""
    parameters = {one["name"]: one["default"] for one in template["parameters"]} | given
    path: list[str] = []
    every: list[Done] = []
    for index, step in enumerate(expanded(template["steps"], parameters)):
        name = step.get("displayName", step.get("task"))
        if "bash" not in step or ("PullRequest" in step.get("condition", "") and reason != "PullRequest"):
            every.append(Done(name))
            continue
        script = home / f"step{index}.sh"
        script.write_text(step["bash"], encoding="utf-8", newline="\n")
        environment = base_environment(path) | {"AGENT_TEMPDIRECTORY": str(home), "TF_BUILD": "True"}
        environment |= {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"} | step.get("env", {})
        done = run_script(["bash", "--noprofile", "--norc", str(script)], workspace, environment)
        path = [*_PREPEND.findall(done.stdout), *path]
        summaries = [Path(file).read_text(encoding="utf-8") for file in _SUMMARY.findall(done.stdout)]
        every.append(Done(name, done.stdout + done.stderr, done.returncode, "".join(summaries)))
    return every
