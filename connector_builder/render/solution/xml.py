"""Writes the XML of a solution, with the elements, their order and their spaces as the platform exports them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connector_builder.platform.solutions.environment_variables import TYPES
from connector_builder.platform.solutions.names import CONNECTOR, VARIABLE, Identity
from connector_builder.render.solution.model import Connector, Solution

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
LANGUAGE = "1033"
"""The language of the texts: English, which every environment has."""
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_VERSION = "9.2.26052.133"
_ORGANIZATION = f'{_XSI} OrganizationVersion="{_VERSION}" OrganizationSchemaType="Standard" CRMServerServiceabilityVersion="9.2.26052.00133"'
_ADDRESS = (
    "AddressTypeCode", "City", "County", "Country", "Fax", "FreightTermsCode", "ImportSequenceNumber", "Latitude", "Line1", "Line2",
    "Line3", "Longitude", "Name", "PostalCode", "PostOfficeBox", "PrimaryContactName", "ShippingMethodCode", "StateOrProvince",
    "Telephone1", "Telephone2", "Telephone3", "TimeZoneRuleVersionNumber", "UPSZone", "UTCOffset", "UTCConversionTimeZoneCode",
)  # fmt: skip
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_ATTRIBUTES = str.maketrans({"\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;", '"': "&quot;"})
_NEVER = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")
"""The characters that XML can't contain."""
INTRODUCED = "1.0.0.0"
"""The version in which a variable came into its solution; nothing reads it."""


def escape(text: str) -> str:
    """Returns a text as the content of an element."""
    return text.translate(_NEVER).translate(_ESCAPES).replace("\r", "&#xD;")


def attribute(text: str) -> str:
    """Returns a text as the value of an attribute, in quotes."""
    return f'"{text.translate(_NEVER).translate(_ESCAPES).translate(_IN_ATTRIBUTES)}"'


def customizations(connectors: Iterable[Sequence[str]]) -> str:
    """Returns customizations.xml with these `<Connector>` elements, each as its lines; an unpacked solution has none."""
    inner = [line for one in connectors for line in one]
    listed = ["<Connectors>", *_indented(inner), "</Connectors>"] if inner else ["<Connectors />"]
    parts = [
        *(f"<{name}></{name}>" for name in ("Entities", "Roles", "Workflows", "FieldSecurityProfiles")),
        *(f"<{name} />" for name in ("Templates", "EntityMaps", "EntityRelationships", "OrganizationSettings")),
        *(f"<{name} />" for name in ("optionsets", "CustomControls", "EntityDataProviders")),
        *listed,
        "<Languages>",
        f"  <Language>{LANGUAGE}</Language>",
        "</Languages>",
    ]
    return "\n".join([f"<ImportExportXml {_ORGANIZATION}>", *_indented(parts), "</ImportExportXml>"])


def connector_element(connector: Connector, files: Mapping[str, str], *, alone: bool) -> list[str]:
    """Returns the lines of a `<Connector>`; one with a text of several lines keeps them, and none of these is indented.

    `files` are the names of its files by element; `alone` says that it is a document of its own.
    """
    identity, color = connector.identity, connector.properties.get("iconBrandColor")
    values = [
        ("connectorid", identity.id),
        ("description", connector.description),
        ("displayname", connector.title),
        *([("iconbrandcolor", color)] if isinstance(color, str) else []),
        ("name", identity.row),
        ("connectortype", "1"),
        *([("scriptoperations", _list(connector.scripted))] if connector.scripted else []),
        *((element, f"/Connector/{name}") for element, name in files.items()),
    ]
    lines = [f"<{name}>{escape(value)}</{name}>" for name, value in values]
    return [f"<Connector {_XSI}>" if alone else "<Connector>", *_indented(lines), "</Connector>"]


def solution_xml(solution: Solution, managed: int) -> str:
    """Returns solution.xml. `managed` is 0, 1, or 2 for an unpacked solution that can be packed either way."""
    identity = solution.identity
    roots = [
        f'<RootComponent type="{CONNECTOR}" id="{{{one.identity.id}}}" schemaName={attribute(one.identity.row)} behavior="0" />'
        for one in solution.connectors
    ]
    roots += [
        f'<RootComponent type="{VARIABLE}" schemaName={attribute(name)} behavior="0" />' for name in solution.variables
    ]
    manifest = [
        f"<UniqueName>{escape(identity.name)}</UniqueName>",
        *_names(identity.title),
        *_descriptions(identity.description),
        f"<Version>{escape(identity.version)}</Version>",
        f"<Managed>{managed}</Managed>",
        *_publisher(identity),
        "<RootComponents>",
        *_indented(roots),
        "</RootComponents>",
        "<MissingDependencies />",
    ]
    head = f'version="{_VERSION}" SolutionPackageVersion="9.2" languagecode="{LANGUAGE}" generatedBy="CrmLive"'
    lines = ["<SolutionManifest>", *_indented(manifest), "</SolutionManifest>"]
    return "\n".join([f"<ImportExportXml {head} {_ORGANIZATION}>", *_indented(lines), "</ImportExportXml>"])


def variable_xml(name: str, variable: Mapping[str, Any]) -> str:
    """Returns the definition of an environment variable."""
    lines = []
    if "default" in variable:
        lines.append(f"<defaultvalue>{escape(variable['default'])}</defaultvalue>")
    for element, key in (("description", "description"), ("displayname", "title")):
        if key in variable:
            said = attribute(variable[key])
            lines += [
                f"<{element} default={said}>",
                f'  <label description={said} languagecode="{LANGUAGE}" />',
                f"</{element}>",
            ]
    lines += [
        f"<introducedversion>{INTRODUCED}</introducedversion>",
        "<iscustomizable>1</iscustomizable>",
        f"<isrequired>{int(bool(variable.get('required')))}</isrequired>",
        "<secretstore>0</secretstore>",
        f"<type>{TYPES[variable['type']]}</type>",
    ]
    element = "environmentvariabledefinition"
    return "\n".join([f"<{element} schemaname={attribute(name)}>", *_indented(lines), f"</{element}>"])


def content_types(suffixes: Iterable[str]) -> str:
    """Returns [Content_Types].xml for the suffixes of the files of a zip."""
    listed = "".join(f'<Default Extension="{one}" ContentType="application/octet-stream" />' for one in suffixes)
    return f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{listed}</Types>'


def _publisher(identity: Identity) -> list[str]:
    publisher = identity.publisher
    addresses = [
        line
        for number in (1, 2)
        for line in (
            "<Address>",
            f"  <AddressNumber>{number}</AddressNumber>",
            *(f'  <{name} xsi:nil="true"></{name}>' for name in _ADDRESS),
            "</Address>",
        )
    ]
    inner = [
        f"<UniqueName>{escape(publisher.name)}</UniqueName>",
        *_names(publisher.title),
        "<Descriptions />",
        '<EMailAddress xsi:nil="true"></EMailAddress>',
        '<SupportingWebsiteUrl xsi:nil="true"></SupportingWebsiteUrl>',
        f"<CustomizationPrefix>{escape(publisher.prefix)}</CustomizationPrefix>",
        f"<CustomizationOptionValuePrefix>{publisher.option_prefix}</CustomizationOptionValuePrefix>",
        "<Addresses>",
        *_indented(addresses),
        "</Addresses>",
    ]
    return ["<Publisher>", *_indented(inner), "</Publisher>"]


def _names(title: str) -> list[str]:
    named = f'  <LocalizedName description={attribute(title)} languagecode="{LANGUAGE}" />'
    return ["<LocalizedNames>", named, "</LocalizedNames>"]


def _descriptions(text: str) -> list[str]:
    if not text:
        return ["<Descriptions />"]
    said = f'  <Description description={attribute(text)} languagecode="{LANGUAGE}" />'
    return ["<Descriptions>", said, "</Descriptions>"]


def _list(names: Iterable[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False, separators=(",", ":"))


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
