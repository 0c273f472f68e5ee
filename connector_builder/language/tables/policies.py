"""The table of policy templates: one short key for each.

One row says the platform's id and portal title, the settings with their platform names and defaults, and in which section it
runs. Schema, shape check, compiler, reference page (and importer) read it; a template that the platform adds is one row here.

Facts: https://learn.microsoft.com/en-us/connectors/custom-connectors/policy-templates
"""

from typing import Any, NamedTuple

from connector_builder.language.tables.forms import ANY, INTEGER, TEXT, Form, Key, Object, keys, words
from connector_builder.platform.policy_templates import PARAMETER


class Setting(NamedTuple):
    """A parameter of a template: the friendly key, the platform's name, and what the platform takes without it."""

    key: str
    name: str
    doc: str
    example: Any = None
    form: Form = TEXT
    required: bool = True
    default: Any = None


class Template(NamedTuple):
    """A policy template. `section` is where it runs unless the author says otherwise; None where it has no section."""

    key: str
    id: str
    title: str
    settings: tuple[Setting, ...]
    section: str | None = None
    doc: str = ""


_VERB = words("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "@Request.OriginalHTTPMethod")
_EXISTS = Setting(
    "existsAction",
    "existsAction",
    "What happens where there is one already.",
    "skip",
    words("override", "skip", "append"),
    False,
    "override",
)
_PARENT = Setting("parent", "propertyParentPath", "Where the property is.", "@body()")
_SUB = Setting("property", "propertySubPath", "The property itself, below `parent`.", "fields", required=False)
_TARGET = Setting("newProperty", "newPropertyPath", "The property that the result becomes.", "fields")

TEMPLATES = (
    Template("setHost", "dynamichosturl", "Set host URL", (
        Setting("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('host')"),
    ), doc="Sends requests to another host, such as one that the connection names."),
    Template("routeRequest", "routerequesttoendpoint", "Route request", (
        Setting("path", "newPath", "The path that is called instead.", "/batch"),
        Setting("method", "httpMethod", "The verb that is called instead.", "GET", _VERB, False, "@Request.OriginalHTTPMethod"),
    ), doc="Calls another path or verb than the one in the definition."),
    Template("setHeader", "setheader", "Set HTTP header", (
        Setting("name", "name", "The name of the header.", "x-client"),
        Setting("value", "value", "Its value.", "flow"),
        _EXISTS,
    ), "Request", "Sets a header."),
    Template("setQueryParameter", "setqueryparameter", "Set query string parameter", (
        Setting("name", "name", "The name of the parameter.", "format"),
        Setting("value", "value", "Its value.", "json"),
        _EXISTS,
    ), doc="Sets a query parameter."),
    Template("setProperty", "setproperty", "Set property", (
        Setting("parent", "newPropertyParentPathTemplate", "Where the property is to be.", "@body()"),
        Setting("property", "newPropertySubPathTemplate", "Its name.", "version"),
        Setting("value", "propertyValuePathTemplate", "Its value.", "v1"),
    ), "Request", "Sets a property of the body."),
    Template("setValueFromUrl", "setvaluefromurl", "Set header or query parameter from URL", (
        Setting("parameter", "parameterTemplate", "What is set: @headers('x') or @queryParameters('x').", "@headers('x-token')"),
        Setting("url", "parameterValueUrl", "The relative address of the value.", "/token"),
        Setting("value", "parameterValuePathTemplate", "The path of the value in the answer.", "@body().token"),
        Setting("method", "httpMethod", "The verb.", "POST", words("GET", "POST", "PUT"), False, "GET"),
    ), "Request", "Sets a header or query parameter to what another address of the host returns."),
    Template("updateNextLink", "updatenextlink", "Update next link", (
        Setting("property", "nextLinkPropertyName", "The field with the next page's address.", "nextLink", required=False, default="nextLink"),
        Setting("parent", "nextLinkParentPropertyPath", "Where that field is.", "paging", required=False),
    ), doc="Leads the address of the next page through the platform. Without `operations`: those that are `pageable`."),
    Template("convertArrayToObject", "convertarraytoobject", "Convert array to object", (
        _PARENT, _SUB, Setting("key", "keyWithinCollectionPath", "The field of an item that becomes its name.", "id"), _TARGET,
        Setting("retainKey", "retainKey", "Whether that field stays.", "false", words("true", "false"), False, "true"),
    ), "Request", "Makes an object of an array."),
    Template("convertObjectToArray", "convertobjecttoarray", "Convert object to array", (
        _PARENT, _SUB, _TARGET,
        Setting("keyName", "keyName", "The field that the names become.", "name", required=False, default="key"),
        Setting("valueName", "valueName", "The field that the values become.", "text", required=False, default="value"),
    ), "Request", "Makes an array of an object."),
    Template("stringToArray", "stringtoarray", "Convert delimited string to array of objects", (
        _PARENT, _SUB, Setting("delimiters", "delimiterList", "What separates the parts.", ","),
        Setting("child", "childPropertyName", "The field of an item that a part becomes.", "name"), _TARGET,
    ), "Request", "Makes an array of a text with separators."),
    Template("stringReplace", "stringreplace", "Replace string", (
        _PARENT, _SUB, Setting("from", "sourceString", "What is replaced.", "https://"),
        Setting("to", "replacementString", "What takes its place.", ""), _TARGET,
    ), "Request", "Replaces a part of a text."),
    Template("encodePropertyValue", "encodepropertyvalue", "Encode property value", (_PARENT, _SUB, _TARGET), "Request", "Encodes a text."),
    Template("setConnectionUnauthenticated", "setconnectionstatustounauthenticated", "Set connection status to unauthenticated", (
        Setting("statusCode", "statusCode", "The status that means so.", 403, INTEGER),
    ), doc="Takes another status than 401 for a connection that must sign in again. Goes with a test of the connection."),
    Template("moveProperties", "moveproperties", "Move properties", (
        Setting("from", "srcParentPath", "Where the properties are.", "@body()"),
        Setting("fromProperty", "srcSubPath", "The property itself.", "data", required=False),
        Setting("to", "dstParentPath", "Where they go.", "@body()"),
        Setting("toProperty", "dstSubPath", "The property itself.", "result", required=False),
        Setting("onlyBelow", "copyOnlySubProperties", "Whether only what is below moves.", "true", required=False),
    ), "Request", "Moves properties of the body."),
    Template("setSubdomain", "dynamicsubdomain", "Set subdomain", (
        Setting("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('tenant').contoso.example"),
    ), doc="Sends requests to a subdomain that the connection names."),
)  # fmt: skip

BY_KEY = {template.key: template for template in TEMPLATES}

_COMMON = (
    Key("operations", Form(text="an operation's id", items=TEXT, null="all operations"), "The operations that it concerns.", ["ListFlows"], "all operations"),
    Key("title", TEXT, "What the portal shows.", "Name the client", "the portal's title"),
    Key("template", TEXT, "The platform's id of the template, where it is written in another way.", "SetHeader"),
)  # fmt: skip


def _on(template: Template) -> Key:
    """When a policy runs: only headers are set on failure too."""
    when = ("request", "response", "failure") if template.key == "setHeader" else ("request", "response")
    return Key("on", words(*when).also(null="not written"), "When it runs.", "response", "request")


def _object(template: Template) -> Object:
    settings = [
        Key(s.key, s.form, s.doc, s.example, "" if s.default is None else str(s.default), required=s.required)
        for s in template.settings
    ]
    on = (_on(template),) if template.section else ()
    return Object(f"policy {template.key}", template.doc, keys(*settings, *on, *_COMMON), extensions=False)


POLICY_OBJECTS = (
    *(_object(template) for template in TEMPLATES),
    Object(
        "policy",
        "What the platform does to requests and answers: one short key, or `template` with the platform's own parameters.",
        keys(
            *(
                Key(t.key, Form(object=f"policy {t.key}"), t.doc, {s.key: s.example for s in t.settings if s.required})
                for t in TEMPLATES
            ),
            Key("template", TEXT, "The platform's id of a template, for the plain form.", "setheader"),
            Key("title", TEXT, "Of the plain form: what the portal shows.", "Name the client"),
            Key("type", TEXT, "Of the plain form: the type that some templates have.", "PollingTrigger"),
            Key(
                "parameters",
                ANY,
                "Of the plain form: the platform's parameters, as they stand.",
                {f"{PARAMETER}name": "x-client"},
            ),
        ),
        extensions=False,
    ),
)

POLICY_FORM = Form(text="a short key whose defaults serve, such as updateNextLink", object="policy")
