"""The parts of a package that the top level of a spec is read from."""

from dataclasses import dataclass, field
from typing import Any

from connector_builder.platform.plain import mapping

POLICIES = "policyTemplateInstances"


def mappings(value: Any) -> dict[str, dict[str, Any]]:
    """The parts of a mapping that are mappings."""
    return {key: part for key, part in mapping(value).items() if isinstance(part, dict)}


def only(parts: dict[str, Any], key: str) -> dict[str, Any]:
    """What a mapping has under one key, nothing where it has none."""
    return {key: parts[key]} if key in parts else {}


@dataclass(slots=True)
class Source:
    """A package's Swagger, and what its apiProperties hold under `properties`; None where there are none.

    `policies` are the instances that the spec's `policies`, or `auth`, are to say.
    """

    definition: dict[str, Any]
    properties: dict[str, Any] | None
    policies: list[Any] = field(default_factory=list)

    @property
    def definitions(self) -> dict[str, Any]:
        """Swagger's security definitions."""
        return mapping(self.definition.get("securityDefinitions"))

    @property
    def security(self) -> list[Any]:
        """Swagger's security requirements."""
        security = self.definition.get("security")
        return security if isinstance(security, list) else []

    @property
    def parameters(self) -> dict[str, Any]:
        """The connection parameters."""
        return mapping((self.properties or {}).get("connectionParameters"))
