"""What dynamic fields offer, taken from the samples: the values of a drop-down, the entries of a tree, the fields of a schema."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from connector_builder.package import Package
from connector_builder.platform.data.plain import as_text, first_text, items, mapping, text
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import References
from connector_builder.platform.view.card import Input, Option
from connector_builder.platform.view.fields import Budget, Field
from connector_builder.platform.view.inputs import input_fields, inputs_of

MAX_OPTIONS = 50
_LISTS = {
    "x-ms-dynamic-list": ("itemsPath", "itemValuePath", "itemTitlePath"),
    "x-ms-dynamic-values": ("value-collection", "value-path", "value-title"),
}
_SCHEMAS = {"x-ms-dynamic-properties": "itemValuePath", "x-ms-dynamic-schema": "value-path"}
_TREE = ("itemsPath", "itemValuePath", "itemTitlePath")


class Samples:
    """The answers that a package has samples of, by operation: its own samples, and the examples of its definition."""

    def __init__(self, package: Package) -> None:
        self._answers: dict[str, Any] = {}
        references = References(package.definition)
        for operation in operations(package.definition):
            example = _example(operation.value, references)
            if example is not None:
                self._answers[text(operation.value.get("operationId"))] = example
        for sample in package.samples:
            if str(sample.status).startswith("2"):
                self._answers[sample.operation] = sample.value

    def options(self, field: Field, references: References) -> tuple[Option, ...]:
        """Returns what the drop-down or the tree of a field offers; empty without a sample."""
        for part in (field.part, mapping(references.resolved(field.part.get("items")))):
            for key, names in _LISTS.items():
                call = mapping(part.get(key))
                if call:
                    return self._listed(call, names)
            tree = mapping(part.get("x-ms-dynamic-tree"))
            if tree:
                return self._listed(mapping(tree.get("open")) or tree, _TREE)
        return ()

    def _listed(self, call: Mapping[str, Any], names: tuple[str, str, str]) -> tuple[Option, ...]:
        collection, value, title = (text(call.get(name)) for name in names)
        answer = _follow(self._answers.get(text(call.get("operationId"))), collection)
        return tuple(islice(_options(answer, value, title or value), MAX_OPTIONS))

    def fields(self, field: Field) -> tuple[Input, ...]:
        """Returns the fields that the sample of a dynamic schema's operation describes; empty without one."""
        for key, name in _SCHEMAS.items():
            call = mapping(field.part.get(key))
            if call:
                answer = self._answers.get(text(call.get("operationId")))
                schema = _follow(answer, text(call.get(name)))
                if not isinstance(schema, dict):
                    return ()
                body = {"name": field.name, "in": "body", "required": True, "schema": schema}
                references = References({"schema": schema})
                found, _ = input_fields([(body, ("body",))], references, Budget(500))
                return inputs_of(found, references)
        return ()


def _example(operation: Mapping[str, Any], references: References) -> Any:
    """Returns the example of the first successful answer; None without one."""
    for status, answer in mapping(operation.get("responses")).items():
        if str(status).startswith("2"):
            examples = mapping(mapping(references.resolved(answer)).get("examples"))
            found = next((value for name, value in examples.items() if "json" in str(name)), None)
            if found is not None:
                return found
    return None


def _follow(value: Any, path: str) -> Any:
    for step in filter(None, path.split("/")):
        value = mapping(value).get(step)
    return value


def _options(answer: Any, value: str, title: str) -> Iterator[Option]:
    for one in items(answer):
        given = _follow(one, value) if value else one
        plain = given if isinstance(given, str) else as_text(given)
        if plain is not None:
            shown = _follow(one, title) if title else one
            yield Option(first_text(shown, as_text(shown), plain), given)
