"""Finds what is wrong in the spec or package of an open file: the same findings as `validate` has."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from connector_builder.app.accepted import accepted
from connector_builder.app.config import Settings, read_settings
from connector_builder.app.misuse import Misuse
from connector_builder.app.read import check
from connector_builder.app.rule_names import rule_names
from connector_builder.app.targets import Target, absolute
from connector_builder.app.variables import read_variables
from connector_builder.checks.engine import Certification, Checks
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language import Variables
from connector_builder.report import FORMATS


class Setup(NamedTuple):
    """What the configuration of a folder says. `problem` is why it can't be read; then the defaults count."""

    checks: Checks
    variables: Variables
    problem: str = ""


def setup_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Setup:
    """Returns the setup for the files in a folder: its nearest configuration, and the variables of the environment."""
    try:
        settings = read_settings(absolute(folder), FORMATS)
        variables = read_variables((), settings.vars_file, environment)
        return Setup(_checks(settings), variables)
    except Misuse as error:
        return Setup(Checks(fixes=True), read_variables((), None, environment), error.message)


def _checks(settings: Settings) -> Checks:
    certification = Certification.OWN if settings.certification else Certification.WARNING
    select = rule_names(settings.select or (), file=settings.file)
    ignore = rule_names(settings.ignored, to_ignore=True, file=settings.file)
    return Checks(select, ignore, certification, accepted(settings, None), fixes=True)


def findings(target: Target, setup: Setup) -> list[Diagnostic]:
    """Returns what is wrong in a target, sorted, each with its correction if there is one.

    Files are named as they are relative to the current folder, as in every report.
    """
    return sorted(check(target, setup.variables, setup.checks).diagnostics, key=lambda one: one.sort_key)


def by_file(diagnostics: list[Diagnostic]) -> dict[Path, list[Diagnostic]]:
    """Returns diagnostics by the absolute path of their file."""
    files: dict[Path, list[Diagnostic]] = {}
    for one in diagnostics:
        files.setdefault(absolute(Path(one.location.file)), []).append(one)
    return files
