"""A sample against its schema, by the jsonschema library. Slow to import, so only imported where there are samples."""

from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft4Validator, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT4

from connector_builder.source.pointers import format_pointer

# Swagger 2.0 schemas follow draft 4. Left out are `pattern`, since a pattern from a stranger may take exponential time,
# and `uniqueItems`, which takes quadratic time.
_KEYWORDS = (
    "$ref", "additionalProperties", "allOf", "enum", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength",
    "minimum", "multipleOf", "properties", "required", "type",
)  # fmt: skip
MAX_STEPS = 500_000


class _TooMuch(Exception):  # noqa: N818 - it stops a check that would take too long
    pass


class _Budget:
    left = MAX_STEPS


def _bounded(keyword: Callable[..., Iterator[ValidationError] | None], budget: _Budget) -> Callable[..., Any]:
    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Any:
        budget.left -= 1
        if budget.left < 0:
            raise _TooMuch
        # The platform has no word for null: services send it for any field.
        return () if instance is None else keyword(validator, value, instance, schema) or ()

    return check


def sample_error(sample: Any, schema: dict[str, Any], definitions: dict[str, Any]) -> tuple[str, str] | None:
    """The pointer and the reason of the first place where a sample isn't valid against a schema.

    None where it is valid, and where it can't be told: the schema is broken, or checking would take too long.
    """
    budget = _Budget()
    rules = {name: _bounded(Draft4Validator.VALIDATORS[name], budget) for name in _KEYWORDS}
    check = validators.create(meta_schema={}, validators=rules, type_checker=Draft4Validator.TYPE_CHECKER)
    root = {"definitions": definitions, "allOf": [schema]}
    registry: Registry[Any] = Registry().with_resource("", DRAFT4.create_resource(root))
    try:
        error = next(iter(check(root, registry=registry).iter_errors(sample)), None)
    except Exception:
        return None  # a reference to nowhere, a type that isn't one, a cycle: other rules say so
    if error is None:
        return None
    while error.context:
        error = error.context[0]
    return format_pointer(tuple(error.absolute_path)), _reason(error)


def _reason(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    reasons = {
        "type": f"expected {_kind(wanted)}, found {_found(instance)}",
        "enum": f"{_found(instance)} isn't one of the values of 'enum'",
        "additionalProperties": "a property that the schema doesn't have",
    }
    if error.validator == "required":
        missing = [name for name in wanted if name not in instance]
        return f"the required field '{missing[0] if missing else '?'}' is missing"
    return reasons.get(str(error.validator), f"'{error.validator}' isn't met")


def _kind(wanted: Any) -> str:
    return {"integer": "a whole number", "number": "a number", "boolean": "true or false", "string": "a text"}.get(
        str(wanted), f"an {wanted}"
    )


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value[:40]}'"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "an array"
    return str(value).lower()[:40]
