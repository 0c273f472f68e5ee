"""Chooses the `defaults` that make a spec the shortest, so that its parts need not repeat them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from connector_builder.language.decompile.choices.labels import choose_labels, is_text
from connector_builder.language.decompile.choices.operations import (
    description_of,
    media_types_of,
    of_consumes,
    of_operations,
    parameter_order,
    summary_case,
)
from connector_builder.language.decompile.choices.responses import LEAST_USES, of_responses
from connector_builder.language.decompile.choices.tags import tags_by_path
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.schemas.dynamic import TWINS
from connector_builder.language.derived import (
    Conventions,
    field_description,
    is_hidden,
    odata,
    parameter_type,
)
from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger import operations as definitions
from connector_builder.source.yaml_writer import Block


def choose_defaults(definition: Entries) -> Entries:
    """Returns `defaults` in the author's form, without the language's own defaults."""
    fields = list(_fields(definition))
    operations = [one.value for one in definitions.operations(definition)]
    parameters = list(_parameters(definition, operations))
    chosen: Entries = {}
    mode, case, parameter_mode, containers = choose_labels(fields, parameters)
    if mode != "summary":
        chosen["label"] = mode
    if not containers:
        chosen["containerLabel"] = "none"
    if parameter_mode != "summary":
        chosen["parameterLabel"] = parameter_mode
    if case != "title":
        chosen["labelCase"] = case
    description = _description(fields)
    if description != "none":
        chosen["description"] = description
    own = list({repr(one): one for one in parameters if one.get("in") != "body"}.values())
    if _labelled(own) - sum("description" not in one and "x-ms-summary" in one for one in own) > LEAST_USES:
        chosen["parameterDescription"] = "label"
    if not _is_odata(parameters):
        chosen["odata"] = False
    if not _has_twins(definition):
        chosen["twins"] = False
    chosen.update(_of_parameters(parameters))
    chosen.update(_of_operations(definition, operations, chosen.get("body", {})))
    return in_order(chosen)


def _of_operations(definition: Entries, operations: list[Entries], body: Entries) -> Entries:
    chosen: Entries = {}
    case = summary_case(operations)
    if case != "sentence":
        chosen["summaryCase"] = case
    if (description := description_of(operations)) != "none":
        chosen["operationDescription"] = description
    order = parameter_order(definition, operations)
    if order:
        chosen["parameterOrder"] = order
    media = media_types_of(definition, operations)
    if media != "json":
        chosen["mediaTypes"] = media
    consumes = of_consumes(operations) if media not in ("bodies", "operations") else {}
    if "body" in consumes:
        chosen["body"] = {**body, "consumes": consumes["body"]}
    chosen.update(of_responses(operations))
    operation = {**consumes.get("operation", {}), **of_operations(operations, media)}
    tags = tags_by_path(list(definitions.operations(definition))) if "tags" not in operation else None
    if tags is not None:
        operation["tags"] = Block(tags)
    if operation:
        chosen["operation"] = operation
    return chosen


def in_order(chosen: Entries) -> Entries:
    """Returns the `defaults` in the order of the language's table."""
    return {key: chosen[key] for key in OBJECTS["defaults"].keys if key in chosen}


def _description(fields: list[tuple[str, Entries]]) -> str:
    """Returns the derivation of descriptions that fits most fields."""
    named = sum(one.get("description") == name for name, one in fields)
    labelled = _labelled([one for _, one in fields])
    absent = sum("description" not in one for _, one in fields)
    unlabelled = sum("description" not in one and not {"title", "x-ms-summary"}.isdisjoint(one) for _, one in fields)
    if named > 2 and named - absent > max(labelled - unlabelled, 0):
        return "name"
    return "label" if labelled - unlabelled > LEAST_USES else "none"


def _labelled(parts: list[Entries]) -> int:
    """Counts the fields or parameters whose description is their label."""
    own = Conventions(description="label")
    return sum(one.get("description") == field_description(own, "", one) is not None for one in parts)


def _fields(part: Any) -> Iterator[tuple[str, Entries]]:
    """Yields every property that may be a field, by name.

    This isn't `walk`: a field that occurs twice in the text is counted twice, and one that is only referred to isn't
    counted.
    """
    if isinstance(part, list):
        for one in part:
            yield from _fields(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "properties" and isinstance(value, dict):
                for name, one in value.items():
                    if isinstance(one, dict):
                        if "$ref" not in one:
                            yield name, one
                        yield from _fields(one)
            elif isinstance(value, dict | list) and not key.startswith(("x-ms-dynamic", "example")):
                yield from _fields(value)


def _parameters(definition: Entries, operations: list[Entries]) -> Iterator[Entries]:
    shared = definition.get("parameters")
    listed = [list(shared.values())] if isinstance(shared, dict) else []
    for each in (*listed, *(one.get("parameters") for one in operations)):
        for one in each if isinstance(each, list) else ():
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                yield one


def _is_odata(parameters: list[Entries]) -> bool:
    """Checks whether OData's types and texts for its query options make the spec shorter."""
    cost = 0
    uses = {
        (one["name"], one.get("type"), one.get("format"), one.get("description")): one
        for one in parameters
        if is_text(one.get("type")) and is_text(one.get("format")) and is_text(one.get("description"))
    }
    for one in uses.values():
        option = odata(_KNOWN, one["name"], one.get("in"), hidden=is_hidden(one))
        if option is None:
            continue
        said = {key: one[key] for key in ("type", "format") if key in one}
        told: Entries = {key: one[key] for key in ("enum", "default") if key in one}
        cost += (said != parameter_type(told, option)) - (said != parameter_type(told))
        if one.get("description") == option.description:
            cost -= 2
        elif "description" not in one:
            cost += 2
    return cost <= 1


_KNOWN = Conventions()


def _has_twins(definition: Entries) -> bool:
    """Checks whether dynamic extensions have their newer twin too, or so few lack it that each can say so."""
    counts: Counter[str] = Counter()
    waiting: list[Any] = [definition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for old, new, *_ in TWINS.values():
                if "operationId" in mapping(part.get(old)) or new in part:
                    counts["with" if new in part else "without"] += 1
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return counts["without"] - counts["with"] < LEAST_USES


def _of_parameters(parameters: list[Entries]) -> Entries:
    chosen: Entries = {}
    optional = [
        one
        for one in parameters
        if one.get("in") in ("query", "header", "formData") and one.get("required") is not True
    ]
    absent = sum("required" not in one for one in optional)
    if absent * 2 > len(optional):
        chosen["optional"] = "absent"
    in_path = Counter(
        one.get("x-ms-url-encoding")
        for one in parameters
        if one.get("in") == "path" and is_text(one.get("x-ms-url-encoding"))
    )
    if in_path:
        encoding = max(("single", "double", None), key=lambda one: in_path[one])
        if encoding != "single":
            chosen["urlEncoding"] = encoding
    bodies = [one for one in parameters if one.get("in") == "body"]
    body: Entries = {}
    if bodies:
        name, times = Counter(one["name"] for one in bodies).most_common(1)[0]
        if name != "body" and times > 1 and times > sum(one["name"] == "body" for one in bodies):
            body["name"] = name
        flags = Counter(repr(one.get("required")) for one in bodies)
        flag = {"True": True, "False": False, "None": None}.get(flags.most_common(1)[0][0], True)
        if flag is not True and flags[repr(flag)] > flags["True"]:
            body["required"] = flag
    if body:
        chosen["body"] = body
    return chosen
