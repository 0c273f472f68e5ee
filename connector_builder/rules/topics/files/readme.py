"""Rules for the README and the icon of a submission for certification."""

import re

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.package.model import README
from connector_builder.patterns import regex
from connector_builder.platform.api_properties import BRAND_COLOR, NOT_BRANDS
from connector_builder.platform.data.plain import text
from connector_builder.platform.icon.background import corner
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.sign_in import brand_color, is_independent, properties

HEADINGS = ("Publisher", "Prerequisites", "Supported Operations", "Known Issues and Limitations")
"""The headings of Microsoft's templates that every README has.

Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/templates
"""
_HEADING = regex(r"^[ ]{0,3}#{1,6}[ \t]*\**([^\n#*]{1,200})|^([^\n]{1,200})\n[=-]{3,}[ \t]*$", re.MULTILINE)
_NEAR = 12
"""The largest difference of one part of a colour that nobody sees."""


@rule(Severity.WARNING, Scope.PRACTICE, "readme file")
def readme_empty(node: Node, context: Context) -> Defects:
    r"""The README is empty.

    It is what people read before they use the connector. Say what they need, which operations there are, and what doesn't
    work. `build` writes one.

    Published: 0 of 332 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```escaped bad file=README.md
    \n
    ```
    Finding: README.md:1:1: the README is empty

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```markdown good file=README.md
    # Orders

    ### Publisher: Contoso

    ### Prerequisites

    An account.

    ### Supported Operations

    #### List orders

    ### Known Issues and Limitations

    None.
    ```
    """
    content = context.package.readme
    if content is not None and not content.strip(b" \t\r\n\xef\xbb\xbf"):
        yield node.says("the README is empty", help=f"write the headings {listed(HEADINGS, 'and')}")


@rule(Severity.NOTE, Scope.CERTIFICATION, "readme file", only_certification=True)
def readme_heading_missing(node: Node, context: Context) -> Defects:
    """The README lacks a heading of Microsoft's templates.

    Reviewers compare the README of a submission with the template. Add the heading, with what it asks for.

    Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/templates
    Published: 271 of 688 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```markdown bad file=README.md
    # Orders

    ### Publisher: Contoso

    ### Supported Operations

    #### List orders

    ### Known Issues and Limitations

    None.
    ```
    Finding: README.md:1:1: the README lacks the heading 'Prerequisites'

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```markdown good file=README.md
    # Orders

    ### Publisher: Contoso

    ### Prerequisites

    An account.

    ### Supported Operations

    #### List orders

    ### Known Issues and Limitations

    None.
    ```
    """
    content = context.package.readme
    if content is None or not content.strip():
        return
    headings = [(one[0] or one[1]).strip().lower() for one in _HEADING.findall(content.decode("utf-8-sig", "replace"))]
    # Whose publisher isn't known hardly has a heading for it, and another rule asks for the publisher.
    asked = HEADINGS if text(properties(context).get("publisher")) else HEADINGS[1:]
    missing = [heading for heading in asked if not any(one.startswith(_start(heading)) for one in headings)]
    if missing:
        word = "heading" if len(missing) == 1 else "headings"
        help_ = f"add '## {missing[0]}{': …' if missing[0] == 'Publisher' else ''}'"
        yield node.says(f"the README lacks the {word} {listed(missing, 'and')}", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "package", only_certification=True, only_packages=True)
def readme_missing(node: Node, context: Context) -> Defects:
    """The package has no README.

    A submission for certification requires one. `build` writes it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-policy-errors
    Published: 3 of 335 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    Finding: orders:1:1: there is no README.md

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```markdown good file=README.md
    # Orders

    ### Publisher: Contoso

    ### Prerequisites

    An account.

    ### Supported Operations

    #### List orders

    ### Known Issues and Limitations

    None.
    ```
    """
    if context.package.complete and README not in node.value:
        yield node.says("there is no README.md", help=f"add one with the headings {listed(HEADINGS, 'and')}")


@rule(Severity.WARNING, Scope.CERTIFICATION, "icon file", only_certification=True)
def icon_background_not_brand_color(node: Node, context: Context) -> Defects:
    """The background of the icon isn't the brand colour.

    The platform draws the icon on the brand colour, and a border of another colour shows. Write the colour of the icon's
    background as `iconBrandColor`, or change the icon.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#1f6f43"}}
    ```
    ```picture bad file=icon.png
    200 x 200
    ```
    Finding: icon.png:1:1: the icon's background is '#ffffff', not the brand colour

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#fefefe"}}
    ```
    ```picture good file=icon.png
    200 x 200
    ```
    """
    color = brand_color(context)
    found = None if context.package.icon is None else corner(context.package.icon)
    if found is None or not BRAND_COLOR.fullmatch(color) or color in NOT_BRANDS:
        return
    wanted = tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))
    if any(abs(here - there) > _NEAR for here, there in zip(found, wanted, strict=True)):
        shown = "#" + "".join(f"{part:02x}" for part in found)
        other = "" if shown in NOT_BRANDS else f", or write '{shown}' as the brand colour"
        help_ = f"draw the icon on {quoted(color)}{other}"
        yield node.says(f"the icon's background is '{shown}', not the brand colour", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "icon file", only_certification=True)
def independent_publisher_has_icon(node: Node, context: Context) -> Defects:
    """A connector of an independent publisher has an icon of its own.

    All connectors of independent publishers share one icon. Remove the file before you submit the connector.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission-ip
    Published: 0 of 119 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#da3b01"}}
    ```
    ```picture bad file=icon.png
    200 x 200
    ```
    Finding: icon.png:1:1: an independent publisher's connector has no icon of its own

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#fefefe"}}
    ```
    ```picture good file=icon.png
    200 x 200
    ```
    """
    if context.package.icon is not None and is_independent(context):
        yield node.says("an independent publisher's connector has no icon of its own", help="remove the file")


def _start(heading: str) -> str:
    return "known issues" if heading.startswith("Known") else heading.lower()
