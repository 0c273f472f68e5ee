"""`connector-builder build`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.app.config import BUILD_TARGETS
from connector_builder.app.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.options import Common, common_options
from connector_builder.cli.program import DONE, FOUND

if TYPE_CHECKING:
    from connector_builder.app.build import Options

SPECS = Path("specs")
OUTPUT = Path("output")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC...]", type=_PATH)
@click.option("-o", "--output", type=_PATH, metavar="FOLDER", help="Where packages go; output, by default.")
@click.option(
    "--target",
    type=click.Choice(BUILD_TARGETS),
    help="upload, by default, is what paconn and the portal take; certification is for a submission.",
)
@click.option("--minify/--no-minify", default=None, help="Write compact JSON, for connectors near the limit of size.")
@click.option("--check", is_flag=True, help="Write nothing; show what would change, and fail if anything would.")
@click.option("--force", is_flag=True, help="Replace files in the way that no build wrote.")
@common_options
def build(common: Common, specs: tuple[Path, ...], check: bool, force: bool, **chosen: Any) -> int:
    """Build specs into packages.

    Each becomes one folder, OUTPUT/NAME/. SPEC is a YAML file, a folder with connector.yaml, or a folder of many; without one, all of specs/ is built. Where
    anything is found at or above --fail-on, nothing is written and the exit status is 1.

    \b
    connector-builder build specs/my-connector
    connector-builder build --check
    """
    from connector_builder.app.build import build as run_build
    from connector_builder.app.targets import find_specs
    from connector_builder.cli.build_report import build_lines, differences
    from connector_builder.cli.reporting import outcomes, run_of, show

    options = _options(common, **chosen)
    if not specs and not SPECS.is_dir():
        cure = f"name a spec, or start one: connector-builder init {SPECS}/my-connector"
        raise Misuse(f"there is no folder '{SPECS}' here", cure)
    targets = find_specs(specs or (SPECS,))
    with console.progress("building", len(targets), quiet=common.quiet) as progress:
        result = run_build(
            targets, options, whole=not specs, force=force, check=check, jobs=common.jobs, step=progress.step
        )
    said = build_lines(result, options.output, check=check, quiet=common.quiet, verbose=common.verbose)
    further = {"differences": differences(result, options.output)} if check else {}
    checked = result.checked
    # After what would change, "no problems" as the last line would say the opposite.
    brief = common.quiet or (bool(result.differences) and not checked.diagnostics)
    run = run_of(checked.diagnostics, checked.files, outcomes(targets), said=said, further=further, brief=brief)
    try:
        show(run, common.format, common.output_file, quiet=common.quiet)
    except KeyboardInterrupt:
        if not check and not result.failed:
            console.say("interrupted after everything was written")
        raise
    return FOUND if result.failed or result.differences else DONE


def _options(common: Common, output: Path | None, target: str | None, minify: bool | None) -> "Options":
    """The command line over the configuration over what is usual."""
    from connector_builder.app.build import Options

    settings = common.settings
    audience = target or settings.target or BUILD_TARGETS[0]
    return Options(
        output or settings.output or OUTPUT,
        common.variables(),
        common.checks(building=True, own=audience == "certification"),
        common.fail_on,
        "certification" if audience == "certification" else "upload",
        bool(settings.minify if minify is None else minify),
    )
