"""Asks openapi-spec-validator about a definition, and keeps what no rule of ours found.

It runs on every build. Its error is dropped if one of our rules about the platform, at any severity, has a finding at
the same place or below: our rules name the cause, and some know that the platform accepts what Swagger doesn't.

An error without a place belongs to the part that was being checked: two operations with one id to the id; a parameter
of a path that has no match to the path, because the mistake may be in either list. An exception belongs to the whole
document, so that any error of ours explains it.

By itself it opens `http://` and `file://` references and runs patterns; `second_view` makes the copy that it checks.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NoReturn

from connector_builder.checks.second_view import view_of
from connector_builder.findings import Defect, Pointer, Rule, Scope, Severity
from connector_builder.findings.wording import clipped
from connector_builder.package.model import DEFINITION, Package
from connector_builder.platform.swagger.references import References, follow
from connector_builder.rules.hit import Hit
from connector_builder.rules.registry import SHAPES

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from openapi_spec_validator import OpenAPIV2SpecValidator

SECOND_OPINION = Rule(
    "SecondOpinion",
    Severity.ERROR,
    Scope.PLATFORM,
    """openapi-spec-validator finds a defect that no other rule finds.

Every build is also checked by [openapi-spec-validator](https://github.com/python-openapi/openapi-spec-validator), which
compares a definition with the schema of Swagger 2.0. The platform usually refuses whatever it refuses, so correct the
defect. If it is wrong, ignore the rule. In either case, please report it: one of our rules should find the defect.""",
)
MAX_MESSAGE = 300
MAX_ERRORS = 1000


def second_opinion(package: Package, hits: Iterable[Hit]) -> list[Hit]:
    """Returns a hit for each of its errors that isn't in `hits`, the hits of our own rules for the package.

    It doesn't ask if there is no definition, if the definition is OpenAPI 3, or if a reference leads out of the
    document or in a circle, which some versions follow for half a minute. Rules of ours report all of these. Raises
    nothing.
    """
    if not isinstance(package.definition, dict) or SHAPES["any document"].of(package.definition).name != "document":
        return []
    ours = [hit for hit in hits if hit.document == DEFINITION and hit.rule.scope is Scope.PLATFORM]
    if any(hit.rule.name.endswith("RefLoopNotAllowed") for hit in ours):
        return []
    said = {hit.pointer[:length] for hit in ours for length in range(len(hit.pointer) + 1)}
    found: dict[tuple[Pointer, str], None] = {}
    try:
        for place, message in _errors(package.definition):
            if place not in said:
                found[place, message] = None
    except MemoryError:
        raise
    except Exception as error:  # it raises all kinds of errors for odd documents
        if not any(hit.rule.severity is Severity.ERROR for hit in ours):
            found[(), _shown(f"openapi-spec-validator stopped: {type(error).__name__}: {error}")] = None
    help_ = f"if the definition is right, ignore {SECOND_OPINION.name}"
    return [Hit(SECOND_OPINION, DEFINITION, Defect(place, message, help_)) for place, message in found]


def _errors(definition: dict[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Yields its errors: the place of each in the definition, and the message."""
    view = view_of(definition)
    if view.too_much is not None:
        yield (), f"openapi-spec-validator can't check the definition: {view.too_much}"
    if view.too_much is not None or not view.closed:
        return
    from jsonschema.exceptions import best_match

    validator = _validator_class()(view.document)
    raw = chain(validator.schema_validator.iter_errors(view.document), validator.root_validator(validator.schema_path))
    for error in islice(raw, MAX_ERRORS):
        # For "is not valid under any of the given schemas", the deepest cause says more.
        cause = best_match([error]) if error.context else error
        place = getattr(error, "place", None)
        where = tuple(error.absolute_path) if place is None else _resolved(place, view.document)
        yield where, _shown((cause or error).message)


def _shown(message: str) -> str:
    """Shortens a message to one line: it may quote whole parts of the document."""
    return clipped(re.sub(r"\s+", " ", message[: MAX_MESSAGE * 2]), MAX_MESSAGE)


def _resolved(place: Pointer, document: Any) -> Pointer:
    """Where a place really is: it may lead through references."""
    references, value = References(document), document
    way: Pointer = ()
    for step in place:
        value, way = references.place(value, way)
        value, way = follow(value, (step,)).value, (*way, step)
    return way


@cache
def _validator_class() -> "type[OpenAPIV2SpecValidator]":
    """Returns its validator, changed to open nothing and to give each error its place. Importing it takes 0.26 s."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator import OpenAPIV2SpecValidator

    def placing(name: str, base: Any) -> Any:
        class Placing(base):  # type: ignore[misc]
            def __init__(self, registry: Any) -> None:
                super().__init__(registry)
                for seen in ("visited_schema_ids", "meta_checked_schema_ids", "operation_ids_registry"):
                    if hasattr(self, seen):
                        setattr(self, seen, _Seen())

            def __call__(self, *args: Any, **kwargs: Any) -> Iterator["ValidationError"]:
                at = next(arg for arg in args if isinstance(arg, SchemaPath))
                for error in super().__call__(*args, **kwargs):
                    if not hasattr(error, "place"):
                        error.place = _looked_at(name, at.parts, error)
                    yield error

        return Placing

    validators = {name: placing(name, base) for name, base in OpenAPIV2SpecValidator.keyword_validators.items()}
    changed = {
        "resolver_handlers": _Closed(),
        "keyword_validators": validators,
        "schema_validator": _schema_validator(),
    }
    return type("SecondOpinionValidator", (OpenAPIV2SpecValidator,), changed)


def _schema_validator() -> Any:
    """Returns a validator of Swagger's schema that looks up each reference and makes the validator of each part once.

    jsonschema does both for every value, which takes two thirds of its time. openapi-spec-validator reads the schema as
    YAML, which takes 10 ms. Returns openapi-spec-validator's own validator if its files or classes aren't as in the
    known versions.
    """
    from importlib.resources import files

    from jsonschema.validators import extend, validator_for
    from openapi_spec_validator import OpenAPIV2SpecValidator

    file = files("openapi_spec_validator") / "resources" / "schemas" / "v2.0" / "schema.json"
    schema = json.loads(file.read_bytes()) if file.is_file() else {}
    base: Any = validator_for(schema)
    if not schema or not hasattr(getattr(base(schema), "_resolver", None), "_base_uri"):
        return OpenAPIV2SpecValidator.schema_validator
    known: dict[tuple[str, str], Any] = {}
    parts: dict[int, Any] = {}

    def reference(validator: Any, ref: str, instance: Any, _schema: Any) -> Any:
        place = (validator._resolver._base_uri, ref)
        if place not in known:
            known[place] = validator._resolver.lookup(ref)
        return validator.descend(instance, known[place].contents, resolver=known[place].resolver)

    def descend(
        validator: Any, instance: Any, schema: Any, path: Any = None, schema_path: Any = None, resolver: Any = None
    ) -> Iterator["ValidationError"]:
        if id(schema) not in parts:  # the id stays unique, because the validator keeps the schema
            parts[id(schema)] = validator.evolve(schema=schema, _resolver=resolver or validator._resolver)
        for error in parts[id(schema)].iter_errors(instance):
            if path is not None:
                error.path.appendleft(path)
            if schema_path is not None:
                error.schema_path.appendleft(schema_path)
            yield error

    remembering: Any = extend(base, {"$ref": reference})  # type: ignore[no-untyped-call]
    remembering.descend = descend
    return remembering(schema)


def _looked_at(name: str, parts: Pointer, error: "ValidationError") -> Pointer:
    """Returns a place for an error that has none: the part that was checked when the error came up."""
    special: dict[str, Pointer] = {
        "DuplicateOperationIDError": (*parts, "operationId"),
        "UnresolvableParameterError": parts[:-1],
    }
    inside = ("default",) if name == "default" else ()
    return special.get(type(error).__name__, (*parts, *inside, *error.path))


class _Seen(list[Any]):
    """A list that finds its items at once. openapi-spec-validator searches its lists for each schema."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Any] = set()

    def append(self, value: Any) -> None:
        self._known.add(value)

    def __contains__(self, value: object) -> bool:
        return value in self._known


class _Closed(dict[str, Any]):
    """Handlers for references that open nothing, whatever the scheme."""

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Any:
        return _refuse


def _refuse(address: str) -> NoReturn:
    raise LookupError(f"{address} is not opened")
