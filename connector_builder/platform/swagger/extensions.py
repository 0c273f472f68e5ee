"""The platform's extensions of Swagger: where each is allowed, the shape of its value, and its place among the keys.

This is the only table of extensions. It provides the shapes that the rules check (`objects.py`), the order of keys
(`key_order.py`), the names that a misspelt extension is compared with, the friendly keys of the language, and the docs.

Sources: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions, the schema of a definition in
https://github.com/microsoft/PowerPlatformConnectors/tree/dev/schemas, and published connectors. Some of these contain
extensions of AutoRest (https://github.com/Azure/autorest/blob/main/docs/extensions/readme.md), which have no effect.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

PATH, QUERY, HEADER, FORM = "path parameter", "query parameter", "header parameter", "form parameter"
BODY, UNPLACED = "body parameter", "unplaced parameter"
"""The kinds of parameter. An unplaced one has no `in`, or a wrong one."""

_SIMPLE = (PATH, QUERY, HEADER, FORM, UNPLACED)
_PARAMETERS = (*_SIMPLE, BODY)
_SCHEMAS = ("schema",)
_ANY_SCHEMA = (*_SCHEMAS, "file schema")

LAST = ""
"""The place of an extension that follows no named key: after all others, in the author's order."""

VISIBILITY = ("important", "advanced", "internal", "none", "", "Important", "Advanced", "Internal", "None")
"""The values of `x-ms-visibility`. Microsoft's page about operational versioning capitalises them."""
STATUS = ("Preview", "Production")
"""The stages of a connector or an operation, in `x-ms-api-annotation`."""
ENCODINGS = ("single", "double")
PAGEABLE = "x-ms-pageable"
NEXT_LINKS = ("nextLink", "@odata.nextLink")
"""The names that the field with the address of the next page may have."""
AGENTIC = "x-ms-agentic-protocol"
MCP = "mcp-streamable-1.0"
"""The mark of an operation that is an MCP server: the only protocol that Copilot Studio still supports.

Source: https://learn.microsoft.com/en-us/microsoft-copilot-studio/mcp-add-existing-server-to-agent
"""


class Place(NamedTuple):
    """Kinds of object, and the form of the extension there.

    `shape` is written as in the tables of shapes (`platform/data/shapes.py`): the name of a leaf, the name of a kind in
    `extension_objects.py`, or a closed list. `after` is the key that it customarily follows. `meant` is false if
    published connectors contain the extension there without effect, or if a rule reports it there.
    """

    kinds: tuple[str, ...]
    shape: str | tuple[str, ...] = "anything"
    after: str = LAST
    meant: bool = True


class Extension(NamedTuple):
    """An extension.

    `beside` is the key that it extends: it contains a newer form of that key, or texts for it. `since` is the year of
    its first known use, if known. `ignored` says that the platform doesn't read it anywhere.
    """

    name: str
    places: tuple[Place, ...]
    beside: str = ""
    since: str = ""
    ignored: bool = False


def _extension(name: str, *places: Place, beside: str = "", since: str = "") -> Extension:
    return Extension(name, places, beside, since)


def _at(*kinds: str, shape: str | tuple[str, ...] = "anything") -> Place:
    return Place(kinds, shape)


def _elsewhere(*kinds: str, shape: str | tuple[str, ...] = "anything") -> Place:
    return Place(kinds, shape, meant=False)


def _of_autorest(name: str, *kinds: str) -> Extension:
    return Extension(name, (_elsewhere(*kinds),), ignored=True)


_LABEL = "text|number"  # published connectors have numbers as labels; the platform refuses null

EXTENSIONS = (
    # What people see.
    _extension(
        "x-ms-summary",
        Place((*_PARAMETERS, "header"), _LABEL, after="maximum"),
        Place(_ANY_SCHEMA, _LABEL, after="title"),
        Place(("response", "notification content"), _LABEL, after="description"),
        _elsewhere("operation", shape=_LABEL),
    ),
    _extension(
        "x-ms-visibility", Place(("operation", *_PARAMETERS, "header", *_ANY_SCHEMA), VISIBILITY, after="description")
    ),
    _extension(
        "x-ms-enum-values",
        Place((*_SIMPLE, *_SCHEMAS), after="enum"),
        _elsewhere(BODY, "items"),
        beside="enum",
    ),
    _extension(
        "x-ms-url-encoding",
        Place((PATH,), ENCODINGS, after="x-ms-visibility"),
        _elsewhere(QUERY),
        _elsewhere(HEADER, FORM, shape=ENCODINGS),
    ),
    _extension("x-ms-localizeDefaultValue", _at(*_SIMPLE, *_SCHEMAS, shape="flag")),
    _extension("x-ms-test-value", _at(*_PARAMETERS, *_SCHEMAS)),
    _extension("x-ms-media-kind", _at(*_SIMPLE, *_SCHEMAS, shape=("image", "audio"))),
    _extension("x-ms-editor", _at(*_SCHEMAS, shape="text")),
    _extension("x-ms-editor-options", _at(*_SCHEMAS)),
    # Values and schemas that another operation returns.
    _extension("x-ms-dynamic-values", _at(*_SIMPLE, *_SCHEMAS, shape="dynamic values"), _elsewhere(BODY, "items", shape="dynamic values")),
    _extension("x-ms-dynamic-list", _at(*_SIMPLE, *_SCHEMAS, shape="dynamic list"), _elsewhere(BODY, "items", shape="dynamic list"), beside="x-ms-dynamic-values"),
    _extension("x-ms-dynamic-schema", _at(*_SCHEMAS, shape="dynamic schema"), _elsewhere(*_PARAMETERS, "items", shape="dynamic schema")),
    _extension("x-ms-dynamic-properties", _at(*_SCHEMAS, shape="dynamic properties"), _elsewhere(*_PARAMETERS, "items", shape="dynamic properties"), beside="x-ms-dynamic-schema"),
    _extension("x-ms-dynamic-tree", _at(PATH, QUERY, *_SCHEMAS, shape="dynamic tree"), _elsewhere(HEADER, FORM, UNPLACED, BODY, "items", shape="dynamic tree")),
    # Triggers.
    _extension("x-ms-trigger", Place(("operation",), ("single", "batch"), after="tags")),
    _extension("x-ms-trigger-hint", Place(("operation",), "text", after="x-ms-trigger")),
    _extension("x-ms-trigger-metadata", _at("operation", shape="trigger metadata")),
    _extension("x-ms-trigger-value", _at(*_SIMPLE, shape="trigger value"), _elsewhere(BODY, "items", *_SCHEMAS, shape="trigger value")),
    _extension("x-ms-notification-content", _at("path item", shape="notification content")),
    _extension("x-ms-notification-url", _at(*_SCHEMAS, shape="flag"), _elsewhere(*_PARAMETERS, "items", shape="flag")),
    _extension("x-ms-notification", _at("operation", shape="notification")),
    _extension("x-ms-operation-context", _at("operation", shape="operation context")),
    # What an operation is and does.
    _extension(PAGEABLE, _at("operation", shape="pageable")),
    _extension("x-ms-api-annotation", _at("operation", shape="api annotation"), _at("info", shape="info annotation")),
    _extension("x-ms-safe-operation", _at("operation", shape="flag")),
    _extension("x-ms-no-generic-test", _at("operation", shape="flag")),
    _extension(
        "x-ms-capabilities",
        _at("document", shape="capabilities"),
        _at("operation", shape="operation capabilities"),
        _elsewhere(*_PARAMETERS, "items", *_SCHEMAS, shape="schema capabilities"),
    ),
    _extension("x-ms-name-for-model", _at("operation", shape="text"), _elsewhere(*_SIMPLE, shape="text")),
    _extension("x-ms-description-for-model", _at("operation", shape="text"), _elsewhere(*_SIMPLE, shape="text")),
    _extension(AGENTIC, _at("operation", shape=(MCP, "a2a-1.0")), since="2025"),
    # What a connector is.
    _extension("x-ms-connector-metadata", _at("document", shape="connector metadata")),
    _extension("x-ms-docs", _at("document")),
    _extension("x-ms-deployment-version", _at("info")),
    _extension("x-ms-keywords", _at("info")),
    _extension("x-ms-openai-manifest", _at("document"), since="2023"),
    _extension("x-ms-openai-data", _at("operation"), _elsewhere("document"), since="2023"),
    _extension("x-ms-openai-published-to-copilots", _at("info"), since="2023"),
    _extension("x-ms-require-user-confirmation", _at("operation"), since="2023"),
    # The platform's own connectors have these.
    _extension("x-ms-apihub-cached-response", _at("operation")),
    _extension("x-ms-apihub-obo", _at("operation")),
    _extension("x-ms-cookie-header", _at("operation")),
    _extension("x-ms-permission", _at("operation")),
    # AutoRest's.
    Extension("x-ms-skip-url-encoding", (_at(*_SIMPLE, shape="flag"),), ignored=True),
    _of_autorest("x-ms-azure-resource", *_SCHEMAS),
    _of_autorest("x-ms-arm-id-details", *_SCHEMAS),
    _of_autorest("x-ms-client-flatten", *_PARAMETERS, *_SCHEMAS),
    _of_autorest("x-ms-client-name", *_PARAMETERS, *_SCHEMAS),
    _of_autorest("x-ms-client-request-id", "operation", *_PARAMETERS),
    _of_autorest("x-ms-code-generation-settings", "info"),
    _of_autorest("x-ms-discriminator-value", *_SCHEMAS),
    _of_autorest("x-ms-docs-operation-type", "operation"),
    _of_autorest("x-ms-enum", *_SIMPLE, *_SCHEMAS),
    _of_autorest("x-ms-error-response", "response"),
    _of_autorest("x-ms-examples", "operation"),
    _of_autorest("x-ms-external", *_SCHEMAS),
    _of_autorest("x-ms-header-collection-prefix", HEADER),
    _of_autorest("x-ms-identifiers", *_SCHEMAS),
    _of_autorest("x-ms-internal", "operation"),
    _of_autorest("x-ms-long-running-operation", "operation"),
    _of_autorest("x-ms-long-running-operation-options", "operation"),
    _of_autorest("x-ms-mutability", *_SCHEMAS),
    _of_autorest("x-ms-odata", "operation"),
    _of_autorest("x-ms-parameter-grouping", *_PARAMETERS),
    _of_autorest("x-ms-parameter-location", *_PARAMETERS),
    _of_autorest("x-ms-parameterized-host", "document", *_SCHEMAS),
    _of_autorest("x-ms-paths", "document"),
    _of_autorest("x-ms-request-id", "operation"),
    _of_autorest("x-ms-secret", *_SIMPLE, *_SCHEMAS),
)  # fmt: skip

BY_NAME = {extension.name: extension for extension in EXTENSIONS}
KNOWN_EXTENSIONS = frozenset(BY_NAME)
"""The names, to distinguish a misspelt extension from one that is merely new to us."""


def _by_kind() -> dict[str, dict[str, Any]]:
    """Returns for each kind of object what `extensions_of` does."""
    shapes: dict[str, dict[str, Any]] = {}
    for extension in EXTENSIONS:
        for place in extension.places:
            for kind in place.kinds:
                shapes.setdefault(kind, {})[extension.name] = place.shape
    return shapes


_BY_KIND = _by_kind()


def extensions_of(kind: str) -> Mapping[str, Any]:
    """Returns the extensions of a kind of object with the shape of each, for an entry in a table of shapes."""
    return _BY_KIND.get(kind, {})


def with_extensions(keys: tuple[str, ...], *kinds: str) -> tuple[str, ...]:
    """Returns keys in their customary order, with the extensions of these kinds after the keys that they follow."""
    ordered = list(keys)
    for extension in EXTENSIONS:
        after = {place.after for place in extension.places if place.after and {*kinds} & {*place.kinds}}
        for key in after:
            ordered.insert(ordered.index(key) + 1, extension.name)
    return tuple(ordered)
