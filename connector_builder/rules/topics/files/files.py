"""Rules for the files beside the definition: the icon."""

from collections.abc import Iterator

from connector_builder.findings import Defect, Pointer, Scope, Severity
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.icon.check import icon_problems
from connector_builder.platform.icon.png import measure
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

MAX_SIDE = 4096
"""The most pixels of a side of an icon. Nobody means a larger picture, and a program needs gigabytes to decode it."""


@rule(Severity.ERROR, Scope.LANGUAGE, "icon file", fixed=True)
def icon_not_valid(node: Node, context: Context) -> Defects:
    """The icon isn't one that the platform accepts: a square PNG of 100 to 230 pixels, opaque, under 1 MB.

    People see the icon in lists of connectors and in their flows. Convert the picture, or leave `icon` out of the spec:
    the tool then draws an icon from the title and the brand colour.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission

    ```yaml bad
    connector:
      title: Orders
      description: Reads and writes orders.
      server: https://api.contoso.example/v1
      icon: icon.png
    actions:
      GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
    ```
    ```svg bad file=icon.png
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
    ```
    Finding: 5:9: the icon can't be used: it is SVG, not PNG

    ```yaml good
    connector:
      title: Orders
      description: Reads and writes orders.
      server: https://api.contoso.example/v1
      icon: icon.png
    actions:
      GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
    ```
    ```picture good file=icon.png
    200 x 200
    ```
    """
    yield from _problems(node, context, usable=False)


@rule(Severity.ERROR, Scope.CERTIFICATION, "icon file")
def icon_not_certifiable(node: Node, context: Context) -> Defects:
    """The icon works, but doesn't meet the requirements of certification.

    Certification requires a square PNG of 100 to 230 pixels, under 1 MB, opaque, on the brand colour. Change the icon,
    or leave `icon` out of the spec: the tool then draws an icon that fits from the title and the brand colour.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission

    ```yaml bad
    connector:
      title: Orders
      description: Reads and writes orders.
      server: https://api.contoso.example/v1
      icon: icon.png
    actions:
      GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
    ```
    ```picture bad file=icon.png
    64 x 64
    ```
    Finding: 5:9: the icon has 64 x 64 pixels, but each side must have 100 to 230

    ```yaml good
    connector:
      title: Orders
      description: Reads and writes orders.
      server: https://api.contoso.example/v1
      icon: icon.png
    actions:
      GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
    ```
    ```picture good file=icon.png
    200 x 200
    ```
    """
    yield from _problems(node, context, usable=True)


def _problems(node: Node, context: Context, *, usable: bool) -> Iterator[Defect[Pointer]]:
    """Yields the faults of an author's icon if its usability is `usable`: a usable icon is a PNG of a sensible size."""
    icon = context.package.icon
    if icon is None:
        return
    picture = measure(icon)
    if usable is (not isinstance(picture, str) and max(picture.width, picture.height) <= MAX_SIDE):
        properties = mapping(mapping(context.package.properties).get("properties"))
        for message, cure in icon_problems(icon, text(properties.get("iconBrandColor"))):
            yield node.says(message, help=cure)
