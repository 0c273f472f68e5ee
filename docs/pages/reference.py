"""The reference page of the language, from the same tables as the JSON Schema and the shape check."""

import json
import re
from collections.abc import Iterable
from typing import Any

from connector_builder.language.tables.forms import Form, Key, Object
from connector_builder.language.tables.sugar import SUGAR
from connector_builder.language.tables.top import FORMS, OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.platform.limits import LIMITS
from connector_builder.platform.swagger.extensions import EXTENSIONS, Extension
from connector_builder.platform.swagger.objects import PARAMETERS, SECURITY
from connector_builder.platform.texts import TEXTS
from connector_builder.rules.registry import SHAPES

_ORDER = (
    "spec", "connector", "contact", "license", "auth", "authSet", "connection", "redirect", "connectionParameter", "defaults", "bodyDefault",
    "operationDefault", "operation", "mcp", "webhook", "unsubscribe", "polling", "pageable", "apiAnnotation", "parameter", "template", "body", "response", "header",
    "schema", "dynamicValues", "dynamicSchema", "components", "component", "sharedResponse", "script", "capabilities", "testConnection", "settings",
)  # fmt: skip
_NOT_SHOWN = ("unplaced parameter", "schema reference", "file schema")
"""Kinds of object that are others in a particular state."""
_PLAIN = re.compile(r"[A-Za-z$./][^\[\]{},#:]*(:[^\s\[\]{},#:]+)*")
_TITLES = {
    "spec": "Top level", "template": "Parameters of the top level", "component": "Shared parameters", "sharedResponse": "Shared responses", "schema": "Schemas and fields",
}  # fmt: skip

_INTRODUCTION = """\
# Language reference

This page lists every key of a spec, where you can write it, and what it can contain. It is generated from the tables that the tool
itself reads, as is the JSON Schema that `connector-builder schema` prints for editors. [The guide](language.md) explains the
language, and [the derivations](derivations.md) list what the tool derives from what.

If a key isn't required, `null` means that the spec doesn't have it. The tool copies keys that begin with `x-` unchanged, except in
parts marked with "No `x-` keys".
"""


def reference_page() -> str:
    """The page as Markdown."""
    parts = [_INTRODUCTION, _type_words(), _sugar(), _extensions()]
    parts += [_object(OBJECTS[name]) for name in _ORDER]
    parts += [_object(item) for name, item in OBJECTS.items() if name.startswith("policy")]
    parts += [_limits(), _texts()]
    return "\n".join(parts)


def _type_words() -> str:
    lines = ["## Type words", "", "| word | Swagger |", "| --- | --- |"]
    for word, swagger in TYPE_WORDS.items():
        shown = ", ".join(f"{key}: {value}" for key, value in swagger.items()) or "the empty schema"
        lines.append(f"| `{word}` | {shown} |")
    return "\n".join([*lines, ""])


def _sugar() -> str:
    lines = [
        "## Friendly keys", "", "A friendly key is the platform's own name without its prefix. If one part has both spellings, that is an error.", "",
        "| key | extension | belongs to |", "| --- | --- | --- |",
    ]  # fmt: skip
    lines += [f"| `{row.name}` | `{row.extension}` | {', '.join(row.places)} |" for row in SUGAR]
    return "\n".join([*lines, ""])


def _extensions() -> str:
    lines = [
        "## Extensions", "",
        ("The tool knows these extensions. An extension and its friendly key, if it has one, contain the same kinds of value, in a spec and "
        "in a package. The tool reports a name that is almost one of these as misspelt."), "",
        "| extension | belongs to | contains | remark |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [_extension(extension) for extension in sorted(EXTENSIONS, key=lambda one: one.name.lower())]
    return "\n".join([*lines, ""])


def _extension(extension: Extension) -> str:
    places = [place for place in extension.places if place.meant] or extension.places
    shapes = [SHAPES[place.kinds[0]].keys[extension.name] for place in places]
    held = dict.fromkeys(
        " \\| ".join(f"`{word}`" for word in shape.values if word and word == word.lower())
        or ("any value" if shape.name == "anything" else shape.words)
        for shape in shapes
    )
    remarks = [
        f"goes with `{extension.beside}`" if extension.beside else "",
        f"since {extension.since}" if extension.since else "",
        "the platform ignores it" if extension.ignored else "",
    ]
    return f"| `{extension.name}` | {_kinds(kind for place in places for kind in place.kinds)} | {' or '.join(held)} | {', '.join(filter(None, remarks))} |"


def _kinds(kinds: Iterable[str]) -> str:
    """Kinds of object in words; those of parameters together: `parameter in path, query`, or `parameter` for all."""
    shown = [kind for kind in kinds if kind not in _NOT_SHOWN]
    places = [kind.removesuffix(" parameter") for kind in shown if kind.endswith(" parameter")]
    of_parameters = "parameter" if len(places) == len(PARAMETERS) else f"parameter in {', '.join(places)}"
    others = ["security definition" if kind in SECURITY else kind for kind in shown if not kind.endswith(" parameter")]
    return "; ".join([*([of_parameters] if places else []), *dict.fromkeys(others)])


def _limits() -> str:
    lines = ["## Limits of the platform", "", "| limit | least | most | source |", "| --- | --- | --- | --- |"]
    lines += [f"| {limit.what} | {limit.least or ''} | {limit.most:,} | <{limit.source}> |" for limit in LIMITS]
    return "\n".join([*lines, ""])


def _texts() -> str:
    lines = [
        "## Texts that people see", "", "Certification requires these lengths, in characters. A label doesn't end with a full stop.", "",
        "| text | belongs to | role | least | most |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [
        f"| `{text.key}` | {_kinds(text.kinds)} | {text.role}{', full sentences' if text.sentence else ''} | {text.least or ''} | {text.most or ''} |"
        for text in TEXTS
    ]
    return "\n".join([*lines, ""])


def _bare(item: Object) -> str:
    return f" A mapping without any of these keys contains its `{item.bare}`." if item.bare else ""


def _object(item: Object) -> str:
    title = _TITLES.get(item.name) or "".join(f" {c.lower()}" if c.isupper() else c for c in item.name).capitalize()
    lines = [f"## {title}", "", item.doc + ("" if item.extensions else " No `x-` keys.") + _bare(item), ""]
    lines += ["| key | contains | meaning | without it | example |", "| --- | --- | --- | --- | --- |"]
    lines += [_key(key) for key in item.keys.values()]
    return "\n".join([*lines, ""])


def _key(key: Key) -> str:
    name = f"`{key.name}`" + (" (required)" if key.required else "")
    example = "" if key.example is None else f"`{_cell(_flow(key.example))}`"
    return f"| {name} | {_cell(describe(key.form))} | {_cell(key.doc)} | {_cell(key.without)} | {example} |"


def describe(form: Form | str) -> str:
    """What a form takes, in words: `a list, or true or false`."""
    if isinstance(form, str):
        form = FORMS[form]
    closed = " \\| ".join(f"`{word}`" for word in form.words if word)
    number = {"integer": "a whole number", "number": "a number", None: ""}[form.number]
    kinds = (
        closed or form.text,
        number,
        form.boolean and "true or false",
        form.items is not None and "a list",
        form.object is not None and f"{form.object} keys",
        form.names is not None and "a mapping of names",
        form.json and "any value",
    )
    return ", or ".join(kind for kind in kinds if kind)


def _cell(text: str) -> str:
    return text.replace("\\|", "\0").replace("|", "\\|").replace("\0", "\\|").replace("\n", " ")


def _flow(value: Any) -> str:
    """A value in YAML's flow style, as one would write it in an example."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(str(key))}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    if (
        isinstance(value, str)
        and value
        and not any(character in value for character in "[]{},:#&*!|>'\"%@`")
        and value.strip() == value
    ):
        return value
    return json.dumps(value, ensure_ascii=False)
