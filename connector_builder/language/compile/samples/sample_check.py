"""Checks a sample against its schema with the jsonschema library, which is slow to import and only samples require."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jsonschema import Draft4Validator, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT4

from connector_builder.findings import Pointer

# Swagger 2.0 schemas follow draft 4. Two keywords are missing: `pattern`, since a pattern from a stranger may take
# exponential time, and `uniqueItems`, which takes quadratic time.
_KEYWORDS = (
    "$ref", "additionalProperties", "allOf", "enum", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength",
    "minimum", "multipleOf", "properties", "required", "type",
)  # fmt: skip
MAX_STEPS = 500_000
MAX_ERRORS = 10


@dataclass(frozen=True, slots=True)
class SampleError:
    """A fault in a sample: its place, a message, and its cause: the dict of the schema itself, and the way in it."""

    pointer: Pointer
    message: str
    schema: dict[str, Any]
    keyword: str
    said: Pointer


class _TooMuch(Exception):  # noqa: N818 - it stops a check that would take too long
    pass


class Samples:
    """The checks of all samples of a connector, which may take MAX_STEPS together. It makes its validator, a class, once."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.left = MAX_STEPS
        self._definitions = definitions
        keywords = {name: _bounded(Draft4Validator.VALIDATORS[name], self) for name in _KEYWORDS}
        self._validator = validators.create({}, keywords, type_checker=Draft4Validator.TYPE_CHECKER)

    def errors(self, sample: Any, schema: dict[str, Any]) -> list[SampleError]:
        """Returns a few faults of a sample against a schema; none if the schema is broken, or the check would take too long."""
        root = {"definitions": self._definitions, "allOf": [schema]}
        registry: Registry[Any] = Registry().with_resource("", DRAFT4.create_resource(root))
        try:
            errors = list(islice(self._validator(root, registry=registry).iter_errors(sample), MAX_ERRORS))
        except MemoryError:
            raise
        except Exception:
            return []  # a missing target, an unknown type, a cycle: other rules report them
        return [_deepest(error) for error in errors]


def _bounded(keyword: Callable[..., Iterator[ValidationError] | None], samples: Samples) -> Callable[..., Any]:
    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Any:
        samples.left -= 1
        if samples.left < 0:
            raise _TooMuch
        # The platform has no word for null: services send it for any field.
        return () if instance is None else keyword(validator, value, instance, schema) or ()

    return check


def _deepest(error: ValidationError) -> SampleError:
    while error.context:
        error = error.context[0]
    schema = error.schema if isinstance(error.schema, dict) else {}
    keyword = str(error.validator)
    said = ("properties", _missing(error)) if keyword == "required" else (keyword,)
    return SampleError(tuple(error.absolute_path), _reason(error), schema, keyword, said)


def _reason(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    name = f"'{error.absolute_path[-1]}' of the sample" if error.absolute_path else "the sample"
    reasons = {
        "type": f"{name} must be {_kind(wanted)}, not {_found(instance)}",
        "enum": f"{name} isn't one of the values of its 'enum': {_found(instance)}",
        "additionalProperties": f"{name} has a field that its schema excludes",
    }
    if error.validator == "required":
        return f"{name} lacks the required field '{_missing(error)}'"
    return reasons.get(str(error.validator), f"{name} doesn't meet '{error.validator}'")


def _missing(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    return next((str(name) for name in wanted if name not in instance), "?")


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
