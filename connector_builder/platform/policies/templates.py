"""The platform's policy templates: the parameters of each, their values, and when it runs.

This is the only table of policy templates. The rules, the compiler and the importer read it;
`language/tables/policies.py` gives the templates and their parameters the short names of the language.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates. It doesn't describe
`pollingtrigger`, `moveproperties` and `dynamicsubdomain`; those are as in published connectors.
"""

from typing import Any, Literal, NamedTuple

POLICIES = "policyTemplateInstances"
"""The key of apiProperties.json with a connector's policies."""
PARAMETER = "x-ms-apimTemplateParameter."
"""The beginning of the names of a template's parameters in an instance."""
COMMON = "x-ms-apimTemplate-"
"""The beginning of the names of parameters that instances of several templates have."""
OPERATIONS = f"{COMMON}operationName"
"""The parameter with the ids of the operations that an instance applies to. Without it, it applies to all."""
SECTION = f"{COMMON}policySection"
"""The parameter for when an instance runs."""

SET_HEADER, SET_QUERY, SET_HOST, NEXT_LINK, POLLING, ROUTE, SET_PROPERTY = (
    "setheader",
    "setqueryparameter",
    "dynamichosturl",
    "updatenextlink",
    "pollingtrigger",
    "routerequesttoendpoint",
    "setproperty",
)
"""The templates that the code uses by name."""


class Parameter(NamedTuple):
    """A parameter of a template, without the common beginning of its name.

    `type` is the type of its value in JSON, `values` a closed list, `default` the value that the platform uses without
    it.
    """

    name: str
    type: Literal["text", "whole number", "object"] = "text"
    required: bool = False
    values: tuple[str, ...] = ()
    default: Any = None


class Template(NamedTuple):
    """A template. `sections` are when it may run: by default the first; empty if an instance can't choose.

    `gateway` is false if an on-premises data gateway doesn't support the template. `type` is an instance's value at
    `type`.
    """

    id: str
    title: str
    parameters: tuple[Parameter, ...]
    sections: tuple[str, ...] = ()
    gateway: bool = True
    type: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Returns the names of all parameters, without the common beginning."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def required(self) -> tuple[str, ...]:
        """Returns the names of the parameters that an instance must have."""
        return tuple(parameter.name for parameter in self.parameters if parameter.required)


def _needed(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, required=True) for name in names)


_EITHER = ("Request", "Response")
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "@Request.OriginalHTTPMethod")
_EXISTS = Parameter("existsAction", values=("override", "skip", "append"), default="override")
_OF_PROPERTY = (*_needed("propertyParentPath", "newPropertyPath"), Parameter("propertySubPath"))

TEMPLATES = (
    Template(SET_HOST, "Set host URL", _needed("urlTemplate"), gateway=False),
    Template(ROUTE, "Route request", (
        *_needed("newPath"), Parameter("httpMethod", values=_VERBS, default="@Request.OriginalHTTPMethod"),
    )),
    Template(SET_HEADER, "Set HTTP header", (*_needed("name", "value"), _EXISTS), (*_EITHER, "Failure")),
    Template(SET_QUERY, "Set query string parameter", (*_needed("name", "value"), _EXISTS)),
    Template(SET_PROPERTY, "Set property", _needed(
        "newPropertyParentPathTemplate", "newPropertySubPathTemplate", "propertyValuePathTemplate"
    ), _EITHER),
    Template("setvaluefromurl", "Set header or query parameter from URL", (
        *_needed("parameterTemplate", "parameterValueUrl", "parameterValuePathTemplate"),
        Parameter("httpMethod", values=("GET", "POST", "PUT"), default="GET"),
    ), _EITHER),
    Template(NEXT_LINK, "Update next link", (*_needed("nextLinkPropertyName"), Parameter("nextLinkParentPropertyPath"))),
    Template(POLLING, "Trigger configuration", (
        Parameter("triggerConfig", "object", required=True), *_needed("triggerDataPath"),
    ), type="PollingTrigger"),
    Template("convertarraytoobject", "Convert array to object", (
        *_OF_PROPERTY, *_needed("keyWithinCollectionPath"), Parameter("retainKey", values=("true", "false"), default="true"),
    ), _EITHER),
    Template("convertobjecttoarray", "Convert object to array", (
        *_OF_PROPERTY, Parameter("keyName", default="key"), Parameter("valueName", default="value"),
    ), _EITHER),
    Template("stringtoarray", "Convert delimited string to array of objects", (
        *_OF_PROPERTY, *_needed("delimiterList", "childPropertyName"),
    ), _EITHER),
    Template("stringreplace", "Replace string", (*_OF_PROPERTY, *_needed("sourceString", "replacementString")), _EITHER),
    Template("encodepropertyvalue", "Encode property value", _OF_PROPERTY, _EITHER),
    Template("setconnectionstatustounauthenticated", "Set connection status to unauthenticated", (
        Parameter("statusCode", "whole number", required=True),
    )),
    Template("moveproperties", "Move properties", (
        *_needed("srcParentPath", "dstParentPath"), Parameter("srcSubPath"), Parameter("dstSubPath"),
        Parameter("copyOnlySubProperties"),
    ), _EITHER),
    Template("dynamicsubdomain", "Set subdomain", _needed("urlTemplate")),
)  # fmt: skip

BY_ID = {template.id: template for template in TEMPLATES}
"""The templates by id in small letters: ids ignore case."""


def template_of(id_: str) -> Template | None:
    """Returns the template with this id, ignoring case; None if it is unknown."""
    return BY_ID.get(id_.lower())
