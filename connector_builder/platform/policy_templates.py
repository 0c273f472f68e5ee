"""The platform's policy templates: what an instance of each must have.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates, and for `pollingtrigger`,
`moveproperties` and `dynamicsubdomain`, which it doesn't describe, what published connectors have.
"""

from types import MappingProxyType

PARAMETER = "x-ms-apimTemplateParameter."
OPERATIONS = "x-ms-apimTemplate-operationName"
SECTION = "x-ms-apimTemplate-policySection"

_PLACE = ("propertyParentPath", "newPropertyPath")

REQUIRED = MappingProxyType({
    "dynamichosturl": ("urlTemplate",),
    "routerequesttoendpoint": ("newPath",),
    "setheader": ("name", "value"),
    "setqueryparameter": ("name", "value"),
    "setproperty": ("newPropertyParentPathTemplate", "newPropertySubPathTemplate", "propertyValuePathTemplate"),
    "setvaluefromurl": ("parameterTemplate", "parameterValueUrl", "parameterValuePathTemplate"),
    "updatenextlink": ("nextLinkPropertyName",),
    "pollingtrigger": ("triggerConfig", "triggerDataPath"),
    "convertarraytoobject": (*_PLACE, "keyWithinCollectionPath"),
    "convertobjecttoarray": _PLACE,
    "stringtoarray": (*_PLACE, "delimiterList", "childPropertyName"),
    "stringreplace": (*_PLACE, "sourceString", "replacementString"),
    "encodepropertyvalue": _PLACE,
    "setconnectionstatustounauthenticated": ("statusCode",),
    "moveproperties": ("srcParentPath", "dstParentPath"),
    "dynamicsubdomain": ("urlTemplate",),
})  # fmt: skip
"""The parameters that each template must have, without their common beginning; ids compare without capitals."""
