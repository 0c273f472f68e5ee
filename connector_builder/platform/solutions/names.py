"""Connectors in a solution of Power Platform: names, ids and versions, each derived in one place.

A connector keeps its name and its id in all environments, so that an update finds it; both are derived from the prefix of
the publisher and the title, and can be given instead.

Sources: https://learn.microsoft.com/en-us/power-platform/alm/solution-concepts-alm,
https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector, and exported solutions.
"""

import copy
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from connector_builder.platform.api_properties import GLOBAL_REDIRECT
from connector_builder.platform.data.plain import items, mapping, text

CONNECTOR, VARIABLE = 372, 380
"""The types of a connector and of an environment variable as components of a solution."""
NEW = "new"
"""The prefix of rows whose publisher isn't known: pac's, and that of an organisation's default publisher."""
PREFIX = re.compile(r"(?!mscrm)[a-z][a-z0-9]{1,7}")
UNIQUE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,64}")
GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){1,3}")
"""A version of a solution: two to four numbers, written as four."""
OPTIONS = (10_000, 99_999)
"""The least and the greatest prefix of the values of a publisher's choices."""

_NAMESPACE = uuid.UUID("5d0f6c58-4c6f-5a3e-9d6a-3a1f0c1c9b77")
"""The namespace of the ids of rows, so that a connector has the same id however often, and wherever, it is made."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
GLOBAL_MODE = "Global"
_FEDERATED = "FederatedIdentityCredentials"
_NUMBERS = re.compile(r"\d{1,9}")
_MAX_UNIQUE = 60


def row_name(prefix: str, title: str) -> str:
    """Returns the name of a row: `acme_parcel-20tracker` for the prefix `acme` and the title `Parcel Tracker`."""
    plain = (chr(byte) if chr(byte) in _PLAIN else f"-{byte:02x}" for byte in title.lower().encode())
    return f"{prefix}_{''.join(plain)}"


def row_id(name: str) -> str:
    """Returns the id of the row with a name: always the same, so that a row that was made and not answered is found again."""
    return str(uuid.uuid5(_NAMESPACE, name))


def version_of(version: str) -> str:
    """Returns a version as a solution has it: `1.2` is `1.2.0.0`; `1.0.0.0` where it doesn't begin with a number."""
    numbers = [match[0] for part in version.split(".")[:4] if (match := _NUMBERS.match(part))]
    numbers = [str(int(number)) for number in numbers] or ["1"]
    return ".".join([*numbers, "0", "0", "0"][:4])


def prefix_of(publisher: str) -> str:
    """Returns the prefix of a publisher: the first eight letters and digits of its name; `new` if it has too few."""
    letters = "".join(one for one in publisher.lower() if one in _PLAIN).lstrip("0123456789")[:8]
    return letters if PREFIX.fullmatch(letters) else NEW


class Publisher(NamedTuple):
    """A publisher: its unique name, the name that people see, and the prefixes of names and of choices."""

    name: str
    title: str
    prefix: str
    option_prefix: int


class Identity(NamedTuple):
    """The names of a solution, and the name and id of a connector in it."""

    name: str
    title: str
    description: str
    version: str
    publisher: Publisher
    row: str
    id: str


def identity(given: Mapping[str, Any], title: str, version: str, publisher: str) -> Identity:
    """Returns the names of a connector in a solution: those of `connector.solution`, and derived ones for the rest.

    `title`, `version` and `publisher` are those of the connector, each empty if it has none.
    """
    published = _publisher(given, publisher)
    row = text(given.get("connectorName")) or row_name(published.prefix, title)
    unique = text(given.get("name")) or unique_name(title, published.prefix)
    return Identity(
        unique,
        text(given.get("title")) or title or unique,
        text(given.get("description")),
        version_of(text(given.get("version")) or version),
        published,
        row,
        text(given.get("connectorId")).lower() or row_id(row),
    )


def _publisher(given: Mapping[str, Any], connectors: str) -> Publisher:
    said = given.get("publisher")
    own = {"title": said} if isinstance(said, str) else mapping(said)
    title = text(own.get("title")) or text(own.get("name")) or connectors
    prefix = text(given.get("prefix")) or prefix_of(text(own.get("name")) or title)
    name = text(own.get("name")) or (unique_name(title, prefix).lower() if title else prefix)
    option = own.get("optionPrefix")
    return Publisher(name, title or name, prefix, option if isinstance(option, int) else _option_prefix(name))


def unique_name(title: str, prefix: str) -> str:
    """Returns the unique name for a title: `ParcelTracker` for `Parcel tracker`. A title without letters gets a number."""
    words = re.findall(r"[A-Za-z0-9]+", title)
    name = "".join(word[0].upper() + word[1:] for word in words)[:_MAX_UNIQUE]
    if not name:
        name = uuid.uuid5(_NAMESPACE, title).hex[:8]
    return name if UNIQUE_NAME.fullmatch(name) else f"{prefix}_{name}"


def _option_prefix(name: str) -> int:
    least, most = OPTIONS
    return least + uuid.uuid5(_NAMESPACE, name).int % (most - least + 1)


def without_environment(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Returns apiProperties without what belongs to one environment: redirect URLs, and the subjects of federated sign-ins.

    `properties` are those inside `properties`. The platform fills both in when a connector is saved or imported.
    """
    out: dict[str, Any] = copy.deepcopy(dict(properties))
    for settings in _oauth_settings(out):
        settings.pop("redirectUrl", None)
        federated = mapping(settings.get("properties")).get(_FEDERATED)
        if isinstance(federated, dict) and "Subject" in federated:
            federated["Subject"] = ""
    return out


def belonging(properties: Mapping[str, Any]) -> list[str]:
    """Returns what `without_environment` leaves out that isn't the same everywhere, as its keys: `redirectUrl`, `Subject`."""
    found = []
    for settings in _oauth_settings(properties):
        if settings.get("redirectUrl") not in (None, GLOBAL_REDIRECT):
            found.append("redirectUrl")
        if mapping(mapping(settings.get("properties")).get(_FEDERATED)).get("Subject"):
            found.append("Subject")
    return list(dict.fromkeys(found))


def with_redirects(properties: dict[str, Any]) -> dict[str, Any]:
    """Returns apiProperties in which sign-ins with the redirect URL that all connectors share name it, as a package does."""
    out: dict[str, Any] = copy.deepcopy(properties)
    for settings in _oauth_settings(out):
        if text(settings.get("redirectMode")).lower() == GLOBAL_MODE.lower():
            place = list(settings).index("redirectMode") + 1
            entries = [(key, value) for key, value in settings.items() if key != "redirectUrl"]
            entries.insert(min(place, len(entries)), ("redirectUrl", GLOBAL_REDIRECT))
            settings.clear()
            settings.update(entries)
    return out


def _oauth_settings(properties: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the settings of OAuth in all ways to sign in."""
    sets = items(mapping(properties.get("connectionParameterSets")).get("values"))
    for way in (properties.get("connectionParameters"), *(mapping(one).get("parameters") for one in sets)):
        for part in mapping(way).values():
            settings = mapping(part).get("oAuthSettings")
            if isinstance(settings, dict):
                yield settings
