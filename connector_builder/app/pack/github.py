"""The folder of a connector in Microsoft's repository, for a certified or an independent publisher.

Sources: https://github.com/microsoft/PowerPlatformConnectors (CONTRIBUTING and templates),
https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission-ip
"""

import json
import re
from dataclasses import replace

from connector_builder.app.pack.built import BuiltConnector
from connector_builder.app.pack.places import FolderFiles
from connector_builder.package import DEFINITION, ICON, PROPERTIES, SCRIPT, properties_bytes
from connector_builder.platform.api_properties import INDEPENDENT_COLOR
from connector_builder.platform.data.plain import text
from connector_builder.render.readme import readme

README = "readme.md"
GITHUB_FILES = FolderFiles(
    re.compile("|".join(map(re.escape, (DEFINITION, PROPERTIES, README, ICON, SCRIPT)))),
    re.compile(r"settings\.json|intro\.md|package\.zip"),
    "the folder of a connector in the repository",
)


def github_files(built: BuiltConnector, *, independent: bool) -> tuple[dict[str, bytes], list[str]]:
    """Returns the files of the folder by name, and notes for people.

    Independent publishers have no icon of their own, and one colour for all.
    """
    contents, package, notes = built.contents, built.package, []
    properties = json.loads(contents[PROPERTIES])
    inner = properties["properties"]
    if independent:
        if text(inner.get("iconBrandColor")).lower() != INDEPENDENT_COLOR:
            inner["iconBrandColor"] = INDEPENDENT_COLOR
            notes.append(f"the colour is {INDEPENDENT_COLOR}, as of every independent publisher")
        if package.icon is not None:
            notes.append("the icon is left out: independent publishers share one")
        package = replace(package, icon=None, draws_icon=False)
    elif package.draws_icon:
        notes.append("the icon is drawn from the title: a submission needs the logo of the service, at connector.icon")
    missing = [key for key in ("publisher", "stackOwner") if not text(inner.get(key))]
    notes += [f"connector.{key} is missing, and the repository requires it" for key in missing]
    files = {
        DEFINITION: contents[DEFINITION],
        PROPERTIES: properties_bytes(properties, minify=False),
        README: readme(replace(package, properties=properties)),
    }
    if ICON in contents and not independent:
        files[ICON] = contents[ICON]
    if SCRIPT in contents:
        files[SCRIPT] = contents[SCRIPT]
    return files, notes
