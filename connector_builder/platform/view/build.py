"""Makes the model of what people see, of a definition and its apiProperties.json. Both may be any JSON."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings.wording import counted, quoted
from connector_builder.platform.data.plain import first_text, items, mapping, text
from connector_builder.platform.swagger import operations as definitions
from connector_builder.platform.swagger.extensions import AGENTIC
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.apps import app_of, function_name, is_offered, odd_media
from connector_builder.platform.view.card import Input
from connector_builder.platform.view.connections import connection_of
from connector_builder.platform.view.fields import Budget
from connector_builder.platform.view.inputs import input_fields, inputs_of, parameters_of
from connector_builder.platform.view.model import Counts, Operation, Output, Tool, View
from connector_builder.platform.view.outputs import Answer, answer_of, output_fields, outputs_of
from connector_builder.platform.view.triggers import kind_of, split_of, trigger_of

LONG = 60
"""The characters of a token that the designer shows beside others."""


def view_of(definition: Any, properties: Any = None, *, only: str = "") -> View:
    """Returns a connector as people see it; with `only`, just the operation with this id."""
    info = mapping(mapping(definition).get("info"))
    title = text(info.get("title"))
    found = list(_Views(definition).operations(only))
    listed = [one for one in found if one.visibility != "internal"]
    ranks = {"important": 0, "advanced": 2}
    listed.sort(key=lambda one: ranks.get(one.visibility, 1))
    hidden = tuple(one for one in found if one.visibility == "internal")
    version = text(info.get("version"))
    return View(title, text(info.get("description")), version, connection_of(properties, title), tuple(listed), hidden)


class _Views:
    """Makes the views of a definition's operations, which share its references and its budget."""

    def __init__(self, definition: Any) -> None:
        self._definition = mapping(definition)
        self._references = References(definition)
        self._budget, self._arguments = Budget(), Budget()
        self._odd_media = odd_media(items(self._definition.get("produces")))
        self._all = list(definitions.operations(definition))
        self._functions = Counter(
            function_name(text(one.value.get("operationId"))) for one in self._all if is_offered(one)
        )
        self._seen: set[str] = set()
        self._newest = self._newest_revisions()

    def operations(self, only: str) -> Iterator[Operation]:
        for one in self._all:
            if not only or text(one.value.get("operationId")) == only:
                yield self._view(one)

    def _view(self, one: definitions.Operation) -> Operation:
        value, references = one.value, self._references
        parameters, answer = parameters_of(one, references), answer_of(one, references)
        fields, full = input_fields(parameters, references, self._budget)
        found, full_too = output_fields(answer, references, self._budget)
        trigger = trigger_of(one, answer, references)
        inputs, outputs = inputs_of(fields, references), outputs_of(found, split_of(one, answer, references))
        own = items(value.get("produces"))
        media = odd_media(own) if own else self._odd_media
        app = app_of(one, parameters, references, lambda: self._app_answer(one), self._arguments, media)
        app = self._dropped(app)
        id_ = text(value.get("operationId"))
        notes = list(self._notes(one, answer, inputs, outputs, full=full or full_too))
        annotation = mapping(value.get("x-ms-api-annotation"))
        return Operation(
            id_,
            one.verb,
            one.path,
            first_text(value.get("summary"), id_, f"{one.verb.upper()} {one.path}"),
            text(value.get("summary")),
            text(value.get("description")),
            kind_of(one),
            text(value.get("x-ms-visibility")).lower(),
            value.get("deprecated") is True,
            first_text(annotation.get("family"), id_),
            revision_of(value),
            inputs,
            outputs,
            loops_of(outputs),
            answer.status,
            trigger,
            app,
            tool_of(value, inputs) if trigger is None else None,
            (*notes, *(f"Power Apps drops its function: {reason}" for reason in app.why_not if is_offered(one))),
            counts_of(inputs, outputs),
        )

    def _app_answer(self, one: definitions.Operation) -> Mapping[str, Any] | None:
        """Returns the schema that an app gets: that of the lowest success, else of the default; None without one."""
        responses = mapping(one.value.get("responses"))
        status = min((str(name) for name in responses if str(name).startswith("2")), default="default")
        answer = mapping(self._references.resolved(responses.get(status)))
        return mapping(answer.get("schema")) if "schema" in answer else None

    def _dropped(self, app: Any) -> Any:
        """Returns the function as lost if one before it has the same name."""
        if app.supported and self._functions[app.function] > 1:
            if app.function in self._seen:
                return app._replace(supported=False, why_not=("an operation before it has the same name there",))
            self._seen.add(app.function)
        return app

    def _newest_revisions(self) -> dict[str, int]:
        newest: dict[str, int] = {}
        for one in self._all:
            family = text(mapping(one.value.get("x-ms-api-annotation")).get("family"))
            if family and one.value.get("deprecated") is not True:
                newest[family] = max(newest.get(family, 0), revision_of(one.value))
        return newest

    def _notes(
        self,
        one: definitions.Operation,
        answer: Answer,
        inputs: Sequence[Input],
        outputs: Sequence[Output],
        *,
        full: bool,
    ) -> Iterator[str]:
        """Yields what is worth knowing about an operation, and where the places that show it differ."""
        if full:
            yield "it has more fields than are shown here"
        family = text(mapping(one.value.get("x-ms-api-annotation")).get("family"))
        if revision_of(one.value) < self._newest.get(family, 0):
            yield "the list offers only the newest revision of its family"
        responses = [str(name) for name in mapping(one.value.get("responses"))]
        if not answer.status and any(name.startswith("2") for name in responses):
            yield f"no tokens: beside other responses, the designer doesn't read {quoted(min(responses))}"
        elif not outputs:
            yield "later steps get no tokens"
        elif [one.token for one in outputs] == ["Body"]:
            yield "later steps get only the token 'Body'"
        yield from notes_about(inputs)
        bare = [field.label for field in inputs if field.required and not field.hint and not field.in_array_of]
        if bare and kind_of(one) == "action":
            yield f"an agent has no description of {', '.join(map(quoted, bare[:10]))}"


def notes_about(inputs: Sequence[Input]) -> Iterator[str]:
    """Yields what is worth knowing about the fields of a card."""
    for field in inputs:
        if field.dynamic is not None and field.dynamic.kind == "schema":
            needed = " and ".join(quoted(name) for name in field.dynamic.depends_on)
            source = f"come from {quoted(field.dynamic.operation_id)}"
            yield f"the fields of {quoted(field.label)} {f'appear after you choose {needed}' if needed else source}"
    for label, number in Counter(field.label for field in inputs if not field.in_array_of).items():
        if number > 1:
            yield f"{counted(number, 'field')} have the label {quoted(label)}"


def revision_of(operation: Mapping[str, Any]) -> int:
    """Returns the revision of an operation in its family; 1 if it doesn't say."""
    found = mapping(operation.get("x-ms-api-annotation")).get("revision")
    return found if isinstance(found, int) and not isinstance(found, bool) else 1


def loops_of(outputs: Sequence[Output]) -> tuple[str, ...]:
    """Returns the keys of the arrays whose items put a step into a loop."""
    return tuple(dict.fromkeys(one.in_array_of for one in outputs if one.in_array_of))


def tool_of(operation: Mapping[str, Any], inputs: Sequence[Input]) -> Tool:
    """Returns how an agent sees an action: its required inputs are filled in by the model. An MCP server has none."""
    named = first_text(operation.get("summary"), operation.get("operationId"))
    needed = tuple((one.wire_name, one.hint) for one in inputs if one.required and not one.in_array_of)
    return Tool(named, text(operation.get("description")), () if AGENTIC in operation else needed)


def counts_of(inputs: Sequence[Input], outputs: Sequence[Output]) -> Counts:
    """Counts what makes an operation hard to read. Fields inside the items of arrays don't count."""
    top = [one for one in inputs if not one.in_array_of]
    raw = sum(one.label == one.wire_name for one in top)
    texts = Counter(one.token for one in outputs)
    shared = sum(number for number in texts.values() if number > 1)
    return Counts(len(top), raw, len(outputs), shared, sum(len(one.token) > LONG for one in outputs))
