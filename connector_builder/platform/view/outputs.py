"""The answer whose fields people get, and the tokens that later steps can use.

Source: the parser of https://github.com/Azure/LogicAppsUX.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import first_text, mapping, text
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.fields import TYPES, Budget, Field, Flattening, type_of
from connector_builder.platform.view.keys import ITEM, encoded, known_title

if TYPE_CHECKING:
    from connector_builder.platform.view.model import Output

CONTENT = "x-ms-notification-content"
EARLY = 6
"""The tokens of a step that the designer shows before people ask for more."""
_CHOSEN = ("200", "201", "default")


class Answer(NamedTuple):
    """The answer that people get the fields of: its status, `CONTENT` for what a webhook receives, and empty if there is none."""

    status: str
    value: dict[str, Any]
    pointer: Pointer


def answer_of(operation: Operation, references: References) -> Answer:
    """Returns the answer that the designer reads: a lone one if it is a success, else 200, 201 or the default."""
    if operation.value.get("x-ms-trigger") and isinstance(operation.item.get(CONTENT), dict):
        return Answer(CONTENT, operation.item[CONTENT], (*operation.pointer[:2], CONTENT))
    responses = mapping(operation.value.get("responses"))
    at = (*operation.pointer, "responses")
    statuses = [str(status) for status in responses if not str(status).startswith("x-")]
    if len(statuses) == 1 and (statuses[0].startswith("2") or statuses[0] == "default"):
        chosen = statuses[0]
    else:
        chosen = next((status for status in _CHOSEN if responses.get(status)), "")
    if not chosen:
        return Answer("", {}, at)
    value, pointer = references.place(responses.get(chosen), (*at, chosen))
    return Answer(chosen, mapping(value), pointer)


def output_fields(
    answer: Answer, references: References, budget: Budget, *, whole: bool = False
) -> tuple[list[Field], bool]:
    """Returns the outputs of an answer as one list, hidden ones too, and whether some were left out, since there are too many."""
    flattening = Flattening(references, budget, inputs=False, whole=whole)
    found: list[Field] = []
    if answer.status:
        # An answer without a schema still gives one token for all of it.
        schema = answer.value.get("schema", {})
        found += flattening.schema(schema, (*answer.pointer, "schema"), "body.$", "body")
    for name, header in mapping(answer.value.get("headers")).items():
        if flattening.takes(header):
            found.append(_header(str(name), mapping(header), (*answer.pointer, "headers", name)))
    return found, flattening.full


def _header(name: str, header: dict[str, Any], pointer: Pointer) -> Field:
    visibility = text(header.get("x-ms-visibility")).lower()
    known = known_title(name) if name.startswith("x-ms-") else ""
    label = first_text(header.get("title"), header.get("x-ms-summary"), known, header.get("description"), "Body")
    hidden = visibility == "internal"
    key = f"headers.$.{encoded(name)}"
    return Field(key, name, "header", (name,), label, header, pointer, False, visibility, hidden=hidden)


def split_path(schema: Any, references: References) -> tuple[str, ...] | None:
    """Returns the steps to the only array at the top of an answer, for triggers that start a run for each item."""
    steps: list[str] = []
    for _ in range(20):
        part = mapping(references.resolved(schema))
        if type_of(part) == "array":
            return tuple(steps)
        shown = {
            name: value
            for name, value in mapping(part.get("properties")).items()
            if mapping(references.resolved(value)).get("x-ms-visibility") != "internal"
        }
        if type_of(part) != "object" or len(shown) != 1:
            return None
        [(name, schema)] = shown.items()
        steps.append(name)
    return None


def outputs_of(fields: Sequence[Field], split: tuple[str, ...] | None = None) -> "tuple[Output, ...]":
    """Returns the tokens. If a run starts for each item of the array at `split`, they are those of the item."""
    shown = [field for field in fields if not field.hidden and field.type in TYPES]
    if split is not None:
        start = (*split, ITEM)
        shown = [field for field in shown if field.place == "header" or field.path[: len(start)] == start]
    outer = ".".join(("body.$", *map(encoded, split))) if split is not None else None
    made = [_output(field, outer) for field in shown]
    early = {one.key for one in [*(o for o in made if not o.advanced), *(o for o in made if o.advanced)][:EARLY]}
    return tuple(one._replace(early=one.key in early) for one in made)


def _output(field: Field, outer: str | None) -> "Output":
    from connector_builder.platform.view.model import Output  # slow to import, and rules ask for fields alone

    array = "" if field.array == outer else field.array
    return Output(
        field.key,
        field.label,
        text(field.part.get("description")),
        field.type,
        field.format,
        array,
        field.place == "header",
        field.visibility == "advanced",
    )
