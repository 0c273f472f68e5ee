"""One of the two packages of a comparison, with what is made of it once."""

from collections.abc import Sequence
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.package.model import Package
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.swagger.operations import Operation, operations
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.fields import Budget, Field
from connector_builder.platform.view.inputs import Parameter, input_fields, parameters_of
from connector_builder.platform.view.outputs import CONTENT, Answer, answer_of, output_fields

MAX_COMPARED = 300_000
"""The most fields of all operations together that are compared."""


class Part:
    """An operation, with its inputs and outputs, which are made when they are asked for.

    `full` says that one of both has more fields than are compared.
    """

    def __init__(self, operation: Operation, side: "Side") -> None:
        self.operation = operation
        self.side = side
        self.value = operation.value
        self.id = text(operation.value.get("operationId"))
        self.pointer: Pointer = operation.pointer
        self._parameters: list[Parameter] | None = None
        self._inputs: list[Field] | None = None
        self.full = False

    @property
    def name(self) -> str:
        """Returns the id, or the verb and path of an operation without one."""
        return self.id or f"{self.operation.verb.upper()} {self.operation.path}"

    @property
    def is_trigger(self) -> bool:
        return bool(self.value.get("x-ms-trigger"))

    @property
    def is_webhook(self) -> bool:
        return self.is_trigger and isinstance(self.operation.item.get(CONTENT), dict)

    @property
    def is_internal(self) -> bool:
        return visibility_of(self.value) == "internal"

    @property
    def parameters(self) -> list[Parameter]:
        if self._parameters is None:
            self._parameters = parameters_of(self.operation, self.side.references)
        return self._parameters

    @property
    def inputs(self) -> list[Field]:
        """Returns all inputs, hidden ones and those that only the service sees too."""
        if self._inputs is None:
            self._inputs, full = input_fields(self.parameters, self.side.references, self.side.budget, whole=True)
            self.full = self.full or full
        return self._inputs

    @property
    def answer(self) -> Answer:
        return answer_of(self.operation, self.side.references)

    def outputs(self, answer: Answer) -> list[Field]:
        """Returns all outputs of an answer."""
        found, full = output_fields(answer, self.side.references, self.side.budget, whole=True)
        self.full = self.full or full
        return found


class Side:
    """A package, its references and its operations. `budget` counts the fields of all operations, `arguments` those of functions in apps."""

    def __init__(self, package: Package | None) -> None:
        self.package = package
        self.definition: dict[str, Any] = mapping(package.definition if package is not None else None)
        self.properties: dict[str, Any] = mapping(
            mapping(package.properties if package is not None else None).get("properties")
        )
        self.references = References(self.definition)
        self.budget, self.arguments = Budget(MAX_COMPARED), Budget(MAX_COMPARED)
        self.parts: Sequence[Part] = [Part(one, self) for one in operations(self.definition)]
        self.called = frozenset(_called(self.definition))

    def concerns(self, part: Part) -> bool:
        """Checks whether people notice a change of an operation: an internal one only if another part calls it."""
        return not part.is_internal or part.id in self.called


def _called(definition: Any) -> set[str]:
    """Returns the ids of the operations that other parts of a definition call: for lists, schemas, tests and webhooks."""
    found: set[str] = set()
    waiting = [definition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if key == "operationId" and isinstance(value, str) and "responses" not in part:
                    found.add(value)
                elif isinstance(value, dict | list):
                    waiting.append(value)
        elif isinstance(part, list):
            waiting += part
    return found


def visibility_of(part: Any) -> str:
    """Returns the visibility of a part in small letters; empty if it has none."""
    found = text(mapping(part).get("x-ms-visibility")).lower()
    return "" if found == "none" else found
