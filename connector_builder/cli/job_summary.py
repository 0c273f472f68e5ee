"""Writes the report of a run to the summary page of a job, in CI systems that have one."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from connector_builder.cli import console
from connector_builder.report import FORMATS, Run
from connector_builder.report.escape import azure_data

MOST = 1 << 20
"""The bytes of a step's summary that GitHub shows; it shows nothing of a longer one.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits"""


def write_job_summary(run: Run, format: str, environment: Mapping[str, str], taken: set[Path]) -> None:
    """Adds the Markdown report of a run to the job's summary, if `format` is of a CI system whose variables name a place for it.

    GitHub names the file of a step's summary; for Azure Pipelines, the report is a new file in the agent's temporary folder, and a logging
    command attaches it. Nothing is added if a report of the run was written to the file already (`taken`), or the file has no room.
    A summary that can't be written is a line on standard error: the findings are in the log anyway.
    """
    try:
        if format == "github" and (named := environment.get("GITHUB_STEP_SUMMARY")):
            _append(Path(named), run, taken)
        elif format == "azure" and (folder := environment.get("AGENT_TEMPDIRECTORY")):
            _attach(Path(folder), run)
    except OSError as error:
        console.say(f"the job's summary can't be written: {error.strerror}")


def _append(path: Path, run: Run, taken: set[Path]) -> None:
    if path.resolve() in taken:
        return
    content = f"{FORMATS['markdown'](run)}\n".encode("utf-8", "backslashreplace")
    with path.open("ab") as file:
        if file.tell() + len(content) <= MOST:
            file.write(content)
        else:
            console.say("the job's summary is full, so the report isn't in it")


def _attach(folder: Path, run: Run) -> None:
    path = folder / f"connector-builder-{uuid.uuid4().hex}.md"
    path.write_bytes(FORMATS["markdown"](run).encode("utf-8", "backslashreplace"))
    console.out(f"##vso[task.uploadsummary]{azure_data(str(path))}\n")
