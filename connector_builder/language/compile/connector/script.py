"""Compiles custom code: one C# file, and the operations that it runs for.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
"""

from collections.abc import Collection
from typing import Any

from connector_builder.findings import Finding, Text
from connector_builder.language.compile.context import Context
from connector_builder.language.rules import NAME_NOT_FOUND, SCRIPT_NOT_VALID
from connector_builder.package import SCRIPT, Package
from connector_builder.package.read import MAX_SCRIPT
from connector_builder.platform.custom_code.csharp import read_csharp
from connector_builder.platform.custom_code.script import has_class
from connector_builder.source.node import Node


def compile_script(ctx: Context, package: Package, operations: Collection[str]) -> None:
    """Adds the script to the package, and the operations that it runs for to apiProperties."""
    node = ctx.root.entries.get("script")
    if node is None or node.value is None:
        return
    named = node if isinstance(node.value, str) else node.entries["file"]
    content = _read(ctx, named, package)
    if content is None:
        return
    package.script, package.script_place = content, named.place
    properties: dict[str, Any] = package.properties["properties"]
    listed = node.entries.get("operations")
    if listed is None:
        ctx.put(properties, "scriptOperations", [], named)
    elif listed.value is not None:
        ctx.put(properties, "scriptOperations", listed.value, listed, at_key=True)
        for item in listed.items:
            if item.value not in operations and not ctx.is_left_out(item.value):
                help_ = ctx.suggestions.of(item.value, operations) or "name an operation of this connector"
                ctx.report(NAME_NOT_FOUND, item, f"there is no operation '{item.value}'", help=help_)


def _read(ctx: Context, node: Node, package: Package) -> bytes | None:
    content = ctx.read_bytes(node, MAX_SCRIPT)
    if isinstance(content, Finding):
        ctx.findings.append(content)
        return None
    try:
        code = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        ctx.report(SCRIPT_NOT_VALID, node, f"'{node.value}' isn't text in UTF-8", help="save it as UTF-8")
        return None
    package.contents[SCRIPT] = Text(node.text.path.parent / node.value, code)
    if not has_class(read_csharp(code)):
        help_ = "the platform calls ExecuteAsync of a class 'Script : ScriptBase'"
        ctx.report(SCRIPT_NOT_VALID, node, f"'{node.value}' has no class 'Script : ScriptBase'", help=help_)
    return content
