"""Chooses the `defaults` that make a spec the shortest, so that its parts need not repeat them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from connector_builder.language.decompile.choices.operations import (
    CASES,
    description_of,
    media_types_of,
    of_consumes,
    of_operations,
    parameter_order,
    summary_case,
)
from connector_builder.language.decompile.choices.tags import tags_by_path
from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.decompile.schemas.dynamic import TWINS
from connector_builder.language.derived import (
    CONTAINERS,
    LABEL_KEYS,
    Conventions,
    field_description,
    is_hidden,
    label,
    odata,
    parameter_type,
)
from connector_builder.language.tables.statuses import PHRASES
from connector_builder.language.tables.top import OBJECTS
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger import operations as definitions
from connector_builder.source.yaml_writer import Block

_SUPPRESSED = len("summary: null, ")


def choose_defaults(definition: Entries) -> Entries:
    """Returns `defaults` in the author's form, without the language's own defaults."""
    fields = list(_fields(definition))
    operations = [one.value for one in definitions.operations(definition)]
    parameters = list(_parameters(definition, operations))
    chosen: Entries = {}
    mode, case, parameter_mode, containers = _labels(fields, parameters)
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
    chosen.update(_of_responses(operations))
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


def _labels(fields: list[tuple[str, Entries]], parameters: list[Entries]) -> tuple[str, str, str, bool]:
    """Returns the choice of labels that costs the least.

    It consists of the labels that fields have, their case, the labels of parameters, and whether containers have labels
    too.
    """
    counts: Counter[Labelled] = Counter(
        (name, one.get("x-ms-summary"), one.get("title"), one.get("type") in CONTAINERS)
        for name, one in fields
        if not is_hidden(one) and _is_text(one.get("x-ms-summary")) and _is_text(one.get("title"))
    )
    of_parameters: Counter[tuple[str, Any]] = Counter(
        (one["name"], one.get("x-ms-summary"))
        for one in parameters
        if one.get("in") != "body" and not is_hidden(one) and _is_text(one.get("x-ms-summary"))
    )
    best: tuple[int, tuple[str, str, str, bool]] | None = None
    for case in CASES:
        names = {key[0] for key in counts} | {key[0] for key in of_parameters}
        derived = {name: label(name, case) for name in names}
        modes = {
            (mode, containers): _field_cost(counts, derived, mode, containers=containers)
            for mode in LABEL_KEYS
            for containers in (True, False)
        }
        parameter_modes = {
            "summary": _parameter_cost(of_parameters, derived),
            "none": _parameter_cost(of_parameters, {}),
        }
        mode, containers = min(modes, key=modes.__getitem__)
        parameter_mode = min(parameter_modes, key=parameter_modes.__getitem__)
        cost = modes[mode, containers] + parameter_modes[parameter_mode]
        if best is None or cost < best[0]:
            best = cost, (mode, case, parameter_mode, containers)
    assert best is not None
    return best[1]


Labelled = tuple[str, Any, Any, bool]
"""A field's name and labels, and whether it is an object or an array."""


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _field_cost(counts: Counter[Labelled], derived: dict[str, str | None], mode: str, *, containers: bool) -> int:
    cost, keys = 0, LABEL_KEYS[mode]
    for (name, summary, title, container), times in counts.items():
        text = derived[name] if containers or not container else None
        expected = (text if "x-ms-summary" in keys else None, text if "title" in keys else None)
        if (summary, title) != expected:
            cost += times * _said(summary, title)
    return cost


def _said(*labels: str | None) -> int:
    """Returns the characters of the labels that must be written; to write that there is none takes some too."""
    given = [text for text in labels if text is not None]
    return sum(len("summary: , ") + len(text) for text in given) if given else _SUPPRESSED


def _parameter_cost(counts: Counter[tuple[str, Any]], derived: dict[str, str | None]) -> int:
    return sum(times * _said(text) for (name, text), times in counts.items() if text != derived.get(name))


def _is_odata(parameters: list[Entries]) -> bool:
    """Checks whether OData's types and texts for its query options make the spec shorter."""
    cost = 0
    uses = {
        (one["name"], one.get("type"), one.get("format"), one.get("description")): one
        for one in parameters
        if _is_text(one.get("type")) and _is_text(one.get("format")) and _is_text(one.get("description"))
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
        if one.get("in") == "path" and _is_text(one.get("x-ms-url-encoding"))
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


def _of_responses(operations: list[Entries]) -> Entries:
    """Returns, by status, the description and the schema that most responses of it have."""
    texts: dict[str, Counter[str]] = {}
    for one in operations:
        responses = one.get("responses")
        for status, response in responses.items() if isinstance(responses, dict) else ():
            said = _said_of(response)
            if said is not None:
                texts.setdefault(status, Counter())[said] += 1
    chosen: Entries = {}
    for status, counts in texts.items():
        text, times = counts.most_common(1)[0]
        if text != PHRASES.get(status) and times > 1 and times * 2 > counts.total() and status in PHRASES:
            name = text.removeprefix(_SHARED)
            chosen[status] = text if name == text else {"$ref": name}
    return {"responses": {key: chosen[key] for key in sorted(chosen)}} if chosen else {}


_SHARED = "#/responses/"


def _said_of(response: Any) -> str | None:
    """Returns the description of a response, or the reference to a shared one."""
    match response:
        case {"$ref": str(target), **rest} if not rest and target.startswith(_SHARED) and not set(target) & set("~%"):
            return target
        case {"description": str(text)} if "$ref" not in response and not text.startswith(_SHARED):
            return text
    return None


def alike_responses(operations: list[Entries], said: Entries) -> dict[str, Entries]:
    """Returns, by status, the headers that most responses share, and the schema and examples of failures, if shorter.

    They are still in Swagger. `said` contains the existing entries of `defaults.responses`.
    """
    by_status: dict[str, list[Entries]] = {}
    for one in operations:
        responses = one.get("responses")
        for status, response in responses.items() if isinstance(responses, dict) else ():
            if status in PHRASES and _said_of(response) is not None:
                by_status.setdefault(status, []).append(response)
    alike: dict[str, Entries] = {}
    for status, responses in by_status.items():
        success = status.startswith("2")  # each has a schema of its own
        parts = ("headers",) if success else ("headers", "schema", "examples")
        keys = {} if isinstance(said.get(status), dict) else _alike(responses, parts)
        if keys:
            alike[status] = keys
    return alike


def _alike(responses: list[Entries], parts: tuple[str, ...]) -> Entries:
    """Returns which of these parts most responses have, by key. Only a schema and headers can be left out of a response."""
    found: Entries = {}
    for key in parts:
        values = {
            repr(one[key]): one[key]
            for one in responses
            if isinstance(one.get(key), dict) and (one[key] or key == "schema")
        }
        counts = Counter(repr(one.get(key)) for one in responses)
        text = max(values, key=lambda text: counts[text], default="")
        absent = counts["None"]
        if counts[text] < LEAST_USES or counts[text] * 2 <= len(responses) or (key == "examples" and absent):
            continue
        if (counts[text] - 1) * (len(key) + len(text)) > absent * _LEFT_OUT:
            found[key] = values[text]
    return found


LEAST_USES = 3
"""The fewest equal places for which a common part is written."""
_LEFT_OUT = len("404: {schema: null}")
