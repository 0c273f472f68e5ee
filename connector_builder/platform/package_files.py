"""The table of the other files of a package: settings.json, and all files by name and size.

Source: paconn 0.0.21, which reads and writes the keys of settings.json.
"""

from connector_builder.platform.data.shapes import Table

FILE_KEYS = ("apiDefinition", "apiProperties", "icon", "script")
"""The keys of settings.json that name files."""
FURTHER_KEYS = ("flowUrl", "flowApiVersion", "clientId", "tenant", "authorityUrl", "resource")
"""Keys that paconn reads, but doesn't write."""


TABLE: Table = {
    "any settings": lambda _: "settings file",
    "settings file": {
        "connectorId": "anything",
        "environment": "anything",
        "apiProperties": "anything",
        "apiDefinition": "anything",
        "icon": "anything",
        "script": "anything",
        "powerAppsUrl": "anything",
        "powerAppsApiVersion": "anything",
        **dict.fromkeys(FURTHER_KEYS, "anything"),
        "*": "anything",
    },
    "package": {
        "apiDefinition.swagger.json": "definition's file",
        "apiProperties.json": "properties' file",
        "settings.json": "settings' file",
        "icon.png": "icon file",
        "script.csx": "script file",
        "README.md": "readme file",
        "*": "other file",
    },
    **{
        kind: {"size": "whole number"}
        for kind in (
            "definition's file", "properties' file", "settings' file", "icon file", "script file", "readme file", "other file",
        )
    },
}  # fmt: skip
"""`package` is the root of `Package.files`. A file has its `size` in bytes, if known."""
