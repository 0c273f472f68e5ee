"""The options that the checking commands share, merged with the configuration. The command line overrides it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from connector_builder.app.shared.config import FAIL_ON, Settings, read_settings
from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli.baselines import baseline_of, baseline_option
from connector_builder.cli.reporting import Reports
from connector_builder.cli.shared import variable_options, verbose_option
from connector_builder.report import FORMATS

if TYPE_CHECKING:
    from connector_builder.app.shared.accepted import Baseline
    from connector_builder.checks.engine import Checks
    from connector_builder.language import Variables

SPECS = Path("specs")
"""The folder of a project's specs."""
OUTPUT = Path("output")
"""The folder of a project's packages."""
_PATH = click.Path(path_type=Path)
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--format", type=click.Choice(tuple(FORMATS)), help="Format of the findings. Default: text."),
    click.option(
        "--output-file", type=_PATH, metavar="FILE", help="Write findings to this file instead of printing them."
    ),
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=FILE",
        help="Write findings in this format to this file too; may be repeated.",
    ),
    click.option(
        "--select", multiple=True, metavar="RULE,...", help="Report only these rules, and those that can't be ignored."
    ),
    click.option("--ignore", multiple=True, metavar="RULE,...", help="Don't report these rules."),
    baseline_option,
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Fail on findings of this severity or higher. Default: error.",
    ),
    click.option(
        "--certification/--no-certification",
        default=None,
        help="Report what certification requires, with its full severity.",
    ),
    variable_options("the specs"),
    click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Maximum number of processes. Default: one per processor.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only."),
    verbose_option("Print more details, including those of internal errors.", expose_value=True),
)


class Common(NamedTuple):
    """The shared options of a run, with defaults filled in."""

    format: str
    output_file: Path | None
    further: tuple[tuple[str, Path], ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: Path | None
    fail_on: str
    certification: bool
    given: tuple[str, ...]
    vars_file: Path | None
    jobs: int | None
    quiet: bool
    verbose: bool
    settings: Settings

    @property
    def reports(self) -> Reports:
        """How to report the run."""
        return Reports(self.format, self.output_file, self.further, self.quiet)

    def known(self) -> "Baseline | None":
        """Returns the baseline of the run. Raises Misuse if it can't be read."""
        return baseline_of(self.baseline, write=False)

    def checks(self, baseline: "Baseline | None" = None, *, building: bool = False, own: bool = False) -> "Checks":
        """Returns which findings count. A build shows those for certification only if they keep their `own` severity.

        Raises Misuse for unknown rules.
        """
        from connector_builder.app.shared.accepted import accepted
        from connector_builder.app.shared.rule_names import rule_names
        from connector_builder.checks.engine import Certification, Checks

        without = Certification.HIDDEN if building else Certification.WARNING
        certification = Certification.OWN if self.certification or own else without
        file = self.settings.file
        select = rule_names(self.select, file=file if self.select is self.settings.select else None)
        ignore = rule_names(self.ignore, to_ignore=True, file=file if self.ignore == self.settings.ignored else None)
        return Checks(select, ignore, certification, accepted(self.settings, baseline))

    def variables(self) -> "Variables":
        """Returns the variables of the run. Raises Misuse for one that can't be read."""
        from connector_builder.app.shared.variables import read_variables

        return read_variables(self.given, self.vars_file, os.environ)


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the shared options to a command, which gets them as its first argument."""

    def with_common(**options: Any) -> Any:
        shared = {name: options.pop(name) for name in (*Common._fields, "reports") if name in options}
        return command(_merged(shared, read_settings(Path.cwd(), FORMATS)), **options)

    with_common.__name__, with_common.__doc__ = command.__name__, command.__doc__
    for option in reversed(_OPTIONS):
        with_common = option(with_common)
    return with_common


def _output_file(path: Path | None) -> Path | None:
    """Returns the file for findings. Raises Misuse for an existing YAML file, because findings are never YAML."""
    if path is not None and path.suffix.lower() in (".yaml", ".yml") and os.path.lexists(path):
        raise Misuse(f"'{path}' would be overwritten", "findings aren't written as YAML: name a file for them")
    return path


def further_reports(given: tuple[str, ...], output_file: Path | None) -> tuple[tuple[str, Path], ...]:
    """Returns the reports of `--report`. Raises Misuse for an unknown format, and for a file that is named twice."""
    reports = []
    taken = {os.path.normcase(os.path.abspath(output_file))} if output_file is not None else set()  # noqa: PTH100
    for text in given:
        kind, equals, name = text.partition("=")
        if not equals or not name or kind not in FORMATS:
            formats = ", ".join(FORMATS)
            raise Misuse(
                f"'--report {text}' isn't FORMAT=FILE", f"write --report sarif=FILE; the formats are {formats}"
            )
        place = os.path.normcase(os.path.abspath(name))  # noqa: PTH100
        if place in taken:
            raise Misuse(f"two reports would be written to '{name}'", "give each a file of its own")
        taken.add(place)
        path = _output_file(Path(name))
        assert path is not None
        reports.append((kind, path))
    return tuple(reports)


def reports_of(format: str, output_file: Path | None, given: tuple[str, ...], *, quiet: bool) -> Reports:
    """Returns how to report a run. Raises Misuse for a report that can't be."""
    file = _output_file(output_file)
    return Reports(format, file, further_reports(given, file), quiet)


def _merged(given: Mapping[str, Any], settings: Settings) -> Common:
    def chosen(name: str, default: Any) -> Any:
        value = given[name] if given[name] is not None else getattr(settings, name)
        return default if value is None else value

    output_file = _output_file(given["output_file"])
    return Common(
        format=chosen("format", "text"),
        output_file=output_file,
        further=further_reports(given["reports"], output_file),
        select=split(given["select"]) or settings.select or (),
        ignore=split(given["ignore"]) or settings.ignored,
        baseline=chosen("baseline", None),
        fail_on=chosen("fail_on", "error"),
        certification=chosen("certification", False),
        given=given["given"],
        vars_file=chosen("vars_file", None),
        jobs=chosen("jobs", None),
        quiet=given["quiet"],
        verbose=given["verbose"],
        settings=settings,
    )


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Splits `--select A,B --select C` into A, B, C."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def checks_here() -> "Checks":
    """Returns the checks that `validate` runs in this folder, so that both count the same findings."""
    from connector_builder.app.shared.accepted import accepted
    from connector_builder.app.shared.config import read_settings
    from connector_builder.app.shared.rule_names import rule_names
    from connector_builder.checks.engine import Certification, Checks

    settings = read_settings(Path.cwd(), FORMATS)
    certification = Certification.OWN if settings.certification else Certification.WARNING
    select, ignore = rule_names(settings.select or ()), rule_names(settings.ignored, to_ignore=True)
    return Checks(select, ignore, certification, accepted(settings, None))
