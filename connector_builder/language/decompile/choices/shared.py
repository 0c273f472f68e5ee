"""Finds the parts that many operations share: the top level's `parameters`, and the shared parts of Swagger."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from connector_builder.language.decompile.choices.templates import common
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.draft import NORMAL, PLAIN, Draft, Operation, Part
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.derived_overrides import said_over
from connector_builder.language.decompile.operations.parameter_entries import Use, parameter_entries, parameter_form
from connector_builder.language.decompile.operations.parameters import Parameters
from connector_builder.language.decompile.operations.responses import shared_response
from connector_builder.language.decompile.schemas.schemas import schema_form
from connector_builder.language.derived import shared_key
from connector_builder.platform.data.plain import mapping
from connector_builder.source.yaml_writer import Block


def parameter_templates(draft: Draft, style: Style, operations: list[Operation]) -> dict[str, Entries]:
    """Returns the top level's `parameters`: the keys that uses of one name have in common, or that Swagger shares."""
    uses: dict[str, list[Use]] = {}
    for one in operations:
        for use in (one.around.read or Parameters()).uses:
            if use.place != "other":
                uses.setdefault(use.name, []).append(use)
    templates: dict[str, Entries] = {}
    for name, listed in uses.items():
        keys = [use.shared for use in listed if use.shared is not None]
        shared = Counter(key for key in keys if draft.level(("parameters", key)) == NORMAL)
        if shared:
            key = shared.most_common(1)[0][0]
            entries = next(use.entries for use in listed if use.shared == key)
            templates[name] = {"shared": True if key == name else key, **entries}
        elif (template := common([use.entries for use in listed], style)) is not None:
            templates[name] = template
    return templates


def common_headers(style: Style, operations: list[Operation]) -> dict[str, tuple[str, Any]]:
    """Returns the equal headers of requests, if it is shorter to write them once and to list the exceptions."""
    counts: Counter[tuple[str, str]] = Counter()
    values: dict[tuple[str, str], Any] = {}
    for one in operations:
        for use in (one.around.read or Parameters()).uses:
            own = said_over(style, use)
            if use.place != "header" or (use.constant is not None and own):
                continue
            written = use.name if use.constant is not None else use.name + "!" * use.required
            value = use.constant if use.constant is not None else own
            key = (written, repr(value))
            counts[key] += 1
            values[key] = value
    headers: dict[str, tuple[str, Any]] = {}
    for (written, text), times in counts.most_common():
        name = written.removesuffix("!")
        if times - (len(operations) - times) > LEAST_HEADERS and name not in headers:
            headers[name] = (written, values[written, text])
    return headers


LEAST_HEADERS = 2
"""The fewest lines that common headers must save."""


def shared_sections(draft: Draft, style: Style) -> Entries:
    """Returns the top level's `parameters`, enums and the like, and `components`, Swagger's other shared parts."""
    tree: Entries = {}
    if style.parameters:
        tree["parameters"] = Block({name: parameter_form(entries) for name, entries in style.parameters.items()})
    tree |= {table: Block(named) for table, named in draft.named.items() if named}
    for (table, operation), keys in style.calls.items():
        tree.setdefault(table, Block())[operation] = keys
    taken = {shared_key(name, entries.get("shared")) for name, entries in style.parameters.items()}
    definition = draft.definition
    parameters = {
        key: _sayable(draft, ("parameters", key), partial(_component, style, one), one)
        for key, one in mapping(definition.get("parameters")).items()
        if key not in taken
    }
    responses = {
        key: _sayable(draft, ("responses", key), partial(shared_response, style, key, one), one)
        for key, one in mapping(definition.get("responses")).items()
    }
    components = {key: Block(part) for key, part in (("parameters", parameters), ("responses", responses)) if part}
    if components:
        tree["components"] = Block(components)
    return tree


def _sayable(draft: Draft, part: Part, form: Callable[[], Any], swagger: Any) -> Any:
    """Returns a shared part of Swagger in the author's form, or unchanged."""
    if part[0] == "responses" and part[1].startswith("x-"):
        return swagger
    if draft.level(part) == NORMAL:
        with suppress(Unsayable):
            return form()
    draft.levels[part] = PLAIN
    draft.plain.append(part[1])
    return {"swagger": swagger}


def _component(style: Style, swagger: Any) -> Entries:
    """Returns a shared parameter that no template can express."""
    if not isinstance(swagger, dict) or not isinstance(swagger.get("name"), str):
        raise Unsayable("parameters")
    head = {"name": swagger["name"], "in": swagger.get("in")}
    if swagger.get("in") != "body":
        place = "path" if swagger.get("in") == "path" else "query"
        return {**head, **parameter_entries(style, Use(swagger["name"], swagger, place, {}))}
    rest = {key: value for key, value in swagger.items() if key not in ("name", "in", "schema")}
    return {**head, **rest, "schema": schema_form(style, swagger.get("schema"))}
