"""The names in Microsoft's list of rules that nothing here checks, and why.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
"""

from collections.abc import Mapping
from types import MappingProxyType

NOT_CHECKED: Mapping[str, str] = MappingProxyType({
    "FilterFunctionsPropertyInvalidValue": (
        "A name in 'filterFunctions' isn't one that the platform knows. Microsoft doesn't publish the names, so the tool "
        "can't tell a wrong one."
    ),
    "ProductionStatusOnBetaService": (
        "The connector's status is Production, but the service is in beta. Only Microsoft and the service know its state; "
        "HostNotForProduction reports a host whose name says that it is for tests."
    ),
})  # fmt: skip
"""What each of these rules finds, and what is unknown."""
