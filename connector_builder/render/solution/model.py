"""What a solution is made of: connectors with their documents, environment variables, and names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connector_builder.platform.solutions.names import Identity


@dataclass(frozen=True, slots=True)
class Connector:
    """A connector of a solution.

    `properties` are those inside `properties` of apiProperties.json, without what belongs to one environment. `scripted` are the operations
    that custom code runs for.
    """

    identity: Identity
    title: str
    description: str
    definition: dict[str, Any]
    properties: dict[str, Any]
    icon: bytes | None = None
    script: bytes | None = None
    scripted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution: the names of the first connector's identity hold for all. `variables` are definitions by name."""

    identity: Identity
    connectors: tuple[Connector, ...]
    variables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    managed: bool = False
