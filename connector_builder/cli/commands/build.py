"""`connector-builder build`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector_builder.app.shared.config import BUILD_TARGETS
from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.options import OUTPUT, SPECS, Common, common_options
from connector_builder.cli.program import DONE, FOUND

if TYPE_CHECKING:
    from connector_builder.app.build import Options
    from connector_builder.app.shared.accepted import Baseline

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC...]", type=_PATH)
@click.option(
    "-o", "--output", type=_PATH, metavar="FOLDER", help="Write the packages to this folder. Default: output."
)
@click.option(
    "--target",
    type=click.Choice(BUILD_TARGETS),
    help="Build for paconn and the portal (upload) or for a submission (certification). Default: upload.",
)
@click.option("--minify/--no-minify", default=None, help="Write compact JSON, for a connector near the size limit.")
@click.option(
    "--check", is_flag=True, help="Show what a build would change, and write nothing. Fail if something would change."
)
@click.option("--force", is_flag=True, help="Overwrite files that no build wrote.")
@common_options
def build(common: Common, specs: tuple[Path, ...], check: bool, force: bool, **chosen: Any) -> int:
    """Build specs into packages.

    SPEC is a YAML file, a folder that contains a connector.yaml, or a folder of several specs. Without SPEC, the command builds all
    specs in the folder specs. Each spec becomes a package in a folder of its own, OUTPUT/NAME/. If a finding has the severity of
    --fail-on or a higher one, the command writes nothing, and the exit status is 1.

    \b
    connector-builder build specs/my-connector
    connector-builder build --check
    """
    from connector_builder.app.build import build as run_build
    from connector_builder.app.shared.accepted import unused
    from connector_builder.app.shared.targets import find_specs, holds
    from connector_builder.cli.build_report import build_lines, changes, differences
    from connector_builder.cli.reporting import outcomes, run_of, show

    all_specs = not specs or holds(specs, SPECS)
    baseline = common.known()
    options = _options(common, baseline, **chosen)._replace(all_specs=all_specs)
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
    idle = unused(options.checks, baseline, result.mets, common.settings.file, whole=all_specs)
    diagnostics = sorted([*checked.diagnostics, *idle], key=lambda diagnostic: diagnostic.sort_key)
    # After what would change, "no problems" as the last line would say the opposite.
    brief = common.quiet or (bool(result.differences) and not diagnostics)
    run = run_of(
        diagnostics,
        checked.files,
        outcomes(targets),
        said=said,
        further=further,
        brief=brief,
        fail_on=common.fail_on,
        changes=changes(result, options.output),
    )
    try:
        show(run, common.reports)
    except KeyboardInterrupt:
        if not check and not result.failed:
            console.say("interrupted after everything was written")
        raise
    return FOUND if result.failed or result.left_out or result.differences else DONE


def _options(
    common: Common, baseline: "Baseline | None", output: Path | None, target: str | None, minify: bool | None
) -> "Options":
    """Returns the build's options: from the command line, else from the configuration, else the defaults."""
    from connector_builder.app.build import Options

    settings = common.settings
    audience = target or settings.target or BUILD_TARGETS[0]
    return Options(
        output or settings.output or OUTPUT,
        common.variables(),
        common.checks(baseline, building=True, own=audience == "certification"),
        common.fail_on,
        "certification" if audience == "certification" else "upload",
        bool(settings.minify if minify is None else minify),
    )
