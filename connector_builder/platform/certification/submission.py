"""What a package for certification contains, and what its intro.md says.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission, and the script that checks such a package,
https://github.com/microsoft/PowerPlatformConnectors/blob/dev/scripts/ConnectorPackageValidator.ps1
"""

import re
from collections.abc import Iterator

INTRO, PACKAGE, ASSETS = "intro.md", "package.zip", "PkgAssets"
CONNECTOR_SOLUTION, FLOW_SOLUTION = "ConnectorSolution.zip", "FlowSolution.zip"
CREDENTIALS = "How to get credentials"
HEADINGS = (
    "Prerequisites",
    CREDENTIALS,
    "Get started with your connector",
    "Known issues and limitations",
    "Common errors and remedies",
    "FAQ",
)
"""The headings of intro.md, in order. The second is only for connectors with authentication."""
MOST_SENTENCES = 8
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?](?=\s|$)")


def lacking(intro: str, *, credentials: bool) -> Iterator[str]:
    """Yields what an intro.md lacks: headings, and a first paragraph of at most eight sentences. `credentials` says that people sign in."""
    found = {heading.casefold() for heading in _HEADING.findall(intro)}
    for heading in HEADINGS:
        if heading.casefold() not in found and (credentials or heading != CREDENTIALS):
            yield f"there is no heading '{heading}'"
    paragraph = next(
        (part for part in re.split(r"\n\s*\n", intro) if part.strip() and not part.lstrip().startswith("#")), ""
    )
    if not paragraph:
        yield "there is no paragraph before the headings"
    elif len(_SENTENCE.findall(paragraph)) > MOST_SENTENCES:
        yield f"the first paragraph has more than {MOST_SENTENCES} sentences"
