"""The parts of a package from which the top level of a spec is made."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.platform.data.plain import mapping


def mappings(value: Any) -> dict[str, dict[str, Any]]:
    """Returns the parts of a mapping that are mappings."""
    return {key: part for key, part in mapping(value).items() if isinstance(part, dict)}


def only(parts: dict[str, Any], key: str) -> dict[str, Any]:
    """Returns a mapping with only one key; empty if the key is missing."""
    return {key: parts[key]} if key in parts else {}


@dataclass(slots=True)
class Source:
    """A package's Swagger, and the `properties` of its apiProperties; None if there are none.

    `policies` are the instances that the spec's `policies`, or its `auth`, must make.
    """

    definition: dict[str, Any]
    properties: dict[str, Any] | None
    policies: list[Any] = field(default_factory=list)

    @property
    def definitions(self) -> dict[str, Any]:
        """Returns Swagger's security definitions."""
        return mapping(self.definition.get("securityDefinitions"))

    @property
    def security(self) -> list[Any]:
        """Returns Swagger's security requirements."""
        security = self.definition.get("security")
        return security if isinstance(security, list) else []

    @property
    def parameters(self) -> dict[str, Any]:
        """Returns the connection parameters."""
        return mapping((self.properties or {}).get("connectionParameters"))
