"""The environments that somebody may see, and finding one by what people write.

Source: https://learn.microsoft.com/en-us/power-platform/admin/list-environments. An application that is registered for management
sees them under `scopes/admin` only.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from connector_builder.live.clouds import Cloud
from connector_builder.live.errors import WronglyAsked
from connector_builder.live.http import Session
from connector_builder.live.messages import Request
from connector_builder.source.suggest import suggest

_PATH = "/providers/Microsoft.BusinessAppPlatform"
_QUERY = "api-version=2023-06-01&$expand=properties/linkedEnvironmentMetadata"
_ID = re.compile(r"(?:default-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DEFAULT = "default-"


class Environment(NamedTuple):
    """An environment.

    `dataverse` is the address of its Dataverse, which is also the audience of tokens for it, and `api` that of its Web API;
    both are empty if it has none.
    """

    id: str
    name: str
    kind: str = ""
    region: str = ""
    is_default: bool = False
    dataverse: str = ""
    api: str = ""


def environments(http: Session, cloud: Cloud, *, as_application: bool = False) -> list[Environment]:
    """Returns the environments, by name. Raises LiveError."""
    found = _listed(http, cloud, "/environments")
    if not found and as_application:
        found = _listed(http, cloud, "/scopes/admin/environments")
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def environment_named(text: str, known: Sequence[Environment]) -> Environment:
    """Returns the environment with an id, a name, or the address of its Dataverse. Raises WronglyAsked."""
    wanted = text.casefold().rstrip("/")
    by_id = [one for one in known if one.id.casefold() == wanted]
    named = [one for one in known if wanted in (one.name.casefold(), one.dataverse.casefold()) and wanted]
    if by_id or len(named) == 1:
        return (by_id or named)[0]
    if named:
        ids = ", ".join(one.id for one in named)
        raise WronglyAsked(f"{len(named)} environments are called '{text}'", f"name one by its id: {ids}")
    if any(one.id.casefold() == f"{_DEFAULT}{wanted}" for one in known):
        help_ = f"the id of a default environment begins with 'Default-': Default-{text}"
        raise WronglyAsked(f"there is no environment '{text}'", help_)
    names = [part for one in known for part in (one.name, one.id)]
    help_ = suggest(text, names) or "connector-builder environments lists those that you may see"
    raise WronglyAsked(f"there is no environment '{text}'", help_)


def is_id(text: str) -> bool:
    """Checks whether a text is the id of an environment: a GUID, with `Default-` before it for the default one."""
    return _ID.fullmatch(text) is not None


def _listed(http: Session, cloud: Cloud, path: str) -> list[Environment]:
    url = f"{cloud.admin.url}{_PATH}{path}?{_QUERY}"
    request = Request("GET", url, cloud.admin.name, cloud.admin.audience)
    return [_environment(entry) for entry in http.pages(request) if isinstance(entry, dict) and entry.get("name")]


def _environment(entry: dict[str, Any]) -> Environment:
    properties = _mapping(entry.get("properties"))
    linked = _mapping(properties.get("linkedEnvironmentMetadata"))
    dataverse = str(linked.get("instanceUrl") or "").rstrip("/")
    return Environment(
        str(entry["name"]),
        str(properties.get("displayName") or entry["name"]),
        str(properties.get("environmentSku") or ""),
        str(properties.get("azureRegion") or entry.get("location") or ""),
        properties.get("isDefault") is True,
        dataverse,
        str(linked.get("instanceApiUrl") or dataverse).rstrip("/"),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
