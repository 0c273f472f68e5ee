"""The reference page of the language, from the same tables as the JSON Schema and the shape check."""

import json
import re
from collections.abc import Iterable
from typing import Any

from connector_builder.language.tables.forms import Form, Key, Object
from connector_builder.language.tables.sugar import SUGAR
from connector_builder.language.tables.top import FORMS, OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.platform.extensions import EXTENSIONS, Extension
from connector_builder.platform.limits import LIMITS
from connector_builder.platform.objects import PARAMETERS, SECURITY
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

Every key of a spec, where it may stand and what it may hold. This page is generated from the tables that the tool itself
reads, as is the JSON Schema that `connector-builder schema` prints for editors. [The guide](language.md) explains
the language, and [the derivations](derivations.md) list what is derived from what.

At every key that isn't needed, `null` means: not written. Keys that begin with `x-` pass through as they stand, except where
a part says that it takes none.
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
        "## Friendly keys", "", "A friendly key is the platform's own name without its prefix. Both spellings in one place are an error.", "",
        "| key | extension | stands at |", "| --- | --- | --- |",
    ]  # fmt: skip
    lines += [f"| `{row.name}` | `{row.extension}` | {', '.join(row.places)} |" for row in SUGAR]
    return "\n".join([*lines, ""])


def _extensions() -> str:
    lines = [
        "## Extensions", "",
        ("Every extension that the tool knows. A friendly key, where there is one, and the extension itself hold the same kinds of value, in a "
        "spec and in a package. A name that is almost one of these is reported as misspelt."), "",
        "| extension | stands in | holds | remark |", "| --- | --- | --- | --- |",
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
    lines = ["## Limits of the platform", "", "| what | least | most | source |", "| --- | --- | --- | --- |"]
    lines += [f"| {limit.what} | {limit.least or ''} | {limit.most:,} | <{limit.source}> |" for limit in LIMITS]
    return "\n".join([*lines, ""])


def _texts() -> str:
    lines = [
        "## Texts that people see", "", "Certification asks for these lengths, in characters. A label has no full stop at its end.", "",
        "| text | stands in | role | least | most |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [
        f"| `{text.key}` | {_kinds(text.kinds)} | {text.role}{', full sentences' if text.sentence else ''} | {text.least or ''} | {text.most or ''} |"
        for text in TEXTS
    ]
    return "\n".join([*lines, ""])


def _object(item: Object) -> str:
    title = _TITLES.get(item.name) or "".join(f" {c.lower()}" if c.isupper() else c for c in item.name).capitalize()
    lines = [f"## {title}", "", item.doc + ("" if item.extensions else " No `x-` keys."), ""]
    lines += ["| key | holds | meaning | without it | example |", "| --- | --- | --- | --- | --- |"]
    lines += [_key(key) for key in item.keys.values()]
    return "\n".join([*lines, ""])


def _key(key: Key) -> str:
    name = f"`{key.name}`" + (" (needed)" if key.required else "")
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
