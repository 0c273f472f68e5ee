"""The package for certification: intro.md, and the solutions of the connector and of a flow with it. It is checked before it is written."""

from pathlib import Path

from connector_builder.app.pack.built import BuiltConnector
from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding, Place, Text
from connector_builder.platform.certification.submission import (
    ASSETS,
    CONNECTOR_SOLUTION,
    FLOW_SOLUTION,
    INTRO,
    PACKAGE,
)
from connector_builder.render.readme import intro
from connector_builder.render.solution.archive import zip_bytes
from connector_builder.render.solution.files import solution_zip
from connector_builder.render.solution.model import Solution
from connector_builder.source.files import read_bytes
from connector_builder.sources.solution.archive import MAX_ARCHIVE, Refused, zip_archive
from connector_builder.sources.solution.submission import check_submission


def submission(
    built: BuiltConnector, solution: Solution, flows: Path, output: Path
) -> tuple[dict[str, bytes], list[Finding]]:
    """Returns the entries of the zip to submit, and what is wrong with it. `flows` is the solution with the flow.

    Raises Misuse if that isn't a zip that can be read.
    """
    content = read_bytes(flows, MAX_ARCHIVE)
    if isinstance(content, Finding):
        raise Misuse(f"'{flows}': {content.message}", content.help)
    inside = f"{ASSETS}/{FLOW_SOLUTION}"
    package = zip_bytes({f"{ASSETS}/{CONNECTOR_SOLUTION}": zip_bytes(solution_zip(solution)), inside: content})
    contents = {INTRO: intro(built.package), PACKAGE: package}
    try:
        found = list(check_submission(zip_archive(output, zip_bytes(contents))))
    except Refused as error:
        raise Misuse(f"'{flows}': {error.message}", error.help) from error
    return contents, [_placed(finding, output / PACKAGE / inside, flows) for finding in found]


def _placed(finding: Finding, inside: Path, flows: Path) -> Finding:
    """Returns a finding about the flow's solution at the file that the user named."""
    place = finding.place
    if not place.text.path.is_relative_to(inside):
        return finding
    path = flows / place.text.path.relative_to(inside)
    return finding.placed(Place(Text(path, place.text.content), place.start, place.end))
