"""Cures for values that are natural but wrong: a text for a mapping, a sample for a schema, another word."""

import re
from typing import Any

from connector_builder.findings import Fix, TextEdit
from connector_builder.language.bare import are_fields
from connector_builder.language.tables.forms import Form, Object
from connector_builder.language.tables.hints import HINTS, WORDS
from connector_builder.language.tables.operations import REQUEST_LINE
from connector_builder.language.tables.statuses import is_status
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.language.tables.types import SYNONYMS, TYPE_WORDS
from connector_builder.language.written import is_bare
from connector_builder.platform.api_properties import GLOBAL_REDIRECT
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.secrets import Use, is_secret
from connector_builder.source.node import Node
from connector_builder.source.suggest import Suggestions

_SCHEMAS = frozenset({"schema", "body", "response", "sharedResponse"})
_OF_A_SCHEMA = frozenset(
    {"fields", "sample", "samples", "properties", "additionalProperties", "allOf", "$ref", "schema"}
)
"""Keys that samples rarely have: a mapping that contains one, even misspelt, is a schema."""
_TYPES = TYPE_WORDS.keys() | SYNONYMS.keys()
_TEXTS = ("name", "title", "summary", "description")
"""Keys of schemas, bodies and responses that many answers have as fields too."""
_TYPE_KEYS = frozenset({"type", "format", "enum", "items", "fields"})
_YES_NO = {**dict.fromkeys(("yes", "y", "on"), "true"), **dict.fromkeys(("no", "n", "off"), "false")}
"""What earlier versions of YAML called a boolean, and many other tools do."""
_LIKE_A_KEY = "q8Zt3LmX0pVb7RkD2wYc5HsN"
_LONGEST = 60
"""The largest number of characters of an author's text that a cure repeats."""


def cure_of(node: Node, expected: Form) -> str | None:
    """Returns what to write instead of a value of the wrong kind; None if no cure is known."""
    value = node.value
    match expected:
        case Form(object="auth" | "authSet") if isinstance(value, str):
            more = ", header: X-API-Key" if value == "apiKey" else ""
            return f"write {{type: {value[:_LONGEST]}{more}}}"
        case Form(object="auth") if isinstance(value, list):
            return "write {type: …}; several ways to sign in belong under 'sets': {sets: [{name: …, type: …}]}"
        case Form() if node.key == "responses" and isinstance(value, str):
            return f"write response: {value[:_LONGEST]}; 'responses' has the others by status"
        case Form(names=Form() | str(), items=None) if isinstance(value, list):
            return _named(value, expected)
        case Form(names=Form()) if node.key == "scopes" and isinstance(value, str) and value.strip():
            return f"write [{', '.join(value[:_LONGEST].replace(',', ' ').split())}]"
        case Form(object="webhook"):
            return 'write {callback: callbackUrl, unsubscribe: "DELETE /hooks/{id}"}'
        case Form(items=Form(object="policy")) if isinstance(value, dict):
            return "begin each policy with '- ', such as '- setHeader: {name: x-client, value: flow}'"
        case Form(boolean=True) if (meant := _boolean(value)) is not None:
            return f"write {meant}"
        case Form(items=Form() | str()) if _items(value):
            return f"write [{_items(value)}]"
    return _wrapped(value, expected)


def _wrapped(value: Any, expected: Form) -> str | None:
    """Returns the cure for a text in a list, or one that belongs into a mapping, or the reverse; None for another value."""
    if expected.text == REQUEST_LINE:
        return _request_line(value)
    if expected.object == "pageable":
        return "write pageable: nextLink, with the name of the field that has the next page's address"
    if expected.text and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"write {value[0][:_LONGEST]}, without brackets"
    if expected.object == "contact" and isinstance(value, str):
        key = "email" if "@" in value else "url" if "://" in value else "name"
        return f"write {{{key}: {value[:_LONGEST]}}}"
    return None


def _request_line(value: Any) -> str | None:
    """Returns the cure for a request in parts, such as `{method: POST, path: /orders}`."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    texts = [one for one in parts if isinstance(one, str)]
    verb = next((one.upper() for one in texts if one.lower() in VERBS), None)
    path = next((one for one in texts if one.startswith("/")), None)
    return f"write {verb} {path[:_LONGEST]}" if verb and path else None


def _items(value: Any) -> str:
    """Returns what a text, a number, or a mapping of keys alone such as `{open, closed}`, has for a list; else nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = ", ".join(value) if isinstance(value, dict) and all(one is None for one in value.values()) else value
    return text if isinstance(text, str) and 0 < len(text) <= _LONGEST else ""


def listed_fix(node: Node, help: str | None) -> Fix | None:
    """Returns the fix that makes a list of a text; None unless `help` says so."""
    raw = node.raw()
    if (
        not raw
        or help != f"write [{node.value}]"
        or "\n" in raw
        or {",", "[", "]", "{", "}", "#", "&", "*", "$"} & set(raw)
    ):
        return None
    return Fix(help, (TextEdit(node.place, f"[{raw}]"),))


def _named(value: list[Any], expected: Form) -> str | None:
    """Returns what to write instead of a list of names, or of mappings with a name each; None for other lists."""
    if expected.names == "field":
        return "write each field's name with its type, such as {id: string}"
    first = value[0] if value else None
    if isinstance(first, dict) and len(first) == 1:
        return f"write the names without '- ' before them, such as {next(iter(first))[:_LONGEST]}: …"
    return f"write {{{first[:_LONGEST]}: …}}" if isinstance(first, str) else None


def _boolean(value: Any) -> str | None:
    """The boolean that is meant by a text in quotes, by a word of earlier versions of YAML, or by 0 or 1."""
    if isinstance(value, str):
        quoted = f"{value.lower()}, without quotes" if value.lower() in ("true", "false") else None
        return quoted or _YES_NO.get(value.lower())
    if isinstance(value, int) and not isinstance(value, bool) and value in (0, 1):
        return "true" if value else "false"
    return None


def word_cure(key: str, text: str) -> str | None:
    """What to write instead of a word that isn't in a closed list; None where nothing is known."""
    if key == "redirect" and "://" in text:
        shared = text.startswith(GLOBAL_REDIRECT)
        return f"write {'global, whose address this is' if shared else f'{{url: {text[:100]}}}'}"
    return WORDS.get(key, {}).get(text.lower())


def key_in_query(line: str, variable: str) -> str | None:
    """What to write instead of a variable that a request line sends as a key, such as `?sig=${SIG}`; else None."""
    sent = re.search(rf"[?&]([\w.-]{{1,60}})=\$\{{{re.escape(variable)}\}}", line)
    if sent is None or not is_secret(sent[1], _LIKE_A_KEY, Use.QUERY):
        return None
    return f"a key isn't part of a request: leave it out, and write auth: {{type: apiKey, query: {sent[1]}}}"


def schema_cure(node: Node, expected: Object, suggestions: Suggestions) -> tuple[str, str] | None:
    """Returns the fault and its cure if a mapping is a sample or bare fields instead of a schema; else None."""
    if expected.name not in _SCHEMAS:
        return None
    unknown = [part for key, part in node.entries.items() if not (key in expected.keys or key.startswith("x-"))]
    says = [key for key, part in node.entries.items() if _says_schema(key, part.value)]
    if unknown and all(is_status(part.key or "") for part in unknown):
        help_ = f"write response: {{status: {unknown[0].key}, schema: …}}, and put the others under 'responses'"
        return f"'{node.key}' is one response, and has no statuses as keys", help_
    if _types_for_texts(node, expected) or (says in (["type"], []) and _are_types(unknown, expected, suggestions)):
        return _as_fields(node, expected)
    if says:
        return None
    if all(part.key in HINTS.get(expected.name, {}) and not _has_type(part.value) for part in unknown):
        return None
    if all(_is_slip(part, suggestions.of(part.key or "", expected.keys), expected) for part in unknown):
        return None
    first, name = (unknown[0].key or "")[:_LONGEST], node.key or "schema"
    # `id` in {id, name: string}
    rest = [part for part in unknown if not (part.value is None and is_bare(part))]
    fields = len(rest) < len(unknown) or any(_is_field(part.value) for part in rest)
    if fields and all(_can_be_field(part.value) for part in rest):
        return _as_fields(node, expected)
    at = "" if "[" in name else f"{name}: "
    return f"the sample of '{name}' must be under 'sample'", f"write {at}{{sample: {{{first}: …}}}}"


def _as_fields(node: Node, expected: Object) -> tuple[str, str]:
    name, first = node.key or "schema", next(iter(node.entries))[:_LONGEST]
    at = "" if "[" in name else f"{name}: "
    own = next((key for key, part in node.entries.items() if key in expected.keys and _is_field(part.value)), None)
    why = f", because '{own}' has another meaning here" if own is not None else ""
    return f"the fields of '{name}' must be under 'fields'{why}", f"write {at}{{fields: {{{first}: …}}}}"


def _are_types(unknown: list[Node], expected: Object, suggestions: Suggestions) -> bool:
    """Checks whether all unknown keys are clearly fields: none is a slip, and each has a type."""
    hints = HINTS.get(expected.name, {})
    return bool(unknown) and all(
        _is_field(part.value)
        and part.key not in hints
        and not _is_slip(part, suggestions.of(part.key or "", expected.keys), expected)
        for part in unknown
    )


def _types_for_texts(node: Node, expected: Object) -> bool:
    """Checks whether a mapping of known keys has types where texts are meant: `{name: string, description: string}` are fields."""
    said = {key: node.entries[key].value for key in _TEXTS if key in node.entries}
    types = [key for key, value in said.items() if isinstance(value, str) and value in TYPE_WORDS]
    return node.value.keys() <= expected.keys.keys() and (
        len(types) > 1 or (expected.name == "body" and "name" in types)
    )


def _says_schema(key: str, value: Any) -> bool:
    """Checks whether a key of a mapping shows that the mapping is meant as a schema."""
    if key == "type":
        return value is None or (isinstance(value, str) and value in _TYPES)
    return key in _OF_A_SCHEMA or (key == "items" and not isinstance(value, list))


def _is_slip(part: Node, suggestion: str | None, expected: Object) -> bool:
    """Checks whether an unknown key is a known key with a few wrong letters, and not a field of the author's."""
    if suggestion is None:
        return False
    meant = suggestion.split("'")[1]
    return abs(len(meant) - len(part.key or "")) <= 2 and _takes(form(expected.keys[meant].form), part.value)


def _takes(wanted: Form, value: Any) -> bool:
    """Checks whether a form accepts the kind of a value."""
    match value:
        case bool():
            return wanted.boolean or wanted.json
        case int() | float():
            return wanted.number is not None or wanted.json
        case str():
            return wanted.text is not None or wanted.json
        case list():
            return wanted.items is not None or wanted.json
        case dict():
            return wanted.object is not None or wanted.names is not None or wanted.json
        case _:
            return True


def _can_be_field(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and len(value) == 1) or _is_field(value)


def _is_field(value: Any) -> bool:
    return _has_type(value) or (isinstance(value, dict) and are_fields(value, OBJECTS["schema"], ()))


def _has_type(value: Any) -> bool:
    if isinstance(value, dict):
        return not _TYPE_KEYS.isdisjoint(value)
    return isinstance(value, str) and value in _TYPES
