"""Rules for the files that lie beside the definition: the icon."""

from collections.abc import Iterator

from connector_builder.findings import Defect, Pointer, Scope, Severity
from connector_builder.platform.icon.check import icon_problems
from connector_builder.platform.icon.png import measure
from connector_builder.platform.plain import mapping, text
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

MAX_SIDE = 4096
"""Pixels of a side above which nobody means an icon: whoever decodes such a picture needs gigabytes."""


@rule(Severity.ERROR, Scope.LANGUAGE, "icon file", fixed=True)
def icon_not_valid(node: Node, context: Context) -> Defects:
    """The icon isn't a picture that the platform takes: a square PNG of 100 to 230 pixels, opaque, under 1 MB."""
    yield from _problems(node, context, usable=False)


@rule(Severity.ERROR, Scope.CERTIFICATION, "icon file")
def icon_not_certifiable(node: Node, context: Context) -> Defects:
    """The icon works, but doesn't fit what certification asks for.

    It is a square PNG of 100 to 230 pixels, under 1 MB, opaque, on the brand colour. Without `icon` in the spec one that fits is
    drawn from the title and the brand colour.
    """
    yield from _problems(node, context, usable=True)


def _problems(node: Node, context: Context, *, usable: bool) -> Iterator[Defect[Pointer]]:
    """What is wrong with an author's icon, if it is as `usable` as that: a PNG of a sensible size."""
    icon = context.package.icon
    if icon is None:
        return
    picture = measure(icon)
    if usable is (not isinstance(picture, str) and max(picture.width, picture.height) <= MAX_SIDE):
        properties = mapping(mapping(context.package.properties).get("properties"))
        for message, cure in icon_problems(icon, text(properties.get("iconBrandColor"))):
            yield node.says(message, help=cure)
