"""What is wrong with an author's icon."""

from collections.abc import Iterator

from connector_builder.checks.rules import ICON_NOT_CERTIFIABLE
from connector_builder.findings import Finding
from connector_builder.language.rules import ICON_NOT_VALID
from connector_builder.package import Package
from connector_builder.platform.plain import text
from connector_builder.render.access import inner_properties
from connector_builder.render.icon.check import icon_problems
from connector_builder.render.icon.png import measure

MAX_SIDE = 4096
"""Pixels of a side above which nobody means an icon: whoever decodes such a picture needs gigabytes."""


def check_icon(package: Package) -> Iterator[Finding]:
    """One that isn't a PNG nobody can use; of others only certification minds the measures."""
    if package.icon is None or package.icon_place is None:
        return
    picture = measure(package.icon)
    usable = not isinstance(picture, str) and max(picture.width, picture.height) <= MAX_SIDE
    rule = ICON_NOT_CERTIFIABLE if usable else ICON_NOT_VALID
    for message, cure in icon_problems(package.icon, text(inner_properties(package).get("iconBrandColor"))):
        yield rule.at(package.icon_place, message, help=cure)
