"""Rules for the limits of numbers, texts, arrays and objects."""

from typing import Any

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import found
from connector_builder.platform.swagger.objects import TYPED
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="multipleOf", fixable=True)
def multiple_of_must_be_greater_than_zero(node: Node, _: Context) -> Defects:
    """`multipleOf` isn't greater than zero.

    No number is a multiple of zero, and Swagger refuses the keyword. Write a number greater than 0, such as 0.01, or
    leave `multipleOf` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Price": {"type": "number", "multipleOf": 0}}}
    ```
    Finding: /definitions/Price/multipleOf: 'multipleOf' is the number 0, and must be greater than 0

    ```json good
    {"definitions": {"Price": {"type": "number", "multipleOf": 0.01}}}
    ```
    """
    if node.value <= 0:
        help_ = "write a number greater than 0, or leave 'multipleOf' out"
        fix = node.without("leave 'multipleOf' out") if node.value == 0 else None
        yield node.says(f"'multipleOf' is {found(node.value)}, and must be greater than 0", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="exclusiveMaximum", fixable=True)
def exclusive_maximum_requires_maximum(node: Node, _: Context) -> Defects:
    """A schema or parameter has `exclusiveMaximum` but no `maximum`.

    `exclusiveMaximum: true` excludes the value of `maximum` itself, so it means nothing alone. Add `maximum`, or remove
    `exclusiveMaximum`. `exclusiveMaximum: false` is the default, and does no harm.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Price": {"type": "number", "exclusiveMaximum": true}}}
    ```
    Finding: /definitions/Price/exclusiveMaximum: there is no 'maximum'

    ```json good
    {"definitions": {"Price": {"type": "number", "maximum": 100, "exclusiveMaximum": true}}}
    ```
    """
    if node.value is True and "maximum" not in node.owner.value:
        help_, fix = "add 'maximum', or leave 'exclusiveMaximum' out", node.without("leave 'exclusiveMaximum' out")
        yield node.says("there is no 'maximum'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="exclusiveMinimum", fixable=True)
def exclusive_minimum_requires_minimum(node: Node, _: Context) -> Defects:
    """A schema or parameter has `exclusiveMinimum` but no `minimum`.

    `exclusiveMinimum: true` excludes the value of `minimum` itself, so it means nothing alone. Add `minimum`, or remove
    `exclusiveMinimum`. `exclusiveMinimum: false` is the default, and does no harm.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Price": {"type": "number", "exclusiveMinimum": true}}}
    ```
    Finding: /definitions/Price/exclusiveMinimum: there is no 'minimum'

    ```json good
    {"definitions": {"Price": {"type": "number", "minimum": 0, "exclusiveMinimum": true}}}
    ```
    """
    if node.value is True and "minimum" not in node.owner.value:
        help_, fix = "add 'minimum', or leave 'exclusiveMinimum' out", node.without("leave 'exclusiveMinimum' out")
        yield node.says("there is no 'minimum'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="maxLength", fixable=True)
def max_length_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`maxLength` is negative.

    No text is shorter than 0 characters. Write 0 or more, or leave `maxLength` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Name": {"type": "string", "maxLength": -1}}}
    ```
    Finding: /definitions/Name/maxLength: 'maxLength' is negative

    ```json good
    {"definitions": {"Name": {"type": "string", "maxLength": 100}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="minLength", fixable=True)
def min_length_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`minLength` is negative.

    No text is shorter than 0 characters. Write 0 or more, or leave `minLength` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Name": {"type": "string", "minLength": -1}}}
    ```
    Finding: /definitions/Name/minLength: 'minLength' is negative

    ```json good
    {"definitions": {"Name": {"type": "string", "minLength": 1}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="maxItems", fixable=True)
def max_items_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`maxItems` is negative.

    No array has fewer than 0 items. Write 0 or more, or leave `maxItems` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "maxItems": -1}}}
    ```
    Finding: /definitions/Orders/maxItems: 'maxItems' is negative

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "maxItems": 10}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.ERROR, Scope.PLATFORM, *TYPED, keys="minItems", fixable=True)
def min_items_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`minItems` is negative.

    No array has fewer than 0 items. Write 0 or more, or leave `minItems` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "minItems": -1}}}
    ```
    Finding: /definitions/Orders/minItems: 'minItems' is negative

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "minItems": 1}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.ERROR, Scope.PLATFORM, "schema", keys="maxProperties", fixable=True)
def max_properties_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`maxProperties` is negative.

    No object has fewer than 0 properties. Write 0 or more, or leave `maxProperties` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "maxProperties": -1}}}
    ```
    Finding: /definitions/Order/maxProperties: 'maxProperties' is negative

    ```json good
    {"definitions": {"Order": {"type": "object", "maxProperties": 10}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.ERROR, Scope.PLATFORM, "schema", keys="minProperties", fixable=True)
def min_properties_must_be_greater_than_or_equal_to_zero(node: Node, _: Context) -> Defects:
    """`minProperties` is negative.

    No object has fewer than 0 properties. Write 0 or more, or leave `minProperties` out.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Order": {"type": "object", "minProperties": -1}}}
    ```
    Finding: /definitions/Order/minProperties: 'minProperties' is negative

    ```json good
    {"definitions": {"Order": {"type": "object", "minProperties": 1}}}
    ```
    """
    yield from _negative(node)


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="minimum")
def minimum_should_be_less_than_or_equal_to_maximum(node: Node, _: Context) -> Defects:
    """`minimum` is greater than `maximum`, so no value is valid.

    Whatever people type breaks one of the two limits. Correct one of the two.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Price": {"type": "number", "minimum": 10, "maximum": 1}}}
    ```
    Finding: /definitions/Price/minimum: 'minimum' is greater than 'maximum'

    ```json good
    {"definitions": {"Price": {"type": "number", "minimum": 1, "maximum": 10}}}
    ```
    """
    yield from _crossed(node, "maximum")


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="minLength")
def min_length_should_be_less_than_or_equal_to_max_length(node: Node, _: Context) -> Defects:
    """`minLength` is greater than `maxLength`, so no text is valid.

    Whatever people type breaks one of the two limits. Correct one of the two.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Name": {"type": "string", "minLength": 10, "maxLength": 1}}}
    ```
    Finding: /definitions/Name/minLength: 'minLength' is greater than 'maxLength'

    ```json good
    {"definitions": {"Name": {"type": "string", "minLength": 1, "maxLength": 10}}}
    ```
    """
    yield from _crossed(node, "maxLength")


@rule(Severity.WARNING, Scope.PLATFORM, *TYPED, keys="minItems")
def min_items_should_be_less_than_or_equal_to_max_items(node: Node, _: Context) -> Defects:
    """`minItems` is greater than `maxItems`, so no array is valid.

    Whatever people type breaks one of the two limits. Correct one of the two.

    Source: https://spec.openapis.org/oas/v2.0
    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "minItems": 10, "maxItems": 1}}}
    ```
    Finding: /definitions/Orders/minItems: 'minItems' is greater than 'maxItems'

    ```json good
    {"definitions": {"Orders": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 10}}}
    ```
    """
    yield from _crossed(node, "maxItems")


def _negative(node: Node) -> Defects:
    if node.value < 0:
        # A negative least excludes nothing, and -1 is how other systems write that there is no most.
        without = node.value == -1 or str(node.key).startswith("min")
        fix = node.without(f"leave '{node.key}' out") if without else None
        yield node.says(f"'{node.key}' is negative", help=f"write 0 or more, or leave '{node.key}' out", fix=fix)


_COUNTS = ("maxLength", "maxItems")
"""Limits that can't be negative, as another rule says."""


def _crossed(node: Node, greater: str) -> Defects:
    limit = node.owner.value.get(greater)
    if _is_number(limit) and node.value > limit and not (limit < 0 and greater in _COUNTS):
        help_ = f"write {_shown(limit)} or less, or a greater '{greater}'"
        yield node.says(f"'{node.key}' is greater than '{greater}'", help=help_, related=_at(node, greater))


def _shown(number: float) -> str:
    return found(number).removeprefix("the number ")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(node: Node, key: str) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    return (((*node.owner.pointer, key), f"the '{key}'"),)
