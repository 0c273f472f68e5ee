"""Finds the ways in which users can connect to a connector, for its README.

Sources: the names and types of connection parameters that the platform knows, and its two kinds of redirect URLs
(https://learn.microsoft.com/en-us/connectors/custom-connectors/connection-parameters).
"""

from typing import Any, NamedTuple

from connector_builder.package import Package
from connector_builder.platform.api_properties import GATEWAY_CAPABILITY, GATEWAY_SETTING, OAUTH
from connector_builder.platform.auth.kinds import API_KEY, PASSWORD, USERNAME
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.render.rows import Line, said_of, sentences
from connector_builder.render.sign_in import SignIn, sign_in


class Access(NamedTuple):
    """A way to connect. `kind` is `none`, `key`, `basic`, `sign-in` or `other`; `name` is set if there are several."""

    kind: str
    name: str
    fields: tuple[Line, ...]
    sign_in: SignIn | None = None
    key_place: str = ""
    key_name: str = ""


def ways_in(package: Package) -> list[Access]:
    """Returns the ways to connect that a package offers, at least one."""
    properties = inner_properties(package)
    securities = [mapping(part) for part in mapping(mapping(package.definition).get("securityDefinitions")).values()]
    sets = [mapping(part) for part in items(mapping(properties.get("connectionParameterSets")).get("values"))]
    ways = [
        _access(
            first_text(mapping(part.get("uiDefinition")).get("displayName"), part.get("name")),
            part.get("parameters"),
            securities,
        )
        for part in sets
    ]
    return ways or [_access("", properties.get("connectionParameters"), securities)]


def inner_properties(package: Package) -> dict[str, Any]:
    """Returns the value of `properties` in apiProperties.json."""
    return mapping(mapping(package.properties).get("properties"))


def needs_gateway(package: Package) -> bool:
    """Checks whether the connection uses an on-premises data gateway."""
    return GATEWAY_CAPABILITY in items(inner_properties(package).get("capabilities"))


def _access(name: str, given: Any, securities: list[dict[str, Any]]) -> Access:
    parameters = {key: mapping(part) for key, part in mapping(given).items()}
    fields = tuple(_field(key, part) for key, part in parameters.items() if _typed(part))
    oauth = {key: part for key, part in parameters.items() if part.get("type") == OAUTH}
    if oauth:
        return Access("sign-in", name, fields, sign_in(*next(iter(oauth.items()))))
    if {USERNAME, PASSWORD} <= parameters.keys():
        return Access("basic", name, fields)
    header = next((part for part in securities if part.get("type") == "apiKey"), None)
    if API_KEY in parameters or (header and fields):
        place = {"header": "header", "query": "query parameter"}.get(text((header or {}).get("in")), "")
        return Access("key", name, fields, None, place, text((header or {}).get("name")))
    return Access("other" if parameters or securities else "none", name, fields)


def _typed(parameter: dict[str, Any]) -> bool:
    """Checks whether users type this connection parameter in."""
    return parameter.get("type") not in (OAUTH, GATEWAY_SETTING) and not _says(parameter, "hidden")


def _field(key: str, parameter: dict[str, Any]) -> Line:
    shown = mapping(parameter.get("uiDefinition"))
    label = first_text(shown.get("displayName"), key)
    hints = dict.fromkeys(filter(None, map(text, (shown.get("description"), shown.get("tooltip")))))
    values = [mapping(one) for one in items(mapping(shown.get("constraints")).get("allowedValues"))]
    choices = [(one.get("text"), one.get("value")) for one in values]
    description = sentences(*hints, *said_of(parameter.get("defaultValue"), choices))
    return Line(label, key, _says(parameter, "required"), text(parameter.get("type")), description)


def _says(parameter: dict[str, Any], constraint: str) -> bool:
    """Checks whether a constraint is set. The platform expects texts there, but booleans occur."""
    return mapping(mapping(parameter.get("uiDefinition")).get("constraints")).get(constraint) in ("true", True)
