"""The table of policy templates: one short key for each.

One row has the short key and what the template does, and for each parameter the friendly key, its meaning and an
example. The platform's table has the rest: titles, the values of a parameter, whether it is required, when a template
runs. Schema, shape check, compiler, importer and reference page read both tables. A new template of the platform is one
row in each.
"""

from typing import Any, NamedTuple

from connector_builder.language.tables.forms import ANY, INTEGER, TEXT, Form, Key, Object, keys, words
from connector_builder.platform.policy_templates import BY_ID, NEXT_LINK, PARAMETER, SET_HEADER, SET_HOST, SET_QUERY


class Setting(NamedTuple):
    """A parameter of a template: the friendly key, the platform's name, and the value that is written by default."""

    key: str
    name: str
    doc: str
    example: Any = None
    form: Form = TEXT
    required: bool = True
    default: Any = None


class Template(NamedTuple):
    """A policy template. `sections` lists when it may run, first the default; empty if it has no choice."""

    key: str
    id: str
    title: str
    settings: tuple[Setting, ...]
    sections: tuple[str, ...] = ()
    doc: str = ""

    @property
    def section(self) -> str | None:
        """Returns when the template runs unless the author says otherwise."""
        return self.sections[0] if self.sections else None


class _Named(NamedTuple):
    """A parameter by its friendly key. `written` is the compiler's default for one that the platform requires."""

    key: str
    name: str
    doc: str
    example: Any = None
    written: Any = None


def _template(key: str, id_: str, doc: str, *named: _Named) -> Template:
    """Returns a row, with the platform's facts about the template and its parameters."""
    known = BY_ID[id_]
    parameters = {parameter.name: parameter for parameter in known.parameters}
    settings = []
    for one in named:
        parameter = parameters[one.name]
        form = words(*parameter.values) if parameter.values else INTEGER if parameter.type == "whole number" else TEXT
        default = parameter.default if one.written is None else one.written
        required = parameter.required and one.written is None
        settings.append(Setting(one.key, one.name, one.doc, one.example, form, required, default))
    return Template(key, id_, known.title, tuple(settings), known.sections, doc)


_EXISTS = _Named("existsAction", "existsAction", "What happens where there is one already.", "skip")
_PARENT = _Named("parent", "propertyParentPath", "Where the property is.", "@body()")
_SUB = _Named("property", "propertySubPath", "The property itself, below `parent`.", "fields")
_TARGET = _Named("newProperty", "newPropertyPath", "The property that the result becomes.", "fields")

TEMPLATES = (
    _template("setHost", SET_HOST, "Sends requests to another host, such as one that the connection names.",
        _Named("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('host')"),
    ),
    _template("routeRequest", "routerequesttoendpoint", "Calls another path or verb than the one in the definition.",
        _Named("path", "newPath", "The path that is called instead.", "/batch"),
        _Named("method", "httpMethod", "The verb that is called instead.", "GET"),
    ),
    _template("setHeader", SET_HEADER, "Sets a header.",
        _Named("name", "name", "The name of the header.", "x-client"), _Named("value", "value", "Its value.", "flow"), _EXISTS,
    ),
    _template("setQueryParameter", SET_QUERY, "Sets a query parameter.",
        _Named("name", "name", "The name of the parameter.", "format"), _Named("value", "value", "Its value.", "json"), _EXISTS,
    ),
    _template("setProperty", "setproperty", "Sets a property of the body.",
        _Named("parent", "newPropertyParentPathTemplate", "Where the property is to be.", "@body()"),
        _Named("property", "newPropertySubPathTemplate", "Its name.", "version"),
        _Named("value", "propertyValuePathTemplate", "Its value.", "v1"),
    ),
    _template("setValueFromUrl", "setvaluefromurl", "Sets a header or query parameter to what another address of the host returns.",
        _Named("parameter", "parameterTemplate", "What is set: @headers('x') or @queryParameters('x').", "@headers('x-token')"),
        _Named("url", "parameterValueUrl", "The relative address of the value.", "/token"),
        _Named("value", "parameterValuePathTemplate", "The path of the value in the answer.", "@body().token"),
        _Named("method", "httpMethod", "The verb.", "POST"),
    ),
    _template("updateNextLink", NEXT_LINK, "Leads the address of the next page through the platform. Without `operations`: those that are `pageable`.",
        _Named("property", "nextLinkPropertyName", "The field with the next page's address.", "nextLink", "nextLink"),
        _Named("parent", "nextLinkParentPropertyPath", "Where that field is.", "paging"),
    ),
    _template("convertArrayToObject", "convertarraytoobject", "Makes an object of an array.",
        _PARENT, _SUB, _Named("key", "keyWithinCollectionPath", "The field of an item that becomes its name.", "id"), _TARGET,
        _Named("retainKey", "retainKey", "Whether that field stays.", "false"),
    ),
    _template("convertObjectToArray", "convertobjecttoarray", "Makes an array of an object.",
        _PARENT, _SUB, _TARGET,
        _Named("keyName", "keyName", "The field that the names become.", "name"),
        _Named("valueName", "valueName", "The field that the values become.", "text"),
    ),
    _template("stringToArray", "stringtoarray", "Makes an array of a text with separators.",
        _PARENT, _SUB, _Named("delimiters", "delimiterList", "What separates the parts.", ","),
        _Named("child", "childPropertyName", "The field of an item that a part becomes.", "name"), _TARGET,
    ),
    _template("stringReplace", "stringreplace", "Replaces a part of a text.",
        _PARENT, _SUB, _Named("from", "sourceString", "What is replaced.", "https://"),
        _Named("to", "replacementString", "What takes its place.", ""), _TARGET,
    ),
    _template("encodePropertyValue", "encodepropertyvalue", "Encodes a text.", _PARENT, _SUB, _TARGET),
    _template("setConnectionUnauthenticated", "setconnectionstatustounauthenticated",
        "Takes another status than 401 for a connection that must sign in again. Goes with a test of the connection.",
        _Named("statusCode", "statusCode", "The status that means so.", 403),
    ),
    _template("moveProperties", "moveproperties", "Moves properties of the body.",
        _Named("from", "srcParentPath", "Where the properties are.", "@body()"),
        _Named("fromProperty", "srcSubPath", "The property itself.", "data"),
        _Named("to", "dstParentPath", "Where they go.", "@body()"),
        _Named("toProperty", "dstSubPath", "The property itself.", "result"),
        _Named("onlyBelow", "copyOnlySubProperties", "Whether only what is below moves.", "true"),
    ),
    _template("setSubdomain", "dynamicsubdomain", "Sends requests to a subdomain that the connection names.",
        _Named("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('tenant').contoso.example"),
    ),
)  # fmt: skip

BY_KEY = {template.key: template for template in TEMPLATES}

_COMMON = (
    Key("operations", Form(text="an operation's id", items=TEXT, null="all operations"), "The operations that it concerns.", ["ListFlows"], "all operations"),
    Key("title", TEXT, "What the portal shows.", "Name the client", "the portal's title"),
    Key("template", TEXT, "The platform's id of the template, where it is written in another way.", "SetHeader"),
)  # fmt: skip


def _on(template: Template) -> Key:
    """Returns the key that says when a policy runs."""
    when = (section.lower() for section in template.sections)
    return Key("on", words(*when).also(null="not written"), "When it runs.", "response", "request")


def _setting_form(setting: Setting) -> Form:
    return setting.form if setting.required else setting.form.also(null="not written")


def _object(template: Template) -> Object:
    settings = [
        Key(s.key, _setting_form(s), s.doc, s.example, "" if s.default is None else str(s.default), required=s.required)
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
