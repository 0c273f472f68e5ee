"""Rules for settings.json: paconn reads it, and so does this tool."""

from connector_builder.findings import Fix, Rename, Replace, Scope, Severity
from connector_builder.findings.wording import found, quoted
from connector_builder.patterns import regex
from connector_builder.platform.package_files import FILE_KEYS
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, Fault, rule

_ADDRESSES = ("powerAppsUrl", "flowUrl", "authorityUrl", "resource")
_ADDRESS = regex(r"https?://[^/\s]+|[$%{<@]")
_VERSION = regex(r"\d{4}-\d{2}-\d{2}(?:-preview)?|[$%{<@].*")
_NO_ENVIRONMENT = regex(r"[\s/:.]")
_OPEN = regex(r"http://(?!localhost\b|127\.0\.0\.1\b)")
_ABOVE = regex(r"(?:\.\.[\\/])+([^\\/]+)")
"""A file in a folder above."""
_TEXTS = ("connectorId", "environment", "powerAppsApiVersion", "flowApiVersion", *_ADDRESSES)


@rule(Severity.ERROR, Scope.PLATFORM, "settings file", faults=Fault.TYPE)
def settings_not_an_object(node: Node, _: Context) -> Defects:
    """`settings.json` isn't an object.

    paconn fails to read it. Write `{…}` with the keys that you need; all may be left out.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli

    ```json bad settings
    ["Default-2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"]
    ```
    Finding: : settings.json must be an object, not a list

    ```json good settings
    {"environment": "Default-2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"}
    ```
    """
    yield node.says(f"settings.json must be an object, not {found(node.value)}", help='write {"environment": "…"}')


@rule(Severity.WARNING, Scope.PLATFORM, "settings file", keys=FILE_KEYS, fixable=True)
def settings_file_not_found(node: Node, context: Context) -> Defects:
    """`settings.json` names a file that doesn't exist in the folder, or one in a folder above.

    paconn stops, or uploads the connector without the file. This tool reads no file outside of the folder. Correct the
    name, which is relative to the folder.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```json bad file=settings.json
    {"icon": "logo.png"}
    ```
    Finding: settings.json:1:10: there is no file 'logo.png'

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```json bad file=settings.json
    {"apiProperties": "../apiProperties.json"}
    ```
    Finding: settings.json:1:19: '../apiProperties.json' is outside of the folder

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```json good file=settings.json
    {"icon": null}
    ```
    """
    if isinstance(node.value, str | int | float | list | dict) and not isinstance(node.value, str):
        message = f"{quoted(node.key)} must be the name of a file, not {found(node.value)}"
        yield node.says(message, help="write the name of a file, or null")
    elif node.key in context.package.missing:
        help_ = context.suggest(str(node.value), context.package.sizes) or "correct the name, or write null"
        yield node.says(f"there is no file {quoted(node.value)}", help=help_)
    elif node.value is not None and (above := _ABOVE.fullmatch(node.value)) is not None:
        yield node.says(f"{quoted(node.value)} is outside of the folder", help=f"write '{above[1]}'")


@rule(Severity.WARNING, Scope.PLATFORM, "settings file", fixable=True)
def settings_value_not_valid(node: Node, _: Context) -> Defects:
    """An address, a version or an id in settings.json can't be one.

    `powerAppsUrl` and `flowUrl` are whole addresses with `https://`, because paconn sends a token there.
    `powerAppsApiVersion` is a date such as `2016-11-01`. `connectorId` and `environment` are texts. `environment` is the id
    of an environment, not its name: the environment's address in the portal contains it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli

    ```json bad settings
    {"environment": "Contoso (default)", "powerAppsUrl": "https://api.powerapps.com"}
    ```
    Finding: /environment: 'Contoso (default)' can't be the id of an environment

    ```json bad settings
    {"powerAppsUrl": "http://api.powerapps.com"}
    ```
    Finding: /powerAppsUrl: 'http://api.powerapps.com' is an address without encryption

    ```json good settings
    {"environment": "Default-2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42", "powerAppsUrl": "https://api.powerapps.com"}
    ```
    """
    for key in _TEXTS:
        value = node.value.get(key)
        if isinstance(value, str):
            yield from _value(node, key, value.strip())  # another rule finds white space around it
        elif value is not None:
            yield node.says(f"{quoted(key)} must be a text, not {found(value)}", key, help="write it in quotes")


def _value(node: Node, key: str, value: str) -> Defects:
    if not value:
        return
    if key == "environment" and _NO_ENVIRONMENT.search(value) and value[0] not in "${<[":
        help_ = "write its id, such as 'Default-…', which its address in the portal contains"
        yield node.says(f"{quoted(value)} can't be the id of an environment", key, help=help_)
    elif key in _ADDRESSES and not _ADDRESS.match(value):
        yield node.says(f"{quoted(value)} isn't a whole address", key, help="begin it with https://")
    elif key in _ADDRESSES and _OPEN.match(value):
        fix = Fix("write https://", (Replace((*node.pointer, key), f"https{value[4:]}"),))
        yield node.says(f"{quoted(value)} is an address without encryption", key, help="write https://", fix=fix)
    elif key.endswith("Version") and not _VERSION.fullmatch(value):
        yield node.says(f"{quoted(value)} isn't a version", key, help="write '2016-11-01'")


@rule(Severity.WARNING, Scope.PRACTICE, "settings file", fixable=True)
def settings_key_not_known(node: Node, context: Context) -> Defects:
    """A key of settings.json is a slip of the pen for one that paconn reads.

    paconn ignores it, and asks for the value or does without it. Correct the key.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/paconn-cli

    ```json bad settings
    {"enviroment": "Default-2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"}
    ```
    Finding: /enviroment: paconn doesn't know 'enviroment'

    ```json good settings
    {"environment": "Default-2f6f35c8-2b1c-4b6e-9c3a-6a9f5d1b7e42"}
    ```
    """
    known = node.shape.keys
    for key in node.value:
        if key in known:
            continue
        said = context.suggest(key, [one for one in known if one not in node.value])
        if said is not None:
            near = said.split("'")[1]
            fix = Fix(f"write '{near}'", (Rename((*node.pointer, key), near),))
            yield node.says(f"paconn doesn't know {quoted(key)}", key, help=said, fix=fix)
