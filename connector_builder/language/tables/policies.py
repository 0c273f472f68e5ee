"""The table of policy templates: one short key for each.

One row has the short key and what the template does, and for each parameter the friendly key, its meaning and an
example. The platform's table has the rest: titles, the values of a parameter, whether it is required, when a template
runs. Schema, shape check, compiler, importer and reference page read both tables. A new template of the platform is one
row in each.
"""

from typing import Any, NamedTuple

from connector_builder.language.tables.forms import ANY, INTEGER, TEXT, Form, Key, Object, keys, words
from connector_builder.platform.policies.templates import BY_ID, NEXT_LINK, PARAMETER, SET_HEADER, SET_HOST, SET_QUERY


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


_EXISTS = _Named("existsAction", "existsAction", "What happens if there is one already.", "skip")
_PARENT = _Named("parent", "propertyParentPath", "The path of the property's parent.", "@body()")
_SUB = _Named("property", "propertySubPath", "The name of the property in its parent.", "fields")
_TARGET = _Named("newProperty", "newPropertyPath", "The property that the result becomes.", "fields")

TEMPLATES = (
    _template("setHost", SET_HOST, "Sends requests to another host, such as one from the connection.",
        _Named("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('host')"),
    ),
    _template("routeRequest", "routerequesttoendpoint", "Calls a path or verb other than the one in the definition.",
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
        _Named("parent", "newPropertyParentPathTemplate", "The path of the property's parent.", "@body()"),
        _Named("property", "newPropertySubPathTemplate", "Its name.", "version"),
        _Named("value", "propertyValuePathTemplate", "Its value.", "v1"),
    ),
    _template("setValueFromUrl", "setvaluefromurl", "Sets a header or query parameter to a value that another address of the host returns.",
        _Named("parameter", "parameterTemplate", "The target: @headers('x') or @queryParameters('x').", "@headers('x-token')"),
        _Named("url", "parameterValueUrl", "The relative address of the value.", "/token"),
        _Named("value", "parameterValuePathTemplate", "The path of the value in the response.", "@body().token"),
        _Named("method", "httpMethod", "The verb.", "POST"),
    ),
    _template("updateNextLink", NEXT_LINK, "Changes the next page's address so that the platform calls it. Without `operations`, it concerns those that are `pageable`.",
        _Named("property", "nextLinkPropertyName", "The field with the next page's address.", "nextLink", "nextLink"),
        _Named("parent", "nextLinkParentPropertyPath", "The path of that field's parent.", "paging"),
    ),
    _template("convertArrayToObject", "convertarraytoobject", "Turns an array into an object.",
        _PARENT, _SUB, _Named("key", "keyWithinCollectionPath", "The field of an item that becomes its key.", "id"), _TARGET,
        _Named("retainKey", "retainKey", "Whether the item keeps that field.", "false"),
    ),
    _template("convertObjectToArray", "convertobjecttoarray", "Turns an object into an array.",
        _PARENT, _SUB, _TARGET,
        _Named("keyName", "keyName", "The field that contains the names.", "name"),
        _Named("valueName", "valueName", "The field that contains the values.", "text"),
    ),
    _template("stringToArray", "stringtoarray", "Splits a text into an array.",
        _PARENT, _SUB, _Named("delimiters", "delimiterList", "The separators.", ","),
        _Named("child", "childPropertyName", "The field of an item that contains a part.", "name"), _TARGET,
    ),
    _template("stringReplace", "stringreplace", "Replaces a part of a text.",
        _PARENT, _SUB, _Named("from", "sourceString", "The text to replace.", "https://"),
        _Named("to", "replacementString", "The replacement.", ""), _TARGET,
    ),
    _template("encodePropertyValue", "encodepropertyvalue", "Encodes a text.", _PARENT, _SUB, _TARGET),
    _template("setConnectionUnauthenticated", "setconnectionstatustounauthenticated",
        "Sets a status other than 401 that means that the connection must sign in again. It needs a test of the connection.",
        _Named("statusCode", "statusCode", "That status.", 403),
    ),
    _template("moveProperties", "moveproperties", "Moves properties of the body.",
        _Named("from", "srcParentPath", "The path of the properties' parent.", "@body()"),
        _Named("fromProperty", "srcSubPath", "The property itself.", "data"),
        _Named("to", "dstParentPath", "The path of their new parent.", "@body()"),
        _Named("toProperty", "dstSubPath", "The property itself.", "result"),
        _Named("onlyBelow", "copyOnlySubProperties", "Whether only the parts below the property move.", "true"),
    ),
    _template("setSubdomain", "dynamicsubdomain", "Sends requests to a subdomain from the connection.",
        _Named("url", "urlTemplate", "The address of the host.", "https://@connectionParameters('tenant').contoso.example"),
    ),
)  # fmt: skip

BY_KEY = {template.key: template for template in TEMPLATES}

_COMMON = (
    Key("operations", Form(text="an operation's id", items=TEXT, null="all operations"), "The operations that the policy concerns.", ["ListFlows"], "all operations"),
    Key("title", TEXT, "The title in the portal.", "Name the client", "the portal's title"),
    Key("template", TEXT, "The platform's ID of the template, in another spelling.", "SetHeader"),
)  # fmt: skip


def _on(template: Template) -> Key:
    """Returns the key that says when a policy runs."""
    when = (section.lower() for section in template.sections)
    return Key("on", words(*when).also(null="not written"), "When the policy runs.", "response", "request")


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
        "A policy: one short key, or `template` with the platform's own parameters.",
        keys(
            *(
                Key(t.key, Form(object=f"policy {t.key}"), t.doc, {s.key: s.example for s in t.settings if s.required})
                for t in TEMPLATES
            ),
            Key("template", TEXT, "The plain form: the platform's ID of a template.", "setheader"),
            Key("title", TEXT, "The plain form: the title in the portal.", "Name the client"),
            Key("type", TEXT, "The plain form: the type that some templates have.", "PollingTrigger"),
            Key(
                "parameters",
                ANY,
                "The plain form: the platform's parameters, unchanged.",
                {f"{PARAMETER}name": "x-client"},
            ),
        ),
        extensions=False,
    ),
)

POLICY_FORM = Form(text="a short key whose defaults serve, such as updateNextLink", object="policy")
