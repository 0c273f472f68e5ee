"""Compiles what concerns solutions: `connector.solution`, and the definitions of environment variables.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/environment-variables, and exported solutions.
"""

from typing import Any

from connector_builder.language.compile.context import Context, Entries
from connector_builder.language.derived import variable_title, variable_type
from connector_builder.language.rules import SECRET_VARIABLE_LOST, TEMPLATE_UNUSED, VALUE_NOT_VALID
from connector_builder.package import Package
from connector_builder.platform.data.plain import as_text
from connector_builder.platform.solutions.environment_variables import (
    EXPRESSION,
    SCHEMA_NAME,
    SECRET,
    variables_in,
)
from connector_builder.platform.solutions.names import OPTIONS, VERSION
from connector_builder.secrets.values import KEY_VAULT
from connector_builder.source.node import Node


def compile_solution(ctx: Context, entries: Entries, package: Package) -> None:
    """Adds what the author says of the solution, and the environment variables that it defines. `entries` are those of `connector`."""
    node = entries.get("solution")
    if node is not None and node.value is not None:
        package.solution = {key: part.value for key, part in node.entries.items() if part.value is not None}
        _check_publisher(ctx, node.entries.get("publisher"))
        version = node.entries.get("version")
        if version is not None and version.value is not None and not VERSION.fullmatch(version.value):
            help_ = "write two to four numbers, such as 1.0.0.1"
            ctx.report(VALUE_NOT_VALID, version, f"'version' can't be '{version.value}'", help=help_)
    variables = ctx.root.entries.get("environmentVariables")
    used = frozenset(variables_in([package.definition, package.properties]))
    for name, part in variables.entries.items() if variables is not None else ():
        if not SCHEMA_NAME.fullmatch(name):
            help_ = "write the publisher's prefix, '_' and a name, such as acme_ParcelHost"
            ctx.report(VALUE_NOT_VALID, part, f"'{name}' can't name an environment variable", help=help_, key=True)
            continue
        package.environment_variables[name] = defined = _variable(ctx, name, part)
        if name not in used and not any(ctx.broken.values()):
            help_ = f"write ${{environment:{name}}} where it is used, or remove it"
            ctx.report(TEMPLATE_UNUSED, part, f"nothing uses the environment variable '{name}'", help=help_, key=True)
        if defined["type"] == SECRET:
            _tell_lost(ctx, name, part, package)


def _variable(ctx: Context, name: str, node: Node) -> dict[str, Any]:
    said = node.entries if node.is_mapping else {"default": node}
    default = said["default"] if "default" in said and said["default"].value is not None else None
    value = None if default is None else default.value
    kind = said["type"].value if "type" in said else variable_type(value)
    defined: dict[str, Any] = {"type": kind}
    defined["title"] = said["title"].value if "title" in said else variable_title(name)
    for key in ("description", "required"):
        if key in said and said[key].value not in (None, False):
            defined[key] = said[key].value
    if default is not None:
        defined["default"] = _text(default)
        _check_secret(ctx, kind, default)
    return defined


def _text(node: Node) -> str:
    """Returns a default as Dataverse keeps it: a text. A boolean is `yes` or `no`."""
    if isinstance(node.value, bool):
        return "yes" if node.value else "no"
    return node.value if isinstance(node.value, str) else node.raw() or as_text(node.value) or ""


def _check_secret(ctx: Context, kind: str, node: Node) -> None:
    if kind == SECRET and not KEY_VAULT.fullmatch(str(node.value)):
        help_ = "write /subscriptions/…/providers/Microsoft.KeyVault/vaults/…/secrets/…, or leave the default out"
        ctx.report_secret(node, "the value of a secret variable is where Azure Key Vault keeps the secret", help_)


def _check_publisher(ctx: Context, node: Node | None) -> None:
    option = node.entries.get("optionPrefix") if node is not None and node.is_mapping else None
    least, most = OPTIONS
    if option is not None and isinstance(option.value, int) and not least <= option.value <= most:
        ctx.report(VALUE_NOT_VALID, option, f"'optionPrefix' can't be {option.value}", help=f"write {least} to {most}")


def _tell_lost(ctx: Context, name: str, node: Node, package: Package) -> None:
    """Warns of a secret variable that is the secret of an OAuth client."""
    waiting: list[Any] = [package.properties]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            secret = part.get("clientSecret")
            match = EXPRESSION.fullmatch(secret) if isinstance(secret, str) else None
            if match is not None and name in match.groups():
                message = f"the secret of '{name}' is lost when a managed solution is imported"
                help_ = "after the import, open the connector's Security tab and save it again"
                ctx.report(SECRET_VARIABLE_LOST, node, message, help=help_, key=True)
                return
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
