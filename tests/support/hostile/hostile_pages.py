"""Packages with hostile texts, and what a rendered page is made of."""

import copy
import re
from collections.abc import Collection
from typing import Any

from markdown_it import MarkdownIt

from connector_builder.package import Package
from tests.support.pages.render_packages import bare

KEPT_VALUES = {
    "oauthSetting", "securestring", "apiKey", "query", "aad", "#/parameters/Top", "#/definitions/Order", "Website", "internal",
}  # fmt: skip
KEPT = {
    "definition", "properties", "info", "title", "description", "contact", "url", "name", "host", "paths", "definitions",
    "parameters", "get", "put", "post", "operationId", "summary", "in", "required", "type", "format", "items", "schema", "$ref",
    "x-ms-summary", "x-ms-visibility", "x-ms-trigger", "deprecated", "x-ms-connector-metadata", "propertyName", "propertyValue",
    "securityDefinitions", "connectionParameters", "connectionParameterSets", "values", "uiDefinition", "displayName",
    "constraints", "oAuthSettings", "identityProvider", "scopes", "redirectMode", "redirectUrl", "customParameters", "value",
    "resourceUri", "stackOwner", "capabilities", "iconBrandColor", "token", "Top", "Order", "Status",
}  # fmt: skip


def hostile(package: Package, text: str, *, keys: Collection[str] = (), values: Collection[str] = ()) -> Package:
    """Returns a package that has a text wherever a page takes one from it. `keys` and `values` stay as they are too."""

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {key if key in KEPT or key in keys else f"{key} {text}": fill(part) for key, part in value.items()}
        if isinstance(value, list):
            return [fill(part) for part in value]
        kept = not isinstance(value, str) or value in KEPT_VALUES or value in values
        return value if kept else f"{value} {text}"

    original = copy.deepcopy(package)
    original.properties["properties"]["stackOwner"] = "x"
    filled = fill({"definition": original.definition, "properties": original.properties})
    filled["definition"]["info"]["title"] = text
    return bare(filled["definition"], filled["properties"])


def structure(page: str) -> list[str]:
    """Returns the elements of a rendered page, without their texts. Links count with where they lead."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return re.findall("<[^>]*>", reader.render(page))
